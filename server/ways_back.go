package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// The way back: how the last thing done to a case is undone in one press. The history
// keeps both; the record is again what it was.

// wayBack is what undoing the last version of a case takes.
type wayBack struct {
	web.WayBack
	saves []db.Save // without signature
}

// wayBackOf works out how the last version of a case is undone: nil where it cannot
// be, or where another action is the honest way (a publication is withdrawn in
// public, a merger undone is made again by merging).
func (s *Server) wayBackOf(c *gin.Context, record vigie.Record, history []vigie.Revision) (*wayBack, error) {
	n := len(history)
	if n == 0 || history[n-1].Redacted != nil {
		return nil, nil
	}
	last := history[n-1]
	back := &wayBack{WayBack: web.WayBack{Kind: web.BackEdit, Version: last.Version, Author: last.Author, Note: last.Note, At: last.At}}
	decision, err := s.db.DecisionBehind(c.Request.Context(), last)
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return nil, err
	}
	if n == 1 {
		if decision.Candidate == "" {
			return nil, nil
		}
		in := record.Incident
		in.State, in.Reason = vigie.Retracted, mistaken.In(askedOf(c.Request).lang)
		back.Kind, back.Candidate, back.saves = web.BackAccept, decision.Candidate, []db.Save{{Incident: &in, Base: last.Version, Undoes: &decision}}
		return back, nil
	}
	was, is, err := around(history)
	if was == nil || err != nil || equalJSON(was, is) || was.State == vigie.Merged || was.State == vigie.Draft && is.State == vigie.Published || undid(history) {
		return nil, err
	}
	save := db.Save{Incident: was, Base: last.Version}
	if decision.Candidate != "" {
		back.Kind, back.Candidate, save.Undoes = web.BackAttach, decision.Candidate, &decision
	}
	back.saves = []db.Save{save}
	switch joined := joinedFrom(was, is); {
	case is.State == vigie.Merged:
		return s.unmerge(c, back, record.ID, was, is.MergedInto)
	case is.State == vigie.Retracted:
		back.Kind = web.BackRetract
	case joined != "":
		source, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, joined)
		if err != nil {
			return nil, err
		}
		before, after, err := around(source)
		if before == nil || err != nil || after.State != vigie.Merged || after.MergedInto != record.ID {
			return nil, err
		}
		back.saves = []db.Save{{Incident: before, Base: source[len(source)-1].Version}}
		if back, err = s.unmerge(c, back, joined, before, record.ID); back != nil {
			back.Other = joined
		}
		return back, err
	default:
		return s.unsplit(c, back, was, is)
	}
	return back, nil
}

// mistaken is the public reason of a case that was made by mistake.
var mistaken = vigie.Text{FR: "Dossier ouvert par erreur.", EN: "A case opened by mistake."}

// around are the bodies of the two last versions, nil where one was redacted.
func around(history []vigie.Revision) (was, is *vigie.Incident, err error) {
	n := len(history)
	if n < 2 || history[n-2].Redacted != nil || history[n-1].Redacted != nil {
		return nil, nil, nil
	}
	if was, err = body(history[n-2]); err == nil {
		is, err = body(history[n-1])
	}
	return was, is, err
}

// undid tells whether the last version took a merger or a splitting back: to undo
// that from one side would lose statements, or hold them twice.
func undid(history []vigie.Revision) bool {
	n := len(history)
	if n < 3 {
		return false
	}
	before, moved, err := around(history[:n-1])
	if before == nil || err != nil {
		return false
	}
	now, err := body(history[n-1])
	return err == nil && equalJSON(before, now) && (joinedFrom(before, moved) != "" || len(gone(before, moved)) > 0)
}

// joinedFrom is the case whose statements came into another by a merger.
func joinedFrom(was, is *vigie.Incident) string {
	for _, st := range is.Statements {
		if _, had := was.Statement(st.ID); !had && st.Was != "" {
			from, _, _ := strings.Cut(st.Was, "/")
			return from
		}
	}
	return ""
}

// gone are the statements that left.
func gone(was, is *vigie.Incident) (list []vigie.Statement) {
	for _, st := range was.Statements {
		if _, stays := is.Statement(st.ID); !stays {
			list = append(list, st)
		}
	}
	return
}

// unmerge adds what the case that was merged into must be again. When it was changed
// since, there is no way back in one press.
func (s *Server) unmerge(c *gin.Context, back *wayBack, from string, was *vigie.Incident, into string) (*wayBack, error) {
	target, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, into)
	if err != nil {
		return nil, err
	}
	before, after, err := around(target)
	if before == nil || err != nil || !equalJSON(vigie.Merge(*before, *was), after) {
		return nil, err
	}
	back.Kind, back.Other = web.BackMerge, into
	back.saves = append(back.saves, db.Save{Incident: before, Base: target[len(target)-1].Version})
	return back, nil
}

// unsplit adds that the case which was split off leads to this one again. When it was
// changed since, there is no way back in one press.
func (s *Server) unsplit(c *gin.Context, back *wayBack, was, is *vigie.Incident) (*wayBack, error) {
	left := gone(was, is)
	if len(left) == 0 {
		return back, nil
	}
	holder, err := s.db.Holder(c.Request.Context(), left[0].FullID(was.ID))
	if errors.Is(err, vigie.ErrNotFound) || err == nil && holder == was.ID {
		return back, nil
	}
	if err != nil {
		return nil, err
	}
	off, err := s.db.Draft(c.Request.Context(), holder)
	if err != nil || off.Derived.Version != 1 {
		return nil, err
	}
	in := off.Incident
	in.State, in.MergedInto, in.Reason = vigie.Merged, was.ID, rejoined.In(askedOf(c.Request).lang)
	back.Kind, back.Other = web.BackSplit, holder
	back.saves = append(back.saves, db.Save{Incident: &in, Base: 1})
	return back, nil
}

var rejoined = vigie.Text{FR: "Séparé par erreur.", EN: "Split off by mistake."}

// undoing is the public note of an undoing.
func undoing(version int) vigie.Text {
	return vigie.Text{FR: fmt.Sprintf("Annulation de la version %d.", version), EN: fmt.Sprintf("Version %d undone.", version)}
}

// takeBack undoes the last version of a case, made from the one that the editor saw.
// vigie.ErrConflict: somebody saved since. db.ErrState: there is no way back in one
// press.
func (s *Server) takeBack(c *gin.Context, id string, base int) error {
	record, err := s.db.Draft(c.Request.Context(), id)
	if err != nil {
		return err
	}
	if record.Derived.Version != base {
		return vigie.ErrConflict
	}
	history, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, id)
	if err != nil {
		return err
	}
	back, err := s.wayBackOf(c, record, history)
	if err != nil {
		return err
	}
	if back == nil {
		return db.ErrState
	}
	by := vigie.Signature{Author: editorOf(c), Note: undoing(back.Version).In(askedOf(c.Request).lang)}
	for i := range back.saves {
		back.saves[i].By = by
	}
	_, err = s.db.Save(c.Request.Context(), back.saves...)
	return err
}

// undo is the action of the page of a case.
func (s *Server) undo(c *gin.Context, d deed) (done, error) {
	return done{path: web.ActionsPath(d.record.ID)}, s.takeBack(c, d.record.ID, d.base)
}

// detach takes a candidate out of a case: with the version that it made, when that is
// the last one, else by itself. stays says that the case was left as it is.
func (s *Server) detach(c *gin.Context, candidate, incident string, leave bool) (stays bool, err error) {
	version, err := s.db.CausedBy(c.Request.Context(), candidate, incident)
	if err != nil {
		return false, err
	}
	if version == 0 || leave {
		return version != 0, s.db.Detach(c.Request.Context(), candidate, incident)
	}
	return false, s.takeBack(c, incident, version)
}

// undoLast undoes what the editor decided last, and says where to go. A rejection is
// opened again; a case is again what it was before. Where the case was changed since,
// nothing is undone unseen: the editor is taken to where its versions are restored.
func (s *Server) undoLast(c *gin.Context, path string) (string, error) {
	ctx := c.Request.Context()
	last, err := s.db.LastDecisions(ctx, editorOf(c))
	if err != nil || len(last) == 0 {
		return path, err
	}
	for _, d := range last {
		if d.Verdict == vigie.Rejected {
			err = s.db.Reopen(ctx, d.Candidate)
		} else if _, err = s.detach(c, d.Candidate, d.Incident, false); errors.Is(err, vigie.ErrConflict) || errors.Is(err, db.ErrState) {
			return web.ActionsPath(d.Incident) + "#restore", nil
		}
		if err != nil {
			return path, err
		}
	}
	return path + "#row-" + last[0].Candidate, nil
}

// restoreHolding takes a version of a company or a wave up again, as a new one.
func (s *Server) restoreHolding(c *gin.Context, h holding) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	id, version, lang := c.Param("id"), number(form.Get("version")), askedOf(c.Request).lang
	note := vigie.Text{FR: fmt.Sprintf("Version %d rétablie.", version), EN: fmt.Sprintf("Version %d restored.", version)}.In(lang)
	if _, err := s.db.Restore(c.Request.Context(), h.kind, id, version, number(form.Get("base")), vigie.Signature{Author: editorOf(c), Note: note}); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(lang, h.list())+"?saved="+escape(id))
	return nil
}

// list is the page of all records of the kind.
func (h holding) list() string {
	if h.kind == vigie.WaveRecord {
		return web.DeskWavesPath
	}
	return web.DeskCompaniesPath
}

// savedHolding is what was just saved of a list, and the version to go back to.
func (s *Server) savedHolding(c *gin.Context, h holding) (*web.SavedHolding, error) {
	id := askedOf(c.Request).original.Query().Get("saved")
	if id == "" {
		return nil, nil //nolint:nilnil // nothing was saved just now
	}
	history, err := s.db.History(c.Request.Context(), h.kind, id)
	if errors.Is(err, vigie.ErrNotFound) {
		return nil, nil //nolint:nilnil // the address names none of ours
	}
	if err != nil {
		return nil, err
	}
	last := history[len(history)-1]
	saved := &web.SavedHolding{ID: id, Version: last.Version, Note: last.Note}
	if n := len(history); n > 1 && history[n-2].Redacted == nil {
		saved.Before = history[n-2].Version
	}
	return saved, nil
}
