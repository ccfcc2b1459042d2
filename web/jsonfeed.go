package web

import (
	"io"
	"regexp"

	"github.com/gorilla/feeds"
)

// JSON Feed 1.1, made the way of RSS: the structs of gorilla/feeds with items that
// are there even when there is none, a language each, and our own extension.
type (
	jsonFeed struct {
		*feeds.JSONFeed
		Items []jsonItem `json:"items"`
	}
	jsonItem struct {
		*feeds.JSONItem
		Language  string    `json:"language,omitempty"`
		Extension extension `json:"_vigie"`
	}
)

var opening = regexp.MustCompile(`<([A-Za-z/!?])`)

// unmarked is a plain text that no reader can take for markup: titles of JSON Feed
// are plain, yet many readers draw them as HTML and would lose a name in angle
// brackets. It is whole, and escaped, in content_html.
func unmarked(s string) string { return opening.ReplaceAllString(clean(s), "‹$1") }

func writeJSONFeed(w io.Writer, f feed) error {
	out := jsonFeed{
		JSONFeed: &feeds.JSONFeed{
			Version: "https://jsonfeed.org/version/1.1", Title: unmarked(f.Title), Language: string(f.Lang), Description: clean(f.About),
			HomePageUrl: asciiURI(f.HTML), FeedUrl: asciiURI(f.Self), NextUrl: asciiURI(f.NextURL),
			Icon: asciiURI(f.Icon), Favicon: asciiURI(f.Icon),
			Authors: []*feeds.JSONAuthor{{Name: clean(f.publisher()), Url: f.Page(AboutPath)}},
		},
		Items: []jsonItem{},
	}
	if f.Hub != "" {
		out.Hubs = []*feeds.JSONHub{{Type: "WebSub", Url: asciiURI(f.Hub)}}
	}
	for _, e := range f.Entries {
		item := jsonItem{
			JSONItem: &feeds.JSONItem{
				Id: e.ID, Url: e.URL, Title: unmarked(e.Title), Summary: unmarked(e.Summary), ContentHTML: e.HTML, ContentText: e.Text,
				PublishedDate: &e.Published, ModifiedDate: &e.Updated,
			},
			Language: string(f.Lang), Extension: e.Extension,
		}
		if f.Summary { // an item must have a content
			item.ContentHTML, item.ContentText = "", item.JSONItem.Summary
		}
		if len(e.Via) > 0 {
			item.ExternalUrl = e.Via[0].URL
		}
		seen := map[string]bool{}
		for _, c := range e.Categories {
			if !seen[c.Code] {
				seen[c.Code] = true
				item.Tags = append(item.Tags, c.Code)
			}
		}
		out.Items = append(out.Items, item)
	}
	return writeJSON(w, "the feed", out)
}
