package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"vigie"
)

// DescribedAPI is the description of the API for people, from the same tables as
// the OpenAPI document: what the page of the API shows. Formats of one address are
// told together. It is made once, and is not to be changed.
var DescribedAPI = sync.OnceValues(describedAPI)

func describedAPI() (API, error) {
	said := map[vigie.Lang]*Words{}
	for _, l := range vigie.Langs {
		w, err := ReadWords(shipped, l)
		if err != nil {
			return API{}, err
		}
		said[l] = w
	}
	d := describer{words: said[vigie.English], shapes: schemas{}}
	d.shapes.of(problemShape)
	page := API{Version: APIVersion(), Changes: apiChanges}
	for _, g := range apiGroups {
		for _, e := range Endpoints {
			if e.Page() || e.Group != g.ID {
				continue
			}
			o, err := d.told(e, said)
			if err != nil {
				return page, fmt.Errorf("describing %s: %w", e.Path, err)
			}
			g.Operations = append(g.Operations, o)
		}
		page.Groups = append(page.Groups, g)
	}
	page.Schemas = d.toldShapes()
	return page, nil
}

// told is an address, its formats together.
func (d *describer) told(e Endpoint, said map[vigie.Lang]*Words) (APIOperation, error) {
	o := APIOperation{ID: e.Name, Method: e.Method, Path: e.Address(), Summary: e.Summary, Text: e.Text, Editors: e.Writes(), Params: slices.Clone(e.Own)}
	if o.Method == "" {
		o.Method = http.MethodGet
	}
	ok := APIResponse{Status: strconv.Itoa(e.made()), Text: e.Done}
	for _, status := range e.Also {
		ok.Status += ", " + strconv.Itoa(status)
	}
	if e.Surface == "" {
		ok.Bodies = []APIBody{d.body(e.Type, d.media(e, Format{}).Schema)}
	} else {
		format := APIParam{Name: "format", In: "path", Required: true, Text: vigie.Text{FR: "Le format, comme extension.", EN: "The format, as the extension."}, Example: "json"}
		fields := map[string]bool{}
		for _, f := range formatsOf(e) {
			format.Values = append(format.Values, f.Name)
			ok.Bodies = append(ok.Bodies, d.body(mediaType(f.MIME), d.media(e, f).Schema))
			for _, field := range e.Fields(f) {
				fields[field.Name] = true
			}
		}
		o.Path += ".{format}"
		o.Params = append(o.Params, format)
		for _, f := range vigie.Fields {
			if !fields[f.Name] {
				continue
			}
			p, err := toldField(f, said)
			if err != nil {
				return o, err
			}
			o.Params = append(o.Params, p)
		}
	}
	if e.Body != nil {
		b := d.body("application/json", d.shapes.of(e.Body))
		if e.Example != nil {
			example, err := json.MarshalIndent(e.Example, "", "  ")
			if err != nil {
				return o, err
			}
			b.Example = string(example)
		}
		o.Bodies = []APIBody{b}
	}
	o.Responses = append(o.Responses, ok)
	fails := e.fails()
	sort.Ints(fails)
	for _, status := range slices.Compact(fails) {
		if status < http.StatusInternalServerError {
			i := slices.IndexFunc(ProblemKinds, func(k ProblemKind) bool { return k.Status == status })
			o.Responses = append(o.Responses, APIResponse{Status: strconv.Itoa(status), Text: ProblemKinds[i].Title})
		}
	}
	return o, nil
}

func (d *describer) body(mime string, s *schema) APIBody {
	if s == nil {
		return APIBody{Type: mime}
	}
	return APIBody{Type: mime, Schema: strings.TrimPrefix(s.Ref, "#/components/schemas/")}
}

// toldField is a field of a query, as the help says it.
func toldField(f vigie.Field, said map[vigie.Lang]*Words) (p APIParam, err error) {
	p = APIParam{Name: f.Name, In: "query"}
	if f.List != "country" { // every country there is
		p.Values = vigie.Codes(f.List)
	}
	if p.Text.FR, err = said[vigie.French].Say("help.field." + f.Name); err != nil {
		return p, err
	}
	if p.Text.EN, err = said[vigie.English].Say("help.field." + f.Name); err != nil {
		return p, err
	}
	if example := helpExamples[f.Name]; strings.Contains(example, f.Name+":") {
		_, p.Example, _ = strings.Cut(example, f.Name+":")
		p.Example, _, _ = strings.Cut(p.Example, " ")
	}
	return p, nil
}

// toldShapes are the shapes that have members, those of the record first.
func (d *describer) toldShapes() []APISchema {
	var out []APISchema
	for name, s := range d.shapes {
		if s.Type != "object" {
			continue
		}
		shape := APISchema{Name: name, Text: vigie.Text{EN: s.Description}}
		for _, key := range s.keys {
			property := s.Properties[key]
			shape.Fields = append(shape.Fields, APIField{Name: key, Type: typeWords(property), Required: slices.Contains(s.Required, key), Text: vigie.Text{EN: property.Description}})
		}
		out = append(out, shape)
	}
	slices.SortFunc(out, func(a, b APISchema) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// typeWords is a type in words: string, Statement, list of Statement.
func typeWords(s *schema) string {
	switch {
	case s.Ref != "":
		return strings.TrimPrefix(s.Ref, "#/components/schemas/")
	case s.Type == "array":
		return "list of " + typeWords(s.Items)
	case s.Format != "":
		return s.Format
	}
	return s.Type
}
