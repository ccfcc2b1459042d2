package main

import (
	"io"
	"slices"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// How many the home page and the first page of a list show; a feed has its own
// length (db.FeedLength).
const (
	latestCases   = 6
	latestAnswers = 6
	pageLength    = 20
	eventsLength  = 50
)

func (s *Server) home(c *gin.Context) error {
	if _, err := vigie.ParseRawQuery(askedOf(c.Request).original.RawQuery, vigie.OnNothing); err != nil {
		return err
	}
	return s.show(c, web.IncidentsSurface, func(f web.Format) (surface, error) {
		if !f.Page {
			return surface{}, errNotAcceptable
		}
		cases, err := s.db.Search(c.Request.Context(), vigie.Query{Limit: latestCases})
		if err != nil {
			return surface{}, err
		}
		answers, err := s.db.Answers(c.Request.Context(), latestAnswers)
		if err != nil {
			return surface{}, err
		}
		totals, err := s.db.Totals(c.Request.Context())
		if err != nil {
			return surface{}, err
		}
		glance := web.Glance{Cases: totals.Cases, Statements: totals.Statements, Sources: totals.Sources, Evidence: cases.Facets["evidence"], Position: cases.Facets["position"], Years: cases.Facets["year"]}
		return surface{edition: cases.Edition, only: "page", page: func(fr web.Frame) any {
			fr.Companies = respondents(cases.Incidents, answers)
			return web.Home{Frame: fr, Latest: cases.Incidents, Answers: answers, Glance: glance}
		}}, nil
	})
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
		var near []vigie.Near
		if f.Page && len(a.Incidents) == 0 {
			if near, err = s.db.Near(c.Request.Context(), q); err != nil {
				return surface{}, err
			}
		}
		return surface{
			query: q, edition: a.Edition, words: wordsOf(q), next: a.Next, prev: a.Prev, whole: whole, updated: latestUpdate(a.Incidents),
			noIndex: q.Canonical() != "",
			page: func(fr web.Frame) any {
				fr.Companies = respondents(a.Incidents, nil)
				for i, x := range a.Facets["company"] {
					if i >= web.FacetMost && !slices.Contains(q.Company, x.Value) && !slices.Contains(q.Company, "-"+x.Value) {
						continue // the page does not name it
					}
					if company, err := s.db.Company(c.Request.Context(), x.Value); err == nil {
						fr.Companies[x.Value] = company.Company
					}
				}
				return web.Incidents{Frame: fr, Asked: q, Answer: a, Near: near, Next: s.nextPage(c, q, a.Next)}
			},
			data: func(w io.Writer, f web.Format, at web.Context) error {
				if whole {
					return f.Records(w, at, allRecords(c.Request.Context(), s.db, asked))
				}
				return f.WriteIncidents(w, at, a)
			},
		}, nil
	})
}

// nextPage is the address of the next page of a list, "" when there is none.
func (s *Server) nextPage(c *gin.Context, q vigie.Query, cursor string) string {
	if cursor == "" {
		return ""
	}
	a := askedOf(c.Request)
	q.Cursor = cursor
	return web.PagePath(a.lang, a.path) + suffix(q.Canonical())
}
