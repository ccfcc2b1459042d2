package web

import (
	"net/http"
	"regexp"
	"testing"
	"time"
)

func TestTheTagChangesWithEditionAddressAndBuildOnly(t *testing.T) {
	tag := ETag(7, "/incidents.json?kind=ddos", "v1")
	if !regexp.MustCompile(`^"[\x21\x23-\x7e]+"$`).MatchString(tag) {
		t.Errorf("%s is not a strong entity tag", tag)
	}
	if tag != ETag(7, "/incidents.json?kind=ddos", "v1") {
		t.Error("the same representation has two tags")
	}
	for _, other := range []string{ETag(8, "/incidents.json?kind=ddos", "v1"), ETag(7, "/incidents.rss?kind=ddos", "v1"), ETag(7, "/incidents.json?kind=ddos", "v2"), ETag(7, "/incidents.json?kind=ddosv", "1")} {
		if other == tag {
			t.Error("two representations share a tag")
		}
	}
}

func TestIfNoneMatchComparesWeakly(t *testing.T) {
	for header, want := range map[string]bool{
		`"abc"`:               true,
		`W/"abc"`:             true,
		`"zzz", "abc"`:        true,
		`"zzz",W/"abc" , "y"`: true,
		`*`:                   true,
		` * `:                 true,
		`"x,y", "abc"`:        true,
		``:                    false,
		`"abcd"`:              false,
		`abc`:                 false,
		`"x, "abc""`:          false,
		`"*"`:                 false,
		`,,`:                  false,
	} {
		for _, tag := range []string{`"abc"`, `W/"abc"`} {
			if NotModified(header, tag) != want {
				t.Errorf("If-None-Match %s of %s is %v", header, tag, !want)
			}
		}
	}
	if !NotModified(`"x", "a,b"`, `"a,b"`) {
		t.Error("a comma within a tag parts it")
	}
}

func TestAChangeWithinASecondIsNeverTakenForUnchanged(t *testing.T) {
	second := time.Date(2026, 3, 10, 8, 0, 10, 0, time.UTC)
	tenths := func(n int) time.Time { return second.Add(time.Duration(n) * 100 * time.Millisecond) }
	// Made at one time, read at another, and made anew or not before it is asked for again.
	for _, c := range []struct {
		made, read, anew, asked int // tenths of a second
		unchanged               bool
	}{
		{1, 2, 9, 9, false}, {1, 2, 9, 30, false}, {1, 12, 1, 30, true}, {0, 0, 0, 30, true}, {1, 10, 1, 30, true}, {1, 2, 1, 30, false}, {1, 12, 13, 14, false}, {1, 12, 13, 30, false},
	} {
		given := LastModified(tenths(c.made), tenths(c.read))
		if given.After(tenths(c.read)) {
			t.Errorf("%+v: dated %s, which lies ahead", c, given)
		}
		again := http.Header{"If-Modified-Since": {given.Format(http.TimeFormat)}}
		if got := Unchanged(again, `"x"`, tenths(c.anew)); got != c.unchanged {
			t.Errorf("%+v: unchanged is %t", c, got)
		}
		again.Set("If-None-Match", `"x"`)
		if !Unchanged(again, `"x"`, tenths(99)) || Unchanged(again, `"y"`, tenths(c.made)) {
			t.Error("the date decides where there is a tag")
		}
	}
	if Unchanged(http.Header{"If-Modified-Since": {second.Format(http.TimeFormat)}}, `"x"`, time.Time{}) {
		t.Error("what has no date is known by a date")
	}
}
