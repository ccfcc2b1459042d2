package web

import (
	"cmp"
	"net/url"
	"time"

	"vigie"
)

// The tools of those who keep the record true.

// Holdings is the editors' list of companies or of waves.
type Holdings struct {
	Frame
	Kind  string // vigie.CompanyRecord or vigie.WaveRecord
	Rows  []Holding
	Saved *SavedHolding // what was saved just now
}

// SavedHolding is a company or a wave that was just saved, and the version to go back
// to: posting action=restore, version and base to its own page takes it up again.
type SavedHolding struct {
	ID      string
	Name    string
	Version int
	Note    string
	Before  int // 0: there is none
}

// Holding is a company or a wave in the list, and what is still not known of it.
type Holding struct {
	ID      string
	Name    string
	What    string   // its sector and seat, or its summary
	Missing []string // names of fields that are empty
	Cases   int
	Version int
}

// RecordPage is the form of a company or of a wave. It posts the fields of RecordForm with
// base, note and action=save to its own address.
type RecordPage struct {
	Frame
	Kind     string // vigie.CompanyRecord or vigie.WaveRecord
	ID       string // "" for a new one
	Form     url.Values
	Base     int
	Note     string
	Cases    int // published ones that it names
	Problems vigie.Problems
	Conflict *RecordConflict
	Versions []vigie.Revision // newest first; posting action=restore, version and base takes one up again
}

// Of is what the list is of: companies when it does not say.
func (p Holdings) Of() string { return cmp.Or(p.Kind, vigie.CompanyRecord) }

// Of is what the form is of.
func (p RecordPage) Of() string { return cmp.Or(p.Kind, vigie.CompanyRecord) }

// Fields prepares the form of the page.
func (p RecordPage) Fields() fields { return fields{form: p.Form, problems: p.Problems} }

// RecordConflict is the version of a company or a wave that someone else saved meanwhile.
type RecordConflict struct {
	Version            int
	Author, Note       string
	At                 time.Time
	Base, Theirs, Mine any // vigie.Company or vigie.Wave
}

// Care is what waits to be looked after: cases that nobody checked for long, and sources
// that nobody opened.
type Care struct {
	Frame
	Days           int // "for long", in days
	Unchecked      []CareCase
	UncheckedTotal int
	Unopened       []CareSource
	UnopenedTotal  int
}

// CareCase is a case and the day it was last checked.
type CareCase struct {
	ID, Company string
	State       vigie.State
	Version     int
	Checked     vigie.Date
}

// CareSource is a source of a case, of which only a headline or an address was seen.
type CareSource struct {
	Incident, Company string
	State             vigie.State
	Source            vigie.Source
}

// Actions is what may be done to a whole case. Every form of it posts do, base and note to
// the page's own address.
type Actions struct {
	Frame
	Record    vigie.Record
	Base      int
	Revisions []vigie.Revision // newest first
	Companies []vigie.Company  // to split statements off to
	Others    []vigie.Record   // cases that it may be merged into
	Public    bool             // readers have seen it
	Admin     bool
	Did       string     // the action that was refused, "" when none was
	Form      url.Values // as typed in that action
	Problems  vigie.Problems
	Conflict  *Conflict
	Redaction *Redaction
	Last      *WayBack // what undoing the last version would undo, nil when it cannot be undone in one press
}

// What the last version of a case did, for its undoing to be named.
const (
	BackEdit    = "edit"
	BackAttach  = "attach"
	BackAccept  = "accept"
	BackRetract = "retract"
	BackMerge   = "merge"
	BackSplit   = "split"
)

// WayBack is the last version of a case as something to be undone: posting do=undo and
// base to the page of its actions undoes it.
type WayBack struct {
	Kind      string
	Version   int
	Author    string
	Note      string
	At        time.Time
	Other     string // the case that it was merged with, or that was split off
	Candidate string // the news that it came from, which waits again afterwards
}

// Redaction is what is about to be forgotten for ever: asked a second time.
type Redaction struct {
	Versions []int
	Note     string
	Failed   bool // the case was not named as it must be
}

// Refused are the problems of an action, none when another one was tried.
func (p Actions) Refused(do string) vigie.Problems {
	if p.Did != do {
		return nil
	}
	return p.Problems
}

// Typed is what was typed in a field of the action that was refused.
func (p Actions) Typed(do, field string) string {
	if p.Did != do {
		return ""
	}
	return p.Form.Get(field)
}

// Ticked tells whether a value was chosen in the action that was refused.
func (p Actions) Ticked(do, field, value string) bool {
	return p.Did == do && fields{form: p.Form}.Is(field, value)
}

// Restorable tells whether a version may be taken up again.
func (p Actions) Restorable(r vigie.Revision) bool { return r.Redacted == nil && r.Version != p.Base }

// Standing tells whether the case is one that things may be done to, and no tombstone.
func (p Actions) Standing() bool {
	return p.Record.State == vigie.Draft || p.Record.State == vigie.Published
}
