package main

import (
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// asFeed completes the context of a feed. Without a limit of the reader's own its
// pages are archive documents (RFC 5005 §4): the way on is to the archives, the
// way back to the document to subscribe to. Its hub is named where it is told of
// news: on the feeds of the list, not on searches nor archives.
func (s *Server) asFeed(at web.Context, q vigie.Query, page func(cursor string) string) web.Context {
	base := strings.TrimSuffix(s.settings.BaseURL, "/")
	at.Icon, at.Logo = base+s.web.StaticAddress("icon.png"), base+s.web.StaticAddress("logo.png")
	at.Summary = q.Content == "summary"
	if q.Limit == 0 {
		at.ArchiveURL, at.FirstURL, at.PrevURL = at.NextURL, "", ""
		if q.Cursor != "" {
			at.CurrentURL = page("")
		}
	}
	if announced(q) {
		at.Hub = s.settings.Hub
	}
	return at
}

// feedGroups are the feeds that have an address of their own.
func (s *Server) feedGroups(c *gin.Context) ([]web.FeedGroup, error) {
	listed, err := s.db.Companies(c.Request.Context())
	if err != nil {
		return nil, err
	}
	var companies []vigie.Company
	for _, l := range listed {
		companies = append(companies, l.Company)
	}
	campaigns, err := s.db.Waves(c.Request.Context())
	if err != nil {
		return nil, err
	}
	var waves []vigie.Wave
	for _, w := range campaigns {
		waves = append(waves, w.Wave)
	}
	return web.FeedGroups(companies, waves), nil
}

// feeds is the page that says what there is to subscribe to.
func (s *Server) feeds(c *gin.Context) error {
	return s.pageOnly(c, func() (surface, error) {
		groups, err := s.feedGroups(c)
		return surface{page: func(fr web.Frame) any { return web.Feeds{Frame: fr, Hub: s.settings.Hub, Groups: groups} }}, err
	})
}

// opml is the list of feeds, for readers of feeds.
func (s *Server) opml(c *gin.Context) error {
	a := askedOf(c.Request)
	if a.given {
		return vigie.ErrNotFound
	}
	if _, err := vigie.ParseRawQuery(a.original.RawQuery, vigie.OnNothing); err != nil {
		return err
	}
	now, err := s.moment(c.Request.Context())
	if err != nil {
		return err
	}
	format := web.Format{Name: "opml", MIME: web.OPMLMIME}
	if s.unchanged(c, a, format, now) {
		return nil
	}
	groups, err := s.feedGroups(c)
	if err != nil {
		return err
	}
	s.fresh(c, a, format, now)
	c.Header("Content-Disposition", `inline; filename="vigie-feeds.opml"`)
	at := web.Context{Base: strings.TrimSuffix(s.settings.BaseURL, "/"), Lang: a.lang, Site: s.settings.site(), Updated: now.at}
	return write(c, http.StatusOK, format.MIME, func(w io.Writer) error { return web.WriteOPML(w, at, groups) })
}
