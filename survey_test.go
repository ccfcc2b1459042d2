package vigie

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyCase is a case with what a survey counts.
func anyCase(t *rapid.T, n int) Record {
	r := Record{Incident: Incident{ID: fmt.Sprintf("c%d-2024", n), State: Published, Company: fmt.Sprintf("c%d", n), Sources: []Source{{ID: "r1", Seen: SeenFull}}}}
	r.Respondent = Company{ID: r.Company, Name: fmt.Sprint("Company ", n), Sector: rapid.SampledFrom([]string{"", "grocery", "fashion"}).Draw(t, "sector")}
	r.Disclosed = rapid.SampledFrom([]Date{"", "2023", "2023~", "2024-02", "2024-02~", "2024-02-03", "2024-02-28~", "2024-01/2024-03", "2024-03/2024-05", "2023-12/2024-01", "2024-02-01/2024-02-20"}).Draw(t, "disclosed")
	r.Discovered = rapid.SampledFrom([]Date{"", "2024-01-02", "2024-01"}).Draw(t, "discovered")
	r.Countries = rapid.SliceOfN(rapid.SampledFrom([]string{"FR", "US", "BE"}), 0, 3).Draw(t, "countries")
	kinds := []string{"name", "email", "password"}
	for i := range rapid.IntRange(0, 4).Draw(t, "statements") {
		s := Statement{ID: fmt.Sprint("s", i+1), Sources: []string{"r1"}, Acts: []Act{Claims}, By: Speaker{Role: Attacker, Name: "x"},
			Data: rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 3).Draw(t, "data"), NotData: rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 2).Draw(t, "not"),
			On: rapid.SampledFrom([]Date{"", "2024-02-04", "2024-02-10", "2024-02"}).Draw(t, "on")}
		if rapid.Bool().Draw(t, "company speaks") {
			s.By = Speaker{Role: Respondent, Company: r.Company}
			s.Acts = []Act{rapid.SampledFrom([]Act{Confirms, Denies, NotifiesRegulator, NotifiesCustomers}).Draw(t, "act")}
		}
		if n := rapid.IntRange(0, 3000).Draw(t, "count"); n > 1000 {
			s.Figures = []Figure{{Min: int64(n), Max: int64(n), Unit: rapid.SampledFrom([]Unit{"customers", "people", "records"}).Draw(t, "unit"), Qualifier: Exact}}
		}
		r.Statements = append(r.Statements, s)
	}
	r.Derived = Derive(&r.Incident, r.Respondent.Name, 1, time.Unix(0, 0), time.Unix(int64(rapid.IntRange(1, 1e9).Draw(t, "updated")), 0))
	return r
}

// A survey says what one would count by hand, in whatever order the cases come.
func TestASurveyIsACountOfCases(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Record
		for n := range rapid.IntRange(0, 12).Draw(t, "cases") {
			all = append(all, anyCase(t, n))
		}
		var s Survey
		for i := range all {
			s.Add(&all[i], all[i].Derived.Updated)
		}
		having := func(is func(r *Record) bool) (n int) {
			for i := range all {
				if is(&all[i]) {
					n++
				}
			}
			return n
		}
		if s.Cases != len(all) {
			t.Errorf("%d cases, of %d", s.Cases, len(all))
		}
		for _, sector := range []string{"", "grocery", "fashion"} {
			if got, want := valueIn(s.Sectors(), sector), having(func(r *Record) bool { return r.Respondent.Sector == sector }); got != want {
				t.Errorf("sector %q: %d cases, by hand %d", sector, got, want)
			}
		}
		for _, country := range []string{"FR", "US", "BE"} {
			if got, want := valueIn(s.Countries(), country), having(func(r *Record) bool { return slices.Contains(r.Countries, country) }); got != want {
				t.Errorf("country %q: %d cases, by hand %d", country, got, want)
			}
		}
		if got, want := valueIn(s.Countries(), ""), having(func(r *Record) bool { return len(r.Countries) == 0 }); got != want {
			t.Errorf("country not known: %d cases, by hand %d", got, want)
		}
		says := func(r *Record, is func(s Statement) bool) bool { return slices.ContainsFunc(r.Statements, is) }
		for _, kind := range []string{"name", "email", "password"} {
			var got DataCount
			for _, c := range s.Data() {
				if c.Data == kind {
					got = c
				}
			}
			want := DataCount{got.Data,
				having(func(r *Record) bool {
					return says(r, func(s Statement) bool { return slices.Contains(s.Data, kind) })
				}),
				having(func(r *Record) bool {
					return says(r, func(s Statement) bool { return s.By.Role == Respondent && slices.Contains(s.Data, kind) })
				}),
				having(func(r *Record) bool {
					return says(r, func(s Statement) bool { return slices.Contains(s.NotData, kind) })
				})}
			if got != want {
				t.Errorf("data %s: %+v, by hand %+v", kind, got, want)
			}
		}
		if got, want := s.Undetailed(), having(func(r *Record) bool {
			return !says(r, func(s Statement) bool { return len(s.Data)+len(s.NotData) > 0 })
		}); got != want {
			t.Errorf("nobody says which data in %d cases, by hand %d", got, want)
		}
		dated := 0
		for _, d := range s.Dated() {
			dated += d.Cases
			if want := having(func(r *Record) bool {
				return r.Derived.Standing.Evidence == d.Evidence && leastPeriod(r.FirstWord()) == d.On
			}); d.Cases != want {
				t.Errorf("%s %s: %d cases, by hand %d", d.On, d.Evidence, d.Cases, want)
			}
		}
		if dated != len(all) {
			t.Errorf("%d cases in periods, of %d: each is in one", dated, len(all))
		}
		lags := 0
		for i := range all {
			lags += len(all[i].Derived.Lags)
		}
		if len(s.Waits) != lags {
			t.Errorf("%d lags, by hand %d", len(s.Waits), lags)
		}
		for _, c := range s.Figures {
			for _, f := range slices.Concat(c.Claimed, c.Admitted) {
				if f.By.Role != Attacker && f.By.Role != Respondent {
					t.Errorf("%s: a figure of %s", c.Case, f.By.Role)
				}
			}
		}
		if got, want := len(s.Figures), having(func(r *Record) bool {
			return slices.ContainsFunc(r.Derived.Figures, func(f SpokenFigure) bool { return f.By.Role == Attacker || f.By.Role == Respondent })
		}); got != want {
			t.Errorf("%d cases with a figure of either side, by hand %d", got, want)
		}
		slices.Reverse(all)
		var back Survey
		for i := range all {
			back.Add(&all[i], all[i].Derived.Updated)
		}
		if a, b := fmt.Sprint(s.Dated(), s.Data(), s.Sectors(), s.Countries(), s.Updated), fmt.Sprint(back.Dated(), back.Data(), back.Sectors(), back.Countries(), back.Updated); a != b {
			t.Errorf("the order of the cases counts:\n%s\n%s", a, b)
		}
	})
}

func valueIn(counts []ValueCount, value string) (n int) {
	for _, c := range counts {
		if c.Value == value {
			n += c.Cases
		}
	}
	return n
}

// leastPeriod is placed, by hand: the periods that the rule knows, tried in order.
func leastPeriod(d Date) Date {
	if !d.Known() {
		return ""
	}
	holds := func(period Date) bool { return period.First() <= d.First() && d.Last() <= period.Last() }
	if d == "2024-02~" { // some month of the year
		return "2024"
	}
	for _, period := range []Date{"2024-01", "2024-02", "2024-03", "2024-01/2024-03", "2024-04/2024-06", "2023", "2024"} {
		if holds(period) {
			return period
		}
	}
	return ""
}

// Nothing known by its year is placed in a month, and about a month is no month.
func TestADateIsPlacedNoMorePreciselyThanItIs(t *testing.T) {
	for date, want := range map[Date]Date{
		"2024-09-16": "2024-09", "2024-09-16~": "2024-09", "2024-09": "2024-09", "2024-09~": "2024", "2024": "2024", "2024~": "2024", "": "",
		"2024-09-28/2024-10-02": "2024", "2024-10-28/2024-11-02": "2024-10/2024-12", "2024-07/2024-09": "2024-07/2024-09", "2023-12-30/2024-01-02": "", "nonsense": "",
	} {
		if got := placed(date); got != want {
			t.Errorf("%q is placed in %q, want %q", date, got, want)
		}
	}
}

// A claim and an admission are set side by side where they count alike, and never
// compared where they do not.
func TestThePairOfACaseComparesLikeWithLike(t *testing.T) {
	figure := func(min, max int64, unit Unit, q Qualifier) SpokenFigure {
		return SpokenFigure{Figure: Figure{Min: min, Max: max, Unit: unit, Qualifier: q}}
	}
	records, customers, members, few := figure(27e6, 27e6, "records", Exact), figure(5e5, 5e5, "customers", Exact), figure(1e6, 1e6, "members", Exact), figure(1e5, 0, "customers", Vague)
	part := customers
	part.Scope = Text{FR: "en France", EN: "in France"}
	for _, c := range []struct {
		name              string
		claimed, admitted []SpokenFigure
		claim, admission  int64
		comparable        bool
		gap               float64
	}{
		{"records are not customers", []SpokenFigure{records}, []SpokenFigure{customers}, 27e6, 5e5, false, 0},
		{"customers and members are people", []SpokenFigure{records, members}, []SpokenFigure{customers}, 1e6, 5e5, true, 2},
		{"the same unit before another", []SpokenFigure{members, customers}, []SpokenFigure{customers}, 5e5, 5e5, true, 1},
		{"a part is no whole", []SpokenFigure{customers}, []SpokenFigure{part}, 5e5, 5e5, false, 0},
		{"a vague one may agree", []SpokenFigure{customers}, []SpokenFigure{few}, 5e5, 1e5, true, 1},
		{"more than may be as many", []SpokenFigure{figure(3e5, 0, "customers", MoreThan)}, []SpokenFigure{customers}, 3e5, 5e5, true, 1},
		{"more than is no less", []SpokenFigure{figure(1e6, 0, "customers", MoreThan)}, []SpokenFigure{customers}, 1e6, 5e5, true, 2},
		{"up to may be as few", []SpokenFigure{figure(0, 1e6, "customers", UpTo)}, []SpokenFigure{customers}, 0, 5e5, true, 1},
		{"up to is no more", []SpokenFigure{figure(0, 1e5, "customers", UpTo)}, []SpokenFigure{customers}, 0, 5e5, true, 5},
		{"only a claim", []SpokenFigure{records}, nil, 27e6, 0, false, 0},
		{"only an admission", nil, []SpokenFigure{customers}, 0, 5e5, false, 0},
	} {
		p := CaseFigures{Claimed: c.claimed, Admitted: c.admitted}.Pair()
		amount := func(f *SpokenFigure) int64 {
			if f == nil {
				return 0
			}
			return f.Min
		}
		if amount(p.Claim) != c.claim || amount(p.Admission) != c.admission || p.Comparable != c.comparable || p.Gap != c.gap {
			t.Errorf("%s: %d against %d, comparable %v, gap %v", c.name, amount(p.Claim), amount(p.Admission), p.Comparable, p.Gap)
		}
	}
}

// What the search finds between two months goes by the earliest day of a date.
func TestBegunCountsAsTheSearchDoes(t *testing.T) {
	var s Survey
	for i, d := range []Date{"2024", "2024-01-05", "2024-03", "2023-12/2024-02"} {
		s.Add(&Record{Incident: Incident{ID: fmt.Sprint("x", i), State: Published, Disclosed: d}}, time.Time{})
	}
	if n := s.Begun("2024-01", "2024-01"); n != 2 {
		t.Errorf("%d begin in January, the year and the fifth do", n)
	}
	if n := s.Begun("2024-02", "2024-03", ""); n != 1 {
		t.Errorf("%d begin from February to March", n)
	}
}
