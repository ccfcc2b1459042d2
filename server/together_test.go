package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"vigie"
)

// Two servers on one database file, twenty clients editing one case: one wins
// each version, the others are told, and nothing acknowledged is lost.
func TestTwentyClientsOfTwoServersEditOneCase(t *testing.T) {
	a := loaded(t)
	b := newHouse(t, a.file)
	const clients, turns = 20, 3
	var saved, conflicts atomic.Int64
	var mu sync.Mutex
	notes := map[string]bool{}
	var all sync.WaitGroup
	for n := range clients {
		v := []*house{a, b}[n%2].editor(fmt.Sprintf("editor%d", n))
		all.Go(func() {
			for turn := range turns {
				form := formOf(t, v.see("/fr/desk/incidents/temu-2024-09").body, "note")
				note := fmt.Sprintf("client %d, turn %d", n, turn)
				form.Set("note", note)
				form.Set("action", "save")
				form.Set("summary.en", note)
				switch answer := v.post("/fr/desk/incidents/temu-2024-09", form); answer.StatusCode {
				case http.StatusSeeOther:
					saved.Add(1)
					mu.Lock()
					notes[note] = true
					mu.Unlock()
				case http.StatusConflict:
					conflicts.Add(1)
					if !strings.Contains(answer.body, note) {
						t.Errorf("%s: the conflict page lost what the client typed", note)
					}
				default:
					t.Errorf("%s: %s\n%s", note, answer.Status, text(answer.body))
				}
			}
		})
	}
	all.Wait()
	history, err := a.store.History(t.Context(), vigie.IncidentRecord, "temu-2024-09")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d saved, %d conflicts", saved.Load(), conflicts.Load())
	if int64(len(history)) != 1+saved.Load() || saved.Load()+conflicts.Load() != clients*turns {
		t.Errorf("%d revisions after %d saves and %d conflicts of %d tries", len(history), saved.Load(), conflicts.Load(), clients*turns)
	}
	for i, r := range history {
		if r.Version != i+1 {
			t.Errorf("revision %d has version %d", i, r.Version)
		}
		if i > 0 && !notes[r.Note] {
			t.Errorf("a revision that nobody was told of: %q", r.Note)
		}
		delete(notes, r.Note)
	}
	if len(notes) > 0 {
		t.Errorf("acknowledged and lost: %v", notes)
	}
}

func TestAConflictShowsBothVersionsAndCanBeSavedOver(t *testing.T) {
	h := loaded(t)
	first, second := h.editor("ana"), h.editor("bo")
	path := "/en/desk/incidents/temu-2024-09"
	opened := formOf(t, second.see(path).body, "note")
	form := formOf(t, first.see(path).body, "note")
	form.Set("summary.en", "Ana's summary.")
	form.Set("note", "Ana's note.")
	form.Set("action", "save")
	if a := first.post(path, form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("the first save: %s\n%s", a.Status, text(a.body))
	}
	opened.Set("summary.en", "Bo's summary.")
	opened.Set("note", "Bo's note.")
	opened.Set("action", "save")
	a := second.post(path, opened)
	if a.StatusCode != http.StatusConflict {
		t.Fatalf("the second save: %s", a.Status)
	}
	mustHold(t, "the conflict", text(a.body), "Ana's note.", "Ana's summary.")
	mustHold(t, "the conflict", a.body, "Bo&#39;s summary.")
	again := formOf(t, a.body, "note")
	if again.Get("summary.en") != "Bo's summary." || again.Get("note") != "Bo's note." {
		t.Errorf("the form lost what was typed: %q, %q", again.Get("summary.en"), again.Get("note"))
	}
	again.Set("action", "save")
	if a := second.post(path, again); a.StatusCode != http.StatusSeeOther {
		t.Errorf("saving over it, knowingly: %s\n%s", a.Status, text(a.body))
	}
}

func TestASaveThatIsRefusedKeepsEverythingTyped(t *testing.T) {
	h := loaded(t)
	v := h.editor("ana")
	path := "/en/desk/incidents/truffaut-2024-09"
	form := formOf(t, v.see(path).body, "note")
	form.Set("summary.en", "Write to jane@example.org.")
	form.Set("occurred", "last spring")
	form.Set("note", "")
	form.Set("action", "save")
	a := v.post(path, form)
	if a.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("a bad save: %s", a.Status)
	}
	back := formOf(t, a.body, "note")
	for name, values := range form {
		if name != "action" && strings.Join(back[name], "|") != strings.Join(values, "|") && strings.Join(values, "") != "" {
			t.Errorf("%s came back as %q, was %q", name, back[name], values)
		}
	}
	history, err := h.store.History(t.Context(), vigie.IncidentRecord, "truffaut-2024-09")
	if err != nil || len(history) != 1 {
		t.Errorf("%d revisions, %v", len(history), err)
	}
}

func TestAFormSentTwiceMakesOneCase(t *testing.T) {
	h := newHouse(t, "")
	v := h.editor("ana")
	form := formOf(t, v.see("/en/desk/new").body, "note")
	for name, value := range map[string]string{"state": "draft", "new_company": "Marlowe & Finch", "kind": "data_breach", "disclosed": "2025-03", "note": "First.", "action": "save"} {
		form.Set(name, value)
	}
	first, again := v.post("/en/desk/new", form), v.post("/en/desk/new", form)
	if first.StatusCode != http.StatusSeeOther || again.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("sent once: %s %s, twice: %s %s", first.Status, first.Header.Get("Location"), again.Status, again.Header.Get("Location"))
	}
}

func TestACandidateAcceptedTwiceMakesOneCase(t *testing.T) {
	h := newHouse(t, "")
	s := &storyteller{house: h, t: t, editor: h.editor("ana"), reader: h.visitor(), dir: t.TempDir()}
	s.imports("claim.txt", claimArticle)
	id := s.candidate()
	accept := func(summary string) answer { // a second hand may have typed other words
		return s.saves("/fr/desk/new?candidate="+id, "Premier signalement.", func(form url.Values) {
			form.Set("state", "published")
			form.Set("disclosed", "2026-03-03")
			form.Set("summary.fr", summary)
			form.Set("summary.en", summary)
			complete(form, "2026-03-03")
		})
	}
	if first, again := accept("One."), accept("Two."); !strings.Contains(first.Header.Get("Location"), "outilor-2026-03") || strings.Contains(again.Header.Get("Location"), "-b") {
		t.Errorf("accepted once: %s, twice: %s", first.Header.Get("Location"), again.Header.Get("Location"))
	}
	if taken, err := h.store.Taken(t.Context(), "outilor-2026-03-b"); err != nil || taken {
		t.Errorf("a second case was made (%v)", err)
	}
}

func TestWhatTheStoreOrTheDayRefusesIsToldBesideTheForm(t *testing.T) {
	h := loaded(t)
	v := h.editor("ana")
	path := "/en/desk/incidents/temu-2024-09"
	for _, c := range []struct {
		name string
		fill map[string]string
		says string
	}{
		{"a published case back to draft", map[string]string{"state": "draft"}, "does not become a draft again"},
		{"merged by the form", map[string]string{"state": "merged", "merged_into": "boulanger-2024-09", "reason": "Same."}, "actions page"},
		{"another company", map[string]string{"company": "boulanger"}, "the public id names the company"},
		{"a date to come", map[string]string{"discovered": "2099-05"}, "still to come"},
		{"a note with an address", map[string]string{"note": "Ask a.b@example.com"}, "the note is public"},
		{"nothing", nil, "nothing changed"},
	} {
		form := formOf(t, v.see(path).body, "note")
		form.Set("note", "A note.")
		form.Set("action", "save")
		for name, value := range c.fill {
			form.Set(name, value)
		}
		a := v.post(path, form)
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(text(a.body), c.says) {
			t.Errorf("%s: %s, does not say %q", c.name, a.Status, c.says)
		}
	}
}

func TestAStrangerCannotLockAnEditorOut(t *testing.T) {
	d, now := newDoor(), clockwork()()
	for range 100 * triesAtFirst {
		d.wait("ana", "192.0.2.1", now)
	}
	if d.wait("ana", "192.0.2.1", now) == 0 {
		t.Error("an address may try without end")
	}
	if wait := d.wait("ana", "192.0.2.2", now); wait > 0 {
		t.Errorf("the editor herself waits %s", wait)
	}
}
