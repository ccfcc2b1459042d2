package web

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	github "github.com/yuin/goldmark/extension"
	withHTML "github.com/yuin/goldmark/renderer/html"

	"vigie"
)

// rendered is what a reader of Markdown shows: one that lets HTML through and makes
// links of bare addresses, so that nothing is hidden by its prudence.
func rendered(t *testing.T, body []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(github.GFM), goldmark.WithRendererOptions(withHTML.WithUnsafe())).Convert(body, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	tag  = regexp.MustCompile(`<[^>]*>`)
	href = regexp.MustCompile(`<(\w+)[^>]* (?:href|src)="([^"]*)"`)
)

// wordsIn is the text of a rendered document.
func wordsIn(markup string) string { return html.UnescapeString(tag.ReplaceAllString(markup, "")) }

func TestACaseInMarkdownSaysWhatTheRecordSays(t *testing.T) {
	r := recordOf(contested(), shop)
	page := rendered(t, written(t, "md", vigie.English, r))
	text := wordsIn(page)
	for _, said := range []string{
		r.Derived.Headline.EN, r.Summary.EN, "evidence: reported since 5 March 2031; company: denies since 6 March 2031",
		"CLAIM of 64\u00a0million records, says the seller (quietferret), denied by Grand Comptoir", "“Pas une ligne ne correspond à nos fichiers.”",
		"version 4 of the case", "CC BY 4.0", "Les Veilleurs",
	} {
		if !strings.Contains(text, said) {
			t.Errorf("it does not say %q:\n%s", said, text)
		}
	}
	if strings.Count(page, "<h1>") != 1 || strings.Count(page, "<h3>") != len(r.Statements) || strings.Count(page, "<blockquote>") != 1 {
		t.Errorf("the shape is not that of the case:\n%s", page)
	}
	for _, link := range []string{`href="https://veilleur.example/annonce?a=1&amp;b=2"`, `href="https://vigie.example/en/incidents/grand-comptoir-2031-03?version=4"`} {
		if !strings.Contains(page, link) {
			t.Errorf("no %s in\n%s", link, page)
		}
	}
}

func TestATimelineInMarkdownIsAListOfWhoSaidWhat(t *testing.T) {
	line := timelineOf(recordOf(contested(), shop), mended)
	for _, lang := range vigie.Langs {
		page := rendered(t, written(t, "md", lang, line))
		if n := strings.Count(page, "<strong>"); n != len(line.Items) {
			t.Errorf("%d events of %d:\n%s", n, len(line.Items), page)
		}
		for _, paragraph := range strings.Split(page, "<p>") {
			if text := wordsIn(paragraph); strings.Contains(text, "64") && !strings.Contains(text, map[vigie.Lang]string{vigie.French: "dément", vigie.English: "den"}[lang]) {
				t.Errorf("a contested figure stands alone: %q", text)
			}
		}
	}
}

func TestNothingFoundIsSaidInWords(t *testing.T) {
	for _, a := range []any{vigie.Answer{}, vigie.Timeline{}} {
		if text := wordsIn(rendered(t, written(t, "md", vigie.English, a))); !strings.Contains(text, "which does not mean that nothing happened") {
			t.Errorf("an empty answer: %s", text)
		}
	}
}

func TestStrangersTextIsNoMarkdown(t *testing.T) {
	in, company := hostile()
	in.Summary = vigie.Text{FR: "# un", EN: "# one\n\n* two <b>three</b> [four](javascript:x) &amp; https://evil.example/ www.evil.example `five` | six |"}
	in.Statements[0].Text.EN = "1. x\n> y\n---\n![z](https://evil.example/z.png)"
	in.Statements[2].Text.EN = "- w\n    code"
	r := recordOf(in, company)
	for _, a := range []any{r, vigie.Answer{Incidents: []vigie.Record{r}}, timelineOf(r, vigie.Correction{Version: 2, Note: "~~a~~ <i> & b\x08"})} {
		body := written(t, "md", vigie.English, a)
		page := rendered(t, body)
		for _, live := range []string{"<script", "<img", "<b>", "<i>", "<del>", "<code>", "<ol>", "<table>", ".onion", "javascript:alert", "evil.example\"", "evil.example/\""} {
			if strings.Contains(page, live) {
				t.Errorf("%s is live in\n%s", live, page)
			}
		}
		for _, link := range href.FindAllStringSubmatch(page, -1) {
			if link[1] != "a" || !strings.HasPrefix(link[2], "https://vigie.example/") {
				t.Errorf("a %s to %s", link[1], link[2])
			}
		}
		if text := wordsIn(page); !strings.Contains(text, "M&S \"Bazar\" <l’Œuvre> \U0001f6d2 متجر") {
			t.Errorf("the name did not come back:\n%s", text)
		}
	}
	if text := wordsIn(rendered(t, written(t, "md", vigie.English, r))); !strings.Contains(text, "# one * two <b>three</b> [four](javascript:x) &amp; https://evil.example/ www.evil.example `five` | six |") ||
		!strings.Contains(text, "1. x > y --- ![z](https://evil.example/z.png)") || !strings.Contains(text, "- w code") {
		t.Errorf("the text did not come back as it was:\n%s", text)
	}
}

func TestAnExportSaysWhatWasAskedAndWhichEditionAnswered(t *testing.T) {
	f, _ := FormatNamed("md")
	c := asked(vigie.English, IncidentsPath, "md")
	c.Topic, c.Edition = "/incidents?sector=grocery", 412
	c.Site.LicenceURL = "https://licence.example/by"
	var b bytes.Buffer
	if err := f.WriteIncidents(&b, c, vigie.Answer{}); err != nil {
		t.Fatal(err)
	}
	if text := wordsIn(rendered(t, b.Bytes())); !strings.Contains(text, "Les Veilleurs, edition 412 of the record, query: /incidents?sector=grocery, licence CC BY 4.0.") {
		t.Errorf("%s", text)
	}
}
