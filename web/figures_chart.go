package web

import (
	"html/template"

	"vigie"
)

// ChartNames are the charts of a page of figures, in its order.
var ChartNames = []string{"cases", "claimed", "waits", "data", "sectors", "countries"}

// Charted is what a chart is made of besides its name.
type Charted struct {
	Survey vigie.Survey
	Asked  vigie.Query
	Lang   vigie.Lang
	Base   string // scheme and host, for the source of a drawing that is taken away
	Site   Settings
}

// Chart is one drawing with all that is said of it, in one language: the template
// "chart" of part-chart.html draws it.
type Chart struct {
	Name    string
	Lang    vigie.Lang
	Title   string   // what it shows, as a finding about the cases of the answer
	Unit    string   // what is counted, on which scale
	Notes   []string // what is left out and why, and how not to read it
	Source  string   // who made it from what, under which licence, as of which day
	Empty   string   // in place of the drawing when there is nothing to draw
	Drawing template.HTML
	Key     []KeyEntry
	Table   ChartTable
	SVG     string // address of the drawing as a file
	JSON    string // address of the numbers
	Page    string // address of the page of figures that has it
	Embed   string // address of the same for another site
}

// KeyEntry is a fill of a drawing and the word for it.
type KeyEntry struct {
	Mark template.HTML
	Word string
}

// ChartTable is the numbers of a chart: every one that is drawn, and those left out.
type ChartTable struct {
	Caption string
	Heads   []string
	Rows    []ChartRow
}

// ChartRow is a row of the table; the first cell names it.
type ChartRow struct{ Cells []ChartCell }

// ChartCell is a cell, with the address of the cases that it counts.
type ChartCell struct {
	Text   string
	Href   string
	Number bool // stands in a column of numbers
}
