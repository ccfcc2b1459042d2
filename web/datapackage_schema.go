package web

import (
	"slices"
	"strings"

	"vigie"
)

// How the tables of a data package are described: Data Resource, Table Dialect and
// Table Schema 2.0.

type (
	descriptor struct {
		Schema       string        `json:"$schema"`
		Name         string        `json:"name"`
		ID           string        `json:"id"`
		Title        string        `json:"title"`
		Description  string        `json:"description"`
		Homepage     string        `json:"homepage,omitempty"`
		Version      string        `json:"version"` // the edition
		Created      string        `json:"created"`
		Contributors []contributor `json:"contributors"`
		Keywords     []string      `json:"keywords"`
		Licences     []licence     `json:"licenses,omitempty"`
		Sources      []origin      `json:"sources"`
		Resources    []resource    `json:"resources"`
	}
	contributor struct {
		Title string   `json:"title"`
		Roles []string `json:"roles"`
	}
	licence struct {
		Name  string `json:"name"`
		Path  string `json:"path,omitempty"`
		Title string `json:"title"`
	}
	origin struct {
		Title string `json:"title"`
	}
	resource struct {
		Schema    string      `json:"$schema"`
		Profile   string      `json:"profile"` // readers of version 1 know a table by it
		Name      string      `json:"name"`
		Type      string      `json:"type"`
		Path      string      `json:"path"`
		Title     string      `json:"title"`
		Format    string      `json:"format"`
		MediaType string      `json:"mediatype"`
		Encoding  string      `json:"encoding"`
		Bytes     int64       `json:"bytes"`
		Hash      string      `json:"hash"`
		Dialect   dialect     `json:"dialect"`
		Table     tableSchema `json:"schema"`
	}
	dialect struct {
		Schema     string `json:"$schema"`
		Header     bool   `json:"header"`
		Delimiter  string `json:"delimiter"`
		Terminator string `json:"lineTerminator"`
		Quote      string `json:"quoteChar"`
		Doubled    bool   `json:"doubleQuote"`
	}
	tableSchema struct {
		Schema  string       `json:"$schema"`
		Fields  []field      `json:"fields"`
		Missing []string     `json:"missingValues"`
		Key     []string     `json:"primaryKey"`
		Foreign []foreignKey `json:"foreignKeys,omitempty"`
	}
	field struct {
		Name        string      `json:"name"`
		Type        string      `json:"type"`
		Description string      `json:"description"`
		Constraints *constraint `json:"constraints,omitempty"`
	}
	constraint struct {
		Required bool   `json:"required,omitempty"`
		Pattern  string `json:"pattern,omitempty"`
	}
	foreignKey struct {
		Fields    []string  `json:"fields"`
		Reference reference `json:"reference"`
	}
	reference struct {
		Resource string   `json:"resource"`
		Fields   []string `json:"fields"`
	}
)

// table is what is said of a table of the package.
type table struct {
	name    string
	title   vigie.Text
	key     []string
	foreign map[string]string // column: the table whose id it is
	typed   map[string]string // columns that are no plain text: integer, boolean, datetime, or date (EDTF)
}

var (
	casesTable = table{
		name: "incidents", title: vigie.Text{FR: "Les dossiers publiés", EN: "The published cases"}, key: []string{"id"}, foreign: map[string]string{"company": "companies"},
		typed: map[string]string{
			"occurred": "date", "discovered": "date", "first_word": "date", "checked": "date", "evidence_since": "date", "position_since": "date",
			"statements": "integer", "sources": "integer", "version": "integer", "recorded": "datetime", "updated": "datetime",
		},
	}
	timelineTable = table{
		name: "timeline", title: vigie.Text{FR: "Leurs déclarations, et nos corrections", EN: "Their statements, and our corrections"}, key: []string{"id"},
		foreign: map[string]string{"incident": "incidents", "company": "companies"},
		typed:   map[string]string{"on": "date", "known": "date", "public": "date", "case_checked": "date", "recorded": "datetime", "counts": "boolean"},
	}
	sourcesTable = table{
		name: "sources", title: vigie.Text{FR: "Où elles ont été lues", EN: "Where they were read"}, key: []string{"incident", "id"}, foreign: map[string]string{"incident": "incidents"},
		typed: map[string]string{"published": "date", "retrieved": "datetime"},
	}
	companiesTable = table{
		name: "companies", title: vigie.Text{FR: "Les entreprises mises en cause", EN: "The companies concerned"}, key: []string{"id"},
		typed: map[string]string{"cases": "integer", "latest_first_word": "date"},
	}
	goneTable = table{
		name: "gone", title: vigie.Text{FR: "Les dossiers retirés ou réunis à d’autres", EN: "Cases retracted or merged into others"}, key: []string{"id"},
		typed: map[string]string{"version": "integer"},
	}
	vocabularyTable = table{
		name: "vocabulary", title: vigie.Text{FR: "Les codes et les colonnes, expliqués", EN: "The codes and the columns, explained"}, key: []string{"list", "code"},
		typed: map[string]string{"position": "integer"},
	}
)

// edtf is the shape of our dates, whatever their precision.
const edtf = `^\d{4}(-\d{2}(-\d{2})?)?~?(/\d{4}(-\d{2}(-\d{2})?)?~?)?$`

// typeOf is the type of a column: numbers are told by their names.
func (t table) typeOf(column string) string {
	if kind := t.typed[column]; kind != "" {
		return kind
	}
	for _, end := range []string{"_count", "_min", "_max", "_days"} {
		if strings.HasSuffix(column, end) {
			return "integer"
		}
	}
	return "string"
}

func fieldsOf[R any](of table, columns []column[R], lang vigie.Lang) []field {
	fields := make([]field, len(columns))
	for i, col := range columns {
		f := field{Name: col.Name, Type: of.typeOf(col.Name), Description: col.Means.In(lang)}
		var c constraint
		if f.Type == "date" { // of any precision: a reader's own date type would refuse a month
			f.Type, c.Pattern = "string", edtf
		}
		if c.Required = slices.Contains(of.key, col.Name); c != (constraint{}) {
			f.Constraints = &c
		}
		fields[i] = f
	}
	return fields
}

func (t table) resource(lang vigie.Lang, fields []field, bytes int64, sum string) resource {
	const profiles = "https://datapackage.org/profiles/2.0/"
	r := resource{
		Schema: profiles + "dataresource.json", Profile: "tabular-data-resource", Name: t.name, Type: "table", Path: t.name + ".csv", Title: t.title.In(lang),
		Format: "csv", MediaType: "text/csv", Encoding: "utf-8", Bytes: bytes, Hash: "sha256:" + sum,
		Dialect: dialect{Schema: profiles + "tabledialect.json", Header: true, Delimiter: ",", Terminator: "\r\n", Quote: `"`, Doubled: true},
		Table:   tableSchema{Schema: profiles + "tableschema.json", Fields: fields, Missing: []string{""}, Key: t.key},
	}
	for _, f := range fields { // in the order of the columns
		if to := t.foreign[f.Name]; to != "" {
			r.Table.Foreign = append(r.Table.Foreign, foreignKey{[]string{f.Name}, reference{to, []string{"id"}}})
		}
	}
	return r
}
