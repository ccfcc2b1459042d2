package db

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"vigie"
)

func gazette(id string) vigie.Watch {
	return vigie.Watch{ID: id, Address: "https://" + id + ".example/feed", Kind: "feed", Every: time.Hour, Active: true, Include: []string{"fuite"}}
}

func watching(t *testing.T, ids ...string) (*DB, func(time.Duration), func() time.Time) {
	t.Helper()
	now := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	d := openAt(t, filepath.Join(t.TempDir(), "vigie.db"), clock)
	for _, id := range ids {
		if err := d.AddWatch(t.Context(), gazette(id)); err != nil {
			t.Fatal(err)
		}
	}
	return d, func(by time.Duration) { now = now.Add(by) }, clock
}

func dueIDs(t *testing.T, d *DB, now time.Time) (ids []string) {
	t.Helper()
	for _, w := range must(d.DueWatches(t.Context(), now, 10))(t) {
		ids = append(ids, w.ID)
	}
	return
}

func TestAWatchIsKeptAsItWasMadeAndOnlyOnce(t *testing.T) {
	d, _, clock := watching(t, "a")
	got := must(d.Watch(t.Context(), "a"))(t)
	is(t, "what is kept", fmt.Sprintf("%+v", got.Watch), fmt.Sprintf("%+v", gazette("a")))
	is(t, "due", got.Due, clock())
	again := gazette("a")
	again.ID = "b"
	if err := d.AddWatch(t.Context(), again); !errors.Is(err, ErrUnique) {
		t.Errorf("the same address again: %v", err)
	}
	for name, err := range map[string]error{
		"saved": d.SaveWatch(t.Context(), gazette("z")), "switched": d.SwitchWatch(t.Context(), "z", true), "removed": d.RemoveWatch(t.Context(), "z"),
		"read": func() error { _, err := d.Watch(t.Context(), "z"); return err }(),
	} {
		if !errors.Is(err, vigie.ErrNotFound) {
			t.Errorf("a watch that does not exist is %s: %v", name, err)
		}
	}
}

func TestOnlyOneOfManyClaimsAWatch(t *testing.T) {
	d, _, clock := watching(t, "a")
	now := clock()
	won := make(chan string, 20)
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			who := fmt.Sprint("program ", i)
			if ok, err := d.Claim(t.Context(), "a", who, now, now.Add(time.Minute), true); err != nil {
				t.Error(err)
			} else if ok {
				won <- who
			}
		})
	}
	group.Wait()
	if len(won) != 1 {
		t.Fatalf("%d programs claimed it", len(won))
	}
	winner := <-won
	is(t, "due while it is claimed", len(dueIDs(t, d, now)), 0)
	if err := d.EndVisit(t.Context(), "a", "somebody else", vigie.Visit{Why: "no"}, now); err != nil {
		t.Fatal(err)
	}
	is(t, "ended by another", must(d.Watch(t.Context(), "a"))(t).Visit.Why, "")
	if err := d.EndVisit(t.Context(), "a", winner, vigie.Visit{ETag: "e", At: now}, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	is(t, "the visit", must(d.Watch(t.Context(), "a"))(t).Visit.ETag, "e")
	is(t, "due right after", len(dueIDs(t, d, now)), 0)
	is(t, "due in an hour", len(dueIDs(t, d, now.Add(time.Hour))), 1)
}

func TestAClaimEndsWithItsTime(t *testing.T) {
	d, _, clock := watching(t, "a")
	now := clock()
	is(t, "claimed", must(d.Claim(t.Context(), "a", "one", now, now.Add(time.Minute), true))(t), true)
	is(t, "by another, too soon", must(d.Claim(t.Context(), "a", "two", now.Add(59*time.Second), now.Add(time.Hour), false))(t), false)
	is(t, "by another, in time", must(d.Claim(t.Context(), "a", "two", now.Add(time.Minute), now.Add(time.Hour), true))(t), true)
}

func TestWhatIsOffIsNotDueButMayBeVisitedOnce(t *testing.T) {
	d, _, clock := watching(t, "a")
	now := clock()
	if err := d.SwitchWatch(t.Context(), "a", false); err != nil {
		t.Fatal(err)
	}
	is(t, "due", len(dueIDs(t, d, now.Add(1000*time.Hour))), 0)
	is(t, "claimed as due", must(d.Claim(t.Context(), "a", "one", now, now.Add(time.Minute), true))(t), false)
	is(t, "claimed all the same", must(d.Claim(t.Context(), "a", "one", now, now.Add(time.Minute), false))(t), true)
}

func TestAnEditorsChangeBeatsTheVisitUnderWay(t *testing.T) {
	d, _, clock := watching(t, "a")
	now := clock()
	must(d.Claim(t.Context(), "a", "one", now, now.Add(time.Minute), true))(t)
	if err := d.KeepPageLook(t.Context(), "a", PageLook{Key: "k", Hash: "h", At: now, Why: "nothing"}); err != nil {
		t.Fatal(err)
	}
	changed := gazette("a")
	changed.Include = nil
	if err := d.SaveWatch(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	if err := d.EndVisit(t.Context(), "a", "one", vigie.Visit{ETag: "old rules"}, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	w := must(d.Watch(t.Context(), "a"))(t)
	if w.Visit.ETag != "" || len(w.Include) != 0 || len(dueIDs(t, d, now)) != 1 {
		t.Errorf("the next visit would not read everything anew: %+v", w)
	}
	is(t, "pages that told of nothing under the old rules", len(must(d.PageLooks(t.Context(), "a"))(t)), 0)
}

func TestPagesAreRememberedForTwoMonthsAndNotForAWatchThatIsGone(t *testing.T) {
	d, _, clock := watching(t, "a")
	now := clock()
	keep := func(watch, key string, at time.Time, tries int) {
		t.Helper()
		if err := d.KeepPageLook(t.Context(), watch, PageLook{Key: key, Hash: "h", At: at, Tries: tries, Why: "why"}); err != nil {
			t.Fatal(err)
		}
	}
	keep("a", "old", now.Add(-61*24*time.Hour), 1)
	keep("a", "new", now, 1)
	keep("a", "new", now, 2)
	keep("gone", "x", now, 1)
	looks := must(d.PageLooks(t.Context(), "a"))(t)
	if len(looks) != 1 || looks["new"].Tries != 2 || !looks["new"].At.Equal(now) {
		t.Errorf("%+v", looks)
	}
	is(t, "of a watch that is gone", len(must(d.PageLooks(t.Context(), "gone"))(t)), 0)
	if err := d.RemoveWatch(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}

func TestTheRunsOfAWatchAreFoundAndOnlyThoseThatMetNothingAreForgotten(t *testing.T) {
	d, _, clock := watching(t, "a", "b")
	now := clock()
	for i, r := range []vigie.Run{
		{Watch: "a", Started: now.Add(-40 * 24 * time.Hour), Completed: true, Tally: vigie.Tally{Read: 3, New: 3}},
		{Watch: "a", Started: now.Add(-39 * 24 * time.Hour), Completed: true, Unchanged: true},
		{Watch: "a", Started: now.Add(-38 * 24 * time.Hour)},
		{Watch: "a", Started: now.Add(-time.Hour), Completed: true, Unchanged: true},
		{Started: now, Completed: true, Tally: vigie.Tally{Read: 9, New: 9}},
	} {
		r.ID = fmt.Sprint("r", i)
		if err := d.StartRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	ids := func(each int) (list string) {
		for _, r := range must(d.LastRuns(t.Context(), each))(t)["a"] {
			list += r.ID + " "
		}
		return
	}
	is(t, "the last two", ids(2), "r3 r2 ")
	run, ok, err := d.LastRead(t.Context(), "a")
	if err != nil || !ok || run.ID != "r0" {
		t.Errorf("the last that read something: %+v %v %v", run, ok, err)
	}
	if _, ok, err := d.LastRead(t.Context(), "b"); ok || err != nil {
		t.Errorf("of a watch never visited: %v %v", ok, err)
	}
	is(t, "forgotten", must(d.ForgetRuns(t.Context(), now))(t), 1)
	is(t, "what is left", ids(9), "r3 r2 r0 ")
}
