package db

import "context"

// Engine is the seam under the SQL: every query of this package is written once
// and runs on whichever engine the operator chose. Embedded SQLite is one; a
// cluster that speaks the same dialect over HTTP can be another, hence no
// interactive transactions here, only batches.
type Engine interface {
	// Exec runs the batch, all or nothing, and says how many rows it changed.
	// A statement that breaks a UNIQUE or PRIMARY KEY fails the batch with an
	// error that wraps ErrUnique.
	Exec(ctx context.Context, batch ...SQL) (changed int64, err error)
	// Query reads the whole batch in one snapshot and hands each row over with
	// the index of its statement. An error of each stops the reading.
	Query(ctx context.Context, batch []SQL, each func(i int, row Row) error) error
	Close() error
}

// SQL is one statement and its arguments: string, int64 or float64, nothing else.
type SQL struct {
	Text string
	Args []any
}

// Row is one row of an answer; Scan copies its columns into string, int64,
// float64, int or bool variables.
type Row interface {
	Scan(dest ...any) error
}

// Compacter is what an engine that keeps its own file can do besides: write the
// file anew so that nothing deleted is left in it, and copy it while in use.
type Compacter interface {
	Compact(ctx context.Context) error
	CopyTo(ctx context.Context, file string) error
}

func sql(text string, args ...any) SQL { return SQL{Text: text, Args: args} }
