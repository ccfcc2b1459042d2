package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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
// key, or with a text that any candidate ever came with. What was rejected comes
// back only when what it says of its case changed (vigie.Candidate.Substance),
// once for each thing said; what is in a case stays there, and is marked as
// changed upstream. An upstream that alternates between texts brings each once.
func (d *DB) AddCandidate(ctx context.Context, c vigie.Candidate) (outcome string, err error) {
	d.write.Lock()
	defer d.write.Unlock()
	if c.At.IsZero() {
		c.At = d.clock()
	}
	c.At = c.At.UTC()
	for range attempts {
		var met meeting
		if met, err = d.meet(ctx, c); err != nil {
			return "", err
		}
		var batch []SQL
		if met.outcome == Duplicate {
			if batch = met.remember(c); len(batch) == 0 {
				return Duplicate, nil
			}
		} else {
			batch = d.bring(c, met)
		}
		if _, err = d.engine.Exec(ctx, batch...); err == nil {
			return met.outcome, nil
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
	company bool   // the record knows one of its victims
	before  inRow  // what stands under its id or key
}

// inRow is a candidate as it stands in its row, with what only the store knows.
type inRow struct {
	vigie.Candidate
	decided   string
	forgotten bool
}

func (d *DB) meet(ctx context.Context, c vigie.Candidate) (m meeting, err error) {
	var twin string
	said := false
	err = d.engine.Query(ctx, []SQL{
		sql(candidateColumns+` WHERE id = ?1 OR kind = ?2 AND key = ?3`, c.ID, c.Kind, c.Key),
		sql(`SELECT c.id FROM candidate_hashes h JOIN candidates c ON c.id = h.candidate WHERE h.hash = ? AND c.status <> 'withdrawn' LIMIT 1`, c.Hash),
		sql(`SELECT 1 FROM candidate_hashes WHERE hash = ?`, substance(c)),
		sql(`SELECT 1 FROM terms WHERE field = 'name' AND value IN (SELECT value FROM json_each(?)) LIMIT 1`, jsonList(nameKeys(c.Reading.Victims))),
	}, func(i int, row Row) (err error) {
		switch i {
		case 0:
			m.known = true
			m.before, err = scanCandidate(row)
		case 1:
			err = row.Scan(&twin)
		case 2:
			said = true
		default:
			m.company = true
		}
		return err
	})
	if err != nil {
		return m, fmt.Errorf("looking for candidate %s: %w", c.ID, err)
	}
	m.outcome, m.id = New, m.before.ID
	status := m.before.Status
	if status == vigie.Rejected && !said && (m.before.Kind != c.Kind || m.before.Key != c.Key) { // the same page by another way
		as := c
		as.Kind, as.Key = m.before.Kind, m.before.Key
		err := d.engine.Query(ctx, []SQL{sql(`SELECT 1 FROM candidate_hashes WHERE hash = ?`, substance(as))}, func(int, Row) error {
			said = true
			return nil
		})
		if err != nil {
			return m, fmt.Errorf("looking for candidate %s: %w", c.ID, err)
		}
	}
	switch {
	case m.known && status != Withdrawn && m.before.Hash == c.Hash:
		m.outcome = Duplicate
	case twin != "":
		m.outcome = Duplicate
		if !m.known {
			m.id = twin
		}
	case status == vigie.Rejected && said:
		m.outcome = Duplicate
	case m.known && status != Withdrawn:
		m.outcome = Changed
	}
	return m, nil
}

// substance is what the candidate says, as it is kept beside the hashes of texts.
func substance(c vigie.Candidate) string { return "says " + c.Substance() }

// remember keeps the hash of a text that brought nothing new, so that it is not
// looked at again.
func (m *meeting) remember(c vigie.Candidate) []SQL {
	if !m.known || m.before.Status != vigie.Rejected || c.Hash == "" || m.before.Hash == c.Hash {
		return nil
	}
	return []SQL{sql(`INSERT INTO candidate_hashes (hash, candidate) VALUES (?, ?) ON CONFLICT DO NOTHING`, c.Hash, m.id)}
}

// Weigh tells what AddCandidate would make of a candidate, and which one it would
// meet: the same news, or another with the same text; "" when it is new.
func (d *DB) Weigh(ctx context.Context, c vigie.Candidate) (outcome, met string, err error) {
	m, err := d.meet(ctx, c)
	return m.outcome, m.id, err
}

// bring writes a candidate that is new or changed. What is changed keeps what it
// was, so that the run can be undone.
func (d *DB) bring(c vigie.Candidate, m meeting) []SQL {
	c.Status, c.Changed, c.Changes, c.Was, c.Because = Undecided, time.Time{}, nil, "", ""
	decidedAt := ""
	var batch []SQL
	if m.known {
		c.ID = m.before.ID
	}
	if m.outcome == Changed {
		before := m.before
		batch = append(batch, sql(`INSERT INTO candidate_versions (candidate, n, run, hash, decided, body)
			SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5 FROM candidate_versions WHERE candidate = ?1`,
			c.ID, before.Run, before.Hash, before.decided, bodyOf(before.Candidate)))
		c.Changes = c.ChangesSince(&before.Candidate)
		switch was := before.Status; was {
		case vigie.Accepted, vigie.Attached: // the case is the editors': only they change it
			c.Status, c.Was, c.Changed, decidedAt = was, was, c.At, before.decided
			if len(c.Changes) == 0 && before.Changed.IsZero() { // other words for the same
				c.Was, c.Changed = "", time.Time{}
			}
		case vigie.Rejected:
			c.Was, c.Changed = was, c.At
		default:
			c.Was, c.Changed = before.Was, before.Changed
		}
	}
	c.Weight = c.Importance(m.company)
	return append(batch, write(c, decidedAt, m.known)...)
}

// write puts a candidate in its row, and what it is found by.
func write(c vigie.Candidate, decidedAt string, known bool) []SQL {
	changes, _ := json.Marshal(slices.Concat([]vigie.Text{}, c.Changes)) // our own types always encode
	changed := ""
	if !c.Changed.IsZero() {
		changed = stamp(c.Changed)
	}
	row := sql(`INSERT INTO candidates (kind, key, hash, run, at, status, decided, forgotten, body, weight, lang, said, changed, was, changes, id)
		VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Kind, c.Key, c.Hash, c.Run, stamp(c.At), c.Status, decidedAt, bodyOf(c), c.Weight, c.Reading.Lang, saidBy(c), changed, c.Was, string(changes), c.ID)
	if known {
		row.Text = `UPDATE candidates SET kind = ?, key = ?, hash = ?, run = ?, at = ?, status = ?, decided = ?, forgotten = 0, body = ?,
			weight = ?, lang = ?, said = ?, changed = ?, was = ?, changes = ? WHERE id = ?`
	}
	batch := []SQL{row, sql(`DELETE FROM candidate_names WHERE candidate = ?`, c.ID)}
	for _, key := range nameKeys(c.Reading.Victims) {
		batch = append(batch, sql(`INSERT INTO candidate_names (name, candidate) VALUES (?, ?) ON CONFLICT DO NOTHING`, key, c.ID))
	}
	hashes := []string{substance(c)}
	if c.Hash != "" {
		hashes = append(hashes, c.Hash)
	}
	for _, hash := range hashes {
		batch = append(batch, sql(`INSERT INTO candidate_hashes (hash, candidate) VALUES (?, ?) ON CONFLICT DO NOTHING`, hash, c.ID))
	}
	return batch
}

// bodyOf is the candidate without what has columns of its own.
func bodyOf(c vigie.Candidate) string {
	body, _ := json.Marshal(c) // our own types always encode
	return string(body)
}

// firstLines is how many characters of a text the queue is searched by, besides
// its title and names.
const firstLines = 1000

// saidBy are the folded words that a candidate is searched by.
func saidBy(c vigie.Candidate) string {
	text := []rune(c.Reading.Text)
	parts := slices.Concat([]string{c.Source.Title, c.Source.Publisher, c.Key}, c.Reading.Victims, c.Reading.Actor, []string{string(text[:min(len(text), firstLines)])})
	return " " + strings.Join(vigie.Words(strings.Join(parts, " ")), " ") + " "
}

const candidateColumns = `SELECT body, status, weight, changed, was, changes, decided, forgotten, run, hash,
	coalesce((SELECT d.reason FROM decisions d WHERE d.candidate = candidates.id AND d.verdict = 'rejected' AND candidates.was = 'rejected' LIMIT 1), '') FROM candidates`

func scanCandidate(row Row) (s inRow, err error) {
	var body, status, changed, was, changes, run, hash, because string
	var weight int64
	if err := row.Scan(&body, &status, &weight, &changed, &was, &changes, &s.decided, &s.forgotten, &run, &hash, &because); err != nil {
		return s, err
	}
	if err := decode(body, &s.Candidate); err != nil {
		return s, err
	}
	s.Status, s.Weight, s.Was, s.Run, s.Hash, s.Because = status, int(weight), was, run, hash, because
	s.Changed, s.Changes = parseTime(changed), nil
	if changes != "[]" {
		err = decode(changes, &s.Changes)
	}
	return s, err
}

func (d *DB) candidates(ctx context.Context, q SQL) ([]vigie.Candidate, error) {
	var list []vigie.Candidate
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		c, err := scanCandidate(row)
		list = append(list, c.Candidate)
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

// ForgetTexts takes the third parties' texts out of the candidates that were
// decided or withdrawn before a time, and says of how many. Their hashes stay, so
// that they do not come back. What undoing a run before that time put aside goes too.
func (d *DB) ForgetTexts(ctx context.Context, before time.Time) (int, error) {
	where, n := `status <> 'open' AND changed = '' AND decided <> '' AND decided < ?`, 0
	err := d.engine.Query(ctx, []SQL{sql(`SELECT count(*) FROM candidates WHERE forgotten = 0 AND `+where, stamp(before))}, func(_ int, row Row) error { return row.Scan(&n) })
	batch := []SQL{
		sql(`DELETE FROM undone_candidates WHERE run IN (SELECT id FROM runs WHERE undone < ?)`, stamp(before)),
		sql(`DELETE FROM undone_versions WHERE undone IN (SELECT id FROM runs WHERE undone < ?)`, stamp(before)),
	}
	if err == nil {
		_, err = d.engine.Exec(ctx, append(forget(where, stamp(before)), batch...)...)
	}
	if err != nil {
		return 0, fmt.Errorf("forgetting decided texts: %w", err)
	}
	return n, nil
}

// forget drops the texts and all that was read from them word for word, of the
// former versions too.
func forget(where string, args ...any) []SQL {
	which := `SELECT id FROM candidates WHERE forgotten = 0 AND ` + where
	return []SQL{
		sql(`DELETE FROM candidate_versions WHERE candidate IN (`+which+`)`, args...),
		sql(`DELETE FROM undone_candidates WHERE candidate IN (`+which+`)`, args...),
		sql(`DELETE FROM undone_versions WHERE candidate IN (`+which+`)`, args...),
		sql(`DELETE FROM candidate_names WHERE candidate IN (`+which+`)`, args...),
		sql(`UPDATE candidates SET forgotten = 1, said = '', changes = '[]', body = json_remove(json_set(body, '$.reading.text', ''),
			'$.reading.spans', '$.reading.victims', '$.reading.actor', '$.reading.sources', '$.reading.vector', '$.reading.via', '$.source.title', '$.draft', '$.changes')
			WHERE forgotten = 0 AND `+where, args...),
	}
}
