package importers_test

import (
	"slices"
	"testing"

	"vigie"
	"vigie/importers"
)

func proposed(t *testing.T, text string) ([]vigie.Source, []vigie.Statement) {
	t.Helper()
	c := one(t, importers.Document{URL: "https://press.example/1", Body: []byte(text)}, importers.Options{})
	sources, statements := importers.Propose(c, "vellamo")
	for i, s := range statements {
		if s.ID != []string{"s1", "s2", "s3"}[i] || !slices.Equal(s.Sources, []string{"r1"}) {
			t.Errorf("statement %d is %s with sources %q", i, s.ID, s.Sources)
		}
		if s.On != "" && !s.On.Exact() || s.Public != "" {
			t.Errorf("%s is dated %s, public %s, which the article does not say", s.ID, s.On, s.Public)
		}
		for _, a := range s.Acts {
			if !vigie.May(s.By.Role, a) {
				t.Errorf("%s: a %s does not %s", s.ID, s.By.Role, a)
			}
		}
		if s.Text.FR == "" || s.Text.EN == "" {
			t.Errorf("%s has no sentence in one of the languages", s.ID)
		}
	}
	return sources, statements
}

func TestAClaimAndItsDenialAreTwoStatements(t *testing.T) {
	sources, got := proposed(t, "Vellamo denies theft of 3 million records\n\nA seller using the name tinpedlar offers a stolen database of 3 million records of the online retailer Vellamo, with names and email addresses.\n\nVellamo denied the claims on Friday.")
	if len(sources) != 1 || sources[0].ID != "r1" || sources[0].Seen != vigie.SeenFull || sources[0].URL != "https://press.example/1" {
		t.Errorf("sources: %+v", sources)
	}
	if len(got) != 2 {
		t.Fatalf("statements: %+v", got)
	}
	claim, answer := got[0], got[1]
	if claim.By.Role != vigie.Attacker || claim.Actor != "tinpedlar" || !claim.Does(vigie.Claims) || len(claim.Figures) != 1 || claim.Figures[0].Min != 3_000_000 || !slices.Equal(claim.Data, []string{"name", "email"}) {
		t.Errorf("the claim: %+v", claim)
	}
	if answer.By.Company != "vellamo" || !slices.Equal(answer.Acts, []vigie.Act{vigie.Denies}) || !slices.Equal(answer.Answers, []string{"s1"}) || len(answer.Figures) > 0 || len(answer.Data) > 0 {
		t.Errorf("the answer: %+v", answer)
	}
}

func TestTheCompanysOwnFigureGoesUnderTheCompany(t *testing.T) {
	_, got := proposed(t, "Vellamo confirme une cyberattaque\n\nL’enseigne Vellamo a confirmé une fuite de données. Vellamo précise que les noms de plus de 45 000 clients ont été volés, mais pas les mots de passe.")
	if len(got) != 1 {
		t.Fatalf("statements: %+v", got)
	}
	s := got[0]
	if !s.Does(vigie.Confirms) || len(s.Figures) != 1 || s.Figures[0].Min != 45_000 || s.Figures[0].Max != 0 || s.Figures[0].Qualifier != vigie.MoreThan || !slices.Equal(s.Data, []string{"name"}) || !slices.Equal(s.NotData, []string{"password"}) {
		t.Errorf("the confirmation: %+v", s)
	}
}

func TestAFigureThatTheCompanyDidNotGiveIsNotPutInItsMouth(t *testing.T) {
	_, got := proposed(t, "Vellamo piraté\n\nUn pirate a volé les données de Vellamo. Selon le chercheur Aldo Fenn, 900 000 clients sont touchés. L’enseigne Vellamo confirme la fuite.")
	for _, s := range got {
		if s.By.Role == vigie.Respondent && len(s.Figures) > 0 {
			t.Errorf("the company is made to say %+v", s.Figures)
		}
	}
}

func TestNothingIsProposedOfWhatTellsNoIncident(t *testing.T) {
	sources, got := proposed(t, "Vellamo ouvre dix magasins\n\nL’enseigne Vellamo ouvre dix magasins.")
	if len(sources) != 1 || len(got) != 0 {
		t.Errorf("%d sources, statements %+v", len(sources), got)
	}
}

func TestAStatementIsDatedOnlyWhereTheArticleDatesTheWords(t *testing.T) {
	for _, c := range []struct {
		text            string
		company, seller vigie.Date
	}{
		{"Marlowe & Finch denies data breach claims\n\nA hacker claims to sell the data of Marlowe & Finch. In a statement on 5 March 2026, Marlowe & Finch denied the breach.", "2026-03-05", ""},
		{"Marlowe & Finch confirms data breach\n\nMarlowe & Finch confirmed on Thursday, March 5, 2026 that hackers stole data. The attack began on 1 March 2026.", "2026-03-05", ""},
		{"Marlowe & Finch confirms data breach\n\nOn 5 March 2026, the retailer Marlowe & Finch confirmed a data breach.", "2026-03-05", ""},
		{"Marlowe & Finch confirms data breach\n\nMarlowe & Finch confirmed a data breach in its March 5, 2026 statement.", "2026-03-05", ""},
		{"Brindilou dément une fuite de données\n\nDans une annonce repérée le 3 mars 2026, un vendeur propose les données de 40 000 clients de Brindilou. L’enseigne dément toute fuite dans un communiqué publié le 5 mars 2026.", "2026-03-05", "2026-03-03"},
		{"Brindilou confirme une fuite de données\n\nL’enseigne Brindilou a confirmé jeudi 5 mars 2026 une fuite de données.", "2026-03-05", ""},
		{"Brindilou confirme une fuite de données\n\nLe 5 mars 2026, Brindilou a confirmé une fuite de données.", "2026-03-05", ""},
		{"Brindilou confirme une fuite de données\n\nPublié le 6 mars 2026\n\nL’enseigne Brindilou a confirmé hier une fuite de données.", "2026-03-05", ""},
		{"Brindilou confirme une fuite de données\n\nPublié le 6 mars 2026\n\nL’enseigne Brindilou a confirmé le 5 mars une fuite de données.", "2026-03-05", ""},
		{"Brindilou dément une fuite de données\n\nLe 3 mars 2026, un pirate a affirmé détenir les données de 40 000 clients de Brindilou. Brindilou a démenti la fuite le 5 mars 2026.", "2026-03-05", "2026-03-03"},
		{"Marlowe & Finch denies data breach claims\n\nIn a forum post dated 3 March 2026, a seller offered 2 million customer records of Marlowe & Finch. Marlowe & Finch denied the claims on 5 March 2026.", "2026-03-05", "2026-03-03"},
		{"Marlowe & Finch confirms data breach\n\nOn 5 March 2026, the company said a hacker claimed to hold data. Marlowe & Finch confirmed a data breach. A seller claims 2 million customer records.", "2026-03-05", ""},
		// not dated, or not these words
		{"Brindilou confirme une fuite de données\n\nL’enseigne Brindilou a confirmé hier une fuite de données.", "", ""},
		{"Brindilou confirme une fuite de données\n\nL’enseigne Brindilou a confirmé en mars 2026 une fuite de données.", "", ""},
		{"Brindilou confirme une fuite de données\n\nL’enseigne Brindilou a confirmé que le 5 mars 2026 des pirates ont volé des données.", "", ""},
		{"Brindilou confirme une fuite de données\n\nBrindilou a confirmé le 5 mars 2026 une intrusion. L’enseigne Brindilou a reconnu le 9 mars 2026 une fuite de données.", "", ""},
		{"Brindilou confirme une fuite de données\n\nPublié le 4 mars 2026\n\nL’enseigne Brindilou a confirmé le 5 mars 2026 une fuite de données.", "", ""},
		{"Marlowe & Finch confirms data breach\n\nOn 5 March 2026, the attack on Marlowe & Finch began. Marlowe & Finch confirmed a data breach.", "", ""},
		{"Marlowe & Finch confirms data breach\n\nMarlowe & Finch confirmed a data breach. The breach was disclosed on 5 March 2026 by Aldo Fenn.", "", ""},
		{"Marlowe & Finch hit by data breach\n\nThe attack on Marlowe & Finch, disclosed on 5 March 2026, exposed customer data. The retailer Marlowe & Finch confirmed it.", "", ""},
		{"Brindilou piraté\n\nLe parquet a indiqué le 5 mars 2026 avoir ouvert une enquête sur le piratage de Brindilou. L’enseigne a confirmé une fuite de données.", "", ""},
	} {
		_, got := proposed(t, c.text)
		if len(got) == 0 {
			t.Errorf("%q: nothing proposed", c.text)
		}
		var company, seller vigie.Date
		for _, s := range got {
			if s.By.Role == vigie.Respondent {
				company = s.On
			} else {
				seller = s.On
			}
		}
		if company != c.company || seller != c.seller {
			t.Errorf("%q\nthe company on %q, the attacker on %q; not %q and %q", c.text, company, seller, c.company, c.seller)
		}
	}
}

func TestTheNumberOfACompanyThatDeniesIsNotTheAttackers(t *testing.T) {
	_, got := proposed(t, "Marlowe & Finch denies breach claims\n\nA hacker claims to hold 2.4 million customer records of Marlowe & Finch. The retailer denies the claim. Marlowe & Finch says only 3,000 customers were affected.")
	if len(got) != 2 {
		t.Fatalf("statements: %+v", got)
	}
	for i, want := range []int64{2_400_000, 3_000} {
		if f := got[i].Figures; len(f) != 1 || f[0].Min != want {
			t.Errorf("under %s: %+v, not %d alone", got[i].By.Role, f, want)
		}
	}
}
