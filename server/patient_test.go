package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

func TestALongDownloadMayTakeAsLongAsItGoesOn(t *testing.T) {
	const bound = 50 * time.Millisecond
	part := bytes.Repeat([]byte("row\n"), 64<<10)
	s := &Server{now: time.Now}
	e := gin.New()
	e.GET("/", func(c *gin.Context) {
		if err := s.stream(c, "text/csv", func(w io.Writer) error {
			_, err := w.Write(part)
			for from := time.Now(); time.Since(from) < 2*bound; { // the next part is long in the making
			}
			_, _ = w.Write(part)
			return err
		}); err != nil {
			t.Error(err)
		}
	})
	handler, err := compressed(e)
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewUnstartedServer(handler)
	site.Config.WriteTimeout = bound
	site.Start()
	defer site.Close()
	res, err := http.Get(site.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if n, err := io.Copy(io.Discard, res.Body); err != nil || n != int64(2*len(part)) {
		t.Errorf("%d bytes of %d: %v", n, 2*len(part), err)
	}
}
