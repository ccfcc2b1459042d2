package importers

import (
	"strings"

	"vigie"
)

// titled chooses the title of a page that has none made for machines: the heading
// that its <title> repeats, since a first h1 is often the site's name; else the
// <title> without the site's name behind it; else the first heading.
func titled(title string, headings []string, publisher string) string {
	have := map[string]bool{}
	for _, w := range vigie.Words(title) {
		have[w] = true
	}
	best, most := "", 0
	for _, h := range headings {
		words := vigie.Words(h)
		common := 0
		for _, w := range words {
			if have[w] {
				common++
			}
		}
		if len(words) > 2 && common*4 >= len(words)*3 && common > most {
			best, most = h, common
		}
	}
	switch {
	case best != "":
		return best
	case len(headings) == 1 && len(vigie.Words(headings[0])) > 3: // of one page among many, in its own words
		return headings[0]
	case title != "":
		return withoutSite(title, publisher)
	case len(headings) > 0:
		return headings[0]
	}
	return ""
}

// marks are what stands between the title of a page and the name of its site.
var marks = []string{" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " • "}

// withoutSite takes the name of the site off the end of a title: what the page
// calls its publisher, or a last part so short beside the rest that it is one.
func withoutSite(title, publisher string) string {
	at, mark := -1, ""
	for _, m := range marks {
		if i := strings.LastIndex(title, m); i > at {
			at, mark = i, m
		}
	}
	if at <= 0 {
		return title
	}
	rest, site := strings.TrimSpace(title[:at]), strings.TrimSpace(title[at+len(mark):])
	words := len(vigie.Words(site))
	if samePublisher(site, publisher) || publisher == "" && words <= 4 && len(vigie.Words(rest)) >= max(4, words+2) {
		return rest
	}
	return title
}

func samePublisher(site, publisher string) bool {
	plain := func(s string) string {
		s, _, _ = strings.Cut(strings.ToLower(strings.TrimPrefix(s, "www.")), ".")
		return strings.Join(vigie.Words(s), "")
	}
	return publisher != "" && plain(site) == plain(publisher)
}
