package db

import (
	"context"
	stdsql "database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"vigie"
)

// DumpID is the application_id of the dump: "Vigi" as four bytes. user_version
// is DumpVersion, which grows when a table or a column changes its meaning.
const (
	DumpID      = 0x56696769 // 1449748329
	DumpVersion = 1
)

//go:embed dump.sql
var dumpSchema string

// Imprint is who publishes the dump and on what terms, for its table metadata.
type Imprint struct {
	Title, Description, Publisher, Licence, LicenceURL, Address string
}

// Dump writes the public record as a SQLite database of its own, for Datasette
// and the like, to a new file: published cases with all that is said in them,
// tombstones without their text, no draft, candidate or editor. The same edition
// and imprint give the same bytes. It answers with the edition that it holds.
// ErrFileExists: it overwrites nothing.
//
// The tables and their columns are described in the schema itself (.schema).
func (d *DB) Dump(ctx context.Context, file string, by Imprint) (edition int64, err error) {
	final, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	if errors.Is(err, os.ErrExist) {
		return 0, fmt.Errorf("dump to %s: %w", file, ErrFileExists)
	}
	if err != nil {
		return 0, fmt.Errorf("dump to %s: %w", file, err)
	}
	draft := file + ".making"
	defer func() {
		if err = errors.Join(err, final.Close(), gone(draft)); err != nil {
			_ = os.Remove(file)
		}
	}()
	_ = os.Remove(draft) // of one that was killed
	if edition, err = d.dump(ctx, draft, file, by); err != nil {
		return 0, fmt.Errorf("dump to %s: %w", file, clear(err))
	}
	return edition, final.Sync()
}

// gone removes a file that may not be there.
func gone(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// dump fills draft and has SQLite write it anew to final, without a free page, so
// that the bytes follow from the rows alone.
func (d *DB) dump(ctx context.Context, draft, final string, by Imprint) (edition int64, err error) {
	out, err := stdsql.Open("sqlite3", dsn(draft, url.Values{"_journal_mode": {"OFF"}, "_synchronous": {"OFF"}}))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	out.SetMaxOpenConns(1)
	tx, err := out.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	w := &dumping{ctx: ctx, tx: tx, inserts: map[string]*stdsql.Stmt{}}
	if err := w.schema(); err != nil {
		return 0, err
	}
	if edition, err = d.pour(w, by); err != nil {
		return 0, err
	}
	if err := w.finish(); err != nil {
		return 0, err
	}
	if err := tx.Commit(); err != nil {
		return 0, err
	}
	_, err = out.ExecContext(ctx, `VACUUM INTO ?`, final)
	return edition, err
}

// pour reads the record in one snapshot and hands over a row at a time.
func (d *DB) pour(w *dumping, by Imprint) (edition int64, err error) {
	const shownCases = ` (SELECT 1 FROM incidents i WHERE i.shown = 1 AND i.`
	body := func(table, kind, column string) SQL {
		return sql(`SELECT b.body FROM ` + table + ` o CROSS JOIN revisions b ON b.kind = '` + kind + `' AND b.record_id = o.id AND b.version = o.version
			WHERE EXISTS` + shownCases + column + ` = o.id) ORDER BY o.id`)
	}
	batch := []SQL{
		momentSQL,
		body("companies", vigie.CompanyRecord, "company"),
		body("waves", vigie.WaveRecord, "wave"),
		dumpedCases,
		sql(`SELECT e.id, e.type, e.version, e.recorded, e.changed, v.note, v.body, e.incident FROM events e CROSS JOIN incidents i ON i.id = e.incident
			CROSS JOIN revisions v ON v.kind = 'incident' AND v.record_id = substr(e.id, 1, instr(e.id, '/') - 1) AND v.version = e.version
			WHERE e.live = 1 AND e.type = 'correction' AND i.shown = 1 ORDER BY e.ord`),
		sql(`SELECT id, state, merged_into, reason FROM incidents WHERE shown = 0 AND known = 1 ORDER BY id`),
	}
	made := ""
	err = d.engine.Query(w.ctx, batch, func(i int, row Row) error {
		switch i {
		case 0:
			return row.Scan(&edition, &made)
		case 1:
			return w.company(row)
		case 2:
			return w.wave(row)
		case 3:
			return w.incident(row)
		case 4:
			return w.correction(row)
		}
		return w.tombstone(row)
	})
	if err != nil {
		return 0, err
	}
	if err := w.vocabulary(); err != nil {
		return 0, err
	}
	for _, m := range [][2]string{
		{"edition", strconv.FormatInt(edition, 10)}, {"made", made}, {"title", by.Title}, {"description", by.Description}, {"publisher", by.Publisher},
		{"licence", by.Licence}, {"licence_url", by.LicenceURL}, {"address", by.Address}, {"schema", strconv.Itoa(DumpVersion)},
	} {
		if m[1] == "" {
			continue
		}
		if err := w.put("metadata", m[0], m[1]); err != nil {
			return 0, err
		}
	}
	return edition, nil
}

// dumpedCases come each with the days on which its statements were recorded. The
// plus keeps SQLite from walking all live events for each case.
var dumpedCases = sql(`SELECT ` + recordColumns + `, (SELECT json_group_object(e.statement, e.recorded) FROM events e WHERE e.incident = i.id AND +e.live = 1 AND e.type = 'statement')
	FROM incidents i` + recordJoins + ` WHERE i.shown = 1 ORDER BY i.id`)

// dumping is the database that is being written.
type dumping struct {
	ctx     context.Context
	tx      *stdsql.Tx
	inserts map[string]*stdsql.Stmt
}

func (w *dumping) do(statements ...string) error {
	for _, s := range statements {
		if _, err := w.tx.ExecContext(w.ctx, s); err != nil {
			return fmt.Errorf("%s: %w", opening(s), err)
		}
	}
	return nil
}

func (w *dumping) schema() error {
	if err := w.do(fmt.Sprintf(`PRAGMA application_id = %d`, DumpID), fmt.Sprintf(`PRAGMA user_version = %d`, DumpVersion)); err != nil {
		return err
	}
	return w.do(strings.Split(strings.TrimSpace(dumpSchema), "\n\n")...)
}

// put writes a row, its values in the order of the columns. What is unknown, an
// empty text, is NULL.
func (w *dumping) put(table string, values ...any) error {
	insert, ok := w.inserts[table]
	if !ok {
		var err error
		if insert, err = w.tx.PrepareContext(w.ctx, `INSERT INTO `+table+` VALUES (?`+strings.Repeat(", ?", len(values)-1)+`)`); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
		w.inserts[table] = insert
	}
	for i, v := range values {
		if v == "" {
			values[i] = nil
		}
	}
	if _, err := insert.ExecContext(w.ctx, values...); err != nil {
		return fmt.Errorf("a row of %s, %v: %w", table, values[0], err)
	}
	return nil
}

// finish makes the full text and looks whether every reference has its row.
func (w *dumping) finish() error {
	for _, table := range []string{"incidents_fts", "statements_fts"} {
		if err := w.do(`INSERT INTO `+table+` (`+table+`) VALUES ('rebuild')`, `INSERT INTO `+table+` (`+table+`) VALUES ('optimize')`); err != nil {
			return err
		}
	}
	var broken int
	if err := w.tx.QueryRowContext(w.ctx, `SELECT count(*) FROM pragma_foreign_key_check`).Scan(&broken); err != nil {
		return err
	}
	if broken > 0 {
		return fmt.Errorf("%d references of the dump have no row", broken)
	}
	return nil
}
