package db

import (
	"context"
	"slices"
	"strings"

	"vigie"
)

// stemMarks begin the stems in the full text, one a language, and compoundMark the
// words that hyphens join: letters of the private use area, which the tokenizer
// keeps and no search can name.
var stemMarks = map[vigie.Lang]string{vigie.French: "\ue001", vigie.English: "\ue002"}

const compoundMark = "\ue003"

// stems are those of a folded word in the languages it may be of, as the full text
// marks them. A word that is its own stem has none: it is found as it stands.
func stems(word string, lang vigie.Lang) (list []string) {
	for _, l := range vigie.Langs {
		if lang != "" && lang != l {
			continue
		}
		if stem := vigie.Stem(word, l); stem != word {
			list = append(list, stemMarks[l]+stem)
		}
	}
	return list
}

// compounded are the forms, as the full text marks them, of words that a hyphen
// joins or of one that is written without it: e-mail and email meet, sous-traitant
// and sous-traitants, carte-cadeau and cartes-cadeaux.
func compounded(parts []string, lang vigie.Lang) (list []string) {
	for _, l := range vigie.Langs {
		if lang != "" && lang != l {
			continue
		}
		list = append(list, compoundMark+vigie.Stem(strings.Join(parts, ""), l))
		if len(parts) > 1 {
			each := ""
			for _, p := range parts {
				each += vigie.Stem(p, l)
			}
			list = append(list, compoundMark+each)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// read is splitWords with the other forms of its plain words, and the companies
// that are named. A name is asked as it is written: cultura is not culturel, nor
// target targeted. Only a company with a published case has a name here: one that
// drafts know of is saved without an edition, and an edition always answers the same.
func (d *DB) read(ctx context.Context, q string) (asked, error) {
	a := splitWords(q)
	keys := a.names()
	a.plain(func(t *term) {
		keys = append(keys, t.bare())
		for _, l := range vigie.Langs {
			keys = append(keys, vigie.Stem(t.bare(), l))
		}
	})
	if len(keys) == 0 {
		return a, nil
	}
	named := map[string][]string{}
	err := d.engine.Query(ctx, []SQL{sql(`SELECT name, company FROM names WHERE name IN (SELECT value FROM json_each(?)) AND `+publicCompany, jsonList(keys))}, func(_ int, row Row) error {
		var name, company string
		err := row.Scan(&name, &company)
		named[name] = append(named[name], company)
		return err
	})
	for _, name := range a.names() {
		a.companies = append(a.companies, named[name]...)
	}
	a.plain(func(t *term) { t.inflect(named) })
	return a, err
}

// names are the words of the box that may be the name of a company: each, and
// those that follow one another, joined.
func (a asked) names() (keys []string) {
	for from := range a.groups {
		name := ""
		for _, group := range a.groups[from:min(len(a.groups), from+wordsOfName)] {
			for _, t := range group {
				keys = append(keys, strings.TrimSpace(name+" "+strings.Join(t.words, " ")))
			}
			name = keys[len(keys)-1]
		}
	}
	return keys
}

// plain visits the plain words.
func (a asked) plain(visit func(*term)) {
	for _, group := range a.groups {
		for i := range group {
			if t := &group[i]; t.plain {
				visit(t)
			}
		}
	}
}

// elided stand before an apostrophe in French, possessive after it in English.
var elided = []string{"l", "d", "s", "n", "c", "j", "m", "t", "qu"}

const possessive = "s"

// bare is the word of a term of one word, without what an apostrophe joins to it
// (l’enseigne, Temu’s); empty for any other.
func (t *term) bare() string {
	switch {
	case len(t.words) == 1:
		return t.words[0]
	case len(t.words) == 2 && t.apostrophe && t.words[1] == possessive:
		return t.words[0]
	case len(t.words) == 2 && t.apostrophe && slices.Contains(elided, t.words[0]):
		return t.words[1]
	}
	return ""
}

// inflect gives a plain word its other forms, unless it is the name of a company.
// A form that is a name itself only comes of its plural (boulangers).
func (t *term) inflect(named map[string][]string) {
	if named[strings.Join(t.words, " ")] != nil {
		return
	}
	word := t.bare()
	switch {
	case word != "":
		t.words = []string{word}
	case t.hyphen:
		word = strings.Join(t.words, "")
		t.forms = append(t.forms, word)
	default:
		return
	}
	if named[word] != nil {
		return
	}
	for _, l := range vigie.Langs {
		stem := vigie.Stem(word, l)
		t.forms = append(t.forms, stemMarks[l]+stem)
		if stem != word && (named[stem] == nil || word == stem+"s") {
			t.forms = append(t.forms, stem)
		}
	}
	t.forms = append(t.forms, compounded(t.words, "")...)
	slices.Sort(t.forms)
	t.forms = slices.Compact(t.forms)
}

// says tells whether a folded word of a text is one of the term's forms, or the
// word itself: what the full text would have found.
func (t *term) says(word string, lang vigie.Lang) bool {
	return len(t.words) == 1 && word == t.words[0] || slices.Contains(t.forms, word) || t.any(stems(word, lang))
}

func (t *term) any(forms []string) bool {
	return slices.ContainsFunc(forms, func(f string) bool { return slices.Contains(t.forms, f) })
}
