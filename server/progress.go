package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"vigie"
	"vigie/db"
)

// progress tells on a terminal how far an import is: its share when the size of
// what is read is known, what was found, how fast, how long still. It is nil, and
// says nothing, where nobody looks.
type progress struct {
	out   io.Writer
	width func() int
	now   func() time.Time
	total int64 // bytes; 0: not known
	done  int64
	tally vigie.Tally
	began time.Time
	drawn time.Time
	line  bool // one is on the screen
}

// oftenest is how often the line is drawn anew.
const oftenest = 100 * time.Millisecond

// watched is a progress on a terminal, nil on anything else.
func watched(out io.Writer, total int64) *progress {
	f, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	width := func() int {
		w, _, err := term.GetSize(int(f.Fd()))
		if err != nil || w <= 0 {
			return 80
		}
		return w
	}
	return newProgress(out, total, width, time.Now)
}

func newProgress(out io.Writer, total int64, width func() int, now func() time.Time) *progress {
	return &progress{out: out, total: total, width: width, now: now, began: now()}
}

// reading counts the bytes that are taken from a stream.
func (p *progress) reading(r io.Reader) io.Reader {
	if p == nil || r == nil {
		return r
	}
	return counting{r, p}
}

type counting struct {
	io.Reader
	p *progress
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.p.done += int64(n)
	return n, err
}

// step counts one thing that was read.
func (p *progress) step(s step) {
	if p == nil {
		return
	}
	t := &p.tally
	for outcome, n := range map[string]*int{db.New: &t.New, db.Changed: &t.Changed, db.Duplicate: &t.Duplicate, filtered: &t.Filtered, refused: &t.Refused} {
		if s.Outcome == outcome {
			*n++
			t.Read++
		}
	}
	if now := p.now(); now.Sub(p.drawn) >= oftenest {
		p.drawn, p.line = now, true
		text := p.text()
		if most := p.width() - 1; utf8.RuneCountInString(text) > most {
			text = string([]rune(text)[:max(0, most)])
		}
		fmt.Fprint(p.out, "\r\x1b[2K", text)
	}
}

// clear takes the line away, before anything else is printed.
func (p *progress) clear() {
	if p != nil && p.line {
		fmt.Fprint(p.out, "\r\x1b[2K")
		p.line = false
	}
}

const barWidth = 20

func (p *progress) text() string {
	var b strings.Builder
	spent := p.now().Sub(p.began)
	if share := p.share(); p.total > 0 {
		full := int(share * barWidth)
		fmt.Fprintf(&b, "[%s%s] %3d%%  ", strings.Repeat("#", full), strings.Repeat("·", barWidth-full), int(share*100))
	}
	fmt.Fprintf(&b, "%s read, %s new", vigie.Number(int64(p.tally.Read), vigie.English), vigie.Number(int64(p.tally.New), vigie.English))
	if spent >= time.Second {
		fmt.Fprintf(&b, ", %s/s", vigie.Number(perSecond(p.tally.Read, spent), vigie.English))
		if share := p.share(); share > 0.01 && share < 1 {
			fmt.Fprintf(&b, ", %s left", (time.Duration(float64(spent) * (1 - share) / share)).Round(time.Second))
		}
	}
	return b.String()
}

func (p *progress) share() float64 {
	if p.total <= 0 {
		return 0
	}
	return min(1, float64(p.done)/float64(p.total))
}

func perSecond(n int, spent time.Duration) int64 {
	return int64(float64(n)/max(spent.Seconds(), 0.001) + 0.5)
}

// summary says in words what was done, how fast, and what to do next.
func (p *progress) summary(run vigie.Run, dry bool) {
	if p == nil {
		return
	}
	p.clear()
	spent, t := p.now().Sub(p.began), run.Tally
	fmt.Fprintf(p.out, "%s read in %s (%s/s)\n", vigie.Number(int64(t.Read), vigie.English), spent.Round(10*time.Millisecond), vigie.Number(perSecond(t.Read, spent), vigie.English))
	for _, x := range []struct {
		n    int
		says string
	}{
		{t.New, "new, at the desk"}, {t.Changed, "changed since they were brought, at the desk again"}, {t.Duplicate, "known already"},
		{t.Filtered, "left out by a rule"}, {t.Refused, "could not be read"},
	} {
		if x.n > 0 {
			fmt.Fprintf(p.out, "%9s %s\n", vigie.Number(int64(x.n), vigie.English), x.says)
		}
	}
	switch {
	case dry:
		fmt.Fprintln(p.out, "Nothing was kept: it was a dry run.")
	case t.New+t.Changed > 0:
		fmt.Fprintf(p.out, "To look at them, or undo the import: /desk/runs/%s\n", run.ID)
	}
}
