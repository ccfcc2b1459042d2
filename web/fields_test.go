package web

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"vigie"
)

// columnsTold are the rows of a table of data/FIELDS.md, made from the table itself.
func columnsTold[R any](of table, columns []column[R]) string {
	var b strings.Builder
	for _, c := range columns {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Name, of.typeOf(c.Name), c.Means.In(vigie.English))
	}
	return b.String()
}

// TestEveryKeyAndColumnOfTheFormatsIsExplained keeps the second part of
// data/FIELDS.md complete; -update writes the tables of columns anew.
func TestEveryKeyAndColumnOfTheFormatsIsExplained(t *testing.T) {
	file := filepath.Join("..", "data", "FIELDS.md")
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string]string{
		casesTable.name: columnsTold(casesTable, caseColumns), timelineTable.name: columnsTold(timelineTable, eventColumns), sourcesTable.name: columnsTold(sourcesTable, sourceColumns),
		companiesTable.name: columnsTold(companiesTable, companyColumns), goneTable.name: columnsTold(goneTable, goneColumns), vocabularyTable.name: columnsTold(vocabularyTable, codeColumns),
	}
	told := regexp.MustCompile("(?s)## Columns of ([a-z]+)\n(.*?)\\|---\\|---\\|---\\|\n((?:\\|[^\n]*\n)*)").ReplaceAllFunc(body, func(section []byte) []byte {
		name, _, _ := strings.Cut(strings.TrimPrefix(string(section), "## Columns of "), "\n")
		head, _, _ := strings.Cut(string(section), "|---|---|---|\n")
		rows, ok := columns[name]
		if !ok {
			t.Errorf("data/FIELDS.md explains the columns of %s, which is no table", name)
		}
		delete(columns, name)
		return []byte(head + "|---|---|---|\n" + rows)
	})
	for name := range columns {
		t.Errorf("data/FIELDS.md does not explain the columns of %s", name)
	}
	if *update {
		if err := os.WriteFile(file, told, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(told) != string(body) {
		t.Error("the columns that data/FIELDS.md explains are not those of the tables: go test ./web -run Explained -update")
	}
	_, formats, _ := strings.Cut(string(told), "\n# The formats\n")
	rows, section := map[string]bool{}, ""
	for line := range strings.Lines(formats) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "## "); ok {
			section = name
		}
		if cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|"); strings.HasPrefix(line, "| `") && !strings.HasPrefix(section, "Columns of ") {
			rows[section+"."+strings.Trim(strings.TrimSpace(cells[0]), "`")] = true
			for _, cell := range cells {
				if len(cells) != 5 || strings.TrimSpace(cell) == "" {
					t.Errorf("%s: meaning, form, precision and absence are asked: %s", section, line)
					break
				}
			}
		}
	}
	for of, section := range map[reflect.Type]string{
		reflect.TypeFor[terms](): "Terms", reflect.TypeFor[notice](): "Licence", reflect.TypeFor[companyList](): "Companies", reflect.TypeFor[companyEntry](): "CompanyEntry", reflect.TypeFor[latestCase](): "LatestCase",
		reflect.TypeFor[codeList](): "Vocabulary", reflect.TypeFor[codeEntry](): "Code", reflect.TypeFor[extension](): "JSON Feed", reflect.TypeFor[feedFigure](): "FeedFigure", reflect.TypeFor[feedResponse](): "FeedResponse",
		reflect.TypeFor[feedSource](): "FeedSource", reflect.TypeFor[feedNote](): "FeedNote", reflect.TypeFor[stixStatement](): "STIX note", reflect.TypeFor[stixWaits](): "STIX incident",
	} {
		for i := range of.NumField() {
			if of.Field(i).Anonymous {
				continue // under its own name
			}
			key, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			if !rows[section+"."+key] {
				t.Errorf("data/FIELDS.md does not explain %q of %s", key, section)
			}
			delete(rows, section+"."+key)
		}
	}
	for row := range rows {
		t.Errorf("data/FIELDS.md explains %s, which is no key", row)
	}
}
