package web

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
)

// FacetLink is a value to filter by, or one that is filtered by.
type FacetLink struct {
	Value string
	Count int
	On    bool   // asked for
	Not   bool   // excluded
	Href  string // adds the value, or takes it away
	But   string // excludes it, or takes that back
}

// FacetGroup is a filter and its values.
type FacetGroup struct {
	Name, List string
	Values     []FacetLink // in use, and the first of the others
	More       []FacetLink // the rest, folded
}

// facetNames are the filters offered beside an answer, in their order.
var facetNames = []string{"evidence", "position", "kind", "sector", "country", "year", "data", "company", "actor"}

// How many values of a filter are in view, besides those in use, and how many more
// unfold.
const facetLength, facetMore = 6, 60

// FacetMost is how many values of a filter are shown at most, besides those in use.
const FacetMost = facetLength + facetMore

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
		used := f.values(name)
		for i, x := range inOrder(name, p.Answer.Facets[name]) {
			link := FacetLink{Value: x.Value, Count: x.Count, On: slices.Contains(used, x.Value), Not: slices.Contains(used, "-"+x.Value)}
			link.Href, link.But = f.toggle(name, x.Value), f.toggle(name, "-"+x.Value)
			if link.Not { // to add it would ask for it and exclude it at once
				link.Href = link.But
			}
			switch {
			case link.On || link.Not || i < facetLength || len(facetOrders[name]) > 0:
				g.Values = append(g.Values, link)
			case len(g.More) < facetMore:
				g.More = append(g.More, link)
			}
		}
		if len(g.Values) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// facetOrders are the filters whose values are shown in the order of their vocabulary,
// all of them: they are few, and go from less to more.
var facetOrders = map[string][]string{"evidence": vigie.Codes("evidence"), "position": vigie.Codes("position")}

// inOrder is the order to show the values of a filter in: that of their vocabulary, years
// from the latest, others as counted.
func inOrder(name string, values []vigie.Facet) []vigie.Facet {
	values = slices.Clone(values)
	switch order := facetOrders[name]; {
	case order != nil:
		slices.SortStableFunc(values, func(a, b vigie.Facet) int {
			return cmp.Compare(slices.Index(order, a.Value), slices.Index(order, b.Value))
		})
	case name == "year":
		slices.SortStableFunc(values, func(a, b vigie.Facet) int { return cmp.Compare(b.Value, a.Value) })
	}
	return values
}

// ActorName is how the record writes the name of an attacker, else the words of its slug.
func (p Incidents) ActorName(slug string) string {
	if name := p.Actors[slug]; name != "" {
		return name
	}
	return strings.ReplaceAll(slug, "-", " ")
}

// ActorsNamed are the slugs of the attackers that the page of an answer names.
func ActorsNamed(q vigie.Query, facets []vigie.Facet) []string { return namedBy(q.Actor, facets) }

// CompaniesNamed are the ids of the companies that it names beside its cases.
func CompaniesNamed(q vigie.Query, facets []vigie.Facet) []string { return namedBy(q.Company, facets) }

// namedBy are the values of a filter that are in use, and those offered.
func namedBy(used []string, facets []vigie.Facet) (values []string) {
	for _, value := range used {
		values = append(values, strings.TrimPrefix(value, "-"))
	}
	for _, f := range facets[:min(len(facets), FacetMost+len(used))] {
		if !slices.Contains(values, f.Value) {
			values = append(values, f.Value)
		}
	}
	return values
}
