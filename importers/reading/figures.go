package reading

import (
	"sort"
	"strings"

	"vigie"
)

// units of a count, in the order in which a compound is decided.
var units = []vigie.Unit{"customers", "accounts", "people", "records", "users", "subscribers", "members", "employees", "patients", "emails", "cards"}

// counted is a figure before its status is decided.
type counted struct {
	vigie.Count
	claimed, own bool
	word         int // of its first word
}

// figures reads how many people, accounts or records the case concerns. What
// counts money, stores, staff, volumes or a whole membership is left out.
func (t *text) figures() []counted {
	var all []counted
	for i := 0; i < len(t.words); i++ {
		n, ok := t.numberAt(i)
		if !ok || !t.live(i) {
			continue
		}
		unit, last, ok := t.unitAfter(n)
		if !ok || n.value < 2 || (n.value < 10 && !n.vague) || t.refused(n, last) {
			i = n.to - 1
			continue
		}
		all = append(all, t.count(n, unit, last))
		i = n.to - 1
	}
	return distinct(all)
}

// unitAfter finds the noun counted: at once, or after a few words that link it
// to the number ("of its", "Vellamo", "anciens").
func (t *text) unitAfter(n number) (unit vigie.Unit, last int, ok bool) {
	end := t.sentOf(n.from).to
	free := 3
	for k := n.to; k < end && k < n.to+7; k++ {
		if strings.ContainsAny(t.words[k].before, ",;:()%€$£¥/–—") || strings.Contains(t.words[k].before, ". ") {
			return "", 0, false
		}
		if len(t.startsAt("figures/no_after", k)) > 0 {
			return "", 0, false
		}
		for _, u := range units {
			for _, h := range t.startsAt("figures/unit_"+string(u), k) {
				if !ok || h.to > last {
					unit, last, ok = u, h.to, true
				}
			}
		}
		if ok {
			if last < end && strings.TrimSpace(t.words[last].before) == "" {
				if len(t.startsAt("figures/no_after", last)) > 0 {
					return "", 0, false
				}
				// "customer accounts": in English the last noun is the head
				for _, u := range []vigie.Unit{"accounts", "records", "emails"} {
					for _, h := range t.startsAt("figures/unit_"+string(u), last) {
						if t.english() {
							unit, last = u, h.to
						}
					}
				}
			}
			return unit, last, true
		}
		w := &t.words[k]
		if !w.cap && !nameLinks[w.fold] && !t.lex.set("determiners")[w.fold] {
			if free--; free < 0 {
				return "", 0, false
			}
		}
	}
	return "", 0, false
}

func (t *text) startsAt(group string, k int) []hit { return t.in(group, k, k+1) }

func (t *text) english() bool { return t.lang == "en" }

// refused tells whether a count is no count of the people concerned.
func (t *text) refused(n number, last int) bool {
	s := t.sentOf(n.from)
	before := t.words[n.from].before
	if strings.ContainsAny(before, "€$£¥#") {
		return true
	}
	if after := t.after(n.to - 1); strings.ContainsAny(strings.TrimLeft(after, " \u00a0\u202f"), "€$£%") && len(strings.TrimLeft(after, " \u00a0\u202f")) < 3 {
		return true
	}
	from := max(s.from, n.from-7)
	for k := n.from; k > from; k-- { // a clause ends the reach of "employs"
		if strings.ContainsAny(t.words[k].before, ",;") && k < n.from {
			from = k
			break
		}
	}
	if t.has(from, n.from, "figures/no_before") {
		return true
	}
	if t.has(max(s.from, n.from-3), min(s.to, last+8), "figures/no_clause") {
		return true
	}
	if t.year > 0 && n.to == n.from+1 && len(t.words[n.from].raw) == 4 && n.value >= 1990 && n.value <= int64(t.year)+1 {
		return true
	}
	linked := t.has(s.from, s.to, "figures/concerned", "incident/attack")
	if !linked && s.head >= 0 {
		h := &t.sents[s.head]
		linked = t.has(h.from, h.to, "figures/concerned", "incident/attack")
	}
	return !linked
}

func (t *text) count(n number, unit vigie.Unit, last int) counted {
	s := t.sentOf(n.from)
	c := counted{word: n.from, Count: vigie.Count{Value: n.value, Unit: unit, Qualifier: vigie.Exact, Span: t.span(n.from, last)}}
	near := max(s.from, n.from-4)
	ends := func(group string) bool { // a phrase that ends just before the number
		for _, h := range t.in(group, near, n.from) {
			if h.to >= n.from-1 && h.to <= n.from {
				return true
			}
		}
		return false
	}
	switch {
	case n.vague:
		c.Qualifier = vigie.Vague
	case ends("figures/more_than"):
		c.Qualifier = vigie.MoreThan
	case ends("figures/up_to"):
		c.Qualifier = vigie.UpTo
	case ends("figures/about"):
		c.Qualifier = vigie.About
	}
	c.own = t.has(s.from, s.to, "figures/own_word") || t.speaks(s)
	c.claimed = t.has(s.from, s.to, "figures/claimed") && !c.own
	return c
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

// distinct keeps each value once, the firmest mention first, and drops a vague
// figure where an exact one of its magnitude is given.
func distinct(all []counted) []counted {
	var out []counted
	for _, c := range all {
		dup := false
		for i := range out {
			if out[i].Value == c.Value {
				dup = true
				if out[i].claimed && c.own {
					out[i].claimed = false
				}
				out[i].own = out[i].own || c.own
			}
		}
		if !dup {
			out = append(out, c)
		}
	}
	exact := func(c counted) bool {
		if c.Qualifier != vigie.Vague {
			return false
		}
		for _, d := range out {
			if d.Qualifier != vigie.Vague && d.Value >= c.Value {
				return true
			}
			if d.Qualifier == vigie.Vague && d.Value != c.Value && d.Value > c.Value && d.Value/10 <= c.Value {
				return true
			}
		}
		return false
	}
	kept := out[:0:0]
	for _, c := range out {
		if !exact(c) {
			kept = append(kept, c)
		}
	}
	sort.SliceStable(kept, func(a, b int) bool { return kept[a].Span[0] < kept[b].Span[0] })
	return kept
}

// statuses decides how each figure stands: denied when the company denies the
// case, claimed when another says it, confirmed when the company confirms.
func statuses(figures []counted, stance map[string]bool) []vigie.Count {
	out := []vigie.Count{}
	for _, c := range figures {
		switch {
		case stance[string(vigie.Denies)]:
			c.Status = "denied"
		case c.claimed:
			c.Status = "claimed"
		case stance[string(vigie.Confirms)], stance[string(vigie.PartiallyConfirms)], c.own:
			c.Status = "confirmed"
		default:
			c.Status = "unknown"
		}
		out = append(out, c.Count)
	}
	return out
}
