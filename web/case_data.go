package web

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
)

// DataSaid are kinds of data of which the same speakers say the same.
type DataSaid struct {
	Codes   []string
	Exposed []Voice // who says that they were exposed
	Spared  []Voice // who says that they were not
}

// Disputed tells whether speakers contradict one another.
func (d DataSaid) Disputed() bool { return len(d.Exposed) > 0 && len(d.Spared) > 0 }

// Voice is a speaker and the first statement by which it says something.
type Voice struct {
	By        vigie.Speaker
	Statement string
}

// Data are the kinds of data that somebody speaks of: those that are disputed first,
// then those said to be exposed, by the number of those who say it, then those said not
// to be. Within a row they are in the order of the vocabulary.
func (p Incident) Data() []DataSaid {
	var out []DataSaid
	rows := map[string]int{} // by who says what
	for _, code := range vigie.Codes("data") {
		exposed := p.voices(func(s *vigie.Statement) []string { return s.Data }, code)
		spared := p.voices(func(s *vigie.Statement) []string { return s.NotData }, code)
		if len(exposed)+len(spared) == 0 {
			continue
		}
		key := voicesKey(exposed) + "|" + voicesKey(spared)
		at, known := rows[key]
		if !known {
			at = len(out)
			rows[key] = at
			out = append(out, DataSaid{Exposed: exposed, Spared: spared})
		}
		out[at].Codes = append(out[at].Codes, code)
	}
	slices.SortStableFunc(out, func(a, b DataSaid) int {
		return cmp.Or(cmp.Compare(dataOrder(a), dataOrder(b)), cmp.Compare(len(b.Exposed), len(a.Exposed)))
	})
	return out
}

func dataOrder(d DataSaid) int {
	switch {
	case d.Disputed():
		return 0
	case len(d.Exposed) > 0:
		return 1
	}
	return 2
}

// voices are those whose statements have a code in one of their lists, each once.
func (p Incident) voices(of func(*vigie.Statement) []string, code string) []Voice {
	var out []Voice
	for _, s := range p.Ledger() {
		known := slices.ContainsFunc(out, func(v Voice) bool { return v.By == s.By })
		if slices.Contains(of(&s), code) && !known {
			out = append(out, Voice{s.By, s.ID})
		}
	}
	return out
}

func voicesKey(voices []Voice) string {
	var ids []string
	for _, v := range voices {
		ids = append(ids, v.Statement)
	}
	return strings.Join(ids, ",")
}
