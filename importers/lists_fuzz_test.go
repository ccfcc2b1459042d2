package importers_test

import (
	"os"
	"path/filepath"
	"testing"

	"vigie/importers"
)

// fuzzList feeds a reader anything: it never panics nor hangs, and whatever comes
// out of it could be saved as a draft.
func fuzzList(f *testing.F, kind string) {
	inputs, _ := filepath.Glob("testdata/" + kind + "/*/input.*")
	for _, name := range inputs {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		columns, _ := os.ReadFile(filepath.Join(filepath.Dir(name), "map.txt"))
		f.Add(body, string(columns))
	}
	f.Fuzz(func(t *testing.T, body []byte, columns string) {
		read := outcomes(kind, importers.Document{Body: body}, importers.Options{Map: columns, All: true})
		held(t, read)
		for _, o := range read {
			if o.Candidate != nil {
				importers.Preview(*o.Candidate)
			}
		}
	})
}

func FuzzHIBP(f *testing.F)  { fuzzList(f, importers.HIBPKind) }
func FuzzVERIS(f *testing.F) { fuzzList(f, importers.VERISKind) }
func FuzzTable(f *testing.F) { fuzzList(f, importers.CSVKind) }
