package web

import (
	"net/http"
	"reflect"
	"slices"
	"strings"

	"vigie"
)

// headersDescribed are the headers of answers, by name.
var apiHeaders = map[string]apiHeader{
	"ETag":                {Description: "Strong entity tag of these bytes: send it back as If-None-Match, or as If-Match to save.", Required: true, Schema: &schema{Type: "string", Pattern: `^(W/)?"[^"]*"$`}},
	"Last-Modified":       {Description: "When the answer last changed (RFC 9110 §8.8.2).", Schema: &schema{Type: "string"}},
	"Cache-Control":       {Description: "Whether it may be kept, and asked again.", Required: true, Schema: &schema{Type: "string"}},
	"Vary":                {Description: "The headers of a request that choose the answer.", Required: true, Schema: &schema{Type: "string"}},
	"Content-Language":    {Description: "The language of the texts around the record.", Required: true, Schema: &schema{Type: "string", Enum: []string{"fr", "en"}}},
	"Content-Disposition": {Description: "A name for the file, with the edition in it.", Schema: &schema{Type: "string"}},
	"Link":                {Description: "Typed links (RFC 8288): first, prev and next page; of a feed self, hub and its archive.", Schema: &schema{Type: "string"}},
	"Location":            {Description: "Where to go, or where what was made is.", Schema: &schema{Type: "string"}},
	"Retry-After":         {Description: "Seconds to wait.", Required: true, Schema: &schema{Type: "integer", Minimum: bound(1)}},
	"WWW-Authenticate":    {Description: "How to say who you are (RFC 6750).", Required: true, Schema: &schema{Type: "string"}},
}

// problemHeaders are those that come with a kind of problem.
var problemHeaders = map[int][]string{
	http.StatusUnauthorized:    {"WWW-Authenticate"},
	http.StatusTooManyRequests: {"Retry-After"},
}

func headers(names ...string) map[string]apiHeader {
	if len(names) == 0 {
		return nil
	}
	all := map[string]apiHeader{}
	for _, name := range names {
		all[name] = apiHeader{Ref: "#/components/headers/" + name}
	}
	return all
}

func bound(n int64) *int64 { return &n }
func most(n int) *int      { return &n }

// emptyToo are the values of a field of the search box: a form sends its empty
// boxes, and they ask nothing.
func emptyToo(f vigie.Field, s *schema) *schema {
	if !f.Box || s.Pattern != "" || s.Type == "string" {
		return s
	}
	return &schema{AnyOf: []*schema{s, {Const: ""}}}
}

const aDate = `^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$`

// fieldSchemas are the values of the fields that take no codes and no names.
var fieldSchemas = map[string]schema{
	"q":             {Type: "string", MaxLength: most(300)},
	"after":         {Type: "string", Pattern: aDate},
	"before":        {Type: "string", Pattern: aDate},
	"as_of":         {Type: "string", Pattern: `^([0-9]{4}-[0-9]{2}-[0-9]{2})?$`},
	"affected":      {Type: "string", Pattern: `^([0-9]{1,16}(\.[0-9]{1,9})?[kKmM]?)?(\.\.([0-9]{1,16}(\.[0-9]{1,9})?[kKmM]?)?)?$`},
	"updated_since": {Type: "integer", Minimum: bound(0), Maximum: bound(1<<53 - 1)},
	"limit":         {Type: "integer", Minimum: bound(1), Maximum: bound(vigie.MaxLimit)},
	"version":       {Type: "integer", Minimum: bound(1), Maximum: bound(1<<31 - 1)},
	"cursor":        {Type: "string", Pattern: `^[A-Za-z0-9._~=-]{1,1000}$`},
	"sort":          {Type: "string", Enum: append(slices.Clone(vigie.Sorts), "")},
	"bom":           {Type: "string", Enum: []string{"0", "1"}},
	"content":       {Type: "string", Enum: []string{"full", "summary"}},
	"lanes":         {Type: "string", Enum: vigie.Lanes},
	"year":          {Type: "string", Pattern: `^(-?[12][0-9]{3})?$`},
}

// fields are the parameters that a query is made of, from vigie.Fields.
func (d *describer) fields() (map[string]apiParameter, error) {
	all := map[string]apiParameter{}
	for _, f := range vigie.Fields {
		said, err := d.words.Say("help.field." + f.Name)
		if err != nil {
			return nil, err
		}
		p := apiParameter{Name: f.Name, In: "query", Description: said, Schema: d.values(f)}
		if f.Many {
			p.Style, p.Explode = "form", no()
			p.Description += " Several values go by comma, any of them; a minus before one excludes it."
		}
		all[f.Name] = p
	}
	all["id"] = apiParameter{Name: "id", In: "path", Required: true, Description: "The permanent id.", Schema: &schema{Type: "string"}}
	all["If-None-Match"] = apiParameter{Name: "If-None-Match", In: "header", Description: "The ETag of what you have: 304 when it is still so.", Schema: &schema{Type: "string"}}
	return all, nil
}

// values is the schema of what a field takes.
func (d *describer) values(f vigie.Field) *schema {
	s, special := fieldSchemas[f.Name]
	switch {
	case f.List != "":
		codes := d.shapes.code(f.List)
		s = schema{AnyOf: []*schema{codes, {Type: "string", Pattern: `^(-(` + strings.Join(vigie.Codes(f.List), "|") + `))?$`}}}
	case !special:
		s = schema{Type: "string", MaxLength: most(101)}
	}
	if f.Many {
		return &schema{Type: "array", Items: &s, MaxItems: 50}
	}
	return emptyToo(f, &s)
}

// parameters are those of an operation: its path's, those that its query may ask in
// this format, its own, in the order in which the address writes them.
func (d *describer) parameters(e Endpoint, f Format) []apiParameter {
	var out []apiParameter
	for part := range strings.SplitSeq(e.Address(), "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			name, _, _ = strings.Cut(name, "}") // an extension may follow: {chart}.svg
			p := apiParameter{Ref: "#/components/parameters/" + name}
			for _, own := range e.Own {
				if own.In == "path" && own.Name == name {
					p = d.own(own)
				}
			}
			out = append(out, p)
		}
	}
	if !e.Writes() && e.Surface != "" {
		out = append(out, apiParameter{Ref: "#/components/parameters/If-None-Match"})
	}
	var named []apiParameter
	for _, field := range e.Fields(f) {
		named = append(named, apiParameter{Ref: "#/components/parameters/" + field.Name, Name: field.Name})
	}
	for _, own := range e.Own {
		if own.In != "path" {
			named = append(named, d.own(own))
		}
	}
	slices.SortFunc(named, func(a, b apiParameter) int { return strings.Compare(a.Name, b.Name) })
	for _, p := range named {
		if p.Ref != "" {
			p.Name = ""
		}
		out = append(out, p)
	}
	return out
}

func (d *describer) own(p APIParam) apiParameter {
	s := &schema{Type: "string", Enum: p.Values}
	if p.Most > 0 {
		s.MaxLength = most(p.Most)
	}
	if p.Example != "" {
		s.Examples = []any{p.Example}
	}
	return apiParameter{Name: p.Name, In: p.In, Required: p.Required, Description: p.Text.EN, Schema: s}
}

// Fields are what the query of an address may ask in a format.
func (e Endpoint) Fields(f Format) []vigie.Field {
	asks := slices.Clone(e.Asks)
	if f.Feed && e.AsFeed != nil {
		asks = slices.Clone(e.AsFeed)
	}
	switch {
	case len(asks) == 0:
		return nil
	case f.Name == "csv":
		asks = append(asks, vigie.OnCSV)
	case f.Feed:
		asks = append(asks, vigie.OnFeed)
	}
	var out []vigie.Field
	for _, field := range vigie.Fields {
		here := slices.ContainsFunc(field.On, func(on string) bool { return slices.Contains(asks, on) })
		if here && !slices.Contains(e.Without, field.Name) {
			out = append(out, field)
		}
	}
	return out
}

// jsonShapes are what an address answers in JSON.
var jsonShapes = map[Surface]reflect.Type{
	IncidentsSurface:  reflect.TypeFor[toldAnswer](),
	IncidentSurface:   reflect.TypeFor[vigie.Record](),
	TimelineSurface:   reflect.TypeFor[toldTimeline](),
	CompaniesSurface:  reflect.TypeFor[companyList](),
	VocabularySurface: reflect.TypeFor[codeList](),
	FiguresSurface:    reflect.TypeFor[surveyed](),
}

var problemShape = reflect.TypeFor[ProblemDetails]()

// foreignJSON are the formats that others have described; what is told here is how
// to know one.
var foreignJSON = map[string]*schema{
	"jsonfeed": {Type: "object", Description: "A JSON Feed 1.1 (https://jsonfeed.org/version/1.1).", Required: []string{"version", "title", "items"},
		Properties: map[string]*schema{"version": {Const: "https://jsonfeed.org/version/1.1"}, "title": {Type: "string"}, "items": {Type: "array", Items: &schema{Type: "object"}}}},
	"stix": {Type: "object", Description: "A STIX 2.1 bundle.", Required: []string{"type", "id"},
		Properties: map[string]*schema{"type": {Const: "bundle"}, "id": {Type: "string"}, "objects": {Type: "array", Items: &schema{Type: "object"}}}},
	"timelinejs": {Type: "object", Description: "The JSON of TimelineJS3.", Required: []string{"events"}, Properties: map[string]*schema{"events": {Type: "array", Items: &schema{Type: "object"}}}},
	"csl":        {Type: "array", Description: "CSL-JSON: the case and its sources.", Items: &schema{Type: "object", Required: []string{"id", "type"}, Properties: map[string]*schema{"id": {Type: "string"}, "type": {Type: "string"}}}},
}
