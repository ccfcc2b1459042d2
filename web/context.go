package web

import (
	"strings"
	"time"

	"vigie"
)

// Context is what a feed or an export says around its content. Everything in it
// is given: no clock is read, so the same record gives the same bytes.
type Context struct {
	Base     string // scheme and host, no slash at the end: https://example.org
	Self     string // absolute address of this representation, as it was asked
	HTML     string // absolute address of the page that shows the same
	Topic    string // what is asked, without host, language, extension, limit and cursor: /timeline?company=temu
	FirstURL string // absolute addresses of other pages of the same answer, "" when there is none
	PrevURL  string
	NextURL  string
	// Of a feed (RFC 5005 §4): the address of the archive page before this document,
	// and on an archive page that of the document to subscribe to, "" on any other.
	ArchiveURL string
	CurrentURL string
	Lang       vigie.Lang
	Site       Settings
	Hub        string    // address of the WebSub hub, "" when none is configured
	Generator  string    // version of the program
	Updated    time.Time // of the newest revision; only an empty feed shows it
	Edition    int64     // of the record, 0 when it is not known
	Accessed   vigie.Day // the day of the question, for citations; "" leaves it out
	BOM        bool      // CSV begins with a byte-order mark, for Excel
	Summary    bool      // a feed gives of each item its summary alone
	Icon       string    // absolute address of our mark, square, for readers of feeds; "" leaves it out
	Logo       string    // likewise twice as wide as high, at most 144 pixels wide
	Words      string    // what a search, company or case feed is about, for its title: "Temu"; "" is everything
}

// Page is the absolute address of a page, in the language of the context.
func (c Context) Page(path string) string {
	return strings.TrimSuffix(c.Base, "/") + PagePath(c.Lang, path)
}

// IncidentURL is the absolute address of the page of a case.
func (c Context) IncidentURL(id string) string { return c.Page(IncidentPath(id)) }

// ItemURL is the absolute address of an event in the page of its case:
// …/incidents/temu-2024-09#s1. A merged statement is where it stands now.
func (c Context) ItemURL(item vigie.Item) string {
	if item.Statement != nil && item.Statement.ID != "" {
		return c.Page(StatementPath(item.Incident, item.Statement.ID))
	}
	return c.Page(StatementPath(item.Incident, item.ID[strings.LastIndexByte(item.ID, '/')+1:]))
}

// Scheme names a vocabulary, in categories: the address where its codes are defined.
func (c Context) Scheme(list string) string {
	return strings.TrimSuffix(c.Base, "/") + AboutPath + "#" + list
}

// Relations are the links of an answer, for its Link header (RFC 8288): its
// pages, and for a feed its hub and itself (WebSub).
func (c Context) Relations(f Format) []Relation {
	var out []Relation
	add := func(href, rel string) {
		if href != "" {
			out = append(out, Relation{Href: href, Rel: rel})
		}
	}
	add(c.FirstURL, "first")
	add(c.PrevURL, "prev")
	add(c.NextURL, "next")
	if f.Feed {
		add(c.ArchiveURL, "prev-archive")
		add(c.CurrentURL, "current")
		add(c.Hub, "hub")
		add(c.Self, "self")
	}
	if licence, ok := linkable(c.Site.LicenceURL); ok && !f.Page {
		add(licence, "license") // RFC 4946: CSV has no other place to say it
	}
	if f.Name != "html" && c.HTML != "" {
		out = append(out, Relation{Href: c.HTML, Rel: "alternate", Type: "text/html", Lang: c.Lang})
	}
	return out
}
