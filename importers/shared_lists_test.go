package importers_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vigie/importers"
)

// corpus opens a file of the shared material beside the module, or skips.
func corpus(t *testing.T, name string) io.Reader {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir := here; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		f, err := os.Open(filepath.Join(filepath.Dir(dir), "shared", "data", "corpora", filepath.FromSlash(name)))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		if filepath.Ext(name) != ".gz" {
			return f
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	t.Skipf("shared/data/corpora/%s is absent beside the project: nothing to read", name)
	return nil
}

// tally counts what became of the records of a list.
func tally(t *testing.T, kind, columns string, in io.Reader) (brought []outcome, leftOut, refused int) {
	t.Helper()
	for _, o := range outcomes(kind, importers.Document{Stream: in}, importers.Options{Map: columns}) {
		switch {
		case o.Candidate != nil:
			brought = append(brought, o)
		case o.LeftOut != "":
			leftOut++
		default:
			refused++
			t.Logf("refused: %.200s", o.Refused)
		}
	}
	held(t, brought)
	return brought, leftOut, refused
}

func TestTheReadyMapsFitTheirTables(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	maps := regexp.MustCompile("(?s)```map (\\S+)\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(maps) < 10 {
		t.Fatalf("only %d ready maps", len(maps))
	}
	for _, m := range maps {
		t.Run(m[1], func(t *testing.T) {
			brought, leftOut, refused := tally(t, importers.CSVKind, m[2], corpus(t, m[1]))
			if len(brought) == 0 || refused > 1 {
				t.Fatalf("%d brought, %d left out, %d refused", len(brought), leftOut, refused)
			}
			dated, known := 0, 0
			for _, o := range brought {
				c := o.Candidate
				if c.Reading.Published != "" || c.Draft.Occurred != "" {
					dated++
				}
				if !strings.Contains(c.Reading.Text, "is not read as") {
					known++
				}
			}
			if dated*100 < len(brought)*90 || known*100 < len(brought)*80 {
				t.Errorf("of %d rows only %d have a date, and %d have cells that were all read: its layouts do not fit", len(brought), dated, known)
			}
		})
	}
}

func TestTheListsOfTheCorporaAreReadToTheirEnd(t *testing.T) {
	for _, c := range []struct {
		kind, name   string
		records, few int // in all, and at least so many brought
	}{
		{importers.HIBPKind, "hibp/hibp_breaches_2025-03-15.json", 625, 60},
		{importers.HIBPKind, "hibp/hibp_breaches_2025-11-14.json", 654, 60},
		{importers.VERISKind, "vcdb/vcdb_validated.ndjson.gz", 5383, 200},
		{importers.VERISKind, "vcdb/vcdb_submitted_webskimmers.ndjson.gz", 3130, 3000},
		{importers.VERISKind, "vcdb/vcdb_2013-11_schema_1.2.1.ndjson.gz", 1231, 40},
	} {
		t.Run(c.name, func(t *testing.T) {
			brought, leftOut, refused := tally(t, c.kind, "", corpus(t, c.name))
			if refused != 0 || len(brought)+leftOut != c.records || len(brought) < c.few {
				t.Errorf("%d brought + %d left out + %d refused, of %d", len(brought), leftOut, refused, c.records)
			}
		})
	}
}
