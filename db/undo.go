package db

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// Undone is what undoing a run did, and what is left to an editor's eye.
type Undone struct {
	Withdrawn int               // candidates that left the queue
	Restored  int               // that are again what they were before the run changed them
	Decided   []DecidedInTheRun // that stay as they are
}

// DecidedInTheRun is a candidate of an undone run on which somebody decided, and
// the cases that it went into.
type DecidedInTheRun struct {
	vigie.Candidate
	Decisions []vigie.Decision
}

// UndoRun takes back what a run brought: the undecided candidates are withdrawn,
// those that it changed are again what they were, and those decided on are
// listed with their cases, for an editor to look at. No case is touched. Another
// import of the same document brings the withdrawn ones again. Undone twice it is
// undone once. vigie.ErrConflict: the run is still at work; one that fell silent
// for vigie.RunSilence is not.
func (d *DB) UndoRun(ctx context.Context, run, by string) (u Undone, err error) {
	d.write.Lock()
	defer d.write.Unlock()
	r, err := d.Run(ctx, run)
	if err != nil {
		return u, err
	}
	seen, err := d.lastBrought(ctx, r)
	if err != nil {
		return u, err
	}
	if now := d.clock(); r.Running(seen, now) {
		return u, fmt.Errorf("undoing run %s, which is still at work: %w", run, vigie.ErrConflict)
	}
	brought, err := d.candidates(ctx, sql(candidateColumns+` WHERE run = ? AND (status = 'open' OR changed <> '')`, run))
	if err != nil {
		return u, err
	}
	before, err := d.beforeRun(ctx, run)
	if err != nil {
		return u, err
	}
	now := d.clock()
	var batch []SQL
	for _, c := range brought {
		old, changed := before[c.ID]
		switch {
		case changed:
			u.Restored++
			batch = append(batch, kept(run, c, old)...)
			batch = append(batch, sql(`DELETE FROM candidate_hashes WHERE candidate = ? AND hash IN (?, ?)`, c.ID, c.Hash, substance(c)),
				sql(`DELETE FROM candidate_versions WHERE candidate = ? AND n >= ?`, c.ID, old.n))
			batch = append(batch, write(old.Candidate, old.decided, true)...)
		case c.Status == Undecided:
			u.Withdrawn++
			batch = append(batch, sql(`UPDATE candidates SET status = 'withdrawn', decided = ?, changed = '', was = '', changes = '[]' WHERE id = ? AND status = 'open'`, stamp(now), c.ID))
		}
	}
	batch = append(batch,
		sql(keepVersions+`run = ?1 AND body ->> '$.status' = 'open' ON CONFLICT DO NOTHING`, run),
		sql(`DELETE FROM candidate_versions WHERE run = ? AND body ->> '$.status' = 'open'`, run), // what it brought and others changed since is not to come back by undoing those
		sql(`UPDATE runs SET undone = ?, undone_by = ? WHERE id = ? AND (undone = '' OR ? > 0)`, stamp(now), by, run, int64(u.Withdrawn+u.Restored)))
	if _, err := d.engine.Exec(ctx, batch...); err != nil {
		return Undone{}, fmt.Errorf("undoing run %s: %w", run, err)
	}
	left, err := d.candidates(ctx, sql(candidateColumns+` WHERE run = ? AND status NOT IN ('open', 'withdrawn') ORDER BY at, id`, run))
	if err != nil {
		return u, err
	}
	for _, c := range left {
		decisions, err := d.Decisions(ctx, c.ID)
		if err != nil {
			return u, err
		}
		u.Decided = append(u.Decided, DecidedInTheRun{c, decisions})
	}
	return u, nil
}

const keepVersions = `INSERT INTO undone_versions (undone, candidate, n, run, hash, decided, body)
	SELECT ?1, candidate, n, run, hash, decided, body FROM candidate_versions WHERE `

// kept puts aside what undoing a run takes off a candidate.
func kept(run string, now vigie.Candidate, old former) []SQL {
	return []SQL{
		sql(`INSERT INTO undone_candidates (run, candidate, left_as, decided, body) SELECT ?1, id, ?3, decided, ?4 FROM candidates WHERE id = ?2
			ON CONFLICT (run, candidate) DO UPDATE SET left_as = excluded.left_as, decided = excluded.decided, body = excluded.body`,
			run, now.ID, leftAs(old.Candidate), bodyOf(now)),
		sql(keepVersions+`candidate = ?2 AND n >= ?3 ON CONFLICT DO NOTHING`, run, now.ID, old.n),
	}
}

// leftAs tells how a candidate stands: when nothing happened to it since, the run
// that was undone may be redone over it.
func leftAs(c vigie.Candidate) string { return c.Status + " " + c.Hash }

// RedoRun takes the undoing of a run back: what was withdrawn is in the queue again,
// and what the run had changed is as it had left it, but for what was decided or
// came anew since, which stays. vigie.ErrConflict: the run is not undone.
func (d *DB) RedoRun(ctx context.Context, run string) error {
	d.write.Lock()
	defer d.write.Unlock()
	r, err := d.Run(ctx, run)
	if err != nil {
		return err
	}
	if r.Undone.IsZero() {
		return fmt.Errorf("redoing run %s, which was not undone: %w", run, vigie.ErrConflict)
	}
	batch := []SQL{sql(`UPDATE candidates SET status = 'open', decided = '' WHERE run = ? AND status = 'withdrawn'`, run)}
	aside := map[string]inRow{}
	leftAsWas := map[string]string{}
	err = d.engine.Query(ctx, []SQL{sql(`SELECT candidate, left_as, decided, body FROM undone_candidates WHERE run = ?`, run)}, func(_ int, row Row) error {
		var id, left, body string
		var c inRow
		if err := row.Scan(&id, &left, &c.decided, &body); err != nil {
			return err
		}
		err := decode(body, &c.Candidate)
		aside[id], leftAsWas[id] = c, left
		return err
	})
	if err != nil {
		return fmt.Errorf("reading what undoing run %s took away: %w", run, err)
	}
	for id, c := range aside {
		now, err := d.Candidate(ctx, id)
		if err != nil {
			return err
		}
		if leftAs(now) == leftAsWas[id] {
			batch = append(batch, write(c.Candidate, c.decided, true)...)
		}
	}
	batch = append(batch,
		sql(`INSERT INTO candidate_versions (candidate, n, run, hash, decided, body) SELECT candidate, n, run, hash, decided, body FROM undone_versions WHERE undone = ? ON CONFLICT DO NOTHING`, run),
		sql(`DELETE FROM undone_versions WHERE undone = ?`, run), sql(`DELETE FROM undone_candidates WHERE run = ?`, run),
		sql(`UPDATE runs SET undone = '', undone_by = '' WHERE id = ?`, run))
	if _, err := d.engine.Exec(ctx, batch...); err != nil {
		return fmt.Errorf("redoing run %s: %w", run, err)
	}
	return nil
}

// lastBrought is when the run was last seen at work.
func (d *DB) lastBrought(ctx context.Context, r vigie.Run) (time.Time, error) {
	last := r.Started
	err := d.engine.Query(ctx, []SQL{sql(`SELECT coalesce(max(at), '') FROM candidates WHERE run = ?`, r.ID)}, func(_ int, row Row) error {
		var at string
		err := row.Scan(&at)
		if t := parseTime(at); t.After(last) {
			last = t
		}
		return err
	})
	if err != nil {
		return last, fmt.Errorf("looking at run %s: %w", r.ID, err)
	}
	return last, nil
}

// former is a candidate before a run changed it, and its place among its versions.
type former struct {
	inRow
	n int64
}

// beforeRun is what the candidates of a run were before it changed them.
func (d *DB) beforeRun(ctx context.Context, run string) (map[string]former, error) {
	before := map[string]former{}
	err := d.engine.Query(ctx, []SQL{sql(`SELECT v.candidate, v.n, v.decided, v.body FROM candidates c JOIN candidate_versions v ON v.candidate = c.id
		WHERE c.run = ? AND v.run <> c.run ORDER BY v.candidate, v.n`, run)}, func(_ int, row Row) error {
		var id, body string
		var f former
		if err := row.Scan(&id, &f.n, &f.decided, &body); err != nil {
			return err
		}
		err := decode(body, &f.Candidate)
		before[id] = f // the last is what it was just before
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading what run %s changed: %w", run, err)
	}
	return before, nil
}

// RunState is a run and what became of the candidates that it brought last.
type RunState struct {
	vigie.Run
	Status   []vigie.Facet // candidates by status
	Undoable bool          // it ended, and some of what it brought is undecided
}

// RunStates lists the latest runs, the last one first.
func (d *DB) RunStates(ctx context.Context, limit int) ([]RunState, error) {
	runs, err := d.Runs(ctx, limit)
	if err != nil {
		return nil, err
	}
	var ids []string
	place := map[string]int{}
	list := make([]RunState, len(runs))
	for i, r := range runs {
		list[i].Run, place[r.ID] = r, i
		ids = append(ids, r.ID)
	}
	last := map[string]time.Time{}
	err = d.engine.Query(ctx, []SQL{sql(`SELECT run, status, count(*), max(at) FROM candidates WHERE run IN (SELECT value FROM json_each(?)) GROUP BY run, status ORDER BY run, status`, jsonList(ids))}, func(_ int, row Row) error {
		var run, status, at string
		var n int64
		if err := row.Scan(&run, &status, &n, &at); err != nil {
			return err
		}
		s := &list[place[run]]
		s.Status = append(s.Status, vigie.Facet{Value: status, Count: int(n)})
		s.Undoable = s.Undoable || status == Undecided
		if t := parseTime(at); t.After(last[run]) {
			last[run] = t
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing runs: %w", err)
	}
	now := d.clock()
	for i := range list {
		seen := list[i].Started
		if t := last[list[i].ID]; t.After(seen) {
			seen = t
		}
		list[i].Undoable = list[i].Undoable && !list[i].Running(seen, now)
	}
	return list, nil
}
