package db

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// Survey counts the cases that answer a query, of one snapshot: the newest
// vigie.TotalMost of them. It reads what a case says and leaves out what its page
// derives, which takes most of the time. Order and pages of the query are not read.
func (d *DB) Survey(ctx context.Context, q vigie.Query) (vigie.Survey, error) {
	q.Sort, q.Limit, q.Cursor, q.UpdatedSince = "", 0, "", 0
	words, err := d.read(ctx, q.Q)
	if err != nil {
		return vigie.Survey{}, fmt.Errorf("counting the cases of %q: %w", q.Q, err)
	}
	var counted vigie.Survey
	cases := selected(q, words, shown, "", true)
	err = d.engine.Query(ctx, []SQL{editionSQL, cases.page(orders["newest"], cursor{}, false, vigie.TotalMost+1)}, func(i int, row Row) error {
		if i == 0 {
			return row.Scan(&counted.Edition)
		}
		if counted.Cases == vigie.TotalMost {
			counted.More = true
			return nil
		}
		var doc int64
		raw, err := scanStored(row, &doc)
		if err != nil {
			return err
		}
		record, updated, err := raw.bare()
		if err == nil {
			counted.Add(&record, updated)
		}
		return err
	})
	if err != nil {
		return vigie.Survey{}, fmt.Errorf("counting the cases of %q: %w", q.Canonical(), err)
	}
	return counted, nil
}

// bare is the case without what follows from it, and when it was last revised.
func (s stored) bare() (record vigie.Record, updated time.Time, err error) {
	if err = decode(s.body, &record.Incident); err != nil {
		return record, updated, fmt.Errorf("incident %s: %w", s.id, err)
	}
	record.Respondent = vigie.Company{ID: record.Company, Name: record.Company}
	if s.company != "" {
		if err = decode(s.company, &record.Respondent); err != nil {
			return record, updated, fmt.Errorf("company of %s: %w", s.id, err)
		}
	}
	return record, parseTime(s.updated), nil
}
