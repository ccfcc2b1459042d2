package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unicode"

	"vigie"
	"vigie/db"
)

// extremes are invented cases at the ends of what the record can hold.
func extremes(t testing.TB, h *house) {
	t.Helper()
	said := func(company, id string, change func(*vigie.Incident)) db.Save {
		in := &vigie.Incident{
			ID: id, Company: company, State: vigie.Published, Kind: "unknown", Countries: []string{"FR"}, Disclosed: "2016-03-04",
			Sources:    []vigie.Source{{ID: "r1", Publisher: "Le Messager", Title: "Une boutique visée", Lang: "fr", Seen: vigie.SeenFull}},
			Statements: []vigie.Statement{{ID: "s1", By: vigie.Speaker{Role: vigie.Press, Name: "Le Messager"}, Acts: []vigie.Act{vigie.Reports}, On: "2016-03-04", Text: vigie.Text{FR: "On en parle", EN: "It is talked of"}, Sources: []string{"r1"}}},
		}
		change(in)
		return db.Save{Incident: in, By: loader}
	}
	figure := func(low, high int64, q vigie.Qualifier) func(*vigie.Incident) {
		return func(in *vigie.Incident) {
			in.Statements[0].Figures = []vigie.Figure{{Min: low, Max: high, Unit: "customers", Qualifier: q}}
		}
	}
	dated := func(d vigie.Date) func(*vigie.Incident) {
		return func(in *vigie.Incident) { in.Disclosed, in.Statements[0].On = d, d }
	}
	const one, two = "extreme-shop", "extreme-two"
	saves := []db.Save{
		{Company: &vigie.Company{ID: one, Name: `M&M "L'Été" 🛒 مثال`, Aliases: []string{"=Aïoli, Ltd."}, Sector: "toys", Country: "JP", Group: "Groupe Œuf & Cie"}, By: loader},
		{Company: &vigie.Company{ID: two, Name: "Two"}, By: loader}, // of which nothing is known
		said(one, "extreme-shop-2016-03", figure(1<<53-1, 1<<53-1, vigie.Exact)),
		said(one, "extreme-shop-2016-03-b", figure(1, 1, vigie.Exact)),
		said(one, "extreme-shop-2016-03-c", figure(0, 5, vigie.UpTo)),
		said(one, "extreme-shop-2016-03-d", figure(100, 0, vigie.MoreThan)),
		said(one, "extreme-shop-1999", dated("1999")),
		said(one, "extreme-shop-2015", dated("2015~")),
		said(one, "extreme-shop-2019", dated("2019-12-30/2020-01-02")),
		said(one, "extreme-shop-2016-01", dated("2016-01/2016-02")),
		said(two, "extreme-two-2016", func(in *vigie.Incident) {
			in.Disclosed, in.Countries, in.Statements[0].On, in.Sources[0].Published = "", nil, "", ""
		}),
		said(two, "extreme-two-2017-05", func(in *vigie.Incident) {
			in.Disclosed, in.Statements[0].On, in.Sources[0].Published = "", "", "2017-05-06"
			in.Countries, in.Statements[0].Data = vigie.Codes("country"), vigie.Codes("data")
		}),
		said(two, "extreme-two-2016-03", func(in *vigie.Incident) {
			in.Statements[0].Actor, in.Statements[0].Text.EN = `"; DROP TABLE words; --`, "e-mail 💥 naïve co‑operative, \u202eabc\u202c"
		}),
	}
	if _, err := h.store.Save(t.Context(), saves...); err != nil {
		t.Fatal(err)
	}
}

// naively reads the record as anyone can: the export, the companies, and each case
// as it stood on some days.
func naively(t testing.TB, h *house, days []string) []*naiveCase {
	t.Helper()
	companies := map[string]naiveCompany{}
	all, err := h.store.AllCompanies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		body, _ := json.Marshal(c.Company)
		var n naiveCompany
		if err := json.Unmarshal(body, &n); err != nil {
			t.Fatal(err)
		}
		companies[c.ID] = n
	}
	v := h.visitor()
	var cases []*naiveCase
	for line := range strings.Lines(v.see("/incidents.ndjson").body) {
		c := &naiveCase{then: map[string][2]string{}}
		if err := json.Unmarshal([]byte(line), c); err != nil {
			t.Fatal(err)
		}
		c.read(companies[c.Company])
		for _, day := range days {
			var then naiveCase
			if err := json.Unmarshal([]byte(v.see("/incidents/"+c.ID+".json?as_of="+day).body), &then); err != nil {
				t.Fatal(err)
			}
			if len(then.Statements) > 0 {
				c.then[day] = [2]string{then.Derived.Standing.Evidence, then.Derived.Standing.Position}
			}
		}
		cases = append(cases, c)
	}
	return cases
}

// draw makes a query at random out of what the record holds.
type draw struct {
	*rand.Rand
	values map[string][]string
	words  []string
	texts  [][]string
	days   []string
}

func newDraw(cases []*naiveCase, days []string) *draw {
	d := &draw{Rand: rand.New(rand.NewPCG(4, 10_000)), values: map[string][]string{}, days: days}
	names := map[string]bool{}
	for _, c := range cases {
		names[c.company.ID] = true
		for _, name := range append(c.company.Aliases, c.company.Name) {
			names[strings.Join(vigie.Words(name), " ")] = true
		}
		for _, f := range vigie.Fields {
			if f.Many {
				d.values[f.Name] = append(d.values[f.Name], c.values(f.Name)...)
			}
		}
	}
	for name, list := range d.values {
		slices.Sort(list)
		d.values[name] = slices.DeleteFunc(slices.Compact(list), func(v string) bool { return v == "" })
	}
	for _, c := range cases {
		for _, s := range c.Statements {
			for _, text := range []string{s.Text.FR, s.Text.EN} {
				words := vigie.Words(text)
				d.texts = append(d.texts, words)
				for _, w := range words {
					// A name is asked as it is written, and months are words besides: other tests.
					latin := !strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsDigit(r) })
					form := names[w] || names[vigie.Stem(w, vigie.French)] || names[vigie.Stem(w, vigie.English)]
					if latin && !form && !strings.Contains(monthNames, w) && len(w) > 2 {
						d.words = append(d.words, w)
					}
				}
			}
		}
	}
	return d
}

var monthNames = func() string {
	names := ""
	for _, l := range vigie.Langs {
		for m := 1; m <= 12; m++ {
			names += vigie.Fold(vigie.Date(fmt.Sprintf("2020-%02d", m)).In(l)) + " "
		}
	}
	return names
}()

func drawOf[T any](d *draw, list []T) T { return list[d.IntN(len(list))] }

// term is one term of the box; a phrase has _ for its spaces until it is asked.
func (d *draw) term() string {
	w := drawOf(d, d.words)
	switch d.IntN(6) {
	case 0:
		return `"` + w + `"`
	case 1:
		return "-" + w
	case 2:
		if begin := w[:max(3, len(w)/2)]; !strings.Contains(" "+monthNames, " "+begin) {
			return begin + "*"
		}
	case 3:
		if words := drawOf(d, d.texts); len(words) > 3 {
			i := d.IntN(len(words) - 2)
			phrase := strings.Join(words[i:i+2], "_")
			if !strings.ContainsFunc(phrase, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsDigit(r) }) {
				return `"` + phrase + `"`
			}
		}
	case 4:
		return w + " OR " + `"` + drawOf(d, d.words) + `"`
	}
	return w
}

func (d *draw) query() (v url.Values, words string) {
	v = url.Values{}
	var box []string
	for range 2 + d.IntN(5) {
		f := drawOf(d, vigie.Fields)
		var value string
		switch {
		case f.Name == "q":
			words = strings.TrimSpace(words + " " + d.term())
			continue
		case f.Name == "after" || f.Name == "before":
			value = drawOf(d, []string{"2014", "2016-03", "2016-03-04", "2019-12", "2020", "2022-02", "2024-09-16", "2025-05", "2026"})
		case f.Name == "affected":
			value = drawOf(d, []string{"1..", "..1", "5..", "..100000", "1k..", "10k..2.5M", "1M..", "50M..", "9007199254740991", "1", "100..100"})
		case f.Name == "as_of":
			value = drawOf(d, d.days)
		case f.Many:
			var values []string
			for range 1 + d.IntN(3) {
				one := drawOf(d, d.values[f.Name])
				if f.List != "" && d.IntN(6) == 0 {
					one = drawOf(d, vigie.Codes(f.List))
				}
				if d.IntN(4) == 0 {
					one = "-" + one
				}
				values = append(values, one)
			}
			value = strings.Join(values, ",")
		default: // a bound of the page, which no filter is
			continue
		}
		if d.IntN(3) == 0 {
			box = append(box, f.Name+":"+value)
		} else {
			v.Set(f.Name, value)
		}
	}
	if q := strings.TrimSpace(strings.Join(box, " ") + " " + strings.ReplaceAll(words, "_", " ")); q != "" {
		v.Set("q", q)
	}
	return v, words
}

// Ten thousand queries drawn at random (a tenth under the race detector) choose the
// cases that a plain reading of the JSON chooses; every hundredth is asked over HTTP
// too.
func TestTenThousandQueriesAgreeWithANaiveFilter(t *testing.T) {
	h := full(t)
	extremes(t, h)
	days := []string{"2012-01-01", "2017-05-06", "2024-09-17", "2025-04-30"}
	cases := naively(t, h, days)
	d := newDraw(cases, days)
	type one struct {
		n            int
		query, naive vigie.Query
	}
	todo := make(chan one)
	var some atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for o := range todo {
				var want []string
				for _, c := range cases {
					if c.is(o.naive) {
						want = append(want, c.ID)
					}
				}
				agree(t, h, o.query, want, o.n%100 == 0)
				some.Add(int64(min(len(want), 1)))
			}
		})
	}
	for n := 0; n < drawnQueries && !t.Failed(); {
		values, words := d.query()
		q, err := vigie.ParseQuery(values)
		if err != nil {
			continue // a contradiction, as_of alone: drawn again
		}
		n++
		naive := q
		naive.Q, q.Limit = words, vigie.MaxLimit
		todo <- one{n, q, naive}
	}
	close(todo)
	all.Wait()
	if t.Logf("%d of %d queries find something", some.Load(), drawnQueries); some.Load() < drawnQueries/5 {
		t.Error("too few of the queries find anything: that proves little")
	}
}

// agree compares what a query finds with what it should, in the store and, when
// asked, over HTTP.
func agree(t *testing.T, h *house, q vigie.Query, want []string, public bool) {
	answer, err := h.store.Search(t.Context(), q)
	if err != nil {
		t.Errorf("%s: %v", q.Canonical(), err)
		return
	}
	var got []string
	for _, r := range answer.Incidents {
		got = append(got, r.ID)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || answer.Total != len(want) || !answer.TotalExact {
		t.Errorf("%s: %d cases\nhas    %q\nlacks  %q", q.Canonical(), answer.Total, without(got, want), without(want, got))
	}
	if !public {
		return
	}
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://vigie.example/incidents.json?"+q.Canonical(), nil))
	var told struct {
		Total     int
		Incidents []struct{ ID string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &told); err != nil || w.Code != http.StatusOK || told.Total != answer.Total || len(told.Incidents) != len(got) {
		t.Errorf("%s: %d, %d cases over HTTP, %d of the store (%v)", q.Canonical(), w.Code, told.Total, answer.Total, err)
	}
}

func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}

// fuzzed are the addresses that are asked anything.
var fuzzed = []string{
	"/fr/incidents", "/en/incidents", "/incidents.json", "/incidents.csv", "/incidents.rss", "/timeline.json", "/timeline.atom", "/fr/timeline", "/feed.json", "/fr/incidents/temu-2024-09",
	"/incidents/temu-2024-09.json", "/companies/temu.json", "/fr/companies", "/incidents.ndjson", "/fr/", "/incidents.ics",
}

// FuzzNoQueryBreaksTheServer asks every sort of address anything: it may be
// refused, in a sentence, but never fails, and nothing of the store shows.
func FuzzNoQueryBreaksTheServer(f *testing.F) {
	for i, seed := range []string{
		"q=temu", "q=%22", "q='%20OR%201=1--", "q=NEAR(a,b)", "q=*&sort=relevance", "q=-a&sort=affected", "q=temu&cursor=eyJzIjoibmV3ZXN0In0", "limit=200&q=a+OR", "q=%00", "q=%ff",
		"q=«a»&sector=toys", "q=a:b", "as_of=2024-09-17&position=denies", "updated_since=1", "q=boulnager", "affected=1..&year=2024", "q=\ue001fuit", "q=temu&sector=luxury", "version=1", "cursor=%zz",
	} {
		f.Add(uint8(i), seed)
	}
	h := loaded(f)
	f.Fuzz(func(t *testing.T, address uint8, raw string) {
		r := httptest.NewRequest(http.MethodGet, "http://vigie.example/", nil).WithContext(context.Background())
		r.URL.Path, r.URL.RawQuery = fuzzed[int(address)%len(fuzzed)], raw
		r.RequestURI = r.URL.RequestURI()
		w := httptest.NewRecorder()
		h.server.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Fatalf("%s?%q: %d\n%s", r.URL.Path, raw, w.Code, w.Body)
		}
		if w.Code >= 400 {
			for _, inner := range []string{"SQL", "sqlite", "fts5", "no such column", "goroutine", ".go:"} {
				if strings.Contains(strings.ReplaceAll(w.Body.String(), raw, ""), inner) && !strings.Contains(raw, inner) {
					t.Fatalf("%s?%q: %d tells %q\n%s", r.URL.Path, raw, w.Code, inner, w.Body)
				}
			}
		}
	})
}
