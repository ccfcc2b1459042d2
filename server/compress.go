package main

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// compressed sends answers of some length as gzip to those who take it. Workbooks
// and archives are compressed already.
func compressed(h http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.ContentTypeFilter(func(mime string) bool {
		return gzhttp.DefaultContentTypeFilter(mime) && !strings.Contains(mime, "openxmlformats")
	}))
	if err != nil {
		return nil, err
	}
	inner := wrap(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := ""
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			known = r.Header.Get("If-None-Match")
		}
		inner(&weakening{ResponseWriter: w, known: known}, r)
	}), nil
}

// weakening makes the entity tag of a compressed answer a weak one: its bytes are
// not those that the tag was worked out for (RFC 9110 §8.8.3.3).
type weakening struct {
	http.ResponseWriter
	known string // to a visitor who takes gzip: he is told by the tag that he has
	begun bool
}

// WriteHeader and Write see the headers as they leave.
func (w *weakening) WriteHeader(status int) {
	if tag := w.Header().Get("ETag"); !w.begun && strings.HasPrefix(tag, `"`) {
		if w.Header().Get("Content-Encoding") != "" || status == http.StatusNotModified && strings.Contains(w.known, "W/"+tag) {
			w.Header().Set("ETag", "W/"+tag)
		}
	}
	w.begun = status >= http.StatusOK
	w.ResponseWriter.WriteHeader(status)
}

func (w *weakening) Write(p []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (w *weakening) Unwrap() http.ResponseWriter { return w.ResponseWriter }
