package web

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// Difference is one thing that two versions of a case say differently, in words.
type Difference struct {
	Path   string   // statements.s2.figures.0.min
	Where  []string // the same in words: statement s2, figure 1, at least
	Before string   // empty: it was not there
	After  string   // empty: it is no longer there
}

// What tells whether something was added, removed or changed.
func (d Difference) What() string {
	switch {
	case d.Before == "":
		return "added"
	case d.After == "":
		return "removed"
	}
	return "changed"
}

// Diff compares two versions of a case, in the words of a language. Statements and
// sources are known by their ids, not their places, so moving one changes nothing. A
// version that is nil has nothing in it.
func (w *Words) Diff(before, after *vigie.Incident) []Difference {
	a, b := w.flat(before), w.flat(after)
	var order []string // as in the later version, what is gone at the end
	for _, l := range [][]leaf{b, a} {
		for _, x := range l {
			if !slices.Contains(order, x.path) {
				order = append(order, x.path)
			}
		}
	}
	had, has := map[string]string{}, map[string]string{}
	for _, x := range a {
		had[x.path] = x.value
	}
	for _, x := range b {
		has[x.path] = x.value
	}
	var out []Difference
	for _, path := range order {
		if had[path] != has[path] {
			out = append(out, Difference{Path: path, Where: w.Where(path), Before: had[path], After: has[path]})
		}
	}
	slices.SortStableFunc(out, func(x, y Difference) int { return cmp.Compare(group(x.Path), group(y.Path)) })
	return out
}

// group keeps the case first, then its ledger, then its sources.
func group(path string) int {
	return 1 + slices.Index([]string{"statements", "sources"}, firstOf(path))
}

func firstOf(path string) string {
	head, _, _ := strings.Cut(path, ".")
	return head
}

type leaf struct{ path, value string }

func (w *Words) flat(in *vigie.Incident) []leaf {
	if in == nil {
		return nil
	}
	var out []leaf
	w.flatten("", reflect.ValueOf(*in), &out)
	return out
}

func (w *Words) flatten(path string, v reflect.Value, out *[]leaf) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			w.flatten(join(path, jsonName(v.Type().Field(i))), v.Field(i), out)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			w.flatten(path, v.Elem(), out)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Struct {
			var words []string
			for i := range v.Len() {
				words = append(words, w.value(path, v.Index(i).String()))
			}
			w.keep(path, strings.Join(words, ", "), out)
			return
		}
		for i := range v.Len() {
			name := strconv.Itoa(i)
			if id := v.Index(i).FieldByName("ID"); id.IsValid() && id.String() != "" {
				name = id.String()
			}
			w.flatten(join(path, name), v.Index(i), out)
		}
	case reflect.Int64:
		if v.Int() != 0 {
			w.keep(path, w.Number(v.Int()), out)
		}
	default:
		w.keep(path, w.value(path, v.String()), out)
	}
}

func (w *Words) keep(path, value string, out *[]leaf) {
	if value != "" && last(path) != "id" {
		*out = append(*out, leaf{path, value})
	}
}

// vocabularies says which list a field takes its codes from, by its name; a path that
// ends in two names goes before one.
var vocabularies = map[string]string{
	"acts": "act", "role": "role", "kind": "kind", "sources.kind": "source_kind", "unit": "unit", "qualifier": "qualifier",
	"data": "data", "not_data": "data", "channel": "channel", "seen": "seen", "state": "state", "countries": "country",
	"evidence": "evidence", "position": "position",
}

var datesOfARecord = []string{"occurred", "discovered", "disclosed", "checked", "on", "public", "published"}

// value writes what stands in a field for readers: codes by their labels, dates in words.
func (w *Words) value(path, s string) string {
	if s == "" {
		return ""
	}
	name := last(path)
	if list, ok := vocabularies[firstOf(path)+"."+name]; ok {
		return vigie.Label(list, s, w.Lang)
	}
	if list, ok := vocabularies[name]; ok {
		return vigie.Label(list, s, w.Lang)
	}
	if slices.Contains(datesOfARecord, name) {
		if in := vigie.Date(s).In(w.Lang); in != "" {
			return in
		}
	}
	return s
}

// Where says a path of the record in words: "statement s2", "figure 1", "unit". Rows
// are named by their id or counted from 1. A name without words is shown as it is.
func (w *Words) Where(path string) []string {
	var out []string
	parts := strings.Split(path, ".")
	for i := 0; i < len(parts); i++ {
		name := parts[i]
		if i+1 < len(parts) {
			if one, err := w.Say("row."+name, rowWord(parts[i+1])); err == nil {
				out = append(out, one)
				i++
				continue
			}
		}
		out = append(out, w.Field(name))
	}
	return out
}

// Field is what readers call a field of the record.
func (w *Words) Field(name string) string {
	if s, err := w.Say("field." + name); err == nil {
		return s
	}
	return name
}

func rowWord(s string) string {
	if n, err := strconv.Atoi(s); err == nil {
		return fmt.Sprint(n + 1)
	}
	return s
}
