package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"vigie"
	"vigie/web"
)

// Each number of a table of figures that leads somewhere leads to that many cases.
func TestEveryNumberLeadsToItsCases(t *testing.T) {
	h := full(t)
	for _, query := range []string{"", "sector=grocery", "country=FR", "country=-US", "country=FR,BE", "year=2024", "company=temu", "after=2023-06&before=2024-09-16", "data=email", "q=ransomware", "evidence=confirmed,reported"} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		q, err := vigie.ParseQuery(v, vigie.OnFigures)
		if err != nil {
			t.Fatal(err)
		}
		counted, err := h.server.survey(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		followed := 0
		for _, name := range web.ChartNames() {
			chart, err := h.server.web.ChartOf(name, web.Charted{Survey: counted, Asked: q, Lang: vigie.English})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range chart.Table.Rows {
				for _, cell := range row {
					if !cell.Number || cell.Href == "" {
						continue
					}
					_, search, _ := strings.Cut(cell.Href, "?")
					asked, err := vigie.ParseRawQuery(search, vigie.OnSearch)
					if err != nil || asked.Canonical() != search {
						t.Fatalf("%s: %s is no canonical address: %v", query, cell.Href, err)
					}
					answer, err := h.store.Search(t.Context(), asked)
					if err != nil {
						t.Fatal(err)
					}
					if strconv.Itoa(answer.Total) != cell.Text {
						t.Errorf("%q, %s, %q: %s finds %d cases, the table says %s", query, name, row[0].Text, cell.Href, answer.Total, cell.Text)
					}
					followed++
				}
			}
		}
		if followed < 3 {
			t.Errorf("%q: %d numbers lead to cases", query, followed)
		}
	}
}

// The figures of a query are the cases that its search finds, each counted once.
func TestFiguresCountTheCasesOfTheSearch(t *testing.T) {
	h := full(t)
	v := h.visitor()
	for _, query := range []string{"", "?sector=grocery", "?country=FR", "?q=temu"} {
		var figures struct {
			Cases, Edition int
			Query          string
			Dated, Sectors []struct{ Cases int }
			Lags           []struct{ From, To string }
		}
		if err := json.Unmarshal([]byte(v.see("/figures.json"+query).body), &figures); err != nil {
			t.Fatal(err)
		}
		var found vigie.Answer
		if err := json.Unmarshal([]byte(v.see("/incidents.json"+query).body), &found); err != nil {
			t.Fatal(err)
		}
		if figures.Cases != found.Total || figures.Edition != int(found.Edition) || figures.Query != found.Query {
			t.Errorf("%q: %+v, the search finds %d", query, figures, found.Total)
		}
		dated, sectors := 0, 0
		for _, d := range figures.Dated {
			dated += d.Cases
		}
		for _, s := range figures.Sectors {
			sectors += s.Cases
		}
		if dated != found.Total || sectors != found.Total {
			t.Errorf("%q: %d in periods and %d in sectors, of %d", query, dated, sectors, found.Total)
		}
	}
}

// The page and its drawings have one address for each query, and refuse what a count
// has not.
func TestFiguresAreAskedStrictly(t *testing.T) {
	v := loaded(t).visitor()
	for address, want := range map[string]int{
		"/fr/figures": http.StatusOK, "/en/figures?company=temu": http.StatusOK, "/fr/figures?company=nobody": http.StatusOK, "/figures.json?sector=grocery": http.StatusOK,
		"/figures/cases.svg": http.StatusOK, "/fr/figures/claimed.svg?company=temu": http.StatusOK, "/figures/cases.svg?company=nobody": http.StatusOK,
		"/fr/figures?sort=affected": http.StatusBadRequest, "/fr/figures?limit=5": http.StatusBadRequest, "/figures.json?cursor=x": http.StatusBadRequest, "/figures.json?updated_since=3": http.StatusBadRequest,
		"/figures/cases.svg?sort=affected": http.StatusBadRequest, "/fr/figures?as_of=2024-09-18": http.StatusBadRequest, "/fr/figures?as_of=2024-09-18&evidence=reported": http.StatusOK,
		"/figures/prices.svg": http.StatusNotFound, "/figures/cases": http.StatusNotFound, "/figures/cases.json": http.StatusNotFound, "/figures.csv": http.StatusNotFound,
		"/fr/figures?country=FR&company=temu": http.StatusMovedPermanently, "/figures/cases.svg?country=FR&company=temu": http.StatusMovedPermanently,
	} {
		if a := v.get(address); a.StatusCode != want {
			t.Errorf("%s: %d, want %d", address, a.StatusCode, want)
		}
	}
}

// A drawing as a file may load its own style and nothing else, and is asked again in vain
// while the edition stays.
func TestADrawingIsServedAsAFileOfItsOwn(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	a := v.see("/en/figures/claimed.svg?company=temu")
	if a.Header.Get("Content-Type") != web.SVGMIME || a.Header.Get("Content-Language") != "en" {
		t.Errorf("served as %v", a.Header)
	}
	if policy := a.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "script-src") {
		t.Errorf("policy of a drawing: %s", policy)
	}
	for _, said := range []string{"say the attackers; the company denies it, and gives no figure", h.base + "/en/figures?company=temu", "CC BY 4.0"} {
		if !strings.Contains(a.body, said) {
			t.Errorf("the drawing does not say %q", said)
		}
	}
	r, err := http.NewRequest(http.MethodGet, h.base+"/en/figures/claimed.svg?company=temu", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-None-Match", a.Header.Get("ETag"))
	if again := v.do(r); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", again.StatusCode)
	}
	if fr := v.see("/fr/figures/claimed.svg?company=temu"); fr.Header.Get("ETag") == a.Header.Get("ETag") || !strings.Contains(fr.body, "selon les attaquants") {
		t.Error("the French drawing is not in French")
	}
}
