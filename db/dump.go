package db

import (
	"context"
	"errors"
)

// DumpID is the application_id of the dump: "Vigi" as four bytes. user_version
// is DumpVersion, which grows when a table or a column changes its meaning.
const (
	DumpID      = 0x56696769
	DumpVersion = 1
)

// Imprint is who publishes the dump and on what terms, for its table metadata.
type Imprint struct {
	Title, Description, Publisher, Licence, LicenceURL, Address string
}

// Dump writes the public record as a SQLite database of its own, for Datasette
// and the like, to a new file: published cases with all that is said in them,
// tombstones without their text, no draft, candidate or editor. The same edition
// and imprint give the same bytes. It answers with the edition that it holds.
// ErrFileExists: it overwrites nothing.
func (d *DB) Dump(ctx context.Context, file string, by Imprint) (edition int64, err error) {
	return 0, errors.ErrUnsupported
}
