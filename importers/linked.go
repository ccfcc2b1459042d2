package importers

import (
	"cmp"
	"net/url"
	"strings"

	"vigie"
	"vigie/importers/reading"
)

// posts are the sites where anyone posts.
var posts = []string{"twitter.com", "x.com", "facebook.com", "reddit.com", "t.me", "linkedin.com", "youtube.com", "instagram.com", "breachforums.st", "breachforums.is", "breached.to", "raidforums.com"}

// linked is the source at an address that upstream only points at: who publishes
// it is known by its site, and nothing of it was read.
func (e *entry) linked(lexicon *reading.Lexicon, address string) vigie.Source {
	src := vigie.Source{URL: strings.TrimSpace(address), Seen: vigie.SeenAddress}
	u, err := url.Parse(src.URL)
	if err != nil || u.Host == "" {
		return src
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	src.Publisher = host
	if archived := wayback(src.URL); archived != "" { // who wrote it, not who keeps the copy
		if a, err := url.Parse(archived); err == nil && a.Host != "" {
			host = strings.TrimPrefix(strings.ToLower(a.Hostname()), "www.")
			src.Publisher = host
		}
	}
	if o, ok := ofDomain(lexicon, host); ok && o.Press {
		src.Publisher, src.Kind = o.Name, "article"
	}
	for _, p := range posts {
		if sameSite(host, p) {
			src.Kind = "post"
		}
	}
	src.Publisher = cmp.Or(src.Publisher, u.Host)
	return src
}

// wayback is the address that a copy in the Internet Archive is of.
func wayback(address string) string {
	_, rest, found := strings.Cut(address, "web.archive.org/web/")
	if !found {
		return ""
	}
	_, original, found := strings.Cut(rest, "/")
	if !found || !strings.HasPrefix(original, "http") {
		return ""
	}
	return original
}
