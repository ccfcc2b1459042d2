package main

import (
	"net/http"
	"testing"
)

func TestOnlyOurOwnProxiesSayWhoCalls(t *testing.T) {
	proxies, err := networks([]string{"192.0.2.1", "10.0.0.0/8", "2001:db8::/32"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from   string
		header []string
		want   string
	}{
		{"198.51.100.7:1234", nil, "198.51.100.7"},
		{"198.51.100.7:1234", []string{"203.0.113.9"}, "198.51.100.7"}, // a stranger's word
		{"192.0.2.1:1234", nil, "192.0.2.1"},
		{"192.0.2.1:1234", []string{"203.0.113.9"}, "203.0.113.9"},
		{"192.0.2.1:1234", []string{"6.6.6.6, 203.0.113.9"}, "203.0.113.9"}, // what the caller wrote before is not read
		{"192.0.2.1:1234", []string{"6.6.6.6", "203.0.113.9"}, "203.0.113.9"},
		{"192.0.2.1:1234", []string{"6.6.6.6, 203.0.113.9, 10.1.2.3"}, "203.0.113.9"}, // two of ours
		{"192.0.2.1:1234", []string{"203.0.113.9, nonsense"}, "192.0.2.1"},
		{"[::ffff:192.0.2.1]:1234", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		{"[2001:db8::1]:1234", []string{"2001:db9::5"}, "2001:db9::5"},
		{"@", []string{"203.0.113.9"}, "@"}, // of a socket
	} {
		s := &Server{proxies: proxies}
		if got := s.caller(&http.Request{RemoteAddr: c.from, Header: http.Header{"X-Forwarded-For": c.header}}); got != c.want {
			t.Errorf("%s with %q is %s, want %s", c.from, c.header, got, c.want)
		}
		if got := (&Server{}).caller(&http.Request{RemoteAddr: "192.0.2.1:1234", Header: http.Header{"X-Forwarded-For": c.header}}); got != "192.0.2.1" {
			t.Errorf("without a proxy of ours %q is believed: %s", c.header, got)
		}
	}
	if _, err := networks([]string{"proxy.example"}); err == nil {
		t.Error("a name is taken for an address")
	}
}
