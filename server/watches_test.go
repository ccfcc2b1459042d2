package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/importers/fetch"
)

// watchHouse is a Vigie whose watches may be on loopback, and need not be polite.
func watchHouse(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, "")
	h.server.visits.sites = fetch.NewVisitor(fetch.New(intranet), func(ctx context.Context, _ time.Duration) error { return ctx.Err() })
	return h
}

func TestAnEditorWatchesAnAddressTriesItSwitchesItOffAndRemovesIt(t *testing.T) {
	n := newNewsstand(t)
	n.sends(`"one"`, claimed, denied, weather, told{"/articles/9", "Du nouveau chez Outilor", "Lire la suite…"})
	h := watchHouse(t)
	ada := h.editor("ada")
	mustHold(t, "the empty page", text(ada.see("/en/desk/watches").body), "No address is watched.")

	form := formOf(t, ada.see("/en/desk/watches/new").body, "address")
	form.Set("address", n.URL+"/feed")
	form.Set("exclude", "dément\n(\n")
	form.Set("action", "save")
	a := ada.post("/en/desk/watches/new", form)
	if a.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("a broken expression: %s", a.Status)
	}
	mustHold(t, "a broken expression", text(a.body), "is no RE2 expression", "missing closing )")

	form.Set("exclude", "dément")
	form.Set("action", "test")
	a = ada.post("/en/desk/watches/new", form)
	mustHold(t, "the test", text(a.body), "read 3, new 1, changed 0, duplicate 0, filtered 2, refused 0", "The page of 1 item would be read first.", claimed.title, denied.title, "exclude dément", "its page would be read first")
	if list, _ := h.store.Watches(t.Context()); len(list) != 0 {
		t.Error("a test kept the watch")
	}
	if list, _ := h.store.Queue(t.Context(), db.Filter{Status: "any"}); len(list) != 0 {
		t.Error("a test stored candidates")
	}
	if runs, _ := h.store.Runs(t.Context(), 10); len(runs) != 0 {
		t.Error("a test recorded a run")
	}

	form.Set("action", "save")
	a = ada.post("/en/desk/watches/new", form)
	at := a.Header.Get("Location")
	if a.StatusCode != http.StatusSeeOther || at == "" {
		t.Fatalf("watching it: %s\n%s", a.Status, text(a.body))
	}
	mustHold(t, "a watch that was never visited", text(ada.see("/en/desk/watches").body), "never visited", "unknown")
	if a := ada.post("/en/desk/watches/new", form); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(text(a.body), "watched for that kind already") {
		t.Errorf("watched twice: %s", a.Status)
	}

	n.pages["/articles/9"] = "<title>x</title><article><p>" + weather.text + "</p></article>"
	if visits, err := h.server.visits.due(t.Context()); visits != 1 || err != nil {
		t.Fatal(visits, err)
	}
	page := text(ada.see(at).body)
	mustHold(t, "after a visit", page, "read 4, new 1, changed 0, duplicate 0, filtered 3, refused 0", "exclude dément", "left 1 item out")
	form.Set("action", "test")
	mustHold(t, "the test of what was read", text(ada.post(at, form).body), "known already", "this one")

	for do, want := range map[string]string{"off": "off", "on": "Switch off"} {
		if a := ada.post(at, url.Values{"action": {do}}); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %s", do, a.Status)
		}
		mustHold(t, do, text(ada.see(at).body), want)
	}
	a = ada.post(at, url.Values{"action": {"remove"}})
	mustHold(t, "removing asks", text(a.body), "Remove this watch?")
	if list, _ := h.store.Watches(t.Context()); len(list) != 1 {
		t.Error("removed before it was confirmed")
	}
	ada.post(at, formOf(t, a.body, "confirm")) // without the action of the button nothing is done
	a = ada.post(at, url.Values{"action": {"remove"}, "confirm": {"1"}})
	mustHold(t, "removed", text(ada.see(a.Header.Get("Location")).body), "was removed", "No address is watched.")
	if list, _ := h.store.Queue(t.Context(), db.Filter{}); len(list) != 1 {
		t.Error("what it brought is gone with it")
	}
}

func TestAWatchThatWasRemovedCanBeTakenBackWhateverIsAddedOfItsSite(t *testing.T) {
	l := newLookout(t, "", intranet)
	first := l.watches("https://gazette.example/feed")
	if err := l.store.RemoveWatch(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	other := l.watches("https://gazette.example/other")
	if other.ID == first.ID {
		t.Errorf("both are %s", first.ID)
	}
	if err := l.store.TakeBackWatch(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	if got := l.watched(first.ID).Address; got != first.Address {
		t.Errorf("%s came back as %s", first.Address, got)
	}
	if err := l.store.RemoveWatch(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	if again := l.watches(first.Address); again.ID != first.ID {
		t.Errorf("the same address again is %s, without the runs of %s", again.ID, first.ID)
	}
}

func TestATableIsNotWatchedSinceAWatchHasNoMap(t *testing.T) {
	l := newLookout(t, "", intranet)
	_, problems, err := addWatch(t.Context(), l.store, vigie.Watch{Address: "https://office.example/breaches.csv", Kind: "csv", Every: time.Hour, Active: true})
	if err != nil || len(problems) != 1 || problems[0].Path != "kind" {
		t.Error(problems, err)
	}
}

func TestTheDeskShowsNoZeroThatWasNotRead(t *testing.T) {
	n := newNewsstand(t)
	n.fails(503)
	h := watchHouse(t)
	ada := h.editor("ada")
	w, _, err := addWatch(t.Context(), h.store, vigie.Watch{Address: n.URL + "/feed", Kind: "feed", Every: time.Hour, Active: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.server.visits.due(t.Context()); err != nil {
		t.Fatal(err)
	}
	row := func() string {
		_, rest, _ := strings.Cut(ada.see("/en/desk/watches").body, `id="watch-`+w.ID)
		row, _, _ := strings.Cut(rest, "</tr>")
		return text(row)
	}
	if got := row(); strings.Contains(got, " 0 ") || strings.Count(got, "unknown") != 5 || !strings.Contains(got, "not read") || !strings.Contains(got, "503") {
		t.Errorf("a source that was not read: %q", got)
	}
	n.sends(`"one"`)
	if _, err := h.server.visits.visit(t.Context(), sure(h.store.Watch(t.Context(), w.ID)), false); err != nil {
		t.Fatal(err)
	}
	if got := row(); strings.Contains(got, "unknown") || strings.Contains(got, "not read") {
		t.Errorf("a source that was read and is empty: %q", got)
	}
}

func sure[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestOnlyEditorsSeeWatches(t *testing.T) {
	h := newHouse(t, "")
	for _, path := range []string{"/en/desk/watches", "/en/desk/watches/new", "/en/desk/watches/edit/x"} {
		if a := h.visitor().get(path); a.StatusCode != http.StatusSeeOther && a.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
	if a := h.editor("ada").get("/en/desk/watches/edit/nothing"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a watch that does not exist: %s", a.Status)
	}
}

func TestEveryKnownFeedCouldBeWatchedAndNoneIs(t *testing.T) {
	known, err := knownFeeds()
	if err != nil || len(known) < 10 {
		t.Fatal(len(known), err)
	}
	h := newHouse(t, "")
	if list, err := h.store.Watches(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("a new Vigie watches %v %v", list, err)
	}
	page := text(h.editor("ada").see("/fr/desk/watches").body)
	seen := map[string]bool{}
	for _, k := range known {
		w := watchOf(k)
		if problems := watchProblems(w); len(problems) > 0 || w.Active {
			t.Errorf("%s: %v", k.Title, problems)
		}
		if _, ok := importers.Readers[k.Kind]; !ok || seen[k.Address] || k.About.FR == "" || k.About.EN == "" {
			t.Errorf("%s is not fit to be shown", k.Title)
		}
		seen[k.Address] = true
		mustHold(t, "the page of watches", page, k.Title)
	}
}
