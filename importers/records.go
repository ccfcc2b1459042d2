package importers

import (
	"io"
	"iter"

	"vigie"
)

// Records reads our own incidents, as JSON (one, or an array) or NDJSON. An
// unknown key is an error that names it; derived and edition are ignored.
func Records(r io.Reader) iter.Seq2[vigie.Incident, error] {
	return func(yield func(vigie.Incident, error) bool) {}
}
