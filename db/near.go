package db

import (
	"context"

	"vigie"
)

// nearMost is how many near matches an empty answer offers.
const nearMost = 6

// Near offers, for a query that finds nothing, the same query with one of its
// words or filters left out: those that find something, the fewest cases first,
// at most six. Sort and limit stay, a cursor goes.
func (d *DB) Near(ctx context.Context, q vigie.Query) ([]vigie.Near, error) {
	return nil, nil
}
