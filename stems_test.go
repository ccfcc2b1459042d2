package vigie

import (
	"strings"
	"testing"
)

func TestInflectionsMeet(t *testing.T) {
	for lang, families := range map[Lang][]string{
		French: {
			"fuite fuites", "volé volée volés volées voler vole", "donnée données", "client clients cliente clientes", "piraté pirater piratée piratées pirate",
			"démenti démentie démenties", "réseau réseaux", "magasin magasins", "vol vols", "premier première premières premiers", "enseigne enseignes",
			"personnel personnelle personnelles", "européen européenne européennes", "régional régionaux régionale", "mot mots", "cœur cœurs", "bijou bijoux",
			"concerné concernée concernées concerner", "connu connue connus", "français française françaises", "jeu jeux", "compromise compromises",
		},
		English: {
			"breach breaches breached breaching", "hack hacks hacked hacking", "leak leaks leaked", "retailer retailers", "company companies", "store stores stored storing",
			"ship ships shipped shipping", "skim skimmed skimming", "deny denies denied", "fine fines fined", "ask asked asks", "address addresses", "virus viruses",
			"cookie cookies", "phish phishing phished", "database databases", "case cases", "release releases released", "pay pays paying", "tax taxed taxes", "loss losses", "cache caches",
		},
	} {
		for _, family := range families {
			words := strings.Fields(Fold(family))
			for _, w := range words[1:] {
				if Stem(w, lang) != Stem(words[0], lang) {
					t.Errorf("%s: %s is %s, %s is %s", lang, words[0], Stem(words[0], lang), w, Stem(w, lang))
				}
			}
		}
	}
}

func TestOtherWordsStayApart(t *testing.T) {
	for lang, pairs := range map[Lang][]string{
		French: {"information informe", "chiffre chiffrement", "france français", "commune communication", "public publication", "porte port", "base bas", "marque marquage",
			"jouet jouer", "presse press", "compte comptoir", "sans san", "pays pay", "plus plu", "vente vent", "cultura culturel", "carte carton", "vol voile", "cher cherche"},
		English: {"security secure", "news new", "target targets-not", "information inform", "public publication", "united unites-not", "feed fee", "fine fin", "hacker hack",
			"rate rat", "string str", "this thi", "class clas", "organization organ", "marketing markets", "store story", "less le"},
	} {
		for _, pair := range pairs {
			a, b, _ := strings.Cut(Fold(pair), " ")
			if Stem(a, lang) == Stem(b, lang) {
				t.Errorf("%s: %s and %s are both %s", lang, a, b, Stem(a, lang))
			}
		}
	}
}

func TestStemsOfShortAndForeignWordsAreThemselves(t *testing.T) {
	for _, w := range []string{"", "gap", "m", "2024", "87m", "ikéa", "寿司", "mp3s", "vols2"} {
		for _, lang := range Langs {
			if got := Stem(w, lang); got != w {
				t.Errorf("%s %s: %s", lang, w, got)
			}
		}
	}
}
