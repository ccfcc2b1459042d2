package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// counted counts what is not answered from the cache.
func (h *house) counted() *atomic.Int64 {
	var made atomic.Int64
	routes := h.server.routes
	h.server.routes = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		made.Add(1)
		routes.ServeHTTP(w, r)
	})
	return &made
}

// reply is all that a visitor gets, but for the time of day.
func reply(t *testing.T, method, address string, header ...string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := asSent.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	res.Header.Del("Date")
	var b bytes.Buffer
	fmt.Fprintln(&b, res.Status, res.ContentLength, res.TransferEncoding)
	for _, name := range slices.Sorted(maps.Keys(res.Header)) {
		fmt.Fprintln(&b, name, res.Header[name])
	}
	b.Write(body)
	return b.String()
}

var asSent = &http.Transport{DisableCompression: true}

// differ says where two replies part.
func differ(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-80)
	return fmt.Sprintf("%q\n%q", a[from:min(len(a), i+120)], b[from:min(len(b), i+120)])
}

func TestAnAnswerIsTheSameMadeAnewAndKept(t *testing.T) {
	h := loaded(t)
	anew := newHouse(t, h.file)
	anew.server.cache, anew.server.settings.BaseURL = nil, h.base
	made := h.counted()
	var addresses []string
	apart := map[string]bool{} // of programs: some are made apart, some say the time
	for _, p := range served(places, public) {
		for i, ask := range p.ask {
			path, query, _ := strings.Cut(ask, "?")
			list := []string{"/fr" + path + suffix(query)}
			if i == 0 {
				list = append(list, "/en"+ask, ask, "/en"+path+".rss")
			}
			for _, f := range web.Formats {
				if !f.Page && path != "/" && i == 0 {
					list = append(list, path+"."+f.Name)
				}
			}
			for _, address := range list {
				apart[address] = p.program
			}
			addresses = append(addresses, list...)
		}
	}
	settle(t, h, anew)
	compare := func(round string, addresses []string) (kept int) {
		for _, address := range addresses {
			tag := ""
			for _, way := range [][]string{{http.MethodGet}, {http.MethodGet, "Accept-Encoding", "gzip, deflate, br"}, {http.MethodHead}} {
				want := reply(t, way[0], anew.base+address, way[1:]...)
				first := reply(t, way[0], h.base+address, way[1:]...)
				before := made.Load()
				second := reply(t, way[0], h.base+address, way[1:]...)
				if want != first || want != second {
					t.Fatalf("%s: %s %v is another answer kept\n%s\n%s", round, address, way, differ(want, first), differ(want, second))
				}
				if made.Load() == before {
					kept++
				} else if strings.HasPrefix(want, "200") && !apart[address] {
					t.Errorf("%s: %s %v is made anew each time", round, address, way)
				}
				if tag == "" {
					tag = headerOf(want, "Etag")
				}
			}
			if tag == "" || !strings.HasPrefix(address, "/fr/") && !strings.Contains(address, ".json") && !strings.Contains(address, ".rss") && !strings.Contains(address, ".bib") {
				continue
			}
			// Who has it is told so; who has another gets the kept one.
			for _, header := range [][]string{{"If-None-Match", tag}, {"If-None-Match", `"another"`}, {"If-None-Match", "*"}, {"If-None-Match", "W/" + tag, "Accept-Encoding", "gzip"}, {"Range", "bytes=0-9"}, {"If-Modified-Since", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)}, {"If-Modified-Since", "Tue, 02 Jan 2024 10:00:00 GMT"}} {
				if want, got := reply(t, http.MethodGet, anew.base+address, header...), reply(t, http.MethodGet, h.base+address, header...); want != got {
					t.Fatalf("%s: %s %v is another answer kept\n%s", round, address, header, differ(want, got))
				}
			}
		}
		return kept
	}
	if kept := compare("at first", addresses); kept < 300 {
		t.Errorf("of %d addresses %d answers came from the cache", len(addresses), kept)
	}
	before := reply(t, http.MethodGet, h.base+"/fr/incidents/temu-2024-09")
	correct(t, anew.store, "temu-2024-09", "A word more.")
	if after := reply(t, http.MethodGet, h.base+"/fr/incidents/temu-2024-09"); after == before || !strings.Contains(after, "A word more.") {
		t.Error("another program saved, and the page is what it was")
	}
	compare("after a save", []string{"/fr/", "/en/incidents/temu-2024-09", "/incidents/temu-2024-09.json", "/incidents.csv", "/feed.rss", "/fr/corrections", "/incidents/temu-2024-09.bib"})
}

func headerOf(reply, name string) string {
	_, rest, _ := strings.Cut(reply, "\n"+name+" [")
	value, _, _ := strings.Cut(rest, "]")
	return value
}

// settle lets the clock of a house pass the second of its last edition, in which a
// date is good for nothing.
func settle(t *testing.T, houses ...*house) {
	t.Helper()
	for _, h := range houses {
		h.server.now = func() time.Time { return time.Now().Add(time.Hour) }
	}
}

// correct saves a case with another summary.
func correct(t *testing.T, store *db.DB, id, words string) int {
	t.Helper()
	record, err := store.Draft(context.WithoutCancel(t.Context()), id)
	if err != nil {
		t.Error(err)
		return 0
	}
	record.Incident.Summary = vigie.Text{FR: words, EN: words}
	if _, err := store.Save(context.WithoutCancel(t.Context()), db.Save{Incident: &record.Incident, Base: record.Derived.Version, By: vigie.Signature{Author: "ada", Note: words}}); err != nil {
		t.Error(err)
	}
	return record.Derived.Version + 1
}

// Two programs save one after the other, readers ask all the while: nobody is
// answered with less than what was acknowledged before he asked.
func TestClientsNeverReadWhatWasBeforeASave(t *testing.T) {
	h := loaded(t)
	other := newHouse(t, h.file)
	var acknowledged atomic.Int64
	acknowledged.Store(1)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	asked := make(chan struct{}, 64)
	var all sync.WaitGroup
	for n := range 8 {
		from := []*house{h, other}[n%2]
		all.Go(func() {
			v := from.visitor()
			for ctx.Err() == nil {
				least := acknowledged.Load()
				var header []string
				if n%4 < 2 {
					header = []string{"Accept-Encoding", "gzip"}
				}
				if n > 5 {
					header = append(header, "If-None-Match", `"another"`)
				}
				got := int64(1)
				if _, said, ok := strings.Cut(unpacked(t, v.get([]string{"/incidents/temu-2024-09.json", "/en/incidents/temu-2024-09"}[n/4], header...)), "The summary number "); ok {
					_, _ = fmt.Sscanf(said, "%d", &got)
				}
				if got < least {
					t.Errorf("version %d was acknowledged, and then version %d was read", least, got)
				}
				select {
				case asked <- struct{}{}:
				default:
				}
			}
		})
	}
	for n := range 20 {
		store := []*db.DB{h.store, other.store}[n%2]
		acknowledged.Store(int64(correct(t, store, "temu-2024-09", fmt.Sprintf("The summary number %d.", n+2))))
		for range cap(asked) + 16 { // so that it was asked several times since
			<-asked
		}
	}
	stop()
	all.Wait()
}

// Who takes gzip is told as he who compresses reads it: letters of any size, and the
// whole word. Nobody is given bytes that he does not take because another took them.
func TestAKeptAnswerIsCompressedForThoseWhoTakeItOnly(t *testing.T) {
	h := loaded(t)
	anew := newHouse(t, h.file)
	anew.server.cache, anew.server.settings.BaseURL = nil, h.base
	settle(t, h, anew)
	ways := []string{"identity", "GZIP", "gzip", "br, Gzip ", "x-gzip", "gzip;q=0", "GZIP;q=0, br", "notgzip, br"}
	for i, first := range ways {
		for j, second := range ways {
			address := fmt.Sprintf("/en/timeline?limit=%d", 10+i*len(ways)+j)
			reply(t, http.MethodGet, h.base+address, "Accept-Encoding", first)
			want, got := reply(t, http.MethodGet, anew.base+address, "Accept-Encoding", second), reply(t, http.MethodGet, h.base+address, "Accept-Encoding", second)
			if want != got {
				t.Errorf("%q after %q is another answer\n%s", second, first, differ(want, got))
			}
		}
	}
}

func unpacked(t *testing.T, a answer) string {
	if a.Header.Get("Content-Encoding") != "gzip" {
		return a.body
	}
	z, err := gzip.NewReader(strings.NewReader(a.body))
	if err == nil {
		var body []byte
		if body, err = io.ReadAll(z); err == nil {
			return string(body)
		}
	}
	t.Error(err)
	return ""
}

// until waits for what other clients do.
func until(t *testing.T, done func() bool) {
	for !done() && t.Context().Err() == nil {
		runtime.Gosched()
	}
}

// slowly is a house whose routes wait, and how many ask them.
func slowly(t *testing.T) (h *house, going chan struct{}, made *atomic.Int64) {
	h = loaded(t)
	settle(t, h)
	going = make(chan struct{})
	routes := h.server.routes
	h.server.routes = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-going:
		case <-r.Context().Done():
		}
		routes.ServeHTTP(w, r)
	})
	made = h.counted()
	return h, going, made
}

func TestOneMakesAnAnswerForAllTheClientsWhoAskForItAtOnce(t *testing.T) {
	h, going, made := slowly(t)
	var all sync.WaitGroup
	bodies := make([]string, 20)
	for n := range bodies {
		all.Go(func() { bodies[n] = reply(t, http.MethodGet, h.base+"/feed.atom") })
	}
	all.Go(func() { // when many of the others wait
		until(t, func() bool { return h.server.cache.waited.Load() > 9 })
		close(going)
	})
	all.Wait()
	if got := made.Load(); got != 1 {
		t.Errorf("it was made %d times", got)
	}
	for _, body := range bodies {
		if body != bodies[0] || !strings.HasPrefix(body, "200") {
			t.Fatalf("some were answered otherwise: %s", differ(body, bodies[0]))
		}
	}
}

func TestWhenClientsLeaveBeforeTheirAnswerAnotherMakesIt(t *testing.T) {
	h, going, made := slowly(t)
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan struct{})
	go func() {
		defer close(left)
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, h.base+"/feed.atom", nil)
		if _, err := asSent.RoundTrip(r); err == nil {
			t.Error("the first was answered")
		}
	}()
	until(t, func() bool { return made.Load() > 0 })
	second := make(chan string)
	go func() { second <- reply(t, http.MethodGet, h.base+"/feed.atom") }()
	until(t, func() bool { return h.server.cache.waited.Load() > 0 })
	leave()
	<-left
	close(going)
	if got := <-second; !strings.HasPrefix(got, "200") || !strings.Contains(got, "<feed") {
		t.Errorf("the second was answered %.200q", got)
	}
	if got := reply(t, http.MethodGet, h.base+"/feed.atom"); !strings.HasPrefix(got, "200") || !strings.Contains(got, "<feed") {
		t.Errorf("the third was answered %.200q", got)
	}
}

func TestWhatIsOfNoEditionOrOfSomebodyIsNotKept(t *testing.T) {
	h := loaded(t)
	settle(t, h)
	h.editor("camille")
	editor := h.editor("dominique")
	made := h.counted()
	stranger := h.visitor()
	for _, row := range []struct {
		who    *visitor
		path   string
		header []string
	}{
		{stranger, "/healthz", nil}, {stranger, "/dump/SHA256SUMS", nil}, {stranger, "/fr/incidents/nobody-2020", nil}, {stranger, "/incidents.json?sortt=x", nil},
		{stranger, "/incidents", nil}, {stranger, "/fr/desk/sign-in", nil}, {stranger, "/fr/desk", nil}, {editor, "/fr/desk", nil}, {editor, "/fr/incidents", nil},
		{stranger, "/incidents.json", []string{"Authorization", "Bearer vigie_x"}},
	} {
		for range 2 {
			before := made.Load()
			row.who.get(row.path, row.header...)
			if made.Load() == before {
				t.Errorf("%s came from the cache", row.path)
			}
		}
	}
	h.server.settings.Dev = true
	t.Chdir("..")
	if dev, err := newServer(h.store, h.server.settings); err != nil || dev.cache != nil {
		t.Errorf("a developer is shown what was before the last edit (%v)", err)
	}
}

func TestTheCacheKeepsToItsRoom(t *testing.T) {
	h := loaded(t)
	settle(t, h)
	const room = 256 << 10
	h.server.cache = newCache(room)
	c := h.server.cache
	v := h.visitor()
	for n := range 120 {
		v.get(fmt.Sprintf("/en/incidents?q=word%d", n))
		v.get("/fr/credits")
		if c.size > room || c.size <= 0 || len(c.kept) != c.order.Len() {
			t.Fatalf("after %d questions %d bytes are kept, of %d answers (%d)", n, c.size, len(c.kept), c.order.Len())
		}
	}
	var sum int64
	for e := c.order.Front(); e != nil; e = e.Next() {
		a := e.Value.(*finished)
		sum += a.size
		if a.size < int64(len(a.body)) {
			t.Errorf("%q weighs %d bytes and has %d", a.key, a.size, len(a.body))
		}
	}
	if sum != c.size || c.held.Load() != 0 {
		t.Errorf("%d bytes are kept and %d are said; %d are held by nobody", sum, c.size, c.held.Load())
	}
	if len(c.kept) < 3 {
		t.Errorf("only %d answers are kept", len(c.kept))
	}
	// What is asked often stays, what was asked once long ago does not.
	made := h.counted()
	v.get("/fr/credits")
	if made.Load() != 0 {
		t.Error("the page that all ask for was dropped")
	}
	v.get("/en/incidents?q=word0")
	if made.Load() != 1 {
		t.Error("the page that nobody asks for is kept still")
	}
}

func TestAnAnswerThatIsTooLongToBeKeptIsSentWhole(t *testing.T) {
	h := loaded(t)
	settle(t, h)
	want := reply(t, http.MethodGet, h.base+"/incidents.ndjson")
	h.server.cache = newCache(64 << 10) // answers of an eighth at most
	made := h.counted()
	for range 3 {
		if got := reply(t, http.MethodGet, h.base+"/incidents.ndjson"); got != want {
			t.Fatalf("it is another answer: %s", differ(got, want))
		}
	}
	if made.Load() != 3 {
		t.Errorf("made %d times", made.Load())
	}
	if c := h.server.cache; c.held.Load() != 0 || c.size > 4<<10 {
		t.Errorf("%d bytes are held, %d kept", c.held.Load(), c.size)
	}
}

// Whatever is asked in whatever order: what is kept is what was put there last under
// its key and edition, and never more than there is room for.
func TestTheCacheGivesWhatWasPut(t *testing.T) {
	c := newCache(32 << 10)
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 5000 {
		edition, key := int64(n/1000), fmt.Sprint(random.IntN(40))
		a, m := c.find(t.Context(), edition, key, false)
		switch want := fmt.Sprintf("%d %s", edition, key); {
		case m != nil:
			c.end(edition, key, m, &finished{key: key, header: http.Header{"Etag": {want}}, body: make([]byte, random.IntN(4<<10))})
		case a.header.Get("ETag") != want:
			t.Fatalf("asked for %s, given %s", want, a.header.Get("ETag"))
		}
		if c.size > c.room {
			t.Fatalf("%d bytes", c.size)
		}
	}
	// A late one of the edition before is told to who waits, and not kept.
	_, m := c.find(t.Context(), 9, "late", false)
	c.find(t.Context(), 10, "other", false)
	c.end(9, "late", m, &finished{key: "late", header: http.Header{}})
	if len(c.kept) != 0 {
		t.Error("an answer of the edition before was kept")
	}
}
