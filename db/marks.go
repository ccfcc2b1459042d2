package db

import (
	"slices"
	"strings"
	"unicode"

	"vigie"
)

// marksAtMost bounds how many passages of a case are shown as matching.
const marksAtMost = 12

// spoken is a word of an original text: how it folds, and its bytes.
type spoken struct {
	folded   string
	from, to int
}

// spokenWords splits an original text exactly as vigie.Words does its folded one,
// keeping where each word stands. (A combining accent folds to nothing and parts
// no word.)
func spokenWords(text string) []spoken {
	var list []spoken
	from := -1
	end := func(to int) {
		if from >= 0 {
			if words := vigie.Words(text[from:to]); len(words) == 1 {
				list = append(list, spoken{words[0], from, to})
			}
			from = -1
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			if from < 0 {
				from = i
			}
			continue
		}
		end(i)
	}
	end(len(text))
	return list
}

// hyphens join words.
const hyphens = "-‐‑"

// heard is a passage as a search reads it.
type heard struct {
	words     []spoken
	compounds []compound
	lang      vigie.Lang
}

// compound is a run of words that hyphens join.
type compound struct {
	parts    []string
	from, to int
}

// partsMost bounds a compound: longer runs are no words.
const partsMost = 4

func (p passage) heard() heard {
	h := heard{words: spokenWords(p.text), lang: p.lang}
	if !strings.ContainsAny(p.text, hyphens) {
		return h
	}
	for i := 0; i < len(h.words); {
		end := i + 1
		c := compound{[]string{h.words[i].folded}, h.words[i].from, h.words[i].to}
		for ; end < len(h.words) && joins(p.text[c.to:h.words[end].from]); end++ {
			c.parts, c.to = append(c.parts, h.words[end].folded), h.words[end].to
		}
		if n := end - i; n > 1 && n <= partsMost {
			h.compounds = append(h.compounds, c)
		}
		i = end
	}
	return h
}

func joins(between string) bool {
	return len([]rune(between)) == 1 && strings.Contains(hyphens, between)
}

// in finds the term in a passage: half-open byte ranges.
func (t *term) in(h heard) (found [][2]int) {
	for i := 0; i+len(t.words) <= len(h.words); i++ {
		if t.at(h.words[i : i+len(t.words)]) {
			found = append(found, [2]int{h.words[i].from, h.words[i+len(t.words)-1].to})
		}
	}
	if len(t.forms) == 0 {
		return found
	}
	for _, w := range h.words {
		if t.says(w.folded, h.lang) {
			found = append(found, [2]int{w.from, w.to})
		}
	}
	for _, c := range h.compounds {
		if t.any(compounded(c.parts, h.lang)) {
			found = append(found, [2]int{c.from, c.to})
		}
	}
	return found
}

// spans finds the terms in a text: half-open byte ranges, in order, not touching
// one another.
func (a asked) spans(text string, lang vigie.Lang) [][2]int {
	h := passage{text: text, lang: lang}.heard()
	var found [][2]int
	for _, group := range a.groups {
		for i := range group {
			found = append(found, group[i].in(h)...)
		}
	}
	slices.SortFunc(found, func(x, y [2]int) int { return x[0] - y[0] })
	var joined [][2]int
	for _, s := range found {
		if n := len(joined); n > 0 && s[0] <= joined[n-1][1] {
			joined[n-1][1] = max(joined[n-1][1], s[1])
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

func (t *term) at(words []spoken) bool {
	for i, w := range t.words {
		if words[i].folded == w || t.prefix && i == len(t.words)-1 && strings.HasPrefix(words[i].folded, w) {
			continue
		}
		return false
	}
	return true
}

// marks shows where a case matches.
func (a asked) marks(record *vigie.Record) []vigie.Mark {
	if len(a.groups) == 0 {
		return nil
	}
	var list []vigie.Mark
	for _, p := range textOf(&record.Incident, record.Respondent) {
		if spans := a.spans(p.text, p.lang); len(spans) > 0 && len(list) < marksAtMost {
			list = append(list, vigie.Mark{Field: p.field, Text: p.text, Spans: spans})
		}
	}
	return list
}
