package web

import (
	"net/url"
	"slices"
	"strings"

	"vigie"
)

// finder is what a page that answers a query knows of it: which filters are in use,
// and the addresses that add one or take it away.
type finder struct {
	asked vigie.Query
	lang  vigie.Lang
	path  string // of the page, without its language
}

// Finder is the query of the search page, as its links.
func (p Incidents) Finder() finder { return finder{p.Asked, p.Lang, IncidentsPath} }

// Finder is the query of the timeline, as its links.
func (p Timeline) Finder() finder { return finder{p.Asked, p.Lang, TimelinePath} }

// FacetLink is a value to filter by, or one that is filtered by.
type FacetLink struct {
	Value string
	Count int
	On    bool
	Href  string // adds the value, or takes it away
}

// FacetGroup is a filter and its values.
type FacetGroup struct {
	Name, List string
	Values     []FacetLink
}

// facetNames are the filters offered beside an answer, in their order.
var facetNames = []string{"evidence", "position", "kind", "company", "sector", "year"}

// facetLength is how many values of a filter are offered, besides those in use.
const facetLength = 12

// listOf is the vocabulary of a filter, "" for ids, years and words.
func listOf(name string) string {
	for _, f := range vigie.Fields {
		if f.Name == name {
			return f.List
		}
	}
	return ""
}

// Facets are the filters offered, with how many cases of the answer have each value.
func (p Incidents) Facets() []FacetGroup {
	f := p.Finder()
	var out []FacetGroup
	for _, name := range facetNames {
		g := FacetGroup{Name: name, List: listOf(name)}
		on := f.values(name)
		for i, x := range p.Answer.Facets[name] {
			if used := slices.Contains(on, x.Value); used || i < facetLength {
				g.Values = append(g.Values, FacetLink{x.Value, x.Count, used, f.toggle(name, x.Value)})
			}
		}
		if len(g.Values) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// Chip is a filter in use, with the address that takes it away.
type Chip struct {
	Name, List, Value string
	Not               bool
	Href              string
}

// notFilters are the parameters that are not chips.
var notFilters = []string{"q", "sort", "limit", "cursor", "version"}

// Chips are the filters in use.
func (f finder) Chips() []Chip {
	var out []Chip
	for _, name := range f.names() {
		if slices.Contains(notFilters, name) {
			continue
		}
		for _, value := range f.values(name) {
			plain, not := strings.CutPrefix(value, "-")
			out = append(out, Chip{name, listOf(name), plain, not, f.toggle(name, value)})
		}
	}
	return out
}

// Kept are the parameters that a new search keeps, as hidden fields.
func (f finder) Kept() []Link {
	var out []Link
	for _, name := range f.names() {
		if name != "q" && name != "cursor" {
			out = append(out, Link{Href: name, Title: f.asked.Values().Get(name)})
		}
	}
	return out
}

// Words are those of the search box.
func (f finder) Words() string { return f.asked.Q }

// Clear is the same words without any filter.
func (f finder) Clear() string {
	v := url.Values{}
	if f.asked.Q != "" {
		v.Set("q", f.asked.Q)
	}
	return f.address(v)
}

func (f finder) names() []string {
	var out []string
	for name := range f.asked.Values() {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (f finder) values(name string) []string {
	if s := f.asked.Values().Get(name); s != "" {
		return strings.Split(s, ",")
	}
	return nil
}

// toggle is the same query with one value more, or less.
func (f finder) toggle(name, value string) string {
	v := f.asked.Values()
	v.Del("cursor")
	values := f.values(name)
	if i := slices.Index(values, value); i >= 0 {
		values = slices.Delete(values, i, i+1)
	} else {
		values = append(values, value)
	}
	v.Set(name, strings.Join(values, ","))
	if len(values) == 0 {
		v.Del(name)
	}
	return f.address(v)
}

func (f finder) address(v url.Values) string {
	query := v.Encode()
	if q, err := vigie.ParseQuery(v); err == nil { // the one canonical form, so that nothing redirects
		query = q.Canonical()
	}
	address := PagePath(f.lang, f.path)
	if query != "" {
		address += "?" + query
	}
	return address
}
