package fetch_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vigie/importers"
	"vigie/importers/fetch"
)

var noon = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<p>" + r.UserAgent() + "</p>"))
	})
	mux.Handle("/moved", http.RedirectHandler("/page", http.StatusMovedPermanently))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	mux.Handle("/inwards", http.RedirectHandler("ftp://files.example/x", http.StatusFound))
	mux.HandleFunc("/long", func(w http.ResponseWriter, r *http.Request) {
		for range 100 {
			w.Write([]byte(strings.Repeat("x", 1000)))
			w.(http.Flusher).Flush()
		}
	})
	mux.HandleFunc("/never", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func client(private bool) *fetch.Client {
	return fetch.New(fetch.Options{AllowPrivate: private, Timeout: 300 * time.Millisecond, MaxBody: 50_000, MaxRedirects: 3, UserAgent: "Vigie/test", Now: func() time.Time { return noon }})
}

func TestAPageIsFetchedWithItsFinalAddress(t *testing.T) {
	s := site(t)
	doc, err := client(true).Get(context.Background(), s.URL+"/moved")
	if err != nil {
		t.Fatal(err)
	}
	if doc.URL != s.URL+"/page" || doc.ContentType != "text/html; charset=utf-8" || string(doc.Body) != "<p>Vigie/test</p>" || !doc.Retrieved.Equal(noon) {
		t.Errorf("fetched %+v", doc)
	}
}

func TestWhyAPageWasNotFetchedIsSaidInWords(t *testing.T) {
	s := site(t)
	for address, want := range map[string]error{
		s.URL + "/none":               fetch.ErrStatus,
		s.URL + "/round":              fetch.ErrRedirect,
		s.URL + "/inwards":            fetch.ErrAddress,
		s.URL + "/long":               fetch.ErrTooLong,
		s.URL + "/never":              fetch.ErrTimeout,
		"file:///etc/passwd":          fetch.ErrAddress,
		"http://name:word@x.example/": fetch.ErrAddress,
		"http://kraghornxyz.onion/":   fetch.ErrAddress,
		"http://kraghornxyz.onion./":  fetch.ErrAddress,
		"not an address":              fetch.ErrAddress,
	} {
		_, err := client(true).Get(context.Background(), address)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, not %v", address, err, want)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "fetching "+address) {
			t.Errorf("the error does not say what was fetched: %v", err)
		}
	}
}

func TestAnAddressWithoutEndIsNotVisitedNorToldWhole(t *testing.T) {
	s := site(t)
	for _, get := range []func(context.Context, string) (importers.Document, error){client(true).Get, fetch.NewVisitor(client(true), nil).Get} {
		_, err := get(t.Context(), s.URL+"/page?"+strings.Repeat("a", 1<<20))
		if !errors.Is(err, fetch.ErrAddress) || len(err.Error()) > 1000 {
			t.Errorf("%.500v", err)
		}
	}
}

func TestPrivateAddressesAreRefusedAtDialTime(t *testing.T) {
	s := site(t)
	for _, address := range []string{s.URL + "/page", "http://localhost:1/", "http://[::1]:1/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0:1/", "http://[::ffff:127.0.0.1]:1/"} {
		if _, err := client(false).Get(context.Background(), address); !errors.Is(err, fetch.ErrPrivate) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
