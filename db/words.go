package db

import (
	"strings"

	"vigie"
)

// term is a word or a phrase of the search box, folded: every word of it in a
// row, the last one only begun when prefix is set. A word outside quotes is found
// in its other forms too.
type term struct {
	words      []string
	prefix     bool
	plain      bool     // outside quotes, not excluded, whole
	hyphen     bool     // joins its words
	apostrophe bool     // joins its words
	forms      []string // what else is looked for: words, phrases, and stems as folded marks them
}

// asked is what the words of the box mean: of every group one term at least must
// be found, and none of not.
type asked struct {
	groups    [][]term
	not       []term
	companies []string // that its words name
}

func (a asked) empty() bool { return len(a.groups) == 0 && len(a.not) == 0 }

// splitWords reads the words of the box: word, "a phrase", -not, a OR b, begin*.
// Anything else in it is punctuation: no input is an error, and none reaches the
// database but as folded words between quotes. A word with a hyphen or an
// apostrophe is a phrase of its parts. Words here are asked exactly: see read.
func splitWords(q string) asked {
	var a asked
	joined := false // an OR stands before
	for rest := strings.TrimSpace(q); rest != ""; rest = strings.TrimSpace(rest) {
		var token string
		negative := strings.HasPrefix(rest, "-")
		body := strings.TrimPrefix(rest, "-")
		phrase := strings.HasPrefix(body, `"`)
		if phrase {
			var more string
			token, more, _ = strings.Cut(body[1:], `"`)
			if strings.HasPrefix(more, "*") {
				token, more = token+"*", more[1:]
			}
			rest = more
		} else {
			end := strings.IndexAny(body, " \t\r\n\"\u00a0\u202f")
			if end < 0 {
				end = len(body)
			}
			token, rest = body[:end], body[end:]
		}
		if token == "OR" && !phrase && !negative {
			joined = len(a.groups) > 0
			continue
		}
		t := term{words: vigie.Words(token), prefix: strings.HasSuffix(token, "*")}
		t.plain, t.apostrophe, t.hyphen = !phrase && !negative && !t.prefix, strings.ContainsAny(token, "'’ʼ"), strings.ContainsAny(token, hyphens)
		switch {
		case len(t.words) == 0:
			continue
		case negative:
			a.not = append(a.not, t)
		case joined:
			last := len(a.groups) - 1
			a.groups[last] = append(a.groups[last], t)
		default:
			a.groups = append(a.groups, []term{t})
		}
		joined = false
	}
	return a
}

// fts writes a term for FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax):
// letters and digits between double quotes.
func (t term) fts() string {
	s := `"` + strings.Join(t.words, " ") + `"`
	if t.prefix {
		s += " *"
	}
	for _, form := range t.forms {
		s += ` OR "` + form + `"`
	}
	return s
}

// match and exclude are the FTS5 expressions of what must and must not be there;
// empty when nothing is asked of that sort.
func (a asked) match() string {
	var all []string
	for _, group := range a.groups {
		all = append(all, "("+anyOf(group)+")")
	}
	return strings.Join(all, " AND ")
}

func (a asked) exclude() string { return anyOf(a.not) }

func anyOf(terms []term) string {
	var any []string
	for _, t := range terms {
		any = append(any, t.fts())
	}
	return strings.Join(any, " OR ")
}
