package db

import (
	"context"
	"fmt"
	"strings"

	"vigie"
)

// How many results a page has, and up to where a total is counted exactly.
const (
	limitDefault = 20
	limitMost    = 200
	countMost    = 10_000
)

// rankMost bounds how many matches, the newest, are ranked by relevance: to rank
// every match of a very common word takes most of a second.
const rankMost = 20_000

// order is one way of sorting cases: the key that a page goes by, from the most,
// and the row id where keys are equal.
type order struct {
	key  string
	text bool // the key is a text
	all  bool // cases without the key come too, last
}

// orders are those of vigie.Query, and that of a sync: by the edition that last
// changed a case, from the oldest, so that what changes meanwhile comes later.
var orders = map[string]order{
	"newest":    {},
	"recorded":  {key: "i.recorded_seq"},
	"affected":  {key: "i.affected"},
	"occurred":  {key: "i.occurred", text: true},
	"relevance": {key: "w.score"},
	"sync":      {key: "i.edition"},
}

// selection is the SQL of a search, in parts.
type selection struct {
	from  string
	where []clause
}

func (s selection) sql(columns, tail string, args ...any) SQL {
	q := SQL{}
	var conditions []string
	for _, c := range s.where {
		conditions = append(conditions, c.text)
		q.Args = append(q.Args, c.args...)
	}
	q.Text = "SELECT " + columns + " FROM " + s.from + " WHERE " + strings.Join(conditions, " AND ") + tail
	q.Args = append(q.Args, args...)
	return q
}

// selected builds the choice of cases: what drives the walk (the full text, a
// term, or the cases in order) and what each case must meet. state is the
// condition on the case's own state.
func selected(q vigie.Query, words asked, state, without string, days bool) selection {
	s := selection{from: "incidents i", where: []clause{{state, nil}}}
	s.where = append(s.where, conditions(q, without, days)...)
	field, value, single := driver(q)
	switch {
	case words.match() != "":
		s.from = "words w CROSS JOIN incidents i ON i.doc = w.rowid"
		s.where = append([]clause{{"words MATCH ?", []any{words.match()}}}, s.where...)
	case single && field != without:
		s.from = "terms d CROSS JOIN incidents i ON i.doc = d.doc"
		s.where = append([]clause{{"d.field = ? AND d.value = ?", []any{field, value}}}, s.where...)
	}
	if strings.TrimSpace(q.Q) != "" && words.empty() { // only punctuation: nothing can match it
		s.where = append(s.where, clause{"0", nil})
	}
	if not := words.exclude(); not != "" {
		s.where = append(s.where, clause{"i.doc NOT IN (SELECT rowid FROM words WHERE words MATCH ?)", []any{not}})
	}
	return s
}

// doc is the column that is in the order of the cases in what drives the walk.
func (s selection) doc() string {
	switch s.from[:5] {
	case "words":
		return "w.rowid"
	case "terms":
		return "d.doc"
	}
	return "i.doc"
}

const shown = "i.shown = 1"

// Search answers a query with published cases, their facets and their number, all
// of one snapshot. vigie.ErrBadQuery: its sort or its cursor is unknown. With
// UpdatedSince it is a sync: the cases changed since, in the order they did, the
// ones changed that do not match (any longer) in Left, and tombstones.
func (d *DB) Search(ctx context.Context, q vigie.Query) (vigie.Answer, error) {
	words := splitWords(q.Q)
	sort := q.Sort
	switch {
	case q.UpdatedSince > 0:
		sort = "sync"
	case sort == "", sort == "relevance" && words.match() == "":
		sort = "newest"
	}
	by, ok := orders[sort]
	if !ok || sort == "sync" && q.UpdatedSince <= 0 {
		return vigie.Answer{}, fmt.Errorf("sort %q: %w", q.Sort, vigie.ErrBadQuery)
	}
	from, paging, err := readCursor(q.Cursor, sort)
	if err != nil {
		return vigie.Answer{}, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = limitDefault
	}
	limit = min(limit, limitMost)

	answer := vigie.Answer{Query: q.Canonical(), TotalExact: true}
	cases := selected(q, words, shown, "", true)
	if sort == "sync" {
		cases.where = append(cases.where, clause{"i.edition > ?", []any{q.UpdatedSince}})
		if from.Edition > 0 {
			cases.where = append(cases.where, clause{"i.edition <= ?", []any{from.Edition}})
		}
	}
	batch := []SQL{editionSQL, d.page(cases, by, sort, from, paging, limit+1), cases.sql("count(*)", "")}
	batch[2].Text = "SELECT count(*) FROM (" + cases.sql("1", fmt.Sprintf(" LIMIT %d", countMost+1)).Text + ")"
	facets := 0
	if !paging {
		facets = len(batch)
		batch = append(batch, facetsSQL(q, words)...)
	}
	sync := len(batch)
	if sort == "sync" && !paging {
		batch = append(batch, d.changes(q, cases)...)
	}

	var last cursor
	answer.Facets = map[string][]vigie.Facet{}
	err = d.engine.Query(ctx, batch, func(i int, row Row) error {
		switch {
		case i == 0:
			return row.Scan(&answer.Edition)
		case i == 1:
			at := cursor{Sort: sort, Edition: from.Edition}
			record, _, err := scanRecord(row, at.keys(by)...)
			if err != nil {
				return err
			}
			if len(answer.Incidents) == limit {
				answer.Next = last.String()
				return nil
			}
			record.Marks = words.marks(&record)
			answer.Incidents, last = append(answer.Incidents, record), at
			if sort == "sync" && last.Edition == 0 {
				last.Edition = answer.Edition
			}
			return nil
		case i == 2:
			if err := row.Scan(&answer.Total); err != nil {
				return err
			}
			answer.TotalExact = answer.Total <= countMost
			answer.Total = min(answer.Total, countMost)
			return nil
		case i < sync && facets > 0:
			return scanFacet(row, answer.Facets)
		}
		return scanLeft(row, &answer)
	})
	if err != nil {
		return vigie.Answer{}, fmt.Errorf("searching %q: %w", answer.Query, err)
	}
	if from.Edition > 0 {
		answer.Edition = from.Edition
	}
	return answer, nil
}

// page is the SQL of one page of cases: those after the cursor in the order asked.
func (d *DB) page(s selection, by order, sort string, from cursor, paging bool, limit int) SQL {
	s.where = append([]clause{}, s.where...)
	s.from += recordJoins
	doc, key, keys := s.doc(), by.key, "i.doc"
	direction, compare := " DESC", "<"
	if sort == "sync" {
		direction, compare = "", ">"
	}
	if sort == "relevance" { // bm25 is the lower the better; the newest matches only
		weights := make([]string, len(wordColumns))
		for i, c := range wordColumns {
			weights[i] = c.weight
		}
		s.from = strings.Replace(s.from, "words w", `(SELECT rowid, -bm25(words, `+strings.Join(weights, ", ")+fmt.Sprintf(`) AS score
			FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT %d) w`, rankMost), 1)
		s.where[0].text = "1"
	}
	if key != "" {
		keys = key + ", i.doc"
	}
	var args []any
	switch {
	case !paging:
	case key == "":
		s.where = append(s.where, clause{doc + " < ?", []any{from.Doc}})
	default:
		s.where = append(s.where, clause{"(" + key + ", i.doc) " + compare + " (?, ?)", []any{from.value(by), from.Doc}})
	}
	tail := " ORDER BY " + doc + direction
	if key != "" {
		tail = " ORDER BY " + key + direction + ", i.doc" + direction
	}
	return s.sql(recordColumns+", "+keys, tail+fmt.Sprintf(" LIMIT %d", limit), args...)
}

// keys are where the sort key and the row id of a row are put.
func (c *cursor) keys(by order) []any {
	switch {
	case by.key == "":
		return []any{&c.Doc}
	case by.text:
		return []any{&c.Text, &c.Doc}
	case by.key == "w.score":
		return []any{&c.Rank, &c.Doc}
	}
	return []any{&c.Number, &c.Doc}
}

func (c cursor) value(by order) any {
	switch {
	case by.text:
		return c.Text
	case by.key == "w.score":
		return c.Rank
	}
	return c.Number
}
