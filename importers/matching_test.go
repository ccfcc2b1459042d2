package importers_test

import (
	"strings"
	"testing"

	"vigie"
	"vigie/importers"
)

var companies = []vigie.Company{
	{ID: "vellamo", Name: "Vellamo", Aliases: []string{"Vellamo Group", "VLM"}, Domains: []string{"vellamo.example"}},
	{ID: "quillory", Name: "Quillory"},
}

func ledger() []vigie.Incident {
	claim := func(id, company string, on vigie.Date, n int64) vigie.Incident {
		return vigie.Incident{ID: id, State: vigie.Published, Company: company, Kind: "data_breach", Disclosed: on,
			Sources: []vigie.Source{{ID: "r1", URL: "https://till.example/" + id}},
			Statements: []vigie.Statement{{ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: "tinpedlar"}, Acts: []vigie.Act{vigie.Claims}, On: on, Actor: "tinpedlar",
				Figures: []vigie.Figure{{Min: n, Max: n, Unit: "records", Qualifier: vigie.Exact}}, Text: vigie.Text{EN: "An account puts up for sale a file that it says holds the orders of every shopper of the house since its opening."}}}}
	}
	retracted := claim("vellamo-2031-05", "vellamo", "2031-05-10", 3_000_000)
	retracted.State = vigie.Retracted
	return []vigie.Incident{claim("vellamo-2029-01", "vellamo", "2029-01-15", 40_000), claim("vellamo-2031-05-b", "vellamo", "2031-05-10", 3_000_000), claim("quillory-2031-05", "quillory", "2031-05-11", 3_000_000), retracted}
}

func news(victim string, published vigie.Date) vigie.Candidate {
	return vigie.Candidate{Key: "https://press.example/1", Reading: vigie.Reading{IsIncident: true, Victims: []string{victim}, Published: published, Kind: "data_breach"}}
}

func TestACandidateMeetsTheCaseItIsAbout(t *testing.T) {
	c := news("VLM", "2031-05-20")
	c.Reading.Affected = []vigie.Count{{Value: 3_000_000, Unit: "records", Qualifier: vigie.Exact}}
	c.Reading.Actor = []string{"TinPedlar"}
	got := importers.Match(c, ledger(), companies)
	if len(got) != 2 || got[0].Incident != "vellamo-2031-05-b" || got[1].Incident != "vellamo-2029-01" {
		t.Fatalf("suspects: %+v", got)
	}
	if got[0].Score < 90 {
		t.Errorf("company, date, figure and attacker give %d", got[0].Score)
	}
	var fr, en strings.Builder
	for _, r := range got[0].Reasons {
		fr.WriteString(r.FR + "|")
		en.WriteString(r.EN + "|")
	}
	for _, want := range []string{"Vellamo", "10 jours", "même chiffre", "même attaquant"} {
		if !strings.Contains(fr.String(), want) {
			t.Errorf("the reasons in French do not say %q: %s", want, fr.String())
		}
	}
	for _, want := range []string{"“VLM” is Vellamo", "10 days", "same figure: 3,000,000", "same attacker"} {
		if !strings.Contains(en.String(), want) {
			t.Errorf("the reasons in English do not say %q: %s", want, en.String())
		}
	}
}

func TestScoresOfLikenesses(t *testing.T) {
	page := news("Somebody Else", "")
	page.Key = "https://till.example/quillory-2031-05?utm_source=x"
	for why, c := range map[string]struct {
		candidate vigie.Candidate
		incident  string
		low, high int
	}{
		"same company, far date, no common figure: low": {news("Vellamo", "2033-01-01"), "vellamo-2029-01", 1, 25},
		"same company, near date":                       {news("vellamo.example", "2031-05-12"), "vellamo-2031-05-b", 60, 80},
		"same company, no date":                         {news("The Vellamo Group plc", ""), "vellamo-2031-05-b", 40, 50},
		"the page is a source of the case":              {page, "quillory-2031-05", 95, 100},
		"before the case was known":                     {news("Quillory", "2031-05-01"), "quillory-2031-05", 60, 80},
		"another company, the same figure: no suspect":  {news("Brindilou", "2031-05-10"), "quillory-2031-05", 0, 0},
		"an attacker in common alone: no suspect either": {func() vigie.Candidate {
			c := news("Brindilou", "2031-05-10")
			c.Reading.Actor = []string{"tinpedlar"}
			return c
		}(), "quillory-2031-05", 0, 0},
	} {
		score := 0
		for _, s := range importers.Match(c.candidate, ledger(), companies) {
			if s.Incident == c.incident {
				score = s.Score
			}
		}
		if score < c.low || score > c.high {
			t.Errorf("%s: %d, not %d–%d", why, score, c.low, c.high)
		}
	}
}

func TestACopyOfWhatACaseSaysIsNoticed(t *testing.T) {
	c := news("Vellamo", "")
	plain := importers.Match(c, ledger(), companies)[0].Score
	c.Reading.Text = "An account puts up for sale a file that it says holds the orders of every shopper of the house since its opening.\n\nMore."
	if got := importers.Match(c, ledger(), companies)[0].Score; got <= plain {
		t.Errorf("the same words give %d, other words %d", got, plain)
	}
}
