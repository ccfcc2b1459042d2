package reading

import (
	"strings"

	"vigie"
)

// headLines is how many lines of a text may print when it was published.
const headLines = 6

// findDateline reads when the text was published where its head prints it:
// "Publié le 9 avril 2025", a day alone on its line, "LONDON, March 12, 2025 –".
// It gives the whole day that the reader of the page did not know, or knew less
// exactly. A day within a sentence is one of the story.
func (t *text) findDateline() {
	if t.published.Exact() {
		return
	}
	lines := 0
	for i := 0; i < len(t.sents) && lines < headLines; i++ {
		if i > 0 && t.sents[i-1].para == t.sents[i].para {
			continue
		}
		lines++
		last := i
		for last+1 < len(t.sents) && t.sents[last+1].para == t.sents[i].para {
			last++
		}
		d, from, to, ok := t.printedDay(t.sents[i].from, t.sents[i].to, t.sents[last].to)
		if !ok || d.year == 0 {
			continue
		}
		if c := d.on(""); c.Exact() && (!t.published.Known() || t.published.Overlaps(c)) {
			t.published, t.dateline = c, t.span(from, to)
			return
		}
	}
}

// printedDay finds the day of publication on a line whose first sentence is words
// [from, end) and which ends before word close.
func (t *text) printedDay(from, end, close int) (d day, first, last int, ok bool) {
	head := t.lex.phrases[t.lang]
	for k := from; k < close && k < from+16; k++ {
		// a word for publishing, at the start of the line or after a mark: what follows
		// a noun ("un communiqué publié le…") is that thing's day
		if k > from && !strings.ContainsAny(t.words[k].before, "|•·–—-:()") && !t.words[k-1].digit {
			continue
		}
		for _, p := range head.exact[t.words[k].fold] {
			if p.group != "days/published" {
				continue
			}
			h, found := t.match(p, k)
			if !found || h.to >= close {
				continue
			}
			if d, last, ok := t.dayAt(h.to, close); ok {
				return d, h.to, last, true
			}
		}
	}
	k := from
	if w := t.words[k].fold; w == "by" || w == "par" { // "By Jo Marsh, 12 March 2025"
		for j := k + 1; j < end && j < k+8 && close-from < 16; j++ {
			if d, last, ok := t.dayAt(j, close); ok {
				return d, j, last, last == end || t.closes(last, close)
			}
		}
		return d, 0, 0, false
	}
	for k < end && k < from+3 && t.words[k].cap && t.lex.months[t.words[k].fold] == 0 && !t.lex.set("weekdays")[t.words[k].fold] && !t.lex.set("definite_day")[t.words[k].fold] {
		k++ // the town
	}
	town := k > from
	if town && (k >= end || !strings.ContainsAny(t.words[k].before, ",(")) {
		return d, 0, 0, false
	}
	if k < end && t.lex.set("definite_day")[t.words[k].fold] {
		k++
	}
	if k >= end {
		return d, 0, 0, false
	}
	d, last, ok = t.dayAt(k, end)
	return d, k, last, ok && (last == end && !town || t.closes(last, close))
}

// closes tells whether what follows a day, from word k on, leaves it alone: a
// dash or a bar, or only the hour to the end of the line.
func (t *text) closes(k, end int) bool {
	if k >= len(t.words) {
		return true
	}
	if b := t.words[k].before; strings.ContainsAny(b, "|•·–—(\n") || strings.Contains(b, " - ") || strings.Contains(b, ") -") {
		return true
	}
	for j := k; j < end && j < k+10; j++ {
		w := &t.words[j]
		if clock, h := strings.CutPrefix(w.fold, "h"); h && strings.Trim(clock, "0123456789") == "" { // 18h30
			continue
		}
		if !w.digit && !t.lex.set("hours")[w.fold] {
			return false
		}
	}
	return end-k <= 10
}

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
		passive := h.from > 0 && t.lex.set("passives")[t.words[h.from-1].fold] && t.words[h.from+1].fold != "par"
		if !passive && t.companyVoice(t.sentOf(h.from)) && !t.otherSubject(h) {
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

// companyBetween tells whether words [from, to) name the company, and nothing done
// to it: "On 5 March, Quillory" said, but not "On 5 March, the attack on Quillory".
func (t *text) companyBetween(from, to int) bool {
	if t.has(from, to, "incident/attack", "figures/attacker") {
		return false
	}
	for k := from; k < to; k++ {
		if n, ok := t.nameFrom(k); ok {
			return t.victims[t.root(n.key)]
		}
		if t.standsForCompany(k) {
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
