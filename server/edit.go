package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// edit opens the form of a case: a known one, or a new one. With ?candidate= the
// rows that the candidate suggests are in it, for the editor to check.
func (s *Server) edit(c *gin.Context) error {
	v := askedOf(c.Request).original.Query()
	page := web.EditPage{ID: c.Param("id"), Candidate: v.Get("candidate")}
	in := vigie.Incident{State: vigie.Draft, Kind: "unknown"}
	if page.ID != "" {
		record, err := s.db.Draft(c.Request.Context(), page.ID)
		if err != nil {
			return err
		}
		in, page.Base = record.Incident, record.Derived.Version
		if page.Saved, err = s.justSaved(c, record, number(v.Get("saved"))); err != nil {
			return err
		}
	}
	if ref := v.Get("reply"); ref != "" && page.ID != "" {
		letter, err := s.db.Reply(c.Request.Context(), ref)
		if err != nil {
			return err
		}
		if letter.Incident == page.ID {
			in = asStatement(in, letter.Reply, s.nameOf(c, in.Company))
		}
	}
	extra := url.Values{}
	if page.Candidate != "" {
		candidate, err := s.db.Candidate(c.Request.Context(), page.Candidate)
		if err != nil {
			return err
		}
		before := in
		if in, extra, err = s.propose(c, in, candidate, v.Get("victim")); err != nil {
			return err
		}
		page.Note = web.NoteOf(candidate, askedOf(c.Request).lang)
		page.Nothing = page.ID != "" && equalJSON(before, in)
	}
	page.Form = web.IncidentForm(in)
	for name, values := range extra {
		page.Form[name] = values
	}
	return s.showForm(c, http.StatusOK, page)
}

// showForm draws the form with what the editor needs to choose from.
func (s *Server) showForm(c *gin.Context, status int, page web.EditPage) (err error) {
	if page.Known, err = allCompanies(c.Request.Context(), s.db); err != nil {
		return err
	}
	waves, err := s.db.AllWaves(c.Request.Context())
	if err != nil {
		return err
	}
	for _, w := range waves {
		page.Waves = append(page.Waves, w.Wave)
	}
	return s.private(c, status, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// save takes the form back. Whatever is wrong, the editor gets it back as typed.
func (s *Server) save(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	page := web.EditPage{ID: c.Param("id"), Form: form, Base: number(form.Get("base")), Note: strings.TrimSpace(form.Get("note")), Candidate: form.Get("candidate")}
	if page.Conflict, err = s.unsettled(c, page); err != nil {
		return err
	}
	action := cmp.Or(form.Get("then"), form.Get("action"))
	if action == byEnter {
		action = "save"
		if web.QuickTyped(form) {
			action = "quick"
		}
	}
	switch action {
	case "save", thenQueue:
	case "preview":
		p, typed, err := s.foresee(c, form, page.ID)
		if err != nil {
			return err
		}
		page.Form, page.Preview, page.Problems, page.Unsaved = typed.Form, &p, p.Problems, true
		return s.showForm(c, http.StatusOK, page)
	default:
		if page.Conflict != nil {
			form = page.Conflict.Take(form, action)
		}
		done := web.Work(form, action)
		page.Form, page.Focus, page.Said, page.SaidOf, page.Problems, page.Unsaved = done.Form, done.Focus, done.Said, done.Of, done.Problems, true
		return s.showForm(c, http.StatusOK, page)
	}
	d, err := s.read(c, form, page.ID, page.Base, page.Note)
	if err != nil {
		return err
	}
	page.Form = d.typed.Form
	in, problems, save := d.in, d.problems, d.save
	if page.Note == "" {
		problems = append(problems, noNote)
	}
	if page.ID == "" && len(problems.Blocking()) == 0 {
		s.creating.Lock()
		defer s.creating.Unlock()
		if id, err := s.alreadyThere(c, in, page.Candidate); id != "" || err != nil {
			if err == nil {
				c.Redirect(http.StatusSeeOther, savedAt(c, id, 1))
			}
			return err
		}
	}
	if in.ID != "" {
		more, err := s.cautions(c, &in, page.Note, page.Base)
		if err != nil {
			return err
		}
		problems = append(problems, more...)
	}
	if page.Problems = problems; len(problems.Blocking()) > 0 {
		page.Unsaved = true
		return s.showForm(c, http.StatusUnprocessableEntity, page)
	}
	if page.Candidate != "" {
		verdict := vigie.Attached
		if page.ID == "" {
			verdict = vigie.Accepted
		}
		save.Decision = &vigie.Decision{Candidate: page.Candidate, Incident: in.ID, Verdict: verdict, Author: editorOf(c), At: s.now().UTC()}
	}
	if _, err = s.db.Save(c.Request.Context(), append(d.saves, save)...); errors.Is(err, vigie.ErrConflict) && page.ID != "" {
		return s.conflict(c, page, web.ReadCase(form).Incident)
	}
	if page.Problems, err = inWords(err); len(page.Problems) > 0 {
		page.Unsaved = true
		return s.showForm(c, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	if form.Get("then") == thenQueue {
		c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.DeskPath)+saved)
		return nil
	}
	c.Redirect(http.StatusSeeOther, savedAt(c, in.ID, page.Base+1))
	return nil
}

// savedAt is where a save leads: to the form of the case again, which says what was saved
// and offers to go back on it.
func savedAt(c *gin.Context, id string, version int) string {
	return fmt.Sprintf("%s?saved=%d%s", web.PagePath(askedOf(c.Request).lang, web.EditPath(id)), version, saved)
}

// saved is where a browser is sent after a save, at the page that shows it: the
// script there forgets the draft that it kept.
const saved = "#saved"

// byEnter is sent when Enter is pressed in a field: the first button of a form is the one
// that a browser presses then. It adds the row that is being typed, or saves.
const byEnter = "enter"

// thenQueue asks to be sent back to the queue after a save, for the next decision.
const thenQueue = "queue"

// noNote is what every save lacks without a public note.
var noNote = vigie.Problem{Path: "note", Code: "missing", Message: vigie.Text{
	FR: "Dites en quelques mots publics ce que vous changez et pourquoi.", EN: "Say in a few public words what you change and why."}}

// bindTitle binds a headline that was just typed to the standing it was typed for.
func bindTitle(in *vigie.Incident) {
	if in.Title == nil || in.Title.Evidence != "" || in.Title.Position != "" {
		return
	}
	if in.Title.Text.IsZero() {
		in.Title = nil
		return
	}
	now := in.Standing("")
	in.Title.Evidence, in.Title.Position = now.Evidence, now.Position
}

// companyIn is the company that a form asks to be made with its case.
func companyIn(form url.Values) vigie.Company {
	get := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	return vigie.Company{
		Name: get("new_company"), Sector: get("new_company.sector"), Country: strings.ToUpper(get("new_company.country")),
		Domains: strings.FieldsFunc(strings.ToLower(get("new_company.domains")), func(r rune) bool { return strings.ContainsRune(" ,;\n\t\r", r) }),
	}
}

// newCompany is the company to be made with the case, when the record does not
// know it and the editor gave its name.
func (s *Server) newCompany(c *gin.Context, in *vigie.Incident, company vigie.Company) ([]db.Save, vigie.Problems, error) {
	if in.Company == "" {
		in.Company = vigie.Slug(company.Name)
	}
	if in.Company == "" {
		return nil, nil, nil // Validate says so
	}
	_, err := s.db.Company(c.Request.Context(), in.Company)
	if !errors.Is(err, vigie.ErrNotFound) {
		return nil, nil, err
	}
	if company.Name == "" {
		return nil, vigie.Problems{{Path: "company", Code: "unknown", Message: vigie.Text{
			FR: fmt.Sprintf("Aucune entreprise « %s » dans le registre\u00a0: donnez son nom pour la créer.", in.Company),
			EN: fmt.Sprintf("No company %q in the record: give its name to create it.", in.Company)}}}, nil
	}
	company.ID = in.Company
	return []db.Save{{Company: &company, By: vigie.Signature{Author: editorOf(c), Note: "New company."}}}, ofNewCompany(company.Validate()), nil
}

// ofNewCompany names what is wrong with a new company by the fields of the form of
// its case.
func ofNewCompany(problems vigie.Problems) vigie.Problems {
	for i, p := range problems {
		name, _, _ := strings.Cut(p.Path, ".")
		switch name {
		case "sector", "country", "domains":
			problems[i].Path = "new_company." + name
		default:
			problems[i].Path = "new_company"
		}
	}
	return problems
}

// justSaved says what was just saved, when it is still the last version, and what can be
// gone back to. The version before a case was published cannot: publishing is undone by
// withdrawing.
func (s *Server) justSaved(c *gin.Context, record vigie.Record, version int) (*web.Saved, error) {
	if version < 1 || version != record.Derived.Version {
		return nil, nil
	}
	done := &web.Saved{Version: version, Public: record.State == vigie.Published}
	history, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, record.ID)
	if err != nil {
		return nil, err
	}
	back, err := s.wayBackOf(c, record, history)
	if err != nil {
		return nil, err
	}
	if back != nil && (back.Kind == web.BackAttach || back.Kind == web.BackAccept) { // to restore the case alone would lose the news
		done.News = &back.WayBack
		return done, nil
	}
	i := slices.IndexFunc(history, func(r vigie.Revision) bool { return r.Version == version-1 && r.Redacted == nil })
	if i < 0 {
		return done, nil
	}
	before, err := body(history[i])
	if err == nil && before.State == record.State {
		done.Before = version - 1
	}
	return done, err
}
