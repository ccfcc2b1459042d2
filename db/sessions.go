package db

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// Session is a sign-in. Token is the hash of what the browser holds.
type Session struct {
	Token   string
	Editor  string
	Device  string // what kind of browser, in a word or two
	Created time.Time
	Expires time.Time
}

// StartSession keeps a sign-in, and drops those that have expired.
func (d *DB) StartSession(ctx context.Context, s Session) error {
	if s.Created.IsZero() {
		s.Created = d.clock()
	}
	_, err := d.engine.Exec(ctx,
		sql(`DELETE FROM sessions WHERE expires <= ?`, stamp(d.clock())),
		sql(`INSERT INTO sessions (token, editor, device, created, expires) VALUES (?, ?, ?, ?, ?)`, s.Token, s.Editor, s.Device, stamp(s.Created), stamp(s.Expires)),
		sql(`UPDATE editors SET seen = ? WHERE name = ?`, stamp(s.Created), s.Editor))
	if err != nil {
		return fmt.Errorf("signing in %s: %w", s.Editor, err)
	}
	return nil
}

// Session is a sign-in that has not expired and whose editor it is, or
// vigie.ErrNotFound.
func (d *DB) Session(ctx context.Context, token string) (Session, Editor, error) {
	var s Session
	var e Editor
	err := d.engine.Query(ctx, []SQL{sql(`SELECT s.token, s.device, s.created, s.expires, e.name, e.role, e.hash, e.created
		FROM sessions s JOIN editors e ON e.name = s.editor WHERE s.token = ? AND s.expires > ? AND e.removed = ''`, token, stamp(d.clock()))}, func(_ int, row Row) error {
		var started, expires, created string
		err := row.Scan(&s.Token, &s.Device, &started, &expires, &e.Name, &e.Role, &e.Hash, &created)
		s.Editor, s.Created, s.Expires, e.Created = e.Name, parseTime(started), parseTime(expires), parseTime(created)
		return err
	})
	if err == nil && s.Token == "" {
		err = fmt.Errorf("session: %w", vigie.ErrNotFound)
	}
	return s, e, err
}

// Sessions lists those of an editor that have not expired, the latest first.
func (d *DB) Sessions(ctx context.Context, editor string) ([]Session, error) {
	var list []Session
	err := d.engine.Query(ctx, []SQL{sql(`SELECT token, editor, device, created, expires FROM sessions WHERE editor = ? AND expires > ? ORDER BY created DESC, token`, editor, stamp(d.clock()))}, func(_ int, row Row) error {
		var s Session
		var created, expires string
		err := row.Scan(&s.Token, &s.Editor, &s.Device, &created, &expires)
		s.Created, s.Expires = parseTime(created), parseTime(expires)
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing the sessions of %s: %w", editor, err)
	}
	return list, nil
}

// EndSession signs out. It is no error that the session had gone.
func (d *DB) EndSession(ctx context.Context, token string) error {
	if _, err := d.engine.Exec(ctx, sql(`DELETE FROM sessions WHERE token = ?`, token)); err != nil {
		return fmt.Errorf("signing out: %w", err)
	}
	return nil
}

// EndSessions signs an editor out everywhere but in the session to keep.
func (d *DB) EndSessions(ctx context.Context, editor, keep string) error {
	if _, err := d.engine.Exec(ctx, sql(`DELETE FROM sessions WHERE editor = ? AND token <> ?`, editor, keep)); err != nil {
		return fmt.Errorf("signing %s out elsewhere: %w", editor, err)
	}
	return nil
}
