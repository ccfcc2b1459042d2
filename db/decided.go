package db

import (
	"context"

	"vigie"
)

// LastDecisions are what an editor decided last: all that was decided at that one
// moment, in order of the candidates; none when nothing was.
func (d *DB) LastDecisions(ctx context.Context, author string) ([]vigie.Decision, error) {
	return d.decisions(ctx, sql(decisionColumns+` WHERE author = ?1 AND at = (SELECT max(at) FROM decisions WHERE author = ?1) ORDER BY candidate, incident`, author))
}

// RunCounts counts the candidates that a run brought, by what became of them.
func (d *DB) RunCounts(ctx context.Context, run string) (counts []vigie.Facet, err error) {
	err = d.engine.Query(ctx, []SQL{sql(`SELECT status, count(*) FROM candidates WHERE run = ? GROUP BY status ORDER BY status`, run)}, func(_ int, row Row) error {
		var status string
		var n int64
		if err := row.Scan(&status, &n); err != nil {
			return err
		}
		counts = append(counts, vigie.Facet{Value: status, Count: int(n)})
		return nil
	})
	return
}
