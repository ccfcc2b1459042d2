package db

import (
	"context"
	"fmt"

	"vigie"
)

// Licences lists the publishers cited under a licence of theirs, and how many
// sources of published cases are under it.
func (d *DB) Licences(ctx context.Context) ([]vigie.Credit, error) {
	var list []vigie.Credit
	err := d.engine.Query(ctx, []SQL{sql(`SELECT coalesce(s.value ->> '$.publisher', '') AS publisher, s.value ->> '$.licence' AS licence, count(*)
		FROM incidents i CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
		CROSS JOIN json_each(r.body, '$.sources') s
		WHERE i.shown = 1 AND licence IS NOT NULL
		GROUP BY publisher, licence ORDER BY count(*) DESC, publisher, licence`)}, func(_ int, row Row) error {
		var c vigie.Credit
		err := row.Scan(&c.Publisher, &c.Licence, &c.Sources)
		list = append(list, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing the licences of sources: %w", err)
	}
	return list, nil
}
