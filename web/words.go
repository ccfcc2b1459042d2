package web

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"vigie"
)

// Words are the sentences of the pages in one language (words/fr.json, en.json). The
// terms of the record itself are the root's (vigie.Label).
type Words struct {
	Lang    vigie.Lang
	phrases map[string]phrase
}

// phrase is a sentence with the places {0}, {1}… to fill; one that counts has a form
// for one and another for many.
type phrase struct {
	One   string `json:"one"`
	Other string `json:"other"`
}

func (p *phrase) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &p.Other)
	}
	type plain phrase
	return json.Unmarshal(b, (*plain)(p))
}

// ReadWords reads the words of a language from its file.
func ReadWords(files fs.FS, lang vigie.Lang) (*Words, error) {
	body, err := fs.ReadFile(files, "words/"+string(lang)+".json")
	if err != nil {
		return nil, fmt.Errorf("reading the words: %w", err)
	}
	w := &Words{Lang: lang}
	if err := json.Unmarshal(body, &w.phrases); err != nil {
		return nil, fmt.Errorf("reading words/%s.json: %w", lang, err)
	}
	return w, nil
}

// Has tells whether there are words for the key.
func (w *Words) Has(key string) bool {
	_, ok := w.phrases[key]
	return ok
}

// Say gives a sentence, its places filled. A key without words is an error: a page
// fails in a test rather than show a code to a reader.
func (w *Words) Say(key string, args ...any) (string, error) {
	p, ok := w.phrases[key]
	if !ok {
		return "", fmt.Errorf("words/%s.json has no %q", w.Lang, key)
	}
	return filled(p.Other, args), nil
}

// Count gives a sentence that counts: {0} is the number, then come the arguments.
// French says 0 and 1 in the singular, English 1 alone (CLDR plural rules).
func (w *Words) Count(key string, n int, args ...any) (string, error) {
	p, ok := w.phrases[key]
	if !ok || p.One == "" {
		return "", fmt.Errorf("words/%s.json has no plural forms of %q", w.Lang, key)
	}
	form := p.Other
	if n == 1 || (n == 0 && w.Lang == vigie.French) {
		form = p.One
	}
	return filled(form, append([]any{w.Number(int64(n))}, args...)), nil
}

// Number writes a whole number with the separators of the language.
func (w *Words) Number(n int64) string { return vigie.Number(n, w.Lang) }

func filled(form string, args []any) string {
	if len(args) == 0 {
		return form
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, fmt.Sprintf("{%d}", i), fmt.Sprint(a))
	}
	return strings.NewReplacer(pairs...).Replace(form)
}
