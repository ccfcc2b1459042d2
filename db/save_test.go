package db

import (
	"errors"
	"slices"
	"testing"
	"time"

	"vigie"
)

func TestADraftIsInvisibleAndMovesNoEdition(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	in.State = vigie.Draft
	save(t, d, in, 0)
	is(t, "edition", edition(t, d), 0)
	if _, err := d.Incident(t.Context(), in.ID); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a reader sees the draft: %v", err)
	}
	is(t, "search", found(t, d, vigie.Query{}), "")
	is(t, "search by words", found(t, d, vigie.Query{Q: "lunaire"}), "")
	is(t, "timeline", items(t, d, vigie.Query{}), "")
	is(t, "companies", len(must(d.Companies(t.Context()))(t)), 0)
	is(t, "companies at the desk", len(must(d.AllCompanies(t.Context()))(t)), 1)
	is(t, "drafts at the desk", len(must(d.Desk(t.Context(), vigie.Draft, "", 50))(t)), 1)
	is(t, "base of the draft", must(d.Draft(t.Context(), in.ID))(t).Derived.Version, 1)

	in.State = vigie.Published
	r := save(t, d, in, 1)
	is(t, "edition of the publication", r.Edition, 1)
	is(t, "edition", edition(t, d), 1)
	record := must(d.Incident(t.Context(), in.ID))(t)
	is(t, "recorded", record.Derived.Recorded, r.At)
	is(t, "updated", record.Derived.Updated, r.At)
	is(t, "respondent", record.Respondent.Name, "Lunaire")
	is(t, "timeline", items(t, d, vigie.Query{}), "lunaire-2025-05/s1")
	if _, err := d.Save(t.Context(), Save{Incident: func() *vigie.Incident { c := *in; c.State = vigie.Draft; return &c }(), Base: 2, By: desk}); !errors.Is(err, ErrState) {
		t.Errorf("a published case went back to being a draft: %v", err)
	}
	sound(t, d)
}

func TestOnlySubstanceMovesUpdatedAndOnlyCorrectionsAreTold(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	first := save(t, d, in, 0)

	in.Summary = text("Wording only")
	cosmetic := save(t, d, in, 1)
	record := must(d.Incident(t.Context(), in.ID))(t)
	is(t, "a cosmetic edit moves the edition", cosmetic.Edition, first.Edition+1)
	is(t, "but not updated", record.Derived.Updated, first.At)
	is(t, "nor the timeline", items(t, d, vigie.Query{}), "lunaire-2025-05/s1")

	in = denial(in)
	answer := save(t, d, in, 2)
	record = must(d.Incident(t.Context(), in.ID))(t)
	is(t, "a statement moves updated", record.Derived.Updated, answer.At)
	is(t, "and is one new item", items(t, d, vigie.Query{Sort: "recorded"}), "lunaire-2025-05/s2 lunaire-2025-05/s1")
	is(t, "position", record.Derived.Standing.Position, vigie.DeniesIt)

	in.Statements[0].Figures = []vigie.Figure{{Min: 12000, Max: 12000, Unit: "customers", Qualifier: vigie.Exact}}
	corrected := must(d.Save(t.Context(), Save{Incident: in, Base: 3, By: vigie.Signature{Author: "ada", Note: "we had misread a nought"}}))(t)[0]
	timeline := must(d.Timeline(t.Context(), vigie.Query{Sort: "recorded"}))(t)
	item := timeline.Items[0]
	is(t, "the correction is an item", item.ID, "lunaire-2025-05/c4")
	is(t, "with its note", item.Correction.Note, "we had misread a nought")
	is(t, "and its time", item.Recorded, corrected.At)
	if !slices.Contains(item.Correction.Changed, "statements.s1.figures") {
		t.Errorf("changed: %v", item.Correction.Changed)
	}
	is(t, "statements keep their time", timeline.Items[2].Recorded, first.At)
	is(t, "the timeline has the corrected figure", timeline.Items[2].Statement.Figures[0].Min, 12000)
	is(t, "only corrections", items(t, d, vigie.Query{}, vigie.ItemCorrection), "lunaire-2025-05/c4")
	sound(t, d)
}

func TestAStatementThatLeavesIsForgottenByTheFeedAndKeepsItsTimeWhenItReturns(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	save(t, d, in, 0)
	with := denial(in)
	said := save(t, d, with, 1)
	save(t, d, in, 2)
	is(t, "after it left", items(t, d, vigie.Query{}, vigie.ItemStatement), "lunaire-2025-05/s1")
	is(t, "its id stays given", must(d.Taken(t.Context(), "lunaire-2025-05/s2"))(t), true)
	restored := must(d.Restore(t.Context(), vigie.IncidentRecord, in.ID, 2, 3, desk))(t)
	is(t, "restoring is a new version", restored.Version, 4)
	for _, item := range must(d.Timeline(t.Context(), vigie.Query{}, vigie.ItemStatement))(t).Items {
		if item.ID == "lunaire-2025-05/s2" {
			is(t, "its time", item.Recorded, said.At)
		}
	}
	is(t, "history", len(must(d.History(t.Context(), vigie.IncidentRecord, in.ID))(t)), 4)
	old := must(d.Version(t.Context(), vigie.IncidentRecord, in.ID, 2))(t)
	is(t, "old and restored bodies", string(old.Body), string(restored.Body))
	sound(t, d)
}

func TestABatchIsSavedWholeOrNotAtAll(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	before := edition(t, d)
	_, err := d.Save(t.Context(),
		Save{Wave: &vigie.Wave{ID: "may-2025", Name: text("May")}, By: desk},
		Save{Incident: claim("lunaire-2025-05", "lunaire"), By: desk},
		Save{Incident: claim("lunaire-2025-06", "lunaire"), Base: 7, By: desk})
	if !errors.Is(err, vigie.ErrConflict) {
		t.Fatalf("a base that never was: %v", err)
	}
	is(t, "edition", edition(t, d), before)
	is(t, "cases", found(t, d, vigie.Query{}), "")
	is(t, "waves", len(must(d.AllWaves(t.Context()))(t)), 0)
	var problems vigie.Problems
	if _, err := d.Save(t.Context(), Save{Incident: claim("perdue-2025-05", "perdue"), By: desk}); !errors.As(err, &problems) {
		t.Errorf("a case of an unknown company: %v", err)
	}
}

func TestAnIDIsNeverGivenTwice(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	in.State = vigie.Draft
	save(t, d, in, 0)
	must(d.Retract(t.Context(), in.ID, 1, "not a shop", desk))(t)
	is(t, "taken", must(d.Taken(t.Context(), in.ID))(t), true)
	is(t, "free", must(d.Taken(t.Context(), "lunaire-2025-05-b"))(t), false)
	if _, err := d.Save(t.Context(), Save{Incident: in, By: desk}); !errors.Is(err, vigie.ErrConflict) {
		t.Errorf("the id of a dropped draft was given again: %v", err)
	}
	if _, err := d.Incident(t.Context(), in.ID); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a dropped draft left a tombstone: %v", err)
	}
	is(t, "edition", edition(t, d), 0)
	sound(t, d)
}

func TestARetractedCaseLeavesATombstoneAndTheFeedSaysSo(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := denial(claim("lunaire-2025-05", "lunaire"))
	save(t, d, in, 0)
	other := *in
	other.Statements = append([]vigie.Statement{}, in.Statements...)
	other.Statements[1].On = "2025-05-13"
	save(t, d, &other, 1) // a correction, which goes with the case
	must(d.Retract(t.Context(), in.ID, 2, "the article was about another shop", desk))(t)

	_, err := d.Incident(t.Context(), in.ID)
	var gone GoneError
	if !errors.As(err, &gone) || !errors.Is(err, vigie.ErrGone) {
		t.Fatalf("a retracted case: %v", err)
	}
	is(t, "reason", gone.Tombstone.Reason, "the article was about another shop")
	for _, q := range []vigie.Query{{}, Q("grosmatou"), {Company: []string{"lunaire"}}} {
		answer := must(d.Search(t.Context(), q))(t)
		is(t, "cases", len(answer.Incidents), 0)
		is(t, "total", answer.Total, 0)
		is(t, "facets", len(answer.Facets), 0)
	}
	for name, q := range map[string]vigie.Query{"all": {}, "its words": {Q: "grosmatou"}, "its company": {Company: []string{"lunaire"}}, "itself": {Incident: []string{in.ID}}} {
		timeline := must(d.Timeline(t.Context(), q))(t)
		if len(timeline.Items) != 1 || timeline.Items[0].ID != in.ID+"/c3" {
			t.Errorf("timeline of %s: %v", name, items(t, d, q))
			continue
		}
		item := timeline.Items[0]
		is(t, "what it says", item.Correction.Note, "as read")
		is(t, "no word of what was taken back", len(item.Case.Statements), 0)
		is(t, "whose it was", item.Case.Respondent.Name, "Lunaire")
	}
	answer := must(d.Search(t.Context(), vigie.Query{UpdatedSince: 1}))(t)
	if len(answer.Tombstones) != 1 || answer.Tombstones[0].State != vigie.Retracted {
		t.Errorf("tombstones: %v", answer.Tombstones)
	}
	sound(t, d)
	must(d.Restore(t.Context(), vigie.IncidentRecord, in.ID, 2, 3, desk))(t)
	is(t, "taken up again", found(t, d, vigie.Query{}), in.ID)
	is(t, "its statements are not news", items(t, d, vigie.Query{Sort: "recorded"}, vigie.ItemStatement), in.ID+"/s2 "+in.ID+"/s1")
	sound(t, d)
}

func TestATombstoneBetterWordedIsNoNews(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	in := denial(claim("lunaire-2025-05", "lunaire"))
	save(t, d, in, 0)
	must(d.Retract(t.Context(), in.ID, 1, "wrong", desk))(t)
	before := items(t, d, vigie.Query{})
	gone := must(d.Draft(t.Context(), in.ID))(t)
	gone.Reason, gone.Statements = "it was about another shop", gone.Statements[:1]
	save(t, d, &gone.Incident, 2)
	is(t, "timeline", items(t, d, vigie.Query{}), before)
	is(t, "updated", must(d.Draft(t.Context(), in.ID))(t).Derived.Updated, gone.Derived.Updated)
	var tombstone GoneError
	if _, err := d.Incident(t.Context(), in.ID); !errors.As(err, &tombstone) || tombstone.Tombstone.Reason != "it was about another shop" {
		t.Errorf("the tombstone: %v", err)
	}
	sound(t, d)
}

func TestAnExportBringsItsRedirectsAndTombstones(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	gone, moved := claim("lunaire-2025-05", "lunaire"), claim("lunaire-2025-06", "lunaire")
	gone.State, gone.Reason = vigie.Retracted, "wrong shop"
	moved.State, moved.MergedInto = vigie.Merged, "lunaire-2025-07"
	save(t, d, gone, 0)
	save(t, d, moved, 0)
	if _, err := d.Incident(t.Context(), gone.ID); !errors.Is(err, vigie.ErrGone) {
		t.Errorf("a tombstone: %v", err)
	}
	if _, err := d.Incident(t.Context(), moved.ID); !errors.As(err, &MovedError{}) {
		t.Errorf("a redirect: %v", err)
	}
	is(t, "nothing is announced", items(t, d, vigie.Query{}), "")
	sound(t, d)
}

func TestAMergedCaseRedirectsAndItsStatementsKeepTheirIdentity(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	a, b := claim("lunaire-2025-05", "lunaire"), claim("lunaire-2025-06", "lunaire")
	b.Statements[0].Figures = nil
	b.Disclosed, b.Statements[0].On = "2025-06-01", "2025-06-01"
	save(t, d, a, 0)
	second := save(t, d, b, 0)
	before := items(t, d, vigie.Query{Sort: "recorded"}, vigie.ItemStatement)
	made := must(d.Merge(t.Context(), b.ID, 1, a.ID, 1, vigie.Signature{Author: "ada", Note: "one attack"}))(t)
	is(t, "both revisions in one batch", len(made), 2)
	_, err := d.Incident(t.Context(), b.ID)
	var moved MovedError
	if !errors.As(err, &moved) || moved.Into != a.ID {
		t.Fatalf("the merged case: %v", err)
	}
	is(t, "no statement is told twice", items(t, d, vigie.Query{Sort: "recorded"}, vigie.ItemStatement), before)
	timeline := must(d.Timeline(t.Context(), vigie.Query{Incident: []string{a.ID}, Sort: "recorded"}, vigie.ItemStatement))(t)
	is(t, "the target has both", len(timeline.Items), 2)
	is(t, "under the old identity", timeline.Items[0].ID, "lunaire-2025-06/s1")
	is(t, "with the old time", timeline.Items[0].Recorded, second.At)
	is(t, "in its new case", timeline.Items[0].Incident, a.ID)
	is(t, "the merge is told", items(t, d, vigie.Query{}, vigie.ItemCorrection), "lunaire-2025-06/c2")
	if _, err := d.Merge(t.Context(), a.ID, 2, b.ID, 2, desk); !errors.Is(err, ErrState) {
		t.Errorf("a case was merged into a redirect: %v", err)
	}
	sound(t, d)
}

func TestAChangedCompanyIsSeenInAllItsCases(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	before := edition(t, d)
	c := must(d.Company(t.Context(), "lunaire"))(t)
	is(t, "cases", c.Cases, 1)
	c.Name, c.Sector, c.Aliases = "Lunaire & Fils", "toys", []string{"Étoiles du Soir"}
	must(d.Save(t.Context(), Save{Company: &c.Company, Base: c.Version, By: desk}))(t)
	is(t, "edition", edition(t, d), before+1)
	is(t, "found by the alias, accents folded", found(t, d, vigie.Query{Q: "etoiles"}), "lunaire-2025-05")
	is(t, "found by the new sector", found(t, d, vigie.Query{Sector: []string{"toys"}}), "lunaire-2025-05")
	is(t, "not by the old one", found(t, d, vigie.Query{Sector: []string{"home"}}), "")
	is(t, "in a sync", found(t, d, vigie.Query{UpdatedSince: before}), "lunaire-2025-05")
	sound(t, d)
}

func TestTimeNeverRunsBackwards(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	d := openAt(t, t.TempDir()+"/vigie.db", func() time.Time { return now })
	shop(t, d, "lunaire", "Lunaire")
	first := save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	now = now.Add(-time.Hour)
	second := save(t, d, claim("lunaire-2025-06", "lunaire"), 0)
	if second.At.Before(first.At) {
		t.Errorf("%v was saved after %v", second.At, first.At)
	}
}
