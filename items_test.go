package vigie_test

import (
	"slices"
	"testing"
	"time"

	"vigie"
)

// told is a case of one source, published on a day, with one statement.
func told(s vigie.Statement, published vigie.Date) *vigie.Record {
	s.ID, s.By, s.Acts, s.Sources = "s1", vigie.Speaker{Role: vigie.Press, Name: "Le Veilleur"}, []vigie.Act{vigie.Reports}, []string{"r1"}
	in := vigie.Incident{ID: "shop-2031", Company: "shop", Checked: "2031-06-01", Statements: []vigie.Statement{s}, Sources: []vigie.Source{{ID: "r1", Seen: vigie.SeenFull, Published: published}}}
	return &vigie.Record{Incident: in, Derived: vigie.Derive(&in, "Shop", 1, time.Time{}, time.Time{})}
}

func TestAnEventSaysHowPreciselyItsDayIsKnownAndOnWhat(t *testing.T) {
	for _, c := range []struct {
		on, public, published vigie.Date
		precision, basis      string
		known                 vigie.Day
	}{
		{"2031-03-04", "", "2031-03-09", "day", "said", "2031-03-04"},
		{"2031-03~", "", "2031-03-09", "month", "said", "2031-03-31"},
		{"2031", "", "", "year", "said", "2031-12-31"},
		{"2031-03-04/2031-03", "", "", "interval", "said", "2031-03-31"},
		{"2031-03-04", "2031-05-02", "", "day", "said", "2031-05-02"},
		{"", "2031-05", "2031-03-09", "", "public", "2031-05-31"},
		{"", "", "2031-03-09", "", "published", "2031-03-09"},
		{"", "", "2031-03", "", "", ""}, // a month is no exact publication
		{"2031-13", "", "", "", "", ""},
	} {
		r := told(vigie.Statement{On: c.on, Public: c.public}, c.published)
		got := r.Ledger()[0]
		if got.Precision != c.precision || got.Basis != c.basis || got.Known != c.known || got.Day() != c.known {
			t.Errorf("on %q, public %q, published %q: %q %q %q", c.on, c.public, c.published, got.Precision, got.Basis, got.Known)
		}
	}
}

func TestAnEventCarriesItsCaseInBrief(t *testing.T) {
	r := told(vigie.Statement{On: "2031-03-04"}, "")
	b := r.Ledger()[0].Brief
	if b.Company != "shop" || b.Checked != "2031-06-01" || b.Headline != r.Derived.Headline {
		t.Errorf("%+v", b)
	}
	if len(b.Lags) != 1 || b.Lags[0].From != "claim" || b.Lags[0].To != "first_word" || b.Lags[0].Max != nil {
		t.Errorf("an open lag is one without an end: %+v", b.Lags)
	}
	alone := vigie.Item{ID: "shop-2031/s1", On: "2031"}
	if alone.Tell(); alone.Brief != nil || alone.Precision != "year" {
		t.Errorf("of an unknown case: %+v", alone)
	}
}

func TestEventsStandInTheOrderTheyBecameKnownAndTheUndatedLast(t *testing.T) {
	at := func(day string) time.Time {
		when, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	events := []vigie.Item{
		{ID: "undated"}, {ID: "c3", Correction: &vigie.Correction{}, Recorded: at("2031-04-02")}, {ID: "s2", Known: "2031-04-02"}, {ID: "s1", Known: "2031-03-01"}, {ID: "s4", Known: "2031-05-01", Recorded: at("2030-01-01")},
	}
	vigie.InOrder(events)
	var order []string
	for _, e := range events {
		order = append(order, e.ID)
	}
	if !slices.Equal(order, []string{"s1", "c3", "s2", "s4", "undated"}) {
		t.Errorf("in the order %v", order)
	}
}
