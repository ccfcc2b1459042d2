package importers

import (
	"regexp"
	"strings"
)

// addressStart is where an address begins in a list of them.
var addressStart = regexp.MustCompile(`(?i)https?://|\bwww\.`)

// addresses splits what people typed into a field of references: addresses parted
// by semicolons, commas, spaces, new lines or nothing, with notes between them
// such as "(20130215)". Commas and semicolons may be part of an address, so the
// beginning of the next one is what parts them. An address inside another, as in
// a web archive or a redirection, stays in it. A copy in the Internet Archive is
// left out where its original is listed too.
func addresses(field string) []string {
	var starts []int
	for _, at := range addressStart.FindAllStringIndex(field, -1) {
		from := at[0]
		if from > 0 && strings.ContainsRune("/=?&%:@.-_", rune(field[from-1])) {
			continue
		}
		starts = append(starts, from)
	}
	var out []string
	seen := map[string]bool{}
	for i, from := range starts {
		to := len(field)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		a := trimmed(field[from:to])
		if a == "" || seen[place(a)] {
			continue
		}
		seen[place(a)] = true
		out = append(out, a)
	}
	kept := out[:0:0]
	for _, a := range out {
		if original := wayback(a); original == "" || !seen[place(original)] {
			kept = append(kept, a)
		}
	}
	return kept
}

// trimmed is one address without the space, note and punctuation after it; "" when
// no host is left.
func trimmed(s string) string {
	a := s
	if i := strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || strings.ContainsRune("\"<>`\u00a0\u2003", r) }); i >= 0 {
		a = s[:i]
	}
	a = strings.ReplaceAll(a, "&amp;", "&")
	for {
		short := strings.TrimRight(a, ".,;:?!'|*&")
		for _, pair := range []string{"()", "[]", "{}"} {
			if strings.HasSuffix(short, pair[1:]) && strings.Count(short, pair[:1]) < strings.Count(short, pair[1:]) {
				short = short[:len(short)-1]
			}
		}
		if short == a {
			break
		}
		a = short
	}
	if strings.HasPrefix(strings.ToLower(a), "www.") {
		a = "http://" + a
	}
	_, rest, _ := strings.Cut(a, "://")
	host, _, _ := strings.Cut(rest, "/")
	if !strings.Contains(host, ".") {
		return ""
	}
	return a
}
