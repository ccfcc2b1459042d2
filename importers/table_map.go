package importers

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// ErrMap means that a column map is missing or does not fit the table; it says
// which columns were found and shows a map.
var ErrMap = errors.New("a column map is needed")

// tableMap says which column of a table says what. It is written as
// field=Column:format pairs parted by commas or new lines, such as
//
//	victim=Company,date=DateAware:1/2/2006,affected=Count:people,country==US
//
// Two equal signs give a constant. A field may be given several times. A name or
// format with a comma, colon or equal sign in it stands in double quotes; #4 is
// the fourth column, whatever its name.
type tableMap struct {
	as     string // list, filing or press
	fields map[string][]mapped
	met    map[string][]string // the rows that bore a key, in one reading
}

// mapped is one column, or a constant, and how its cells are read.
type mapped struct {
	column   string
	constant bool
	format   []string
	index    int
}

// tableFields are the fields of a map and what their format says.
var tableFields = []struct{ name, what string }{
	{"victim", "who was attacked (needed; several: other names of the same)"},
	{"key", "what names the row upstream and never changes; without it, the victim and the dates do"},
	{"date", "when it was filed or made public, :layout"},
	{"occurred", "when it took place, or began, :layout, :layout:padded when the 1st stands for the month"},
	{"occurred_end", "when it ended, :layout"},
	{"discovered", "when the victim learnt of it, :layout"},
	{"affected", "how many, :unit:scope (people; the scope when it counts a part, such as Maine)"},
	{"data", "kinds of data, parted by semicolons"},
	{"kind", "kind of attack, :Word>code|Word>code"},
	{"attack", "only these rows are attacks, :Word|Word"},
	{"retail", "these sell to consumers and the others do not, :Word|Word* (* for any ending)"},
	{"country", "of the people concerned: two letters, or its name in English or French"},
	{"actor", "alias of the attacker"},
	{"text", "what is told of it, in words"},
	{"title", "of the row's own page"},
	{"url", "of the row's own page"},
	{"source", "addresses that it cites"},
	{"publisher", "who publishes the table, or the paper of the row"},
	{"licence", "of the table"},
	{"lang", "of its words"},
	{"act", "what the filing does besides notifying the regulator (notifies_customers)"},
}

const exampleMap = `victim=Company,date=Reported:1/2/2006,affected=Count:people,as=filing,publisher=="Attorney General of …"`

// roles of a row, `as`.
var tableRoles = []string{"list", "filing", "press"}

// parseMap reads a map; every problem is told at once.
func parseMap(s string) (*tableMap, error) {
	m := &tableMap{as: "list", fields: map[string][]mapped{}, met: map[string][]string{}}
	var wrong []string
	for _, pair := range unquotedSplit(s, ",\n\r") {
		name, rest, ok := cutOutside(pair)
		if strings.TrimSpace(pair) == "" {
			continue
		}
		name = strings.TrimSpace(name)
		known := name == "as"
		for _, f := range tableFields {
			known = known || f.name == name
		}
		constant := strings.HasPrefix(rest, "=")
		parts := unquotedSplit(strings.TrimPrefix(rest, "="), ":")
		for i := range parts {
			parts[i] = unquoted(parts[i])
		}
		switch {
		case !ok || len(parts) == 0 || parts[0] == "":
			wrong = append(wrong, fmt.Sprintf("%q is not field=Column", strings.TrimSpace(pair)))
		case !known:
			wrong = append(wrong, fmt.Sprintf("there is no field %q", name))
		case name == "as":
			if m.as = parts[0]; !slices.Contains(tableRoles, m.as) {
				wrong = append(wrong, fmt.Sprintf("as=%s: a row is %s", m.as, strings.Join(tableRoles, ", ")))
			}
		case constant:
			m.fields[name] = append(m.fields[name], mapped{column: strings.Join(parts, ":"), constant: true})
		default:
			c := mapped{column: parts[0], format: parts[1:]}
			if strings.HasPrefix(name, "affected") && len(c.format) > 0 && c.format[0] != "" && !vigie.Known("unit", c.format[0]) {
				wrong = append(wrong, fmt.Sprintf("%q is no unit", c.format[0]))
			}
			m.fields[name] = append(m.fields[name], c)
		}
	}
	if len(m.fields["victim"]) == 0 {
		wrong = append(wrong, "it does not say which column names the victim")
	}
	if len(wrong) > 0 {
		return nil, errors.New(strings.Join(wrong, "; "))
	}
	return m, nil
}

// bind finds the columns of the map in the header.
func (m *tableMap) bind(header []string) error {
	var missing []string
	for _, f := range tableFields {
		for i := range m.fields[f.name] {
			c := &m.fields[f.name][i]
			if c.constant {
				continue
			}
			if c.index = columnOf(header, c.column); c.index < 0 {
				missing = append(missing, fmt.Sprintf("%s=%q", f.name, c.column))
			}
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("no such column: %s", strings.Join(missing, ", "))
	}
	return nil
}

// columnOf finds a column by its name, however it is spaced and capitalised, or
// by its place, #4.
func columnOf(header []string, name string) int {
	for i, h := range header {
		if h == name {
			return i
		}
	}
	for i, h := range header {
		if plainHeader(h) == plainHeader(name) {
			return i
		}
	}
	var n int
	if _, err := fmt.Sscanf(name, "#%d", &n); err == nil && name == fmt.Sprintf("#%d", n) && n >= 1 && n <= len(header) {
		return n - 1
	}
	return -1
}

func plainHeader(s string) string { return strings.ToLower(squeeze(s)) }

// help is what a missing or wrong map is told.
func mapHelp(problem string, header []string) error {
	var b strings.Builder
	for i, h := range header {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "#%d %q", i+1, h)
	}
	var fields []string
	for _, f := range tableFields {
		fields = append(fields, "  "+f.name+": "+f.what)
	}
	return fmt.Errorf("%w: %s\ncolumns found: %s\na map looks like: --map '%s'\nits fields:\n%s", ErrMap, problem, b.String(), exampleMap, strings.Join(fields, "\n"))
}

// unquotedSplit splits at separators that stand outside double quotes.
func unquotedSplit(s, separators string) []string {
	var out []string
	from, in := 0, false
	for i, r := range s {
		switch {
		case r == '"':
			in = !in
		case !in && strings.ContainsRune(separators, r):
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// cutOutside cuts at the first equal sign outside quotes.
func cutOutside(s string) (before, after string, found bool) {
	parts := unquotedSplit(s, "=")
	if len(parts) < 2 {
		return s, "", false
	}
	return parts[0], s[len(parts[0])+1:], true
}

func unquoted(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), `"`, "") }
