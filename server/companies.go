package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// pageOnly is an address that has no data format yet: only its feeds, if any.
func (s *Server) pageOnly(c *gin.Context, make func() (surface, error)) error {
	if a := askedOf(c.Request); a.given && !a.format.Page {
		return vigie.ErrNotFound
	}
	if _, err := vigie.ParseRawQuery(askedOf(c.Request).original.RawQuery, vigie.OnNothing); err != nil {
		return err
	}
	return s.show(c, web.IncidentsSurface, func(f web.Format) (surface, error) {
		if !f.Page {
			return surface{}, errNotAcceptable
		}
		it, err := make()
		if err != nil {
			return it, err
		}
		it.only = "page"
		if it.edition == 0 {
			it.edition, err = s.db.Edition(c.Request.Context())
		}
		return it, err
	})
}

func (s *Server) companies(c *gin.Context) error {
	q, done, err := s.query(c, vigie.OnNothing)
	if done || err != nil {
		return err
	}
	return s.show(c, web.CompaniesSurface, func(web.Format) (surface, error) {
		rows, err := companyRows(c.Request.Context(), s.db)
		if err != nil {
			return surface{}, err
		}
		now, err := s.moment(c.Request.Context())
		return surface{
			query: q, edition: now.edition, updated: now.at,
			page: func(fr web.Frame) any { return web.Companies{Frame: fr, Rows: rows} },
			data: func(w io.Writer, f web.Format, at web.Context) error { return f.WriteCompanies(w, at, rows) },
		}, err
	})
}

// companyRows are the companies that have a published case.
func companyRows(ctx context.Context, store *db.DB) ([]web.CompanyRow, error) {
	listed, err := store.Companies(ctx)
	rows := make([]web.CompanyRow, len(listed))
	for i, l := range listed {
		rows[i] = web.CompanyRow{Company: l.Company, Cases: l.Cases, Latest: l.Latest}
	}
	return rows, err
}

// vocabulary is the codebook: it has no page of its own, the help and the rules
// show the codes where they are used.
func (s *Server) vocabulary(c *gin.Context) error {
	q, done, err := s.query(c, vigie.OnNothing)
	if done || err != nil {
		return err
	}
	return s.show(c, web.VocabularySurface, func(web.Format) (surface, error) {
		now, err := s.moment(c.Request.Context())
		return surface{query: q, edition: now.edition, shownAt: web.AboutPath, data: func(w io.Writer, f web.Format, at web.Context) error { return f.WriteVocabulary(w, at) }}, err
	})
}

// gathered is a page that gathers cases and their events (a company, a wave); its
// feeds are timeline feeds.
func (s *Server) gathered(c *gin.Context, words string, within func(*vigie.Query), page func(web.Frame, []vigie.Record, []vigie.Item) any) error {
	var own vigie.Query
	within(&own)
	said := own.Values() // by the address: not to be asked again
	q, done, err := s.query(c, vigie.OnTimeline)
	var told *vigie.QueryError
	if errors.As(err, &told) {
		told.Allowed = slices.DeleteFunc(told.Allowed, said.Has)
	}
	if done || err != nil {
		return err
	}
	for name := range said {
		if q.Values().Has(name) {
			return &vigie.QueryError{Params: []vigie.QueryProblem{{Name: name, Code: "not_here", Detail: vigie.Text{
				FR: "l’adresse le dit déjà", EN: "the address says it already"}}}}
		}
	}
	return s.show(c, web.TimelineSurface, func(f web.Format) (surface, error) {
		it, err := s.events(c, f, q, words, within)
		if err != nil || !f.Page {
			return it, err
		}
		within(&q)
		a, err := s.db.Search(c.Request.Context(), q)
		if err != nil {
			return it, err
		}
		timeline := it.page
		it.noIndex = false
		it.page = func(fr web.Frame) any {
			t := timeline(fr).(web.Timeline)
			return page(t.Frame, a.Incidents, t.Timeline.Items)
		}
		return it, nil
	})
}

func (s *Server) company(c *gin.Context) error {
	company, err := s.db.Company(c.Request.Context(), c.Param("id"))
	if err == nil && company.Cases == 0 { // known from drafts only: not the public's to see
		err = vigie.ErrNotFound
	}
	if err != nil {
		return err
	}
	within := func(q *vigie.Query) { q.Company = []string{company.ID} }
	return s.gathered(c, company.Name, within, func(fr web.Frame, cases []vigie.Record, items []vigie.Item) any {
		fr.Companies[company.ID] = company.Company
		return web.Company{Frame: fr, Company: company.Company, Cases: cases, Items: items}
	})
}

func (s *Server) waves(c *gin.Context) error {
	return s.pageOnly(c, func() (surface, error) {
		listed, err := s.db.Waves(c.Request.Context())
		if err != nil {
			return surface{}, err
		}
		var rows []web.WaveRow
		for _, w := range listed {
			rows = append(rows, web.WaveRow{Wave: w.Wave, Cases: w.Cases})
		}
		return surface{page: func(fr web.Frame) any { return web.Waves{Frame: fr, Rows: rows} }}, nil
	})
}

func (s *Server) wave(c *gin.Context) error {
	wave, err := s.db.Wave(c.Request.Context(), c.Param("id"))
	if err == nil && wave.Cases == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return err
	}
	within := func(q *vigie.Query) { q.Wave = []string{wave.ID} }
	return s.gathered(c, wave.Name.In(askedOf(c.Request).lang), within, func(fr web.Frame, cases []vigie.Record, items []vigie.Item) any {
		return web.Wave{Frame: fr, Wave: wave.Wave, Cases: cases, Items: items}
	})
}

// calledIn are the names of the campaigns and of the groups that a query asks for, by id
// and by slug: those that the public may know.
func (s *Server) calledIn(ctx context.Context, q vigie.Query) (waves map[string]vigie.Text, groups map[string]string, err error) {
	waves, groups = map[string]vigie.Text{}, map[string]string{}
	for _, id := range q.Wave {
		id = strings.TrimPrefix(id, "-")
		wave, err := s.db.Wave(ctx, id)
		if err != nil && !errors.Is(err, vigie.ErrNotFound) {
			return nil, nil, err
		}
		if wave.Cases > 0 {
			waves[id] = wave.Name
		}
	}
	if len(q.Group) == 0 {
		return waves, groups, nil
	}
	listed, err := s.db.Companies(ctx)
	for _, l := range listed {
		if l.Company.Group != "" {
			groups[vigie.Slug(l.Company.Group)] = l.Company.Group
		}
	}
	return waves, groups, err
}

func (s *Server) credits(c *gin.Context) error {
	return s.pageOnly(c, func() (surface, error) {
		credits, err := s.db.Licences(c.Request.Context())
		return surface{page: func(fr web.Frame) any { return web.Credits{Frame: fr, Credits: credits} }}, err
	})
}

func (s *Server) about(c *gin.Context) error {
	return s.pageOnly(c, func() (surface, error) {
		return surface{page: func(fr web.Frame) any { return web.About{Frame: fr} }}, nil
	})
}
