package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestATableIsTriedThenImportedOnce(t *testing.T) {
	dir := t.TempDir()
	db := "--db=" + filepath.Join(dir, "vigie.db")
	file := filepath.Join(dir, "register.csv")
	if err := os.WriteFile(file, []byte("Organization,Filed,Residents\nLycée Parlote,3/6/2031,9\nBrindilou Shop,3/7/2031,\"1,200\"\nVellamo Stores,3/8/2031\nTotal,,1209\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const columns = "as=filing,victim=Organization,date=Filed:us,affected=Residents:people:Springfield,publisher==The Office"

	if _, errs := vigieSays(t, exitUsage, "", "import", "csv", file, db); !strings.Contains(errs, `#2 "Filed"`) || !strings.Contains(errs, "--map '") {
		t.Errorf("without a map the columns found are not told: %q", errs)
	}
	tried, _ := vigieSays(t, exitDone, "", "import", "csv", file, db, "--map", columns, "--dry-run")
	for _, want := range []string{"1. new: Brindilou Shop", "1,200 people", "company: notifies_regulator", "2. refused: row 4", "read=4 new=1 changed=0 duplicate=0 filtered=2 refused=1"} {
		if !strings.Contains(tried, want) {
			t.Errorf("a dry run does not show %q:\n%s", want, tried)
		}
	}
	if strings.Contains(tried, "Parlote") {
		t.Errorf("a dry run shows what is left out:\n%s", tried)
	}
	if out, _ := vigieSays(t, exitDone, "", "import", "csv", file, db, "--map", columns); !strings.Contains(out, "new=1 changed=0 duplicate=0") {
		t.Errorf("after a dry run, the first import says %q", out)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if out, _ := vigieSays(t, exitDone, string(body), "import", "csv", "-", db, "--map", columns); !strings.Contains(out, "new=0 changed=0 duplicate=1") {
		t.Errorf("imported again, from a pipe, it says %q", out)
	}
}

// A list is read record by record: it may be longer than what is held of a page.
func TestAListThatBreaksOffIsNotCompletedAndWhatCameBeforeIsKept(t *testing.T) {
	dir := t.TempDir()
	list, file := filepath.Join(dir, "list.json"), filepath.Join(dir, "vigie.db")
	body := `[{"Name":"Outilor","Title":"Outilor","Domain":"outilor.example","AddedDate":"2026-03-01T00:00:00Z","Description":"The online shop Outilor was hacked.","PwnCount":12000,"IsVerified":true},{"Name":"Brico`
	if err := os.WriteFile(list, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"import", "hibp", list, "--all", "--db", file}, nil, &out, &errs)
	if code != exitFailed || strings.TrimSpace(out.String()) != "read=2 new=1 changed=0 duplicate=0 filtered=0 refused=1" || !strings.Contains(errs.String(), "the rest of the list was not read") {
		t.Errorf("exit %d\n%s\n%s", code, &out, &errs)
	}
	l := newLookout(t, file, intranet)
	runs, err := l.store.Runs(t.Context(), 1)
	if err != nil || len(runs) != 1 || runs[0].Completed {
		t.Errorf("%+v, %v", runs, err)
	}
}

func TestAListLongerThanAPageIsReadFromAFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "list.json")
	const one = `{"Name":"Parlote","Title":"Parlote","Description":"A forum.","IsVerified":true}`
	if err := os.WriteFile(file, []byte("["+strings.Repeat(one+strings.Repeat(" ", 1<<20)+",", 9)+one+"]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs := vigieSays(t, exitDone, "", "import", "hibp", file, "--db="+filepath.Join(dir, "vigie.db")); !strings.Contains(out, "read=10 new=0 changed=0 duplicate=0 filtered=10 refused=0") {
		t.Errorf("it says %q, %q", out, errs)
	}
}
