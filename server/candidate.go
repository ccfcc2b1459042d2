package main

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/importers/reading"
	"vigie/web"
)

func (s *Server) candidate(c *gin.Context) error {
	return s.showCandidate(c, http.StatusOK, vigie.Text{})
}

// foreseenSuspects is how many suspects of a candidate are shown with what
// attaching to them would do; the others with their reasons alone.
const foreseenSuspects = 3

func (s *Server) showCandidate(c *gin.Context, status int, failed vigie.Text) error {
	ctx := c.Request.Context()
	candidate, err := s.db.Candidate(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	companies, err := allCompanies(ctx, s.db)
	if err != nil {
		return err
	}
	page := web.CandidatePage{Candidate: candidate, Failed: failed, Values: values(candidate.Reading, reading.Shipped().With(companies))}
	page.Company, page.Known = respondent(companies, candidate.Reading)
	if page.Proposed, _, err = s.propose(c, vigie.Incident{Kind: "unknown"}, candidate, ""); err != nil {
		return err
	}
	found, records, err := suspects(ctx, s.db, candidate)
	if err != nil {
		return err
	}
	for i, x := range found {
		row := web.SuspectCase{Suspect: x, Record: records[x.Incident]}
		if i < foreseenSuspects && candidate.Reading.Text != "" {
			if err := s.attaching(c, &row, candidate); err != nil {
				return err
			}
		}
		page.Suspects = append(page.Suspects, row)
	}
	if page.Decisions, err = s.db.Decisions(ctx, candidate.ID); err != nil {
		return err
	}
	if page.Last, page.LastOf, err = s.lastDecision(ctx, editorOf(c)); err != nil {
		return err
	}
	if page.Before, page.After, err = s.beside(ctx, candidate); err != nil {
		return err
	}
	if page.Twins, err = s.twins(ctx, candidate); err != nil {
		return err
	}
	if page.Find = strings.TrimSpace(askedOf(c.Request).original.Query().Get("find")); page.Find != "" {
		if page.Found, err = s.findCases(ctx, page.Find); err != nil {
			return err
		}
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

// attaching works out what attaching a candidate to a case would do, by the code
// that would do it.
func (s *Server) attaching(c *gin.Context, row *web.SuspectCase, candidate vigie.Candidate) error {
	was := row.Record.Incident
	in, _, err := s.propose(c, was, candidate, "")
	if err != nil {
		return err
	}
	for _, st := range in.Statements[len(was.Statements):] {
		row.Figures = append(row.Figures, st.Figures...)
	}
	row.Rows, row.Sources = len(in.Statements)-len(was.Statements), len(in.Sources)-len(was.Sources)
	base := row.Record.Derived.Version
	d, err := s.drafted(c, in, nil, vigie.Company{}, row.Incident, base, "")
	if err != nil {
		return err
	}
	p, err := s.forecast(c, d, row.Incident, base, "")
	row.Attach = &p
	return err
}

var movedOn = vigie.Text{
	FR: "Le dossier a changé depuis\u00a0: rien n’a été annulé. Revenez sur une version de ce dossier, ou remettez seulement la nouvelle à trier.",
	EN: "The case has changed since: nothing was undone. Take up an older version of it, or only put this item back in the queue."}

// decide rejects a candidate, with a reason, or opens it again; or attaches it to a
// case that holds all of it already. To accept or attach any other is to save a case
// that comes from it.
func (s *Server) decide(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	id, next := c.Param("id"), web.DeskPath
	reason := cmp.Or(form.Get("why"), strings.TrimSpace(form.Get("reason")))
	switch {
	case form.Get("action") == "reopen":
		err, next = s.db.Reopen(c.Request.Context(), id), web.CandidatePath(id)
	case form.Get("action") == "attach":
		if _, err = s.db.Draft(c.Request.Context(), form.Get("incident")); err != nil {
			return err
		}
		err = s.db.Decide(c.Request.Context(), vigie.Decision{Candidate: id, Incident: form.Get("incident"), Verdict: vigie.Attached, Author: editorOf(c), At: s.now().UTC()})
	case form.Get("action") == "detach":
		next = web.CandidatePath(id)
		if _, err = s.detach(c, id, form.Get("incident"), form.Get("leave") != ""); errors.Is(err, vigie.ErrConflict) || errors.Is(err, db.ErrState) {
			return s.showCandidate(c, http.StatusConflict, movedOn)
		}
	case form.Get("action") == "seen":
		err, next = s.db.Acknowledge(c.Request.Context(), id), web.CandidatePath(id)
	case form.Get("action") == "reject" && reason == "":
		return s.showCandidate(c, http.StatusUnprocessableEntity, needReason)
	case reason != "":
		if to := form.Get("next"); to != "" {
			next = web.CandidatePath(to)
		}
		err = s.reject(c, []string{id}, reason)
	default:
		return errBadForm
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, next))
	return nil
}

// values are what a reading found, each with the words that it was read from. A
// reading keeps its words by field: those of one value among several are told by
// reading the words again.
func values(r vigie.Reading, lexicon *reading.Lexicon) (list []web.Value) {
	for _, f := range readFields {
		codes := f.codes(&r)
		spans := r.Spans[f.field]
		for _, code := range codes {
			v := web.Value{Field: f.field, Code: code, Spans: spans}
			if len(codes) > 1 && f.is != nil {
				v.Spans = slices.DeleteFunc(slices.Clone(spans), func(s vigie.Span) bool {
					return !f.is(lexicon, &r, reading.Slice(r.Text, s), code)
				})
			}
			list = append(list, v)
		}
		if f.field == "victims" {
			for _, n := range r.Affected {
				v := web.Value{Field: "affected", Count: &n}
				if n.Span[1] > n.Span[0] {
					v.Spans = []vigie.Span{n.Span}
				}
				list = append(list, v)
			}
		}
	}
	return list
}

// readFields are the fields of a reading, in the order in which an editor checks
// them; is tells whether some words say a value.
var readFields = []struct {
	field string
	codes func(*vigie.Reading) []string
	is    func(l *reading.Lexicon, r *vigie.Reading, words, code string) bool
}{
	{"victims", func(r *vigie.Reading) []string { return r.Victims }, namesIt},
	{"stance", func(r *vigie.Reading) []string { return r.Stance }, nil},
	{"data_types", func(r *vigie.Reading) []string { return r.DataTypes }, tells},
	{"data_types_excluded", func(r *vigie.Reading) []string { return r.DataTypesExcluded }, tells},
	{"actor", func(r *vigie.Reading) []string { return r.Actor }, namesIt},
	{"kind", func(r *vigie.Reading) []string { return some(string(r.Kind)) }, nil},
	{"vector", func(r *vigie.Reading) []string { return some(r.Vector) }, nil},
	{"via", func(r *vigie.Reading) []string { return some(r.Via) }, nil},
	{"sources", func(r *vigie.Reading) []string { return r.Sources }, namesIt},
}

func some(code string) []string {
	if code == "" {
		return nil
	}
	return []string{code}
}

// namesIt tells whether the words are a form of a name.
func namesIt(_ *reading.Lexicon, _ *vigie.Reading, words, name string) bool {
	a, b := vigie.NameKey(words), vigie.NameKey(name)
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

// tells tells whether the words are of a kind of data.
func tells(l *reading.Lexicon, r *vigie.Reading, words, code string) bool {
	data, excluded := l.Data(words, r.Lang)
	if len(data) == 0 && len(excluded) == 0 {
		return true // only in its sentence: better too many words lit than none
	}
	return slices.Contains(data, code) || slices.Contains(excluded, code)
}
