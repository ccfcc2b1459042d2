package main

import (
	"fmt"
	"net/http"
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
