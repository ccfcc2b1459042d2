package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/db"
)

func TestAnImportTellsHowFarItIsOnATerminalAndNothingInAPipe(t *testing.T) {
	var screen bytes.Buffer
	if watched(&screen, 100) != nil {
		t.Error("a pipe is taken for a terminal")
	}
	var nobody *progress
	nobody.step(step{Outcome: db.New})
	nobody.clear()
	nobody.summary(vigie.Run{}, false)
	if r := strings.NewReader("x"); nobody.reading(r) != io.Reader(r) {
		t.Error("a stream that nobody watches is counted")
	}

	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	p := newProgress(&screen, 1000, func() int { return 100 }, func() time.Time { return now })
	r := p.reading(strings.NewReader(strings.Repeat("x", 1000)))
	for range 10 {
		if _, err := io.CopyN(io.Discard, r, 25); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Second)
		p.step(step{Outcome: db.New})
		p.step(step{Outcome: filtered})
	}
	lines := strings.Split(screen.String(), "\r\x1b[2K")
	if last := lines[len(lines)-1]; last != "[#####···············]  25%  19 read, 10 new, 2/s, 30s left" {
		t.Errorf("a quarter through, the screen says %q", last)
	}
	if len(lines) != 11 {
		t.Errorf("the line was drawn %d times in ten seconds of two steps each", len(lines)-1)
	}
	screen.Reset()
	p.summary(vigie.Run{ID: "r1", Tally: p.tally}, false)
	mustHold(t, "the summary", screen.String(), "20 read in 10s (2/s)", "10 new, at the desk", "10 left out by a rule", "/desk/runs/r1")
	if strings.Contains(screen.String(), "could not be read") {
		t.Error("the summary tells of what did not happen")
	}

	screen.Reset()
	narrow := newProgress(&screen, 1000, func() int { return 12 }, func() time.Time { return now })
	narrow.step(step{Outcome: db.New})
	if got := strings.TrimPrefix(screen.String(), "\r\x1b[2K"); len([]rune(got)) != 11 {
		t.Errorf("on a narrow screen the line is %q", got)
	}
}
