package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// How many results a page has.
const (
	limitDefault = 20
	limitMost    = 200
)

func pageLimit(asked int) int {
	if asked <= 0 {
		return limitDefault
	}
	return min(asked, limitMost)
}

// rankMost bounds how many matches, the newest, are ranked by relevance: to rank
// every match of a very common word takes most of a second.
const rankMost = 20_000

// order is one way of sorting cases: the key that a page goes by, from the most,
// and the row id where keys are equal.
type order struct {
	key  string
	text bool // the key is a text

	ascending bool
}

// orders are those of vigie.Query, and that of a sync: by the edition that last
// changed a case, from the oldest, so that what changes meanwhile comes later.
var orders = map[string]order{
	"newest":    {},
	"recorded":  {key: "i.recorded_seq"},
	"affected":  {key: "i.affected"},
	"occurred":  {key: "i.occurred", text: true},
	"relevance": {key: "w.score"},
	"sync":      {key: "i.edition", ascending: true},
}

// selection is the SQL of a search, in parts.
type selection struct {
	from  string
	where []clause
	named []string // companies that the words name
}

func (s *selection) add(text string, args ...any) {
	s.where = append(s.where, clause{text, args})
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
// condition on the case's own state, and days tells a list of cases from a
// timeline.
func selected(q vigie.Query, words asked, state, without string, days bool) selection {
	s := selection{from: "incidents i", where: []clause{{state, nil}}, named: words.companies}
	s.where = append(s.where, conditions(q, without, days)...)
	field, value, single := driver(q, !days)
	switch {
	case words.match() != "":
		s.from = "words w CROSS JOIN incidents i ON i.doc = w.rowid"
		s.where = append([]clause{{"words MATCH ?", []any{words.match()}}}, s.where...)
	case len(q.Incident) == 0 && single && field != without:
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
// UpdatedSince it is a sync: the cases changed since, in the order they did, those
// that matched and no longer do in Left, and tombstones of those that are gone.
func (d *DB) Search(ctx context.Context, q vigie.Query) (vigie.Answer, error) {
	for attempt := 1; ; attempt++ {
		answer, counted, err := d.search(ctx, q)
		if err != nil || counted == answer.Edition || attempt == 3 { // else a save came between: look again
			return answer, err
		}
	}
}

// search gives an answer and the edition of the index that it was counted by.
func (d *DB) search(ctx context.Context, q vigie.Query) (vigie.Answer, int64, error) {
	words, err := d.read(ctx, q.Q)
	if err != nil {
		return vigie.Answer{}, 0, fmt.Errorf("searching %q: %w", q.Q, err)
	}
	sort := q.Sort
	switch {
	case q.UpdatedSince > 0:
		sort = "sync"
	case sort == "", sort == "relevance" && words.match() == "":
		sort = "newest"
	}
	by, ok := orders[sort]
	if !ok || sort == "sync" && q.UpdatedSince <= 0 {
		return vigie.Answer{}, 0, fmt.Errorf("sort %q: %w", q.Sort, vigie.ErrBadQuery)
	}
	of := listOf(q, "cases")
	from, paging, err := readCursor(q.Cursor, sort, of)
	if err != nil {
		return vigie.Answer{}, 0, err
	}
	from.Total, from.At = max(from.Total, 0), max(from.At, 0) // a cursor is a stranger's word
	if sort != "sync" {
		from.Edition = 0
	}
	limit := pageLimit(q.Limit)
	cases := selected(q, words, shown, "", true)
	if sort == "sync" {
		cases.add("i.edition > ?", q.UpdatedSince)
		if from.Edition > 0 {
			cases.add("i.edition <= ?", from.Edition)
		}
	}
	answer := vigie.Answer{Query: q.Canonical(), Total: from.Total, TotalExact: !from.More}
	batch := []SQL{editionSQL, cases.page(by, from, paging, limit+1)}
	var counted []counting
	gone := departures{q: q, words: words}
	if !paging || from.Total == 0 { // the cursor of a feed carries no total
		counted = d.countings(q, words, cases, sort == "sync" || paging)
		for _, c := range counted {
			batch = append(batch, c.sql)
		}
		if sort == "sync" && !paging {
			batch = append(batch, gone.sql(cases))
		}
	}
	var rows []cursor
	err = d.engine.Query(ctx, batch, func(i int, row Row) error {
		switch {
		case i == 0:
			return scanEdition(row, q, &answer.Edition)
		case i == 1:
			at := cursor{Sort: sort, Of: of}
			raw, err := scanStored(row, at.keys(by)...)
			if err != nil {
				return err
			}
			if rows = append(rows, at); len(answer.Incidents) == limit {
				return nil
			}
			record, err := raw.record()
			if err != nil {
				return err
			}
			record.Marks = words.marks(&record)
			answer.Incidents = append(answer.Incidents, record)
			return nil
		case i < 2+len(counted):
			return counted[i-2].found.scan(row)
		}
		return gone.scan(row, &answer)
	})
	index := answer.Edition
	if err == nil && len(counted) > 0 {
		index, err = d.count(ctx, &answer, counted)
	}
	if err != nil {
		return vigie.Answer{}, 0, fmt.Errorf("searching %q: %w", answer.Query, err)
	}
	if len(words.groups) > 0 && !paging && sort != "sync" {
		if answer.Suggestions, err = d.suggest(ctx, q, words.companies, answer.Edition, answer.Total == 0); err != nil {
			return vigie.Answer{}, 0, fmt.Errorf("names near %q: %w", answer.Query, err)
		}
		if len(words.companies) == 0 {
			if answer.Filters, err = d.offers(ctx, q); err != nil {
				return vigie.Answer{}, 0, fmt.Errorf("filters for %q: %w", answer.Query, err)
			}
		}
	}
	if from.Edition > 0 {
		answer.Edition, index = from.Edition, from.Edition
	}
	if n := len(answer.Incidents); n > 0 {
		more := len(rows) > n
		rows = rows[:n]
		if from.Back {
			slices.Reverse(answer.Incidents)
			slices.Reverse(rows)
			from.At = max(from.At-n, 0)
		}
		answer.Before = from.At
		for i := range rows {
			rows[i].Total, rows[i].More = answer.Total, !answer.TotalExact
			if sort == "sync" {
				rows[i].Edition = answer.Edition
			}
		}
		before, after := rows[0], rows[n-1]
		before.At, after.At = from.At, from.At+n
		answer.Prev, answer.Next = around(from, before, after, paging, more)
	}
	return answer, index, nil
}

// page is the SQL of one page of cases: those after the cursor in the order
// asked. It first finds their row ids and only then reads their bodies.
func (s selection) page(by order, from cursor, paging bool, limit int) SQL {
	s.where = slices.Clone(s.where)
	doc, direction, compare := s.doc(), "DESC", "<"
	if by.ascending != from.Back {
		direction, compare = "ASC", ">"
	}
	if by.key == "w.score" { // bm25 is the lower the better; of the newest matches only
		s.from = strings.Replace(s.from, "words w", ranked, 1)
		s.where[0] = clause{"1", append([]any{jsonList(s.named)}, s.where[0].args...)} // its MATCH has gone inside
	}
	inner, outer, keys := doc+" "+direction, "p.doc "+direction, "p.doc"
	if by.key != "" {
		inner, outer, keys = by.key+" "+direction+", i.doc "+direction, "p.key "+direction+", p.doc "+direction, "p.key, p.doc"
		doc = "i.doc"
	}
	switch {
	case !paging:
	case by.key == "":
		s.add(doc+" "+compare+" ?", from.Doc)
	default:
		s.add("("+by.key+", i.doc) "+compare+" (?, ?)", from.value(by), from.Doc)
	}
	key := by.key
	if key == "" {
		key = "0"
	}
	q := s.sql(doc+" AS doc, "+key+" AS key", fmt.Sprintf(" ORDER BY %s LIMIT %d", inner, limit))
	q.Text = "SELECT " + recordColumns + ", " + keys + " FROM (" + q.Text + ") p CROSS JOIN incidents i ON i.doc = p.doc" + recordJoins + " ORDER BY " + outer
	return q
}

// ranked stands in for the full text when results go by relevance: the cases of a
// company that is named first, then those with the words among its names, then by
// all that is said. (bm25 grows less and less with its weights: however great that
// of a name, a few mentions elsewhere would outweigh it.)
var ranked = func() string {
	weights, names := make([]string, len(wordColumns)), make([]string, len(wordColumns))
	for i, c := range wordColumns {
		weights[i], names[i] = c.weight, "0.0"
		if c.name == "company" {
			names[i] = "50.0"
		}
	}
	return fmt.Sprintf(`(SELECT rowid, -bm25(words, %s) - 2 * bm25(words, %s)
		+ 1000 * (rowid IN (SELECT doc FROM terms WHERE field = 'company' AND value IN (SELECT value FROM json_each(?)))) AS score
		FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT %d) w`, strings.Join(weights, ", "), strings.Join(names, ", "), rankMost)
}()

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
