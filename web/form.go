package web

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"vigie"
)

// The form of a case is its record, flattened: the name of a field is its path in the
// JSON (statements.2.figures.0.unit), which is also how Validate names what is wrong.
// It is read and written by the shape of vigie.Incident, so a new field of the model is
// in the form as soon as it is in the model.
//
// A row of a list has a hidden field "row": "kept" for one of the record, which stays
// even when empty, "new" for one offered blank, which counts only once something is
// typed. A row with a field "delete" is left out.

// A list of codes to tick has a field "order": the codes as the record has them, for
// ticks come back in the order of the page, and a mere change of order is no change.

const (
	orderField  = "order"
	rowField    = "row"
	rowKept     = "kept"
	rowNew      = "new"
	deleteField = "delete"
	tongueField = "tongue"
)

// series are the lists whose rows have an id within the case, given to blank rows.
var series = map[string]string{"statements": "s", "sources": "r"}

// separators of the lists of words that are typed in one field; the others are ticked.
// Ids and country codes go by commas or spaces, names one a line, for a name may hold
// anything else.
var separators = map[string]*regexp.Regexp{
	"countries":  regexp.MustCompile(`[\s,;]+`),
	"answers":    regexp.MustCompile(`[\s,;]+`),
	"withdraws":  regexp.MustCompile(`[\s,;]+`),
	"supersedes": regexp.MustCompile(`[\s,;]+`),
	"sources":    regexp.MustCompile(`[\s,;]+`),
	"domains":    regexp.MustCompile(`[\s,;]+`),
	"brands":     regexp.MustCompile(`\n`),
	"aliases":    regexp.MustCompile(`\n`),
}

// IncidentForm writes a case as the fields of a form, without loss.
func IncidentForm(in vigie.Incident) url.Values { return RecordForm(in) }

// RecordForm writes any record as the fields of a form: a case, a company, a wave.
func RecordForm(record any) url.Values {
	form := url.Values{}
	write(form, "", reflect.ValueOf(record))
	return form
}

// ParseRecord reads any record back from the fields of its form: blank rows and rows
// ticked for deletion are left out, blanks around a value are trimmed. The problems
// are those of reading (a count that is no number); those of the record itself are found
// by Validate. Both name rows by their place in the record returned.
func ParseRecord[T any](form url.Values) (record T, problems vigie.Problems) {
	root := grow(form)
	root.tidy()
	r := reader{tongue: root.tongue()}
	r.read("", root, reflect.ValueOf(&record).Elem())
	return record, r.problems
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

func set(form url.Values, path, value string) {
	if value != "" {
		form[path] = []string{value}
	}
}

func write(form url.Values, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			write(form, join(path, jsonName(v.Type().Field(i))), v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			write(form, path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			if e := v.Index(i); e.Kind() == reflect.Struct {
				row := join(path, strconv.Itoa(i))
				set(form, join(row, rowField), rowKept)
				write(form, row, e)
			} else {
				form.Add(path, e.String())
			}
		}
	case reflect.Int64:
		if n := v.Int(); n != 0 {
			set(form, path, strconv.FormatInt(n, 10))
		}
	default:
		set(form, path, v.String())
	}
}

type reader struct {
	tongue   vigie.Lang
	problems vigie.Problems
}

// text is what was typed, blanks trimmed, with the line ends of a text rather than those
// of a form.
func (n *node) text() string {
	if n == nil || len(n.values) == 0 {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(n.values[0], "\r\n", "\n"))
}

func (r *reader) read(path string, n *node, v reflect.Value) {
	if n == nil {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := jsonName(v.Type().Field(i))
			r.read(join(path, name), n.kids[name], v.Field(i))
		}
	case reflect.Pointer:
		r.readOptional(path, n, v)
	case reflect.Slice:
		r.readList(path, n, v)
	case reflect.Int64:
		v.SetInt(r.number(path, n.text()))
	default:
		text := n.text()
		if v.Type() == reflect.TypeFor[vigie.Date]() {
			text = r.date(path, text)
		}
		v.SetString(text)
	}
}

// date is what is stored of a date as it was typed. What cannot be read stays as it is,
// for Validate to say so.
func (r *reader) date(path, typed string) string {
	d, err := vigie.ReadDate(typed, r.tongue)
	switch {
	case errors.Is(err, vigie.ErrAmbiguousDate):
		r.problems = append(r.problems, ambiguousDate(path, typed))
		return ""
	case err != nil:
		return typed
	}
	return string(d)
}

func ambiguousDate(path, typed string) vigie.Problem {
	return vigie.Problem{Path: path, Code: "ambiguous", Message: vigie.Text{
		FR: fmt.Sprintf("« %s » se lit de deux façons : écrivez le mois en lettres, ou 2024-09-05", typed),
		EN: fmt.Sprintf("“%s” may be read in two ways: write the month in letters, or 2024-09-05", typed),
	}}
}

func (r *reader) readList(path string, n *node, v reflect.Value) {
	if v.Type().Elem().Kind() != reflect.Struct {
		for _, s := range n.ordered(listed(path, n.values)) {
			v.Set(reflect.Append(v, reflect.ValueOf(s).Convert(v.Type().Elem())))
		}
		return
	}
	for _, name := range n.rows() {
		if row := n.kids[name]; row.counts() {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			r.read(join(path, name), row, v.Index(v.Len()-1))
		}
	}
}

// readOptional leaves a nil pointer when there is nothing but what cannot be typed: an
// editor's headline without words is no headline, whatever standing it was bound to.
func (r *reader) readOptional(path string, n *node, v reflect.Value) {
	if text := n.under("text"); text.kids["fr"].text() == "" && text.kids["en"].text() == "" {
		return
	}
	v.Set(reflect.New(v.Type().Elem()))
	r.read(path, n, v.Elem())
}

func listed(path string, values []string) []string {
	var out []string
	sep := separators[last(path)]
	for _, value := range values {
		parts := []string{value}
		if sep != nil {
			parts = sep.Split(strings.ReplaceAll(value, "\r\n", "\n"), -1)
		}
		for _, p := range parts {
			if p = strings.TrimSpace(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

// negative is a count under nought, which only our own mistakes make.
var negative = regexp.MustCompile(`^-\d+$`)

// number reads a count as people write it: 87 000 000, 87,000,000, 87 M.
func (r *reader) number(path, s string) int64 {
	if s == "" {
		return 0
	}
	if n, ok := vigie.ReadAmount(s); ok {
		return n
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && negative.MatchString(s) {
		return n
	}
	r.problems = append(r.problems, vigie.Problem{Path: path, Code: "not_a_number", Message: vigie.Text{
		FR: fmt.Sprintf("« %s » n’est pas un nombre entier : écrivez 87000000, 87 000 000 ou 87 M", s),
		EN: fmt.Sprintf("“%s” is not a whole number: write 87000000, 87,000,000 or 87 M", s),
	}})
	return 0
}
