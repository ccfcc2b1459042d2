package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vigie"
)

// dump writes out every projection and every word of the full text, to the byte.
func dump(t interface{ Fatal(...any) }, d *DB) string {
	var batch []SQL
	for _, p := range projections {
		batch = append(batch, sql(p.read()))
	}
	batch = append(batch, sql(`SELECT term, doc, col, offset FROM words_said ORDER BY 1, 2, 3, 4`))
	var b strings.Builder
	err := d.engine.Query(context.Background(), batch, func(i int, row Row) error {
		columns, name := 4, "words"
		if i < len(projections) {
			columns, name = len(projections[i].columns), projections[i].name
		}
		values, into := make([]any, columns), make([]any, columns)
		for n := range values {
			into[n] = &values[n]
		}
		if err := row.Scan(into...); err != nil {
			return err
		}
		fmt.Fprintln(&b, describe(name, values))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// history makes a random history of a few cases, and keeps going when an act is
// refused, as editors do.
type history struct {
	*rapid.T
	d   *DB
	ids []string
	n   int
}

func (h *history) allow(err error) {
	var problems vigie.Problems
	if err != nil && !errors.Is(err, vigie.ErrConflict) && !errors.Is(err, ErrState) && !errors.Is(err, vigie.ErrGone) && !errors.As(err, &problems) {
		h.Fatal(err)
	}
}

func (h *history) some() (vigie.Record, bool) {
	if len(h.ids) == 0 {
		return vigie.Record{}, false
	}
	record, err := h.d.Draft(context.Background(), rapid.SampledFrom(h.ids).Draw(h.T, "case"))
	h.allow(err)
	return record, true
}

var shops = []string{"lunaire", "autre"}

func (h *history) acts() map[string]func(*rapid.T) {
	ctx := context.Background()
	return map[string]func(*rapid.T){
		"new": func(t *rapid.T) {
			h.n++
			company := rapid.SampledFrom(shops).Draw(t, "company")
			in := claim(numbered(company, h.n), company)
			in.State = rapid.SampledFrom([]vigie.State{vigie.Draft, vigie.Published, vigie.Published}).Draw(t, "state")
			in.Disclosed = rapid.SampledFrom([]vigie.Date{"", "2019", "2025-05", "2025-05-10"}).Draw(t, "first word")
			_, err := h.d.Save(ctx, Save{Incident: in, By: desk})
			h.allow(err)
			h.ids = append(h.ids, in.ID)
		},
		"edit": func(t *rapid.T) {
			r, ok := h.some()
			if !ok {
				return
			}
			in := &r.Incident
			switch rapid.IntRange(0, 6).Draw(t, "edit") {
			case 0:
				in.Summary = text(rapid.StringMatching(`[a-zé ]{0,12}`).Draw(t, "summary"))
			case 1:
				if _, has := in.Statement("s2"); !has {
					in = denial(in)
				}
			case 2:
				if n := len(in.Statements); n > 0 {
					in.Statements = in.Statements[:n-1]
				}
			case 3:
				if len(in.Statements) > 0 {
					in.Statements[0].Figures = []vigie.Figure{{Min: rapid.Int64Range(1, 9).Draw(t, "figure"), Unit: "customers", Qualifier: vigie.MoreThan}}
				}
			case 4:
				in.Disclosed = rapid.SampledFrom([]vigie.Date{"", "2024-01", "2025-05-11"}).Draw(t, "first word")
			case 5:
				in.State = rapid.SampledFrom([]vigie.State{vigie.Draft, vigie.Published}).Draw(t, "state")
			case 6:
				in.Company, in.Wave = rapid.SampledFrom(shops).Draw(t, "company"), rapid.SampledFrom([]string{"", "may-2025"}).Draw(t, "wave")
			}
			_, err := h.d.Save(ctx, Save{Incident: in, Base: r.Derived.Version, By: desk})
			h.allow(err)
		},
		"company": func(t *rapid.T) {
			c, err := h.d.Company(ctx, rapid.SampledFrom(shops).Draw(t, "company"))
			h.allow(err)
			c.Name = rapid.StringMatching(`[A-Z][a-zœ]{1,6}`).Draw(t, "name")
			_, err = h.d.Save(ctx, Save{Company: &c.Company, Base: c.Version, By: desk})
			h.allow(err)
		},
		"wave": func(t *rapid.T) {
			w, err := h.d.Wave(ctx, "may-2025")
			h.allow(err)
			w.Name = text(rapid.StringMatching(`[a-z]{1,6}`).Draw(t, "name"))
			_, err = h.d.Save(ctx, Save{Wave: &w.Wave, Base: w.Version, By: desk})
			h.allow(err)
		},
		"retract": func(t *rapid.T) {
			if r, ok := h.some(); ok {
				_, err := h.d.Retract(ctx, r.ID, r.Derived.Version, "wrong", desk)
				h.allow(err)
			}
		},
		"restore": func(t *rapid.T) {
			if r, ok := h.some(); ok {
				version := rapid.IntRange(1, r.Derived.Version).Draw(t, "version")
				_, err := h.d.Restore(ctx, vigie.IncidentRecord, r.ID, version, r.Derived.Version, desk)
				h.allow(err)
			}
		},
		"merge": func(t *rapid.T) {
			from, ok := h.some()
			into, _ := h.some()
			if ok {
				_, err := h.d.Merge(ctx, from.ID, from.Derived.Version, into.ID, into.Derived.Version, desk)
				h.allow(err)
			}
		},
		"redact": func(t *rapid.T) {
			if r, ok := h.some(); ok && rapid.IntRange(0, 3).Draw(t, "rarely") == 0 {
				var versions []int
				if v := rapid.IntRange(0, r.Derived.Version).Draw(t, "version"); v > 0 {
					versions = []int{v}
				}
				_, err := h.d.Redact(ctx, vigie.IncidentRecord, r.ID, "by law", desk, versions...)
				h.allow(err)
			}
		},
	}
}

func TestRebuiltTablesAreThoseThatWereWritten(t *testing.T) {
	dir := t.TempDir()
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		path := filepath.Join(dir, fmt.Sprintf("%d.db", runs))
		e, err := OpenSQLite(path)
		if err != nil {
			rt.Fatal(err)
		}
		defer os.Remove(path)
		d, err := Open(context.Background(), e, tick())
		if err != nil {
			rt.Fatal(err)
		}
		defer d.Close()
		ctx := context.Background()
		for _, id := range shops {
			if _, err := d.Save(ctx, Save{Company: &vigie.Company{ID: id, Name: id, Sector: "home"}, By: desk}); err != nil {
				rt.Fatal(err)
			}
		}
		if _, err := d.Save(ctx, Save{Wave: &vigie.Wave{ID: "may-2025", Name: text("May")}, By: desk}); err != nil {
			rt.Fatal(err)
		}
		h := &history{T: rt, d: d}
		rt.Repeat(h.acts())
		problems, err := d.Check(ctx, false)
		if err != nil || len(problems) > 0 {
			rt.Fatal("check: ", err, strings.Join(problems, "\n"))
		}
		written := dump(rt, d)
		if problems, err = d.Check(ctx, true); err != nil || len(problems) > 0 {
			rt.Fatal("check after rebuilding: ", err, strings.Join(problems, "\n"))
		}
		if rebuilt := dump(rt, d); rebuilt != written {
			rt.Fatalf("written:\n%s\nrebuilt:\n%s", written, rebuilt)
		}
	})
}

func TestCheckExplainsWhatIsWrongAndRebuildMendsIt(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	save(t, d, denial(claim("lunaire-2025-05", "lunaire")), 0)
	sound(t, d)
	for harm, sentence := range map[string]string{
		`UPDATE incidents SET position = 'confirms'`:           "should be",
		`DELETE FROM terms WHERE field = 'kind'`:               "is missing",
		`INSERT INTO terms VALUES ('kind', 'ddos', 7)`:         "follows from no revision",
		`DELETE FROM words`:                                    "full text",
		`INSERT INTO words (rowid, title) VALUES (9, 'stray')`: "full text of row 9",
		`UPDATE events SET live = 0`:                           "should be",
		`DELETE FROM names`:                                    "is missing",
	} {
		if _, err := d.engine.Exec(t.Context(), sql(harm)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(must(d.Check(t.Context(), false))(t), "\n"); !strings.Contains(got, sentence) {
			t.Errorf("after %s: %q does not say %q", harm, got, sentence)
		}
		if got := must(d.Check(t.Context(), true))(t); len(got) > 0 {
			t.Errorf("rebuilt after %s: %q", harm, got)
		}
	}
	for _, harm := range []string{`DROP TRIGGER revisions_are_fixed`, `UPDATE revisions SET body = replace(body, 'grosmatou', 'petitchat')`} {
		if _, err := d.engine.Exec(t.Context(), sql(harm)); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(must(d.Check(t.Context(), true))(t), "\n"); !strings.Contains(got, "checksum") {
		t.Errorf("an altered revision: %q", got)
	}
}
