package vigie

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Term is one code of a vocabulary with what readers call it.
type Term struct {
	Code       string `json:"code"`
	Label      Text   `json:"label"`
	Definition Text   `json:"definition,omitzero"` // one sentence, for the about page; not every list has them
	Many       Text   `json:"many,omitzero"`       // units only: the plural
	After      Text   `json:"after,omitzero"`      // units only: the plural after "millions" (d’adresses e-mail)
}

type list struct {
	terms []Term
	codes []string
	place map[string]int
}

// vocabulary reads data/vocabulary.json once. The file is compiled in, so a
// fault in it is ours and stops the program at the first use.
var vocabulary = sync.OnceValue(func() map[string]list {
	body, err := Data.ReadFile("data/vocabulary.json")
	if err != nil {
		panic(fmt.Errorf("reading the vocabularies: %w", err))
	}
	var terms map[string][]Term
	if err := json.Unmarshal(body, &terms); err != nil {
		panic(fmt.Errorf("reading data/vocabulary.json: %w", err))
	}
	lists := make(map[string]list, len(terms))
	for name, ts := range terms {
		l := list{terms: ts, place: make(map[string]int, len(ts))}
		for i, t := range ts {
			l.codes = append(l.codes, t.Code)
			l.place[t.Code] = i
		}
		lists[name] = l
	}
	return lists
})

func term(list, code string) (Term, bool) {
	l := vocabulary()[list]
	i, ok := l.place[code]
	if !ok {
		return Term{}, false
	}
	return l.terms[i], true
}

// Lists names the vocabularies, in alphabetical order: act, channel, country,
// data, evidence, kind, position, qualifier, role, sector, seen, source_kind,
// state, unit, word.
func Lists() []string {
	var names []string
	for name := range vocabulary() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Vocabulary gives the terms of a list in the order of the design, which is the
// order to show them in. A list that does not exist has none.
func Vocabulary(list string) []Term { return slices.Clone(vocabulary()[list].terms) }

// Codes gives the codes of a list in their order.
func Codes(list string) []string { return slices.Clone(vocabulary()[list].codes) }

// Known tells whether the list has the code.
func Known(list, code string) bool {
	_, ok := term(list, code)
	return ok
}

// Label is what readers call the code, without a capital. A code that is not in
// the list is its own label, so that an old record is still readable.
func Label(list, code string, l Lang) string {
	if t, ok := term(list, code); ok {
		return t.Label.In(l)
	}
	return code
}

// Definition is the sentence that says what the code means, or nothing.
func Definition(list, code string, l Lang) string {
	t, _ := term(list, code)
	return t.Definition.In(l)
}

// UnitWords are the words for one and for many of a unit: "client", "clients".
func UnitWords(u Unit, l Lang) (one, many string) {
	t, ok := term("unit", string(u))
	if !ok {
		return string(u), string(u)
	}
	return t.Label.In(l), t.Many.In(l)
}
