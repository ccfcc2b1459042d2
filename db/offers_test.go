package db

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
)

func offeredFor(t testing.TB, d *DB, q vigie.Query) string {
	t.Helper()
	var list []string
	for _, o := range must(d.Search(t.Context(), q))(t).Filters {
		list = append(list, fmt.Sprintf("%s is %s:%s ?%s", o.Word, o.Field, o.Value, o.Query))
	}
	return strings.Join(list, "; ")
}

func TestAFilterIsOfferedForTheWordsThatNameIt(t *testing.T) {
	d := open(t)
	shop(t, d, "lune", "Lune") // of home, in France
	shop(t, d, "maison", "Maison")
	in := claim("lune-2025-05", "lune")
	in.Countries, in.Kind = []string{"US"}, "data_breach"
	in.Statements[0].Text = text("Tout est perdu")
	save(t, d, in, 0)
	draft := claim("lune-2025-06", "lune")
	draft.State, draft.Countries, draft.Kind = vigie.Draft, []string{"NO"}, "ransomware"
	save(t, d, draft, 0)
	for q, want := range map[string]string{
		"états-unis":             "états-unis is country:US ?country=US",
		"perdu usa":              "usa is country:US ?country=US&q=perdu",
		"France":                 "France is company_country:FR ?company_country=FR", // nobody was concerned there
		"norvège":                "",                                                 // a draft is no business of the public
		"ransomware":             "",
		"fuite de données perdu": "fuite de données is kind:data_breach ?kind=data_breach&q=perdu",
		"furniture":              "furniture is sector:home ?sector=home",
		"-usa":                   "",
		`"usa"`:                  "",
		"lune usa":               "", // a company is named
		"épicerie":               "", // finds nothing
	} {
		is(t, q, offeredFor(t, d, Q(q)), want)
	}
	is(t, "what is filtered already", offeredFor(t, d, vigie.Query{Q: "usa", Country: []string{"US"}}), "")
	is(t, "and the text is searched as it is", must(d.Search(t.Context(), Q("usa")))(t).Total, 0)
}
