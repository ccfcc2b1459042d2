package web

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vigie"
)

var rowName = regexp.MustCompile(`^((?:[a-z_]+\.\d+\.)*[a-z_]+)\.(\d+)\.row$`)

// rows gives the indexes of the rows of a list as posted, in order: a browser may send
// gaps, never a row without its hidden field.
func rows(form url.Values, list string) []int {
	var out []int
	for name := range form {
		if m := rowName.FindStringSubmatch(name); m != nil && m[1] == list {
			if n, err := strconv.Atoi(m[2]); err == nil {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Tidy numbers the rows of every list from 0 without a gap, those that go into the case
// first, so that a row has the same number in the form, in the case read from it and
// in what Validate says of that case. Nothing that was typed is lost.
func Tidy(form url.Values) url.Values {
	out := url.Values{}
	for name, values := range form {
		if !inRow(name) {
			out[name] = values
		}
	}
	for _, list := range lists(form, "") {
		tidyList(out, form, list, list)
	}
	return out
}

var inRowPattern = regexp.MustCompile(`\.\d+\.`)

func inRow(name string) bool { return inRowPattern.MatchString(name) }

// lists names the lists directly under a path: "statements", "sources" at the top.
func lists(form url.Values, under string) []string {
	found := map[string]bool{}
	for name := range form {
		if m := rowName.FindStringSubmatch(name); m != nil {
			if own, ok := strings.CutPrefix(m[1], under); ok && !strings.Contains(own, ".") {
				found[m[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func tidyList(out, form url.Values, from, to string) {
	order := rows(form, from)
	slices.SortStableFunc(order, func(a, b int) int {
		return place(form, join(from, strconv.Itoa(a))) - place(form, join(from, strconv.Itoa(b)))
	})
	for n, old := range order {
		src, dst := join(from, strconv.Itoa(old)), join(to, strconv.Itoa(n))
		for name, values := range form {
			if own, ok := strings.CutPrefix(name, src+"."); ok && !inRow(own) {
				out[dst+"."+own] = values
			}
		}
		for _, list := range lists(form, src+".") {
			tidyList(out, form, list, dst+strings.TrimPrefix(list, src))
		}
	}
}

func place(form url.Values, row string) int {
	if counts(form, row) {
		return 0
	}
	return 1
}

// MoreRows adds a blank row to the list that the action names: "rows:statements",
// "rows:statements.2.figures", "rows:sources". Another action changes nothing.
func MoreRows(form url.Values, action string) url.Values {
	out := Tidy(form)
	list, ok := strings.CutPrefix(action, "rows:")
	if !ok || !rowName.MatchString(list+".0.row") {
		return out
	}
	row := join(list, strconv.Itoa(len(rows(out, list))))
	set(out, join(row, rowField), rowNew)
	if prefix, ok := series[list]; ok {
		set(out, join(row, "id"), vigie.NextID(prefix, func(id string) bool {
			return slices.ContainsFunc(rows(out, list), func(n int) bool {
				return out.Get(join(join(list, strconv.Itoa(n)), "id")) == id
			})
		}))
	}
	return out
}

// fields is the form as its template reads it.
type fields struct {
	form     url.Values
	problems vigie.Problems
}

// Fields prepares the form of the page: rows tidied, a first blank row where a list is
// empty, so that nobody has to ask for it.
func (p EditPage) Fields() fields {
	form := Tidy(p.Form)
	for list := range series {
		if len(rows(form, list)) == 0 {
			form = MoreRows(form, "rows:"+list)
		}
	}
	for _, n := range rows(form, "statements") {
		for _, list := range []string{"figures", "quotes"} {
			if path := "statements." + strconv.Itoa(n) + "." + list; len(rows(form, path)) == 0 {
				form = MoreRows(form, "rows:"+path)
			}
		}
	}
	return fields{form, p.Problems}
}

// Get is the value typed at a path.
func (f fields) Get(path string) string { return f.form.Get(path) }

// All is the values of a list in one line, or one a line.
func (f fields) All(path, sep string) string { return strings.Join(f.form[path], sep) }

// Is tells whether the value is among those of the path: for ticks and choices.
func (f fields) Is(path, value string) bool { return slices.Contains(f.form[path], value) }

// Values are those of a list.
func (f fields) Values(path string) []string { return f.form[path] }

// Strangers are values of a list that its vocabulary does not have: they are kept, and
// shown, until somebody takes them out.
func (f fields) Strangers(path, list string) []string {
	return slices.DeleteFunc(slices.Clone(f.form[path]), func(s string) bool { return vigie.Known(list, s) })
}

// Count is how many values a path has.
func (f fields) Count(path string) int { return len(f.form[path]) }

// Rows are the paths of the rows of a list.
func (f fields) Rows(list string) []string {
	var out []string
	for _, n := range rows(f.form, list) {
		out = append(out, join(list, strconv.Itoa(n)))
	}
	return out
}

// Wrong are the problems of exactly that field.
func (f fields) Wrong(path string) vigie.Problems {
	return f.pick(func(p string) bool { return p == path })
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
