package importers

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"vigie"
	"vigie/importers/reading"
)

// RansomwareKind is the kind of Ransomware among the Readers.
const RansomwareKind = "ransomware"

// post is a line of a list of leak sites, under the names that each gives its
// fields: ransomwatch, then ransomware.live (v1, v2 and PRO).
type post struct {
	PostTitle string `json:"post_title"`
	GroupName string `json:"group_name"`

	Victim, Name, Group, Country, Activity, Sector string
	Description, Website, Permalink, ID            string

	Discovered string // when the list saw the post: it stood there by then
	AttackDate string // what the list takes for the day of the attack
	PostURL    string `json:"post_url"`

	pressItem
}

// Ransomware reads the lists of what extortion groups post on their leak sites
// (ransomwatch posts.json and its RSS, ransomware.live victims), always as the
// claim of an attacker, and the list of attacks told by the press that
// ransomware.live keeps. A post that names nobody, or hides the name behind
// asterisks, is left out: without a victim there is no case; the same group's
// post with the name is another.
func Ransomware(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		opts := opts.ready()
		n := 0
		for p, err := range postsOf(doc) {
			n++
			var c vigie.Candidate
			if err == nil {
				c, err = p.candidate(opts)
			}
			if err != nil {
				err = fmt.Errorf("post %d (%s): %w", n, defanged(cmp.Or(squeeze(p.title()), "no title")), err)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func (p *post) title() string { return cmp.Or(p.PostTitle, p.Victim, p.Name, p.Title) }
func (p *post) group() string { return squeeze(cmp.Or(p.GroupName, p.Group)) }

// postsOf are the records of a list, of JSON or of a feed.
func postsOf(doc Document) iter.Seq2[post, error] {
	return func(yield func(post, error) bool) {
		doc, markup, err := inMemory(doc)
		if err != nil {
			yield(post{}, err)
			return
		}
		if markup {
			feedPosts(doc, yield)
			return
		}
		for raw, err := range items(doc, "results", "victims", "data", "attacks") {
			var p post
			if err == nil {
				if err = json.Unmarshal(raw, &p); err != nil {
					err = fmt.Errorf("not a post: %w", err)
				}
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

var (
	groupLine = regexp.MustCompile(`(?i)^group:\s*(\S.*)$`)
	newVictim = regexp.MustCompile(`(?i)(\S+) has just published a new victim\s*:\s*(.+)$`)
)

// feedPosts reads the feed of such a list, the oldest post first: a name that is
// posted again keeps the day of its first post.
func feedPosts(doc Document, yield func(post, error) bool) {
	f, broken := parseFeed(doc)
	if f == nil {
		yield(post{}, fmt.Errorf("reading the feed: %w", broken))
		return
	}
	for _, item := range slices.Backward(f.Items) {
		p := post{PostTitle: plainText(item.Title), Discovered: string(itemDay(item)), Permalink: item.Link}
		if m := newVictim.FindStringSubmatch(p.PostTitle); m != nil {
			p.GroupName, p.PostTitle = m[1], m[2]
		} else if m := groupLine.FindStringSubmatch(plainText(item.Description)); m != nil {
			p.GroupName = m[1]
		}
		if !yield(p, nil) {
			return
		}
	}
	if broken != nil {
		yield(post{}, fmt.Errorf("reading the feed, after %d items: %w", len(f.Items), broken))
	}
}

// seized are names under which a list files what is no post of a group.
var seized = map[string]string{
	"lockbit3_cronos": "posted by the police on the site that they seized",
}

// markets sell data that others stole: what they post is an offer, not a claim to
// have attacked.
var markets = map[string]bool{"darkleakmarket": true}

func (p *post) candidate(opts Options) (vigie.Candidate, error) {
	if p.press() {
		return p.report(opts)
	}
	group := p.group()
	if group == "" || p.title() == "" {
		return vigie.Candidate{}, errors.New("it names no group or no victim")
	}
	if why, ok := seized[strings.ToLower(group)]; ok {
		return vigie.Candidate{}, fmt.Errorf("%w: %s", ErrFiltered, why)
	}
	name, domain, leaked, err := posted(p.title(), p.Website)
	if err != nil {
		return vigie.Candidate{}, err
	}
	day := listDay(p.Discovered)
	key := strings.ToLower(group) + "/" + strings.Join(vigie.Words(cmp.Or(name, domain)), "-")
	e := entry{kind: RansomwareKind, key: key, published: day, actors: []string{group}, trade: tradeOf(p.Activity, p.Sector)}
	e.victims = []string{called(opts.Lexicon, name, domain, "com")}
	if domain != "" {
		e.domains = []string{domain}
	}
	if e.victims[0] != name {
		e.notes = append(e.notes, "The post names only "+domain+", taken for "+e.victims[0]+" by that domain: check it.")
	}
	e.title = group + ": " + squeeze(unescaped(p.title()))
	e.words = described(p.Description)
	e.draft.Kind = "ransomware"
	e.draft.Countries = market(p.Country)
	own := e.cite(p.page(e.title))
	s := vigie.Statement{By: vigie.Speaker{Role: vigie.Attacker, Name: group}, Actor: group, Acts: []vigie.Act{vigie.Claims}, On: day, Channel: "leak_site", Sources: []string{own}}
	who := e.victims[0]
	s.Text = vigie.Text{FR: group + " revendique une attaque contre " + who, EN: group + " claims an attack on " + who}
	if markets[strings.ToLower(group)] {
		e.draft.Kind, s.Acts = "data_breach", []vigie.Act{vigie.OffersForSale}
		s.Text = vigie.Text{FR: group + " propose à la vente des données attribuées à " + who, EN: group + " offers for sale data attributed to " + who}
	} else if leaked {
		s.Acts = append(s.Acts, vigie.Leaks)
		s.Text.FR, s.Text.EN = s.Text.FR+" et dit en publier les données", s.Text.EN+" and says it publishes the data"
	}
	if day != "" { // the group posted it that day or before
		s.Text.FR, s.Text.EN = s.Text.FR+", message relevé le "+day.In(vigie.French), s.Text.EN+", a post seen on "+day.In(vigie.English)
		e.notes = append(e.notes, "The day is when the list saw the post ("+string(day)+"), which may have stood there before.")
	}
	s.Text.FR, s.Text.EN = s.Text.FR+".", s.Text.EN+"."
	e.say(s)
	if attack := listDay(p.AttackDate); attack != "" && attack != day {
		e.notes = append(e.notes, "The list gives "+string(attack)+" as the day of the attack.")
	}
	if p.PostURL != "" {
		e.notes = append(e.notes, "Post: "+unlinked(p.PostURL))
	}
	c, err := e.candidate(opts)
	if err == nil { // the same name posted again, or seen another day, is no news
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%q", e.kind, key, s.Acts))
		c.Hash = hex.EncodeToString(sum[:])
	}
	return c, err
}

// page is where the list shows the post. Its own address is never that of the
// leak site.
func (p *post) page(title string) vigie.Source {
	src := vigie.Source{Publisher: "ransomware.live", Title: title, Published: listDay(p.Discovered), Lang: "en", Kind: "list", Seen: vigie.SeenFull}
	switch {
	case p.Permalink != "" && !strings.Contains(p.Permalink, "ransomware.live"): // of a feed
		u, err := url.Parse(p.Permalink)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || hidden(p.Permalink) {
			src.Publisher = "leak site monitor"
			break
		}
		src.URL, src.Publisher = p.Permalink, strings.TrimPrefix(u.Hostname(), "www.")
		if strings.HasPrefix(src.Publisher, "ransomwatch.") {
			src.Publisher = "ransomwatch"
		}
	case p.PostTitle != "" && p.Permalink == "":
		src.Publisher, src.URL = "ransomwatch", "https://ransomwatch.telemetry.ltd/#/profiles?id="+strings.ToLower(p.group())
	case strings.HasPrefix(p.Permalink, "https://") && !hidden(p.Permalink):
		src.URL = p.Permalink
	default:
		src.URL = "https://www.ransomware.live/id/" + base64.StdEncoding.EncodeToString([]byte(cmp.Or(p.Victim, p.Name, p.PostTitle)+"@"+p.group()))
	}
	return src
}

// called is the name of the victim: as posted, else the one that the lexicon has
// for its domain, else the domain. A domain that is only made of a known name
// says whose it is under one of the endings given, and when the name is long:
// vellamo.se need not be the Vellamo of another country.
func called(lexicon *reading.Lexicon, name, domain string, endings ...string) string {
	if domain == "" || name != "" && name != domain {
		return name
	}
	if o, ok := lexicon.Organisation(domain); ok && !o.Ambiguous {
		return o.Name
	}
	label, ending, _ := strings.Cut(domain, ".")
	if o, ok := ofDomain(lexicon, domain); ok && !o.Ambiguous && slices.Contains(endings, ending) && len(label) >= longLabel {
		return o.Name
	}
	return domain
}

// longLabel is from how many letters on a name before .com is hardly another's.
const longLabel = 6

// tradeOf reads what the list calls the victim's sector.
func tradeOf(said ...string) trade {
	for _, s := range said {
		switch s = strings.ToLower(squeeze(s)); {
		case s == "", strings.Contains(s, "not found"), strings.HasPrefix(s, "other"), s == "unknown", s == "n/a":
		case strings.Contains(s, "retail"), strings.HasPrefix(s, "consumer"), strings.Contains(s, "e-commerce"), strings.Contains(s, "ecommerce"):
			return retail
		default:
			return another
		}
	}
	return untold
}

// described is the list's description of the victim, plain; machines that knew
// nothing of it wrote N/A.
func described(s string) string {
	s = plainText(s)
	if rest, ok := strings.CutPrefix(s, "[AI generated]"); ok && strings.EqualFold(strings.TrimSpace(rest), "n/a") || strings.EqualFold(s, "n/a") {
		return ""
	}
	return s
}

func market(code string) []string {
	if code = strings.ToUpper(strings.TrimSpace(code)); vigie.Known("country", code) {
		return []string{code}
	}
	return nil
}

// unlinked is the address of a leak site for the desk, that no program makes a
// link of.
func unlinked(address string) string {
	return strings.Replace(defanged(squeeze(address)), "://", "[://]", 1)
}

// listDay is the day of a time as the lists print it, "2025-07-11 10:16:05.88".
func listDay(s string) vigie.Date {
	s = strings.TrimSpace(s)
	return dayOf(s[:min(len(s), len("2006-01-02"))])
}
