package vigie

import (
	"strings"
	"unicode"
)

// letters maps accented letters and ligatures to plain ones. The standard
// library has no decomposition; the record is in languages of the Latin script,
// and any other script passes through unchanged.
var letters = func() map[rune]string {
	m := map[rune]string{'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i"}
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥ", "i": "ìíîïĩīĭį",
		"j": "ĵ", "k": "ķ", "l": "ĺļľ", "n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťț",
		"u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range accented {
			m[r] = plain
		}
	}
	return m
}()

// Fold lowers the case and takes off accents and ligatures, so that coeur finds
// cœur and decathlon Décathlon. It keeps everything else.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		r = unicode.ToLower(r)
		switch plain, ok := letters[r]; {
		case ok:
			b.WriteString(plain)
		case unicode.Is(unicode.Mn, r): // a combining accent
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Words are the folded words of a text: runs of letters and digits. Hyphens and
// apostrophes of either shape part words.
func Words(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
