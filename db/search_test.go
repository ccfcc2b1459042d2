package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// Q is a query of words.
func Q(words string) vigie.Query { return vigie.Query{Q: words} }

// library is a store with three cases that differ.
func library(t testing.TB) *DB {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	shop(t, d, "coeur-vaillant", "Cœur Vaillant", "Décalune")
	must(d.Save(t.Context(), Save{Wave: &vigie.Wave{ID: "may-2025", Name: text("May 2025")}, By: desk}))(t)
	a := denial(claim("lunaire-2025-05", "lunaire"))
	a.Wave, a.Occurred = "may-2025", "2025-05-01"
	b := claim("coeur-vaillant-2025-06", "coeur-vaillant")
	b.Disclosed, b.Statements[0].On, b.Sources[0].Published = "2025-06-02", "2025-06-02", "2025-06-02"
	b.Kind, b.Countries, b.Occurred = "ransomware", []string{"BE", "FR"}, "2025-04"
	b.Statements[0].Figures = []vigie.Figure{{Min: 900, Max: 900, Unit: "employees", Qualifier: vigie.About}}
	b.Statements[0].Text = vigie.Text{FR: "L’auteur dit détenir la base « fidélité » d'aujourd’hui", EN: "The author says he holds the saint-maclou loyalty base"}
	c := claim("lunaire-2019", "lunaire")
	c.Disclosed, c.Statements[0].On, c.Sources[0].Published = "2019", "2019", "2019"
	c.Statements[0].Figures = nil
	for _, in := range []*vigie.Incident{a, b, c} {
		save(t, d, in, 0)
	}
	return d
}

const (
	lunaire = "lunaire-2025-05"
	coeur   = "coeur-vaillant-2025-06"
	old     = "lunaire-2019"
)

func TestWordsAreFoundFolded(t *testing.T) {
	d := library(t)
	for q, want := range map[string]string{
		"":                             coeur + " " + lunaire + " " + old,
		"coeur":                        coeur,
		"CŒUR vaillant":                coeur,
		"decalune":                     coeur,
		"fidelite":                     coeur,
		"fidélité":                     coeur,
		"aujourd'hui":                  coeur,
		"aujourd’hui":                  coeur,
		"saint maclou":                 coeur,
		"saint-maclou":                 coeur,
		"maclou-saint":                 "",
		`"he holds"`:                   coeur,
		`"holds he"`:                   "",
		"holds he":                     coeur,
		"« he holds »":                 coeur,
		"grosmatou -loyalty":           lunaire + " " + old,
		"-loyalty":                     lunaire + " " + old,
		`-"he holds"`:                  lunaire + " " + old,
		"loyalty OR nothing":           coeur + " " + lunaire,
		"nothing -lunaire":             "",
		"loyal*":                       coeur,
		"loyal":                        "",
		"loyalties":                    coeur,
		"holding":                      coeur,
		`"holding"`:                    "", // what is in quotes is meant as it is
		"-holding":                     coeur + " " + lunaire + " " + old,
		"holding*":                     "",
		"detenu":                       "",
		"autrice OR bases":             coeur,
		"l'auteur":                     coeur,
		"d’auteurs":                    coeur,
		"seller's files":               lunaire + " " + old,
		"l'lunaire":                    lunaire + " " + old,
		"lunaires":                     lunaire + " " + old,
		`"holds the saint mac"*`:       coeur,
		"messager":                     coeur + " " + lunaire + " " + old,
		"OR":                           coeur + " " + lunaire + " " + old,
		"OR loyalty":                   coeur,
		"!!! ---":                      "",
		`"vaillant decalune"`:          "", // two names, no phrase
		"tournesol":                    coeur + " " + lunaire + " " + old,
		"NEAR(a b)":                    "",
		`title:lunaire`:                "",
		`"unclosed`:                    "",
		`^loyalty`:                     coeur,
		`loyalty AND (`:                "",
		`' OR 1=1 --`:                  "",
		`"; DROP TABLE revisions;"`:    "",
		"loyalty\x00":                  coeur,
		strings.Repeat("loyalty ", 50): coeur,
	} {
		if q == "OR" { // a bare OR asks nothing that can be found
			want = ""
		}
		answer, err := d.Search(t.Context(), Q(q))
		if err != nil {
			t.Errorf("%q: %v", q, err)
			continue
		}
		var ids []string
		for _, r := range answer.Incidents {
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%q: got %q, want %q", q, got, want)
		}
		is(t, "total of "+q, answer.Total, len(ids))
	}
}

func FuzzNoWordsBreakASearch(f *testing.F) {
	for _, seed := range []string{"a", `"`, "-", "a OR", "*", `"a"*"b`, "NOT", "a:b", "\x00", "ﬁ", "é\u0301", "-\"", "a* OR -b"} {
		f.Add(seed)
	}
	d := library(f)
	f.Fuzz(func(t *testing.T, q string) {
		if _, err := d.Search(t.Context(), Q(q)); err != nil {
			t.Errorf("%q: %v", q, err)
		}
		if _, err := d.Timeline(t.Context(), Q(q)); err != nil {
			t.Errorf("%q: %v", q, err)
		}
	})
}

func TestMarksAreSpansOfTheOriginalText(t *testing.T) {
	d := library(t)
	answer := must(d.Search(t.Context(), Q(`fidelite "il dit" OR detenir coe*`)))(t)
	var seen []string
	for _, m := range answer.Incidents[0].Marks {
		for _, s := range m.Spans {
			seen = append(seen, m.Field+"="+m.Text[s[0]:s[1]])
		}
	}
	got := strings.Join(seen, " | ")
	for _, want := range []string{"company=Cœur", "statement s1 fr=détenir", "statement s1 fr=fidélité"} {
		if !strings.Contains(got, want) {
			t.Errorf("marks %q: no %q", got, want)
		}
	}
	if strings.Contains(got, "=dit") {
		t.Errorf("half a phrase was marked: %s", got)
	}
	is(t, "no words, no marks", len(must(d.Search(t.Context(), vigie.Query{}))(t).Incidents[0].Marks), 0)
}

func TestFiltersChooseCases(t *testing.T) {
	d := library(t)
	both := lunaire + " " + old
	for _, c := range []struct {
		q    vigie.Query
		want string
	}{
		{vigie.Query{Company: []string{"lunaire"}}, both},
		{vigie.Query{Company: []string{"-lunaire"}}, coeur},
		{vigie.Query{Company: []string{"lunaire", "coeur-vaillant"}}, coeur + " " + both},
		{vigie.Query{Group: []string{"groupe-tournesol"}, Kind: []string{"ransomware"}}, coeur},
		{vigie.Query{Sector: []string{"home"}, Country: []string{"-BE"}}, both},
		{vigie.Query{Country: []string{"BE"}}, coeur},
		{vigie.Query{CompanyCountry: []string{"FR"}, Year: []string{"2019"}}, old},
		{vigie.Query{Kind: []string{"ransomware", "ddos"}}, coeur},
		{vigie.Query{Data: []string{"phone"}, Wave: []string{"may-2025"}}, lunaire},
		{vigie.Query{Data: []string{"-phone"}}, ""},
		{vigie.Query{Evidence: []string{"alleged"}}, coeur + " " + both},
		{vigie.Query{Position: []string{"denies"}}, lunaire},
		{vigie.Query{Position: []string{"-denies"}}, coeur + " " + old},
		{vigie.Query{Position: []string{"denies"}, AsOf: "2025-05-11"}, ""},
		{vigie.Query{Position: []string{"denies"}, AsOf: "2025-05-12"}, lunaire},
		{vigie.Query{Position: []string{"no_statement"}, AsOf: "2025-05-11"}, both},
		{vigie.Query{Position: []string{"-denies"}, AsOf: "2025-05-20"}, old},
		{vigie.Query{Role: []string{"company"}}, lunaire},
		{vigie.Query{Act: []string{"denies"}}, lunaire},
		{vigie.Query{Actor: []string{"grosmatou"}, Unit: []string{"employees"}}, coeur},
		{vigie.Query{After: "2025-06"}, coeur},
		{vigie.Query{Before: "2025-05"}, both},
		{vigie.Query{After: "2025-05-10", Before: "2025-05-10"}, lunaire},
		{vigie.Query{AffectedMin: 1000}, lunaire},
		{vigie.Query{AffectedMax: 1000}, coeur},
		{vigie.Query{AffectedMin: 100, AffectedMax: 120000}, coeur + " " + lunaire},
		{vigie.Query{Incident: []string{old}}, old},
		{vigie.Query{Q: "grosmatou", Company: []string{"lunaire"}, Year: []string{"2025"}}, lunaire},
		{vigie.Query{Sort: "affected"}, lunaire + " " + coeur + " " + old},
		{vigie.Query{Sort: "recorded"}, old + " " + coeur + " " + lunaire},
		{vigie.Query{Sort: "occurred"}, lunaire + " " + coeur + " " + old},
		{vigie.Query{Q: "vaillant OR messager", Sort: "relevance"}, coeur},
	} {
		got := found(t, d, c.q)
		if c.q.Sort == "relevance" {
			got, _, _ = strings.Cut(got, " ")
		}
		if got != c.want {
			t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
		}
	}
	if _, err := d.Search(t.Context(), vigie.Query{Sort: "colour"}); !errors.Is(err, vigie.ErrBadQuery) {
		t.Errorf("an unknown order: %v", err)
	}
}

func TestByRelevanceACompanyThatIsNamedComesFirst(t *testing.T) {
	d := library(t)
	shop(t, d, "lunaire-pro", "Lunaire Pro")
	save(t, d, claim("lunaire-pro-2025-07", "lunaire-pro"), 0)
	said := claim("coeur-vaillant-2025-08", "coeur-vaillant")
	said.Statements[0].Text = text(strings.Repeat("Lunaire, Lunaire Pro, Décalune ", 20))
	save(t, d, said, 0)
	for q, want := range map[string]string{
		"lunaire": "lunaire-", "lunaire pro": "lunaire-pro-2025-07", "grosmatou lunaire": "lunaire-", `"lunaire pro"`: "lunaire-pro-2025-07", "décalune": "coeur-vaillant-", "pros": "lunaire-pro-2025-07",
	} {
		if got := found(t, d, vigie.Query{Q: q, Sort: "relevance"}); !strings.HasPrefix(got, want) || want == "lunaire-" && strings.HasPrefix(got, "lunaire-pro") {
			t.Errorf("%s: %s", q, got)
		}
	}
	said.Disclosed, said.Statements[0].On = "2025-08-02", "2025-08-02"
	save(t, d, said, 1)
	if newest := found(t, d, Q("lunaire")); !strings.HasPrefix(newest, said.ID) {
		t.Errorf("newest first, whoever is named: %s", newest)
	}
}

func TestFacetsKeepTheOtherFilters(t *testing.T) {
	d := library(t)
	say := func(q vigie.Query, field string) string {
		return fmt.Sprint(must(d.Search(t.Context(), q))(t).Facets[field])
	}
	is(t, "kinds", say(vigie.Query{}, "kind"), "[{data_breach 2} {ransomware 1}]")
	is(t, "kinds when one is chosen", say(vigie.Query{Kind: []string{"ransomware"}}, "kind"), "[{data_breach 2} {ransomware 1}]")
	is(t, "countries when a kind is chosen", say(vigie.Query{Kind: []string{"ransomware"}}, "country"), "[{BE 1} {FR 1}]")
	is(t, "years of a search", say(Q("lunaire"), "year"), "[{2019 1} {2025 1}]")
	save(t, d, claim("lunaire-2025-05-b", "lunaire"), 0)
	is(t, "kinds after one more", say(vigie.Query{}, "kind"), "[{data_breach 3} {ransomware 1}]")
	is(t, "years after one more", say(Q("lunaire"), "year"), "[{2025 2} {2019 1}]")
	is(t, "years when one is chosen", say(vigie.Query{Q: "lunaire", Year: []string{"2019"}}, "year"), "[{2025 2} {2019 1}]")
}

// Several values can be picked and others shut out, and what each facet would
// find without its own filter stays in view.
func TestFacetsOfSeveralAndOfExcludedValues(t *testing.T) {
	d := library(t)
	say := func(q vigie.Query, field string) string {
		return fmt.Sprint(must(d.Search(t.Context(), q))(t).Facets[field])
	}
	is(t, "countries when two are picked", say(vigie.Query{Country: []string{"BE", "FR"}}, "country"), "[{FR 3} {BE 1}]")
	is(t, "years when two countries are picked", say(vigie.Query{Country: []string{"BE", "FR"}}, "year"), "[{2025 2} {2019 1}]")
	is(t, "countries when one is shut out", say(vigie.Query{Country: []string{"-BE"}}, "country"), "[{FR 3} {BE 1}]")
	is(t, "kinds when a country is shut out", say(vigie.Query{Country: []string{"-BE"}}, "kind"), "[{data_breach 2}]")
	is(t, "companies when two years are picked and a kind shut out", say(vigie.Query{Year: []string{"2019", "2025"}, Kind: []string{"-ransomware"}}, "company"), "[{lunaire 2}]")
	is(t, "years then", say(vigie.Query{Year: []string{"2019"}, Kind: []string{"-ransomware"}}, "year"), "[{2019 1} {2025 1}]")
	for _, field := range []string{"sector", "country", "kind", "year", "evidence", "position", "data", "actor", "company"} {
		if say(vigie.Query{}, field) == "[]" {
			t.Errorf("%s is not counted", field)
		}
	}
}

func TestCountingStopsAtABound(t *testing.T) {
	d := library(t)
	must(d.Retract(t.Context(), coeur, 1, "wrong shop", desk))(t) // its words stay
	say := func(q vigie.Query) string {
		a := must(d.Search(t.Context(), q))(t)
		return fmt.Sprint(a.Total, a.TotalExact, a.Facets["year"])
	}
	queries := []vigie.Query{{}, Q("grosmatou"), {Company: []string{"lunaire"}}, {Kind: []string{"data_breach"}}, {Q: "grosmatou", Sector: []string{"home"}, Sort: "relevance"}}
	for most, want := range []string{3: "2 true [{2019 1} {2025 1}]", 2: "2 true [{2019 1} {2025 1}]", 1: "1 false [{2025 1}]"} {
		if d.countMost = most; most == 0 {
			continue
		}
		for _, q := range queries {
			is(t, fmt.Sprintf("%+v counted to %d", q, most), say(q), want)
		}
	}
	d.countMost = 1
	first := must(d.Search(t.Context(), vigie.Query{Limit: 1}))(t)
	next := must(d.Search(t.Context(), vigie.Query{Limit: 1, Cursor: first.Next}))(t)
	is(t, "the next page knows that there are more", fmt.Sprint(next.Total, next.TotalExact), "1 false")
	is(t, "years when one is picked", say(vigie.Query{Year: []string{"2019"}}), "1 true [{2025 1}]")
}

func TestPagesGoByKeyThroughEveryOrder(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for i := range 23 {
		in := claim(numbered("lunaire", i), "lunaire")
		day := vigie.Date(fmt.Sprintf("2025-05-%02d", 1+i/3))
		in.Disclosed, in.Statements[0].On = day, day
		in.Occurred = vigie.Date(fmt.Sprintf("2025-04-%02d", 1+i%4))
		in.Statements[0].Figures[0] = vigie.Figure{Min: int64(1 + i%5), Max: int64(1 + i%5), Unit: "customers", Qualifier: vigie.Exact}
		in.Summary = text(strings.Repeat("grosmatou ", i%4))
		save(t, d, in, 0)
	}
	for _, q := range []vigie.Query{{}, {Q: "grosmatou"}, {Company: []string{"lunaire"}}, {Sort: "recorded"}, {Sort: "affected"}, {Sort: "occurred"}, {Sort: "occurred", Q: "grosmatou"},
		{Q: "grosmatou", Sort: "relevance"}, {UpdatedSince: 1}} {
		q.Limit = 200
		whole := found(t, d, q)
		q.Limit = 5
		var pages []string
		for {
			answer := must(d.Search(t.Context(), q))(t)
			for _, r := range answer.Incidents {
				pages = append(pages, r.ID)
			}
			if answer.Next == "" {
				break
			}
			q.Cursor = answer.Next
		}
		is(t, fmt.Sprintf("pages of %+v", q), strings.Join(pages, " "), whole)
		back := []string{}
		for answer := must(d.Search(t.Context(), q))(t); ; answer = must(d.Search(t.Context(), q))(t) {
			for i := len(answer.Incidents) - 1; i >= 0; i-- {
				back = append(back, answer.Incidents[i].ID)
			}
			if q.Cursor = answer.Prev; q.Cursor == "" {
				break
			}
		}
		slices.Reverse(back)
		is(t, fmt.Sprintf("pages of %+v from the last back", q), strings.Join(back, " "), whole)
	}
	for _, cursor := range []string{"x", "bm90IGpzb24", "eyJzIjoib3RoZXIifQ"} {
		if _, err := d.Search(t.Context(), vigie.Query{Cursor: cursor}); !errors.Is(err, vigie.ErrBadQuery) {
			t.Errorf("cursor %s: %v", cursor, err)
		}
	}
	for _, q := range []vigie.Query{{}, {Sort: "recorded"}, {Q: "grosmatou"}, {Company: []string{"lunaire"}, Sort: "recorded"}} {
		q.Limit = 200
		whole := items(t, d, q)
		q.Limit = 4
		var pages []string
		for {
			timeline := must(d.Timeline(t.Context(), q))(t)
			for _, item := range timeline.Items {
				pages = append(pages, item.ID)
			}
			if timeline.Next == "" {
				break
			}
			q.Cursor = timeline.Next
		}
		is(t, fmt.Sprintf("timeline pages of %+v", q), strings.Join(pages, " "), whole)
		back := []string{}
		for timeline := must(d.Timeline(t.Context(), q))(t); ; timeline = must(d.Timeline(t.Context(), q))(t) {
			for i := len(timeline.Items) - 1; i >= 0; i-- {
				back = append(back, timeline.Items[i].ID)
			}
			if q.Cursor = timeline.Prev; q.Cursor == "" {
				break
			}
		}
		slices.Reverse(back)
		is(t, fmt.Sprintf("timeline pages of %+v from the last back", q), strings.Join(back, " "), whole)
	}
}

func TestTimelinesAreOfTheDaysAsked(t *testing.T) {
	d := library(t)
	is(t, "newest first", items(t, d, vigie.Query{}), coeur+"/s1 "+lunaire+"/s2 "+lunaire+"/s1 "+old+"/s1")
	is(t, "as recorded", items(t, d, vigie.Query{Sort: "recorded"}), old+"/s1 "+coeur+"/s1 "+lunaire+"/s2 "+lunaire+"/s1")
	is(t, "after", items(t, d, vigie.Query{After: "2025-05-12"}), coeur+"/s1 "+lunaire+"/s2")
	is(t, "before", items(t, d, vigie.Query{Before: "2025-05-11"}), lunaire+"/s1 "+old+"/s1")
	is(t, "as of", items(t, d, vigie.Query{AsOf: "2025-05-11"}), lunaire+"/s1 "+old+"/s1")
	is(t, "of a search", items(t, d, vigie.Query{Q: "loyalty"}), coeur+"/s1")
	item := must(d.Timeline(t.Context(), vigie.Query{Act: []string{"denies"}}))(t).Items[0]
	is(t, "it says how the standing moved", string(item.Standing.Before.Position+" → "+item.Standing.After.Position), "no_statement → denies")
	is(t, "and whose case it is", item.Case.Respondent.Name, "Lunaire")
}

func TestOverlappingMarksAreOne(t *testing.T) {
	for text, want := range map[string]string{
		"He holds, he  holds": "[[0 8] [10 19]]",
		"cœur de l’Œuvre":     "[[0 5]]",
		"e\u0301te\u0301 HE":  "[[0 7]]", // accents that stand apart
		"":                    "[]",
		"\xff holds \xff":     "[[2 7]]",
	} {
		is(t, text, fmt.Sprint(splitWords(`holds "he holds" hold* coeur été`).spans(text, "")), want)
	}
}
