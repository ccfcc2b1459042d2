package vigie

import (
	"fmt"
	"testing"
)

func TestWordsNameTheFiltersTheyAreCalledBy(t *testing.T) {
	for words, want := range map[string]string{
		"norvège":          "[{country NO} {company_country NO}]",
		"Norway":           "[{country NO} {company_country NO}]",
		"états-unis":       "[{country US} {company_country US}]",
		"USA":              "[{country US} {company_country US}]",
		"épicerie":         "[{sector grocery}]",
		"Épiceries":        "[{sector grocery}]",
		"grocery":          "[{sector grocery}]",
		"groceries":        "[{sector grocery}]",
		"alimentation":     "[{sector grocery}]",
		"department store": "[{sector department_store}]",
		"grands magasins":  "[{sector department_store}]",
		"jardin":           "[{sector diy_garden}]",
		"books":            "[{sector culture}]",
		"rançongiciels":    "[{kind ransomware}]",
		"fuite de données": "[{kind data_breach}]",
		"autre":            "[]", // of everything, which is nothing
		"unknown":          "[]",
		"magasin":          "[]",
		"":                 "[]",
	} {
		if got := fmt.Sprint(CodesNamed(Words(words))); got != want {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
}

func TestWhatACodeIsAlsoCalledIsOfACode(t *testing.T) {
	for c := range alsoCalled {
		if !Known(c.Field, c.Value) {
			t.Errorf("%v is no code", c)
		}
	}
}
