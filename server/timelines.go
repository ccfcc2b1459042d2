package main

import (
	"io"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// events is the timeline of a query as a surface. q is what the address asks;
// within narrows it to what the address is about. Feeds go by the day it was
// recorded, so that a case added late still appears.
func (s *Server) events(c *gin.Context, f web.Format, q vigie.Query, words string, within func(*vigie.Query), types ...string) (surface, error) {
	asked := q
	asked.Limit = orElse(q.Limit, eventsLength)
	list := s.db.Timeline
	if f.Feed {
		asked.Sort = "recorded"
		if q.Limit == 0 {
			list = s.db.TimelineFeed
		}
	}
	if within != nil {
		within(&asked)
	}
	t, err := list(c.Request.Context(), asked, types...)
	if err != nil {
		return surface{}, err
	}
	t.Query = q.Canonical()
	whole := f.Items != nil && q.Limit == 0 && q.Cursor == "" // it holds answers of any length
	if whole {
		t.Next, t.Prev = "", ""
	}
	it := surface{query: q, edition: t.Edition, words: words, next: t.Next, prev: t.Prev, whole: whole, noIndex: q.Canonical() != ""}
	for _, item := range t.Items {
		if item.Recorded.After(it.updated) {
			it.updated = item.Recorded
		}
	}
	it.page = func(fr web.Frame) any {
		fr.Companies = respondents(nil, t.Items)
		return web.Timeline{Frame: fr, Asked: q, Timeline: t, Next: s.nextPage(c, q, t.Next)}
	}
	it.data = func(w io.Writer, f web.Format, at web.Context) error {
		if whole {
			return f.Items(w, at, allItems(c.Request.Context(), s.db, asked, types...))
		}
		return f.WriteTimeline(w, at, t)
	}
	return it, nil
}

func (s *Server) timeline(c *gin.Context) error {
	q, done, err := s.query(c, vigie.OnTimeline, vigie.OnDrawing)
	if done || err != nil {
		return err
	}
	return s.show(c, web.TimelineSurface, func(f web.Format) (surface, error) {
		if !f.Page {
			q.Lanes = ""
			return s.events(c, f, q, wordsOf(q), nil)
		}
		return s.drawnTimeline(c, f, q)
	})
}

// drawnTimeline is the page of a timeline: its drawing, which is of the whole answer
// and stands on the first page only, and its list.
func (s *Server) drawnTimeline(c *gin.Context, f web.Format, q vigie.Query) (surface, error) {
	for attempt := 1; ; attempt++ {
		it, err := s.events(c, f, q, wordsOf(q), nil)
		if err != nil || q.Cursor != "" {
			return it, err
		}
		plot := web.NewPlot(q)
		if plot.Reach, err = s.db.Moments(c.Request.Context(), q, plot.Add); err != nil {
			return it, err
		}
		if plot.Reach.Edition != it.edition && attempt < 3 { // a save came between: look again
			continue
		}
		list := it.page
		it.page = func(fr web.Frame) any {
			t := list(fr).(web.Timeline)
			t.Plot = plot
			for _, id := range plot.Names() {
				if _, known := t.Companies[id]; known {
					continue
				}
				if company, err := s.db.Company(c.Request.Context(), id); err == nil {
					t.Companies[id] = company.Company
				}
			}
			return t
		}
		return it, nil
	}
}

func (s *Server) corrections(c *gin.Context) error {
	q, done, err := s.query(c, vigie.OnTimeline)
	if done || err != nil {
		return err
	}
	return s.show(c, web.TimelineSurface, func(f web.Format) (surface, error) {
		it, err := s.events(c, f, q, "", func(q *vigie.Query) { q.Sort = "recorded" }, vigie.ItemCorrection)
		if err != nil || !f.Page {
			return it, err
		}
		timeline := it.page
		it.page = func(fr web.Frame) any {
			t := timeline(fr).(web.Timeline)
			return web.Corrections{Frame: t.Frame, Timeline: t.Timeline, Next: t.Next}
		}
		return it, nil
	})
}
