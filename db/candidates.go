package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"vigie"
)

// What became of a candidate that a reader brought.
const (
	New       = "new"       // it is in the queue
	Changed   = "changed"   // known upstream, with a text never seen before: in the queue again
	Duplicate = "duplicate" // seen already, or rejected before
)

// Where a candidate stands; the others are the verdicts of the root package.
const (
	Undecided = "open"
	Withdrawn = "withdrawn" // its run was undone
)

// AddCandidate keeps what a reader brought, unless it was there: under its id or
// key, or with a text that any candidate ever came with. What was rejected stays
// so, whatever becomes of its text.
func (d *DB) AddCandidate(ctx context.Context, c vigie.Candidate) (outcome string, err error) {
	d.write.Lock()
	defer d.write.Unlock()
	for range attempts {
		var met meeting
		if met, err = d.meet(ctx, c); err != nil {
			return "", err
		}
		if met.outcome == Duplicate {
			return Duplicate, nil
		}
		outcome = met.outcome
		if met.known {
			c.ID = met.id
		}
		if _, err = d.engine.Exec(ctx, d.candidateSQL(c, met.known)...); err == nil {
			return outcome, nil
		}
		if !isUnique(err) { // else another process brought it meanwhile: look again
			break
		}
	}
	return "", fmt.Errorf("keeping candidate %s: %w", c.ID, err)
}

// meeting is what a candidate finds when it comes.
type meeting struct {
	outcome string
	id      string // of the candidate it meets: itself, or one with the same text
	known   bool   // under its own id or key
}

func (d *DB) meet(ctx context.Context, c vigie.Candidate) (m meeting, err error) {
	var id, status, hash, twin string
	err = d.engine.Query(ctx, []SQL{
		sql(`SELECT id, status, hash FROM candidates WHERE id = ?1 OR kind = ?2 AND key = ?3`, c.ID, c.Kind, c.Key),
		sql(`SELECT c.id FROM candidate_hashes h JOIN candidates c ON c.id = h.candidate WHERE h.hash = ? AND c.status <> 'withdrawn' LIMIT 1`, c.Hash),
	}, func(i int, row Row) error {
		if i == 0 {
			m.known = true
			return row.Scan(&id, &status, &hash)
		}
		return row.Scan(&twin)
	})
	if err != nil {
		return m, fmt.Errorf("looking for candidate %s: %w", c.ID, err)
	}
	m.outcome, m.id = New, id
	switch {
	case status == vigie.Rejected || m.known && status != Withdrawn && hash == c.Hash:
		m.outcome = Duplicate
	case twin != "":
		m.outcome = Duplicate
		if !m.known {
			m.id = twin
		}
	case m.known && status != Withdrawn:
		m.outcome = Changed
	}
	return m, nil
}

// Weigh tells what AddCandidate would make of a candidate, and which one it would
// meet: the same news, or another with the same text; "" when it is new.
func (d *DB) Weigh(ctx context.Context, c vigie.Candidate) (outcome, met string, err error) {
	m, err := d.meet(ctx, c)
	return m.outcome, m.id, err
}

func (d *DB) candidateSQL(c vigie.Candidate, known bool) []SQL {
	if c.At.IsZero() {
		c.At = d.clock()
	}
	c.At, c.Status = c.At.UTC(), Undecided
	body, _ := json.Marshal(c) // our own types always encode
	write := sql(`INSERT INTO candidates (kind, key, hash, run, at, status, decided, forgotten, body, id) VALUES (?, ?, ?, ?, ?, ?, '', 0, ?, ?)`,
		c.Kind, c.Key, c.Hash, c.Run, stamp(c.At), Undecided, string(body), c.ID)
	if known {
		write.Text = `UPDATE candidates SET kind = ?, key = ?, hash = ?, run = ?, at = ?, status = ?, decided = '', forgotten = 0, body = ? WHERE id = ?`
	}
	batch := []SQL{write}
	if c.Hash != "" {
		batch = append(batch, sql(`INSERT INTO candidate_hashes (hash, candidate) VALUES (?, ?) ON CONFLICT DO NOTHING`, c.Hash, c.ID))
	}
	return batch
}

const candidateColumns = `SELECT body, status FROM candidates`

func (d *DB) candidates(ctx context.Context, q SQL) ([]vigie.Candidate, error) {
	var list []vigie.Candidate
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var c vigie.Candidate
		var body, status string
		if err := row.Scan(&body, &status); err != nil {
			return err
		}
		err := decode(body, &c)
		c.Status = status
		list = append(list, c)
		return err
	})
	return list, err
}

// Candidate is one, or vigie.ErrNotFound.
func (d *DB) Candidate(ctx context.Context, id string) (vigie.Candidate, error) {
	list, err := d.candidates(ctx, sql(candidateColumns+` WHERE id = ?`, id))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("candidate %s: %w", id, vigie.ErrNotFound)
	}
	if err != nil {
		return vigie.Candidate{}, err
	}
	return list[0], nil
}

// Filter chooses candidates; the zero one is the open queue.
type Filter struct {
	Status string // open when empty; "any" for all
	Run    string
	Kind   string
	Limit  int    // QueueLength when 0
	After  string // the id of the last candidate of the page before
}

// Queue lists candidates, the latest first.
func (d *DB) Queue(ctx context.Context, f Filter) ([]vigie.Candidate, error) {
	if f.Status == "" {
		f.Status = Undecided
	}
	if f.Limit <= 0 {
		f.Limit = QueueLength
	}
	return d.candidates(ctx, sql(candidateColumns+` WHERE (?1 = 'any' OR status = ?1) AND (?2 = '' OR run = ?2) AND (?3 = '' OR kind = ?3)
		AND (?4 = '' OR (at, id) < (SELECT at, id FROM candidates WHERE id = ?4))
		ORDER BY at DESC, id DESC LIMIT ?5`, f.Status, f.Run, f.Kind, f.After, int64(f.Limit)))
}

// ForgetTexts takes the third parties' texts out of the candidates that were
// decided or withdrawn before a time, and says of how many. Their hashes stay, so
// that they do not come back.
func (d *DB) ForgetTexts(ctx context.Context, before time.Time) (int, error) {
	n, err := d.engine.Exec(ctx, forget(`status <> 'open' AND decided <> '' AND decided < ?`, stamp(before)))
	if err != nil {
		return 0, fmt.Errorf("forgetting decided texts: %w", err)
	}
	return int(n), nil
}

// forget drops the text and all that was read from it word for word.
func forget(where string, args ...any) SQL {
	return sql(`UPDATE candidates SET forgotten = 1, body = json_remove(json_set(body, '$.reading.text', ''),
		'$.reading.spans', '$.reading.victims', '$.reading.actor', '$.reading.sources', '$.reading.vector', '$.reading.via', '$.source.title')
		WHERE forgotten = 0 AND `+where, args...)
}
