package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/web"
)

// hostile is a house whose record is the hostile one of web/testdata: names with
// quotes, commas, line ends, emoji, right-to-left letters, markup and formulas; dates
// of every precision; figures unknown, vague and contested. In bazar-2031-01 a figure
// was put right (version 2), bazar-2031-02 was merged into it (3) and the date of a
// statement put right (4); plus-2030-03 was retracted; the first version of
// vide-2029 was redacted.
func hostile(t testing.TB) *house {
	t.Helper()
	h := newHouse(t, "")
	open := func(name string) []byte {
		body, err := os.ReadFile(filepath.Join("..", "web", "testdata", "hostile", name))
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	var companies []vigie.Company
	if err := json.Unmarshal(open("companies.json"), &companies); err != nil {
		t.Fatal(err)
	}
	var saves []db.Save
	for _, c := range companies {
		saves = append(saves, db.Save{Company: &c, By: loader})
	}
	var incidents []vigie.Incident
	for in, err := range importers.Records(bytes.NewReader(open("incidents.ndjson"))) {
		if err != nil {
			t.Fatal(err)
		}
		incidents = append(incidents, in)
	}
	if err := loadIncidents(t.Context(), h.store, incidents, saves, new(loadReport)); err != nil {
		t.Fatal(err)
	}
	put := func(id string, base int, note string, change func(*vigie.Incident)) {
		record, err := h.store.Draft(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		change(&record.Incident)
		if _, err := h.store.Save(t.Context(), db.Save{Incident: &record.Incident, Base: base, By: vigie.Signature{Author: "ada", Note: note}}); err != nil {
			t.Fatal(err)
		}
	}
	by := vigie.Signature{Author: "ada", Note: "=The same affair, \"told\" twice."}
	put("bazar-2031-01", 1, "=1+1: the seller \"said\" 86 million,\n<b>not</b> 87; 三 🛑", func(in *vigie.Incident) {
		in.Statements[0].Figures[0].Min, in.Statements[0].Figures[0].Max = 86_000_000, 86_000_000
	})
	if _, err := h.store.Merge(t.Context(), "bazar-2031-02", 1, "bazar-2031-01", 2, by); err != nil {
		t.Fatal(err)
	}
	put("bazar-2031-01", 3, "The day of s3 was read wrong.", func(in *vigie.Incident) { in.Statements[2].On = "2031-01-08" })
	put("plus-2030-03", 1, "A list without a source.", func(in *vigie.Incident) {
		in.State, in.Reason = vigie.Retracted, "=A list, \"without\" a source."
	})
	put("vide-2029", 1, "A word more.", func(in *vigie.Incident) { in.Statements[0].Text.EN += " Again." })
	if _, err := h.store.Redact(t.Context(), vigie.IncidentRecord, "vide-2029", "a private person", by, 1); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTheHostileRecordIsServedInEveryFormat(t *testing.T) {
	v := hostile(t).visitor()
	for _, f := range web.Formats {
		if f.Page {
			continue
		}
		for surface, addresses := range map[web.Surface][]string{
			web.IncidentsSurface: {"/incidents", "/incidents?company=bazar"}, web.TimelineSurface: {"/timeline", "/companies/makolet", "/corrections"},
			web.IncidentSurface: {"/incidents/bazar-2031-01", "/incidents/vide-2029", "/incidents/makolet-2030-05"}, web.CompaniesSurface: {"/companies"}, web.VocabularySurface: {"/vocabulary"},
		} {
			for _, address := range addresses {
				path, query, _ := strings.Cut(address, "?")
				a := v.get(path + "." + f.Name + suffix(query))
				if f.Serves(surface) != (a.StatusCode == http.StatusOK) || f.Serves(surface) && len(a.body) == 0 {
					t.Errorf("%s.%s: %s, %d bytes", address, f.Name, a.Status, len(a.body))
				}
				if strings.Contains(a.body, "87000000") || strings.Contains(a.body, "A list without") && surface == web.IncidentsSurface {
					t.Errorf("%s.%s tells what was taken back", address, f.Name)
				}
			}
		}
	}
	for path, want := range map[string]int{"/incidents/plus-2030-03.json": http.StatusGone, "/incidents/bazar-2031-02.json": http.StatusMovedPermanently, "/incidents/vide-2029.json?version=1": http.StatusNotFound} {
		if a := v.get(path); a.StatusCode != want {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func TestAnAnswerThatHoldsNothingIsOfTheDayOfItsEditionAndNamesAPageThatIsThere(t *testing.T) {
	h := hostile(t)
	v := h.visitor()
	_, at, err := h.store.Moment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var show struct {
		Events []struct {
			Start struct{ Year, Month, Day int } `json:"start_date"`
		}
	}
	if err := json.Unmarshal([]byte(v.get("/incidents.timelinejs?company=nobody").body), &show); err != nil {
		t.Fatal(err)
	}
	if len(show.Events) != 1 || show.Events[0].Start.Year != at.Year() || show.Events[0].Start.Day != at.Day() {
		t.Errorf("nothing is of the day %+v", show.Events)
	}
	var codes struct{ Attribution string }
	if err := json.Unmarshal([]byte(v.get("/vocabulary.json").body), &codes); err != nil {
		t.Fatal(err)
	}
	page := codes.Attribution[strings.Index(codes.Attribution, h.base)+len(h.base):]
	if a := v.get(page); a.StatusCode != http.StatusOK {
		t.Errorf("%s leads to %s", codes.Attribution, a.Status)
	}
}
