package vigie

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// QueryProblem is one thing not understood in a query.
type QueryProblem struct {
	Name   string `json:"name"`   // the parameter, or the field in the search box
	Code   string `json:"code"`   // unknown_parameter, unknown_field, unknown_code, repeated, malformed, contradiction, not_here, too_long, future
	Detail Text   `json:"detail"` // a sentence for the one who asked
}

// QueryError says everything that was not understood in a query, and what is
// allowed at that address. It is an ErrBadQuery.
type QueryError struct {
	Params  []QueryProblem `json:"params"`
	Allowed []string       `json:"allowed"`
}

// Error names the parameters in English.
func (e *QueryError) Error() string {
	said := make([]string, len(e.Params))
	for i, p := range e.Params {
		said[i] = p.Name + ": " + p.Detail.EN
	}
	return ErrBadQuery.Error() + ": " + strings.Join(said, "; ")
}

// Unwrap makes it an ErrBadQuery.
func (e *QueryError) Unwrap() error { return ErrBadQuery }

// queryParser gathers a query and everything wrong with it.
type queryParser struct {
	on       []string // kinds of address
	extra    []string // parameters that the address reads itself
	query    Query
	problems []QueryProblem
}

func newQueryParser(allow []string) *queryParser {
	p := &queryParser{}
	for _, a := range allow {
		if slices.Contains([]string{OnSearch, OnFigures, OnTimeline, OnCase, OnCSV, OnFeed, OnDrawing, OnNothing}, a) {
			p.on = append(p.on, a)
		} else {
			p.extra = append(p.extra, a)
		}
	}
	if len(allow) == 0 {
		p.on = []string{OnSearch}
	}
	return p
}

func (p *queryParser) here(f Field) bool {
	return slices.ContainsFunc(f.On, func(on string) bool { return slices.Contains(p.on, on) })
}

// allowed names what may be asked at the address.
func (p *queryParser) allowed() []string {
	var names []string
	for _, f := range Fields {
		if p.here(f) {
			names = append(names, f.Name)
		}
	}
	return append(names, p.extra...)
}

func (p *queryParser) refuse(q *QueryProblem) {
	if q != nil {
		p.problems = append(p.problems, *q)
	}
}

func (p *queryParser) parameter(name string, values []string) {
	if IsTracker(name) || slices.Contains(p.extra, name) {
		return
	}
	f, known := fieldNamed(name)
	switch {
	case !known:
		p.refuse(problem(shown(name), "unknown_parameter", "ce paramètre n’existe pas ici", "there is no such parameter here"))
	case !p.here(f):
		p.refuse(notHere(name))
	case len(values) > 1:
		p.refuse(problem(name, "repeated", "ce paramètre est donné plusieurs fois : l’écrire une fois, les valeurs séparées par des virgules",
			"this parameter is given several times: write it once, with commas between values"))
	case len(values) == 0 || values[0] == "":
		// Forms send their empty boxes; a machine that sends an empty limit is mistaken.
		if !f.Box && f.Name != "q" {
			p.refuse(malformed(name, ""))
		}
	default:
		p.refuse(f.read(&p.query, values[0]))
	}
}

// together checks what only the whole query shows, once its box is read.
func (p *queryParser) together() {
	p.box()
	q := &p.query
	if q.After != "" && q.Before != "" && q.After.First() > q.Before.Last() {
		p.refuse(problem("before", "contradiction", "« before » vient avant « after » : rien ne peut y répondre", "before comes ahead of after: nothing can answer"))
	}
	// A case and a timeline can be shown as of a day; a list of cases only filtered.
	alone := !slices.Contains(p.on, OnTimeline) && !slices.Contains(p.on, OnCase)
	if alone := slices.Contains(p.on, OnTimeline) && !slices.Contains(p.on, OnSearch); alone && q.Sort != "" && q.Sort != "recorded" {
		p.refuse(problem("sort", "not_here", "une chronologie se trie par newest ou recorded", "a timeline is sorted by newest or recorded"))
	}
	if q.AsOf != "" && alone && len(q.Evidence)+len(q.Position) == 0 {
		p.refuse(problem("as_of", "not_here",
			"as_of n’a de sens que sur un dossier, sur la chronologie, ou avec un filtre evidence ou position : en ajouter un",
			"as_of only means something on a case, on the timeline, or with an evidence or position filter: add one"))
	}
}

func problem(name, code, fr, en string) *QueryProblem {
	return &QueryProblem{Name: name, Code: code, Detail: sentence(fr, en)}
}

func notHere(name string) *QueryProblem {
	return problem(name, "not_here", "cela ne peut pas être demandé à cette adresse", "this cannot be asked at this address")
}

func malformed(name, value string) *QueryProblem {
	return problem(name, "malformed",
		fmt.Sprintf("« %s » n’est pas une valeur possible", shown(value)), fmt.Sprintf("%q is not a possible value", shown(value)))
}

// unknownCode lists the codes of the list; of a long list (countries) it says
// only what they look like.
func unknownCode(name, list, value string) *QueryProblem {
	codes := strings.Join(Codes(list), ", ")
	fr, en := "sont possibles : "+codes, "possible are: "+codes
	if list == "country" {
		fr, en = "écrire le code ISO 3166 à deux lettres, comme FR", "write the two-letter ISO 3166 code, such as FR"
	}
	return problem(name, "unknown_code",
		fmt.Sprintf("« %s » est inconnu ; %s", shown(value), fr), fmt.Sprintf("%q is unknown; %s", shown(value), en))
}

// shown cuts a stranger's value down to what may stand in a sentence.
func shown(s string) string {
	runes := []rune(strings.ToValidUTF8(s, "�"))
	for i, r := range runes {
		if !unicode.IsPrint(r) {
			runes[i] = ' '
		}
	}
	if len(runes) > 40 {
		runes = append(runes[:40], '…')
	}
	return string(runes)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
