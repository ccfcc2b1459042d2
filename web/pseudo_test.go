package web

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"vigie"
)

// pseudo is the shipped files with words that nobody wrote: each sentence stands in
// ⟦brackets⟧, its places kept. What a page says outside of them comes from elsewhere.
func pseudo(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(shipped, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(shipped, name)
		if strings.HasPrefix(name, "words/") && err == nil {
			var sentences map[string]any
			if err := json.Unmarshal(body, &sentences); err != nil {
				return err
			}
			for key, said := range sentences {
				switch said := said.(type) {
				case string:
					sentences[key] = "⟦" + said + "⟧"
				case map[string]any:
					for form, text := range said {
						said[form] = "⟦" + text.(string) + "⟧"
					}
				}
			}
			body, err = json.Marshal(sentences)
		}
		files[name] = &fstest.MapFile{Data: body}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// bare is a text without what stands in brackets, in whatever depth: a sentence may be
// filled with another.
func bare(text string) string {
	var b strings.Builder
	depth := 0
	for _, r := range text {
		switch {
		case r == '⟦':
			depth++
		case r == '⟧':
			depth--
		case depth <= 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// runsOf are the words of a text: runs of letters, in small ones.
func runsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// handed are the words that a page was given: every text in it, at any depth.
func handed(v reflect.Value, into map[string]bool, seen map[uintptr]bool) {
	switch v.Kind() {
	case reflect.String:
		for _, w := range runsOf(v.String()) {
			into[w] = true
		}
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] {
			return
		}
		seen[v.Pointer()] = true
		handed(v.Elem(), into, seen)
	case reflect.Interface:
		if !v.IsNil() {
			handed(v.Elem(), into, seen)
		}
	case reflect.Slice, reflect.Array:
		if b, ok := v.Interface().([]byte); ok {
			handed(reflect.ValueOf(string(b)), into, seen)
			return
		}
		for i := range v.Len() {
			handed(v.Index(i), into, seen)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			handed(key, into, seen)
			handed(v.MapIndex(key), into, seen)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				handed(v.Field(i), into, seen)
			}
		}
	}
}

// ofTheRecord are the words that every page may have besides: those of the record's own
// vocabulary, its rules, dates and numbers, the names of formats and of parameters.
func ofTheRecord() map[string]bool {
	m := map[string]bool{}
	add := func(texts ...string) {
		for _, text := range texts {
			for _, w := range runsOf(text) {
				m[w] = true
			}
		}
	}
	for _, lang := range vigie.Langs {
		for _, list := range vigie.Lists() {
			for _, term := range vigie.Vocabulary(list) {
				add(list, term.Code, vigie.Label(list, term.Code, lang), vigie.Definition(list, term.Code, lang))
			}
		}
		for month := range 12 {
			add(vigie.Date(time.Date(2024, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)).In(lang))
			add(vigie.Date(time.Date(2024, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC).Format("2006-01") + "~").In(lang))
		}
		for _, unit := range []vigie.Unit{"customers", "accounts", "people", "records", "emails", "cards", "employees", "users", "members", "subscribers", "patients", "files"} {
			one, many := vigie.UnitWords(unit, lang)
			add(one, many)
			for _, q := range []vigie.Qualifier{vigie.Exact, vigie.About, vigie.MoreThan, vigie.UpTo, vigie.Partial, vigie.Vague} {
				for _, n := range []int64{1, 100_000, 1_000_000, 2_500_000, 87_000_000, 1_000_000_000} {
					add(vigie.Figure{Min: n, Max: n, Unit: unit, Qualifier: q}.In(lang), vigie.Figure{Min: n, Unit: unit, Qualifier: q}.In(lang), vigie.Figure{Min: n, Max: 2 * n, Unit: unit, Qualifier: q}.In(lang))
				}
			}
		}
		for _, r := range vigie.Rules {
			add(r.ID, r.Text.In(lang))
		}
	}
	for _, f := range vigie.Fields {
		add(f.Name)
	}
	for _, f := range Formats {
		add(f.Name, f.Label, f.MIME)
	}
	// Tables that hold both languages side by side.
	for _, table := range []any{ProblemKinds, substanceWords, extensionWords, apiChanges} {
		handed(reflect.ValueOf(table), m, map[uintptr]bool{})
	}
	return m
}

// Of all that a page says, what no sentence of the catalogue says was given to it, or is of
// the record: nothing was written into a template or a function in one language.
func TestEveryPageSaysItsWordsFromTheCatalogue(t *testing.T) {
	web, err := New(Options{Files: pseudo(t)})
	if err != nil {
		t.Fatal(err)
	}
	record := ofTheRecord()
	human := map[string]bool{"title": true, "alt": true, "placeholder": true, "aria-label": true, "aria-description": true, "label": true}
	for _, lang := range vigie.Langs {
		drawnTypes := map[reflect.Type]bool{}
		for name, sample := range samplePages(lang) {
			drawnTypes[reflect.TypeOf(sample)] = true
			var b bytes.Buffer
			if err := web.Page(&b, lang, sample); err != nil {
				t.Errorf("%s in %s: %v", name, lang, err)
				continue
			}
			known := map[string]bool{}
			handed(reflect.ValueOf(sample), known, map[uintptr]bool{})
			judge := func(where, text string) {
				var strange []string
				for _, w := range runsOf(bare(text)) {
					if len([]rune(w)) > 1 && !known[w] && !record[w] && !ours[w] {
						strange = append(strange, w)
					}
				}
				if len(strange) > 0 {
					t.Errorf("%s in %s says of its own %s: %s (in %q)", name, lang, strings.Join(strange, ", "), where, clip(text))
				}
			}
			z := html.NewTokenizer(&b)
			quiet := 0
			for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
				tok := z.Token()
				if tok.Data == "script" || tok.Data == "code" || tok.Data == "pre" || tok.Data == "kbd" || tok.Data == "textarea" || tok.Data == "style" {
					quiet += map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
				}
				if kind == html.TextToken && quiet == 0 {
					judge("its text", tok.Data)
				}
				for _, a := range tok.Attr {
					if human[a.Key] || a.Key == "content" && slices.Contains([]string{"description", "og:title", "og:description"}, attr(tok, "name")+attr(tok, "property")) {
						judge(a.Key, a.Val)
					}
				}
			}
		}
		for page := range templates {
			if !drawnTypes[page] {
				t.Errorf("no sample of a page %s: nobody knows what it says", page)
			}
		}
	}
}

func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return string([]rune(s)[:min(len([]rune(s)), 80)])
}

// ours are names that are the same in every language.
var ours = map[string]bool{"vigie": true, "rss": true, "atom": true, "json": true, "api": true, "opml": true, "utc": true, "svg": true, "openapi": true, "datasette": true, "frictionless": true, "sha": true, "sum": true, "www": true}

// The proof finds what it is for.
func TestAPseudoLocaleFindsWhatIsNotTranslated(t *testing.T) {
	if got := bare("⟦Publié par ⟦Vigie⟧ le⟧ lundi ⟦x⟧"); strings.TrimSpace(got) != "lundi" {
		t.Errorf("outside of the brackets stands %q", got)
	}
	files := pseudo(t).(fstest.MapFS)
	files["templates/credits.html"].Data = regexp.MustCompile(`\{\{define "main"\}\}`).ReplaceAll(files["templates/credits.html"].Data, []byte(`{{define "main"}}<p>Zwiebelkuchen</p>`))
	web, err := New(Options{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := web.Page(&b, vigie.French, samplePages(vigie.French)["credits"]); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(bare(b.String()), "Zwiebelkuchen") {
		t.Error("a word written into a template is not seen")
	}
}
