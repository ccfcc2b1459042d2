package reading

import "strings"

// voice is who gives a figure.
type voice int

const (
	nobody  voice = iota // told as a fact, or nobody is named
	company              // the company itself
	another              // an attacker, a third party, or the company to disown it
)

// voiceOf tells who gives the figure of words [from, to): the speaker nearest to
// it in its own clause, one before it rather than one after. What the company
// says in the main clause is not said of a figure that "after a hacker offered"
// brings in.
func (t *text) voiceOf(from, to int) voice {
	s := t.sentOf(from)
	clause := t.clauses(s)
	best, who := 1<<30, nobody
	hear := func(h hit, v voice) {
		far := 0
		switch {
		case h.to <= from:
			far = from - h.to
		case h.from >= to:
			far = 1000 + h.from - to
		}
		if clause[h.to-1-s.from] != clause[from-s.from] || far > best || far == best && v != company {
			return
		}
		best, who = far, v
	}
	for _, group := range []string{"figures/attacker", "figures/other_word"} {
		for _, h := range t.in(group, s.from, s.to) {
			if at := h.from - to; at == 0 || at == 1 { // "2.4 million records claimed by hackers"
				return another
			}
			hear(h, another)
		}
	}
	for _, h := range t.in("figures/according", s.from, s.to) {
		if !t.isVictim(h.name) {
			hear(h, another)
		}
	}
	for _, h := range t.in("figures/own_word", s.from, s.to) {
		if t.has(max(s.from, h.from-1), h.to, "figures/not_own") { // "a security firm said"
			hear(h, another)
		} else {
			hear(h, t.owned(h, from, to))
		}
	}
	for _, h := range t.in("victims/answers", s.from, s.to) {
		if t.isVictim(h.name) {
			hear(h, t.owned(h, from, to))
		}
	}
	for _, h := range t.in("stance/admits", s.from, s.to) { // its name may stand far before: "which last week denied it, has now admitted"
		switch {
		case t.denying(max(s.from, h.from-3), h.from):
			hear(h, another)
		case t.companySpeaks(h, s):
			hear(h, t.owned(h, from, to))
		}
	}
	return who
}

// owned tells whether a company that speaks in h says the figure of words
// [from, to) itself, or says that it is not so: "did not confirm the loss of",
// "denies that", "says no trace was found of", "said the 5 million were fake".
func (t *text) owned(h hit, from, to int) voice {
	s := t.sentOf(from)
	end := to
	for end < s.to && end < to+7 && !strings.ContainsAny(t.words[end].before, ",;:()") {
		end++
	}
	begin := min(h.to, from)
	for k := begin + 1; k <= from && h.to <= from; k++ { // a comma or "but" ends the reach of a negation
		if strings.ContainsAny(t.words[k].before, ",;") || len(t.startsAt("negation/contrast", k)) > 0 {
			begin = k
		}
	}
	verb := h.from // what is put between commas after the name is not what it says now
	for k := h.from + 1; k < h.to; k++ {
		if strings.ContainsAny(t.words[k].before, ",") {
			verb = k
		}
	}
	if t.has(verb, h.to, "figures/disowns") || t.has(begin, end, "figures/disowns", "figures/untrue") ||
		t.denying(verb, h.to) || t.denying(begin, from) || t.denying(to, end) {
		return another
	}
	return company
}

// denying tells whether words [from, to) hold a negation; "no more than" and "ne
// … que" limit a number and do not deny it.
func (t *text) denying(from, to int) bool {
	for k := from; k < to; k++ {
		if t.lex.set("negations")[t.words[k].fold] && len(t.startsAt("figures/limits", k)) == 0 {
			return true
		}
	}
	return false
}

// clauses numbers the clauses of a sentence, word by word: 0 is the main one. A
// conjunction opens another, which lasts to the end of the sentence, or to the
// next comma when it opened the sentence or came after a comma itself.
func (t *text) clauses(s *sentence) []int {
	out := make([]int, s.to-s.from)
	current, last, aside := 0, 0, false
	for k := s.from; k < s.to; k++ {
		comma := strings.ContainsAny(t.words[k].before, ",–—)")
		if comma && aside {
			current, aside = 0, false
		}
		if len(t.startsAt("figures/cut", k)) > 0 || strings.Contains(t.words[k].before, ";") {
			last++
			current, aside = last, k == s.from || comma
		}
		out[k-s.from] = current
	}
	return out
}

// speaks tells whether the victim is the one who speaks in a sentence.
func (t *text) speaks(s *sentence) bool {
	for _, h := range t.in("victims/answers", s.from, s.to) {
		if t.isVictim(h.name) {
			return true
		}
	}
	return false
}
