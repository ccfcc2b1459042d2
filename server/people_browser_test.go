package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vigie"
	"vigie/db"
)

// tabs goes on with the tabulator until the keyboard is on an element; what is never
// reached that way is out of reach of those who have no pointer.
func (w *window) tabs(selector string) {
	w.t.Helper()
	for range 400 {
		if w.says(`document.activeElement.matches(`+quoted(selector)+`)`) == "true" {
			return
		}
		w.press(kb.Tab)
	}
	w.t.Fatalf("the tabulator never comes to %s", selector)
}

func quoted(s string) string { return "`" + s + "`" }

// writes types where the keyboard is.
func (w *window) writes(s string) {
	w.t.Helper()
	w.do("typing", chromedp.KeyEvent(s))
}

// The whole path of the desk with nothing but a keyboard: in, a rejection and its
// undoing, an attachment and its undoing, people, a token made, ended and taken back,
// and out.
func TestTheDeskFromTheDoorAndBackByKeyboardAlone(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Temu", 2_000_000), toldOf("c2", "Outilor", 1200))
	password, err := addEditor(t.Context(), h.store, "camille", false)
	if err != nil {
		t.Fatal(err)
	}
	w := h.browser(t)
	w.open("/en/desk")
	w.tabs("#name")
	w.writes("camille")
	w.tabs("#password")
	w.writes(password)
	w.leadsByKey(kb.Enter)
	if at := w.says("location.pathname"); at != "/en/desk" {
		t.Fatalf("signed in, at %s", at)
	}

	w.tabs("[data-row] [data-row-link]")
	w.press("j", "r")
	rejected := "c2"
	w.leadsByKey("1")
	if got := w.status(rejected); got != vigie.Rejected {
		t.Fatalf("%s is %s", rejected, got)
	}
	w.tabs(".last button")
	w.leadsByKey(kb.Enter)
	if got, at := w.status(rejected), w.says(rowHere); got != db.Undecided || at != rejected {
		t.Errorf("undone, %s is %s and the keyboard is on %s", rejected, got, at)
	}

	w.open("/en/desk/candidates/c1")
	w.tabs(".suspect [data-attach]")
	w.leadsByKey(kb.Enter)
	w.tabs("#note")
	w.do("no note", chromedp.Evaluate[chromedp.Void](`document.activeElement.value = ""`))
	w.writes("What La Gazette says.")
	w.tabs(`.save button[value="save"]`)
	w.leadsByKey(kb.Enter)
	if got := w.status("c1"); got != vigie.Attached {
		t.Fatalf("attached, c1 is %s", got)
	}
	w.open("/en/desk/candidates/c1")
	w.leadsByKey("u")
	if got := w.status("c1"); got != db.Undecided || len(h.draft("temu-2024-09").Statements) == 0 || h.draft("temu-2024-09").Derived.Version != 3 {
		t.Errorf("undone, c1 is %s", got)
	}

	w.open("/en/desk")
	w.tabs(`.desk-bar a[href="/en/desk/people"]`)
	w.leadsByKey(kb.Enter)
	w.tabs("#own-tokens input[name=note]")
	w.writes("reader of feeds")
	w.leadsByKey(kb.Enter)
	w.sees("#secret", tokenPrefix)
	if at := w.says("location.search + location.pathname"); strings.Contains(at, tokenPrefix) {
		t.Errorf("the token stands in the address: %s", at)
	}
	w.tabs(`button[value=revoke]`)
	w.leadsByKey(kb.Enter)
	w.sees(".last", "opens nothing any more")
	w.leadsByKey("u")
	w.sees(".last", "opens again")
	if list, _ := h.store.Tokens(t.Context(), "camille"); len(list) != 1 {
		t.Errorf("%d tokens after the undoing", len(list))
	}
	w.press("?")
	w.sees("dialog[open]", "Undo the last decision")
	w.press(kb.Escape)

	w.tabs(".desk-bar form button")
	w.leadsByKey(kb.Enter)
	w.open("/en/desk/people")
	if at := w.says("location.pathname"); at != "/en/desk/sign-in" {
		t.Errorf("signed out, and at %s", at)
	}
	h.sound()
}
