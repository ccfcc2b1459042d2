package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
)

// vigieSays runs a command and gives what it printed.
func vigieSays(t *testing.T, want int, in string, args ...string) (out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	if code := run(context.Background(), args, strings.NewReader(in), &o, &e); code != want {
		t.Fatalf("vigie %s: exit %d, want %d\n%s%s", strings.Join(args, " "), code, want, &o, &e)
	}
	return o.String(), e.String()
}

func TestWrongUsageSaysWhatToTypeAndExitsWithTwo(t *testing.T) {
	db := "--db=" + filepath.Join(t.TempDir(), "v.db")
	for _, args := range [][]string{{"fly"}, {"import", "tarot", "x", db}, {"export", "--format", "papyrus", db}, {"export", "flavour=sour", db}, {"redact", "temu-2024-09", db}} {
		if _, errs := vigieSays(t, exitUsage, "", args...); !strings.HasPrefix(errs, "vigie: ") {
			t.Errorf("vigie %s says %q", strings.Join(args, " "), errs)
		}
	}
	if _, errs := vigieSays(t, exitFailed, "", "import", "article", "no-such-file.txt", db); !strings.Contains(errs, "no-such-file.txt") {
		t.Errorf("a missing file: %q", errs)
	}
}

func TestHelpFitsAScreen(t *testing.T) {
	out, _ := vigieSays(t, exitDone, "", "-help")
	if lines := strings.Count(out, "\n"); lines > 50 {
		t.Errorf("%d lines", lines)
	}
	for _, flag := range []string{"--db", "VIGIE_DB", "VIGIE_ADDR", "VIGIE_BASE_URL", "VIGIE_LANG", "VIGIE_DEV", "serve", "import", "check"} {
		if !strings.Contains(out, flag) {
			t.Errorf("help does not tell of %s", flag)
		}
	}
}

func TestTheReadmeNamesEveryFlagAndCommand(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	out, _ := vigieSays(t, exitDone, "", "-help")
	for _, w := range strings.Fields(out) {
		w = strings.Trim(w, `($).,"`)
		if flag, _, _ := strings.Cut(w, "="); (strings.HasPrefix(w, "--") && flag != "--help" || strings.HasPrefix(w, "VIGIE_")) && !bytes.Contains(readme, []byte(flag)) {
			t.Errorf("the README does not tell of %s", flag)
		}
	}
	_, commands, _ := strings.Cut(out, "Commands:")
	for _, line := range strings.Split(commands, "\n") {
		if name, _, ok := strings.Cut(strings.TrimSpace(line), "  "); ok && strings.HasPrefix(line, "  ") && !bytes.Contains(readme, []byte(name)) {
			t.Errorf("the README does not tell of vigie %s", name)
		}
	}
}

func TestExportThenLoadThenExportIsTheIdentity(t *testing.T) {
	dir := t.TempDir()
	first, second := "--db="+filepath.Join(dir, "a.db"), "--db="+filepath.Join(dir, "b.db")
	vigieSays(t, exitDone, "", "load", first)
	exported, _ := vigieSays(t, exitDone, "", "export", first)
	file := filepath.Join(dir, "export.ndjson")
	if err := os.WriteFile(file, []byte(exported), 0o644); err != nil {
		t.Fatal(err)
	}
	// Companies and waves are files of their own; the incidents need them.
	if out, _ := vigieSays(t, exitDone, "", "load", second); !strings.Contains(out, "different=0") {
		t.Fatal(out)
	}
	cases := strings.Count(exported, "\n")
	if out, _ := vigieSays(t, exitDone, "", "load", file, second); cases < 4 || !strings.Contains(out, fmt.Sprintf("created=0 same=%d different=0", cases)) {
		t.Errorf("loading the export over the record: %s", out)
	}
	again, _ := vigieSays(t, exitDone, "", "export", second)
	if a, b := underived(t, exported), underived(t, again); a != b || strings.Count(a, "\n") != cases {
		t.Error("the export changed")
	}
}

// underived takes the derived object out of an NDJSON export.
func underived(t *testing.T, export string) string {
	t.Helper()
	var out strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(export), "\n") {
		var r vigie.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(r.Incident)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(body, '\n'))
	}
	return out.String()
}

func TestLoadCreatesUnknownIdsOnlyAndTellsTheDifferences(t *testing.T) {
	dir := t.TempDir()
	db := "--db=" + filepath.Join(dir, "v.db")
	vigieSays(t, exitDone, "", "load", db)
	line, _, _ := strings.Cut(must2(vigieSays(t, exitDone, "", "export", "company=truffaut", db)), "\n")
	var r vigie.Record
	if err := json.Unmarshal([]byte(line), &r); err != nil {
		t.Fatal(err)
	}
	r.Summary.EN = "Another summary."
	changed, _ := json.Marshal(r)
	r.ID = "truffaut-2024-09-b"
	fresh, _ := json.Marshal(r)
	file := filepath.Join(dir, "x.ndjson")
	if err := os.WriteFile(file, append(append(changed, '\n'), fresh...), 0o644); err != nil {
		t.Fatal(err)
	}
	out, errs := vigieSays(t, exitDone, "", "load", file, db)
	if !strings.Contains(out, "created=1 same=0 different=1") || !strings.Contains(errs, "truffaut-2024-09") || !strings.Contains(errs, "summary") {
		t.Errorf("%s%s", out, errs)
	}
	if out, _ := vigieSays(t, exitDone, "", "check", db); out != "the database is sound\n" {
		t.Errorf("check: %q", out)
	}
}

func must2(a, _ string) string { return a }

func TestABackupServesInThePlaceOfTheDatabase(t *testing.T) {
	dir := t.TempDir()
	db, copied := filepath.Join(dir, "v.db"), filepath.Join(dir, "copy.db")
	vigieSays(t, exitDone, "", "load", "--db="+db)
	vigieSays(t, exitDone, "", "backup", copied, "--db="+db)
	vigieSays(t, exitFailed, "", "backup", copied, "--db="+db)
	other := filepath.Join(dir, "other.db")
	vigieSays(t, exitDone, "", "restore", copied, "--db="+other)
	a, _ := vigieSays(t, exitDone, "", "export", "--db="+db)
	b, _ := vigieSays(t, exitDone, "", "export", "--db="+other)
	if a != b || a == "" {
		t.Error("the restored database exports something else")
	}
}

func TestReadPrintsOneLineADocumentAndStoresNothing(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "article.txt")
	if err := os.WriteFile(file, []byte(claimArticle), 0o644); err != nil {
		t.Fatal(err)
	}
	documents := filepath.Join(dir, "documents.ndjson")
	two := `{"id":"a","title":"Outilor","text":"L’enseigne de bricolage Outilor a été victime d’une cyberattaque."}` + "\n" + `{"id":"b","lang":"en","title":"Weather","text":"It will rain."}` + "\n"
	if err := os.WriteFile(documents, []byte(two), 0o644); err != nil {
		t.Fatal(err)
	}
	out, _ := vigieSays(t, exitDone, "", "read", file, documents)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	var r vigie.Reading
	if err := json.Unmarshal([]byte(lines[0]), &r); err != nil {
		t.Fatal(err)
	}
	if !r.IsIncident || len(r.Victims) != 1 || r.Victims[0] != "Outilor" || len(r.Affected) != 1 || r.Affected[0].Value != 120000 {
		t.Errorf("read %+v", r)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(lines[2]), &keys); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"id", "lang", "is_incident", "is_retail", "victims", "affected", "data_types", "data_types_excluded", "stance", "actor", "sources", "text", "spans"} {
		if _, ok := keys[k]; !ok || string(keys[k]) == "null" {
			t.Errorf("the line of a document lacks %s: %s", k, keys[k])
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Error("reading stored something")
	}
}

func TestAnArticleWithoutAnIncidentIsFilteredUnlessAskedFor(t *testing.T) {
	db := "--db=" + filepath.Join(t.TempDir(), "v.db")
	article := "A new shop opens\n\nThe garden chain Verdalis opens its tenth shop on Saturday, with free coffee for everybody.\n"
	out, errs := vigieSays(t, exitDone, article, "import", "article", "-", db)
	if !strings.Contains(out, "read=1 new=0 changed=0 duplicate=0 filtered=1 refused=0") || !strings.Contains(errs, "--all") {
		t.Errorf("%s%s", out, errs)
	}
	if out, _ := vigieSays(t, exitDone, article, "import", "article", "-", "--all", db); !strings.Contains(out, "new=1") {
		t.Errorf("with --all: %s", out)
	}
}

func TestAnEditorWhoIsRemovedSignsInNoMore(t *testing.T) {
	h := newHouse(t, "")
	v := h.editor("ana")
	v.see("/fr/desk")
	vigieSays(t, exitDone, "", "editor", "remove", "ana", "--db="+h.file)
	if a := v.get("/fr/desk"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the desk after that: %s", a.Status)
	}
	if _, errs := vigieSays(t, exitFailed, "", "editor", "remove", "ana", "--db="+h.file); !strings.Contains(errs, "editor list") {
		t.Errorf("removed twice: %q", errs)
	}
	vigieSays(t, exitUsage, "", "editor", "add", "a b/c", "--db="+h.file)
}
