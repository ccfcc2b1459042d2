package web

import (
	"fmt"
	"io"
	"iter"

	"vigie"
)

// XLSX: the tables of CSV as sheets, and About, which says what the workbook is and
// explains the columns. Cases come with their statements and sources.

const xlsxMIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// caseBook is a workbook of cases.
type caseBook struct {
	*workbook
	incidents, said, read *sheet
	seen                  map[string]bool // cases whose row and sources are written
}

// writeCaseBook is every case with its statements and sources.
func writeCaseBook(w io.Writer, c Context, records iter.Seq2[vigie.Record, error]) error {
	return writeCaseBookOf(w, c, records, func(b *caseBook, r vigie.Record) error { return b.add(c.tellerOfCase(r), r.Ledger()) })
}

// writeLedgerBook is one case with its statements, corrections and sources.
func writeLedgerBook(w io.Writer, c Context, one Case) error {
	return writeCaseBookOf(w, c, each([]Case{one}), func(b *caseBook, one Case) error { return b.add(c.tellerOfCase(one.Record), one.Events) })
}

// writeEventBook is the events asked for, with the cases they are of.
func writeEventBook(w io.Writer, c Context, items iter.Seq2[vigie.Item, error]) error {
	return writeCaseBookOf(w, c, items, func(b *caseBook, item vigie.Item) error {
		if item.Case == nil {
			return addRow(b.workbook, b.said, eventColumns, c.event(item))
		}
		return b.add(c.tellerOfCase(*item.Case), []vigie.Item{item})
	})
}

func writeCaseBookOf[N any](w io.Writer, c Context, nouns iter.Seq2[N, error], add func(*caseBook, N) error) error {
	return writeBook(w, c, func(book *workbook) (err error) {
		b := &caseBook{workbook: book, seen: map[string]bool{}}
		if b.incidents, err = addSheet(book, "Incidents", caseColumns); err != nil {
			return err
		}
		if b.said, err = addSheet(book, "Statements", eventColumns); err != nil {
			return err
		}
		if b.read, err = addSheet(book, "Sources", sourceColumns); err != nil {
			return err
		}
		for noun, err := range nouns {
			if err != nil {
				return fmt.Errorf("reading what to write in it: %w", err)
			}
			if err := add(b, noun); err != nil {
				return err
			}
		}
		return nil
	})
}

// add writes some events of a case, and the first time its row and its sources.
func (b *caseBook) add(t teller, events []vigie.Item) error {
	for _, item := range events {
		if err := addRow(b.workbook, b.said, eventColumns, t.c.event(item)); err != nil {
			return err
		}
	}
	if b.seen[t.r.ID] {
		return nil
	}
	b.seen[t.r.ID] = true
	if err := addRow(b.workbook, b.incidents, caseColumns, t); err != nil {
		return err
	}
	for _, src := range t.r.Sources {
		if err := addRow(b.workbook, b.read, sourceColumns, reading{t, src}); err != nil {
			return err
		}
	}
	return nil
}

// writeTableBook is a workbook of one table.
func writeTableBook[N, R any](w io.Writer, c Context, name string, columns []column[R], rowOf func(N) R, nouns []N) error {
	return writeBook(w, c, func(b *workbook) error {
		s, err := addSheet(b, name, columns)
		for _, noun := range nouns {
			if err == nil {
				err = addRow(b, s, columns, rowOf(noun))
			}
		}
		return err
	})
}
