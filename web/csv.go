package web

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"vigie"
)

// CSV as RFC 4180 has it: UTF-8, CRLF, a header, one row a case or one row an
// event. A list of cases is a table of cases; one case is the table of its
// statements and corrections, as its feed is.

// byteOrderMark tells Excel that the file is UTF-8. It is only written when asked.
const byteOrderMark = "\ufeff"

func writeCaseRows(w io.Writer, c Context, records iter.Seq2[vigie.Record, error]) error {
	return writeRows(w, c, "the cases", caseColumns, c.tellerOfCase, records)
}

func writeEventRows(w io.Writer, c Context, items iter.Seq2[vigie.Item, error]) error {
	return writeRows(w, c, "the events", eventColumns, c.event, items)
}

// writeLedgerRows is one case as the table of its events.
func writeLedgerRows(w io.Writer, c Context, one Case) error {
	return writeEventRows(w, c, each(one.Events))
}

// writeRows writes row by row: what is kept in memory is one row and the buffer of
// the writer.
func writeRows[N, R any](w io.Writer, c Context, what string, columns []column[R], rowOf func(N) R, nouns iter.Seq2[N, error]) error {
	add, end := feedRows(w, c, what, columns)
	for noun, err := range nouns {
		if err != nil {
			return fmt.Errorf("reading %s to write: %w", what, err)
		}
		if err := add(rowOf(noun)); err != nil {
			return err
		}
	}
	return end()
}

// feedRows begins a table that is given its rows one by one; end ends it, and tells
// what went wrong on the way.
func feedRows[R any](w io.Writer, c Context, what string, columns []column[R]) (add func(R) error, end func() error) {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	fault := func(err error) error {
		if err != nil {
			err = fmt.Errorf("writing %s as CSV: %w", what, err)
		}
		return err
	}
	cells := names(columns)
	if c.BOM { // headings are plain words: no quote would come before it
		cells[0] = byteOrderMark + cells[0]
	}
	broken := fault(out.Write(cells))
	return func(row R) error {
			if broken != nil {
				return broken
			}
			for i, col := range columns {
				cells[i] = csvCell(col.Cell(row))
			}
			return fault(out.Write(cells))
		}, func() error {
			out.Flush()
			return cmp.Or(broken, fault(out.Error()))
		}
}

// csvCell writes a cell. What is unknown is empty: no count of ours is nought but
// that of statements and sources, and a case without them is a draft.
func csvCell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int64:
		return orEmpty(v, strconv.FormatInt(v, 10))
	case int:
		return orEmpty(v, strconv.Itoa(v))
	case *int: // a lag may be of no days
		return strconv.Itoa(*v)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.UTC().Format(time.RFC3339)
	case vigie.Date:
		return inert(string(v))
	case address:
		return inert(string(v))
	case string:
		return inert(v)
	}
	panic(fmt.Sprintf("a cell of type %T", v)) // a fault in the tables, found by any test
}

func orEmpty[N int | int64](n N, s string) string {
	if n == 0 {
		return ""
	}
	return s
}

// inert keeps a spreadsheet from running a text: one that begins like a formula
// gets an apostrophe in front, which spreadsheets take for "this is text". The full
// width signs are for those that read Japanese. A tab is no character of an
// unquoted field (RFC 4180, TEXTDATA) and becomes a space.
func inert(s string) string {
	s = strings.ReplaceAll(clean(s), "\t", " ")
	if strings.IndexAny(s, "=+-@＝＋－＠\n") == 0 {
		return "'" + s
	}
	return s
}
