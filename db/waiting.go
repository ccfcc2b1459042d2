package db

import (
	"context"
	"fmt"

	"vigie"
)

// Waiting is what waits for somebody at the desk, in numbers.
type Waiting struct {
	Candidates int // undecided
	Changed    int // decided, and changed upstream since
	Replies    int // letters of companies
	Unchecked  int // cases that nobody checked since a day
	Failing    int // watches whose last visit failed, or whose address is gone
	Drafts     int
}

// Waiting counts what waits; cases count as unchecked when last checked before a day.
func (d *DB) Waiting(ctx context.Context, before vigie.Day) (w Waiting, err error) {
	counts := []struct {
		into *int
		sql  SQL
	}{
		{&w.Candidates, sql(`SELECT count(*) FROM candidates WHERE status = 'open'`)},
		{&w.Changed, sql(`SELECT count(*) FROM candidates WHERE changed <> '' AND status <> 'open'`)},
		{&w.Replies, sql(`SELECT count(*) FROM replies WHERE settled = ''`)},
		{&w.Unchecked, sql(`SELECT count(*) FROM care WHERE checked < ?`, string(before))},
		{&w.Failing, sql(`SELECT count(*) FROM watches WHERE removed = '' AND (coalesce(visit ->> '$.why', '') <> '' OR coalesce(visit ->> '$.gone', 0) = 1)`)},
		{&w.Drafts, sql(`SELECT count(*) FROM incidents WHERE state = 'draft'`)},
	}
	batch := make([]SQL, len(counts))
	for i, c := range counts {
		batch[i] = c.sql
	}
	if err = d.engine.Query(ctx, batch, func(i int, row Row) error { return row.Scan(counts[i].into) }); err != nil {
		return w, fmt.Errorf("counting what waits: %w", err)
	}
	return w, nil
}
