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
