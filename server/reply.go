package main

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// How often letters may come from one network, and how long one is kept after an
// editor was done with it: long enough to answer, and to say so if it was wrong.
const (
	lettersFirst = 5
	lettersEvery = 10 * time.Minute
	keepReplies  = 90 * 24 * time.Hour
	settledShown = 30
	refLength    = 10
)

// reference is what a sender is given: no address, no number that tells how many wrote.
var reference = regexp.MustCompile(`^[A-Z2-7]{10}$`)

// reply shows the right of reply of a case, and its form.
func (s *Server) reply(c *gin.Context) error {
	a := askedOf(c.Request)
	if a.given {
		return vigie.ErrNotFound
	}
	if _, err := vigie.ParseRawQuery(a.original.RawQuery, vigie.OnNothing, "sent", "statement"); err != nil {
		return err
	}
	v := a.original.Query()
	if sent := v.Get("sent"); sent != "" && a.prefixed {
		if !reference.MatchString(sent) {
			return vigie.ErrNotFound
		}
		record, err := s.answered(c)
		if err != nil {
			return err
		}
		return s.showReply(c, http.StatusOK, web.ReplyPage{Record: record, Sent: sent})
	}
	return s.show(c, web.IncidentSurface, func(f web.Format) (surface, error) {
		if !f.Page {
			return surface{}, errNotAcceptable
		}
		record, err := s.db.Incident(c.Request.Context(), c.Param("id"))
		if err != nil {
			return surface{}, err
		}
		edition, err := s.db.Edition(c.Request.Context())
		page := web.ReplyPage{Record: record, Days: days(keepReplies), Reply: vigie.Reply{Kind: vigie.ToPublish, Version: record.Derived.Version}}
		if _, ok := record.Statement(v.Get("statement")); ok {
			page.Reply.Statement = v.Get("statement")
		}
		return surface{edition: edition, only: "page", noIndex: true, page: func(fr web.Frame) any {
			fr.Companies = respondents([]vigie.Record{record}, nil)
			page.Frame = fr
			return page
		}}, err
	})
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }

// answered is the case that a letter is about. One that was merged or withdrawn while
// the letter was written takes it all the same: its words are not lost.
func (s *Server) answered(c *gin.Context) (vigie.Record, error) {
	id := c.Param("id")
	record, err := s.db.Incident(c.Request.Context(), id)
	var moved db.MovedError
	switch {
	case errors.As(err, &moved):
		return s.db.Incident(c.Request.Context(), moved.Into)
	case errors.Is(err, vigie.ErrGone):
		return s.db.Draft(c.Request.Context(), id)
	}
	return record, err
}

// sendReply takes a letter. Whatever keeps it from being taken, it comes back as it
// was typed. Nothing of it is public, and no address of the sender's machine is kept.
func (s *Server) sendReply(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	record, err := s.answered(c)
	if err != nil {
		return err
	}
	page := web.ReplyPage{Record: record, Reply: letterOf(form), Trapped: strings.TrimSpace(form.Get(web.ReplyTrap)) != ""}
	page.Reply.Incident, page.Reply.Lang, page.Reply.At = record.ID, askedOf(c.Request).lang, s.now().UTC()
	page.Problems = page.Reply.Validate(&record.Incident)
	if page.Refused() {
		return s.showReply(c, http.StatusUnprocessableEntity, page)
	}
	if wait := s.letters.wait(networkOf(s.caller(c.Request)), rate.Every(lettersEvery), lettersFirst, s.now()); wait > 0 {
		c.Header("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		page.Wait = int(wait/time.Minute) + 1
		return s.showReply(c, http.StatusTooManyRequests, page)
	}
	page.Reply.ID = rand.Text()[:refLength]
	sent, err := s.db.AddReply(c.Request.Context(), page.Reply)
	if errors.Is(err, db.ErrRepliesFull) {
		page.Full = true
		return s.showReply(c, http.StatusServiceUnavailable, page)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.ReplyPath(record.ID))+"?sent="+sent)
	return nil
}

func letterOf(form url.Values) vigie.Reply {
	version, _ := strconv.Atoi(form.Get("version")) // of a hidden field: what is none is unknown
	return vigie.Reply{
		Kind: form.Get("kind"), Statement: form.Get("statement"), Name: form.Get("name"), Function: form.Get("function"),
		Email: form.Get("email"), Text: form.Get("text"), URL: form.Get("url"), Version: max(version, 0),
	}.Trimmed()
}

// networkOf is the network of an address, as far as one subscriber holds it: his /24,
// or his /48 of IPv6.
func networkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	bits := 48
	if ip = ip.Unmap(); ip.Is4() {
		bits = 24
	}
	network, err := ip.Prefix(bits)
	if err != nil {
		return address
	}
	return network.String()
}

func (s *Server) showReply(c *gin.Context, status int, page web.ReplyPage) error {
	page.Days = days(keepReplies)
	return s.private(c, status, func(fr web.Frame) any {
		fr.Companies, fr.Editor = respondents([]vigie.Record{page.Record}, nil), ""
		page.Frame = fr
		return page
	})
}

// replies are the letters that wait, at the desk.
func (s *Server) replies(c *gin.Context) error {
	return s.showReplies(c, http.StatusOK, vigie.Text{})
}

func (s *Server) showReplies(c *gin.Context, status int, failed vigie.Text) error {
	ctx := c.Request.Context()
	page := web.Replies{Failed: failed, Days: days(keepReplies)}
	open, err := s.db.OpenReplies(ctx)
	if err != nil {
		return err
	}
	settled, err := s.db.SettledReplies(ctx, settledShown)
	if err != nil {
		return err
	}
	if page.Open, err = s.lettersWith(c, open); err != nil {
		return err
	}
	if page.Settled, err = s.lettersWith(c, settled); err != nil {
		return err
	}
	return s.private(c, status, func(fr web.Frame) any {
		fr.Companies = map[string]vigie.Company{}
		for _, r := range append(page.Open, page.Settled...) {
			fr.Companies[r.Case.Company] = r.Case.Respondent
		}
		page.Frame = fr
		return page
	})
}

// lettersWith joins letters to their cases, in whatever state those are by now.
func (s *Server) lettersWith(c *gin.Context, list []db.Reply) (rows []web.ReplyRow, err error) {
	cases := map[string]vigie.Record{}
	for _, r := range list {
		record, known := cases[r.Incident]
		if !known {
			if record, err = s.db.Draft(c.Request.Context(), r.Incident); err != nil {
				return nil, err
			}
			cases[r.Incident] = record
		}
		rows = append(rows, web.ReplyRow{Reply: r.Reply, Settled: r.Settled, Author: r.Author, Note: r.Note, Case: record})
	}
	return rows, nil
}

// settleReply says that an editor is done with a letter, or takes that back.
func (s *Server) settleReply(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	ctx, id := c.Request.Context(), form.Get("id")
	switch form.Get("action") {
	case "settle":
		note := []rune(strings.TrimSpace(form.Get("note")))
		err = s.db.SettleReply(ctx, id, editorOf(c), string(note[:min(len(note), longestNote)]))
	case "reopen":
		err = s.db.ReopenReply(ctx, id)
	default:
		return errBadForm
	}
	switch {
	case errors.Is(err, db.ErrUnique):
		return s.showReplies(c, http.StatusConflict, sameLetter)
	case err != nil:
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.RepliesPath)+"#"+url.PathEscape(id))
	return nil
}

var sameLetter = vigie.Text{FR: "La même lettre est revenue entre-temps et attend déjà\u00a0: réglez celle-là.", EN: "The same letter came again in the meantime and waits already: settle that one."}

// nameOf is the name of a company of the record, its id where it has none.
func (s *Server) nameOf(c *gin.Context, id string) string {
	company, err := s.db.Company(c.Request.Context(), id)
	if err != nil {
		return id
	}
	return company.Name
}

// asStatement adds what a letter asks to be published to its case, for an editor to
// check: a statement of the company, on the day it was sent, read in the letter. What
// asks for a correction is no statement: the case is as it was.
func asStatement(in vigie.Incident, r vigie.Reply, company string) vigie.Incident {
	if r.Kind != vigie.ToPublish {
		return in
	}
	on := vigie.Date(vigie.DayOf(r.At))
	read := func(src vigie.Source) string {
		src.ID = vigie.NextID("r", func(id string) bool { _, taken := in.Source(id); return taken })
		src.Publisher, src.Lang = company, string(r.Lang)
		in.Sources = append(in.Sources[:len(in.Sources):len(in.Sources)], src)
		return src.ID
	}
	title := vigie.Text{FR: "Réponse adressée à Vigie (" + r.ID + ")", EN: "Reply sent to Vigie (" + r.ID + ")"}
	sources := []string{read(vigie.Source{Title: title.In(r.Lang), Published: on, Seen: vigie.SeenFull})}
	if r.URL != "" {
		sources = append(sources, read(vigie.Source{URL: r.URL, Seen: vigie.SeenAddress})) // until the editor opens it
	}
	said := vigie.Statement{
		ID: vigie.NextID("s", func(id string) bool { _, taken := in.Statement(id); return taken }),
		By: vigie.Speaker{Role: vigie.Respondent, Company: in.Company}, On: on, Sources: sources, Acts: []vigie.Act{vigie.Replies},
	}
	if r.Lang == vigie.French {
		said.Text.FR = r.Text
	} else {
		said.Text.EN = r.Text
	}
	if r.Statement != "" {
		said.Answers = []string{r.Statement}
	}
	in.Statements = append(in.Statements[:len(in.Statements):len(in.Statements)], said)
	return in
}
