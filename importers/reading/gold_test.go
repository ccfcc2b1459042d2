package reading_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"vigie/importers/reading"
)

func TestPredict(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/gold/dev/*.json")
	out, _ := os.Create("testdata/pred.ndjson")
	defer out.Close()
	l := reading.Shipped()
	for _, f := range files {
		b, _ := os.ReadFile(f)
		var d reading.Document
		json.Unmarshal(b, &d)
		r := l.Read(d)
		json.NewEncoder(out).Encode(r)
	}
}
