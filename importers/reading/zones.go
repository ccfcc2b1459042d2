package reading

import (
	"regexp"
	"sort"
	"strconv"
)

// zones marks the sections of advice and, before the victim is known, the
// sentences that plainly recall an older case.
func (t *text) zones() {
	advice, technical, listed := false, false, false
	for i := range t.sents {
		s := &t.sents[i]
		switch {
		case s.heading && !s.item:
			advice = t.has(s.from, min(s.to, s.from+5), "zones/advice_heading")
			technical = t.has(s.from, min(s.to, s.from+5), "zones/technical_heading")
			listed = false
		case s.item:
			listed = listed || advice
		case listed && s.para != t.sents[i-1].para && s.head < 0: // the list of advice is over, the news goes on
			advice, listed = false, false
		}
		s.advice, s.technical = advice, technical
	}
	for i := range t.sents {
		if t.lead(i) {
			continue
		}
		s := &t.sents[i]
		s.recalled = t.has(s.from, min(s.to, s.from+4), "zones/recalled") || t.oldYear(s)
	}
}

// lead tells whether a sentence is of the title or of the first lines, where the
// case itself is told.
func (t *text) lead(i int) bool { return i < t.title+2 }

var yearPattern = regexp.MustCompile(`^(19[89]|20[0-4])\d$`)

// oldYear tells whether a sentence is dated two years or more before the rest.
func (t *text) oldYear(s *sentence) bool {
	old, recent := false, false
	for i := s.from; i < s.to; i++ {
		if w := &t.words[i]; w.digit && yearPattern.MatchString(w.raw) {
			y, _ := strconv.Atoi(w.raw)
			old = old || y <= t.year-2
			recent = recent || y > t.year-2
		}
	}
	return old && !recent && t.has(s.from, s.to, "incident/attack")
}

// latestYear is the latest year that the text names.
func (t *text) latestYear() int {
	latest := 0
	for i := range t.words {
		if w := &t.words[i]; w.digit && yearPattern.MatchString(w.raw) {
			y, _ := strconv.Atoi(w.raw)
			latest = max(latest, y)
		}
	}
	return latest
}

// recall marks, once the victims are known, the sentences that tell another
// case: they name another as attacked, or recall with a word, and what follows
// them without coming back to the victim.
func (t *text) recall() {
	elsewhere := false // under a heading that names another as attacked
	for i := range t.sents {
		s := &t.sents[i]
		if t.lead(i) {
			s.recalled = false
			continue
		}
		own := t.mentionsVictim(s)
		if s.heading {
			elsewhere = !own && t.has(s.from, s.to, "incident/attack") && t.otherOrganisation(s) && !t.attackerVoice(s)
		}
		if elsewhere = elsewhere && !own; elsewhere {
			s.recalled = true
			continue
		}
		cue := t.has(s.from, s.to, "zones/recalled")
		early := t.has(s.from, min(s.to, s.from+4), "zones/recalled") && !t.pressLeads(s)
		switch {
		case t.oldYear(s):
			s.recalled = true
		case own:
			s.recalled = early && cue && !t.ownsCue(s)
		case cue && (t.otherOrganisation(s) || early):
			s.recalled = true
		case t.otherAttacked(s), t.otherLeads(s):
			s.recalled = true
		default:
			p := &t.sents[i-1]
			s.recalled = p.recalled && !s.heading && s.head < 0 && (p.para == s.para || i*2 > len(t.sents) && t.lex.set("referring")[t.words[s.from].fold])
		}
	}
}

// pressLeads tells whether a sentence begins with one who reports: what it "also
// confirmed" is of this case.
func (t *text) pressLeads(s *sentence) bool {
	n, ok := t.nameFrom(s.from)
	return ok && n.known != nil && n.known.role == pressRole
}

// ownsCue tells whether a sentence that recalls also speaks of the present case
// by a figure or a confirmation of the victim that leads it.
func (t *text) ownsCue(s *sentence) bool {
	for _, n := range t.namesIn(s) {
		return t.isVictim([2]int{n.from, n.to}) && (n.from == s.from || n.from == s.from+1 && t.lex.set("determiners")[t.words[s.from].fold])
	}
	return false
}

func (t *text) mentionsVictim(s *sentence) bool {
	for _, n := range t.namesIn(s) {
		if t.victims[t.root(n.key)] {
			return true
		}
	}
	return false
}

// otherOrganisation tells whether a sentence names an organisation that is
// neither the victim nor one that reports, judges or supplies.
func (t *text) otherOrganisation(s *sentence) bool {
	for _, n := range t.namesIn(s) {
		if !t.victims[t.root(n.key)] && (n.known == nil || n.known.role == brandRole || n.known.role == otherRole) && !n.weak {
			return true
		}
	}
	return false
}

// otherAttacked tells whether a sentence says of another that it was attacked.
func (t *text) otherAttacked(s *sentence) bool {
	for _, g := range []string{"victims/suffers", "victims/against"} {
		for _, h := range t.in(g, s.from, s.to) {
			if h.name[1] == 0 {
				continue
			}
			n, ok := t.nameFrom(h.name[0])
			if ok && !t.victims[t.root(n.key)] && !n.weak && n.known != nil && (n.known.role == brandRole || n.known.role == otherRole) {
				return true
			}
		}
	}
	return false
}

// otherLeads tells whether a sentence about an attack begins with another known
// organisation: "In April, SK Telecom warned customers that…".
func (t *text) otherLeads(s *sentence) bool {
	if !t.has(s.from, s.to, "incident/attack") {
		return false
	}
	for _, n := range t.namesIn(s) {
		if n.weak {
			continue
		}
		return n.from-s.from < 5 && n.known != nil && !n.known.ambiguous && (n.known.role == brandRole || n.known.role == otherRole)
	}
	return false
}

func (t *text) namesIn(s *sentence) []name {
	a := sort.Search(len(t.names), func(k int) bool { return t.names[k].from >= s.from })
	b := a
	for b < len(t.names) && t.names[b].from < s.to {
		b++
	}
	return t.names[a:b]
}
