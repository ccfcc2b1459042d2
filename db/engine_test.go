package db

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func numbered(prefix string, n int) string { return fmt.Sprintf("%s-%04d", prefix, 1000+n) }

func TestABatchLeavesNothingWhenOneStatementFails(t *testing.T) {
	d := open(t)
	_, err := d.engine.Exec(t.Context(),
		sql(`INSERT INTO editors (name, role, hash, created) VALUES ('ada', 'editor', 'x', 'now')`),
		sql(`INSERT INTO editors (name, role, hash, created) VALUES ('ada', 'editor', 'x', 'now')`))
	if !errors.Is(err, ErrUnique) {
		t.Fatalf("the same name twice: %v", err)
	}
	is(t, "editors", len(must(d.Editors(t.Context()))(t)), 0)
}

func TestABatchOfQueriesReadsOneSnapshot(t *testing.T) {
	d := open(t)
	count := sql(`SELECT count(*) FROM editors`)
	var seen []int
	err := d.engine.Query(t.Context(), []SQL{count, count}, func(i int, row Row) error {
		var n int
		if err := row.Scan(&n); err != nil {
			return err
		}
		seen = append(seen, n)
		if i == 0 { // someone writes between the two questions
			return d.AddEditor(t.Context(), Editor{Name: "ada", Hash: "x"})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	is(t, "counts", fmt.Sprint(seen), "[0 0]")
	is(t, "and it was written", len(must(d.Editors(t.Context()))(t)), 1)
}

func TestReadersCannotWrite(t *testing.T) {
	d := open(t)
	err := d.engine.Query(t.Context(), []SQL{sql(`DELETE FROM guard RETURNING n`)}, func(int, Row) error { return nil })
	if err == nil {
		t.Error("a reading connection wrote")
	}
}

func TestAFullDiskIsSaidAndNothingIsLost(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	if _, err := d.engine.Exec(t.Context(), sql(`PRAGMA max_page_count = 1`)); err != nil { // SQLite takes the present size
		t.Fatal(err)
	}
	big := claim("lunaire-2025-06", "lunaire")
	big.Summary = text(strings.Repeat("word ", 100_000))
	_, err := d.Save(t.Context(), Save{Incident: big, By: desk})
	if !errors.Is(err, ErrFull) {
		t.Fatalf("on a full disk: %v", err)
	}
	is(t, "what was there", found(t, d, Q("lunaire")), "lunaire-2025-05")
	sound(t, d)
}

func TestMigrationsAreAppliedOnceAndAgree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	e := must(OpenSQLite(path))(t)
	defer e.Close()
	file := func(texts ...string) []migration {
		files := fstest.MapFS{}
		for i, text := range texts {
			files[fmt.Sprintf("migrations/%04d_step.sql", i+1)] = &fstest.MapFile{Data: []byte(text)}
		}
		return must(readMigrations(fs.FS(files)))(t)
	}
	one, two := "CREATE TABLE a (n INTEGER);\n\nINSERT INTO a VALUES (1);\n", "INSERT INTO a VALUES (2);\n"
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for range 2 {
		if err := apply(t.Context(), e, file(one, two), now); err != nil {
			t.Fatal(err)
		}
	}
	rows := 0
	if err := e.Query(t.Context(), []SQL{sql(`SELECT n FROM a`)}, func(int, Row) error { rows++; return nil }); err != nil {
		t.Fatal(err)
	}
	is(t, "rows after applying twice", rows, 2)
	if err := apply(t.Context(), e, file(one), now); !errors.Is(err, ErrNewer) {
		t.Errorf("a database newer than the program: %v", err)
	}
	if err := apply(t.Context(), e, file(one+"-- changed", two), now); err == nil || !strings.Contains(err.Error(), "changed after it was applied") {
		t.Errorf("a changed migration: %v", err)
	}
	if err := apply(t.Context(), e, file(one, two, "CREATE TABLE b (n INTEGER);\n\nNONSENSE;\n"), now); err == nil {
		t.Error("nonsense was applied")
	}
	if err := e.Query(t.Context(), []SQL{sql(`SELECT * FROM b`)}, func(int, Row) error { return nil }); err == nil {
		t.Error("half of a broken migration stayed")
	}
}

func TestAnotherProgramsDatabaseIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	e := must(OpenSQLite(path))(t)
	defer e.Close()
	if _, err := e.Exec(t.Context(), sql(`CREATE TABLE recipes (name TEXT)`)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), e, nil); !errors.Is(err, ErrNotVigie) {
		t.Errorf("opening a database of something else: %v", err)
	}
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSQLite(text); !errors.Is(err, ErrNotVigie) {
		t.Errorf("opening a text: %v", err)
	}
}

func TestAPathMayHoldAnyCharacter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?c#d%20é", "vigie.db")
	openAt(t, path, tick())
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestABuildWithoutFullTextSaysWhatToType(t *testing.T) {
	build := exec.Command("go", "vet", "-tags=", ".")
	build.Env = append(os.Environ(), "GOFLAGS=")
	out, err := build.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "build_with_make_or_pass_tags_sqlite_fts5") {
		t.Errorf("go vet without the tag: %v\n%s", err, out)
	}
}
