package db

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// facetFields are what the cases of an answer are counted by.
var facetFields = []string{"sector", "country", "kind", "year", "evidence", "position", "data", "actor", "company"}

// numbers is a set of cases by their own number, which is the low part of their
// row id.
type numbers []uint64

const numberMask = 1<<20 - 1

func (n *numbers) add(number int) {
	for word := number / 64; word >= len(*n); {
		*n = append(*n, 0)
	}
	(*n)[number/64] |= 1 << (number % 64)
}

func (n numbers) has(number int) bool {
	return number/64 < len(n) && n[number/64]&(1<<(number%64)) != 0
}

func (n numbers) and(m numbers) numbers {
	both := make(numbers, min(len(n), len(m)))
	for i := range both {
		both[i] = n[i] & m[i]
	}
	return both
}

func (n numbers) count() (total int) {
	for _, word := range n {
		total += bits.OnesCount64(word)
	}
	return
}

// scan reads one string of numbers: to hand every row over by itself would take
// twenty times as long.
func (n *numbers) scan(row Row) error {
	var joined string
	if err := row.Scan(&joined); err != nil {
		return err
	}
	for one := range strings.SplitSeq(joined, ",") {
		if one == "" {
			continue
		}
		number, err := strconv.Atoi(one)
		if err != nil {
			return fmt.Errorf("a case of number %q: %w", one, err)
		}
		n.add(number)
	}
	return nil
}

// index is, of one edition, which cases are published and which have which values.
// (Words and values of a case that is gone stay, for timelines.)
type index struct {
	edition int64
	shown   numbers
	fields  map[string][]posting
}

type posting struct {
	value string
	cases []int // numbers
}

// indexed gives the index of an edition, and reads it anew when it has grown.
func (d *DB) indexed(ctx context.Context, edition int64) (*index, error) {
	d.counting.Lock()
	defer d.counting.Unlock()
	if d.index != nil && d.index.edition == edition {
		return d.index, nil
	}
	x := &index{fields: map[string][]posting{}}
	err := d.engine.Query(ctx, []SQL{
		editionSQL,
		sql(`SELECT coalesce(group_concat(num), '') FROM incidents WHERE shown = 1`),
		sql(`SELECT field, value, group_concat(doc & ?) FROM terms WHERE field IN (SELECT value FROM json_each(?)) GROUP BY field, value`, int64(numberMask), jsonList(facetFields)),
	}, func(i int, row Row) error {
		switch i {
		case 0:
			return row.Scan(&x.edition)
		case 1:
			return x.shown.scan(row)
		}
		var field, joined string
		var p posting
		if err := row.Scan(&field, &p.value, &joined); err != nil {
			return err
		}
		for one := range strings.SplitSeq(joined, ",") {
			number, err := strconv.Atoi(one)
			if err != nil {
				return fmt.Errorf("a case of number %q: %w", one, err)
			}
			p.cases = append(p.cases, number)
		}
		x.fields[field] = append(x.fields[field], p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	d.index = x
	return x, nil
}

func (x *index) facet(field string, matches numbers) []vigie.Facet {
	var list []vigie.Facet
	for _, p := range x.fields[field] {
		n := 0
		for _, number := range p.cases {
			if matches.has(number) {
				n++
			}
		}
		if n > 0 {
			list = append(list, vigie.Facet{Value: p.value, Count: n})
		}
	}
	slices.SortFunc(list, func(a, b vigie.Facet) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Value, b.Value)
	})
	return list
}

// counting is a set of matches that some facets are counted over.
type counting struct {
	sql     SQL
	fields  []string
	matches *numbers
}

// countings are the sets that an answer needs. A facet that is filtered by is
// counted without its own filter, so that several of its values can be picked;
// the others, and the total, share the set of the matches.
func countings(q vigie.Query, words asked, cases selection, totalOnly bool) []counting {
	all := counting{sql: cases.matching(), matches: &numbers{}}
	if totalOnly {
		return []counting{all}
	}
	filtered := map[string]bool{}
	for _, f := range filters {
		filtered[f.field] = len(f.values(q)) > 0
	}
	list := []counting{{}}
	for _, field := range facetFields {
		if filtered[field] {
			list = append(list, counting{selected(q, words, shown, field, true).matching(), []string{field}, &numbers{}})
		} else {
			all.fields = append(all.fields, field)
		}
	}
	list[0] = all
	return list
}

// matching is the SQL of the numbers of all matches, in one string. Of words
// alone it need not look at the cases: the index knows which are published.
func (s selection) matching() SQL {
	if s.doc() == "w.rowid" && len(s.where) == 2 {
		return sql(`SELECT coalesce(group_concat(rowid & ?), '') FROM words WHERE words MATCH ?`, append([]any{int64(numberMask)}, s.where[0].args...)...)
	}
	return s.sql("coalesce(group_concat(i.num), '')", "")
}

// count fills in the total and the facets, and says of which edition the index was
// that it counted by.
func (d *DB) count(ctx context.Context, answer *vigie.Answer, counted []counting) (int64, error) {
	x, err := d.indexed(ctx, answer.Edition)
	if err != nil {
		return 0, err
	}
	answer.Facets = map[string][]vigie.Facet{}
	for i, c := range counted {
		matches := c.matches.and(x.shown)
		if i == 0 {
			answer.Total = matches.count()
		}
		for _, field := range c.fields {
			if list := x.facet(field, matches); list != nil {
				answer.Facets[field] = list
			}
		}
	}
	return x.edition, nil
}
