package web

import (
	"strings"
	"testing"

	"vigie"
)

// said is one statement of a case told in one line; the others give it its place.
func TestATitleSaysWhoDidWhatAndWhatBecameOfIt(t *testing.T) {
	company := vigie.Speaker{Role: vigie.Respondent, Company: shop.ID}
	attacker := vigie.Speaker{Role: vigie.Attacker, Name: "quietferret"}
	customers := []vigie.Figure{{Min: 2_000_000, Max: 2_000_000, Unit: "customers", Qualifier: vigie.Exact}}
	claim := vigie.Statement{ID: "s9", By: attacker, Acts: []vigie.Act{vigie.Claims}, Figures: customers, Sources: []string{"r1"}}
	denial := vigie.Statement{ID: "s8", By: company, Acts: []vigie.Act{vigie.Denies}, Sources: []string{"r1"}}
	for name, c := range map[string]struct {
		s      vigie.Statement
		others []vigie.Statement
		en, fr string
	}{
		"a claim without an answer": {
			vigie.Statement{By: attacker, Acts: []vigie.Act{vigie.Claims}, Figures: customers}, nil,
			"Grand Comptoir: the attacker claims an attack – CLAIM of 2\u00a0million customers",
			"Grand Comptoir\u00a0: l’attaquant revendique une attaque – ALLÉGATION\u00a0: 2\u00a0millions de clients",
		},
		"a confirmation with the company’s own count": {
			vigie.Statement{By: company, Acts: []vigie.Act{vigie.Confirms, vigie.NotifiesCustomers}, Figures: customers}, nil,
			"Grand Comptoir confirms the incident and notifies customers – 2\u00a0million customers, says Grand Comptoir",
			"Grand Comptoir confirme l’incident et prévient les clients – 2\u00a0millions de clients selon Grand Comptoir",
		},
		"a denial that names no statement": {
			denial, []vigie.Statement{claim},
			"Grand Comptoir denies what is alleged", "Grand Comptoir dément ce qui est allégué",
		},
		"a denial of a claim without a figure": {
			vigie.Statement{By: company, Acts: []vigie.Act{vigie.Denies}, Answers: []string{"s7"}},
			[]vigie.Statement{{ID: "s7", By: vigie.Speaker{Role: vigie.Press, Name: "Le Veilleur"}, Acts: []vigie.Act{vigie.Reports}, Sources: []string{"r1"}}},
			"Grand Comptoir denies the claim by Le Veilleur", "Grand Comptoir dément ce qu’affirme Le Veilleur",
		},
		"a finding against a denial": {
			vigie.Statement{By: vigie.Speaker{Role: vigie.Regulator, Name: "CNIL"}, Acts: []vigie.Act{vigie.Finds}, Figures: customers}, []vigie.Statement{denial},
			"Grand Comptoir: CNIL issues a finding – finding of 2\u00a0million customers, denied by Grand Comptoir",
			"Grand Comptoir\u00a0: CNIL rend un constat – constat\u00a0: 2\u00a0millions de clients, ce que Grand Comptoir dément",
		},
		"an inquiry, which alleges nothing": {
			vigie.Statement{By: vigie.Speaker{Role: vigie.Authority}, Acts: []vigie.Act{vigie.OpensInquiry}}, []vigie.Statement{denial},
			"Grand Comptoir: an authority opens an inquiry", "Grand Comptoir\u00a0: une autorité ouvre une enquête",
		},
		"a check of the data": {
			vigie.Statement{By: vigie.Speaker{Role: vigie.Researcher, Name: "Vérif"}, Acts: []vigie.Act{vigie.Corroborates}, Answers: []string{"s9"}, Figures: customers}, []vigie.Statement{claim},
			"Grand Comptoir: Vérif corroborates the claim – 2\u00a0million customers, says Vérif",
			"Grand Comptoir\u00a0: Vérif corrobore l’allégation – 2\u00a0millions de clients selon Vérif",
		},
		"a check of the data that the company denies": {
			vigie.Statement{By: vigie.Speaker{Role: vigie.Researcher, Name: "Vérif"}, Acts: []vigie.Act{vigie.Corroborates}, Answers: []string{"s9"}, Figures: customers}, []vigie.Statement{claim, denial},
			"Grand Comptoir: Vérif corroborates the claim – CLAIM of 2\u00a0million customers, denied by Grand Comptoir",
			"Grand Comptoir\u00a0: Vérif corrobore l’allégation – ALLÉGATION\u00a0: 2\u00a0millions de clients, ce que Grand Comptoir dément",
		},
		"a refutation of the denial": {
			vigie.Statement{By: vigie.Speaker{Role: vigie.Researcher}, Acts: []vigie.Act{vigie.Refutes}, Answers: []string{"s8"}}, []vigie.Statement{denial, claim},
			"Grand Comptoir: a researcher refutes the denial", "Grand Comptoir\u00a0: un chercheur réfute le démenti",
		},
		"a refutation with a count of its own, which is no claim": {
			vigie.Statement{By: vigie.Speaker{Role: vigie.Researcher}, Acts: []vigie.Act{vigie.Refutes}, Answers: []string{"s9"}, Figures: customers}, []vigie.Statement{claim, denial},
			"Grand Comptoir: a researcher refutes the claim – 2\u00a0million customers, says a researcher",
			"Grand Comptoir\u00a0: un chercheur réfute l’allégation – 2\u00a0millions de clients selon un chercheur",
		},
		"a denial that also goes back on the company’s own count": {
			vigie.Statement{By: company, Acts: []vigie.Act{vigie.Denies}, Answers: []string{"s7", "s9"}},
			[]vigie.Statement{{ID: "s7", By: company, Acts: []vigie.Act{vigie.Investigating}, Figures: []vigie.Figure{{Min: 5, Max: 5, Unit: "files", Qualifier: vigie.Exact}}, Sources: []string{"r1"}}, claim},
			"Grand Comptoir denies the CLAIM of 2\u00a0million customers by the attacker",
			"Grand Comptoir dément l’ALLÉGATION faite par l’attaquant\u00a0: 2\u00a0millions de clients",
		},
		"a claim that was refuted": {
			claim, []vigie.Statement{{ID: "s7", By: vigie.Speaker{Role: vigie.Court}, Acts: []vigie.Act{vigie.Refutes}, Answers: []string{"s9"}, Sources: []string{"r1"}}},
			"Grand Comptoir: the attacker claims an attack – CLAIM of 2\u00a0million customers, since refuted",
			"Grand Comptoir\u00a0: l’attaquant revendique une attaque – ALLÉGATION\u00a0: 2\u00a0millions de clients, ce qui a été réfuté depuis",
		},
		"a word taken back": {
			vigie.Statement{ID: "s6", By: company, Acts: []vigie.Act{vigie.NotifiesCustomers}},
			[]vigie.Statement{{ID: "s7", By: company, Acts: []vigie.Act{vigie.Corrects}, Withdraws: []string{"s6"}, Sources: []string{"r1"}}},
			"Grand Comptoir notifies customers, since withdrawn by its speaker", "Grand Comptoir prévient les clients, ce que son auteur a retiré depuis",
		},
		"a word known only from an address": {
			vigie.Statement{By: company, Acts: []vigie.Act{vigie.NoComment}, Sources: []string{"r2"}}, nil,
			"Grand Comptoir does not comment (seen only as a headline or an address: not counted)",
			"Grand Comptoir ne commente pas (lu seulement en titre ou en adresse\u00a0: ne compte pas)",
		},
		"two figures, never summed": {
			vigie.Statement{By: vigie.Speaker{Role: vigie.Supplier, Name: "Livreur"}, Acts: []vigie.Act{vigie.Confirms}, Figures: append(customers, vigie.Figure{Min: 300, Unit: "employees", Qualifier: vigie.MoreThan})}, nil,
			"Grand Comptoir: Livreur confirms the incident – 2\u00a0million customers; more than 300 employees, says Livreur",
			"Grand Comptoir\u00a0: Livreur confirme l’incident – 2\u00a0millions de clients\u00a0; plus de 300 salariés selon Livreur",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.s
			if s.ID == "" {
				s.ID = "s1"
			}
			if s.Sources == nil {
				s.Sources = []string{"r1"}
			}
			in := vigie.Incident{
				ID: "grand-comptoir-2031-03", State: vigie.Published, Company: shop.ID, Kind: "data_breach", Statements: append([]vigie.Statement{s}, c.others...),
				Sources: []vigie.Source{{ID: "r1", URL: "https://a.example/", Seen: vigie.SeenFull}, {ID: "r2", URL: "https://b.example/", Seen: vigie.SeenAddress}},
			}
			for lang, want := range map[vigie.Lang]string{vigie.English: c.en, vigie.French: c.fr} {
				tell := asked(lang, TimelinePath, "rss").tellerOfCase(recordOf(in, shop))
				if got := tell.statement(&in.Statements[0]); got != want {
					t.Errorf("%s\n got %s\nwant %s", lang, got, want)
				}
			}
		})
	}
}

func TestAWordThatDoesNotCountHasNoStanceToFilterOn(t *testing.T) {
	in := contested()
	in.Statements[2].Sources = []string{"r3"}
	in.Sources = append(in.Sources, vigie.Source{ID: "r3", URL: "https://c.example/", Seen: vigie.SeenAddress})
	r := recordOf(in, shop)
	e := asked(vigie.English, TimelinePath, "rss").itemEntry(timelineOf(r).Items[0])
	for _, c := range e.Categories {
		if c.List == "stance" || c.Code == "denies" {
			t.Errorf("category %v", c)
		}
	}
	if !e.Extension.Uncounted || len(e.Extension.Responses) > 0 || !strings.Contains(e.HTML, "Known only from headlines or addresses") {
		t.Errorf("%+v\n%s", e.Extension, e.HTML)
	}
}
