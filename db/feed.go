package db

import (
	"context"
	"fmt"

	"vigie"
)

// FeedLength is how many items a page of a feed has; the first one holds up to
// twice that less one.
const FeedLength = 25

// firstLength is how long the first page of a feed of that many items is: so long
// that the pages after it, counted from the oldest item, are full.
func firstLength(total int) int {
	if total <= FeedLength {
		return FeedLength
	}
	return FeedLength + total%FeedLength
}

// TimelineFeed is a page of the timeline for a feed: Timeline as recorded, in
// pages of FeedLength counted from the oldest item. The first page (no cursor)
// holds those and the remainder, so that a later page, at its cursor, is an
// archive document (RFC 5005 §4) whose address and items stay when news comes.
// q.Sort and q.Limit are not read; Prev stays empty.
func (d *DB) TimelineFeed(ctx context.Context, q vigie.Query, types ...string) (vigie.Timeline, error) {
	q.Sort, q.Limit = "recorded", FeedLength
	t, err := d.timeline(ctx, q, only{types: types, feed: true})
	t.Prev = ""
	return t, err
}

// CaseFeed is a page of the cases for a feed: Search as recorded, paged as
// TimelineFeed is. It counts no facets.
func (d *DB) CaseFeed(ctx context.Context, q vigie.Query) (vigie.Answer, error) {
	const sort = "recorded"
	from, paging, err := readCursor(q.Cursor, sort, "")
	if err != nil {
		return vigie.Answer{}, err
	}
	from.Back = false
	words, err := d.read(ctx, q.Q)
	if err != nil {
		return vigie.Answer{}, fmt.Errorf("feed of %q: %w", q.Q, err)
	}
	cases := selected(q, words, shown, "", true)
	if q.UpdatedSince > 0 {
		cases.add("i.edition > ?", q.UpdatedSince)
	}
	answer := vigie.Answer{Query: q.Canonical(), TotalExact: true}
	length, most, more := FeedLength, 2*FeedLength, false
	if paging {
		most = FeedLength + 1
	}
	var last cursor
	batch := []SQL{editionSQL, cases.sql("count(*)", ""), cases.page(orders[sort], from, paging, most)}
	err = d.engine.Query(ctx, batch, func(i int, row Row) error {
		switch i {
		case 0:
			return scanEdition(row, q, &answer.Edition)
		case 1:
			err := row.Scan(&answer.Total)
			if err == nil && !paging {
				length = firstLength(answer.Total)
			}
			return err
		}
		if more = len(answer.Incidents) == length; more {
			return nil
		}
		at := cursor{Sort: sort}
		raw, err := scanStored(row, &at.Number, new(int64)) // one revision records one case: its number alone says where
		if err != nil {
			return err
		}
		last = at
		record, err := raw.record()
		if err != nil {
			return err
		}
		record.Marks = words.marks(&record)
		answer.Incidents = append(answer.Incidents, record)
		return nil
	})
	if err != nil {
		return vigie.Answer{}, fmt.Errorf("feed of %q: %w", answer.Query, err)
	}
	if more {
		answer.Next = last.String()
	}
	return answer, nil
}
