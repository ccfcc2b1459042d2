package web

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"vigie"
)

func newWeb(t *testing.T) *Web {
	t.Helper()
	web, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return web
}

func drawn(t *testing.T, page any, lang vigie.Lang) string {
	t.Helper()
	var b bytes.Buffer
	if err := newWeb(t).Page(&b, lang, page); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryPageIsDrawnInEveryLanguage(t *testing.T) {
	web := newWeb(t)
	drawnTypes := map[reflect.Type]bool{}
	for _, lang := range vigie.Langs {
		for name, page := range samplePages(lang) {
			drawnTypes[reflect.TypeOf(page)] = true
			var b bytes.Buffer
			if err := web.Page(&b, lang, page); err != nil {
				t.Errorf("%s in %s: %v", name, lang, err)
				continue
			}
			if faults := lint(b.String()); len(faults) > 0 {
				t.Errorf("%s in %s: %s", name, lang, strings.Join(faults, "; "))
			}
		}
	}
	for page := range templates {
		if !drawnTypes[page] {
			t.Errorf("no sample of a page %s", page)
		}
	}
}

func TestEveryPageIsDrawnWhenNothingIsKnown(t *testing.T) {
	web := newWeb(t)
	for page, name := range templates {
		for _, lang := range vigie.Langs {
			v := reflect.New(page).Elem()
			if name == "gone" { // a tombstone always says why it stands there
				v.FieldByName("Tombstone").Set(reflect.ValueOf(vigie.Tombstone{State: vigie.Merged}))
			}
			var b bytes.Buffer
			if err := web.Page(&b, lang, v.Interface()); err != nil {
				t.Errorf("an empty %s in %s: %v", name, lang, err)
			}
		}
	}
}

// lint finds what would break the strict policy or the page itself: inline styles and
// scripts, and one id given twice.
func lint(page string) []string {
	var faults []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return faults
		}
		tok := z.Token()
		if kind == html.TextToken && (strings.Contains(tok.Data, "ZgotmplZ") || strings.Contains(tok.Data, "%!")) {
			faults = append(faults, "a value that does not belong there: "+tok.Data)
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		if tok.Data == "style" {
			faults = append(faults, "a style element")
		}
		src := ""
		for _, a := range tok.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				faults = append(faults, "an inline "+a.Key+" on "+tok.Data)
			case a.Key == "id" && ids[a.Val]:
				faults = append(faults, "the id "+a.Val+" twice")
			case a.Key == "src":
				src = a.Val
			}
			if a.Key == "id" {
				ids[a.Val] = true
			}
			if strings.Contains(a.Val, "ZgotmplZ") {
				faults = append(faults, "a refused value in "+a.Key+" of "+tok.Data)
			}
		}
		if tok.Data == "script" && src == "" && attr(tok, "type") != "application/ld+json" { // which is data
			faults = append(faults, "an inline script")
		}
	}
}

func TestTheWordsOfBothLanguagesHaveTheSameKeysAndForms(t *testing.T) {
	fr, en := words(t, vigie.French), words(t, vigie.English)
	for key, p := range fr.phrases {
		q, ok := en.phrases[key]
		switch {
		case !ok:
			t.Errorf("English has no %q", key)
		case (p.One == "") != (q.One == ""):
			t.Errorf("%q has plural forms in one language only", key)
		case places(p.Other) != places(q.Other):
			t.Errorf("%q has the places %s in French, %s in English", key, places(p.Other), places(q.Other))
		case p.Other == "" || q.Other == "":
			t.Errorf("%q is empty", key)
		}
	}
	for key := range en.phrases {
		if !fr.Has(key) {
			t.Errorf("French has no %q", key)
		}
	}
}

func words(t *testing.T, lang vigie.Lang) *Words {
	t.Helper()
	w, err := ReadWords(shipped, lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func places(form string) string {
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{\d\}`).FindAllString(form, -1) {
		seen[m] = true
	}
	out := ""
	for _, p := range []string{"{0}", "{1}", "{2}", "{3}"} {
		if seen[p] {
			out += p
		}
	}
	return out
}

func TestFrenchCountsZeroInTheSingularAndEnglishInThePlural(t *testing.T) {
	for _, c := range []struct {
		lang vigie.Lang
		n    int
		want string
	}{{vigie.French, 0, "0 dossier"}, {vigie.French, 1, "1 dossier"}, {vigie.French, 1200, "1\u202f200 dossiers"}, {vigie.English, 0, "0 cases"}, {vigie.English, 1, "1 case"}, {vigie.English, 1200, "1,200 cases"}} {
		if got, err := words(t, c.lang).Count("cases.n", c.n); err != nil || got != c.want {
			t.Errorf("%d in %s is %q, %v", c.n, c.lang, got, err)
		}
	}
}

func TestEveryKeyThatATemplateNamesHasWords(t *testing.T) {
	w := words(t, vigie.French)
	for name, text := range templateTexts(t) {
		for _, m := range regexp.MustCompile(`\((?:t|n) "([^"]+)"|\{\{-? ?(?:t|n) "([^"]+)"`).FindAllStringSubmatch(text, -1) {
			if key := m[1] + m[2]; !w.Has(key) {
				t.Errorf("%s: no words for %q", name, key)
			}
		}
	}
	for _, rule := range []string{"unsaid.company", "unsaid.official"} {
		if !w.Has(rule) {
			t.Errorf("no words for %q", rule)
		}
	}
	for _, f := range vigie.Fields {
		if f.Many && !w.Has("filter."+f.Name) {
			t.Errorf("no words for the filter %q", f.Name)
		}
	}
	var path func(v reflect.Type)
	path = func(v reflect.Type) {
		for v.Kind() == reflect.Slice || v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct {
			return
		}
		for i := range v.NumField() {
			if name := jsonName(v.Field(i)); !w.Has("field." + name) {
				t.Errorf("no words for the field %q of the record", name)
			}
			path(v.Field(i).Type)
		}
	}
	path(reflect.TypeFor[vigie.Incident]())
}

func templateTexts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := fs.Glob(shipped, "templates/*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(shipped, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(body)
	}
	return out
}

// No template says anything of its own: what is left of it without its actions and its
// tags has no letter, nor has any attribute that a reader sees.
func TestTemplatesHoldNoText(t *testing.T) {
	actions := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	shown := map[string]bool{"title": true, "alt": true, "placeholder": true, "aria-label": true, "label": true}
	for name, text := range templateTexts(t) {
		z := html.NewTokenizer(strings.NewReader(actions.ReplaceAllString(text, "")))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			tok := z.Token()
			if kind == html.TextToken && strings.ContainsFunc(tok.Data, unicode.IsLetter) && !slices.Contains(formatNames, strings.TrimSpace(tok.Data)) {
				t.Errorf("%s says %q", name, strings.TrimSpace(tok.Data))
			}
			for _, a := range tok.Attr {
				if (shown[a.Key] || a.Key == "content" && attr(tok, "name") == "description") && strings.ContainsFunc(a.Val, unicode.IsLetter) {
					t.Errorf("%s says %s=%q", name, a.Key, a.Val)
				}
			}
		}
	}
}

// formatNames are said in no language.
var formatNames = []string{"JSON", "SVG", "RSS", "CSV"}

func attr(tok html.Token, name string) string {
	for _, a := range tok.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestTheLanguageSwitchKeepsPageAndQuery(t *testing.T) {
	p := samplePages(vigie.French)["incidents"].(Incidents)
	p.Frame.Query = "q=fuite&evidence=reported"
	if page := drawn(t, p, vigie.French); !strings.Contains(page, `href="/en/incidents?q=fuite&amp;evidence=reported"`) {
		t.Error("the link to English has lost the page or the query")
	}
}

func TestAFilterAddsToTheOthersAndItsChipTakesItAway(t *testing.T) {
	p := samplePages(vigie.French)["incidents"].(Incidents)
	if got := p.Finder().toggle("evidence", "confirmed"); got != "/fr/incidents?company=-boulanger&evidence=confirmed,reported&q=fuite" {
		t.Errorf("adding a value goes to %s", got)
	}
	if got := p.Finder().toggle("evidence", "reported"); got != "/fr/incidents?company=-boulanger&q=fuite" {
		t.Errorf("taking a value away goes to %s", got)
	}
	if got := p.Finder().Clear(); got != "/fr/incidents?q=fuite" {
		t.Errorf("taking all away goes to %s", got)
	}
}

func TestALongFilterOffersItsFirstValuesAndThoseInUse(t *testing.T) {
	p := Incidents{Frame: Frame{Lang: vigie.French}, Asked: vigie.Query{Company: []string{"c-30"}}, Answer: vigie.Answer{Facets: map[string][]vigie.Facet{}}}
	for i := range 40 {
		p.Answer.Facets["company"] = append(p.Answer.Facets["company"], vigie.Facet{Value: fmt.Sprintf("c-%d", i), Count: 40 - i})
	}
	got := p.Facets()[0].Values
	if last := got[len(got)-1]; len(got) != facetLength+1 || last.Value != "c-30" || !last.On {
		t.Errorf("the filter offers %v", got)
	}
}

func TestStaticFilesAreKeptForEverUnderANameThatChangesWithThem(t *testing.T) {
	web := newWeb(t)
	address, err := web.static.address("vigie.css")
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	web.Static().ServeHTTP(w, httptest.NewRequest("GET", address, nil))
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("the stylesheet is answered %d %v", w.Code, w.Header())
	}
	w = httptest.NewRecorder()
	web.Static().ServeHTTP(w, httptest.NewRequest("GET", "/static/vigie.0000000000.css", nil))
	if w.Code != 404 {
		t.Errorf("an old name is answered %d", w.Code)
	}
}

func TestStrangersTextIsNeverMarkup(t *testing.T) {
	p := samplePages(vigie.French)["incident"].(Incident)
	p.Record.Statements[0].Text.FR = `<script>alert(1)</script>`
	p.Record.Sources[0].URL = "javascript:alert(1)"
	p.Record.Sources[1].URL = "http://abcdefgh.onion/post"
	page := drawn(t, p, vigie.French)
	for _, bad := range []string{"<script>alert", `href="javascript:`, `href="http://abcdefgh.onion`} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
}

func TestAPageOfAnotherTypeIsRefused(t *testing.T) {
	var b bytes.Buffer
	if err := newWeb(t).Page(&b, vigie.French, struct{}{}); err == nil || b.Len() > 0 {
		t.Error("a page without template was drawn")
	}
	if err := newWeb(t).Page(&b, "xx", About{}); err == nil || b.Len() > 0 {
		t.Error("a page was drawn in a language without words")
	}
}

func BenchmarkCasePage(b *testing.B) {
	web, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	page := samplePages(vigie.French)["incident"]
	for b.Loop() {
		if err := web.Page(io.Discard, vigie.French, page); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFormOfALongCase(b *testing.B) {
	in := sampleTemu()
	for len(in.Statements) < 60 {
		in.Statements = append(in.Statements, in.Statements[0])
	}
	form := IncidentForm(in)
	for b.Loop() {
		ParseRecord[vigie.Incident](form)
	}
}
