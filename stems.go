package vigie

import "strings"

// Stem takes the inflection off a folded word (see Fold) of a language, so that
// fuites meets fuite, volé volées and voler, breaches breach and breached. A stem
// need not be a word: it is only ever compared with others.
//
// It is ours, and shy, because the record accuses companies and shows the newest
// case first: a search may not bring up another word's. Snowball needs accents,
// which people do not type (without them volé and volées part), and joins commune
// with communication, chiffre with chiffrement, informe with information, public
// with publication, secure with security. Here only plurals, feminines,
// participles and infinitives in -er come off.
func Stem(word string, lang Lang) string {
	if len(word) < stemFrom || uninflected[lang][word] || !plainLetters(word) {
		return word
	}
	if lang == French {
		return frenchStem(word)
	}
	return englishStem(word)
}

// stemFrom is the length of the shortest word that is inflected: vols, apps.
const stemFrom = 4

// uninflected words look inflected, and would become another word that people
// search for: sans is not San (Francisco), pays not pay, news not new.
var uninflected = map[Lang]map[string]bool{
	French: set(`dans sans plus mois pays fois sous vers hors gens fils sens bras ainsi alors hier cher hiver texas
		francais anglais irlandais hollandais neerlandais compromis surpris repris`),
	English: set(`this thus does goes news less plus always mass texas paris need seed feed speed during marketing clothing building evening meeting`),
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func plainLetters(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// ending is a change at the end of a word that is at least so long.
type ending struct {
	from, to string
	length   int
}

// change makes the first change of the list that fits.
func change(word string, list []ending) string {
	for _, e := range list {
		if base, ok := strings.CutSuffix(word, e.from); ok && len(word) >= e.length {
			return base + e.to
		}
	}
	return word
}

// French: first the plural, then steps towards the masculine participle, which
// without its accent ends in -e as the infinitive is made to.
var frenchEndings = [][]ending{
	{{"eaux", "eau", 0}, {"eux", "eu", 0}, {"oux", "ou", 0}, {"aux", "al", 6}, {"ss", "ss", 0}, {"s", "", 0}},
	{{"ee", "e", 0}, {"ere", "e", 6}, {"er", "e", 5}},                                    // volée; première, premier; voler
	{{"elle", "el", 8}, {"enne", "en", 8}, {"ie", "i", 6}, {"ue", "u", 6}, {"e", "", 7}}, // personnelle, européenne, démentie, connue, cliente
}

func frenchStem(word string) string {
	for _, step := range frenchEndings {
		word = change(word, step)
	}
	return word
}

// English: the plural, and the e that a participle hides (store, stored).
var (
	englishPlurals = []ending{{"ies", "y", 5}, {"sses", "ss", 0}, {"xes", "x", 5}, {"ches", "ch", 0}, {"shes", "sh", 0}, {"ss", "ss", 0}, {"us", "us", 0}, {"is", "is", 0}, {"s", "", 0}}
	englishSilent  = []ending{{"ie", "y", 5}, {"e", "", 5}}
)

func englishStem(word string) string {
	word = change(word, englishPlurals)
	if strings.HasSuffix(word, "eed") {
		return word
	}
	for _, participle := range []ending{{"ied", "y", 5}, {"ed", "", 5}, {"ing", "", 6}} {
		base, ok := strings.CutSuffix(word, participle.from)
		if !ok || len(word) < participle.length || !strings.ContainsAny(base, vowels) {
			continue
		}
		if base += participle.to; len(base) == 3 && syllable(base) {
			return base + "e" // fined is of fine, not of fin
		}
		return change(undoubled(base), englishSilent)
	}
	return change(word, englishSilent)
}

const vowels = "aeiouy"

// undoubled undoes the doubling of shipped and skimming.
func undoubled(word string) string {
	if n := len(word); n >= 4 && word[n-1] == word[n-2] && strings.IndexByte("bdgmnprt", word[n-1]) >= 0 {
		return word[:n-1]
	}
	return word
}

// syllable is three letters that would take an e: fin, nam, but not ask, pay, tax.
func syllable(word string) bool {
	is := func(i int) bool { return strings.IndexByte(vowels, word[i]) >= 0 }
	return !is(0) && is(1) && !is(2) && word[2] != 'w' && word[2] != 'x'
}
