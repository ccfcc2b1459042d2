package web

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"vigie"
)

// writeJSON writes one JSON text and a line feed. The characters < > & stay as
// they are: the answer is data, never a part of a page.
func writeJSON(w io.Writer, what string, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("writing %s as JSON: %w", what, err)
	}
	return nil
}

func writeAnswer(w io.Writer, c Context, a vigie.Answer) error {
	if a.Incidents == nil {
		a.Incidents = []vigie.Record{} // an empty list is an answer, null is not
	}
	return writeJSON(w, "the answer", toldAnswer{a, c.terms()})
}

// What a list answers in JSON.
type (
	toldAnswer struct {
		vigie.Answer
		terms
	}
	toldTimeline struct {
		vigie.Timeline
		terms
	}
)

// writeRecord is the record alone: its corrections are in its timeline.
func writeRecord(w io.Writer, _ Context, one Case) error {
	return writeJSON(w, "case "+one.ID, one.Record)
}

func writeTimeline(w io.Writer, c Context, t vigie.Timeline) error {
	items := make([]vigie.Item, len(t.Items))
	for i, item := range t.Items {
		items[i] = wholeItem(item)
	}
	t.Items = items
	return writeJSON(w, "the timeline", toldTimeline{t, c.terms()})
}

// wholeItem gives a correction that names no path an empty list of them.
func wholeItem(item vigie.Item) vigie.Item {
	if item.Correction != nil && item.Correction.Changed == nil {
		c := *item.Correction
		c.Changed = []string{}
		item.Correction = &c
	}
	return item
}

// writeRecordLines is NDJSON: one case a line, the last line ended too, so that a
// download cut short is seen.
func writeRecordLines(w io.Writer, _ Context, records iter.Seq2[vigie.Record, error]) error {
	for r, err := range records {
		if err != nil {
			return fmt.Errorf("reading the cases to write: %w", err)
		}
		if err := writeJSON(w, "case "+r.ID, r); err != nil {
			return err
		}
	}
	return nil
}

func writeItemLines(w io.Writer, _ Context, items iter.Seq2[vigie.Item, error]) error {
	for item, err := range items {
		if err != nil {
			return fmt.Errorf("reading the events to write: %w", err)
		}
		if err := writeJSON(w, "event "+item.ID, wholeItem(item)); err != nil {
			return err
		}
	}
	return nil
}
