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
		if s.On != "" || s.Public != "" {
			t.Errorf("%s is dated %s, which the article does not say", s.ID, s.On)
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
