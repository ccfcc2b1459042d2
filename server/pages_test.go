package main

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vigie"
)

func TestTheFourCasesComeOutAsTheyMust(t *testing.T) {
	v := loaded(t).visitor()
	for _, c := range []struct {
		id, evidence, position string
		figures                []string
	}{
		{"temu-2024-09", "reported", "denies", []string{"87000000 records attacker"}},
		{"boulanger-2024-09", "confirmed", "confirms", []string{"100000 customers company", "27561592 records attacker"}},
		{"cultura-2024-09", "confirmed", "confirms", []string{"1500000 customers company", "2600000 accounts researcher", "2600000 accounts press"}},
		{"truffaut-2024-09", "reported", "no_statement", nil},
	} {
		a := v.see("/incidents/" + c.id + ".json")
		var r vigie.Record
		if err := json.Unmarshal([]byte(a.body), &r); err != nil {
			t.Fatal(err)
		}
		if s := r.Derived.Standing; string(s.Evidence) != c.evidence || string(s.Position) != c.position {
			t.Errorf("%s: %s / %s, want %s / %s", c.id, s.Evidence, s.Position, c.evidence, c.position)
		}
		var figures []string
		for _, f := range r.Derived.Figures {
			figures = append(figures, strings.Join([]string{jsonNumber(f.Min), string(f.Unit), string(f.By.Role)}, " "))
		}
		for _, want := range c.figures {
			if !slices.Contains(figures, want) {
				t.Errorf("%s: no figure %q among %q", c.id, want, figures)
			}
		}
		if len(c.figures) == 0 && len(figures) > 0 {
			t.Errorf("%s: a figure where none is known: %q", c.id, figures)
		}
	}
}

func jsonNumber(n int64) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func TestTemuHadSaidNothingOnTheSixteenth(t *testing.T) {
	v := loaded(t).visitor()
	var r vigie.Record
	if err := json.Unmarshal([]byte(v.see("/incidents/temu-2024-09.json?as_of=2024-09-16").body), &r); err != nil {
		t.Fatal(err)
	}
	if p := r.Derived.Standing.Position; p != vigie.NoStatement {
		t.Errorf("position %s", p)
	}
	if h := r.Derived.Headline.EN; h != "Temu: nothing known to Vigie at that date" {
		t.Errorf("headline %q", h)
	}
	if len(r.Statements) > 0 && slices.ContainsFunc(r.Statements, func(s vigie.Statement) bool { return s.By.Role == vigie.Respondent }) {
		t.Error("a statement of the company stands in the answer")
	}
}

func TestEveryPublicPageIsThereInBothLanguages(t *testing.T) {
	v := loaded(t).visitor()
	for _, lang := range []string{"fr", "en"} {
		for _, path := range []string{"/", "/incidents", "/incidents?evidence=reported", "/incidents?q=nothing-of-the-kind", "/incidents/temu-2024-09",
			"/incidents/temu-2024-09?version=1", "/incidents/temu-2024-09?as_of=2024-09-16", "/incidents/temu-2024-09/history", "/companies", "/companies/temu",
			"/waves", "/waves/fr-retail-2024-09", "/timeline", "/timeline?company=cultura", "/corrections", "/about", "/credits", "/problems/not-found"} {
			a := v.get("/" + lang + path)
			if a.StatusCode != http.StatusOK {
				t.Errorf("/%s%s: %s", lang, path, a.Status)
				continue
			}
			if !strings.Contains(a.body, `lang="`+lang+`"`) {
				t.Errorf("/%s%s does not say its language", lang, path)
			}
		}
	}
}

func TestAPageWithoutLanguageGoesToTheVisitors(t *testing.T) {
	v := loaded(t).visitor()
	for accept, want := range map[string]string{"en-GB,en;q=0.9": "/en/incidents/temu-2024-09", "fr-CA": "/fr/incidents/temu-2024-09", "": "/fr/incidents/temu-2024-09", "de,en;q=0.5": "/en/incidents/temu-2024-09"} {
		if a := v.get("/incidents/temu-2024-09", "Accept-Language", accept); a.Header.Get("Location") != want {
			t.Errorf("%q goes to %q", accept, a.Header.Get("Location"))
		}
	}
}

func TestEachPageHasOneAddress(t *testing.T) {
	v := loaded(t).visitor()
	for asked, want := range map[string]string{"/fr": "/fr/", "/fr/incidents/": "/fr/incidents", "/fr/incidents.html": "/fr/incidents", "/incidents.html": "/fr/incidents", "/companies/temu.html": "/fr/companies/temu", "/": "/fr/"} {
		if a := v.get(asked); a.Header.Get("Location") != want {
			t.Errorf("%s: %s to %q, want %s", asked, a.Status, a.Header.Get("Location"), want)
		}
		v.see(asked)
	}
}

func TestSearchFoldsAccentsAndMarksTheWords(t *testing.T) {
	v := loaded(t).visitor()
	for q, want := range map[string]string{"temu": "temu-2024-09", "fumeur de tabac": "temu-2024-09", "numéros": "", "BOULANGER": "boulanger-2024-09", "cultura prestataire": "cultura-2024-09"} {
		a := v.see("/fr/incidents?q=" + strings.ReplaceAll(q, " ", "+"))
		if want != "" && !strings.Contains(a.body, "/fr/incidents/"+want) {
			t.Errorf("%q does not find %s", q, want)
		}
		if want != "" && !strings.Contains(a.body, "<mark>") {
			t.Errorf("%q: no word is marked", q)
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	for _, path := range []string{"/fr/incidents/temu-2024-09", "/incidents/temu-2024-09.json", "/feed.rss", "/incidents.atom?company=temu", "/fr/"} {
		first := v.get(path)
		tag := first.Header.Get("ETag")
		if first.StatusCode != http.StatusOK || tag == "" {
			t.Fatalf("%s: %s, ETag %q", path, first.Status, tag)
		}
		for _, known := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			again := v.get(path, "If-None-Match", known)
			if again.StatusCode != http.StatusNotModified || again.body != "" || strings.TrimPrefix(again.Header.Get("ETag"), "W/") != tag {
				t.Errorf("%s with %s: %s, ETag %q", path, known, again.Status, again.Header.Get("ETag"))
			}
		}
		if other := v.get(path, "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %s", path, other.Status)
		}
		head := v.do(v.request(http.MethodHead, path, nil))
		for _, name := range []string{"ETag", "Content-Type", "Content-Length", "Link", "Vary"} {
			if head.Header.Get(name) != first.Header.Get(name) {
				t.Errorf("HEAD %s: %s is %q, of GET %q", path, name, head.Header.Get(name), first.Header.Get(name))
			}
		}
	}
	if v.get("/nothing-here.json", "If-None-Match", "*").StatusCode != http.StatusNotFound {
		t.Error("what does not exist cannot be unchanged")
	}
}

func TestMachinesAreToldWhatIsWrong(t *testing.T) {
	v := loaded(t).visitor()
	for _, c := range []struct {
		path   string
		status int
		holds  []string
	}{
		{"/incidents/nothing-2024-09.json", 404, []string{"/problems/not-found"}},
		{"/incidents.json?flavour=sour", 400, []string{"flavour", "company"}},
		{"/incidents.json?kind=tornado", 400, []string{"tornado"}},
		{"/incidents.json?kind=data_breach&kind=ddos", 400, []string{"kind"}},
		{"/incidents.json?q=%zz", 400, []string{"%zz"}},
		{"/timeline.json?limit=1000", 400, []string{"limit"}},
		{"/incidents.json?as_of=2024-09-16", 400, []string{"as_of"}},
		{"/incidents.json?cursor=abc", 400, []string{"cursor"}},
		{"/companies/temu.rss?company=boulanger", 400, []string{"company"}},
		{"/timeline.json?sort=affected", 400, []string{"sort", "recorded"}},
	} {
		a := v.get(c.path)
		if a.StatusCode != c.status || a.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s %s", c.path, a.Status, a.Header.Get("Content-Type"))
		}
		mustHold(t, c.path, a.body, c.holds...)
	}
	if a := v.do(v.request(http.MethodPut, "/incidents.json", nil)); a.StatusCode != http.StatusMethodNotAllowed || a.Header.Get("Allow") == "" {
		t.Errorf("PUT: %s, Allow %q", a.Status, a.Header.Get("Allow"))
	}
	if a := v.get("/incidents", "Accept", "image/png"); a.StatusCode != http.StatusNotAcceptable {
		t.Errorf("asking for a picture: %s", a.Status)
	}
	if a := v.get("/incidents", "Accept", "application/json"); a.Header.Get("Content-Type") != "application/json" {
		t.Errorf("Accept of JSON: %s", a.Header.Get("Content-Type"))
	}
	if a := v.get("/fr/incidents?utm_source=x&q=temu"); a.Header.Get("Location") != "/fr/incidents?q=temu" {
		t.Errorf("a tracker is dropped: %s", a.Header.Get("Location"))
	}
}

func TestAStrangersPostIsRefused(t *testing.T) {
	h := loaded(t)
	v := h.editor("camille")
	r := v.request(http.MethodPost, "/fr/desk/incidents/temu-2024-09", strings.NewReader("action=save"), "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site")
	if a := v.do(r); a.StatusCode != http.StatusForbidden {
		t.Errorf("a post from another site: %s", a.Status)
	}
	if a := h.visitor().get("/fr/desk"); a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), "/fr/desk/sign-in?return=") {
		t.Errorf("the desk without signing in: %s %s", a.Status, a.Header.Get("Location"))
	}
	if a := h.visitor().post("/fr/desk/incidents/temu-2024-09", nil); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("a save without signing in: %s", a.Status)
	}
}

func TestEveryPageOffersItsFormatsAndFeeds(t *testing.T) {
	v := loaded(t).visitor()
	for path, wanted := range map[string][]string{
		"/fr/":                        {"/fr/timeline.rss", "/fr/timeline.atom", "/fr/timeline.jsonfeed"},
		"/fr/incidents?company=temu":  {"/fr/incidents.json?company=temu", "/fr/incidents.rss?company=temu", "/fr/timeline.rss?company=temu"},
		"/fr/incidents/temu-2024-09":  {"/fr/incidents/temu-2024-09.json", "/fr/incidents/temu-2024-09.rss"},
		"/fr/companies/temu":          {"/fr/companies/temu.atom"},
		"/fr/waves/fr-retail-2024-09": {"/fr/waves/fr-retail-2024-09.rss"},
		"/fr/corrections":             {"/fr/corrections.rss"},
	} {
		page := v.see(path).body
		for _, href := range wanted {
			if !strings.Contains(page, `href="`+href+`"`) {
				t.Errorf("%s does not offer %s", path, href)
				continue
			}
			if a := v.get(href); a.StatusCode != http.StatusOK {
				t.Errorf("%s offers %s: %s", path, href, a.Status)
			}
		}
	}
}

func TestADraftIsNobodysToSee(t *testing.T) {
	h := loaded(t)
	editor, reader := h.editor("ana"), h.visitor()
	form := formOf(t, editor.see("/fr/desk/new").body, "note")
	for name, value := range map[string]string{"state": "draft", "new_company": "Zyzomarket", "kind": "data_breach", "disclosed": "2026-02", "note": "Brouillon.", "action": "save"} {
		form.Set(name, value)
	}
	if a := editor.post("/fr/desk/new", form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("saving a draft: %s\n%s", a.Status, text(a.body))
	}
	for _, path := range []string{"/fr/incidents/zyzomarket-2026-02", "/incidents/zyzomarket-2026-02.json", "/fr/incidents/zyzomarket-2026-02/history", "/fr/companies/zyzomarket", "/incidents/zyzomarket-2026-02.rss"} {
		if a := reader.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
	for _, path := range []string{"/fr/incidents?q=zyzomarket", "/fr/companies", "/feed.rss", "/incidents.json"} {
		if body := reader.see(path).body; strings.Contains(body, "zyzomarket-2026-02") || strings.Contains(body, "Zyzomarket") && !strings.Contains(path, "zyzo") {
			t.Errorf("%s tells of a draft", path)
		}
	}
}

func TestAFilterIsCalledByItsNameOnEveryPageThatHasIt(t *testing.T) {
	v := loaded(t).visitor()
	for path, want := range map[string]string{
		"/en/incidents?wave=fr-retail-2024-09":  `Wave</span> French retailers, September 2024 `,
		"/en/timeline?wave=-fr-retail-2024-09":  `<b>not</b> French retailers, September 2024 `,
		"/fr/figures?wave=fr-retail-2024-09":    `Vague</span> Enseignes françaises, septembre 2024 `,
		"/en/incidents?group=pdd-holdings":      `Group</span> PDD Holdings `,
		"/en/figures?group=pdd-holdings":        `Group</span> PDD Holdings `,
		"/en/incidents?wave=of-nobody":          `Wave</span> of-nobody `,
		"/en/incidents?group=of-nobody&q=fuite": `Group</span> of-nobody `,
	} {
		if a := v.see(path); !strings.Contains(a.body, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}

func TestAnErrorSaysWhatIsWrongBeforeWhatMayBeAsked(t *testing.T) {
	v := loaded(t).visitor()
	page := v.get("/en/incidents?foo=1")
	mustHold(t, "the page", page.body, `<p class="lead">foo: there is no such parameter here.</p>`, "What may be asked here: <code>q</code>, <code>company</code>")
	mustHold(t, "the answer to a program", v.get("/en/incidents.json?foo=1").body, "What may be asked here: q, company, ")
}
