package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"vigie"
)

// RepliesMost is how many letters may wait at once. Nobody signs in to write one:
// without a bound a stranger could fill the disk.
const RepliesMost = 500

// ErrRepliesFull means that as many letters wait as may.
var ErrRepliesFull = errors.New("too many replies wait")

// Reply is a letter at the desk, and what became of it.
type Reply struct {
	vigie.Reply
	Settled time.Time // zero: it waits
	Author  string    // who settled it
	Note    string    // for the desk
}

// AddReply keeps a letter and says under which reference: that of the same letter
// where it waits already. ErrRepliesFull: nothing was kept.
func (d *DB) AddReply(ctx context.Context, r vigie.Reply) (reference string, err error) {
	if r.At.IsZero() {
		r.At = d.clock()
	}
	r.At = r.At.UTC()
	body, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("keeping reply %s: %w", r.ID, err)
	}
	_, err = d.engine.Exec(ctx, sql(`INSERT INTO replies (id, incident, at, digest, body) SELECT ?, ?, ?, ?, ?
		WHERE (SELECT count(*) FROM replies WHERE settled = '') < ? ON CONFLICT DO NOTHING`,
		r.ID, r.Incident, stamp(r.At), r.Digest(), string(body), int64(RepliesMost)))
	if err == nil {
		err = d.engine.Query(ctx, []SQL{sql(`SELECT id FROM replies WHERE settled = '' AND digest = ?`, r.Digest())}, func(_ int, row Row) error { return row.Scan(&reference) })
	}
	if err == nil && reference == "" {
		err = ErrRepliesFull
	}
	if err != nil {
		return "", fmt.Errorf("keeping reply %s: %w", r.ID, err)
	}
	return reference, nil
}

// OpenReplies lists the letters that wait, the oldest first, RepliesMost at most.
func (d *DB) OpenReplies(ctx context.Context) ([]Reply, error) {
	return d.replies(ctx, sql(replyColumns+` WHERE settled = '' ORDER BY at, id`))
}

// SettledReplies lists the letters settled last, the latest first.
func (d *DB) SettledReplies(ctx context.Context, most int) ([]Reply, error) {
	return d.replies(ctx, sql(replyColumns+` WHERE settled <> '' ORDER BY settled DESC, id LIMIT ?`, int64(most)))
}

// CountReplies says how many letters wait.
func (d *DB) CountReplies(ctx context.Context) (n int, err error) {
	err = d.engine.Query(ctx, []SQL{sql(`SELECT count(*) FROM replies WHERE settled = ''`)}, func(_ int, row Row) error { return row.Scan(&n) })
	if err != nil {
		return 0, fmt.Errorf("counting replies: %w", err)
	}
	return n, nil
}

// Reply is one, or vigie.ErrNotFound.
func (d *DB) Reply(ctx context.Context, id string) (Reply, error) {
	list, err := d.replies(ctx, sql(replyColumns+` WHERE id = ?`, id))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("reply %s: %w", id, vigie.ErrNotFound)
	}
	if err != nil {
		return Reply{}, err
	}
	return list[0], nil
}

// SettleReply says that an editor is done with a letter. vigie.ErrNotFound: none of
// that reference waits.
func (d *DB) SettleReply(ctx context.Context, id, author, note string) error {
	return d.move(ctx, id, sql(`UPDATE replies SET settled = ?, author = ?, note = ? WHERE id = ? AND settled = ''`, stamp(d.clock()), author, note, id))
}

// ReopenReply takes the settling back; its note stays. vigie.ErrNotFound: none of
// that reference is settled. ErrUnique: the same letter came again and waits.
func (d *DB) ReopenReply(ctx context.Context, id string) error {
	return d.move(ctx, id, sql(`UPDATE replies SET settled = '', author = '' WHERE id = ? AND settled <> ''`, id))
}

func (d *DB) move(ctx context.Context, id string, update SQL) error {
	n, err := d.engine.Exec(ctx, update)
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("moving reply %s: %w", id, err)
	}
	return nil
}

// ForgetReplies deletes the letters that were settled before a time, whole: names and
// addresses with the words. It says how many.
func (d *DB) ForgetReplies(ctx context.Context, before time.Time) (int, error) {
	n, err := d.engine.Exec(ctx, sql(`DELETE FROM replies WHERE settled <> '' AND settled < ?`, stamp(before)))
	if err != nil {
		return 0, fmt.Errorf("forgetting settled replies: %w", err)
	}
	return int(n), nil
}

const replyColumns = `SELECT body, settled, author, note FROM replies`

func (d *DB) replies(ctx context.Context, q SQL) ([]Reply, error) {
	var list []Reply
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var r Reply
		var body, settled string
		if err := row.Scan(&body, &settled, &r.Author, &r.Note); err != nil {
			return err
		}
		r.Settled = parseTime(settled)
		list = append(list, r)
		return decode(body, &list[len(list)-1].Reply)
	})
	if err != nil {
		return nil, fmt.Errorf("listing replies: %w", err)
	}
	return list, nil
}
