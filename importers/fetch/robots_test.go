package fetch_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"vigie/importers/fetch"
)

func TestRobotsTxtIsReadAsItsStandardSays(t *testing.T) {
	for name, x := range map[string]struct {
		robots string
		may    string // addresses, by spaces
		mayNot string
	}{
		"nothing said":              {"", "/ /a", ""},
		"everybody":                 {"User-agent: *\nDisallow: /a", "/ /b", "/a /ab /a/b"},
		"our own group alone":       {"User-agent: *\nDisallow: /\n\nUser-agent: Vigie\nDisallow: /a", "/ /b", "/a"},
		"our name in small letters": {"user-agent:vigie/2.0 # us\ndisallow: /a", "/", "/a"},
		"a name that begins alike":  {"User-agent: VigieBot\nDisallow: /", "/a", ""},
		"groups of several names":   {"User-agent: other\nUser-agent: vigie\nDisallow: /a\n\nUser-agent: third\nDisallow: /b", "/b", "/a"},
		"our groups are joined":     {"User-agent: vigie\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: vigie\nDisallow: /b", "/c", "/a /b"},
		"the longest wins":          {"User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b /a/b/d", "/a /a/x /a/b/c"},
		"as long: allowed":          {"User-agent: *\nDisallow: /page\nAllow: /page", "/page", ""},
		"stars":                     {"User-agent: *\nDisallow: /*.pdf\nDisallow: /x*y*z", "/a.html /xz", "/a.pdf /a.pdf.html /xaybzc"},
		"the end":                   {"User-agent: *\nDisallow: /*.php$\nAllow: /$", "/ /a.php?x=1", "/a.php /b/a.php"},
		"a query":                   {"User-agent: *\nDisallow: /*?", "/a", "/a? /a?b=c"},
		"an empty Disallow":         {"User-agent: *\nDisallow:", "/ /a", ""},
		"escapes":                   {"User-agent: *\nDisallow: /caf%c3%a9\nDisallow: /%7Ebob\nDisallow: /œuf", "/cafe", "/café /caf%C3%A9 /~bob /%C5%93uf"},
		"rules before any group":    {"Disallow: /\nUser-agent: *\nDisallow: /a", "/b", "/a"},
		"lines that are none":       {"hello\nUser-agent: *\nSitemap: https://x.example/s.xml\nDisallow: /a\n: /b\n", "/b", "/a"},
		"old line ends, a mark":     {"\xef\xbb\xbfUser-agent: *\r\rDisallow: /a\r\nDisallow: /b", "/c", "/a /b"},
		"robots.txt itself":         {"User-agent: *\nDisallow: /", "/robots.txt", "/ /a"},
	} {
		r := fetch.ParseRobots([]byte(x.robots), "Vigie")
		for want, list := range map[bool]string{true: x.may, false: x.mayNot} {
			for _, path := range strings.Fields(list) {
				u, err := url.Parse("https://x.example" + path)
				if err != nil {
					t.Fatal(err)
				}
				if got := r.Allow(u); got != want {
					t.Errorf("%s: %s is allowed: %v", name, path, got)
				}
			}
		}
	}
}

func TestRobotsTxtMayAskForTime(t *testing.T) {
	for robots, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 7":                                   7 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5":                                 500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: soon":                                0,
		"User-agent: *\nCrawl-delay: -1":                                  0,
		"User-agent: *\nCrawl-delay: 9\nUser-agent: vigie\nDisallow: /no": 0,
	} {
		if got := fetch.ParseRobots([]byte(robots), "Vigie").Delay; got != want {
			t.Errorf("%q: %v, not %v", robots, got, want)
		}
	}
}

// A stranger's robots.txt can neither break nor stop the matcher, and closing the
// whole site closes every address of it.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b*c$", "/xaybzc?q=%")
	f.Add("user-agent: vigie\rallow:/%", "/%41")
	f.Fuzz(func(t *testing.T, body, path string) {
		u, err := url.Parse("https://x.example/" + path)
		if err != nil {
			t.Skip("not the path of any address")
		}
		fetch.ParseRobots([]byte(body), "Vigie").Allow(u)
		closed := fetch.ParseRobots([]byte("User-agent: vigie\nDisallow: /\n"), "Vigie")
		if u.Path != "/robots.txt" && closed.Allow(u) {
			t.Errorf("%s is open on a closed site", u)
		}
	})
}
