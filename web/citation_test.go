package web

import (
	"strings"
	"testing"

	"vigie"
)

func TestACaseIsSavedInOneClickWithItsVersion(t *testing.T) {
	p := samplePages(vigie.French)["incident"].(Incident)
	got := map[string]string{}
	for _, m := range p.Citation() {
		if _, twice := got[m.Name]; twice {
			t.Errorf("%s twice", m.Name)
		}
		got[m.Name] = m.Content
	}
	for name, want := range map[string]string{
		"citation_public_url":                   "https://vigie.example/fr/incidents/temu-2024-09?version=2",
		"citation_technical_report_number":      "temu-2024-09, version 2",
		"citation_technical_report_institution": "Vigie",
		"citation_publication_date":             "2026/11/20",
		"citation_author":                       "Association\u00a0Vigie", // one name, not a first and a last
		"citation_language":                     "fr",
		"DC.identifier":                         "https://vigie.example/fr/incidents/temu-2024-09?version=2",
		"DC.type":                               "report",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if title := got["citation_title"]; !strings.Contains(title, "[contesté]") || title != got["DC.title"] {
		t.Errorf("the title is %q", title)
	}
	page := drawn(t, p, vigie.French)
	if !strings.Contains(page, `<meta name="citation_public_url" content="https://vigie.example/fr/incidents/temu-2024-09?version=2">`) {
		t.Error("the page does not hold them")
	}
	if strings.Contains(page, `property="og:type" content="website"`) {
		t.Error("as a website, a case would be saved as one")
	}
}

func TestAnOldVersionIsCitedAsSuch(t *testing.T) {
	for _, m := range samplePages(vigie.English)["incident-old"].(Incident).Citation() {
		if m.Name == "citation_public_url" && m.Content != "https://vigie.example/en/incidents/temu-2024-09?version=1" {
			t.Errorf("the address is %q", m.Content)
		}
	}
}

func TestASharedPageNamesItsLanguageAndPicture(t *testing.T) {
	for lang, want := range map[vigie.Lang]string{vigie.French: "fr_FR", vigie.English: "en_GB"} {
		page := drawn(t, samplePages(lang)["incidents"], lang)
		for _, tag := range []string{`<meta property="og:locale" content="` + want + `">`, `<meta property="og:type" content="website">`, `<meta property="og:image" content="https://vigie.example/static/logo.`} {
			if !strings.Contains(page, tag) {
				t.Errorf("in %s there is no %s", lang, tag)
			}
		}
	}
}
