package web

import (
	"net/url"
	"reflect"
	"slices"
	"strings"

	"vigie"
)

// Two editors saved one case: what each of them changed is told apart field by field. What
// only the other one touched is brought over into the form; where both did, the form keeps
// what was typed; each may be taken back with one press, before anything is saved.

// Clash is one field, or one row, of which somebody changed something.
type Clash struct {
	Path               string   // summary.fr, statements.s2.on, or statements.s9 for a whole row
	Where              []string // the same in words
	Base, Theirs, Mine string   // in words, "" for absent
	By                 string   // who changed it: "theirs", "mine" or "both"
	Now                string   // what stands in the form: "theirs", "mine", or "" when it was changed since
}

// parts are the fields of a case one by one, by path, as a form writes them. Rows of the
// ledger and of the sources are known by their ids; a list inside a row is one part.
type parts map[string]string

// pairs are fields with both languages, each a part of its own.
var pairs = []string{"summary", "text", "vector", "method"}

func partsOf(root *node) parts {
	out := parts{}
	each := func(path string, of *node) {
		for name, kid := range of.kids {
			switch at := join(path, name); {
			case name == rowField || name == deleteField || name == "id" || series[name] != "" && path == "":
			case slices.Contains(pairs, name):
				for tongue, text := range kid.kids {
					out.put(join(at, tongue), text)
				}
			default:
				out.put(at, kid)
			}
		}
	}
	each("", root)
	for list := range series {
		for _, row := range root.under(list).list() {
			path := join(list, row.get("id"))
			each(path, row)
			out[path] = "row"
		}
	}
	return out
}

func (p parts) put(path string, n *node) {
	form := n.form()
	for name := range form {
		if l := last(name); l == rowField || l == orderField || l == deleteField {
			delete(form, name)
		}
	}
	if s := form.Encode(); s != "" {
		p[path] = s
	}
}

// recorded are the parts of a case as its form would write them.
func recorded(in vigie.Incident) parts { return partsOf(grow(IncidentForm(in))) }

// clashes are the parts that the three versions do not agree on, in the order of the
// page. A row that one of them lacks is one part.
func clashes(base, theirs, mine parts) []string {
	var out []string
	lacking := func(path string) bool {
		row := rowOf(path)
		return row != "" && row != path && (base[row] == "" || theirs[row] == "" || mine[row] == "")
	}
	for _, p := range []parts{base, theirs, mine} {
		for path := range p {
			if !slices.Contains(out, path) && (base[path] != theirs[path] || base[path] != mine[path]) && !lacking(path) {
				out = append(out, path)
			}
		}
	}
	slices.Sort(out)
	return out
}

// rowOf is the row that a path is in or is, "" for a field of the case.
func rowOf(path string) string {
	names := strings.SplitN(path, ".", 3)
	if len(names) < 2 || series[names[0]] == "" {
		return ""
	}
	return join(names[0], names[1])
}

// wholeRow is everything a version has of a row, to compare rows.
func (p parts) wholeRow(row string) parts {
	out := parts{}
	for path, value := range p {
		if rowOf(path) == row {
			out[path] = value
		}
	}
	return out
}

// Reconcile brings what only the other editor changed into the form of the one who was
// refused. Rows that both made under one id are told apart: the form's gets another, and
// what refers to it follows. What was typed is kept in Mine, to go back to.
func (c *Conflict) Reconcile(form url.Values) url.Values {
	root := grow(form)
	root.tidy()
	base, theirs := recorded(c.Base), recorded(c.Theirs)
	root.partFrom(base, theirs)
	c.Mine = read[vigie.Incident](root, root.tongue())
	mine := recorded(c.Mine)
	from := grow(IncidentForm(c.Theirs))
	for _, path := range clashes(base, theirs, mine) {
		switch {
		case base[path] != mine[path]: // mine, or both
		case theirs[path] == "" && rowOf(path) == path && !reflect.DeepEqual(base.wholeRow(path), mine.wholeRow(path)):
			// they took a row out that I changed: it stays until I say so
		default:
			root.take(from, path)
		}
	}
	root.tidy()
	return root.form()
}

// canonical is the form of the case that a form holds.
func canonical(root *node) *node {
	return grow(IncidentForm(read[vigie.Incident](root, root.tongue())))
}

// partFrom gives another id to the rows of a form that the other editor's version has
// under the same, when both are new and not the same.
func (n *node) partFrom(base, theirs parts) {
	mine := partsOf(canonical(n))
	for list, prefix := range series {
		for _, row := range n.under(list).list() {
			path := join(list, row.get("id"))
			if base[path] != "" || theirs[path] == "" || !row.counts() || reflect.DeepEqual(theirs.wholeRow(path), mine.wholeRow(path)) {
				continue
			}
			was := row.get("id")
			id := vigie.NextID(prefix, func(id string) bool {
				at := join(list, id)
				return base[at] != "" || theirs[at] != "" || mine[at] != ""
			})
			row.put("id", id)
			mine[join(list, id)] = "row"
			n.refer(was, id)
		}
	}
}

// refer puts one id in the place of another wherever the rows of the form name it.
func (n *node) refer(was, id string) {
	for _, s := range n.under("statements").list() {
		for _, list := range []string{"answers", "withdraws", "supersedes", "sources"} {
			if at := s.kids[list]; at != nil {
				at.values = listed(list, at.values)
				follow(at.values, was, id)
			}
		}
		for _, q := range s.under("quotes").list() {
			if q.get("source") == was {
				q.put("source", id)
			}
		}
	}
}

func follow(ids []string, was, id string) {
	for i := range ids {
		if ids[i] == was {
			ids[i] = id
		}
	}
}

// rowAt finds a row by its id, nil when there is none.
func (n *node) rowAt(list, id string) *node {
	for _, row := range n.under(list).list() {
		if row.get("id") == id {
			return row
		}
	}
	return nil
}

// take puts what another version has at a path into the form. A row that the version lacks
// is marked for removal, which can be taken back.
func (n *node) take(from *node, path string) {
	list, rest, _ := strings.Cut(path, ".")
	to := n
	if series[list] != "" {
		id, field, _ := strings.Cut(rest, ".")
		row, theirs := n.rowAt(list, id), from.rowAt(list, id)
		switch {
		case theirs == nil && row != nil:
			row.put(deleteField, "1")
			return
		case theirs != nil && row == nil:
			row = theirs.clone()
			row.from = ""
			n.under(list).renumber(append(n.under(list).list(), row))
			return
		case theirs == nil || row == nil:
			return
		}
		if delete(row.kids, deleteField); field == "" {
			return
		}
		to, from, path = row, theirs, field
	}
	parent, name, _ := cutLast(path)
	if name == "" {
		parent, name = "", path
	}
	if have := from.at(path); have != nil {
		to.under(parent).under(name)
		to.at(parent).kids[name] = have.clone()
	} else if at := to.at(parent); at != nil {
		delete(at.kids, name)
	}
}

// Take does what a button of the page of a conflict asks: "take:theirs:PATH" or
// "take:mine:PATH". Another action changes nothing.
func (c *Conflict) Take(form url.Values, action string) url.Values {
	verb, rest, _ := strings.Cut(action, ":")
	whose, path, _ := strings.Cut(rest, ":")
	from, known := map[string]vigie.Incident{"theirs": c.Theirs, "mine": c.Mine}[whose]
	if verb != "take" || !known || path == "" {
		return form
	}
	root := grow(form)
	root.tidy()
	root.take(grow(IncidentForm(from)), path)
	root.tidy()
	return root.form()
}

// Clashes are what the two editors changed, in words: what both did first, then what was
// brought over, then what only this editor changed.
func (w *Words) Clashes(c *Conflict, form url.Values) []Clash {
	root := grow(form)
	root.tidy()
	base, theirs, mine, now := recorded(c.Base), recorded(c.Theirs), recorded(c.Mine), partsOf(canonical(root))
	say := func(in *vigie.Incident) func(path string) string {
		all := w.flat(in, nil)
		return func(path string) string {
			if rowOf(path) == path {
				return w.rowWords(in, path)
			}
			var words []string
			for _, l := range all {
				if l.path == path || strings.HasPrefix(l.path, path+".") {
					words = append(words, l.value)
				}
			}
			return strings.Join(words, "; ")
		}
	}
	before, there, here := say(&c.Base), say(&c.Theirs), say(&c.Mine)
	var out []Clash
	for _, path := range clashes(base, theirs, mine) {
		x := Clash{Path: path, Where: w.Where(path), Base: before(path), Theirs: there(path), Mine: here(path), By: "both"}
		switch {
		case theirs[path] == mine[path]:
			continue // both did the same
		case base[path] == mine[path]:
			x.By = "theirs"
		case base[path] == theirs[path]:
			x.By = "mine"
		}
		switch now[path] {
		case theirs[path]:
			x.Now = "theirs"
		case mine[path]:
			x.Now = "mine"
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Clash) int {
		order := []string{"both", "theirs", "mine"}
		if d := slices.Index(order, a.By) - slices.Index(order, b.By); d != 0 {
			return d
		}
		if d := group(a.Path) - group(b.Path); d != 0 {
			return d
		}
		return strings.Compare(a.Path, b.Path)
	})
	return out
}

// rowWords says a row of a version in one line, "" when it has none.
func (w *Words) rowWords(in *vigie.Incident, path string) string {
	list, id, _ := strings.Cut(path, ".")
	if list == "statements" {
		if s, ok := in.Statement(id); ok {
			return w.row(reflect.ValueOf(*s))
		}
	} else if s, ok := in.Source(id); ok {
		return w.row(reflect.ValueOf(*s))
	}
	return ""
}
