package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"vigie"
)

// Two articles of our own about a shop that does not exist.
const (
	claimArticle = `Outilor : un pirate dit vendre les données de 120 000 clients

Un pirate qui se fait appeler « MouetteNoire » affirme avoir volé les données de 120 000 clients de l’enseigne de bricolage Outilor. Dans une annonce repérée le 3 mars 2026 sur un forum, il propose le fichier à la vente.

Selon lui, le fichier contiendrait les noms, les adresses électroniques et les numéros de téléphone des clients. Aucune donnée bancaire n’y figurerait.

L’enseigne Outilor n’avait pas encore répondu à nos questions au moment de la publication.
`
	denialArticle = `Outilor dément toute fuite de données de ses clients

L’enseigne de bricolage Outilor dément formellement avoir été victime d’une fuite de données. Dans un communiqué publié le 5 mars 2026, elle assure que « les données proposées à la vente ne proviennent pas de nos systèmes ».

Un pirate surnommé « MouetteNoire » affirmait deux jours plus tôt vendre les données de 120 000 clients de la chaîne de magasins.
`
	secret = "ne proviennent pas de nos systèmes"
)

// storyteller goes through the whole life of a case as its people do.
type storyteller struct {
	*house
	t      *testing.T
	editor *visitor
	reader *visitor
	dir    string
}

// imports runs the command on an article, as a person would.
func (s *storyteller) imports(name, article string) string {
	s.t.Helper()
	file := filepath.Join(s.dir, name)
	if err := os.WriteFile(file, []byte(article), 0o644); err != nil {
		s.t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"import", "article", file, "--db", s.file}, nil, &out, &errs); code != exitDone {
		s.t.Fatalf("vigie import: exit %d\n%s%s", code, &out, &errs)
	}
	return strings.TrimSpace(out.String())
}

// candidate is the id of the one candidate in the queue.
func (s *storyteller) candidate() string {
	s.t.Helper()
	page := s.editor.see("/fr/desk").body
	_, rest, ok := strings.Cut(page, `data-row="`)
	if !ok {
		s.t.Fatalf("the queue has no candidate\n%s", text(page))
	}
	return rest[:strings.IndexByte(rest, '"')]
}

// saves fills in a form of the edit page and posts it.
func (s *storyteller) saves(path, note string, fill func(url.Values)) answer {
	s.t.Helper()
	form := formOf(s.t, s.editor.see(path).body, "note")
	fill(form)
	form.Set("note", note)
	form.Set("action", "save")
	address, _, _ := strings.Cut(path, "?")
	a := s.editor.post(address, form)
	if a.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("saving %s: %s\n%s", path, a.Status, text(a.body))
	}
	return a
}

// complete writes what only an editor can: the paper, the day, and our own words
// in both languages.
func complete(form url.Values, day string) {
	for n := 0; form.Has(fmt.Sprintf("sources.%d.row", n)); n++ {
		if row := fmt.Sprintf("sources.%d.", n); form.Get(row+"title") != "" && form.Get(row+"publisher") == "" {
			form.Set(row+"publisher", "La Gazette des essais")
		}
	}
	for n := 0; form.Has(fmt.Sprintf("statements.%d.row", n)); n++ {
		row := fmt.Sprintf("statements.%d.", n)
		if form.Get(row+"acts") == "" {
			continue
		}
		for field, value := range map[string]string{"on": day, "text.fr": "Une déclaration écrite pour l’essai.", "text.en": "A statement written for the trial."} {
			if form.Get(row+field) == "" {
				form.Set(row+field, value)
			}
		}
	}
}

func (s *storyteller) feed(path string) *gofeed.Feed {
	s.t.Helper()
	f, err := gofeed.NewParser().ParseString(s.reader.see(path).body)
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

func guids(f *gofeed.Feed) map[string]*gofeed.Item {
	m := map[string]*gofeed.Item{}
	for _, i := range f.Items {
		m[i.GUID] = i
	}
	return m
}

func (s *storyteller) record() (r vigie.Record) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.reader.see("/incidents/outilor-2026-03.json").body), &r); err != nil {
		s.t.Fatal(err)
	}
	return
}

func TestTheStoryOfACase(t *testing.T) {
	h := newHouse(t, "")
	s := &storyteller{house: h, t: t, editor: h.editor("camille"), reader: h.visitor(), dir: t.TempDir()}

	// An article becomes a candidate, and importing it again proposes nothing.
	if got := s.imports("claim.txt", claimArticle); got != "read=1 new=1 changed=0 duplicate=0 filtered=0 refused=0" {
		t.Fatalf("first import: %s", got)
	}
	if got := s.imports("claim.txt", claimArticle); got != "read=1 new=0 changed=0 duplicate=1 filtered=0 refused=0" {
		t.Fatalf("the same again: %s", got)
	}
	id := s.candidate()
	page := s.editor.see("/fr/desk/candidates/" + id).body
	mustHold(t, "the candidate", text(page), "Outilor", "120 000 clients", "MouetteNoire")
	if !strings.Contains(page, "<mark") {
		t.Error("the words that values were read from are not marked")
	}

	// It is accepted as a new case and published.
	s.saves("/fr/desk/new?candidate="+id, "Premier signalement.", func(form url.Values) {
		form.Set("state", "published")
		form.Set("disclosed", "2026-03-03")
		complete(form, "2026-03-03")
	})
	first := s.record()
	if first.State != vigie.Published || first.Derived.Version != 1 || first.Derived.Standing.Position != vigie.NoStatement {
		t.Fatalf("the new case: %s, version %d, %+v", first.State, first.Derived.Version, first.Derived.Standing)
	}
	if !strings.Contains(s.reader.see("/fr/incidents?q=outilor").body, "/fr/incidents/outilor-2026-03") {
		t.Error("search does not find the new case")
	}
	timeline, cases := s.feed("/feed.rss"), s.feed("/incidents.atom")
	if len(timeline.Items) != len(first.Statements) || timeline.Items[0].GUID != vigie.URN("outilor-2026-03/s1") {
		t.Fatalf("the timeline feed: %d items, the first %q", len(timeline.Items), timeline.Items[0].GUID)
	}
	if len(cases.Items) != 1 || cases.Items[0].GUID != vigie.URN("outilor-2026-03") {
		t.Fatalf("the incident feed: %d items", len(cases.Items))
	}

	// The denial is suggested for that case, with reasons, and attached.
	if got := s.imports("denial.txt", denialArticle); !strings.Contains(got, "new=1") {
		t.Fatalf("second import: %s", got)
	}
	id = s.candidate()
	page = s.editor.see("/fr/desk/candidates/" + id).body
	mustHold(t, "the suggestion", page, "outilor-2026-03")
	found, _, err := suspects(t.Context(), h.store, must(h.store.Candidate(t.Context(), id)))
	if err != nil || len(found) == 0 || found[0].Incident != "outilor-2026-03" || len(found[0].Reasons) < 2 {
		t.Fatalf("suspects %+v, %v", found, err)
	}
	for _, reason := range found[0].Reasons {
		mustHold(t, "the suggestion's reasons", text(page), plainly(reason.FR))
	}
	before := s.record()
	time.Sleep(time.Until(before.Derived.Updated.Truncate(time.Second).Add(1100 * time.Millisecond))) // feeds tell seconds
	s.saves("/fr/desk/incidents/outilor-2026-03?candidate="+id, "Démenti de l’enseigne.", func(form url.Values) { complete(form, "2026-03-05") })
	after := s.record()
	if after.Derived.Version != 2 || after.Derived.Standing.Position != vigie.DeniesIt {
		t.Fatalf("after the denial: version %d, %+v", after.Derived.Version, after.Derived.Standing)
	}
	mustHold(t, "the history", text(s.reader.see("/fr/incidents/outilor-2026-03/history").body), "Démenti de l’enseigne.", "camille")
	was, is := guids(timeline), guids(s.feed("/feed.rss"))
	if len(is) != len(was)+1 {
		t.Errorf("the timeline feed went from %d to %d items, want exactly one more", len(was), len(is))
	}
	for guid, item := range was {
		if now := is[guid]; now == nil || now.Link != item.Link || now.Published != item.Published {
			t.Errorf("an item that was told is another now: %q", item.Title)
		}
	}
	entry := s.feed("/incidents.atom").Items[0]
	if !entry.UpdatedParsed.After(*cases.Items[0].UpdatedParsed) || entry.GUID != cases.Items[0].GUID || entry.Published != cases.Items[0].Published {
		t.Error("the incident entry: updated must move and nothing else that names it")
	}
	if got := s.imports("denial.txt", denialArticle); !strings.Contains(got, "new=0") || !strings.Contains(got, "duplicate=1") {
		t.Errorf("the denial again: %s", got)
	}
	if again := s.editor.see("/fr/desk").body; strings.Contains(again, "data-row") {
		t.Error("a decided article is back in the queue")
	}

	// Wording is no news; a corrected figure is an item of its own.
	quiet := s.feed("/feed.rss")
	s.saves("/fr/desk/incidents/outilor-2026-03", "Reformulation.", func(form url.Values) {
		form.Set("summary.fr", "Un résumé.")
		form.Set("summary.en", "A summary.")
	})
	if now := s.feed("/feed.rss"); len(now.Items) != len(quiet.Items) {
		t.Error("readers were told of a change of wording")
	}
	corrected := 0
	s.saves("/fr/desk/incidents/outilor-2026-03", "Le pirate disait 130 000, non 120 000.", func(form url.Values) {
		for name := range form {
			if strings.Contains(name, ".figures.") && form.Get(name) == "120000" {
				form.Set(name, "130000")
				corrected++
			}
		}
	})
	if corrected == 0 {
		t.Fatal("no figure to correct in the form")
	}
	told := guids(s.feed("/feed.rss"))
	if item := told[vigie.URN("outilor-2026-03/c4")]; item == nil || len(told) != len(quiet.Items)+1 {
		t.Errorf("the correction is not one item of its own (%d → %d)", len(quiet.Items), len(told))
	}
	mustHold(t, "the corrections page", text(s.reader.see("/fr/corrections").body), "Le pirate disait 130 000, non 120 000.")

	// Retracted: gone, with the reason, and the feed says so.
	s.saves("/fr/desk/incidents/outilor-2026-03", "Retrait.", func(form url.Values) {
		form.Set("state", "retracted")
		form.Set("reason", "Il s’agissait d’une autre enseigne.")
	})
	gone := s.reader.get("/fr/incidents/outilor-2026-03")
	if gone.StatusCode != http.StatusGone {
		t.Errorf("a retracted case: %s", gone.Status)
	}
	mustHold(t, "the tombstone", text(gone.body), "Il s’agissait d’une autre enseigne.")
	machine := s.reader.get("/incidents/outilor-2026-03.json")
	if machine.StatusCode != http.StatusGone || machine.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a retracted case, to a machine: %s %s", machine.Status, machine.Header.Get("Content-Type"))
	}
	mustHold(t, "the problem", machine.body, "Il s’agissait d’une autre enseigne.")
	if item := guids(s.feed("/feed.rss"))[vigie.URN("outilor-2026-03/c5")]; item == nil {
		t.Error("the feed does not tell of the retraction")
	} else {
		mustHold(t, "the retraction in the feed", item.Title+item.Content+item.Description, "Il s’agissait d’une autre enseigne.")
	}
	if strings.Contains(s.reader.see("/fr/incidents?q=outilor").body, "/fr/incidents/outilor-2026-03\"") {
		t.Error("search still finds a retracted case")
	}

	// Redacted: the text is nowhere in the file.
	if !inFile(t, h.file, secret) {
		t.Fatal("the trial proves nothing: the text was not in the database file before")
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"redact", "outilor-2026-03", "--reason", "Décision de justice", "--db", h.file}, nil, &out, &errs); code != exitDone {
		t.Fatalf("vigie redact: %s%s", &out, &errs)
	}
	if inFile(t, h.file, secret) || inFile(t, h.file, "MouetteNoire") {
		t.Error("a redacted text is still in the database file")
	}
	if problems, err := h.store.Check(t.Context(), false); err != nil || len(problems) > 0 {
		t.Errorf("after all that, the check says %q, %v", problems, err)
	}
}

// inFile looks for a text in the database file and what SQLite keeps beside it.
func inFile(t *testing.T, file, words string) bool {
	t.Helper()
	for _, name := range []string{file, file + "-wal", file + "-journal"} {
		body, err := os.ReadFile(name)
		if err == nil && bytes.Contains(body, []byte(words)) {
			return true
		}
	}
	return false
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
