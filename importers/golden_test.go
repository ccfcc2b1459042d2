package importers_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/importers"
)

// Each fixture has beside it why it exists, and a golden file with what became of
// every record, in order. A stream is read as a body is.
func TestNewsListsAndRecordsAreReadAsTheirGoldenFilesSay(t *testing.T) {
	for _, kind := range []string{importers.FeedKind, importers.RansomwareKind, importers.LeakListsKind, importers.RecordsKind, importers.HIBPKind, importers.VERISKind, importers.CSVKind} {
		inputs, err := filepath.Glob("testdata/" + kind + "/*/input.*")
		if err != nil || len(inputs) == 0 {
			t.Fatalf("no fixture of %s (%v)", kind, err)
		}
		for _, input := range inputs {
			dir := filepath.Dir(input)
			t.Run(kind+"/"+filepath.Base(dir), func(t *testing.T) {
				if why, err := os.ReadFile(filepath.Join(dir, "why.txt")); err != nil || !strings.HasPrefix(string(why), "Why: ") {
					t.Error("no why.txt beside the fixture that says why it exists")
				}
				body, err := os.ReadFile(input)
				if err != nil {
					t.Fatal(err)
				}
				columns, _ := os.ReadFile(filepath.Join(dir, "map.txt")) // only tables have one
				opts := importers.Options{Map: string(columns), Companies: []vigie.Company{{ID: "vellamo", Name: "Vellamo", Sector: "fashion"}}}
				got := outcomes(kind, importers.Document{Body: body}, opts)
				if diff := cmp.Diff(got, outcomes(kind, importers.Document{Stream: bytes.NewReader(body)}, opts)); diff != "" {
					t.Errorf("a stream is read otherwise than a body (- body, + stream):\n%s", diff)
				}
				for _, b := range got {
					if b.Candidate != nil {
						sound(t, kind, *b.Candidate)
					}
				}
				if slices.Contains([]string{importers.HIBPKind, importers.VERISKind, importers.CSVKind}, kind) {
					held(t, got)
				}
				sameAsGolden(t, filepath.Join(dir, "golden.json"), got)
			})
		}
	}
}

func sameAsGolden(t *testing.T, golden string, value any) {
	t.Helper()
	got, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v: run with -update and look at what it writes", err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
		t.Errorf("read otherwise than the golden file says (- golden, + read):\n%s", diff)
	}
}

// sound holds a candidate to what is true of all, whatever bytes it was read
// from: it has a name, its text is UTF-8 and defanged, its spans lie in the text,
// no address leads to a hidden service, and its draft could be saved.
func sound(t *testing.T, kind string, c vigie.Candidate) {
	t.Helper()
	if c.Kind != kind || c.ID == "" || strings.TrimSpace(c.Key) == "" || len(c.Hash) != 64 || c.Reading.ID != c.ID {
		t.Fatalf("a candidate without a name: kind %q, id %q, key %q, hash %q", c.Kind, c.ID, c.Key, c.Hash)
	}
	body, err := json.Marshal(c)
	if err != nil || !utf8.Valid(body) {
		t.Fatalf("%s cannot be written down: %v", c.Key, err)
	}
	if strings.Contains(strings.ToLower(string(body)), ".onion") {
		t.Fatalf("%s: the address of a hidden service was kept as it was", c.Key)
	}
	n := utf8.RuneCountInString(c.Reading.Text)
	for field, spans := range c.Reading.Spans {
		for _, s := range spans {
			if s[0] < 0 || s[0] >= s[1] || s[1] > n {
				t.Fatalf("%s: %s is marked at %v of %d characters", c.Key, field, s, n)
			}
		}
	}
	for _, d := range []vigie.Date{c.Source.Published, c.Reading.Published} {
		if err := d.Check(); err != nil {
			t.Fatalf("%s: %v", c.Key, err)
		}
	}
	if c.Draft == nil {
		return
	}
	draft := *c.Draft
	if draft.ID != "" || draft.State != "" || draft.Company != "" {
		t.Fatalf("%s: its draft names a case or a company, which is the desk's to do", c.Key)
	}
	draft.ID, draft.State, draft.Company = "essai-2031", vigie.Draft, "essai"
	for _, p := range draft.Validate() {
		if !p.Warning {
			t.Fatalf("%s could not be saved as a draft: %s: %s", c.Key, p.Path, p.Message.EN)
		}
	}
}

// fuzzed reads strangers' bytes as a kind: whatever comes, nothing panics and
// every candidate is sound.
func fuzzed(f *testing.F, kind string) {
	inputs, _ := filepath.Glob("testdata/" + kind + "/*/input.*")
	for _, input := range inputs {
		if body, err := os.ReadFile(input); err == nil {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 6000 {
			t.Skip("longer than is useful to fuzz")
		}
		for c, err := range importers.Readers[kind](importers.Document{Body: body}, importers.Options{All: true}) {
			if err == nil {
				sound(t, kind, c)
			}
		}
	})
}

func FuzzFeed(f *testing.F)       { fuzzed(f, importers.FeedKind) }
func FuzzRansomware(f *testing.F) { fuzzed(f, importers.RansomwareKind) }
func FuzzLeakLists(f *testing.F)  { fuzzed(f, importers.LeakListsKind) }
func FuzzRecords(f *testing.F)    { fuzzed(f, importers.RecordsKind) }
