package reading

import (
	"sort"
	"strings"
)

// suspected is an organisation the text names, and how much speaks for its being
// the one hit.
type suspected struct {
	key      string
	printed  string
	score    float64
	struck   float64 // of which the text says it was attacked
	title    bool
	first    int // word of its first mention
	known    *entry
	mates    map[string]bool // named with it in one breath, as hit together
	mentions []name
}

// weights of what a sentence says of a name.
var weights = []struct {
	group  string
	weight float64
	struck bool
}{
	{"victims/suffers", 5, true}, {"victims/against", 4, true}, {"victims/answers", 3, false},
	{"victims/holds", 2, false}, {"victims/shop", 1, false},
}

// findVictims decides who was hit by this case, the surest first, and fills
// t.victims.
func (t *text) findVictims() []*suspected {
	t.mergeNames()
	by := map[string]*suspected{}
	data := map[int]bool{} // words that name a kind of data: USIM and IBAN are no victims
	for group, hs := range t.hits {
		if code, ok := strings.CutPrefix(group, "datatypes/"); ok && code != "none" && !weakKinds[code] {
			for _, h := range hs {
				data[h.from] = true
			}
		}
	}
	for _, n := range t.names {
		key := t.root(n.key)
		if data[n.from] {
			continue
		}
		if key == "" || n.known != nil && (n.known.role == actorRole || n.known.role == pressRole || n.known.role == authorityRole) {
			continue
		}
		c := by[key]
		if c == nil {
			c = &suspected{key: key, first: n.from, mates: map[string]bool{}}
			if n.known != nil && n.known.role == techRole {
				c.score -= 12 // a supplier is seldom the one hit
			}
			by[key] = c
		}
		c.mentions = append(c.mentions, n)
		if n.known != nil && (c.known == nil || n.known.own && n.key == key) { // a branch that the record knows does not name its parent
			c.known = n.known
		}
		switch {
		case t.words[n.from].sent < t.title:
			c.title, c.score = true, c.score+4
			// "Ondelia : 40 000 clients exposés", as French headlines name who was hit
			if n.from == 0 && n.to < len(t.words) && strings.HasPrefix(strings.TrimLeft(t.words[n.to].before, " \u00a0"), ":") && t.has(n.to, t.sents[t.title-1].to, "incident/exposed") {
				c.score += 3
				c.struck += 4
			}
		case t.lead(t.words[n.from].sent):
			c.score += 2
		case t.live(n.from) && c.score < 40:
			c.score += 0.5
		}
	}
	for _, w := range weights {
		seen := map[int]bool{}
		for _, h := range t.hits[w.group] {
			if h.name[1] == 0 || seen[h.name[0]] || !t.live(h.name[0]) {
				continue
			}
			seen[h.name[0]] = true
			t.credit(by, h, w.weight, w.struck)
		}
	}
	t.dismiss(by)
	list := make([]*suspected, 0, len(by))
	for _, c := range by {
		list = append(list, c)
	}
	sort.Slice(list, func(a, b int) bool {
		if list[a].score != list[b].score {
			return list[a].score > list[b].score
		}
		return list[a].first < list[b].first
	})
	return t.choose(list)
}

// credit gives a name, and those named with it in one breath, what a phrase says
// of it.
func (t *text) credit(by map[string]*suspected, h hit, weight float64, struck bool) {
	i := t.words[h.name[0]].sent
	switch {
	case i < t.title:
		weight *= 2
	case t.lead(i):
		weight *= 1.5
	}
	mates := t.mates(h.name[0])
	for _, n := range mates {
		c := by[t.root(n.key)]
		if c == nil || t.compared(n) {
			continue
		}
		w := weight
		if n.weak {
			w /= 2
		}
		c.score += w
		if struck {
			c.struck += w
			for _, m := range mates {
				if m.key != n.key && t.lead(i) {
					c.mates[t.root(m.key)] = true
				}
			}
		}
	}
}

// mates lists the name at word i and those joined to it by commas, "et" or
// "and": "Truffaut, Boulanger et Cultura".
func (t *text) mates(i int) []name {
	k := sort.Search(len(t.names), func(k int) bool { return t.names[k].from >= i })
	if k == len(t.names) || t.names[k].from != i {
		return nil
	}
	linked := func(a, b name) bool {
		if t.words[a.from].sent != t.words[b.from].sent || b.from-a.to > 2 {
			return false
		}
		if b.from == a.to {
			return strings.TrimSpace(t.words[b.from].before) == ","
		}
		for j := a.to; j < b.from; j++ {
			if w := t.words[j].fold; w != "et" && w != "and" && w != "&" && w != "the" && w != "ou" {
				return false
			}
		}
		return true
	}
	lo, hi := k, k
	for lo > 0 && linked(t.names[lo-1], t.names[lo]) {
		lo--
	}
	for hi+1 < len(t.names) && linked(t.names[hi], t.names[hi+1]) {
		hi++
	}
	return t.names[lo : hi+1]
}

// compared tells whether a name only serves to compare: "après Boulanger".
func (t *text) compared(n name) bool {
	if n.from == 0 {
		return false
	}
	for _, h := range t.in("victims/comparison", max(0, n.from-3), n.from) {
		if h.to == n.from && t.words[h.from].fold != "including" && t.words[h.from].fold != "such" && t.words[h.from].fold != "notamment" {
			return true
		}
	}
	return false
}

// dismiss takes out attackers, suppliers, persons and parents.
func (t *text) dismiss(by map[string]*suspected) {
	for _, h := range t.hits["actor/named"] {
		if h.name[1] > 0 {
			if n, ok := t.nameFrom(h.name[0]); ok {
				if c := by[t.root(n.key)]; c != nil && !c.title && (c.known == nil || c.known.role != brandRole) {
					c.score -= 8
				}
			}
		}
	}
	for _, h := range t.hits["victims/product"] { // a tool, a flaw, a technique
		if n, ok := t.nameFrom(h.name[0]); ok && h.name[1] > 0 {
			if c := by[t.root(n.key)]; c != nil && (c.known == nil || !c.known.own) {
				c.score -= 5
				c.struck -= 2
			}
		}
	}
	for _, h := range t.hits["victims/supplier"] {
		if n, ok := t.nameFrom(h.name[0]); ok && h.name[1] > 0 {
			if c := by[t.root(n.key)]; c != nil && !c.title {
				c.score -= 10
			}
		}
	}
	for _, c := range by {
		for _, n := range c.mentions {
			s := t.sentOf(n.from)
			if t.has(n.to, min(n.to+4, s.to), "victims/speaker") && n.to < s.to && strings.Contains(t.words[n.to].before, ",") {
				c.score -= 6 // "Damien Bancal, expert en cybersécurité"
			}
			for _, h := range t.in("victims/parent", max(s.from, n.from-4), n.from) {
				if h.to == n.from && !c.title {
					c.score -= 3
				}
			}
		}
	}
}

// choose takes the best, and those hit with it.
func (t *text) choose(list []*suspected) []*suspected {
	t.victims = map[string]bool{}
	var out []*suspected
	for _, c := range list {
		if c.score < 5 || (c.struck < 2 && !c.title) {
			continue
		}
		if c.known != nil && c.known.role == techRole && (len(out) > 0 || !t.has(0, t.sents[t.title-1].to, "incident/firm") || t.others(list)) {
			continue
		}
		if len(out) > 0 {
			best := out[0]
			together := best.mates[c.key] || c.mates[best.key]
			if !together || c.score < 0.3*best.score || c.struck == 0 {
				continue
			}
		}
		out = append(out, c)
		t.victims[c.key] = true
	}
	for _, c := range out {
		c.printed = t.printed(c)
	}
	return out
}

// others tells whether somebody who is no supplier may be the victim.
func (t *text) others(list []*suspected) bool {
	for _, c := range list {
		if (c.known == nil || c.known.role != techRole) && c.score >= 5 && (c.struck >= 2 || c.title) {
			return true
		}
	}
	return false
}

// printed is the canonical name of a victim: that of the gazetteer, or the way it
// is most often written.
func (t *text) printed(c *suspected) string {
	if c.known != nil {
		return c.known.name
	}
	count := map[string]int{}
	best := ""
	for _, n := range c.mentions {
		if t.words[n.from].sent < t.title && strings.HasPrefix(n.key, c.key+" ") && len(c.mentions) > 2 {
			return n.text // the title gives it in full
		}
	}
	for _, n := range c.mentions {
		if n.key != c.key && t.hasKey(c.mentions, c.key) {
			continue
		}
		printed := n.text
		if n.from > 0 && t.lex.set("public_heads")[t.words[n.from-1].fold] && t.beside(n.from) {
			s := t.span(n.from-1, n.to)
			printed = string(t.runes[s[0]:s[1]]) // "l'université Paris-Saclay"
		}
		count[printed]++
		if best == "" || count[printed] > count[best] {
			best = printed
		}
	}
	return best
}

func (t *text) hasKey(list []name, key string) bool {
	for _, n := range list {
		if n.key == key {
			return true
		}
	}
	return false
}

// root is the name that a mention stands for, once abbreviations and longer
// forms are merged.
func (t *text) root(key string) string {
	if r, ok := t.roots[key]; ok {
		return r
	}
	return key
}

// mergeNames ties the forms of one name: what the gazetteer says is the same,
// "Marks & Spencer (M&S)", and "Debenhams Flowers" where Debenhams is also named.
func (t *text) mergeNames() {
	t.roots = map[string]string{}
	count, canonical := map[string]int{}, map[string]string{}
	for _, n := range t.names {
		count[n.key]++
		if n.known != nil {
			canon := n.known.role + " " + n.known.name
			if first, ok := canonical[canon]; ok && first != n.key {
				t.roots[n.key] = first
			} else {
				canonical[canon] = n.key
			}
		}
	}
	for i := 0; i+1 < len(t.names); i++ {
		a, b := t.names[i], t.names[i+1]
		if b.from == a.to && strings.HasSuffix(t.words[b.from].before, "(") && strings.HasPrefix(t.after(b.to-1), ")") && a.key != b.key {
			t.roots[b.key] = t.root(a.key)
		}
	}
	for _, n := range t.names {
		if n.known != nil && n.known.role != brandRole && n.known.role != otherRole || t.roots[n.key] != "" {
			continue
		}
		for i, c := range n.key { // the shortest beginning that is a name too
			if other := n.key[:i]; c == ' ' && len(other) >= 3 && count[other] >= count[n.key] && !t.lex.set("name_heads")[other] {
				t.roots[n.key] = t.root(other)
				break
			}
		}
	}
}

func (t *text) isVictim(w [2]int) bool {
	if w[1] == 0 {
		return false
	}
	n, ok := t.nameFrom(w[0])
	return ok && t.victims[t.root(n.key)]
}
