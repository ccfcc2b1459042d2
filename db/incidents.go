package db

import (
	"context"
	"fmt"

	"vigie"
)

const (
	recordColumns = `i.id, i.version, i.state, i.known, i.recorded, i.updated, r.body, coalesce(n.body, '')`
	recordJoins   = ` CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
		LEFT JOIN companies c ON c.id = i.company
		LEFT JOIN revisions n ON n.kind = 'company' AND n.record_id = c.id AND n.version = c.version`
)

// stored is a case as it is read, before it is decoded.
type stored struct {
	id, state, recorded, updated, body, company string
	version                                     int
	known                                       bool // it was public once
}

// scanStored reads recordColumns and what follows them.
func scanStored(row Row, more ...any) (s stored, err error) {
	err = row.Scan(append([]any{&s.id, &s.version, &s.state, &s.known, &s.recorded, &s.updated, &s.body, &s.company}, more...)...)
	return s, err
}

// record decodes a case and derives what follows from it.
func (s stored) record() (vigie.Record, error) {
	record, updated, err := s.bare()
	if err != nil {
		return record, err
	}
	record.Derived = vigie.Derive(&record.Incident, record.Respondent.Name, s.version, parseTime(s.recorded), updated)
	return record, nil
}

func scanRecord(row Row, more ...any) (record vigie.Record, known bool, err error) {
	s, err := scanStored(row, more...)
	if err != nil {
		return record, false, err
	}
	record, err = s.record()
	return record, s.known, err
}

// Incident is a published case. vigie.ErrNotFound: there is none, or it never was
// public. GoneError: it was retracted. MovedError: it was merged.
func (d *DB) Incident(ctx context.Context, id string) (vigie.Record, error) {
	record, known, err := d.record(ctx, id)
	switch {
	case err != nil:
		return vigie.Record{}, err
	case record.State == vigie.Published:
		return record, nil
	case known && record.State == vigie.Retracted:
		return vigie.Record{}, GoneError{tombstone(record)}
	case known && record.State == vigie.Merged:
		return vigie.Record{}, MovedError{record.MergedInto}
	}
	return vigie.Record{}, fmt.Errorf("incident %s: %w", id, vigie.ErrNotFound)
}

func tombstone(record vigie.Record) vigie.Tombstone {
	return vigie.Tombstone{ID: record.ID, State: record.State, Into: record.MergedInto, Reason: record.Reason}
}

// Draft is a case whatever its state, for the desk. Derived.Version is the base
// for a save.
func (d *DB) Draft(ctx context.Context, id string) (vigie.Record, error) {
	record, _, err := d.record(ctx, id)
	return record, err
}

func (d *DB) record(ctx context.Context, id string) (record vigie.Record, known bool, err error) {
	err = d.engine.Query(ctx, []SQL{sql(`SELECT `+recordColumns+` FROM incidents i`+recordJoins+` WHERE i.id = ?`, id)}, func(_ int, row Row) (err error) {
		record, known, err = scanRecord(row)
		return err
	})
	if err == nil && record.ID == "" {
		err = fmt.Errorf("incident %s: %w", id, vigie.ErrNotFound)
	}
	return record, known, err
}

// Desk lists the cases of a state, or of all states when it is empty, the last touched
// first: at most so many of those after a case, or of the first when that is empty.
func (d *DB) Desk(ctx context.Context, state vigie.State, after string, most int) ([]vigie.Record, error) {
	return d.records(ctx, sql(`SELECT `+recordColumns+` FROM incidents i`+recordJoins+` WHERE ?1 IN ('', i.state)
		AND (?2 = '' OR r.seq < (SELECT a.seq FROM incidents b JOIN revisions a ON a.kind = 'incident' AND a.record_id = b.id AND a.version = b.version WHERE b.id = ?2))
		ORDER BY r.seq DESC LIMIT ?3`, string(state), after, int64(most)))
}

func (d *DB) records(ctx context.Context, q SQL) ([]vigie.Record, error) {
	var list []vigie.Record
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		record, _, err := scanRecord(row)
		list = append(list, record)
		return err
	})
	return list, err
}
