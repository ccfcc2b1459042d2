package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/importers/fetch"
)

// linked gets the pages of items that only tease, a few in one run: the rest wait
// for the next. A page that told of nothing, or cannot be had, is remembered, so
// that no visit asks for it again.
type linked struct {
	get   func(ctx context.Context, address string) (importers.Document, error)
	most  int         // in one run
	late  func() bool // no more in this run; nil for never
	store *db.DB      // that remembers for the watch; nil when there is none
	watch string
	now   func() time.Time

	looks map[string]db.PageLook
	got   int // asked for in this run
	fault int // of them, those that did not come and may the next time
}

// linkedPages is for one reading, which remembers nothing for another.
func linkedPages(store *db.DB, s *Settings, private bool, most int) *linked {
	sites := newPoller(store, s, private, nil).sites
	return &linked{get: sites.Get, most: most, now: time.Now}
}

// pageTries is how often a page is asked for that does not come: one a visit.
const pageTries = 3

// complete reads the page of an item as an article. When no candidate comes of it
// the step says what became of the item. An item whose page cannot be had is taken
// as the source itself tells it, if that tells of an incident.
func (p *linked) complete(ctx context.Context, item vigie.Candidate, opts importers.Options) (whole vigie.Candidate, s step, err error) {
	s.Candidate = item
	if p.looks == nil && p.store != nil {
		if p.looks, err = p.store.PageLooks(ctx, p.watch); err != nil {
			return item, s, err
		}
	}
	look := p.looks[item.Key]
	if look.Hash != item.Hash {
		look = db.PageLook{}
	}
	switch {
	case look.Why != "" && look.Tries == 0:
		s.Outcome, s.Why = filtered, look.Why
		return item, s, nil
	case look.Tries >= pageTries:
		return p.without(item, s, look.Why, opts.All)
	case p.got >= p.most || p.late != nil && p.late():
		s.Outcome = left
		return item, s, nil
	}
	p.got++
	doc, err := p.get(ctx, item.Fetch)
	if ctx.Err() != nil {
		return item, s, fmt.Errorf("stopped before the end: %w", ctx.Err())
	}
	if errors.Is(err, fetch.ErrAway) { // nothing was asked for: it is no try
		p.got--
		s.Outcome, s.Why = left, err.Error()
		return item, s, nil
	}
	if err == nil {
		var page vigie.Candidate
		for page, err = range importers.Article(doc, opts) {
			break
		}
		if err == nil {
			return importers.Completed(item, page), step{}, nil
		}
		err = fmt.Errorf("%s: %w", item.Fetch, err)
		look.Tries = pageTries // it would read the same the next time
	}
	look.Tries++
	if p.store == nil || !fetch.Passing(err) {
		look.Tries = pageTries
	}
	if err := p.remember(ctx, item, err.Error(), look.Tries); err != nil {
		return item, s, err
	}
	if look.Tries < pageTries {
		p.fault++
		s.Outcome, s.Why = left, err.Error()
		return item, s, nil
	}
	return p.without(item, s, err.Error(), opts.All)
}

// without is what becomes of an item whose page cannot be had.
func (p *linked) without(item vigie.Candidate, s step, why string, all bool) (vigie.Candidate, step, error) {
	if item.Reading.IsIncident || all {
		return item, step{}, nil
	}
	s.Outcome, s.Why = refused, fmt.Sprintf("%q only teases, and its page cannot be had: %s", item.Source.Title, why)
	return item, s, nil
}

// remember keeps why nothing came of the page of an item.
func (p *linked) remember(ctx context.Context, item vigie.Candidate, why string, tries int) error {
	if p.store == nil {
		return nil
	}
	return p.store.KeepPageLook(ctx, p.watch, db.PageLook{Key: item.Key, Hash: item.Hash, At: p.now(), Tries: tries, Why: why})
}
