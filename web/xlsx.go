package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"vigie"
)

// XLSX: the tables of CSV as the sheets Incidents, Statements and Sources, and
// About, which says what it is and explains the columns. Numbers, days and times
// have their types; a date that is less than a day stays text. Rows go to
// excelize's stream writer, which keeps a long sheet on disk.

const (
	xlsxMIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	maxCell  = 32_767 // UTF-16 units of a cell; excelize cuts silently
	maxHref  = 2_079  // characters of an address in Excel
	maxLinks = 8_000  // of a workbook: each is looked up among the others; past it an address is text
)

// workbook is an XLSX being written.
type workbook struct {
	c                       Context
	file                    *excelize.File
	incidents, said, read   *sheet
	bold, day, moment, link int // styles
	links                   int
	seen                    map[string]bool // cases whose row and sources are written
}

// sheet is a sheet being written, row by row.
type sheet struct {
	name string
	rows *excelize.StreamWriter
	next int
}

// writeCaseBook is every case with its statements and sources.
func writeCaseBook(w io.Writer, c Context, records iter.Seq2[vigie.Record, error]) error {
	return writeBook(w, c, records, func(b *workbook, r vigie.Record) error {
		if err := b.addCase(c.tellerOfCase(r)); err != nil {
			return err
		}
		for _, item := range r.Ledger() {
			if err := addRow(b, b.said, eventColumns, c.event(item)); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeLedgerBook is one case with its statements, corrections and sources.
func writeLedgerBook(w io.Writer, c Context, one Case) error {
	return writeBook(w, c, each([]Case{one}), func(b *workbook, one Case) error {
		for _, item := range one.Events {
			if err := addRow(b, b.said, eventColumns, c.event(item)); err != nil {
				return err
			}
		}
		return b.addCase(c.tellerOfCase(one.Record))
	})
}

// writeEventBook is the events asked for, with the cases they are of.
func writeEventBook(w io.Writer, c Context, items iter.Seq2[vigie.Item, error]) error {
	return writeBook(w, c, items, func(b *workbook, item vigie.Item) error {
		e := c.event(item)
		if err := addRow(b, b.said, eventColumns, e); err != nil || item.Case == nil {
			return err
		}
		return b.addCase(e.teller)
	})
}

func writeBook[N any](w io.Writer, c Context, nouns iter.Seq2[N, error], add func(*workbook, N) error) (err error) {
	b, err := c.newBook()
	if err != nil {
		return fmt.Errorf("making the workbook: %w", err)
	}
	defer func() {
		if closing := b.file.Close(); err == nil && closing != nil {
			err = fmt.Errorf("closing the workbook: %w", closing)
		}
	}()
	for noun, err := range nouns {
		if err != nil {
			return fmt.Errorf("reading what to write in the workbook: %w", err)
		}
		if err := add(b, noun); err != nil {
			return fmt.Errorf("writing the workbook: %w", err)
		}
	}
	if err := b.about(); err != nil {
		return fmt.Errorf("explaining the workbook: %w", err)
	}
	for _, s := range []*sheet{b.incidents, b.said, b.read} {
		if err := s.rows.Flush(); err != nil {
			return fmt.Errorf("writing the sheet %s: %w", s.name, err)
		}
	}
	if err := b.pack(w); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// pack writes the parts of the file in the order of their names: excelize puts the
// sheets in any order, and the same record is to give the same bytes. What is held
// is the compressed file.
func (b *workbook) pack(w io.Writer) error {
	var loose bytes.Buffer
	if err := b.file.Write(&loose); err != nil {
		return err
	}
	parts, err := zip.NewReader(bytes.NewReader(loose.Bytes()), int64(loose.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(parts.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range parts.File {
		if err := out.Copy(part); err != nil {
			return fmt.Errorf("packing %s: %w", part.Name, err)
		}
	}
	return out.Close()
}

func (c Context) newBook() (*workbook, error) {
	b := &workbook{c: c, file: excelize.NewFile(), seen: map[string]bool{}}
	style := func(s excelize.Style) (id int, err error) { return b.file.NewStyle(&s) }
	date, moment := "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm:ss"
	var err error
	for _, s := range []struct {
		id *int
		of excelize.Style
	}{
		{&b.bold, excelize.Style{Font: &excelize.Font{Bold: true}}}, {&b.day, excelize.Style{CustomNumFmt: &date}}, {&b.moment, excelize.Style{CustomNumFmt: &moment}},
		{&b.link, excelize.Style{Font: &excelize.Font{Color: "0563C1", Underline: "single"}}},
	} {
		if *s.id, err = style(s.of); err != nil {
			return nil, err
		}
	}
	// The same record gives the same bytes: excelize would read the clock.
	at := c.orEpoch(time.Time{}).Format(time.RFC3339)
	props := excelize.DocProperties{
		Title: c.bookTitle(), Creator: c.publisher(), LastModifiedBy: c.publisher(), Description: c.origin(), Created: at, Modified: at, Language: string(c.Lang), Identifier: asciiURI(c.Self),
	}
	if err := b.file.SetDocProps(&props); err != nil {
		return nil, err
	}
	if err := b.file.SetSheetName("Sheet1", "Incidents"); err != nil {
		return nil, err
	}
	for _, name := range []string{"Statements", "Sources", "About"} {
		if _, err := b.file.NewSheet(name); err != nil {
			return nil, err
		}
	}
	if b.incidents, err = b.sheet("Incidents", names(caseColumns)); err != nil {
		return nil, err
	}
	if b.said, err = b.sheet("Statements", names(eventColumns)); err != nil {
		return nil, err
	}
	b.read, err = b.sheet("Sources", names(sourceColumns))
	return b, err
}

// sheet begins a sheet with its headings, which stay in sight.
func (b *workbook) sheet(name string, headings []string) (*sheet, error) {
	rows, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	if err := rows.SetColWidth(1, len(headings), 18); err != nil {
		return nil, err
	}
	if err := rows.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return nil, err
	}
	cells := make([]any, len(headings))
	for i, h := range headings {
		cells[i] = excelize.Cell{StyleID: b.bold, Value: h}
	}
	return &sheet{name: name, rows: rows, next: 2}, rows.SetRow("A1", cells)
}

// addCase writes the row of a case and those of its sources, once.
func (b *workbook) addCase(t teller) error {
	if b.seen[t.r.ID] {
		return nil
	}
	b.seen[t.r.ID] = true
	if err := addRow(b, b.incidents, caseColumns, t); err != nil {
		return err
	}
	for _, src := range t.r.Sources {
		if err := addRow(b, b.read, sourceColumns, reading{t, src}); err != nil {
			return err
		}
	}
	return nil
}

func addRow[R any](b *workbook, s *sheet, columns []column[R], row R) error {
	cells := make([]any, len(columns))
	for i, col := range columns {
		value := col.Cell(row)
		cells[i] = b.cell(value)
		if href, ok := value.(address); ok && href != "" && len(href) <= maxHref && b.links < maxLinks {
			at, err := excelize.CoordinatesToCellName(i+1, s.next)
			if err != nil {
				return err
			}
			if err := b.file.SetCellHyperLink(s.name, at, string(href), "External"); err != nil {
				return fmt.Errorf("linking %s: %w", at, err)
			}
			b.links++
		}
	}
	err := s.rows.SetRow("A"+strconv.Itoa(s.next), cells)
	s.next++
	return err
}

// cell is a value as a spreadsheet holds it. What is unknown is no cell at all.
func (b *workbook) cell(v any) any {
	switch v := v.(type) {
	case int64:
		if v == 0 {
			return nil
		}
		return v
	case int:
		if v == 0 {
			return nil
		}
		return v
	case *int:
		return *v
	case bool:
		return v
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: b.moment, Value: v.UTC()}
	case vigie.Date:
		if day := dayTime(v.First()); v.Exact() && day.Year() >= 1900 {
			return excelize.Cell{StyleID: b.day, Value: day}
		}
		return text(string(v))
	case address:
		if v == "" {
			return nil
		}
		return excelize.Cell{StyleID: b.link, Value: text(string(v))}
	case string:
		return text(v)
	}
	return nil
}

// text is a text that a cell can hold: excelize writes "=…" as text, not as a formula.
func text(s string) any {
	if s = clean(s); s == "" {
		return nil
	}
	if units := []rune(s); len(units) > maxCell/2 { // a rune is two units at most
		s = string(units[:maxCell/2-1]) + "…"
	}
	return s
}

func (c Context) bookTitle() string {
	title := c.siteName()
	if c.Words != "" {
		title += feedWords.Colon.In(c.Lang) + c.Words
	}
	return oneLine(title)
}

var aboutWords = struct{ Sheet, Name, Means, Title, From, Empty, Several, Page, Address, Edition, Asked, Licence vigie.Text }{
	Sheet: vigie.Text{FR: "feuille", EN: "sheet"}, Name: vigie.Text{FR: "colonne", EN: "column"}, Means: vigie.Text{FR: "ce qu’elle contient", EN: "what it holds"},
	Title: vigie.Text{FR: "titre", EN: "title"}, From: vigie.Text{FR: "origine", EN: "from"}, Empty: vigie.Text{FR: "cellule vide", EN: "empty cell"},
	Several: vigie.Text{FR: "plusieurs valeurs", EN: "several values"}, Page: vigie.Text{FR: "page", EN: "page"}, Address: vigie.Text{FR: "ce fichier", EN: "this file"},
	Edition: vigie.Text{FR: "édition", EN: "edition"}, Asked: vigie.Text{FR: "question", EN: "query"}, Licence: vigie.Text{FR: "licence", EN: "licence"},
}

var aboutCells = struct{ Empty, Several vigie.Text }{
	Empty: vigie.Text{
		FR: "Inconnu, jamais zéro. Les chiffres de plusieurs voix ne s’additionnent pas. Une date moins précise qu’un jour est un texte (EDTF).",
		EN: "Unknown, never nought. Figures of different speakers do not add up. A date less precise than a day is text (EDTF).",
	},
	Several: vigie.Text{FR: "Séparées par | dans une cellule.", EN: "Separated by | in a cell."},
}

// about is the sheet that says what the workbook is, and what each column holds.
func (b *workbook) about() error {
	in := func(t vigie.Text) string { return t.In(b.c.Lang) }
	s, err := b.sheet("About", []string{in(aboutWords.Sheet), in(aboutWords.Name), in(aboutWords.Means)})
	if err != nil {
		return err
	}
	line := func(sheet, name, value string) {
		if value == "" || err != nil {
			return
		}
		err = s.rows.SetRow("A"+strconv.Itoa(s.next), []any{sheet, name, text(value)})
		s.next++
	}
	_, query, _ := strings.Cut(b.c.Topic, "?")
	edition := ""
	if b.c.Edition > 0 {
		edition = strconv.FormatInt(b.c.Edition, 10)
	}
	for _, said := range []struct {
		name  vigie.Text
		value string
	}{
		{aboutWords.Title, b.c.bookTitle()}, {aboutWords.From, b.c.origin()}, {aboutWords.Empty, in(aboutCells.Empty)}, {aboutWords.Several, in(aboutCells.Several)},
		{aboutWords.Page, b.c.HTML}, {aboutWords.Address, b.c.Self}, {aboutWords.Edition, edition}, {aboutWords.Asked, query},
		{aboutWords.Licence, strings.TrimSpace(b.c.Site.Licence + " " + b.c.Site.LicenceURL)},
	} {
		line(s.name, in(said.name), said.value)
	}
	for _, col := range caseColumns {
		line(b.incidents.name, col.Name, in(col.Means))
	}
	for _, col := range eventColumns {
		line(b.said.name, col.Name, in(col.Means))
	}
	for _, col := range sourceColumns {
		line(b.read.name, col.Name, in(col.Means))
	}
	if err != nil {
		return err
	}
	return s.rows.Flush()
}
