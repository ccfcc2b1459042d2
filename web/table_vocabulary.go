package web

import (
	"io"
	"slices"

	"vigie"
)

// The vocabulary and the codebook as rows: every code of every list, then every
// column of every table, each with its words in both languages.

// codeEntry is a code of a list, or a column of a table.
type codeEntry struct {
	List       string     `json:"list" doc:"The vocabulary it is in; columns:incidents and so on are the columns of a table."`
	Code       string     `json:"code" doc:"The code, or the heading of the column."`
	Position   int        `json:"position" doc:"Its place in the list, from 1."`
	Label      vigie.Text `json:"label" doc:"What it is called."`
	Definition vigie.Text `json:"definition,omitzero" doc:"What it means. Absent: its label says it."`
}

// columnLists are the tables whose columns the codebook explains.
var columnLists = []struct {
	name    string
	columns func() []codeEntry
}{
	{"incidents", columnCodes(&caseColumns)},
	{"timeline", columnCodes(&eventColumns)},
	{"sources", columnCodes(&sourceColumns)},
	{"companies", columnCodes(&companyColumns)},
}

func columnCodes[R any](columns *[]column[R]) func() []codeEntry {
	return func() (out []codeEntry) {
		for _, col := range *columns {
			out = append(out, codeEntry{Code: col.Name, Label: col.Means})
		}
		return out
	}
}

// allCodes is every row of the codebook.
func allCodes() (rows []codeEntry) {
	add := func(list string, entries []codeEntry) {
		for i, e := range entries {
			e.List, e.Position = list, i+1
			rows = append(rows, e)
		}
	}
	for _, list := range vigie.Lists() {
		var entries []codeEntry
		for _, term := range vigie.Vocabulary(list) {
			entries = append(entries, codeEntry{Code: term.Code, Label: term.Label, Definition: term.Definition})
		}
		add(list, entries)
	}
	for _, table := range columnLists {
		add("columns:"+table.name, table.columns())
	}
	return slices.Clip(rows)
}

var codeColumns = []column[codeEntry]{
	{"list", vigie.Text{FR: "La liste ; columns:… est une table", EN: "The list; columns:… is a table"}, func(e codeEntry) any { return e.List }},
	{"code", vigie.Text{FR: "Le code, ou le nom de la colonne", EN: "The code, or the name of the column"}, func(e codeEntry) any { return e.Code }},
	{"position", vigie.Text{FR: "Sa place dans la liste, à partir de 1", EN: "Its place in the list, from 1"}, func(e codeEntry) any { return e.Position }},
	{"label_fr", vigie.Text{FR: "Le mot, en français", EN: "What it is called, in French"}, func(e codeEntry) any { return e.Label.FR }},
	{"label_en", vigie.Text{FR: "Le mot, en anglais", EN: "What it is called, in English"}, func(e codeEntry) any { return e.Label.EN }},
	{"definition_fr", vigie.Text{FR: "Ce qu’il veut dire, en français", EN: "What it means, in French"}, func(e codeEntry) any { return e.Definition.FR }},
	{"definition_en", vigie.Text{FR: "Ce qu’il veut dire, en anglais", EN: "What it means, in English"}, func(e codeEntry) any { return e.Definition.EN }},
}

func asIs(e codeEntry) codeEntry { return e }

func writeCodeRows(w io.Writer, c Context) error {
	return writeRows(w, c, "the vocabulary", codeColumns, asIs, each(allCodes()))
}

func writeCodeBook(w io.Writer, c Context) error {
	return writeTableBook(w, c, "Vocabulary", codeColumns, asIs, allCodes())
}

func writeCodes(w io.Writer, c Context) error {
	return writeJSON(w, "the vocabulary", codeList{allCodes(), c.terms()})
}

// codeList is the codebook in JSON.
type codeList struct {
	Vocabulary []codeEntry `json:"vocabulary" doc:"Every code of every list, then every column of every table."`
	terms
}
