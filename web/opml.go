package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"vigie"
)

// OPMLMIME is the media type of the list of feeds.
const OPMLMIME = "text/x-opml; charset=utf-8"

// FeedGroup is feeds that belong together: those of companies, of campaigns.
type FeedGroup struct {
	Title vigie.Text
	Feeds []FeedLink
}

// FeedLink is a thing to subscribe to, in any of the feed formats.
type FeedLink struct {
	Title vigie.Text
	Path  string // of the page, without language and format: /companies/temu
}

// In is the address of the feed in a format, without host.
func (l FeedLink) In(lang vigie.Lang, format string) string {
	return PagePath(lang, l.Path) + "." + format
}

// Page is the address of the page that shows the same.
func (l FeedLink) Page(lang vigie.Lang) string { return PagePath(lang, l.Path) }

// FeedGroups are all feeds that have an address of their own: of everything, of
// each company and of each campaign.
func FeedGroups(companies []vigie.Company, waves []vigie.Wave) []FeedGroup {
	everything := FeedGroup{Title: feedWords.Everything, Feeds: []FeedLink{
		{feedWords.AllStatements, TimelinePath}, {feedWords.AllCases, IncidentsPath}, {feedWords.AllCorrections, CorrectionsPath},
	}}
	groups := []FeedGroup{everything, {Title: feedWords.ByCompany}, {Title: feedWords.ByWave}}
	for _, c := range companies {
		groups[1].Feeds = append(groups[1].Feeds, FeedLink{vigie.Text{FR: c.Name, EN: c.Name}, CompanyPath(c.ID)})
	}
	for _, w := range waves {
		groups[2].Feeds = append(groups[2].Feeds, FeedLink{w.Name, WavePath(w.ID)})
	}
	return groups
}

// OPML 2.0. The head has no docs: validators know only those of OPML 1.
type (
	opml struct {
		XMLName  xml.Name  `xml:"opml"`
		Version  string    `xml:"version,attr"`
		Title    string    `xml:"head>title"`
		Modified string    `xml:"head>dateModified,omitempty"`
		Owner    string    `xml:"head>ownerName"`
		OwnerID  string    `xml:"head>ownerId"`
		Outlines []outline `xml:"body>outline"`
	}
	outline struct {
		Type        string    `xml:"type,attr,omitempty"`
		Text        string    `xml:"text,attr"`
		Title       string    `xml:"title,attr,omitempty"`
		Version     string    `xml:"version,attr,omitempty"`
		Description string    `xml:"description,attr,omitempty"`
		Language    string    `xml:"language,attr,omitempty"`
		HTML        string    `xml:"htmlUrl,attr,omitempty"`
		XML         string    `xml:"xmlUrl,attr,omitempty"`
		Outlines    []outline `xml:"outline"`
	}
)

// opmlDate is the form of RFC 822 that OPML asks for.
const opmlDate = "Mon, 02 Jan 2006 15:04:05 GMT"

// WriteOPML writes the feeds of some groups, in the language of the context, as
// a list that any reader of feeds takes in. A group without feeds is left out.
func WriteOPML(w io.Writer, c Context, groups []FeedGroup) error {
	out := opml{Version: "2.0", Title: c.siteName() + feedWords.Dash.In(c.Lang) + feedWords.AllFeeds.In(c.Lang), Owner: clean(c.publisher()), OwnerID: c.Page(AboutPath)}
	if !c.Updated.IsZero() {
		out.Modified = c.Updated.UTC().Format(opmlDate)
	}
	base := strings.TrimSuffix(c.Base, "/")
	for _, g := range groups {
		if len(g.Feeds) == 0 {
			continue
		}
		group := outline{Text: oneLine(g.Title.In(c.Lang))}
		for _, l := range g.Feeds {
			title := c.siteName() + feedWords.Dash.In(c.Lang) + oneLine(l.Title.In(c.Lang))
			group.Outlines = append(group.Outlines, outline{
				Type: "rss", Text: title, Title: title, Version: "RSS2", Description: feedWords.About.In(c.Lang), Language: string(c.Lang),
				HTML: base + l.Page(c.Lang), XML: base + l.In(c.Lang, "rss"),
			})
		}
		out.Outlines = append(out.Outlines, group)
	}
	body, err := xml.MarshalIndent(out, "", "  ")
	if err == nil {
		_, err = io.WriteString(w, xml.Header+string(body)+"\n")
	}
	if err != nil {
		return fmt.Errorf("writing the list of feeds: %w", err)
	}
	return nil
}
