package reading

import (
	"strings"

	"vigie"
)

// saidOn finds the one day on which the text says that the company spoke, and the
// attacker. A text that dates the words of one of them twice, to different days,
// dates neither: which of its acts each day is of is the editor's to say.
func (t *text) saidOn() map[string]vigie.Span {
	found := map[string]map[vigie.Date]vigie.Span{CompanyDate: {}, AttackerDate: {}}
	note := func(field string, h hit) {
		d, _, ok := t.dayAt(h.day[0], h.day[1])
		if !ok || !t.live(h.from) {
			return
		}
		on := d.on(t.published)
		if !on.Exact() || t.published.Known() && on.First() > t.published.Last() {
			return
		}
		if _, told := found[field][on]; !told {
			found[field][on] = t.span(h.day[0], h.day[1])
		}
	}
	for _, h := range t.hits["days/company"] {
		if t.companyVoice(t.sentOf(h.from)) && !t.otherSubject(h) && !t.passive(h) {
			note(CompanyDate, h)
		}
	}
	for _, h := range t.hits["days/opening"] {
		s := t.sentOf(h.from)
		if h.from == s.from && t.companyBetween(h.day[1], h.to-1) {
			note(CompanyDate, h)
		}
	}
	for _, h := range t.hits["days/attacker"] {
		if s := t.sentOf(h.from); t.attackerVoice(s) && !t.companyVoice(s) {
			note(AttackerDate, h)
		}
	}
	for _, h := range t.hits["days/attacker_opening"] {
		if h.from == t.sentOf(h.from).from && !t.companyIn(h.day[1], h.to) {
			note(AttackerDate, h)
		}
	}
	for _, h := range t.hits["days/either"] {
		s := t.sentOf(h.from)
		switch company, attacker := t.companyVoice(s), t.attackerVoice(s); {
		case company && !attacker:
			note(CompanyDate, h)
		case attacker && !company:
			note(AttackerDate, h)
		}
	}
	out := map[string]vigie.Span{}
	for field, days := range found {
		if len(days) == 1 {
			for _, span := range days {
				out[field] = span
			}
		}
	}
	return out
}

// passive tells whether a dated verb is said of the attack, by nobody knows whom:
// "was disclosed on", "the attack on Quillory, disclosed on".
func (t *text) passive(h hit) bool {
	s := t.sentOf(h.from)
	switch {
	case h.from == s.from || t.words[h.from+1].fold == "par":
		return false
	case t.lex.set("passives")[t.words[h.from-1].fold]:
		return true
	}
	return strings.Contains(t.words[h.from].before, ",") && !t.leads(h, s)
}

// companyBetween tells whether words [from, to) name the company, and nothing done
// to it: "On 5 March, Quillory" said, but not "On 5 March, the attack on Quillory".
func (t *text) companyBetween(from, to int) bool {
	if t.has(from, to, "incident/attack", "figures/attacker") {
		return false
	}
	return t.companyIn(from, to)
}

// companyIn tells whether the first who is named in words [from, to) is the
// company; "the group" may be the attackers.
func (t *text) companyIn(from, to int) bool {
	for k := from; k < to; k++ {
		if n, ok := t.nameFrom(k); ok {
			return t.victims[t.root(n.key)]
		}
		if t.standsForCompany(k) && len(t.startsAt("days/attacker_noun", k)) == 0 {
			return true
		}
	}
	return false
}

// companyVoice tells whether the company speaks in a sentence, to say anything of
// the case: to deny it, to own to it, to say nothing.
func (t *text) companyVoice(s *sentence) bool {
	if t.speaks(s) || t.has(s.from, s.to, "figures/own_word") && !t.has(s.from, s.to, "figures/not_own") {
		return true
	}
	for _, group := range []string{"stance/denies", "stance/admits", "stance/no_comment", "stance/investigating", "stance/fact"} {
		if group == "stance/investigating" && t.has(s.from, s.to, "stance/official_inquiry") && !t.has(s.from, s.to, "stance/own_inquiry") {
			continue
		}
		for _, h := range t.in(group, s.from, s.to) {
			if t.companySpeaks(h, s) {
				return true
			}
		}
	}
	return false
}

// attackerVoice tells whether an attacker speaks or offers in a sentence.
func (t *text) attackerVoice(s *sentence) bool {
	if t.has(s.from, s.to, "figures/attacker", "actor/named") {
		return true
	}
	for _, n := range t.namesIn(s) {
		if n.known != nil && n.known.role == actorRole {
			return true
		}
	}
	return false
}

// otherSubject tells whether a dated verb or statement is another's than the
// company's: the nearest name before it in its clause is not the victim's.
func (t *text) otherSubject(h hit) bool {
	s := t.sentOf(h.from)
	names := t.namesIn(s)
	for i := len(names) - 1; i >= 0; i-- {
		n := names[i]
		if n.to > h.from || n.weak {
			continue
		}
		if t.victims[t.root(n.key)] {
			return false
		}
		for k := n.to; k < h.from; k++ {
			if t.standsForCompany(k) {
				return false
			}
		}
		return true
	}
	for k := s.from; k < h.from; k++ {
		if t.standsForCompany(k) {
			return false
		}
	}
	for _, g := range []string{"figures/attacker", "figures/other_word"} {
		for _, o := range t.in(g, s.from, h.to) {
			if o.from < h.to {
				return true
			}
		}
	}
	return false
}
