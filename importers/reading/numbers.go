package reading

import (
	"strconv"
	"strings"
)

// numberWord is a word that counts: it is worth Value, or multiplies by Times.
type numberWord struct {
	Value int64 `json:"value"`
	Times int64 `json:"times"`
	Vague bool  `json:"vague"` // worth at least that: "several", "milliers"
	Glued bool  `json:"glued"` // only stuck to digits: 2,6M, 300k
}

// number is a quantity read at words [from, to).
type number struct {
	from, to int
	value    int64
	vague    bool
}

// most is far above any count of people; more is a misreading.
const most = 100_000_000_000

// numberAt reads the number that begins at word i: 2,242,521 · 6,4 millions ·
// 197 400 · 2,6M · several hundred thousand · quelques dizaines de milliers.
func (t *text) numberAt(i int) (number, bool) {
	w := &t.words[i]
	if w.digit {
		return t.digits(i)
	}
	first, ok := t.lex.numbers[w.fold]
	if !ok || first.Glued {
		return number{}, false
	}
	n := number{from: i, to: i + 1, value: max(first.Value, first.Times), vague: first.Vague}
	weak := first.Value == 1 // "un", "des", "a": a number only before a magnitude
	for n.to < len(t.words) && t.words[n.to].sent == w.sent && strings.TrimSpace(t.words[n.to].before) == "" {
		next := &t.words[n.to]
		if (next.fold == "de" || next.fold == "d" || next.fold == "of") && n.to+1 < len(t.words) {
			next = &t.words[n.to+1]
			m, ok := t.lex.numbers[next.fold]
			if !ok || m.Times == 0 || m.Glued || !n.vague {
				break
			}
			n.value *= m.Times
			n.to += 2
			weak = false
			continue
		}
		m, ok := t.lex.numbers[next.fold]
		if !ok || m.Glued || (m.Value == 1 && m.Times == 0) {
			break
		}
		if m.Times > 0 {
			n.value *= m.Times
		} else if weak || m.Value == 100 || m.Value == 10 {
			n.value *= m.Value
		} else {
			break
		}
		n.vague, weak = n.vague || m.Vague, false
		n.to++
	}
	if weak || n.value > most || (n.to == i+1 && !n.vague) {
		return number{}, false
	}
	return n, true
}

func (t *text) digits(i int) (number, bool) {
	raw, to := t.words[i].raw, i+1
	whole, frac := raw, ""
	groups := strings.FieldsFunc(raw, func(r rune) bool { return r == '.' || r == ',' })
	thousands := len(groups) > 1
	for _, g := range groups[1:] {
		thousands = thousands && len(g) == 3
	}
	magnitude := func(k int) (numberWord, bool) {
		if k >= len(t.words) {
			return numberWord{}, false
		}
		m, ok := t.lex.numbers[t.words[k].fold]
		if !ok || m.Times == 0 || t.words[k].before != "" && (m.Glued || strings.TrimSpace(t.words[k].before) != "") {
			return numberWord{}, false
		}
		return m, true
	}
	_, scaled := magnitude(i + 1)
	switch {
	case len(groups) == 1:
		// 197 400: groups of three after a space
		for len(groups[0]) <= 3 && to < len(t.words) && t.words[to].digit && len(t.words[to].raw) == 3 && !strings.ContainsAny(t.words[to].raw, ".,") &&
			(t.words[to].before == " " || t.words[to].before == "\u00a0" || t.words[to].before == "\u202f") {
			whole += t.words[to].raw
			to++
		}
	case thousands && !(scaled && len(groups) == 2):
		whole = strings.Join(groups, "")
	case len(groups) == 2:
		whole, frac = groups[0], groups[1]
	default:
		return number{}, false
	}
	v, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || v > most {
		return number{}, false
	}
	n := number{from: i, value: v}
	m, scaled := magnitude(to)
	if scaled {
		if len(frac) > 9 {
			return number{}, false
		}
		n.value *= m.Times
		part := m.Times
		for _, d := range frac {
			part /= 10
			n.value += int64(d-'0') * part
		}
		to++
	} else if frac != "" {
		return number{}, false
	}
	n.to = to
	return n, n.value > 0 && n.value <= most
}
