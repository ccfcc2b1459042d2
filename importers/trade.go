package importers

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"

	"vigie"
	"vigie/importers/reading"
)

// sells tells whether the victim of an entry sells to consumers, and what says
// so: its name when it is a shop that the lexicon knows, else upstream's own word
// of its trade, else its domain, the words of its name and those of the record.
func (e *entry) sells(lexicon *reading.Lexicon) (bool, string) {
	known, no := "", false
	for _, name := range e.victims {
		o, ok := organisation(lexicon, name)
		switch {
		case !ok:
		case o.Own, o.Retail && !o.Ambiguous:
			return true, "known as " + o.Name
		case !o.Retail && !o.Ambiguous:
			known, no = "known as "+o.Name, true
		}
	}
	switch {
	case e.trade == retail:
		return true, "a retailer by its source"
	case e.trade == another:
		return false, "no retailer by its source"
	case no:
		return false, known
	}
	for _, d := range e.domains {
		if o, ok := ofDomain(lexicon, d); ok && !o.Ambiguous {
			return o.Retail, d + " is known as " + o.Name
		}
	}
	for _, name := range e.victims {
		for _, lang := range []string{"en", "fr"} { // a name is not always in the language of the list
			if shop, other := lexicon.Trade(name, lang); shop > 0 && other == 0 {
				return true, "a retailer by its name"
			}
		}
	}
	if strings.TrimSpace(e.words) == "" {
		return false, "not known to sell to consumers"
	}
	if shop, other := lexicon.Trade(resold.ReplaceAllString(opening(e.words), ""), e.lang); shop > other {
		return true, "a retailer by what is told of it"
	}
	return false, "not told to sell to consumers"
}

// resold are the places where what was stolen is sold: no trade of the victim.
var resold = regexp.MustCompile(`(?i)\b(?:dark|black|hacking|underground|criminal)[ -]?(?:web|net)?[ -]?(?:market ?places?|markets?)\b`)

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
	if len(words) == 0 {
		return reading.Organisation{}, false
	}
	for len(words) > 1 && legal[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	if o, ok := lexicon.Organisation(strings.Join(words, " ")); ok || len(words) > 1 {
		return o, ok
	}
	return glued(lexicon, words[0])
}

// glued looks up a name that lost its spaces, as some registers write them:
// VellamoStoresInc. Under six letters it could be anyone's.
func glued(lexicon *reading.Lexicon, word string) (reading.Organisation, bool) {
	for _, end := range []string{"", "llc", "inc", "ltd", "corporation", "corp", "company", "co"} {
		short, found := strings.CutSuffix(word, end)
		if !found || len(short) < 6 {
			continue
		}
		if o, ok := lexicon.Joined(short); ok && !o.Ambiguous {
			return o, true
		}
	}
	return reading.Organisation{}, false
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
