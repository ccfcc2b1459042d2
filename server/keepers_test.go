package main

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// admin is a visitor who has signed in and may redact.
func (h *house) admin(name string) *visitor {
	h.t.Helper()
	password, err := addEditor(context.Background(), h.store, name, true)
	if err != nil {
		h.t.Fatal(err)
	}
	v := h.visitor()
	if a := v.post("/fr/desk/sign-in", url.Values{"name": {name}, "password": {password}}); a.StatusCode != http.StatusSeeOther {
		h.t.Fatalf("signing in: %s", a.Status)
	}
	return v
}

// told are the titles of the feed for people, by guid.
func (v *visitor) told() map[string]string {
	v.t.Helper()
	feed, err := gofeed.NewParser().ParseString(v.see("/feed.rss?limit=200").body)
	if err != nil {
		v.t.Fatal(err)
	}
	titles := map[string]string{}
	for _, item := range feed.Items {
		titles[item.GUID] = item.Title
	}
	return titles
}

// news are the titles told after and not before.
func news(before, after map[string]string) (titles []string) {
	for guid, title := range after {
		if _, ok := before[guid]; !ok {
			titles = append(titles, title)
		}
	}
	slices.Sort(titles)
	return
}

// does posts an action on a case, from the page that offers it.
func (v *visitor) does(id, do, note string, more url.Values) answer {
	v.t.Helper()
	form := url.Values{"do": {do}, "note": {note}, "base": {formOf(v.t, v.see("/fr/desk/incidents/"+id+"/actions").body, "base").Get("base")}}
	for name, values := range more {
		form[name] = values
	}
	return v.post("/fr/desk/incidents/"+id+"/actions", form)
}

func (v *visitor) mustDo(id, do, note string, more url.Values) answer {
	v.t.Helper()
	a := v.does(id, do, note, more)
	if a.StatusCode != http.StatusSeeOther {
		v.t.Fatalf("%s %s: %s\n%s", do, id, a.Status, text(a.body))
	}
	return a
}

func (h *house) draft(id string) vigie.Record {
	h.t.Helper()
	r, err := h.store.Draft(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *house) sound() {
	h.t.Helper()
	if problems, err := h.store.Check(context.Background(), false); err != nil || len(problems) > 0 {
		h.t.Errorf("check: %v %q", err, problems)
	}
}

func TestThePreviewSaysWhatTheSaveThenTells(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	const path = "/fr/desk/incidents/truffaut-2024-09"
	form := formOf(t, v.see(path).body, "note")
	look := func(form url.Values) string {
		t.Helper()
		a := v.post("/fr/desk/preview", form)
		if a.StatusCode != http.StatusOK || strings.Contains(a.body, "<html") {
			t.Fatalf("the preview: %s\n%s", a.Status, a.body)
		}
		return plainly(text(a.body))
	}
	mustHold(t, "a form just opened", look(form), "Rien : un changement de forme n’est pas une nouvelle.", "inchangé")

	form.Set("summary.fr", form.Get("summary.fr")+" Une précision de forme.")
	form.Set("summary.en", form.Get("summary.en")+" A matter of wording.")
	mustHold(t, "a change of wording", look(form), "Rien : un changement de forme n’est pas une nouvelle.")

	// A denial typed into the blank rows of the form: what JavaScript sends is what the button sends.
	form.Set("action", "rows:statements")
	form = formOf(t, v.post(path, form).body, "note")
	last := 0
	for form.Has("statements." + itoa(last+1) + ".row") {
		last++
	}
	row := "statements." + itoa(last) + "."
	for field, value := range map[string]string{"by.role": "company", "by.company": "truffaut", "acts": "denies", "on": "2024-10", "text.fr": "Dément toute fuite.", "text.en": "Denies any leak."} {
		form.Set(row+field, value)
	}
	stopped := look(form)
	mustHold(t, "without a source", stopped, "source", "empêche")
	if strings.Contains(stopped, "Ce que diront les flux") {
		t.Error("the preview foresees a save that would be stopped")
	}
	form.Set(row+"sources", "r2")
	seen := look(form)
	mustHold(t, "with a source", seen, "aucune déclaration connue", "devient", "dément", "Règle P1", "1 annonce aux lecteurs", "Truffaut dément")

	// Without JavaScript the same stands in the page, and nothing is saved.
	form.Set("action", "preview")
	page := v.post(path, form)
	if page.StatusCode != http.StatusOK {
		t.Fatalf("the preview button: %s", page.Status)
	}
	mustHold(t, "the page with its preview", text(page.body), "Truffaut dément", "1 annonce aux lecteurs")
	if h.draft("truffaut-2024-09").Derived.Version != 1 {
		t.Fatal("a preview saved something")
	}
	before := v.told()
	form = formOf(t, page.body, "note")
	form.Set("action", "save")
	form.Set("note", "Le démenti d’octobre.")
	if a := v.post(path, form); a.StatusCode != http.StatusSeeOther || !strings.HasSuffix(a.Header.Get("Location"), "#saved") {
		t.Fatalf("saving: %s %s\n%s", a.Status, a.Header.Get("Location"), text(a.body))
	}
	told := news(before, v.told())
	if len(told) != 1 || !strings.Contains(seen, strings.Join(strings.Fields(plainly(told[0])), " ")) {
		t.Errorf("the feed tells %q, and the preview had said:\n%s", told, seen)
	}

	// What a correction, and a withdrawal, will say.
	form = formOf(t, v.see(path).body, "note")
	form.Set(row+"on", "2024-11")
	mustHold(t, "a correction", look(form), "correction de Vigie, version 3")
	form.Set("state", "retracted")
	form.Set("reason", "Un essai.")
	mustHold(t, "a withdrawal", look(form), "retir")
	form.Set("state", "draft")
	mustHold(t, "back to a draft", look(form), "Un dossier publié ne redevient pas un brouillon")
	mustHold(t, "a new case, empty", look(url.Values{"base": {"0"}, "state": {"draft"}}), "Rien n’est enregistré.")
	if a := h.visitor().post("/fr/desk/preview", form); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("a preview for a stranger: %s", a.Status)
	}
}

func TestTheFormNamesTheDraftThatABrowserKeeps(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	page := v.see("/fr/desk/incidents/temu-2024-09").body
	for _, want := range []string{`data-draft="camille /desk/incidents/temu-2024-09"`, `data-base="1"`, `data-preview="/fr/desk/preview"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	if strings.Contains(page, "data-unsaved") {
		t.Error("a form just opened is said to hold unsaved work")
	}
	form := formOf(t, page, "note")
	form.Set("action", "rows:sources")
	if a := v.post("/fr/desk/incidents/temu-2024-09", form); !strings.Contains(a.body, "data-unsaved") {
		t.Error("a form that came back as typed is not said to hold unsaved work")
	}
}

func TestCheckedTodayIsOneGestureAndNoNews(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	for _, id := range []string{"temu-2024-09", "boulanger-2024-09"} {
		in := h.draft(id).Incident
		in.Checked = "2025-01-31"
		if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 1, By: loader}); err != nil {
			t.Fatal(err)
		}
	}
	before, cases := v.told(), v.see("/incidents.atom").body
	form := formOf(t, v.see("/fr/desk/incidents?state=published").body, "return")
	if form.Get("return") != "/fr/desk/incidents?state=published" {
		t.Errorf("it would come back to %s", form.Get("return"))
	}
	press := func(id, base string) answer {
		return v.post("/fr/desk/incidents/"+id+"/checked", url.Values{"base": {base}, "return": {"/fr/desk/care"}})
	}
	if a := press("temu-2024-09", "2"); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/fr/desk/care" {
		t.Fatalf("checked today: %s %s", a.Status, a.Header.Get("Location"))
	}
	now := h.draft("temu-2024-09")
	if string(now.Checked) != nowDay() || now.Derived.Version != 3 {
		t.Errorf("checked %s, version %d", now.Checked, now.Derived.Version)
	}
	mustHold(t, "the history", text(v.see("/fr/incidents/temu-2024-09/history").body), "Vérifié : rien de nouveau.", "camille")
	if told := news(before, v.told()); len(told) != 0 {
		t.Errorf("readers were told %q", told)
	}
	was, _ := gofeed.NewParser().ParseString(cases)
	is, _ := gofeed.NewParser().ParseString(v.see("/incidents.atom").body)
	for i, item := range is.Items {
		if item.Updated != was.Items[i].Updated {
			t.Errorf("the entry of %s moved", item.Title)
		}
	}
	press("temu-2024-09", "3")
	if h.draft("temu-2024-09").Derived.Version != 3 {
		t.Error("twice in a day made two versions")
	}
	if a := press("boulanger-2024-09", "7"); a.StatusCode != http.StatusConflict || h.draft("boulanger-2024-09").Derived.Version != 2 {
		t.Errorf("from a version that is not there: %s", a.Status)
	}
	h.sound()
}

func TestTheCarePageShowsWhatWaits(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	in := h.draft("truffaut-2024-09").Incident
	in.Checked = "2024-12-01"
	in.Sources = append(in.Sources, vigie.Source{ID: "r90", Publisher: "La Gazette des essais", Title: "Un titre seulement", Seen: vigie.SeenHeadline})
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 1, By: loader}); err != nil {
		t.Fatal(err)
	}
	page := v.see("/fr/desk/care").body
	mustHold(t, "the care page", text(page), "truffaut-2024-09", "décembre 2024", "La Gazette des essais", "Un titre seulement")
	if !strings.Contains(page, `href="/fr/desk/incidents/truffaut-2024-09"`) {
		t.Error("the care page does not lead to the form")
	}
	v.post("/fr/desk/incidents/truffaut-2024-09/checked", url.Values{"base": {"2"}})
	if unchecked, _, _ := strings.Cut(v.see("/fr/desk/care").body, `id="unopened"`); strings.Contains(unchecked, "truffaut-2024-09") {
		t.Error("a case checked today still waits to be checked")
	}
}

func TestCompaniesAndWavesAreKeptAtTheDesk(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	form := formOf(t, v.see("/fr/desk/companies/new").body, "note")
	form.Set("name", "Outilor")
	form.Set("country", "FRANCE")
	form.Set("domains", "https://outilor.example/")
	wrong := v.post("/fr/desk/companies/new", form)
	if wrong.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong company: %s", wrong.Status)
	}
	mustHold(t, "what is wrong", text(wrong.body), "deux lettres", "nom de domaine", "note")
	again := formOf(t, wrong.body, "note")
	if again.Get("name") != "Outilor" || again.Get("domains") != "https://outilor.example/" {
		t.Errorf("what was typed is lost: %v", again)
	}
	for field, value := range map[string]string{"country": "FR", "domains": "outilor.example, outilor.fr", "aliases": "Outilor SA\r\nLe Bon Outil, l’enseigne", "sector": "diy_garden", "wikidata": "Q1", "note": "Pour un dossier à venir."} {
		form.Set(field, value)
	}
	if a := v.post("/fr/desk/companies/new", form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("a company: %s\n%s", a.Status, text(a.body))
	}
	made, err := h.store.Company(t.Context(), "outilor")
	if err != nil || len(made.Aliases) != 2 || made.Aliases[1] != "Le Bon Outil, l’enseigne" || len(made.Domains) != 2 {
		t.Fatalf("%v: %+v", err, made)
	}
	if a := v.post("/fr/desk/companies/new", form); a.StatusCode != http.StatusConflict {
		t.Errorf("an id taken: %s", a.Status)
	} else {
		mustHold(t, "the refusal", text(a.body), "« outilor » est déjà pris")
	}
	mustHold(t, "the list", text(v.see("/fr/desk/companies").body), "Outilor", "Truffaut")

	// Two editors: the second sees what the first did, and may save over it knowingly.
	mine := formOf(t, v.see("/fr/desk/companies/edit/outilor").body, "note")
	theirs := formOf(t, h.editor("dominique").see("/fr/desk/companies/edit/outilor").body, "note")
	theirs.Set("group", "Groupe Tournesol")
	theirs.Set("note", "Le groupe, d’après son site.")
	v.post("/fr/desk/companies/edit/outilor", theirs)
	mine.Set("sector", "home")
	mine.Set("note", "Le secteur.")
	met := v.post("/fr/desk/companies/edit/outilor", mine)
	if met.StatusCode != http.StatusConflict {
		t.Fatalf("the second save: %s", met.Status)
	}
	mustHold(t, "the conflict", text(met.body), "Groupe Tournesol", "Le groupe, d’après son site.")
	over := formOf(t, met.body, "note")
	if over.Get("base") != "2" || over.Get("sector") != "home" {
		t.Errorf("the form after a conflict: %v", over)
	}
	if a := v.post("/fr/desk/companies/edit/outilor", over); a.StatusCode != http.StatusSeeOther {
		t.Errorf("saving over it: %s", a.Status)
	}

	wave := formOf(t, v.see("/fr/desk/waves/new").body, "note")
	for field, value := range map[string]string{"name.fr": "Vague d’essai", "name.en": "Trial wave", "summary.fr": "Un résumé.", "summary.en": "A summary.", "note": "Une série."} {
		wave.Set(field, value)
	}
	if a := v.post("/fr/desk/waves/new", wave); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("a wave: %s\n%s", a.Status, text(a.body))
	}
	if w, err := h.store.Wave(t.Context(), "trial-wave"); err != nil || w.Summary.EN != "A summary." {
		t.Errorf("%v: %+v", err, w)
	}
	mustHold(t, "the waves", text(v.see("/en/desk/waves").body), "Trial wave")
	if a := h.visitor().get("/fr/desk/companies/edit/outilor"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("a stranger at the form of a company: %s", a.Status)
	}
	h.sound()
}

func TestACaseIsWithdrawnAndRestoredWithPublicReasons(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	if a := v.does("temu-2024-09", "retract", "  ", nil); a.StatusCode != http.StatusUnprocessableEntity || h.draft("temu-2024-09").State != vigie.Published {
		t.Errorf("without a reason: %s", a.Status)
	}
	before := v.told()
	v.mustDo("temu-2024-09", "retract", "Un essai de retrait.", nil)
	gone := h.visitor().get("/fr/incidents/temu-2024-09")
	if gone.StatusCode != http.StatusGone {
		t.Errorf("a withdrawn case: %s", gone.Status)
	}
	mustHold(t, "the tombstone", text(gone.body), "Un essai de retrait.")
	if told := news(before, v.told()); len(told) != 1 {
		t.Errorf("the withdrawal is told as %q", told)
	}
	before = v.told()
	v.mustDo("temu-2024-09", "restore", "L’essai est fini.", url.Values{"version": {"1"}})
	now := h.draft("temu-2024-09")
	if now.State != vigie.Published || now.Reason != "" || now.Derived.Version != 3 || len(h.visitor().see("/fr/incidents/temu-2024-09").body) == 0 {
		t.Errorf("restored: %s, version %d", now.State, now.Derived.Version)
	}
	for guid, title := range v.told() {
		if strings.Contains(title, "Temu") && before[guid] == "" && !strings.Contains(title, "version 3") && guid == vigie.URN("temu-2024-09/c3") {
			t.Errorf("a statement is told again: %q", title)
		}
	}
	first, err := h.store.Timeline(t.Context(), vigie.Query{Incident: []string{"temu-2024-09"}}, vigie.ItemStatement)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range first.Items {
		if item.Recorded.After(now.Derived.Recorded) {
			t.Errorf("%s came back as new", item.ID)
		}
	}
	// From a version that someone replaced meanwhile: nothing is done, and both are shown.
	stale := v.post("/fr/desk/incidents/temu-2024-09/actions", url.Values{"do": {"retract"}, "base": {"2"}, "note": {"Encore."}})
	if stale.StatusCode != http.StatusConflict || h.draft("temu-2024-09").State != vigie.Published {
		t.Errorf("a stale action: %s", stale.Status)
	}
	mustHold(t, "the conflict", text(stale.body), "Quelqu’un d’autre a enregistré avant vous", "L’essai est fini.")
	if a := v.does("temu-2024-09", "restore", "Rien.", url.Values{"version": {"99"}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a version that is not there: %s", a.Status)
	}
	h.sound()
}

func TestADraftIsPublishedByAnActionAndDroppedWithoutATrace(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	in := h.draft("truffaut-2024-09").Incident
	in.ID, in.State, in.Disclosed = "truffaut-2024-09-b", vigie.Draft, "2024-09"
	saveDraft := func() {
		if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, By: loader}); err != nil {
			t.Fatal(err)
		}
	}
	saveDraft()
	before := v.told()
	v.mustDo(in.ID, "publish", "Vérifié, publié.", nil)
	if page := v.see("/fr/desk/incidents/" + in.ID + "?saved=2").body; strings.Contains(page, "data-undo") || !strings.Contains(page, "/actions#retract") {
		t.Error("what was published is offered to be a draft again, and not to be withdrawn")
	}
	if len(news(before, v.told())) != len(in.Statements) {
		t.Errorf("publishing told %q", news(before, v.told()))
	}
	if a := v.does(in.ID, "publish", "Encore.", nil); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("published twice: %s", a.Status)
	}
	in.ID, in.Statements = "truffaut-2024-09-c", nil
	saveDraft()
	if a := v.does(in.ID, "publish", "Trop tôt.", nil); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("publishing a case without a statement: %s", a.Status)
	} else {
		mustHold(t, "why not", text(a.body), "au moins une déclaration")
	}
	before = v.told()
	v.mustDo(in.ID, "retract", "Un doublon.", nil)
	if a := h.visitor().get("/fr/incidents/" + in.ID); a.StatusCode != http.StatusNotFound || len(news(before, v.told())) != 0 {
		t.Errorf("a dropped draft left a trace: %s", a.Status)
	}
	v.mustDo(in.ID, "restore", "Tout compte fait.", url.Values{"version": {"1"}})
	if h.draft(in.ID).State != vigie.Draft {
		t.Error("a dropped draft does not come back as a draft")
	}
	h.sound()
}

func TestACaseIsMergedAndBothComeBack(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	for _, wrong := range []string{"nowhere-2024-01", "truffaut-2024-09", ""} {
		if a := v.does("truffaut-2024-09", "merge", "Un essai.", url.Values{"into": {wrong}}); a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("into %q: %s", wrong, a.Status)
		}
	}
	statements := func() int {
		tl, err := h.store.Timeline(t.Context(), vigie.Query{Limit: vigie.MaxLimit}, vigie.ItemStatement)
		if err != nil {
			t.Fatal(err)
		}
		return len(tl.Items)
	}
	before := statements()
	a := v.mustDo("truffaut-2024-09", "merge", "La même attaque, pour l’essai.", url.Values{"into": {"cultura-2024-09"}})
	if a.Header.Get("Location") != "/fr/desk/incidents/truffaut-2024-09/actions" || statements() != before {
		t.Errorf("merged: goes to %s, %d statements, were %d", a.Header.Get("Location"), statements(), before)
	}
	if moved := h.visitor().get("/fr/incidents/truffaut-2024-09"); moved.StatusCode != http.StatusMovedPermanently || moved.Header.Get("Location") != "/fr/incidents/cultura-2024-09" {
		t.Errorf("the old address: %s %s", moved.Status, moved.Header.Get("Location"))
	}
	v.mustDo("truffaut-2024-09", "restore", "Deux attaques.", url.Values{"version": {"1"}})
	v.mustDo("cultura-2024-09", "restore", "Deux attaques.", url.Values{"version": {"1"}})
	if len(h.visitor().see("/fr/incidents/truffaut-2024-09").body) == 0 || statements() != before {
		t.Errorf("after the way back: %d statements, were %d", statements(), before)
	}
	h.sound()
}

func TestStatementsAreSplitOffIntoACaseOfTheirOwn(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	cultura := h.draft("cultura-2024-09")
	leaving := cultura.Statements[slices.IndexFunc(cultura.Statements, func(s vigie.Statement) bool { return s.By.Role == vigie.Press })]
	none := v.does("cultura-2024-09", "split", "Un essai.", nil)
	if none.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("nothing chosen: %s", none.Status)
	}
	mustHold(t, "what lacks", text(none.body), "Choisissez les déclarations qui partent.", "Choisissez l’entreprise")

	before := v.told()
	form := url.Values{"statement": {leaving.ID}, "new_company": {"Outilor"}}
	a := v.does("cultura-2024-09", "split", "Elle parlait d’une autre enseigne.", form)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("split: %s\n%s", a.Status, text(a.body))
	}
	id, err := h.store.Holder(t.Context(), "cultura-2024-09/"+leaving.ID)
	if err != nil || a.Header.Get("Location") != "/fr/desk/incidents/cultura-2024-09/actions" {
		t.Fatalf("the new case: %v, and the editor is at %s", err, a.Header.Get("Location"))
	}
	made := h.draft(id)
	if made.Company != "outilor" || made.State != vigie.Published || len(made.Statements) != 1 || made.Statements[0].Was != "cultura-2024-09/"+leaving.ID || made.Wave != cultura.Wave {
		t.Errorf("the new case %s: %+v", id, made.Incident)
	}
	stays := h.draft("cultura-2024-09")
	if _, still := stays.Statement(leaving.ID); still {
		t.Error("the statement is still in the old case")
	}
	told := news(before, v.told())
	if len(told) != 1 || !strings.Contains(told[0], "Cultura") || !strings.Contains(told[0], "version 2") {
		t.Errorf("the split is told as %q, want the correction of the old case alone", told)
	}
	v.mustDo(id, "merge", "C’était bien elle.", url.Values{"into": {"cultura-2024-09"}})
	if back := h.draft("cultura-2024-09"); len(back.Statements) != len(cultura.Statements) {
		t.Errorf("merged back, the case has %d statements and had %d", len(back.Statements), len(cultura.Statements))
	}
	h.sound()
}

func TestOnlyAnAdministratorRedactsAndIsAskedTwice(t *testing.T) {
	h := loaded(t)
	in := h.draft("truffaut-2024-09").Incident
	in.Summary = vigie.Text{FR: "Un mot de trop, zorglubien.", EN: "One word too many, zorglubian."}
	second := in
	second.Summary = vigie.Text{FR: "Un résumé sobre.", EN: "A sober summary."}
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 1, By: loader}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &second, Base: 2, By: loader}); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"version": {"2"}}
	editor := h.editor("camille")
	mustHold(t, "the page of an editor", text(editor.see("/fr/desk/incidents/truffaut-2024-09/actions").body), "Réservé aux administrateurs.")
	form.Set("confirm", "truffaut-2024-09")
	if a := editor.does("truffaut-2024-09", "redact", "Décision de justice.", form); a.StatusCode != http.StatusForbidden {
		t.Errorf("an editor redacts: %s", a.Status)
	}
	form.Del("confirm")
	v := h.admin("alix")
	if a := v.does("truffaut-2024-09", "redact", "Décision de justice.", nil); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("no version chosen: %s", a.Status)
	}
	asked := v.does("truffaut-2024-09", "redact", "Décision de justice.", form)
	if asked.StatusCode != http.StatusOK || !inFile(t, h.file, "zorglubien") {
		t.Fatalf("the first time: %s", asked.Status)
	}
	mustHold(t, "the question", text(asked.body), "Effacer pour toujours ?", "version 2", "Cela ne se défait pas.", "Décision de justice.")
	confirm := formOf(t, asked.body, "confirm")
	confirm.Set("confirm", "temu-2024-09")
	if a := v.post("/fr/desk/incidents/truffaut-2024-09/actions", confirm); a.StatusCode != http.StatusOK || !inFile(t, h.file, "zorglubien") {
		t.Errorf("with the name of another case: %s", a.Status)
	}
	confirm.Set("confirm", "truffaut-2024-09")
	stale := maps.Clone(confirm)
	stale.Set("base", "2")
	if a := v.post("/fr/desk/incidents/truffaut-2024-09/actions", stale); a.StatusCode != http.StatusConflict || !inFile(t, h.file, "zorglubien") {
		t.Errorf("from an older version: %s", a.Status)
	}
	if a := v.post("/fr/desk/incidents/truffaut-2024-09/actions", confirm); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("the second time: %s\n%s", a.Status, text(a.body))
	}
	if inFile(t, h.file, "zorglubien") {
		t.Error("the text is still in the database file")
	}
	if now := h.draft("truffaut-2024-09"); now.State != vigie.Published || now.Summary.FR != "Un résumé sobre." {
		t.Errorf("the present version: %+v", now.Incident)
	}
	page := v.see("/fr/desk/incidents/truffaut-2024-09/actions").body
	if strings.Contains(page, `<option value="2"`) {
		t.Error("a version whose text is gone is offered again")
	}
	h.sound()
}

func TestEveryToolOfTheKeepersIsClosedToStrangers(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	for _, r := range desk {
		path := "/fr" + strings.NewReplacer(":id", "temu-2024-09").Replace(r.path)
		var a answer
		if r.method == http.MethodGet {
			a = v.get(path)
		} else {
			a = v.post(path, url.Values{"do": {"retract"}, "base": {"1"}, "note": {"x"}, "action": {"save"}})
		}
		if a.StatusCode != http.StatusSeeOther && a.StatusCode != http.StatusUnauthorized || r.method == http.MethodGet && !strings.HasPrefix(a.Header.Get("Location"), "/fr"+web.SignInPath) {
			t.Errorf("%s %s, to a stranger: %s", r.method, path, a.Status)
		}
	}
	if h.draft("temu-2024-09").Derived.Version != 1 {
		t.Error("a stranger changed the record")
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// nowDay is today: the server of these houses runs on the real clock.
func nowDay() string { return string(vigie.DayOf(time.Now())) }
