package db

import (
	"context"
	"fmt"
	"strings"

	"vigie"
)

// History lists every revision of a record with its body, the first one first. It
// is empty of nothing: vigie.ErrNotFound when there is no such record. Whether a
// reader may see it (a draft's, a retracted case's) is for the caller to decide.
func (d *DB) History(ctx context.Context, kind, id string) ([]vigie.Revision, error) {
	list, err := d.revisions(ctx, sql(`SELECT `+revisionColumns+` FROM revisions r WHERE r.kind = ? AND r.record_id = ? ORDER BY r.version`, kind, id))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("history of %s %s: %w", kind, id, vigie.ErrNotFound)
	}
	return public(list), err
}

// Version is one revision of a record. A redacted one has no body.
func (d *DB) Version(ctx context.Context, kind, id string, version int) (vigie.Revision, error) {
	list, err := d.revisions(ctx, sql(`SELECT `+revisionColumns+` FROM revisions r WHERE r.kind = ? AND r.record_id = ? AND r.version = ?`, kind, id, int64(version)))
	if err != nil {
		return vigie.Revision{}, err
	}
	if len(list) == 0 {
		return vigie.Revision{}, fmt.Errorf("%s %s, version %d: %w", kind, id, version, vigie.ErrNotFound)
	}
	return list[0].Revision, nil
}

func (d *DB) revisions(ctx context.Context, q SQL) ([]revision, error) {
	var list []revision
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		r, err := scanRevision(row)
		list = append(list, r)
		return err
	})
	return list, err
}

// Taken tells whether an id was ever given: to a case, a company or a wave, also
// to a draft that was dropped; with a slash, to a statement or a correction that
// was published.
func (d *DB) Taken(ctx context.Context, id string) (bool, error) {
	q := sql(`SELECT 1 FROM revisions WHERE version = 1 AND record_id = ? AND kind IN ('incident', 'company', 'wave')`, id)
	if strings.Contains(id, "/") {
		q = sql(`SELECT 1 FROM events WHERE id = ?`, id)
	}
	taken := false
	err := d.engine.Query(ctx, []SQL{q}, func(int, Row) error { taken = true; return nil })
	return taken, err
}
