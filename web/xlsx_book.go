package web

import (
	"archive/zip"
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"vigie"
)

// How a workbook is made. Numbers, days and times have their types; a date that is
// less than a day stays text. Rows go to excelize's stream writer, which keeps a long
// sheet on disk.

const (
	maxCell  = 32_767 // UTF-16 units of a cell; excelize cuts silently
	maxHref  = 2_079  // characters of an address in Excel
	maxLinks = 8_000  // of a workbook: each is looked up among the others; past it an address is text
)

// workbook is an XLSX being written.
type workbook struct {
	c                       Context
	file                    *excelize.File
	sheets                  []*sheet
	bold, day, moment, link int // styles
	links                   int
}

// sheet is a sheet being written, row by row.
type sheet struct {
	name    string
	rows    *excelize.StreamWriter
	next    int
	columns []codeEntry // what each holds
}

// writeBook makes a workbook: fill adds its sheets and rows, then it is explained
// and written.
func writeBook(w io.Writer, c Context, fill func(*workbook) error) (err error) {
	b, err := c.newBook()
	if err != nil {
		return fmt.Errorf("making the workbook: %w", err)
	}
	defer func() { err = cmp.Or(err, b.file.Close()) }()
	if err := fill(b); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	if err := b.about(); err != nil {
		return fmt.Errorf("explaining the workbook: %w", err)
	}
	for _, s := range b.sheets {
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
// sheets in any order, and the same record is to give the same bytes. The file waits
// on disk, however long it is.
func (b *workbook) pack(w io.Writer) (err error) {
	loose, err := os.CreateTemp("", "vigie-*.xlsx")
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, loose.Close(), os.Remove(loose.Name())) }()
	size, err := b.file.WriteTo(loose)
	if err != nil {
		return err
	}
	parts, err := zip.NewReader(loose, size)
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
	b := &workbook{c: c, file: excelize.NewFile()}
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
	return b, nil
}

// addSheet begins a sheet for a table.
func addSheet[R any](b *workbook, name string, columns []column[R]) (*sheet, error) {
	s, err := b.sheet(name, names(columns))
	if err == nil {
		s.columns = columnCodes(&columns)()
		b.sheets = append(b.sheets, s)
	}
	return s, err
}

// sheet begins a sheet with its headings, which stay in sight.
func (b *workbook) sheet(name string, headings []string) (*sheet, error) {
	if len(b.sheets) == 0 { // a new file has one already
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return nil, err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return nil, err
	}
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

var aboutWords = struct{ Sheet, Name, Means, Title, From, Empty, Several, Page, Address, Edition, Named vigie.Text }{
	Sheet: vigie.Text{FR: "feuille", EN: "sheet"}, Name: vigie.Text{FR: "colonne", EN: "column"}, Means: vigie.Text{FR: "ce qu’elle contient", EN: "what it holds"},
	Title: vigie.Text{FR: "titre", EN: "title"}, From: vigie.Text{FR: "origine", EN: "from"}, Empty: vigie.Text{FR: "cellule vide", EN: "empty cell"},
	Several: vigie.Text{FR: "plusieurs valeurs", EN: "several values"}, Page: vigie.Text{FR: "page", EN: "page"}, Address: vigie.Text{FR: "ce fichier", EN: "this file"},
	Edition: vigie.Text{FR: "édition", EN: "edition"}, Named: vigie.Text{FR: "à citer", EN: "attribution"},
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
	edition := ""
	if b.c.Edition > 0 {
		edition = strconv.FormatInt(b.c.Edition, 10)
	}
	for _, said := range []struct {
		name  vigie.Text
		value string
	}{
		{aboutWords.Title, b.c.bookTitle()}, {aboutWords.From, b.c.origin()}, {aboutWords.Empty, in(aboutCells.Empty)}, {aboutWords.Several, in(aboutCells.Several)},
		{aboutWords.Page, b.c.HTML}, {aboutWords.Address, b.c.Self}, {aboutWords.Edition, edition}, {originWords.Asked, b.c.query()},
		{originWords.Licence, b.c.licence()}, {aboutWords.Named, b.c.attribution()},
	} {
		line(s.name, in(said.name), said.value)
	}
	for _, told := range b.sheets {
		for _, col := range told.columns {
			line(told.name, col.Code, in(col.Label))
		}
	}
	if err != nil {
		return err
	}
	b.sheets = append(b.sheets, s)
	return nil
}
