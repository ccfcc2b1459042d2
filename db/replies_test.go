package db

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigie"
)

func letter(id, text string) vigie.Reply {
	return vigie.Reply{ID: id, Incident: "lunaire-2025-05", Kind: vigie.ToPublish, Name: "Ana Li", Function: "Press office", Email: "press@lunaire.example", Text: text, Lang: vigie.French}
}

func TestALetterWaitsIsSettledAndForgotten(t *testing.T) {
	d := open(t)
	ctx := t.Context()
	for i, text := range []string{"We deny it.", "The date is wrong."} {
		is(t, "its reference", must(d.AddReply(ctx, letter(fmt.Sprintf("ref%d", i), text)))(t), fmt.Sprintf("ref%d", i))
	}
	is(t, "sent twice", must(d.AddReply(ctx, letter("ref9", "We deny it.")))(t), "ref0")
	is(t, "waiting", must(d.CountReplies(ctx))(t), 2)
	waiting := must(d.OpenReplies(ctx))(t)
	if len(waiting) != 2 || waiting[0].ID != "ref0" || waiting[0].Name != "Ana Li" || waiting[0].Text != "We deny it." || waiting[0].At.IsZero() || !waiting[0].Settled.IsZero() {
		t.Fatalf("the oldest is not first, or not whole: %+v", waiting)
	}

	if err := d.SettleReply(ctx, "ref0", "ada", "published as s4"); err != nil {
		t.Fatal(err)
	}
	if err := d.SettleReply(ctx, "ref0", "bob", "again"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("settled twice: %v", err)
	}
	settled := must(d.SettledReplies(ctx, 10))(t)
	if len(settled) != 1 || settled[0].Author != "ada" || settled[0].Note != "published as s4" || settled[0].Settled.IsZero() {
		t.Errorf("settled: %+v", settled)
	}
	is(t, "the same words later are a new letter", must(d.AddReply(ctx, letter("ref8", "We deny it.")))(t), "ref8")
	if err := d.ReopenReply(ctx, "ref0"); !errors.Is(err, ErrUnique) {
		t.Errorf("reopened beside its twin: %v", err)
	}
	if err := d.SettleReply(ctx, "ref8", "ada", ""); err != nil {
		t.Fatal(err)
	}
	if err := d.ReopenReply(ctx, "ref0"); err != nil {
		t.Fatal(err)
	}
	if r := must(d.Reply(ctx, "ref0"))(t); !r.Settled.IsZero() || r.Note != "published as s4" {
		t.Errorf("reopened: %+v", r)
	}

	later := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	is(t, "forgotten: only what is settled", must(d.ForgetReplies(ctx, later))(t), 1)
	is(t, "and no more", must(d.ForgetReplies(ctx, later))(t), 0)
	if _, err := d.Reply(ctx, "ref8"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a forgotten letter: %v", err)
	}
	is(t, "waiting still", must(d.CountReplies(ctx))(t), 2)
}

func TestLettersAreBoundedInNumberAndSayWhenFull(t *testing.T) {
	d := open(t)
	_, err := d.engine.Exec(t.Context(), sql(`WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO replies (id, incident, at, digest, body) SELECT 'x' || i, 'a', '2026', 'd' || i, '{}' FROM n`, int64(RepliesMost-1)))
	if err != nil {
		t.Fatal(err)
	}
	is(t, "the last place", must(d.AddReply(t.Context(), letter("last", "We deny it.")))(t), "last")
	if _, err := d.AddReply(t.Context(), letter("more", "And more.")); !errors.Is(err, ErrRepliesFull) {
		t.Errorf("one too many: %v", err)
	}
	is(t, "one that waits already is known all the same", must(d.AddReply(t.Context(), letter("more", "We deny it.")))(t), "last")
	if err := d.SettleReply(t.Context(), "x1", "ada", ""); err != nil {
		t.Fatal(err)
	}
	is(t, "a place again", must(d.AddReply(t.Context(), letter("more", "And more.")))(t), "more")
}

// Nothing of a letter leaves the desk: not the feeds, the search or the dump.
func TestALetterIsInNothingThatIsPublic(t *testing.T) {
	d := library(t)
	edition := must(d.Edition(t.Context()))(t)
	if _, err := d.AddReply(t.Context(), letter("ref", "quetzalcoatl")); err != nil {
		t.Fatal(err)
	}
	is(t, "no edition", must(d.Edition(t.Context()))(t), edition)
	is(t, "found by its words", must(d.Search(t.Context(), Q("quetzalcoatl")))(t).Total, 0)
	out := filepath.Join(t.TempDir(), "public.sqlite")
	if _, err := d.Dump(t.Context(), out, Imprint{Title: "Vigie"}); err != nil {
		t.Fatal(err)
	}
	dumped := must(os.ReadFile(out))(t)
	for _, word := range []string{"quetzalcoatl", "press@lunaire.example", "Ana Li"} {
		if strings.Contains(string(dumped), word) {
			t.Errorf("the dump holds %q", word)
		}
	}
}
