package db

import (
	"context"
	"fmt"
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

// hits are the numbers of the cases found, the newest first.
type hits []int

// scan reads one string of numbers: to hand every row over by itself would take
// twenty times as long.
func (h *hits) scan(row Row) error {
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
		*h = append(*h, number)
	}
	return nil
}

// among counts those that are in a set, as far as most, and says whether that is
// all of them.
func (h hits) among(set numbers, most int) (found numbers, total int, exact bool) {
	for _, number := range h {
		switch {
		case !set.has(number):
		case total == most:
			return found, total, false
		default:
			found.add(number)
			total++
		}
	}
	return found, total, true
}

// index is, of one edition, which cases are published and which have which values.
// (Words and values of a case that is gone stay, for timelines.)
type index struct {
	edition int64
	shown   numbers
	cases   int // published
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
			var all hits
			err := all.scan(row)
			for _, number := range all {
				x.shown.add(number)
			}
			x.cases = len(all)
			return err
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

func (x *index) facet(field string, found numbers) []vigie.Facet {
	var list []vigie.Facet
	for _, p := range x.fields[field] {
		n := 0
		for _, number := range p.cases {
			if found.has(number) {
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
	sql    SQL
	fields []string
	found  *hits
}

// countings are the sets that an answer needs. A facet that is filtered by is
// counted without its own filter, so that several of its values can be picked;
// the others, and the total, share the set of the matches.
func (d *DB) countings(q vigie.Query, words asked, cases selection, totalOnly bool) []counting {
	all := counting{sql: cases.matching(d.countMost, !totalOnly), found: &hits{}}
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
			list = append(list, counting{selected(q, words, shown, field, true).matching(d.countMost, true), []string{field}, &hits{}})
		} else {
			all.fields = append(all.fields, field)
		}
	}
	list[0] = all
	return list
}

// matching is the SQL of the numbers of the matches, in one string: one more than
// most, which tells that there are more, and the newest when that matters. Of words alone it
// need not look at the cases: the index knows which are published, and as many
// more are read as are gone and still have words.
func (s selection) matching(most int, newest bool) SQL {
	doc := s.doc()
	if doc == "w.rowid" && len(s.where) == 2 {
		return sql(`SELECT coalesce(group_concat(num), '') FROM (SELECT rowid & ? AS num FROM words WHERE words MATCH ? ORDER BY rowid DESC
			LIMIT ? + (SELECT count(*) FROM incidents WHERE state IN ('merged', 'retracted')))`, append([]any{int64(numberMask)}, append(slices.Clone(s.where[0].args), int64(most+1))...)...)
	}
	tail := " LIMIT ?"
	if newest {
		tail = " ORDER BY " + doc + " DESC" + tail
	}
	q := s.sql("i.num AS num", tail, int64(most+1))
	q.Text = "SELECT coalesce(group_concat(num), '') FROM (" + q.Text + ")"
	return q
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
		found, total, exact := c.found.among(x.shown, d.countMost)
		if i == 0 {
			answer.Total, answer.TotalExact = total, exact
		}
		for _, field := range c.fields {
			if list := x.facet(field, found); list != nil {
				answer.Facets[field] = list
			}
		}
	}
	return x.edition, nil
}
