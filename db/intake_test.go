package db

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vigie"
)

func article(id, hash string) vigie.Candidate {
	return vigie.Candidate{ID: id, Kind: "article", Key: "https://example.org/" + id, Hash: hash, Run: "run-1",
		Source: vigie.Source{URL: "https://example.org/" + id, Title: "Title of " + id}, Reading: vigie.Reading{ID: id, Text: "Text of " + hash, Victims: []string{"Lunaire"}}}
}

func add(t *testing.T, d *DB, c vigie.Candidate) string {
	t.Helper()
	return must(d.AddCandidate(t.Context(), c))(t)
}

func queue(t *testing.T, d *DB, f Filter) string {
	t.Helper()
	var ids []string
	for _, c := range must(d.Queue(t.Context(), f))(t) {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

func TestTheSameNewsComesOnce(t *testing.T) {
	d := open(t)
	is(t, "first", add(t, d, article("c1", "h1")), New)
	is(t, "again", add(t, d, article("c1", "h1")), Duplicate)
	is(t, "the text under another address", add(t, d, article("c2", "h1")), Duplicate)
	is(t, "another text", add(t, d, article("c1", "h2")), Changed)
	is(t, "the first text again, from a cache", add(t, d, article("c1", "h1")), Duplicate)
	is(t, "the text kept", must(d.Candidate(t.Context(), "c1"))(t).Reading.Text, "Text of h2")
	renamed := article("other-id", "h3")
	renamed.Key = article("c1", "").Key
	is(t, "one key under another id", add(t, d, renamed), Changed)
	is(t, "no hash", add(t, d, article("c9", "")), New)
	is(t, "no hash again", add(t, d, article("c9", "")), Duplicate)
	is(t, "queue", queue(t, d, Filter{}), "c9 c1")
	is(t, "second page", queue(t, d, Filter{After: "c9"}), "c1")
}

func TestWhatWasRejectedDoesNotReturn(t *testing.T) {
	d := open(t)
	add(t, d, article("c1", "h1"))
	if err := d.Decide(t.Context(), vigie.Decision{Candidate: "c1", Verdict: vigie.Rejected, Reason: "not a shop", Author: "ada"}); err != nil {
		t.Fatal(err)
	}
	is(t, "the same", add(t, d, article("c1", "h1")), Duplicate)
	is(t, "with another text", add(t, d, article("c1", "h2")), Duplicate)
	is(t, "queue", queue(t, d, Filter{}), "")
	is(t, "rejected", queue(t, d, Filter{Status: vigie.Rejected}), "c1")
	is(t, "why", must(d.Decisions(t.Context(), "c1"))(t)[0].Reason, "not a shop")
	if err := d.Reopen(t.Context(), "c1"); err != nil {
		t.Fatal(err)
	}
	is(t, "reopened", queue(t, d, Filter{}), "c1")
	is(t, "decisions", len(must(d.Decisions(t.Context(), "c1"))(t)), 0)
	if err := d.Decide(t.Context(), vigie.Decision{Candidate: "nobody", Verdict: vigie.Rejected}); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("deciding on nothing: %v", err)
	}
	sound(t, d)
}

func TestADecisionIsSavedWithTheRevisionItCausedOrNotAtAll(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	add(t, d, article("c1", "h1"))
	decision := func(incident, verdict string) *vigie.Decision {
		return &vigie.Decision{Candidate: "c1", Incident: incident, Verdict: verdict, Author: "ada"}
	}
	in := claim("lunaire-2025-05", "lunaire")
	if _, err := d.Save(t.Context(), Save{Incident: in, Base: 3, By: desk, Decision: decision(in.ID, vigie.Accepted)}); !errors.Is(err, vigie.ErrConflict) {
		t.Fatal(err)
	}
	is(t, "after a conflict it is still open", queue(t, d, Filter{}), "c1")
	must(d.Save(t.Context(), Save{Incident: in, By: desk, Decision: decision(in.ID, vigie.Accepted)}))(t)
	lost := &vigie.Decision{Candidate: "nobody", Incident: in.ID, Verdict: vigie.Attached}
	if _, err := d.Save(t.Context(), Save{Incident: denial(in), Base: 1, By: desk, Decision: lost}); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a decision on no candidate: %v", err)
	}
	is(t, "accepted", must(d.Candidate(t.Context(), "c1"))(t).Status, vigie.Accepted)
	second := claim("lunaire-2025-06", "lunaire")
	must(d.Save(t.Context(), Save{Incident: second, By: desk, Decision: decision(second.ID, vigie.Attached)}))(t)
	is(t, "one candidate can feed several cases", len(must(d.Decisions(t.Context(), "c1"))(t)), 2)
	is(t, "it stays accepted", must(d.Candidate(t.Context(), "c1"))(t).Status, vigie.Accepted)
	if err := d.Decide(t.Context(), vigie.Decision{Candidate: "c1", Verdict: vigie.Rejected}); !errors.Is(err, vigie.ErrConflict) {
		t.Errorf("rejecting what is in a case: %v", err)
	}
	if err := d.Reopen(t.Context(), "c1"); !errors.Is(err, vigie.ErrConflict) {
		t.Errorf("reopening what is in a case: %v", err)
	}
	sound(t, d)
}

func TestARunCanBeUndoneAndReadAgain(t *testing.T) {
	d := open(t)
	run := vigie.Run{ID: "run-1", Kind: "article", Origin: "a.html", Started: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	if err := d.StartRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	add(t, d, article("c1", "h1"))
	add(t, d, article("c2", "h2"))
	if err := d.Decide(t.Context(), vigie.Decision{Candidate: "c2", Verdict: vigie.Rejected, Author: "ada"}); err != nil {
		t.Fatal(err)
	}
	is(t, "while it runs", must(d.Run(t.Context(), "run-1"))(t).Completed, false)
	run.Completed, run.Ended, run.Tally = true, run.Started.Add(time.Second), vigie.Tally{Read: 2, New: 2}
	if err := d.FinishRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	is(t, "finished", fmt.Sprint(must(d.Runs(t.Context(), 10))(t)), fmt.Sprint([]vigie.Run{run}))
	undone := must(d.UndoRun(t.Context(), "run-1", "ada"))(t)
	is(t, "withdrawn", undone.Withdrawn, 1)
	is(t, "decided", len(undone.Decided), 1)
	is(t, "queue", queue(t, d, Filter{}), "")
	is(t, "read again, what was withdrawn is new", add(t, d, article("c1", "h1")), New)
	is(t, "and what was rejected is not", add(t, d, article("c2", "h2")), Duplicate)
	if err := d.FinishRun(t.Context(), vigie.Run{ID: "nobody"}); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("finishing what never began: %v", err)
	}
	if err := d.StartRun(t.Context(), run); !errors.Is(err, ErrUnique) {
		t.Errorf("one id for two runs: %v", err)
	}
}

func TestTextsOfThirdPartiesAreForgottenAfterTheDecision(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	path := t.TempDir() + "/vigie.db"
	d := openAt(t, path, func() time.Time { return now })
	for _, id := range []string{"c1", "c2", "c3"} {
		add(t, d, article(id, "hash-"+id))
	}
	reject := func(id string) {
		if err := d.Decide(t.Context(), vigie.Decision{Candidate: id, Verdict: vigie.Rejected}); err != nil {
			t.Fatal(err)
		}
	}
	reject("c1")
	now = now.AddDate(0, 0, 10)
	reject("c2")
	is(t, "forgotten", must(d.ForgetTexts(t.Context(), now.AddDate(0, 0, -5)))(t), 1)
	is(t, "once only", must(d.ForgetTexts(t.Context(), now.AddDate(0, 0, -5)))(t), 0)
	c1 := must(d.Candidate(t.Context(), "c1"))(t)
	is(t, "its text", c1.Reading.Text+c1.Source.Title+strings.Join(c1.Reading.Victims, ""), "")
	is(t, "its hash", c1.Hash, "hash-c1")
	is(t, "its address", c1.Source.URL, "https://example.org/c1")
	is(t, "one decided lately", must(d.Candidate(t.Context(), "c2"))(t).Reading.Text, "Text of hash-c2")
	is(t, "an open one", must(d.Candidate(t.Context(), "c3"))(t).Reading.Text, "Text of hash-c3")
	is(t, "it does not return", add(t, d, article("c1", "hash-c1")), Duplicate)
}

func TestSuspectsAreFoundByAnyNameOfTheCompany(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire", "Étoiles du Soir")
	shop(t, d, "autre", "Autre")
	save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	draft := claim("lunaire-2025-06", "lunaire")
	draft.State, draft.Disclosed = vigie.Draft, "2025-06"
	save(t, d, draft, 0)
	save(t, d, claim("autre-2025-05", "autre"), 0)
	gone := claim("lunaire-2025-04", "lunaire")
	save(t, d, gone, 0)
	must(d.Retract(t.Context(), gone.ID, 1, "wrong", desk))(t)
	for _, name := range []string{"LUNAIRE", "etoiles du soir", "lunaire.example", "Lunaire.Example"} {
		var ids []string
		for _, r := range must(d.Suspects(t.Context(), []string{"Nobody", name, ""}))(t) {
			ids = append(ids, r.ID)
		}
		is(t, "suspects of "+name, strings.Join(ids, " "), "lunaire-2025-06 lunaire-2025-05")
	}
	is(t, "of nobody", len(must(d.Suspects(t.Context(), nil))(t)), 0)
}

func TestEditorsAndSessions(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	d := openAt(t, t.TempDir()+"/vigie.db", func() time.Time { return now })
	ada := Editor{Name: "ada", Role: RoleAdmin, Hash: "h"}
	if err := d.AddEditor(t.Context(), ada); err != nil {
		t.Fatal(err)
	}
	if err := d.AddEditor(t.Context(), ada); !errors.Is(err, ErrUnique) {
		t.Errorf("one name for two: %v", err)
	}
	sign := func(token string) {
		t.Helper()
		if err := d.StartSession(t.Context(), Session{Token: token, Editor: "ada", Expires: now.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	in := func(token string) bool {
		_, e, err := d.Session(t.Context(), token)
		if err != nil && !errors.Is(err, vigie.ErrNotFound) {
			t.Fatal(err)
		}
		return err == nil && e.Role == RoleAdmin
	}
	sign("t1")
	is(t, "signed in", in("t1"), true)
	is(t, "with an unknown token", in("t2"), false)
	now = now.Add(2 * time.Hour)
	is(t, "expired", in("t1"), false)
	sign("t2")
	sign("t3")
	if err := d.EndSession(t.Context(), "t2"); err != nil {
		t.Fatal(err)
	}
	is(t, "signed out", in("t2"), false)
	if err := d.SetPassword(t.Context(), "ada", "h2", ""); err != nil {
		t.Fatal(err)
	}
	is(t, "a new password ends the sessions", in("t3"), false)
	is(t, "hash", must(d.Editor(t.Context(), "ada"))(t).Hash, "h2")
	sign("t4")
	if err := d.RemoveEditor(t.Context(), "ada", "ada"); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("the last admin is removed: %v", err)
	}
	if err := d.SetRole(t.Context(), "ada", RoleEditor); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("the last admin is an editor: %v", err)
	}
	is(t, "still there", in("t4"), true)
	if err := d.AddEditor(t.Context(), Editor{Name: "bob", Role: RoleAdmin, Hash: "h"}); err != nil {
		t.Fatal(err)
	}
	if err := d.RemoveEditor(t.Context(), "ada", "bob"); err != nil {
		t.Fatal(err)
	}
	is(t, "removed", in("t4"), false)
	if err := d.RemoveEditor(t.Context(), "ada", "bob"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if err := d.AddEditor(t.Context(), ada); !errors.Is(err, ErrUnique) {
		t.Errorf("the name of one who was removed is given again: %v", err)
	}
	former := must(d.FormerEditors(t.Context()))(t)
	is(t, "former", len(former), 1)
	is(t, "by whom", former[0].RemovedBy, "bob")
	if err := d.TakeBackEditor(t.Context(), "ada"); err != nil {
		t.Fatal(err)
	}
	sign("t6")
	is(t, "taken back", in("t6"), true)
	is(t, "with the password", must(d.Editor(t.Context(), "ada"))(t).Hash, "h2")
	is(t, "seen", must(d.Editor(t.Context(), "ada"))(t).Seen, now)
	if err := d.TakeBackEditor(t.Context(), "ada"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("taken back twice: %v", err)
	}
	if err := d.StartSession(t.Context(), Session{Token: "t5", Editor: "nobody", Expires: now.Add(time.Hour)}); err == nil {
		t.Error("nobody signed in")
	}
	if err := d.SetPassword(t.Context(), "nobody", "x", ""); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("the password of nobody: %v", err)
	}
}
