package reading

import "strings"

// siteAt is the end of the address of a site in small letters, in the title or
// where the title has it: 4saisons-deco.fr.
func (t *text) siteAt(i int) int {
	if t.words[i].cap || i > 0 && strings.ContainsAny(t.words[i].before, "@/.") {
		return 0
	}
	j, key := i+1, t.words[i].fold
	for j < len(t.words) && j < i+6 && (t.words[j].before == "" || t.words[j].before == "-") {
		key += t.words[j].fold
		j++
	}
	if j >= len(t.words) || t.words[j].before != "." || !t.lex.set("domains")[t.words[j].fold] || len(key) < 3 {
		return 0
	}
	if t.words[i].sent < t.title {
		return j + 1
	}
	for k := 0; k < t.sents[t.title-1].to; k++ {
		if t.words[k].fold == t.words[i].fold && t.siteAt(k) == k+j+1-i {
			return j + 1
		}
	}
	return 0
}

// headless tells whether an ordinary word begins a name that is printed twice
// with its small word: it takes a capital wherever it stands in it.
func (t *text) headless(i int, repeated map[string]int) bool {
	if i+2 >= len(t.words) || nameLinks[t.words[i].fold] || t.lex.set("determiners")[t.words[i].fold] || !nameLinks[t.words[i+1].fold] || !t.words[i+2].cap || !t.joined(i+1) || !t.joined(i+2) {
		return false
	}
	switch t.words[i+1].fold {
	case "et", "and", "s":
		return false
	}
	return repeated[t.words[i].fold+" "+t.words[i+1].fold+" "+t.words[i+2].fold] > 1
}

// apart tells whether the names on either side of an ampersand, at word j, both
// stand elsewhere without it: two shops, not one.
func (t *text) apart(j int) bool {
	a, b, pairs := t.words[j-1].fold, t.words[j+1].fold, 0
	for k := 1; k+1 < len(t.words); k++ {
		if t.words[k].fold == "&" && t.words[k-1].fold == a && t.words[k+1].fold == b {
			pairs++
		}
	}
	return t.capitals(a) > pairs && t.capitals(b) > pairs
}

// capitals counts how often a word is printed with a capital.
func (t *text) capitals(fold string) int {
	n := 0
	for i := range t.words {
		if t.words[i].cap && t.words[i].fold == fold {
			n++
		}
	}
	return n
}

// possessives gives its s back to a name that is never printed without it
// (Macy's), and leaves it off one that sometimes is (Temu's).
func (t *text) possessives() {
	with, without := map[string]int{}, map[string]int{}
	for _, n := range t.names {
		if t.owns(n.to) {
			with[n.key]++
		} else {
			without[n.key]++
		}
	}
	for i := range t.names {
		n := &t.names[i]
		if n.known == nil && with[n.key] > 1 && without[n.key] == 0 && t.owns(n.to) {
			*n = t.mention(n.from, n.to+1, nil)
		}
	}
}

// letter tells whether word i is one capital in quotation marks.
func (t *text) letter(i int) bool {
	return len(t.words[i].raw) == 1 && t.words[i].cap && strings.ContainsAny(t.words[i].before, "“\"")
}

// articles gives its article back to a name that is printed with a capital
// article inside a sentence (chez Les Trois Quais), never with a small one.
func (t *text) articles() {
	with, small := map[string]bool{}, map[string]bool{}
	before := func(n name) *word {
		if n.known != nil || n.from == 0 || !t.beside(n.from) || t.words[n.from].sent != t.words[n.from-1].sent || !t.lex.set("articles")[t.words[n.from-1].fold] {
			return nil
		}
		return &t.words[n.from-1]
	}
	for _, n := range t.names {
		switch w := before(n); {
		case w == nil:
		case !w.cap:
			small[n.key] = true
		case !t.opens(n.from-1) && !t.titleCase(t.sentOf(n.from)):
			with[n.key] = true
		}
	}
	for i := range t.names {
		n := &t.names[i]
		if w := before(*n); w != nil && w.cap && with[n.key] && !small[n.key] {
			*n = t.mention(n.from-1, n.to, nil)
		}
	}
}

// prefixed gives a name the ordinary word that always stands before it with a
// capital: Internet Bazaar, where Bazaar never stands alone.
func (t *text) prefixed() {
	with, all, inside := map[string]string{}, map[string]int{}, map[string]bool{}
	same := map[string]bool{}
	for _, n := range t.names {
		if n.known != nil || n.from == 0 || all[n.key] > 0 && !same[n.key] {
			all[n.key]++
			continue
		}
		w := &t.words[n.from-1]
		fits := w.cap && t.words[n.from].before == " " && w.sent == t.words[n.from].sent && t.lex.set("common")[w.fold] && !nameLinks[w.fold] &&
			!t.lex.set("determiners")[w.fold] && !t.lex.set("lands")[w.fold] && (with[n.key] == "" || with[n.key] == w.fold)
		all[n.key]++
		same[n.key], with[n.key] = fits, w.fold
		inside[n.key] = inside[n.key] || fits && !t.opens(n.from-1) && !t.titleCase(t.sentOf(n.from))
	}
	for i := range t.names {
		if n := &t.names[i]; n.known == nil && same[n.key] && inside[n.key] && all[n.key] > 1 {
			*n = t.mention(n.from-1, n.to, nil)
		}
	}
}

// domains gives its ending back to a name that is nearly always printed as the
// address of a site: Ondelia.com.
func (t *text) domains() {
	with, without := map[string]int{}, map[string]int{}
	site := func(n name) bool {
		if _, known := t.lex.Joined(strings.ReplaceAll(n.key, " ", "")); known { // the site of one whose name is another: that of a known shop
			return false
		}
		return n.known == nil && n.to < len(t.words) && t.words[n.to].before == "." && t.lex.set("domains")[t.words[n.to].fold]
	}
	for _, n := range t.names {
		if site(n) {
			with[n.key]++
		} else {
			without[n.key]++
		}
	}
	for i := range t.names {
		n := &t.names[i]
		if site(*n) && with[n.key] > without[n.key] {
			weak := n.weak
			*n = t.mention(n.from, n.to+1, nil)
			n.weak = weak
		}
	}
}

// owns tells whether word i is a possessive s.
func (t *text) owns(i int) bool {
	return i < len(t.words) && i > 0 && t.words[i].fold == "s" && len(t.words[i].before) > 0 && isApostrophe([]rune(t.words[i].before)[0])
}
