package reading

import (
	"slices"
	"sort"
	"strings"

	"vigie"
)

// units of a count, in the order in which a compound is decided.
var units = []vigie.Unit{"customers", "accounts", "people", "records", "users", "subscribers", "members", "employees", "patients", "emails", "cards"}

// counted is a figure before its status is decided.
type counted struct {
	vigie.Count
	claimed  bool // somebody else than the company gives it
	own      bool // the company gives it
	definite bool // "the 3,000 customers": a number told of before
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
	until := last // the next figure has a clause of its own
	for until < min(s.to, last+8) && !t.words[until].digit {
		until++
	}
	if t.has(max(s.from, n.from-3), until, "figures/no_clause") {
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
	c := counted{Count: vigie.Count{Value: n.value, Unit: unit, Qualifier: vigie.Exact, Span: t.span(n.from, last)}}
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
	v := t.voiceOf(n.from, last)
	c.own = v == company
	c.claimed = !c.own && (v == another || t.has(s.from, s.to, "figures/claimed"))
	c.definite = n.from > s.from && t.lex.set("definite")[t.words[n.from-1].fold]
	return c
}

// distinct keeps each value once, as the company gives it if it does, else as it
// first stands, and drops a vague figure where an exact one of its magnitude is
// given. What is claimed in one place is claimed, even where another place repeats
// it as a fact, unless the company says it too.
func distinct(all []counted) []counted {
	var out []counted
	for _, c := range all {
		i := slices.IndexFunc(out, func(o counted) bool { return o.Value == c.Value })
		switch {
		case i < 0:
			out = append(out, c)
		case c.own && !out[i].own:
			c.claimed = c.claimed || out[i].claimed
			out[i] = c
		default:
			out[i].claimed = out[i].claimed || c.claimed
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

// settle decides whose each figure is, once it is known what the company answers.
// A company of which no answer is told has given no figure. One that denies
// gives only a number that nobody else gave: the one it denies is not its own.
func settle(figures []counted, stance map[string]bool) {
	for i := range figures {
		c := &figures[i]
		switch {
		case stance[NoAnswer]:
			c.own = false
		case stance[string(vigie.Denies)]:
			c.own = c.own && !c.claimed && !c.definite
		}
	}
}

// statuses decides how each figure stands: confirmed when the company gives it,
// denied when the company denies the case, claimed when another says it,
// confirmed when the company confirms what is told as a fact.
func statuses(figures []counted, stance map[string]bool) []vigie.Count {
	out := []vigie.Count{}
	for _, c := range figures {
		switch {
		case c.own:
			c.Status = "confirmed"
		case stance[string(vigie.Denies)]:
			c.Status = "denied"
		case c.claimed:
			c.Status = "claimed"
		case stance[string(vigie.Confirms)], stance[string(vigie.PartiallyConfirms)]:
			c.Status = "confirmed"
		default:
			c.Status = "unknown"
		}
		out = append(out, c.Count)
	}
	return out
}
