package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vigie"
	"vigie/db"
)

// browserTime bounds a whole story: a machine that runs other things is slow.
const browserTime = 3 * time.Minute

// window is a tab of a real browser at a house.
type window struct {
	*house
	t   *testing.T
	ctx context.Context
}

// browser opens Chromium with a profile of its own; flags are more of its own, name or name=value.
func (h *house) browser(t *testing.T, flags ...string) *window {
	t.Helper()
	binary := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			binary = path
			break
		}
	}
	if binary == "" {
		t.Skip("Chromium is not installed here: a browser is needed to prove what it does")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(binary), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 1000)}
	for _, flag := range []string{"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage", "force-prefers-reduced-motion"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	for _, flag := range flags {
		name, value, _ := strings.Cut(flag, "=")
		options = append(options, chromedp.Flag(name, value))
	}
	ctx, stop := context.WithTimeout(t.Context(), browserTime)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return &window{h, t, ctx}
}

// another opens a second tab of the same browser.
func (w *window) another() *window {
	ctx, stop := chromedp.NewContext(w.ctx)
	w.t.Cleanup(stop)
	return &window{w.house, w.t, ctx}
}

func (w *window) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	w.checks(what, chromedp.Do(w.ctx, steps...))
}

func (w *window) checks(what string, err error) {
	w.t.Helper()
	if err == nil {
		return
	}
	ctx, stop := context.WithTimeout(w.ctx, 5*time.Second)
	defer stop()
	at, _ := chromedp.Run(ctx, chromedp.Location())
	shown, _ := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("body")))
	w.t.Fatalf("%s: %v\nat %s\n%s", what, err, at, shown)
}

func (w *window) open(path string) {
	w.t.Helper()
	w.do("opening "+path, chromedp.Navigate(w.base+path))
}

// field is the selector of a field of a form by its name.
func field(name string) chromedp.CSS {
	return chromedp.CSS(fmt.Sprintf(`[name="%s"]:not([type="hidden"])`, name))
}

// types writes into a field as a person does, in the place of what was there.
func (w *window) types(name, value string) {
	w.t.Helper()
	w.do("typing into "+name, chromedp.Focus(field(name)), chromedp.Evaluate[chromedp.Void](`document.activeElement.select()`), chromedp.SendKeys(field(name), kb.Delete+value))
}

// chooses takes a value of a list.
func (w *window) chooses(name, value string) {
	w.t.Helper()
	w.do("choosing "+value+" for "+name, chromedp.SetValue(field(name), value),
		chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).dispatchEvent(new Event("input", {bubbles: true}))`, string(field(name)))))
}

// ticks presses a box.
func (w *window) ticks(name, value string) {
	w.t.Helper()
	w.do("ticking "+value+" of "+name, chromedp.Click(chromedp.CSS(fmt.Sprintf(`[name="%s"][value="%s"]`, name, value))))
}

// works presses a button of the ledger, and waits until the keyboard is where it leads.
func (w *window) works(selector chromedp.CSS, focus string) {
	w.t.Helper()
	w.do("pressing "+string(selector), chromedp.Click(selector))
	w.stands(focus)
}

// stands waits until the keyboard is in a field.
func (w *window) stands(name string) {
	w.t.Helper()
	_, err := chromedp.Run(w.ctx, chromedp.Poll[bool](fmt.Sprintf(`document.activeElement?.name === %q && !document.querySelector("form[aria-busy]")`, name), chromedp.WithPollingTimeout(20*time.Second)))
	w.checks("waiting for the keyboard in "+name, err)
}

// presses a button that leads to another page, and waits for it.
func (w *window) presses(selector chromedp.CSS) {
	w.t.Helper()
	w.leads("pressing "+string(selector), chromedp.Click(selector))
}

// leads does what leads to another page, and waits for it.
func (w *window) leads(what string, trigger chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	_, err := chromedp.Run(w.ctx, chromedp.WaitEvent(page.LoadEventFired, nil, trigger))
	w.checks(what, err)
}

// sees waits until a place of the page says something.
func (w *window) sees(place string, words ...string) {
	w.t.Helper()
	for _, word := range words {
		_, err := chromedp.Run(w.ctx, chromedp.Poll[bool](fmt.Sprintf(`document.querySelector(%q)?.textContent.includes(%q)`, place, word), chromedp.WithPollingTimeout(20*time.Second)))
		w.checks(fmt.Sprintf("waiting for %s to say %q", place, word), err)
	}
}

func (w *window) says(expression string) string {
	w.t.Helper()
	value, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`String(`+expression+`)`))
	w.checks("asking "+expression, err)
	return value
}

func (w *window) signsIn(name, password string) {
	w.t.Helper()
	w.open("/en/desk/sign-in")
	w.types("name", name)
	w.types("password", password)
	w.presses(`main form button`)
}

// keeper is a window in which a new editor has signed in, and the password.
func (h *house) keeper(t *testing.T, name string) (*window, string) {
	t.Helper()
	password, err := addEditor(t.Context(), h.store, name, false)
	if err != nil {
		t.Fatal(err)
	}
	w := h.browser(t)
	w.signsIn(name, password)
	return w, password
}

func TestAKeeperRecordsADenialInABrowser(t *testing.T) {
	h := loaded(t)
	password, err := addEditor(t.Context(), h.store, "camille", false)
	if err != nil {
		t.Fatal(err)
	}
	reader := h.visitor()
	before := reader.told()
	w := h.browser(t)
	w.signsIn("camille", password)

	// The claim, of an uncertain day.
	w.open("/en/desk/new")
	w.types("new_company", "Outilor")
	w.chooses("kind", "data_breach")
	w.works(`button[value="rows:statements"]`, "statements.0.on")
	w.chooses("statements.0.by.role", "attacker")
	w.types("statements.0.on", "2026-03-01/2026-03-03")
	w.ticks("statements.0.acts", "offers_for_sale")
	w.types("statements.0.text.fr", "Un vendeur propose un fichier de clients.")
	w.types("statements.0.text.en", "A seller offers a file of customers.")
	w.ticks("statements.0.sources", "r1")
	w.chooses("statements.0.figures.0.qualifier", "exact")
	w.types("statements.0.figures.0.min", "120 000")
	w.types("statements.0.figures.0.max", "120000")
	w.chooses("statements.0.figures.0.unit", "customers")
	w.types("sources.0.publisher", "La Gazette des essais")
	w.types("sources.0.title", "Un fichier de clients en vente")
	w.chooses("sources.0.seen", "full")
	w.sees("#preview", "Outilor", "alleged", "no statement known", "Nothing: a draft is shown to nobody.")

	// The denial, of which only the month is known, read in two places.
	w.works(`button[value="rows:statements"]`, "statements.1.on")
	w.works(`button[value="rows:sources"]`, "sources.1.url")
	w.types("sources.1.publisher", "Outilor")
	w.types("sources.1.title", "Communiqué")
	w.chooses("sources.1.seen", "excerpt")
	w.chooses("statements.1.by.role", "company")
	w.types("statements.1.by.company", "outilor")
	w.types("statements.1.on", "2026-03")
	w.types("statements.1.text.fr", "Dément toute fuite.")
	w.types("statements.1.text.en", "Denies any leak.")
	w.ticks("statements.1.sources", "r1")
	w.ticks("statements.1.sources", "r2")
	w.do("opening the links", chromedp.Click(chromedp.CSS(`[id="statements.1.answers"] > summary`)))
	w.ticks("statements.1.answers", "s1")
	w.types("statements.1.quotes.0.text", "les données proposées à la vente ne proviennent pas de nos systèmes")
	w.types("statements.1.quotes.0.lang", "fr")
	w.chooses("statements.1.quotes.0.source", "r2")
	w.ticks("statements.1.acts", "denies")
	w.sees("#preview", "denies", "Rule P1", "120,000 customers")

	// The browser is closed before anything was saved: what was typed is offered again.
	again := w.another()
	again.open("/en/desk/new")
	again.sees(".kept", "This browser kept a text")
	again.presses(`.kept button`)
	if got := again.says(`document.querySelector('[name="statements.1.quotes.0.text"]').value`); got != "les données proposées à la vente ne proviennent pas de nos systèmes" {
		t.Fatalf("the draft comes back with %q", got)
	}
	w = again

	w.chooses("state", "published")
	w.sees("#preview", "2 things told to readers", "Outilor denies")
	w.types("note", "The claim and its denial.")
	w.presses(`.save button[value="save"]`)
	const id = "outilor-2026-03"
	if at := w.says(`location.pathname + location.search`); at != "/en/desk/incidents/"+id+"?saved=1" {
		t.Fatalf("after the save the browser is at %s\n%s", at, w.says(`document.querySelector("main").innerText`))
	}
	if kept := w.says(`Object.keys(localStorage).length + location.hash`); kept != "0" {
		t.Errorf("after the save the browser still keeps a draft: %s", kept)
	}
	record := h.draft(id)
	s1, s2 := record.Statements[0], record.Statements[1]
	if s1.On != "2026-03-01/2026-03-03" || s2.On != "2026-03" || len(s2.Sources) != 2 || len(s2.Quotes) != 1 || s2.Quotes[0].Source != "r2" || s1.Figures[0].Max != 120000 {
		t.Errorf("what was typed became %+v", record.Incident)
	}
	if record.Derived.Standing.Position != vigie.DeniesIt {
		t.Errorf("position %s", record.Derived.Standing.Position)
	}
	w.presses(`.saved a`)
	w.sees("main", "March 2026", "ne proviennent pas de nos systèmes")
	if told := news(before, reader.told()); len(told) != 2 {
		t.Errorf("the feed tells %q", told)
	}

	// Corrected: the preview says that readers will hear of it. What was begun on an older
	// version is offered still, and dropped with the save.
	before = reader.told()
	w.do("leaving an older draft", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`localStorage.setItem("vigie draft camille /desk/incidents/%s 0", JSON.stringify({at: Date.now(), base: "0", fields: [["note", "older"]]}))`, id)))
	w.open("/en/desk/incidents/" + id)
	w.sees(".kept", "begun on version 0")
	w.do("opening the claim", chromedp.Click(chromedp.CSS(`[id="statements.0"] > summary`)))
	w.types("statements.0.figures.0.min", "130000")
	w.types("statements.0.figures.0.max", "130000")
	w.sees("#preview", "1 thing told to readers", "correction", "130,000 customers")
	w.types("note", "The seller said 130,000.")
	w.presses(`.save button[value="save"]`)
	w.sees(".saved", "Version 2 is saved.", "Undo this save")
	w.sees("#statements", "130,000")
	if told := news(before, reader.told()); len(told) != 1 {
		t.Errorf("the correction is told as %q", told)
	}
	if kept := w.says(`Object.keys(localStorage).length`); kept != "0" {
		t.Errorf("after the second save the browser keeps %s drafts", kept)
	}

	// Restored, with a reason.
	w.open("/en/desk/incidents/" + id + "/actions")
	w.chooses("version", "1")
	w.do("giving a reason", chromedp.SendKeys(chromedp.CSS("#note-restore"), "The first count was right."))
	w.presses("#restore button")
	w.sees("main", "120,000")
	if now := h.draft(id); now.Derived.Version != 3 || now.Statements[0].Figures[0].Min != 120000 {
		t.Errorf("restored: version %d, %+v", now.Derived.Version, now.Statements[0].Figures)
	}

	// One key in the list of what waits: the first time it goes to the oldest, then it notes it.
	stale := h.draft("temu-2024-09").Incident
	stale.Checked = "2025-01-31"
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &stale, Base: 1, By: loader}); err != nil {
		t.Fatal(err)
	}
	before = reader.told()
	w.open("/en/desk/care")
	w.do("pressing c", chromedp.KeyEvent("c"))
	oldest := w.says(`document.activeElement.closest("tr").querySelector(".small").textContent`)
	w.leads("pressing c again", chromedp.KeyEvent("c"))
	if now := h.draft(oldest); string(now.Checked) != nowDay() || w.says(`location.pathname`) != "/en/desk/care" {
		t.Errorf("after the key in the list: %s checked %s, at %s", oldest, now.Checked, w.says(`location.pathname`))
	}
	if told := news(before, reader.told()); len(told) != 0 {
		t.Errorf("readers were told %q", told)
	}

	// One key, on the case at the desk: checked today.
	w.open("/en/desk/incidents/" + id)
	w.leads("pressing c", chromedp.KeyEvent("c"))
	if now := h.draft(id); now.Derived.Version != 4 || string(now.Checked) != nowDay() {
		t.Errorf("after the key: version %d, checked %s", now.Derived.Version, now.Checked)
	}
	h.sound()
}

func TestPagesWorkWithoutJavaScriptAndAreNotWiderThanASmallScreen(t *testing.T) {
	h := full(t)
	w := h.browser(t)
	for _, call := range []func() error{
		func() error {
			_, err := chromedp.Call(w.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			return err
		},
		func() error {
			_, err := chromedp.Call(w.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 320, Height: 640, DeviceScaleFactor: 1, Mobile: true})
			return err
		},
	} {
		w.checks("a small screen without JavaScript", call())
	}
	shows := func(what string, words ...string) {
		t.Helper()
		shown, err := chromedp.Run(w.ctx, chromedp.Text(chromedp.CSS("main")))
		w.checks("reading "+what, err)
		for _, word := range words {
			if !strings.Contains(plainly(shown), word) {
				t.Errorf("%s does not say %q\n%s", what, word, shown)
			}
		}
		size, err := chromedp.Call(w.ctx, page.GetLayoutMetrics, cdp.Empty{})
		w.checks("measuring "+what, err)
		if width := size.CSSContentSize.Width; width > 320 {
			t.Errorf("%s is %.0f px wide", what, width)
		}
	}
	w.open("/fr/")
	shows("the front page", "Qui a dit quoi")
	w.open("/fr/timeline")
	shows("the timeline", "Chronologie")
	w.open("/fr/incidents")
	w.leads("searching", chromedp.SendKeys(chromedp.CSS("#q"), "temu"+kb.Enter))
	shows("the answer", "Temu")
	w.presses(`main .case a[href="/fr/incidents/temu-2024-09"]`)
	shows("the case", "87 millions", "dément")

	password, err := addEditor(t.Context(), h.store, "camille", true)
	if err != nil {
		t.Fatal(err)
	}
	w.open("/fr/desk/sign-in")
	w.do("giving a name", chromedp.SendKeys(chromedp.CSS("[name=name]"), "camille"))
	w.leads("signing in", chromedp.SendKeys(chromedp.CSS("[name=password]"), password+kb.Enter))
	for _, path := range []string{"/desk", "/desk/incidents", "/desk/incidents/temu-2024-09", "/desk/incidents/temu-2024-09/actions", "/desk/care", "/desk/companies", "/desk/companies/edit/temu", "/desk/waves/new", "/desk/new"} {
		w.open("/fr" + path)
		shows(path)
	}
	// The preview is a button then.
	w.open("/fr/desk/incidents/temu-2024-09")
	w.presses(`button[value="preview"]`)
	shows("the form with its preview", "Rien : un changement de forme n’est pas une nouvelle.")
}
