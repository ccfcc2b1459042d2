package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vigie"
)

// alt presses a key with Alt.
func (w *window) alt(key, code string) {
	w.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{"keyDown", "keyUp"} {
		_, err := chromedp.Call(w.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Modifiers: 1, Key: key, Code: code, WindowsVirtualKeyCode: int64(strings.ToUpper(key)[0])})
		w.checks("pressing Alt "+key, err)
	}
}

// quickly types one statement into the quick row by the keyboard alone; blank fields are
// passed by. The keyboard stands in the first field, and does again afterwards.
func (w *window) quickly(when, role, name, act, text, count, unit, source string) {
	w.t.Helper()
	w.stands("quick.when")
	w.writes(when)
	w.tabs(`[name="quick.role"]`)
	w.writes(role)
	if name != "" {
		w.tabs(`[name="quick.name"]`)
		w.writes(name)
	}
	w.tabs(`[name="quick.acts"][value="` + act + `"]`)
	w.writes(" ")
	w.tabs(`[name="quick.text"]`)
	w.writes(text)
	if count != "" {
		w.tabs(`[name="quick.count"]`)
		w.writes(count)
		w.tabs(`[name="quick.unit"]`)
		w.writes(unit)
	}
	w.tabs(`[name="quick.source"]`)
	w.writes(source + kb.Enter)
}

const ledgerIDs = `[...document.querySelectorAll("#statements details[data-key]")].map((d) => d.dataset.key).join(" ")`

func TestALedgerIsWrittenByTheKeyboardAlone(t *testing.T) {
	h := loaded(t)
	w, _ := h.keeper(t, "camille")
	w.open("/en/desk/new")
	w.tabs(`[name="new_company"]`)
	w.writes("Outilor")

	// Three statements in rows; what is wrong is said where it stands, and nothing is lost.
	w.alt("n", "KeyN")
	w.quickly("5 mars 2026", "press", "La Gazette", "reports", "The paper saw the file.", "", "", "https://gazette.example/outilor")
	w.sees("[data-said]", "s1 was added")
	w.quickly("05/03/2026", "attacker", "MouetteNoire", "offers_for_sale", "A seller offers a file.", "87 M", "customers", "r1")
	w.sees(".quick .wrong", "may be read in two ways")
	w.stands("quick.when")
	if got := w.says(`document.querySelector("[name='quick.count']").value + document.querySelectorAll("#statements details[data-key]").length`); got != "87 M1" {
		t.Errorf("after the mistake the row and the ledger hold %s", got)
	}
	w.do("again", chromedp.Evaluate[chromedp.Void](`document.activeElement.select()`))
	w.writes("3/2026" + kb.Enter)
	w.sees("[data-said]", "s2 was added")
	w.quickly("February 2026", "company", "", "denies", "Denies any leak.", "", "", "r1")
	w.sees("[data-said]", "s3 was added")
	w.sees("#statements", "87\u00a0million customers", "February 2026")
	w.sees("#preview", "no statement known") // of an address alone nothing counts (rule C3)

	// Sorted, by a button that keeps the keyboard.
	if got := w.says(ledgerIDs); got != "s1 s2 s3" {
		t.Fatalf("before it is sorted the ledger is %s", got)
	}
	w.do("to the button", chromedp.Focus(chromedp.CSS(`[value="sort:statements"]`)))
	w.writes(kb.Enter)
	w.sees("[data-said]", "in the order they were said")
	if got := w.says(ledgerIDs + ` + " " + document.activeElement.value`); got != "s3 s1 s2 sort:statements" {
		t.Errorf("sorted, the ledger and the keyboard are %s", got)
	}

	// Saved as a draft, by Control and Enter.
	w.do("to the note", chromedp.Focus(field("note")))
	w.writes("A first record.")
	w.leads("pressing Control and Enter", chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	w.sees(".saved", "Version 1 is saved.", "It is a draft")
	if kept := w.says(`Object.keys(localStorage).length`); kept != "0" {
		t.Errorf("after the save the browser keeps %s drafts", kept)
	}
	const id = "outilor-2026-02"
	draft := h.draft(id)
	if len(draft.Statements) != 3 || draft.Statements[0].On != "2026-02" || draft.Statements[2].Figures[0].Max != 87_000_000 || draft.Statements[1].By.Name != "La Gazette" || draft.Sources[0].Seen != "address" {
		t.Errorf("what was typed became %+v", draft.Incident)
	}

	// Published: what a draft may lack is asked for, each problem leads to its field in its closed row.
	w.chooses("state", "published")
	w.do("to the note", chromedp.Focus(field("note")))
	w.writes("Published.")
	w.leads("pressing Control and Enter", chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	w.do("to the first problem", chromedp.Focus(chromedp.CSS(`.problems a[href="#statements.0.text.fr"]`)))
	w.writes(kb.Enter)
	w.stands("statements.0.text.fr")
	for i := range 3 {
		w.do("to the French text", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.getElementById("statements.%d.text.fr").focus()`, i)))
		w.writes(fmt.Sprintf("Une déclaration, la %d.", i+1))
	}
	w.leads("pressing Control and Enter", chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	w.sees(".saved", "Version 2 is saved.", "Readers see it.")

	// A statement removed is a mark until it is saved; saved, it is undone in one press.
	w.do("to the tick", chromedp.Focus(chromedp.CSS(`[name="statements.2.delete"]`)))
	w.writes(" ")
	w.sees(".delete:has(:checked)", "untick to keep")
	w.writes(" ")
	w.writes(" ")
	w.do("to the note", chromedp.Focus(field("note")))
	w.writes("The offer was of another shop.")
	w.leads("pressing Control and Enter", chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	if n := len(h.draft(id).Statements); n != 2 {
		t.Errorf("after the removal %d statements", n)
	}
	w.do("to the undoing", chromedp.Focus(chromedp.CSS(`.saved-undo button`)))
	w.leads("undoing", chromedp.KeyEvent(kb.Enter))
	if now := h.draft(id); len(now.Statements) != 3 || now.Derived.Version != 4 || now.Statements[2].ID != "s2" {
		t.Errorf("undone: version %d, %+v", now.Derived.Version, now.Statements)
	}
	h.sound()
}

func TestALedgerIsWrittenWithoutJavaScript(t *testing.T) {
	h := loaded(t)
	w, _ := h.keeper(t, "camille")
	_, err := chromedp.Call(w.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	w.checks("turning JavaScript off", err)
	fill := func(name, value string) {
		t.Helper()
		w.do("typing into "+name, chromedp.SendKeys(field(name), value))
	}
	tick := func(name, value string) {
		t.Helper()
		w.do("ticking "+value, chromedp.Click(chromedp.CSS(fmt.Sprintf(`[name="%s"][value="%s"]`, name, value))))
	}
	shows := func(words ...string) {
		t.Helper()
		shown, err := chromedp.Run(w.ctx, chromedp.Text(chromedp.CSS("main")))
		w.checks("reading the form", err)
		for _, word := range words {
			if !strings.Contains(plainly(shown), word) {
				t.Errorf("the form does not say %q\n%s", word, shown)
			}
		}
	}
	w.open("/fr/desk/new")
	fill("new_company", "Outilor")
	fill("quick.when", "sept. 2025")
	fill("quick.role", "entreprise")
	tick("quick.acts", "denies")
	fill("quick.text", "Dément toute fuite.")
	fill("quick.source", "https://outilor.example/communique")
	w.leads("pressing Enter", chromedp.SendKeys(field("quick.source"), kb.Enter))
	shows("s1 est ajoutée au registre.", "septembre 2025", "dément")
	fill("quick.when", "1er août 2025")
	fill("quick.role", "attaquant")
	tick("quick.acts", "claims")
	fill("quick.text", "Revendique un fichier.")
	fill("quick.count", "plusieurs centaines de milliers de clients")
	fill("quick.source", "r1")
	w.presses(`.quick button`)
	shows("s2 est ajoutée au registre.", "des centaines de milliers de clients", "1er août 2025")
	w.presses(`[value="sort:statements"]`)
	w.presses(`[value="copy:statements.1"]`)
	shows("s3 est ajoutée en copie")
	w.do("removing the copy", chromedp.Click(chromedp.CSS(`[name="statements.2.delete"]`)))
	w.presses(`[value="preview"]`)
	shows("Retirée à l’enregistrement", "Outilor")
	fill("note", "Un premier état.")
	w.leads("pressing Enter", chromedp.SendKeys(field("note"), kb.Enter))
	shows("La version 1 est enregistrée.", "C’est un brouillon")
	in := h.draft("outilor-2025-08").Incident
	if len(in.Statements) != 2 || in.Statements[0].ID != "s2" || in.Statements[0].Figures[0] != (vigie.Figure{Min: 100_000, Unit: "customers", Qualifier: vigie.Vague}) || in.Statements[1].On != "2025-09" || in.Statements[1].By.Company != "outilor" {
		t.Errorf("what was typed became %+v", in)
	}
	h.sound()
}

func TestTwoNewCasesInTwoTabsAreTwoDrafts(t *testing.T) {
	h := loaded(t)
	w, _ := h.keeper(t, "camille")
	other := w.another()
	for tab, name := range map[*window]string{w: "Outilor", other: "Quincaille"} {
		tab.open("/en/desk/new")
		tab.types("new_company", name)
		tab.sees("#preview", name)
	}
	_, err := chromedp.Run(w.ctx, chromedp.Poll[bool](`Object.keys(localStorage).filter((k) => k.startsWith("vigie draft camille /desk/new#")).length === 2`))
	w.checks("waiting for two drafts", err)
	kept := w.says(`Object.values(localStorage).join(" ")`)
	if !strings.Contains(kept, "Outilor") || !strings.Contains(kept, "Quincaille") {
		t.Errorf("the browser keeps %s", kept)
	}
}

// No answer, or a session that has ended, and the editor goes on from where she was.
func TestALedgerIsNotLostWithTheNetworkNorWithTheSession(t *testing.T) {
	h := loaded(t)
	w, password := h.keeper(t, "camille")
	w.open("/en/desk/incidents/temu-2024-09")
	w.types("note", "One statement more.")
	typed := func() {
		w.do("to the row", chromedp.Focus(field("quick.when")))
		w.quickly("5 March 2026", "press", "La Gazette", "reports", "The paper saw the file.", "", "", "r1")
	}
	w.do("cutting the network", chromedp.Evaluate[chromedp.Void](`window.asks = window.fetch; window.fetch = () => Promise.reject(new TypeError("cut"))`))
	typed()
	w.sees("[data-said]", "Vigie does not answer")
	w.stands("quick.source")
	if got := w.says(`location.pathname + document.querySelector("[name='quick.text']").value + document.querySelector("form.edit").inert`); got != "/en/desk/incidents/temu-2024-09The paper saw the file.false" {
		t.Errorf("without an answer the page is %s", got)
	}

	w.do("mending the network", chromedp.Evaluate[chromedp.Void](`window.fetch = window.asks`))
	if err := h.store.EndSessions(t.Context(), "camille", ""); err != nil {
		t.Fatal(err)
	}
	w.leads("pressing Enter in the row", chromedp.KeyEvent(kb.Enter))
	w.sees("main", "Your session had ended", "nothing is lost")
	w.types("name", "camille")
	w.types("password", password)
	w.leads("signing in", chromedp.KeyEvent(kb.Enter))
	w.sees("main", "You are back")
	w.leads("sending it again", chromedp.KeyEvent(kb.Enter))
	w.sees("[data-said]", "was added")
	w.sees("#statements", "La Gazette", "The paper saw the file.")
	if got := w.says(`document.querySelector("[name=note]").value`); got != "One statement more." {
		t.Errorf("the note is %q", got)
	}
}
