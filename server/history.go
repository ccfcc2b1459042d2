package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

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

func number(s string) int {
	n, _ := strconv.Atoi(s) // what is not a number names no version
	return n
}
