package web

import (
	"slices"
	"strings"
	"testing"

	"vigie"
)

// caseOf is the page of an invented case with these statements.
func caseOf(lang vigie.Lang, statements ...vigie.Statement) Incident {
	for i := range statements {
		statements[i].ID = "s" + string(rune('1'+i))
		statements[i].Sources = []string{"r1"}
	}
	in := vigie.Incident{ID: "shop-2031-03", State: vigie.Published, Company: "shop", Kind: "data_breach", Statements: statements, Sources: []vigie.Source{{ID: "r1", Publisher: "P", Seen: vigie.SeenFull}}}
	r := sampleRecord(in, vigie.Company{ID: "shop", Name: "Shop"})
	return Incident{Frame: sampleFrame(lang, "/incidents/shop-2031-03"), Record: r, Company: r.Respondent, Steps: StepsOf(&r.Incident), History: sampleRevisions()}
}

func said(role vigie.Role, on vigie.Date, act vigie.Act, figures ...vigie.Figure) vigie.Statement {
	return vigie.Statement{By: vigie.Speaker{Role: role, Name: string(role) + " X"}, On: on, Acts: []vigie.Act{act}, Figures: figures}
}

func TestTheTimeBetweenTwoActsIsAsPreciseAsTheirDates(t *testing.T) {
	for _, one := range []struct{ from, to, fr, en string }{
		{"2031-03-01", "2031-03-01", "le même jour", "the same day"},
		{"2031-03-01", "2031-03-02", "1\u00a0jour plus tard", "1 day later"},
		{"2031-03-01", "2031-03-04", "3\u00a0jours plus tard", "3 days later"},
		{"2031-03-31", "2031-04", "entre 1 et 30\u00a0jours plus tard", "between 1 and 30 days later"},
		{"2031-03-01/2031-03-02", "2031-03-02", "1\u00a0jour plus tard au plus", "at most 1 day later"},
		{"2031-03-17", "2031-03", "avant ou après, à 16\u00a0jours d’écart au plus", "before or after, at most 16 days apart"},
		{"2031-03-01", "2031-03-04~", "", ""},
	} {
		page := caseOf(vigie.French, said(vigie.Attacker, vigie.Date(one.from), vigie.Claims), said(vigie.Respondent, vigie.Date(one.to), vigie.Denies))
		entries := page.Entries()
		if len(entries) != 2 || entries[0].Gap != nil {
			t.Fatalf("%s, %s: %d entries", one.from, one.to, len(entries))
		}
		for lang, want := range map[vigie.Lang]string{vigie.French: one.fr, vigie.English: one.en} {
			got := ""
			if entries[1].Gap != nil {
				got, _ = words(t, lang).Gap(*entries[1].Gap)
			}
			if plainSpaces(got) != plainSpaces(want) {
				t.Errorf("%s, then %s: %q, not %q", one.from, one.to, got, want)
			}
		}
	}
}

func plainSpaces(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func TestUndatedStatementsStandApartWithoutATimeBetween(t *testing.T) {
	page := caseOf(vigie.English, said(vigie.Attacker, "", vigie.Claims), said(vigie.Press, "2031-03-01", vigie.Reports))
	if len(page.Entries()) != 1 || len(page.Undated()) != 1 || page.Undated()[0].Gap != nil {
		t.Error("an undated statement is put in the order")
	}
	if text := drawn(t, page, vigie.English); !strings.Contains(text, "No source says on which day") {
		t.Error("the page does not say why they stand apart")
	}
}

func TestEachFigureIsDrawnAsItWasGiven(t *testing.T) {
	unit := vigie.Unit("customers")
	page := caseOf(vigie.English,
		said(vigie.Attacker, "2031-03-01", vigie.Claims, vigie.Figure{Min: 27561592, Max: 27561592, Unit: "records", Qualifier: vigie.Exact}),
		said(vigie.Respondent, "2031-03-02", vigie.Confirms, vigie.Figure{Min: 100000, Unit: unit, Qualifier: vigie.Vague}),
		said(vigie.Press, "2031-03-03", vigie.Reports, vigie.Figure{Min: 200000, Unit: unit, Qualifier: vigie.MoreThan}),
		said(vigie.Researcher, "2031-03-03", vigie.Reports, vigie.Figure{Max: 300000, Unit: unit, Qualifier: vigie.UpTo}),
		said(vigie.Regulator, "2031-03-03", vigie.OpensInquiry, vigie.Figure{Min: 400000, Max: 500000, Unit: unit, Qualifier: vigie.Exact}),
		said(vigie.Supplier, "2031-03-03", vigie.Reports, vigie.Figure{Min: 600000, Max: 600000, Unit: unit, Qualifier: vigie.About}),
	)
	scale := page.Scale()
	forms := map[vigie.Role]Drawn{}
	for _, g := range scale.Groups {
		for _, row := range g.Rows {
			if forms[row.By.Role] = row; row.Unit != g.Unit {
				t.Errorf("%s stands among %s", row.Unit, g.Unit)
			}
		}
	}
	want := map[vigie.Role]string{vigie.Attacker: "point", vigie.Respondent: "vague", vigie.Press: "more", vigie.Researcher: "upto", vigie.Regulator: "range", vigie.Supplier: "about"}
	for role, form := range want {
		if forms[role].Form != form {
			t.Errorf("the figure of the %s is drawn as %q, not %q", role, forms[role].Form, form)
		}
	}
	if len(scale.Groups) != 2 || scale.Groups[0].Unit != unit {
		t.Errorf("groups: %v", scale.Groups)
	}
	vague, million := forms[vigie.Respondent], share(0)
	for _, tick := range scale.Ticks {
		if tick.N == 1e6 {
			million = tick.At
		}
	}
	if vague.From.String() != "3%" || vague.To != million {
		t.Errorf("a vague figure goes from %s to %s, not over its order of magnitude", vague.From, vague.To)
	}
	if more, upto := forms[vigie.Press], forms[vigie.Researcher]; more.To != 100 || upto.From != 0 || more.From >= upto.To {
		t.Errorf("open bars: %s–%s, %s–%s", more.From, more.To, upto.From, upto.To)
	}
	if page.Scale().Groups[0].Rows[0].Side() != "answered" || forms[vigie.Attacker].Side() != "claimed" || forms[vigie.Press].Side() != "other" {
		t.Error("a figure is not on the side of its speaker")
	}
	if text := drawn(t, page, vigie.English); !strings.Contains(text, "Compare within one group only.") {
		t.Error("the page does not say that units differ")
	}
}

func TestTheClaimIsDrawnNextToADenialThatGivesNoFigure(t *testing.T) {
	page := caseOf(vigie.English, said(vigie.Attacker, "2031-03-01", vigie.Claims, vigie.Figure{Min: 87000000, Max: 87000000, Unit: "records", Qualifier: vigie.Exact}), said(vigie.Respondent, "2031-03-02", vigie.Denies))
	text := drawn(t, page, vigie.English)
	for _, want := range []string{"<title>attacker X: 87\u00a0million records</title>", "<title>Shop: no figure that Vigie knows of</title>", "Denies</span><span class=\"qualifier\">gives none that Vigie knows of", `<rect class="blank"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the drawing has no %q", want)
		}
	}
	if strings.Contains(text, "Compare within one group only.") {
		t.Error("of one unit, the page warns of several")
	}
	if at := page.Scale(); len(at.Ticks) < 3 {
		t.Errorf("one figure has no room around it: %v", at.Ticks)
	}
	if (Incident{}).Scale() != nil {
		t.Error("a scale is drawn without figures")
	}
}

func TestWhatOneSaysExposedAndAnotherNotIsSaidToBeContradicted(t *testing.T) {
	claim, denial := said(vigie.Attacker, "2031-03-01", vigie.Claims), said(vigie.Respondent, "2031-03-02", vigie.Confirms)
	claim.Data, denial.NotData = []string{"name", "email", "bank_account"}, []string{"bank_account", "password"}
	page := caseOf(vigie.English, claim, denial)
	data := page.Data()
	if len(data) != 3 || !data[0].Disputed() || !slices.Equal(data[0].Codes, []string{"bank_account"}) || !slices.Equal(data[1].Codes, []string{"name", "email"}) || len(data[2].Exposed) != 0 {
		t.Fatalf("%+v", data)
	}
	text := drawn(t, page, vigie.English)
	if strings.Count(text, "contradicted</span>") != 1 || !strings.Contains(text, `<bdi>attacker X</bdi></a></td><td data-name="Said not to be exposed by"><a href="#s2"><bdi>company X</bdi>`) {
		t.Error("the table does not name both sides of a contradiction")
	}
}

func TestACaseIsWalkedByTheDaysWhenSomethingBecameKnown(t *testing.T) {
	page := caseOf(vigie.English, said(vigie.Attacker, "2031-03-01", vigie.Claims), said(vigie.Respondent, "2031-03-02", vigie.Denies), said(vigie.Press, "2031-03", vigie.Reports), said(vigie.Other, "", vigie.Reports))
	if len(page.Steps) != 3 {
		t.Fatalf("%d steps", len(page.Steps))
	}
	if s := page.Steps[1]; s.Moves("E") || !s.Moves("P") || s.After.Position != vigie.DeniesIt {
		t.Errorf("the denial: %+v", s)
	}
	if s := page.Steps[2]; s.Day != "2031-03-31" || s.On != "2031-03" || !s.Moves("E") {
		t.Errorf("a month is walked by its last day and called a month: %+v", s)
	}
	month, day := said(vigie.Press, "2031-03", vigie.Reports), said(vigie.Attacker, "2031-03-31", vigie.Claims)
	for _, both := range [][]vigie.Statement{{month, day}, {day, month}} {
		if steps := caseOf(vigie.English, both...).Steps; len(steps) != 1 || steps[0].On != "2031-03-31" {
			t.Errorf("what is known to the day gives its day to the step: %+v", steps)
		}
	}
	page.AsOf = "2031-03-15"
	if !page.Shows(page.Steps[1]) || page.Shows(page.Steps[2]) || page.Earlier().Day != "2031-03-01" || page.Later().Day != "2031-03-31" {
		t.Error("the day shown is not between its neighbours")
	}
	page.AsOf = "2031-02-01"
	if page.Earlier() != nil || page.Later() == nil || page.Shows(page.Steps[0]) {
		t.Error("before all steps there is only a later one")
	}
	text := drawn(t, page, vigie.English)
	if !strings.Contains(text, `rel="next" href="/en/incidents/shop-2031-03?as_of=2031-03-01"`) || strings.Contains(text, "31 March 2031") {
		t.Error("the walk goes elsewhere, or gives a month a day")
	}
}

func TestTheTopOfAPageCutsATextAtTheEndOfASentenceOnly(t *testing.T) {
	long := "The account puts up for sale a file of M. Martin and of the shop at no. 5, with a sample as proof for buyers. It names nobody. " + strings.Repeat("More of it follows here. ", 9)
	if g := gist(long); g.Text != "The account puts up for sale a file of M. Martin and of the shop at no. 5, with a sample as proof for buyers." || !g.Cut {
		t.Errorf("cut as %q", g.Text)
	}
	if g := gist("Short. It stays whole."); g.Cut || g.Text != "Short. It stays whole." {
		t.Errorf("%+v", g)
	}
	if g := gist(strings.Repeat("word ", 80) + "end"); g.Cut {
		t.Error("a text is cut in the middle of its only sentence")
	}
}

func TestRelatedCasesAreNamedOnceUnderWhatTheyShare(t *testing.T) {
	r := sampleCase
	r.Via = "Cloud"
	groups := KinOf(r, &sampleWave, []vigie.Record{sampleOther, r}, []vigie.Record{sampleOther, sampleBoulanger}, []vigie.Record{r})
	if len(groups) != 2 || groups[0].By != "wave" || len(groups[0].Cases) != 1 || groups[1].By != "supplier" || groups[1].Name.EN != "Cloud" || groups[1].Cases[0].ID != "boulanger-2024-09" {
		t.Errorf("%+v", groups)
	}
}

// At the top of a page a quote is a whole sentence in the language that the text beside it
// has; others wait in the ledger, in the words they were said in.
func TestTheTopOfACaseQuotesWholeSentencesInTheLanguageOfThePage(t *testing.T) {
	french := vigie.Quote{Text: "Pas une seule ligne ne correspond", Lang: "fr"}
	english := vigie.Quote{Text: "Not a single line matches", Lang: "en"}
	broken := vigie.Quote{Text: "passée par une API", Lang: "fr"}
	long := vigie.Quote{Text: strings.Repeat("Pas une ligne. ", 20), Lang: "fr"}
	told := vigie.Text{FR: "Elle dément.", EN: "It denies."}
	for name, x := range map[string]struct {
		s    vigie.Statement
		lang vigie.Lang
		want string
	}{
		"its own language":                    {vigie.Statement{Text: told, Quotes: []vigie.Quote{french, english}}, vigie.English, english.Text},
		"only another's":                      {vigie.Statement{Text: told, Quotes: []vigie.Quote{french}}, vigie.English, ""},
		"only another's, and nothing else":    {vigie.Statement{Quotes: []vigie.Quote{french}}, vigie.English, french.Text},
		"a part of a sentence, then a whole":  {vigie.Statement{Text: told, Quotes: []vigie.Quote{broken, french}}, vigie.French, french.Text},
		"too long to stand beside the others": {vigie.Statement{Text: told, Quotes: []vigie.Quote{long}}, vigie.French, ""},
	} {
		got := ""
		if q := (Incident{Frame: Frame{Lang: x.lang}}).Words(x.s); q != nil {
			got = q.Text
		}
		if got != x.want {
			t.Errorf("%s: %q is quoted, want %q", name, got, x.want)
		}
	}
}
