package main

import (
	_ "embed"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"

	"vigie"
	"vigie/web"
)

// probe is what the proofs ask of a page.
//
//go:embed testdata/probe.js
var probe string

// probed opens a browser whose every page has the probe.
func (h *house) probed(t *testing.T, flags ...string) *window {
	w := h.browser(t, flags...)
	_, err := chromedp.Call(w.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: probe})
	w.checks("putting the probe into pages", err)
	_, err = chromedp.Call(w.ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	w.checks("giving the window the keyboard", err)
	return w
}

// asks the page some things of the probe that answer with faults.
func (w *window) asks(where string, questions ...string) {
	w.t.Helper()
	faults, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`["`+strings.Join(questions, `","`)+`"].flatMap((q) => vigieProbe[q]())`))
	w.checks(where+": "+strings.Join(questions, ", "), err)
	for _, fault := range faults {
		w.t.Errorf("%s: %s", where, fault)
	}
}

// sized gives the window a width, and so many pixels of the screen to each of its own.
func (w *window) sized(width int64, scale float64) {
	w.t.Helper()
	_, err := chromedp.Call(w.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: scale})
	w.checks("giving the window its size", err)
}

// prefers says what the visitor asked of his system.
func (w *window) prefers(pairs ...string) {
	w.t.Helper()
	p := emulation.SetEmulatedMediaParams{}
	for i := 0; i < len(pairs); i += 2 {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: pairs[i], Value: pairs[i+1]})
	}
	_, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, p)
	w.checks("saying what is preferred", err)
}

// looksWell puts a page that was opened at 1280 px to every proof that needs no other page.
func (w *window) looksWell(where string) {
	w.t.Helper()
	w.asks(where+" at 1280 px", "said", "wide", "focus", "small")
	w.sized(640, 2) // a window of 1280 px at 200 %
	w.asks(where+" at 200 %", "wide")
	w.sized(320, 1)
	w.prefers("prefers-color-scheme", "dark")
	w.asks(where+" at 320 px in the dark", "wide", "dark", "still")
	w.prefers("forced-colors", "active")
	w.asks(where+" with forced colours", "forced")
	w.prefers()
	w.sized(1280, 1)
}

// plainMain is the text of a page as it comes without JavaScript.
func plainMain(t *testing.T, body string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	main := root
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "main" {
			main = n
		}
	}
	for n := range main.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestEveryPageLooksWellInABrowser(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	w := h.probed(t)
	w.sized(1280, 1)
	for _, path := range pagesOf(vigie.French) {
		w.open(path)
		if strings.Contains(path, "?") {
			w.asks(path, "said", "wide")
			continue
		}
		if with, without := strings.Join(strings.Fields(w.says(`vigieProbe.text()`)), " "), plainMain(t, v.see(path).body); with != without && strings.Contains(v.see(path).body, "<main") {
			t.Errorf("%s says something else without JavaScript: %s", path, differ(with, without))
		}
		w.looksWell(path)
	}
	for _, path := range pagesOf(vigie.English) {
		if strings.Contains(path, "?") {
			continue
		}
		w.open(path)
		w.asks(path, "said", "wide")
		w.sized(320, 1)
		w.asks(path+" at 320 px", "wide")
		w.sized(1280, 1)
	}
}

// Who has set the browser to letters twice as large has the page of a narrow window, not a broken one.
func TestPagesKeepTheirTextWhenLettersAreTwiceAsLarge(t *testing.T) {
	h := loaded(t)
	w := h.probed(t, "blink-settings=defaultFontSize=32")
	w.sized(1280, 1)
	for _, path := range pagesOf(vigie.French) {
		if !strings.Contains(path, "?") {
			w.open(path)
			w.asks(path+" in large letters", "wide")
		}
	}
}

func TestTheDeskLooksWellInABrowser(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Temu", 2_000_000), toldOf("c2", "Truffaut", 150_000))
	if err := h.store.AddWatch(t.Context(), vigie.Watch{Kind: "feed", Address: "https://journal.example/feed", ID: "journal-example", Active: true, By: "camille", Added: h.now()}); err != nil {
		t.Fatal(err)
	}
	runs, err := h.store.Runs(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{"{candidate}": "c1", "{watch}": "journal-example"}
	if len(runs) > 0 {
		known["{run}"] = runs[0].ID
	}
	password, err := addEditor(t.Context(), h.store, "camille", true)
	if err != nil {
		t.Fatal(err)
	}
	w := h.probed(t)
	w.sized(1280, 1)
	w.open("/fr/desk/sign-in")
	w.looksWell("/fr/desk/sign-in")
	w.types("name", "camille")
	w.types("password", password)
	w.presses(`main form button`)
	for _, p := range served(deskPlaces, desk) {
		for _, path := range p.ask {
			for name, id := range known {
				path = strings.ReplaceAll(path, name, id)
			}
			if strings.Contains(path, "{") {
				continue // this house has none
			}
			w.open(web.PagePath(vigie.French, path))
			w.looksWell(path)
		}
	}
}

func TestStrangeNamesBreakNoPage(t *testing.T) {
	h := hostile(t)
	w := h.probed(t)
	for _, lang := range vigie.Langs {
		for _, path := range []string{"/", "/incidents", "/incidents/makolet-2030-05", "/incidents/bazar-2031-01", "/incidents/vide-2029", "/incidents/bazar-2031-01/history", "/timeline", "/companies", "/companies/makolet", "/corrections"} {
			w.sized(1280, 1)
			at := web.PagePath(lang, path)
			w.open(at)
			w.asks(at, "said", "wide")
			w.sized(320, 1)
			w.asks(at+" at 320 px", "wide")
		}
	}
	// A name that is read from the right stands by itself: the words around it keep their place.
	w.sized(1280, 1)
	w.open("/en/companies/makolet")
	if got := w.says(`getComputedStyle(document.querySelector("h1")).unicodeBidi + " " + document.querySelector("h1").dir + [...document.querySelectorAll("h1 *")].map((e) => e.tagName + e.dir)`); !strings.Contains(got, "plaintext") && !strings.Contains(got, "auto") && !strings.Contains(got, "isolate") && !strings.Contains(got, "BDI") {
		t.Errorf("the name of a company from the right is not set apart: %s", got)
	}
}

// Tab goes through all that can be used, in the order of the page, and out of it.
func TestTheKeyboardReachesEverythingInOrder(t *testing.T) {
	h := loaded(t)
	w := h.probed(t)
	w.sized(1280, 1)
	for _, path := range []string{"/fr/", "/fr/incidents?q=fuite", "/en/incidents/temu-2024-09", "/fr/timeline", "/en/help"} {
		w.open(path)
		all, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`vigieProbe.reachable()`))
		w.checks("what is reachable", err)
		if len(all) < 10 {
			t.Fatalf("%s has %d places to go to", path, len(all))
		}
		// A box that scrolls is a stop of its own.
		w.do("pressing Tab", chromedp.KeyEvent(strings.Repeat(kb.Tab, len(all)+len(all)/8+8)))
		walked, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`vigieProbe.walked()`))
		w.checks("where it went", err)
		next := 0
		for _, at := range walked {
			if next < len(all) && at == all[next] {
				next++
			}
		}
		if next < len(all) {
			t.Errorf("%s: after %d of %d the keyboard does not come to %s", path, next, len(all), all[next])
		}
	}
}

var pdfPage = regexp.MustCompile(`/Type\s*/Page[^s]`)

func TestPagesPrint(t *testing.T) {
	h := loaded(t)
	w := h.probed(t)
	for _, path := range []string{"/en/", "/en/incidents", "/en/incidents/temu-2024-09", "/en/incidents/boulanger-2024-09", "/en/figures", "/en/timeline", "/en/about"} {
		w.open(path)
		a4 := page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69}
		printed, err := chromedp.Call(w.ctx, page.PrintToPDF, a4)
		w.checks("printing "+path, err)
		sheets := len(pdfPage.FindAll(printed.Data, -1))
		if !strings.HasPrefix(string(printed.Data), "%PDF") || sheets == 0 {
			t.Errorf("%s prints as %d bytes, %d pages", path, len(printed.Data), sheets)
		}
		if strings.HasSuffix(path, "/temu-2024-09") && !strings.Contains(path, "embed") && sheets > 2 {
			t.Errorf("%s takes %d pages", path, sheets)
		}
	}
}

// A link into a page, the way back and a reload lead to where one was.
func TestLinksIntoPagesAndTheWayBackLeadThere(t *testing.T) {
	h := loaded(t)
	w := h.probed(t)
	w.sized(1280, 1)
	w.open("/fr/incidents?q=fuite&evidence=reported")
	asked := w.says(`location.href`)
	w.leads("opening a case", chromedp.Click(chromedp.CSS(`main .case a[href^="/fr/incidents/"]`)))
	// No page is loaded, the browser kept it: while it takes it out again, questions fail.
	_, _ = chromedp.Run(w.ctx, chromedp.Evaluate[chromedp.Void](`history.back()`))
	at := ""
	for at != asked && w.ctx.Err() == nil {
		at, _ = chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.querySelector("#q") ? location.href : ""`))
	}
	if at != asked {
		t.Errorf("the way back leads to %s, not to %s", at, asked)
	}
	if q := w.says(`document.querySelector("#q").value`); q != "fuite" {
		t.Errorf("the box says %q", q)
	}
	w.open("/fr/incidents/temu-2024-09#s2")
	if top := w.says(`Math.abs(document.getElementById("s2").getBoundingClientRect().top) < innerHeight`); top != "true" {
		t.Error("a link to a statement does not show it")
	}
	if u, err := url.Parse(asked); err != nil || u.Query().Get("evidence") != "reported" {
		t.Errorf("the filter is lost: %s", asked)
	}
}
