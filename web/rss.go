package web

import (
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

// RSS 2.0, with content:encoded, dc:creator and atom:link. gorilla/feeds writes
// it; its structs are embedded and the fields that are too poor for us shadowed
// (encoding/xml prefers the shallower field).
type (
	rssFeed struct {
		XMLName string     `xml:"rss"`
		Version string     `xml:"version,attr"`
		Content string     `xml:"xmlns:content,attr"`
		Atom    string     `xml:"xmlns:atom,attr"`
		DC      string     `xml:"xmlns:dc,attr"`
		FH      string     `xml:"xmlns:fh,attr,omitempty"`
		Channel rssChannel `xml:"channel"`
	}
	rssChannel struct {
		*feeds.RssFeed
		Title       rssText    `xml:"title"`
		Description rssText    `xml:"description"`
		Links       []atomLink `xml:"atom:link"`
		Archive     *struct{}  `xml:"fh:archive"`
		Items       []rssItem  `xml:"item"`
	}
	rssItem struct {
		*feeds.RssItem
		Title      rssText       `xml:"title"`
		Categories []rssCategory `xml:"category"`
		Creator    string        `xml:"dc:creator,omitempty"`
	}
	rssCategory struct {
		Domain string `xml:"domain,attr,omitempty"`
		Text   string `xml:",chardata"`
	}
	// rssText is a plain text with its & < > written as numbers, which readers that
	// take a title for markup and readers that do not both show right (RSS
	// Advisory Board, best practices).
	rssText struct {
		XML string `xml:",innerxml"`
	}
)

// FeedXml is what feeds.WriteXML writes.
func (f rssFeed) FeedXml() any { return f }

var numbered = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

func plain(s string) rssText { return rssText{numbered.Replace(clean(s))} }

// The addresses of other pages are in the Link header (Context.Relations) and not
// in the channel: our feeds take no atom:link there but self and hub.

// rssMinutes is how long a reader may keep the feed before asking again.
const rssMinutes = 60

// The size of Context.Logo in pixels; RSS allows 144 in width.
const logoWidth, logoHeight = 144, 72

func writeRSS(w io.Writer, f feed) error {
	channel := rssChannel{
		RssFeed: &feeds.RssFeed{
			Link: f.HTML, Language: string(f.Lang), Copyright: clean(f.Site.Licence), Generator: f.generator(), Ttl: rssMinutes,
			LastBuildDate: f.Updated.Format(time.RFC1123Z),
		},
		Title: plain(f.Title), Description: plain(f.About),
		Links: []atomLink{{Href: asciiURI(f.Self), Rel: "self", Type: "application/rss+xml"}},
	}
	if f.Hub != "" {
		channel.Links = append(channel.Links, atomLink{Href: asciiURI(f.Hub), Rel: "hub"})
	}
	if f.Logo != "" {
		channel.Image = &feeds.RssImage{Url: asciiURI(f.Logo), Title: clean(f.siteName()), Link: f.HTML, Width: logoWidth, Height: logoHeight}
	}
	for _, e := range f.Entries {
		item := rssItem{
			RssItem: &feeds.RssItem{
				Link: e.URL, Description: "<p>" + template.HTMLEscapeString(clean(e.Summary)) + "</p>",
				Guid: &feeds.RssGuid{Id: e.ID, IsPermaLink: "false"}, PubDate: e.Published.Format(time.RFC1123Z),
			},
			Title: plain(e.Title), Creator: clean(f.publisher()),
		}
		if !f.Summary {
			item.Content = &feeds.RssContent{Content: e.HTML}
		}
		for _, c := range e.Categories {
			item.Categories = append(item.Categories, rssCategory{Domain: f.Scheme(c.List), Text: c.Code})
		}
		channel.Items = append(channel.Items, item)
	}
	root := rssFeed{
		Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", Atom: atomNamespace, DC: "http://purl.org/dc/elements/1.1/",
		Channel: channel,
	}
	if f.archive() {
		root.FH, root.Channel.Archive = historyNamespace, &struct{}{}
	}
	if err := feeds.WriteXML(root, w); err != nil {
		return fmt.Errorf("writing the feed as RSS: %w", err)
	}
	return nil
}
