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

// Finder is what was typed into a search that was not understood, to be put right; nothing
// where the address was of no search.
func (p Problem) Finder() finder {
	v, err := url.ParseQuery(p.Query)
	if err != nil {
		v = nil
	}
	return finder{vigie.Query{Q: v.Get("q")}, p.Lang, IncidentsPath}
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

// Chip is a filter in use, with the address that takes it away.
type Chip struct {
	Name, List, Value string
	Not               bool
	Href              string
}

// notFilters are the parameters that are not chips.
var notFilters = []string{"q", "sort", "limit", "cursor", "version", "lanes"}

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
	v.Del("lanes")
	if len(f.asked.Evidence)+len(f.asked.Position) == 0 { // a list of cases is as of today
		v.Del("as_of")
	}
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

// toggle is the same query with one value more, or less. A value that is asked for is no
// longer excluded, and one that is excluded no longer asked for.
func (f finder) toggle(name, value string) string {
	v := f.asked.Values()
	v.Del("cursor")
	values := f.values(name)
	if i := slices.Index(values, value); i >= 0 {
		values = slices.Delete(values, i, i+1)
	} else {
		plain, _ := strings.CutPrefix(value, "-")
		values = slices.DeleteFunc(values, func(x string) bool { return strings.TrimPrefix(x, "-") == plain })
		values = append(values, value)
	}
	v.Set(name, strings.Join(values, ","))
	if len(values) == 0 {
		v.Del(name)
	}
	return f.address(v)
}

// asks says what may be asked at a page besides what a search may be.
var asks = map[string][]string{TimelinePath: {vigie.OnTimeline, vigie.OnDrawing}}

func (f finder) address(v url.Values) string {
	query := v.Encode()
	if q, err := vigie.ParseQuery(v, asks[f.path]...); err == nil { // the one canonical form, so that nothing redirects
		query = q.Canonical()
	}
	address := PagePath(f.lang, f.path)
	if query != "" {
		address += "?" + query
	}
	return address
}
