package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vigie"
	"vigie/db"
)

// looks gives the window a size.
func (w *window) looks(width, height int64) {
	w.t.Helper()
	_, err := chromedp.Call(w.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	w.checks(fmt.Sprintf("a screen of %d by %d", width, height), err)
}

func TestAtFirstSightACaseSaysWhatIsClaimedAnsweredUnknownAndHowSure(t *testing.T) {
	w := full(t).browser(t)
	for _, size := range []struct {
		width, height, within int64
		last                  string // on a phone the list of what is not known may end below, not begin
	}{{1440, 900, 900, ".unsaid"}, {360, 800, 2 * 800, ".unsaid li"}} {
		w.looks(size.width, size.height)
		for _, lang := range []string{"fr", "en"} {
			w.open("/" + lang + "/incidents/temu-2024-09")
			for _, part := range []string{".side-claim", ".side-answer", ".axis + .axis", size.last} {
				if bottom := w.says(`Math.round(document.querySelector("` + part + `").getBoundingClientRect().bottom) <= ` + fmt.Sprint(size.within)); bottom != "true" {
					t.Errorf("%s at %d px: %s ends at %s", lang, size.width, part, w.says(`Math.round(document.querySelector("`+part+`").getBoundingClientRect().bottom)`))
				}
			}
			if same := w.says(`(() => { const [a, b] = [...document.querySelectorAll(".side")].map(e => [e.offsetWidth, getComputedStyle(e.querySelector(".side-entry")).fontSize].join()); return a === b })()`); same != "true" {
				t.Error("the claim and the answer do not have the same width and type")
			}
		}
	}
}

func TestAUsualCaseIsPrintedOnTwoPagesWithTheAddressesOfItsSources(t *testing.T) {
	asInStyle := true
	w := full(t).browser(t)
	for _, id := range []string{"temu-2024-09", "boulanger-2024-09"} {
		for _, lang := range []string{"fr", "en"} {
			w.open("/" + lang + "/incidents/" + id)
			answer, err := chromedp.Call(w.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &asInStyle})
			w.checks("printing "+id, err)
			if pages := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(answer.Data, -1)); pages < 1 || pages > 2 {
				t.Errorf("%s in %s takes %d pages", id, lang, pages)
			}
			if shown := w.says(`(() => { const rules = [...document.styleSheets[0].cssRules].filter(r => r.media?.mediaText === "print").flatMap(r => [...r.cssRules]); return rules.some(r => r.cssText.includes("attr(href)")) })()`); shown != "true" {
				t.Error("the addresses of sources are not printed")
			}
		}
	}
}

func TestVeryLongNamesAndTextFromRightToLeftKeepTheLayout(t *testing.T) {
	h := loaded(t)
	name := strings.Repeat("Boutiquissime", 10)[:120]
	company := vigie.Company{ID: "longue", Name: name, Sector: "other"}
	if _, err := h.store.Save(t.Context(), db.Save{Company: &company, By: loader}); err != nil {
		t.Fatal(err)
	}
	text := vigie.Text{FR: "أعلن المهاجم أنه يملك ملف العملاء كاملا", EN: "طرح المهاجم الملف للبيع"}
	in := vigie.Incident{ID: "longue-2026-03", State: vigie.Published, Company: "longue", Kind: "data_breach", Checked: "2026-03-09",
		Statements: []vigie.Statement{
			{ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: strings.ToLower(name)}, Acts: []vigie.Act{vigie.OffersForSale}, On: "2026-03-01", Text: text, Sources: []string{"r1"}, Data: []string{"name"},
				Quotes: []vigie.Quote{{Text: "כל הנתונים של הלקוחות למכירה", Lang: "he", Source: "r1"}}, Figures: []vigie.Figure{{Min: 1234567890, Max: 9876543210, Unit: "customers", Qualifier: vigie.Exact}}},
			{ID: "s2", By: vigie.Speaker{Role: vigie.Respondent, Company: "longue"}, Acts: []vigie.Act{vigie.Denies}, On: "2026-03", Answers: []string{"s1"}, Text: text, Sources: []string{"r1"}, NotData: []string{"name"}},
		},
		Sources: []vigie.Source{{ID: "r1", Publisher: name, Title: name, URL: "https://example.org/" + strings.Repeat("a", 200), Seen: vigie.SeenFull}}}
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, By: loader}); err != nil {
		t.Fatal(err)
	}
	w := h.browser(t)
	for _, width := range []int64{320, 768, 1280} {
		w.looks(width, 800)
		for _, path := range []string{"/fr/incidents/longue-2026-03", "/en/incidents/longue-2026-03?as_of=2026-03-05", "/fr/incidents/longue-2026-03/history"} {
			w.open(path)
			if size, err := chromedp.Call(w.ctx, page.GetLayoutMetrics, cdp.Empty{}); err != nil || size.CSSContentSize.Width > float64(width) {
				t.Errorf("%s at %d px is %.0f px wide (%v): %s", path, width, size.CSSContentSize.Width, err, w.says(`[...document.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + "." + e.getAttribute("class")).slice(0, 6)`))
			}
			if inside := w.says(`[...document.querySelectorAll(".side *, .entry-what *, .figures th *, .figures .count, table.data *")].filter(e => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1).length`); inside != "0" {
				t.Errorf("%s at %d px: %s things are cut at the side", path, width, inside)
			}
		}
	}
	w.open("/fr/incidents/longue-2026-03")
	if dir := w.says(`getComputedStyle(document.querySelector("#s1 .entry-what > p")).direction + getComputedStyle(document.querySelector("#s1 blockquote")).direction + getComputedStyle(document.querySelector("#s1 .terms")).direction`); dir != "rtlrtlltr" {
		t.Errorf("the directions of text, quote and terms are %s", dir)
	}
}

func TestACaseIsWalkedInTimeByLinksWithoutJavaScript(t *testing.T) {
	w := full(t).browser(t)
	_, err := chromedp.Call(w.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	w.checks("without JavaScript", err)
	w.open("/en/incidents/temu-2024-09?as_of=2024-09-16")
	says := func(words ...string) {
		t.Helper()
		shown, err := chromedp.Run(w.ctx, chromedp.Text(chromedp.CSS("main")))
		w.checks("reading", err)
		for _, word := range words {
			if !strings.Contains(plainly(shown), word) {
				t.Errorf("the page does not say %q\n%s", word, shown)
			}
		}
	}
	says("What the public could know: 16 September 2024.", "No statement is recorded.", "Next: 17 September 2024")
	w.presses(`.walk a[rel=next]`)
	says("What the public could know: 17 September 2024.", "Alleged", "Denies", "Next: September 2024")
	w.presses(`.walk a[rel=next]`)
	says("Reported", "Before: 17 September 2024")
	w.presses(`.steps li:first-child a`)
	says("What the public could know: 17 September 2024.")
}

// The first load of a case is what a browser fetches for it, gzipped as it is sent.
func TestTheFirstLoadOfACaseWeighsLessThan60KB(t *testing.T) {
	h := loaded(t)
	weigh := func(path string) (gzipped int, body []byte) {
		t.Helper()
		answer, err := http.Get(h.base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if body, err = io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", path, answer.Status, err)
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(body)
		z.Close()
		return min(b.Len(), len(body)), body
	}
	total, html := weigh("/fr/incidents/temu-2024-09")
	parts := regexp.MustCompile(`(?:<link rel="(?:stylesheet|icon)" href|<(?:script|img)[^>]* src)="(/[^"]+)"`).FindAllSubmatch(html, -1)
	if len(parts) < 3 {
		t.Fatalf("the page loads %q: a style, a script and an icon were expected", parts)
	}
	for _, part := range parts {
		bytes, _ := weigh(string(part[1]))
		t.Logf("%s: %d", part[1], bytes)
		total += bytes
	}
	if t.Logf("in all: %d", total); total >= 60_000 {
		t.Errorf("the first load weighs %d bytes", total)
	}
}
