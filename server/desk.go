package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// form reads a posted form, as browsers send those without files.
func (s *Server) form(c *gin.Context) (url.Values, error) {
	if err := c.Request.ParseForm(); err != nil {
		var tooLong *http.MaxBytesError
		if errors.As(err, &tooLong) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", errBadForm, err)
	}
	return c.Request.PostForm, nil
}

// queue is the desk: what waits for a decision.
func (s *Server) queue(c *gin.Context) error {
	v := askedOf(c.Request).original.Query()
	filter := db.Filter{Status: v.Get("status"), After: v.Get("after")}
	candidates, err := s.db.Queue(c.Request.Context(), filter)
	if err != nil {
		return err
	}
	page := web.Desk{Status: filter.Status}
	if page.Status == "" {
		page.Status = "open"
	}
	for _, candidate := range candidates {
		found, _, err := suspects(c.Request.Context(), s.db, candidate)
		if err != nil {
			return err
		}
		page.Candidates = append(page.Candidates, web.CandidateRow{Candidate: candidate, Suspects: found})
	}
	if page.Counts, err = s.db.QueueCounts(c.Request.Context()); err != nil {
		return err
	}
	if n := len(candidates); n == db.QueueLength {
		page.Next = web.PagePath(askedOf(c.Request).lang, web.DeskPath) + "?status=" + escape(page.Status) + "&after=" + escape(candidates[n-1].ID)
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

func (s *Server) candidate(c *gin.Context) error {
	return s.showCandidate(c, http.StatusOK, vigie.Text{})
}

func (s *Server) showCandidate(c *gin.Context, status int, failed vigie.Text) error {
	candidate, err := s.db.Candidate(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	found, records, err := suspects(c.Request.Context(), s.db, candidate)
	if err != nil {
		return err
	}
	page := web.CandidatePage{Candidate: candidate, Failed: failed}
	for _, x := range found {
		page.Suspects = append(page.Suspects, web.SuspectCase{Suspect: x, Record: records[x.Incident]})
	}
	if page.Decisions, err = s.db.Decisions(c.Request.Context(), candidate.ID); err != nil {
		return err
	}
	return s.private(c, status, func(fr web.Frame) any {
		fr.Companies = map[string]vigie.Company{}
		for _, r := range records {
			fr.Companies[r.Company] = r.Respondent
		}
		page.Frame = fr
		return page
	})
}

// decide rejects a candidate, with a reason, or opens it again. To accept or
// attach one is to save a case that comes from it.
func (s *Server) decide(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	switch form.Get("action") {
	case "reject":
		if form.Get("reason") == "" {
			return s.showCandidate(c, http.StatusUnprocessableEntity, vigie.Text{FR: "Dites pourquoi : la raison évite de revoir ce texte.", EN: "Say why: the reason keeps this text from coming back."})
		}
		err = s.db.Decide(c.Request.Context(), vigie.Decision{Candidate: id, Verdict: vigie.Rejected, Reason: form.Get("reason"), Author: editorOf(c), At: s.now().UTC()})
	case "reopen":
		err = s.db.Reopen(c.Request.Context(), id)
	default:
		return errBadForm
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.DeskPath))
	return nil
}

func (s *Server) cases(c *gin.Context) error {
	state := vigie.State(askedOf(c.Request).original.Query().Get("state"))
	records, err := s.db.Desk(c.Request.Context(), state)
	if err != nil {
		return err
	}
	page := web.Cases{State: state}
	for _, r := range records {
		last, err := s.db.Version(c.Request.Context(), vigie.IncidentRecord, r.ID, r.Derived.Version)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, web.CaseRow{Record: r, Version: last.Version, At: last.At, Author: last.Author})
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any {
		fr.Companies = respondents(records, nil)
		page.Frame = fr
		return page
	})
}

func (s *Server) runs(c *gin.Context) error {
	runs, err := s.db.Runs(c.Request.Context(), 100)
	if err != nil {
		return err
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any { return web.Runs{Frame: fr, Runs: runs} })
}
