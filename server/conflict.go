package main

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// conflict shows field by field what someone else saved and what the editor typed. What
// only the other one touched is brought over; nothing typed is lost, and the form can be
// saved over knowingly.
//
// The same form sent twice is no conflict: what stands is what the editor wrote.
func (s *Server) conflict(c *gin.Context, page web.EditPage, typed vigie.Incident) (err error) {
	if page.Conflict, err = s.since(c, page.ID, page.Base); err != nil {
		return err
	}
	if with := page.Conflict; with.Version == page.Base+1 && with.Author == editorOf(c) && with.Note == page.Note {
		typed.ID, typed.Company = with.Theirs.ID, cmp.Or(typed.Company, with.Theirs.Company)
		bindTitle(&typed)
		if equalJSON(typed, with.Theirs) {
			c.Redirect(http.StatusSeeOther, savedAt(c, page.ID, with.Version))
			return nil
		}
	}
	page.Form, page.Unsaved = page.Conflict.Reconcile(page.Form), true
	return s.showForm(c, http.StatusConflict, page)
}

// unsettled is the conflict that a form still shows, nil when it shows none or when yet
// another version was saved since: the next save tells of that one.
func (s *Server) unsettled(c *gin.Context, page web.EditPage) (*web.Conflict, error) {
	from := number(page.Form.Get("from"))
	var mine vigie.Incident
	if page.ID == "" || from == 0 {
		return nil, nil
	}
	if notOurs := json.Unmarshal([]byte(page.Form.Get("mine")), &mine); notOurs != nil {
		return nil, nil //nolint:nilerr // a form that shows no conflict
	}
	conflict, err := s.since(c, page.ID, from)
	if err != nil || conflict.Version != page.Base {
		return nil, err
	}
	conflict.Mine = mine
	return conflict, nil
}

// since is what was saved of a case since a version. Of a base that was redacted
// nothing can be compared: the present case stands in for it.
func (s *Server) since(c *gin.Context, id string, base int) (*web.Conflict, error) {
	history, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, id)
	if err != nil {
		return nil, err
	}
	last := history[len(history)-1]
	theirs, err := body(last)
	if err != nil {
		return nil, err
	}
	conflict := &web.Conflict{From: base, Version: last.Version, Author: last.Author, Note: last.Note, At: last.At, Base: *theirs, Theirs: *theirs}
	if i := slices.IndexFunc(history, func(r vigie.Revision) bool { return r.Version == base && r.Redacted == nil }); i >= 0 {
		then, err := body(history[i])
		if err != nil {
			return nil, err
		}
		conflict.Base = *then
	}
	return conflict, nil
}
