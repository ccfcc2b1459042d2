package main

import (
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// health answers when the database does.
func (s *Server) health(c *gin.Context) error {
	if _, err := s.db.Edition(c.Request.Context()); err != nil {
		return err
	}
	return plain(c, "ok\n")
}

func (s *Server) robots(c *gin.Context) error {
	sitemap := strings.TrimSuffix(s.settings.BaseURL, "/") + web.SitemapPath
	return plain(c, "User-agent: *\nDisallow: /fr/desk\nDisallow: /en/desk\n\nSitemap: "+sitemap+"\n")
}

func plain(c *gin.Context, text string) error {
	if a := askedOf(c.Request); a.given || a.prefixed {
		return vigie.ErrNotFound
	}
	c.Header("Cache-Control", "no-cache")
	return write(c, http.StatusOK, "text/plain; charset=utf-8", func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// problem explains a kind of problem: the page that the type of a problem+json
// names.
func (s *Server) problem(c *gin.Context) error {
	for _, kind := range web.ProblemKinds {
		if kind.Slug != c.Param("slug") {
			continue
		}
		return s.pageOnly(c, func() (surface, error) {
			detail := kind.Title
			for _, row := range statuses {
				if row.status == kind.Status && !row.detail.IsZero() {
					detail = row.detail
				}
			}
			return surface{noIndex: true, page: func(fr web.Frame) any { return web.Problem{Frame: fr, Status: kind.Status, Detail: detail} }}, nil
		})
	}
	return vigie.ErrNotFound
}
