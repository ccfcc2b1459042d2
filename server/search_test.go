package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// What a journalist asks of the shipped record, and the case that must come first:
// newest first, which is the order when none is asked, and by relevance. An empty
// id is an order that does not matter; total 0 is any number; "-" is no case.
var searches = []struct {
	box      string
	newest   string
	relevant string
	total    int
}{
	// names, and how they are written
	{"temu", "temu-2024-09", "temu-2024-09", 4},
	{"TEMU", "temu-2024-09", "temu-2024-09", 4},
	{"boulanger", "cultura-2024-09", "boulanger-2024-09", 3},
	{"Boulangers", "", "boulanger-2024-09", 3},
	{"truffaut", "", "truffaut-2024-09", 3},
	{"cultura", "", "cultura-2024-09", 3},
	{"target", "", "target-2013-12", 0},
	{"carrefour", "carrefour-mobile-2025-04", "carrefour-2025-01", 2},
	{"m&s", "", "marks-and-spencer-2025-04", 3},
	{"Marks & Spencer", "", "marks-and-spencer-2025-04", 1},
	{"marks and spencer", "", "marks-and-spencer-2025-04", 1},
	{"Macy's", "macys-2019-11", "", 2},
	{"Macy’s", "macys-2019-11", "", 2},
	{"macys", "macys-2019-11", "", 2},
	{"victoria secret", "", "victorias-secret-2025-05", 1},
	{"hudson's bay", "", "hudsons-bay-2018-03", 1},
	{"hudson’s bay", "", "hudsons-bay-2018-03", 1},
	{"co-op", "", "co-op-uk-2025-04", 2},
	{"coop", "", "", 3},
	{"leroymerlin", "leroy-merlin-2025-12", "leroy-merlin-2025-12", 1},
	{"slip francais", "le-slip-francais-2024-04", "", 1},
	{"picard surgeles", "picard-2024-11", "", 1},
	{"king jouets", "king-jouet-2025-02", "", 1},
	{"jd.com", "jd-com-2016-12", "", 1},
	{"poltronesofà", "poltronesofa-2025-11", "", 1},
	{"poltronesofa", "poltronesofa-2025-11", "", 1},
	{"Müller", "franz-carl-weber-2024-02", "", 1},
	{"онлайн трейд", "online-trade-2022-09", "", 1},
	{"louis vuitton korea", "", "louis-vuitton-2025-07", 2},

	// what happened to whom
	{"fuite boulanger clients", "cultura-2024-09", "boulanger-2024-09", 3},
	{"temu 87 million", "", "temu-2024-09", 4},
	{"mots de passe cultura", "cultura-2024-09", "cultura-2024-09", 1},
	{"m&s cyber attack", "", "marks-and-spencer-2025-04", 3},
	{"home depot credit cards", "home-depot-2014-09", "", 1},
	{"ebay passwords", "ebay-2014-05", "", 1},
	{"target 2013", "target-2013-12", "", 1},
	{"septembre 2024 boulanger", "", "boulanger-2024-09", 3},
	{"auchan 2025", "auchan-2025-08", "auchan-2025-08", 2},
	{"jd sports 10 million", "jd-sports-2023-01", "", 1},
	{"shein fine", "shein-2018-09", "", 1},
	{"dixons carphone fine", "", "dixons-carphone-2018-06", 2},
	{"truffaut refuse", "truffaut-2024-09", "", 1},
	{"qui a démenti", "temu-2024-09", "", 4},
	{"carrefour dément", "carrefour-2025-01", "", 1},
	{"adidas third party", "adidas-2025-05", "", 1},
	{"coop sweden kaseya", "coop-sweden-2021-07", "", 1},
	{"sweden supermarkets closed", "coop-sweden-2021-07", "", 1},
	{"magecart", "macys-2019-11", "", 1},
	{"pandora salesforce", "pandora-2025-08", "", 1},
	{"canada goose shinyhunters", "canada-goose-2026-02", "", 1},
	{"fumeur de tabac", "temu-2024-09", "", 1},
	{"north face credential", "the-north-face-2025-06", "", 1},

	// inflection, accents, ligatures, hyphens, either apostrophe
	{"fuites boulanger client", "cultura-2024-09", "boulanger-2024-09", 3},
	{"breaches", "intermarche-2026-08", "", 0},
	{"sous-traitant", "smyk-2025-04", "", 1},
	{"sous traitants", "smyk-2025-04", "", 1},
	{"sœur", "hot-topic-2024-10", "", 1},
	{"soeurs", "hot-topic-2024-10", "", 1},
	{"oeuvre", "tokopedia-2020-05", "", 1},
	{"l'enseigne truffaut", "", "truffaut-2024-09", 3},
	{"l’enseigne truffaut", "", "truffaut-2024-09", 3},
	{"passeport", "dior-2025-05", "", 3},
	{"emails boulanger", "", "boulanger-2024-09", 0},

	// the grammar
	{`"fumeur de tabac"`, "temu-2024-09", "", 1},
	{"« fumeur de tabac »", "temu-2024-09", "", 1},
	{"“de tabac fumeur”", "-", "-", 0},
	{"temu -boulanger", "temu-2024-09", "temu-2024-09", 1},
	{"temu OU shein", "temu-2024-09", "", 5},
	{"temu OR shein -truffaut", "", "shein-2018-09", 0},
	{"salesf*", "ralph-lauren-2026-06", "", 0},
	{"actor:« Fumeur de tabac »", "temu-2024-09", "", 1},
	{"position:denies affected:1M..", "carrefour-2025-01", "", 4},
	{"evidence:refuted", "flipkart-2022-09", "", 1},
	{"kind:ransomware company_country:GB", "marks-and-spencer-2025-04", "", 1},
	{"harrods year:2025 -co-op", "", "harrods-2025-09", 0},
	{"affected:50M.. sort:affected", "temu-2024-09", "", 7},
	{"kind:credential_stuffing sort:occurred", "", "", 3},
}

func TestTheRecordAnswersWhatJournalistsAsk(t *testing.T) {
	h := full(t)
	for _, c := range searches {
		for _, order := range []struct{ sort, want string }{{"", c.newest}, {"relevance", c.relevant}} {
			q, err := vigie.ParseQuery(map[string][]string{"q": {c.box}})
			if err != nil {
				t.Fatalf("%s: %v", c.box, err)
			}
			if order.sort != "" && q.Sort == "" {
				q.Sort = order.sort
			}
			answer, err := h.store.Search(t.Context(), q)
			if err != nil {
				t.Fatalf("%s: %v", c.box, err)
			}
			first := "-"
			if len(answer.Incidents) > 0 {
				first = answer.Incidents[0].ID
			}
			if order.want != "" && first != order.want || order.want == "" && first == "-" {
				t.Errorf("%s, by %q: first of %d is %s, want %s", c.box, order.sort, answer.Total, first, order.want)
			}
			if c.total > 0 && answer.Total != c.total {
				t.Errorf("%s: %d cases, want %d", c.box, answer.Total, c.total)
			}
			if q.Q != "" && first != "-" && len(answer.Incidents[0].Marks) == 0 {
				t.Errorf("%s: nothing is marked in %s", c.box, first)
			}
		}
	}
}

// Names as they are mistyped, and the company to be offered; "-" is none.
var mistyped = map[string]string{
	"Boulnager": "boulanger", "bolanger": "boulanger", "cultrua": "cultura", "trufaut": "truffaut", "truffault": "truffaut", "temmu": "temu", "fuite temuu": "temu",
	"carefour": "carrefour", "aucahn": "auchan", "intermarhce": "intermarche", "leroi merlin": "leroy-merlin", "marks and spencr": "marks-and-spencer", "harods": "harrods",
	"shien": "shein", "addidas": "adidas", "louis vuiton": "louis-vuitton", "tokopedya": "tokopedia", "home deppot": "home-depot", "jc penney": "jcpenney", "yes 24": "yes24", "ldcl": "ldlc",

	"boulanger": "-", "boulangers": "-", "cultural": "cultura", "casinos": "-", "targeted": "-", "target": "-", "breach": "-", "fuites": "-", "clients": "-", "données": "-", "marseille": "-",
	"truffaut ne dit rien": "-", "leroy": "-", "spencer": "-", "marks and spencer 2025": "-", "systeme": "-", "cartes": "-", "retailer": "-", "passwords": "-", "leclerc": "-", "easy cash": "-", "xyz": "-",
}

func TestAMistypedNameIsOfferedAndAWordIsNot(t *testing.T) {
	h := full(t)
	for box, want := range mistyped {
		answer, err := h.store.Search(t.Context(), vigie.Query{Q: box})
		if err != nil {
			t.Fatal(err)
		}
		got := "-"
		if len(answer.Suggestions) > 0 {
			got = answer.Suggestions[0].Company
		}
		if got != want {
			t.Errorf("%s: %s is offered, want %s", box, got, want)
		}
		if got == "-" {
			continue
		}
		q, err := vigie.ParseRawQuery(answer.Suggestions[0].Query)
		if err != nil {
			t.Fatalf("%s: %v", box, err)
		}
		again, err := h.store.Search(t.Context(), q)
		if err != nil || again.Total == 0 || len(again.Suggestions) > 0 {
			t.Errorf("%s, as offered (%s): %d cases, %d offers, %v", box, q.Q, again.Total, len(again.Suggestions), err)
		}
	}
}

func TestWhatIsOfferedAsksForWhatWasAsked(t *testing.T) {
	v := full(t).visitor()
	for address, want := range map[string]string{
		"/incidents.json?q=boulnager":         `"query":"q=Boulanger"`,
		"/incidents.json?limit=5&q=boulnager": `"query":"limit=5&q=Boulanger"`,
		"/incidents.json?q=norv%C3%A8ge":      `"query":"country=NO"`,
	} {
		if body := v.see(address).body; !strings.Contains(body, want) {
			t.Errorf("%s: no %s in %.300s", address, want, body)
		}
	}
}

// No word of the record itself is taken for a slip, but what only resembles a name
// by chance and is found nowhere.
func TestFewWordsOfTheRecordAreTakenForSlips(t *testing.T) {
	h := full(t)
	all, err := shippedIncidents()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, in := range all {
		for _, s := range in.Statements {
			for _, w := range vigie.Words(s.Text.FR + " " + s.Text.EN) {
				seen[w] = true
			}
		}
	}
	const every = 4 // of them is looked up
	offered := 0
	for i, w := range slices.Sorted(maps.Keys(seen)) {
		if i%every != 0 {
			continue
		}
		answer, err := h.store.Search(t.Context(), vigie.Query{Q: w, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.Suggestions) > 0 {
			offered++
			t.Logf("%s: %s?", w, answer.Suggestions[0].Name)
			if answer.Total > 0 {
				t.Errorf("%s is found and %s is offered", w, answer.Suggestions[0].Name)
			}
		}
	}
	if most := len(seen) / every / 100; offered > most || len(seen) < 1000 {
		t.Errorf("a name is offered for %d of %d words, want at most %d", offered, len(seen)/every, most)
	}
}
