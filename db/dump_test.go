package db

import (
	"bytes"
	stdsql "database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vigie"
)

var imprint = Imprint{Title: "Vigie", Publisher: "La rédaction", Licence: "CC-BY-4.0", LicenceURL: "https://example.org/by"}

// dumped is a dump of the store, opened as a reader does.
func dumped(t *testing.T, d *DB) (*stdsql.DB, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "vigie.sqlite")
	made := must(d.Dump(t.Context(), file, imprint))(t)
	is(t, "edition", made, edition(t, d))
	out := must(stdsql.Open("sqlite3", dsn(file, url.Values{"mode": {"ro"}, "immutable": {"1"}})))(t)
	t.Cleanup(func() { out.Close() })
	return out, file
}

// told is a column of an answer, a row a word; NULL is –.
func told(t *testing.T, out *stdsql.DB, query string, args ...any) string {
	t.Helper()
	rows := must(out.QueryContext(t.Context(), query, args...))(t)
	defer rows.Close()
	var list []string
	columns := must(rows.Columns())(t)
	for rows.Next() {
		values, into := make([]stdsql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for _, v := range values {
			if !v.Valid {
				v.String = "–"
			}
			row = append(row, v.String)
		}
		list = append(list, strings.Join(row, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, "; ")
}

func TestTheDumpHoldsTheRecordAndGivesItBack(t *testing.T) {
	d := open(t)
	loadShipped(t, d)
	out, _ := dumped(t, d)
	all := must(d.Search(t.Context(), vigie.Query{Limit: 1}))(t).Total
	is(t, "cases", told(t, out, `SELECT count(*) FROM incidents`), strconv.Itoa(all))
	totals := must(d.Totals(t.Context()))(t)
	is(t, "statements", told(t, out, `SELECT count(*) FROM statements`), strconv.Itoa(totals.Statements))
	is(t, "sources", told(t, out, `SELECT count(*) FROM sources`), strconv.Itoa(totals.Sources))
	is(t, "statements without a date of ours", told(t, out, `SELECT count(*) FROM statements WHERE recorded IS NULL`), "0")
	rows := must(out.QueryContext(t.Context(), `SELECT record FROM incidents ORDER BY id`))(t)
	defer rows.Close()
	back := 0
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		var record vigie.Record
		if err := json.Unmarshal([]byte(text), &record); err != nil {
			t.Fatal(err)
		}
		have := must(d.Incident(t.Context(), record.ID))(t)
		is(t, "what comes back of "+record.ID, string(must(json.Marshal(record))(t)), string(must(json.Marshal(have))(t)))
		ledgerFromRows(t, out, &have)
		back++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	is(t, "records read back", back, all)
	is(t, "metadata", told(t, out, `SELECT value FROM metadata WHERE key IN ('edition', 'publisher', 'licence') ORDER BY key`), fmt.Sprintf("%d; CC-BY-4.0; La rédaction", edition(t, d)))
	is(t, "unknown things that are not NULL", told(t, out, emptyCells(t, out)), "0")
	is(t, "Temu by its words", told(t, out, `SELECT id FROM incidents WHERE rowid IN (SELECT rowid FROM incidents_fts WHERE incidents_fts MATCH 'temu') AND id = 'temu-2024-09'`), "temu-2024-09")
	is(t, "Temu's figure stays a contested claim", told(t, out, `SELECT claimed_count, unit, claimant_type, claim_status, evidence, position FROM claims WHERE incident = 'temu-2024-09' AND claimed_count = 87000000`),
		"87000000 records attacker contested reported denies")
}

func TestTheDumpIsASoundExportToOthers(t *testing.T) {
	check := filepath.Join("..", "..", "shared", "checks", "sqlite.sh")
	if _, err := os.Stat(check); err != nil {
		t.Skip("shared: the check of SQLite files is not here")
	}
	d := open(t)
	loadShipped(t, d)
	_, file := dumped(t, d)
	command := exec.Command("bash", check, file)
	command.Env = append(os.Environ(), "APPID="+strconv.Itoa(DumpID))
	answer, err := command.CombinedOutput()
	if command.ProcessState.ExitCode() == 3 {
		t.Skipf("shared: the check of SQLite files cannot run: %s", answer)
	}
	if err != nil {
		t.Errorf("sqlite.sh: %v\n%s", err, answer)
	}
}

// ledgerFromRows builds the ledger of a case of the tables alone and compares.
func ledgerFromRows(t *testing.T, out *stdsql.DB, r *vigie.Record) {
	t.Helper()
	var want, figures, data, cited []string
	for _, s := range r.Statements {
		want = append(want, string(s.Acts[0])+" "+string(s.By.Role)+" "+s.Text.EN)
		for _, f := range s.Figures {
			line := s.ID + " " + string(f.Unit) + " " + string(f.Qualifier)
			switch {
			case f.Qualifier == vigie.Vague:
			case f.Min == f.Max:
				line += fmt.Sprintf(" = %d", f.Min)
			default:
				if f.Min > 0 {
					line += fmt.Sprintf(" from %d", f.Min)
				}
				if f.Max > 0 {
					line += fmt.Sprintf(" to %d", f.Max)
				}
			}
			figures = append(figures, line)
		}
		for _, code := range s.NotData {
			data = append(data, s.ID+" "+code)
		}
		cited = append(cited, s.ID+" "+strconv.Itoa(len(s.Sources)))
	}
	is(t, "statements of "+r.ID, told(t, out, `SELECT (SELECT act FROM acts a WHERE a.incident = s.incident AND a.statement = s.id ORDER BY rowid LIMIT 1), role, coalesce(text_en, '') FROM statements s WHERE incident = ? ORDER BY place`, r.ID),
		strings.Join(want, "; "))
	is(t, "figures of "+r.ID, told(t, out, `SELECT statement || ' ' || unit || ' ' || qualifier || coalesce(' = ' || claimed_count, '') || coalesce(' from ' || claimed_min, '') || coalesce(' to ' || claimed_max, '')
		FROM figures WHERE incident = ? ORDER BY rowid`, r.ID), strings.Join(figures, "; "))
	is(t, "excluded data of "+r.ID, told(t, out, `SELECT statement, data FROM data_types WHERE incident = ? AND said = 'excluded' ORDER BY rowid`, r.ID), strings.Join(data, "; "))
	is(t, "sources of statements of "+r.ID, told(t, out, `SELECT id, (SELECT count(*) FROM statement_sources x WHERE x.incident = s.incident AND x.statement = s.id) FROM statements s WHERE incident = ? ORDER BY place`, r.ID),
		strings.Join(cited, "; "))
	f, ok := r.FigureOfRecord("")
	if ok {
		is(t, "figure of record of "+r.ID, told(t, out, `SELECT statement FROM figures WHERE incident = ? AND of_record = 1`, r.ID), f.Statement)
	}
}

// emptyCells counts the cells of all tables that hold ” or, of a count, 0.
func emptyCells(t *testing.T, out *stdsql.DB) string {
	var parts []string
	for column := range strings.SplitSeq(told(t, out, `SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE '%fts%' AND m.name NOT LIKE 'sqlite_%'`), "; ") {
		table, name, _ := strings.Cut(column, ".")
		parts = append(parts, `(SELECT count(*) FROM `+table+` WHERE "`+name+`" = '')`)
		if strings.HasPrefix(name, "claimed_") {
			parts = append(parts, `(SELECT count(*) FROM `+table+` WHERE "`+name+`" = 0)`)
		}
	}
	return `SELECT ` + strings.Join(parts, ` + `)
}

func TestTheSameEditionGivesTheSameDump(t *testing.T) {
	s := newScribe(t, 5)
	for range 60 {
		s.write()
	}
	_, one := dumped(t, s.d)
	_, two := dumped(t, s.d)
	first := must(os.ReadFile(one))(t)
	if !bytes.Equal(first, must(os.ReadFile(two))(t)) {
		t.Error("two dumps of one edition differ")
	}
	if problems := must(s.d.Check(t.Context(), true))(t); len(problems) > 0 {
		t.Fatal(problems)
	}
	_, rebuilt := dumped(t, s.d)
	if !bytes.Equal(first, must(os.ReadFile(rebuilt))(t)) {
		t.Error("a dump of the rebuilt tables differs")
	}
	if _, err := s.d.Dump(t.Context(), one, imprint); !errors.Is(err, ErrFileExists) {
		t.Errorf("over another: %v", err)
	}
	left := must(os.ReadDir(filepath.Dir(one)))(t)
	is(t, "files beside it", len(left), 1)
}

// A random history leaves nothing in the dump that a reader may not see, and every
// reference has its row.
func TestOnlyThePublicIsDumped(t *testing.T) {
	d := library(t)
	draft := claim("lunaire-2025-09", "lunaire")
	draft.State, draft.Summary = vigie.Draft, text("nobody may read zibeline yet")
	save(t, d, draft, 0)
	shop(t, d, "secret", "Secret zibeline")
	gone := claim("lunaire-2025-10", "lunaire")
	gone.Summary = text("zibeline was wrong")
	save(t, d, gone, 0)
	must(d.Retract(t.Context(), gone.ID, 1, "another shop", desk))(t)
	if err := d.AddEditor(t.Context(), Editor{Name: "ada", Hash: "zibeline"}); err != nil {
		t.Fatal(err)
	}
	kept := must(d.Draft(t.Context(), lunaire))(t)
	kept.Statements[0].Figures[0].Min, kept.Statements[0].Figures[0].Max = 80, 80
	must(d.Save(t.Context(), Save{Incident: &kept.Incident, Base: 1, By: vigie.Signature{Author: "zibeline", Note: "misread"}}))(t)
	out, file := dumped(t, d)
	if bytes.Contains(must(os.ReadFile(file))(t), []byte("zibeline")) {
		t.Error("what nobody may read is in the file")
	}
	is(t, "cases", told(t, out, `SELECT id FROM incidents ORDER BY id`), coeur+"; "+old+"; "+lunaire)
	is(t, "companies", told(t, out, `SELECT id FROM companies ORDER BY id`), "coeur-vaillant; lunaire")
	is(t, "tombstones", told(t, out, `SELECT * FROM tombstones`), gone.ID+" retracted – another shop")
	is(t, "corrections", told(t, out, `SELECT id, note, changed, position_before, position_after FROM corrections`), lunaire+`/c2 misread ["statements.s1.figures"] denies denies`)
	is(t, "unknown of an undated, unnumbered case", told(t, out, `SELECT i.occurred, i.wave, (SELECT count(*) FROM figures WHERE incident = i.id) FROM incidents i WHERE id = ?`, old), "– – 0")

	s := newScribe(t, 6)
	s.law = true
	for range 150 {
		s.write()
	}
	out, _ = dumped(t, s.d)
	is(t, "cases of a random history", told(t, out, `SELECT count(*) FROM incidents`), strconv.Itoa(must(s.d.Search(t.Context(), vigie.Query{}))(t).Total))
	is(t, "broken references", told(t, out, `SELECT count(*) FROM pragma_foreign_key_check`), "0")
}
