package db

import (
	"strings"
	"testing"

	"vigie"
)

// scans lists the tables that a statement reads from end to end.
func scans(t *testing.T, d *DB, q SQL) (list []string) {
	t.Helper()
	q.Text = "EXPLAIN QUERY PLAN " + q.Text
	err := d.engine.Query(t.Context(), []SQL{q}, func(_ int, row Row) error {
		var id, parent, unused int
		var detail string
		if err := row.Scan(&id, &parent, &unused, &detail); err != nil {
			return err
		}
		if strings.HasPrefix(detail, "SCAN ") && !strings.Contains(detail, "VIRTUAL TABLE") && !strings.Contains(detail, "CONSTANT ROW") && detail != "SCAN p" && !strings.HasPrefix(detail, "SCAN (subquery") {
			list = append(list, detail)
		}
		if strings.Contains(detail, "TEMP B-TREE FOR ORDER BY") {
			list = append(list, detail)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A timeline driven by words or a company goes from the case to its events.
func TestTimelinesOfFewCasesDoNotWalkAllEvents(t *testing.T) {
	d := library(t)
	for name, q := range map[string]vigie.Query{"words": Q("a"), "company": {Company: []string{"x"}}, "case": {Incident: []string{"x"}}} {
		by := "nothing"
		s := events(q, splitWords(q.Q), only{}, true).sql("e.ord", " ORDER BY e.ord DESC LIMIT 20")
		s.Text = "EXPLAIN QUERY PLAN " + s.Text
		err := d.engine.Query(t.Context(), []SQL{s}, func(_ int, row Row) error {
			var id, parent, unused int
			var detail string
			err := row.Scan(&id, &parent, &unused, &detail)
			if strings.Contains(detail, " e ") {
				by = detail
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(by, "events_incident (incident=?") {
			t.Errorf("events of %s: %s", name, by)
		}
	}
}

// The dump looks for the events of a case by the case: by anything else a large
// record takes minutes.
func TestADumpDoesNotWalkAllEventsForEachCase(t *testing.T) {
	d := library(t)
	var plan []string
	err := d.engine.Query(t.Context(), []SQL{{Text: "EXPLAIN QUERY PLAN " + dumpedCases.Text}}, func(_ int, row Row) error {
		var id, parent, unused int
		var detail string
		err := row.Scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(plan, "; "); !strings.Contains(got, "events_incident (incident=?") {
		t.Error(got)
	}
}

// At 100,000 cases a page that sorts or reads a whole table is felt.
func TestPagesWalkAnIndexAndSortNothing(t *testing.T) {
	d := library(t)
	for name, c := range map[string]struct {
		q    SQL
		want string // the one table that is walked, in order, until the page is full
	}{
		"newest":           {selected(vigie.Query{}, asked{}, shown, "", true).page(orders["newest"], cursor{}, false, 20), "SCAN i"},
		"by words":         {selected(Q("a"), splitWords("a"), shown, "", true).page(orders["newest"], cursor{}, false, 20), ""},
		"by company":       {selected(vigie.Query{Company: []string{"x"}}, asked{}, shown, "", true).page(orders["newest"], cursor{}, false, 20), ""},
		"recorded":         {selected(vigie.Query{}, asked{}, shown, "", true).page(orders["recorded"], cursor{}, false, 20), "SCAN i USING INDEX incidents_recorded"},
		"affected":         {selected(vigie.Query{}, asked{}, shown, "", true).page(orders["affected"], cursor{}, false, 20), "SCAN i USING INDEX incidents_affected"},
		"sync":             {selected(vigie.Query{}, asked{}, shown, "", true).page(orders["sync"], cursor{}, true, 20), ""},
		"history":          {sql(`SELECT ` + revisionColumns + ` FROM revisions r WHERE r.kind = 'incident' AND r.record_id = 'x' ORDER BY r.version`), ""},
		"edition":          {editionSQL, ""},
		"next case":        {sql(`SELECT coalesce(max(num), 0) FROM incidents`), ""},
		"counted":          {selected(vigie.Query{}, asked{}, shown, "", true).matching(9, true), "SCAN i"},
		"counted by words": {selected(vigie.Query{Q: "a", Kind: []string{"ddos"}}, splitWords("a"), shown, "", true).matching(9, true), ""},
	} {
		var walked []string
		for _, s := range scans(t, d, c.q) {
			if !strings.HasPrefix(s, "SEARCH") {
				walked = append(walked, s)
			}
		}
		is(t, name, strings.Join(walked, "; "), c.want)
	}
}
