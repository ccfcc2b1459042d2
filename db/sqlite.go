package db

import (
	"context"
	stdsql "database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"

	"vigie"
)

// sqlite is the embedded engine: one file, one connection that writes, a few
// that read. SQLite has one writer at a time whatever we do; with one writing
// connection it waits its turn in order, and with more than a few readers it
// would starve.
type sqlite struct {
	path   string
	writer *stdsql.DB
	reader *stdsql.DB
}

const readers = 3

// compactMost bounds how long a redaction waits: a reader that never ends must not
// keep everybody from saving.
const compactMost = time.Minute

// Pragmas go in the DSN: set by a statement they would reach one pooled
// connection only. Recursive triggers make REPLACE fire the triggers that guard
// the revisions; secure_delete writes zeros over what is deleted.
var (
	common      = url.Values{"_busy_timeout": {"10000"}, "_foreign_keys": {"1"}, "_rt": {"1"}, "_secure_delete": {"on"}}
	writerFlags = with(common, url.Values{"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_txlock": {"immediate"}})
	readerFlags = with(common, url.Values{"mode": {"ro"}, "_query_only": {"1"}, "_txlock": {"deferred"}})
)

func with(a, b url.Values) url.Values {
	all := url.Values{}
	for _, v := range []url.Values{a, b} {
		for name, values := range v {
			all[name] = values
		}
	}
	return all
}

func dsn(path string, flags url.Values) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + flags.Encode()
}

// OpenSQLite opens the database file at path, and creates it, readable by its
// owner only, when it is not there.
func OpenSQLite(path string) (Engine, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening the database %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(absolute), 0o755); err != nil {
		return nil, fmt.Errorf("opening the database %s: %w", path, clear(err))
	}
	file, err := os.OpenFile(absolute, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the database %s: %w", path, clear(err))
	}
	file.Close()
	s := &sqlite{path: absolute}
	if s.writer, err = stdsql.Open("sqlite3", dsn(absolute, writerFlags)); err != nil {
		return nil, fmt.Errorf("opening the database %s: %w", path, err)
	}
	s.writer.SetMaxOpenConns(1)
	if err := patiently(s.writer.Ping); err != nil {
		s.writer.Close()
		return nil, fmt.Errorf("opening the database %s: %w", path, clear(err))
	}
	if s.reader, err = stdsql.Open("sqlite3", dsn(absolute, readerFlags)); err != nil {
		s.writer.Close()
		return nil, fmt.Errorf("opening the database %s: %w", path, err)
	}
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
	return s, nil
}

func (s *sqlite) Close() error { return errors.Join(s.reader.Close(), s.writer.Close()) }

func (s *sqlite) Exec(ctx context.Context, batch ...SQL) (int64, error) {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("beginning a write: %w", clear(err))
	}
	defer tx.Rollback()
	var changed int64
	ready := prepared{tx: tx, times: map[string]int{}, statements: map[string]*stdsql.Stmt{}}
	for _, q := range batch {
		ready.times[q.Text]++
	}
	for _, q := range batch {
		result, err := ready.exec(ctx, q)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", opening(q.Text), clear(err))
		}
		if n, err := result.RowsAffected(); err == nil {
			changed += n
		}
	}
	if err := tx.Commit(); err != nil {
		return 0, fmt.Errorf("committing: %w", clear(err))
	}
	return changed, nil
}

// prepared keeps the statements of a batch that come more than once: a save
// inserts some forty rows with seven texts. They are closed with the transaction.
type prepared struct {
	tx         *stdsql.Tx
	times      map[string]int
	statements map[string]*stdsql.Stmt
}

func (p *prepared) exec(ctx context.Context, q SQL) (stdsql.Result, error) {
	if p.times[q.Text] == 1 {
		return p.tx.ExecContext(ctx, q.Text, q.Args...)
	}
	s, ok := p.statements[q.Text]
	if !ok {
		var err error
		if s, err = p.tx.PrepareContext(ctx, q.Text); err != nil {
			return nil, err
		}
		p.statements[q.Text] = s
	}
	return s.ExecContext(ctx, q.Args...)
}

func (s *sqlite) Query(ctx context.Context, batch []SQL, each func(i int, row Row) error) error {
	tx, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning to read: %w", clear(err))
	}
	defer tx.Rollback()
	for i, q := range batch {
		if err := one(ctx, tx, q, func(row Row) error { return each(i, row) }); err != nil {
			return err
		}
	}
	return nil
}

func one(ctx context.Context, tx *stdsql.Tx, q SQL, each func(Row) error) error {
	rows, err := tx.QueryContext(ctx, q.Text, q.Args...)
	if err != nil {
		return fmt.Errorf("%s: %w", opening(q.Text), clear(err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", opening(q.Text), clear(err))
	}
	return nil
}

// Compact writes the file anew and empties the write-ahead log, so that no byte
// of what was deleted is left in either. It waits for those who are still reading
// the log, and says so when they do not end.
func (s *sqlite) Compact(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, compactMost)
	defer cancel()
	if _, err := s.writer.ExecContext(ctx, `VACUUM`); err != nil {
		return fmt.Errorf("compacting the database: %w", clear(err))
	}
	for {
		var busy, log, done int
		if err := s.writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &log, &done); err != nil {
			return fmt.Errorf("emptying the write-ahead log: %w", clear(err))
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("emptying the write-ahead log: someone is still reading it: %w", ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// CopyTo writes a consistent copy to an empty file while others read and write.
func (s *sqlite) CopyTo(ctx context.Context, file string) error {
	source, err := stdsql.Open("sqlite3", dsn(s.path, with(common, url.Values{"mode": {"ro"}})))
	if err != nil {
		return err
	}
	defer source.Close()
	if _, err := source.ExecContext(ctx, `VACUUM INTO ?`, file); err != nil {
		return fmt.Errorf("copying the database: %w", clear(err))
	}
	return nil
}

// patiently tries again while another process holds the file: SQLite does not wait
// by itself for one that just turns the file to write-ahead logging.
func patiently(do func() error) error {
	for attempt := 1; ; attempt++ {
		var e sqlite3.Error
		err := do()
		if !errors.As(err, &e) || e.Code != sqlite3.ErrBusy && e.Code != sqlite3.ErrLocked || attempt == 100 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// clear puts into words what an operator must know of a SQLite error.
func clear(err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.ExtendedCode == sqlite3.ErrConstraintUnique, e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey, e.ExtendedCode == sqlite3.ErrConstraintRowID:
		return fmt.Errorf("%w (%w)", ErrUnique, err)
	case e.ExtendedCode == sqlite3.ErrConstraintForeignKey:
		return fmt.Errorf("what it refers to is not there: %w (%w)", vigie.ErrNotFound, err)
	case e.Code == sqlite3.ErrFull, e.Code == sqlite3.ErrIoErr && e.SystemErrno == syscall.ENOSPC:
		return fmt.Errorf("%w (%w)", ErrFull, err)
	case e.Code == sqlite3.ErrNotADB:
		return fmt.Errorf("%w (%w)", ErrNotVigie, err)
	}
	return err
}

// opening is enough of a statement to recognise it by in an error.
func opening(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 60 {
		return text[:60] + "…"
	}
	return text
}

// openFile opens an existing file to read only. Nothing is written beside it.
func openFile(path string) (*sqlite, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	reader, err := stdsql.Open("sqlite3", dsn(absolute, readerFlags))
	if err != nil {
		return nil, err
	}
	return &sqlite{path: absolute, reader: reader, writer: reader}, nil
}

// alone fails when somebody else has the database open: in exclusive mode SQLite
// takes a lock that it cannot get then.
func alone(ctx context.Context, path string) error {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	file, err := stdsql.Open("sqlite3", dsn(absolute, url.Values{"_locking_mode": {"EXCLUSIVE"}, "_txlock": {"exclusive"}}))
	if err != nil {
		return err
	}
	defer file.Close()
	file.SetMaxOpenConns(1)
	var n int
	err = file.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master`).Scan(&n)
	var e sqlite3.Error
	if errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked) {
		return fmt.Errorf("%s is in use: stop the server first", path)
	}
	return nil // a damaged file is what restoring is for
}
