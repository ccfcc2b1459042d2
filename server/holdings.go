package main

import (
	"encoding/json"
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

// holding is a kind of record that cases name, as the desk keeps it.
type holding struct {
	kind  string
	load  func(s *Server, c *gin.Context, id string) (record any, version, cases int, err error)
	parse func(form url.Values, id string) (record any, given string, problems vigie.Problems, save db.Save)
	body  func(r vigie.Revision) (any, error)
}

var companyHolding = holding{
	kind: vigie.CompanyRecord,
	load: func(s *Server, c *gin.Context, id string) (any, int, int, error) {
		l, err := s.db.Company(c.Request.Context(), id)
		return l.Company, l.Version, l.Cases, err
	},
	parse: func(form url.Values, id string) (any, string, vigie.Problems, db.Save) {
		company, problems := web.ParseRecord[vigie.Company](form)
		company.ID = named(id, company.ID, company.Name)
		return company, company.ID, append(problems, company.Validate()...), db.Save{Company: &company}
	},
	body: decoded[vigie.Company],
}

var waveHolding = holding{
	kind: vigie.WaveRecord,
	load: func(s *Server, c *gin.Context, id string) (any, int, int, error) {
		w, err := s.db.Wave(c.Request.Context(), id)
		return w.Wave, w.Version, w.Cases, err
	},
	parse: func(form url.Values, id string) (any, string, vigie.Problems, db.Save) {
		wave, problems := web.ParseRecord[vigie.Wave](form)
		wave.ID = named(id, wave.ID, wave.Name.In(vigie.English))
		return wave, wave.ID, append(problems, wave.Validate()...), db.Save{Wave: &wave}
	},
	body: decoded[vigie.Wave],
}

// named is the id of a record: the one it has, the one typed for it, or one made
// of its name.
func named(id, typed, name string) string {
	for _, s := range []string{id, typed} {
		if s != "" {
			return s
		}
	}
	return vigie.Slug(name)
}

func decoded[T any](r vigie.Revision) (any, error) {
	var record T
	if err := json.Unmarshal(r.Body, &record); err != nil {
		return nil, fmt.Errorf("reading version %d of %s: %w", r.Version, r.RecordID, err)
	}
	return record, nil
}

func (s *Server) editCompany(c *gin.Context) error { return s.editHolding(c, companyHolding) }
func (s *Server) saveCompany(c *gin.Context) error { return s.actHolding(c, companyHolding) }
func (s *Server) editWave(c *gin.Context) error    { return s.editHolding(c, waveHolding) }
func (s *Server) saveWave(c *gin.Context) error    { return s.actHolding(c, waveHolding) }

// actHolding saves the form, or takes an older version up again.
func (s *Server) actHolding(c *gin.Context, h holding) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	if form.Get("action") == "restore" && c.Param("id") != "" {
		return s.restoreHolding(c, h)
	}
	return s.saveHolding(c, h)
}

// editHolding opens the form of a company or a wave: a known one, or a new one.
func (s *Server) editHolding(c *gin.Context, h holding) error {
	page := web.RecordPage{Kind: h.kind, ID: c.Param("id"), Form: url.Values{}}
	if page.ID != "" {
		record, version, cases, err := h.load(s, c, page.ID)
		if err != nil {
			return err
		}
		page.Form, page.Base, page.Cases = web.RecordForm(record), version, cases
	}
	return s.showHolding(c, http.StatusOK, page)
}

func (s *Server) showHolding(c *gin.Context, status int, page web.RecordPage) (err error) {
	if page.ID != "" {
		if page.Versions, err = s.db.History(c.Request.Context(), page.Kind, page.ID); err != nil {
			return err
		}
		slices.Reverse(page.Versions)
	}
	return s.private(c, status, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// saveHolding takes the form back. Whatever is wrong, the editor gets it back as
// typed.
func (s *Server) saveHolding(c *gin.Context, h holding) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	page := web.RecordPage{Kind: h.kind, ID: c.Param("id"), Form: form, Base: number(form.Get("base")), Note: strings.TrimSpace(form.Get("note"))}
	if page.ID != "" {
		if _, _, page.Cases, err = h.load(s, c, page.ID); err != nil {
			return err
		}
	} else {
		page.Base = 0
	}
	mine, id, problems, save := h.parse(form, page.ID)
	if page.Note == "" {
		problems = append(problems, noNote)
	}
	if page.Problems = problems; len(problems.Blocking()) > 0 {
		return s.showHolding(c, http.StatusUnprocessableEntity, page)
	}
	save.Base, save.By = page.Base, vigie.Signature{Author: editorOf(c), Note: page.Note}
	switch _, err = s.db.Save(c.Request.Context(), save); {
	case errors.Is(err, vigie.ErrConflict) && page.ID == "":
		page.Problems = append(page.Problems, vigie.Problem{Path: "id", Code: "taken", Message: vigie.Text{
			FR: fmt.Sprintf("L’identifiant « %s » est déjà pris\u00a0: modifier la fiche qui le porte, ou en choisir un autre.", id),
			EN: fmt.Sprintf("The id %q is taken: edit the record that has it, or choose another.", id)}})
		return s.showHolding(c, http.StatusConflict, page)
	case errors.Is(err, vigie.ErrConflict):
		return s.holdingConflict(c, h, page, mine)
	case err != nil:
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, h.list())+"?saved="+escape(id))
	return nil
}

// holdingConflict shows what someone else saved beside what the editor typed.
func (s *Server) holdingConflict(c *gin.Context, h holding, page web.RecordPage, mine any) error {
	history, err := s.db.History(c.Request.Context(), h.kind, page.ID)
	if err != nil {
		return err
	}
	last := history[len(history)-1]
	page.Conflict = &web.RecordConflict{Version: last.Version, Author: last.Author, Note: last.Note, At: last.At, Mine: mine}
	if page.Conflict.Theirs, err = h.body(last); err != nil {
		return err
	}
	if i := slices.IndexFunc(history, func(r vigie.Revision) bool { return r.Version == page.Base && r.Redacted == nil }); i >= 0 {
		if page.Conflict.Base, err = h.body(history[i]); err != nil {
			return err
		}
	}
	return s.showHolding(c, http.StatusConflict, page)
}

// deskCompanies lists every company, and what is still not known of each.
func (s *Server) deskCompanies(c *gin.Context) error {
	listed, err := s.db.AllCompanies(c.Request.Context())
	if err != nil {
		return err
	}
	lang := askedOf(c.Request).lang
	page := web.Holdings{Kind: vigie.CompanyRecord}
	if page.Saved, err = s.savedHolding(c, companyHolding); err != nil {
		return err
	}
	for _, l := range listed {
		row := web.Holding{ID: l.ID, Name: l.Name, Cases: l.Cases, Version: l.Version}
		var what []string
		for _, x := range []struct{ field, value, list string }{
			{"sector", l.Sector, "sector"}, {"country", l.Country, "country"}, {"domains", strings.Join(l.Domains, " "), ""}, {"wikidata", l.Wikidata, ""},
		} {
			switch {
			case x.value == "":
				row.Missing = append(row.Missing, x.field)
			case x.list != "":
				what = append(what, vigie.Label(x.list, x.value, lang))
			}
		}
		row.What = strings.Join(what, ", ")
		page.Rows = append(page.Rows, row)
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// deskWaves lists every wave.
func (s *Server) deskWaves(c *gin.Context) error {
	waves, err := s.db.AllWaves(c.Request.Context())
	if err != nil {
		return err
	}
	lang := askedOf(c.Request).lang
	page := web.Holdings{Kind: vigie.WaveRecord}
	if page.Saved, err = s.savedHolding(c, waveHolding); err != nil {
		return err
	}
	for _, w := range waves {
		row := web.Holding{ID: w.ID, Name: w.Name.In(lang), What: w.Summary.In(lang), Cases: w.Cases, Version: w.Version}
		if w.Summary.IsZero() {
			row.Missing = []string{"summary"}
		}
		page.Rows = append(page.Rows, row)
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}
