package importers_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/importers"
)

// outcome is what became of one record of a list.
type outcome struct {
	Candidate *vigie.Candidate `json:"candidate,omitempty"`
	LeftOut   string           `json:"left_out,omitempty"`
	Refused   string           `json:"refused,omitempty"`
}

func outcomes(kind string, doc importers.Document, opts importers.Options) []outcome {
	var out []outcome
	for c, err := range importers.Readers[kind](doc, opts) {
		switch {
		case errors.Is(err, importers.ErrFiltered):
			out = append(out, outcome{LeftOut: err.Error()})
		case err != nil:
			out = append(out, outcome{Refused: err.Error()})
		default:
			out = append(out, outcome{Candidate: &c})
		}
	}
	return out
}

// Each fixture has beside it why it exists, and a golden file with what became of
// every record, in order.
func TestListsAreReadAsTheirGoldenFilesSay(t *testing.T) {
	for _, kind := range []string{importers.HIBPKind, importers.VERISKind, importers.CSVKind} {
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
				opts := importers.Options{Map: string(columns)}
				read := outcomes(kind, importers.Document{Body: body}, opts)
				if diff := cmp.Diff(read, outcomes(kind, importers.Document{Stream: bytes.NewReader(body)}, opts)); diff != "" {
					t.Errorf("a stream is read otherwise than a body (- body, + stream):\n%s", diff)
				}
				held(t, read)
				got, err := json.MarshalIndent(read, "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				golden := filepath.Join(dir, "golden.json")
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
			})
		}
	}
}

// held are what holds of every candidate of a structured source, whatever came in.
func held(t *testing.T, read []outcome) {
	t.Helper()
	for _, o := range read {
		c := o.Candidate
		if c == nil {
			continue
		}
		if c.Draft == nil || c.Draft.ID != "" || c.Draft.State != "" || c.Draft.Company != "" {
			t.Errorf("%s: its draft names a case or a company, which is the desk's to do", c.Key)
			continue
		}
		draft := *c.Draft
		draft.ID, draft.State, draft.Company = "essai-2031", vigie.Draft, "essai"
		for _, p := range draft.Validate() {
			if !p.Warning {
				t.Errorf("%s could not be saved as a draft: %s: %s", c.Key, p.Path, p.Message.EN)
			}
		}
		if c.Key == "" || c.ID != vigie.UUID(c.Kind+":"+c.Key) || len(c.Hash) != 64 || len(c.Reading.Victims) == 0 || !c.Reading.IsIncident {
			t.Errorf("%s: a candidate without id, key, hash or victim", c.Key)
		}
		runes := []rune(c.Reading.Text)
		for field, spans := range c.Reading.Spans {
			for _, s := range spans {
				if s[0] < 0 || s[0] >= s[1] || s[1] > len(runes) {
					t.Errorf("%s: %s is marked at %v of %d characters", c.Key, field, s, len(runes))
				}
			}
		}
		for _, a := range c.Reading.Affected {
			if a.Value <= 0 {
				t.Errorf("%s: an unknown count is written %d", c.Key, a.Value)
			}
		}
		if strings.Contains(c.Reading.Text, ".onion") && !strings.Contains(c.Reading.Text, "[.]onion") {
			t.Errorf("%s: an address of a hidden service can be clicked", c.Key)
		}
	}
}
