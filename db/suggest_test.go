package db

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"vigie"
)

// market is a store with shops whose names are easily misspelt.
func market(t testing.TB) *DB {
	d := open(t)
	for id, name := range map[string]string{
		"boulangerie-lune": "Boulangerie Lune", "tournesol": "Tournesol", "maisons-du-lac": "Maisons du Lac", "darne": "Darne", "dupont-durand": "Dupont & Durand",
		"roy-fleuri": "Roy Fleuri", "palais": "Palais", "tournevis": "Tournevis",
	} {
		shop(t, d, id, name)
		if id != "tournevis" { // of whom no case is published
			save(t, d, claim(id+"-2025-05", id), 0)
		}
	}
	shop(t, d, "cafe", "Café Crème", "Perroquet")
	in := claim("cafe-2025-05", "cafe")
	in.Statements[0].Text = text("Les palaces et les tournois sont visés ; palaces encore")
	save(t, d, in, 0)
	other := claim("cafe-2025-06", "cafe")
	other.Statements[0].Text = text("Deux palaces")
	save(t, d, other, 0)
	return d
}

func suggested(t testing.TB, d *DB, q vigie.Query) string {
	t.Helper()
	var list []string
	for _, s := range must(d.Search(t.Context(), q))(t).Suggestions {
		list = append(list, fmt.Sprintf("%s → %s ?%s", s.Word, s.Name, s.Query))
	}
	return strings.Join(list, "; ")
}

func TestAMisspeltCompanyIsOffered(t *testing.T) {
	d := market(t)
	for q, want := range map[string]string{
		"tournseol":              "tournseol → Tournesol ?q=Tournesol",
		"fuite tournesl clients": "tournesl → Tournesol ?q=fuite+Tournesol+clients",
		"l'tournesl":             "l'tournesl → Tournesol ?q=Tournesol",
		"drne":                   "drne → Darne ?q=Darne",
		"maison du lca":          `maison du lca → Maisons du Lac ?q=%22Maisons+du+Lac%22`,
		"maisonsdulac":           "", // found
		"maisonsdulak":           `maisonsdulak → Maisons du Lac ?q=%22Maisons+du+Lac%22`,
		"dupond et durant":       `dupond et durant → Dupont & Durand ?q=%22Dupont+%26+Durand%22`,
		"fleurri":                `fleurri → Roy Fleuri ?q=%22Roy+Fleuri%22`,
		"perroquett OR lune":     `perroquett → Café Crème ?q=%22Caf%C3%A9+Cr%C3%A8me%22+OR+lune`,
		"tournesol":              "",
		"tournesol es pas":       "", // it is named already
		"tournesols":             "",
		"palaces":                "", // a word of the ledger
		"tournevs":               "", // nobody is told of a company without a case
		`"tournseol"`:            "", // as it is in quotes
		"-tournseol":             "",
		"tourns*":                "",
		"darm":                   "", // two letters of five
		"dar":                    "",
		"palis":                  "palis → Palais ?q=Palais",
		"xyzzy":                  "",
		"":                       "",
	} {
		is(t, q, suggested(t, d, Q(q)), want)
	}
	is(t, "the rest of the query stays, the page goes", suggested(t, d, vigie.Query{Q: "tournseol", Sector: []string{"home"}, Sort: "affected", Limit: 5}),
		"tournseol → Tournesol ?limit=5&q=Tournesol&sector=home&sort=affected")
	is(t, "it is searched all the same", must(d.Search(t.Context(), Q("tournseol")))(t).Total, 0)
	must(d.Retract(t.Context(), "tournesol-2025-05", 1, "wrong shop", desk))(t)
	is(t, "not when the last case is gone", suggested(t, d, Q("tournseol")), "")
}

func TestDistanceCountsSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"boulanger", "boulanger", 0}, {"boulnager", "boulanger", 1}, {"boulager", "boulanger", 1}, {"boullanger", "boulanger", 1}, {"bolnager", "boulanger", 2}, {"ab", "ba", 1}, {"abcd", "badc", 2}, {"temu", "shein", 3}, {"", "ab", 2}} {
		is(t, c.a+" "+c.b, min(distance([]rune(c.a), []rune(c.b), 2), 3), c.want)
		is(t, c.b+" "+c.a, min(distance([]rune(c.b), []rune(c.a), 2), 3), c.want)
	}
}

// Names enough for a country are looked through while the visitor waits.
func BenchmarkNamesLookedThrough(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var names []name
	for range 100_000 {
		letters := make([]byte, 4+random.IntN(12))
		for i := range letters {
			letters[i] = "aaeeiioubcdlmnprst"[random.IntN(18)]
		}
		names = append(names, named(string(letters)))
	}
	for b.Loop() {
		near(names, []string{"boulnager"}, 0, 1)
	}
}
