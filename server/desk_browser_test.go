package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vigie"
	"vigie/db"
)

// press gives the page one key, wherever the keyboard is.
func (w *window) press(keys ...string) {
	w.t.Helper()
	for _, key := range keys {
		w.do("pressing "+key, chromedp.KeyEvent(key))
	}
}

// leadsByKey presses a key that leads to another page.
func (w *window) leadsByKey(key string) {
	w.t.Helper()
	w.leads("pressing "+key, chromedp.KeyEvent(key))
}

func (w *window) status(id string) string {
	w.t.Helper()
	c, err := w.store.Candidate(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c.Status
}

const rowHere = `document.activeElement.closest("[data-row]")?.dataset.row`

func TestTheDeskIsDrivenByKeyboard(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Temu", 2_000_000), toldOf("c2", "Truffaut", 150_000), toldOf("c3", "Outilor", 1200), toldOf("c4", "Quincaille", 1100), toldOf("c5", "Rabotine", 1050))
	w, _ := h.keeper(t, "camille")
	w.open("/en/desk")
	order := strings.Fields(w.says(`[...document.querySelectorAll("[data-row]")].map((r) => r.dataset.row).join(" ")`))
	if len(order) != 5 || order[0] != "c1" {
		t.Fatalf("the queue is %q", order)
	}

	// Moving, and a help that takes every key until it is closed.
	w.press("j", "j", "k")
	if at := w.says(rowHere); at != order[0] {
		t.Errorf("after j j k the keyboard is on %s", at)
	}
	w.press("?")
	w.sees("dialog[open]", "Next item")
	w.press("j")
	w.press(kb.Escape)
	if open := w.says(`document.querySelector("dialog").open`); open != "false" {
		t.Error("Escape leaves the help open")
	}
	if at := w.says(rowHere); at != order[0] {
		t.Errorf("under the help a key moved to %s", at)
	}

	// In a field, keys are letters.
	w.press("/")
	if at := w.says(`document.activeElement.id`); at != "q" {
		t.Errorf("after / the keyboard is on %q", at)
	}
	w.do("an empty box", chromedp.Evaluate[chromedp.Void](`document.querySelector("#q").value = ""`)) // the tester types the / too
	w.do("typing", chromedp.SendKeys(chromedp.CSS("#q"), "xrjn?"))
	if said := w.says(`document.querySelector("#q").value + document.querySelectorAll(":checked").length + document.querySelector("dialog").open`); !strings.HasPrefix(said, "xrjn?") || strings.HasSuffix(said, "true") || w.says(`document.querySelectorAll("[name=candidate]:checked").length`) != "0" {
		t.Errorf("typing does %q", said)
	}
	w.do("emptying the box", chromedp.Evaluate[chromedp.Void](`document.querySelector("#q").value = ""`))
	w.press(kb.Escape)

	// One rejected, by the reason of a number; the keyboard is on what follows.
	w.do("to the third row", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("[data-row-link]")[2].focus()`))
	third, fourth := order[2], order[3]
	w.press("r")
	if at := w.says(`document.activeElement.name`); at != "why" {
		t.Errorf("after r the keyboard is on %q", at)
	}
	w.leadsByKey("1")
	if got := w.status(third); got != vigie.Rejected {
		t.Errorf("%s is %s", third, got)
	}
	if at := w.says(rowHere); at != fourth {
		t.Errorf("after the rejection the keyboard is on %s, not %s", at, fourth)
	}
	w.sees(".last", "Not a retailer")

	// Undone; then two at once, with words of our own; then undone at once.
	w.leadsByKey("u")
	if got := w.status(third); got != db.Undecided {
		t.Errorf("after u %s is %s", third, got)
	}
	w.do("to the third row", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("[data-row-link]")[2].focus()`))
	w.press("x", "j", "x", "r")
	w.types("reason", "a trial of ours")
	w.leadsByKey(kb.Enter)
	if a, b := w.status(third), w.status(fourth); a != vigie.Rejected || b != vigie.Rejected {
		t.Errorf("two at once: %s %s", a, b)
	}
	w.sees(".last", "2 items", "a trial of ours")
	w.leadsByKey("u")
	if a, b := w.status(third), w.status(fourth); a != db.Undecided || b != db.Undecided {
		t.Errorf("two undone at once: %s %s", a, b)
	}

	// Attached to the case that it is likely about.
	w.open("/en/desk")
	w.press("j")
	w.leadsByKey("o")
	w.sees("main", "Temu", "2,000,000 customers")
	w.press("a")
	if w.says(`document.querySelector(".suspect.same") !== null`) == "true" {
		w.sees(".banner", "candidate")
	} else {
		if at := w.says(`document.activeElement.id`); at != "decide" {
			t.Errorf("with no certain case, a leads to %q", at)
		}
		w.presses(`.suspect [data-attach]`)
	}
	w.types("note", "What La Gazette says.")
	w.presses(`.save button[value="save"]`)
	if got := w.status("c1"); got != vigie.Attached {
		t.Errorf("after the save c1 is %s", got)
	}
	attached := h.draft("temu-2024-09")
	if n := attached.Derived.Version; n != 2 {
		t.Errorf("the case has version %d", n)
	}
	w.open("/en/desk")
	w.leadsByKey("u")
	if now := h.draft("temu-2024-09"); w.status("c1") != db.Undecided || now.Derived.Version != 3 || len(now.Statements) != len(attached.Statements)-1 {
		t.Errorf("after u c1 is %s, the case has version %d and %d statements", w.status("c1"), now.Derived.Version, len(now.Statements))
	}
	if at := w.says(rowHere); at != "c1" {
		t.Errorf("after the undoing the keyboard is on %s", at)
	}

	// Accepted as a new case.
	w.open("/en/desk/candidates/c3")
	w.leadsByKey("n")
	w.types("note", "A new case.")
	w.presses(`.save button[value="save"]`)
	if got := w.status("c3"); got != vigie.Accepted {
		t.Errorf("after the save c3 is %s\n%s", got, w.says(`document.querySelector("main").innerText`))
	}
	h.sound()
}

func TestAValueAndItsWordsLightUpTogether(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Outilor", 1200))
	w, _ := h.keeper(t, "camille")
	w.open("/en/desk/candidates/c1")
	const lit = `[...document.querySelectorAll(".lit")].map((e) => e.textContent).join("|")`
	w.do("to the figure", chromedp.Focus(chromedp.CSS(`.reading-list [href="#w1"]`)))
	if got := w.says(lit); got != "1200 clients|1,200 customers confirmed" {
		t.Errorf("on the figure, what is lit is %q", got)
	}
	w.do("to the words", chromedp.Focus(chromedp.CSS(`.article a.read-victims`)))
	if got := w.says(lit); got != "Outilor|Outilor" {
		t.Errorf("on the words of the victim, what is lit is %q", got)
	}
	place := w.says(`(() => { const b = document.querySelector(".article a.read-affected").getBoundingClientRect(); return b.x + 5 + " " + (b.y + 5); })()`)
	x, y, _ := strings.Cut(place, " ")
	_, err := chromedp.Call(w.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: "mouseMoved", X: float(x), Y: float(y)})
	w.checks("moving the pointer", err)
	if got := w.says(lit); !strings.Contains(got, "1200 clients") {
		t.Errorf("under the pointer, what is lit is %q", got)
	}
	w.do("following the words", chromedp.Click(chromedp.CSS(`.article a.read-affected`)))
	if got := w.says(`location.hash`); got != "#v1" {
		t.Errorf("the words lead to %s", got)
	}
}

func float(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64) // numbers that the browser wrote
	return f
}
