package db

import (
	"context"
	"fmt"
	"strings"

	"vigie"
)

// Moments hands over every event that the query chooses, whatever its Sort, Limit
// and Cursor, in the order of their days (the undated first), and no body is read for
// it: the same events as Timeline lists. It says besides how many more there are
// outside After and Before.
func (d *DB) Moments(ctx context.Context, q vigie.Query, each func(vigie.Moment)) (vigie.Reach, error) {
	reach := vigie.Reach{}
	words, err := d.read(ctx, q.Q)
	if err != nil {
		return reach, fmt.Errorf("moments of %q: %w", q.Q, err)
	}
	batch := []SQL{editionSQL, momentsSQL(q, words)}
	outside := []*int{}
	if q.After != "" {
		batch = append(batch, beyondSQL(q, words, "e.on_day <> '' AND e.on_day < ?", q.After.First()))
		outside = append(outside, &reach.Earlier)
	}
	if q.Before != "" {
		batch = append(batch, beyondSQL(q, words, "e.on_day > ?", q.Before.Last()))
		outside = append(outside, &reach.Later)
	}
	err = d.engine.Query(ctx, batch, func(i int, row Row) error {
		switch i {
		case 0:
			return scanEdition(row, q, &reach.Edition)
		case 1:
			var m vigie.Moment
			var acts, day, recorded string
			if err := row.Scan(&m.Incident, &m.Company, &m.Type, &m.Statement, (*string)(&m.On), &day, (*string)(&m.Role), &m.By, &acts, &recorded); err != nil {
				return err
			}
			if m.Type == vigie.ItemCorrection {
				m.On = vigie.Date(day)
			}
			for act := range strings.FieldsSeq(acts) {
				m.Acts = append(m.Acts, vigie.Act(act))
			}
			m.Recorded = vigie.DayOf(parseTime(recorded))
			each(m)
			return nil
		}
		return row.Scan(outside[i-2])
	})
	if err != nil {
		return vigie.Reach{}, fmt.Errorf("moments of %q: %w", q.Canonical(), err)
	}
	return reach, nil
}

func momentsSQL(q vigie.Query, words asked) SQL {
	s := events(q, words, only{}, true)
	return s.sql("e.incident, i.company, e.type, e.statement, e.dated, e.on_day, e.role, e.named, e.acts, e.recorded", " ORDER BY e.on_day, e.ord")
}

// beyondSQL counts the events of the same query on the other side of one of its days.
func beyondSQL(q vigie.Query, words asked, where string, day vigie.Day) SQL {
	q.After, q.Before = "", ""
	s := events(q, words, only{}, false)
	s.add(where, string(day))
	return s.sql("count(*)", "")
}
