package importers

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	"vigie"
	"vigie/importers/reading"
)

// pressItem is what only the list of attacks told by the press has.
type pressItem struct {
	Date, Domain, Summary, Title, URL, Added string

	Ransomware *struct{ Group, Permalink string }
}

// press tells whether a record is of that list: it tells of an attack, and of no
// post of a group.
func (p *post) press() bool {
	return p.Victim != "" && p.group() == "" && (p.Summary != "" || p.Title != "" || p.Date != "")
}

// filings are sites of authorities that publish what companies declare to them.
var filings = []string{"sec.gov", "maine.gov", "ago.vermont.gov", "oag.ca.gov", "doj.state.or.us", "atg.wa.gov", "mass.gov", "doj.nh.gov", "dojmt.gov", "oag.maryland.gov", "marylandattorneygeneral.gov", "hhs.gov", "texasattorneygeneral.gov", "attorneygeneral.gov"}

var ransomwareWords = regexp.MustCompile(`(?i)ran[sç]o(?:m|ng)(?:ware|iciel)`)

// report is an attack told by the press, or filed by the company itself. Of the
// article only the title and a machine's summary of it were seen: nothing of that
// summary is quoted, and no figure is taken from it.
func (p *post) report(opts Options) (vigie.Candidate, error) {
	victim := squeeze(unescaped(p.Victim))
	page := CanonicalURL(p.URL)
	if hidden(page) {
		page = ""
	}
	where := cmp.Or(p.Date, "undated")
	if page != "" {
		where = place(page)
	}
	e := entry{kind: RansomwareKind, key: "press/" + strings.Join(vigie.Words(victim), "-") + "/" + where, victims: []string{victim},
		title: cmp.Or(squeeze(unescaped(p.Title)), victim), words: plainText(p.Summary), published: cmp.Or(listDay(p.Added), listDay(p.Date)), trade: tradeOf(p.Activity, p.Sector)}
	read := opts.Lexicon.Read(reading.Document{Title: e.title, Text: e.words})
	e.lang = read.Lang
	if d := hostOf(p.Domain); d != "" {
		e.domains = []string{d}
	}
	e.draft.Kind = "unknown"
	if p.Ransomware != nil || ransomwareWords.MatchString(e.title+" "+e.words) {
		e.draft.Kind = "ransomware"
	}
	if day := listDay(p.Date); day != "" {
		e.draft.Occurred = day + "~" // the list's guess at the day of the attack
	}
	e.draft.Countries = market(p.Country)
	src := e.linked(opts.Lexicon, p.URL)
	src.Title, src.Seen = e.title, vigie.SeenExcerpt
	own := ""
	if page != "" {
		own = e.cite(src)
	}
	e.cite(vigie.Source{Publisher: "ransomware.live", Title: "Press list: " + victim, Kind: "list", Seen: vigie.SeenFull, Published: listDay(p.Added)})
	if own == "" {
		e.notes = append(e.notes, "The list gives no address that can be cited: "+cmp.Or(unlinked(p.URL), "none")+".")
	}
	if e.words != "" {
		e.notes = append(e.notes, "The summary was written by a machine from the article: read the article before deciding.")
	}
	if s, ok := p.said(&e, src, page); ok && own != "" {
		s.Sources, s.Public = []string{own}, listDay(p.Added)
		e.say(s)
	}
	if r := p.Ransomware; r != nil && squeeze(r.Group) != "" && !hidden(r.Permalink) {
		group := squeeze(r.Group)
		e.actors = []string{group}
		list := e.cite(vigie.Source{URL: r.Permalink, Publisher: "ransomware.live", Title: group + ": " + victim, Lang: "en", Kind: "list", Seen: vigie.SeenAddress})
		e.say(vigie.Statement{By: vigie.Speaker{Role: vigie.Attacker, Name: group}, Actor: group, Acts: []vigie.Act{vigie.Claims}, Channel: "leak_site", Sources: []string{list},
			Text: vigie.Text{FR: group + " revendique une attaque contre " + victim + ".", EN: group + " claims an attack on " + victim + "."}})
	}
	return e.candidate(opts)
}

// said is who speaks in the page: the press, or the company in a filing. Of a
// post, and of a page of the victim's own, the list does not say what it says:
// it is a source only.
func (p *post) said(e *entry, src vigie.Source, page string) (vigie.Statement, bool) {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" {
		return vigie.Statement{}, false
	}
	host := u.Hostname()
	victim := e.victims[0]
	for _, site := range filings {
		if sameSite(host, site) {
			return vigie.Statement{By: vigie.Speaker{Role: vigie.Respondent, Name: victim}, Acts: []vigie.Act{vigie.NotifiesRegulator}, Channel: "regulator_filing",
				Text: vigie.Text{FR: victim + " déclare un incident à une autorité.", EN: victim + " declares an incident to an authority."}}, true
		}
	}
	if src.Kind == "post" {
		e.notes = append(e.notes, "A post: the list does not say whose.")
		return vigie.Statement{}, false
	}
	for _, d := range e.domains {
		if sameSite(host, d) {
			e.notes = append(e.notes, "A page of the victim's own: the list does not say what it answers.")
			return vigie.Statement{}, false
		}
	}
	return vigie.Statement{By: vigie.Speaker{Role: vigie.Press, Name: src.Publisher}, Acts: []vigie.Act{vigie.Reports},
		Text: vigie.Text{FR: src.Publisher + " rapporte une attaque contre " + victim + ".", EN: src.Publisher + " reports an attack on " + victim + "."}}, true
}
