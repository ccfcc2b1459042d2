package main

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// listedRuns is how many imports the page of them has.
const listedRuns = 100

func (s *Server) runs(c *gin.Context) error {
	runs, err := s.db.Runs(c.Request.Context(), listedRuns)
	if err != nil {
		return err
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any { return web.Runs{Frame: fr, Runs: runs} })
}

func (s *Server) run(c *gin.Context) error {
	return s.showRun(c, http.StatusOK, vigie.Text{})
}

func (s *Server) showRun(c *gin.Context, status int, failed vigie.Text) error {
	ctx := c.Request.Context()
	run, err := s.db.Run(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	page := web.RunPage{Run: run, Failed: failed, Running: run.Running(run.Started, s.now())}
	if page.Counts, err = s.db.RunCounts(ctx, run.ID); err != nil {
		return err
	}
	for _, verdict := range []string{vigie.Accepted, vigie.Attached, vigie.Rejected} {
		list, err := s.db.Queue(ctx, db.Filter{Status: verdict, Run: run.ID})
		if err != nil {
			return err
		}
		for _, candidate := range list {
			decided := web.RunDecided{Candidate: candidate}
			if decided.Decisions, err = s.db.Decisions(ctx, candidate.ID); err != nil {
				return err
			}
			page.Decided = append(page.Decided, decided)
		}
	}
	return s.private(c, status, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// undoRun withdraws what a run brought and nobody decided on, once the editor said
// to be sure; or takes that back.
func (s *Server) undoRun(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	id, act := c.Param("id"), form.Get("action")
	switch {
	case act == "redo":
		err = s.db.RedoRun(c.Request.Context(), id)
	case act != "undo":
		return errBadForm
	case form.Get("sure") == "":
		return s.showRun(c, http.StatusUnprocessableEntity, unsure)
	default:
		_, err = s.db.UndoRun(c.Request.Context(), id, editorOf(c))
	}
	if act == "undo" && errors.Is(err, vigie.ErrConflict) {
		return s.showRun(c, http.StatusConflict, atWork)
	} else if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.RunPath(id)))
	return nil
}

var (
	atWork = vigie.Text{FR: "L’import est encore en cours\u00a0: attendez sa fin pour l’annuler.", EN: "The import is still at work: wait for its end to undo it."}
	unsure = vigie.Text{FR: "Cochez la case pour confirmer\u00a0: rien n’a été retiré.", EN: "Tick the box to confirm: nothing was withdrawn."}
)
