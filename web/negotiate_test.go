package web

import "testing"

func TestNegotiationGivesWhatTheClientLikesBest(t *testing.T) {
	for _, c := range []struct {
		accept string
		of     Surface
		want   string // "" is 406
	}{
		{"", IncidentsSurface, "html"},
		{"*/*", IncidentsSurface, "html"},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", IncidentsSurface, "html"}, // a browser
		{"application/json", IncidentsSurface, "json"},
		{"application/*", IncidentsSurface, "json"},
		{"application/rss+xml, application/atom+xml;q=0.9", TimelineSurface, "rss"},
		{"application/rss+xml;q=0.5, application/atom+xml;q=0.9", TimelineSurface, "atom"},
		{"application/feed+json", TimelineSurface, "jsonfeed"},
		{"APPLICATION/JSON; Q=1", IncidentSurface, "json"},
		{"text/html;q=0, */*;q=0.1", IncidentsSurface, "json"},                    // the specific range decides
		{"application/*;q=0.9, application/json;q=0", IncidentsSurface, "ndjson"}, // json refused, the rest taken
		{"text/html; charset=utf-8", IncidentsSurface, "html"},
		{"text/html; charset=latin1", IncidentsSurface, ""},
		{"image/png", IncidentsSurface, ""},
		{"application/json;q=0", IncidentsSurface, ""},
		{"application/rss+xml", IncidentSurface, "rss"}, // the feed of a case is its timeline
		{"application/json;q=2, application/atom+xml;q=0.1", TimelineSurface, "atom"},
		{`text/x; a="b, application/json", application/json`, IncidentsSurface, "json"},
		{"rubbish", IncidentsSurface, ""},
		{" , ,", IncidentsSurface, ""},
	} {
		f, ok := Negotiate(c.accept, c.of)
		if f.Name != c.want || ok != (c.want != "") {
			t.Errorf("Accept %q of %s gives %q, not %q", c.accept, c.of, f.Name, c.want)
		}
	}
}

func FuzzNegotiationNeverGivesWhatItDoesNotServe(f *testing.F) {
	f.Add(`text/html;q=0.5, "a,b`, "incidents")
	f.Add(`*/*;q=NaN`, "incident")
	f.Fuzz(func(t *testing.T, accept, of string) {
		if format, ok := Negotiate(accept, Surface(of)); ok && !format.Serves(Surface(of)) {
			t.Errorf("%q of %q gives %s", accept, of, format.Name)
		}
	})
}
