package web

import (
	"reflect"
	"testing"
	"time"

	"vigie"
)

// A watch of a paper that does not exist, in every state that a page shows.
func sampleWatchRow() WatchRow {
	w := vigie.Watch{ID: "gazette-example", Address: "https://gazette.example/feed", Kind: "feed", Title: "La Gazette <b>", Every: 90 * time.Minute, Active: true, Include: []string{"fuite|pirat", `a, "b"`}, Exclude: []string{`\d{3,}`}, All: true}
	runs := []vigie.Run{
		{ID: "r4", Started: sampleNow, Ended: sampleNow, Completed: true, Unchanged: true},
		{ID: "r3", Started: sampleNow, Ended: sampleNow, Completed: true, Tally: vigie.Tally{Read: 4, New: 1, Filtered: 3}, Rules: map[string]int{"include": 2}, Left: 5},
		{ID: "r2", Started: sampleNow, Ended: sampleNow, Messages: []string{"fetching: 503"}},
		{ID: "r1", Started: sampleNow, Tally: vigie.Tally{Read: 1, New: 1}},
	}
	return WatchRow{Watch: w, Visit: vigie.Visit{At: sampleNow, Read: sampleNow, Left: 5, Moved: "https://gazette.example/new"}, Due: sampleNow, Busy: true, Runs: runs, Reading: &runs[1]}
}

func sampleWatches(f Frame) Watches {
	off := WatchRow{Watch: vigie.Watch{ID: "x", Address: "https://x.example/", Kind: "article"}}
	failed := off
	failed.Visit = vigie.Visit{At: sampleNow, Failures: 3, Why: "the site answered with an error: 500"}
	failed.Watch.ID = "x-2"
	gone := off
	gone.Watch.ID = "x-3"
	gone.Visit = vigie.Visit{At: sampleNow, Gone: true, Why: "410"}
	return Watches{Frame: f, Rows: []WatchRow{sampleWatchRow(), off, failed, gone}, Gone: &off.Watch, Removed: []vigie.Watch{off.Watch, failed.Watch},
		Known: []KnownFeed{{Title: "A paper", Address: "https://paper.example/feed?a=b&c=d", Kind: "feed", About: vigie.Text{FR: "Un journal.", EN: "A paper."}}}}
}

func sampleWatch(f Frame) WatchPage {
	row := sampleWatchRow()
	return WatchPage{Frame: f, ID: row.Watch.ID, Row: row, Form: WatchForm(row.Watch), Kinds: []string{"article", "feed"}, Removing: true,
		Problems: vigie.Problems{{Path: "include.1", Message: vigie.Text{FR: "pas une expression", EN: "no expression"}}},
		Test: &WatchTest{Run: vigie.Run{Tally: vigie.Tally{Read: 3, New: 1, Filtered: 1, Refused: 1}, Left: 1}, Steps: []WatchStep{
			{Title: "Outilor", Address: "https://gazette.example/1", Outcome: "new"}, {Title: "x", Outcome: "filtered", Rule: `exclude \d{3,}`, Why: "y"},
			{Outcome: "refused", Why: "no title"}, {Title: "z", Outcome: "left"}, {Title: "again", Outcome: "duplicate", Met: "c1"}, {Title: "w", Outcome: "changed", Met: "c2"}}, More: 7}}
}

func TestTheFormOfAWatchKeepsEverythingThatIsInIt(t *testing.T) {
	want := sampleWatchRow().Watch
	kept := vigie.Watch{ID: want.ID, Active: want.Active}
	if got := ParseWatch(WatchForm(want), kept); !reflect.DeepEqual(got, want) {
		t.Errorf("became %+v, was %+v", got, want)
	}
}

func TestAnIntervalIsPrintedWithoutItsZeros(t *testing.T) {
	for d, want := range map[time.Duration]string{time.Hour: "1h", 90 * time.Minute: "1h30m", 5 * time.Minute: "5m", 24 * time.Hour: "24h", 90 * time.Second: "1m30s"} {
		if got := Interval(d); got != want {
			t.Errorf("%d seconds are %q, not %q", d/time.Second, got, want)
		}
	}
}
