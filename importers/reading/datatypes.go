package reading

import (
	"sort"
	"strings"
)

// mention is a kind of data named at words [from, to).
type mention struct {
	hit
	code     string
	excluded bool
}

// dataTypes reads which kinds of data are said to be exposed, and which are said
// not to be.
func (t *text) dataTypes() []mention {
	all := t.dataMentions()
	var out []mention
	for _, m := range all {
		s := t.sentOf(m.from)
		if s.advice || s.recalled || s.technical || m.code == "none" || t.ammunition(m, s) {
			continue
		}
		if t.denied(m.hit, s) {
			m.excluded = true
			out = append(out, m)
			continue
		}
		if t.exposed(m, s, all) {
			out = append(out, m)
		}
	}
	safe, open := map[string]bool{}, map[string]int{}
	for _, m := range out {
		if m.excluded {
			safe[m.code] = true
		} else {
			open[m.code]++
		}
	}
	kept := out[:0:0]
	for _, m := range out {
		if m.code == "contact_details" && !m.excluded && (!t.sentOf(m.from).item || m.to < len(t.words) && strings.ContainsAny(t.words[m.to].before, ":(")) && twoOf(open, "email", "phone", "postal_address") {
			continue // told in detail elsewhere
		}
		if m.code == "internal_documents" && !m.excluded && len(open) > 3 {
			continue
		}
		if !m.excluded && safe[m.code] { // said both ways: the denial is the more precise
			continue
		}
		kept = append(kept, m)
	}
	return kept
}

// ammunition tells whether user names and passwords are named as what the attack
// was made with, not what it took: credentials of another breach, tried here.
func (t *text) ammunition(m mention, s *sentence) bool {
	if m.code != "username" && m.code != "password" {
		return false
	}
	for _, h := range t.in("kind/means", max(s.from, m.from-8), m.from+1) {
		if h.from <= m.from && h.to+2 >= m.from {
			return true
		}
	}
	return t.has(s.from, s.to, "kind/credential_stuffing")
}

// dataMentions lists the kinds of data named, the longest phrase first where two
// overlap.
func (t *text) dataMentions() []mention {
	var all []mention
	for group, hs := range t.hits {
		code, ok := strings.CutPrefix(group, "datatypes/")
		if !ok {
			continue
		}
		for _, h := range hs {
			all = append(all, mention{hit: h, code: code})
		}
	}
	sort.Slice(all, func(a, b int) bool {
		x, y := all[a], all[b]
		if n, m := x.to-x.from, y.to-y.from; n != m {
			return n > m
		}
		if x.from != y.from {
			return x.from < y.from
		}
		return x.code < y.code
	})
	taken := make([]string, len(t.words))
	var out []mention
	for _, m := range all {
		free := true
		for k := m.from; k < m.to && free; k++ {
			// two kinds may share the very same words (account credentials)
			free = taken[k] == "" || taken[k] == m.phrase.src
		}
		if !free {
			continue
		}
		for k := m.from; k < m.to; k++ {
			taken[k] = m.phrase.src
		}
		out = append(out, m)
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].from < out[b].from })
	for i := range out {
		// a bare "card number" beside a loyalty programme is that of the loyalty card
		if m := &out[i]; m.code == "payment_card" && m.to-m.from == 3 && t.words[m.to-1].fold == "carte" && t.hasWord(t.sentOf(m.from), "fidelite") {
			m.code = "loyalty"
		}
	}
	return out
}

func (t *text) hasWord(s *sentence, fold string) bool {
	for i := s.from; i < s.to; i++ {
		if t.words[i].fold == fold {
			return true
		}
	}
	return false
}

// exposed tells whether a kind of data is named as part of what was exposed.
func (t *text) exposed(m mention, s *sentence, all []mention) bool {
	// after a word of advice the sentence speaks of what to fear, not of what was taken
	for _, h := range t.in("zones/advice", s.from, m.from) {
		if h.to <= m.from && !s.heading && s.from > 0 {
			return false
		}
	}
	kinds := map[string]bool{}
	for _, o := range all {
		if o.from >= s.from && o.from < s.to && o.code != "none" {
			kinds[o.code] = true
		}
	}
	if weakKinds[m.code] && len(kinds) < 2 && s.head < 0 {
		return false
	}
	if t.has(s.from, s.to, "incident/exposed") || len(kinds) > 1 && t.has(s.from, s.to, "incident/attack") {
		return true
	}
	if s.head >= 0 {
		h := &t.sents[s.head]
		return !h.advice && (t.has(h.from, h.to, "incident/exposed", "incident/attack", "zones/heading") || s.item)
	}
	return len(kinds) >= 3
}

// weakKinds are named by words so common that alone in a sentence they are no
// data: a city, a title, an age.
var weakKinds = map[string]bool{"city": true, "country": true, "civility": true, "gender": true, "family": true, "vehicle": true, "contract": true, "employment": true, "signature": true}

// denied tells whether words [from, to) stand within the reach of a denial.
func (t *text) denied(h hit, s *sentence) bool {
	if s.head >= 0 {
		g := &t.sents[s.head]
		if t.has(g.from, min(g.to, g.from+8), "negation/head") {
			return true
		}
	}
	// a line of a list that begins with its own heading: "Sécurité préservée : …"
	for _, n := range t.in("negation/head", s.from, min(s.from+4, h.from)) {
		if n.to < s.to && strings.Contains(t.words[n.to].before, ":") && n.to <= h.from {
			return true
		}
	}
	for _, n := range t.in("negation/before", s.from, h.from+1) {
		if n.from <= h.from && t.reaches(n, h, s) {
			return true
		}
	}
	for _, n := range t.in("negation/after", h.to, s.to) {
		if t.reachesBack(n, h) {
			return true
		}
	}
	return false
}

func (t *text) cancelled(n hit) bool {
	for _, c := range t.in("negation/not", n.from, n.from+3) {
		if c.from <= n.to {
			return true
		}
	}
	return false
}

// reaches tells whether a denial before h reaches it: nothing between them may
// turn the sentence.
func (t *text) reaches(n, h hit, s *sentence) bool {
	if t.cancelled(n) {
		return false
	}
	for k := n.from + 1; k <= h.from && k < len(t.words); k++ {
		if strings.Contains(t.words[k].before, ";") {
			return false
		}
	}
	for _, c := range t.in("negation/contrast", n.to, h.from) {
		if c.from >= n.to {
			return false
		}
	}
	// a positive verb of exposure closes it: "no passwords were in the dump, which holds names"
	for _, c := range t.in("incident/exposed", n.to, h.from) {
		if c.to <= h.from && strings.ContainsAny(t.words[min(c.to, len(t.words)-1)].before+t.words[c.from].before, ",") && c.from > n.to+1 && verbal(t.words[c.from].fold) {
			return false
		}
	}
	return true
}

// reachesBack tells whether a denial after h covers it: it is the verb of h's
// own clause.
func (t *text) reachesBack(n, h hit) bool {
	if t.cancelled(n) {
		return false
	}
	for k := h.to; k <= n.from; k++ {
		if strings.Contains(t.words[k].before, ";") {
			return false
		}
		// a clause that opens between them has a subject of its own
		if f := t.words[k].fold; k+1 < n.from && (f == "que" || f == "qu" || f == "that") && !t.lex.set("before_that")[t.words[k-1].fold] {
			return false
		}
	}
	for _, c := range t.in("negation/contrast", h.to, n.from) {
		if c.from >= h.to {
			return false
		}
	}
	for _, c := range t.in("incident/exposed", h.to, n.from) {
		if c.to <= n.from && verbal(t.words[c.from].fold) {
			return false
		}
	}
	return true
}

// verbal tells a participle or a verb of exposure from the nouns beside it.
func verbal(w string) bool {
	for _, end := range []string{"ed", "en", "ing", "es", "ee", "ees", "ent", "nt", "ait", "aient", "is", "ses"} {
		if strings.HasSuffix(w, end) {
			return w != "donnees" && w != "concernees" && w != "including" && w != "involved"
		}
	}
	return false
}

func twoOf(n map[string]int, codes ...string) bool {
	found := 0
	for _, c := range codes {
		if n[c] > 0 {
			found++
		}
	}
	return found > 1
}
