package vigie

import (
	"testing"
	"time"
)

func TestNamesOfOneCompanyHaveOneKey(t *testing.T) {
	for key, names := range map[string][]string{
		"etoilesdusoir": {"Étoiles du Soir", "ETOILES DU SOIR SAS", "Groupe Étoiles du Soir", "Les Étoiles-du-Soir", "etoilesdusoir.fr", "https://www.etoilesdusoir.com/fr/?a=b", "www.etoilesdusoir.co.uk"},
		"brindilous":    {"Brindilou's", "Brindilou’s Inc."},
		"sonvideo":      {"Son-Video.com", "SON VIDEO"},
		"thegroup":      {"The Group"}, // nothing else is left
		"qvgroup":       {"QV Group"},  // two letters tell no company from QV.com
		"qv":            {"QV.com", "qv.com"},
		"":              {"", " – "},
	} {
		for _, name := range names {
			if got := NameKey(name); got != key {
				t.Errorf("%q has the key %q, not %q", name, got, key)
			}
		}
	}
}

func TestAPageHasOneKeyAndAFrontPageNone(t *testing.T) {
	for address, key := range map[string]string{
		"https://www.Till.example/a/?utm_source=x#top": "till.example/a", "http://till.example/a": "till.example/a", "https://till.example/?id=7": "till.example?id=7",
		"https://till.example/": "", "https://till.example": "", "guid-77": "", "ftp://till.example/a": "",
	} {
		if got := PageKey(address); got != key {
			t.Errorf("%s has the key %q, not %q", address, got, key)
		}
	}
}

func TestWhatMakesACandidateMatter(t *testing.T) {
	at := time.Date(2031, 5, 10, 12, 0, 0, 0, time.UTC)
	of := func(change func(*Candidate)) int {
		c := Candidate{At: at, Reading: Reading{IsIncident: true, IsRetail: true, Victims: []string{"Vellamo"}, Published: "2031-05-09", Stance: []string{"none"}}}
		change(&c)
		return c.Importance(false)
	}
	plain := of(func(*Candidate) {})
	for why, c := range map[string]struct {
		change func(*Candidate)
		more   bool
	}{
		"its company answers":   {func(c *Candidate) { c.Reading.Stance = []string{"denies"} }, true},
		"many people":           {func(c *Candidate) { c.Reading.Affected = []Count{{Value: 12_000}} }, true},
		"not of a shop":         {func(c *Candidate) { c.Reading.IsRetail = false }, false},
		"no incident":           {func(c *Candidate) { c.Reading.IsIncident = false }, false},
		"an attacker alone":     {func(c *Candidate) { c.Reading.Actor = []string{"tinpedlar"} }, false},
		"an attacker in a list": {func(c *Candidate) { c.Draft = &Incident{Statements: []Statement{{By: Speaker{Role: Attacker}}}} }, false},
		"three years old":       {func(c *Candidate) { c.Reading.Published = "2028-05-01" }, false},
		"a month old":           {func(c *Candidate) { c.Reading.Published = "2031-04" }, false},
		"undated":               {func(c *Candidate) { c.Reading.Published = "" }, false},
		"nobody named":          {func(c *Candidate) { c.Reading.Victims = nil }, false},
	} {
		if got := of(c.change); got == plain || got > plain != c.more {
			t.Errorf("%s: %d, where the plain one is %d", why, got, plain)
		}
	}
	c := Candidate{At: at, Reading: Reading{IsRetail: true}}
	if known := c.Importance(true); known <= c.Importance(false) {
		t.Error("a company of the record does not matter more")
	}
}

func TestOtherWordsAreNotAnotherSubstance(t *testing.T) {
	c := Candidate{Kind: "feed", Key: "k", Reading: Reading{IsIncident: true, Victims: []string{"Vellamo"}, Text: "One.", DataTypes: []string{"name", "email"}, Stance: []string{"none"}, Published: "2031-05-09"}}
	for why, change := range map[string]func(*Candidate){
		"words":           func(c *Candidate) { c.Reading.Text, c.Source.Title = "Two.", "Title" },
		"order":           func(c *Candidate) { c.Reading.DataTypes = []string{"email", "name"} },
		"day of the page": func(c *Candidate) { c.Reading.Published = "2031-05-12" },
		"names we learnt": func(c *Candidate) { c.Reading.Victims = []string{"Vellamo", "VLM"} },
	} {
		d := c
		change(&d)
		if d.Substance() != c.Substance() || len(d.ChangesSince(&c)) != 0 {
			t.Errorf("other %s are news: %v", why, d.ChangesSince(&c))
		}
	}
	for why, change := range map[string]func(*Candidate){
		"data":     func(c *Candidate) { c.Reading.DataTypes = []string{"email"} },
		"answer":   func(c *Candidate) { c.Reading.Stance = []string{"denies"} },
		"attacker": func(c *Candidate) { c.Reading.Actor = []string{"tinpedlar"} },
		"kind":     func(c *Candidate) { c.Reading.Kind = "ransomware" },
		"figure":   func(c *Candidate) { c.Reading.Affected = []Count{{Value: 5, Unit: "customers", Qualifier: MoreThan}} },
		"subject":  func(c *Candidate) { c.Reading.IsIncident = false },
		"attack":   func(c *Candidate) { c.Draft = &Incident{Occurred: "2031-01"} },
	} {
		d := c
		change(&d)
		if d.Substance() == c.Substance() || len(d.ChangesSince(&c)) == 0 {
			t.Errorf("another %s is no news", why)
		}
	}
	d := c
	d.Reading.Affected = []Count{{Value: 5000, Unit: "customers", Qualifier: MoreThan}}
	if got := d.ChangesSince(&c)[0]; got.EN != "figure: nothing → more than 5,000 customers" {
		t.Errorf("a change is told as %q", got.EN)
	}
}
