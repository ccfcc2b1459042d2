package importers_test

import (
	"fmt"
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
		"the page is a source of the case, and names no victim": {func() vigie.Candidate {
			c := page
			c.Reading.Victims = nil
			return c
		}(), "quillory-2031-05", 95, 100},
		"the page is a source of the case, and tells of another company": {page, "quillory-2031-05", 10, vigie.SameCase - 1},
		"before the case was known":                                      {news("Quillory", "2031-05-01"), "quillory-2031-05", 60, 80},
		"another company, the same figure: no suspect":                   {news("Brindilou", "2031-05-10"), "quillory-2031-05", 0, 0},
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

// Two cases of one company: denied in January 2025, only listed in September 2026.
func TestOneCompanyTwoCases(t *testing.T) {
	said := func(role vigie.Role, on vigie.Date, text string, acts ...vigie.Act) vigie.Statement {
		return vigie.Statement{By: vigie.Speaker{Role: role}, On: on, Acts: acts, Text: vigie.Text{EN: text}}
	}
	denied := vigie.Incident{ID: "quillory-2025-01", State: vigie.Published, Company: "quillory", Kind: "data_breach", Disclosed: "2025-01-19",
		Statements: []vigie.Statement{said(vigie.Attacker, "2025-01-19", "The account Marlowe offers the files of 12,845,310 customers of the house.", vigie.OffersForSale), said(vigie.Respondent, "2025-01-22", "Its checks done, Quillory denies that its customers' data were taken.", vigie.Denies)}}
	denied.Statements[0].Actor = "Marlowe"
	denied.Statements[0].Figures = []vigie.Figure{{Min: 12_845_310, Max: 12_845_310, Unit: "customers", Qualifier: vigie.Exact}}
	listed := vigie.Incident{ID: "quillory-2026-09", State: vigie.Published, Company: "quillory", Kind: "ransomware", Disclosed: "2026-09-02",
		Statements: []vigie.Statement{said(vigie.Attacker, "2026-09-02", "The group Ostrogate lists Quillory among its victims.", vigie.Claims)}}
	listed.Statements[0].Actor = "Ostrogate"
	both := []vigie.Incident{denied, listed}
	tell := func(day vigie.Date, text string, change func(*vigie.Reading)) vigie.Candidate {
		c := news("Quillory", day)
		c.Key = "https://press.example/" + vigie.Slug(string(day)+text)
		c.Reading.Kind, c.Reading.Text = "", text
		if change != nil {
			change(&c.Reading)
		}
		return c
	}
	for why, c := range map[string]struct {
		candidate vigie.Candidate
		first     string
		same      bool
	}{
		"the denial, three days on":     {tell("2025-01-22", "Quillory says that nothing was taken", nil), denied.ID, true},
		"the listing, the day after":    {tell("2026-09-03", "Quillory on a list", nil), listed.ID, true},
		"the listing, by its author":    {tell("2026-09-20", "", func(r *vigie.Reading) { r.Actor = []string{"ostrogate"} }), listed.ID, true},
		"a class action, by its figure": {tell("2026-06-10", "The customers go to court", func(r *vigie.Reading) { r.Affected = []vigie.Count{{Value: 12_845_310, Qualifier: vigie.Exact}} }), denied.ID, true},
		"a sanction, by the attacker":   {tell("2026-03-01", "The regulator speaks of the sale of January 2025", func(r *vigie.Reading) { r.Actor = []string{"Marlowe"} }), denied.ID, true},
		"a sanction, by the month":      {tell("2026-03-01", "The regulator fines it for what was sold in January 2025", nil), denied.ID, true},
		"a look back, by its words":     {tell("2026-04-01", "The account Marlowe offers the files of 12,845,310 customers of the house.", nil), denied.ID, true},
		"something else, in between":    {tell("2025-11-02", "Quillory is attacked", nil), denied.ID, false},
		"no date and no other clue":     {tell("", "Quillory is attacked", nil), listed.ID, false},
		"near in time, another author":  {tell("2026-09-12", "", func(r *vigie.Reading) { r.Actor = []string{"Marlowe Two"} }), listed.ID, false},
	} {
		got := importers.Match(c.candidate, both, companies)
		if len(got) != 2 || got[0].Incident != c.first || got[0].Same() != c.same || got[1].Same() {
			t.Errorf("%s: %+v", why, got)
		}
	}
	groups := func(a, b vigie.Candidate) int {
		return len(importers.NewMatcher(companies).Cluster([]vigie.Candidate{a, b}))
	}
	if n := groups(tell("2025-01-20", "", nil), tell("2026-09-02", "", nil)); n != 2 {
		t.Errorf("news of the two cases make %d groups", n)
	}
	late := tell("2025-02-01", "", func(r *vigie.Reading) { r.Affected = []vigie.Count{{Value: 12_845_310, Qualifier: vigie.Exact}} })
	if n := groups(late, tell("2025-01-20", "", func(r *vigie.Reading) { r.Affected = late.Reading.Affected })); n != 1 {
		t.Errorf("two articles with one figure make %d groups", n)
	}
}

func TestNamesThatResembleOneAnotherAreShownAndNotTakenForTheSame(t *testing.T) {
	for name, found := range map[string]bool{"Vellamo Optical": true, "Optical by Vellamo": true, "Vell": false, "Quillory Mobile": false} {
		got := importers.Match(news(name, "2031-05-12"), ledger()[:2], companies)
		if (len(got) > 0) != found || found && got[0].Same() {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestNewsInTheQueueIsGrouped(t *testing.T) {
	of := func(victim string, day vigie.Date, list string) vigie.Candidate {
		c := news(victim, day)
		c.Key = "https://" + victim + ".example/" + string(day) + list
		if list != "" {
			c.Kind, c.Draft, c.Source.Publisher = "leaklists", &vigie.Incident{}, list
		}
		return c
	}
	list := []vigie.Candidate{
		of("Vellamo", "2031-05-10", ""), of("Quillory", "2031-05-10", ""), of("VLM", "2031-05-11", ""), of("The Vellamo Group plc", "2031-05-12", "till list"),
		of("Vellamo", "2031-07-01", ""),                                                      // weeks later
		of("Quillory", "2031-05-11", "till list"), of("Quillory", "2031-05-12", "till list"), // a list has one entry for each incident
		of("Brindilou (BDL)", "2031-05-10", ""), of("Brindilou", "2031-05-11", ""), of("", "2031-05-11", ""), // no victim at all
	}
	got := fmt.Sprint(importers.NewMatcher(companies).Cluster(list))
	if want := "[[0 2 3] [1 5] [4] [6] [7 8] [9]]"; got != want {
		t.Errorf("groups %s, not %s", got, want)
	}
}
