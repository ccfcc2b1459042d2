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

// spans finds the terms in a text: half-open byte ranges, in order, not touching
// one another.
func (a asked) spans(text string, lang vigie.Lang) [][2]int {
	words := spokenWords(text)
	var found [][2]int
	for _, group := range a.groups {
		for _, t := range group {
			for i := 0; i+len(t.words) <= len(words); i++ {
				if t.at(words[i:i+len(t.words)], lang) {
					found = append(found, [2]int{words[i].from, words[i+len(t.words)-1].to})
				}
			}
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

func (t *term) at(words []spoken, lang vigie.Lang) bool {
	if len(t.words) == 1 && !t.prefix {
		return t.says(words[0].folded, lang)
	}
	if len(t.forms) > 0 {
		said := make([]string, len(words))
		for i, w := range words {
			said[i] = w.folded
		}
		if slices.Contains(t.forms, strings.Join(said, " ")) {
			return true
		}
	}
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
