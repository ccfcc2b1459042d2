package web

import (
	"net/url"
	"slices"
	"strings"

	"vigie"
)

// fields is the form as its template reads it.
type fields struct {
	form     url.Values
	rows     map[string][]string // the paths of the rows of each list
	problems vigie.Problems
}

// Fields prepares the form of the page: rows tidied, and a first blank row where a list
// is empty, so that nobody has to ask for it.
func (p EditPage) Fields() fields {
	root := grow(p.Form)
	root.tidy()
	f := fields{rows: map[string][]string{}, problems: p.Problems}
	list := func(path string) []string {
		if len(root.under(path).rows()) == 0 {
			root.more(path)
		}
		for _, name := range root.under(path).rows() {
			f.rows[path] = append(f.rows[path], join(path, name))
		}
		return f.rows[path]
	}
	for _, statement := range list("statements") {
		list(statement + ".figures")
		list(statement + ".quotes")
	}
	list("sources")
	f.form = root.form()
	return f
}

// Get is the value typed at a path.
func (f fields) Get(path string) string { return f.form.Get(path) }

// All is the values of a list in one line, or one a line.
func (f fields) All(path, sep string) string { return strings.Join(f.form[path], sep) }

// Is tells whether the value is among those of the path: for ticks and choices.
func (f fields) Is(path, value string) bool { return slices.Contains(f.form[path], value) }

// Values are those of a list.
func (f fields) Values(path string) []string { return f.form[path] }

// Order is the order of a list of codes in its record.
func (f fields) Order(path string) string {
	if order := f.form.Get(join(path, orderField)); order != "" {
		return order
	}
	return strings.Join(f.form[path], " ")
}

// Strangers are values of a list that its vocabulary does not have: they are kept, and
// shown, until somebody takes them out.
func (f fields) Strangers(path, list string) []string {
	return slices.DeleteFunc(slices.Clone(f.form[path]), func(s string) bool { return vigie.Known(list, s) })
}

// Count is how many values a path has.
func (f fields) Count(path string) int { return len(f.form[path]) }

// Rows are the paths of the rows of a list.
func (f fields) Rows(list string) []string { return f.rows[list] }

// Wrong are the problems of exactly that field, or of a value of the list typed in it.
func (f fields) Wrong(path string) vigie.Problems {
	return f.pick(func(p string) bool { return Anchor(p) == path })
}

// Anchor is the field of the form that a problem is about: a list of words is typed or
// ticked in one field, so the place of a word in it is left out.
func Anchor(path string) string {
	list, place, ok := cutLast(path)
	if !ok || !digits.MatchString(place) || rowedList.MatchString(list) {
		return path
	}
	return list
}

func cutLast(path string) (before, after string, ok bool) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return path, "", false
	}
	return path[:i], path[i+1:], true
}

// Below are the problems at a path or under it.
func (f fields) Below(path string) vigie.Problems {
	return f.pick(func(p string) bool { return p == path || strings.HasPrefix(p, path+".") })
}

func (f fields) pick(want func(path string) bool) vigie.Problems {
	var out vigie.Problems
	for _, p := range f.problems {
		if want(p.Path) {
			out = append(out, p)
		}
	}
	return out
}
