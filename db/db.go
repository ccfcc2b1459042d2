// Package db remembers: revisions of incidents, companies and waves, which are
// the truth, and everything derived from them to be searched and listed; what
// the importers brought and what was decided on it; the editors and their
// sessions.
//
// All SQL of Vigie is here and nothing else: no rule of the ledger (those are in
// the root package), no page, no network. Every write is one atomic batch.
package db

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"vigie"
)

// DB is an open ledger. It is safe for many goroutines, and several processes
// may have the same file open.
type DB struct {
	engine Engine
	clock  func() time.Time
	write  sync.Mutex // saves of this process go one after the other; other processes are met by the optimistic lock

	moment atomic.Pointer[markedMoment] // the last that was read

	counting sync.Mutex
	index    *index // of the last edition that was counted
	names    struct {
		edition int64
		list    []name // of the last edition in which one was misspelt
	}

	countMost int // vigie.TotalMost, less in tests
}

// Errors of the store, besides those of the root package.
var (
	ErrUnique     = errors.New("already there")                         // a UNIQUE or PRIMARY KEY was broken
	ErrFull       = errors.New("the disk is full: nothing was written") // free some space and try again
	ErrNewer      = errors.New("database made by a newer Vigie")        // upgrade the program
	ErrNotVigie   = errors.New("not a Vigie database")
	ErrFileExists = errors.New("file exists, and is not overwritten")
	ErrState      = errors.New("a case cannot go from its state to that one")
)

// GoneError says that a case was retracted. It wraps vigie.ErrGone.
type GoneError struct{ Tombstone vigie.Tombstone }

func (e GoneError) Error() string { return e.Tombstone.ID + " was retracted: " + e.Tombstone.Reason }
func (e GoneError) Unwrap() error { return vigie.ErrGone }

// MovedError says that a case was merged into another, where readers should go.
type MovedError struct{ Into string }

func (e MovedError) Error() string { return "merged into " + e.Into }

// Open brings the schema up to date and returns the ledger. The clock stamps
// revisions; engine is closed with the DB.
func Open(ctx context.Context, e Engine, clock func() time.Time) (*DB, error) {
	if clock == nil {
		clock = time.Now
	}
	if err := migrate(ctx, e, clock()); err != nil {
		return nil, err
	}
	d := &DB{engine: e, clock: clock, countMost: vigie.TotalMost}
	if err := d.finish(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// finish does what the last migrations left to do. A start that dies on the way
// leaves it due; two that begin at once do it twice, to the same end.
func (d *DB) finish(ctx context.Context) error {
	works := []func(context.Context) error{d.rebuild, d.reweigh}
	due := make([]bool, len(works))
	err := d.engine.Query(ctx, []SQL{
		sql(`SELECT count(*) FROM due WHERE work = 'rebuild'`),
		sql(`SELECT count(*) FROM due WHERE work = 'weigh'`),
	}, func(i int, r Row) error { return r.Scan(&due[i]) })
	for i, work := range works {
		if err == nil && due[i] {
			err = work(ctx)
		}
	}
	if err != nil {
		return fmt.Errorf("bringing the index up to date: %w", err)
	}
	return nil
}

// Close closes the engine.
func (d *DB) Close() error { return d.engine.Close() }

// Edition is the number that grows with every published change.
func (d *DB) Edition(ctx context.Context) (int64, error) {
	var n int64
	err := d.engine.Query(ctx, []SQL{editionSQL}, func(_ int, r Row) error { return r.Scan(&n) })
	return n, err
}

var editionSQL = sql(`SELECT coalesce(max(edition), 0) FROM revisions`)
