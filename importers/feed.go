package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"vigie"
	"vigie/importers/reading"
)

// FeedKind is the kind of Feed among the Readers.
const FeedKind = "feed"

// ErrNoFeed means that a document is neither RSS, Atom nor JSON Feed.
var ErrNoFeed = errors.New("neither RSS, Atom nor JSON Feed")

// Feed reads RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed in any charset. Every item
// is a candidate read from its own text; one that only teases asks for its page
// (Candidate.Fetch). Of a feed that breaks off, the whole items before the break
// are read, then an error says so.
func Feed(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		f, broken := parseFeed(doc)
		if f == nil {
			yield(vigie.Candidate{}, fmt.Errorf("reading the feed: %w", broken))
			return
		}
		opts = opts.ready()
		c := newChannel(f, doc)
		for i := range f.Items {
			if !yield(c.candidate(c.fullest[i], opts)) {
				return
			}
		}
		if broken != nil {
			yield(vigie.Candidate{}, fmt.Errorf("reading the feed, after %d items: %w", len(f.Items), broken))
		}
	}
}

// ready compiles what a document of many candidates reads them all with, once.
func (o Options) ready() Options {
	if o.Lexicon == nil {
		o.Lexicon = reading.Shipped()
	}
	o.Lexicon, o.Companies = o.Lexicon.With(o.Companies), nil
	return o
}

// Completed is an item that asked for its page, once the page was read as an
// article. It keeps the name and the hash that the feed gave it, so that the same
// item, met again in the feed, is known without another fetch.
func Completed(item, page vigie.Candidate) vigie.Candidate {
	item.Reading, item.Fetch = page.Reading, ""
	item.Reading.ID = item.ID
	said := item.Source
	item.Source = page.Source
	for _, s := range []struct {
		have *string
		feed string
	}{{&item.Source.URL, said.URL}, {&item.Source.Publisher, said.Publisher}, {&item.Source.Title, said.Title}, {&item.Source.Lang, said.Lang}} {
		if *s.have == "" {
			*s.have = s.feed
		}
	}
	if item.Source.Published == "" { // the page's own day is the surer
		item.Source.Published, item.Reading.Published = said.Published, said.Published
	}
	return item
}

// channel is what all items of a feed share.
type channel struct {
	feed      *gofeed.Feed
	base      *url.URL // to resolve links that are not whole
	publisher string
	fullest   []int           // by item: the one of the same page that says most, itself as a rule
	shared    map[string]bool // canonical addresses that name no item: several items have them, or the feed itself
}

// crowd is how many items of a feed may have one address before it no longer
// names any of them. Two are an item that came again under another title.
const crowd = 3

func newChannel(f *gofeed.Feed, doc Document) *channel {
	c := &channel{feed: f, publisher: plainText(f.Title), shared: map[string]bool{}}
	for _, s := range []string{doc.URL, f.Link, f.FeedLink} {
		if u, err := url.Parse(strings.TrimSpace(s)); err == nil && u.IsAbs() && u.Host != "" {
			c.base = u
			break
		}
	}
	names := map[string][]string{}
	for _, item := range f.Items {
		page := CanonicalURL(c.link(item))
		if name := item.GUID + "\n" + item.Title; page != "" && len(names[page]) < crowd && !slices.Contains(names[page], name) {
			names[page] = append(names[page], name)
		}
	}
	for page, of := range names {
		c.shared[page] = len(of) >= crowd
	}
	if home := CanonicalURL(c.whole(f.Link)); home != "" {
		c.shared[home] = true
	}
	best := map[string]int{}
	for i, item := range f.Items {
		c.fullest = append(c.fullest, i)
		if page := CanonicalURL(c.link(item)); page != "" && !c.shared[page] {
			if j, again := best[page]; !again || saidBy(item) > saidBy(f.Items[j]) {
				best[page] = i
			}
		}
	}
	for i, item := range f.Items {
		if j, ok := best[CanonicalURL(c.link(item))]; ok {
			c.fullest[i] = j
		}
	}
	return c
}

// whole resolves an address against the feed's own; "" for one that no browser
// should open, a hidden service's among them.
func (c *channel) whole(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return ""
	}
	if !u.IsAbs() {
		if c.base == nil {
			return ""
		}
		u = c.base.ResolveReference(u)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || hidden(u.String()) {
		return ""
	}
	return u.String()
}

// hidden tells whether an address leads to a hidden service, also through a
// gateway or without its slash (x.onionpage): such an address is never linked.
func hidden(address string) bool { return onion.MatchString(address) }

// redirects are services that carry the address of the page in a parameter.
var redirects = []struct{ host, path, parameter string }{
	{"google.", "/url", "url"}, {"google.", "/url", "q"}, {"bing.com", "/news/apiclick.aspx", "url"}, {"news.url.google.com", "/", "url"},
}

// link is the address of an item's page: the one before a feed service put its
// own in its place, the link, or a guid that is an address.
func (c *channel) link(item *gofeed.Item) string {
	address := ""
	if original := item.Extensions["feedburner"]["origLink"]; len(original) > 0 {
		address = c.whole(original[0].Value)
	}
	if address == "" {
		address = c.whole(item.Link)
	}
	if address == "" && (strings.HasPrefix(item.GUID, "http://") || strings.HasPrefix(item.GUID, "https://")) {
		address = c.whole(item.GUID)
	}
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	for _, r := range redirects {
		if strings.Contains(u.Host, r.host) && u.Path == r.path {
			if inner := c.whole(u.Query().Get(r.parameter)); inner != "" {
				return inner
			}
		}
	}
	return address
}

// key names an item: its page, else the part of the page when several items
// stand on one, else its guid, else its words.
func (c *channel) key(item *gofeed.Item, link, words string) (key string, page bool) {
	canonical := CanonicalURL(link)
	if canonical != "" && !c.shared[canonical] {
		return canonical, true
	}
	if guid := squeeze(item.GUID); guid != "" {
		return defanged(guid), false
	}
	if _, part, ok := strings.Cut(link, "#"); ok && part != "" && canonical != "" {
		return defanged(canonical + "#" + part), false
	}
	return "sha256:" + TextHash(item.Title+"\n"+words), false
}

// saidBy is how much an item says.
func saidBy(item *gofeed.Item) int { return len(item.Content) + len(item.Description) }

func (c *channel) candidate(i int, opts Options) (vigie.Candidate, error) {
	item := c.feed.Items[i]
	text, seen := itemText(item)
	title := squeeze(plainText(item.Title))
	if title == "" && text == "" {
		return vigie.Candidate{}, fmt.Errorf("item %d: neither title nor text", i+1)
	}
	link := c.link(item)
	key, page := c.key(item, link, text)
	p := c.page(i, item, title, text)
	out := candidate(Document{URL: link}, opts, p)
	out.Kind, out.Key = FeedKind, key
	// the same page is the same candidate, in whichever feed or way it is reached
	out.ID = vigie.UUID(FeedKind + ":" + key)
	if page {
		out.ID = vigie.UUID(ArticleKind + ":" + key)
	}
	out.Reading.ID = out.ID
	out.Hash = substance(key, &out.Reading)
	out.Source.Seen = seen
	if title == "" { // as in the feeds of short posts: its first words name it
		out.Source.Title = firstWords(out.Reading.Text)
	}
	if canonical := CanonicalURL(link); canonical != "" && teases(text) {
		out.Fetch = canonical
	}
	return out, nil
}

// substance is the hash of what a text says of a case, under its key: other
// words for the same facts are no news. Names are left out, since the case that
// an editor makes of an item teaches the reader names.
func substance(key string, r *vigie.Reading) string {
	parts := []string{key, fmt.Sprint(r.IsIncident)}
	list := func(values []string) {
		values = slices.Clone(values)
		slices.Sort(values)
		parts = append(parts, strings.Join(values, ","))
	}
	var counts []string
	for _, a := range r.Affected {
		counts = append(counts, fmt.Sprintf("%d %s %s", a.Value, a.Unit, a.Status))
	}
	list(counts)
	list(r.DataTypes)
	list(r.DataTypesExcluded)
	list(r.Stance)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:])
}

// source is the publication that an aggregated item says it comes from.
func (c *channel) source(i int) string {
	switch original := c.feed.OriginalFeed().(type) {
	case *rss.Feed:
		if i < len(original.Items) && original.Items[i].Source != nil {
			return plainText(original.Items[i].Source.Title)
		}
	case *atom.Feed:
		if i < len(original.Entries) && original.Entries[i].Source != nil {
			return plainText(original.Entries[i].Source.Title)
		}
	}
	return ""
}
