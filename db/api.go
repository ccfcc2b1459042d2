package db

import (
	"context"
	"errors"
	"time"

	"vigie"
)

var errSoon = errors.New("being written")

func OpenSQLite(path string) (Engine, error)                     { return nil, errSoon }
func migrate(ctx context.Context, e Engine, now time.Time) error { return errSoon }

// Save is one record to be saved: exactly one of Incident, Company and Wave.
type Save struct {
	Incident *vigie.Incident
	Company  *vigie.Company
	Wave     *vigie.Wave
	Base     int // the version it was made from; 0 for a new record
	By       vigie.Signature
	Decision *vigie.Decision // the decision on a candidate that caused it, saved in the same batch
}

// Save writes the records as new revisions, all or none. vigie.ErrConflict means
// that someone saved one of them since Base, or that the id of a new one was
// already given (even to a draft long dropped). The revisions come back in order.
func (d *DB) Save(ctx context.Context, saves ...Save) ([]vigie.Revision, error) { return nil, errSoon }

// Restore makes a new revision out of an old one's body.
func (d *DB) Restore(ctx context.Context, kind, id string, version, base int, by vigie.Signature) (vigie.Revision, error) {
	return vigie.Revision{}, errSoon
}

// Merge puts the ledger of from into into; both revisions are one batch, from's first... readers of from are redirected.
func (d *DB) Merge(ctx context.Context, from string, fromBase int, into string, intoBase int, by vigie.Signature) ([]vigie.Revision, error) {
	return nil, errSoon
}

// Retract withdraws a case for a public reason and leaves a tombstone.
func (d *DB) Retract(ctx context.Context, id string, base int, reason string, by vigie.Signature) (vigie.Revision, error) {
	return vigie.Revision{}, errSoon
}

// Redact forgets the bodies and notes of versions of a record (none given: all
// of them).
func (d *DB) Redact(ctx context.Context, kind, id string, reason string, by vigie.Signature, versions ...int) (vigie.Revision, error) {
	return vigie.Revision{}, errSoon
}

func (d *DB) Version(ctx context.Context, kind, id string, version int) (vigie.Revision, error) {
	return vigie.Revision{}, errSoon
}

// History lists every revision of a record with its body, the first one first.
func (d *DB) History(ctx context.Context, kind, id string) ([]vigie.Revision, error) {
	return nil, errSoon
}

// Taken tells whether an id was ever given, to a record or (with a slash) to a
// statement.
func (d *DB) Taken(ctx context.Context, id string) (bool, error) { return false, errSoon }

func (d *DB) Incident(ctx context.Context, id string) (vigie.Record, error) {
	return vigie.Record{}, errSoon
}
func (d *DB) Draft(ctx context.Context, id string) (vigie.Record, error) {
	return vigie.Record{}, errSoon
}
func (d *DB) Desk(ctx context.Context, state vigie.State) ([]vigie.Record, error) {
	return nil, errSoon
}
func (d *DB) Search(ctx context.Context, q vigie.Query) (vigie.Answer, error) {
	return vigie.Answer{}, errSoon
}
func (d *DB) Timeline(ctx context.Context, q vigie.Query, types ...string) (vigie.Timeline, error) {
	return vigie.Timeline{}, errSoon
}

// Listed is a company and how many published cases it has. Version is the base
// for a save.
type Listed struct {
	vigie.Company
	Cases   int
	Version int
}

// Campaign is a wave and how many published cases it joins.
type Campaign struct {
	vigie.Wave
	Cases   int
	Version int
}

// Companies lists those with a published case, by name. AllCompanies is for the
// desk: a company known only from drafts is not public.
func (d *DB) Companies(ctx context.Context) ([]Listed, error)        { return nil, errSoon }
func (d *DB) AllCompanies(ctx context.Context) ([]Listed, error)     { return nil, errSoon }
func (d *DB) Company(ctx context.Context, id string) (Listed, error) { return Listed{}, errSoon }
func (d *DB) Waves(ctx context.Context) ([]Campaign, error)          { return nil, errSoon }
func (d *DB) AllWaves(ctx context.Context) ([]Campaign, error)       { return nil, errSoon }
func (d *DB) Wave(ctx context.Context, id string) (Campaign, error)  { return Campaign{}, errSoon }

// What became of a candidate that a reader brought.
const (
	New       = "new"
	Changed   = "changed"
	Duplicate = "duplicate"
)

func (d *DB) AddCandidate(ctx context.Context, c vigie.Candidate) (outcome string, err error) {
	return "", errSoon
}
func (d *DB) Candidate(ctx context.Context, id string) (vigie.Candidate, error) {
	return vigie.Candidate{}, errSoon
}

// Filter chooses candidates; the zero one is the open queue.
type Filter struct {
	Status string // open when empty; "any" for all
	Run    string
	Kind   string
	Limit  int    // 50 when 0
	After  string // the id of the last candidate of the page before
}

func (d *DB) Queue(ctx context.Context, f Filter) ([]vigie.Candidate, error) { return nil, errSoon }
func (d *DB) Decide(ctx context.Context, dec vigie.Decision) error           { return errSoon }
func (d *DB) Decisions(ctx context.Context, candidate string) ([]vigie.Decision, error) {
	return nil, errSoon
}
func (d *DB) Reopen(ctx context.Context, candidate string) error { return errSoon }
func (d *DB) Suspects(ctx context.Context, names []string) ([]vigie.Record, error) {
	return nil, errSoon
}
func (d *DB) ForgetTexts(ctx context.Context, before time.Time) (int, error) { return 0, errSoon }

func (d *DB) StartRun(ctx context.Context, r vigie.Run) error          { return errSoon }
func (d *DB) FinishRun(ctx context.Context, r vigie.Run) error         { return errSoon }
func (d *DB) Run(ctx context.Context, id string) (vigie.Run, error)    { return vigie.Run{}, errSoon }
func (d *DB) Runs(ctx context.Context, limit int) ([]vigie.Run, error) { return nil, errSoon }

// UndoRun withdraws the run's undecided candidates and lists the decided ones.
func (d *DB) UndoRun(ctx context.Context, run string) (withdrawn int, decided []vigie.Candidate, err error) {
	return 0, nil, errSoon
}

// Editor is someone who may sign in. Hash is opaque here.
type Editor struct {
	Name    string
	Role    string // RoleEditor or RoleAdmin
	Hash    string
	Created time.Time
}

// Roles of editors.
const (
	RoleEditor = "editor"
	RoleAdmin  = "admin"
)

// Session is a sign-in. Token is the hash of what the browser holds.
type Session struct {
	Token   string
	Editor  string
	Created time.Time
	Expires time.Time
}

func (d *DB) AddEditor(ctx context.Context, e Editor) error            { return errSoon } // ErrUnique when the name is taken
func (d *DB) SetPassword(ctx context.Context, name, hash string) error { return errSoon } // ends the editor's sessions
func (d *DB) RemoveEditor(ctx context.Context, name string) error      { return errSoon }
func (d *DB) Editor(ctx context.Context, name string) (Editor, error)  { return Editor{}, errSoon }
func (d *DB) Editors(ctx context.Context) ([]Editor, error)            { return nil, errSoon }
func (d *DB) StartSession(ctx context.Context, s Session) error        { return errSoon }
func (d *DB) Session(ctx context.Context, token string) (Session, Editor, error) {
	return Session{}, Editor{}, errSoon
}                                                                // ErrNotFound when unknown or expired
func (d *DB) EndSession(ctx context.Context, token string) error { return errSoon }

// Backup copies the database to a new file while it serves.
func (d *DB) Backup(ctx context.Context, file string) error { return errSoon }

// RestoreFile puts a backup in the place of the database at path, which must not be open.
func RestoreFile(ctx context.Context, backup, path string) error { return errSoon }

func (d *DB) Check(ctx context.Context, rebuild bool) (problems []string, err error) {
	return nil, errSoon
}
