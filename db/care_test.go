package db

import (
	"errors"
	"strings"
	"testing"

	"vigie"
)

func TestTheQueuesOfCareAreOldestFirst(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for _, x := range []struct {
		id      string
		first   vigie.Date
		checked vigie.Date
		seen    vigie.Seen
		state   vigie.State
	}{
		{"lunaire-2025-07", "2025-07-01", "2026-02-01", vigie.SeenHeadline, vigie.Published},
		{"lunaire-2025-05", "2025-05-10", "2025-12-31", vigie.SeenAddress, vigie.Published},
		{"lunaire-2025-06", "2025-06-01", "", vigie.SeenFull, vigie.Draft},
		{"lunaire-2025-04", "2025-04-01", "2025-01-01", vigie.SeenHeadline, vigie.Retracted},
		{"lunaire-2025-08", "2025-08-01", "2026-03-01", vigie.SeenExcerpt, vigie.Published},
	} {
		in := claim(x.id, "lunaire")
		in.Disclosed, in.Statements[0].On, in.Checked, in.State, in.Reason = x.first, x.first, x.checked, x.state, "a trial"
		in.Sources[0].Seen = x.seen
		save(t, d, in, 0)
	}
	cases, total, err := d.Unchecked(t.Context(), "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, c := range cases {
		got += c.Incident + " " + string(c.Checked) + " " + c.Company + "; "
	}
	is(t, "unchecked", got, "lunaire-2025-06  Lunaire; lunaire-2025-05 2025-12-31 Lunaire; lunaire-2025-07 2026-02-01 Lunaire; ")
	is(t, "how many", total, 3)
	is(t, "the base for a save", cases[0].Version, 1)
	sources, total, err := d.Unopened(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got = ""
	for _, s := range sources {
		got += s.Incident + " " + string(s.Source.Seen) + " " + s.Source.Publisher + "; "
	}
	is(t, "unopened", got, "lunaire-2025-05 address Le Messager du Commerce; lunaire-2025-07 headline Le Messager du Commerce; ")
	is(t, "how many", total, 2)
	sound(t, d)
}

func TestWhatASaveWouldTellIsWhatItTells(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	foresee := func(in *vigie.Incident, base int) Foresight {
		t.Helper()
		return must(d.Foresee(t.Context(), Save{Incident: in, Base: base, By: desk}))(t)[0]
	}
	first := foresee(in, 0)
	is(t, "announced", len(first.Announced), 1)
	if _, err := d.Draft(t.Context(), in.ID); !errors.Is(err, vigie.ErrNotFound) {
		t.Fatalf("foreseeing wrote something: %v", err)
	}
	is(t, "edition", edition(t, d), 0)
	save(t, d, in, 0)
	is(t, "it was told", items(t, d, vigie.Query{}), first.Announced[0])

	quiet := *in
	quiet.Checked = "2026-03-01"
	look := foresee(&quiet, 1)
	if !look.Public || look.Substantive || look.Announced != nil || look.Changed != nil {
		t.Errorf("the day checked is told to readers: %+v", look)
	}
	answered := denial(in)
	next := foresee(answered, 1)
	is(t, "the denial", next.Announced[0], "lunaire-2025-05/s2")
	is(t, "no correction", len(next.Changed), 0)
	if _, err := d.Foresee(t.Context(), Save{Incident: answered, Base: 3, By: desk}); !errors.Is(err, vigie.ErrConflict) {
		t.Errorf("made from a version that is not there: %v", err)
	}
	var problems vigie.Problems
	if _, err := d.Foresee(t.Context(), Save{Incident: claim("nobody-2025-05", "nobody"), By: desk}); !errors.As(err, &problems) {
		t.Errorf("a company that is not there: %v", err)
	}
	company := vigie.Company{ID: "nobody", Name: "Nobody"}
	both := must(d.Foresee(t.Context(), Save{Company: &company, By: desk}, Save{Incident: claim("nobody-2025-05", "nobody"), By: desk}))(t)
	is(t, "with its company", len(both[1].Announced), 1)
}

func TestStatementsSplitOffAreNotToldTwice(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	shop(t, d, "solaire", "Solaire")
	in := denial(claim("lunaire-2025-05", "lunaire"))
	made := save(t, d, in, 0)
	before := items(t, d, vigie.Query{Sort: "recorded"}, vigie.ItemStatement)
	stays, leaves, err := vigie.Split(*in, "s1")
	if err != nil {
		t.Fatal(err)
	}
	leaves.ID, leaves.Company, leaves.Disclosed = "solaire-2025-05", "solaire", "2025-05-10"
	saves := []Save{{Incident: &stays, Base: 1, By: desk}, {Incident: &leaves, By: desk}}
	told := must(d.Foresee(t.Context(), saves...))(t)
	is(t, "nothing is announced", len(told[0].Announced)+len(told[1].Announced), 0)
	is(t, "one is taken over", told[1].Taken[0], "lunaire-2025-05/s1")
	must(d.Save(t.Context(), saves...))(t)
	is(t, "no statement is told twice", items(t, d, vigie.Query{Sort: "recorded"}, vigie.ItemStatement), before)
	is(t, "the correction is", items(t, d, vigie.Query{}, vigie.ItemCorrection), "lunaire-2025-05/c2")
	moved := must(d.Timeline(t.Context(), vigie.Query{Incident: []string{"solaire-2025-05"}}, vigie.ItemStatement))(t).Items
	if len(moved) != 1 || moved[0].ID != "lunaire-2025-05/s1" || moved[0].Recorded != made.At || moved[0].Statement.ID != "s1" {
		t.Errorf("in the new case: %+v", moved)
	}
	is(t, "in the old one", items(t, d, vigie.Query{Incident: []string{in.ID}}, vigie.ItemStatement), "lunaire-2025-05/s2")
	sound(t, d)

	// Merged back, they are where they were, and nobody hears of them again.
	must(d.Merge(t.Context(), "solaire-2025-05", 1, in.ID, 2, desk))(t)
	is(t, "after the way back", items(t, d, vigie.Query{Incident: []string{in.ID}, Sort: "recorded"}, vigie.ItemStatement), before)
	sound(t, d)
}

func TestEveryCaseIsHandedOverWhateverItsState(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for _, state := range []vigie.State{vigie.Published, vigie.Draft, vigie.Retracted} {
		in := claim("lunaire-2025-05-"+map[vigie.State]string{vigie.Published: "b", vigie.Draft: "c", vigie.Retracted: "d"}[state], "lunaire")
		in.State, in.Reason = state, "a trial"
		save(t, d, in, 0)
	}
	got := ""
	err := d.EveryCase(t.Context(), func(in *vigie.Incident) error { got += in.ID + " " + string(in.State) + "; "; return nil })
	if err != nil {
		t.Fatal(err)
	}
	is(t, "cases", got, "lunaire-2025-05-b published; lunaire-2025-05-c draft; lunaire-2025-05-d retracted; ")
}

func BenchmarkTheCarePage(b *testing.B) {
	d := benchStore()
	for b.Loop() {
		if _, _, err := d.Unchecked(b.Context(), "2026-03-01"); err != nil {
			b.Fatal(err)
		}
		if _, _, err := d.Unopened(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheCareOfAnOlderDatabaseIsWorkedOutWhenItIsOpened(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for i, id := range []string{"lunaire-2025-05", "lunaire-2025-06"} {
		in := claim(id, "lunaire")
		in.Sources[0].Seen = []vigie.Seen{vigie.SeenHeadline, vigie.SeenFull}[i]
		in.Checked = []vigie.Date{"2025-12-31", ""}[i]
		save(t, d, in, 0)
	}
	list, err := readMigrations(shipped)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if !strings.Contains(m.name, "care") {
			continue
		}
		if _, err := d.engine.Exec(t.Context(), append([]SQL{sql(`DROP TABLE care`)}, m.batch...)...); err != nil {
			t.Fatal(err)
		}
	}
	sound(t, d)
}
