package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A form that comes after its editor's session has ended is not lost: it goes through the
// sign-in, and then where it was sent.
func TestWhatWasTypedOutlivesTheSession(t *testing.T) {
	h := loaded(t)
	password, err := addEditor(t.Context(), h.store, "camille", false)
	if err != nil {
		t.Fatal(err)
	}
	v, _ := h.enters("camille", password)
	form := formOf(t, v.see("/fr/desk/incidents/temu-2024-09").body, "note")
	form.Set("summary.fr", "Deux lignes,\nun « guillemet » & un signe.")
	form.Set("note", "Le résumé.")
	form.Set("action", "save")
	v.post("/fr/desk/sign-out", url.Values{})

	refused := v.post("/fr/desk/incidents/temu-2024-09", form)
	if refused.StatusCode != http.StatusUnauthorized || !strings.Contains(text(refused.body), "Rien n’est enregistré et rien n’est perdu") {
		t.Fatalf("%s\n%s", refused.Status, text(refused.body))
	}
	again := formOf(t, refused.body, "password")
	again.Set("name", "camille")
	again.Set("password", "not the right one")
	again = formOf(t, v.post("/fr/desk/sign-in", again).body, "password") // a mistake loses nothing either
	again.Set("password", password)
	back := v.post("/fr/desk/sign-in", again)
	if back.StatusCode != http.StatusOK {
		t.Fatalf("signed in: %s\n%s", back.Status, text(back.body))
	}
	if !strings.Contains(back.body, `action="/fr/desk/incidents/temu-2024-09"`) {
		t.Error("what was typed is not sent where it was")
	}
	saved := v.post("/fr/desk/incidents/temu-2024-09", formOf(t, back.body, "note"))
	if saved.StatusCode != http.StatusSeeOther {
		t.Fatalf("sent again: %s\n%s", saved.Status, text(saved.body))
	}
	if got := h.draft("temu-2024-09"); got.Summary.FR != form.Get("summary.fr") || got.Derived.Version != 2 {
		t.Errorf("version %d says %q", got.Derived.Version, got.Summary.FR)
	}
}

func TestNoPasswordAndNoOtherAddressGoThroughTheSignIn(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	page := v.post("/fr/desk/people", url.Values{"do": {"password"}, "old": {"hunter2hunter2"}, "new": {"hunter3hunter3"}})
	if page.StatusCode != http.StatusUnauthorized || strings.Contains(page.body, "hunter") {
		t.Errorf("%s: the password stands in the page", page.Status)
	}
	if got := formOf(t, page.body, "password").Get("return"); got != "/fr/desk/people" {
		t.Errorf("afterwards one is led to %q", got)
	}
	for to, kept := range map[string]bool{
		"/fr/desk/incidents/temu-2024-09": true, "/en/desk": true, "/fr/desk?status=open": true, "/fr/incidents/temu-2024-09/reply": false,
		"/fr/desktop": false, "https://elsewhere.example/fr/desk/": false, "//elsewhere.example/fr/desk/": false, "/fr/desk/\\x": false, "": false,
	} {
		if u := unsentIn(url.Values{"to": {to}, "unsent": {"note=x"}}); (u != nil) != kept {
			t.Errorf("a form for %q is kept: %v", to, u != nil)
		}
	}
}

// Twice pressed, the same save is one version, and nobody is shown a conflict with herself.
func TestASaveThatIsSentTwiceIsOne(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	const path = "/fr/desk/incidents/temu-2024-09"
	form := formOf(t, v.see(path).body, "note")
	for name, value := range map[string]string{"note": "Une déclaration de plus.", "action": "save", "statements.0.text.fr": "D’autres mots.",
		"statements.50.row": "new", "statements.50.id": "s50", "statements.50.by.role": "press", "statements.50.by.name": "La Gazette", "statements.50.acts": "reports",
		"statements.50.text.fr": "La Gazette rapporte l’annonce.", "statements.50.text.en": "The paper reports the offer.", "statements.50.sources": "r1"} {
		form.Set(name, value)
	}
	first, second := v.post(path, form), v.post(path, form)
	if first.StatusCode != http.StatusSeeOther || second.StatusCode != http.StatusSeeOther || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Fatalf("%s, then %s\n%s", first.Status, second.Status, text(second.body))
	}
	if got := h.draft("temu-2024-09"); got.Derived.Version != 2 {
		t.Errorf("sent twice, it is version %d", got.Derived.Version)
	}
	form.Set("statements.0.text.fr", "Encore d’autres mots.")
	if third := v.post(path, form); third.StatusCode != http.StatusConflict {
		t.Errorf("what differs is a conflict, not %s", third.Status)
	}
	other := h.editor("jo")
	form.Set("statements.0.text.fr", "D’autres mots.")
	if theirs := other.post(path, form); theirs.StatusCode != http.StatusConflict {
		t.Errorf("of another editor it is a conflict, not %s", theirs.Status)
	}
}

// A form of thousands of rows is refused before anything is drawn for each of them.
func TestAFormOfEndlessRowsIsRefusedAtOnce(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	form := formOf(t, v.see("/fr/desk/incidents/temu-2024-09").body, "note")
	for i := range 5_000 {
		form.Set("statements."+itoa(i)+".row", "kept")
	}
	for _, path := range []string{"/fr/desk/incidents/temu-2024-09", "/fr/desk/preview"} {
		for _, action := range []string{"save", "rows:statements", "sort:statements", "preview"} {
			form.Set("action", action)
			began := time.Now()
			a := v.post(path, form)
			if a.StatusCode != http.StatusRequestEntityTooLarge || len(a.body) > 100_000 {
				t.Errorf("%s %s: %s, %d bytes", path, action, a.Status, len(a.body))
			}
			if d := time.Since(began); d > 5*time.Second {
				t.Errorf("%s %s took %s", path, action, d)
			}
		}
	}
}
