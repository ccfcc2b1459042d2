package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

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
	if !web.Bounded(c.Request.PostForm) {
		return nil, errTooMuch
	}
	return c.Request.PostForm, nil
}

// queue is the desk: what waits for a decision.
func (s *Server) queue(c *gin.Context) error {
	return s.showQueue(c, http.StatusOK, soughtOf(askedOf(c.Request).original.Query()), vigie.Text{})
}

// soughtOf reads which queue is asked for off an address.
func soughtOf(v url.Values) web.Sought {
	return web.Sought{
		Status: cmp.Or(v.Get("status"), db.Undecided), Kind: v.Get("kind"), Run: v.Get("run"), Watch: v.Get("watch"),
		Tongue: v.Get("lang"), Q: strings.TrimSpace(v.Get("q")), Like: v.Get("like"), After: v.Get("after"),
	}
}

func (s *Server) showQueue(c *gin.Context, status int, asked web.Sought, failed vigie.Text) error {
	ctx := c.Request.Context()
	page := web.Desk{Asked: asked, Failed: failed}
	waiting, err := s.db.Waiting(ctx, vigie.DayOf(s.now().Add(-checkEvery)))
	if err != nil {
		return err
	}
	page.Waits = web.WaitsOf(web.Waiting(waiting), int(checkEvery.Hours()/24))
	q, err := s.sought(ctx, asked)
	if err != nil {
		return err
	}
	page.Statuses, page.Kinds, page.Tongues, page.Watches = q.statuses, q.kinds, q.tongues, q.watches
	if page.Rows, err = s.rows(ctx, q.candidates); err != nil {
		return err
	}
	if q.next != "" {
		asked.After = q.next
		page.Next = web.PagePath(askedOf(c.Request).lang, asked.Path())
	}
	if page.Last, page.LastOf, err = s.lastDecision(ctx, editorOf(c)); err != nil {
		return err
	}
	return s.private(c, status, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// decideMany does to several candidates what was asked at the queue: rejects them
// with one reason, reopens one, or undoes what the editor decided last.
func (s *Server) decideMany(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	back := ownQueue(form.Get("return"))
	path := back.Path()
	reason := cmp.Or(form.Get("why"), strings.TrimSpace(form.Get("reason")))
	switch {
	case form.Get("reopen") != "":
		err = s.db.Reopen(c.Request.Context(), form.Get("reopen"))
	case form.Get("action") == "undo":
		path, err = s.undoLast(c, path)
	case len(form["candidate"]) == 0:
		return s.showQueue(c, http.StatusUnprocessableEntity, back, needOne)
	case reason == "":
		return s.showQueue(c, http.StatusUnprocessableEntity, back, needReason)
	default:
		err = s.reject(c, form["candidate"], reason)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, path))
	return nil
}

var (
	needOne    = vigie.Text{FR: "Cochez au moins une nouvelle\u00a0: rien n’a été écarté.", EN: "Tick at least one item: nothing was rejected."}
	needReason = vigie.Text{FR: "Dites pourquoi\u00a0: la raison évite de revoir ce texte.", EN: "Say why: the reason keeps this text from coming back."}
)

// ownQueue is the queue that a form came from: its filters are taken off the address,
// and nothing else, so that it leads nowhere but to the desk.
func ownQueue(address string) web.Sought {
	u, err := url.Parse(address)
	if err != nil {
		return soughtOf(url.Values{})
	}
	return soughtOf(u.Query())
}

func (s *Server) cases(c *gin.Context) error {
	v := askedOf(c.Request).original.Query()
	state := vigie.State(v.Get("state"))
	records, err := s.db.Desk(c.Request.Context(), state, v.Get("after"), db.QueueLength+1)
	if err != nil {
		return err
	}
	page := web.Cases{State: state}
	if len(records) > db.QueueLength {
		records = records[:db.QueueLength]
		next := url.Values{"after": {records[len(records)-1].ID}}
		if state != "" {
			next.Set("state", string(state))
		}
		page.Next = web.PagePath(askedOf(c.Request).lang, web.CasesPath) + "?" + next.Encode()
	}
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
