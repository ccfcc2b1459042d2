package web

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// What a reader of feeds gets back is what the record says, of names with
// everything in them, of dates of every precision and of counts that nobody knows.
func TestWhatComesBackFromAFeedIsWhatTheHostileRecordSays(t *testing.T) {
	line := hostileTimeline(t)
	contested, vague := 0, 0
	for _, name := range feedFormats {
		for _, lang := range vigie.Langs {
			body := written(t, name, lang, line)
			back := readBack(t, body)
			if len(back.Items) != len(line.Items) {
				t.Fatalf("%s: %d items of %d", name, len(back.Items), len(line.Items))
			}
			claim := map[vigie.Lang]string{vigie.French: "ALLÉGATION", vigie.English: "CLAIM"}[lang]
			for i, item := range back.Items {
				of := line.Items[i]
				if item.GUID != vigie.URN(of.ID) || !item.PublishedParsed.Equal(of.Recorded) {
					t.Errorf("%s: %s came back as %s of %s", name, of.ID, item.GUID, item.Published)
				}
				company := oneLine(of.Case.Respondent.Name)
				if name == "jsonfeed" {
					company = unmarked(company)
				}
				if !strings.HasPrefix(item.Title, company) || strings.ContainsAny(item.Title, "\r\n") {
					t.Errorf("%s: %q does not name %q", name, item.Title, company)
				}
				s := of.Statement
				if s == nil || len(s.Figures) == 0 || !claimant(s.By.Role) || of.Case.Derived.Standing.Position != vigie.DeniesIt || s.Does(vigie.Refutes) {
					continue
				}
				contested++
				word := "contested"
				if name == "atom" { // gofeed gives the labels there
					word = vigie.Label("word", word, lang)
				}
				if !strings.Contains(item.Title, claim) || !slices.Contains(item.Categories, word) {
					t.Errorf("%s: a contested figure is told as %q, %v", name, item.Title, item.Categories)
				}
			}
			if name != "jsonfeed" {
				continue
			}
			for _, empty := range []string{`"count":0`, `"min":0`, `"max":0`, ":null", `"date":""`} {
				if bytes.Contains(body, []byte(empty)) {
					t.Errorf("what is unknown is told as %s", empty)
				}
			}
			for i, x := range extensions(t, body) {
				s := line.Items[i].Statement
				if s == nil {
					continue
				}
				if x.Date != string(s.On) || x.IncidentID != line.Items[i].Incident {
					t.Errorf("%s: date %q of %s", line.Items[i].ID, x.Date, x.IncidentID)
				}
				own := slices.DeleteFunc(slices.Concat(x.Claims, x.Figures), func(f feedFigure) bool { return f.Statement != s.ID })
				if len(own) != len(s.Figures) {
					t.Errorf("%s: %d figures of %d", line.Items[i].ID, len(own), len(s.Figures))
					continue
				}
				for n, f := range s.Figures {
					got := own[n]
					if f.Qualifier == vigie.Vague {
						vague++
						f.Min, f.Max = 0, 0 // its floor is ours, and not to be told
					}
					count := int64(0)
					if f.Min == f.Max {
						count, f.Min, f.Max = f.Min, 0, 0
					}
					if got.Count != count || got.Min != f.Min || got.Max != f.Max || got.Unit != string(f.Unit) || got.Qualifier != string(f.Qualifier) || got.ClaimantType != string(s.By.Role) {
						t.Errorf("%s: figure %+v came back as %+v", line.Items[i].ID, f, got)
					}
				}
			}
		}
	}
	if contested == 0 || vague == 0 {
		t.Errorf("the trial proves nothing: %d contested titles, %d vague figures", contested, vague)
	}
}

func TestWhatComesBackFromAFeedOfCasesIsTheirStanding(t *testing.T) {
	records := hostileRecords(t)
	for _, name := range feedFormats {
		for _, lang := range vigie.Langs {
			back := readBack(t, written(t, name, lang, vigie.Answer{Incidents: records}))
			for i, item := range back.Items {
				r := records[i]
				for axis, code := range map[string]string{"evidence": string(r.Derived.Standing.Evidence), "position": string(r.Derived.Standing.Position), "word": r.Derived.Standing.Word} {
					if name == "atom" {
						code = vigie.Label(axis, code, lang)
					}
					if code != "" && !slices.Contains(item.Categories, code) {
						t.Errorf("%s: %s lacks %s %s: %v", name, r.ID, axis, code, item.Categories)
					}
				}
				if item.GUID != vigie.URN(r.ID) {
					t.Errorf("%s: %s came back as %s", name, r.ID, item.GUID)
				}
			}
		}
	}
}
