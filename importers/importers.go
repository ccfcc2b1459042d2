// Package importers reads the world: it turns strangers' bytes into candidates
// for the desk, and publishes nothing. One foreign format a file. Every reader
// is a pure function: no network (importers/fetch is the only one), no clock, no
// store. Meeting the known cases (Match) and drafting ledger rows (Propose) are
// pure too; db finds the suspects, server joins them.
package importers

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"sort"
	"time"

	"vigie"
	"vigie/importers/reading"
)

// MaxBody is how many bytes of one document a reader takes; a longer one is an
// error, never read in part without saying so.
const MaxBody = 8 << 20

// Document is what was fetched or opened, not yet understood.
type Document struct {
	URL         string    // final address, empty for a file
	ContentType string    // as the server said it; empty to guess from the body
	Body        []byte    // as it came, any charset
	Stream      io.Reader // a list to be read record by record, once; Body is then empty
	Retrieved   time.Time // when our own fetch got it; zero for a file
}

// Options are what readers need besides the document.
type Options struct {
	Lexicon   *reading.Lexicon // nil is the shipped one
	Companies []vigie.Company  // the companies of the record, with their aliases
	Lang      string           // hint, BCP 47; empty to guess
	All       bool             // leave nothing out for not being a retailer's
	Map       string           // of the csv reader: which column says what
}

// ErrFiltered is what a reader yields for a record that it leaves out by its own
// rule (it tells of no retailer, it was taken back upstream): it wraps it with the
// reason. Any other error is a record that could not be read.
var ErrFiltered = errors.New("left out")

// Reader turns a document into candidates. A bad record is yielded as an error
// and the reading goes on.
type Reader func(Document, Options) iter.Seq2[vigie.Candidate, error]

// Readers by kind, the first argument of `vigie import`.
var Readers = map[string]Reader{
	ArticleKind:    Article,
	CSVKind:        Table,
	HIBPKind:       HIBP,
	VERISKind:      VERIS,
	FeedKind:       Feed,
	RansomwareKind: Ransomware,
	LeakListsKind:  LeakLists,
	RecordsKind:    SharedRecords,
}

// Lists are the kinds whose readers take a Stream: they hold one record at a time,
// so that a file of any length can be read.
var Lists = map[string]bool{CSVKind: true, HIBPKind: true, VERISKind: true}

// Kinds lists the kinds of Readers, in order.
func Kinds() []string {
	kinds := make([]string, 0, len(Readers))
	for k := range Readers {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	return kinds
}

// ErrTooLong means that a body is longer than MaxBody.
var ErrTooLong = fmt.Errorf("longer than %d MiB", MaxBody>>20)

// defanged makes addresses of hidden services unclickable: they may be kept for
// the desk, and are never linked.
func defanged(s string) string { return onion.ReplaceAllString(s, "[.]$1") }

var onion = regexp.MustCompile(`(?i)\.(onion)`)
