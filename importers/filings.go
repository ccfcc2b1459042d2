package importers

import (
	"net/url"
	"regexp"
	"strings"

	"vigie"
)

// registers are the offices that publish the notices of breaches filed with them,
// by site.
var registers = []struct{ site, name string }{
	{"oag.ca.gov", "California Attorney General"},
	{"doj.nh.gov", "New Hampshire Department of Justice"},
	{"oag.state.md.us", "Maryland Attorney General"},
	{"marylandattorneygeneral.gov", "Maryland Attorney General"},
	{"atg.state.vt.us", "Vermont Attorney General"},
	{"ago.vermont.gov", "Vermont Attorney General"},
	{"justice.oregon.gov", "Oregon Department of Justice"},
	{"dojmt.gov", "Montana Department of Justice"},
	{"doj.mt.gov", "Montana Department of Justice"},
	{"atg.wa.gov", "Washington State Attorney General"},
	{"maine.gov", "Maine Attorney General"},
	{"attorneygeneral.gov", "Attorney General"},
	{"in.gov", "Indiana Attorney General"},
	{"iowaattorneygeneral.gov", "Iowa Attorney General"},
}

// notice is what the address of one notice looks like, against that of a list or
// a press release.
var notice = regexp.MustCompile(`(?i)\.pdf|/sb24-\d|notice|notification|/itu-\d|breach.*\d{4}`)

// filed tells which office's register an address is a notice of.
func filed(address string) (office string, ok bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	for _, r := range registers {
		if host := strings.ToLower(u.Hostname()); sameSite(host, r.site) && notice.MatchString(u.Path) {
			return r.name, true
		}
	}
	return "", false
}

// filing is the statement that a notice in a register is: the company's own, to
// the office. What it says is not told, since only its address was seen, or its
// line in a list.
func filing(victim, office, source string) vigie.Statement {
	return vigie.Statement{By: vigie.Speaker{Role: vigie.Respondent, Name: victim}, Acts: []vigie.Act{vigie.NotifiesRegulator}, Channel: "regulator_filing", Sources: []string{source},
		Text: vigie.Text{FR: victim + " déclare l’incident (" + office + ").", EN: victim + " files a notice of the incident (" + office + ")."}}
}
