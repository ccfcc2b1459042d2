package importers

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"

	"vigie"
	"vigie/importers/reading"
)

// page is what an HTML document says of itself, and its main text.
type page struct {
	title, publisher, lang, canonical string
	published                         vigie.Date
	text                              string
}

// readPage takes the main text as readability finds it, and title, date,
// publisher, language and address from JSON-LD, OpenGraph and the page's own
// elements, in that order.
func readPage(root *html.Node, address string) (page, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		base = &url.URL{Scheme: "https", Host: "page.invalid", Path: "/"} // readability wants one to resolve links
	}
	p := page{}
	p.linkedData(root)
	p.elements(root)
	if p.canonical != "" {
		c, err := base.Parse(p.canonical)
		front := err == nil && strings.Trim(c.Path, "/") == "" && c.RawQuery == "" && (address == "" || strings.Trim(base.Path, "/") != "" || base.RawQuery != "")
		if err != nil || (address != "" && !sameSite(c.Host, base.Host)) || c.Host == "page.invalid" || front { // a front page names none of the site's articles
			p.canonical = ""
		} else {
			p.canonical = c.String()
		}
	}
	withoutAsides(root)
	parser := readability.NewParser()
	parser.MaxElemsToParse = 200_000
	article, err := parser.ParseDocument(root, base)
	if err != nil {
		return p, err
	}
	if article.Node != nil {
		p.text = ownWords(blockText(article.Node))
	}
	if p.title == "" {
		p.title = squeeze(article.Title)
	}
	if p.publisher == "" {
		p.publisher = squeeze(article.SiteName)
	}
	if p.lang == "" {
		p.lang = article.Language
	}
	return p, nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, name) {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// squeeze puts single spaces between words. Control characters part words too: a
// name is shown on terminals, which obey them.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// first keeps the value that came first.
func first(field *string, value string) {
	if *field == "" {
		*field = squeeze(value)
	}
}

// linkedData reads the JSON-LD blocks (schema.org NewsArticle and its like).
func (p *page) linkedData(root *html.Node) {
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "script" || !strings.EqualFold(attr(n, "type"), "application/ld+json") || n.FirstChild == nil {
			continue
		}
		var v any
		body := strings.Map(func(r rune) rune { // raw line ends within strings, as many templates leave
			if r < ' ' {
				return ' '
			}
			return r
		}, n.FirstChild.Data)
		if json.Unmarshal([]byte(body), &v) == nil {
			p.thing(v, 0)
		}
	}
}

func (p *page) thing(v any, depth int) {
	if depth > 6 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			p.thing(x, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			first(&p.title, html.UnescapeString(text(v["headline"])))
			first(&p.publisher, html.UnescapeString(text(v["publisher"])))
			first(&p.lang, text(v["inLanguage"]))
			first(&p.canonical, text(v["url"]))
			if p.published == "" {
				p.published = dateOf(text(v["datePublished"]))
			}
		}
		p.thing(v["@graph"], depth+1)
	}
}

// isArticle tells whether one of the types of a thing is an article's.
func isArticle(kinds any) bool {
	list, several := kinds.([]any)
	if !several {
		list = []any{kinds}
	}
	return slices.ContainsFunc(list, func(v any) bool {
		kind := text(v)
		return strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") || kind == "Report"
	})
}

// text is the string of a JSON-LD value: itself, its name, or its first.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		return text(v["name"])
	case []any:
		if len(v) > 0 {
			return text(v[0])
		}
	}
	return ""
}

// metas says which <meta> fills which field, the surest first.
var metas = []struct {
	name  string
	field func(*page) *string
}{
	{"og:title", func(p *page) *string { return &p.title }},
	{"twitter:title", func(p *page) *string { return &p.title }},
	{"parsely-title", func(p *page) *string { return &p.title }},
	{"dc.title", func(p *page) *string { return &p.title }},
	{"og:site_name", func(p *page) *string { return &p.publisher }},
	{"og:locale", func(p *page) *string { return &p.lang }},
	{"og:url", func(p *page) *string { return &p.canonical }},
}

var dateMetas = []string{"article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "article.published", "publication_date", "publish-date", "pubdate", "parsely-pub-date", "sailthru.date"}

func (p *page) elements(root *html.Node) {
	meta := map[string]string{}
	var title, link, clock, marked, lang string
	var headings []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if strings.EqualFold(attr(n, "itemprop"), "datePublished") || n.Data == "time" && hasAttr(n, "pubdate") {
			first(&marked, string(elementDay(n)))
		}
		switch n.Data {
		case "html":
			first(&lang, attr(n, "lang"))
		case "meta":
			for _, key := range []string{"property", "name", "itemprop"} {
				if k := strings.ToLower(attr(n, key)); k != "" && meta[k] == "" {
					meta[k] = attr(n, "content")
				}
			}
		case "link":
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				first(&link, attr(n, "href"))
			}
		case "title":
			if n.Parent == nil || n.Parent.Data != "svg" {
				first(&title, inline(n))
			}
		case "h1":
			if h := inline(n); h != "" {
				headings = append(headings, h)
			}
		case "time":
			if !modified(n) {
				first(&clock, string(elementDay(n)))
			}
		}
	}
	if link != "" {
		p.canonical = link
	}
	for _, m := range metas {
		first(m.field(p), meta[m.name])
	}
	if p.title == "" {
		p.title = titled(title, headings, p.publisher)
	} else {
		p.title = withoutSite(p.title, cmp.Or(p.publisher, "-"))
	}
	first(&p.lang, lang)
	p.lang = strings.ReplaceAll(p.lang, "_", "-")
	for _, name := range dateMetas {
		if p.published == "" {
			p.published = dateOf(meta[name])
		}
	}
	for _, day := range []string{marked, clock} {
		if p.published == "" {
			p.published = vigie.Date(day)
		}
	}
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return strings.EqualFold(a.Key, name) })
}

// modified tells whether a <time> says when the page was changed.
func modified(n *html.Node) bool {
	said := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class"))
	return strings.Contains(said, "modified") || strings.Contains(said, "updated") && !strings.Contains(said, "published")
}

// elementDay is the day of an element: the one meant for machines, else the one
// in print.
func elementDay(n *html.Node) vigie.Date {
	for _, name := range []string{"datetime", "content"} {
		if d := dateOf(attr(n, name)); d != "" {
			return d
		}
	}
	if n.FirstChild == nil {
		return ""
	}
	words, _, _ := strings.Cut(inline(n), " à ") // the hour
	words = strings.TrimPrefix(strings.TrimPrefix(words, "Le "), "le ")
	return reading.Shipped().Day(words, "en", "") // 09/04/2025 is left unread: the page's language is not known yet
}

var dateLayouts = []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05", time.DateOnly, time.RFC1123Z, time.RFC1123, "January 2, 2006", "2 January 2006", "Jan 2, 2006"}

// dateOf is the day of a printed time, in the time zone it was printed in: the
// publisher's own. What is not plainly a day is unknown.
func dateOf(s string) vigie.Date {
	s = strings.TrimSpace(s)
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return vigie.Date(t.Format(time.DateOnly))
		}
	}
	if len(s) > 10 { // fractions of a second in forms no layout foresees
		if t, err := time.Parse(time.DateOnly, s[:10]); err == nil && s[10] == 'T' {
			return vigie.Date(t.Format(time.DateOnly))
		}
	}
	return ""
}

func inline(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return squeeze(b.String())
}

var blocks = map[string]string{"p": "\n\n", "div": "\n\n", "section": "\n\n", "article": "\n\n", "blockquote": "\n\n", "ul": "\n\n", "ol": "\n\n", "table": "\n\n", "tr": "\n", "h1": "\n\n", "h2": "\n\n", "h3": "\n\n", "h4": "\n\n", "h5": "\n\n", "h6": "\n\n", "li": "\n- ", "br": "\n", "pre": "\n\n", "figure": "\n\n", "dt": "\n", "dd": "\n"}

var silent = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "figcaption": true, "svg": true, "iframe": true, "button": true, "form": true}

// blockText writes the text of a node with its paragraphs, headings and lists
// kept as lines, as the text reader wants them.
func blockText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		if depth > 500 {
			return
		}
		switch n.Type {
		case html.TextNode:
			b.WriteString(strings.Map(func(r rune) rune {
				if r == '\n' || r == '\t' || r == '\r' {
					return ' '
				}
				return r
			}, n.Data))
			return
		case html.ElementNode:
			if silent[n.Data] {
				return
			}
			b.WriteString(blocks[n.Data])
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
		if n.Type == html.ElementNode && strings.HasPrefix(blocks[n.Data], "\n\n") {
			b.WriteString("\n\n")
		}
	}
	walk(n, 0)
	return paragraphs(b.String())
}

// paragraphs puts one empty line between paragraphs and single spaces between
// words.
func paragraphs(s string) string {
	var out []string
	gap := false
	for _, line := range strings.Split(s, "\n") {
		line = squeeze(line)
		if line == "" || line == "-" {
			gap = len(out) > 0
			continue
		}
		if gap && !strings.HasPrefix(line, "- ") {
			out = append(out, "")
		}
		gap = false
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
