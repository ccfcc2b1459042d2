package fetch_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vigie/importers/fetch"
)

// shy is a site of our own with a robots.txt, that notes who comes.
type shy struct {
	*httptest.Server
	mu     sync.Mutex
	paths  []string
	robots http.HandlerFunc
}

func newShy(t *testing.T, robots http.HandlerFunc) *shy {
	s := &shy{robots: robots}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.paths = append(s.paths, r.URL.Path)
		s.mu.Unlock()
		switch r.URL.Path {
		case "/robots.txt":
			s.robots(w, r)
		case "/away":
			http.Redirect(w, r, "/closed", http.StatusFound)
		case "/for-good":
			http.Redirect(w, r, "/home", http.StatusPermanentRedirect)
		case "/for-good-then-not":
			http.Redirect(w, r, "/away-again", http.StatusMovedPermanently)
		case "/away-again":
			http.Redirect(w, r, "/home", http.StatusFound)
		default:
			w.Header().Set("ETag", `"e"`)
			w.Header().Set("Last-Modified", "Tue, 06 May 2031 10:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"e"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			io.WriteString(w, "hello")
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) }
}

// visiting is a visitor with a clock that only its own waiting moves.
func visiting() (*fetch.Visitor, *[]time.Duration, *time.Time) {
	now, waited := noon, []time.Duration{}
	c := fetch.New(fetch.Options{AllowPrivate: true, Timeout: time.Second, Now: func() time.Time { return now }})
	return fetch.NewVisitor(c, func(ctx context.Context, d time.Duration) error {
		now, waited = now.Add(d), append(waited, d)
		return ctx.Err()
	}), &waited, &now
}

func TestAPageThatDidNotChangeIsNotSentAgain(t *testing.T) {
	s := newShy(t, http.NotFound)
	v, _, _ := visiting()
	first, err := v.Ask(t.Context(), fetch.Ask{Address: s.URL + "/home"})
	if err != nil || first.Unchanged || string(first.Document.Body) != "hello" || first.ETag != `"e"` {
		t.Fatalf("%+v %v", first, err)
	}
	again, err := v.Ask(t.Context(), fetch.Ask{Address: s.URL + "/home", ETag: first.ETag, LastModified: first.LastModified})
	if err != nil || !again.Unchanged || len(again.Document.Body) != 0 || again.ETag != first.ETag {
		t.Errorf("%+v %v", again, err)
	}
}

func TestOnlyAMoveThatIsForGoodAllTheWayIsOne(t *testing.T) {
	s := newShy(t, http.NotFound)
	v, _, _ := visiting()
	for path, want := range map[string]string{"/home": "", "/for-good": s.URL + "/home", "/for-good-then-not": ""} {
		if a, err := v.Ask(t.Context(), fetch.Ask{Address: s.URL + path}); err != nil || a.Moved != want {
			t.Errorf("%s moved to %q, %v", path, a.Moved, err)
		}
	}
}

func TestASiteIsAskedForItsRobotsOnceADay(t *testing.T) {
	s := newShy(t, says("User-agent: *\nDisallow: /closed\nCrawl-delay: 9\n"))
	v, waited, now := visiting()
	for _, x := range []struct {
		path string
		want error
	}{{"/a", nil}, {"/closed", fetch.ErrRobots}, {"/b", nil}, {"/away", fetch.ErrRobots}} {
		if _, err := v.Get(t.Context(), s.URL+x.path); !errors.Is(err, x.want) {
			t.Errorf("%s: %v", x.path, err)
		}
	}
	if got := strings.Join(s.paths, " "); got != "/robots.txt /a /b /away" {
		t.Errorf("asked for %s", got)
	}
	if !slices.Equal(*waited, []time.Duration{9 * time.Second, 9 * time.Second}) {
		t.Errorf("waited %v between two visits", *waited)
	}
	*now = now.Add(24 * time.Hour)
	if _, err := v.Get(t.Context(), s.URL+"/a"); err != nil || s.paths[len(s.paths)-2] != "/robots.txt" {
		t.Errorf("a day later: %v %v", err, s.paths)
	}
}

func TestASiteWhoseRobotsCannotBeReadIsLeftAlone(t *testing.T) {
	broken := true
	s := newShy(t, func(w http.ResponseWriter, r *http.Request) {
		if broken {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	v, _, now := visiting()
	_, err := v.Get(t.Context(), s.URL+"/a")
	if !errors.Is(err, fetch.ErrUnread) || !fetch.Passing(err) {
		t.Errorf("%v, passing %v", err, fetch.Passing(err))
	}
	broken = false
	if _, err := v.Get(t.Context(), s.URL+"/a"); !errors.Is(err, fetch.ErrUnread) {
		t.Errorf("asked again at once: %v", err)
	}
	*now = now.Add(10 * time.Minute)
	if _, err := v.Get(t.Context(), s.URL+"/a"); err != nil {
		t.Errorf("it is readable again: %v", err)
	}
}

func TestTwoVisitsOfAHostGoOneAfterTheOther(t *testing.T) {
	var inside, most int
	var mu sync.Mutex
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		mu.Lock()
		inside++
		most = max(most, inside)
		mu.Unlock()
		io.WriteString(w, "hello")
		mu.Lock()
		inside--
		mu.Unlock()
	}))
	t.Cleanup(s.Close)
	v, waited, _ := visiting()
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			if _, err := v.Get(t.Context(), s.URL+"/a"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if most != 1 || len(*waited) != 4 {
		t.Errorf("%d at once, %v waited", most, *waited)
	}
}

func TestAHostThatWantsUsAwayIsNotAskedForAnyOfItsPages(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if asked++; r.URL.Path == "/busy" {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(s.Close)
	v, _, now := visiting()
	if _, err := v.Get(t.Context(), s.URL+"/busy"); err == nil || errors.Is(err, fetch.ErrAway) {
		t.Fatal(err)
	}
	*now = now.Add(4 * time.Minute)
	_, err := v.Get(t.Context(), s.URL+"/other")
	if !errors.Is(err, fetch.ErrAway) || fetch.RetryAfter(err) != 6*time.Minute || v.Away(s.URL) != 6*time.Minute || asked != 1 {
		t.Errorf("asked %d times, %v", asked, err)
	}
	*now = now.Add(6 * time.Minute)
	if _, err := v.Get(t.Context(), s.URL+"/other"); err != nil || asked != 2 {
		t.Errorf("asked %d times, %v", asked, err)
	}
}

func TestWhatASiteAsksForIsRead(t *testing.T) {
	for _, x := range []struct {
		name       string
		code       int
		headers    []string
		maxAge     time.Duration
		retryAfter time.Duration
		passing    bool
	}{
		{"fresh", 200, []string{"Cache-Control", `public, Max-Age="600"`, "Age", "100"}, 500 * time.Second, 0, false},
		{"older than fresh", 200, []string{"Cache-Control", "max-age=10", "Age", "100"}, 0, 0, false},
		{"nonsense", 200, []string{"Cache-Control", "max-age=soon"}, 0, 0, false},
		{"seconds", 429, []string{"Retry-After", "120"}, 0, 2 * time.Minute, true},
		{"a date", 503, []string{"Retry-After", noon.Add(time.Hour).Format(http.TimeFormat)}, 0, time.Hour, true},
		{"a date gone by", 503, []string{"Retry-After", noon.Add(-time.Hour).Format(http.TimeFormat)}, 0, 0, true},
		{"negative", 503, []string{"Retry-After", "-5"}, 0, 0, true},
		{"forbidden", 403, nil, 0, 0, false},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i+1 < len(x.headers); i += 2 {
				w.Header().Set(x.headers[i], x.headers[i+1])
			}
			w.WriteHeader(x.code)
		}))
		c := fetch.New(fetch.Options{AllowPrivate: true, Now: func() time.Time { return noon }})
		a, err := c.Ask(t.Context(), fetch.Ask{Address: s.URL})
		s.Close()
		if a.MaxAge != x.maxAge || fetch.RetryAfter(err) != x.retryAfter || fetch.Passing(err) != x.passing || (err == nil) != (x.code == 200) {
			t.Errorf("%s: fresh for %v, again after %v, passing %v, %v", x.name, a.MaxAge, fetch.RetryAfter(err), fetch.Passing(err), err)
		}
	}
}
