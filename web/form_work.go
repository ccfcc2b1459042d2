package web

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"vigie"
)

// Worked is a form after one of its buttons was pressed: what the ledger then holds, where
// the keyboard goes, and what is said of it.
type Worked struct {
	Form     url.Values
	Focus    string // the field or the button to go on from
	Said     string // a key of words, "" when there is nothing to say
	Of       string // the row that it is said of
	Problems vigie.Problems
}

// Work does what a button of the form asks. An action is a verb and the path of what it is
// done to: "rows:statements.2.figures" (a blank row), "quick" (the row that is being
// typed), "copy:statements.2", "up:statements.2", "down:statements.2", "sort:statements".
// Another action changes nothing. Nothing that was typed is ever lost.
func Work(form url.Values, action string) Worked {
	root := grow(form)
	verb, path, _ := strings.Cut(action, ":")
	if row, list, nested := cutLast(path); nested && root.at(row) != nil && firstFields[list] != "" {
		root.under(path) // a list that has nothing yet
	}
	at := root.at(path) // before rows move
	root.tidy()
	out := Worked{}
	if do, ok := works[verb]; ok {
		out = do(root, at, path)
	}
	out.Form = root.form()
	return out
}

// works is the table of what the buttons of the form do. at is the node of the path that
// was asked for, nil when the form has none there.
var works = map[string]func(root, at *node, path string) Worked{
	"rows":  moreRows,
	"quick": func(root, _ *node, _ string) Worked { return root.quicken() },
	"copy":  copyRow,
	"up":    func(root, at *node, path string) Worked { return root.move(at, path, -1) },
	"down":  func(root, at *node, path string) Worked { return root.move(at, path, 1) },
	"sort":  sortRows,
}

// rowedList is a list that the form has rows for.
var rowedList = regexp.MustCompile(`^(statements|sources|statements\.\d+\.(figures|quotes))$`)

// firstFields are where one begins to fill a blank row in.
var firstFields = map[string]string{"statements": "on", "sources": "url", "figures": "min", "quotes": "text"}

func moreRows(root, at *node, path string) Worked {
	if !rowedList.MatchString(path) {
		return Worked{}
	}
	if at != nil { // its row may stand elsewhere by now
		path = root.pathOf(at, path)
	}
	row := root.more(path)
	return Worked{Focus: join(root.pathOf(row, path), firstFields[last(path)])}
}

// pathOf finds where a node stands under a path whose rows may have moved.
func (n *node) pathOf(wanted *node, path string) string {
	list := firstOf(path)
	var find func(at *node, here string) string
	find = func(at *node, here string) string {
		if at == wanted {
			return here
		}
		for name, kid := range at.kids {
			if found := find(kid, join(here, name)); found != "" {
				return found
			}
		}
		return ""
	}
	if found := find(n.under(list), list); found != "" {
		return found
	}
	return path
}

// copyRow puts a copy of a row after it, as a start for another: with an id of its own, and
// without the past of the first.
func copyRow(root, at *node, path string) Worked {
	list, _, _ := cutLast(path)
	if at == nil || series[list] == "" {
		return Worked{}
	}
	row := at.clone()
	row.from = ""
	row.put(rowField, rowNew)
	row.put("id", root.nextID(list))
	delete(row.kids, "was")
	delete(row.kids, deleteField)
	rows := root.under(list).list()
	root.under(list).renumber(slices.Insert(rows, slices.Index(rows, at)+1, row))
	return Worked{Focus: join(root.pathOf(row, list), firstFields[list]), Said: "form.copied", Of: row.get("id")}
}

func (n *node) clone() *node {
	out := &node{values: slices.Clone(n.values), from: n.from}
	for name, kid := range n.kids {
		if out.kids == nil {
			out.kids = map[string]*node{}
		}
		out.kids[name] = kid.clone()
	}
	return out
}

// move puts a row one place up or down.
func (n *node) move(row *node, path string, by int) Worked {
	list, _, _ := cutLast(path)
	if row == nil || !rowedList.MatchString(list) {
		return Worked{}
	}
	rows := n.under(list).list()
	from := slices.Index(rows, row)
	if to := from + by; from >= 0 && 0 <= to && to < len(rows) {
		rows[from], rows[to] = rows[to], rows[from]
		n.under(list).renumber(rows)
	}
	verb := map[int]string{-1: "up:", 1: "down:"}[by]
	return Worked{Focus: verb + n.pathOf(row, list), Said: "form.moved", Of: row.get("id")}
}

// sortRows puts the statements in the order they were said, as readers see them: by the
// last day that a date may mean, then by the first; undated at the end. Rows that do not
// count stay behind.
func sortRows(root, _ *node, path string) Worked {
	if path != "statements" {
		return Worked{}
	}
	rows := root.under(path).list()
	slices.SortStableFunc(rows, func(a, b *node) int {
		if c := place(a.counts()) - place(b.counts()); c != 0 {
			return c
		}
		return bySaid(a.statement(root), b.statement(root))
	})
	root.under(path).renumber(rows)
	return Worked{Focus: "sort:statements", Said: "form.sorted"}
}
