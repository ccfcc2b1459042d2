package importers

import (
	"regexp"
	"strings"
)

// site is the address of a victim, alone or in brackets after its name.
var site = regexp.MustCompile(`^(.*?)[ (]*https?://([^/ )]+)[^ )]*\)?$`)

// apartFromSite parts the name of a victim from the address of its site; the name
// of one that is only an address is its domain.
func apartFromSite(cell string) (name, domain string) {
	if looksDomain(cell) {
		return cell, cell
	}
	m := site.FindStringSubmatch(cell)
	if m == nil || strings.HasSuffix(strings.TrimSpace(m[1]), ":") {
		return cell, ""
	}
	domain = strings.TrimPrefix(strings.ToLower(m[2]), "www.")
	if name = strings.TrimSpace(m[1]); name == "" {
		name = domain
	}
	return name, domain
}

// doing is how American filings name the shop behind a company.
var doing = regexp.MustCompile(`(?i)[,(]? *\b(?:d/b/a|dba|d\.b\.a\.|doing business as)\b:? *`)

// tradeNames are the names of one company: the one that people know first, when
// the cell says under which it does business.
func tradeNames(cell string) []string {
	legal, known, ok := strings.Cut(doing.ReplaceAllString(cell, "\n"), "\n")
	known, legal = strings.Trim(withoutPlace(known), " ,;()/\"“”"), strings.Trim(withoutPlace(legal), " ,;(/\"“”")
	if !ok || known == "" || legal == "" {
		return []string{withoutPlace(cell)}
	}
	return []string{strings.ReplaceAll(known, "\n", ", "), legal}
}

// mailed is an American postal address after a name, down to state and ZIP code.
var mailed = regexp.MustCompile(`^(.+?),? (?:P\.?O\.? Box )?\d+ .*\b[A-Z]{2},? \d{5}(?:-\d{4})?$`)

// withoutPlace is a name without the postal address that some registers write in
// its cell.
func withoutPlace(cell string) string {
	cell = squeeze(cell)
	if m := mailed.FindStringSubmatch(cell); m != nil {
		return strings.TrimSuffix(m[1], ",")
	}
	return cell
}
