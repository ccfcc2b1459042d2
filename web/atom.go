package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

const (
	atomNamespace    = "http://www.w3.org/2005/Atom"
	historyNamespace = "http://purl.org/syndication/history/1.0" // RFC 5005
)

// Atom 1.0 (RFC 4287) with the paging and archive links of RFC 5005, made the way of RSS:
// the structs of gorilla/feeds with the poor fields shadowed.
type (
	atomFeed struct {
		*feeds.AtomFeed
		FH        string        `xml:"xmlns:fh,attr,omitempty"`
		Archive   *struct{}     `xml:"fh:archive"`
		Language  string        `xml:"xml:lang,attr,omitempty"`
		Generator atomGenerator `xml:"generator"`
		Links     []atomLink    `xml:"link"`
		Entries   []atomEntry   `xml:"entry"`
	}
	atomEntry struct {
		*feeds.AtomEntry
		Links      []atomLink     `xml:"link"`
		Categories []atomCategory `xml:"category"`
	}
	atomLink struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Lang string `xml:"hreflang,attr,omitempty"`
	}
	atomCategory struct {
		Term   string `xml:"term,attr"`
		Scheme string `xml:"scheme,attr,omitempty"`
		Label  string `xml:"label,attr,omitempty"`
	}
	atomGenerator struct {
		URI     string `xml:"uri,attr,omitempty"`
		Version string `xml:"version,attr,omitempty"`
		Name    string `xml:",chardata"`
	}
)

// FeedXml is what feeds.WriteXML writes.
func (f atomFeed) FeedXml() any { return f }

func writeAtom(w io.Writer, f feed) error {
	out := atomFeed{
		AtomFeed: &feeds.AtomFeed{
			XMLName: xml.Name{Local: "feed"}, Xmlns: atomNamespace, Title: clean(f.Title), Id: f.ID, Updated: f.Updated.Format(time.RFC3339),
			Rights: clean(f.Site.Licence), Subtitle: clean(f.About), Icon: asciiURI(f.Icon), Logo: asciiURI(f.Logo),
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: clean(f.publisher()), Uri: f.Page(AboutPath)}},
		},
		Language:  string(f.Lang),
		Generator: atomGenerator{URI: f.Page(AboutPath), Version: f.Generator, Name: "Vigie"},
	}
	for _, l := range []atomLink{
		{f.Self, "self", "application/atom+xml", ""}, {f.HTML, "alternate", "text/html", string(f.Lang)}, {f.Hub, "hub", "", ""},
		{f.FirstURL, "first", "application/atom+xml", ""}, {f.PrevURL, "prev", "application/atom+xml", ""}, {f.NextURL, "next", "application/atom+xml", ""},
		{f.ArchiveURL, "prev-archive", "application/atom+xml", ""}, {f.CurrentURL, "current", "application/atom+xml", ""},
	} {
		if l.Href != "" {
			l.Href = asciiURI(l.Href)
			out.Links = append(out.Links, l)
		}
	}
	if f.archive() {
		out.FH, out.Archive = historyNamespace, &struct{}{}
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, f.atomEntry(e))
	}
	if err := feeds.WriteXML(out, w); err != nil {
		return fmt.Errorf("writing the feed as Atom: %w", err)
	}
	return nil
}

func (f feed) atomEntry(e entry) atomEntry {
	out := atomEntry{
		AtomEntry: &feeds.AtomEntry{
			Title: clean(e.Title), Id: e.ID, Published: e.Published.Format(time.RFC3339), Updated: e.Updated.Format(time.RFC3339),
			Summary: &feeds.AtomSummary{Content: clean(e.Summary), Type: "text"},
		},
		Links: []atomLink{{Href: e.URL, Rel: "alternate", Type: "text/html", Lang: string(f.Lang)}},
	}
	if !f.Summary {
		out.Content = &feeds.AtomContent{Content: e.HTML, Type: "html"}
	}
	for _, s := range e.Via {
		out.Links = append(out.Links, atomLink{Href: s.URL, Rel: "via", Lang: languageTag(s.Lang)})
		if archive, ok := linkable(s.Archive); ok {
			out.Links = append(out.Links, atomLink{Href: archive, Rel: "related", Lang: languageTag(s.Lang)})
		}
	}
	for _, c := range e.Categories {
		out.Categories = append(out.Categories, atomCategory{Term: c.Code, Scheme: f.Scheme(c.List), Label: c.Label})
	}
	return out
}

// generator names the program and its version.
func (f feed) generator() string { return strings.TrimSpace("Vigie " + f.Generator) }
