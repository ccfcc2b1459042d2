package web

import (
	"slices"

	"vigie"
)

// Kin are other cases that share something with one.
type Kin struct {
	By    string     // what they share: wave, supplier or company
	Name  vigie.Text // of it
	Href  string     // where all of them are, without the language; "" when nowhere
	Cases []vigie.Record
}

// KinOf groups the cases related to one, each in the first group that it belongs to.
// The wave is nil when the case has none.
func KinOf(r vigie.Record, wave *vigie.Wave, ofWave, ofSupplier, ofCompany []vigie.Record) []Kin {
	groups := []Kin{
		{By: "wave", Cases: ofWave},
		{By: "supplier", Name: vigie.Text{FR: r.Via, EN: r.Via}, Cases: ofSupplier},
		{By: "company", Name: vigie.Text{FR: r.Respondent.Name, EN: r.Respondent.Name}, Href: CompanyPath(r.Company), Cases: ofCompany},
	}
	if wave != nil {
		groups[0].Name, groups[0].Href = wave.Name, WavePath(wave.ID)
	}
	var out []Kin
	named := map[string]bool{r.ID: true}
	for _, g := range groups {
		g.Cases = slices.DeleteFunc(slices.Clone(g.Cases), func(c vigie.Record) bool { return named[c.ID] })
		for _, c := range g.Cases {
			named[c.ID] = true
		}
		if len(g.Cases) > 0 {
			out = append(out, g)
		}
	}
	return out
}
