package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vigie"
)

// loads are the addresses that a page makes a browser fetch: styles, scripts, images, marks.
func loads(t *testing.T, base, page string) (out []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		a := map[string]string{}
		for _, x := range n.Attr {
			a[x.Key] = x.Val
		}
		ref := a["src"]
		if n.Data == "link" && (a["rel"] == "stylesheet" || strings.Contains(a["rel"], "icon") || strings.Contains(a["rel"], "preload")) {
			ref = a["href"]
		}
		if n.Type != html.ElementNode || ref == "" || strings.HasPrefix(ref, "data:") {
			continue
		}
		u, err := at.Parse(ref)
		if err != nil || u.Host != at.Host {
			t.Errorf("%s loads %s, which is not ours", base, ref)
			continue
		}
		out = append(out, u.String())
	}
	return out
}

// The first visit, on the whole shipped record: the page and all that it names, as it goes
// over the wire to who takes gzip.
func TestAFirstVisitIsLight(t *testing.T) {
	h := full(t)
	heaviest := ""
	most := 0
	for _, lang := range vigie.Langs {
		for _, path := range pagesOf(lang) {
			limit := 100_000
			if strings.Contains(path, "/incidents/") {
				limit = 60_000
			}
			res, body := asItComes(t, h.base+path, "Accept-Encoding", "gzip")
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s: %s", path, res.Status)
				continue
			}
			sum, parts := len(body), ""
			_, page := asItComes(t, h.base+path)
			for _, address := range loads(t, h.base+path, string(page)) {
				res, body := asItComes(t, address, "Accept-Encoding", "gzip")
				if res.StatusCode != http.StatusOK {
					t.Errorf("%s names %s: %s", path, address, res.Status)
				}
				if res.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
					t.Errorf("%s is fetched at each visit", address)
				}
				sum += len(body)
				parts += " + " + strings.TrimPrefix(address, h.base)
			}
			if parts == "" {
				t.Errorf("%s names no stylesheet", path)
			}
			if sum > limit {
				t.Errorf("%s%s: %d bytes, more than %d", path, parts, sum, limit)
			}
			if sum > most {
				most, heaviest = sum, path
			}
		}
	}
	t.Logf("the heaviest is %s: %d bytes", heaviest, most)
}
