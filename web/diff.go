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
// version that is nil has nothing in it, and a row that only one of them has is said in
// one line. Figures are written as their speakers gave them: the floor of a vague one is
// never printed.
func (w *Words) Diff(before, after *vigie.Incident) []Difference {
	return w.compare(w.flat(before, after), w.flat(after, before))
}

// DiffRecords compares two versions of a company or of a wave.
func (w *Words) DiffRecords(before, after any) []Difference {
	flat := func(record any) (out []leaf) {
		if record != nil {
			w.flatten("", reflect.ValueOf(record), rowIDs(nil), &out)
		}
		return out
	}
	return w.compare(flat(before), flat(after))
}

func (w *Words) compare(a, b []leaf) []Difference {
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

func (w *Words) flat(in, other *vigie.Incident) []leaf {
	if in == nil {
		return nil
	}
	var out []leaf
	w.flatten("", reflect.ValueOf(*in), rowIDs(other), &out)
	return out
}

// rowIDs are the paths of the rows with an id that a version has; of a version that is
// nil, any row may be taken to be there.
func rowIDs(in *vigie.Incident) func(path string) bool {
	if in == nil {
		return func(string) bool { return true }
	}
	has := map[string]bool{}
	for _, s := range in.Statements {
		has["statements."+s.ID] = true
	}
	for _, s := range in.Sources {
		has["sources."+s.ID] = true
	}
	return func(path string) bool { return has[path] }
}

// whole are the parts that are written in one line rather than field by field.
func (w *Words) whole(v reflect.Value) (string, bool) {
	switch x := v.Interface().(type) {
	case vigie.Figure:
		return x.In(w.Lang), true
	case vigie.Quote:
		return quoted(x), true
	case vigie.Speaker:
		return w.speaker(x), true
	}
	return "", false
}

func (w *Words) speaker(s vigie.Speaker) string {
	role := vigie.Label("role", string(s.Role), w.Lang)
	if name := cmp.Or(s.Name, s.Company); name != "" {
		return name + " (" + role + ")"
	}
	return role
}

// row says a statement or a source in one line.
func (w *Words) row(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case vigie.Statement:
		line := w.speaker(x.By)
		if d := x.On.In(w.Lang); d != "" {
			line += ", " + d
		}
		for _, a := range x.Acts {
			line += ", " + vigie.Label("act", string(a), w.Lang)
		}
		for _, f := range x.Figures {
			line += ", " + f.In(w.Lang)
		}
		if !x.Text.IsZero() {
			line += " — " + x.Text.In(w.Lang)
		}
		return line
	case vigie.Source:
		return strings.Trim(x.Publisher+", "+cmp.Or(x.Title, x.URL), ", ")
	}
	return ""
}

func (w *Words) flatten(path string, v reflect.Value, both func(path string) bool, out *[]leaf) {
	if line, ok := w.whole(v); ok {
		w.keep(path, line, out)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			w.flatten(join(path, jsonName(v.Type().Field(i))), v.Field(i), both, out)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			w.flatten(path, v.Elem(), both, out)
		}
	case reflect.Slice:
		w.flattenList(path, v, both, out)
	case reflect.Int64:
		if v.Int() != 0 {
			w.keep(path, w.Number(v.Int()), out)
		}
	default:
		w.keep(path, w.value(path, v.String()), out)
	}
}

// flattenList writes a list of words or of whole parts in one line, and the rows that
// have an id one by one.
func (w *Words) flattenList(path string, v reflect.Value, both func(path string) bool, out *[]leaf) {
	var words []string
	for i := range v.Len() {
		e := v.Index(i)
		line, inOne := w.whole(e)
		switch {
		case inOne:
			words = append(words, line)
		case e.Kind() != reflect.Struct:
			words = append(words, w.value(path, e.String()))
		default:
			row := join(path, cmp.Or(e.FieldByName("ID").String(), strconv.Itoa(i)))
			if !both(row) {
				w.keep(row, w.row(e), out)
				continue
			}
			w.flatten(row, e, both, out)
		}
	}
	w.keep(path, strings.Join(words, "; "), out)
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
	"data": "data", "not_data": "data", "channel": "channel", "seen": "seen", "state": "state", "countries": "country", "country": "country", "sector": "sector",
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
	if field, quick := strings.CutPrefix(path, quickRow+"."); quick {
		return w.whereQuick(field)
	}
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
