package vigie

import (
	"net/url"
	"slices"
	"strings"
)

// plain are the words of a company's name that tell it from no other: its legal
// form, an article, the ending of its address.
var plain = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`sa sas sasu sarl eurl scop inc ltd limited plc llc corp corporation co company group groupe gruppe grupo holding holdings
		ag gmbh kg se spa srl nv bv ab oy asa as the le la les l and et www http https`) {
		m[w] = true
	}
	return m
}()

// endings of addresses that names carry: Booking.com is Booking.
var endings = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`com fr net org eu co uk us de es it be ch nl ca io shop store boutique example test`) {
		m[w] = true
	}
	return m
}()

// NameWords are the folded words of a company's name that tell it from others,
// without legal forms, articles and the endings of addresses; all its words when
// nothing would be left.
func NameWords(name string) []string {
	trimmed := strings.TrimSpace(name)
	if address := strings.Fields(trimmed); len(address) == 1 && strings.Contains(trimmed, ".") {
		trimmed, _, _ = strings.Cut(trimmed[strings.Index(trimmed, "://")+1:], "?")
		host, _, _ := strings.Cut(strings.TrimLeft(trimmed, ":/"), "/")
		labels := strings.Split(host, ".")
		for len(labels) > 1 && endings[Fold(labels[len(labels)-1])] {
			labels = labels[:len(labels)-1]
		}
		trimmed = strings.Join(labels, " ")
	}
	words := Words(strings.NewReplacer("'s", "s", "’s", "s").Replace(trimmed))
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return plain[w] })
	if len(strings.Join(kept, "")) < tellingLetters { // JD.com is not JD Group
		return words
	}
	return kept
}

// tellingLetters is how much of a name must be left for it to tell a company from
// others.
const tellingLetters = 3

// NameKey is what names of one company have in common however they are written:
// its telling words, in one. "" for a name without letters or digits.
func NameKey(name string) string { return strings.Join(NameWords(name), "") }

// PageKey is what makes two addresses one page: whatever the scheme, www, fragment
// and final slash. "" for what is no address, or the front page of a site, which
// is the same for all that it ever told.
func PageKey(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	q := u.Query()
	for name := range q {
		if IsTracker(name) {
			q.Del(name)
		}
	}
	path := strings.TrimSuffix(u.EscapedPath(), "/")
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	if path == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") + path
}
