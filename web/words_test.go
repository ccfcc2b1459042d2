package web

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// every is each form of each sentence of a language.
func every(t *testing.T, lang vigie.Lang, look func(key, form string)) {
	t.Helper()
	for key, p := range words(t, lang).phrases {
		for _, form := range []string{p.One, p.Other} {
			if form != "" {
				look(key, form)
			}
		}
	}
}

func TestASentenceThatCountsHasItsPlacesInBothForms(t *testing.T) {
	for _, lang := range vigie.Langs {
		for key, p := range words(t, lang).phrases {
			one := p.One
			if one != "" && !strings.Contains(one, "{0}") {
				one += "{0}" // one may be said in a word
			}
			if other := p.Other; p.One != "" && places(strings.ReplaceAll(one, "{0}", "")) != places(strings.ReplaceAll(other, "{0}", "")) {
				t.Errorf("%s in %s has other places in its plural: %q, %q", key, lang, p.One, p.Other)
			}
		}
	}
}

// A key that stands twice in a file has two sentences, and the reader of JSON takes the last.
func TestNoKeyStandsTwice(t *testing.T) {
	for _, lang := range vigie.Langs {
		body, err := os.ReadFile("words/" + string(lang) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(strings.NewReader(string(body)))
		seen := map[string]bool{}
		if _, err := d.Token(); err != nil {
			t.Fatal(err)
		}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			var sentence json.RawMessage
			if err := d.Decode(&sentence); err != nil {
				t.Fatal(err)
			}
			if name := key.(string); seen[name] {
				t.Errorf("%s stands twice in %s", name, lang)
			} else {
				seen[name] = true
			}
		}
	}
}

// The French of a printer: a narrow no-break space before ; ! and ?, a no-break one before :
// and inside guillemets (Lexique des règles typographiques en usage à l’Imprimerie
// nationale), and the curved apostrophe. A colon inside an address or a field is none.
func TestFrenchIsSetAsItIsPrinted(t *testing.T) {
	for _, rule := range []struct {
		wrong *regexp.Regexp
		says  string
	}{
		{regexp.MustCompile(`[\pL\d»)}][;!?]|[^\x{202f}\x{00a0}\pL\d»)}({"'/=-][;!?]`), "no narrow no-break space before ; ! ?"},
		{regexp.MustCompile(`[\pL\d»)}] :( |$)|[\pL»)}]: `), "no no-break space before :"},
		{regexp.MustCompile(`«[^\x{00a0}\x{202f}]|[^\x{00a0}\x{202f}]»`), "no no-break space inside « »"},
		{regexp.MustCompile(`\pL'\pL`), "a straight apostrophe"},
		{regexp.MustCompile(`\.\.\.`), "three points for …"},
	} {
		every(t, vigie.French, func(key, form string) {
			if at := rule.wrong.FindStringIndex(form); at != nil && !strings.Contains(form[max(0, at[0]-12):at[1]], "://") && !strings.Contains(form, "Authorization: Bearer") {
				t.Errorf("%s has %s: %q", key, rule.says, form)
			}
		})
	}
}

// The English of a printer: curved quotes and apostrophes, no space before a mark.
func TestEnglishIsSetAsItIsPrinted(t *testing.T) {
	for _, rule := range []struct {
		wrong *regexp.Regexp
		says  string
	}{
		{regexp.MustCompile(`\pL'\pL`), "a straight apostrophe"},
		{regexp.MustCompile(`[«»]`), "guillemets"},
		{regexp.MustCompile(`\pL[ \x{00a0}\x{202f}]([;!?]|:( |$))`), "a space before a mark"},
		{regexp.MustCompile(`\.\.\.`), "three points for …"},
	} {
		every(t, vigie.English, func(key, form string) {
			if rule.wrong.MatchString(form) {
				t.Errorf("%s has %s: %q", key, rule.says, form)
			}
		})
	}
}

// Every sentence is said somewhere: its key stands whole in a template or in the program,
// or begins with what one of them completes.
func TestEveryKeyIsUsed(t *testing.T) {
	var source strings.Builder
	for _, dir := range []string{".", "../server"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
				return err
			}
			if ext := filepath.Ext(path); ext == ".go" || ext == ".html" {
				body, err := os.ReadFile(path)
				source.Write(body)
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	said := source.String()
	var begun []string
	for _, m := range regexp.MustCompile("[\"`]([a-z][a-z0-9._-]*[.-])(?:%[sd][a-z0-9._%-]*)?[\"`]").FindAllStringSubmatch(said, -1) {
		begun = append(begun, m[1])
	}
	if len(begun) < 10 {
		t.Fatal("the beginnings of keys are not found")
	}
	for key := range words(t, vigie.French).phrases {
		if strings.Contains(said, `"`+key+`"`) || slices.ContainsFunc(begun, func(b string) bool { return strings.HasPrefix(key, b) }) {
			continue
		}
		t.Errorf("nobody says %q", key)
	}
}
