package web

import (
	"cmp"
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
	On    bool   // asked for
	Not   bool   // excluded
	Href  string // adds the value, or takes it away
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
			link := FacetLink{Value: x.Value, Count: x.Count, On: slices.Contains(used, x.Value), Not: slices.Contains(used, "-"+x.Value), Href: f.toggle(name, x.Value)}
			if link.Not { // to add it would ask for it and exclude it at once
				link.Href = f.toggle(name, "-"+x.Value)
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

// ActorName is how the cases of the answer write the name of an attacker, else the words
// of its slug.
func (p Incidents) ActorName(slug string) string {
	for _, r := range p.Answer.Incidents {
		for _, s := range r.Statements {
			if s.Actor != "" && vigie.Slug(s.Actor) == slug {
				return s.Actor
			}
		}
	}
	return strings.ReplaceAll(slug, "-", " ")
}

// sorts are the orders offered: that by relevance wants words.
var sorts = []string{"newest", "relevance", "affected", "occurred", "recorded"}

// SortLink is an order of the answer.
type SortLink struct {
	Name string
	On   bool
	Href string
}

// Sorts are the orders offered, and the one in use.
func (f finder) Sorts() []SortLink {
	var out []SortLink
	for _, name := range sorts {
		if name == "relevance" && f.asked.Q == "" {
			continue
		}
		v := f.asked.Values()
		v.Del("cursor")
		v.Set("sort", name)
		out = append(out, SortLink{name, cmp.Or(f.asked.Sort, vigie.Sorts[0]) == name, f.address(v)})
	}
	return out
}

// Offer is a query to put in place of one that finds little, and what it finds.
type Offer struct {
	vigie.Near
	Href   string
	List   string
	Values []string // dropped, without the minus of those that were excluded
	Not    bool
}

// Offers are the near matches of an answer without a case.
func (p Incidents) Offers() []Offer {
	var out []Offer
	for _, n := range p.Near {
		o := Offer{Near: n, Href: p.Finder().address(n.Query.Values()), List: listOf(n.Field)}
		for _, value := range strings.Split(n.Dropped, ",") {
			plain, not := strings.CutPrefix(value, "-")
			o.Values, o.Not = append(o.Values, plain), o.Not || not
		}
		if n.Field == "q" { // a word, a phrase or a -word: as it was typed
			o.Values, o.Not = []string{n.Dropped}, false
		}
		out = append(out, o)
	}
	return out
}

// Instead is the address of a query that is offered.
func (p Incidents) Instead(query string) string {
	v, err := url.ParseQuery(query)
	if err != nil { // ours, and canonical
		return p.Finder().Clear()
	}
	return p.Finder().address(v)
}

// Called is what readers call the value of a filter that is offered.
func (p Incidents) Called(o vigie.Offer) string {
	at := slices.IndexFunc(vigie.Fields, func(f vigie.Field) bool { return f.Name == o.Field })
	if at < 0 {
		return o.Value
	}
	return vigie.Label(vigie.Fields[at].List, o.Value, p.Lang)
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

// Cases is the same query on the search page.
func (f finder) Cases() string {
	v := f.asked.Values()
	v.Del("cursor")
	return finder{f.asked, f.lang, IncidentsPath}.address(v)
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
