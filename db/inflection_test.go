package db

import (
	"path/filepath"
	"strings"
	"testing"

	"vigie"
)

// inflected is a store with a case in both languages and shops whose names are
// words too.
func inflected(t testing.TB) *DB {
	d := open(t)
	shop(t, d, "cible", "Cible")
	shop(t, d, "dores", "Pains Dorés", "L’Or")
	a := claim("cible-2025-05", "cible")
	a.Statements[0].Text = vigie.Text{FR: "Les colis volés de gérantes, une panne de plus", EN: "The stolen parcels: retailers flooded, stores hacked"}
	b := claim("dores-2025-05", "dores")
	b.Statements[0].Text = vigie.Text{FR: "Deux boutiques ciblées par des pannes de sous-traitants de cartes-cadeaux", EN: "Two floods at one retailer targeted by a hack"}
	b.Statements[0].Quotes = []vigie.Quote{{Text: "Sin datos ni sales", Lang: "es", Source: "r1"}}
	save(t, d, a, 0)
	save(t, d, b, 0)
	return d
}

func TestAWordIsFoundInItsOtherForms(t *testing.T) {
	d := inflected(t)
	const cible, pain = "cible-2025-05", "dores-2025-05"
	both := pain + " " + cible
	for q, want := range map[string]string{
		"panne": both, "pannes": both, "Pannes": both, `"panne"`: cible, "panne*": both, "-pannes": cible,
		"flood": both, "floods": both, "flooded": both, "retailer": both, "retailers": both, "hack": both, "hacked": both,
		"volée": cible, "voler": cible, "gerant": cible, "l’enseigne": "", "l’or": pain, "la panne": "",
		"cible":   cible, // the name, not « ciblées »
		"l’cible": cible, // nor after an article
		"cibles":  both, "ciblée": pain, "pain": pain, "pains": pain,
		"sale":          pain, // of a quote whose language is neither any form will do
		"stol":          "",
		"sous-traitant": pain, "sous-traitants": pain, "sous-traitances": "", `"sous-traitant"`: "", "carte-cadeau": pain, "cartes-cadeau": pain, "carton-cadeau": "", "soustraitants": pain, "soustraitant": pain, "cartecadeau": pain, `"soustraitants"`: "",
		"painsdores":  pain,
		"\ue001panne": both, // a mark of ours is no letter of theirs
	} {
		is(t, q, found(t, d, Q(q)), want)
	}
	sound(t, d)
}

func TestTheOtherFormsAreMarkedToo(t *testing.T) {
	d := inflected(t)
	for q, want := range map[string]string{
		"panne":         "statement s1 fr=pannes",
		"flood":         "statement s1 en=floods",
		"cibles":        "statement s1 fr=ciblées",
		"hack":          "statement s1 en=hack",
		"l’or":          "company=L’Or",
		"sous-traitant": "statement s1 fr=sous-traitants",
		`"panne"`:       "",
	} {
		var seen []string
		for _, r := range must(d.Search(t.Context(), vigie.Query{Q: q, Company: []string{"dores"}}))(t).Incidents {
			for _, m := range r.Marks {
				for _, s := range m.Spans {
					seen = append(seen, m.Field+"="+m.Text[s[0]:s[1]])
				}
			}
		}
		is(t, q, strings.Join(seen, " "), want)
	}
}

func TestMonthsAreFoundInWords(t *testing.T) {
	d := library(t)
	for q, want := range map[string]string{"lunaire 2025": lunaire, "lunaire mai 2025": lunaire, "may 2025": lunaire, `"juin 2025"`: coeur, "lunaire 2019": old, "lunaire 12": ""} {
		is(t, q, found(t, d, Q(q)), want)
	}
}

// Every word and every form of a word in the store is marked where it is found:
// marks and the index read words alike.
func TestWhatIsFoundIsMarked(t *testing.T) {
	d := inflected(t)
	for _, q := range []string{"pannes", "flooded", "gerante volee", "retailers", "boutique", "or", "pain", "vendeurs OR hacks", "cib*"} {
		answer := must(d.Search(t.Context(), Q(q)))(t)
		if len(answer.Incidents) == 0 {
			t.Errorf("%s: nothing found", q)
		}
		for _, r := range answer.Incidents {
			if len(r.Marks) == 0 {
				t.Errorf("%s: %s is found and nothing in it is marked", q, r.ID)
			}
		}
	}
}

func TestADatabaseOfBeforeIsIndexedAnewOnce(t *testing.T) {
	made := open(t)
	shop(t, made, "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	in.Statements[0].Text = text("Two floods")
	save(t, made, in, 0)

	path := filepath.Join(t.TempDir(), "vigie.db")
	e := must(OpenSQLite(path))(t)
	const before = 5 // the last schema without stems
	if err := apply(t.Context(), e, must(readMigrations(shipped))(t)[:before], tick()()); err != nil {
		t.Fatal(err)
	}
	var batch []SQL
	err := made.engine.Query(t.Context(), []SQL{everyRevision}, func(_ int, row Row) error {
		r := make([]any, strings.Count(revisionColumns, ",")+1)
		into := make([]any, len(r))
		for i := range r {
			into[i] = &r[i]
		}
		batch = append(batch, sql(`INSERT INTO revisions (`+strings.ReplaceAll(revisionColumns, "r.", "")+`) VALUES (?`+strings.Repeat(", ?", len(r)-1)+`)`, r...))
		return row.Scan(into...)
	})
	must(e.Exec(t.Context(), must(batch, err)(t)...))(t)
	must(0, e.Close())(t)

	empty := func(d *DB) {
		must(d.engine.Exec(t.Context(), sql(`INSERT INTO words (words) VALUES ('delete-all')`)))(t)
	}
	d := openAt(t, path, tick())
	is(t, "found by another form, as soon as it is opened", found(t, d, Q("flood")), "lunaire-2025-05")
	sound(t, d)
	empty(d)
	must(0, d.Close())(t)
	is(t, "and not written anew a second time", found(t, openAt(t, path, tick()), Q("flood")), "")
}

func TestACompanyThatOnlyDraftsKnowOfChangesNoAnswer(t *testing.T) {
	d := open(t)
	shop(t, d, "lune", "Lune")
	in := claim("lune-2025-05", "lune")
	in.Statements[0].Text = text("Les rouges sont visés")
	save(t, d, in, 0)
	before := must(d.Search(t.Context(), Q("rouge")))(t)
	shop(t, d, "rouge", "Rouge") // no word of it is public, and no edition is made
	hidden := claim("rouge-2025-06", "rouge")
	hidden.State = vigie.Draft
	save(t, d, hidden, 0)
	after := must(d.Search(t.Context(), Q("rouge")))(t)
	is(t, "edition", after.Edition, before.Edition)
	is(t, "found before", before.Total, 1)
	is(t, "found after", after.Total, before.Total)
	hidden.State = vigie.Published
	save(t, d, hidden, 1)
	is(t, "once it is published, it is a name", found(t, d, Q("rouge")), "rouge-2025-06")
}
