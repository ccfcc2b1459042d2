package web

import (
	"reflect"
	"testing"

	"vigie"
)

func TestFeedsHaveEveryWordInBothLanguages(t *testing.T) {
	words := reflect.ValueOf(feedWords)
	for i := range words.NumField() {
		if w := words.Field(i).Interface().(vigie.Text); w.FR == "" || w.EN == "" {
			t.Errorf("%s: %+v", words.Type().Field(i).Name, w)
		}
	}
}

func TestFeedsHaveAVerbForEveryActAndANameForEveryRole(t *testing.T) {
	for _, act := range vigie.Codes("act") {
		if w := feedVerbs[vigie.Act(act)]; vigie.Act(act) != vigie.Denies && (w.FR == "" || w.EN == "") {
			t.Errorf("no verb for %s", act)
		}
	}
	for _, role := range vigie.Codes("role") {
		if w := feedSpeakers[vigie.Role(role)]; w.FR == "" || w.EN == "" {
			t.Errorf("no name for %s", role)
		}
	}
	if len(vigie.Codes("act")) == 0 || len(vigie.Codes("role")) == 0 {
		t.Error("no vocabulary to hold the words against")
	}
}

func TestCleanTextIsFitForXML(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\rc\n\td":   "a\nb\nc\n\td",
		"\x00\x1b[0m\x7f":  "\uFFFD\uFFFD[0m\uFFFD",
		"\u0085\ufffe":     "\uFFFD\uFFFD",
		"\xffé\U0001f525":  "\uFFFDé\U0001f525",
		"متجر «Œuvre» M&S": "متجر «Œuvre» M&S",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q", in, got)
		}
	}
	if got := oneLine(" a \r\n b\u2028c\u00a0: d "); got != "a b c\u00a0: d" {
		t.Errorf("oneLine: %q", got)
	}
}

func TestOnlyPagesOfTheWebAreLinked(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.example/é?q=1&b=é#x":   "https://a.example/%C3%A9?q=1&b=%C3%A9#x",
		" http://a.example ":              "http://a.example",
		"javascript:alert(1)":             "",
		"JavaScript://a.example/%0aalert": "",
		"data:text/html,x":                "",
		"//a.example/x":                   "",
		"/etc/passwd":                     "",
		"https://user:pw@a.example/":      "",
		"http://abc.onion/":               "",
		"http://ABC.ONION.:8080/":         "",
		"hxxp://abc[.]onion/":             "",
		"":                                "",
		"https:///x":                      "",
	} {
		if got, ok := linkable(address); got != want || ok != (want != "") {
			t.Errorf("linkable(%q) = %q", address, got)
		}
	}
}

func TestOnlyWhatLooksLikeALanguageIsOne(t *testing.T) {
	for in, want := range map[string]string{
		"fr": "fr", "pt-BR": "pt-BR", "zh-Hant-TW": "zh-Hant-TW", "": "", "fr_FR": "", `fr" onload="x`: "", "french-language-of-old": "french-language-of-old", "frenchlanguage": "", "1a": "", "fr-": "",
	} {
		if got := languageTag(in); got != want {
			t.Errorf("languageTag(%q) = %q", in, got)
		}
	}
}
