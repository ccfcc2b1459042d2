package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// survey counts the cases that answer a query.
func (s *Server) survey(ctx context.Context, q vigie.Query) (vigie.Survey, error) {
	return s.db.Survey(ctx, q)
}

// figures answers with the charts of a query, and with their numbers.
func (s *Server) figures(c *gin.Context) error {
	q, done, err := s.query(c, vigie.OnFigures)
	if done || err != nil {
		return err
	}
	return s.show(c, web.FiguresSurface, func(web.Format) (surface, error) {
		counted, err := s.survey(c.Request.Context(), q)
		if err != nil {
			return surface{}, err
		}
		return surface{
			query: q, edition: counted.Edition, words: wordsOf(q), noIndex: q.Canonical() != "",
			page: func(fr web.Frame) any {
				fr.Companies = s.named(c, q)
				return web.Figures{Frame: fr, Asked: q, Survey: counted}
			},
			data: func(w io.Writer, f web.Format, at web.Context) error {
				return f.WriteFigures(w, at, q.Canonical(), counted)
			},
		}, nil
	})
}

// named are the companies that a query names, for its chips.
func (s *Server) named(c *gin.Context, q vigie.Query) map[string]vigie.Company {
	names := map[string]vigie.Company{}
	for _, id := range q.Company {
		id = strings.TrimPrefix(id, "-")
		if company, err := s.db.Company(c.Request.Context(), id); err == nil { // one that does not exist is shown as it was written
			names[id] = company.Company
		}
	}
	return names
}

// chart answers with one drawing as a file of its own.
func (s *Server) chart(c *gin.Context) error {
	a := askedOf(c.Request)
	name, is := strings.CutSuffix(c.Param("file"), ".svg")
	if !is || !slices.Contains(web.ChartNames(), name) || a.given {
		return vigie.ErrNotFound
	}
	q, err := vigie.ParseRawQuery(a.original.RawQuery, vigie.OnFigures)
	if err != nil {
		return err
	}
	if canonical := q.Canonical(); canonical != a.original.RawQuery {
		c.Redirect(http.StatusMovedPermanently, a.original.EscapedPath()+suffix(canonical))
		return nil
	}
	now, err := s.moment(c.Request.Context())
	if err != nil {
		return err
	}
	format := web.Format{Name: "svg", MIME: web.SVGMIME}
	if s.unchanged(c, a, format, now) {
		return nil
	}
	counted, err := s.survey(c.Request.Context(), q)
	if err != nil {
		return err
	}
	drawn, err := s.web.ChartOf(name, web.Charted{Survey: counted, Asked: q, Lang: a.lang, Base: s.base(), Site: s.settings.site()})
	if err != nil {
		return err
	}
	now.edition = counted.Edition
	s.fresh(c, a, format, now)
	c.Header("Content-Security-Policy", s.web.DrawingPolicy())
	c.Header("Content-Disposition", fmt.Sprintf(`inline; filename="vigie-%s-%d.svg"`, name, counted.Edition))
	return write(c, http.StatusOK, web.SVGMIME, func(w io.Writer) error { return s.web.WriteSVG(w, drawn) })
}
