package main

import (
	"bytes"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/web"
)

// openAPI answers with the description of the API. It is of this program and its
// settings, not of an edition.
func (s *Server) openAPI(c *gin.Context) error {
	a := askedOf(c.Request)
	if a.format.Name != "json" || a.prefixed {
		return vigie.ErrNotFound
	}
	if _, err := vigie.ParseRawQuery(a.original.RawQuery, vigie.OnNothing); err != nil {
		return err
	}
	body, err := s.description()
	if err != nil {
		return err
	}
	return constant(c, "application/json", body)
}

// constant answers with bytes that only another program would make otherwise.
func constant(c *gin.Context, contentType string, body []byte) error {
	etag := tagOf(body)
	c.Header("ETag", etag)
	c.Header("Cache-Control", "public, max-age=0, must-revalidate")
	c.Header("Vary", "Accept-Encoding")
	if web.NotModified(c.Request.Header.Get("If-None-Match"), etag) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return nil
	}
	return write(c, http.StatusOK, contentType, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(body))
		return err
	})
}

// api is the page that says the same to people.
func (s *Server) api(c *gin.Context) error {
	return s.pageOnly(c, func() (surface, error) {
		page, err := web.DescribedAPI()
		return surface{page: func(fr web.Frame) any {
			page.Frame = fr
			return page
		}}, err
	})
}

// open lets pages of other sites read what everybody may: answers, redirects on the
// way to them and problems (Fetch §3.3). Cookies are never taken with *.
func open(handle func(*Server, *gin.Context) error) func(*Server, *gin.Context) error {
	return func(s *Server, c *gin.Context) error {
		c.Header("Access-Control-Allow-Origin", "*")
		c.Header("Access-Control-Expose-Headers", "Content-Disposition, ETag, Last-Modified, Link, Retry-After")
		return handle(s, c)
	}
}

// preflight tells a browser what a page of another site may ask of a public
// address: to read it, with conditions. Writing is for programs, not for pages.
func (s *Server) preflight(c *gin.Context) error {
	h := c.Writer.Header()
	h.Set("Allow", "GET, HEAD, OPTIONS")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "GET, HEAD")
	h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match, If-Modified-Since")
	h.Set("Access-Control-Max-Age", "86400")
	c.Status(http.StatusNoContent)
	c.Writer.WriteHeaderNow()
	return nil
}
