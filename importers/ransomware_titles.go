package importers

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
)

// unescaped takes a title out of the HTML that lists keep it in, once or twice
// over.
func unescaped(s string) string { return html.UnescapeString(html.UnescapeString(s)) }

var (
	// around a name: what the group says it does with the data
	before = regexp.MustCompile(`(?i)^(?:\[[^\]]*\]\s*|(?:new |full |data )*(?:leaks?|data leak)(?:ed)? (?:from|of|in|by)?\s*(?:the )?(?:it |lawyers? )?(?:company )?|(?:new )?(?:files|data|documents) (?:of|from) |advertising material:\s*|new "[^"]+"\s*-\s*|attention,?\s+)`)
	after  = regexp.MustCompile(`(?i)(?:\s*[\\|].*|\s*\*upd[^*]*\*|\s*(?:[-–—/:,]\s*)?(?:hacked\b.*|was hacked\b.*|more th[ae]n \d.*|(?:full |data |files |sensitive )*leak(?:ed|s)?\b(?: part.*)?[\s!.]*|data on sale.*|(?:press )?announce(?:ment)?\b.*|time of publication.*|publication\b[\s!.]*|update[ds]?\b[\s!.]*|disclosed\b.*|(?:data )?breach(?:ed)?\b[\s!.]*)|\s*\(unpay\).*|\s*[!]+)$`)
	// what it does is to publish
	publishes = regexp.MustCompile(`(?i)\bleaked\b|\bfull (?:data )?leak\b|\b100\s*%\s*disclosed|\bdata published\b`)
	// titles that name nobody
	noName  = regexp.MustCompile(`(?i)^(?:\d+\s+)?(?:(?:breaking|hot|latest|big)?\s*news\b.*|announcements?\b.*|attention\b[\s!.]*|about us.*|contacts?(?: us)?|faq|rules?|price\b.*|prices\b.*|for sale\b.*|auctions?\b.*|we are (?:back|hiring|looking)\b.*|affiliate.*|partner(?:s|ship) program.*|(?:happy|merry) .*|hello\b.*|test(?: post)?|coming soon\b.*|unknown(?: company)?|undisclosed.*|(?:private|confidential|secret) (?:company|victim|client)\b.*|new (?:blog|site|domain|mirror|address)\b.*|(?:leaks?|data|update[ds]?|hacked|n/a|none|null|tba|tbd)[\s!.?]*|mirrors?|the next (?:leak|victim)\b.*)$`)
	scheme  = regexp.MustCompile(`(?i)^https?://(?:www\.)?`)
	cutOff  = regexp.MustCompile(`\s*(?:\.{2,}|…)$`)
	besides = regexp.MustCompile(`^(.+?)\s*[(<\[]([^()<>\[\]]+)[)>\]]$`)
	hosts   = regexp.MustCompile(`(?i)^(?:\*\.)?((?:[\pL\d](?:[\pL\d-]*[\pL\d])?\.)+[a-z\pL]{2,24})$`)
)

// wordyTitle is the most words of a name; more are a sentence.
const wordyTitle = 12

// posted reads the title of a post: the name of the victim, its domain when that
// is what the group calls it, and whether the group says that it publishes.
func posted(title, website string) (name, domain string, leaked bool, err error) {
	title = squeeze(unescaped(title))
	leaked = publishes.MatchString(title)
	if masked(title) {
		return "", "", leaked, fmt.Errorf("%w: the group hides the name of its victim", ErrFiltered)
	}
	if noName.MatchString(title) {
		return "", "", leaked, fmt.Errorf("%w: a notice of the group, which names no victim", ErrFiltered)
	}
	name = title
	for cut := before.ReplaceAllString(name, ""); cut != name && strings.TrimSpace(cut) != ""; cut = before.ReplaceAllString(name, "") {
		name = strings.TrimSpace(cut)
	}
	for cut := after.ReplaceAllString(name, ""); cut != name && strings.TrimSpace(cut) != ""; cut = after.ReplaceAllString(name, "") {
		name = strings.TrimSpace(cut)
	}
	if m := besides.FindStringSubmatch(name); m != nil && hostOf(m[2]) != "" { // Vellamo (www.vellamo.example)
		name, website = m[1], m[2]
	}
	name = strings.Trim(cutOff.ReplaceAllString(name, ""), " \t-–—:;,\"“”«»'")
	domain = hostOf(name)
	if domain == "" {
		domain = hostOf(website)
	} else {
		name = domain
	}
	name = scheme.ReplaceAllString(name, "") // of an address that the list cut short
	if strings.IndexFunc(name, unicode.IsLetter) < 0 && domain == "" || noName.MatchString(name) || hidden(name) || len(strings.Fields(name)) > wordyTitle {
		return "", "", leaked, fmt.Errorf("%w: the post names no victim", ErrFiltered)
	}
	return name, domain, leaked, nil
}

// masked tells whether letters of a name stand behind asterisks; *.example.com is
// all of a domain, and *UPD* a remark.
func masked(title string) bool {
	bare := strings.TrimPrefix(title, "*.")
	return strings.Contains(bare, "**") || strings.Contains(after.ReplaceAllString(bare, ""), "*") && regexp.MustCompile(`[\pL\d]\*|\*[\pL\d]`).MatchString(after.ReplaceAllString(bare, ""))
}

// hostOf is the domain of a name that is one, or the address of one; "" when it
// is not under a public suffix that registries give out.
func hostOf(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		s = u.Hostname()
	}
	s, _, _ = strings.Cut(s, "/")
	m := hosts.FindStringSubmatch(s)
	if m == nil || hidden(s) {
		return ""
	}
	host := strings.TrimPrefix(m[1], "www.")
	if _, given := publicsuffix.PublicSuffix(host); !given {
		return ""
	}
	if _, err := publicsuffix.EffectiveTLDPlusOne(host); err != nil {
		return ""
	}
	return host
}
