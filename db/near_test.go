package db

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
)

func TestAnEmptyAnswerOffersWhatIsNear(t *testing.T) {
	d := library(t)
	near := func(q vigie.Query) string {
		var list []string
		for _, n := range must(d.Near(t.Context(), q))(t) {
			if !n.Exact {
				t.Errorf("%+v is not exact", n)
			}
			list = append(list, fmt.Sprintf("%s=%s %d ?%s", n.Field, n.Dropped, n.Total, n.Query.Canonical()))
		}
		return strings.Join(list, "; ")
	}
	for want, q := range map[string]vigie.Query{
		"q=nonesuch 3 ?q=grosmatou":       Q("grosmatou nonesuch"),
		"kind=ddos,skimming 2 ?q=lunaire": {Q: "lunaire", Kind: []string{"ddos", "skimming"}},
		"":                                Q("nonesuch"), // without it nothing would be asked
		"q=-grosmatou 2 ?q=lunaire":       Q("lunaire -grosmatou"),
		"q=tulipe OR \"rose rouge\" 2 ?q=lunaire": Q(`tulipe OR "rose rouge" lunaire`),
		"country=BE 2 ?company=lunaire&limit=5&sort=affected; company=lunaire 1 ?country=BE&limit=5&sort=affected": {Company: []string{"lunaire"}, Country: []string{"BE"}, Sort: "affected", Limit: 5, Cursor: "x"},
		"after=2030 2 ?before=2025-05":     {After: "2030", Before: "2025-05"},
		"position=confirms 3 ?q=grosmatou": {Q: "grosmatou", Position: []string{"confirms"}, AsOf: "2025-06-30"}, // as_of goes with it
		"affected=..5 3 ?q=grosmatou":      {Q: "grosmatou", AffectedMax: 5},
		"q=rose tulipe lis 1 ?country=BE":  {Q: "rose tulipe lis", Country: []string{"BE"}},
	} {
		is(t, fmt.Sprintf("%+v", q), near(q), want)
	}
	for i := range nearMost + 3 {
		save(t, d, claim(numbered("lunaire", i), "lunaire"), 0)
	}
	many := must(d.Near(t.Context(), vigie.Query{Q: "lunaire", Kind: []string{"ddos"}, Data: []string{"bank_account"}}))(t)
	is(t, "two things wrong at once", len(many), 0)
	d.countMost = 4
	is(t, "more than are counted", fmt.Sprint(must(d.Near(t.Context(), vigie.Query{Q: "lunaire", Kind: []string{"ddos"}}))(t)[0].Exact), "false")
}

func TestNearMatchesAreFewAndTheWidestFirst(t *testing.T) {
	d := library(t)
	q := vigie.Query{Q: "grosmatou lunaire messager boutique visée vente", Kind: []string{"ddos"}, Country: []string{"FR"}, Year: []string{"2019"}}
	is(t, "only without the kind", len(must(d.Near(t.Context(), vigie.Query{Q: "grosmatou lunaire messager", Kind: []string{"ddos"}}))(t)), 1)
	last := -1
	for _, n := range must(d.Near(t.Context(), vigie.Query{Company: []string{"coeur-vaillant"}, Kind: []string{"ransomware"}, Year: []string{"2025"}, Country: []string{"BE"}, Data: []string{"email"}, Evidence: []string{"alleged"}, Position: []string{"denies"}, Sector: []string{"home"}}))(t) {
		if last >= 0 && n.Total > last {
			t.Errorf("%d after %d", n.Total, last)
		}
		last = n.Total
	}
	is(t, "a long query", len(less(q)), 10)
	q.Q = strings.Repeat("mot ", 60)
	is(t, "a very long one", len(less(q)), nearTried)
}
