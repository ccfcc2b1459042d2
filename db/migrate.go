package db

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var shipped embed.FS

// migration is one numbered file of migrations/: statements parted by an empty
// line, applied in one batch and never again. There is no way back but a backup.
type migration struct {
	number   int64
	name     string
	checksum string // SHA-256 of the file
	batch    []SQL
}

func readMigrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var list []migration
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		digits, _, _ := strings.Cut(path.Base(name), "_")
		number, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || number != int64(i+1) {
			return nil, fmt.Errorf("migration %s: the next number is %04d", name, i+1)
		}
		sum := sha256.Sum256(text)
		m := migration{number: number, name: path.Base(name), checksum: hex.EncodeToString(sum[:])}
		for statement := range strings.SplitSeq(string(text), "\n\n") {
			if strings.TrimSpace(statement) != "" {
				m.batch = append(m.batch, sql(statement))
			}
		}
		list = append(list, m)
	}
	return list, nil
}

const createMigrations = `CREATE TABLE IF NOT EXISTS migrations (
	number   INTEGER PRIMARY KEY,
	name     TEXT NOT NULL,
	checksum TEXT NOT NULL,
	applied  TEXT NOT NULL
)`

func migrate(ctx context.Context, e Engine, now time.Time) error {
	list, err := readMigrations(shipped)
	if err != nil {
		return err
	}
	return apply(ctx, e, list, now)
}

// apply brings the schema to the last of the list. Two processes that start at
// once both try; the loser finds the number taken and goes on.
func apply(ctx context.Context, e Engine, list []migration, now time.Time) error {
	for {
		done, err := applied(ctx, e)
		if err != nil {
			return err
		}
		if err := agree(list, done); err != nil {
			return err
		}
		if len(done) == len(list) {
			return nil
		}
		m := list[len(done)]
		batch := append([]SQL{
			sql(createMigrations),
			sql(`INSERT INTO migrations (number, name, checksum, applied) VALUES (?, ?, ?, ?)`, m.number, m.name, m.checksum, stamp(now)),
		}, m.batch...)
		if _, err := e.Exec(ctx, batch...); err != nil && !errors.Is(err, ErrUnique) {
			return fmt.Errorf("migration %s, of which nothing was kept: %w", m.name, err)
		}
	}
}

// applied lists the migrations that the database has had.
func applied(ctx context.Context, e Engine) ([]migration, error) {
	tables, ours := 0, false
	err := e.Query(ctx, []SQL{sql(`SELECT name FROM sqlite_master WHERE type = 'table'`)}, func(_ int, r Row) error {
		var name string
		tables++
		err := r.Scan(&name)
		ours = ours || name == "migrations"
		return err
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the database: %w", err)
	case tables > 0 && !ours:
		return nil, fmt.Errorf("%w: it has tables of something else", ErrNotVigie)
	case !ours:
		return nil, nil
	}
	var done []migration
	err = e.Query(ctx, []SQL{sql(`SELECT number, name, checksum FROM migrations ORDER BY number`)}, func(_ int, r Row) error {
		var m migration
		err := r.Scan(&m.number, &m.name, &m.checksum)
		done = append(done, m)
		return err
	})
	return done, err
}

// agree compares what the database has had with what the program ships.
func agree(list, done []migration) error {
	for i, m := range done {
		switch {
		case i >= len(list):
			return fmt.Errorf("%w: it has had migration %s, and this program ends at %04d", ErrNewer, m.name, len(list))
		case m.checksum != list[i].checksum:
			return fmt.Errorf("migration %s was changed after it was applied: put the file back and write the change in a new one", m.name)
		}
	}
	return nil
}

// The time format of every column: UTC, of one width, so that texts compare as times.
const timeFormat = "2006-01-02T15:04:05.000Z"

func stamp(t time.Time) string { return t.UTC().Format(timeFormat) }

func parseTime(s string) time.Time {
	t, err := time.Parse(timeFormat, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
