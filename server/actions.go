package main

import (
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

// deed is an action on a whole case, as it was asked.
type deed struct {
	record vigie.Record // as it is now
	base   int
	by     vigie.Signature
	form   url.Values
}

// done says where to go after an action; problems say why it was not done.
type done struct {
	path     string
	problems vigie.Problems
	again    *web.Redaction // to be asked a second time
}

// deeds is the table of what may be done to a whole case. Each has a public
// reason, and is made from the version that the editor saw.
var deeds = map[string]func(*Server, *gin.Context, deed) (done, error){
	"publish": (*Server).publish,
	"retract": (*Server).retract,
	"restore": (*Server).restore,
	"merge":   (*Server).merge,
	"split":   (*Server).split,
	"redact":  (*Server).redact,
	"undo":    (*Server).undo,
}

// actions is the page of what may be done to a case.
func (s *Server) actions(c *gin.Context) error {
	record, err := s.db.Draft(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return s.showActions(c, http.StatusOK, record, web.Actions{})
}

func (s *Server) showActions(c *gin.Context, status int, record vigie.Record, page web.Actions) error {
	history, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, record.ID)
	if err != nil {
		return err
	}
	back, err := s.wayBackOf(c, record, history)
	if err != nil {
		return err
	}
	if back != nil {
		page.Last = &back.WayBack
	}
	slices.Reverse(history)
	page.Record, page.Base, page.Revisions = record, record.Derived.Version, history
	page.Admin, page.Public = admin(c), !record.Derived.Recorded.IsZero()
	if page.Companies, err = allCompanies(c.Request.Context(), s.db); err != nil {
		return err
	}
	groups, _, err := s.related(c, record)
	if err != nil {
		return err
	}
	for _, g := range groups {
		page.Others = append(page.Others, g.Cases...)
	}
	return s.private(c, status, func(fr web.Frame) any {
		fr.Companies = respondents([]vigie.Record{record}, nil)
		page.Frame = fr
		return page
	})
}

// act does an action, or says why not.
func (s *Server) act(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	do, known := deeds[form.Get("do")]
	if !known {
		return errBadForm
	}
	record, err := s.db.Draft(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	note := strings.TrimSpace(form.Get("note"))
	d := deed{record: record, base: number(form.Get("base")), by: vigie.Signature{Author: editorOf(c), Note: note}, form: form}
	page := web.Actions{Did: form.Get("do"), Form: form}
	var end done
	switch {
	case d.base != record.Derived.Version:
		err = vigie.ErrConflict
	case form.Get("do") == "undo": // says itself why, in public
		end, err = do(s, c, d)
	case note == "":
		end.problems = vigie.Problems{noReason}
	default:
		if end.problems, err = s.cautions(c, &record.Incident, note, 0); err == nil {
			end.problems = slices.DeleteFunc(end.problems, func(p vigie.Problem) bool { return p.Path != "note" })
		}
		if err == nil && len(end.problems) == 0 {
			end, err = do(s, c, d)
		}
	}
	switch {
	case errors.Is(err, vigie.ErrConflict):
		return s.actConflict(c, page, d.base)
	case errors.Is(err, db.ErrState):
		end.problems = vigie.Problems{notSo}
	case err != nil:
		return err
	}
	if page.Problems = end.problems.Blocking(); len(page.Problems) > 0 {
		return s.showActions(c, http.StatusUnprocessableEntity, record, page)
	}
	if page.Redaction = end.again; end.again != nil {
		return s.showActions(c, http.StatusOK, record, page)
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, end.path))
	return nil
}

var (
	noReason = vigie.Problem{Path: "note", Code: "missing", Message: vigie.Text{FR: "Dites en public pourquoi.", EN: "Say in public why."}}
	notSo    = vigie.Problem{Path: "state", Code: "state", Message: vigie.Text{
		FR: "L’état de ce dossier, ou de l’autre, ne le permet pas. Un dossier public ne rejoint qu’un dossier public, et ne redevient pas un brouillon.",
		EN: "The state of this case, or of the other, does not allow it. A public case only joins a public one, and is never a draft again."}}
)

// actConflict shows what someone else saved since the editor opened the page:
// nothing was done.
func (s *Server) actConflict(c *gin.Context, page web.Actions, base int) error {
	record, err := s.db.Draft(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if page.Conflict, err = s.since(c, record.ID, base); err != nil {
		return err
	}
	return s.showActions(c, http.StatusConflict, record, page)
}

// shownAt is where a case is read: in public, or at the desk while it is a draft.
func shownAt(in *vigie.Incident) string {
	if in.State == vigie.Published {
		return web.IncidentPath(in.ID)
	}
	return web.EditPath(in.ID)
}

// publish makes a draft public.
func (s *Server) publish(c *gin.Context, d deed) (done, error) {
	if d.record.State != vigie.Draft {
		return done{}, db.ErrState
	}
	in := d.record.Incident
	in.State = vigie.Published
	return s.keep(c, d, in)
}

// keep saves the case of an action as it now is, when nothing is wrong with it.
func (s *Server) keep(c *gin.Context, d deed, in vigie.Incident) (done, error) {
	if problems := in.Validate(); len(problems.Blocking()) > 0 {
		return done{problems: problems}, nil
	}
	_, err := s.db.Save(c.Request.Context(), db.Save{Incident: &in, Base: d.base, By: d.by})
	return done{path: shownAt(&in)}, err
}

// retract withdraws a case, in public if it was public.
func (s *Server) retract(c *gin.Context, d deed) (done, error) {
	if d.record.State != vigie.Draft && d.record.State != vigie.Published {
		return done{}, db.ErrState
	}
	_, err := s.db.Retract(c.Request.Context(), d.record.ID, d.base, d.by.Note, d.by)
	return done{path: web.ActionsPath(d.record.ID)}, err
}

// restore takes an old version up again, as a new one. A case that was public
// comes back public.
func (s *Server) restore(c *gin.Context, d deed) (done, error) {
	old, err := s.db.Version(c.Request.Context(), vigie.IncidentRecord, d.record.ID, number(d.form.Get("version")))
	if errors.Is(err, vigie.ErrNotFound) || err == nil && old.Redacted != nil {
		return done{problems: vigie.Problems{{Path: "version", Code: "missing", Message: vigie.Text{
			FR: "Choisissez une version dont le texte existe encore.", EN: "Choose a version whose text still exists."}}}}, nil
	}
	if err != nil {
		return done{}, err
	}
	in, err := body(old)
	if err != nil {
		return done{}, err
	}
	if public := !d.record.Derived.Recorded.IsZero(); in.State == vigie.Draft && public {
		in.State = vigie.Published
	}
	end, err := s.keep(c, d, *in)
	end.path = web.ActionsPath(in.ID) // where it is undone in one press
	return end, err
}

// redact forgets versions for a legal reason. It is asked twice, the second time
// by the name of the case.
func (s *Server) redact(c *gin.Context, d deed) (done, error) {
	if !admin(c) {
		return done{}, errForbidden
	}
	again := web.Redaction{Note: d.by.Note}
	for _, v := range d.form["version"] {
		again.Versions = append(again.Versions, number(v))
	}
	if len(again.Versions) == 0 {
		return done{problems: vigie.Problems{{Path: "version", Code: "missing", Message: vigie.Text{FR: "Choisissez au moins une version.", EN: "Choose at least one version."}}}}, nil
	}
	if confirm := strings.TrimSpace(d.form.Get("confirm")); confirm != d.record.ID {
		again.Failed = d.form.Has("confirm")
		return done{again: &again}, nil
	}
	_, err := s.db.Redact(c.Request.Context(), vigie.IncidentRecord, d.record.ID, d.by.Note, d.by, again.Versions...)
	return done{path: web.ActionsPath(d.record.ID)}, err
}
