package importers

import (
	"cmp"
	"crypto/sha256"
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

// LeakListsKind is the kind of LeakLists among the Readers.
const LeakListsKind = "leaklists"

// leak is an entry of one of the French lists, as the list prints it.
type leak struct {
	list   string // who keeps the list
	page   string // where the list shows the entry
	key    string // what names it there
	name   string
	via    string // the supplier that the list names
	day    vigie.Date
	trade  string // what the list calls its business
	status string
	count  string // the number of people, in words
	number int64  // the same as a number, of whatever it counts
	data   []string
	words  string // what the list tells besides
	actor  string
	threat string
	site   string   // of the victim
	links  []string // what the list links to
	seen   vigie.Seen
}

// LeakLists reads the French lists of leaks: the page of Bonjour la fuite, the
// list of fuitesinfos, and those that Cyberwatch collects from FrenchBreaches and
// cyberattaque.org. They repeat what others say: each is a source, and only where
// it says who said something is there a statement (rule C2). What it calls
// confirmed without saying by whom is a note to the editor.
func LeakLists(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		opts := opts.ready()
		n := 0
		for l, err := range leaks(doc, opts) {
			n++
			var c vigie.Candidate
			if err == nil {
				c, err = l.candidate(opts)
			}
			if err != nil {
				err = fmt.Errorf("leak %d (%s): %w", n, defanged(cmp.Or(squeeze(l.name), "no name")), err)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func leaks(doc Document, opts Options) iter.Seq2[leak, error] {
	return func(yield func(leak, error) bool) {
		doc, markup, err := inMemory(doc)
		if err != nil {
			yield(leak{}, err)
			return
		}
		if markup {
			timeline(doc, opts, yield)
			return
		}
		for raw, err := range items(doc, "incidents", "fuites", "data") {
			var l leak
			if err == nil {
				l, err = listedLeak(raw)
			}
			if !yield(l, err) {
				return
			}
		}
	}
}

// collected is an entry of a list that Cyberwatch collects.
type collected struct {
	Date, Organisation, Secteur, Acteur, Statut, Synthese string

	Threat  string `json:"type_menace"`
	Impact  string `json:"impact_connu"`
	Sources []string
}

// compiled is an entry of fuitesinfos.
type compiled struct {
	Name, Date, Status string

	Service string   `json:"service_type"`
	Count   string   `json:"records_count_raw"`
	Number  int64    `json:"records_count"`
	Data    []string `json:"data_types"`
	Site    string   `json:"site_url"`
	Link    string   `json:"source_url"`
}

func listedLeak(raw json.RawMessage) (leak, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(raw, &keys); err != nil {
		return leak{}, fmt.Errorf("not an entry: %w", err)
	}
	switch {
	case keys["organisation"] != nil:
		var c collected
		if err := json.Unmarshal(raw, &c); err != nil {
			return leak{}, fmt.Errorf("not an entry: %w", err)
		}
		l := leak{name: c.Organisation, day: listDay(c.Date), trade: c.Secteur, status: c.Statut, actor: c.Acteur, threat: c.Threat, seen: vigie.SeenExcerpt}
		_, title, told := strings.Cut(c.Synthese, "—")
		if l.count = squeeze(title); !told || l.count == l.name+"." {
			l.count = ""
		}
		if !strings.Contains(c.Impact, "détails à enrichir") { // what the collector writes where it has nothing
			l.words = squeeze(c.Impact)
		}
		if len(c.Sources) > 0 {
			l.page, l.links = c.Sources[0], c.Sources[1:]
			if page := CanonicalURL(l.page); page != "" { // else every entry without an address would be one
				l.list, l.key = keeper(page), place(page)
			}
		}
		l.list = cmp.Or(l.list, "Cyberwatch")
		return l, nil
	case keys["records_count_raw"] != nil || keys["service_type"] != nil:
		var c compiled
		if err := json.Unmarshal(raw, &c); err != nil {
			return leak{}, fmt.Errorf("not an entry: %w", err)
		}
		l := leak{list: "fuitesinfos", name: c.Name, day: listDay(c.Date), trade: c.Service, status: c.Status, count: c.Count, number: c.Number, data: c.Data, site: c.Site, links: []string{c.Link}, seen: vigie.SeenFull}
		return l, nil
	case keys["empreinte"] != nil:
		return leak{}, fmt.Errorf("%w: a register of changes, which tells nothing of the case", ErrFiltered)
	}
	return leak{}, errors.New("of none of the lists known")
}

// keepers are the lists by their sites.
var keepers = map[string]string{"frenchbreaches.com": "FrenchBreaches", "cyberattaque.org": "cyberattaque.org", "bonjourlafuite.eu.org": "Bonjour la fuite"}

func keeper(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	return cmp.Or(keepers[host], host)
}

var (
	trailing = regexp.MustCompile(`^(.*?)\s*\(([^()]*)\)$`)
	picture  = regexp.MustCompile(`(?i)\.(?:png|jpe?g|webp|gif|avif)(?:$|\?)`)
	struck   = regexp.MustCompile(`(?i)\s+(?:est |a été )?victime d[^(]*`) // a headline in the place of a name
	viaWords = regexp.MustCompile(`(?i)^(?:via|chez|par)\s+`)
)

// named takes out of a name what the list writes behind it: the supplier, a
// domain, a remark.
func (l *leak) named() (name, remark string) {
	name = squeeze(struck.ReplaceAllString(unescaped(l.name), " "))
	m := trailing.FindStringSubmatch(name)
	if m == nil || m[1] == "" {
		return name, ""
	}
	switch {
	case viaWords.MatchString(m[2]):
		l.via = cmp.Or(l.via, viaWords.ReplaceAllString(m[2], ""))
	case hostOf(m[2]) != "":
		l.site = cmp.Or(l.site, m[2])
	default:
		return m[1], m[2]
	}
	return m[1], ""
}

func (l *leak) candidate(opts Options) (vigie.Candidate, error) {
	name, remark := l.named()
	if name == "" {
		return vigie.Candidate{}, errors.New("it names nobody")
	}
	key := cmp.Or(defanged(l.key), l.list+"/"+strings.Join(vigie.Words(name), "-")+"/"+string(l.day))
	e := entry{kind: LeakListsKind, key: key, lang: "fr", victims: []string{name}, published: l.day, trade: tradeInFrench(l.trade)}
	if d := hostOf(name); d != "" {
		e.victims[0], e.domains = called(opts.Lexicon, d, d, "com", "fr"), []string{d}
	}
	if d := hostOf(l.site); d != "" && e.domains == nil {
		e.domains = []string{d}
	}
	if hidden(l.page) {
		l.page = ""
	}
	e.title = name + " : fuite recensée par " + l.list
	e.words = strings.TrimSpace(strings.Join(slices.DeleteFunc([]string{l.count, l.words, lines(l.data)}, func(s string) bool { return s == "" }), "\n\n"))
	own := e.cite(vigie.Source{URL: l.page, Publisher: l.list, Title: e.title, Lang: "fr", Kind: "list", Published: l.day, Seen: l.seen})
	for _, address := range l.links {
		if hidden(address) {
			e.notes = append(e.notes, "Lien : "+unlinked(address))
			continue
		}
		src := e.linked(opts.Lexicon, address)
		if picture.MatchString(address) { // of a letter or a post, which the list shows
			src.Kind = "page"
		}
		e.cite(src)
	}
	e.draft.Via = l.via
	e.draft.Kind = kindOf(l)
	if remark != "" {
		e.notes = append(e.notes, "La liste précise : "+remark+".")
	}
	read := opts.Lexicon.Read(reading.Document{Lang: "fr", Title: name + " victime d’une fuite de données", Date: l.day, Text: strings.TrimSpace(l.count + "\n\n" + l.words)})
	counts := l.counts(opts.Lexicon)
	data, without := dataOf(opts.Lexicon, l.data)
	data, without = both(joined(data, read.DataTypes), joined(without, read.DataTypesExcluded))
	l.speak(&e, &read, own, counts, data, without)
	c, err := e.candidate(opts)
	if err != nil {
		return c, err
	}
	// a list that only repeats has no statement to put them under: they are for the desk
	l.place(&c.Reading, counts)
	c.Reading.DataTypes, c.Reading.DataTypesExcluded = joined(c.Reading.DataTypes, data), joined(c.Reading.DataTypesExcluded, without)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%v\n%q\n%q", c.Hash, counts, data, without))
	c.Hash = hex.EncodeToString(sum[:])
	return c, nil
}

// lines makes a list of what a field lists.
func lines(list []string) string {
	var b strings.Builder
	for _, s := range list {
		if s = squeeze(s); s != "" {
			b.WriteString("- " + s + "\n")
		}
	}
	return strings.TrimSpace(b.String())
}
