package vigie

import (
	"regexp"
	"strings"
	"unicode"
)

// Guillemets stand off from what they quote.
var (
	guillemetOpens  = regexp.MustCompile(`[«‹][\s\pZ]*`)
	guillemetCloses = regexp.MustCompile(`[\s\pZ]*[»›]`)
)

// typed is what people and their word processors type into the search box, made
// plain: one sort of quotes, apostrophes, hyphens, digits and spaces, and nothing
// that cannot be seen.
func typed(s string) string {
	s = guillemetOpens.ReplaceAllString(s, `"`)
	s = guillemetCloses.ReplaceAllString(s, `"`)
	s = strings.Map(plainly, s)
	return strings.Join(strings.Fields(s), " ")
}

func plainly(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '〝', '〞', '＂':
		return '"'
	case '’', '‘', 'ʼ', '′', '＇':
		return '\''
	case '‐', '‑', '–', '−':
		return '-'
	}
	switch {
	case r >= '！' && r <= '～': // full-width forms of ASCII
		return r - '！' + '!'
	case unicode.Is(unicode.Cf, r): // joiners, marks of direction, soft hyphens
		return -1
	}
	return r
}
