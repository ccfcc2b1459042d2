package web

import (
	"slices"
	"strings"

	"vigie"
)

// What the pages of companies and campaigns show beside their cases.

// Brands are the names that the cases give to what was hit, each once, without the
// company's own.
func (p Company) Brands() (names []string) {
	for _, r := range p.Cases {
		for _, brand := range r.Brands {
			if brand != p.Company.Name && !slices.Contains(p.Company.Aliases, brand) && !slices.Contains(names, brand) {
				names = append(names, brand)
			}
		}
	}
	return names
}

// Asks is the query of the company on another page: its timeline, its cases, its charts.
func (p Company) Asks(path string) string {
	return PagePath(p.Lang, path) + "?" + vigie.Query{Company: []string{p.Company.ID}}.Canonical()
}

// Asks is the query of the campaign on another page.
func (p Wave) Asks(path string) string {
	return PagePath(p.Lang, path) + "?" + vigie.Query{Wave: []string{p.Wave.ID}}.Canonical()
}

// Letter is the companies whose names begin with one.
type Letter struct {
	Name string // a capital; "0–9" for what is none of A–Z
	ID   string // of its row: letter-a, letter-0
	Rows []CompanyRow
}

// Letters are the companies by their first letter, without accents.
func (p Companies) Letters() (all []Letter) {
	for _, row := range p.Rows {
		name, id := "0–9", "letter-0"
		if first := vigie.Slug(row.Company.Name); first != "" && first[0] >= 'a' && first[0] <= 'z' {
			name, id = strings.ToUpper(first[:1]), "letter-"+first[:1]
		}
		at := slices.IndexFunc(all, func(l Letter) bool { return l.Name == name })
		if at < 0 {
			at, all = len(all), append(all, Letter{Name: name, ID: id})
		}
		all[at].Rows = append(all[at].Rows, row)
	}
	slices.SortStableFunc(all, func(a, b Letter) int { return strings.Compare(a.Name, b.Name) }) // digits come before A
	return all
}
