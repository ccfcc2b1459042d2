package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"vigie"
)

// Save is one record to be saved: exactly one of Incident, Company and Wave.
type Save struct {
	Incident *vigie.Incident
	Company  *vigie.Company
	Wave     *vigie.Wave
	Base     int // the version it was made from; 0 for a new record
	By       vigie.Signature
	Decision *vigie.Decision // the decision on a candidate that caused it, saved in the same batch
	Undoes   *vigie.Decision // the decision that it takes back, in the same batch
}

func (s Save) record() (kind, id string, body any, err error) {
	switch {
	case s.Incident != nil && s.Company == nil && s.Wave == nil:
		kind, id, body = vigie.IncidentRecord, s.Incident.ID, s.Incident
	case s.Company != nil && s.Incident == nil && s.Wave == nil:
		kind, id, body = vigie.CompanyRecord, s.Company.ID, s.Company
	case s.Wave != nil && s.Incident == nil && s.Company == nil:
		kind, id, body = vigie.WaveRecord, s.Wave.ID, s.Wave
	default:
		return "", "", nil, errors.New("a save is of one incident, one company or one wave")
	}
	if id == "" || strings.ContainsAny(id, "/ ") {
		return "", "", nil, fmt.Errorf("saving a record of kind %s: %q is not an id", kind, id)
	}
	return kind, id, body, nil
}

// Save writes the records as new revisions, all or none. vigie.ErrConflict means
// that someone saved one of them since Base, or that the id of a new one was
// already given (even to a draft long dropped). ErrState: a case that was
// published cannot be a draft again. vigie.Problems: its company or wave is
// unknown. The revisions come back in order.
func (d *DB) Save(ctx context.Context, saves ...Save) ([]vigie.Revision, error) {
	if len(saves) == 0 {
		return nil, nil
	}
	w, err := wants(saves)
	if err != nil {
		return nil, err
	}
	revisions, err := d.commit(ctx, w, func(l *ledger) ([]revision, []SQL, error) { return d.plan(l, saves, w.revisions) })
	if err != nil {
		return nil, err
	}
	return revisions, nil
}

// wants names what saves must know of the store, and the revisions they will make.
func wants(saves []Save) (w wanted, err error) {
	for _, s := range saves {
		kind, id, _, err := s.record()
		if err != nil {
			return w, err
		}
		w.revisions = append(w.revisions, newID())
		switch kind {
		case vigie.IncidentRecord:
			w.cases, w.named = append(w.cases, id), append(w.named, s.Incident.Company)
			if s.Incident.Wave != "" {
				w.waves = append(w.waves, s.Incident.Wave)
			}
			for i := range s.Incident.Statements {
				w.events = append(w.events, s.Incident.Statements[i].FullID(id))
			}
		case vigie.CompanyRecord:
			w.companies = append(w.companies, id)
		case vigie.WaveRecord:
			w.waves = append(w.waves, id)
		}
	}
	return w, nil
}

// attempts bounds how often a write is made anew because another process wrote
// in between. Each time somebody got on, so the bound is for show.
const attempts = 1000

// commit reads what a write needs, lets plan make its batch, and tries it. The
// batch begins with the numbers that follow the snapshot: when another process
// wrote meanwhile it fails as a whole, and all is read and planned again.
func (d *DB) commit(ctx context.Context, w wanted, plan func(*ledger) ([]revision, []SQL, error)) ([]vigie.Revision, error) {
	d.write.Lock()
	defer d.write.Unlock()
	var last error
	for range attempts {
		l, echo, err := d.load(ctx, w)
		if err != nil {
			return nil, fmt.Errorf("reading before a save: %w", err)
		}
		if len(echo) > 0 {
			return public(echo), nil
		}
		revisions, batch, err := plan(l)
		if err != nil {
			return nil, err
		}
		if _, err = d.engine.Exec(ctx, batch...); err == nil {
			return public(revisions), nil
		}
		if !errors.Is(err, ErrUnique) {
			return nil, fmt.Errorf("saving: %w", err)
		}
		last = err
	}
	return nil, fmt.Errorf("saving: %w: %w", vigie.ErrConflict, last)
}

func public(list []revision) []vigie.Revision {
	out := make([]vigie.Revision, len(list))
	for i, r := range list {
		out[i] = r.Revision
	}
	return out
}

// plan turns saves into revisions and the batch that stores them.
func (d *DB) plan(l *ledger, saves []Save, ids []string) ([]revision, []SQL, error) {
	var revisions []revision
	var batch []SQL
	for i, s := range saves {
		r, err := d.next(l, s, ids[i])
		if err != nil {
			return nil, nil, err
		}
		revisions = append(revisions, r)
		batch = append(batch, r.insert())
		if s.Decision != nil {
			decision := *s.Decision
			if decision.At.IsZero() {
				decision.At = r.At
			}
			batch = append(batch, decided(decision, r.ID)...)
		}
		if s.Undoes != nil {
			batch = append(batch, undecided(*s.Undoes)...)
		}
	}
	batch = append(batch, l.writes()...)
	if last := revisions[len(revisions)-1].seq; last/mergeEvery != (last-int64(len(revisions)))/mergeEvery {
		batch = append(batch, sql(`INSERT INTO words (words, rank) VALUES ('merge', 200)`))
	}
	return revisions, batch, nil
}

// mergeEvery is after how many revisions the full text is merged by a step: many
// small writes leave it in pieces, which are slow to read. 200 pages are some
// milliseconds.
const mergeEvery = 64

// next makes the revision of a save, and lets the ledger accept it.
func (d *DB) next(l *ledger, s Save, id string) (revision, error) {
	kind, recordID, body, err := s.record()
	if err != nil {
		return revision{}, err
	}
	text, err := json.Marshal(body)
	if err != nil {
		return revision{}, fmt.Errorf("encoding %s %s: %w", kind, recordID, err)
	}
	if have := l.version(kind, recordID); have != s.Base {
		return revision{}, fmt.Errorf("%s %s is at version %d, and this was made from %d: %w", kind, recordID, have, s.Base, vigie.ErrConflict)
	}
	r := revision{seq: l.seq + 1}
	r.Revision = vigie.Revision{ID: id, Kind: kind, RecordID: recordID, Version: s.Base + 1, Author: s.By.Author, Note: s.By.Note, At: d.now(l), Edition: l.edition, Body: text}
	switch kind {
	case vigie.IncidentRecord:
		if r.effect, err = l.effectOf(s.Incident); err != nil {
			return revision{}, err
		}
	case vigie.CompanyRecord:
		r.effect.Public = l.anyKnown(l.of["company/"+recordID])
	case vigie.WaveRecord:
		r.effect.Public = len(l.of["wave/"+recordID]) > 0
	}
	if r.effect.Public {
		r.Edition++
	}
	return r, l.accept(r)
}

// now is the clock, to the millisecond and never behind the last revision, so
// that feeds, which go by time, and cursors, which go by order, agree.
func (d *DB) now(l *ledger) time.Time {
	now := d.clock().UTC().Truncate(time.Millisecond)
	if last := parseTime(l.at); now.Before(last) {
		return last
	}
	return now
}

func (l *ledger) version(kind, id string) int {
	switch kind {
	case vigie.IncidentRecord:
		if c, ok := l.cases[id]; ok {
			return c.version
		}
	case vigie.CompanyRecord:
		if c, ok := l.companies[id]; ok {
			return c.version
		}
	case vigie.WaveRecord:
		if w, ok := l.waves[id]; ok {
			return w.version
		}
	}
	return 0
}

func (l *ledger) anyKnown(cases []string) bool {
	for _, id := range cases {
		if c, ok := l.cases[id]; ok && c.known {
			return true
		}
	}
	return false
}

func (r revision) insert() SQL {
	effect, _ := json.Marshal(r.effect) // ids, codes and booleans always encode
	return sql(`INSERT INTO revisions (seq, id, kind, record_id, version, author, note, at, edition, effect, body, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.seq, r.ID, r.Kind, r.RecordID, int64(r.Version), r.Author, r.Note, stamp(r.At), r.Edition, string(effect), string(r.Body), sum(string(r.Body)))
}

func sum(body string) string {
	s := sha256.Sum256([]byte(body))
	return hex.EncodeToString(s[:])
}

// newID names a revision before it is written, so that a repeated write is
// recognised: 128 random bits.
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
