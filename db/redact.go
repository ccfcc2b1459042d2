package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"vigie"
)

// Redact is the one lawful way to forget: of the versions given, or of all when
// none is, the bodies and notes are replaced by a marker with the reason and the
// hash of what stood there; what was derived from them, and the texts of the
// candidates that led to the case, go too. It is itself a revision. When the
// present version is among them a case is left as a tombstone (a merged one as
// the redirect it was), a company or a wave with its id for a name.
//
// When it returns without an error the words are nowhere in the database file or
// its write-ahead log. Copies, and the target of a merge, are other records.
// vigie.ErrNotFound: there is no such record or version.
func (d *DB) Redact(ctx context.Context, kind, id, reason string, by vigie.Signature, versions ...int) (vigie.Revision, error) {
	if reason == "" {
		return vigie.Revision{}, fmt.Errorf("redacting %s %s without a reason: %w", kind, id, ErrState)
	}
	if by.Note == "" {
		by.Note = reason
	}
	w := wanted{revisions: []string{newID()}}
	switch kind {
	case vigie.IncidentRecord:
		w.cases = []string{id}
		present, err := d.Draft(ctx, id)
		if err != nil {
			return vigie.Revision{}, err
		}
		w.named = []string{present.Company}
		if present.Wave != "" {
			w.waves = []string{present.Wave}
		}
		for i := range present.Statements {
			w.events = append(w.events, present.Statements[i].FullID(id))
		}
	case vigie.CompanyRecord:
		w.companies = []string{id}
	default:
		w.waves = []string{id}
	}
	made, err := d.commit(ctx, w, func(l *ledger) ([]revision, []SQL, error) {
		r, batch, err := d.forgetting(ctx, l, kind, id, reason, by, versions, w.revisions[0])
		return []revision{r}, batch, err
	})
	if err != nil {
		return vigie.Revision{}, fmt.Errorf("redacting %s %s: %w", kind, id, err)
	}
	if c, ok := d.engine.(Compacter); ok {
		d.write.Lock()
		defer d.write.Unlock()
		if err := c.Compact(ctx); err != nil {
			return made[0], fmt.Errorf("redacted %s %s, but traces may remain in the file: %w", kind, id, err)
		}
	}
	return made[0], nil
}

func (d *DB) forgetting(ctx context.Context, l *ledger, kind, id, reason string, by vigie.Signature, versions []int, revisionID string) (revision, []SQL, error) {
	history, err := d.History(ctx, kind, id)
	if err != nil {
		return revision{}, nil, err
	}
	for _, v := range versions {
		if v < 1 || v > len(history) {
			return revision{}, nil, fmt.Errorf("version %d: %w", v, vigie.ErrNotFound)
		}
	}
	present := history[len(history)-1].Version
	chosen := func(v int) bool { return len(versions) == 0 || slices.Contains(versions, v) }
	s, err := successor(kind, id, reason, history[len(history)-1], chosen(present))
	if err != nil {
		return revision{}, nil, err
	}
	s.Base, s.By = present, by
	r, err := d.next(l, s, revisionID)
	if err != nil {
		return revision{}, nil, err
	}
	if r.effect.Changed != nil {
		r.effect.Changed = []string{"state"}
		l.corrected(r)
	}
	var batch []SQL
	for _, old := range history {
		if old.Redacted != nil || !chosen(old.Version) {
			continue
		}
		body, err := json.Marshal(marker{&vigie.Redaction{Reason: reason, SHA256: sum(string(old.Body)), Author: by.Author, At: r.At}})
		if err != nil {
			return revision{}, nil, err
		}
		batch = append(batch,
			sql(`INSERT INTO redactions (kind, record_id, version, marker) VALUES (?, ?, ?, ?)`, kind, id, int64(old.Version), string(body)),
			sql(`UPDATE revisions SET body = ?, note = '' WHERE kind = ? AND record_id = ? AND version = ?`, string(body), kind, id, int64(old.Version)))
	}
	batch = append(batch, r.insert())
	batch = append(batch, l.writes()...)
	if kind == vigie.IncidentRecord {
		batch = append(batch, forget(`id IN (SELECT candidate FROM decisions WHERE incident = ?)`, id)...)
	}
	// Deleted words stay in the segments of the index until they are merged.
	return r, append(batch, sql(`INSERT INTO words (words) VALUES ('optimize')`)), nil
}

// successor is the record as the redaction leaves it: as it is, or with nothing
// but its identity when its present body goes.
func successor(kind, id, reason string, present vigie.Revision, gone bool) (Save, error) {
	s, err := saveOf(kind, present)
	if err != nil {
		return s, err
	}
	switch {
	case !gone:
	case kind == vigie.IncidentRecord:
		was := s.Incident
		s.Incident = &vigie.Incident{ID: id, State: vigie.Retracted, Company: was.Company, Kind: was.Kind, Reason: reason}
		if was.State == vigie.Merged {
			s.Incident.State, s.Incident.MergedInto = vigie.Merged, was.MergedInto
		}
	case kind == vigie.CompanyRecord:
		s.Company = &vigie.Company{ID: id, Name: id}
	default:
		s.Wave = &vigie.Wave{ID: id, Name: vigie.Text{FR: id, EN: id}}
	}
	return s, nil
}

// saveOf is a save of the body that a revision has.
func saveOf(kind string, r vigie.Revision) (Save, error) {
	var s Save
	var into any
	switch kind {
	case vigie.IncidentRecord:
		s.Incident = &vigie.Incident{}
		into = s.Incident
	case vigie.CompanyRecord:
		s.Company = &vigie.Company{}
		into = s.Company
	default:
		s.Wave = &vigie.Wave{}
		into = s.Wave
	}
	if err := json.Unmarshal(r.Body, into); err != nil {
		return s, fmt.Errorf("version %d: %w", r.Version, err)
	}
	return s, nil
}
