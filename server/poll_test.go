package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers/fetch"
)

// newsstand is a site of our own on loopback, with a feed about shops that do not
// exist, and the pages that its items stand for.
type newsstand struct {
	*httptest.Server
	mu      sync.Mutex
	answer  http.HandlerFunc // of /feed
	robots  string
	pages   map[string]string
	visited []string // paths, in order
}

func newNewsstand(t *testing.T) *newsstand {
	t.Helper()
	n := &newsstand{pages: map[string]string{}}
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.visited = append(n.visited, r.URL.Path)
		answer, robots, page := n.answer, n.robots, n.pages[r.URL.Path]
		n.mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt" && robots != "":
			io.WriteString(w, robots)
		case strings.HasPrefix(r.URL.Path, "/feed"):
			answer(w, r)
		case page != "":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, page)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(n.Close)
	return n
}

func (n *newsstand) says(answer http.HandlerFunc) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.answer = answer
}

// seen are the paths visited since the last look, robots.txt left out.
func (n *newsstand) seen() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	seen := slices.DeleteFunc(n.visited, func(path string) bool { return path == "/robots.txt" })
	n.visited = nil
	return seen
}

// told is an item that says enough to be read without its page.
type told struct{ link, title, text string }

var (
	claimed = told{"/articles/1", "Outilor : un pirate dit vendre les données de 120 000 clients", strings.Repeat(strings.Join(strings.Fields(claimArticle[len("Outilor : un pirate dit vendre les données de 120 000 clients"):]), " ")+" ", 2)}
	denied  = told{"/articles/2", "Outilor dément toute fuite de données de ses clients", strings.Repeat(strings.Join(strings.Fields(denialArticle[len("Outilor dément toute fuite de données de ses clients"):]), " ")+" ", 2)}
	weather = told{"/articles/3", "Le temps de demain", strings.Repeat("Il fera beau sur toute la côte, avec un vent faible et quelques nuages en fin de journée. ", 8)}
)

func (n *newsstand) feed(items ...told) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>La Gazette des essais</title><language>fr</language>`)
	for _, i := range items {
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s%s</link><guid isPermaLink="false">%s</guid><pubDate>Tue, 03 Mar 2026 09:00:00 +0100</pubDate><description>%s</description></item>`, i.title, n.URL, i.link, i.link, i.text)
	}
	return b.String() + `</channel></rss>`
}

// sends answers with a feed and its ETag, and 304 to whom knows it.
func (n *newsstand) sends(etag string, items ...told) {
	body := n.feed(items...)
	n.says(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		w.Header().Set("Content-Type", "application/rss+xml")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(body))
	})
}

func (n *newsstand) fails(code int, headers ...string) {
	n.says(func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	})
}

// lookout is a poller with a clock of its own, which goes on only when it is told
// to, and when the poller waits out of politeness.
type lookout struct {
	*poller
	t      *testing.T
	file   string
	store  *db.DB
	clock  atomic.Int64
	waited atomic.Int64 // nanoseconds, out of politeness
}

func (l *lookout) time() time.Time        { return time.Unix(0, l.clock.Load()).UTC() }
func (l *lookout) passes(d time.Duration) { l.clock.Add(int64(d)) }

func newLookout(t *testing.T, file string, opts fetch.Options) *lookout {
	t.Helper()
	if file == "" {
		file = filepath.Join(t.TempDir(), "vigie.db")
	}
	l := &lookout{t: t, file: file}
	l.clock.Store(time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC).UnixNano())
	engine, err := db.OpenSQLite(file)
	if err != nil {
		t.Fatal(err)
	}
	if l.store, err = db.Open(t.Context(), engine, l.time); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.store.Close() })
	l.poller = newPoller(l.store, &Settings{}, true, slog.New(slog.NewTextHandler(io.Discard, nil)))
	opts.Now = l.time
	l.poller.sites = fetch.NewVisitor(fetch.New(opts), func(ctx context.Context, d time.Duration) error {
		l.passes(d)
		l.waited.Add(int64(d))
		return ctx.Err()
	})
	l.poller.now = l.time
	l.poller.spread = func(time.Duration) time.Duration { return 0 }
	return l
}

var intranet = fetch.Options{AllowPrivate: true, Timeout: 2 * time.Second}

func (l *lookout) watches(address string, change ...func(*vigie.Watch)) vigie.Watch {
	l.t.Helper()
	w := vigie.Watch{Address: address, Kind: "feed", Every: time.Hour, Active: true}
	for _, c := range change {
		c(&w)
	}
	w, problems, err := addWatch(l.t.Context(), l.store, w)
	if err != nil || len(problems) > 0 {
		l.t.Fatal(err, problems)
	}
	return w
}

// polls visits what is due, and hands over the last run of the watch.
func (l *lookout) polls(id string, wantVisits int) vigie.Run {
	l.t.Helper()
	n, err := l.due(l.t.Context())
	if err != nil || n != wantVisits {
		l.t.Fatalf("%d visits, %v; %d were due", n, err, wantVisits)
	}
	return l.last(id)
}

func (l *lookout) last(id string) vigie.Run {
	l.t.Helper()
	runs, err := l.store.LastRuns(l.t.Context(), 1)
	if err != nil || len(runs[id]) == 0 {
		l.t.Fatalf("no run of %s: %v", id, err)
	}
	return runs[id][0]
}

func (l *lookout) watched(id string) db.Watched {
	l.t.Helper()
	w, err := l.store.Watch(l.t.Context(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	return w
}

// nextIn is how long after now the next visit is.
func (l *lookout) nextIn(id string) time.Duration { return l.watched(id).Due.Sub(l.time()) }

func (l *lookout) queue() (titles []string) {
	l.t.Helper()
	list, err := l.store.Queue(l.t.Context(), db.Filter{})
	if err != nil {
		l.t.Fatal(err)
	}
	for _, c := range list {
		titles = append(titles, c.Source.Title)
	}
	return
}

func TestAFeedIsReadOnceThenAskedOnlyWhetherItChanged(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, claimed, weather)
	w := l.watches(n.URL + "/feed")

	run := l.polls(w.ID, 1)
	if run.Tally != (vigie.Tally{Read: 2, New: 1, Filtered: 1}) || !run.Completed || run.Unchanged {
		t.Fatalf("the first visit: %+v", run)
	}
	if _, err := l.due(t.Context()); err != nil || len(n.seen()) != 1 {
		t.Fatal("it was visited again at once")
	}
	l.passes(time.Hour)
	run = l.polls(w.ID, 1)
	if !run.Unchanged || !run.Completed || run.Tally != (vigie.Tally{}) {
		t.Errorf("a 304 is a completed run that met nothing changed: %+v", run)
	}
	l.passes(time.Hour)
	n.sends(`"two"`, denied, claimed)
	if run = l.polls(w.ID, 1); run.Tally != (vigie.Tally{Read: 2, New: 1, Duplicate: 1}) || run.Unchanged {
		t.Errorf("a changed feed: %+v", run)
	}
	if got := l.queue(); len(got) != 2 {
		t.Errorf("the queue: %q", got)
	}
	if v := l.watched(w.ID).Visit; v.ETag != `"two"` || !v.Read.Equal(l.time()) || v.Failures != 0 {
		t.Errorf("what the visit left: %+v", v)
	}
}

func TestASiteThatAsksForTimeGetsIt(t *testing.T) {
	for name, x := range map[string]struct {
		answer func(*newsstand, *lookout)
		want   time.Duration
	}{
		"too many, in seconds": {func(n *newsstand, l *lookout) { n.fails(429, "Retry-After", "18000") }, 5 * time.Hour},
		"unavailable, until a date": {func(n *newsstand, l *lookout) {
			n.fails(503, "Retry-After", l.time().Add(9*time.Hour).Format(http.TimeFormat))
		}, 9 * time.Hour},
		"less than we wait anyway":  {func(n *newsstand, l *lookout) { n.fails(503, "Retry-After", "5") }, 2 * time.Hour},
		"nonsense":                  {func(n *newsstand, l *lookout) { n.fails(503, "Retry-After", "soon") }, 2 * time.Hour},
		"longer than anybody waits": {func(n *newsstand, l *lookout) { n.fails(503, "Retry-After", "99999999") }, vigie.WatchLongest},
		"fresh for longer than asked": {func(n *newsstand, l *lookout) {
			body := n.feed(claimed)
			n.says(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Cache-Control", "public, max-age=14400")
				w.Header().Set("Age", "3600")
				io.WriteString(w, body)
			})
		}, 3 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNewsstand(t)
			l := newLookout(t, "", intranet)
			x.answer(n, l)
			w := l.watches(n.URL + "/feed")
			l.polls(w.ID, 1)
			if got := l.nextIn(w.ID); got != x.want {
				t.Errorf("the next visit is in %v, not %v", got, x.want)
			}
		})
	}
}

func TestFailuresPutVisitsOffAndOneSuccessBringsThemBack(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.fails(500)
	w := l.watches(n.URL + "/feed")
	for _, want := range []time.Duration{2, 4, 8, 16, 24, 24} {
		run := l.polls(w.ID, 1)
		if run.Completed || run.Tally != (vigie.Tally{}) || len(run.Messages) != 1 || !strings.Contains(run.Messages[0], "500") {
			t.Fatalf("a failure is told, and is no zero: %+v", run)
		}
		if got := l.nextIn(w.ID); got != want*time.Hour {
			t.Fatalf("the next visit is in %v, not %v hours", got, want)
		}
		l.passes(want * time.Hour)
	}
	if v := l.watched(w.ID).Visit; v.Failures != 6 || v.Why == "" || !v.Read.IsZero() {
		t.Errorf("what six failures left: %+v", v)
	}
	n.sends(`"one"`, claimed)
	if run := l.polls(w.ID, 1); !run.Completed || run.Tally.New != 1 {
		t.Errorf("the site is back: %+v", run)
	}
	if got, v := l.nextIn(w.ID), l.watched(w.ID).Visit; got != time.Hour || v.Failures != 0 || v.Why != "" {
		t.Errorf("after a success the next visit is in %v, %+v", got, v)
	}
}

func TestAnAddressThatIsGoneIsSwitchedOffAndSaysSo(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.fails(410)
	w := l.watches(n.URL + "/feed")
	l.polls(w.ID, 1)
	after := l.watched(w.ID)
	if after.Active || !after.Visit.Gone || !strings.Contains(after.Visit.Why, "410") {
		t.Errorf("it is %+v", after)
	}
	l.passes(48 * time.Hour)
	if n, err := l.due(t.Context()); n != 0 || err != nil {
		t.Errorf("visited again: %d %v", n, err)
	}
}

func TestASiteThatDoesNotWantUsIsLeftAlone(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.robots = "User-agent: *\nDisallow:\n\nUser-agent: vigie\nDisallow: /feed\n"
	n.sends(`"one"`, claimed)
	w := l.watches(n.URL + "/feed")
	run := l.polls(w.ID, 1)
	if run.Completed || len(n.seen()) != 0 || !strings.Contains(strings.Join(run.Messages, " "), "robots.txt") {
		t.Errorf("%+v", run)
	}
	if got := l.nextIn(w.ID); got != 24*time.Hour {
		t.Errorf("asked again in %v", got)
	}
	l.passes(25 * time.Hour)
	n.mu.Lock()
	n.robots = "User-agent: vigie\nCrawl-delay: 7\nDisallow: /private\n"
	n.mu.Unlock()
	if run := l.polls(w.ID, 1); !run.Completed {
		t.Errorf("a day later it does want us: %+v", run)
	}
}

func TestPrivateAddressesBehindAWatchAreRefused(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", fetch.Options{Timeout: 2 * time.Second})
	n.sends(`"one"`, claimed)
	for i, address := range []string{n.URL + "/feed", "http://169.254.169.254/feed", "http://[::1]:9/feed"} {
		w := l.watches(address)
		l.polls(w.ID, 1)
		if run := l.last(w.ID); run.Completed || !strings.Contains(strings.Join(run.Messages, " "), fetch.ErrPrivate.Error()) {
			t.Errorf("%d: %+v", i, run)
		}
	}
	if seen := n.seen(); len(seen) != 0 {
		t.Errorf("visited %q", seen)
	}
}

func TestARedirectIsFollowedOnlyWhereWeMayGo(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.robots = "User-agent: *\nDisallow: /feed/closed\n"
	w := l.watches(n.URL + "/feed")
	n.says(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			http.Redirect(w, r, "/feed/closed", http.StatusFound)
		default:
			io.WriteString(w, n.feed(claimed))
		}
	})
	if run := l.polls(w.ID, 1); run.Completed || !strings.Contains(strings.Join(run.Messages, " "), "robots.txt") {
		t.Errorf("a redirect to what robots.txt closes: %+v", run)
	}
	n.says(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed" {
			http.Redirect(w, r, "/feed/new", http.StatusMovedPermanently)
			return
		}
		io.WriteString(w, n.feed(claimed))
	})
	l.passes(24 * time.Hour)
	if run := l.polls(w.ID, 1); !run.Completed {
		t.Errorf("a redirect for good: %+v", run)
	}
	if v := l.watched(w.ID).Visit; v.Moved != n.URL+"/feed/new" {
		t.Errorf("the new address is not told: %+v", v)
	}
}

func TestHugeAndSlowAndSqueezedBodies(t *testing.T) {
	n := newNewsstand(t)
	opts := intranet
	opts.MaxBody, opts.Timeout = 20_000, 300*time.Millisecond
	for name, x := range map[string]struct {
		answer http.HandlerFunc
		want   string // in the first message; "" when it is read
	}{
		"huge": {func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, n.feed(slices.Repeat([]told{claimed}, 100)...))
		}, fetch.ErrTooLong.Error()},
		"huge once unpacked": {func(w http.ResponseWriter, r *http.Request) {
			squeezed(w, n.feed(slices.Repeat([]told{claimed}, 100)...))
		}, fetch.ErrTooLong.Error()},
		"slow": {func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<rss>")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, fetch.ErrTimeout.Error()},
		"squeezed": {func(w http.ResponseWriter, r *http.Request) { squeezed(w, n.feed(claimed)) }, ""},
		"a notice": {func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html><body>Back soon</body></html>") }, errNothing.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLookout(t, "", opts)
			n.says(x.answer)
			w := l.watches(n.URL + "/feed")
			run := l.polls(w.ID, 1)
			if run.Completed != (x.want == "") || !strings.Contains(strings.Join(run.Messages, "\n"), x.want) {
				t.Errorf("%+v", run)
			}
		})
	}
}

func squeezed(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	io.WriteString(z, body)
	z.Close()
}

func TestTwoProgramsDoNotVisitTheSameWatchTwice(t *testing.T) {
	n := newNewsstand(t)
	one := newLookout(t, "", intranet)
	two := newLookout(t, one.file, intranet)
	n.sends(`"one"`, claimed)
	w := one.watches(n.URL + "/feed")

	entered, leave := make(chan struct{}), make(chan struct{})
	body := n.feed(claimed)
	n.says(func(w http.ResponseWriter, r *http.Request) {
		entered <- struct{}{}
		<-leave
		io.WriteString(w, body)
	})
	finished := make(chan vigie.Run)
	go func() { finished <- one.polls(w.ID, 1) }()
	<-entered
	if !two.watched(w.ID).Busy {
		t.Error("it does not say that somebody visits it")
	}
	if visits, err := two.due(t.Context()); visits != 0 || err != nil {
		t.Errorf("the other visited it too: %d %v", visits, err)
	}
	if _, err := two.visit(t.Context(), two.watched(w.ID), false); !errors.Is(err, errVisited) {
		t.Errorf("asked to visit it now, the other says %v", err)
	}
	close(leave)
	if run := <-finished; run.Tally.New != 1 {
		t.Errorf("%+v", run)
	}
	if visits, _ := two.due(t.Context()); visits != 0 {
		t.Error("the other visited it right after")
	}
}

func TestAVisitThatIsStoppedIsNotCompletedAndIsDoneAgain(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	entered := make(chan struct{})
	n.says(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	})
	w := l.watches(n.URL + "/feed")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { l.poller.watch(ctx); close(ended) }()
	<-entered
	if run := l.last(w.ID); run.Completed || !run.Ended.IsZero() {
		t.Errorf("a program that dies now leaves %+v", run)
	}
	stop()
	<-ended
	if run := l.last(w.ID); run.Completed || run.Ended.IsZero() || len(run.Messages) == 0 {
		t.Errorf("a stopped visit: %+v", run)
	}
	n.sends(`"one"`, claimed)
	l.passes(time.Second)
	if run := l.polls(w.ID, 1); run.Tally.New != 1 || l.watched(w.ID).Visit.Failures != 0 {
		t.Errorf("the next start: %+v", run)
	}
}

func TestAWatchOfAProgramThatDiedIsVisitedByAnother(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, claimed)
	w := l.watches(n.URL + "/feed")
	if ok, err := l.store.Claim(t.Context(), w.ID, "somebody who died", l.time(), l.time().Add(visitClaim), true); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if visits, _ := l.due(t.Context()); visits != 0 {
		t.Error("visited while another had it")
	}
	l.passes(visitClaim)
	if run := l.polls(w.ID, 1); run.Tally.New != 1 {
		t.Errorf("%+v", run)
	}
}

func TestAFeedThatFlapsBringsNothingNew(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"a"`, claimed)
	w := l.watches(n.URL + "/feed")
	l.polls(w.ID, 1)
	reworded := claimed
	reworded.text = strings.ReplaceAll(claimed.text, "120 000", "130 000")
	n.sends(`"b"`, reworded)
	l.passes(time.Hour)
	if run := l.polls(w.ID, 1); run.Tally.Changed != 1 {
		t.Fatalf("another figure: %+v", run)
	}
	for i := range 6 {
		if i%2 == 0 {
			n.sends(`"a"`, claimed)
		} else {
			n.sends(`"b"`, reworded)
		}
		l.passes(time.Hour)
		if run := l.polls(w.ID, 1); run.Tally != (vigie.Tally{Read: 1, Duplicate: 1}) {
			t.Errorf("flap %d: %+v", i, run)
		}
	}
}

func TestTheSameFeedAtTwoAddressesBringsItsNewsOnce(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, claimed, denied)
	one, two := l.watches(n.URL+"/feed"), l.watches(n.URL+"/feed/too")
	if one.ID == two.ID {
		t.Fatal("two watches of one site have one id")
	}
	l.polls(one.ID, 2)
	a, b := l.last(one.ID).Tally, l.last(two.ID).Tally
	if a.New+b.New != 2 || a.Duplicate+b.Duplicate != 2 {
		t.Errorf("%+v and %+v", a, b)
	}
}

func TestAFeedInLatin1IsReadInItsOwnLetters(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	latin := []byte{}
	for _, r := range strings.NewReplacer("UTF-8", "ISO-8859-1", "’", "'", "œ", "oe").Replace(n.feed(claimed)) {
		latin = append(latin, byte(r))
	}
	n.says(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		w.Write(latin)
	})
	w := l.watches(n.URL + "/feed")
	if run := l.polls(w.ID, 1); run.Tally.New != 1 {
		t.Fatalf("%+v", run)
	}
	if got := l.queue(); got[0] != claimed.title {
		t.Errorf("read as %q", got)
	}
}

func TestTheRulesOfAWatchLeaveItemsOutAndAreCounted(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, claimed, denied, weather)
	w := l.watches(n.URL+"/feed", func(w *vigie.Watch) {
		w.Include, w.Exclude = []string{`donn[ée]es`}, []string{`\bDÉMENT\b`}
	})
	run := l.polls(w.ID, 1)
	if run.Tally != (vigie.Tally{Read: 3, New: 1, Filtered: 2}) || run.Rules[`exclude \bDÉMENT\b`] != 1 || run.Rules["include"] != 1 {
		t.Errorf("%+v", run)
	}
	if told := strings.Join(run.Messages, "\n"); !strings.Contains(told, denied.title) || !strings.Contains(told, `exclude`) {
		t.Errorf("told:\n%s", told)
	}
	bad := vigie.Watch{Address: n.URL + "/feed/other", Kind: "feed", Every: time.Hour, Include: []string{"fine", "(broken"}}
	if _, problems, err := addWatch(t.Context(), l.store, bad); err != nil || len(problems) != 1 || problems[0].Path != "include.1" {
		t.Errorf("a broken expression: %v %v", problems, err)
	}
}

func TestPagesOfItemsThatOnlyTeaseAreFetchedAFewAtATimeAndOnlyOnce(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	var items []told
	for i := range pagesMost + 3 {
		path := fmt.Sprintf("/articles/%d", i)
		shop := fmt.Sprintf("Outilor%c", 'a'+i)
		items = append(items, told{path, "Du nouveau chez " + shop, "Lire la suite…"})
		n.pages[path] = "<!doctype html><html lang=fr><title>x</title><article><h1>" + strings.ReplaceAll(claimed.title, "Outilor", shop) + "</h1><p>" + strings.ReplaceAll(claimed.text, "Outilor", shop) + "</p></article></html>"
	}
	n.pages["/articles/1"] = "<!doctype html><html lang=fr><title>x</title><article><h1>" + weather.title + "</h1><p>" + weather.text + "</p></article></html>"
	delete(n.pages, "/articles/2")
	n.sends(`"one"`, items...)
	w := l.watches(n.URL + "/feed")

	run := l.polls(w.ID, 1)
	if run.Left != 3 || run.Tally != (vigie.Tally{Read: pagesMost, New: pagesMost - 2, Filtered: 1, Refused: 1}) || !run.Completed {
		t.Fatalf("the first visit: %+v", run)
	}
	if seen := n.seen(); len(seen) != 1+pagesMost {
		t.Errorf("visited %q", seen)
	}
	if l.waited.Load() < int64(pagesMost-1)*int64(2*time.Second) {
		t.Errorf("only %v passed between the pages", time.Duration(l.waited.Load()))
	}
	if got := l.nextIn(w.ID); got != vigie.WatchOften {
		t.Errorf("the rest waits for %v", got)
	}
	l.passes(vigie.WatchOften)
	run = l.polls(w.ID, 1)
	if run.Left != 0 || run.Tally != (vigie.Tally{Read: pagesMost + 3, New: 3, Duplicate: pagesMost - 2, Filtered: 1, Refused: 1}) {
		t.Errorf("the second visit: %+v", run)
	}
	if seen := n.seen(); len(seen) != 1+3 {
		t.Errorf("visited %q", seen)
	}
	l.passes(time.Hour)
	if run = l.polls(w.ID, 1); !run.Unchanged {
		t.Errorf("the third visit: %+v", run)
	}
	list, err := l.store.Queue(t.Context(), db.Filter{})
	if err != nil || len(list) != pagesMost+1 {
		t.Fatal(len(list), err)
	}
	for _, c := range list {
		if c.Kind != "feed" || c.Fetch != "" || !c.Reading.IsIncident || c.Source.Seen != vigie.SeenFull || !strings.HasPrefix(c.Source.URL, n.URL) {
			t.Errorf("a candidate from a page: %+v", c)
		}
	}
}

func TestAPageThatDoesNotComeIsAskedForThreeTimesThenLetGo(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, told{"/feed/busy", "Du nouveau", "Lire la suite…"})
	list := n.answer
	n.says(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed/busy" {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		list(w, r)
	})
	w := l.watches(n.URL + "/feed")
	for try := 1; try <= 4; try++ {
		run := l.polls(w.ID, 1)
		if wantLeft := min(1, max(0, pageTries-try)); run.Left != wantLeft {
			t.Errorf("visit %d: %+v", try, run)
		} else if read := l.watched(w.ID).Visit.Read; wantLeft == 1 && (!read.IsZero() || l.nextIn(w.ID) != time.Hour || !strings.Contains(strings.Join(run.Messages, " "), "503")) {
			t.Errorf("visit %d is held to be without a gap, or hurries, or does not say why: %v %v %q", try, read, l.nextIn(w.ID), run.Messages)
		}
		if try >= pageTries && !run.Unchanged && run.Tally.Refused != 1 {
			t.Errorf("visit %d: %+v", try, run)
		}
		l.passes(24 * time.Hour)
	}
	if asked := len(slices.DeleteFunc(n.seen(), func(p string) bool { return p != "/feed/busy" })); asked != pageTries {
		t.Errorf("the page was asked for %d times", asked)
	}
}

func TestASiteOfPagesThatAsksForTimeGetsIt(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, told{"/feed/busy", "Du nouveau", "Lire la suite…"}, told{"/feed/busy2", "Du nouveau encore", "Lire la suite…"})
	list := n.answer
	n.says(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed" {
			w.Header().Set("Retry-After", "36000")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		list(w, r)
	})
	w := l.watches(n.URL + "/feed")
	run := l.polls(w.ID, 1)
	if seen := n.seen(); !slices.Equal(seen, []string{"/feed", "/feed/busy"}) {
		t.Errorf("visited %q", seen)
	}
	if run.Left != 2 || !run.Completed || l.nextIn(w.ID) != 10*time.Hour {
		t.Errorf("%+v, next in %v", run, l.nextIn(w.ID))
	}
}

func TestAnImportedFeedHasThePagesItTeasesFetchedWithinABound(t *testing.T) {
	n := newNewsstand(t)
	n.sends(`"one"`, told{"/articles/1", "Du nouveau", "Lire la suite…"}, told{"/articles/2", "Du nouveau encore", "Lire la suite…"})
	n.pages["/articles/1"] = "<!doctype html><html lang=fr><title>x</title><article><h1>" + claimed.title + "</h1><p>" + claimed.text + "</p></article></html>"
	file := filepath.Join(t.TempDir(), "vigie.db")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"import", "feed", n.URL + "/feed", "--pages", "1", "--allow-private", "--db", file}, nil, &out, &errs); code != exitDone {
		t.Fatalf("exit %d\n%s", code, &errs)
	}
	if got := strings.TrimSpace(out.String()); got != "read=1 new=1 changed=0 duplicate=0 filtered=0 refused=0" || !strings.Contains(errs.String(), "1 items only tease") {
		t.Errorf("%q\n%s", got, &errs)
	}
}

func TestNothingIsVisitedWhenNoWatchIsSwitchedOn(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	l.watches(n.URL+"/feed", func(w *vigie.Watch) { w.Active = false })
	l.passes(1000 * time.Hour)
	if visits, err := l.due(t.Context()); visits != 0 || err != nil || len(n.visited) != 0 {
		t.Errorf("%d visits, %v, %q", visits, err, n.visited)
	}
}

func TestWatchesOnTheCommandLine(t *testing.T) {
	n := newNewsstand(t)
	n.sends(`"one"`, claimed, weather)
	file := filepath.Join(t.TempDir(), "vigie.db")
	says := func(want int, args ...string) (string, string) {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(t.Context(), append(args, "--db", file), nil, &out, &errs); code != want {
			t.Fatalf("vigie %v: exit %d, not %d\n%s%s", args, code, want, &out, &errs)
		}
		return strings.TrimSpace(out.String()), errs.String()
	}
	out, _ := says(exitDone, "watch", "add", n.URL+"/feed", "--every", "90m", "--exclude", "a,b{2}", "--title", "La Gazette")
	id := strings.TrimSuffix(strings.Fields(out)[1], ":")
	if !strings.HasSuffix(out, "every 1h30m") {
		t.Errorf("add says %q", out)
	}
	if _, errs := says(exitUsage, "watch", "add", n.URL+"/feed"); !strings.Contains(errs, "watched") {
		t.Errorf("added twice: %q", errs)
	}
	if _, errs := says(exitUsage, "watch", "add", n.URL+"/other", "--include", "(", "--every", "1s", "--kind", "poem"); !strings.Contains(errs, "RE2") || !strings.Contains(errs, "five minutes") || !strings.Contains(errs, "poem") {
		t.Errorf("everything wrong at once: %q", errs)
	}
	if out, _ := says(exitDone, "watch", "list"); !strings.Contains(out, id) || !strings.Contains(out, "never visited") {
		t.Errorf("list says %q", out)
	}
	if out, errs := says(exitFailed, "watch", "run", id); out != "not read" || !strings.Contains(errs, "private") {
		t.Errorf("run says %q %q", out, errs)
	}
	if out, _ := says(exitDone, "watch", "run", id, "--allow-private"); out != "read=2 new=1 changed=0 duplicate=0 filtered=1 refused=0" {
		t.Errorf("run says %q", out)
	}
	if out, _ := says(exitDone, "watch", "run", "--allow-private"); out != id+"\tnot changed since the last visit" {
		t.Errorf("run says %q", out)
	}
	if _, errs := says(exitFailed, "watch", "remove", "nothing"); !strings.Contains(errs, "vigie watch list") {
		t.Errorf("remove says %q", errs)
	}
	says(exitDone, "watch", "remove", id)
	if out, _ := says(exitDone, "watch", "list"); out != "" {
		t.Errorf("list says %q", out)
	}
}

func TestAVisitGoesByTheRulesAsTheyAreWhenItBegins(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, claimed, denied)
	w := l.watches(n.URL + "/feed")
	listed := l.watched(w.ID)
	w.Exclude = []string{"dément"} // by an editor, while the visit waits for its turn
	if err := l.store.SaveWatch(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	run, err := l.visit(t.Context(), listed, true)
	if err != nil || run.Tally.Filtered != 1 || run.Tally.New != 1 {
		t.Errorf("%+v, %v", run.Tally, err)
	}
}

func TestAWatchWhoseRulesCannotBeReadSaysSoAndIsGivenBack(t *testing.T) {
	n := newNewsstand(t)
	l := newLookout(t, "", intranet)
	n.sends(`"one"`, claimed)
	w := l.watches(n.URL + "/feed")
	w.Include = []string{"("} // written by a program that read RE2 otherwise
	if err := l.store.SaveWatch(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	run := l.polls(w.ID, 1)
	now := l.watched(w.ID)
	if run.Completed || !strings.Contains(strings.Join(run.Messages, " "), "RE2") || now.Busy || now.Visit.Failures != 1 || now.Visit.Why == "" {
		t.Errorf("%+v\n%+v", run, now)
	}
	if seen := n.seen(); len(seen) > 0 {
		t.Errorf("visited %q", seen)
	}
}
