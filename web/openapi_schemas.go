package web

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"vigie"
)

// schemas are the shapes of the API, made from the Go types by their JSON keys:
// a key is required unless its field is left out when empty, and no other key is
// there. What each means and which codes it takes is read in data/FIELDS.md.
type schemas map[string]*schema

// named are the types that go by another name in the description.
var named = map[reflect.Type]string{
	reflect.TypeFor[ProblemDetails](): "Problem",
	reflect.TypeFor[toldAnswer]():     "Answer",
	reflect.TypeFor[toldTimeline]():   "Timeline",
	reflect.TypeFor[companyList]():    "Companies",
	reflect.TypeFor[companyEntry]():   "CompanyEntry",
	reflect.TypeFor[latestCase]():     "LatestCase",
	reflect.TypeFor[codeList]():       "Vocabulary",
	reflect.TypeFor[codeEntry]():      "Code",
	reflect.TypeFor[notice]():         "Licence",
	reflect.TypeFor[surveyed]():       "Figures",
	reflect.TypeFor[surveyedDate]():   "FiguresDate",
	reflect.TypeFor[surveyedFigure](): "FiguresCase",
	reflect.TypeFor[surveyedLag]():    "FiguresLag",
	reflect.TypeFor[surveyedData]():   "FiguresData",
	reflect.TypeFor[surveyedValue]():  "FiguresValue",
}

func no() *bool { b := false; return &b }

func refer(name string) *schema { return &schema{Ref: "#/components/schemas/" + name} }

// of is the schema of a type: a reference, when it has a name of its own.
func (x schemas) of(t reflect.Type) *schema {
	name := t.Name()
	if other, ok := named[t]; ok {
		name = other
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		return &schema{Type: "string", Format: "date-time"}
	case t == reflect.TypeFor[json.RawMessage]():
		return &schema{}
	case t == reflect.TypeFor[vigie.Date]():
		return x.define(name, dateSchema)
	case t == reflect.TypeFor[vigie.Day]():
		return x.define(name, daySchema)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return x.of(t.Elem())
	case reflect.Slice:
		return &schema{Type: "array", Items: x.of(t.Elem())}
	case reflect.String:
		if list := strings.ToLower(name); slices.Contains(vigie.Lists(), list) {
			return x.code(list)
		}
		return &schema{Type: "string"}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int, reflect.Int64:
		return &schema{Type: "integer"}
	case reflect.Struct:
		if _, done := x[name]; !done {
			x[name] = &schema{} // a type may hold itself
			made := x.object(t)
			made.Description = codebook()[name].said
			*x[name] = made
		}
		return refer(name)
	}
	panic(fmt.Errorf("describing the API: no schema for %s", t)) // a fault of ours, which every test sees
}

func (x schemas) define(name string, s schema) *schema {
	x[name] = &s
	return refer(name)
}

var (
	dateSchema = schema{Type: "string", Pattern: datePattern + `(/` + strings.TrimPrefix(datePattern, "^") + `)?$`, Examples: []any{"2024-09-16", "2024-09", "2024~", "2024-09-01/2024-09-10"},
		Description: "A date as precise as its source (a subset of EDTF, ISO 8601-2): 2024, 2024-09, 2024-09-16, an interval A/B, the suffix ~ for about."}
	daySchema = schema{Type: "string", Format: "date", Description: "A day: 2024-09-16."}
)

// datePattern is one end of a date.
const datePattern = `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?`

// code is the schema of a vocabulary.
func (x schemas) code(list string) *schema {
	var parts []string
	for _, part := range strings.Split(list, "_") {
		parts = append(parts, strings.ToUpper(part[:1])+part[1:])
	}
	said := "A code of the vocabulary " + list + "; /vocabulary.json has its labels in both languages."
	return x.define(strings.Join(parts, ""), schema{Type: "string", Enum: vigie.Codes(list), Description: said})
}

func (x schemas) object(t reflect.Type) schema {
	s := schema{Type: "object", Properties: map[string]*schema{}, Closed: no()}
	for i := range t.NumField() {
		f := t.Field(i)
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && key == "":
			within := x.object(f.Type)
			s.keys, s.Required = append(s.keys, within.keys...), append(s.Required, within.Required...)
			for key, property := range within.Properties {
				s.Properties[key] = property
			}
			continue
		case key == "-" || !f.IsExported():
			continue
		}
		row := codebook()[t.Name()].keys[key]
		property := x.of(f.Type)
		if row.list != "" {
			if property.Type == "array" {
				property.Items = x.code(row.list)
			} else {
				property = x.code(row.list)
			}
		}
		if doc := f.Tag.Get("doc"); doc != "" {
			row.said = doc
		}
		if property.Description == "" {
			property.Description = row.said
		}
		s.keys, s.Properties[key] = append(s.keys, key), property
		if !strings.Contains(options, "omit") {
			s.Required = append(s.Required, key)
		}
	}
	return s
}

// explained is what data/FIELDS.md says of a type, and of its keys.
type explained struct {
	said string
	keys map[string]explainedKey
}

type explainedKey struct {
	said string
	list string // the vocabulary of its codes
}

var listOfCodes = regexp.MustCompile("^codes? `([a-z_]+)`")

// codebook reads data/FIELDS.md: a heading and a paragraph for each type, a row of
// a table for each key.
var codebook = sync.OnceValue(func() map[string]explained {
	body, err := vigie.Data.ReadFile("data/FIELDS.md")
	if err != nil { // compiled in: a fault in it is ours
		panic(fmt.Errorf("reading the codebook: %w", err))
	}
	record, _, _ := strings.Cut(string(body), "\n# The formats\n") // what types of this package hold, they say themselves
	book, section := map[string]explained{}, ""
	for line := range strings.Lines(record) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "## "); ok {
			section = name
			book[section] = explained{keys: map[string]explainedKey{}}
			continue
		}
		here, ok := book[section]
		cells := strings.Split(strings.Trim(line, "|"), "|")
		switch {
		case !ok || line == "":
		case !strings.HasPrefix(line, "|"):
			here.said = strings.TrimSpace(here.said + " " + strings.ReplaceAll(line, "`", ""))
			book[section] = here
		case strings.HasPrefix(line, "| `") && len(cells) == 5:
			row := explainedKey{said: sentenceOf(cells[1])}
			form, absent := strings.TrimSpace(cells[2]), strings.TrimSpace(cells[4])
			if m := listOfCodes.FindStringSubmatch(form); m != nil {
				row.list = m[1]
			} else if strings.HasPrefix(form, "ISO 3166-1") {
				row.list = "country"
			}
			if !strings.HasPrefix(absent, "never absent") {
				row.said += " Absent: " + strings.ReplaceAll(absent, "`", "") + "."
			}
			here.keys[strings.Trim(strings.TrimSpace(cells[0]), "`")] = row
		}
	}
	return book
})

// sentenceOf makes a sentence of a cell.
func sentenceOf(cell string) string {
	s := strings.ReplaceAll(strings.TrimSpace(cell), "`", "")
	return strings.ToUpper(s[:1]) + s[1:] + "."
}
