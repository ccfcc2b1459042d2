package db

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// everyEvent reads a timeline to its end, page by page.
func everyEvent(t *testing.T, d *DB, q vigie.Query) (all []vigie.Item) {
	t.Helper()
	q.Limit = limitMost
	for {
		page := must(d.Timeline(t.Context(), q))(t)
		all = append(all, page.Items...)
		if q.Cursor = page.Next; q.Cursor == "" {
			return all
		}
	}
}

func momentsOf(t *testing.T, d *DB, q vigie.Query) (all []vigie.Moment, reach vigie.Reach) {
	t.Helper()
	reach = must(d.Moments(t.Context(), q, func(m vigie.Moment) { all = append(all, m) }))(t)
	return all, reach
}

// Whatever is asked, what is drawn is what is listed: the same events, with the same
// dates, speakers and acts.
func TestMomentsAreTheEventsOfTheTimeline(t *testing.T) {
	d := open(t)
	loadShipped(t, d)
	corrected := must(d.Draft(t.Context(), "temu-2024-09"))(t).Incident
	corrected.Statements[0].By.Name = "someone else"
	must(d.Save(t.Context(), Save{Incident: &corrected, Base: 1, By: desk}))(t)
	told := 0
	for name, q := range map[string]vigie.Query{
		"everything":  {},
		"words":       Q("boulanger"),
		"no such":     Q("nobodysaysthis"),
		"a company":   {Company: []string{"temu"}},
		"a sector":    {Sector: []string{"grocery"}},
		"a role":      {Role: []string{"regulator"}},
		"as of":       {AsOf: "2024-09-17"},
		"a year":      {After: "2024", Before: "2024"},
		"from a day":  {After: "2025-05-13"},
		"up to":       {Before: "2019"},
		"recorded":    {Sort: "recorded", Limit: 3},
		"what is new": {UpdatedSince: 3},
	} {
		var want, got []string
		for _, it := range everyEvent(t, d, q) {
			line := fmt.Sprintf("%s %s %s %s", it.ID, it.Type, it.Case.Company, it.On)
			if s := it.Statement; s != nil {
				line = fmt.Sprintf("%s %s %v %s", line, s.By.Role, s.Acts, s.By.Name+s.By.Company)
			} else {
				line += string(vigie.DayOf(it.Recorded)) + "  [] "
			}
			want = append(want, line)
		}
		moments, _ := momentsOf(t, d, q)
		for _, m := range moments {
			id := m.Incident + "/" + m.Statement
			by := m.By
			if m.Type == vigie.ItemCorrection {
				id = m.Incident + "/c2"
			} else if it, ok := statementOf(t, d, m); ok && it.By.Name != "" { // the list has both, a moment the first
				by = it.By.Name + it.By.Company
			}
			got = append(got, fmt.Sprintf("%s %s %s %s %s %v %s", id, m.Type, m.Company, m.On, m.Role, m.Acts, by))
		}
		slices.Sort(want)
		slices.Sort(got)
		if len(want) != len(got) {
			t.Errorf("%s: %d moments of %d events", name, len(got), len(want))
		}
		for i := range min(len(want), len(got)) {
			if want[i] != got[i] {
				t.Fatalf("%s: a moment is\n%s\nits event\n%s", name, got[i], want[i])
			}
		}
		told += len(got)
		if !slices.IsSortedFunc(moments, func(a, b vigie.Moment) int { return strings.Compare(string(a.On.First()), string(b.On.First())) }) {
			t.Errorf("%s: not in the order of their days", name)
		}
	}
	if told < 800 {
		t.Errorf("only %d moments were compared", told)
	}
}

var recalled = map[string]vigie.Incident{}

func statementOf(t *testing.T, d *DB, m vigie.Moment) (*vigie.Statement, bool) {
	in, known := recalled[m.Incident]
	if !known {
		in = must(d.Incident(t.Context(), m.Incident))(t).Incident
		recalled[m.Incident] = in
	}
	return in.Statement(m.Statement)
}

// What is outside the days asked is counted with the same filters.
func TestMomentsSayHowManyAreEarlierAndLater(t *testing.T) {
	d := open(t)
	loadShipped(t, d)
	for _, q := range []vigie.Query{{}, {Sector: []string{"grocery"}}, Q("password")} {
		all, reach := momentsOf(t, d, q)
		if reach.Earlier != 0 || reach.Later != 0 {
			t.Errorf("without bounds there are %d earlier, %d later", reach.Earlier, reach.Later)
		}
		dated := 0
		for _, m := range all {
			if m.On.Known() {
				dated++
			}
		}
		q.After, q.Before = "2023-02", "2024"
		inside, reach := momentsOf(t, d, q)
		if reach.Earlier+len(inside)+reach.Later != dated || reach.Earlier == 0 || reach.Later == 0 {
			t.Errorf("%s: %d earlier, %d inside, %d later, of %d", q.Canonical(), reach.Earlier, len(inside), reach.Later, dated)
		}
	}
}

// The moments of a whole record walk the events in the order of their days and read no
// body; those of a company go from its cases to their events.
func TestMomentsReadNoBodyAndSortNothing(t *testing.T) {
	d := library(t)
	for name, c := range map[string]struct {
		q    vigie.Query
		want string
	}{
		"everything": {vigie.Query{}, ""},
		"a year":     {vigie.Query{After: "2024", Before: "2024"}, ""},
		"a company":  {vigie.Query{Company: []string{"x"}}, "USE TEMP B-TREE FOR ORDER BY"},
		"words":      {Q("a"), "USE TEMP B-TREE FOR ORDER BY"},
	} {
		s := momentsSQL(c.q, splitWords(c.q.Q))
		if strings.Contains(s.Text, "revisions") {
			t.Errorf("%s reads bodies: %s", name, s.Text)
		}
		is(t, name, strings.Join(scans(t, d, s), "; "), c.want)
	}
}

// BenchmarkMoments is the drawing's reading of a whole record, and of a sector.
func BenchmarkMoments(b *testing.B) {
	d := benchStore()
	for name, q := range map[string]vigie.Query{"everything": {}, "a sector": {Sector: []string{"toys"}}, "a company": {Company: []string{"shop-7"}}} {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				if _, err := d.Moments(b.Context(), q, func(vigie.Moment) { n++ }); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(float64(n), "events")
		})
	}
}
