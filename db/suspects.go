package db

import (
	"context"
	"fmt"
	"slices"

	"vigie"
)

// suspectsMost is how many cases of one name a candidate is compared with, the
// newest first: no company of the record has a quarter of that.
const suspectsMost = 20

// SuspectsOf lists, for each candidate, the published and draft cases that it may
// be about: of a company with one of its victims' names, as name, alias, brand,
// group, domain or Wikidata id, or with its page among their sources. It reads
// the cases of a whole page of the queue at once; the newest first.
func (d *DB) SuspectsOf(ctx context.Context, list []vigie.Candidate) ([][]vigie.Record, error) {
	var batch []SQL
	var asked []int // which candidate each statement is for
	for i, c := range list {
		ask := func(field, value string) {
			if value != "" {
				asked = append(asked, i)
				batch = append(batch, sql(`SELECT doc FROM terms WHERE field = ? AND value = ? ORDER BY doc DESC LIMIT ?`, field, value, int64(suspectsMost)))
			}
		}
		for _, key := range nameKeys(c.Reading.Victims) {
			ask("name", key)
		}
		pages := []string{vigie.PageKey(c.Key), vigie.PageKey(c.Source.URL)}
		for _, page := range slices.Compact(pages) {
			ask("page", page)
		}
	}
	docs := make([][]int64, len(list))
	var all []string
	err := d.engine.Query(ctx, batch, func(n int, row Row) error {
		var doc int64
		err := row.Scan(&doc)
		docs[asked[n]] = append(docs[asked[n]], doc)
		all = append(all, fmt.Sprint(doc))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for suspects: %w", err)
	}
	slices.Sort(all)
	records, err := d.records(ctx, sql(`SELECT `+recordColumns+` FROM incidents i`+recordJoins+`
		WHERE i.doc IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) AND i.state IN ('published', 'draft') ORDER BY i.doc DESC`, jsonList(slices.Compact(all))))
	if err != nil {
		return nil, fmt.Errorf("reading suspects: %w", err)
	}
	of, err := d.docsOf(ctx, all)
	if err != nil {
		return nil, err
	}
	found := make([][]vigie.Record, len(list))
	for _, r := range records {
		for i := range list {
			if slices.Contains(docs[i], of[r.ID]) {
				found[i] = append(found[i], r)
			}
		}
	}
	return found, nil
}

func (d *DB) docsOf(ctx context.Context, docs []string) (map[string]int64, error) {
	of := map[string]int64{}
	err := d.engine.Query(ctx, []SQL{sql(`SELECT id, doc FROM incidents WHERE doc IN (SELECT CAST(value AS INTEGER) FROM json_each(?))`, jsonList(docs))}, func(_ int, row Row) error {
		var id string
		var doc int64
		err := row.Scan(&id, &doc)
		of[id] = doc
		return err
	})
	return of, err
}

// Suspects is SuspectsOf for names alone.
func (d *DB) Suspects(ctx context.Context, names []string) ([]vigie.Record, error) {
	found, err := d.SuspectsOf(ctx, []vigie.Candidate{{Reading: vigie.Reading{Victims: names}}})
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// meetings are the terms by which news meets a case: the keys of all names of the
// respondent, and its pages.
func meetings(in *vigie.Incident, company vigie.Company) [][2]string {
	var list [][2]string
	for _, name := range slices.Concat([]string{company.ID, company.Name, company.Group, company.Wikidata}, company.Aliases, company.Domains, in.Brands) {
		if key := vigie.NameKey(name); key != "" {
			list = append(list, [2]string{"name", key})
		}
	}
	for _, src := range in.Sources {
		if page := vigie.PageKey(src.URL); page != "" {
			list = append(list, [2]string{"page", page})
		}
	}
	slices.SortFunc(list, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(list)
}
