package db

import (
	"errors"
	"testing"

	"vigie"
)

func TestAPlaceInOneListIsNoneInAnother(t *testing.T) {
	d := library(t)
	cases := must(d.Search(t.Context(), vigie.Query{Limit: 1}))(t)
	events := must(d.Timeline(t.Context(), vigie.Query{Limit: 1}))(t)
	if cases.Next == "" || events.Next == "" {
		t.Fatal("there is one page only")
	}
	search := func(q vigie.Query) error { _, err := d.Search(t.Context(), q); return err }
	timeline := func(q vigie.Query) error { _, err := d.Timeline(t.Context(), q); return err }
	for name, err := range map[string]error{
		"another query":           search(vigie.Query{Company: []string{"lunaire"}, Cursor: cases.Next}),
		"of cases, in a timeline": timeline(vigie.Query{Cursor: cases.Next}),
		"of events, in a search":  search(vigie.Query{Cursor: events.Next}),
		"another timeline":        timeline(vigie.Query{Company: []string{"lunaire"}, Cursor: events.Next}),
		"statements only, of both": func() error {
			_, err := d.Timeline(t.Context(), vigie.Query{Cursor: events.Next}, "correction")
			return err
		}(),
	} {
		if !errors.Is(err, vigie.ErrBadQuery) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"another length":    search(vigie.Query{Limit: 7, Cursor: cases.Next}),
		"the same timeline": timeline(vigie.Query{Cursor: events.Next, BOM: true}),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
