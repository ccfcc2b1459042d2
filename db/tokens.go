package db

import (
	"context"
	"fmt"
	"time"

	"vigie"
)

// Token lets a script act in the name of an editor. Hash is that of the secret,
// which is kept nowhere; how it is made is the server's business.
type Token struct {
	Hash    string
	Editor  string
	Note    string // what it is for, in the editor's words
	Created time.Time
}

// AddToken keeps one. ErrUnique: the hash is taken. vigie.ErrNotFound: there is
// no such editor.
func (d *DB) AddToken(ctx context.Context, t Token) error {
	if t.Created.IsZero() {
		t.Created = d.clock()
	}
	if _, err := d.engine.Exec(ctx, sql(`INSERT INTO tokens (hash, editor, note, created) VALUES (?, ?, ?, ?)`, t.Hash, t.Editor, t.Note, stamp(t.Created))); err != nil {
		return fmt.Errorf("adding a token of %s: %w", t.Editor, err)
	}
	return nil
}

// Token is the one of that hash and whose it is, or vigie.ErrNotFound.
func (d *DB) Token(ctx context.Context, hash string) (Token, Editor, error) {
	var t Token
	var e Editor
	err := d.engine.Query(ctx, []SQL{sql(`SELECT t.hash, t.note, t.created, e.name, e.role, e.hash, e.created
		FROM tokens t JOIN editors e ON e.name = t.editor WHERE t.hash = ?`, hash)}, func(_ int, row Row) error {
		var made, created string
		err := row.Scan(&t.Hash, &t.Note, &made, &e.Name, &e.Role, &e.Hash, &created)
		t.Editor, t.Created, e.Created = e.Name, parseTime(made), parseTime(created)
		return err
	})
	if err == nil && t.Editor == "" {
		err = fmt.Errorf("token: %w", vigie.ErrNotFound)
	}
	return t, e, err
}

// Tokens lists those of an editor, or of all when editor is empty, the oldest
// first.
func (d *DB) Tokens(ctx context.Context, editor string) ([]Token, error) {
	var list []Token
	err := d.engine.Query(ctx, []SQL{sql(`SELECT hash, editor, note, created FROM tokens WHERE ?1 IN ('', editor) ORDER BY created, hash`, editor)}, func(_ int, row Row) error {
		var t Token
		var made string
		err := row.Scan(&t.Hash, &t.Editor, &t.Note, &made)
		t.Created = parseTime(made)
		list = append(list, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing tokens: %w", err)
	}
	return list, nil
}

// RemoveToken ends one. vigie.ErrNotFound: that editor has none of that hash.
func (d *DB) RemoveToken(ctx context.Context, editor, hash string) error {
	n, err := d.engine.Exec(ctx, sql(`DELETE FROM tokens WHERE editor = ? AND hash = ?`, editor, hash))
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("removing a token of %s: %w", editor, err)
	}
	return nil
}
