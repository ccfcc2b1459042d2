package importers

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"vigie"
)

// bonjour is where the saved page comes from: its links are relative to it.
const bonjour = "https://bonjourlafuite.eu.org/"

// timeline reads the page of Bonjour la fuite: one div.timeline-entry a leak, with
// its day, its name (h2, named by an anchor), the supplier (h3, "Via …"), a
// paragraph of words and a list of data, then the links.
func timeline(doc Document, opts Options, yield func(leak, error) bool) {
	if len(doc.Body) > MaxBody {
		yield(leak{}, ErrTooLong)
		return
	}
	body, err := decoded(doc)
	if err != nil {
		yield(leak{}, fmt.Errorf("decoding: %w", err))
		return
	}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		yield(leak{}, fmt.Errorf("parsing HTML: %w", err))
		return
	}
	base, err := url.Parse(doc.URL)
	if err != nil || base.Host == "" {
		base, _ = url.Parse(bonjour) // a constant
	}
	found := false
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && hasClass(n, "timeline-entry") {
			found = true
			l := timelineLeak(n, base)
			if l.day = opts.Lexicon.Day(l.words, "fr", ""); l.day == "" {
				l.day = scriptDay(l.threat)
			}
			l.words, l.threat = "", ""
			if !yield(l, nil) {
				return
			}
		}
	}
	if !found {
		yield(leak{}, fmt.Errorf("no entry of a timeline in the page"))
	}
}

func hasClass(n *html.Node, class string) bool {
	for _, c := range strings.Fields(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// timelineLeak reads an entry; words and threat hold the day as printed and as
// scripts write it, for the caller to read.
func timelineLeak(entry *html.Node, base *url.URL) leak {
	l := leak{list: "Bonjour la fuite", seen: vigie.SeenFull}
	afterName := false
	for n := range entry.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "time":
			l.words, l.threat = inline(n), attr(n, "datetime")
		case "h2":
			l.name, afterName = inline(n), true
		case "h3":
			l.via = viaWords.ReplaceAllString(inline(n), "")
		case "p":
			l.count = strings.TrimSpace(l.count + " " + inline(n))
		case "li":
			if links := anchors(n, base); len(links) > 0 {
				l.links = append(l.links, links...)
			} else if s := inline(n); s != "" {
				l.data = append(l.data, s)
			}
		case "a":
			if id := attr(n, "id"); id != "" && l.page == "" {
				page := *base
				page.Fragment = id
				l.page, l.key = page.String(), "bonjourlafuite/"+strings.Join(vigie.Words(id), "-")
			}
		}
	}
	if !afterName {
		l.name = ""
	}
	return l
}

// anchors are the links of an item of the list of sources.
func anchors(n *html.Node, base *url.URL) []string {
	var out []string
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "a" {
			if u, err := base.Parse(attr(d, "href")); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
				out = append(out, u.String())
			}
		}
	}
	return out
}

// scriptDay is the day of a date as scripts print it, "Wed Dec 31 2025 01:00:00
// GMT+0100 (…)", in the zone it is printed in.
func scriptDay(s string) vigie.Date {
	f := strings.Fields(s)
	if len(f) < 4 {
		return ""
	}
	return dateOf(f[1] + " " + strings.TrimLeft(f[2], "0") + ", " + f[3])
}
