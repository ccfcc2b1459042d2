package db

import (
	"context"
	"fmt"
	"time"
)

// Moment is the edition and when it was made: the time of the revision that made
// it, not of a draft saved since. Of an empty ledger it is 0 and no time.
//
// It is asked at every request, and asks the database only when something was
// written since.
func (d *DB) Moment(ctx context.Context) (edition int64, at time.Time, err error) {
	witness, ok := d.engine.(Witness)
	if !ok {
		return d.readMoment(ctx)
	}
	mark, told := witness.Mark() // before the reading: what is written during it is seen the next time
	last := d.moment.Load()
	if told && last != nil && last.mark == mark {
		return last.edition, last.at, nil
	}
	if edition, at, err = d.readMoment(ctx); err == nil && told {
		d.moment.Store(&markedMoment{mark, edition, at})
	}
	return edition, at, err
}

// markedMoment is a moment and the mark that it holds for.
type markedMoment struct {
	mark    [48]byte
	edition int64
	at      time.Time
}

func (d *DB) readMoment(ctx context.Context) (edition int64, at time.Time, err error) {
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
