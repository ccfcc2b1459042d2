package main

import (
	"cmp"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// How Vigie describes itself: the help of the search to people, a sitemap to search
// engines, llms.txt to programs that read.

func (s *Server) help(c *gin.Context) error {
	return s.pageOnly(c, func() (surface, error) {
		return surface{page: func(fr web.Frame) any { return web.Help{Frame: fr} }}, nil
	})
}

func (s *Server) llms(c *gin.Context) error {
	return s.described(c, "llms", "text/plain; charset=utf-8", func(moment) (func(io.Writer) error, error) {
		return func(w io.Writer) error { return web.WriteLLMs(w, s.settings.BaseURL, s.settings.site()) }, nil
	})
}

// sitemap lists every page that may be indexed; when they are too many for one file, the
// parts of the list.
func (s *Server) sitemap(c *gin.Context) error {
	return s.described(c, "sitemap", web.SitemapMIME, func(now moment) (func(io.Writer) error, error) {
		parts, err := s.sitemapParts(c, now.at)
		if err != nil {
			return nil, err
		}
		if len(parts) == 1 {
			return func(w io.Writer) error { return web.WriteSitemap(w, s.settings.BaseURL, parts[0]) }, nil
		}
		times := make([]time.Time, len(parts))
		for i, part := range parts {
			for _, p := range part {
				if p.At.After(times[i]) {
					times[i] = p.At
				}
			}
		}
		return func(w io.Writer) error { return web.WriteSitemapIndex(w, s.settings.BaseURL, times) }, nil
	})
}

// sitemapPart is one part of a long sitemap.
func (s *Server) sitemapPart(c *gin.Context) error {
	name, is := strings.CutSuffix(c.Param("part"), ".xml")
	n, err := strconv.Atoi(name)
	if !is || err != nil || n < 1 || name != strconv.Itoa(n) {
		return vigie.ErrNotFound
	}
	return s.described(c, "sitemap", web.SitemapMIME, func(now moment) (func(io.Writer) error, error) {
		parts, err := s.sitemapParts(c, now.at)
		if err == nil && n > len(parts) {
			err = vigie.ErrNotFound
		}
		return func(w io.Writer) error { return web.WriteSitemap(w, s.settings.BaseURL, parts[n-1]) }, err
	})
}

// sitemapParts are the pages that may be indexed, in files that are not too long: the
// fixed ones first, then cases with their companies and campaigns.
func (s *Server) sitemapParts(c *gin.Context, at time.Time) ([][]web.SitemapPage, error) {
	cases, err := s.db.PublicCases(c.Request.Context())
	if err != nil {
		return nil, err
	}
	pages := web.SitemapPages(at)
	latest := map[string]time.Time{} // what a page of several cases last changed with
	for _, one := range cases {
		pages = append(pages, web.SitemapPage{Path: web.IncidentPath(one.ID), At: one.At})
		gathering := []string{web.CompanyPath(one.Company)}
		if one.Wave != "" {
			gathering = append(gathering, web.WavePath(one.Wave))
		}
		for _, path := range gathering {
			if one.At.After(latest[path]) {
				latest[path] = one.At
			}
		}
	}
	fixed := len(pages)
	for path, at := range latest {
		pages = append(pages, web.SitemapPage{Path: path, At: at})
	}
	slices.SortFunc(pages[fixed:], func(a, b web.SitemapPage) int { return cmp.Compare(a.Path, b.Path) })
	return web.SitemapParts(pages), nil
}

// described answers with a text about the record that has one language, one format and
// no parameters.
func (s *Server) described(c *gin.Context, name, mime string, make func(moment) (func(io.Writer) error, error)) error {
	a := askedOf(c.Request)
	if a.given || a.prefixed {
		return vigie.ErrNotFound
	}
	if _, err := vigie.ParseRawQuery(a.original.RawQuery, vigie.OnNothing); err != nil {
		return err
	}
	now, err := s.moment(c.Request.Context())
	if err != nil {
		return err
	}
	format := web.Format{Name: name, MIME: mime}
	if s.unchanged(c, a, format, now) {
		return nil
	}
	body, err := make(now)
	if err != nil {
		return err
	}
	s.fresh(c, a, format, now)
	c.Writer.Header().Del("Content-Language")
	return write(c, http.StatusOK, mime, body)
}
