package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/db"
)

// brings puts news of our own in the queue, as a reader would: the text says what it
// says of a shop, on a day.
func (h *house) brings(items ...vigie.Candidate) {
	h.t.Helper()
	run := vigie.Run{ID: "desk-run", Kind: "article", Origin: "essais", Started: h.now()}
	_ = h.store.StartRun(h.t.Context(), run) // a second call brings more of the same run
	for _, c := range items {
		c.Run = run.ID
		if outcome, err := h.store.AddCandidate(h.t.Context(), c); err != nil || outcome != db.New {
			h.t.Fatalf("bringing %s: %s %v", c.ID, outcome, err)
		}
	}
	run.Ended, run.Completed, run.Tally = h.now(), true, vigie.Tally{Read: len(items), New: len(items)}
	if err := h.store.FinishRun(h.t.Context(), run); err != nil {
		h.t.Fatal(err)
	}
}

// told is a piece of news about a shop; its words are marked as a reader marks them.
func toldOf(id, shop string, people int64) vigie.Candidate {
	text := fmt.Sprintf("%s confirme une fuite\n\nL’enseigne %s a confirmé que les noms de %d clients ont été volés.", shop, shop, people)
	at := func(words string) vigie.Span {
		from := len([]rune(text[:strings.LastIndex(text, words)]))
		return vigie.Span{from, from + len([]rune(words))}
	}
	count := at(fmt.Sprintf("%d clients", people))
	return vigie.Candidate{
		ID: id, Kind: "article", Key: "https://gazette.example/" + id, Hash: "hash of " + id,
		Source: vigie.Source{URL: "https://gazette.example/" + id, Publisher: "La Gazette", Title: shop + " confirme une fuite", Published: "2026-03-05", Lang: "fr", Kind: "article"},
		Reading: vigie.Reading{ID: id, Lang: "fr", IsIncident: true, IsRetail: true, Victims: []string{shop}, Kind: "data_breach", Published: "2026-03-05",
			Affected: []vigie.Count{{Value: people, Unit: "customers", Status: "confirmed", Qualifier: vigie.Exact, Span: count}}, DataTypes: []string{"name"}, Stance: []string{"confirms"},
			Text: text, Spans: map[string][]vigie.Span{"victims": {at(shop)}, "affected": {count}, "data_types": {at("noms")}, "company_figure": {count}}},
	}
}

// shown is what a page says, on one line.
func shown(page string) string { return strings.Join(strings.Fields(plainly(text(page))), " ") }

func TestTheQueueIsSiftedDecidedAndReopenedWithoutAScript(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Temu", 900_000), toldOf("c2", "Outilor", 1200), toldOf("c3", "Outilor", 1300))
	v := h.editor("camille")
	page := v.see("/fr/desk").body
	words := shown(page)
	mustHold(t, "the queue", words, "À trier 3", "Temu", "900 000", "confirmé", "temu-2024-09", "2 nouvelles sur cette affaire")
	if first, last := strings.Index(page, "candidates/c1"), strings.Index(page, "candidates/c2"); first < 0 || last < first {
		t.Errorf("what matters more does not come first: %d, %d", first, last)
	}
	if words := text(v.see("/fr/desk?q=outilor").body); strings.Contains(words, "Temu confirme") || !strings.Contains(words, "Outilor confirme") {
		t.Errorf("the words choose %s", words)
	}
	if words := shown(v.see("/fr/desk?kind=hibp").body); !strings.Contains(words, "Rien ne répond") {
		t.Errorf("a reader that brought nothing: %s", words)
	}
	if words := text(v.see("/fr/desk?like=c2").body); strings.Contains(words, "Temu confirme") {
		t.Error("what is on the same case holds another one")
	}

	for name, form := range map[string]url.Values{
		"without a reason": {"candidate": {"c2"}, "action": {"reject"}}, "of nothing": {"why": {"not_retail"}}} {
		if a := v.post("/fr/desk", form); a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("a rejection %s: %s", name, a.Status)
		}
	}
	a := v.post("/fr/desk", url.Values{"candidate": {"c2", "c3"}, "why": {"not_retail"}, "return": {"/desk?lang=fr"}})
	if to := a.Header.Get("Location"); a.StatusCode != http.StatusSeeOther || to != "/fr/desk?lang=fr" {
		t.Fatalf("rejecting two: %s to %s", a.Status, to)
	}
	mustHold(t, "after it", shown(v.see("/fr/desk").body), "Votre dernière décision", "2 nouvelles", "Pas un commerce", "À trier 1", "Écarté 2")
	mustHold(t, "the list of the rejected", shown(v.see("/fr/desk?status=rejected").body), "Pas un commerce", "camille", "Remettre à trier")

	v.post("/fr/desk", url.Values{"reopen": {"c2"}, "return": {"/desk?status=rejected"}})
	mustHold(t, "one reopened", shown(v.see("/fr/desk").body), "À trier 2", "Écarté 1")
	v.post("/fr/desk", url.Values{"action": {"undo"}})
	mustHold(t, "the other undone", shown(v.see("/fr/desk").body), "À trier 3", "Écarté 0")

	if a := v.post("/fr/desk", url.Values{"candidate": {"c1"}, "why": {"duplicate"}, "return": {"https://elsewhere.example/desk"}}); a.Header.Get("Location") != "/fr/desk" {
		t.Errorf("a form leads to %s", a.Header.Get("Location"))
	}
	h.sound()
}

func TestACandidateSaysWhatAttachingItWouldChange(t *testing.T) {
	h := loaded(t)
	two := toldOf("c1", "Truffaut", 150_000)
	two.Reading.Victims = []string{"Outilor", "Truffaut"}
	h.brings(two)
	v := h.editor("camille")
	page := v.see("/fr/desk/candidates/c1").body
	words := shown(page)
	mustHold(t, "the candidate", words, "La Gazette", "gazette.example", "Truffaut", "150 000 clients", "même entreprise", "aucune déclaration connue", "confirme", "Les flux diront", "Un dossier de : Outilor · Truffaut")
	if !strings.Contains(page, `<a class="read read-affected" href="#v`) || !strings.Contains(page, `href="#w`) {
		t.Error("values and words do not lead to each other")
	}
	if strings.Contains(page, `href="#w0"`) || !strings.Contains(page, `href="#w1"`) {
		t.Error("the first victim, of whom the text says nothing, is given the words of the second")
	}
	if page := v.see("/fr/desk/candidates/c1?find=boulanger").body; !strings.Contains(page, `/fr/desk/incidents/boulanger-2024-09"`) {
		t.Error("no other case is found to attach it to")
	}

	// One piece of news, two shops, two cases: each is proposed in its own name.
	for _, shop := range []string{"Outilor", "Truffaut"} {
		form := formOf(t, v.see("/fr/desk/new?candidate=c1&victim="+shop).body, "note")
		if got := form.Get("statements.0.by.name"); got != shop {
			t.Errorf("the statement proposed for %s is by %q", shop, got)
		}
		form.Set("new_company.sector", "home")
		form.Set("new_company.country", "fr")
		form.Set("note", "D’après La Gazette.")
		form.Set("action", "save")
		if a := v.post("/fr/desk/new", form); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("a case of %s: %s\n%s", shop, a.Status, text(a.body))
		}
	}
	decisions, err := h.store.Decisions(t.Context(), "c1")
	if err != nil || len(decisions) != 2 || decisions[0].Incident == decisions[1].Incident {
		t.Errorf("decisions %+v %v", decisions, err)
	}
	if made, err := h.store.Company(t.Context(), "outilor"); err != nil || made.Sector != "home" || made.Country != "FR" {
		t.Errorf("the company made: %+v %v", made.Company, err)
	}
	a := v.post("/fr/desk", url.Values{"action": {"undo"}})
	left, err := h.store.Decisions(t.Context(), "c1")
	if to := a.Header.Get("Location"); err != nil || to != "/fr/desk#row-c1" || len(left) != 1 || h.draft(decisions[1].Incident).State != vigie.Retracted && h.draft(decisions[0].Incident).State != vigie.Retracted {
		t.Errorf("undoing the last case leads to %s, and leaves %+v %v", to, left, err)
	}
	if c, _ := h.store.Candidate(t.Context(), "c1"); c.Status != vigie.Accepted {
		t.Errorf("in another case still, it is %s", c.Status)
	}
	h.sound()
}

// A list that says who said what: its rows come to the form as they are, with their
// own sources, and not one that is dated is given another date.
func TestAStructuredSourceIsAcceptedAsItIs(t *testing.T) {
	h := loaded(t)
	c := toldOf("c1", "Outilor", 1200)
	c.Draft = &vigie.Incident{
		Kind: "ransomware", Occurred: "2026-02", Disclosed: "2026-03-02", Countries: []string{"FR"}, Via: "Paylor",
		Sources: []vigie.Source{{ID: "r1", Publisher: "Un registre", Title: "Outilor", URL: "https://registre.example/1", Kind: "list", Seen: vigie.SeenFull, Published: "2026-03-04"},
			{ID: "r2", Publisher: "La Gazette", Title: "Outilor attaqué", URL: "https://gazette.example/2", Kind: "article", Seen: vigie.SeenAddress}},
		Statements: []vigie.Statement{
			{ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: "Mouette"}, Actor: "Mouette", Acts: []vigie.Act{vigie.Claims}, On: "2026-03-02", Channel: "leak_site", Sources: []string{"r1"}, Text: vigie.Text{FR: "Mouette revendique l’attaque.", EN: "Mouette claims the attack."}},
			{ID: "s2", By: vigie.Speaker{Role: vigie.Respondent, Name: "Outilor"}, Acts: []vigie.Act{vigie.NotifiesRegulator}, Channel: "regulator_filing", Sources: []string{"r1", "r2"}, Answers: []string{"s1"}, Text: vigie.Text{FR: "Outilor prévient l’autorité.", EN: "Outilor notifies the regulator."}},
		}}
	h.brings(c)
	v := h.editor("camille")
	mustHold(t, "the rows", shown(v.see("/fr/desk/candidates/c1").body), "Lignes proposées, telles que la source les donne", "Mouette", "site de fuite", "r2")
	form := formOf(t, v.see("/fr/desk/new?candidate=c1").body, "note")
	form.Set("note", "D’après le registre.")
	form.Set("action", "save")
	a := v.post("/fr/desk/new", form)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("saving: %s\n%s", a.Status, text(a.body))
	}
	in := h.draft("outilor-2026-03")
	if len(in.Sources) != 2 || len(in.Statements) != 2 || in.Occurred != "2026-02" || in.Via != "Paylor" || in.Kind != "ransomware" || in.Statements[1].On != "" || len(in.Statements[1].Sources) != 2 || in.Statements[1].By.Company != "outilor" {
		t.Errorf("the case made is %+v", in.Incident)
	}
	h.sound()
}

func TestNewsThatTheCaseHoldsAlreadyIsAttachedWithoutARevision(t *testing.T) {
	h := loaded(t)
	c := toldOf("c1", "Temu", 87_000_000)
	known := h.draft("temu-2024-09").Incident
	var claim vigie.Statement
	for _, s := range known.Statements {
		if claim.ID == "" && s.By.Role == vigie.Attacker {
			claim = s
		}
	}
	cited, _ := known.Source(claim.Sources[0])
	c.Source, c.Key = *cited, cited.URL
	c.Draft = &vigie.Incident{Kind: known.Kind, Sources: []vigie.Source{*cited}, Statements: []vigie.Statement{claim}}
	c.Draft.Sources[0].ID, c.Draft.Statements[0].ID, c.Draft.Statements[0].Sources, c.Draft.Statements[0].Quotes = "r1", "s1", []string{"r1"}, nil
	h.brings(c)
	v := h.editor("camille")
	page := v.see("/fr/desk/incidents/temu-2024-09?candidate=c1").body
	mustHold(t, "the form", shown(page), "Le dossier dit déjà tout ce que dit cette nouvelle")
	if a := v.post("/fr/desk/candidates/c1", url.Values{"action": {"attach"}, "incident": {"nowhere-2024"}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("attached to a case that is not there: %s", a.Status)
	}
	if a := v.post("/fr/desk/candidates/c1", url.Values{"action": {"attach"}, "incident": {"temu-2024-09"}}); a.Header.Get("Location") != "/fr/desk" {
		t.Errorf("attaching leads to %s %s", a.Status, a.Header.Get("Location"))
	}
	if got, err := h.store.Candidate(t.Context(), "c1"); err != nil || got.Status != vigie.Attached || h.draft("temu-2024-09").Derived.Version != 1 {
		t.Errorf("it is %s, the case has version %d", got.Status, h.draft("temu-2024-09").Derived.Version)
	}
	h.sound()
}

func TestWhatChangedUpstreamSinceItWasDecidedComesBackToTheEye(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Outilor", 1200), toldOf("c2", "Quincaille", 1300))
	v := h.editor("camille")
	v.post("/fr/desk/candidates/c1", url.Values{"why": {"nothing_new"}})
	v.post("/fr/desk/candidates/c2", url.Values{"action": {"attach"}, "incident": {"temu-2024-09"}})
	for id, shop := range map[string]string{"c1": "Outilor", "c2": "Quincaille"} {
		c := toldOf(id, shop, 450_000)
		c.Hash = "another hash of " + id
		if outcome, err := h.store.AddCandidate(t.Context(), c); err != nil || outcome != db.Changed {
			t.Fatalf("%s again: %s %v", id, outcome, err)
		}
	}
	mustHold(t, "the queue", shown(v.see("/fr/desk").body), "A changé depuis la décision", "1 200 clients → 450 000 clients", "elle avait été écartée (Rien de nouveau)", "Changées depuis 2")
	mustHold(t, "what changed", shown(v.see("/fr/desk?status=changed").body), "Outilor", "Quincaille")
	mustHold(t, "the one in a case", shown(v.see("/fr/desk/candidates/c2").body), "elle avait été jointe à un dossier", "Vu : cela ne change rien au dossier")
	if a := v.post("/fr/desk/candidates/c2", url.Values{"action": {"seen"}}); a.StatusCode != http.StatusSeeOther {
		t.Errorf("seen: %s", a.Status)
	}
	page := v.see("/fr/desk?status=changed").body
	mustHold(t, "what is left", shown(page), "À trier 1", "Joint à un dossier 1", "Changées depuis 1")
	if strings.Contains(page, `data-row="c2"`) {
		t.Error("once seen, it is still there")
	}
	h.sound()
}

func TestWhatChecksDataAnswersTheOnlyClaim(t *testing.T) {
	claim := vigie.Statement{ID: "s1", By: vigie.Speaker{Role: vigie.Attacker}, Acts: []vigie.Act{vigie.Leaks}, Sources: []string{"r1"}}
	check := vigie.Incident{Sources: []vigie.Source{{ID: "r1", URL: "https://checker.example/1"}}, Statements: []vigie.Statement{{ID: "s1", By: vigie.Speaker{Role: "researcher"}, Acts: []vigie.Act{vigie.Corroborates}, Sources: []string{"r1"}}}}
	for name, c := range map[string]struct {
		claims []vigie.Statement
		want   string
	}{"one claim": {[]vigie.Statement{claim}, "s1"}, "two claims": {[]vigie.Statement{claim, {ID: "s2", By: claim.By, Acts: claim.Acts}}, ""}, "none": {nil, ""}} {
		in := addProposal(vigie.Incident{Sources: []vigie.Source{{ID: "r1", URL: "https://gazette.example/1"}}, Statements: c.claims}, check)
		if got := strings.Join(in.Statements[len(in.Statements)-1].Answers, " "); got != c.want {
			t.Errorf("%s: it answers %q", name, got)
		}
	}
}

func TestAnImportIsUndoneOnceSure(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Temu", 900_000), toldOf("c2", "Outilor", 1200))
	v := h.editor("camille")
	v.post("/fr/desk/candidates/c2", url.Values{"action": {"reject"}, "reason": {"déjà au registre"}})
	mustHold(t, "the list of imports", shown(v.see("/fr/desk/runs").body), "article, essais")
	page := shown(v.see("/fr/desk/runs/desk-run").body)
	mustHold(t, "the import", page, "À trier 1", "Écarté 1", "déjà au registre", "1 nouvelle que personne n’a décidée sera retirée")
	if a := v.post("/fr/desk/runs/desk-run", url.Values{"action": {"undo"}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("undone without being sure: %s", a.Status)
	}
	if a := v.post("/fr/desk/runs/desk-run", url.Values{"action": {"undo"}, "sure": {"1"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("undoing: %s\n%s", a.Status, text(a.body))
	}
	mustHold(t, "the import undone", shown(v.see("/fr/desk/runs/desk-run").body), "Annulé le", "camille", "Annulé avec son import 1", "Écarté 1")

	_ = h.store.StartRun(t.Context(), vigie.Run{ID: "broken", Kind: "feed", Origin: "https://gazette.example/feed", Started: h.now().Add(-48 * time.Hour)})
	words := shown(v.see("/fr/desk/runs/broken").body)
	mustHold(t, "an import that broke off", words, "un nombre absent n’est pas un zéro", "inconnu")
}

func TestEveryCaseIsInTheListOfTheDeskPageByPage(t *testing.T) {
	h := full(t)
	v := h.editor("camille")
	seen := map[string]bool{}
	for at, pages := "/fr/desk/incidents", 0; at != ""; pages++ {
		page := v.see(at).body
		for _, part := range strings.Split(page, `<tr><th scope="row"><a href="/fr/desk/incidents/`)[1:] {
			id, _, _ := strings.Cut(part, `"`)
			if seen[id] {
				t.Fatalf("%s is listed twice", id)
			}
			seen[id] = true
		}
		_, next, more := strings.Cut(page, `rel="next" href="`)
		at, _, _ = strings.Cut(next, `"`)
		if at = strings.ReplaceAll(at, "&amp;", "&"); !more {
			at = ""
		}
		if pages > 20 {
			t.Fatal("the pages have no end")
		}
	}
	all, err := shippedIncidents()
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != len(all) {
		t.Errorf("%d cases are listed of %d", len(seen), len(all))
	}
	mustHold(t, "a state without cases", shown(v.see("/fr/desk/incidents?state=retracted").body), "Aucun dossier dans cet état.")
}

func TestTheQueueTellsWhatWaitsElsewhere(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	if page := v.see("/fr/desk").body; strings.Contains(page, "waits-row") && strings.Contains(page, "wait-drafts") {
		t.Error("nothing waits, and something is told")
	}
	in := h.draft("truffaut-2024-09").Incident
	in.ID, in.State = "truffaut-2024-09-b", vigie.Draft
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &in, By: loader}); err != nil {
		t.Fatal(err)
	}
	page := v.see("/fr/desk").body
	mustHold(t, "the queue", shown(page), "1 brouillon")
	if !strings.Contains(page, `href="/fr/desk/incidents?state=draft"`) {
		t.Error("the drafts are not a press away")
	}
}

// The save that a piece of news led to is undone with its decision: it waits again.
func TestASaveFromNewsIsUndoneWithTheNews(t *testing.T) {
	h := loaded(t)
	h.brings(toldOf("c1", "Temu", 150_000), toldOf("c2", "Outilor", 150_000))
	v := h.editor("camille")
	for _, c := range []struct{ news, path string }{{"c1", "/fr/desk/incidents/temu-2024-09"}, {"c2", "/fr/desk/new"}} {
		form := formOf(t, v.see(c.path+"?candidate="+c.news).body, "note")
		for name, value := range map[string]string{"note": "D’après La Gazette.", "action": "save", "new_company.sector": "home", "new_company.country": "FR", "state": "draft"} {
			if name != "state" || c.news == "c2" {
				form.Set(name, value)
			}
		}
		for n := range 20 { // what a published statement needs besides
			if at := "statements." + itoa(n); form.Has(at+".row") && form.Get(at+".text.en") == "" {
				form.Set(at+".text.en", "Said.")
				form.Set(at+".text.fr", "Dit.")
			}
		}
		saved := v.post(c.path, form)
		at := saved.Header.Get("Location")
		if saved.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %s\n%s", c.path, saved.Status, text(saved.body))
		}
		if one, _ := h.store.Candidate(t.Context(), c.news); one.Status == db.Undecided {
			t.Fatalf("saved, %s still waits", c.news)
		}
		v.undoes(at)
		if one, _ := h.store.Candidate(t.Context(), c.news); one.Status != db.Undecided {
			t.Errorf("undone, %s is %s", c.news, one.Status)
		}
	}
	h.sound()
}
