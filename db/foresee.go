package db

import (
	"context"

	"vigie"
)

// Foresight is what a save would tell the public, worked out by the very code
// that would tell it; nothing is written.
type Foresight struct {
	Version     int
	Public      bool     // the pages that everybody reads change
	Substantive bool     // the case's entry in the incident feeds moves
	Announced   []string // full ids of the statements told for the first time
	Taken       []string // full ids of statements told before, in another case
	Changed     []string // paths that it corrects; empty: no correction is told
	Move        *vigie.Move
}

// Foresee tells what saving the records, in this order, would do; the foresights
// come back in order. Errors are those of Save.
func (d *DB) Foresee(ctx context.Context, saves ...Save) ([]Foresight, error) {
	w, err := wants(saves)
	if err != nil {
		return nil, err
	}
	l, _, err := d.load(ctx, w)
	if err != nil {
		return nil, err
	}
	revisions, _, err := d.plan(l, saves, w.revisions)
	if err != nil {
		return nil, err
	}
	list := make([]Foresight, len(revisions))
	for i, r := range revisions {
		e := r.effect
		list[i] = Foresight{Version: r.Version, Public: e.Public, Substantive: e.Substantive, Announced: e.Announced, Taken: e.Taken, Changed: e.Changed, Move: e.Move}
	}
	return list, nil
}
