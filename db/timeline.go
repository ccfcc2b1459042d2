package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// timelineOrders sort events: by their own day, or by when we recorded them.
var timelineOrders = map[string]order{
	"newest":   {key: "e.on_day", text: true},
	"recorded": {},
}

// Timeline lists the statements and corrections of every case that the query
// chooses, newest first by the day said (the default) or by when they were
// recorded; types, when given, leaves only those. Item.Case is the case, stripped
// to its identity when it is gone. With AsOf, only what was known that day.
func (d *DB) Timeline(ctx context.Context, q vigie.Query, types ...string) (vigie.Timeline, error) {
	return d.timeline(ctx, q, only{types: types})
}

// only narrows a timeline to some of the events of its cases.
type only struct {
	types   []string
	speaker vigie.Role // statements by that role that count
	feed    bool       // and pages them as TimelineFeed does
}

func (d *DB) timeline(ctx context.Context, q vigie.Query, narrow only) (vigie.Timeline, error) {
	words, err := d.read(ctx, q.Q)
	if err != nil {
		return vigie.Timeline{}, fmt.Errorf("timeline of %q: %w", q.Q, err)
	}
	sort := q.Sort
	if sort == "" {
		sort = "newest"
	}
	by, ok := timelineOrders[sort]
	if !ok {
		return vigie.Timeline{}, fmt.Errorf("sort %q of a timeline: %w", q.Sort, vigie.ErrBadQuery)
	}
	of := "" // a feed carries nothing but its place
	if !narrow.feed {
		of = listOf(q, "events "+strings.Join(narrow.types, " "))
	}
	from, paging, err := readCursor(q.Cursor, sort, of)
	if err != nil {
		return vigie.Timeline{}, err
	}
	limit, most := pageLimit(q.Limit), pageLimit(q.Limit)+1
	if narrow.feed {
		from.Back, from.Edition = false, 0
		if !paging {
			most = 2 * FeedLength
		}
	}
	if q.UpdatedSince <= 0 {
		from.Edition = 0
	}
	s := events(q, words, narrow, true)
	if from.Edition > 0 { // what is recorded meanwhile comes in the next one
		s.add("e.edition <= ?", from.Edition)
	}
	batch := []SQL{editionSQL}
	if narrow.feed && !paging {
		batch = append(batch, events(q, words, narrow, false).sql("count(*)", ""))
	}
	direction, compare := " DESC", " < "
	if from.Back {
		direction, compare = " ASC", " > "
	}
	if paging && by.key == "" {
		s.add("e.ord"+compare+"?", from.Doc)
	} else if paging {
		s.add("(e.on_day, e.ord)"+compare+"(?, ?)", from.Text, from.Doc)
	}
	inner, outer := "e.ord"+direction, "p.ord"+direction
	if by.key != "" {
		inner, outer = "e.on_day"+direction+", e.ord"+direction, "e.on_day"+direction+", p.ord"+direction
	}
	page := s.sql("e.ord AS ord", fmt.Sprintf(" ORDER BY %s LIMIT %d", inner, most))
	page.Text = `SELECT ` + recordColumns + `, e.id, e.type, e.statement, e.version, e.recorded, e.changed,
		v.note, CASE e.type WHEN 'correction' THEN v.body ELSE '' END, e.on_day, e.ord
		FROM (` + page.Text + `) p CROSS JOIN events e ON e.ord = p.ord CROSS JOIN incidents i ON i.id = e.incident` + recordJoins + `
		CROSS JOIN revisions v ON v.kind = 'incident' AND v.record_id = substr(e.id, 1, instr(e.id, '/') - 1) AND v.version = e.version
		ORDER BY ` + outer
	timeline := vigie.Timeline{Query: q.Canonical()}
	var rows []cursor
	cases := map[string]*vigie.Record{}
	batch = append(batch, page)
	err = d.engine.Query(ctx, batch, func(i int, row Row) error {
		switch {
		case i == 0:
			return scanEdition(row, q, &timeline.Edition)
		case i < len(batch)-1:
			var total int
			err := row.Scan(&total)
			limit = firstLength(total)
			return err
		}
		var e occurrence
		at := cursor{Sort: sort, Of: of}
		raw, err := scanStored(row, &e.id, &e.kind, &e.statement, &e.version, &e.recorded, &e.changed, &e.note, &e.body, &at.Text, &at.Doc)
		if err != nil {
			return err
		}
		if by.key == "" {
			at.Text = "" // the day may be corrected, the place in the order never
		}
		if rows = append(rows, at); len(timeline.Items) == limit {
			return nil
		}
		if _, ok := cases[raw.id]; !ok {
			record, err := raw.record()
			if err != nil {
				return err
			}
			if record.State != vigie.Published {
				record = stripped(record)
			}
			record.Marks = words.marks(&record)
			cases[record.ID] = &record
		}
		item, err := e.item(cases[raw.id])
		item.Tell()
		timeline.Items = append(timeline.Items, item)
		return err
	})
	if err != nil {
		return vigie.Timeline{}, fmt.Errorf("timeline of %q: %w", timeline.Query, err)
	}
	if from.Edition > 0 {
		timeline.Edition = from.Edition
	}
	if n := len(timeline.Items); n > 0 {
		more := len(rows) > n
		rows = rows[:n]
		if from.Back {
			slices.Reverse(timeline.Items)
			slices.Reverse(rows)
		}
		if q.UpdatedSince > 0 && !narrow.feed {
			rows[0].Edition, rows[n-1].Edition = timeline.Edition, timeline.Edition
		}
		timeline.Prev, timeline.Next = around(from, rows[0], rows[n-1], paging, more)
	}
	return timeline, nil
}

// Answers are the latest n statements of respondents that count (rule C3), by
// the day they were made.
func (d *DB) Answers(ctx context.Context, n int) ([]vigie.Item, error) {
	t, err := d.timeline(ctx, vigie.Query{Limit: n}, only{speaker: vigie.Respondent})
	return t.Items, err
}

// events chooses the live events of the known cases that match: in the order of the
// events, or in whatever order they are counted the soonest.
func events(q vigie.Query, words asked, narrow only, inOrder bool) selection {
	s := selected(q, words, "i.known = 1", "", false)
	switch walk := s.doc() == "i.doc" && len(q.Incident) == 0; { // nothing drives
	case walk && len(s.where) == 1: // nor chooses: what is live is of known cases
		s.where = nil
		s.from = "events e"
		if inOrder {
			s.from += " CROSS JOIN incidents i ON i.id = e.incident"
		}
		s.add("e.live = 1")
	case walk && inOrder: // walk the live events
		s.from = "events e CROSS JOIN incidents i ON i.id = e.incident"
		s.add("e.live = 1")
	default: // the plus keeps SQLite from walking all live events for each case
		s.from += " CROSS JOIN events e ON e.incident = i.id"
		s.add("+e.live = 1")
	}
	if len(narrow.types) > 0 {
		s.add("e.type IN (SELECT value FROM json_each(?))", jsonList(narrow.types))
	}
	if narrow.speaker != "" {
		s.add("e.speaker = ?", string(narrow.speaker))
	}
	if q.After != "" {
		s.add("e.on_day >= ?", string(q.After.First()))
	}
	if q.Before != "" {
		s.add("e.on_day <> '' AND e.on_day <= ?", string(q.Before.Last()))
	}
	if q.AsOf != "" {
		s.add("e.known_day <> '' AND e.known_day <= ?", string(q.AsOf))
	}
	if q.UpdatedSince > 0 {
		s.add("e.edition > ?", q.UpdatedSince)
	}
	return s
}

// occurrence is an event as its row has it, with the note of its revision.
type occurrence struct {
	id, kind, statement, recorded, changed, note, body string
	version                                            int
}

func (e occurrence) item(record *vigie.Record) (vigie.Item, error) {
	item := vigie.Item{ID: e.id, Incident: record.ID, Type: e.kind, Recorded: parseTime(e.recorded), Case: record}
	if e.kind == vigie.ItemStatement {
		s, ok := record.Statement(e.statement)
		if !ok {
			return item, fmt.Errorf("event %s: its case has no statement %s; run vigie check", e.id, e.statement)
		}
		item.Statement, item.On, item.Standing = s, s.On, record.Move(e.statement)
		return item, nil
	}
	var c correctionBody
	if err := decode(e.changed, &c); err != nil {
		return item, fmt.Errorf("event %s: %w", e.id, err)
	}
	if len(e.body) > len(markerStart) && e.body[:len(markerStart)] == markerStart {
		var m marker
		if err := decode(e.body, &m); err != nil {
			return item, fmt.Errorf("event %s: %w", e.id, err)
		}
		e.note = m.Redacted.Reason // the note went with the body
	}
	item.Correction = &vigie.Correction{Version: e.version, Note: e.note, Changed: c.Changed}
	item.Standing = c.Move
	return item, nil
}

// stripped leaves of a case that is gone what its tombstone says: a feed must
// not repeat what was taken back.
func stripped(record vigie.Record) vigie.Record {
	in := vigie.Incident{ID: record.ID, State: record.State, Company: record.Company, Kind: "unknown", MergedInto: record.MergedInto, Reason: record.Reason}
	d := vigie.Derive(&in, record.Respondent.Name, record.Derived.Version, record.Derived.Recorded, record.Derived.Updated)
	return vigie.Record{Incident: in, Derived: d, Respondent: record.Respondent}
}
