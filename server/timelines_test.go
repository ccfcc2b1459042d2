package main

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// partOf cuts the drawing and its ways in time out of a page.
func partOf(t *testing.T, page string) string {
	t.Helper()
	from, to := strings.Index(page, `<nav class="zoom"`), strings.Index(page, `<section class="take"`)
	if drawn := strings.Index(page, `<div class="drawn"`); from < 0 || drawn >= 0 && drawn < from {
		from = drawn
	}
	if from < 0 || to < from {
		t.Fatalf("nothing is drawn in\n%s", text(page))
	}
	return page[from:to]
}

func linksOf(part string) (links []string) {
	for _, m := range regexp.MustCompile(`href="(/[^"#]+)`).FindAllStringSubmatch(part, -1) {
		links = append(links, html.UnescapeString(m[1]))
	}
	return links
}

// Whichever way one goes in time, no link redirects, and what a page says it holds is
// what the data of the same query hold.
func TestZoomingATimelineLeadsToPagesThatAgreeWithTheirData(t *testing.T) {
	h := full(t)
	v := h.visitor()
	begin := []string{"/en/timeline", "/fr/timeline?q=boulanger", "/en/timeline?company=temu", "/en/timeline?wave=fr-retail-2024-09", "/fr/timeline?sector=grocery", "/en/timeline?role=regulator",
		"/en/timeline?lanes=company", "/en/timeline?after=2024&before=2024", "/en/timeline?after=2024-09", "/en/timeline?as_of=2024-09-17&company=boulanger"}
	finding := regexp.MustCompile(`id="finding" class="finding">(\d+) (?:statement|déclaration)`)
	seen := map[string]bool{}
	visit := func(path string) []string {
		if seen[path] {
			return nil
		}
		seen[path] = true
		a := v.get(path)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %s", path, a.Status, a.Header.Get("Location"))
		}
		page, query, _ := strings.Cut(path, "?")
		if !strings.HasSuffix(page, "/timeline") || strings.Contains(a.body, `<div class="empty">`) {
			return nil
		}
		query = strings.TrimSuffix(regexp.MustCompile(`lanes=[a-z]+&?`).ReplaceAllString(query, ""), "&")
		if query != "" {
			query = "?" + query
		}
		data := v.get(page + ".ndjson" + query)
		said := strings.Count(strings.TrimSpace(data.body), "\n") + 1
		if m := finding.FindStringSubmatch(a.body); m == nil || data.StatusCode != http.StatusOK || m[1] != plainCount(said) {
			t.Errorf("%s says %v; its data have %d events (%s)", path, m, said, data.Status)
		}
		return linksOf(partOf(t, a.body))
	}
	for _, path := range begin {
		fresh := !seen[path]
		next := visit(path)
		if fresh && len(next) == 0 {
			t.Errorf("%s leads nowhere", path)
		}
		for i, link := range next {
			if i%4 == 0 { // each page has dozens
				visit(link)
			}
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d pages were visited", len(seen))
	}
}

func plainCount(n int) string {
	s := ""
	for ; n > 9; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return string(rune('0'+n)) + s
}

// Lanes are of the page: the same query in another format goes on without them, and no
// link to data or feeds carries them.
func TestLanesAreOfThePageOfATimelineOnly(t *testing.T) {
	v := loaded(t).visitor()
	a := v.get("/fr/timeline?company=temu&lanes=company")
	if a.StatusCode != http.StatusOK {
		t.Fatal(a.Status)
	}
	for _, m := range regexp.MustCompile(`href="([^"]*/timeline\.[a-z]+[^"]*)"`).FindAllStringSubmatch(a.body, -1) {
		if strings.Contains(m[1], "lanes") {
			t.Errorf("the page links to %s", m[1])
		}
	}
	mustHold(t, "the page", a.body, "/fr/timeline.csv?company=temu", `href="/en/timeline?company=temu&amp;lanes=company"`)
	for _, format := range []string{"csv", "json", "rss", "ics"} {
		a := v.get("/fr/timeline." + format + "?company=temu&lanes=company")
		if want := "/fr/timeline." + format + "?company=temu"; a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != want {
			t.Errorf("%s: %s, %s", format, a.Status, a.Header.Get("Location"))
		}
	}
	for path, want := range map[string]int{
		"/fr/corrections?lanes=role":                       http.StatusBadRequest,
		"/fr/incidents?lanes=role":                         http.StatusBadRequest,
		"/fr/timeline?lanes=sector":                        http.StatusBadRequest,
		"/fr/timeline?lanes=role&q=":                       http.StatusMovedPermanently,
		"/fr/timeline?q=nobodysaysit":                      http.StatusOK,
		"/fr/timeline?after=1990&before=1991&company=temu": http.StatusOK,
	} {
		if a := v.get(path); a.StatusCode != want {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

// A timeline without events in the years asked says where there are some.
func TestAnEmptyStretchOfATimelineLeadsOut(t *testing.T) {
	v := loaded(t).visitor()
	a := v.get("/en/timeline?after=2025-12&before=2025-12&company=temu")
	mustHold(t, "the page", a.body, `<div class="empty">`, "before", "Wider", `href="/en/timeline?after=2025-11&amp;before=2025-11&amp;company=temu"`)
	if a := v.get("/en/timeline?company=temu&cursor=x"); a.StatusCode != http.StatusBadRequest {
		t.Error(a.Status)
	}
}

// The drawing stands on the first page of a list, and the other pages lead to it.
func TestTheSecondPageOfATimelineLeadsToItsDrawing(t *testing.T) {
	v := loaded(t).visitor()
	first := v.get("/en/timeline?lanes=role&limit=5")
	next := regexp.MustCompile(`href="(/en/timeline\?cursor=[^"]+)"`).FindStringSubmatch(first.body)
	if next == nil {
		t.Fatal("the list has no second page")
	}
	second := v.get(html.UnescapeString(next[1]))
	if strings.Contains(second.body, `class="plot"`) || !strings.Contains(second.body, `href="/en/timeline?lanes=role&amp;limit=5"`) || !strings.Contains(first.body, `class="plot"`) {
		t.Errorf("the second page: %s\n%s", second.Status, text(second.body)[:300])
	}
}
