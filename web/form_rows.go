package web

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// node is a field of a form, with the fields that stand under it: the names
// statements.2.by.role and statements.2.on share the nodes statements and 2. A list is a
// node whose children are numbered and have a field "row".
type node struct {
	values []string
	kids   map[string]*node
	from   string // of a row: its path in the form as it was sent, before rows were tidied
}

// deepest is more dots than any field of a case has; longer names are not ours.
const deepest = 8

// What a form may hold: each row is drawn with all the others to choose from, so a page
// grows with the square of them. No case of the record has a tenth of that. (net/url
// takes ten thousand values at most.)
const (
	mostRows   = 150 // of one list of the case
	mostInside = 1000
)

// Bounded tells whether a form holds no more than a case ever does.
func Bounded(form url.Values) bool {
	rows, inside := map[string]map[string]bool{}, 0
	for name := range form {
		list, rest, _ := strings.Cut(name, ".")
		if row, field, _ := strings.Cut(rest, "."); field != "" && digits.MatchString(row) {
			if rows[list] == nil {
				rows[list] = map[string]bool{}
			}
			rows[list][row] = true
			if strings.Contains("."+field+".", "."+rowField+".") {
				inside++
			}
		}
		if len(rows[list]) > mostRows {
			return false
		}
	}
	return inside <= mostInside
}

func grow(form url.Values) *node {
	root := &node{}
	for name, values := range form {
		if strings.Count(name, ".") <= deepest {
			root.under(name).values = values
		}
	}
	return root
}

// ordered puts the codes of a list in the order that its record had them in; new ones
// come after.
func (n *node) ordered(codes []string) []string {
	order := strings.Fields(n.get(orderField))
	places := map[string]int{}
	for i, code := range order {
		places[code] = i
	}
	place := func(code string) int {
		if i, ok := places[code]; ok {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(codes, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return codes
}

// under finds the node of a path, made when it is not there.
func (n *node) under(path string) *node {
	for path != "" {
		name, rest, _ := strings.Cut(path, ".")
		path = rest
		kid := n.kids[name]
		if kid == nil {
			kid = &node{}
			if n.kids == nil {
				n.kids = map[string]*node{}
			}
			n.kids[name] = kid
		}
		n = kid
	}
	return n
}

// get is the first value of a field directly under the node.
func (n *node) get(name string) string {
	if kid := n.kids[name]; kid != nil && len(kid.values) > 0 {
		return kid.values[0]
	}
	return ""
}

func (n *node) put(name, value string) { n.under(name).values = []string{value} }

var digits = regexp.MustCompile(`^\d+$`)

// rows are the numbers of the rows of a list, in order: a browser may send gaps, never a
// row without its hidden field.
func (n *node) rows() []string {
	var out []string
	for name, kid := range n.kids {
		if kid.kids[rowField] != nil && digits.MatchString(name) {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return out
}

// counts tells whether a row goes into the case: not ticked for deletion, and of the
// record or with something typed into it besides its id.
func (n *node) counts() bool {
	switch {
	case n.get(deleteField) != "":
		return false
	case n.get(rowField) == rowKept:
		return true
	}
	for name, kid := range n.kids {
		if name != "id" && kid.typed(name) {
			return true
		}
	}
	return false
}

func (n *node) typed(name string) bool {
	if name == rowField || name == deleteField || name == orderField {
		return false
	}
	if slices.ContainsFunc(n.values, func(s string) bool { return strings.TrimSpace(s) != "" }) {
		return true
	}
	for name, kid := range n.kids {
		if kid.typed(name) {
			return true
		}
	}
	return false
}

// tidy numbers the rows of every list from 0 without a gap, those that go into the case
// first, so that a row has the same number in the form, in the case read from it and in
// what Validate says of that case. Nothing that was typed is lost, and each row remembers
// where it stood.
func (n *node) tidy() { n.tidyUnder("") }

func (n *node) tidyUnder(path string) {
	for name, kid := range n.kids {
		kid.tidyUnder(join(path, name))
	}
	var list []*node
	for _, name := range n.rows() {
		row := n.kids[name]
		if row.from == "" {
			row.from = join(path, name)
		}
		list = append(list, row)
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(a, b *node) int {
		return cmp.Compare(place(a.counts()), place(b.counts()))
	})
	n.renumber(list)
}

// renumber makes the rows of a list those given, from 0.
func (n *node) renumber(rows []*node) {
	n.kids = map[string]*node{}
	for i, row := range rows {
		n.kids[strconv.Itoa(i)] = row
	}
}

// list is the rows of a list, in order.
func (n *node) list() []*node {
	var out []*node
	for _, name := range n.rows() {
		out = append(out, n.kids[name])
	}
	return out
}

// at finds the node of a path, nil when it is not there.
func (n *node) at(path string) *node {
	for path != "" && n != nil {
		name, rest, _ := strings.Cut(path, ".")
		n, path = n.kids[name], rest
	}
	return n
}

// sentAs is the path of a field in the form as it was sent, of one as it is now.
func (n *node) sentAs(path string) (out string) {
	for name := range strings.SplitSeq(path, ".") {
		out = join(out, name)
		if n = n.at(name); n != nil && n.from != "" {
			out = n.from
		}
	}
	return out
}

func place(counts bool) int {
	if counts {
		return 0
	}
	return 1
}

// more adds a blank row to a list that is tidy, with the next free id where its rows
// have one.
func (n *node) more(list string) *node {
	at := n.under(list)
	row := &node{}
	row.put(rowField, rowNew)
	if _, ok := series[list]; ok {
		row.put("id", n.nextID(list))
	}
	at.renumber(append(at.list(), row))
	return row
}

// nextID is the next free id of the rows of a list.
func (n *node) nextID(list string) string {
	rows := n.under(list).list()
	return vigie.NextID(series[list], func(id string) bool {
		return slices.ContainsFunc(rows, func(row *node) bool { return row.get("id") == id })
	})
}

func (n *node) write(path string, out url.Values) {
	if n.values != nil {
		out[path] = n.values
	}
	for name, kid := range n.kids {
		kid.write(join(path, name), out)
	}
}

func (n *node) form() url.Values {
	out := url.Values{}
	n.write("", out)
	return out
}
