package main

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"net/url"
	"strings"

	"vigie"
	"vigie/db"
	"vigie/web"
)

type exportCommand struct {
	Format string `default:"ndjson" help:"Format, as the extension of an address: json, ndjson, rss…"`
	Of     string `default:"incidents" enum:"incidents,timeline" help:"What to write: incidents, timeline."`
	Query  string `arg:"" optional:"" help:"As in an address: 'company=temu&evidence=reported'. Plain words search."`

	asked vigie.Query
}

func (c *exportCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	f, ok := web.FormatNamed(c.Format)
	surface := web.Surface(c.Of)
	if !ok || f.Page || !f.Serves(surface) {
		return fmt.Errorf("%w: no format %q of %s", errUsage, c.Format, c.Of)
	}
	raw, kind := c.Query, vigie.OnSearch
	if raw != "" && !strings.Contains(raw, "=") {
		raw = url.Values{"q": {raw}}.Encode()
	}
	if surface == web.TimelineSurface {
		kind = vigie.OnTimeline
	}
	kinds := []string{kind}
	if f.Name == "csv" {
		kinds = append(kinds, vigie.OnCSV)
	}
	q, err := vigie.ParseRawQuery(raw, kinds...)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	c.asked = q
	return s.with(ctx, func(store *db.DB) error {
		base := s.BaseURL
		if base == "" {
			base = "http://" + s.Addr
		}
		topic := "/" + c.Of + suffix(q.Canonical())
		at := web.Context{Base: base, Self: base + "/" + c.Of + "." + f.Name + suffix(q.Canonical()), HTML: base + "/" + s.Lang + topic, Topic: topic,
			Lang: vigie.Lang(s.Lang), Site: s.site(), Generator: "Vigie " + build(), Words: q.Q, BOM: q.BOM}
		if at.Edition, err = store.Edition(ctx); err != nil {
			return err
		}
		out := bufio.NewWriter(io.out)
		if err := c.write(ctx, store, f, at, q, out); err != nil {
			return err
		}
		return out.Flush()
	})
}

// write goes through every page of the answer, unless a limit was asked; a feed is
// its first page, as at its address.
func (c *exportCommand) write(ctx context.Context, store *db.DB, f web.Format, at web.Context, q vigie.Query, out *bufio.Writer) error {
	if q.Limit == 0 {
		q.Limit = vigie.MaxLimit
	}
	if c.Of == "timeline" {
		if f.Items != nil && c.asked.Limit == 0 {
			return f.Items(out, at, allItems(ctx, store, q))
		}
		t, err := store.Timeline(ctx, q)
		t.Query = c.asked.Canonical()
		if err == nil && !f.Feed && c.asked.Limit == 0 { // a feed is its first page, the rest is whole
			t.Items, t.Next, err = whole(allItems(ctx, store, q))
		}
		if err != nil {
			return err
		}
		return f.WriteTimeline(out, at, t)
	}
	if f.Records != nil && c.asked.Limit == 0 {
		return f.Records(out, at, allRecords(ctx, store, q))
	}
	a, err := store.Search(ctx, q)
	a.Query = c.asked.Canonical()
	if err == nil && !f.Feed && c.asked.Limit == 0 {
		a.Incidents, a.Next, err = whole(allRecords(ctx, store, q))
	}
	if err != nil {
		return err
	}
	return f.WriteIncidents(out, at, a)
}

// whole gathers every row of an answer, after which there is no next page.
func whole[T any](rows iter.Seq2[T, error]) (all []T, next string, err error) {
	for row, err := range rows {
		if err != nil {
			return nil, "", err
		}
		all = append(all, row)
	}
	return all, "", nil
}

func allRecords(ctx context.Context, store *db.DB, q vigie.Query) iter.Seq2[vigie.Record, error] {
	return pages(func(cursor string) ([]vigie.Record, string, error) {
		q.Cursor = cursor
		a, err := store.Search(ctx, q)
		return a.Incidents, a.Next, err
	})
}

func allItems(ctx context.Context, store *db.DB, q vigie.Query) iter.Seq2[vigie.Item, error] {
	return pages(func(cursor string) ([]vigie.Item, string, error) {
		q.Cursor = cursor
		t, err := store.Timeline(ctx, q)
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

func suffix(query string) string {
	if query == "" {
		return ""
	}
	return "?" + query
}
