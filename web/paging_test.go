package web

import (
	"testing"

	"vigie"
)

func TestTheLinkHeaderNamesEveryPageTheHubAndItself(t *testing.T) {
	c := Context{
		Self: "https://vigie.example/timeline.atom?cursor=b", HTML: "https://vigie.example/fr/timeline", FirstURL: "https://vigie.example/timeline.atom",
		PrevURL: "https://vigie.example/timeline.atom?cursor=a", NextURL: "https://vigie.example/timeline.atom?cursor=c", Hub: "https://hub.example/", Lang: vigie.French,
	}
	atom, _ := FormatNamed("atom")
	want := `<https://vigie.example/timeline.atom>; rel="first", <https://vigie.example/timeline.atom?cursor=a>; rel="prev", ` +
		`<https://vigie.example/timeline.atom?cursor=c>; rel="next", <https://hub.example/>; rel="hub", <https://vigie.example/timeline.atom?cursor=b>; rel="self", ` +
		`<https://vigie.example/fr/timeline>; rel="alternate"; type="text/html"; hreflang="fr"`
	if got := LinkHeader(c.Relations(atom)); got != want {
		t.Errorf("feed:\n%s\nnot\n%s", got, want)
	}
	html, _ := FormatNamed("html")
	if got := LinkHeader(Context{Hub: "https://hub.example/", Self: "https://vigie.example/", HTML: "x"}.Relations(html)); got != "" {
		t.Errorf("a page is no feed: %s", got)
	}
}

func TestNothingTypedInAQueryEndsTheLinkHeader(t *testing.T) {
	got := LinkHeader([]Relation{{Href: "https://vigie.example/incidents?q=a>; rel=\"x\"\r\nSet-Cookie: é,b%20c", Rel: "next"}})
	want := `<https://vigie.example/incidents?q=a%3E;%20rel=%22x%22%0D%0ASet-Cookie:%20%C3%A9,b%20c>; rel="next"`
	if got != want {
		t.Errorf("%s", got)
	}
}
