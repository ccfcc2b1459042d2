package reading

import (
	"fmt"
	"sort"
	"strings"

	"vigie"
)

// A phrase of the lexicon is written word by word, folded:
//
//	word      that word          pre*     words that begin so
//	a|b*      either             [a|b]    may be missing
//	..  ...   up to 4, 9 words   ....     up to 16
//	<num>     a number
//	<day>     a day: 5 March 2026, le jeudi 5 mars, hier
//	<name>    the name of an organisation, with what introduces it
//	(a b|c d) one or the other of several words
//	<cap>     any run of capitalised words, or words in quotation marks
//	<handle>  the same, or one uncommon word: handles are seldom capitalised
//
// Words of a phrase stand side by side: only .. and ... cross a comma, and
// nothing crosses a semicolon or the end of a sentence.
type phrase struct {
	group string
	parts []part
	src   string
}

type part struct {
	words    map[string]bool
	prefixes []string
	optional bool
	gap      int
	class    byte // 'n' number, 'D' day, 'N' name, 'C' capitals, 'H' handle
}

// hit is a phrase found: words [from, to), and what it captured.
type hit struct {
	from, to int
	name     [2]int // words of <name> or <cap>; 0,0 none
	day      [2]int // words of <day>; 0,0 none
	phrase   *phrase
}

// compile makes the phrases that one line of a vocabulary stands for: one, or as
// many as its brackets give.
func compile(group, src string) ([]*phrase, error) {
	open, rest, found := strings.Cut(src, "(")
	if !found {
		p, err := compileOne(group, src, src)
		return []*phrase{p}, err
	}
	inside, after, closed := strings.Cut(rest, ")")
	if !closed {
		return nil, fmt.Errorf("%s: phrase %q opens a bracket that it does not close", group, src)
	}
	var out []*phrase
	for _, way := range strings.Split(inside, "|") {
		list, err := compile(group, open+way+after)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func compileOne(group, src, line string) (*phrase, error) {
	p := &phrase{group: group, src: line}
	for _, f := range strings.Fields(line) {
		e := part{}
		if strings.HasPrefix(f, "[") && strings.HasSuffix(f, "]") {
			e.optional, f = true, f[1:len(f)-1]
		}
		switch f {
		case "..":
			e.gap = 4
		case "...":
			e.gap = 9
		case "....":
			e.gap = 16
		case "<num>":
			e.class = 'n'
		case "<day>":
			e.class = 'D'
		case "<name>":
			e.class = 'N'
		case "<handle>":
			e.class = 'H'
		case "<cap>":
			e.class = 'C'
		default:
			e.words = map[string]bool{}
			for _, alt := range strings.Split(f, "|") {
				pre, star := strings.CutSuffix(alt, "*")
				if pre = vigie.Fold(pre); pre == "" || strings.ContainsAny(pre, "'’-[]<> ") {
					return nil, fmt.Errorf("%s: %q is not a word of a phrase: write apart what an apostrophe or a hyphen parts", group, alt)
				}
				if star {
					e.prefixes = append(e.prefixes, pre)
				} else {
					e.words[pre] = true
				}
			}
		}
		p.parts = append(p.parts, e)
	}
	if len(p.parts) == 0 || p.parts[0].optional || p.parts[0].gap > 0 || p.parts[len(p.parts)-1].gap > 0 {
		return nil, fmt.Errorf("%s: phrase %q must begin and end with something certain", group, src)
	}
	return p, nil
}

func (e *part) is(w *word) bool {
	if e.words[w.fold] {
		return true
	}
	for _, p := range e.prefixes {
		if strings.HasPrefix(w.fold, p) {
			return true
		}
	}
	return false
}

// index finds the phrases that may begin with a word.
type index struct {
	exact  map[string][]*phrase
	prefix map[string][]*phrase // by the first two letters
	class  []*phrase            // that begin with <name>, <cap> or <num>
}

func newIndex(phrases []*phrase) *index {
	x := &index{exact: map[string][]*phrase{}, prefix: map[string][]*phrase{}}
	for _, p := range phrases {
		first := p.parts[0]
		if first.class != 0 {
			x.class = append(x.class, p)
			continue
		}
		for w := range first.words {
			x.exact[w] = append(x.exact[w], p)
		}
		for _, pre := range first.prefixes {
			k := pre[:min(2, len(pre))]
			x.prefix[k] = append(x.prefix[k], p)
		}
	}
	return x
}

// find records every phrase of the index in t.hits, by group.
func (x *index) find(t *text) {
	for i := range t.words {
		w := &t.words[i]
		try := func(list []*phrase) {
			for _, p := range list {
				if h, ok := t.match(p, i); ok {
					t.hits[p.group] = append(t.hits[p.group], h)
				}
			}
		}
		try(x.exact[w.fold])
		if len(w.fold) > 1 {
			try(x.prefix[w.fold[:1]])
			try(x.prefix[w.fold[:2]])
		}
		if w.cap || w.quoted || w.digit {
			try(x.class)
		}
	}
	for _, hs := range t.hits {
		sort.SliceStable(hs, func(a, b int) bool {
			if hs[a].from != hs[b].from {
				return hs[a].from < hs[b].from
			}
			return hs[a].to > hs[b].to
		})
	}
}

func (t *text) match(p *phrase, i int) (hit, bool) {
	h := hit{from: i, phrase: p}
	end := t.sentOf(i).to
	to, ok := t.step(p.parts, i, i, end, &h)
	h.to = to
	return h, ok && to > i
}

// beside tells whether word i follows the one before it with nothing but a
// space, a hyphen, an apostrophe or a quotation mark between.
func (t *text) beside(i int) bool {
	return !strings.ContainsAny(t.words[i].before, ",;:()[]/—–…!?\n•") && !strings.Contains(t.words[i].before, ". ") && !strings.Contains(t.words[i].before, " - ")
}

func (t *text) step(parts []part, i, start, end int, h *hit) (int, bool) {
	if len(parts) == 0 {
		return i, true
	}
	e := &parts[0]
	if e.gap > 0 {
		for n := 0; n <= e.gap && i+n < end; n++ {
			if i+n > start && strings.Contains(t.words[i+n].before, ";") {
				return 0, false
			}
			if to, ok := t.stepAt(parts[1:], i+n, start, end, h, true); ok {
				return to, true
			}
		}
		return 0, false
	}
	return t.stepAt(parts, i, start, end, h, false)
}

func (t *text) stepAt(parts []part, i, start, end int, h *hit, loose bool) (int, bool) {
	e := &parts[0]
	if i < end && (i == start || loose || t.beside(i)) {
		switch e.class {
		case 0:
			if e.is(&t.words[i]) {
				if to, ok := t.step(parts[1:], i+1, start, end, h); ok {
					return to, true
				}
			}
		case 'n':
			if t.words[i].digit {
				if to, ok := t.step(parts[1:], i+1, start, end, h); ok {
					return to, true
				}
			}
		case 'D':
			if _, to, ok := t.dayAt(i, end); ok {
				if last, ok := t.step(parts[1:], to, start, end, h); ok {
					h.day = [2]int{i, to}
					return last, true
				}
			}
		case 'N', 'C', 'H':
			from, to, next, ok := t.nameAt(i, end, e.class != 'N', len(parts) > 1)
			if w := &t.words[i]; !ok && e.class == 'H' && len(w.raw) > 3 && !t.lex.ordinary(w.fold) {
				from, to, next, ok = i, i+1, []int{i + 1}, true
			}
			if ok {
				for _, n := range next {
					if last, ok := t.step(parts[1:], n, start, end, h); ok {
						h.name = [2]int{from, to}
						return last, true
					}
				}
			}
		}
	}
	if e.optional {
		return t.step(parts[1:], i, start, end, h)
	}
	return 0, false
}
