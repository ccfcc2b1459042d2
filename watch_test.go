package vigie

import (
	"strings"
	"testing"
	"time"
)

func TestAWatchWaitsLongerTheMoreItFailsAndAsLongAsItIsAsked(t *testing.T) {
	hourly, rare := Watch{Every: time.Hour}, Watch{Every: 3 * 24 * time.Hour}
	for _, x := range []struct {
		w        Watch
		failures int
		asked    Asked
		want     time.Duration
	}{
		{hourly, 0, Asked{}, time.Hour},
		{Watch{}, 0, Asked{}, WatchEvery},
		{Watch{Every: time.Second}, 0, Asked{}, WatchOften},
		{hourly, 1, Asked{Failed: true}, 2 * time.Hour},
		{hourly, 4, Asked{Failed: true}, 16 * time.Hour},
		{hourly, 5, Asked{Failed: true}, WatchWait},
		{hourly, 1_000_000, Asked{Failed: true}, WatchWait},
		{rare, 3, Asked{Failed: true}, 3 * 24 * time.Hour},
		{hourly, 0, Asked{MaxAge: 5 * time.Hour}, 5 * time.Hour},
		{hourly, 0, Asked{MaxAge: time.Minute}, time.Hour},
		{hourly, 0, Asked{MaxAge: 365 * 24 * time.Hour}, WatchLongest},
		{hourly, 1, Asked{Failed: true, RetryAfter: 9 * time.Hour}, 9 * time.Hour},
		{hourly, 1, Asked{Failed: true, MaxAge: 9 * time.Hour}, 2 * time.Hour},
		{hourly, 0, Asked{RetryAfter: 9 * time.Hour}, time.Hour},
	} {
		if got := x.w.Wait(x.failures, x.asked); got != x.want {
			t.Errorf("every %v, %d failures, %+v: %v, not %v", x.w.Every, x.failures, x.asked, got, x.want)
		}
	}
}

func TestTheSieveOfAWatchSaysWhichRuleLeavesAnItemOut(t *testing.T) {
	w := Watch{Include: []string{"fuite", "pirat(é|age)"}, Exclude: []string{`^Sponsor`, `formation$`}}
	sieve, err := w.Sieve()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ title, text, want string }{
		{"FUITE chez Outilor", "", ""},
		{"Outilor", "un piratage a eu lieu", ""},
		{"Outilor", "rien", "include"},
		{"Sponsorisé : la fuite", "", "exclude ^Sponsor"},
		{"Une fuite", "suivez notre Formation", "exclude formation$"},
	} {
		if got := sieve.LeavesOut(x.title, x.text); got != x.want {
			t.Errorf("%q is left out by %q, not %q", x.title, got, x.want)
		}
	}
	if got := (Sieve{}).LeavesOut("anything", ""); got != "" {
		t.Errorf("no rule leaves out by %q", got)
	}
}

func TestEverythingWrongWithAWatchIsSaidAtOnce(t *testing.T) {
	bad := Watch{Address: "ftp://x.example/", Every: time.Second, Title: strings.Repeat("x", 201), Include: []string{"ok", "(?=ahead)"}, Exclude: []string{strings.Repeat("a", RuleLength+1)}}
	got := map[string]string{}
	for _, p := range bad.Validate() {
		got[p.Path] = p.Code
		if p.Message.FR == "" || p.Message.EN == "" {
			t.Errorf("%s is not said in both languages", p.Path)
		}
	}
	for path, code := range map[string]string{"address": "malformed", "kind": "missing", "every": "out_of_range", "title": "too_long", "include.1": "malformed", "exclude.0": "too_long"} {
		if got[path] != code {
			t.Errorf("%s: %q, not %q", path, got[path], code)
		}
	}
	if len(got) != 6 {
		t.Errorf("more is wrong than there is: %v", got)
	}
	for _, address := range []string{"http://kraghornxyz.onion/", "https://name:word@x.example/", "https:///x", "x.example"} {
		if len((Watch{Address: address, Kind: "feed", Every: time.Hour}).Validate()) != 1 {
			t.Errorf("%s may be watched", address)
		}
	}
	if problems := (Watch{Address: "https://x.example/feed", Kind: "feed", Every: time.Hour}).Validate(); len(problems) != 0 {
		t.Errorf("a plain watch: %v", problems)
	}
}
