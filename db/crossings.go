package db

import (
	"context"
	"fmt"

	"vigie"
)

// Crossings counts the published cases by both axes at once; a place where no case
// stands is absent.
func (d *DB) Crossings(ctx context.Context) (all []vigie.Crossing, err error) {
	err = d.engine.Query(ctx, []SQL{sql(`SELECT evidence, position, count(*) FROM incidents WHERE shown = 1 GROUP BY evidence, position`)}, func(_ int, row Row) error {
		var evidence, position string
		var n int64
		if err := row.Scan(&evidence, &position, &n); err != nil {
			return err
		}
		all = append(all, vigie.Crossing{Evidence: vigie.Evidence(evidence), Position: vigie.Position(position), Cases: int(n)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("counting the standings: %w", err)
	}
	return all, nil
}

// Actors gives the names of attackers as the record writes them, by their slugs (see
// vigie.Slug): where cases differ, as the latest published one does. One that only drafts
// name is absent.
func (d *DB) Actors(ctx context.Context, slugs []string) (map[string]string, error) {
	names := map[string]string{}
	q := sql(`SELECT j.value, s.value ->> '$.actor' FROM json_each(?) j
		CROSS JOIN incidents i ON i.doc = (SELECT max(t.doc) FROM terms t CROSS JOIN incidents x ON x.doc = t.doc WHERE t.field = 'actor' AND t.value = j.value AND x.shown = 1)
		CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
		CROSS JOIN json_each(r.body, '$.statements') s WHERE s.value ->> '$.actor' IS NOT NULL`, jsonList(slugs))
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var slug, name string
		if err := row.Scan(&slug, &name); err != nil {
			return err
		}
		if vigie.Slug(name) == slug {
			names[slug] = name
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("naming attackers: %w", err)
	}
	return names, nil
}
