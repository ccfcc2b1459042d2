package reading

import (
	"strings"

	"vigie"
)

// kinds in the order of the vocabulary: the first that holds.
var kinds = []struct {
	kind vigie.Kind
	not  string // a group that says the contrary in the same sentence
	main bool   // must be told in the title, the first lines, or more than once
}{
	{"ransomware", "kind/not_ransomware", false},
	{"skimming", "", false},
	{"credential_stuffing", "", false},
	{"ddos", "", true},
	{"supply_chain", "kind/not_supply", false},
	{"extortion", "kind/not_extortion", false},
	{"data_breach", "kind/not_data", false},
}

// kind reads what is alleged; unknown when an attack of unstated nature is told.
func (t *text) kind(actorKind string, exposed bool) (vigie.Kind, []vigie.Span) {
	for _, k := range kinds {
		var spans []vigie.Span
		lead := false
		for _, h := range t.hits["kind/"+string(k.kind)] {
			s := t.sentOf(h.from)
			if s.advice || s.recalled || (k.not != "" && t.has(s.from, s.to, k.not)) {
				continue
			}
			if (k.kind == "ransomware" || k.kind == "extortion") && t.general(s) {
				continue
			}
			if t.supposed(h, s) || k.kind == "extortion" && t.within("kind/label", h, s) { // "an extortion group" is what it is called
				continue
			}
			if k.kind == "ransomware" && t.words[h.from].sent > 5 && !t.mentionsVictim(s) && !t.has(s.from, s.to, "kind/this") {
				continue // another attack, or what is thought of attacks
			}
			lead = lead || t.words[h.from].sent < 5
			spans = append(spans, t.span(h.from, h.to))
		}
		if k.kind == "ransomware" && actorKind == "ransomware" && len(spans) == 0 {
			return k.kind, nil
		}
		if k.kind == "skimming" && actorKind == "skimming" || k.kind == "data_breach" && exposed {
			return k.kind, spans
		}
		if len(spans) > 0 && (lead || !k.main && len(spans) > 0) {
			return k.kind, spans
		}
	}
	return "unknown", nil
}

// general tells whether a sentence speaks of ransomware in general or of a
// group's habits, not of this attack.
func (t *text) general(s *sentence) bool {
	return t.has(s.from, s.to, "kind/general") && !t.mentionsVictim(s)
}

// within tells whether a phrase stands inside one of a group.
func (t *text) within(group string, h hit, s *sentence) bool {
	for _, o := range t.in(group, s.from, h.from+1) {
		if h.from < o.to {
			return true
		}
	}
	return false
}

// supposed tells whether a phrase stands after an "if" of its sentence: what
// would be, not what was.
func (t *text) supposed(h hit, s *sentence) bool {
	for _, c := range t.in("kind/hypothetical", s.from, h.to) {
		if c.from < h.to && (c.from > h.from-5 || c.from == s.from || c.from <= s.from+1 || strings.Contains(t.words[c.from].before, ",")) {
			return true
		}
	}
	return false
}
