package vigie

import (
	"strings"
	"sync"
)

// Coded is a filter that words name: a field of Query and one of its values.
type Coded struct{ Field, Value string }

// codedLists are the vocabularies that people write as words, and the fields that
// filter by them, the likeliest first.
var codedLists = []struct {
	list   string
	fields []string
}{{"sector", []string{"sector"}}, {"country", []string{"country", "company_country"}}, {"kind", []string{"kind"}}}

// alsoCalled are other words, of either language, for what a code stands for. The
// labels of the vocabulary and the parts of theirs that "and" joins need none.
var alsoCalled = map[Coded][]string{
	{"sector", "grocery"}:     {"épicerie", "supermarché", "hypermarché", "grande surface", "supermarket", "hypermarket", "groceries", "food"},
	{"sector", "fashion"}:     {"vêtement", "prêt-à-porter", "habillement", "clothing", "clothes", "apparel"},
	{"sector", "electronics"}: {"high-tech", "informatique"},
	{"sector", "culture"}:     {"librairie", "livres", "bookshop", "bookstore"},
	{"sector", "diy_garden"}:  {"jardinerie", "jardinage", "hardware store", "garden centre", "garden center"},
	{"sector", "home"}:        {"ameublement", "meubles", "furniture"},
	{"sector", "beauty"}:      {"cosmétiques", "parfumerie", "cosmetics"},
	{"sector", "luxury"}:      {"joaillerie", "jewellery", "jewelry"},
	{"sector", "optics"}:      {"opticien", "optician"},
	{"sector", "automotive"}:  {"voiture", "cars"},
	{"sector", "toys"}:        {"jeux et jouets"},
	{"country", "US"}:         {"USA", "United States of America", "Amérique"},
	{"country", "GB"}:         {"UK", "Great Britain", "Grande-Bretagne", "Angleterre", "England"},
	{"country", "NL"}:         {"Hollande", "Holland"},
	{"kind", "ransomware"}:    {"rançonlogiciel", "cryptolocker"},
	{"kind", "skimming"}:      {"skimmer", "magecart", "card skimmer"},
	{"kind", "ddos"}:          {"DDoS"},
	{"kind", "supply_chain"}:  {"supply chain", "chaîne d’approvisionnement"},
	{"kind", "data_breach"}:   {"data leak", "vol de données"},
	{"kind", "extortion"}:     {"chantage", "blackmail"},
}

// codedWords are the filters by the stems of the words that name them.
var codedWords = sync.OnceValue(func() map[string][]Coded {
	all := map[string][]Coded{}
	add := func(name string, lang Lang, filters []Coded) {
		if key := codeKey(Words(name), lang); key != "" {
			all[key] = append(all[key], filters...)
		}
	}
	for _, l := range codedLists {
		for _, t := range vocabulary()[l.list].terms {
			if t.Code == "other" || t.Code == "unknown" {
				continue
			}
			var filters []Coded
			for _, field := range l.fields {
				filters = append(filters, Coded{field, t.Code})
			}
			for _, lang := range Langs {
				label := t.Label.In(lang)
				names := append([]string{label}, alsoCalled[Coded{l.list, t.Code}]...)
				if l.list == "sector" {
					for _, part := range strings.FieldsFunc(strings.NewReplacer(" et ", ",", " and ", ",").Replace(label), func(r rune) bool { return r == ',' }) {
						if part != label {
							names = append(names, part)
						}
					}
				}
				for _, name := range names {
					add(name, lang, filters)
				}
			}
		}
	}
	return all
})

// codeKey is how words are looked up: their language and their stems.
func codeKey(words []string, lang Lang) string {
	if len(words) == 0 {
		return ""
	}
	key := string(lang)
	for _, w := range words {
		key += " " + Stem(w, lang)
	}
	return key
}

// CodesNamed lists the filters that folded words name in either language: norvege
// is country:NO or company_country:NO, épiceries is sector:grocery.
func CodesNamed(words []string) (list []Coded) {
	seen := map[Coded]bool{}
	for _, lang := range Langs {
		for _, c := range codedWords()[codeKey(words, lang)] {
			if !seen[c] {
				seen[c], list = true, append(list, c)
			}
		}
	}
	return list
}
