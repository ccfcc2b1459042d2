package main

import (
	"regexp"
	"strings"
	"testing"
)

func TestTheAddressOfACategorySchemeIsAPlaceOnThePageAboutVigie(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	about := map[string]string{"fr": v.see("/fr/about").body, "en": v.see("/en/about").body}
	seen := map[string]bool{}
	for _, feed := range []string{"/incidents.atom", "/timeline.atom", "/incidents.rss", "/timeline.rss"} {
		for _, m := range regexp.MustCompile(`(?:scheme|domain)="[^"]*/about#([a-z_]+)"`).FindAllStringSubmatch(v.see(feed).body, -1) {
			if seen[m[1]] {
				continue
			}
			seen[m[1]] = true
			for lang, page := range about {
				if !strings.Contains(page, `id="`+m[1]+`"`) {
					t.Errorf("%s: %s is not on the page in %s", feed, m[1], lang)
				}
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d schemes", len(seen))
	}
}
