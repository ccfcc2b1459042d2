package db

import (
	"testing"

	"vigie"
)

func TestCasesAreCountedByBothAxes(t *testing.T) {
	d := library(t)
	total, by := 0, map[vigie.Evidence]int{}
	for _, c := range must(d.Crossings(t.Context()))(t) {
		total += c.Cases
		by[c.Evidence] += c.Cases
		alone := must(d.Search(t.Context(), vigie.Query{Evidence: []string{string(c.Evidence)}, Position: []string{string(c.Position)}}))(t)
		if c.Cases == 0 || alone.Total != c.Cases {
			t.Errorf("%+v, and a search finds %d", c, alone.Total)
		}
	}
	all := must(d.Search(t.Context(), vigie.Query{}))(t)
	if total != all.Total || total == 0 {
		t.Errorf("%d cases at their places, %d in all", total, all.Total)
	}
	for _, f := range all.Facets["evidence"] {
		if by[vigie.Evidence(f.Value)] != f.Count {
			t.Errorf("%s: %d and %d", f.Value, by[vigie.Evidence(f.Value)], f.Count)
		}
	}
}

func TestAPageKnowsHowManyCasesComeBeforeIt(t *testing.T) {
	d := library(t)
	for _, sort := range []string{"", "recorded", "affected", "occurred"} {
		q := vigie.Query{Limit: 1, Sort: sort}
		total := must(d.Search(t.Context(), q))(t).Total
		if total < 3 {
			t.Fatalf("%d cases are too few to page", total)
		}
		for at := range total { // forward to the end
			a := must(d.Search(t.Context(), q))(t)
			if a.Before != at {
				t.Errorf("by %q, forward: %d cases before, want %d", sort, a.Before, at)
			}
			if q.Cursor = a.Next; at == total-1 {
				q.Cursor = a.Prev
			}
		}
		for at := total - 2; at >= 0; at-- { // and back to the beginning
			a := must(d.Search(t.Context(), q))(t)
			if a.Before != at {
				t.Errorf("by %q, back: %d cases before, want %d", sort, a.Before, at)
			}
			q.Cursor = a.Prev
		}
	}
}

func TestAttackersAreNamedAsThePublishedCasesDo(t *testing.T) {
	d := library(t)
	named, draft := claim("lunaire-2025-09", "lunaire"), claim("lunaire-2025-10", "lunaire")
	named.Statements[0].Actor, draft.Statements[0].Actor = "GrosMatou’s Café", "Nobody Yet"
	draft.State = vigie.Draft
	save(t, d, named, 0)
	save(t, d, draft, 0)
	got := must(d.Actors(t.Context(), []string{vigie.Slug("GrosMatou’s Café"), "grosmatou", "nobody-yet", "unheard-of"}))(t)
	if len(got) != 2 || got[vigie.Slug("GrosMatou’s Café")] != "GrosMatou’s Café" || got["grosmatou"] != "grosmatou" {
		t.Errorf("the names are %v", got)
	}
}
