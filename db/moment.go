package db

import (
	"context"
	"fmt"
	"time"
)

// Moment is the edition and when it was made: the time of the revision that made
// it, not of a draft saved since. Of an empty ledger it is 0 and no time.
func (d *DB) Moment(ctx context.Context) (edition int64, at time.Time, err error) {
	err = d.engine.Query(ctx, []SQL{momentSQL}, func(_ int, row Row) error {
		var text string
		err := row.Scan(&edition, &text)
		at = parseTime(text)
		return err
	})
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("reading the edition: %w", err)
	}
	return edition, at, nil
}

// A draft has the edition that it was saved in, so the first of that number is
// the one that made it.
var momentSQL = sql(`SELECT edition, at FROM revisions WHERE edition = (SELECT max(edition) FROM revisions WHERE edition > 0) ORDER BY seq LIMIT 1`)
