package main

import (
	"io"
	"time"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

func (s *Server) incident(c *gin.Context) error {
	a, id := askedOf(c.Request), c.Param("id")
	kind := vigie.OnCase
	if a.given && a.format.Feed {
		kind = vigie.OnTimeline
	}
	q, done, err := s.query(c, kind)
	if done || err != nil {
		return err
	}
	return s.show(c, web.IncidentSurface, func(f web.Format) (surface, error) {
		record, err := s.db.Incident(c.Request.Context(), id)
		if err != nil {
			return surface{}, err
		}
		if f.Feed {
			return s.events(c, f, q, record.Respondent.Name, func(q *vigie.Query) { q.Incident = []string{id} })
		}
		edition, err := s.db.Edition(c.Request.Context())
		if err != nil {
			return surface{}, err
		}
		if q.Version > 0 {
			if record, err = s.version(c, record, q.Version); err != nil {
				return surface{}, err
			}
		}
		steps := web.StepsOf(&record.Incident) // of what is known today: the days to walk to
		if q.AsOf != "" {
			then := record.Incident.AsOf(q.AsOf)
			record.Incident = then
			record.Derived = vigie.Derive(&then, record.Respondent.Name, record.Derived.Version, record.Derived.Recorded, record.Derived.Updated)
			record.Derived.Headline = then.Headline(record.Respondent.Name, q.AsOf)
		}
		one := web.Case{Record: record}
		if f.Tells || f.Page {
			if one.Events, err = s.eventsOf(c.Request.Context(), &record, q); err != nil {
				return surface{}, err
			}
		}
		it := surface{
			query: q, edition: edition, words: record.Respondent.Name, updated: record.Derived.Updated,
			noIndex: q.Canonical() != "" || record.Derived.Standing.Evidence == vigie.Alleged,
			data:    func(w io.Writer, f web.Format, at web.Context) error { return f.WriteIncident(w, at, one) },
		}
		if f.Name == "json" {
			it.tag, err = recordTag(record)
		}
		if !f.Page {
			return it, err
		}
		page := web.Incident{Record: record, Company: record.Respondent, Steps: steps, Events: one.Events, Version: q.Version, AsOf: q.AsOf}
		if page.History, err = s.publicHistory(c, id); err != nil {
			return surface{}, err
		}
		if q.AsOf == "" { // later cases, with today's standings, were not known that day
			if page.Related, page.Wave, err = s.related(c, record); err != nil {
				return surface{}, err
			}
		}
		it.page = func(fr web.Frame) any {
			named := []vigie.Record{record}
			for _, k := range page.Related {
				named = append(named, k.Cases...)
			}
			fr.Companies = respondents(named, nil)
			page.Frame = fr
			return page
		}
		return it, nil
	})
}

func orElse(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// kinMost bounds how many related cases a page names of each sort.
const kinMost = 5

// related are the other cases of the wave, of the supplier and of the company, each
// named once.
func (s *Server) related(c *gin.Context, r vigie.Record) (groups []web.Kin, wave *vigie.Wave, err error) {
	kin, err := s.db.Kin(c.Request.Context(), &r.Incident, kinMost)
	if err != nil {
		return nil, nil, err
	}
	if r.Wave != "" {
		w, err := s.db.Wave(c.Request.Context(), r.Wave)
		if err != nil {
			return nil, nil, err
		}
		wave = &w.Wave
	}
	return web.KinOf(r, wave, kin.Wave, kin.Supplier, kin.Company), wave, nil
}

// wordsOf is what a search is about, for the title of its feed.
func wordsOf(q vigie.Query) string {
	q.Sort, q.Limit, q.Cursor = "", 0, ""
	if q.Q != "" {
		return q.Q
	}
	return q.Canonical()
}

func latestUpdate(records []vigie.Record) (t time.Time) {
	for _, r := range records {
		if r.Derived != nil && r.Derived.Updated.After(t) {
			t = r.Derived.Updated
		}
	}
	return
}

// respondents are the companies of some cases, by id, for the pages that name
// them.
func respondents(records []vigie.Record, items []vigie.Item) map[string]vigie.Company {
	m := map[string]vigie.Company{}
	for _, r := range records {
		m[r.Company] = r.Respondent
	}
	for _, i := range items {
		if i.Case != nil {
			m[i.Case.Company] = i.Case.Respondent
		}
	}
	return m
}
