package db

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// PublicCase is a published case as a list of addresses needs it.
type PublicCase struct {
	ID, Company string
	Wave        string    // "" for none
	At          time.Time // of the revision that is shown
}

// PublicCases lists, by the day of the first public word, the published cases that
// may be indexed: of one that attackers alone allege, nobody should learn from a
// search engine.
func (d *DB) PublicCases(ctx context.Context) ([]PublicCase, error) {
	var list []PublicCase
	err := d.engine.Query(ctx, []SQL{publicCasesSQL}, func(_ int, row Row) error {
		var c PublicCase
		var at string
		err := row.Scan(&c.ID, &c.Company, &c.Wave, &at)
		c.At = parseTime(at)
		list = append(list, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing the published cases: %w", err)
	}
	return list, nil
}

var publicCasesSQL = sql(`SELECT i.id, i.company, i.wave, r.at
	FROM incidents i CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
	WHERE i.shown = 1 AND i.evidence <> ? ORDER BY i.doc`, string(vigie.Alleged))
