package db

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// Editor is someone who may sign in. Hash is opaque here.
type Editor struct {
	Name    string
	Role    string // RoleEditor or RoleAdmin
	Hash    string
	Created time.Time
}

// Roles of editors.
const (
	RoleEditor = "editor"
	RoleAdmin  = "admin"
)

// Session is a sign-in. Token is the hash of what the browser holds.
type Session struct {
	Token   string
	Editor  string
	Created time.Time
	Expires time.Time
}

// AddEditor lets someone in. ErrUnique: the name is taken.
func (d *DB) AddEditor(ctx context.Context, e Editor) error {
	if e.Role == "" {
		e.Role = RoleEditor
	}
	if e.Created.IsZero() {
		e.Created = d.clock()
	}
	if _, err := d.engine.Exec(ctx, sql(`INSERT INTO editors (name, role, hash, created) VALUES (?, ?, ?, ?)`, e.Name, e.Role, e.Hash, stamp(e.Created))); err != nil {
		return fmt.Errorf("adding editor %s: %w", e.Name, err)
	}
	return nil
}

// SetPassword replaces the hash and ends the editor's sessions.
func (d *DB) SetPassword(ctx context.Context, name, hash string) error {
	return d.change(ctx, name,
		sql(`UPDATE editors SET hash = ? WHERE name = ?`, hash, name),
		sql(`DELETE FROM sessions WHERE editor = ?`, name))
}

// RemoveEditor takes the name off the list and ends its sessions. What it signed
// stays signed.
func (d *DB) RemoveEditor(ctx context.Context, name string) error {
	return d.change(ctx, name, sql(`DELETE FROM editors WHERE name = ?`, name))
}

func (d *DB) change(ctx context.Context, name string, batch ...SQL) error {
	if _, err := d.Editor(ctx, name); err != nil {
		return err
	}
	if _, err := d.engine.Exec(ctx, batch...); err != nil {
		return fmt.Errorf("changing editor %s: %w", name, err)
	}
	return nil
}

// Editor is one, or vigie.ErrNotFound.
func (d *DB) Editor(ctx context.Context, name string) (Editor, error) {
	list, err := d.editors(ctx, sql(`SELECT name, role, hash, created FROM editors WHERE name = ?`, name))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("editor %s: %w", name, vigie.ErrNotFound)
	}
	if err != nil {
		return Editor{}, err
	}
	return list[0], nil
}

// Editors lists all, by name.
func (d *DB) Editors(ctx context.Context) ([]Editor, error) {
	return d.editors(ctx, sql(`SELECT name, role, hash, created FROM editors ORDER BY name`))
}

func (d *DB) editors(ctx context.Context, q SQL) ([]Editor, error) {
	var list []Editor
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var e Editor
		var created string
		err := row.Scan(&e.Name, &e.Role, &e.Hash, &created)
		e.Created = parseTime(created)
		list = append(list, e)
		return err
	})
	return list, err
}

// StartSession keeps a sign-in, and drops those that have expired.
func (d *DB) StartSession(ctx context.Context, s Session) error {
	if s.Created.IsZero() {
		s.Created = d.clock()
	}
	_, err := d.engine.Exec(ctx,
		sql(`DELETE FROM sessions WHERE expires <= ?`, stamp(d.clock())),
		sql(`INSERT INTO sessions (token, editor, created, expires) VALUES (?, ?, ?, ?)`, s.Token, s.Editor, stamp(s.Created), stamp(s.Expires)))
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
	err := d.engine.Query(ctx, []SQL{sql(`SELECT s.token, s.created, s.expires, e.name, e.role, e.hash, e.created
		FROM sessions s JOIN editors e ON e.name = s.editor WHERE s.token = ? AND s.expires > ?`, token, stamp(d.clock()))}, func(_ int, row Row) error {
		var started, expires, created string
		err := row.Scan(&s.Token, &started, &expires, &e.Name, &e.Role, &e.Hash, &created)
		s.Editor, s.Created, s.Expires, e.Created = e.Name, parseTime(started), parseTime(expires), parseTime(created)
		return err
	})
	if err == nil && s.Token == "" {
		err = fmt.Errorf("session: %w", vigie.ErrNotFound)
	}
	return s, e, err
}

// EndSession signs out. It is no error that the session had gone.
func (d *DB) EndSession(ctx context.Context, token string) error {
	if _, err := d.engine.Exec(ctx, sql(`DELETE FROM sessions WHERE token = ?`, token)); err != nil {
		return fmt.Errorf("signing out: %w", err)
	}
	return nil
}
