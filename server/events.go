package main

import (
	"context"
	"slices"
	"time"

	"vigie"
)

// eventsOf is every event of a case, the oldest first: the statements of the record
// as it is shown, and the corrections made by then. Of an earlier version, or of a
// day, only what was there.
func (s *Server) eventsOf(ctx context.Context, r *vigie.Record, q vigie.Query) ([]vigie.Item, error) {
	recorded := map[string]time.Time{}
	var corrections []vigie.Item
	for item, err := range allItems(ctx, s.db, vigie.Query{Incident: []string{r.ID}, Limit: vigie.MaxLimit, Sort: "recorded"}) {
		switch {
		case err != nil:
			return nil, err
		case item.Correction == nil:
			recorded[item.ID] = item.Recorded
		case q.Version > 0 && item.Correction.Version > q.Version, q.AsOf != "" && vigie.DayOf(item.Recorded) > q.AsOf:
		default:
			item.Case = r
			item.Tell()
			corrections = append(corrections, item)
		}
	}
	events := r.Ledger()
	for i := range events {
		events[i].Recorded = recorded[events[i].ID]
	}
	slices.Reverse(corrections)
	events = append(events, corrections...)
	vigie.InOrder(events)
	return events, nil
}
