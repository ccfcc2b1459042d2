package vigie

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
	"unicode"
)

func TestFoldFindsAccentedWords(t *testing.T) {
	for s, want := range map[string]string{
		"Décathlon": "decathlon", "cœur": "coeur", "CŒUR": "coeur", "Ærø": "aero", "Straße": "strasse", "Łódź": "lodz", "İstanbul": "istanbul",
		"de\u0301cathlon": "decathlon", "Ünlü": "unlu", "楽天": "楽天", "Intermarché 2": "intermarche 2", "Ÿ": "y", "Ñandú": "nandu", "Þór": "thor",
	} {
		if got := Fold(s); got != want {
			t.Errorf("%q folds to %q, want %q", s, got, want)
		}
	}
}

func TestWordsPartAtHyphensAndApostrophes(t *testing.T) {
	got := Words("L’attaque d'Auchan, mot-de-passe : 27.561 (Boulanger)")
	want := []string{"l", "attaque", "d", "auchan", "mot", "de", "passe", "27", "561", "boulanger"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestFoldIsStableAndForgetsCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("%q folds to %q, then %q", s, once, Fold(once))
		}
		for _, w := range Words(s) {
			if w == "" || strings.ContainsFunc(w, unicode.IsSpace) {
				t.Fatalf("%q has the word %q", s, w)
			}
		}
	})
}

// The table of letters is ours because the root imports the standard library
// only; Unicode's own decomposition judges it.
func TestFoldAgreesWithUnicodeOnLatinLetters(t *testing.T) {
	plain := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	for r := rune(0x00C0); r <= 0x017F; r++ {
		if !unicode.IsLetter(r) {
			continue
		}
		want, _, err := transform.String(plain, strings.ToLower(string(r)))
		if err != nil {
			t.Fatal(err)
		}
		if got := Fold(string(r)); got != want && isASCII(want) {
			t.Errorf("%c folds to %q, Unicode takes it apart to %q", r, got, want)
		}
	}
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
