package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigie"
)

// says is a candidate whose substance is a figure: another figure is news.
func says(id string, n int64, run string) vigie.Candidate {
	c := article(id, fmt.Sprintf("%s tells of %d", id, n))
	c.Run = run
	c.Reading.IsIncident = true
	c.Reading.Affected = []vigie.Count{{Value: n, Unit: "customers", Qualifier: vigie.Exact}}
	return c
}

func decide(t *testing.T, d *DB, id, incident, verdict, reason string) {
	t.Helper()
	if err := d.Decide(t.Context(), vigie.Decision{Candidate: id, Incident: incident, Verdict: verdict, Reason: reason, Author: "ada"}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasRejectedComesBackOnlyWhenItSaysSomethingElse(t *testing.T) {
	d := open(t)
	add(t, d, says("c1", 40_000, "run-1"))
	decide(t, d, "c1", "", vigie.Rejected, "an old story")
	reworded := says("c1", 40_000, "run-2")
	reworded.Hash, reworded.Reading.Text, reworded.Source.Title = "other words", "The same in other words.", "Another title"
	is(t, "other words", add(t, d, reworded), Duplicate)
	is(t, "queue", queue(t, d, Filter{}), "")
	is(t, "another figure", add(t, d, says("c1", 900_000, "run-3")), Changed)
	c := must(d.Candidate(t.Context(), "c1"))(t)
	is(t, "it waits again", c.Status+" was "+c.Was+" because "+c.Because, "open was rejected because an old story")
	is(t, "what changed", fmt.Sprint(c.Changes), "[{chiffre\u00a0: 40\u202f000 clients → 900\u202f000 clients figure: 40,000 customers → 900,000 customers}]")
	decide(t, d, "c1", "", vigie.Rejected, "still old")
	for _, n := range []int64{40_000, 900_000, 40_000} {
		is(t, "what was said before", add(t, d, says("c1", n, "run-4")), Duplicate)
	}
	is(t, "rejected for good", must(d.Candidate(t.Context(), "c1"))(t).Status, vigie.Rejected)
	sound(t, d)
}

func TestWhatWasRejectedDoesNotComeBackByAnotherWay(t *testing.T) {
	d := open(t)
	c := says("c1", 40_000, "run-1")
	c.Kind = "feed"
	add(t, d, c)
	decide(t, d, "c1", "", vigie.Rejected, "an old story")
	page := says("c1", 40_000, "run-2") // its page, by a command
	page.Hash, page.Reading.Text = "of the whole page", "The whole page."
	is(t, "its page", add(t, d, page), Duplicate)
	is(t, "still", must(d.Candidate(t.Context(), "c1"))(t).Status, vigie.Rejected)
	page = says("c1", 900_000, "run-3")
	page.Hash = "of the page, which says more"
	is(t, "another figure", add(t, d, page), Changed)
	sound(t, d)
}

func TestWhatIsInACaseStaysThereAndSaysThatUpstreamChanged(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	add(t, d, says("c1", 40_000, "run-1"))
	must(d.Save(t.Context(), Save{Incident: in, By: desk, Decision: &vigie.Decision{Candidate: "c1", Incident: in.ID, Verdict: vigie.Accepted, Author: "ada"}}))(t)
	second := claim("lunaire-2025-06", "lunaire")
	must(d.Save(t.Context(), Save{Incident: second, By: desk, Decision: &vigie.Decision{Candidate: "c1", Incident: second.ID, Verdict: vigie.Attached, Author: "ada"}}))(t)
	before := must(d.Draft(t.Context(), in.ID))(t)
	is(t, "upstream says something else", add(t, d, says("c1", 900_000, "run-2")), Changed)
	c := must(d.Candidate(t.Context(), "c1"))(t)
	is(t, "still accepted", c.Status, vigie.Accepted)
	is(t, "and changed", len(c.Changes) == 1 && !c.Changed.IsZero(), true)
	is(t, "not in the queue", queue(t, d, Filter{}), "")
	is(t, "among what changed", queue(t, d, Filter{Changed: true}), "c1")
	is(t, "its text is kept until it is seen", must(d.ForgetTexts(t.Context(), time.Now().AddDate(9, 0, 0)))(t), 0)
	is(t, "the case is as it was", fmt.Sprint(must(d.Draft(t.Context(), in.ID))(t).Incident), fmt.Sprint(before.Incident))
	if err := d.Acknowledge(t.Context(), "c1"); err != nil {
		t.Fatal(err)
	}
	is(t, "seen", queue(t, d, Filter{Changed: true}), "")
	is(t, "both cases", len(must(d.Decisions(t.Context(), "c1"))(t)), 2)
	add(t, d, article("c2", "h2"))
	if err := d.Acknowledge(t.Context(), "c2"); !errors.Is(err, vigie.ErrConflict) {
		t.Errorf("acknowledging what waits: %v", err)
	}
	sound(t, d)
}

func TestTheQueueIsSortedByWhatMattersFilteredAndCounted(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	d := openAt(t, t.TempDir()+"/vigie.db", func() time.Time { now = now.Add(time.Second); return now })
	shop(t, d, "lunaire", "Lunaire")
	save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	watched := vigie.Run{ID: "run-w", Kind: "feed", Watch: "till.example", Started: now}
	if err := d.StartRun(t.Context(), watched); err != nil {
		t.Fatal(err)
	}
	bring := func(id string, change func(*vigie.Candidate)) {
		c := article(id, id)
		c.Reading.IsIncident, c.Reading.IsRetail, c.Reading.Lang, c.Reading.Victims = true, true, "fr", []string{"Brindilou"}
		change(&c)
		add(t, d, c)
	}
	bring("plain", func(*vigie.Candidate) {})
	bring("claimed", func(c *vigie.Candidate) { c.Reading.Actor = []string{"tinpedlar"} })
	bring("answered", func(c *vigie.Candidate) { c.Reading.Stance = []string{"confirms"}; c.Reading.Lang = "en" })
	bring("known", func(c *vigie.Candidate) { c.Reading.Victims = []string{"LUNAIRE SAS"} })
	bring("large", func(c *vigie.Candidate) {
		c.Reading.Affected = []vigie.Count{{Value: 20_000_000}}
		c.Kind, c.Run = "feed", "run-w"
	})
	bring("no shop", func(c *vigie.Candidate) { c.Reading.IsRetail = false; c.Source.Title = "Étoiles du Soir piraté" })
	is(t, "by weight", queue(t, d, Filter{}), "large answered known plain claimed no shop")
	is(t, "second page", queue(t, d, Filter{After: "known", Limit: 2}), "plain claimed")
	is(t, "the latest", queue(t, d, Filter{Latest: true, Limit: 2}), "no shop large")
	is(t, "the latest, second page", queue(t, d, Filter{Latest: true, After: "large", Limit: 1}), "known")
	is(t, "of a watch", queue(t, d, Filter{Watch: "till.example"}), "large")
	is(t, "of a kind", queue(t, d, Filter{Kind: "feed"}), "large")
	is(t, "in a language", queue(t, d, Filter{Lang: "en"}), "answered")
	is(t, "by words, folded, the last begun", queue(t, d, Filter{Words: "etoiles pirat"}), "no shop")
	is(t, "no word inside another", queue(t, d, Filter{Words: "toiles"}), "")
	decide(t, d, "plain", "", vigie.Rejected, "dull")
	n := must(d.CountQueue(t.Context(), Filter{Lang: "fr"}))(t)
	is(t, "counted", fmt.Sprint(n), "{4 0 [{open 4} {rejected 1}] [{article 3} {feed 1}] [{fr 4} {en 1}] [{till.example 1}]}")
	var alike []string
	for _, c := range must(d.Alike(t.Context(), must(d.Queue(t.Context(), Filter{Lang: "en"}))(t)))(t) {
		alike = append(alike, c.ID)
	}
	is(t, "open news of the same name", strings.Join(alike, " "), "large answered claimed no shop")
}

func TestManyAreDecidedOnAllOrNone(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for _, id := range []string{"c1", "c2", "c3"} {
		add(t, d, article(id, id))
	}
	in := claim("lunaire-2025-05", "lunaire")
	must(d.Save(t.Context(), Save{Incident: in, By: desk, Decision: &vigie.Decision{Candidate: "c3", Incident: in.ID, Verdict: vigie.Accepted}}))(t)
	reject := vigie.Decision{Verdict: vigie.Rejected, Reason: "old", Author: "ada"}
	if err := d.DecideAll(t.Context(), []string{"c1", "c2", "c3"}, reject); !errors.Is(err, vigie.ErrConflict) {
		t.Errorf("one is in a case: %v", err)
	}
	if err := d.DecideAll(t.Context(), []string{"c1", "c9"}, reject); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("one is not there: %v", err)
	}
	is(t, "none was", queue(t, d, Filter{Latest: true}), "c2 c1")
	if err := d.DecideAll(t.Context(), []string{"c1", "c2"}, reject); err != nil {
		t.Fatal(err)
	}
	is(t, "all were", queue(t, d, Filter{Status: vigie.Rejected, Latest: true}), "c2 c1")
	is(t, "with one reason", must(d.Decisions(t.Context(), "c2"))(t)[0].Reason, "old")
	sound(t, d)
}

func TestARunInProgressIsNotUndone(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	d := openAt(t, t.TempDir()+"/vigie.db", func() time.Time { return now })
	run := vigie.Run{ID: "run-1", Kind: "article", Started: now}
	if err := d.StartRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	add(t, d, article("c1", "h1"))
	if _, err := d.UndoRun(t.Context(), "run-1", "ada"); !errors.Is(err, vigie.ErrConflict) {
		t.Errorf("undone while it runs: %v", err)
	}
	is(t, "nor offered", must(d.RunStates(t.Context(), 9))(t)[0].Undoable, false)
	now = now.Add(vigie.RunSilence) // it was killed, and never says that it ended
	is(t, "offered when it fell silent", must(d.RunStates(t.Context(), 9))(t)[0].Undoable, true)
	is(t, "undone then", must(d.UndoRun(t.Context(), "run-1", "ada"))(t).Withdrawn, 1)
	state := must(d.RunStates(t.Context(), 9))(t)[0]
	is(t, "its state", fmt.Sprint(state.Undoable, " ", state.UndoneBy, " ", state.Undone.Equal(now), state.Status), "false ada true [{withdrawn 1}]")
	now = now.Add(time.Hour)
	is(t, "again", must(d.UndoRun(t.Context(), "run-1", "bob"))(t).Withdrawn, 0)
	is(t, "undone once", must(d.Run(t.Context(), "run-1"))(t).UndoneBy, "ada")
	if _, err := d.UndoRun(t.Context(), "nobody", "ada"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("undoing nothing: %v", err)
	}
}

func TestUndoingARunBringsBackWhatItChanged(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for i, id := range []string{"run-1", "run-2", "run-3"} {
		at := time.Date(2020, 1, 1+i, 0, 0, 0, 0, time.UTC)
		if err := d.StartRun(t.Context(), vigie.Run{ID: id, Started: at, Ended: at, Completed: true}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"waits", "rejected", "accepted"} {
		add(t, d, says(id, 40_000, "run-1"))
	}
	decide(t, d, "rejected", "", vigie.Rejected, "old")
	in := claim("lunaire-2025-05", "lunaire")
	must(d.Save(t.Context(), Save{Incident: in, By: desk, Decision: &vigie.Decision{Candidate: "accepted", Incident: in.ID, Verdict: vigie.Accepted}}))(t)
	stand := func() string {
		var list []string
		for _, id := range []string{"waits", "rejected", "accepted"} {
			c := must(d.Candidate(t.Context(), id))(t)
			list = append(list, fmt.Sprint(c.Status, " ", c.Reading.Affected[0].Value, " ", c.Run, " ", c.Was, len(c.Changes)))
		}
		return strings.Join(list, "; ")
	}
	before := stand()
	for _, id := range []string{"waits", "rejected", "accepted"} {
		is(t, id, add(t, d, says(id, 900_000, "run-2")), Changed)
	}
	add(t, d, says("of run 2", 5, "run-2"))
	u := must(d.UndoRun(t.Context(), "run-2", "ada"))(t)
	is(t, "undone", fmt.Sprint(u.Withdrawn, u.Restored, len(u.Decided)), "1 3 0")
	is(t, "as before", stand(), before)
	for _, id := range []string{"waits", "rejected", "accepted"} {
		is(t, "the right import brings it again: "+id, add(t, d, says(id, 900_000, "run-3")), Changed)
	}
	is(t, "and what was withdrawn", add(t, d, says("of run 2", 5, "run-3")), New)
	u = must(d.UndoRun(t.Context(), "run-1", "ada"))(t)
	is(t, "the first run has nothing left to take", fmt.Sprint(u.Withdrawn, u.Restored), "0 0")
	u = must(d.UndoRun(t.Context(), "run-3", "ada"))(t)
	is(t, "with both undone, what waited is gone, what was decided is as decided", fmt.Sprint(u.Withdrawn, u.Restored, " ")+strings.Join([]string{stand()}, ""),
		"2 2 withdrawn 900000 run-3 0; rejected 40000 run-1 0; accepted 40000 run-1 0")
	sound(t, d)
}

// However the versions of some news come, in whatever order and however often,
// there is one candidate of each, and no more history than versions.
func TestVersionsInAnyOrderAreOneCandidateAndBoundedHistory(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := open(t)
		versions := rapid.IntRange(1, 4).Draw(rt, "versions")
		order := rapid.SliceOfN(rapid.IntRange(0, versions-1), 1, 14).Draw(rt, "order")
		rejectAt := rapid.IntRange(0, 20).Draw(rt, "rejected after")
		changed, seen := 0, map[int]bool{}
		for i, v := range order {
			outcome, err := d.AddCandidate(t.Context(), says("c1", int64(1000*(v+1)), fmt.Sprint("run-", i)))
			if err != nil {
				rt.Fatal(err)
			}
			want := map[bool]string{true: Duplicate, false: Changed}[seen[v]]
			if i == 0 {
				want = New
			}
			if outcome != want {
				rt.Fatalf("version %d of %v is %s, not %s", i, order, outcome, want)
			}
			if outcome == Changed {
				changed++
			}
			seen[v] = true
			if i == rejectAt {
				if err := d.Decide(t.Context(), vigie.Decision{Candidate: "c1", Verdict: vigie.Rejected, Reason: "no"}); err != nil {
					rt.Fatal(err)
				}
			}
		}
		if all := must(d.Queue(t.Context(), Filter{Status: "any"}))(t); len(all) != 1 || changed != len(seen)-1 {
			rt.Fatalf("%d candidates, changed %d times by %d versions", len(all), changed, len(seen))
		}
		kept := int64(0)
		if err := d.engine.Query(t.Context(), []SQL{sql(`SELECT count(*) FROM candidate_versions`)}, func(_ int, row Row) error { return row.Scan(&kept) }); err != nil || int(kept) != len(seen)-1 {
			rt.Fatalf("%d versions kept of %d: %v", kept, len(seen), err)
		}
	})
}

func TestSuspectsOfAWholePageAreFoundAtOnce(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire", "Étoiles du Soir")
	shop(t, d, "autre", "Autre")
	in := claim("lunaire-2025-05", "lunaire")
	in.Brands, in.Sources[0].URL = []string{"Petite Ourse"}, "https://messager.example/une-boutique"
	save(t, d, in, 0)
	save(t, d, claim("autre-2025-05", "autre"), 0)
	of := func(victims ...string) vigie.Candidate {
		return vigie.Candidate{Reading: vigie.Reading{Victims: victims}}
	}
	page := of("Nobody")
	page.Source.URL = "http://www.messager.example/une-boutique/?utm_source=x"
	asked := map[string]vigie.Candidate{"brand": of("La Petite Ourse SA"), "legal form": of("Groupe LUNAIRE"), "more words": of("Étoiles du Soir France"), "address": of("https://www.lunaire.example/fr"), "nobody": of("Nobody"), "two": of("Autre", "Lunaire"), "page": page}
	want := map[string]string{"brand": "lunaire", "legal form": "lunaire", "more words": "lunaire", "address": "lunaire", "two": "autre lunaire", "page": "lunaire"}
	var names []string
	var list []vigie.Candidate
	for name, c := range asked {
		names, list = append(names, name), append(list, c)
	}
	for i, records := range must(d.SuspectsOf(t.Context(), list))(t) {
		var got []string
		for _, r := range records {
			got = append(got, r.Company)
		}
		slices.Sort(got)
		is(t, names[i], strings.Join(got, " "), want[names[i]])
	}
}
