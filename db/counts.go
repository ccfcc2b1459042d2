package db

import (
	"context"

	"vigie"
)

// QueueLength is how many candidates a page of the queue has.
const QueueLength = 50

// Totals are the sizes of the public record.
type Totals struct{ Cases, Statements, Sources int }

// Totals counts the published cases, what is said in them, and where that was read.
func (d *DB) Totals(ctx context.Context) (t Totals, err error) {
	into := []*int{&t.Cases, &t.Statements, &t.Sources}
	err = d.engine.Query(ctx, []SQL{
		sql(`SELECT count(*) FROM incidents WHERE shown = 1 AND state = ?`, string(vigie.Published)),
		sql(`SELECT count(*) FROM events e JOIN incidents i ON i.id = e.incident
			WHERE e.live = 1 AND e.type = ? AND i.shown = 1 AND i.state = ?`, vigie.ItemStatement, string(vigie.Published)),
		sql(`SELECT coalesce(sum(json_array_length(r.body, '$.sources')), 0) FROM incidents i
			JOIN revisions r ON r.kind = ? AND r.record_id = i.id AND r.version = i.version
			WHERE i.shown = 1 AND i.state = ?`, vigie.IncidentRecord, string(vigie.Published)),
	}, func(i int, row Row) error {
		var n int64
		if err := row.Scan(&n); err != nil {
			return err
		}
		*into[i] = int(n)
		return nil
	})
	return
}

// QueueCounts counts the candidates by status.
func (d *DB) QueueCounts(ctx context.Context) ([]vigie.Facet, error) {
	return d.byStatus(ctx, sql(`SELECT status, count(*) FROM candidates GROUP BY status ORDER BY status`))
}

// RunCounts counts the candidates that a run brought, by what became of them.
func (d *DB) RunCounts(ctx context.Context, run string) ([]vigie.Facet, error) {
	return d.byStatus(ctx, sql(`SELECT status, count(*) FROM candidates WHERE run = ? GROUP BY status ORDER BY status`, run))
}

func (d *DB) byStatus(ctx context.Context, asked SQL) (counts []vigie.Facet, err error) {
	err = d.engine.Query(ctx, []SQL{asked}, func(_ int, row Row) error {
		var status string
		var n int64
		if err := row.Scan(&status, &n); err != nil {
			return err
		}
		counts = append(counts, vigie.Facet{Value: status, Count: int(n)})
		return nil
	})
	return
}
