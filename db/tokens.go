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
	Ended   time.Time // zero: it opens
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
		FROM tokens t JOIN editors e ON e.name = t.editor WHERE t.hash = ? AND t.ended = '' AND e.removed = ''`, hash)}, func(_ int, row Row) error {
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

// Tokens lists those that open, of an editor, or of all when editor is empty, the
// oldest first.
func (d *DB) Tokens(ctx context.Context, editor string) ([]Token, error) {
	return d.tokens(ctx, sql(tokenColumns+` WHERE ?1 IN ('', t.editor) AND t.ended = '' AND e.removed = '' ORDER BY t.created, t.hash`, editor))
}

// EndedTokens lists those of an editor that were ended and can be taken back, the
// last one first.
func (d *DB) EndedTokens(ctx context.Context, editor string) ([]Token, error) {
	return d.tokens(ctx, sql(tokenColumns+` WHERE t.editor = ? AND t.ended > ? ORDER BY t.ended DESC, t.hash`, editor, stamp(d.clock().Add(-keepEnded))))
}

// keepEnded is how long a token that was ended can be taken back. A leaked one is
// not to be brought back to life a month later.
const keepEnded = 7 * 24 * time.Hour

const tokenColumns = `SELECT t.hash, t.editor, t.note, t.created, t.ended FROM tokens t JOIN editors e ON e.name = t.editor`

func (d *DB) tokens(ctx context.Context, q SQL) ([]Token, error) {
	var list []Token
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var t Token
		var made, ended string
		err := row.Scan(&t.Hash, &t.Editor, &t.Note, &made, &ended)
		t.Created, t.Ended = parseTime(made), parseTime(ended)
		list = append(list, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing tokens: %w", err)
	}
	return list, nil
}

// EndToken closes one, and forgets those that were ended long ago. vigie.ErrNotFound:
// that editor has none of that hash that opens.
func (d *DB) EndToken(ctx context.Context, editor, hash string) error {
	now := d.clock()
	if _, err := d.engine.Exec(ctx, sql(`DELETE FROM tokens WHERE ended <> '' AND ended <= ?`, stamp(now.Add(-keepEnded)))); err != nil {
		return fmt.Errorf("forgetting ended tokens: %w", err)
	}
	return d.switchToken(ctx, editor, sql(`UPDATE tokens SET ended = ? WHERE editor = ? AND hash = ? AND ended = ''`, stamp(now), editor, hash))
}

// TakeBackToken lets one that was ended open again. vigie.ErrNotFound: that editor
// has none of that hash, or it was ended too long ago.
func (d *DB) TakeBackToken(ctx context.Context, editor, hash string) error {
	return d.switchToken(ctx, editor, sql(`UPDATE tokens SET ended = '' WHERE editor = ? AND hash = ? AND ended > ?`, editor, hash, stamp(d.clock().Add(-keepEnded))))
}

func (d *DB) switchToken(ctx context.Context, editor string, change SQL) error {
	n, err := d.engine.Exec(ctx, change)
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("changing a token of %s: %w", editor, err)
	}
	return nil
}
