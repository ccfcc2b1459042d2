package main

import (
	"context"
	"io"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// How many the home page and the first page of a list show; a feed has its own
// length (db.FeedLength).
const (
	latestCases       = 6
	latestAnswers     = 6
	contestedCases    = 4
	latestCorrections = 3
	pageLength        = 20
	eventsLength      = 50
)

func (s *Server) home(c *gin.Context) error {
	if _, err := vigie.ParseRawQuery(askedOf(c.Request).original.RawQuery, vigie.OnNothing); err != nil {
		return err
	}
	return s.show(c, web.IncidentsSurface, func(f web.Format) (surface, error) {
		if !f.Page {
			return surface{}, errNotAcceptable
		}
		page, edition, err := s.front(c.Request.Context())
		return surface{edition: edition, only: "page", page: func(fr web.Frame) any {
			fr.Companies = respondents(append(page.Contested, page.Latest...), page.Answers)
			page.Frame = fr
			return page
		}}, err
	})
}

// front gathers what the front page shows, and the edition that its cases are of.
func (s *Server) front(ctx context.Context) (page web.Home, edition int64, err error) {
	cases, err := s.db.Search(ctx, vigie.Query{Limit: latestCases})
	if err != nil {
		return page, 0, err
	}
	contested, err := s.db.Search(ctx, vigie.Query{Position: []string{string(vigie.DeniesIt)}, Limit: contestedCases})
	if err != nil {
		return page, 0, err
	}
	page.Latest, page.Contested = cases.Incidents, contested.Incidents
	if page.Answers, err = s.db.Answers(ctx, latestAnswers); err != nil {
		return page, 0, err
	}
	corrected, err := s.db.Timeline(ctx, vigie.Query{Sort: "recorded", Limit: latestCorrections}, vigie.ItemCorrection)
	if err != nil {
		return page, 0, err
	}
	page.Corrections = corrected.Items
	totals, err := s.db.Totals(ctx)
	if err != nil {
		return page, 0, err
	}
	page.Glance = web.Glance{Cases: totals.Cases, Statements: totals.Statements, Sources: totals.Sources, Evidence: cases.Facets["evidence"], Position: cases.Facets["position"], Years: cases.Facets["year"]}
	page.Glance.Crossings, err = s.db.Crossings(ctx)
	return page, cases.Edition, err
}

func (s *Server) incidents(c *gin.Context) error {
	q, done, err := s.query(c, vigie.OnSearch)
	if done || err != nil {
		return err
	}
	return s.show(c, web.IncidentsSurface, func(f web.Format) (surface, error) {
		asked, list := q, s.db.Search
		if f.Feed {
			asked.Sort = "recorded"
			if q.Limit == 0 {
				list = s.db.CaseFeed
			}
		}
		a, err := list(c.Request.Context(), asked)
		if err != nil {
			return surface{}, err
		}
		a.Query = q.Canonical()
		whole := f.Records != nil && q.Limit == 0 && q.Cursor == "" // it holds answers of any length
		if whole {
			a.Next, a.Prev = "", ""
		}
		it := surface{
			query: q, edition: a.Edition, words: wordsOf(q), next: a.Next, prev: a.Prev, whole: whole, updated: latestUpdate(a.Incidents),
			noIndex: q.Canonical() != "",
			data: func(w io.Writer, f web.Format, at web.Context) error {
				if whole {
					return f.Records(w, at, allRecords(c.Request.Context(), s.db, asked))
				}
				return f.WriteIncidents(w, at, a)
			},
		}
		if !f.Page {
			return it, nil
		}
		page, err := s.found(c, q, a)
		it.page = func(fr web.Frame) any {
			fr.Companies = page.Companies
			page.Frame = fr
			return page
		}
		return it, err
	})
}

// found is what the page of an answer shows of it, beside the answer itself.
func (s *Server) found(c *gin.Context, q vigie.Query, a vigie.Answer) (page web.Incidents, err error) {
	ctx := c.Request.Context()
	if q.Cursor != "" { // a later page counts nothing anew: the filters are those of the first
		first := q
		first.Cursor, first.Limit = "", 1
		whole, err := s.db.Search(ctx, first)
		if err != nil {
			return page, err
		}
		a.Facets = whole.Facets
	}
	page = web.Incidents{Asked: q, Answer: a}
	prev := s.nextPage(c, q, a.Prev)
	if a.Prev != "" && a.Before <= orElse(q.Limit, pageLength) { // the first page has an address of its own
		first := q
		first.Cursor = ""
		prev = web.PagePath(askedOf(c.Request).lang, askedOf(c.Request).path) + suffix(first.Canonical())
	}
	page.Pager = web.NewPager(prev, s.nextPage(c, q, a.Next), a.Before, len(a.Incidents), a.Total, a.TotalExact)
	if len(a.Incidents) == 0 {
		if page.Near, err = s.db.Near(ctx, q); err != nil {
			return page, err
		}
	}
	if page.Actors, err = s.db.Actors(ctx, web.ActorsNamed(q, a.Facets["actor"])); err != nil {
		return page, err
	}
	page.Companies = respondents(a.Incidents, nil)
	for _, id := range web.CompaniesNamed(q, a.Facets["company"]) {
		if company, err := s.db.Company(ctx, id); err == nil {
			page.Companies[id] = company.Company
		}
	}
	return page, nil
}

// nextPage is the address of another page of a list, "" when there is none.
func (s *Server) nextPage(c *gin.Context, q vigie.Query, cursor string) string {
	if cursor == "" {
		return ""
	}
	a := askedOf(c.Request)
	q.Cursor = cursor
	return web.PagePath(a.lang, a.path) + suffix(q.Canonical())
}
