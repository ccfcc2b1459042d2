package importers

import (
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
	"golang.org/x/net/html"

	"vigie"
)

// page is an item as the page it stands for.
func (c *channel) page(i int, item *gofeed.Item, title, text string) page {
	p := page{title: title, publisher: c.source(i), text: text, lang: c.lang(item), published: itemDay(item)}
	if p.publisher == "" {
		p.publisher = c.publisher
	}
	if p.text == "" {
		p.text = title
	}
	return p
}

var langForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// lang is the language that the item says, else the feed; "" when what they say
// is no language tag (BCP 47).
func (c *channel) lang(item *gofeed.Item) string {
	said := []string{}
	if item.DublinCoreExt != nil {
		said = append(said, item.DublinCoreExt.Language...)
	}
	for _, s := range append(said, c.feed.Language) {
		base, region, two := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"), "-")
		if base = strings.ToLower(base); two {
			base += "-" + strings.ToUpper(region)
		}
		if langForm.MatchString(base) {
			return base
		}
	}
	return ""
}

// itemText is the text of an item: its content, or its summary when that says
// more; of a podcast or a film, what is said about it.
func itemText(item *gofeed.Item) (text string, seen vigie.Seen) {
	text, summary := plainText(item.Content), plainText(item.Description)
	seen = vigie.SeenFull
	if len(strings.Fields(text)) < len(strings.Fields(summary)) {
		text, seen = summary, vigie.SeenExcerpt
	}
	if text == "" && item.ITunesExt != nil {
		text, seen = plainText(item.ITunesExt.Summary), vigie.SeenExcerpt
		if text == "" {
			text = plainText(item.ITunesExt.Subtitle)
		}
	}
	if text == "" {
		text, seen = plainText(mediaText(item.Extensions["media"])), vigie.SeenExcerpt
	}
	text = withoutFooter(text)
	switch {
	case text == "" || text == plainText(item.Title):
		seen = vigie.SeenHeadline
	case teases(text):
		seen = vigie.SeenExcerpt
	}
	return text, seen
}

// mediaText is the description of a Media RSS item, its own or its group's.
func mediaText(media map[string][]ext.Extension) string {
	for _, d := range media["description"] {
		return d.Value
	}
	for _, group := range media["group"] {
		for _, d := range group.Children["description"] {
			return d.Value
		}
	}
	return ""
}

// footer is what blog software writes under every item of its feeds.
var footer = regexp.MustCompile(`(?i)^(?:the post|cet article|l[’']article)\s.+\s(?:appeared first on|first appeared on|est apparu en premier sur|est apparu en premier|est paru en premier sur)\b.*$`)

func withoutFooter(text string) string {
	body, last := "", text
	if at := strings.LastIndex(text, "\n"); at >= 0 {
		body, last = text[:at], text[at+1:]
	}
	if footer.MatchString(last) {
		return strings.TrimSpace(body)
	}
	return text
}

// fewWords is under what number of words an item is held to be a teaser: a brief
// of an agency has more.
const fewWords = 80

// cut short: an ellipsis, or an invitation to read the rest elsewhere.
var cutShort = regexp.MustCompile(`(?i)(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\bread (?:more|the (?:full|rest)[^.]*|on)|\bcontinue reading[^.]*|\blire (?:la suite|plus|l[’']article|l[’']intégralité)[^.]*|\ben savoir plus|\(suite\)|\bmore)[\s\])>».›→]*$`)

// teases tells whether a text is only the beginning of one.
func teases(text string) bool {
	return len(strings.Fields(text)) < fewWords || cutShort.MatchString(text)
}

// firstWords are at most the first twelve words of a text's first line.
func firstWords(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if words := strings.Fields(line); len(words) > 12 {
		return strings.Join(words[:12], " ") + " …"
	}
	return line
}

// plainText is the words of a fragment of HTML, its paragraphs kept, scripts and
// forms left out; a text without marks is taken as it is.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return paragraphs(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
	}
	root, err := html.Parse(strings.NewReader(s))
	if err != nil { // nested deeper than any page: its words, without their lines
		var b strings.Builder
		for z := html.NewTokenizer(strings.NewReader(s)); ; {
			switch z.Next() {
			case html.ErrorToken:
				return squeeze(b.String())
			case html.TextToken:
				b.Write(z.Text())
				b.WriteByte(' ')
			}
		}
	}
	return blockText(root)
}

var (
	offsetForm = regexp.MustCompile(`([+-])(\d{2}):?(\d{2})(?:\s*\([^)]*\))?$`)
	zoneForm   = regexp.MustCompile(`\b([A-Z]{3,4})$`)
)

// zones are the time zones that mails and feeds give by name (RFC 822, 5.1, and
// those of Europe), in hours.
var zones = map[string]int{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "BST": 1, "EET": 2, "EEST": 3}

// itemDay is the day of an item in the time zone that its date is printed in.
func itemDay(item *gofeed.Item) vigie.Date {
	for _, d := range []struct {
		printed string
		at      *time.Time
	}{{item.Published, item.PublishedParsed}, {item.Updated, item.UpdatedParsed}} {
		if d.at == nil || d.at.Year() < 1990 || d.at.Year() > 2200 {
			continue
		}
		printed, hours, minutes := strings.TrimSpace(d.printed), 0, 0
		if m := offsetForm.FindStringSubmatch(printed); m != nil && strings.Contains(printed, ":") {
			hours, minutes = int(m[2][0]-'0')*10+int(m[2][1]-'0'), int(m[3][0]-'0')*10+int(m[3][1]-'0')
			if m[1] == "-" {
				hours, minutes = -hours, -minutes
			}
		} else if m := zoneForm.FindStringSubmatch(printed); m != nil {
			hours = zones[m[1]]
		}
		return vigie.Date(d.at.UTC().Add(time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute).Format(time.DateOnly))
	}
	return ""
}
