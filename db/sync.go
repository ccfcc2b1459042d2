package db

import (
	"vigie"
)

// changes are what a sync tells besides the cases that match: the others changed
// since (they may have matched before), and those gone since.
func (d *DB) changes(q vigie.Query, cases selection) []SQL {
	match := cases.sql("i.doc", "")
	left := sql(`SELECT i.id, '', '', '' FROM incidents i WHERE i.shown = 1 AND i.edition > ? AND i.doc NOT IN (`+match.Text+`) ORDER BY i.edition, i.doc`,
		append([]any{q.UpdatedSince}, match.Args...)...)
	gone := sql(`SELECT i.id, i.state, i.merged_into, i.reason FROM incidents i WHERE i.shown = 0 AND i.known = 1 AND i.edition > ? ORDER BY i.edition, i.doc`, q.UpdatedSince)
	return []SQL{left, gone}
}

func scanLeft(row Row, answer *vigie.Answer) error {
	var t vigie.Tombstone
	if err := row.Scan(&t.ID, (*string)(&t.State), &t.Into, &t.Reason); err != nil {
		return err
	}
	if t.State == "" {
		answer.Left = append(answer.Left, t.ID)
	} else {
		answer.Tombstones = append(answer.Tombstones, t)
	}
	return nil
}
