package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
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
		page := web.Incident{Record: record, Company: record.Respondent, Events: one.Events, Version: q.Version, AsOf: q.AsOf}
		if page.History, err = s.publicHistory(c, id); err != nil {
			return surface{}, err
		}
		if q.AsOf == "" { // later cases, with today's standings, were not known that day
			if page.Related, page.Wave, err = s.related(c, record); err != nil {
				return surface{}, err
			}
		}
		it.page = func(fr web.Frame) any {
			fr.Companies = respondents(append(page.Related, record), nil)
			page.Frame = fr
			return page
		}
		return it, nil
	})
}

// version is the case as an earlier version had it. Versions from before it was
// published are nobody's to read.
func (s *Server) version(c *gin.Context, now vigie.Record, version int) (vigie.Record, error) {
	history, err := s.publicHistory(c, now.ID)
	if err != nil {
		return now, err
	}
	at := slices.IndexFunc(history, func(r vigie.Revision) bool { return r.Version == version })
	if at < 0 {
		return now, fmt.Errorf("version %d of %s: %w", version, now.ID, vigie.ErrNotFound)
	}
	if history[at].Redacted != nil {
		return now, fmt.Errorf("version %d of %s was redacted: %w", version, now.ID, vigie.ErrNotFound)
	}
	in, err := body(history[at])
	if err != nil {
		return now, err
	}
	then := vigie.Record{Incident: *in, Respondent: now.Respondent}
	then.Derived = vigie.Derive(in, now.Respondent.Name, version, now.Derived.Recorded, history[at].At)
	return then, nil
}

// body reads the case that a revision holds.
func body(r vigie.Revision) (*vigie.Incident, error) {
	var in vigie.Incident
	if err := json.Unmarshal(r.Body, &in); err != nil {
		return nil, fmt.Errorf("reading version %d of %s: %w", r.Version, r.RecordID, err)
	}
	return &in, nil
}

// publicHistory is the revisions of a case since it was first published.
func (s *Server) publicHistory(c *gin.Context, id string) ([]vigie.Revision, error) {
	all, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, id)
	if err != nil {
		return nil, err
	}
	first := slices.IndexFunc(all, func(r vigie.Revision) bool {
		if r.Redacted != nil {
			return false
		}
		in, err := body(r)
		return err == nil && in.State != vigie.Draft
	})
	if first < 0 {
		return nil, fmt.Errorf("history of %s: %w", id, vigie.ErrNotFound)
	}
	return slices.DeleteFunc(all[first:], func(r vigie.Revision) bool {
		if r.Redacted != nil {
			return false
		}
		in, err := body(r)
		return err != nil || in.State == vigie.Draft
	}), nil
}

// related are the other cases of the wave and of the company.
func (s *Server) related(c *gin.Context, r vigie.Record) (cases []vigie.Record, wave *vigie.Wave, err error) {
	add := func(q vigie.Query) error {
		a, err := s.db.Search(c.Request.Context(), q)
		for _, x := range a.Incidents {
			if x.ID != r.ID && !slices.ContainsFunc(cases, func(have vigie.Record) bool { return have.ID == x.ID }) {
				cases = append(cases, x)
			}
		}
		return err
	}
	if r.Wave != "" {
		w, err := s.db.Wave(c.Request.Context(), r.Wave)
		if err != nil {
			return nil, nil, err
		}
		wave = &w.Wave
		if err := add(vigie.Query{Wave: []string{r.Wave}, Limit: pageLength}); err != nil {
			return nil, nil, err
		}
	}
	return cases, wave, add(vigie.Query{Company: []string{r.Company}, Limit: pageLength})
}

func (s *Server) history(c *gin.Context) error {
	a := askedOf(c.Request)
	if a.given && !a.format.Page {
		return vigie.ErrNotFound
	}
	if _, err := vigie.ParseRawQuery(a.original.RawQuery, vigie.OnNothing, "from", "to"); err != nil {
		return err
	}
	return s.show(c, web.IncidentSurface, func(f web.Format) (surface, error) {
		record, err := s.db.Incident(c.Request.Context(), c.Param("id"))
		if err != nil {
			return surface{}, err
		}
		page := web.History{Record: record, Company: record.Respondent}
		if page.Revisions, err = s.publicHistory(c, record.ID); err != nil {
			return surface{}, err
		}
		page.From, page.To = number(a.original.Query().Get("from")), number(a.original.Query().Get("to"))
		if n := len(page.Revisions); page.To == 0 && n > 1 {
			page.From, page.To = page.Revisions[n-2].Version, page.Revisions[n-1].Version
		}
		for _, r := range page.Revisions {
			if r.Redacted != nil {
				continue
			}
			in, err := body(r)
			if err != nil {
				return surface{}, err
			}
			if r.Version == page.From {
				page.Before = in
			}
			if r.Version == page.To {
				page.After = in
			}
		}
		edition, err := s.db.Edition(c.Request.Context())
		return surface{edition: edition, only: "page", noIndex: true, words: record.Respondent.Name, page: func(fr web.Frame) any {
			fr.Companies = respondents([]vigie.Record{record}, nil)
			page.Frame = fr
			return page
		}}, err
	})
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // what is not a number names no version
	return n
}

func orElse(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
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
