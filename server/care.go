package main

import (
	"cmp"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// checkEvery is after how long a case waits to be checked again.
const checkEvery = 30 * 24 * time.Hour

// care is what waits to be looked after.
func (s *Server) care(c *gin.Context) error {
	cases, unchecked, err := s.db.Unchecked(c.Request.Context(), vigie.DayOf(s.now().Add(-checkEvery)))
	if err != nil {
		return err
	}
	sources, unopened, err := s.db.Unopened(c.Request.Context())
	if err != nil {
		return err
	}
	page := web.Care{Days: int(checkEvery.Hours() / 24), UncheckedTotal: unchecked, UnopenedTotal: unopened}
	for _, x := range cases {
		page.Unchecked = append(page.Unchecked, web.CareCase{ID: x.Incident, Company: x.Company, State: x.State, Version: x.Version, Checked: x.Checked})
	}
	for _, x := range sources {
		page.Unopened = append(page.Unopened, web.CareSource(x))
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// nothingNew is the public note of a check that found nothing.
var nothingNew = vigie.Text{FR: "Vérifié\u00a0: rien de nouveau.", EN: "Checked: nothing new."}

// checkedToday notes that a case was looked at today and nothing new was found:
// a revision that no feed tells. Twice in a day is once.
func (s *Server) checkedToday(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	record, err := s.db.Draft(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if record.State != vigie.Draft && record.State != vigie.Published {
		return db.ErrState
	}
	lang := askedOf(c.Request).lang
	if today := vigie.Date(vigie.DayOf(s.now())); record.Checked != today {
		record.Checked = today
		save := db.Save{Incident: &record.Incident, Base: number(form.Get("base")), By: vigie.Signature{Author: editorOf(c), Note: nothingNew.In(lang)}}
		if _, err := s.db.Save(c.Request.Context(), save); err != nil {
			return err
		}
	}
	c.Redirect(http.StatusSeeOther, cmp.Or(ours(form.Get("return")), web.PagePath(lang, web.EditPath(record.ID))))
	return nil
}
