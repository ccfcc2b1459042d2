package reading

import (
	"strings"
	"unicode/utf8"

	"vigie"
)

// Counts reads the figures of a field that holds nothing else, such as "près de
// 1,5 million de clients" or "100 000+ comptes": there is no sentence to say that
// these are the people concerned, the field does. Spans are of words.
func (l *Lexicon) Counts(words, lang string) []vigie.Count {
	lang = l.language(words, lang)
	head := map[string]string{"fr": "Données volées : ", "en": "Data stolen: "}[lang]
	shift := utf8.RuneCountInString(head)
	t := l.parse(head+plus.Replace(words), lang, "")
	var out []vigie.Count
	for _, c := range t.figures() {
		if c.Span[0] < shift || c.Span[1]-shift > utf8.RuneCountInString(words) {
			continue
		}
		c.Span = vigie.Span{c.Span[0] - shift, c.Span[1] - shift}
		c.Status = "unknown"
		if after := Slice(words, vigie.Span{c.Span[0], min(c.Span[0]+16, utf8.RuneCountInString(words))}); c.Qualifier == vigie.Exact {
			before := strings.TrimSpace(Slice(words, vigie.Span{max(0, c.Span[0]-3), c.Span[0]}))
			switch {
			case strings.HasSuffix(before, "≈"), strings.HasSuffix(before, "~"):
				c.Qualifier = vigie.About
			case strings.HasSuffix(before, ">"), strings.HasSuffix(before, "+"), strings.HasPrefix(strings.TrimLeft(after, "0123456789 .,\u00a0\u202fMk"), "+"):
				c.Qualifier = vigie.MoreThan
			}
		}
		out = append(out, c.Count)
	}
	return out
}

// plus sets apart the sign that lists put after a number; the words keep their
// length.
var plus = strings.NewReplacer("+ ", "  ", "≈", " ", "~", " ")

// Data reads the kinds of data of a field that lists them, and those that it says
// are not among them.
func (l *Lexicon) Data(words, lang string) (data, excluded []string) {
	t := l.parse(words, l.language(words, lang), "")
	for _, m := range t.dataMentions() {
		if m.code == "none" {
			continue
		}
		list := &data
		if t.denied(m.hit, t.sentOf(m.from)) {
			list = &excluded
		}
		if !contains(*list, m.code) {
			*list = append(*list, m.code)
		}
	}
	return data, excluded
}
