package web

import (
	"strings"
	"testing"

	"vigie"
)

func TestADifferenceIsSaidInTheWordsOfTheLanguage(t *testing.T) {
	before, after := sampleTemu(), sampleTemu()
	after.Kind, after.Checked = "extortion", ""
	after.Statements[0].On = "2024-09-17"
	after.Statements[0].Figures[0].Unit = "accounts"
	got := map[string]Difference{}
	for _, d := range words(t, vigie.French).Diff(&before, &after) {
		got[d.Path] = d
	}
	for path, want := range map[string]Difference{
		"kind":                  {Before: "fuite de données", After: "extorsion"},
		"checked":               {Before: "20 novembre 2026"},
		"statements.s1.on":      {Before: "16–17 septembre 2024", After: "17 septembre 2024"},
		"statements.s1.figures": {Before: "87\u00a0millions d’enregistrements", After: "87\u00a0millions de comptes"},
	} {
		if d := got[path]; d.Before != want.Before || d.After != want.After {
			t.Errorf("%s goes from %q to %q, not from %q to %q", path, d.Before, d.After, want.Before, want.After)
		}
	}
	if len(got) != 4 {
		t.Errorf("there are %d differences, not 4: %v", len(got), got)
	}
	if where := strings.Join(got["statements.s1.on"].Where, " › "); where != "déclaration s1 › dit le" {
		t.Errorf("the place is said %q", where)
	}
	if got["checked"].What() != "removed" || got["kind"].What() != "changed" {
		t.Error("what happened to the field is not told")
	}
}

func TestAMovedStatementIsNoDifferenceAndANewOneIsOneLine(t *testing.T) {
	before, after := sampleTemu(), sampleTemu()
	s := after.Statements
	s[0], s[1] = s[1], s[0]
	before.Statements = before.Statements[:5]
	got := words(t, vigie.English).Diff(&before, &after)
	if len(got) != 1 || got[0].Path != "statements.s6" || got[0].What() != "added" || !strings.Contains(got[0].After, "A headline says") {
		t.Errorf("the differences are %v", got)
	}
}

func TestTheFloorOfAVagueFigureIsNeverPrinted(t *testing.T) {
	in := sampleTemu()
	for _, d := range words(t, vigie.English).Diff(nil, &in) {
		if strings.Contains(d.After, "100,000") {
			t.Errorf("%s prints the floor: %s", d.Path, d.After)
		}
	}
	for name, page := range samplePages(vigie.English) {
		if name == "edit" || name == "help" { // the help says how far cases are counted: to another 100,000
			continue
		}
		if strings.Contains(drawn(t, page, vigie.English), "100,000") {
			t.Errorf("the page %s prints the floor of a vague figure", name)
		}
	}
}
