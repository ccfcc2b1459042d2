package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"vigie"
	"vigie/db"
)

// presses the one button that undoes what a page says was done: the form that the
// key u sends.
func (v *visitor) undoes(at string) answer {
	v.t.Helper()
	at, _, _ = strings.Cut(at, "#")
	page := v.see(at).body
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		v.t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || !attributed(n, "data-undo") {
			continue
		}
		form := url.Values{}
		for d := range n.Descendants() {
			if d.Type != html.ElementNode {
				continue
			}
			readField(d, form)
			if d.Data == "button" && attribute(d, "name") != "" && !form.Has(attribute(d, "name")) {
				form.Set(attribute(d, "name"), attribute(d, "value"))
			}
		}
		form.Del("leave") // of the second button
		a := v.post(attribute(n, "action"), form)
		if a.StatusCode != http.StatusSeeOther {
			v.t.Fatalf("undoing at %s with %v: %s\n%s", at, form, a.Status, text(a.body))
		}
		return a
	}
	v.t.Fatalf("nothing is undone at %s\n%s", at, text(page))
	return answer{}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func attributed(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// standing is all that an undoing must bring back: the public record as strangers
// have it, but for its versions and dates; and what waits at the desk.
func (h *house) standing() string {
	h.t.Helper()
	type row struct {
		Record vigie.Incident
		Says   vigie.Standing
	}
	var all struct {
		Cases     []row
		Companies []vigie.Company
		Waves     []vigie.Wave
		Queue     map[string]string
		Watches   map[string]bool
	}
	answer, err := h.store.Search(h.t.Context(), vigie.Query{Limit: vigie.MaxLimit})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range answer.Incidents {
		all.Cases = append(all.Cases, row{r.Incident, r.Derived.Standing})
	}
	companies, _ := h.store.AllCompanies(h.t.Context())
	for _, c := range companies {
		if c.Cases == 0 { // readers do not meet it: one that was made with a case stays at the desk
			continue
		}
		all.Companies = append(all.Companies, c.Company)
	}
	waves, _ := h.store.AllWaves(h.t.Context())
	for _, w := range waves {
		all.Waves = append(all.Waves, w.Wave)
	}
	all.Queue, all.Watches = map[string]string{}, map[string]bool{}
	list, err := h.store.Queue(h.t.Context(), db.Filter{Status: "any", Latest: true})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range list {
		all.Queue[c.ID] = c.Status + " " + c.Hash
	}
	watches, _ := h.store.Watches(h.t.Context())
	for _, w := range watches {
		all.Watches[w.ID+" "+w.Address] = w.Active
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

// Every destructive step of the desk, and its way back in one press from the page that
// it leads to: afterwards all is as it was, save for history. Redaction is the one
// step without.
func TestEveryStepOfTheDeskIsUndoneInOnePress(t *testing.T) {
	const desk = "/fr/desk"
	steps := []struct {
		name string
		do   func(t *testing.T, h *house, v *visitor) (lands string)
	}{
		{"rejecting", func(_ *testing.T, _ *house, v *visitor) string {
			return v.post(desk+"/candidates/c1", url.Values{"why": {"not_retail"}}).Header.Get("Location")
		}},
		{"rejecting one, seen at the next", func(_ *testing.T, _ *house, v *visitor) string {
			return v.post(desk+"/candidates/c1", url.Values{"why": {"not_retail"}, "next": {"c2"}}).Header.Get("Location")
		}},
		{"rejecting, seen from itself", func(_ *testing.T, _ *house, v *visitor) string {
			v.post(desk+"/candidates/c1", url.Values{"why": {"not_retail"}})
			return desk + "/candidates/c1"
		}},
		{"rejecting several", func(_ *testing.T, _ *house, v *visitor) string {
			return v.post(desk, url.Values{"candidate": {"c1", "c2"}, "why": {"duplicate"}}).Header.Get("Location")
		}},
		{"attaching with a version", func(t *testing.T, _ *house, v *visitor) string {
			v.attaches(t, "c1", "temu-2024-09")
			return desk
		}},
		{"attaching, seen from the news", func(t *testing.T, _ *house, v *visitor) string {
			v.attaches(t, "c1", "temu-2024-09")
			return desk + "/candidates/c1"
		}},
		{"attaching, seen from the case", func(t *testing.T, _ *house, v *visitor) string {
			v.attaches(t, "c1", "temu-2024-09")
			return desk + "/incidents/temu-2024-09/actions"
		}},
		{"attaching without a version", func(_ *testing.T, _ *house, v *visitor) string {
			return v.post(desk+"/candidates/c1", url.Values{"action": {"attach"}, "incident": {"temu-2024-09"}}).Header.Get("Location")
		}},
		{"a case made of news", func(t *testing.T, _ *house, v *visitor) string {
			form := formOf(t, v.see(desk+"/new?candidate=c3").body, "note")
			form.Set("company", "truffaut")
			form.Del("new_company")
			form.Set("note", "Un dossier nouveau.")
			form.Set("action", "save")
			if a := v.post(desk+"/new", form); a.StatusCode != http.StatusSeeOther {
				t.Fatalf("a case of c3: %s\n%s", a.Status, text(a.body))
			}
			return desk
		}},
		{"withdrawing", func(_ *testing.T, _ *house, v *visitor) string {
			return v.mustDo("temu-2024-09", "retract", "Un essai.", nil).Header.Get("Location")
		}},
		{"merging", func(_ *testing.T, _ *house, v *visitor) string {
			return v.mustDo("truffaut-2024-09", "merge", "La même.", url.Values{"into": {"cultura-2024-09"}}).Header.Get("Location")
		}},
		{"merging, seen from the other case", func(_ *testing.T, _ *house, v *visitor) string {
			v.mustDo("truffaut-2024-09", "merge", "La même.", url.Values{"into": {"cultura-2024-09"}})
			return desk + "/incidents/cultura-2024-09/actions"
		}},
		{"splitting", func(t *testing.T, h *house, v *visitor) string {
			all := h.draft("cultura-2024-09").Statements
			press := all[slices.IndexFunc(all, func(s vigie.Statement) bool { return s.By.Role == vigie.Press })]
			return v.mustDo("cultura-2024-09", "split", "Une autre.", url.Values{"statement": {press.ID}, "new_company": {"Outilor"}}).Header.Get("Location")
		}},
		{"restoring", func(_ *testing.T, h *house, v *visitor) string {
			return v.mustDo("boulanger-2024-09", "restore", "La première.", url.Values{"version": {"1"}}).Header.Get("Location")
		}},
		{"taking a row off a case", func(t *testing.T, h *house, v *visitor) string {
			in := h.draft("cultura-2024-09").Incident
			in.Statements = in.Statements[:len(in.Statements)-1]
			if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 1, By: vigie.Signature{Author: "camille", Note: "Une ligne de trop."}}); err != nil {
				t.Fatal(err)
			}
			return desk + "/incidents/cultura-2024-09/actions"
		}},
		{"undoing an import", func(_ *testing.T, _ *house, v *visitor) string {
			return v.post(desk+"/runs/desk-run", url.Values{"action": {"undo"}, "sure": {"1"}}).Header.Get("Location")
		}},
		{"removing a watch", func(_ *testing.T, _ *house, v *visitor) string {
			return v.post(desk+"/watches/edit/gazette-example", url.Values{"action": {"remove"}, "confirm": {"1"}}).Header.Get("Location")
		}},
		{"emptying a company", func(t *testing.T, _ *house, v *visitor) string {
			form := formOf(t, v.see(desk+"/companies/edit/temu").body, "note")
			form.Set("aliases", "")
			form.Set("sector", "")
			form.Set("note", "Un essai.")
			return v.post(desk+"/companies/edit/temu", form).Header.Get("Location")
		}},
		{"emptying a wave", func(t *testing.T, h *house, v *visitor) string {
			waves, _ := h.store.AllWaves(t.Context())
			at := desk + "/waves/edit/" + waves[0].ID
			form := formOf(t, v.see(at).body, "note")
			form.Set("summary.fr", "")
			form.Set("summary.en", "")
			form.Set("note", "Un essai.")
			return v.post(at, form).Header.Get("Location")
		}},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			h := loaded(t)
			h.brings(toldOf("c1", "Temu", 2_000_000), toldOf("c2", "Outilor", 1200), toldOf("c3", "Truffaut", 1500))
			if _, _, err := addWatch(t.Context(), h.store, vigie.Watch{Address: "https://gazette.example/feed", Kind: "feed", Every: time.Hour, Active: true}); err != nil {
				t.Fatal(err)
			}
			in := h.draft("boulanger-2024-09").Incident
			in.Summary = vigie.Text{FR: "Un résumé nouveau.", EN: "A new summary."}
			if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 1, By: loader}); err != nil {
				t.Fatal(err)
			}
			v := h.editor("camille")
			before := h.standing()
			lands := step.do(t, h, v)
			if lands == "" {
				t.Fatal("it was not done")
			}
			if h.standing() == before {
				t.Fatal("it changed nothing")
			}
			v.undoes(lands)
			if after := h.standing(); after != before {
				t.Errorf("it is not as it was:\n%s", firstDifference(before, after))
			}
			h.sound()
		})
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return strings.Join(x[max(0, i-8):min(len(x), i+3)], "\n") + "\n--- and now\n" + strings.Join(y[max(0, i-1):min(len(y), i+3)], "\n")
		}
	}
	return "one is longer"
}

// attaches puts news into a case by the form, as an editor does.
func (v *visitor) attaches(t *testing.T, candidate, id string) {
	t.Helper()
	at := "/fr/desk/incidents/" + id
	form := formOf(t, v.see(at+"?candidate="+candidate).body, "note")
	form.Set("note", "D’après La Gazette.")
	form.Set("action", "save")
	if a := v.post(at, form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("attaching %s to %s: %s\n%s", candidate, id, a.Status, text(a.body))
	}
}

func TestWhatWasSavedSinceIsNotUndoneUnseen(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Temu", 2_000_000))
	v := h.editor("camille")
	v.attaches(t, "c1", "temu-2024-09")
	in := h.draft("temu-2024-09").Incident
	in.Summary = vigie.Text{FR: "Un résumé.", EN: "A summary."}
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 2, By: loader}); err != nil {
		t.Fatal(err)
	}
	if a := v.post("/fr/desk", url.Values{"action": {"undo"}}); !strings.HasSuffix(a.Header.Get("Location"), "/temu-2024-09/actions#restore") || h.draft("temu-2024-09").Derived.Version != 3 {
		t.Errorf("the last decision leads to %s, version %d", a.Header.Get("Location"), h.draft("temu-2024-09").Derived.Version)
	}
	detach := url.Values{"action": {"detach"}, "incident": {"temu-2024-09"}}
	if a := v.post("/fr/desk/candidates/c1", detach); a.StatusCode != http.StatusConflict {
		t.Errorf("undoing it all: %s", a.Status)
	}
	detach.Set("leave", "1")
	v.post("/fr/desk/candidates/c1", detach)
	if c, _ := h.store.Candidate(t.Context(), "c1"); c.Status != db.Undecided || h.draft("temu-2024-09").Derived.Version != 3 {
		t.Errorf("only the news: %s, version %d", c.Status, h.draft("temu-2024-09").Derived.Version)
	}
	// A case that another was merged into and that went on since: by hand.
	v.mustDo("truffaut-2024-09", "merge", "La même.", url.Values{"into": {"cultura-2024-09"}})
	in = h.draft("cultura-2024-09").Incident
	in.Summary = vigie.Text{FR: "Un résumé.", EN: "A summary."}
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, Base: 2, By: loader}); err != nil {
		t.Fatal(err)
	}
	if page := v.see("/fr/desk/incidents/truffaut-2024-09/actions").body; strings.Contains(page, `value="undo"`) {
		t.Error("a merger is offered to be undone over what was saved since")
	}
	if a := v.post("/fr/desk/incidents/truffaut-2024-09/actions", url.Values{"do": {"undo"}, "base": {"2"}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("undone all the same: %s", a.Status)
	}
	if a := v.post("/fr/desk/incidents/cultura-2024-09/actions", url.Values{"do": {"undo"}, "base": {"2"}}); a.StatusCode != http.StatusConflict {
		t.Errorf("undone from an older version: %s", a.Status)
	}
	h.sound()
}

func TestRedactionSaysThatItIsForEverBeforeThePress(t *testing.T) {
	h := loaded(t)
	page := h.admin("alix").see("/fr/desk/incidents/temu-2024-09/actions").body
	_, form, _ := strings.Cut(page, `id="redact"`)
	warning, button := strings.Index(form, "Cela ne se défait pas"), strings.Index(form, "Effacer…")
	if warning < 0 || button < warning {
		t.Errorf("the warning is at %d, the button at %d", warning, button)
	}
}

// Undone from one side, the undoing of a merger or a split would lose statements or hold
// them twice: it is made again by merging or splitting.
func TestAnUndoingThatMovedStatementsIsNotUndoneFromOneSide(t *testing.T) {
	merged := loaded(t)
	camille := merged.editor("camille")
	camille.mustDo("truffaut-2024-09", "merge", "La même.", url.Values{"into": {"cultura-2024-09"}})
	camille.undoes("/fr/desk/incidents/cultura-2024-09/actions")
	camille.standsUndone("truffaut-2024-09", "cultura-2024-09")

	split := loaded(t)
	jo, cultura := split.editor("jo"), split.draft("cultura-2024-09")
	leaving := cultura.Statements[slices.IndexFunc(cultura.Statements, func(s vigie.Statement) bool { return s.By.Role == vigie.Press })]
	jo.mustDo(cultura.ID, "split", "Une autre.", url.Values{"statement": {leaving.ID}, "new_company": {"Outilor"}})
	jo.undoes("/fr/desk/incidents/cultura-2024-09/actions")
	jo.standsUndone(cultura.ID)
}

// standsUndone wants cases whose last version is an undoing that stays.
func (v *visitor) standsUndone(ids ...string) {
	t, h := v.t, v.house
	t.Helper()
	for _, id := range ids {
		if h.draft(id).State != vigie.Published {
			t.Fatalf("%s is %s after it was undone", id, h.draft(id).State)
		}
		version := h.draft(id).Derived.Version
		if strings.Contains(v.see("/fr/desk/incidents/"+id+"/actions").body, "data-undo") {
			t.Errorf("the undoing is offered to be undone from %s alone", id)
		}
		if a := v.does(id, "undo", "", nil); a.StatusCode == http.StatusSeeOther || h.draft(id).Derived.Version != version {
			t.Errorf("it is undone from %s alone: %s", id, a.Status)
		}
	}
	h.sound()
}
