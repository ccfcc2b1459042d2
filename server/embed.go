package main

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// caseThen is a case as an address asks for it: as it is, at a version, or as the
// public could know it on a day.
func (s *Server) caseThen(c *gin.Context, id string, q vigie.Query) (vigie.Record, error) {
	record, err := s.db.Incident(c.Request.Context(), id)
	if err == nil && q.Version > 0 {
		record, err = s.version(c, record, q.Version)
	}
	if err == nil && q.AsOf != "" {
		then := record.Incident.AsOf(q.AsOf)
		record.Incident = then
		record.Derived = vigie.Derive(&then, record.Respondent.Name, record.Derived.Version, record.Derived.Recorded, record.Derived.Updated)
		record.Derived.Headline = then.Headline(record.Respondent.Name, q.AsOf)
	}
	return record, err
}

// embedCase is one case as a card for a page of another site.
func (s *Server) embedCase(c *gin.Context) error {
	a := askedOf(c.Request)
	if a.given {
		return vigie.ErrNotFound
	}
	q, done, err := s.query(c, vigie.OnCase)
	if done || err != nil {
		return err
	}
	return s.show(c, web.IncidentSurface, func(f web.Format) (surface, error) {
		if !f.Page {
			return surface{}, errNotAcceptable
		}
		record, err := s.caseThen(c, c.Param("id"), q)
		if err != nil {
			return surface{}, err
		}
		edition, err := s.db.Edition(c.Request.Context())
		return surface{query: q, edition: edition, only: "page", noIndex: true, page: func(fr web.Frame) any {
			fr.Companies = respondents([]vigie.Record{record}, nil)
			return web.Embed{Incident: web.Incident{Frame: fr, Record: record, Company: record.Respondent, Version: q.Version, AsOf: q.AsOf}}
		}}, err
	})
}

// notACard is what stands in a frame for which there is no card.
func notACard(fr web.Frame, status int, err error) web.EmbedProblem {
	page := web.EmbedProblem{Frame: fr, Status: status}
	var gone db.GoneError
	if errors.As(err, &gone) {
		page.Tombstone = gone.Tombstone
	}
	page.NoIndex = true
	return page
}

// oEmbed tells what card there is for a page of ours (oembed.com). What a consumer
// asks besides is passed over: they all add words of their own.
func (s *Server) oEmbed(c *gin.Context) error {
	c.Set(programKey{}, true) // who asks is a program, whatever it accepts
	a := askedOf(c.Request)
	asked := a.original.Query()
	if a.prefixed {
		return vigie.ErrNotFound
	}
	if f := cmp.Or(asked.Get("format"), a.format.Name, "json"); f != "json" || a.given && a.format.Name != "json" {
		return errNotDone
	}
	var bounds [2]int
	for i, name := range []string{"maxwidth", "maxheight"} {
		if v := asked.Get(name); v != "" {
			if bounds[i] = number(v); bounds[i] <= 0 {
				return &vigie.QueryError{Params: []vigie.QueryProblem{{Name: name, Code: "malformed", Detail: vigie.Text{FR: "un nombre de pixels", EN: "a number of pixels"}}}}
			}
		}
	}
	if asked.Get("url") == "" {
		return &vigie.QueryError{Params: []vigie.QueryProblem{{Name: "url", Code: "missing", Detail: vigie.Text{FR: "l’adresse d’une page de ce site", EN: "the address of a page of this site"}}}}
	}
	now, err := s.moment(c.Request.Context())
	if err != nil {
		return err
	}
	format := web.Format{Name: "oembed", MIME: "application/json"}
	card, fr, title, height, err := s.cardOf(c, asked.Get("url"))
	if err != nil {
		return err
	}
	if s.unchanged(c, a, format, now) {
		return nil
	}
	s.fresh(c, a, format, now)
	answer := web.NewOEmbed(fr, card, title, height, bounds[0], bounds[1])
	return write(c, http.StatusOK, format.MIME, answer.Write)
}

// cardOf finds the card for an address of ours: its bare path with query, the frame of
// its language, its title, and its height where that is not the usual one. vigie.ErrNotFound: the address is none of ours, or has
// no card.
func (s *Server) cardOf(c *gin.Context, address string) (card string, fr web.Frame, title string, height int, err error) {
	u, err := url.Parse(address)
	ours, fault := url.Parse(s.base())
	if err != nil || fault != nil || u.Scheme != ours.Scheme && u.Scheme != "http" || !strings.EqualFold(u.Host, ours.Host) {
		return "", fr, "", 0, vigie.ErrNotFound
	}
	a := s.readAddress(&http.Request{URL: u})
	fr = web.Frame{Lang: a.lang, Base: s.base(), Site: s.settings.site()}
	path := strings.TrimPrefix(a.path, web.EmbedPath)
	if a.given && !a.format.Page {
		return "", fr, "", 0, vigie.ErrNotFound
	}
	if id, ok := strings.CutPrefix(path, web.IncidentsPath+"/"); ok && id != "" && !strings.Contains(id, "/") {
		q, err := vigie.ParseRawQuery(u.RawQuery, vigie.OnCase)
		if err != nil {
			return "", fr, "", 0, vigie.ErrNotFound
		}
		record, err := s.caseThen(c, id, q)
		var moved db.MovedError
		if errors.As(err, &moved) {
			id = moved.Into
			record, err = s.caseThen(c, id, q)
		}
		if errors.Is(err, vigie.ErrGone) { // the specification knows no 410
			err = vigie.ErrNotFound
		}
		if err != nil {
			return "", fr, "", 0, err
		}
		return web.EmbedCasePath(id) + suffix(q.Canonical()), fr, record.Derived.Headline.In(a.lang), 0, nil
	}
	name, chart := strings.CutPrefix(path, web.FiguresPath+"/")
	if !chart && path == web.FiguresPath {
		name, chart = strings.CutPrefix(u.Fragment, "chart-")
	}
	if !chart {
		return "", fr, "", 0, vigie.ErrNotFound
	}
	q, err := vigie.ParseRawQuery(u.RawQuery, vigie.OnFigures)
	if err != nil {
		return "", fr, "", 0, vigie.ErrNotFound
	}
	drawn, _, err := s.drawnChart(c, strings.TrimSuffix(name, ".svg"), q, a.lang)
	return drawn.Card(), fr, drawn.Title, drawn.CardHeight(), err
}

// drawnChart is one chart of a query, and the edition that it is of.
func (s *Server) drawnChart(c *gin.Context, name string, q vigie.Query, lang vigie.Lang) (web.Chart, int64, error) {
	if !slices.Contains(web.ChartNames(), name) {
		return web.Chart{}, 0, vigie.ErrNotFound
	}
	counted, err := s.survey(c.Request.Context(), q)
	if err != nil {
		return web.Chart{}, 0, err
	}
	drawn, err := s.web.ChartOf(name, web.Charted{Survey: counted, Asked: q, Lang: lang, Base: s.base(), Site: s.settings.site()})
	return drawn, counted.Edition, err
}

// embedChart is one chart as a card for a page of another site.
func (s *Server) embedChart(c *gin.Context) error {
	a, name := askedOf(c.Request), c.Param("chart")
	if a.given || !slices.Contains(web.ChartNames(), name) {
		return vigie.ErrNotFound
	}
	q, done, err := s.query(c, vigie.OnFigures)
	if done || err != nil {
		return err
	}
	return s.show(c, web.FiguresSurface, func(f web.Format) (surface, error) {
		if !f.Page {
			return surface{}, errNotAcceptable
		}
		drawn, edition, err := s.drawnChart(c, name, q, a.lang)
		return surface{query: q, edition: edition, only: "page", noIndex: true, page: func(fr web.Frame) any {
			return web.EmbedChart{Frame: fr, Chart: drawn}
		}}, err
	})
}
