package main

import (
	"context"
	"fmt"

	"vigie"
)

// survey counts the cases that answer a query, of one edition: when a save comes
// between two pages of them, all are read again.
func (s *Server) survey(ctx context.Context, q vigie.Query) (vigie.Survey, error) {
	q.Limit, q.Sort, q.Cursor, q.UpdatedSince = vigie.MaxLimit, "", "", 0
	for attempt := 1; ; attempt++ {
		var counted vigie.Survey
		whole := true
		for q.Cursor = ""; ; {
			a, err := s.db.Search(ctx, q)
			if err != nil {
				return vigie.Survey{}, fmt.Errorf("counting the cases of %q: %w", q.Canonical(), err)
			}
			if counted.Edition == 0 {
				counted.Edition = a.Edition
			}
			whole = whole && a.Edition == counted.Edition
			for i := range a.Incidents {
				counted.Add(&a.Incidents[i])
			}
			if q.Cursor = a.Next; q.Cursor == "" {
				break
			}
		}
		if whole || attempt == 3 {
			return counted, nil
		}
	}
}
