package db

import (
	"strings"

	"vigie"
)

// facetFields are what the cases of an answer are counted by.
var facetFields = []string{"sector", "country", "kind", "year", "evidence", "position", "data", "actor", "company"}

// facetsSQL counts the values of the facets over all matches. A facet that is
// filtered by is counted without its own filter, so that several of its values
// can be picked; the others share one statement.
func facetsSQL(q vigie.Query, words asked) []SQL {
	filtered := map[string]bool{}
	for _, f := range filters {
		filtered[f.field] = len(f.values(q)) > 0
	}
	var free []string
	var batch []SQL
	for _, field := range facetFields {
		if filtered[field] {
			batch = append(batch, facetSQL(q, words, field, field))
		} else {
			free = append(free, field)
		}
	}
	return append(batch, facetSQL(q, words, "", free...))
}

func facetSQL(q vigie.Query, words asked, without string, fields ...string) SQL {
	s := selected(q, words, shown, without, true)
	s.from += " JOIN terms f ON f.doc = i.doc"
	s.where = append(s.where, clause{"f.field IN ('" + strings.Join(fields, "', '") + "')", nil})
	return s.sql("f.field, f.value, count(*) AS n", " GROUP BY f.field, f.value ORDER BY f.field, n DESC, f.value")
}

func scanFacet(row Row, facets map[string][]vigie.Facet) error {
	var field string
	var f vigie.Facet
	if err := row.Scan(&field, &f.Value, &f.Count); err != nil {
		return err
	}
	facets[field] = append(facets[field], f)
	return nil
}
