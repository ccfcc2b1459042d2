package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// draft is a case as a form has it: what a save would write, and what is wrong
// with it.
type draft struct {
	in       vigie.Incident
	typed    web.Typed // the form it was read off, if it was
	saves    []db.Save // the company to be made with it, if any
	save     db.Save   // the case itself
	problems vigie.Problems
}

// read takes a case off its form: with its ids, its new company and every problem
// but the note's.
func (s *Server) read(c *gin.Context, form url.Values, id string, base int, note string) (draft, error) {
	typed := web.ReadCase(form)
	d, err := s.drafted(c, typed.Incident, typed.Problems, companyIn(form), id, base, note)
	d.typed = typed
	return d, err
}

// drafted completes a case that was typed or sent, with what is known to be wrong
// with it. fresh is a company to be made with it, without its id.
func (s *Server) drafted(c *gin.Context, in vigie.Incident, problems vigie.Problems, fresh vigie.Company, id string, base int, note string) (draft, error) {
	d := draft{in: in, problems: problems}
	saves, more, err := s.newCompany(c, &d.in, fresh)
	if err != nil {
		return d, err
	}
	d.saves, d.problems = saves, append(d.problems, more...)
	if err := s.number(c, &d.in, id, base); errors.Is(err, vigie.ErrUndated) {
		d.problems = append(d.problems, vigie.Problem{Path: "disclosed", Code: "missing", Message: vigie.Text{
			FR: "Donnez la date du premier mot public, ou celle d’une déclaration : l’identifiant du dossier en est fait.",
			EN: "Give the date of the first public word, or of a statement: the id of the case is made of it."}})
	} else if err != nil {
		return d, err
	}
	bindTitle(&d.in)
	if d.in.ID != "" {
		d.problems = append(d.problems, d.in.Validate()...)
	}
	d.save = db.Save{Incident: &d.in, Base: base, By: vigie.Signature{Author: editorOf(c), Note: note}}
	return d, nil
}

// preview answers with what saving a form would do: a fragment, for the page that
// has the form.
func (s *Server) preview(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	p, typed, err := s.foresee(c, form, form.Get("case"))
	if err != nil {
		return err
	}
	if err := s.shown(c, &p, typed); err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	return write(c, http.StatusOK, web.Formats[0].MIME, func(w io.Writer) error { return s.web.Preview(w, askedOf(c.Request).lang, p) })
}

// foresee works out what saving a form would do, by the code that would do it.
func (s *Server) foresee(c *gin.Context, form url.Values, id string) (web.Preview, web.Typed, error) {
	base, note := number(form.Get("base")), strings.TrimSpace(form.Get("note"))
	d, err := s.read(c, form, id, base, note)
	if err != nil {
		return web.Preview{}, d.typed, err
	}
	p, err := s.forecast(c, d, id, base, note)
	return p, d.typed, err
}

// shown adds to a preview what the rows of the form read like, at the places that the page
// still has them at.
func (s *Server) shown(c *gin.Context, p *web.Preview, typed web.Typed) error {
	companies, err := allCompanies(c.Request.Context(), s.db)
	if err != nil {
		return err
	}
	known := map[string]vigie.Company{}
	for _, one := range companies {
		known[one.ID] = one
	}
	p.Problems, p.Shown = typed.OnPage(p.Problems), typed.Shown(known)
	return nil
}

// forecast is that of a case that was already read.
func (s *Server) forecast(c *gin.Context, d draft, id string, base int, note string) (web.Preview, error) {
	if d.in.ID != "" {
		more, err := s.cautions(c, &d.in, note, base)
		if err != nil {
			return web.Preview{}, err
		}
		d.problems = append(d.problems, more...)
	}
	d.problems = slices.DeleteFunc(d.problems, func(p vigie.Problem) bool { return p.Path == "note" }) // it is written last
	p := web.Preview{ID: d.in.ID, Problems: d.problems, State: d.in.State}
	company, err := s.companyOf(c, d)
	if err != nil {
		return p, err
	}
	if id != "" {
		before, err := s.db.Draft(c.Request.Context(), id)
		if err != nil {
			return p, err
		}
		p.Before = before.Derived
	}
	if d.in.Company == "" && len(d.in.Statements) == 0 {
		return p, nil
	}
	p.After = vigie.Derive(&d.in, company.Name, base+1, s.now(), s.now())
	if len(d.problems.Blocking()) > 0 || d.in.ID == "" {
		return p, nil
	}
	told, err := s.db.Foresee(c.Request.Context(), append(d.saves, d.save)...)
	if p.Refused, err = declined(err); err != nil || !p.Refused.IsZero() {
		return p, err
	}
	last := told[len(told)-1]
	p.Foreseen, p.Moves, p.Moved = true, last.Substantive, len(last.Taken)
	p.News = web.Headed(s.settings.site(), newsOf(d.in, company, *p.After, last, note)...)
	return p, nil
}

// declined is why a save would be refused, told beside the form; another error is
// our own fault.
func declined(err error) (vigie.Text, error) {
	if errors.Is(err, vigie.ErrConflict) {
		return vigie.Text{
			FR: "Quelqu’un d’autre a enregistré ce dossier entre-temps : à l’enregistrement, les deux versions vous seront montrées.",
			EN: "Someone else saved this case in the meantime: when you save, both versions will be shown to you."}, nil
	}
	problems, err := inWords(err)
	if len(problems) == 0 {
		return vigie.Text{}, err
	}
	return problems[0].Message, nil
}

// companyOf is the company of a case that is being written: of the record, or
// about to be made.
func (s *Server) companyOf(c *gin.Context, d draft) (vigie.Company, error) {
	for _, save := range d.saves {
		if save.Company != nil {
			return *save.Company, nil
		}
	}
	listed, err := s.db.Company(c.Request.Context(), d.in.Company)
	if errors.Is(err, vigie.ErrNotFound) {
		return vigie.Company{ID: d.in.Company, Name: d.in.Company}, nil
	}
	return listed.Company, err
}

// newsOf are the events of the timeline that a save would make.
func newsOf(in vigie.Incident, company vigie.Company, derived vigie.Derived, told db.Foresight, note string) []vigie.Item {
	record := vigie.Record{Incident: in, Derived: &derived, Respondent: company}
	var items []vigie.Item
	for i := range in.Statements {
		s := &in.Statements[i]
		if full := s.FullID(in.ID); slices.Contains(told.Announced, full) {
			items = append(items, vigie.Item{ID: full, Incident: in.ID, Type: vigie.ItemStatement, On: s.On, Statement: s, Standing: in.Move(s.ID), Case: &record})
		}
	}
	if told.Changed != nil {
		item := vigie.Item{ID: fmt.Sprintf("%s/c%d", in.ID, told.Version), Incident: in.ID, Type: vigie.ItemCorrection, Case: &record,
			Correction: &vigie.Correction{Version: told.Version, Note: note, Changed: told.Changed}}
		if told.Move != nil {
			item.Standing = *told.Move
		}
		items = append(items, item)
	}
	return items
}
