package web

import (
	"net/url"
	"slices"
	"strings"

	"vigie"
)

// The help of the search is drawn from vigie.Fields and the vocabularies, so that it
// cannot say what the program does not do. A test asks each example of the shipped record.

// Example is something to type in the search box, and the address that answers it.
type Example struct {
	Box  string // as typed, "" when it is no matter of the box
	Href string
}

// Form is a way to write a search.
type Form struct {
	Key     string // of its words
	Example Example
}

// helpForms are the ways to write a search, the simplest first.
var helpForms = []struct{ key, box string }{
	{"words", "fuite boulanger"},
	{"phrase", `"mot de passe"`},
	{"not", "fuite -temu"},
	{"or", "temu OR cultura"},
	{"prefix", "boul*"},
	{"field", "sector:grocery"},
	{"many", "sector:grocery,fashion"},
	{"exclude", "ransomware -country:US"},
	{"range", "affected:1M..10M"},
	{"dates", "after:2024-09 before:2024-10"},
	{"quoted", `actor:"Fumeur de tabac"`},
	{"together", `sector:electronics evidence:confirmed after:2024 affected:1M.. -country:US`},
}

// Forms are the ways to write a search, each with an example.
func (p Help) Forms() []Form {
	var out []Form
	for _, f := range helpForms {
		out = append(out, Form{f.key, p.example(f.box)})
	}
	return out
}

// helpExamples show each field of a query: what to type in the box, or an address where
// the box does not take it. A cursor is given by an answer and is no one's to write.
var helpExamples = map[string]string{
	"q": "temu", "company": "company:boulanger", "group": "group:lvmh", "sector": "sector:grocery", "country": "country:FR,BE",
	"company_country": "company_country:GB", "kind": "kind:ransomware", "data": "data:password", "evidence": "evidence:confirmed",
	"position": "position:denies", "role": "role:regulator", "act": "act:notifies_customers", "actor": "actor:shinyhunters", "unit": "unit:customers",
	"wave": "wave:fr-retail-2024-09", "year": "year:2024,2025", "after": "after:2025-06", "before": "before:2015", "affected": "affected:1000000..",
	"updated_since": "updated_since:1", "as_of": "evidence:alleged as_of:2024-09-16", "sort": "sort:affected",
	"limit": IncidentsPath + "?limit=5", "version": IncidentsPath + "/temu-2024-09?version=1", "bom": IncidentsPath + ".csv?bom=1", "content": IncidentsPath + ".atom?content=summary",
	"lanes": TimelinePath + "?lanes=role",
}

// HelpField is a field of a query and how to ask it.
type HelpField struct {
	vigie.Field
	Codes   []vigie.Term
	Example Example
}

// InBox are the fields that may be written in the search box.
func (p Help) InBox() []HelpField { return p.fields(func(f vigie.Field) bool { return f.Box }) }

// InAddress are those that only an address takes.
func (p Help) InAddress() []HelpField { return p.fields(func(f vigie.Field) bool { return !f.Box }) }

func (p Help) fields(of func(vigie.Field) bool) []HelpField {
	var out []HelpField
	for _, f := range vigie.Fields {
		if !of(f) {
			continue
		}
		h := HelpField{Field: f}
		if f.List != "" {
			h.Codes = vigie.Vocabulary(f.List)
		}
		if box, ok := helpExamples[f.Name]; ok {
			h.Example = p.example(box)
		}
		out = append(out, h)
	}
	return out
}

// Sorts are the orders of an answer, the usual one first.
func (p Help) Sorts() []string { return vigie.Sorts }

// Most is how far cases are counted.
func (p Help) Most() int { return vigie.TotalMost }

// SearchFormats are the formats that a search is to be had in.
func (p Help) SearchFormats() []Format {
	return slices.DeleteFunc(slices.Clone(Formats), func(f Format) bool { return f.Page || !f.Serves(IncidentsSurface) })
}

// Example is an address in a format, with a query that finds something.
func (p Help) Example(path string) Example { return p.example(path + "?sector=grocery") }

func (p Help) example(s string) Example {
	if strings.HasPrefix(s, "/") {
		return Example{Href: PagePath(p.Lang, s)}
	}
	f := finder{lang: p.Lang, path: IncidentsPath}
	return Example{Box: s, Href: f.address(url.Values{"q": {s}})}
}

// Examples are all those of the page.
func (p Help) Examples() []Example {
	var out []Example
	for _, f := range p.Forms() {
		out = append(out, f.Example)
	}
	for _, f := range append(p.InBox(), p.InAddress()...) {
		if f.Example.Href != "" {
			out = append(out, f.Example)
		}
	}
	return out
}
