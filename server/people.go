package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/term"

	"vigie"
	"vigie/db"
)

// Passwords are kept as argon2id (RFC 9106), in the usual $argon2id$ form so
// that the cost can grow without locking anybody out.
const (
	argonTime    = 1
	argonMemory  = 64 * 1024 // KiB
	argonThreads = 2
	argonLength  = 32
)

func hashPassword(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt)
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonLength)
	enc := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, enc(salt), enc(key))
}

// passwordIs tells whether the password is the one of the hash. An ill-formed
// hash is nobody's.
func passwordIs(password, hash string) bool {
	part := strings.Split(hash, "$")
	if len(part) != 6 || part[1] != "argon2id" {
		return false
	}
	var memory, passes uint32
	var threads uint8
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
		return false
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(part[4])
	want, errKey := base64.RawStdEncoding.DecodeString(part[5])
	if errSalt != nil || errKey != nil || len(want) == 0 {
		return false
	}
	have := argon2.IDKey([]byte(password), salt, passes, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(have, want) == 1
}

// nobody's hash takes as long to refuse as a real one, so that a sign-in does
// not tell which names exist.
var nobody = hashPassword("")

// newPassword is easy to copy and impossible to guess: 26 letters and digits.
func newPassword() string { return strings.ToLower(rand.Text()) }

// editorName is what may sign a revision: it stands in public histories.
var editorName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}.-]{0,39}$`)

// token is what a browser holds; the database keeps only its hash.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

type editorCommand struct {
	Add    editorAdd    `cmd:"" help:"Add an editor and print a password."`
	Passwd editorPasswd `cmd:"" help:"Give an editor a new password and end their sessions."`
	List   editorList   `cmd:"" help:"List the editors, and those who were removed."`
	Remove editorRemove `cmd:"" help:"Remove an editor and end their sessions; what they signed stays."`
	Back   editorBack   `cmd:"" help:"Take an editor back who was removed, with their password and tokens."`
	Role   editorRole   `cmd:"" help:"Make an editor an admin, or an admin an editor."`
	Token  tokenAdd     `cmd:"" help:"Give a program of an editor a token, printed once."`
	Tokens tokenList    `cmd:"" help:"List the tokens of programs."`
	Revoke tokenRevoke  `cmd:"" help:"End a token."`
}

type editorAdd struct {
	Name  string `arg:"" help:"Name to sign in with, and to sign revisions."`
	Admin bool   `help:"May also manage people."`
}

func (c *editorAdd) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		password, err := addEditor(ctx, store, c.Name, c.Admin)
		if errors.Is(err, db.ErrUnique) {
			if _, err := store.Editor(ctx, c.Name); errors.Is(err, vigie.ErrNotFound) {
				return fmt.Errorf("there was an editor %s, who was removed; vigie editor back %s takes them back", c.Name, c.Name)
			}
			return fmt.Errorf("there is an editor %s already; vigie editor passwd %s gives a new password", c.Name, c.Name)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(io.out, "editor %s, password %s\n", c.Name, password)
		return nil
	})
}

func addEditor(ctx context.Context, store *db.DB, name string, admin bool) (password string, err error) {
	if !editorName.MatchString(name) {
		return "", fmt.Errorf("%w: %q is no name for an editor: one to 40 letters, digits, dots or hyphens", errUsage, name)
	}
	role := db.RoleEditor
	if admin {
		role = db.RoleAdmin
	}
	password = newPassword()
	return password, store.AddEditor(ctx, db.Editor{Name: name, Role: role, Hash: hashPassword(password), Created: time.Now().UTC()})
}

type editorPasswd struct {
	Name string `arg:"" help:"Whose."`
}

func (c *editorPasswd) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		password := newPassword()
		if err := store.SetPassword(ctx, c.Name, hashPassword(password), ""); err != nil {
			if errors.Is(err, vigie.ErrNotFound) {
				return fmt.Errorf("there is no editor %s; vigie editor list names them", c.Name)
			}
			return err
		}
		fmt.Fprintf(io.out, "editor %s, password %s\n", c.Name, password)
		return nil
	})
}

type editorRemove struct {
	Name string `arg:"" help:"Whom."`
}

func (c *editorRemove) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		return toldOfEditor(c.Name, store.RemoveEditor(ctx, c.Name, "vigie"))
	})
}

type editorBack struct {
	Name string `arg:"" help:"Whom."`
}

func (c *editorBack) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error { return toldOfEditor(c.Name, store.TakeBackEditor(ctx, c.Name)) })
}

type editorRole struct {
	Name string `arg:"" help:"Whose."`
	Role string `arg:"" enum:"editor,admin" help:"editor, or admin: who may also manage people and redact."`
}

func (c *editorRole) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error { return toldOfEditor(c.Name, store.SetRole(ctx, c.Name, c.Role)) })
}

// toldOfEditor says in a sentence why nothing was done to an editor.
func toldOfEditor(name string, err error) error {
	switch {
	case errors.Is(err, vigie.ErrNotFound):
		return fmt.Errorf("there is no editor %s to do that to; vigie editor list names them", name)
	case errors.Is(err, db.ErrLastAdmin):
		return fmt.Errorf("%s is the last admin: make another one first (vigie editor role NAME admin)", name)
	}
	return err
}

type editorList struct{}

func (c *editorList) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		editors, err := store.Editors(ctx)
		for _, e := range editors {
			fmt.Fprintf(io.out, "%s\t%s\tsince %s\n", e.Name, e.Role, e.Created.Format(time.DateOnly))
		}
		if err != nil {
			return err
		}
		former, err := store.FormerEditors(ctx)
		for _, e := range former {
			fmt.Fprintf(io.out, "%s\tremoved\t%s by %s\n", e.Name, e.Removed.Format(time.DateOnly), e.RemovedBy)
		}
		return err
	})
}

// firstEditor makes the first editor of an empty desk. The password goes to the
// terminal, or to a file that only its owner reads when there is none: a log is
// no place for it.
func firstEditor(ctx context.Context, store *db.DB, s *Settings, io *streams) error {
	editors, err := store.Editors(ctx)
	if err != nil || len(editors) > 0 {
		return err
	}
	if former, err := store.FormerEditors(ctx); err != nil || len(former) > 0 {
		return err
	}
	password, err := addEditor(ctx, store, "editor", true)
	if errors.Is(err, db.ErrUnique) { // another process was first
		return nil
	}
	if err != nil {
		return err
	}
	line := fmt.Sprintf("name editor, password %s\n", password)
	if f, ok := io.out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(io.out, "First sign-in at the desk: ", line)
		return nil
	}
	file := s.DB + ".first-editor.txt"
	if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
		return fmt.Errorf("keeping the first editor's password: %w", err)
	}
	fmt.Fprintln(io.out, "First sign-in at the desk: see", file, "(delete it once you have signed in)")
	return nil
}
