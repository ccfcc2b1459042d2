package db

import (
	"context"
	"slices"
	"strings"

	"vigie"
)

// offersMost is how many filters an answer offers.
const offersMost = 3

// codedFields are the fields of the filters that words name.
var codedFields = map[string]func(*vigie.Query) *[]string{
	"sector":          func(q *vigie.Query) *[]string { return &q.Sector },
	"country":         func(q *vigie.Query) *[]string { return &q.Country },
	"company_country": func(q *vigie.Query) *[]string { return &q.CompanyCountry },
	"kind":            func(q *vigie.Query) *[]string { return &q.Kind },
}

// offered is a filter in place of the terms from up to before to.
type offered struct {
	from, to int
	vigie.Offer
	asked vigie.Query
}

// offers are the filters that words of the box name: who types norvège may want
// country:NO, whether or not some text says the word. Only what finds a case is
// offered, and nothing that is filtered by already; of a country, where people were
// concerned before where the company has its seat. Words that name a company are
// that company's.
func (d *DB) offers(ctx context.Context, q vigie.Query) ([]vigie.Offer, error) {
	terms := vigie.BoxTerms(q.Q)
	tries := coded(q, terms, plainWords(terms))
	if len(tries) == 0 {
		return nil, nil
	}
	var batch []SQL
	for _, o := range tries {
		words, err := d.read(ctx, o.asked.Q)
		if err != nil {
			return nil, err
		}
		found := selected(o.asked, words, shown, "", true).sql("1", "")
		batch = append(batch, sql("SELECT EXISTS ("+found.Text+")", found.Args...))
	}
	finds := make([]bool, len(tries))
	if err := d.engine.Query(ctx, batch, func(i int, row Row) error { return row.Scan(&finds[i]) }); err != nil {
		return nil, err
	}
	var taken []offered
	var list []vigie.Offer
	for i, o := range tries {
		beaten := slices.ContainsFunc(taken, func(t offered) bool {
			return t.from < o.to && o.from < t.to && (t.to-t.from > o.to-o.from || t.Value == o.Value)
		})
		if finds[i] && !beaten && len(list) < offersMost {
			taken, list = append(taken, o), append(list, o.Offer)
		}
	}
	return list, nil
}

// coded lists the filters to try, of more words before those of fewer.
func coded(q vigie.Query, terms, plain []string) (list []offered) {
	for length := min(len(plain), wordsOfName); length > 0; length-- {
		for from := 0; from+length <= len(plain); from++ {
			to := from + length
			if slices.Contains(plain[from:to], "") {
				continue
			}
			for _, c := range vigie.CodesNamed(strings.Fields(strings.Join(plain[from:to], " "))) {
				asked := q
				values := codedFields[c.Field](&asked)
				if len(*values) > 0 {
					continue
				}
				*values, asked.Cursor = []string{c.Value}, ""
				asked.Q = strings.Join(slices.Concat(terms[:from], terms[to:]), " ")
				list = append(list, offered{from, to, vigie.Offer{Word: strings.Join(terms[from:to], " "), Field: c.Field, Value: c.Value, Query: asked.Canonical()}, asked})
			}
		}
	}
	return list
}

// plainWords are the folded words of the plain terms; of any other, nothing.
func plainWords(terms []string) []string {
	plain := make([]string, len(terms))
	for i, t := range terms {
		if t != "OR" && !strings.ContainsAny(t, `"*`) && !strings.HasPrefix(t, "-") {
			plain[i] = strings.Join(vigie.Words(t), " ")
		}
	}
	return plain
}
