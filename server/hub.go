package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers/fetch"
	"vigie/web"
)

// WebSub (W3C 2018): when an edition brings news, the hub is told which feeds
// have it, and tells their subscribers. The recommendation leaves the message
// open; ours is the one that public hubs ask for: a form with hub.mode=publish
// and hub.url once for each feed (PubSubHubbub 0.4 §7).

// Bounds of the pings. A hub that does not answer is asked again after hubFirst,
// then twice that and so on; after hubTries, some seven hours, the news is let go,
// and told in the log. Nothing of it is stored: at the start the hub is told of
// the news of the last hubRecent, which it may know already and then passes over.
// What is lost is news older than that when the program was stopped all the time.
const (
	hubLook   = 3 * time.Second
	hubFirst  = 10 * time.Second
	hubMost   = time.Hour
	hubTries  = 15
	hubTopics = 200 // in one message: those of one case fit in
	hubPaths  = 100 // when more change at once, in a load, only the feeds of everything are named
	hubRecent = 24 * time.Hour
)

// hub tells a WebSub hub of news. It watches the edition, so that it sees what
// other programs save in the same database too.
type hub struct {
	address string
	base    string // of our addresses
	store   *db.DB
	client  *http.Client
	log     *slog.Logger

	seen    int64           // the edition whose news was gathered
	at      time.Time       // when it was made
	pending map[string]bool // pages whose feeds the hub is still to be told of
	failed  int             // times in a row
	next    time.Time       // not before
}

// newHub is nil when no hub is configured. errUsage: its address is none.
func newHub(s *Settings, store *db.DB, log *slog.Logger, now time.Time) (*hub, error) {
	if s.Hub == "" {
		return nil, nil
	}
	if u, err := url.Parse(s.Hub); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%w: --hub wants the http(s) address of a WebSub hub, not %q", errUsage, s.Hub)
	}
	client := fetch.New(fetch.Options{AllowPrivate: s.HubPrivate, MaxRedirects: -1}).HTTP()
	return &hub{
		address: s.Hub, base: strings.TrimSuffix(s.BaseURL, "/"), store: store, client: client, log: log,
		at: now.Add(-hubRecent), pending: map[string]bool{},
	}, nil
}

// watch looks for news until the context ends.
func (h *hub) watch(ctx context.Context) {
	tick := time.NewTicker(hubLook)
	defer tick.Stop()
	for {
		if err := h.look(ctx, time.Now()); err != nil && ctx.Err() == nil {
			h.log.Error("telling the hub of news", "hub", h.address, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look gathers the news since the last look and tells the hub, when it is time
// to. An error leaves what is pending for the next look.
func (h *hub) look(ctx context.Context, now time.Time) error {
	edition, at, err := h.store.Moment(ctx)
	if err != nil {
		return err
	}
	if edition != h.seen {
		if err := h.gather(ctx); err != nil {
			return err
		}
		h.seen, h.at = edition, at
	}
	if len(h.pending) == 0 || now.Before(h.next) {
		return nil
	}
	for topics := range slices.Chunk(h.topics(), hubTopics) {
		if err := h.tell(ctx, topics); err != nil {
			return h.wait(now, err)
		}
	}
	h.told()
	return nil
}

func (h *hub) told() {
	clear(h.pending)
	h.failed, h.next = 0, time.Time{}
}

// wait puts the next try off, and gives up after the last.
func (h *hub) wait(now time.Time, err error) error {
	h.failed++
	if h.failed == hubTries {
		h.told()
		return fmt.Errorf("given up after %d tries: %w", hubTries, err)
	}
	h.next = now.Add(min(hubFirst<<(h.failed-1), hubMost))
	return err
}

// errHub is an answer of the hub that is no success.
var errHub = errors.New("the hub refused")

// tell is one message to the hub.
func (h *hub) tell(ctx context.Context, topics []string) error {
	form := url.Values{"hub.mode": {"publish"}, "hub.url": topics}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("telling %s: %w", h.address, err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "Vigie (WebSub publisher)")
	answer, err := h.client.Do(r)
	if err != nil {
		return fmt.Errorf("telling the hub: %w", err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // so that the connection is kept
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%w: %s", errHub, answer.Status)
	}
	return nil
}

// gather adds to what is pending the pages whose feeds changed since the edition
// last seen: of the cases that have new items, and of everything.
func (h *hub) gather(ctx context.Context) error {
	q := vigie.Query{UpdatedSince: h.seen, Sort: "recorded", Limit: vigie.MaxLimit}
	for more := true; more; more = q.Cursor != "" {
		t, err := h.store.Timeline(ctx, q)
		if err != nil {
			return fmt.Errorf("gathering the news: %w", err)
		}
		q.Cursor = t.Next
		for _, item := range t.Items {
			if item.Recorded.Before(h.at) { // and so are all that follow
				q.Cursor = ""
				break
			}
			h.changed(item)
		}
	}
	if len(h.pending) > hubPaths {
		maps.DeleteFunc(h.pending, func(path string, _ bool) bool { return !slices.Contains(ofEverything, path) })
	}
	if h.seen == 0 || h.pending[web.IncidentsPath] {
		return nil
	}
	return h.gatherCases(ctx)
}

// ofEverything are the pages whose feeds tell of every case.
var ofEverything = []string{web.TimelinePath, web.IncidentsPath, web.CorrectionsPath}

func (h *hub) changed(item vigie.Item) {
	paths := []string{web.TimelinePath, web.IncidentsPath, web.IncidentPath(item.Incident), web.CompanyPath(item.Case.Company)}
	if item.Type == vigie.ItemCorrection {
		paths = append(paths, web.CorrectionsPath)
	}
	if item.Case.Wave != "" {
		paths = append(paths, web.WavePath(item.Case.Wave))
	}
	for _, path := range paths {
		h.pending[path] = true
	}
}

// gatherCases looks for news that is no item of its own but moves the entry of a
// case: what was unknown is filled in, a case is gone.
func (h *hub) gatherCases(ctx context.Context) error {
	q := vigie.Query{UpdatedSince: h.seen, Limit: vigie.MaxLimit}
	for more := true; more; more = q.Cursor != "" {
		a, err := h.store.Search(ctx, q)
		if err != nil {
			return fmt.Errorf("gathering the cases that changed: %w", err)
		}
		for _, r := range a.Incidents {
			if r.Derived.Updated.After(h.at) {
				h.pending[web.IncidentsPath] = true
				return nil
			}
		}
		q.Cursor = a.Next
	}
	return nil
}

// contents are the two ways that the hub is told of each feed: full and summaries.
var contents = []string{"", "content=summary"}

// announced tells whether the hub is told of the feeds of a query: of those with
// an address of their own, not of searches, of which there is no end, nor of
// archives, which do not change.
func announced(q vigie.Query) bool { return slices.Contains(contents, q.Canonical()) }

// topics are the addresses of the feeds of the pending pages, those of everything
// first: in each format, with and without a language, full and summaries.
func (h *hub) topics() (list []string) {
	var bare []string
	if h.pending[web.TimelinePath] {
		bare = web.FeedAddresses()
	}
	paths := slices.SortedFunc(maps.Keys(h.pending), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
	})
	for _, path := range paths {
		for _, f := range web.Formats {
			if f.Feed {
				bare = append(bare, path+"."+f.Name)
			}
		}
	}
	for _, address := range bare {
		for _, content := range contents {
			list = append(list, h.base+address+suffix(content))
			for _, lang := range vigie.Langs {
				list = append(list, h.base+web.PagePath(lang, address)+suffix(content))
			}
		}
	}
	return list
}
