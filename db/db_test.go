package db

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vigie"
)

// The shops of these tests are invented, and so is all that is said of them.

var desk = vigie.Signature{Author: "ada", Note: "as read"}

// tick is a clock that goes on one minute at every look.
func tick() func() time.Time {
	var mu sync.Mutex
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Minute)
		return now
	}
}

func openAt(t testing.TB, path string, clock func() time.Time) *DB {
	t.Helper()
	e, err := OpenSQLite(path)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), e, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func open(t testing.TB) *DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "vigie.db"), tick())
}

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func text(s string) vigie.Text { return vigie.Text{FR: s + " (fr)", EN: s + " (en)"} }

// claim is a case of an invented shop with one claim by an attacker, published.
func claim(id, company string) *vigie.Incident {
	return &vigie.Incident{
		ID: id, State: vigie.Published, Company: company, Kind: "data_breach", Countries: []string{"FR"}, Disclosed: "2025-05-10",
		Sources: []vigie.Source{{ID: "r1", Publisher: "Le Messager du Commerce", Title: "Une boutique visée", Seen: vigie.SeenFull, Published: "2025-05-10"}},
		Statements: []vigie.Statement{{
			ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: "grosmatou"}, Acts: []vigie.Act{vigie.Claims}, On: "2025-05-10", Actor: "grosmatou",
			Figures: []vigie.Figure{{Min: 120000, Max: 120000, Unit: "customers", Qualifier: vigie.Exact}}, Data: []string{"email", "phone"},
			Text: text("The seller claims the customer file"), Sources: []string{"r1"},
		}},
	}
}

// denial is the shop's answer, as statement s2.
func denial(in *vigie.Incident) *vigie.Incident {
	out := *in
	out.Statements = append(append([]vigie.Statement{}, in.Statements...), vigie.Statement{
		ID: "s2", By: vigie.Speaker{Role: vigie.Respondent, Company: in.Company}, Acts: []vigie.Act{vigie.Denies}, On: "2025-05-12",
		Answers: []string{"s1"}, Text: text("Nothing was taken, says the shop"), Sources: []string{"r1"},
	})
	return &out
}

func shop(t testing.TB, d *DB, id, name string, aliases ...string) {
	t.Helper()
	c := &vigie.Company{ID: id, Name: name, Aliases: aliases, Country: "FR", Sector: "home", Group: "Groupe Tournesol", Domains: []string{id + ".example"}}
	must(d.Save(t.Context(), Save{Company: c, By: desk}))(t)
}

func save(t testing.TB, d *DB, in *vigie.Incident, base int) vigie.Revision {
	t.Helper()
	return must(d.Save(t.Context(), Save{Incident: in, Base: base, By: desk}))(t)[0]
}

func found(t testing.TB, d *DB, q vigie.Query) string {
	t.Helper()
	var ids []string
	for _, r := range must(d.Search(t.Context(), q))(t).Incidents {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

func items(t testing.TB, d *DB, q vigie.Query, types ...string) string {
	t.Helper()
	var ids []string
	for _, item := range must(d.Timeline(t.Context(), q, types...))(t).Items {
		ids = append(ids, item.ID)
	}
	return strings.Join(ids, " ")
}

func edition(t testing.TB, d *DB) int64 {
	t.Helper()
	return must(d.Edition(t.Context()))(t)
}

func is[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// sound fails when the store is not what its revisions make of it.
func sound(t testing.TB, d *DB) {
	t.Helper()
	for _, problem := range must(d.Check(context.Background(), false))(t) {
		t.Error("check:", problem)
	}
}
