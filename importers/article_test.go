package importers_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vigie"
	"vigie/importers"
)

var update = flag.Bool("update", false, "write the golden files anew")

func one(t *testing.T, doc importers.Document, opts importers.Options) vigie.Candidate {
	t.Helper()
	var out []vigie.Candidate
	for c, err := range importers.Readers[importers.ArticleKind](doc, opts) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	if len(out) != 1 {
		t.Fatalf("%d candidates, not one", len(out))
	}
	return out[0]
}

// Each fixture opens by saying why it exists; the golden beside it is the whole
// candidate.
func TestArticlesAreReadAsTheirGoldenFilesSay(t *testing.T) {
	inputs, err := filepath.Glob("testdata/article/*/input.*")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no fixture (%v)", err)
	}
	for _, input := range inputs {
		name := filepath.Base(filepath.Dir(input))
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(input), "why.txt")); err != nil && !strings.HasPrefix(string(body), "<!-- Why: ") {
				t.Error("the fixture does not open by saying why it exists, nor is there a why.txt beside it")
			}
			doc := importers.Document{Body: body}
			if filepath.Ext(input) == ".html" {
				doc.URL = "https://courrier.example/" + name + "?fbclid=1#top"
				doc.Retrieved = time.Date(2031, 7, 1, 12, 0, 0, 0, time.UTC)
			}
			sameAsGolden(t, filepath.Join(filepath.Dir(input), "golden.json"), one(t, doc, importers.Options{}))
		})
	}
}

const story = "Brindilou victime d’une cyberattaque\n\nL’enseigne Brindilou a été victime d’une cyberattaque ; les noms de 4 000 clients ont été volés."

func TestTheSameArticleIsTheSameCandidate(t *testing.T) {
	at := func(url, body string) vigie.Candidate {
		return one(t, importers.Document{URL: url, Body: []byte(body)}, importers.Options{})
	}
	first := at("https://courrier.example/a?id=1&utm_source=mail", story)
	for why, same := range map[string]vigie.Candidate{
		"read again":               at("https://courrier.example/a?id=1&utm_source=mail", story),
		"with other trackers":      at("https://COURRIER.example:443/a?fbclid=x&id=1#suite", story),
		"with a word changed":      at("https://courrier.example/a?id=1", story+" Fin."),
		"with other line endings":  at("https://courrier.example/a?id=1", strings.ReplaceAll(story, "\n", "\r\n")),
		"with a byte order mark":   at("https://courrier.example/a?id=1", "\ufeff"+story),
		"with blank space at ends": at("https://courrier.example/a?id=1", "\n "+story+" \n"),
	} {
		if same.ID != first.ID || same.Key != first.Key {
			t.Errorf("%s, it is another candidate: %s, not %s", why, same.Key, first.Key)
		}
	}
	moved := at("https://courrier.example/b", story)
	if moved.ID == first.ID || moved.Hash != first.Hash {
		t.Error("moved to another address, the same text is not found by its hash")
	}
	if other := at("https://courrier.example/a?id=2", story); other.ID == first.ID {
		t.Error("a parameter that is no tracker is part of the address")
	}
	file := one(t, importers.Document{Body: []byte(story)}, importers.Options{})
	if !strings.HasPrefix(file.Key, "sha256:") || file.Source.URL != "" {
		t.Errorf("a file has no address: key %q, URL %q", file.Key, file.Source.URL)
	}
}

func TestWhatCannotBeReadIsAnErrorInWords(t *testing.T) {
	for why, c := range map[string]struct {
		body string
		want error
	}{
		"nothing":        {"", importers.ErrNoText},
		"a page of none": {"<html><body><script>menu()</script></body></html>", importers.ErrNoText},
		"too much":       {strings.Repeat("a", importers.MaxBody+1), importers.ErrTooLong},
	} {
		for _, err := range importers.Article(importers.Document{Body: []byte(c.body)}, importers.Options{}) {
			if !errors.Is(err, c.want) {
				t.Errorf("%s: %v, not %v", why, err, c.want)
			}
		}
	}
}

func TestCanonicalAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"https://A.example":                          "https://a.example/",
		"http://a.example:80/x?b=2&a=1&utm_medium=m": "http://a.example/x?a=1&b=2",
		"https://user:pw@a.example/x":                "https://a.example/x",
		"https://a.example/news?id=1;2#top":          "https://a.example/news?id=1;2",
		"javascript:alert(1)":                        "",
		"//a.example/x":                              "",
		"pas une adresse":                            "",
	} {
		if got := importers.CanonicalURL(address); got != want {
			t.Errorf("%s is %q, not %q", address, got, want)
		}
	}
}

func TestAFrontPageIsNotTheAddressOfAnArticle(t *testing.T) {
	const page = `<html><head><link rel="canonical" href="%s"></head><body><article><h1>Vellamo hacked, a gang says</h1><p>The shop Vellamo was hit by a cyberattack, says a gang that posted the names of its customers on its own page.</p></article></body></html>`
	for canonical, want := range map[string]string{
		"https://news.example/": "https://news.example/2031/vellamo", "/": "https://news.example/2031/vellamo", "https://news.example/vellamo": "https://news.example/vellamo", "https://news.example/?p=12": "https://news.example/?p=12",
	} {
		for c, err := range importers.Article(importers.Document{Body: fmt.Appendf(nil, page, canonical), URL: "https://news.example/2031/vellamo"}, importers.Options{}) {
			if err != nil || c.Key != want {
				t.Errorf("with %q: %q, %v", canonical, c.Key, err)
			}
		}
	}
}

func TestAHiddenServiceIsNamedAndNeverLinked(t *testing.T) {
	const page = `<html><head><link rel="canonical" href="http://abcdefghij.onion/x"></head><body><article><h1>Vellamo hacked, a gang says</h1><p>The shop Vellamo was hit by a cyberattack, says a gang that posted the names of its customers on its own page.</p></article></body></html>`
	for address, want := range map[string]string{"": "http://abcdefghij[.]onion/x", "https://news.example/on-the-.onion-web": "https://news.example/on-the-.onion-web"} {
		for c, err := range importers.Article(importers.Document{Body: []byte(page), URL: address}, importers.Options{}) {
			if err != nil || c.Key != want || c.Source.URL != address {
				t.Errorf("from %q: key %q, linked to %q, %v", address, c.Key, c.Source.URL, err)
			}
		}
	}
	for c := range (importers.Piece{URL: "http://abcdefghij.onion/y", Key: "http://abcdefghij.onion/y", Title: "Vellamo", Text: "Vellamo"}).Read(importers.Document{}, importers.Options{}) {
		if c.Source.URL != "" || strings.Contains(c.Key, ".onion") {
			t.Errorf("a piece: key %q, linked to %q", c.Key, c.Source.URL)
		}
	}
}

func TestThePageSaysWhenItWasPublished(t *testing.T) {
	const body = "<article><h1>Brindilou victime d’une cyberattaque</h1>%s<p>L’enseigne Brindilou a été victime d’une cyberattaque ; les noms de 4 000 clients ont été volés dans la nuit, et les magasins sont restés ouverts.</p><p>Brindilou a prévenu ses clients par courriel, et porté plainte.</p></article>"
	for _, c := range []struct {
		head, date string
		want       vigie.Date
	}{
		{"", `<time datetime="2025-04-09T10:12:00+02:00">il y a deux jours</time>`, "2025-04-09"},
		{"", `<time>Le 9 avril 2025 à 10h12</time>`, "2025-04-09"},
		{"", `<time>April 9, 2025</time>`, "2025-04-09"},
		{"", `<time class="updated" datetime="2025-04-11">11 avril</time><time class="entry-date published" datetime="2025-04-09">9 avril</time>`, "2025-04-09"},
		{"", `<time datetime="2025-05-01">1er mai</time><span itemprop="datePublished" content="2025-04-09">9 avril</span>`, "2025-04-09"},
		{"", `<p>Publié le 9 avril 2025 à 10h12</p>`, "2025-04-09"},
		{`<script type="application/ld+json">{"@type":["WebPage","NewsArticle"],"datePublished":"2025-04-09T08:00:00Z"}</script>`, `<time datetime="2025-05-01">1er mai</time>`, "2025-04-09"},
		{`<meta property="article:published_time" content="2025-04-09T08:00:00+00:00">`, `<time datetime="2025-05-01">1er mai</time>`, "2025-04-09"},
		{"", `<time>hier</time>`, ""},
		{"", `<time class="updated" datetime="2025-04-11">11 avril</time>`, ""},
	} {
		c0 := one(t, importers.Document{URL: "https://courrier.example/a", ContentType: "text/html; charset=utf-8",
			Body: []byte("<html lang=fr><head>" + c.head + "</head><body>" + strings.Replace(body, "%s", c.date, 1) + "</body></html>")}, importers.Options{})
		if c0.Source.Published != c.want || c0.Reading.Published != c.want {
			t.Errorf("%s%s: source published %q, reading %q, not %q", c.head, c.date, c0.Source.Published, c0.Reading.Published, c.want)
		}
	}
}

func TestEveryKindHasAReader(t *testing.T) {
	if kinds := importers.Kinds(); !slices.Contains(kinds, "article") || len(kinds) != len(importers.Readers) {
		t.Errorf("kinds: %q", kinds)
	}
}

func FuzzArticle(f *testing.F) {
	inputs, _ := filepath.Glob("testdata/article/*/input.*")
	for _, input := range inputs {
		if body, err := os.ReadFile(input); err == nil {
			f.Add(body, "text/html; charset=utf-8")
			f.Add(body, "")
		}
	}
	f.Add([]byte("\xff\xfeB\x00r\x00"), "text/plain; charset=utf-16le")
	f.Add([]byte(`<html><script type="application/ld+json">[[[[[{"@graph":{"@type":[],"headline":{}}}]]]]]</script><p>x`), "text/html; charset=nonsense")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		if len(body) > 8000 {
			t.Skip("longer than is useful to fuzz")
		}
		doc := importers.Document{URL: "https://courrier.example/x", ContentType: contentType, Body: body}
		for c, err := range importers.Article(doc, importers.Options{}) {
			if err != nil {
				continue
			}
			if !utf8.ValidString(c.Reading.Text) || !utf8.ValidString(c.Source.Title) {
				t.Fatal("what was read is not UTF-8")
			}
			if c.ID != vigie.UUID("article:"+c.Key) || len(c.Hash) != 64 || strings.TrimSpace(c.Reading.Text) == "" {
				t.Fatalf("a candidate without a name or a text: %+v", c)
			}
			if strings.Contains(strings.ToLower(c.Reading.Text), ".onion") && !strings.Contains(strings.ToLower(c.Reading.Text), "[.]onion") {
				t.Fatal("a hidden service's address was kept as it was")
			}
			if err := c.Source.Published.Check(); err != nil {
				t.Fatal(err)
			}
			n := utf8.RuneCountInString(c.Reading.Text)
			for field, spans := range c.Reading.Spans {
				for _, s := range spans {
					if s[0] < 0 || s[0] >= s[1] || s[1] > n {
						t.Fatalf("%s: span %v of %d", field, s, n)
					}
				}
			}
		}
	})
}
