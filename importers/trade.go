package importers

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"vigie"
	"vigie/importers/reading"
)

// sells tells whether the victim of an entry sells to consumers, and what says
// so: its name or domain when the lexicon knows it, else upstream's own word of
// its trade, else the words of its name and of the record.
func (e *entry) sells(lexicon *reading.Lexicon) (bool, string) {
	for _, name := range e.victims {
		if o, ok := organisation(lexicon, name); ok && !o.Ambiguous {
			return o.Retail, "known as " + o.Name
		}
	}
	switch e.trade {
	case retail:
		return true, "a retailer by its source"
	case another:
		return false, "no retailer by its source"
	}
	for _, d := range e.domains {
		if o, ok := ofDomain(lexicon, d); ok && !o.Ambiguous {
			return o.Retail, d + " is known as " + o.Name
		}
	}
	for _, name := range e.victims {
		if shop, other := lexicon.Trade(name, e.lang); shop > 0 && other == 0 {
			return true, "a retailer by its name"
		}
	}
	if strings.TrimSpace(e.words) == "" {
		return false, "not known to sell to consumers"
	}
	if shop, other := lexicon.Trade(opening(e.words), e.lang); shop > other {
		return true, "a retailer by what is told of it"
	}
	return false, "not told to sell to consumers"
}

// opening is the first sentence, which says what the victim is; the next ones say
// what was taken, purchases and deliveries among it, from whatever business.
func opening(words string) string {
	for i, r := range words {
		if r == '\n' || (r == '.' || r == '!' || r == '?') && i > 40 && (i+1 == len(words) || words[i+1] == ' ') {
			return words[:i]
		}
	}
	return words
}

// organisation looks a name up as it is printed, then without what stands for
// the form of a company.
func organisation(lexicon *reading.Lexicon, name string) (reading.Organisation, bool) {
	if o, ok := lexicon.Organisation(name); ok {
		return o, true
	}
	words := vigie.Words(name)
	for len(words) > 1 && legal[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return lexicon.Organisation(strings.Join(words, " "))
}

// ofDomain looks up a domain, then the name that it is made of: neimanmarcus.com
// is Neiman Marcus. Under four letters it could be anyone's.
func ofDomain(lexicon *reading.Lexicon, domain string) (reading.Organisation, bool) {
	domain = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(domain)), "www.")
	if o, ok := lexicon.Organisation(domain); ok {
		return o, true
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(domain)
	if err != nil {
		return reading.Organisation{}, false
	}
	label, _, _ := strings.Cut(site, ".")
	if len(label) < 4 {
		return reading.Organisation{}, false
	}
	return lexicon.Joined(strings.ReplaceAll(label, "-", ""))
}
