package db

import (
	"strings"

	"vigie"
)

// filters are the fields of a query that are terms of a case, the rarest first.
// Of a rare one so few cases have a value that it is better to look at them all
// than to walk a timeline until enough of them have turned up.
var filters = []struct {
	field  string
	rare   bool
	values func(vigie.Query) []string
}{
	{"company", true, func(q vigie.Query) []string { return q.Company }},
	{"wave", true, func(q vigie.Query) []string { return q.Wave }},
	{"actor", true, func(q vigie.Query) []string { return q.Actor }},
	{"group", true, func(q vigie.Query) []string { return q.Group }},
	{"unit", true, func(q vigie.Query) []string { return q.Unit }},
	{"data", false, func(q vigie.Query) []string { return q.Data }},
	{"act", false, func(q vigie.Query) []string { return q.Act }},
	{"year", false, func(q vigie.Query) []string { return q.Year }},
	{"sector", false, func(q vigie.Query) []string { return q.Sector }},
	{"country", false, func(q vigie.Query) []string { return q.Country }},
	{"company_country", false, func(q vigie.Query) []string { return q.CompanyCountry }},
	{"kind", false, func(q vigie.Query) []string { return q.Kind }},
	{"evidence", false, func(q vigie.Query) []string { return q.Evidence }},
	{"position", false, func(q vigie.Query) []string { return q.Position }},
	{"role", false, func(q vigie.Query) []string { return q.Role }},
}

// clause is a condition on the case i and its arguments.
type clause struct {
	text string
	args []any
}

// choose parts the values of a filter into the wanted and the unwanted ("-x").
func choose(values []string) (wanted, unwanted []string) {
	for _, v := range values {
		if name, no := strings.CutPrefix(v, "-"); no {
			unwanted = append(unwanted, name)
		} else {
			wanted = append(wanted, v)
		}
	}
	return
}

// conditions are what a case must meet besides the words: all filters but those
// of the field left out, for facets. days tells that after and before are of the
// case (a timeline asks them of its events).
func conditions(q vigie.Query, without string, days bool) []clause {
	var list []clause
	add := func(text string, args ...any) { list = append(list, clause{text, args}) }
	for _, f := range filters {
		if f.field == without {
			continue
		}
		wanted, unwanted := choose(f.values(q))
		asOf := q.AsOf != "" && (f.field == "evidence" || f.field == "position")
		for _, side := range []struct {
			values []string
			not    string
		}{{wanted, ""}, {unwanted, "NOT "}} {
			switch {
			case len(side.values) == 0:
			case asOf: // both ways only a case known by that day
				add(`EXISTS (SELECT 1 FROM standings s WHERE s.doc = i.doc AND s.day <= ? AND s.until > ? AND s.`+f.field+` `+side.not+`IN (SELECT value FROM json_each(?)))`,
					string(q.AsOf), string(q.AsOf), jsonList(side.values))
			default:
				add(side.not+`EXISTS (SELECT 1 FROM terms t WHERE t.field = ? AND t.value IN (SELECT value FROM json_each(?)) AND t.doc = i.doc)`, f.field, jsonList(side.values))
			}
		}
	}
	if wanted, unwanted := choose(q.Incident); len(wanted) > 0 || len(unwanted) > 0 {
		if len(wanted) > 0 {
			add(`i.id IN (SELECT value FROM json_each(?))`, jsonList(wanted))
		}
		if len(unwanted) > 0 {
			add(`i.id NOT IN (SELECT value FROM json_each(?))`, jsonList(unwanted))
		}
	}
	if days && q.After != "" {
		add(`i.first_day >= ?`, string(q.After.First()))
	}
	if days && q.Before != "" {
		add(`i.first_day <> '' AND i.first_day <= ?`, string(q.Before.Last()))
	}
	if q.AffectedMin > 0 {
		add(`i.affected >= ?`, q.AffectedMin)
	}
	if q.AffectedMax > 0 {
		add(`i.affected BETWEEN 1 AND ?`, q.AffectedMax)
	}
	return list
}

// driver is the single value of the rarest sort of filter, by whose terms, which
// are in the order of the cases, a search newest first can walk.
func driver(q vigie.Query, onlyRare bool) (field, value string, ok bool) {
	for _, f := range filters {
		if onlyRare && !f.rare {
			continue
		}
		if q.AsOf != "" && (f.field == "evidence" || f.field == "position") {
			continue
		}
		if values := f.values(q); len(values) == 1 && !strings.HasPrefix(values[0], "-") {
			return f.field, values[0], true
		}
	}
	return "", "", false
}
