package web

import (
	"regexp"
	"testing"
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
