package db

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
)

func TestASyncNeitherMissesNorRepeats(t *testing.T) {
	d := library(t)
	start := must(d.Search(t.Context(), vigie.Query{Company: []string{"lunaire"}}))(t)
	in := must(d.Draft(t.Context(), lunaire))(t)
	shop(t, d, "autre", "Autre")
	in.Company = "autre"
	save(t, d, &in.Incident, in.Derived.Version) // it no longer matches
	must(d.Retract(t.Context(), coeur, 1, "wrong shop", desk))(t)
	sync := must(d.Search(t.Context(), vigie.Query{Company: []string{"lunaire"}, UpdatedSince: start.Edition}))(t)
	is(t, "matching", len(sync.Incidents), 0)
	is(t, "left", strings.Join(sync.Left, " "), lunaire)
	is(t, "gone, of what it never had", fmt.Sprint(sync.Tombstones), "[]")
	whole := must(d.Search(t.Context(), vigie.Query{UpdatedSince: start.Edition}))(t)
	is(t, "gone", fmt.Sprint(whole.Tombstones), fmt.Sprintf("[{%s retracted  wrong shop}]", coeur))
	is(t, "left of everything", len(whole.Left), 0)
	again := must(d.Search(t.Context(), vigie.Query{Company: []string{"lunaire"}, UpdatedSince: sync.Edition}))(t)
	is(t, "nothing twice", len(again.Incidents)+len(again.Left)+len(again.Tombstones), 0)

	page := must(d.Search(t.Context(), vigie.Query{UpdatedSince: 1, Limit: 1}))(t)
	first := page.Edition
	c := must(d.Draft(t.Context(), lunaire))(t)
	c.Summary = text("changed while a client pages")
	save(t, d, &c.Incident, c.Derived.Version)
	seen := map[string]int{}
	for {
		for _, r := range page.Incidents {
			seen[r.ID]++
		}
		if page.Next == "" {
			break
		}
		page = must(d.Search(t.Context(), vigie.Query{UpdatedSince: 1, Limit: 1, Cursor: page.Next}))(t)
	}
	is(t, "edition of the last page", page.Edition, first)
	next := must(d.Search(t.Context(), vigie.Query{UpdatedSince: first}))(t)
	for _, r := range next.Incidents {
		seen[r.ID]++
	}
	is(t, "every case once", fmt.Sprint(seen), fmt.Sprintf("map[%s:1 %s:1]", old, lunaire))
}
