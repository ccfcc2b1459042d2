package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// surface is what an address has to show: a pure description, drawn by show.
type surface struct {
	only    string // "page" for what has no data format yet
	query   vigie.Query
	edition int64
	updated time.Time
	words   string // for the title of a feed
	shownAt string // the page that shows the same, where it has another path
	next    string // cursor of the next page
	prev    string // and of the one before
	noIndex bool
	tag     string // of the very bytes, where the edition does not make them
	whole   bool   // data is an answer of any length, to be sent as it is made
	page    func(web.Frame) any
	data    func(io.Writer, web.Format, web.Context) error
}

// show answers with a surface in the format asked, by extension or by Accept.
// make is only called when the visitor does not have this edition already.
func (s *Server) show(c *gin.Context, kind web.Surface, make func(f web.Format) (surface, error)) error {
	a := askedOf(c.Request)
	f, err := s.format(c, a, kind)
	if err != nil {
		return err
	}
	if f.Page && !a.prefixed {
		s.redirectTo(c, http.StatusFound, a.path)
		return nil
	}
	if f.Page && a.original.Path != web.PagePath(a.lang, a.path) { // /fr, /fr/incidents/, /fr/incidents.html
		s.redirectTo(c, http.StatusMovedPermanently, a.path)
		return nil
	}
	now, err := s.moment(c.Request.Context())
	if err != nil {
		return err
	}
	own := kind == web.IncidentSurface && f.Name == "json"                                 // has a tag of its own, to be saved by
	if c.Request.Header.Get("If-None-Match") != "*" && !own && s.unchanged(c, a, f, now) { // * knows even what is not there: make tells
		return nil
	}
	it, err := make(f)
	var told *vigie.QueryError
	if errors.Is(err, vigie.ErrBadQuery) && !errors.As(err, &told) { // what only the store can tell
		err = &vigie.QueryError{Params: []vigie.QueryProblem{{Name: "cursor", Code: "malformed", Detail: vigie.Text{
			FR: "ce n’est pas une page de cette liste : recommencez sans cursor", EN: "it is no page of this list: begin again without cursor"}}}}
	}
	if err != nil {
		return err
	}
	if it.edition != now.edition { // it changed since
		if now, err = s.moment(c.Request.Context()); err != nil {
			return err
		}
		now.edition = it.edition
	}
	now.tag = it.tag
	if s.unchanged(c, a, f, now) {
		return nil
	}
	s.fresh(c, a, f, now)
	if it.updated.IsZero() && !f.Feed { // nothing of it has a date of its own; a feed moves for what counts only
		it.updated = now.at
	}
	at := s.context(a, f, it)
	if relations := at.Relations(f); len(relations) > 0 {
		c.Header("Link", web.LinkHeader(relations))
	}
	if f.Page {
		frame := s.frame(c, a.lang)
		frame.Edition, frame.NoIndex, frame.Alternates = it.edition, it.noIndex, s.alternates(a, it, kind)
		if frame.Waves, frame.Groups, err = s.calledIn(c.Request.Context(), it.query); err != nil {
			return err
		}
		return write(c, http.StatusOK, f.MIME, s.drawn(a.lang, it.page(frame)))
	}
	if !f.Feed {
		c.Header("Content-Disposition", fmt.Sprintf(`inline; filename="vigie%s-%d.%s"`, strings.ReplaceAll(a.path, "/", "-"), it.edition, f.Name))
	}
	body := func(w io.Writer) error { return it.data(w, f, at) }
	if it.whole {
		return s.stream(c, f.MIME, body)
	}
	return write(c, http.StatusOK, f.MIME, body)
}

// stream sends a body of any length as it is made, in constant memory. When it
// fails on the way the connection is cut, so that nobody takes a part for the
// whole.
func (s *Server) stream(c *gin.Context, contentType string, body func(io.Writer) error) error {
	c.Header("Content-Type", contentType)
	c.Status(http.StatusOK)
	if c.Request.Method == http.MethodHead {
		c.Writer.WriteHeaderNow()
		return nil
	}
	w := bufio.NewWriterSize(patient{c.Writer, http.NewResponseController(c.Writer), s.now}, 64<<10)
	err := body(w)
	if err == nil {
		err = w.Flush()
	}
	switch {
	case err == nil || c.Request.Context().Err() != nil: // the visitor may have gone away
		return nil
	case !c.Writer.Written():
		return err
	}
	s.log.Error("a download broke off", "path", c.Request.URL.Path, "error", err)
	panic(http.ErrAbortHandler)
}

// patient gives each part of a long answer the time that a whole one has: a
// download may take as long as it goes on.
type patient struct {
	http.ResponseWriter
	connection *http.ResponseController
	now        func() time.Time
}

func (p patient) Write(b []byte) (int, error) {
	_ = p.connection.SetWriteDeadline(p.now().Add(requestTime)) // in process there is none to set
	return p.ResponseWriter.Write(b)
}

// format is the one asked by extension, else the one that Accept likes best.
func (s *Server) format(c *gin.Context, a asked, kind web.Surface) (web.Format, error) {
	if a.given {
		if !a.format.Serves(kind) {
			return a.format, vigie.ErrNotFound
		}
		return a.format, nil
	}
	f, ok := web.Negotiate(c.Request.Header.Get("Accept"), kind)
	if !ok {
		return f, errNotAcceptable
	}
	return f, nil
}

// unchanged answers 304 to a visitor who has this edition.
func (s *Server) unchanged(c *gin.Context, a asked, f web.Format, now moment) bool {
	if s.settings.Dev || !web.Unchanged(c.Request.Header, s.etag(a, f, now), s.modified(f, now)) {
		return false
	}
	s.fresh(c, a, f, now)
	c.Status(http.StatusNotModified)
	c.Writer.WriteHeaderNow()
	return true
}

func (s *Server) etag(a asked, f web.Format, now moment) string {
	if now.tag != "" {
		return now.tag
	}
	return web.ETag(now.edition, string(a.lang)+" "+f.Name+" "+a.original.RequestURI()+" "+string(s.accessed(f)), s.build)
}

// moment is an edition and when it was made.
type moment struct {
	edition int64
	at      time.Time
	tag     string // of a representation that has one of its own
}

func (s *Server) moment(ctx context.Context) (m moment, err error) {
	m.edition, m.at, err = s.db.Moment(ctx)
	return m, err
}

// modified is when a representation last changed, for Last-Modified: when its
// edition was made or the program built, the later. A citation, which says the day
// it was read, changes without either and has none.
func (s *Server) modified(f web.Format, m moment) time.Time {
	if s.accessed(f) != "" {
		return time.Time{}
	}
	if m.at.Before(built()) {
		m.at = built()
	}
	return m.at
}

// accessed is the day that a citation says the record was read: today.
func (s *Server) accessed(f web.Format) vigie.Day {
	if f.Name == "bib" || f.Name == "csl" {
		return vigie.DayOf(s.now())
	}
	return ""
}

func (s *Server) fresh(c *gin.Context, a asked, f web.Format, now moment) {
	if a.told != nil {
		*a.told = now.edition
	}
	c.Header("ETag", s.etag(a, f, now))
	if at := s.modified(f, now); !at.IsZero() {
		c.Header("Last-Modified", web.LastModified(at, s.now()).UTC().Format(http.TimeFormat))
	}
	c.Header("Cache-Control", "public, max-age=0, must-revalidate")
	c.Header("Vary", "Accept, Accept-Language, Accept-Encoding")
	c.Header("Content-Language", string(a.lang))
}

// base is the scheme and host of this Vigie.
func (s *Server) base() string { return strings.TrimSuffix(s.settings.BaseURL, "/") }

// context says to a format where it stands.
func (s *Server) context(a asked, f web.Format, it surface) web.Context {
	base := s.base()
	query := it.query
	query.Cursor, query.Limit, query.BOM = "", 0, false
	shown := query // by the page, which has no summaries
	shown.Content = ""
	at := web.Context{
		BOM: it.query.BOM, Edition: it.edition, Accessed: s.accessed(f),
		Base: base, Self: base + a.original.RequestURI(), HTML: base + web.PagePath(a.lang, cmp.Or(it.shownAt, a.path)) + suffix(shown.Canonical()),
		Topic: a.path + suffix(query.Canonical()), Lang: a.lang, Site: s.settings.site(), Generator: build(), Updated: it.updated, Words: it.words,
	}
	page := func(cursor string) string {
		query := it.query
		query.Cursor = cursor
		return base + a.original.EscapedPath() + suffix(query.Canonical())
	}
	if it.next != "" {
		at.NextURL = page(it.next)
	}
	if it.prev != "" {
		at.PrevURL = page(it.prev)
	}
	if it.next+it.prev != "" {
		at.FirstURL = page("")
	}
	if f.Feed {
		at = s.asFeed(at, it.query, page)
	}
	return at
}

// alternates are the other formats of a page and its feeds. A page that has none
// of its own offers the feed for people, and so does a search beside that of cases.
func (s *Server) alternates(a asked, it surface, kind web.Surface) []web.Link {
	var links []web.Link
	add := func(path string, query vigie.Query, f web.Format, what vigie.Text) {
		title := f.Label
		if !what.IsZero() {
			title += " (" + what.In(a.lang) + ")"
		}
		query.Cursor, query.Limit, query.Lanes = "", 0, ""
		if f.Feed { // goes on from day to day, in its own order
			query.Sort, query.AsOf, query.Version = "", "", 0
		}
		links = append(links, web.Link{Href: web.PagePath(a.lang, path) + "." + f.Name + suffix(query.Canonical()), Title: title, Type: strings.Split(f.MIME, ";")[0], Lang: a.lang})
	}
	list, feeds := kind == web.IncidentsSurface, false
	for _, f := range web.Formats {
		if f.Page || it.only != "" || !f.Serves(kind) {
			continue
		}
		what := vigie.Text{}
		if list && f.Feed {
			what = vigie.Text{FR: "dossiers", EN: "cases"}
		}
		feeds = feeds || f.Feed
		add(a.path, it.query, f, what)
	}
	if list || !feeds {
		for _, f := range web.Formats {
			if f.Feed {
				add(web.TimelinePath, it.query, f, vigie.Text{FR: "déclarations", EN: "statements"})
			}
		}
	}
	return links
}

// frame is what is around a page.
func (s *Server) frame(c *gin.Context, lang vigie.Lang) web.Frame {
	a := askedOf(c.Request)
	return web.Frame{Lang: lang, Path: a.path, Query: a.original.RawQuery, Base: s.base(), Site: s.settings.site()}
}

func (s *Server) drawn(lang vigie.Lang, page any) func(io.Writer) error {
	return func(w io.Writer) error { return s.web.Page(w, lang, page) }
}

// redirectTo sends a visitor to a bare address, in the language and format asked.
func (s *Server) redirectTo(c *gin.Context, status int, path string) {
	a := askedOf(c.Request)
	path, query, _ := strings.Cut(path, "?")
	if query == "" {
		query = a.original.RawQuery
	}
	lang := a.lang
	if !a.prefixed {
		lang = visitorsLang(c.Request, a.lang)
		c.Header("Vary", "Accept, Accept-Language")
	}
	data := a.given && !a.format.Page
	if a.prefixed || !data {
		path = web.PagePath(lang, path)
	}
	if data {
		path += "." + a.format.Name
	}
	c.Redirect(status, path+suffix(query))
}

func escape(s string) string { return url.QueryEscape(s) }

// query reads the parameters of the address strictly. A query that is not in its
// canonical form is sent to the one that is; done tells so.
func (s *Server) query(c *gin.Context, allow ...string) (q vigie.Query, done bool, err error) {
	a := askedOf(c.Request)
	switch {
	case a.format.Name == "csv":
		allow = append(allow, vigie.OnCSV)
	case a.format.Feed:
		allow = append(allow, vigie.OnFeed)
	}
	q, err = vigie.ParseRawQuery(a.original.RawQuery, allow...)
	if err != nil {
		return q, false, err
	}
	if a.given && !a.format.Page { // the same query in another format: what only draws goes
		q.Lanes = ""
	}
	if canonical := q.Canonical(); canonical != a.original.RawQuery && (a.given || a.prefixed) {
		c.Redirect(http.StatusMovedPermanently, a.original.EscapedPath()+suffix(canonical))
		return q, true, nil
	}
	return q, false, nil
}
