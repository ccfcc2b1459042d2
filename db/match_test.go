package db

import (
	"fmt"
	"slices"
	"testing"

	"vigie"
)

// A sync asks of the past in Go what a search asks of the present in SQL: the two
// must never part.
func TestACaseMatchesInGoWhatItMatchesInSQL(t *testing.T) {
	for seed := range uint64(2) {
		s := newScribe(t, seed)
		for range 120 {
			s.write()
		}
		all := must(s.d.Search(t.Context(), vigie.Query{Limit: 200}))(t).Incidents
		some, none := 0, 0
		for range 300 {
			q := s.ask()
			var sql, plain []string
			q.Limit = 200
			for _, r := range must(s.d.Search(t.Context(), q))(t).Incidents {
				sql = append(sql, r.ID)
			}
			words := must(s.d.read(t.Context(), q.Q))(t)
			for _, r := range all {
				if matches(q, words, &r.Incident, r.Respondent) {
					plain = append(plain, r.ID)
				}
			}
			slices.Sort(sql)
			slices.Sort(plain)
			is(t, fmt.Sprintf("%+v", q), fmt.Sprint(plain), fmt.Sprint(sql))
			if n := len(sql); n > 0 && n < len(all) {
				some++
			} else {
				none++
			}
		}
		if some < 120 {
			t.Errorf("only %d of %d queries choose some cases and not all: they prove little", some, some+none)
		}
	}
}
