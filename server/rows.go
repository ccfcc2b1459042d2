package main

import (
	"context"
	"iter"

	"vigie"
	"vigie/db"
)

// allRecords goes through every case of an answer, page by page: what is in memory
// is one page.
func allRecords(ctx context.Context, store *db.DB, q vigie.Query) iter.Seq2[vigie.Record, error] {
	q.Limit = vigie.MaxLimit
	return pages(func(cursor string) ([]vigie.Record, string, error) {
		q.Cursor = cursor
		a, err := store.Search(ctx, q)
		return a.Incidents, a.Next, err
	})
}

// allItems goes through every event of a timeline likewise.
func allItems(ctx context.Context, store *db.DB, q vigie.Query, types ...string) iter.Seq2[vigie.Item, error] {
	q.Limit = vigie.MaxLimit
	return pages(func(cursor string) ([]vigie.Item, string, error) {
		q.Cursor = cursor
		t, err := store.Timeline(ctx, q, types...)
		return t.Items, t.Next, err
	})
}

// pages goes from page to page of an answer until there is no next.
func pages[T any](page func(cursor string) ([]T, string, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for cursor := ""; ; {
			rows, next, err := page(cursor)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if cursor = next; cursor == "" {
				return
			}
		}
	}
}
