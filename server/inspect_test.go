package main

import (
	"path/filepath"
	"strings"
	"testing"

	"vigie"
	"vigie/db"
)

func TestCheckExplainsEveryProblemOfTheRecord(t *testing.T) {
	h := newHouse(t, "")
	text := func(s string) vigie.Text { return vigie.Text{FR: s + " en français", EN: s + " in English"} }
	in := func(id string, edit func(*vigie.Incident)) db.Save {
		one := vigie.Incident{
			ID: id, State: vigie.Published, Company: "outilor", Kind: "data_breach", Disclosed: vigie.Date(strings.TrimPrefix(id, "outilor-")),
			Sources:    []vigie.Source{{ID: "r1", Publisher: "La Gazette des essais", Title: "Essai", Seen: vigie.SeenFull}},
			Statements: []vigie.Statement{{ID: "s1", By: vigie.Speaker{Role: vigie.Press, Name: "La Gazette des essais"}, Acts: []vigie.Act{vigie.Reports}, On: vigie.Date(strings.TrimPrefix(id, "outilor-")), Text: text("A report"), Sources: []string{"r1"}}},
		}
		edit(&one)
		return db.Save{Incident: &one, By: loader}
	}
	sound := func(*vigie.Incident) {}
	saves := []db.Save{
		{Company: &vigie.Company{ID: "outilor", Name: "Outilor"}, By: loader},
		in("outilor-2026-03", sound),
		in("outilor-2026-04", sound), // within thirty days: a note
		in("outilor-2026-09", sound), // far from the others: none
	}
	if _, err := h.store.Save(t.Context(), saves...); err != nil {
		t.Fatal(err)
	}
	file := "--db=" + h.file
	if out, notes := vigieSays(t, exitDone, "", "check", file); !strings.Contains(out, "sound") ||
		strings.Count(notes, "\n") != 1 || !strings.Contains(notes, "note: company outilor: outilor-2026-03 (2026-03) and outilor-2026-04 (2026-04) begin within 30 days") {
		t.Errorf("a sound record: %s\n%s", out, notes)
	}

	// The store itself does not judge: what came in by another way is found here.
	broken := []db.Save{
		{Company: &vigie.Company{ID: "mal", Name: "Mal", Country: "XX"}, By: loader},
		{Wave: &vigie.Wave{ID: "vide"}, By: loader},
		in("outilor-2027-01", func(in *vigie.Incident) {
			in.Statements[0].Sources, in.Statements[0].By.Company = []string{"r9"}, "personne"
		}),
		in("outilor-2028-01", func(in *vigie.Incident) { in.State, in.Statements, in.Sources = vigie.Draft, nil, nil }),
		in("outilor-2029-01", func(in *vigie.Incident) {
			in.State, in.MergedInto, in.Reason = vigie.Merged, "outilor-1999", "a trial"
		}),
	}
	if _, err := h.store.Save(t.Context(), broken...); err != nil {
		t.Fatal(err)
	}
	_, errs := vigieSays(t, exitFailed, "", "check", file)
	for _, want := range []string{
		"company mal: country: ", "wave vide: name: ", "case outilor-2027-01: statements.0.sources.0: there is no source",
		`case outilor-2027-01: statements.0.by.company: there is no company "personne" in the record`,
		"case outilor-2028-01: it has neither statement nor source", `case outilor-2029-01: merged_into: there is no case "outilor-1999" in the record`,
		"problems of the record, to be mended at the desk",
	} {
		if !strings.Contains(strings.ToLower(errs), strings.ToLower(want)) {
			t.Errorf("check does not say %q:\n%s", want, errs)
		}
	}
}

func TestTheShippedRecordIsCheckedClean(t *testing.T) {
	file := "--db=" + filepath.Join(t.TempDir(), "v.db")
	vigieSays(t, exitDone, "", "load", file)
	if out, errs := vigieSays(t, exitDone, "", "check", file); !strings.Contains(out, "the database is sound") {
		t.Errorf("%s\n%s", out, errs)
	}
}
