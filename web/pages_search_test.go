package web

import (
	"slices"
	"strings"
	"testing"

	"vigie"
)

func searched(q vigie.Query, a vigie.Answer) Incidents {
	return Incidents{Frame: sampleFrame(vigie.English, IncidentsPath), Asked: q, Answer: a}
}

func TestAValueIsAskedForOrExcludedInOnePressAndTheOtherWayRound(t *testing.T) {
	p := searched(vigie.Query{Sector: []string{"-fashion", "grocery"}}, vigie.Answer{Facets: map[string][]vigie.Facet{"sector": {{Value: "grocery", Count: 3}, {Value: "fashion", Count: 2}, {Value: "home", Count: 1}}}})
	values := p.Facets()[0].Values
	for i, want := range []FacetLink{
		{"grocery", 3, true, false, "/en/incidents?sector=-fashion", "/en/incidents?sector=-fashion,-grocery"},
		{"fashion", 2, false, true, "/en/incidents?sector=grocery", "/en/incidents?sector=grocery"},
		{"home", 1, false, false, "/en/incidents?sector=-fashion,grocery,home", "/en/incidents?sector=-fashion,-home,grocery"},
	} {
		if values[i] != want {
			t.Errorf("%s is %+v, want %+v", want.Value, values[i], want)
		}
	}
	if page := drawn(t, p, vigie.English); !strings.Contains(page, `<a href="/en/incidents?sector=grocery" data-key="chip sector fashion" title="Remove this filter" class="not">`) {
		t.Error("what is excluded is no chip")
	}
}

func TestEvidenceGoesInItsOrderAndYearsFromTheLatest(t *testing.T) {
	p := searched(vigie.Query{}, vigie.Answer{Facets: map[string][]vigie.Facet{
		"evidence": {{Value: "confirmed", Count: 9}, {Value: "alleged", Count: 1}, {Value: "reported", Count: 5}},
		"year":     {{Value: "2020", Count: 9}, {Value: "2024", Count: 2}, {Value: "2022", Count: 3}},
	}})
	for i, want := range []string{"alleged reported confirmed", "2024 2022 2020"} {
		var got []string
		for _, v := range p.Facets()[i].Values {
			got = append(got, v.Value)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("the order is %v, want %s", got, want)
		}
	}
}

func TestOnlyASearchForWordsIsSortedByRelevance(t *testing.T) {
	names := func(q vigie.Query) (out []string) {
		for _, s := range searched(q, vigie.Answer{}).Finder().Sorts() {
			out = append(out, s.Name)
		}
		return out
	}
	if slices.Contains(names(vigie.Query{}), "relevance") || !slices.Contains(names(vigie.Query{Q: "fuite"}), "relevance") {
		t.Errorf("the orders are %v and %v", names(vigie.Query{}), names(vigie.Query{Q: "fuite"}))
	}
	for _, s := range searched(vigie.Query{Q: "fuite", Sort: "affected", Cursor: "x"}, vigie.Answer{}).Finder().Sorts() {
		want := "/en/incidents?q=fuite&sort=" + s.Name
		if s.Name == "newest" { // the default is not in the one canonical address
			want = "/en/incidents?q=fuite"
		}
		if s.Href != want || s.On != (s.Name == "affected") {
			t.Errorf("%+v, want %s", s, want)
		}
	}
}

func TestAnEmptyAnswerOffersWhatIsNear(t *testing.T) {
	p := searched(vigie.Query{Q: "boulnager", Sector: []string{"grocery"}}, vigie.Answer{TotalExact: true,
		Suggestions: []vigie.Suggestion{{Word: "boulnager", Company: "boulanger", Name: "Boulanger", Query: "q=Boulanger&sector=grocery"}},
		Filters:     []vigie.Offer{{Word: "norvège", Field: "company_country", Value: "NO", Query: "company_country=NO&q=fuite"}}})
	p.Near = []vigie.Near{
		{Query: vigie.Query{Sector: []string{"grocery"}}, Total: 12, Exact: true, Field: "q", Dropped: "boulnager"},
		{Query: vigie.Query{Q: "boulnager"}, Total: 1, Exact: true, Field: "sector", Dropped: "grocery"},
		{Query: vigie.Query{Q: "boulnager", Sector: []string{"grocery"}}, Total: vigie.TotalMost, Field: "country", Dropped: "-US"},
		{Query: vigie.Query{Q: "boulnager"}, Total: 2, Exact: true, Field: "q", Dropped: "-temu"},
	}
	page := drawn(t, p, vigie.English)
	for _, want := range []string{
		`<a href="/en/incidents?q=Boulanger&amp;sector=grocery"><b>Boulanger</b></a>?`,
		`<a href="/en/incidents?company_country=NO&amp;q=fuite">Seat: <b>Norway</b></a>`,
		`<a href="/en/incidents?sector=grocery">without “boulnager”</a> — 12 cases`,
		`<a href="/en/incidents?q=boulnager">without Sector: grocery`,
		`without Country: not United States</a> — More than 100,000 cases`,
		`without “-temu”</a> — 2 cases`,
		`href="/en/help"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not offer %s", want)
		}
	}
}

func TestASearchSaysThatAllOfItIsExported(t *testing.T) {
	for total, want := range map[int]string{1: "Export this case", 27: "Export all 27 cases"} {
		p := searched(vigie.Query{}, vigie.Answer{Total: total, TotalExact: true, Incidents: []vigie.Record{sampleOther}})
		p.Alternates = []Link{{Href: "/en/incidents.csv", Title: "CSV", Type: "text/csv"}, {Href: "/en/incidents.json?q=x", Title: "JSON", Type: "application/json"}}
		page := drawn(t, p, vigie.English)
		whole, pages, ok := strings.Cut(page[strings.Index(page, want):], "Page by page:")
		if !ok || !strings.Contains(whole, "/en/incidents.csv") || strings.Contains(whole, "/en/incidents.json") || !strings.Contains(pages, "/en/incidents.json") {
			t.Errorf("%d cases: what gives all the rows and what goes by pages are not told apart", total)
		}
	}
	p := searched(vigie.Query{}, vigie.Answer{Total: vigie.TotalMost, Incidents: []vigie.Record{sampleOther}})
	if page := drawn(t, p, vigie.English); !strings.Contains(page, "More than 100,000 cases") || !strings.Contains(page, "Export all the cases") {
		t.Error("a total that is not exact is said as if it were")
	}
}

func TestAnAttackerIsNamedAsTheCasesDo(t *testing.T) {
	p := searched(vigie.Query{}, vigie.Answer{})
	p.Actors = map[string]string{"fumeur-de-tabac": "Fumeur de tabac"}
	for slug, want := range map[string]string{"fumeur-de-tabac": "Fumeur de tabac", "some-one-else": "some one else"} {
		if got := p.ActorName(slug); got != want {
			t.Errorf("%s is %q", slug, got)
		}
	}
}

func TestADateSaysHowPreciseItIsAndWhatItRestsOn(t *testing.T) {
	r := sampleRecord(vigie.Incident{ID: "x-2024", State: vigie.Published, Company: "temu", Checked: "2026-11-20",
		Statements: []vigie.Statement{
			{ID: "s1", By: vigie.Speaker{Role: vigie.Press, Name: "P"}, Acts: []vigie.Act{vigie.Reports}, On: "2024-09", Sources: []string{"r1"}},
			{ID: "s2", By: vigie.Speaker{Role: vigie.Respondent, Company: "temu"}, Acts: []vigie.Act{vigie.Confirms}, Sources: []string{"r1"}},
			{ID: "s3", By: vigie.Speaker{Role: vigie.Press, Name: "Q"}, Acts: []vigie.Act{vigie.Reports}, On: "2024-09-30", Sources: []string{"r1"}},
		},
		Sources: []vigie.Source{{ID: "r1", Publisher: "P", Published: "2024-10-02", Seen: vigie.SeenFull}},
	}, temu)
	page := drawn(t, Timeline{Frame: sampleFrame(vigie.English, TimelinePath), Timeline: vigie.Timeline{Items: r.Ledger()}}, vigie.English)
	for want, times := range map[string]int{
		`<time datetime="2024-09">September 2024</time> <span class="grain">to the month</span>`:                                     1,
		`<span class="undated">no known date</span> <span class="grain">dated by the publication of a source: 2 October 2024</span>`: 1,
		`<time datetime="2024-09-30">30 September 2024</time></p>`:                                                                   1,
		"no notice to customers known to Vigie, last checked on 20 November 2026":                                                    1,
	} {
		if got := strings.Count(page, want); got != times {
			t.Errorf("%s stands %d times", want, got)
		}
	}
	if strings.Contains(page, "silent") {
		t.Error("the page says that somebody is silent")
	}
}

func TestALagIsToldInDaysAsWellAsItIsKnown(t *testing.T) {
	days := func(n int) *int { return &n }
	for want, l := range map[string]vigie.Lag{
		"the same day": {Min: days(0), Max: days(0)}, "at most 1 day": {Max: days(1)}, "0 to 2 days": {Min: days(0), Max: days(2)},
		"3 days": {Min: days(3), Max: days(3)}, "at least 2 days": {Min: days(2)}, "no word known to Vigie": {},
	} {
		if got, err := words(t, vigie.English).Lag(l); got != want || err != nil {
			t.Errorf("%+v is %q, %v, want %q", l, got, err, want)
		}
	}
}

func TestLagsAreToldOfFewCasesOnly(t *testing.T) {
	var items []vigie.Item
	for i := range waitMost + 1 {
		r := sampleBoulanger
		r.ID = string(rune('a' + i))
		items = append(items, vigie.Item{Incident: r.ID, Case: &r}, vigie.Item{Incident: r.ID, Case: &r})
	}
	if got := len(waits(items[:2*waitMost])); got != waitMost {
		t.Errorf("of %d cases the lags of %d", waitMost, got)
	}
	if got := waits(items); got != nil {
		t.Errorf("of too many cases the lags of %d", len(got))
	}
}
