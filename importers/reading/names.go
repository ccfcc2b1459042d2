package reading

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// name is a mention of an organisation, a person or a group, by its words.
type name struct {
	from, to int
	key      string // folded words: what makes two mentions the same
	text     string // as printed
	known    *entry // what the gazetteer knows of it
	weak     bool   // one capitalised word, seen only where any word takes a capital
}

// findNames lists the names of the text, leftmost and longest first: those of
// the gazetteer, then any run of capitalised words that is not the ordinary
// capital of a sentence's first word.
func (t *text) findNames(l *Lexicon) {
	lower, inner := map[string]bool{}, map[string]int{} // how often a word is seen without a capital; with one inside a sentence
	for i := range t.words {
		w := &t.words[i]
		switch {
		case !w.cap && !w.digit:
			lower[w.fold] = true
		case w.cap && !t.opens(i) && !t.titleCase(t.sentOf(i)):
			inner[w.fold]++
		}
	}
	repeated := t.repeats()
	taken := 0
	for i := 0; i < len(t.words); i++ {
		if i < taken {
			continue
		}
		if n, ok := t.gazetted(l, i, inner); ok {
			t.names = append(t.names, n)
			taken = n.to
			continue
		}
		w := &t.words[i]
		if j := t.siteAt(i); j > 0 {
			t.names = append(t.names, t.mention(i, j, nil))
			taken = j
			continue
		}
		if !w.cap || (len(w.raw) < 2 && !t.ampersand(i)) {
			continue
		}
		if t.headed(l, i) {
			j := t.run(l, i, inner, repeated)
			t.names = append(t.names, t.mention(i, j, nil))
			taken = j
			continue
		}
		ordinary := l.set("common")[w.fold] || (t.opens(i) && lower[w.fold] && inner[w.fold] == 0)
		if ordinary && i+1 < len(t.words) && t.words[i+1].before == "-" && t.words[i+1].cap {
			ordinary = false // Paris-Saclay
		}
		if ordinary && t.headless(i, repeated) {
			ordinary = false // "Jour de Marché", printed so twice
		}
		if ordinary || (t.titleCase(t.sentOf(i)) && inner[w.fold] == 0) {
			continue
		}
		j := t.run(l, i, inner, repeated)
		if j == i+1 && t.opens(i) && inner[w.fold] == 0 && len([]rune(w.raw)) < 3 {
			continue
		}
		if j == i+1 && (l.ordinary(w.fold) || l.set("lands")[w.fold]) || j == i+2 && l.set("lands")[w.fold] && l.set("lands")[t.words[i+1].fold] {
			continue // "the City", "the Company", "Ukraine", "Hong Kong"
		}
		if i > taken && w.before == "-" && len(t.words[i-1].raw) == 1 && !t.words[i-1].digit && !t.words[i-1].cap {
			i-- // e-Lorvane, i-Tandol
		}
		n := t.mention(i, j, nil)
		n.weak = j == i+1 && t.opens(i) && inner[w.fold] == 0 && !capital([]rune(w.raw)[1:])
		t.names = append(t.names, n)
		taken = j
	}
	t.possessives()
	t.prefixed()
	t.articles()
	t.domains()
}

// headed tells whether a name such as "City of Del Rio" begins at word i.
func (t *text) headed(l *Lexicon, i int) bool {
	return l.set("name_heads")[t.words[i].fold] && t.words[i].cap && i+2 < t.sentOf(i).to && nameLinks[t.words[i+1].fold] && t.joined(i+1) &&
		t.words[i+2].cap && t.joined(i+2) && !t.opens(i+2)
}

// always tells whether the word b follows the capitalised word a nearly each
// time that a occurs.
func (t *text) always(a, b string) bool {
	with, all := 0, 0
	for i := range t.words {
		if t.words[i].fold == a && t.words[i].cap {
			all++
			if i+1 < len(t.words) && t.words[i+1].fold == b {
				with++
			}
		}
	}
	return with >= 2 && with*4 >= all*3
}

// opens tells whether word i is the first of its sentence or quotation, where
// any word takes a capital.
func (t *text) opens(i int) bool {
	return t.sentOf(i).from == i || strings.ContainsAny(t.words[i].before, "“«\":•")
}

// titleCase tells whether a sentence capitalises its ordinary words, as English
// headlines do: there a capital says nothing.
func (t *text) titleCase(s *sentence) bool {
	capitals, words := 0, 0
	for i := s.from; i < s.to; i++ {
		if w := &t.words[i]; len(w.raw) > 3 && !w.digit {
			words++
			if w.cap {
				capitals++
			}
		}
	}
	return words >= 4 && capitals*10 >= words*7
}

func (t *text) ampersand(i int) bool { return i+1 < len(t.words) && t.words[i+1].fold == "&" }

func (t *text) mention(i, j int, e *entry) name {
	parts := make([]string, 0, j-i)
	for k := i; k < j; k++ {
		parts = append(parts, t.words[k].fold)
	}
	s := t.span(i, j)
	return name{from: i, to: j, key: strings.Join(parts, " "), text: string(t.runes[s[0]:s[1]]), known: e}
}

// gazetted matches the longest name of the gazetteer that begins at word i. An
// ambiguous one (Next, Free, Target) must look like a name where it stands.
func (t *text) gazetted(l *Lexicon, i int, inner map[string]int) (name, bool) {
	for _, e := range l.gazetteer.begin(t.words[i].fold) {
		j := i + len(e.words)
		if j > t.sentOf(i).to {
			continue
		}
		same, capital := true, false
		for k := i; k < j && same; k++ {
			same = t.words[k].fold == e.words[k-i] && (k == i || t.joined(k))
			capital = capital || t.words[k].cap
		}
		if !same || !capital || (len(e.words) == 1 && !t.words[i].cap) {
			continue
		}
		if e.ambiguous && (inner[t.words[i].fold] == 0 && t.opens(i) || t.titleCase(t.sentOf(i)) && inner[t.words[i].fold] == 0) {
			continue
		}
		// "Seiko USA", where the two always go together, is one name
		if j < t.sentOf(i).to && l.set("places")[t.words[j].fold] && t.words[j].cap && t.joined(j) && t.always(t.words[j-1].fold, t.words[j].fold) {
			continue
		}
		// "Apollo Tyres" is not Apollo: a lone ambiguous word in a longer run is part of another name.
		if e.ambiguous && j < t.sentOf(i).to && t.words[j].cap && t.joined(j) && !l.set("common")[t.words[j].fold] {
			continue
		}
		return t.mention(i, j, e), true
	}
	return name{}, false
}

// joined tells whether word k can continue a name begun before it. A letter in
// quotation marks is part of a name: Zip “N” Dash.
func (t *text) joined(k int) bool {
	if k > 0 && strings.Trim(t.words[k].before, " “”\"") == "" && t.words[k].before != "" && (t.letter(k) || t.letter(k-1)) {
		return true
	}
	return slices.Contains([]string{"", " ", "-", "\u00a0", "’", "'", "!", "! ", ".", "/"}, t.words[k].before)
}

// repeats counts every run of two to five words whose first and last have a
// capital: "Comptoir des Lilas" printed twice is a name, once it may be chance.
func (t *text) repeats() map[string]int {
	n := map[string]int{}
	for i := range t.words {
		if !t.words[i].cap {
			continue
		}
		key := t.words[i].fold
		for j := i + 1; j < len(t.words) && j < i+5 && t.joined(j) && t.words[j].sent == t.words[i].sent; j++ {
			key += " " + t.words[j].fold
			if t.words[j].cap {
				n[key]++
			}
		}
	}
	return n
}

var nameLinks = map[string]bool{"de": true, "du": true, "des": true, "d": true, "la": true, "le": true, "les": true, "l": true, "of": true, "the": true, "aux": true, "au": true, "en": true, "s": true, "et": true, "and": true}

// run is the end of the run of capitalised words that begins at word i.
func (t *text) run(l *Lexicon, i int, inner, repeated map[string]int) int {
	end := t.sentOf(i).to
	opens := l.set("name_heads")[t.words[i].fold]
	titled := t.titleCase(t.sentOf(i))
	key, j := t.words[i].fold, i+1
	for j < end {
		w := &t.words[j]
		if !t.joined(j) {
			break
		}
		if w.before == "-" && len(w.raw) == 1 { // Orbis-e
			key += " " + w.fold
			j++
			continue
		}
		if w.fold == "&" {
			if j+1 < end && (t.words[j+1].cap || t.words[j+1].digit) && !t.apart(j) {
				key += " & " + t.words[j+1].fold
				j += 2
				continue
			}
			break
		}
		if (w.cap || (w.digit && t.words[j-1].cap && len(w.raw) < 4 && strings.TrimSpace(w.before) == "")) && (!l.set("common")[w.fold] || w.before == "-" || t.letter(j) || !nameLinks[w.fold] && t.always(t.words[j-1].fold, w.fold)) && (!titled || inner[w.fold] > 0) {
			if w.digit && j+1 < end && strings.HasPrefix(t.words[j+1].before, " ") && unicode.IsLower([]rune(t.words[j+1].raw)[0]) {
				break // "Temu 87 millions"
			}
			key += " " + w.fold
			j++
			continue
		}
		// a link of small words, to another capital
		k, long := j, key
		for k < end && k < j+2 && nameLinks[t.words[k].fold] && t.joined(k) {
			long += " " + t.words[k].fold
			k++
		}
		if k == j || k >= end || !t.words[k].cap || !t.joined(k) || (titled && inner[t.words[k].fold] == 0) {
			break
		}
		long += " " + t.words[k].fold
		if !opens && repeated[long] < 2 || (opens && (t.words[j].fold == "et" || t.words[j].fold == "and" || t.words[j].fold == "s")) && repeated[long] < 2 {
			break
		}
		// "Truffaut et Boulanger" is two names, unless neither ever stands alone
		if (t.words[j].fold == "et" || t.words[j].fold == "and") && (repeated[long] < 3 || t.capitals(t.words[j-1].fold) > repeated[long] || t.capitals(t.words[k].fold) > repeated[long]) {
			break
		}
		key, j = long, k+1
	}
	return j
}

// nameFrom is the name that begins at word i or covers it from its start.
func (t *text) nameFrom(i int) (name, bool) {
	k := sort.Search(len(t.names), func(k int) bool { return t.names[k].from >= i })
	if k < len(t.names) && t.names[k].from == i {
		return t.names[k], true
	}
	return name{}, false
}

// nameAt captures a name at word i for a phrase, skipping what introduces it
// ("le distributeur suédois", "fashion retailer"), and lists where the phrase may
// go on: after the name, its brackets, or what is put in apposition to it.
func (t *text) nameAt(i, end int, any, more bool) (from, to int, next []int, ok bool) {
	if any {
		if w := &t.words[i]; w.quoted && strings.ContainsAny(w.before, "“«\"‘'") {
			j := i + 1
			for j < end && j < i+6 && t.words[j].quoted && !strings.ContainsAny(t.words[j].before, "”»\",;.") {
				j++
			}
			if j < i+6 {
				return i, j, []int{j}, true
			}
		}
	}
	for k := i; k < end && k < i+9; k++ {
		if n, found := t.nameFrom(k); found {
			if k > i && !t.introduces(i, k) {
				return 0, 0, nil, false
			}
			next = append(next, n.to)
			if more {
				next = append(next, t.resume(n.to, end)...)
			}
			return n.from, n.to, next, true
		}
		if k > i && strings.ContainsAny(t.words[k].before, ";:()") {
			break
		}
	}
	return 0, 0, nil, false
}

// introduces tells whether words [i, k) can stand before a name: a determiner,
// and a noun for an organisation if there is more.
func (t *text) introduces(i, k int) bool {
	noun, other := false, false
	for j := i; j < k; j++ {
		w := &t.words[j]
		switch {
		case t.lex.set("org_nouns")[w.fold]:
			noun = true
		case t.lex.set("determiners")[w.fold]:
		case w.digit || (w.cap && !t.lex.set("common")[w.fold]):
			return false
		default:
			other = true
		}
		if j > i && strings.ContainsAny(w.before, ",;:.!?") {
			return false
		}
	}
	if strings.ContainsAny(t.words[k].before, ",") {
		return noun
	}
	return noun || !other
}

// resume lists the words at which a sentence may go on after a name that ends
// before word i.
func (t *text) resume(i, end int) (next []int) {
	if t.owns(i) {
		next = append(next, i+1)
	}
	if i >= end {
		return next
	}
	closing := ""
	switch b := t.words[i].before; {
	case strings.Contains(b, "("):
		closing = ")"
	case strings.Contains(b, ","):
		closing = ","
	case strings.ContainsAny(b, "—–"):
		closing = "—–"
	default:
		return next
	}
	for j := i + 1; j < end && j < i+22; j++ {
		if strings.ContainsAny(t.words[j].before, closing) {
			next = append(next, j)
			if closing == ")" && strings.Contains(t.words[j].before, ",") {
				next = append(next, t.resume(j, end)...)
			}
			if len(next) > 3 || closing != "," {
				break
			}
		}
	}
	return next
}
