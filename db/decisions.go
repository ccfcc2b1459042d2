package db

import (
	"context"
	"errors"
	"fmt"

	"vigie"
)

func isUnique(err error) bool { return errors.Is(err, ErrUnique) }

// Decide records what an editor did with a candidate without saving a case: a
// rejection, or an attachment to a case that needed no change. Decided twice the
// same way it is the same decision. vigie.ErrConflict: it is in a case already,
// and cannot be rejected.
func (d *DB) Decide(ctx context.Context, dec vigie.Decision) error {
	return d.DecideAll(ctx, []string{dec.Candidate}, dec)
}

// DecideAll is one decision on many candidates, all or none: on the first that is
// unknown (vigie.ErrNotFound) or in a case already (vigie.ErrConflict), nothing
// is decided. The candidate of dec is not looked at.
func (d *DB) DecideAll(ctx context.Context, ids []string, dec vigie.Decision) error {
	d.write.Lock()
	defer d.write.Unlock()
	found, err := d.candidates(ctx, sql(candidateColumns+` WHERE id IN (SELECT value FROM json_each(?))`, jsonList(ids)))
	if err != nil {
		return err
	}
	status := map[string]string{}
	for _, c := range found {
		status[c.ID] = c.Status
	}
	if dec.At.IsZero() {
		dec.At = d.clock()
	}
	var batch []SQL
	for _, id := range ids {
		is, known := status[id]
		if !known {
			return fmt.Errorf("candidate %s: %w", id, vigie.ErrNotFound)
		}
		if dec.Verdict == vigie.Rejected {
			if is == vigie.Accepted || is == vigie.Attached {
				return fmt.Errorf("rejecting candidate %s, which is %s: %w", id, is, vigie.ErrConflict)
			}
			// Another process may put it in a case meanwhile: then nothing is written.
			batch = append(batch, sql(`INSERT INTO guard (n) SELECT 1 FROM candidates WHERE id = ? AND status IN ('accepted', 'attached')`, id))
		}
		dec.Candidate = id
		batch = append(batch, decided(dec, "")...)
	}
	if _, err := d.engine.Exec(ctx, batch...); err != nil {
		return fmt.Errorf("deciding on %d candidates: %w", len(ids), err)
	}
	return nil
}

// Acknowledge notes that an editor saw what upstream changed since the decision,
// and that it changes nothing in the case. vigie.ErrConflict: the candidate waits
// for a decision.
func (d *DB) Acknowledge(ctx context.Context, candidate string) error {
	c, err := d.Candidate(ctx, candidate)
	if err != nil {
		return err
	}
	if c.Status == Undecided {
		return fmt.Errorf("candidate %s is open: %w", candidate, vigie.ErrConflict)
	}
	if _, err := d.engine.Exec(ctx, sql(`UPDATE candidates SET changed = '', was = '', changes = '[]', decided = ? WHERE id = ? AND status <> 'open'`, stamp(d.clock()), candidate)); err != nil {
		return fmt.Errorf("acknowledging candidate %s: %w", candidate, err)
	}
	return nil
}

// decided is a decision and what it makes of its candidate; revision is the one
// it caused, in the same batch.
func decided(dec vigie.Decision, revision string) []SQL {
	at := stamp(dec.At)
	return []SQL{
		sql(`INSERT INTO decisions (candidate, incident, verdict, reason, author, at, revision) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (candidate, incident) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, author = excluded.author,
				at = excluded.at, revision = excluded.revision`,
			dec.Candidate, dec.Incident, dec.Verdict, dec.Reason, dec.Author, at, revision),
		sql(`UPDATE candidates SET status = CASE WHEN status = 'accepted' AND ?1 = 'attached' THEN status ELSE ?1 END, decided = ?2, changed = '', was = '', changes = '[]' WHERE id = ?3`,
			dec.Verdict, at, dec.Candidate),
	}
}

// Decisions lists what was decided on a candidate, in order.
func (d *DB) Decisions(ctx context.Context, candidate string) ([]vigie.Decision, error) {
	return d.decisions(ctx, sql(decisionColumns+` WHERE candidate = ? ORDER BY at, incident`, candidate))
}

const decisionColumns = `SELECT candidate, incident, verdict, reason, author, at FROM decisions`

func (d *DB) decisions(ctx context.Context, q SQL) ([]vigie.Decision, error) {
	var list []vigie.Decision
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var dec vigie.Decision
		var at string
		err := row.Scan(&dec.Candidate, &dec.Incident, &dec.Verdict, &dec.Reason, &dec.Author, &at)
		dec.At = parseTime(at)
		list = append(list, dec)
		return err
	})
	return list, err
}

// Reopen puts a rejected or withdrawn candidate back in the queue and forgets the
// rejection. vigie.ErrConflict: it is in a case.
func (d *DB) Reopen(ctx context.Context, candidate string) error {
	c, err := d.Candidate(ctx, candidate)
	if err != nil {
		return err
	}
	n, err := d.engine.Exec(ctx,
		sql(`DELETE FROM decisions WHERE candidate = ? AND verdict = 'rejected'`, candidate),
		sql(`UPDATE candidates SET status = 'open', decided = '', changed = '', was = '', changes = '[]' WHERE id = ? AND status IN ('rejected', 'withdrawn')`, candidate))
	if err != nil {
		return fmt.Errorf("reopening candidate %s: %w", candidate, err)
	}
	if n == 0 && c.Status != Undecided {
		return fmt.Errorf("reopening candidate %s, which is %s: %w", candidate, c.Status, vigie.ErrConflict)
	}
	return nil
}
