package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vigie"
	"vigie/db"
	"vigie/web"
)

func TestOnlyCardsMayStandInFramesOfOthers(t *testing.T) {
	v := loaded(t).visitor()
	for _, path := range []string{"/fr/", "/fr/incidents/temu-2024-09", "/fr/incidents/temu-2024-09/reply", "/fr/desk", "/fr/about", "/fr/figures", "/incidents.json", "/nowhere", "/embed", "/fr/embedded/x", "/oembed", "/fr/incidents/embed/x", "/static/x"} {
		h := v.get(path).Header
		if policy := h.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") || h.Get("Cross-Origin-Opener-Policy") != "same-origin" || h.Get("Cross-Origin-Resource-Policy") != "" {
			t.Errorf("%s: %v", path, h)
		}
	}
	for path, status := range map[string]int{"/fr/embed/incidents/temu-2024-09": 200, "/en/embed/incidents/temu-2024-09?version=1": 200, "/en/embed/figures/cases": 200, "/en/embed/figures/none": 404, "/fr/embed/incidents/nothing": 404, "/fr/embed/nothing": 404, "/fr/embed/incidents/temu-2024-09?x=1": 400, "/fr/embed/incidents/temu-2024-09.json": 404} {
		a := v.get(path)
		if a.StatusCode != status {
			t.Errorf("%s: %s", path, a.Status)
		}
		if policy := a.Header.Get("Content-Security-Policy"); policy != "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *" {
			t.Errorf("%s: %s", path, policy)
		}
		if a.Header.Get("Set-Cookie") != "" || strings.Contains(a.body, "<script") || strings.Contains(a.body, "masthead") || !strings.HasSuffix(path, ".json") && !strings.Contains(a.body, `<meta name="robots" content="noindex">`) {
			t.Errorf("%s has a cookie, a script, the site around it, or may be indexed", path)
		}
	}
}

func TestACardSetsTheClaimAgainstTheAnswerAndSaysOfWhichDayItIs(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	a := v.see("/fr/embed/incidents/temu-2024-09")
	mustHold(t, "the card", text(a.body), "Temu : fuite de données alléguée, démentie", "87 millions d’enregistrements selon le vendeur", "Rapporté", "Dément", "Ce qui est dit", "Ce que répond Temu", "dossier au "+vigie.Date(vigie.DayOf(v.revisedAt("temu-2024-09"))).In(vigie.French), "CC BY 4.0")
	for _, want := range []string{`<link rel="canonical" href="` + h.base + `/fr/incidents/temu-2024-09">`, `href="/fr/incidents/temu-2024-09" target="_top" rel="noopener"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the card has no %s", want)
		}
	}
	if strings.Contains(a.body, "smokinthashit") {
		t.Error("a card names an attacker by his alias")
	}
	then := text(v.see("/en/embed/incidents/temu-2024-09?as_of=2024-09-16").body)
	mustHold(t, "the card of that day", then, "As the public could know it on 16 September 2024", "nothing known to Vigie at that date")
	if strings.Contains(then, "denies") {
		t.Errorf("the card of the 16th knows the denial of the 17th:\n%s", then)
	}
	mustHold(t, "the card of a version", text(v.see("/en/embed/incidents/temu-2024-09?version=1").body), "Version 1 of the case, fixed")
	// Known from an address alone, its answer moves nothing, and a card has no room to say so.
	mustHold(t, "the card of Truffaut", text(v.see("/en/embed/incidents/truffaut-2024-09").body), "Vigie knows of no statement by Truffaut")

	if again := v.get("/fr/embed/incidents/temu-2024-09", "If-None-Match", a.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %s", again.Status)
	}
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.Statements[0].Figures[0].Min, in.Statements[0].Figures[0].Max = 99, 99 })
	fresh := v.get("/fr/embed/incidents/temu-2024-09", "If-None-Match", a.Header.Get("ETag"))
	if fresh.StatusCode != http.StatusOK || !strings.Contains(fresh.body, "99") {
		t.Errorf("after the case changed: %s", fresh.Status)
	}
}

func TestWhatWasWithdrawnLeavesACardAndADraftLeavesNone(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.State, in.Reason = vigie.Retracted, "A list without a source." })
	a := v.get("/en/embed/incidents/temu-2024-09")
	if a.StatusCode != http.StatusGone || strings.Contains(a.body, "million") {
		t.Errorf("a withdrawn case: %s", a.Status)
	}
	mustHold(t, "its card", text(a.body), "A list without a source.")
	h.keeps("truffaut-2024-09", func(in *vigie.Incident) {
		in.State, in.MergedInto, in.Reason = vigie.Merged, "cultura-2024-09", "One attack."
	})
	if a := v.get("/en/embed/incidents/truffaut-2024-09"); a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != "/en/embed/incidents/cultura-2024-09" {
		t.Errorf("a merged case: %s to %s", a.Status, a.Header.Get("Location"))
	}
	draft := h.draft("cultura-2024-09").Incident
	draft.ID, draft.State, draft.Wave = "cultura-2031-01", vigie.Draft, ""
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &draft, By: loader}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/en/embed/incidents/cultura-2031-01", "/oembed?url=" + url.QueryEscape(h.base+"/en/incidents/cultura-2031-01"), "/en/incidents/cultura-2031-01/reply"} {
		if a := v.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s of a draft: %s", path, a.Status)
		}
	}
}

func TestOEmbedGivesTheFrameOfACard(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	ask := func(address, more string) answer { return v.get("/oembed?url=" + url.QueryEscape(address) + more) }
	for address, src := range map[string]string{
		h.base + "/fr/incidents/temu-2024-09":                 "/fr/embed/incidents/temu-2024-09",
		h.base + "/en/incidents/temu-2024-09?version=1":       "/en/embed/incidents/temu-2024-09?version=1",
		h.base + "/en/embed/incidents/temu-2024-09":           "/en/embed/incidents/temu-2024-09",
		h.base + "/incidents/temu-2024-09":                    "/fr/embed/incidents/temu-2024-09",
		h.base + "/en/figures?sector=marketplace#chart-cases": "/en/embed/figures/cases?sector=marketplace",
		h.base + "/en/figures/cases.svg?sector=marketplace":   "/en/embed/figures/cases?sector=marketplace",
	} {
		a := ask(address, "&format=json&dnt=1&maxwidth=400&maxheight=300")
		var o web.OEmbed
		if err := json.Unmarshal([]byte(a.body), &o); err != nil || a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") {
			t.Errorf("%s: %s %v", address, a.Status, err)
			continue
		}
		if o.Version != "1.0" || o.Type != "rich" || o.Title == "" || o.Width != 400 || o.Height != 300 || !strings.Contains(o.HTML, `src="`+h.base+src+`"`) || !strings.Contains(o.HTML, `width="400" height="300"`) {
			t.Errorf("%s: %+v", address, o)
		}
		if a := v.get(src); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", src, a.Status)
		}
	}
	temu := h.base + "/fr/incidents/temu-2024-09"
	for more, status := range map[string]int{"&format=xml": 501, "&maxwidth=x": 400, "&maxwidth=-1": 400, "&maxwidth=100000": 200} {
		a := ask(temu, more)
		if a.StatusCode != status || status != 200 && !strings.HasPrefix(a.Header.Get("Content-Type"), web.ProblemMIME) {
			t.Errorf("%s: %s %s", more, a.Status, a.Header.Get("Content-Type"))
		}
	}
	for _, address := range []string{"https://elsewhere.example/fr/incidents/temu-2024-09", "http://elsewhere.example/fr/incidents/temu-2024-09", h.base + "/fr/incidents/nothing", h.base + "/fr/about", h.base + "/fr/incidents", h.base + "/fr/incidents/temu-2024-09/history", h.base + "/fr/incidents/temu-2024-09?x=1", "%zz", "//"} {
		if a := ask(address, ""); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", address, a.Status)
		}
	}
	if a := v.get("/oembed"); a.StatusCode != http.StatusBadRequest {
		t.Errorf("without url: %s", a.Status)
	}
	link := regexp.MustCompile(`<link rel="alternate" type="application/json\+oembed" href="([^"]+)"`).FindStringSubmatch(v.see("/fr/incidents/temu-2024-09").body)
	if link == nil {
		t.Fatal("the case does not say where its card is told of")
	}
	if a := v.get(strings.TrimPrefix(strings.ReplaceAll(link[1], "&amp;", "&"), h.base)); a.StatusCode != http.StatusOK || !strings.Contains(a.body, "/fr/embed/incidents/temu-2024-09") {
		t.Errorf("%s: %s", link[1], a.Status)
	}
}

func TestAHostileHeadlineStaysTextInACardAndInItsFrame(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	const evil = `"><script>alert(1)</script>`
	in := h.draft("temu-2024-09").Incident
	now := in.Standing("")
	in.Title = &vigie.Title{Text: vigie.Text{FR: evil, EN: evil}, Evidence: now.Evidence, Position: now.Position}
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 1, By: loader}); err != nil {
		t.Fatal(err)
	}
	if a := v.see("/en/embed/incidents/temu-2024-09"); strings.Contains(a.body, "<script") {
		t.Error("markup in the card")
	}
	var o web.OEmbed
	if err := json.Unmarshal([]byte(v.get("/oembed?url="+url.QueryEscape(h.base+"/en/incidents/temu-2024-09")).body), &o); err != nil || strings.Contains(o.HTML, "<script") {
		t.Errorf("markup in the frame: %s %v", o.HTML, err)
	}
	snippet := formOfArea(v.see("/en/incidents/temu-2024-09").body)
	if !strings.Contains(snippet, "&amp;lt;script") || strings.Contains(snippet, "<script") {
		t.Errorf("markup in what is to be pasted: %s", snippet)
	}
}

// formOfArea is what stands in the first textarea of a page, as it is written.
func formOfArea(page string) string {
	_, rest, _ := strings.Cut(page, "<textarea")
	area, _, _ := strings.Cut(rest, "</textarea>")
	return area
}

func TestAPageOfAnotherSiteShowsACardAndNotTheCase(t *testing.T) {
	h := loaded(t)
	paper := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/isolated" {
			w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
			w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		}
		path := "/en/embed/incidents/temu-2024-09"
		if r.URL.Path == "/case" {
			path = "/en/incidents/temu-2024-09"
		}
		fmt.Fprintf(w, `<!doctype html><title>An article</title><iframe src="%s%s" title="Temu" width="720" height="440"></iframe>`, h.base, path)
	}))
	t.Cleanup(paper.Close)
	w := h.browser(t)
	// What the frame shows is asked of the browser: to the article it is another site's.
	for path, want := range map[string]string{"/article": h.base + "/en/embed/incidents/temu-2024-09", "/isolated": h.base + "/en/embed/incidents/temu-2024-09", "/case": "chrome-error://chromewebdata/"} {
		w.do("opening the article", chromedp.Navigate(paper.URL+path))
		tree, err := chromedp.Call(w.ctx, page.GetFrameTree, cdp.Empty{})
		w.checks("listing the frames", err)
		if frames := tree.FrameTree.ChildFrames; len(frames) != 1 || frames[0].Frame.URL != want {
			t.Errorf("%s: the frame shows %+v", path, frames)
		}
	}
}
