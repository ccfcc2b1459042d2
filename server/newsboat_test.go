package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigie"
)

// subscriber is a person with newsboat, a reader of feeds that is none of ours.
type subscriber struct {
	t   *testing.T
	dir string
}

// subscribes starts one on the feeds, without a screen; everything of it is in a
// folder of the test.
func subscribes(t *testing.T, feeds ...string) *subscriber {
	t.Helper()
	if _, err := exec.LookPath("newsboat"); err != nil {
		t.Skip("newsboat is not installed: apt-get install newsboat")
	}
	s := &subscriber{t, t.TempDir()}
	s.writes("urls", feeds...)
	s.writes("config", "auto-reload no", "reload-threads 1")
	return s
}

func (s *subscriber) writes(name string, lines ...string) (path string) {
	s.t.Helper()
	path = filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s *subscriber) runs(args ...string) string {
	s.t.Helper()
	file := func(name string) string { return filepath.Join(s.dir, name) }
	c := exec.CommandContext(s.t.Context(), "newsboat", append([]string{"-u", file("urls"), "-c", file("cache.db"), "-C", file("config")}, args...)...)
	c.Env = append(os.Environ(), "HOME="+s.dir, "LC_ALL=C", "TERM=dumb", "XDG_CONFIG_HOME="+s.dir, "XDG_DATA_HOME="+s.dir)
	out, err := c.CombinedOutput()
	if err != nil {
		s.t.Fatalf("newsboat %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// unread is how much newsboat has to show after it asked the feeds again.
func (s *subscriber) unread() string {
	s.t.Helper()
	return s.runs("-x", "reload", "print-unread")
}

func TestASubscriberSeesACorrectionAsNewsAndACosmeticEditNotAtAll(t *testing.T) {
	for _, format := range []string{"rss", "atom"} {
		t.Run(format, func(t *testing.T) {
			h := loaded(t)
			h.later()
			far := time.Now().Add(1000 * time.Hour) // newsboat asks by the second, so each save has its hour
			h.server.now = func() time.Time { return far }
			v := h.visitor()
			s := subscribes(t, h.base+"/en/timeline."+format)
			items := order(v.follows("/en/timeline." + format))
			if got, want := s.unread(), itoa(len(items))+" unread articles"; got != want {
				t.Fatalf("newly subscribed: %q, want %q", got, want)
			}
			s.runs("-I", s.writes("read", items...)) // everything is read
			if got := s.unread(); got != "0 unread articles" {
				t.Fatalf("all read: %q", got)
			}
			h.keeps("temu-2024-09", func(in *vigie.Incident) {
				in.Summary = vigie.Text{FR: "Un autre résumé.", EN: "Another summary."}
				in.Statements[0].Text = vigie.Text{FR: "Autrement dit.", EN: "In other words."}
			})
			if got := s.unread(); got != "0 unread articles" || !strings.Contains(v.see("/en/timeline."+format).body, "In other words.") {
				t.Errorf("a cosmetic edit: %q", got)
			}
			h.keeps("temu-2024-09", func(in *vigie.Incident) { in.Statements[0].Figures[0].Min-- })
			if got := s.unread(); got != "1 unread articles" {
				t.Errorf("a correction: %q", got)
			}
			if got := s.unread(); got != "1 unread articles" {
				t.Errorf("the same correction at the next look: %q", got)
			}
			h.adds(another("temu-2015-01", "temu", "2015-01-02", 1))
			if got := s.unread(); got != "2 unread articles" {
				t.Errorf("an old case added late: %q", got)
			}
		})
	}
}
