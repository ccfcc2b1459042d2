package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vigie"
)

// Editor is someone who may sign in. Hash is opaque here.
type Editor struct {
	Name      string
	Role      string // RoleEditor or RoleAdmin
	Hash      string
	Created   time.Time
	Seen      time.Time // their last sign-in; zero: never, or before it was noted
	Removed   time.Time // zero: they may sign in
	RemovedBy string
}

// Roles of editors.
const (
	RoleEditor = "editor"
	RoleAdmin  = "admin"
)

// ErrLastAdmin says that nobody would be left to look after people.
var ErrLastAdmin = errors.New("the last administrator stays one")

// AddEditor lets someone in. ErrUnique: the name is taken, be it by one who was
// removed: names sign the past.
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

// SetPassword replaces the hash and ends the editor's sessions, but for the one to
// keep: "" ends all.
func (d *DB) SetPassword(ctx context.Context, name, hash, keep string) error {
	_, err := d.change(ctx, name,
		sql(`UPDATE editors SET hash = ? WHERE name = ?`, hash, name),
		sql(`DELETE FROM sessions WHERE editor = ? AND token <> ?`, name, keep))
	return err
}

// otherAdmin holds when somebody else than the editor of the row looks after people.
const otherAdmin = `EXISTS (SELECT 1 FROM editors o WHERE o.role = 'admin' AND o.removed = '' AND o.name <> editors.name)`

// RemoveEditor closes the desk to someone and ends their sessions; their tokens open
// nothing any more. What they signed stays signed, and TakeBackEditor undoes it.
// ErrLastAdmin: nobody else looks after people.
func (d *DB) RemoveEditor(ctx context.Context, name, by string) error {
	n, err := d.change(ctx, name,
		sql(`UPDATE editors SET removed = ?, removed_by = ? WHERE name = ? AND removed = '' AND (role <> 'admin' OR `+otherAdmin+`)`, stamp(d.clock()), by, name),
		sql(`DELETE FROM sessions WHERE editor = (SELECT name FROM editors WHERE name = ? AND removed <> '')`, name))
	if err == nil && n == 0 {
		err = fmt.Errorf("removing %s: %w", name, ErrLastAdmin)
	}
	return err
}

// TakeBackEditor opens the desk again to one who was removed, with their password,
// role and tokens. vigie.ErrNotFound: nobody of that name was removed.
func (d *DB) TakeBackEditor(ctx context.Context, name string) error {
	n, err := d.engine.Exec(ctx, sql(`UPDATE editors SET removed = '', removed_by = '' WHERE name = ? AND removed <> ''`, name))
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("taking editor %s back: %w", name, err)
	}
	return nil
}

// SetRole gives an editor a role. ErrLastAdmin: nobody else looks after people.
func (d *DB) SetRole(ctx context.Context, name, role string) error {
	if role != RoleEditor && role != RoleAdmin {
		return fmt.Errorf("there is no role %q", role)
	}
	n, err := d.change(ctx, name, sql(`UPDATE editors SET role = ?1 WHERE name = ?2 AND removed = '' AND (?1 = 'admin' OR role <> 'admin' OR `+otherAdmin+`)`, role, name))
	if err == nil && n == 0 {
		err = fmt.Errorf("making %s an %s: %w", name, role, ErrLastAdmin)
	}
	return err
}

// change does something to an editor who may sign in.
func (d *DB) change(ctx context.Context, name string, batch ...SQL) (int64, error) {
	if _, err := d.Editor(ctx, name); err != nil {
		return 0, err
	}
	n, err := d.engine.Exec(ctx, batch...)
	if err != nil {
		err = fmt.Errorf("changing editor %s: %w", name, err)
	}
	return n, err
}

const editorColumns = `SELECT name, role, hash, created, seen, removed, removed_by FROM editors`

// Editor is one who may sign in, or vigie.ErrNotFound.
func (d *DB) Editor(ctx context.Context, name string) (Editor, error) {
	list, err := d.editors(ctx, sql(editorColumns+` WHERE name = ? AND removed = ''`, name))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("editor %s: %w", name, vigie.ErrNotFound)
	}
	if err != nil {
		return Editor{}, err
	}
	return list[0], nil
}

// Editors lists those who may sign in, by name.
func (d *DB) Editors(ctx context.Context) ([]Editor, error) {
	return d.editors(ctx, sql(editorColumns+` WHERE removed = '' ORDER BY name`))
}

// FormerEditors lists those who were removed, the last one first.
func (d *DB) FormerEditors(ctx context.Context) ([]Editor, error) {
	return d.editors(ctx, sql(editorColumns+` WHERE removed <> '' ORDER BY removed DESC, name`))
}

func (d *DB) editors(ctx context.Context, q SQL) ([]Editor, error) {
	var list []Editor
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var e Editor
		var created, seen, removed string
		err := row.Scan(&e.Name, &e.Role, &e.Hash, &created, &seen, &removed, &e.RemovedBy)
		e.Created, e.Seen, e.Removed = parseTime(created), parseTime(seen), parseTime(removed)
		list = append(list, e)
		return err
	})
	return list, err
}
