package reading

import (
	"strings"

	"vigie"
)

// actors reads the aliases of who did or claims this attack. A known group told
// of for another matter is background.
func (t *text) actors() ([]string, []vigie.Span, string) {
	var list []string
	var spans []vigie.Span
	kind := ""
	seen := map[string]bool{}
	add := func(printed, key string, from, to int) {
		if printed == "" || seen[key] {
			return
		}
		for k := range seen { // "INC" once "INC Ransom" is known, and the reverse
			if strings.HasPrefix(k, key+" ") || strings.HasPrefix(key, k+" ") {
				return
			}
		}
		seen[key] = true
		list = append(list, printed)
		spans = append(spans, t.span(from, to))
	}
	for _, n := range t.names {
		if n.known == nil || n.known.role != actorRole || !t.live(n.from) {
			continue
		}
		s := t.sentOf(n.from)
		if !t.has(s.from, s.to, "actor/linked") && s.head < 0 {
			continue
		}
		if t.background(n.from, s) || t.pastCue(n.from, s) {
			continue
		}
		if n.known.ambiguous && !t.captured(n) {
			continue
		}
		if kind == "" {
			kind = n.known.kind
		}
		add(n.known.name, strings.ToLower(n.known.name), n.from, n.to)
	}
	for _, h := range t.hits["actor/named"] {
		if h.name[1] == 0 || !t.live(h.from) {
			continue
		}
		s := t.sentOf(h.from)
		from, to := h.name[0], h.name[1]
		if w := &t.words[h.from]; w.cap && from > h.from && !t.opens(h.from) && t.lex.set("org_nouns")[w.fold] || t.pastCue(from, s) {
			continue // a Group or a Collectif that is part of a name; another case recalled
		}
		if n, ok := t.nameFrom(from); ok {
			if n.known != nil && (n.known.role != actorRole && !(n.known.ambiguous)) || t.victims[t.root(n.key)] {
				continue
			}
			if n.weak && !t.words[from].quoted {
				continue
			}
		}
		if t.background(from, s) || t.has(max(s.from, from-4), from, "actor/refused") || t.common(from, to) {
			continue
		}
		sp := t.span(from, to)
		if sp[1]-sp[0] < 3 {
			continue
		}
		printed := string(t.runes[sp[0]:sp[1]])
		add(printed, strings.Join(strings.Fields(vigie.Fold(printed)), " "), from, to)
	}
	return list, spans, kind
}

// common tells whether captured words are no name: every one is ordinary.
func (t *text) common(from, to int) bool {
	for i := from; i < to; i++ {
		if !t.lex.set("common")[t.words[i].fold] && !t.lex.set("org_nouns")[t.words[i].fold] && len(t.words[i].raw) > 1 {
			return false
		}
	}
	return true
}

func (t *text) background(i int, s *sentence) bool {
	for _, h := range t.in("actor/background", max(s.from, i-6), i) {
		if h.from < i {
			return true
		}
	}
	return false
}

// pastCue tells whether other cases are recalled before word i in its sentence:
// "comes shortly after similar disclosures, some linked to" a group.
func (t *text) pastCue(i int, s *sentence) bool {
	if t.lead(t.words[s.from].sent) {
		return false
	}
	for _, h := range t.in("zones/recalled", s.from, i) {
		if h.to <= i && t.has(s.from, i, "actor/others") {
			return true
		}
	}
	return false
}

func (t *text) captured(n name) bool {
	for _, h := range t.hits["actor/named"] {
		if h.name[0] == n.from && h.name[1] > 0 {
			return true
		}
	}
	return false
}
