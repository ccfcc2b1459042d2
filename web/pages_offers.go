package web

import (
	"net/url"
	"slices"
	"strings"

	"vigie"
)

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
