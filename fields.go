package vigie

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Field is one thing a Query can ask: a parameter of the address and, when Box
// is set, a term of the search box (sector:grocery).
type Field struct {
	Name string
	List string   // the vocabulary its values come from, if any
	Many bool     // takes several values by comma, and "-x" to exclude
	Box  bool     // a filter or an order, as people write it in the search box; the box takes the others too
	On   []string // kinds of address that may be asked it

	read  func(q *Query, s string) *QueryProblem // s is never empty
	write func(q *Query) string                  // empty is the default
}

// Sorts of an answer, the default first.
var Sorts = []string{"newest", "recorded", "relevance", "affected", "occurred"}

// MaxLimit is the most results that one answer holds.
const MaxLimit = 200

const (
	maxWords  = 300  // characters of the search box
	maxValue  = 100  // characters of one value
	maxValues = 50   // values of one field
	maxCursor = 1000 // bytes of a cursor
)

var (
	lists     = []string{OnSearch, OnTimeline}
	filtered  = []string{OnSearch, OnTimeline, OnFigures}
	onlyCase  = []string{OnCase}
	anywhere  = []string{OnSearch, OnTimeline, OnFigures, OnCase}
	onlyInCSV = []string{OnCSV}
	onFeeds   = []string{OnFeed}
	onDrawing = []string{OnDrawing}
)

// Contents of a feed's items: the whole text (the default), or its summary.
var contents = []string{"full", "summary"}

// Lanes that a timeline may be drawn in. There is no default: the answer chooses.
var Lanes = []string{"company", "role"}

// Fields is everything a Query can ask, in the order of the help page.
var Fields = []Field{
	{Name: "q", On: filtered, read: readWords, write: func(q *Query) string { return q.Q }},
	many("company", "", slug, func(q *Query) *[]string { return &q.Company }),
	many("group", "", slug, func(q *Query) *[]string { return &q.Group }),
	many("sector", "sector", lower, func(q *Query) *[]string { return &q.Sector }),
	many("country", "country", upper, func(q *Query) *[]string { return &q.Country }),
	many("company_country", "country", upper, func(q *Query) *[]string { return &q.CompanyCountry }),
	many("kind", "kind", lower, func(q *Query) *[]string { return &q.Kind }),
	many("data", "data", lower, func(q *Query) *[]string { return &q.Data }),
	many("evidence", "evidence", lower, func(q *Query) *[]string { return &q.Evidence }),
	many("position", "position", lower, func(q *Query) *[]string { return &q.Position }),
	many("role", "role", lower, func(q *Query) *[]string { return &q.Role }),
	many("act", "act", lower, func(q *Query) *[]string { return &q.Act }),
	many("actor", "", slug, func(q *Query) *[]string { return &q.Actor }),
	many("unit", "unit", lower, func(q *Query) *[]string { return &q.Unit }),
	many("wave", "", slug, func(q *Query) *[]string { return &q.Wave }),
	many("year", "", year, func(q *Query) *[]string { return &q.Year }),
	bound("after", func(q *Query) *Date { return &q.After }),
	bound("before", func(q *Query) *Date { return &q.Before }),
	{Name: "affected", Box: true, On: filtered, read: readAffected, write: writeAffected},
	number("updated_since", true, lists, 0, 1<<53-1, func(q *Query) *int64 { return &q.UpdatedSince }),
	{Name: "as_of", Box: true, On: anywhere, read: readAsOf, write: func(q *Query) string { return string(q.AsOf) }},
	{Name: "sort", List: "", Box: true, On: lists, read: readSort, write: func(q *Query) string { return q.Sort }},
	number("limit", false, lists, 1, MaxLimit, func(q *Query) *int { return &q.Limit }),
	{Name: "cursor", On: lists, read: readCursor, write: func(q *Query) string { return q.Cursor }},
	number("version", false, onlyCase, 1, 1<<31-1, func(q *Query) *int { return &q.Version }),
	{Name: "bom", On: onlyInCSV, read: readBOM, write: writeBOM},
	{Name: "content", On: onFeeds, read: readContent, write: func(q *Query) string { return q.Content }},
	{Name: "lanes", On: onDrawing, read: readLanes, write: func(q *Query) string { return q.Lanes }},
}

// Value is what a query asks of the field, as the address writes it; empty when it
// asks nothing.
func (f Field) Value(q Query) string { return f.write(&q) }

// Without is the query that asks nothing of the field.
func (f Field) Without(q Query) Query {
	v := q.Values()
	v.Del(f.Name)
	without := newQueryParser([]string{OnSearch, OnTimeline, OnCase, OnCSV, OnFeed, OnDrawing})
	for name := range v {
		without.parameter(name, v[name])
	}
	without.query.Incident = q.Incident
	return without.query
}

func fieldNamed(name string) (Field, bool) {
	i := slices.IndexFunc(Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return Fields[i], true
}

// A reading of one value: the canonical form, and false when it has none.
type spelling func(s string) (string, bool)

func lower(s string) (string, bool) { return strings.ToLower(s), true }
func upper(s string) (string, bool) { return strings.ToUpper(s), true }
func slug(s string) (string, bool)  { s = Slug(s); return s, s != "" }

var yearPattern = regexp.MustCompile(`^[12]\d{3}$`)

func year(s string) (string, bool) { return s, yearPattern.MatchString(s) }

func many(name, list string, spell spelling, in func(*Query) *[]string) Field {
	return Field{Name: name, List: list, Many: true, Box: true, On: filtered,
		read: func(q *Query, s string) *QueryProblem { return readMany(name, list, spell, in(q), s) },
		write: func(q *Query) string {
			values := slices.Clone(*in(q))
			slices.Sort(values)
			return strings.Join(slices.Compact(values), ",")
		}}
}

func readMany(name, list string, spell spelling, into *[]string, s string) *QueryProblem {
	values := *into
	for _, raw := range strings.Split(s, ",") {
		raw = strings.TrimSpace(raw)
		if raw == "" {
			continue
		}
		plain, excluded := strings.CutPrefix(raw, "-")
		value, ok := spell(plain)
		switch {
		case !ok || utf8.RuneCountInString(raw) > maxValue:
			return malformed(name, raw)
		case list != "" && !Known(list, value):
			return unknownCode(name, list, plain)
		}
		if excluded {
			value = "-" + value
		}
		values = append(values, value)
	}
	slices.Sort(values)
	values = slices.Compact(values)
	for _, value := range values {
		if slices.Contains(values, "-"+value) {
			return problem(name, "contradiction",
				fmt.Sprintf("« %s » est à la fois demandé et exclu", value), fmt.Sprintf("%q is both asked for and excluded", value))
		}
	}
	if len(values) > maxValues {
		return problem(name, "too_long", fmt.Sprintf("au plus %d valeurs", maxValues), fmt.Sprintf("at most %d values", maxValues))
	}
	*into = values
	return nil
}

func bound(name string, in func(*Query) *Date) Field {
	return Field{Name: name, Box: true, On: filtered,
		write: func(q *Query) string { return string(*in(q)) },
		read: func(q *Query, s string) *QueryProblem {
			d := Date(s)
			if !d.Known() || strings.ContainsAny(s, "/~") {
				return problem(name, "malformed",
					fmt.Sprintf("« %s » n’est pas une date : écrire 2024, 2024-09 ou 2024-09-16", shown(s)),
					fmt.Sprintf("%q is not a date: write 2024, 2024-09 or 2024-09-16", shown(s)))
			}
			*in(q) = d
			return nil
		}}
}

var numberPattern = regexp.MustCompile(`^(0|[1-9]\d{0,15})$`)

func number[N int | int64](name string, box bool, on []string, least, most N, in func(*Query) *N) Field {
	return Field{Name: name, Box: box, On: on,
		write: func(q *Query) string {
			if *in(q) == 0 {
				return ""
			}
			return strconv.FormatInt(int64(*in(q)), 10)
		},
		read: func(q *Query, s string) *QueryProblem {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil || !numberPattern.MatchString(s) || n < int64(least) || n > int64(most) {
				return problem(name, "malformed",
					fmt.Sprintf("« %s » n’est pas un nombre entier de %d à %d", shown(s), least, most),
					fmt.Sprintf("%q is not a whole number from %d to %d", shown(s), least, most))
			}
			*in(q) = N(n)
			return nil
		}}
}

func readWords(q *Query, s string) *QueryProblem {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		return problem("q", "malformed", "la recherche contient des caractères qui ne sont pas du texte", "the search holds characters that are not text")
	}
	s = typed(s)
	if utf8.RuneCountInString(s) > maxWords {
		return problem("q", "too_long", fmt.Sprintf("au plus %d caractères", maxWords), fmt.Sprintf("at most %d characters", maxWords))
	}
	q.Q = s
	return nil
}

func readSort(q *Query, s string) *QueryProblem {
	switch {
	case !slices.Contains(Sorts, s):
		return problem("sort", "unknown_code", fmt.Sprintf("« %s » n’est pas un ordre ; sont possibles : %s", shown(s), strings.Join(Sorts, ", ")),
			fmt.Sprintf("%q is not an order; possible are: %s", shown(s), strings.Join(Sorts, ", ")))
	case s != Sorts[0]:
		q.Sort = s
	}
	return nil
}

func readAsOf(q *Query, s string) *QueryProblem {
	if d := Date(s); !d.Exact() || strings.Contains(s, "/") {
		return problem("as_of", "malformed", fmt.Sprintf("« %s » n’est pas un jour : écrire 2024-09-18", shown(s)), fmt.Sprintf("%q is not a day: write 2024-09-18", shown(s)))
	}
	q.AsOf = Day(s)
	return nil
}

var cursorPattern = regexp.MustCompile(`^[A-Za-z0-9._~=-]+$`)

func readCursor(q *Query, s string) *QueryProblem {
	if len(s) > maxCursor || !cursorPattern.MatchString(s) {
		return problem("cursor", "malformed", "ce n’est pas un repère de page : le reprendre tel qu’il a été donné", "this is not a cursor: take it as it was given")
	}
	q.Cursor = s
	return nil
}

func readBOM(q *Query, s string) *QueryProblem {
	if s != "0" && s != "1" {
		return problem("bom", "malformed", "écrire bom=1, ou rien", "write bom=1, or nothing")
	}
	q.BOM = s == "1"
	return nil
}

func writeBOM(q *Query) string {
	if q.BOM {
		return "1"
	}
	return ""
}

func readContent(q *Query, s string) *QueryProblem {
	switch {
	case !slices.Contains(contents, s):
		return problem("content", "unknown_code", fmt.Sprintf("« %s » n’est pas possible : écrire summary, ou full", shown(s)),
			fmt.Sprintf("%q is not possible: write summary, or full", shown(s)))
	case s != contents[0]:
		q.Content = s
	}
	return nil
}

func readLanes(q *Query, s string) *QueryProblem {
	if !slices.Contains(Lanes, s) {
		return problem("lanes", "unknown_code", fmt.Sprintf("« %s » n’est pas possible : écrire company ou role", shown(s)),
			fmt.Sprintf("%q is not possible: write company or role", shown(s)))
	}
	q.Lanes = s
	return nil
}
