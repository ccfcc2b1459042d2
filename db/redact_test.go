package db

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
)

// traces counts a word in the database file and everything beside it, whole or
// folded.
func traces(t *testing.T, path, word string) (n int) {
	t.Helper()
	files := must(filepath.Glob(path + "*"))(t)
	for _, file := range files {
		body := bytes.ToLower(must(os.ReadFile(file))(t))
		n += bytes.Count(body, []byte(strings.ToLower(word)))
	}
	return n
}

// bulk fills the store around a case, so that its words stand in several pages
// and segments.
func bulk(t *testing.T, d *DB, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		in := claim(numbered("lunaire", i), "lunaire")
		in.Summary = text(strings.Repeat("some other words that stay where they are ", 40))
		save(t, d, in, 0)
	}
}

func TestARedactedTextIsNowhereInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	d := openAt(t, path, tick())
	shop(t, d, "lunaire", "Lunaire")
	bulk(t, d, 100, 120)
	in := denial(claim("lunaire-2025-05", "lunaire"))
	in.Statements[0].Text = text("Xylophage quarante-deux")
	in.Statements[0].Quotes = []vigie.Quote{{Text: "Wqzquote", Lang: "fr", Source: "r1"}}
	in.Sources[0].Title = "Kqzsource"
	in.Summary = text(strings.Repeat("Vqzsummary is long enough for overflow pages ", 200))
	c := vigie.Candidate{ID: "c1", Kind: "article", Key: "https://example.org/1", Hash: "h1", Reading: vigie.Reading{Text: "Jqzarticle on Lunaire", Victims: []string{"Jqzvictim"}}}
	must(d.AddCandidate(t.Context(), c))(t)
	must(d.Save(t.Context(), Save{Incident: in, By: vigie.Signature{Author: "ada", Note: "Nqznote"}, Decision: &vigie.Decision{Candidate: "c1", Incident: in.ID, Verdict: vigie.Accepted, Author: "ada"}}))(t)
	must(d.Save(t.Context(), Save{Incident: in, Base: 1, By: desk}))(t)
	bulk(t, d, 120, 140)
	must(d.Retract(t.Context(), in.ID, 2, "Rqzreason", desk))(t)
	words := []string{"Xylophage", "Wqzquote", "Kqzsource", "Vqzsummary", "Nqznote", "Jqzarticle", "Jqzvictim", "Rqzreason"}
	for _, word := range words {
		if traces(t, path, word) == 0 {
			t.Fatalf("%s is not in the file to begin with", word)
		}
	}

	before := edition(t, d)
	r := must(d.Redact(t.Context(), vigie.IncidentRecord, in.ID, "ordered by a court", vigie.Signature{Author: "chief"}))(t)
	for _, word := range words {
		is(t, "traces of "+word, traces(t, path, word), 0)
	}
	is(t, "other cases are whole", traces(t, path, "stay where they are") > 0, true)
	is(t, "it is a revision", r.Version, 4)
	is(t, "that moves the edition", r.Edition, before+1)
	history := must(d.History(t.Context(), vigie.IncidentRecord, in.ID))(t)
	for _, old := range history[:3] {
		if old.Redacted == nil || old.Redacted.Reason != "ordered by a court" || len(old.Redacted.SHA256) != 64 || old.Body != nil || old.Note != "" {
			t.Errorf("version %d: %+v", old.Version, old)
		}
	}
	_, err := d.Incident(t.Context(), in.ID)
	var gone GoneError
	if !errors.As(err, &gone) || gone.Tombstone.Reason != "ordered by a court" {
		t.Errorf("the redacted case: %v", err)
	}
	if _, err := d.Restore(t.Context(), vigie.IncidentRecord, in.ID, 1, 4, desk); !errors.Is(err, vigie.ErrGone) {
		t.Errorf("a redacted version was restored: %v", err)
	}
	is(t, "the candidate does not come back", must(d.AddCandidate(t.Context(), c))(t), Duplicate)
	for _, item := range must(d.Timeline(t.Context(), vigie.Query{Incident: []string{in.ID}}))(t).Items {
		is(t, "the feed tells why", item.Correction.Note, "ordered by a court")
	}
	sound(t, d)
	must(d.Check(t.Context(), true))(t)
	sound(t, d)
}

func TestAHistoricVersionIsRedactedAndThePresentOneStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	d := openAt(t, path, tick())
	shop(t, d, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	save(t, d, in, 0)
	bad := denial(in)
	bad.Statements[1].Text = text("Yqzname of a private person")
	said := save(t, d, bad, 1)
	good := denial(in)
	save(t, d, good, 2)
	timeline := items(t, d, vigie.Query{Sort: "recorded"})
	updated := must(d.Incident(t.Context(), in.ID))(t).Derived.Updated

	must(d.Redact(t.Context(), vigie.IncidentRecord, in.ID, "a private person", vigie.Signature{Author: "chief"}, 2))(t)
	is(t, "traces", traces(t, path, "Yqzname"), 0)
	record := must(d.Incident(t.Context(), in.ID))(t)
	is(t, "the present body stays", len(record.Statements), 2)
	is(t, "updated stays", record.Derived.Updated, updated)
	is(t, "the timeline stays", items(t, d, vigie.Query{Sort: "recorded"}), timeline)
	must(d.Check(t.Context(), true))(t)
	sound(t, d)
	is(t, "the timeline stays after a rebuild", items(t, d, vigie.Query{Sort: "recorded"}), timeline)
	for _, item := range must(d.Timeline(t.Context(), vigie.Query{}))(t).Items {
		if item.ID == in.ID+"/s2" {
			is(t, "the denial keeps the time of the version that is gone", item.Recorded, said.At)
		}
	}
	if _, err := d.Redact(t.Context(), vigie.IncidentRecord, in.ID, "x", desk, 9); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a version that never was: %v", err)
	}
}

func TestACompanyAndAMergedCaseAreRedactedToo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	d := openAt(t, path, tick())
	shop(t, d, "lunaire", "Lunaire", "Aqzalias")
	a, b := claim("lunaire-2025-05", "lunaire"), claim("lunaire-2025-06", "lunaire")
	b.Summary = text("Bqzsummary")
	save(t, d, a, 0)
	save(t, d, b, 0)
	must(d.Merge(t.Context(), b.ID, 1, a.ID, 1, desk))(t)
	must(d.Redact(t.Context(), vigie.IncidentRecord, b.ID, "by law", desk))(t)
	is(t, "traces of the merged case", traces(t, path, "Bqzsummary"), 0)
	_, err := d.Incident(t.Context(), b.ID)
	var moved MovedError
	if !errors.As(err, &moved) || moved.Into != a.ID {
		t.Errorf("the redirect is lost: %v", err)
	}
	c := must(d.Company(t.Context(), "lunaire"))(t)
	c.Aliases = nil
	must(d.Save(t.Context(), Save{Company: &c.Company, Base: 1, By: desk}))(t)
	must(d.Redact(t.Context(), vigie.CompanyRecord, "lunaire", "by law", desk, 1))(t)
	is(t, "traces of the alias", traces(t, path, "Aqzalias"), 0)
	is(t, "the name stays", must(d.Company(t.Context(), "lunaire"))(t).Name, "Lunaire")
	sound(t, d)
}

func TestRevisionsCannotBeChangedOrDeleted(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for _, attack := range []string{
		`DELETE FROM revisions`,
		`UPDATE revisions SET body = '{}'`,
		`UPDATE revisions SET note = 'other'`,
		`UPDATE revisions SET author = 'eve'`,
		`INSERT OR REPLACE INTO revisions SELECT seq, id, kind, record_id, version, 'eve', note, at, edition, effect, body, sha256 FROM revisions`,
		`DELETE FROM redactions`,
	} {
		if attack == `DELETE FROM redactions` {
			if _, err := d.engine.Exec(t.Context(), sql(`INSERT INTO redactions VALUES ('company', 'nobody', 1, '{}')`)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.engine.Exec(t.Context(), sql(attack)); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", attack, err)
		}
	}
	is(t, "author", must(d.History(t.Context(), vigie.CompanyRecord, "lunaire"))(t)[0].Author, "ada")
}
