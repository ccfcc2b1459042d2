package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// plain turns JavaScript off.
func (w *window) plain() {
	w.t.Helper()
	_, err := chromedp.Call(w.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	w.checks("turning JavaScript off", err)
}

// screen sets the size of the window.
func (w *window) screen(width int64) {
	w.t.Helper()
	_, err := chromedp.Call(w.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1})
	w.checks("a small screen", err)
}

// until waits for something to be true of the page.
func (w *window) until(what, expression string) {
	w.t.Helper()
	_, err := chromedp.Run(w.ctx, chromedp.Poll[bool](expression))
	w.checks("waiting until "+what, err)
}

// key is the selector of a link or a fold of the answer.
func key(name string) chromedp.CSS { return chromedp.CSS(fmt.Sprintf(`#answer a[data-key=%q]`, name)) }

func (w *window) address() string { return w.says(`location.pathname + location.search`) }

func TestASearchAnswersWhileOneTypes(t *testing.T) {
	h := full(t)
	w := h.browser(t)
	w.open("/en/incidents")
	w.do("writing a name", chromedp.SendKeys(chromedp.CSS("#q"), "temu"))
	w.until("it is answered", `document.querySelector("#results").textContent === "4 cases"`)
	w.until("it is told to those who listen", `document.querySelector("#told").textContent === "4 cases"`)
	if at := w.address(); at != "/en/incidents?q=temu" {
		t.Errorf("the address is %s", at)
	}
	if got := w.says(`document.activeElement.id + document.activeElement.selectionStart + history.length`); !strings.HasPrefix(got, "q4") {
		t.Errorf("the box is left: %s", got)
	}
	if got := w.says(`document.title + document.querySelector(".tongues a").getAttribute("href") + document.querySelector('link[type="text/csv"]').getAttribute("href")`); !strings.Contains(got, "Search: temu") || !strings.Contains(got, "/fr/incidents?q=temu") || !strings.Contains(got, "/en/incidents.csv?q=temu") {
		t.Errorf("around the answer: %s", got)
	}

	// A term half written is told in place, and typing goes on.
	w.do("writing half a filter", chromedp.SendKeys(chromedp.CSS("#q"), " kind:data"))
	w.sees("#trouble", `"data" is unknown`)
	if got := w.says(`document.querySelector("#q").value + document.querySelector("#q").getAttribute("aria-describedby") + document.querySelector("#results").textContent`); got != "temu kind:datatrouble4 cases" {
		t.Errorf("with the error: %s", got)
	}
	w.do("writing the rest", chromedp.SendKeys(chromedp.CSS("#q"), "_breach"))
	w.sees("#results", "3 cases")
	w.until("the error is gone", `document.querySelector("#trouble").hidden`)
	if got := w.says(`document.querySelector("#q").value`); got != "temu kind:data_breach" {
		t.Errorf("what was typed became %q", got)
	}

	// A press excludes; the focus stays by the value; back and forward go over it.
	w.do("excluding France", chromedp.Click(key("-country FR")))
	w.until("it is excluded", `location.search.includes("country=-FR")`)
	w.until("the focus is by the value", `document.activeElement.dataset.key === "country FR"`)
	w.sees(".chips", "not France", "data breach")
	if got := w.says(`document.querySelector("#q").value`); got != "temu" { // the rest of the box is chips now
		t.Errorf("the box says %q", got)
	}
	w.do("going back", chromedp.Evaluate[chromedp.Void](`history.back()`))
	w.until("back", `!location.search.includes("country") && document.querySelector("#results").textContent === "3 cases"`)
	w.do("going forward", chromedp.Evaluate[chromedp.Void](`history.forward()`))
	w.until("forward", `location.search.includes("country=-FR") && document.querySelector(".chips").textContent.includes("France")`)
	w.do("taking a chip away", chromedp.Click(key("chip country FR")))
	w.until("it is taken away", `!location.search.includes("country")`)
	w.until("the focus is at the results", `document.activeElement.id === "results"`)

	// A case and back: the answer is as it was left.
	w.presses(`#answer .case h3 a`)
	w.sees("main", "87 million")
	w.do("going back to the answer", chromedp.Evaluate[chromedp.Void](`history.back()`)) // from a memory or anew: no load is waited for
	for try := 1; ; try++ {                                                              // the page that was asked may be the one that is left
		ctx, stop := context.WithTimeout(w.ctx, 10*time.Second) // or is never answered
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](`document.querySelector("#results")?.textContent === "3 cases"`))
		stop()
		if err == nil {
			break
		}
		if try == 5 {
			w.checks("coming back from the case", err)
		}
	}
	if got := w.says(`document.querySelector("#q").value + location.search`); got != "temu?kind=data_breach&q=temu" {
		t.Errorf("after a case and back: %s", got)
	}
}

func TestTheNextPageKeepsTheFiltersAndSaysWhereItStands(t *testing.T) {
	w := full(t).browser(t)
	w.open("/en/incidents")
	w.do("turning the page", chromedp.Click(chromedp.CSS(`.pager [rel="next"]`)))
	w.sees("#results", "21 to 40")
	w.until("the focus is at the results", `document.activeElement.id === "results"`)
	w.sees(".filters", "confirmed", "reported")
	w.do("and back", chromedp.Click(chromedp.CSS(`.pager [rel="prev"]`)))
	w.until("the first page is at its own address", `location.search === "" && !document.querySelector("#results").textContent.includes("21")`)
}

func TestWhatIsComposedIsNotSearchedBeforeItIsWritten(t *testing.T) {
	w := full(t).browser(t)
	w.open("/en/incidents")
	w.do("composing", chromedp.Evaluate[chromedp.Void](`{
		const box = document.querySelector("#q"); box.focus(); box.value = "temu"; window.asked = 0;
		const fetched = window.fetch; window.fetch = (...x) => { window.asked++; return fetched(...x); };
		box.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true}));
		setTimeout(() => { window.before = window.asked; box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true})); }, 400);
	}`))
	w.until("it is answered", `document.querySelector("#results").textContent === "4 cases"`)
	if got := w.says(`window.before + " " + window.asked`); got != "0 1" {
		t.Errorf("asked before and after it was written: %s", got)
	}
}

func TestALostNetworkIsToldAndTheAnswerStays(t *testing.T) {
	h := full(t)
	to, err := url.Parse(h.base)
	if err != nil {
		t.Fatal(err)
	}
	var lost atomic.Bool
	through := httputil.NewSingleHostReverseProxy(to)
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if lost.Load() {
			panic(http.ErrAbortHandler)
		}
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(line.Close)
	w := h.browser(t)
	w.do("opening", chromedp.Navigate(line.URL+"/en/incidents?q=temu"))
	lost.Store(true)
	w.do("writing on", chromedp.SendKeys(chromedp.CSS("#q"), " shein"))
	w.sees("#trouble", "the network may be down")
	if got := w.says(`document.querySelector("#results").textContent + document.querySelector("#answer").hasAttribute("aria-busy")`); got != "4 casesfalse" {
		t.Errorf("the answer before: %s", got)
	}
	lost.Store(false)
	w.do("writing again", chromedp.SendKeys(chromedp.CSS("#q"), kb.Backspace+kb.Backspace+kb.Backspace+kb.Backspace+kb.Backspace+kb.Backspace))
	w.until("it is mended", `document.querySelector("#trouble").hidden`)
}

func TestASearchWithoutJavaScriptHasItsFiltersInADrawer(t *testing.T) {
	w := full(t).browser(t)
	w.screen(360)
	w.plain()
	w.open("/fr/incidents")
	w.leads("searching", chromedp.SendKeys(chromedp.CSS("#q"), "fuite"+kb.Enter))
	w.do("opening the drawer", chromedp.Click(chromedp.CSS("#filters > summary")))
	w.presses(key("position denies"))
	w.do("opening the drawer again", chromedp.Click(chromedp.CSS("#filters > summary")))
	w.presses(key("-kind data_breach"))
	shown, err := chromedp.Run(w.ctx, chromedp.Text(chromedp.CSS("#answer")))
	w.checks("reading the answer", err)
	for _, want := range []string{"Filtres (2)", "dément", "sauf"} {
		if !strings.Contains(plainly(shown), want) {
			t.Errorf("the answer does not say %q\n%s", want, shown)
		}
	}
	if strings.Index(plainly(shown), "Filtres") > strings.Index(strings.ToLower(plainly(shown)), "dossier") {
		t.Error("the filters stand after the answer")
	}
	w.presses(`.tongues a`) // the language switch keeps the query
	at, err := chromedp.Run(w.ctx, chromedp.Location())
	w.checks("asking where it is", err)
	if !strings.HasSuffix(at, "/en/incidents?kind=-data_breach&position=denies&q=fuite") {
		t.Errorf("the other language is at %s", at)
	}
	w.presses(key("clear"))
	if at, err = chromedp.Run(w.ctx, chromedp.Location()); err != nil || !strings.HasSuffix(at, "/en/incidents?q=fuite") {
		t.Errorf("without filters it is at %s, %v", at, err)
	}
}

func TestBackLeadsToWhatOneStoppedAt(t *testing.T) {
	w := full(t).browser(t)
	w.open("/en/incidents")
	steps := w.says(`String(history.length)`)
	w.do("writing", chromedp.SendKeys(chromedp.CSS("#q"), "temu"))
	w.until("it is answered", `location.search === "?q=temu"`)
	if got := w.says(`String(history.length)`); got != steps {
		t.Errorf("writing made steps of the history: %s, then %s", steps, got)
	}
	w.do("stopping at it", chromedp.SendKeys(chromedp.CSS("#q"), kb.Enter))
	w.until("it is answered again", `!document.querySelector("#answer").hasAttribute("aria-busy")`)
	w.do("writing something else", chromedp.Evaluate[chromedp.Void](`document.querySelector("#q").select()`), chromedp.SendKeys(chromedp.CSS("#q"), "cultura"))
	w.until("that is answered", `location.search === "?q=cultura"`)
	w.do("going back", chromedp.Evaluate[chromedp.Void](`history.back()`))
	w.until("the first is there", `location.search === "?q=temu" && document.querySelector("#q").value === "temu" && document.querySelector("#results").textContent === "4 cases"`)

	// A place within the page is a step too, and other answers may lie beyond it.
	w.do("going to a place", chromedp.Evaluate[chromedp.Void](`location.hash = "main"`))
	w.do("excluding France", chromedp.Click(key("-country FR")))
	w.until("it is excluded", `location.search.includes("country=-FR")`)
	w.do("going back to the place", chromedp.Evaluate[chromedp.Void](`history.back()`))
	w.until("its answer is there", `location.hash === "#main" && location.search === "?q=temu" && document.querySelector("#results").textContent === "4 cases"`)
}

func TestALinkForAnotherTabIsLeftToTheBrowser(t *testing.T) {
	w := full(t).browser(t)
	w.open("/en/incidents")
	for _, c := range []struct{ press, want string }{
		{`{ctrlKey: true}`, "false 0"}, {`{metaKey: true}`, "false 0"}, {`{shiftKey: true}`, "false 0"}, {`{button: 1}`, "false 0"}, {`{}`, "true 1"},
	} {
		got := w.says(`(() => {
			let caught = null, asked = 0;
			const fetched = window.fetch;
			window.fetch = (...x) => { asked++; return fetched(...x); };
			addEventListener("click", (event) => { caught = event.defaultPrevented; event.preventDefault(); }, {once: true});
			document.querySelector('#answer a[data-key="country FR"]').dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, ...` + c.press + `}));
			window.fetch = fetched;
			return caught + " " + asked;
		})()`)
		if got != c.want {
			t.Errorf("pressed with %s: %s, want %s", c.press, got, c.want)
		}
	}
}

func TestAnAnswerThatComesLateIsNotShown(t *testing.T) {
	w := full(t).browser(t)
	w.open("/en/incidents")
	w.do("holding the first answer back", chromedp.Evaluate[chromedp.Void](`{
		const fetched = window.fetch;
		window.late = null;
		window.fetch = (address, how) => {
			if (!String(address).endsWith("q=temu")) return fetched(address, how);
			return new Promise((done) => { window.late = () => fetched(address).then(done); }); // whatever is aborted
		};
	}`), chromedp.SendKeys(chromedp.CSS("#q"), "temu"))
	w.until("it is asked", `window.late !== null`)
	w.do("writing on", chromedp.SendKeys(chromedp.CSS("#q"), kb.Backspace+kb.Backspace+kb.Backspace+kb.Backspace+"cultura"))
	w.until("that is answered", `document.querySelector("#results").textContent === "3 cases"`)
	w.do("the first comes", chromedp.Evaluate[chromedp.Void](`window.late().then(() => setTimeout(() => { window.came = true; }, 200))`))
	w.until("it came", `window.came`)
	if got := w.says(`document.querySelector("#results").textContent + location.search`); got != "3 cases?q=cultura" {
		t.Errorf("the answer is %s", got)
	}
}

func TestWhatMayNotBeCopiedIsChosen(t *testing.T) {
	w := full(t).browser(t)
	w.open("/en/incidents/temu-2024-09#%")
	w.do("copying", chromedp.Evaluate[chromedp.Void](`{
		document.querySelectorAll("details").forEach((x) => { x.open = true; });
		window.copied = [];
		navigator.clipboard.writeText = async (text) => { window.copied.push(text); };
		document.querySelectorAll("[data-copy]").forEach((x) => x.click());
	}`))
	w.until("all of them say so", `[...document.querySelectorAll("[data-copy]")].every((x) => !x.hidden && x.textContent === x.dataset.done)`)
	if got := w.says(`window.copied.join("\n")`); !strings.Contains(got, `<iframe src="`+w.base+`/en/embed/incidents/temu-2024-09"`) {
		t.Errorf("what was copied: %s", got)
	}
	w.do("copying where that is not allowed", chromedp.Evaluate[chromedp.Void](`{
		navigator.clipboard.writeText = async () => { throw new DOMException("no", "NotAllowedError"); };
		document.querySelector('[data-copy^="embed-"]').click();
	}`))
	w.until("the code is chosen", `document.activeElement.tagName === "TEXTAREA" && document.activeElement.selectionEnd > 40`)
}

func TestTheListOfCompaniesIsNarrowedByTyping(t *testing.T) {
	w := full(t).browser(t)
	w.screen(360)
	w.open("/fr/companies")
	shown := `[...document.querySelectorAll("#all-companies tbody tr:not(.letter)")].filter((x) => x.checkVisibility()).map((x) => x.querySelector("a").textContent).join()`
	all := w.says(`String(document.querySelectorAll("#all-companies tbody tr:not(.letter)").length)`)
	w.do("writing", chromedp.SendKeys(chromedp.CSS("#narrows"), "boulang"))
	if got := w.says(shown + ` + " " + document.querySelector("#narrowed").textContent + " " + [...document.querySelectorAll("#all-companies tbody")].filter((x) => x.checkVisibility()).length`); got != "Boulanger 1 / "+all+" 1" {
		t.Errorf("what is shown: %s", got)
	}
	w.do("writing something else", chromedp.Evaluate[chromedp.Void](`document.querySelector("#narrows").select()`), chromedp.SendKeys(chromedp.CSS("#narrows"), "ELECTROMENAGER"))
	if got := w.says(shown); !strings.Contains(got, "Boulanger") || strings.Contains(got, "Temu") {
		t.Errorf("of a sector: %s", got)
	}
	w.do("taking it away", chromedp.Evaluate[chromedp.Void](`document.querySelector("#narrows").select()`), chromedp.SendKeys(chromedp.CSS("#narrows"), kb.Delete))
	if got := w.says(`document.querySelector("#narrowed").textContent + [...document.querySelectorAll("#all-companies tr")].filter((x) => x.hidden).length`); got != "0" {
		t.Errorf("without words: %s", got)
	}
}
