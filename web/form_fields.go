package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"vigie"
)

// fields is the form as its template reads it.
type fields struct {
	form      url.Values
	rows      map[string][]string // the paths of the rows of each list
	problems  vigie.Problems
	root      *node
	companies map[string]vigie.Company
	focus     string // where the keyboard goes
}

// Fields prepares the form of the page: rows tidied, dates and numbers as they will be
// stored, and a first blank row where a list of sources is empty, so that nobody has to ask
// for it.
func (p EditPage) Fields() fields {
	root := grow(p.Form)
	root.tidy()
	root.settle()
	f := fields{rows: map[string][]string{}, problems: p.Problems, root: root, companies: map[string]vigie.Company{}, focus: p.Focus}
	for _, c := range p.Known {
		f.companies[c.ID] = c
	}
	list := func(path string, atLeast bool) []string {
		if atLeast && len(root.under(path).rows()) == 0 {
			root.more(path)
		}
		for _, name := range root.under(path).rows() {
			f.rows[path] = append(f.rows[path], join(path, name))
		}
		return f.rows[path]
	}
	for _, statement := range list("statements", false) {
		list(statement+".figures", true)
		list(statement+".quotes", true)
	}
	list("sources", true)
	f.form = root.form()
	return f
}

// At tells whether the keyboard goes to that field or button.
func (f fields) At(place string) bool { return f.focus != "" && f.focus == place }

// Fresh tells whether a row has just been asked for, and so is shown open: the keyboard goes
// into it, or it is blank.
func (f fields) Fresh(row string) bool {
	return strings.HasPrefix(f.focus, row+".") || f.Get(join(row, rowField)) == rowNew && !f.root.at(row).counts()
}

// Statement is a row of the ledger as it reads now.
func (f fields) Statement(row string) vigie.Statement { return f.root.at(row).statement(f.root) }

// Source is a row of the sources as it reads now.
func (f fields) Source(row string) vigie.Source {
	return read[vigie.Source](f.root.at(row), f.root.tongue())
}

// Figure is a row of figures as it reads now, nil while it says too little.
func (f fields) Figure(row string) *vigie.Figure {
	if one := read[vigie.Figure](f.root.at(row), f.root.tongue()); !blankFigure(one) {
		return &one
	}
	return nil
}

// Statements are the rows of the ledger to choose from for a link, that of the path left
// out; Sources those of the sources.
func (f fields) Statements(except string) (out []vigie.Statement) {
	for _, row := range f.root.under("statements").list() {
		if row.counts() && row != f.root.at(except) {
			out = append(out, row.statement(f.root))
		}
	}
	return out
}

// Sources are the sources to choose from.
func (f fields) Sources() (out []vigie.Source) {
	for _, row := range f.root.under("sources").list() {
		if row.get(deleteField) == "" {
			out = append(out, read[vigie.Source](row, f.root.tongue()))
		}
	}
	return out
}

// SourceOf is the source of the case that has an id.
func (f fields) SourceOf(id string) vigie.Source {
	for _, s := range f.Sources() {
		if s.ID == id {
			return s
		}
	}
	return vigie.Source{ID: id}
}

// Speakers are the speakers of the ledger who have a name, one each.
func (f fields) Speakers() (out []vigie.Speaker) {
	for _, s := range f.Statements("") {
		if s.By.Name != "" && !slices.ContainsFunc(out, func(x vigie.Speaker) bool { return x.Name == s.By.Name }) {
			out = append(out, s.By)
		}
	}
	return out
}

// Who is the name of a speaker, of the company it is, or nothing.
func (f fields) Who(by vigie.Speaker) string {
	if c, ok := f.companies[by.Company]; ok && by.Name == "" {
		return c.Name
	}
	return cmp.Or(by.Name, by.Company)
}

// links are the ids typed or ticked at a path.
func (f fields) links(path string) []string { return listed(path, f.form[path]) }

// Linked tells whether an id is among them.
func (f fields) Linked(path, id string) bool { return slices.Contains(f.links(path), id) }

// Strays are the ids of a list of links that lead to no row of the form.
func (f fields) Strays(path string) (out []string) {
	rows := "statements"
	if strings.HasPrefix(last(path), "source") { // of a quote, there is one
		rows = "sources"
	}
	for _, id := range f.links(path) {
		if !slices.ContainsFunc(f.root.under(rows).list(), func(row *node) bool { return row.get("id") == id && row.get(deleteField) == "" }) {
			out = append(out, id)
		}
	}
	return out
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
