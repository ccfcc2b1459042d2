package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vigie"
	"vigie/web"
)

// tellable is a house whose news a hub is told of, with the hub's answer.
type tellable struct {
	*house
	hub    *hub
	status int
	mu     sync.Mutex
	told   []string // topics since the last look
	pings  int
}

func announcing(t *testing.T, private bool) *tellable {
	t.Helper()
	h := &tellable{house: loaded(t), status: http.StatusAccepted}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Method != http.MethodPost || r.PostForm.Get("hub.mode") != "publish" {
			t.Errorf("the hub is told %s %v, %v", r.Method, r.Form, err)
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		h.told = append(h.told, r.PostForm["hub.url"]...)
		h.pings++
		w.WriteHeader(h.status)
	}))
	t.Cleanup(site.Close)
	h.server.settings.Hub, h.server.settings.HubPrivate = site.URL+"/", private
	h.hub = must(newHub(h.server.settings, h.store, slog.Default(), time.Now()))
	return h
}

// looks has the hub told of what is new and answers with the topics, without host.
func (h *tellable) looks(at time.Time) ([]string, error) {
	h.t.Helper()
	err := h.hub.look(context.Background(), at)
	h.mu.Lock()
	defer h.mu.Unlock()
	told := h.told
	h.told = nil
	for i := range told {
		told[i] = strings.TrimPrefix(told[i], h.base)
	}
	return told, err
}

func TestTheHubIsToldOfTheFeedsThatHaveNewsAndOfNoOther(t *testing.T) {
	h := announcing(t, true)
	now := time.Now()
	if told := must(h.looks(now)); !slices.Contains(told, "/feed.rss") {
		t.Errorf("at the start it is told of what is new: %q", told)
	}
	if told := must(h.looks(now)); len(told) != 0 {
		t.Errorf("nothing happened, and it is told of %q", told)
	}
	h.keeps("cultura-2024-09", func(in *vigie.Incident) { in.Summary = vigie.Text{FR: "Un autre résumé.", EN: "Another."} })
	if told := must(h.looks(now)); len(told) != 0 {
		t.Errorf("of a wording it is told %q", told)
	}
	pings := h.pings
	h.keeps("cultura-2024-09", func(in *vigie.Incident) { in.Statements[0].Acts = append(in.Statements[0].Acts, vigie.Replies) })
	told := must(h.looks(now))
	for _, page := range []string{"/timeline", "/incidents", "/corrections", "/incidents/cultura-2024-09", "/companies/cultura", "/waves/fr-retail-2024-09"} {
		for _, end := range feedEnds {
			for _, lang := range []string{"", "/fr", "/en"} {
				for _, content := range []string{"", "?content=summary"} {
					if address := lang + page + end + content; !slices.Contains(told, address) {
						t.Errorf("it is not told of %s", address)
					}
				}
			}
		}
	}
	for _, address := range web.FeedAddresses() {
		if !slices.Contains(told, "/en"+address) || !slices.Contains(told, address) {
			t.Errorf("it is not told of %s", address)
		}
	}
	if n := (6*3 + 3) * 3 * 2; len(told) != n || h.pings != pings+1 {
		t.Errorf("%d feeds in %d messages, want %d in one", len(told), h.pings-pings, n)
	}
	h.keeps("truffaut-2024-09", func(in *vigie.Incident) { in.Occurred = "2024-09" }) // was unknown: no correction
	told = must(h.looks(now))
	if !slices.Contains(told, "/incidents.atom") || slices.Contains(told, "/timeline.atom") {
		t.Errorf("what was unknown is filled in: it is told of %q", told)
	}
}

func TestAFeedNamesTheHubThatIsToldOfIt(t *testing.T) {
	h := announcing(t, true)
	v := h.visitor()
	h.keeps("cultura-2024-09", func(in *vigie.Incident) { in.Statements[0].Acts = append(in.Statements[0].Acts, vigie.Replies) })
	for _, topic := range must(h.looks(time.Now())) {
		a := v.get(topic)
		if links := v.linked(a); a.StatusCode != http.StatusOK || links["hub"] != h.server.settings.Hub || links["self"] != topic || !strings.Contains(a.body, strings.TrimSuffix(h.server.settings.Hub, "/")) {
			t.Errorf("%s: %s, links %v", topic, a.Status, links)
		}
	}
	for _, path := range []string{"/timeline.rss?q=temu", "/incidents.atom?limit=3", "/timeline.jsonfeed?company=temu&content=summary", "/fr/timeline", "/incidents.json"} {
		if a := v.get(path); v.linked(a)["hub"] != "" || a.StatusCode != http.StatusOK {
			t.Errorf("%s names a hub that is not told of it: %s", path, a.Status)
		}
	}
	h.server.settings.Hub = ""
	if a := v.get("/feed.rss"); v.linked(a)["hub"] != "" || strings.Contains(a.body, `rel="hub"`) {
		t.Error("a hub is named where none is configured")
	}
}

func TestAHubThatFailsIsToldAgainLaterAndLaterAndThenNoMore(t *testing.T) {
	h := announcing(t, true)
	now := time.Now()
	h.status = http.StatusServiceUnavailable
	first, err := h.looks(now)
	if len(first) == 0 || err == nil || !strings.Contains(err.Error(), "503") {
		t.Fatalf("%d topics, %v", len(first), err)
	}
	if told, err := h.looks(now.Add(hubFirst - 1)); len(told) != 0 || err != nil {
		t.Errorf("asked again before its time: %q, %v", told, err)
	}
	wait, tries := hubFirst, 1
	for ; tries < hubTries; tries++ {
		now = now.Add(wait)
		wait = min(2*wait, hubMost)
		again, err := h.looks(now)
		if len(again) == 0 || err == nil {
			t.Fatalf("try %d: %d topics, %v", tries+1, len(again), err)
		}
		if told, _ := h.looks(now.Add(wait - 1)); tries+1 < hubTries && len(told) != 0 {
			t.Errorf("try %d came before its time", tries+2)
		}
	}
	if told, err := h.looks(now.Add(24 * time.Hour)); len(told) != 0 || err != nil {
		t.Errorf("given up, yet told of %q, %v", told, err)
	}
	h.status = http.StatusNoContent
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.Kind = "extortion" })
	if told, err := h.looks(now.Add(25 * time.Hour)); !slices.Contains(told, "/incidents/temu-2024-09.atom") || err != nil {
		t.Errorf("it works again: %q, %v", told, err)
	}
	if told, _ := h.looks(now.Add(26 * time.Hour)); len(told) != 0 {
		t.Errorf("told twice: %q", told)
	}
}

func TestALoadOfManyCasesNamesTheFeedsOfEverythingOnly(t *testing.T) {
	h := announcing(t, true)
	must(h.looks(time.Now()))
	var cases []vigie.Incident
	for n := range hubPaths + 1 {
		cases = append(cases, another("temu-2020-"+itoa(n), "temu", "2020-01-02", 1))
	}
	h.adds(cases...)
	told := must(h.looks(time.Now()))
	if slices.Contains(told, "/incidents/temu-2020-1.atom") || !slices.Contains(told, "/feed.atom") || !slices.Contains(told, "/incidents.rss") {
		t.Errorf("told of %d feeds", len(told))
	}
}

func TestNewsOfAProgramThatWasStoppedIsToldAtTheNextStart(t *testing.T) {
	h := announcing(t, true)
	must(h.looks(time.Now()))
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.Kind = "extortion" }) // and it stops before it looks
	h.hub = must(newHub(h.server.settings, h.store, slog.Default(), time.Now()))
	if told := must(h.looks(time.Now())); !slices.Contains(told, "/incidents/temu-2024-09.atom") {
		t.Errorf("after the restart it is told of %q", told)
	}
	h.hub = must(newHub(h.server.settings, h.store, slog.Default(), time.Now().Add(hubRecent+time.Hour)))
	if told := must(h.looks(time.Now())); len(told) != 0 {
		t.Errorf("days later it is told of %q", told)
	}
}

func TestAHubAtAPrivateAddressIsToldOnlyWhenThatIsAllowed(t *testing.T) {
	h := announcing(t, false)
	if told, err := h.looks(time.Now()); len(told) != 0 || err == nil {
		t.Errorf("a private hub was told of %q, %v", told, err)
	}
	for _, wrong := range []string{"hub.example", "ftp://hub.example/", "http://", "%zz"} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"serve", "--db", t.TempDir() + "/v.db", "--addr", "127.0.0.1:0", "--hub", wrong}, nil, &out, &errs); code != exitUsage || !strings.Contains(errs.String(), "--hub") {
			t.Errorf("--hub %s: exit %d, %s", wrong, code, &errs)
		}
	}
	if hub, err := newHub(&Settings{}, nil, nil, time.Now()); hub != nil || err != nil {
		t.Errorf("without a hub: %v, %v", hub, err)
	}
}
