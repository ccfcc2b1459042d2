package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// nearMost is how many near matches an empty answer offers, and nearTried how many
// of them are looked for.
const (
	nearMost  = 6
	nearTried = 24
)

// Near offers, for a query that finds nothing, the same query with one of its
// words or filters left out, or all its words: those that find something, what
// shut out the most cases first, at most six. Sort and limit stay, a cursor goes.
func (d *DB) Near(ctx context.Context, q vigie.Query) ([]vigie.Near, error) {
	tries := less(q)
	var batch []SQL
	found := make([]hits, len(tries))
	for _, n := range tries {
		words, err := d.read(ctx, n.Query.Q)
		if err != nil {
			return nil, fmt.Errorf("near %q: %w", q.Canonical(), err)
		}
		batch = append(batch, selected(n.Query, words, shown, "", true).matching(d.countMost, false))
	}
	var edition int64
	err := d.engine.Query(ctx, append(batch, editionSQL), func(i int, row Row) error {
		if i == len(tries) {
			return row.Scan(&edition)
		}
		return found[i].scan(row)
	})
	var x *index
	if err == nil {
		x, err = d.indexed(ctx, edition)
	}
	if err != nil {
		return nil, fmt.Errorf("near %q: %w", q.Canonical(), err)
	}
	var list []vigie.Near
	for i, n := range tries {
		if _, n.Total, n.Exact = found[i].among(x.shown, d.countMost); n.Total > 0 {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b vigie.Near) int { return b.Total - a.Total })
	return list[:min(len(list), nearMost)], nil
}

// less are the queries that ask one thing less. None asks nothing.
func less(q vigie.Query) (list []vigie.Near) {
	q.Cursor = ""
	add := func(field, dropped string, n vigie.Query) {
		if len(n.Evidence)+len(n.Position) == 0 {
			n.AsOf = "" // it means nothing without them
		}
		asks := n
		asks.Sort, asks.Limit, asks.BOM, asks.Content = "", 0, false, ""
		if asks.Canonical() != "" && len(list) < nearTried {
			list = append(list, vigie.Near{Query: n, Field: field, Dropped: dropped})
		}
	}
	for _, f := range vigie.Fields {
		if value := f.Value(q); f.Box && f.Name != "sort" && f.Name != "updated_since" && value != "" {
			add(f.Name, value, f.Without(q))
		}
	}
	terms := choices(q.Q)
	for i, term := range terms {
		n := q
		n.Q = strings.Join(slices.Delete(slices.Clone(terms), i, i+1), " ")
		add("q", term, n)
	}
	if len(terms) > 2 {
		n := q
		n.Q = ""
		add("q", q.Q, n)
	}
	return list
}

// choices are the terms of the box, those that OR joins as one.
func choices(q string) (list []string) {
	joined := false
	for _, term := range vigie.BoxTerms(q) {
		switch {
		case term == "OR" && len(list) > 0:
			joined = true
		case term == "OR":
		case joined:
			list[len(list)-1] += " OR " + term
			joined = false
		default:
			list = append(list, term)
		}
	}
	return list
}
