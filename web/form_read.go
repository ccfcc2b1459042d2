package web

import (
	"net/url"
	"reflect"
	"regexp"
	"strconv"

	"vigie"
)

// What is read off a form of a case beside the record itself: where a problem stands on
// the page, and how the rows read while they are typed.

// Typed is a case as a form has it.
type Typed struct {
	Incident vigie.Incident
	Problems vigie.Problems
	Form     url.Values // the same, its rows tidied, the quick row among them when it could be read
	root     *node
}

// ReadCase reads a case off its form as a save would take it: what stands in the quick row
// counts as a statement, or its problems stop the save.
func ReadCase(form url.Values) Typed {
	root := grow(form)
	root.tidy()
	quick := root.quicken()
	t := Typed{Form: root.form(), root: root}
	r := reader{tongue: root.tongue(), problems: quick.Problems}
	r.read("", root, reflect.ValueOf(&t.Incident).Elem())
	t.Problems = r.problems
	return t
}

// OnPage gives problems the places of the form as it was sent, for a page that still shows
// it so.
func (t Typed) OnPage(problems vigie.Problems) vigie.Problems {
	out := make(vigie.Problems, len(problems))
	for i, p := range problems {
		p.Path = quickPlace(t.root.sentAs(p.Path))
		out[i] = p
	}
	return out
}

// Shown is a row of the form, or a field of it, as it reads: for the page that has it open
// while it is typed.
type Shown struct {
	Path      string
	Statement *vigie.Statement // of a row of the ledger
	Source    *vigie.Source    // of a row of the sources
	Figure    vigie.Figure     // of a row of figures
	Date      vigie.Date       // of a date
	Fields    fields
}

// Shown are the rows and the dates of a form as they read, at the places it was sent with.
func (t Typed) Shown(companies map[string]vigie.Company) []Shown {
	f := fields{form: t.Form, rows: map[string][]string{}, root: t.root, companies: companies}
	var out []Shown
	for _, row := range t.root.under("statements").list() {
		s := row.statement(t.root)
		out = append(out, Shown{Path: row.from, Statement: &s, Fields: f})
		for _, figure := range row.under("figures").list() {
			if one := read[vigie.Figure](figure, t.root.tongue()); !blankFigure(one) {
				out = append(out, Shown{Path: figure.from, Figure: one})
			}
		}
	}
	for _, row := range t.root.under("sources").list() {
		s := read[vigie.Source](row, t.root.tongue())
		out = append(out, Shown{Path: row.from, Source: &s, Fields: f})
	}
	t.root.dates("", func(path string, n *node) {
		if d, err := vigie.ReadDate(n.text(), t.root.tongue()); err == nil && d != "" {
			out = append(out, Shown{Path: t.root.sentAs(path), Date: d})
		}
	})
	return out
}

// blankFigure tells whether a figure says too little to be read aloud.
func blankFigure(f vigie.Figure) bool {
	return f.Min <= 0 && f.Max <= 0 || f.Unit == "" || f.Qualifier == ""
}

func read[T any](n *node, tongue vigie.Lang) (v T) {
	r := reader{tongue: tongue}
	r.read("", n, reflect.ValueOf(&v).Elem())
	return v
}

func (n *node) statement(root *node) vigie.Statement { return read[vigie.Statement](n, root.tongue()) }

// tongue is the language that the form is shown in: it says which number of 05/09/2024 is
// the day.
func (n *node) tongue() vigie.Lang {
	if n.get(tongueField) == string(vigie.French) {
		return vigie.French
	}
	return vigie.English
}

// datedField is a field whose value is a date.
var datedField = regexp.MustCompile(`(^|\.)(occurred|discovered|disclosed|checked|on|public|published)$`)

func (n *node) dates(path string, each func(path string, at *node)) {
	if len(n.values) > 0 && datedField.MatchString(path) {
		each(path, n)
	}
	for name, kid := range n.kids {
		kid.dates(join(path, name), each)
	}
}

// settle writes dates and numbers as they will be stored, where they can be read.
func (n *node) settle() {
	tongue := n.tongue()
	n.dates("", func(_ string, at *node) {
		if d, err := vigie.ReadDate(at.text(), tongue); err == nil {
			at.values = []string{string(d)}
		}
	})
	for _, s := range n.under("statements").list() {
		for _, f := range s.under("figures").list() {
			for _, bound := range []string{"min", "max"} {
				if typed := f.get(bound); typed != "" {
					if amount, ok := vigie.ReadAmount(typed); ok {
						f.put(bound, strconv.FormatInt(amount, 10))
					}
				}
			}
		}
	}
}
