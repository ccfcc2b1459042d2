package db

import (
	"context"
	"encoding/json"
	"fmt"

	"vigie"
)

// StartRun records that an import began. ErrUnique: that id was given.
func (d *DB) StartRun(ctx context.Context, r vigie.Run) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("recording run %s: %w", r.ID, err)
	}
	if _, err := d.engine.Exec(ctx, sql(`INSERT INTO runs (id, started, body) VALUES (?, ?, ?)`, r.ID, stamp(r.Started), string(body))); err != nil {
		return fmt.Errorf("recording run %s: %w", r.ID, err)
	}
	return nil
}

// FinishRun records how it ended. A run that was never finished reads as not
// completed: its tally says nothing.
func (d *DB) FinishRun(ctx context.Context, r vigie.Run) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("finishing run %s: %w", r.ID, err)
	}
	n, err := d.engine.Exec(ctx, sql(`UPDATE runs SET body = ? WHERE id = ?`, string(body), r.ID))
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("finishing run %s: %w", r.ID, err)
	}
	return nil
}

// Run is one, or vigie.ErrNotFound.
func (d *DB) Run(ctx context.Context, id string) (vigie.Run, error) {
	list, err := d.runs(ctx, sql(runColumns+` WHERE id = ?`, id))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("run %s: %w", id, vigie.ErrNotFound)
	}
	if err != nil {
		return vigie.Run{}, err
	}
	return list[0], nil
}

// Runs lists the latest, the last one first.
func (d *DB) Runs(ctx context.Context, limit int) ([]vigie.Run, error) {
	return d.runs(ctx, sql(runColumns+` ORDER BY started DESC, id DESC LIMIT ?`, int64(limit)))
}

const runColumns = `SELECT body, undone, undone_by FROM runs`

func (d *DB) runs(ctx context.Context, q SQL) ([]vigie.Run, error) {
	var list []vigie.Run
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var r vigie.Run
		var body, undone string
		if err := row.Scan(&body, &undone, &r.UndoneBy); err != nil {
			return err
		}
		by := r.UndoneBy
		err := decode(body, &r)
		r.Undone, r.UndoneBy = parseTime(undone), by
		list = append(list, r)
		return err
	})
	return list, err
}
