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

// undecided takes a decision back: its candidate waits again, unless it is in another
// case still.
func undecided(dec vigie.Decision) []SQL {
	const left = `FROM decisions d WHERE d.candidate = candidates.id AND d.verdict <> 'rejected'`
	return []SQL{
		sql(`DELETE FROM decisions WHERE candidate = ? AND incident = ?`, dec.Candidate, dec.Incident),
		sql(`UPDATE candidates SET status = coalesce((SELECT d.verdict `+left+` ORDER BY d.verdict LIMIT 1), 'open'),
			decided = coalesce((SELECT max(d.at) `+left+`), ''), changed = '', was = '', changes = '[]' WHERE id = ?`, dec.Candidate),
	}
}

// CausedBy is the version of a case that the decision on a candidate made: 0 when
// it made none, because the case held all of it. vigie.ErrNotFound: there is no such
// decision.
func (d *DB) CausedBy(ctx context.Context, candidate, incident string) (version int, err error) {
	found := false
	err = d.engine.Query(ctx, []SQL{sql(`SELECT coalesce((SELECT r.version FROM revisions r WHERE r.id = d.revision), 0) FROM decisions d
		WHERE d.candidate = ? AND d.incident = ? AND d.verdict <> 'rejected'`, candidate, incident)}, func(_ int, row Row) error {
		found = true
		return row.Scan(&version)
	})
	if err == nil && !found {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("the decision on %s for %s: %w", candidate, incident, err)
	}
	return version, nil
}

// DecisionBehind is the decision on a candidate that a revision of a case came from,
// or vigie.ErrNotFound.
func (d *DB) DecisionBehind(ctx context.Context, r vigie.Revision) (vigie.Decision, error) {
	list, err := d.decisions(ctx, sql(decisionColumns+` WHERE incident = ? AND revision = ?`, r.RecordID, r.ID))
	if err == nil && len(list) == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return vigie.Decision{}, fmt.Errorf("what led to version %d of %s: %w", r.Version, r.RecordID, err)
	}
	return list[0], nil
}

// Holder is the case that holds a statement now, by the full id that it was first
// told by, or vigie.ErrNotFound. Of statements that were never public, drafts are
// looked through.
func (d *DB) Holder(ctx context.Context, statement string) (incident string, err error) {
	err = d.engine.Query(ctx, []SQL{sql(`SELECT incident FROM events WHERE id = ?1
		UNION ALL SELECT i.id FROM incidents i JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
		WHERE i.state = 'draft' AND EXISTS (SELECT 1 FROM json_each(r.body, '$.statements') s WHERE s.value ->> '$.was' = ?1) LIMIT 1`, statement)}, func(_ int, row Row) error {
		return row.Scan(&incident)
	})
	if err == nil && incident == "" {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("who holds %s: %w", statement, err)
	}
	return incident, nil
}

// Detach takes a candidate out of a case and leaves the case as it is: the candidate
// waits again, unless it is in another one still. The version that it made, if it
// made one, is taken back by a Save that Undoes the decision. vigie.ErrNotFound: it is
// not in that case.
func (d *DB) Detach(ctx context.Context, candidate, incident string) error {
	if _, err := d.CausedBy(ctx, candidate, incident); err != nil {
		return err
	}
	if _, err := d.engine.Exec(ctx, undecided(vigie.Decision{Candidate: candidate, Incident: incident})...); err != nil {
		return fmt.Errorf("detaching %s from %s: %w", candidate, incident, err)
	}
	return nil
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
