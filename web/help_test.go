package web

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"vigie"
)

func TestTheHelpHasEveryFieldAndEveryCode(t *testing.T) {
	for _, lang := range vigie.Langs {
		page := drawn(t, Help{sampleFrame(lang, HelpPath)}, lang)
		for _, f := range vigie.Fields {
			if !strings.Contains(page, `id="field-`+f.Name+`"`) {
				t.Errorf("the help in %s has no field %s", lang, f.Name)
			}
			for _, code := range vigie.Codes(f.List) {
				if !strings.Contains(page, "<code>"+code+"</code>") {
					t.Errorf("the help in %s has no %s:%s", lang, f.Name, code)
				}
			}
			if helpExamples[f.Name] == "" && f.Name != "cursor" {
				t.Errorf("no example of %s", f.Name)
			}
		}
		for _, sort := range vigie.Sorts {
			if !strings.Contains(page, "<code>sort:"+sort+"</code>") {
				t.Errorf("the help in %s has no order %s", lang, sort)
			}
		}
	}
}

func TestExamplesOfTheHelpAreUnderstoodAndCanonical(t *testing.T) {
	for _, e := range (Help{sampleFrame(vigie.French, HelpPath)}).Examples() {
		if e.Box == "" {
			continue
		}
		u, err := url.Parse(e.Href)
		if err != nil {
			t.Fatal(err)
		}
		asked, err := vigie.ParseQuery(url.Values{"q": {e.Box}})
		if err != nil {
			t.Errorf("%s: %v", e.Box, err)
			continue
		}
		if u.RawQuery == "" || u.RawQuery != asked.Canonical() {
			t.Errorf("%s goes to %s, which redirects", e.Box, e.Href)
		}
	}
}

func TestLLMsNamesEveryFormatFieldAndCode(t *testing.T) {
	var b bytes.Buffer
	if err := WriteLLMs(&b, "https://vigie.example/", Settings{Name: "Vigie", Publisher: "Association Vigie", Licence: "CC BY 4.0"}); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	want := []string{"https://vigie.example/en/embed/incidents/{id}", "https://vigie.example/oembed?url="}
	for _, f := range vigie.Fields {
		want = append(want, f.Name)
	}
	for _, f := range Formats {
		if !f.Page {
			want = append(want, "- ."+f.Name+": ")
		}
	}
	for _, s := range append(append(want, vigie.Codes("evidence")...), vigie.Codes("position")...) {
		if !strings.Contains(text, s) {
			t.Errorf("llms.txt has no %s", s)
		}
	}
	if strings.Contains(text, "example//") || !strings.HasPrefix(text, "# Vigie\n") {
		t.Errorf("llms.txt begins %q", text[:60])
	}
}

func TestALongSitemapIsCutIntoParts(t *testing.T) {
	pages := make([]SitemapPage, 2*SitemapMost+1)
	for i := range pages {
		pages[i] = SitemapPage{Path: IncidentPath("x"), At: sampleNow}
	}
	parts := SitemapParts(pages)
	if len(parts) != 3 || len(parts[0]) != SitemapMost || len(parts[2]) != 1 {
		t.Fatalf("%d parts", len(parts))
	}
	var one, index bytes.Buffer
	if err := WriteSitemap(&one, "https://vigie.example", parts[0]); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(one.String(), "<loc>"); n != 50_000 || one.Len() > 50<<20 {
		t.Errorf("a part has %d addresses and %d bytes; the protocol allows 50,000 and 50 MB", n, one.Len())
	}
	if err := WriteSitemapIndex(&index, "https://vigie.example", []time.Time{sampleNow, {}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<loc>https://vigie.example/sitemap/1.xml</loc><lastmod>2026-11-20T14:03:00Z</lastmod>", "<loc>https://vigie.example/sitemap/2.xml</loc></sitemap>"} {
		if !strings.Contains(index.String(), want) {
			t.Errorf("the index has no %s: %s", want, index.String())
		}
	}
}
