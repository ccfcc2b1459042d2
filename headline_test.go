package vigie

import "testing"

func TestHeadlinesSayWhoGivesTheFigureInBothLanguages(t *testing.T) {
	for _, c := range []struct{ name, ledger, fr, en string }{
		{"a contested claim", `
			s1 attacker:seller 2024-09-16/2024-09-17 claims+offers_for_sale fig=87000000/records
			s2 press:Zataz 2024-09 reports
			s3 company:Temu 2024-09-17 denies ans=s1`,
			"Shop\u00a0: fuite de données alléguée, démentie — 87\u00a0millions d’enregistrements selon le vendeur",
			"Shop: data breach alleged, denied — 87\u00a0million records, says the seller"},
		{"two figures far apart, both named; the vague one without its floor", `
			s1 attacker:seller 2024-09-06 claims+offers_for_sale fig=27561592/records
			s2 company:Shop 2024-09-09 confirms fig=100000/customers/vague`,
			"Shop\u00a0: fuite de données confirmée — des centaines de milliers de clients selon Shop\u00a0; 27\u202f561\u202f592 enregistrements selon le vendeur",
			"Shop: data breach confirmed — several hundred thousand customers, says Shop; 27,561,592 records, says the seller"},
		{"no figure, no answer", `
			s1 press:Paper 2024-09-06 reports`,
			"Shop\u00a0: fuite de données rapportée, sans réponse connue",
			"Shop: data breach reported, no answer known"},
	} {
		got := ledger(t, c.ledger).Headline("Shop", "")
		if got.FR != c.fr || got.EN != c.en {
			t.Errorf("%s:\n%s\n%s", c.name, got.FR, got.EN)
		}
	}
}

func TestEveryStandingAndKindHasItsWords(t *testing.T) {
	w := headlines()
	for _, k := range Codes("kind") {
		if x := w.Kind[Kind(k)]; x.FR == "" || x.EN == "" {
			t.Errorf("kind %s has no headline words", k)
		}
	}
	for _, e := range Codes("evidence") {
		for _, p := range Codes("position") {
			if x, ok := w.Standing[e+"/"+p]; !ok {
				if x = w.Standing[e+"/*"]; x.FR == "" || x.EN == "" {
					t.Errorf("%s/%s has no headline words", e, p)
				}
			}
		}
	}
	for _, r := range Codes("role") {
		if x := w.Speaker[r]; Role(r) != Respondent && (x.FR == "" || x.EN == "") {
			t.Errorf("a figure given by role %s has no speaker words", r)
		}
	}
}

func TestAnEditorsTitleGivesWayWhenTheStandingItWasWrittenForChanges(t *testing.T) {
	in := ledger(t, `
		s1 attacker:seller 2024-05-01 claims
		s2 press:Paper 2024-05-02 reports`)
	in.Title = &Title{Text: Text{"Titre choisi", "A chosen title"}, Evidence: Reported, Position: NoStatement}
	if got := in.Headline("Shop", "").EN; got != "A chosen title" {
		t.Errorf("while it stands: %q", got)
	}
	in.Statements = append(in.Statements, Statement{ID: "s3", By: Speaker{Role: Respondent}, Acts: []Act{Denies}, On: "2024-05-03", Sources: []string{"r1"}})
	if got := in.Headline("Shop", "").EN; got != "Shop: data breach alleged, denied" {
		t.Errorf("after a denial: %q", got)
	}
}

func TestFiguresArePrintedAsFirmlyAsTheyWereGiven(t *testing.T) {
	for _, c := range []struct {
		f      Figure
		fr, en string
	}{
		{Figure{Min: 1_500_000, Max: 1_500_000, Unit: "customers", Qualifier: About}, "environ 1,5\u00a0million de clients", "about 1.5\u00a0million customers"},
		{Figure{Min: 2_240_000, Max: 2_240_000, Unit: "people", Qualifier: Exact}, "2,24\u00a0millions de personnes", "2.24\u00a0million people"},
		{Figure{Min: 56_904_909, Max: 56_904_909, Unit: "accounts", Qualifier: Exact}, "56\u202f904\u202f909 comptes", "56,904,909 accounts"},
		{Figure{Min: 1, Max: 1, Unit: "customers", Qualifier: Exact}, "1 client", "1 customer"},
		{Figure{Min: 5000, Unit: "customers", Qualifier: MoreThan}, "plus de 5\u202f000 clients", "more than 5,000 customers"},
		{Figure{Max: 40_000_000, Unit: "cards", Qualifier: UpTo}, "jusqu’à 40\u00a0millions de cartes de paiement", "up to 40\u00a0million payment cards"},
		{Figure{Min: 1_500_000, Max: 2_600_000, Unit: "customers", Qualifier: About}, "de 1,5\u00a0million à 2,6\u00a0millions de clients", "1.5\u00a0million to 2.6\u00a0million customers"},
		{Figure{Min: 10_000, Unit: "customers", Qualifier: Vague}, "des dizaines de milliers de clients", "tens of thousands of customers"},
		{Figure{Min: 419_000, Max: 419_000, Unit: "customers", Qualifier: About, Scope: Text{"Hong Kong", "Hong Kong"}}, "environ 419\u202f000 clients (Hong Kong)", "about 419,000 customers (Hong Kong)"},
	} {
		if fr, en := c.f.In(French), c.f.In(English); fr != c.fr || en != c.en {
			t.Errorf("%+v: %q, %q", c.f, fr, en)
		}
	}
}
