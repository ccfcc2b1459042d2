package web

import (
	"io"
	"net/url"
	"strings"
	"time"

	"vigie"
)

// feed is a timeline or a list of cases, ready for any of the three feed formats.
type feed struct {
	Context
	ID      string // urn:uuid of the topic: no host, so it survives a change of address
	Title   string
	About   string
	Updated time.Time // of the newest entry: a cosmetic edit moves nothing
	Entries []entry
}

// entry is an event or a case, ready for any feed format. Title and Summary are
// plain text, HTML is escaped markup.
type entry struct {
	ID         string
	URL        string
	Title      string
	Summary    string
	HTML       string
	Text       string
	Published  time.Time
	Updated    time.Time
	Categories []category
	Via        []vigie.Source // those with an address that may be linked
	Extension  extension
}

// archive tells that the document is an archive page (RFC 5005 §4): it holds the
// same entries for ever, and whoever has it need not ask again.
func (f feed) archive() bool { return f.CurrentURL != "" }

// category is a code of a vocabulary with its label.
type category struct {
	List, Code, Label string
}

// incidentFeed makes a writer of incident feeds: one entry per case, for machines
// and to learn of new cases.
func incidentFeed(write func(io.Writer, feed) error) func(io.Writer, Context, vigie.Answer) error {
	return func(w io.Writer, c Context, a vigie.Answer) error {
		f := c.newFeed(IncidentsSurface, feedWords.Incidents, IncidentsPath+"?"+a.Query)
		for _, r := range a.Incidents {
			f.Entries = append(f.Entries, c.caseEntry(r))
		}
		return write(w, f.dated())
	}
}

// timelineFeed makes a writer of timeline feeds: one entry per statement or
// correction, the feed for people.
func timelineFeed(write func(io.Writer, feed) error) func(io.Writer, Context, vigie.Timeline) error {
	return func(w io.Writer, c Context, t vigie.Timeline) error {
		f := c.newFeed(TimelineSurface, feedWords.Timeline, TimelinePath+"?"+t.Query)
		for _, item := range t.Items {
			f.Entries = append(f.Entries, c.itemEntry(item))
		}
		return write(w, f.dated())
	}
}

func (c Context) newFeed(of Surface, name vigie.Text, canonical string) feed {
	topic := c.Topic
	if topic == "" {
		topic = canonical
	}
	title := c.siteName() + feedWords.Dash.In(c.Lang) + name.In(c.Lang)
	if c.Words != "" {
		title += feedWords.Colon.In(c.Lang) + c.Words
	}
	return feed{
		Context: c,
		ID:      vigie.URN("feed:" + string(of) + ":" + strings.TrimSuffix(topic, "?") + ":" + string(c.Lang)),
		Title:   oneLine(title),
		About:   feedWords.About.In(c.Lang),
		Entries: []entry{},
	}
}

// dated gives the feed the time of its newest entry; that of the newest revision
// when it has none; and when nothing was ever recorded the beginning of time, for
// both RSS and Atom want a date and no clock is read.
func (f feed) dated() feed {
	for _, e := range f.Entries {
		if e.Updated.After(f.Updated) {
			f.Updated = e.Updated
		}
	}
	if f.Updated.IsZero() {
		f.Updated = f.Context.Updated
	}
	if f.Updated.IsZero() {
		f.Updated = time.Unix(0, 0)
	}
	f.Updated = f.Updated.UTC()
	return f
}

func (c Context) siteName() string {
	if c.Site.Name == "" {
		return "Vigie"
	}
	return oneLine(c.Site.Name)
}

// publisher is who answers for the feed.
func (c Context) publisher() string {
	if c.Site.Publisher == "" {
		return c.siteName()
	}
	return oneLine(c.Site.Publisher)
}

// linkable is the address of a source when a reader may follow it: a page of the
// web, never a script, a file or a hidden service.
func linkable(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", false
	}
	if strings.HasSuffix(strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), ".onion") {
		return "", false
	}
	return asciiURI(u.String()), true
}

// categories names the case on every axis that readers filter on.
func (t teller) categories() []category {
	list := []category{
		{"kind", string(t.r.Kind), vigie.Label("kind", string(t.r.Kind), t.c.Lang)},
		{"company", t.r.Company, t.company},
		{"status", t.now.Word, vigie.Label("word", t.now.Word, t.c.Lang)},
		{"evidence", string(t.now.Evidence), vigie.Label("evidence", string(t.now.Evidence), t.c.Lang)},
		{"position", string(t.now.Position), vigie.Label("position", string(t.now.Position), t.c.Lang)},
	}
	var known []category
	for _, c := range list {
		if c.Code = oneLine(c.Code); c.Code != "" {
			c.Label = oneLine(c.Label)
			known = append(known, c)
		}
	}
	return known
}
