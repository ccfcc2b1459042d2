package web

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// in writes the timeline of the contested case as a feed, in a context changed a
// little.
func in(t *testing.T, name string, lang vigie.Lang, change func(*Context)) []byte {
	t.Helper()
	f, _ := FormatNamed(name)
	c := asked(lang, TimelinePath, name)
	change(&c)
	var b bytes.Buffer
	if err := f.WriteTimeline(&b, c, timelineOf(recordOf(contested(), shop), mended)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// history is what RFC 5005 puts into an Atom or RSS document.
type history struct {
	Archive []struct{} `xml:"http://purl.org/syndication/history/1.0 archive"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Channel *history `xml:"channel"`
}

func historyOf(t *testing.T, body []byte) (archive bool, links map[string]string) {
	t.Helper()
	var h history
	if err := xml.Unmarshal(body, &h); err != nil {
		t.Fatal(err)
	}
	if h.Channel != nil {
		h = *h.Channel
	}
	links = map[string]string{}
	for _, l := range h.Links {
		if links[l.Rel] != "" {
			t.Errorf("two links %s", l.Rel)
		}
		links[l.Rel] = l.Href
	}
	return len(h.Archive) == 1, links
}

func TestAnArchivePageSaysThatItIsOneAndWhereTheFeedIs(t *testing.T) {
	const before, now = "https://vigie.example/timeline.atom?cursor=b", "https://vigie.example/timeline.atom"
	for _, name := range []string{"rss", "atom"} {
		first := in(t, name, vigie.French, func(c *Context) { c.NextURL, c.ArchiveURL = before, before })
		page := in(t, name, vigie.French, func(c *Context) { c.NextURL, c.ArchiveURL, c.CurrentURL = before, before, now })
		archive, links := historyOf(t, first)
		if archive || links["current"] != "" {
			t.Errorf("%s: the document to subscribe to says it is an archive: %v", name, links)
		}
		if name == "atom" && (links["prev-archive"] != before || links["next"] != before) {
			t.Errorf("no way from the feed into its archives: %v", links)
		}
		archive, links = historyOf(t, page)
		if !archive {
			t.Errorf("%s: an archive page does not say so", name)
		}
		if name == "atom" && (links["prev-archive"] != before || links["current"] != now) {
			t.Errorf("no way from an archive page on and back: %v", links)
		}
		readBack(t, page)
	}
	var j struct {
		Next string `json:"next_url"`
	}
	if err := json.Unmarshal(in(t, "jsonfeed", vigie.French, func(c *Context) { c.NextURL, c.ArchiveURL, c.CurrentURL = before, before, now }), &j); err != nil || j.Next != before {
		t.Errorf("next_url is %q, %v", j.Next, err)
	}
	f, _ := FormatNamed("rss")
	header := LinkHeader(Context{Self: "https://vigie.example/x", ArchiveURL: before, CurrentURL: now}.Relations(f))
	for _, link := range []string{"<" + before + `>; rel="prev-archive"`, "<" + now + `>; rel="current"`} {
		if !strings.Contains(header, link) {
			t.Errorf("the header %s lacks %s", header, link)
		}
	}
}

func TestAFeedOfSummariesHasTheSameItemsWithoutTheirText(t *testing.T) {
	for _, name := range feedFormats {
		for _, lang := range vigie.Langs {
			full := readBack(t, in(t, name, lang, func(*Context) {}))
			body := in(t, name, lang, func(c *Context) { c.Summary = true })
			short := readBack(t, body)
			if len(short.Items) != len(full.Items) {
				t.Fatalf("%s: %d items, not %d", name, len(short.Items), len(full.Items))
			}
			for i, item := range short.Items {
				of := full.Items[i]
				if item.GUID != of.GUID || item.Title != of.Title || item.Description != of.Description || item.Published != of.Published || !slices.Equal(item.Categories, of.Categories) {
					t.Errorf("%s: %+v is not the summary of %+v", name, item, of)
				}
				if name != "jsonfeed" && item.Content != "" || name == "jsonfeed" && item.Content != of.Description {
					t.Errorf("%s: a summary with the text %q", name, item.Content)
				}
			}
			if bytes.Contains(body, []byte("content:encoded>")) || bytes.Contains(body, []byte(`<content`)) || bytes.Contains(body, []byte("content_html")) {
				t.Errorf("%s holds a text all the same", name)
			}
		}
	}
}

func TestAFeedShowsItsMark(t *testing.T) {
	mark := func(c *Context) { c.Icon, c.Logo = "https://vigie.example/i.png", "https://vigie.example/l.png" }
	for _, name := range feedFormats {
		f := readBack(t, in(t, name, vigie.English, mark))
		want := "https://vigie.example/l.png"
		if name == "jsonfeed" {
			want = "https://vigie.example/i.png"
		}
		if f.Image == nil || f.Image.URL != want {
			t.Errorf("%s: image %+v", name, f.Image)
		}
		if f := readBack(t, in(t, name, vigie.English, func(*Context) {})); f.Image != nil {
			t.Errorf("%s: an image that nobody gave: %+v", name, f.Image)
		}
	}
	if body := string(in(t, "atom", vigie.English, mark)); !strings.Contains(body, "<icon>https://vigie.example/i.png</icon>") {
		t.Error("Atom has no icon")
	}
}
