package web

import (
	"cmp"
	"fmt"
	"html"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"vigie"
)

// Cards for other sites: a newsroom puts one case or one chart into its article by an
// iframe. A card has no script, sets no cookie and asks nobody else for anything.

// EmbedPath is before the address of each card. Only what is under it may stand in a
// frame of another site.
const EmbedPath = "/embed"

// OEmbedPath answers what card there is for an address (oembed.com).
const OEmbedPath = "/oembed"

// Embeddable tells whether a bare path is that of a card.
func Embeddable(path string) bool { return strings.HasPrefix(path, EmbedPath+"/") }

// Bounds of a card in px. It is as wide as its frame lets it.
const (
	CardWidth      = 720
	CardWidthLeast = 320
	ChartHeight    = 560
)

// cardHeights are how high the frame of a case is from a width on, the widest first:
// what the longest cards of the record take, so that hardly one has a bar to scroll.
var cardHeights = []struct{ from, height int }{{640, 440}, {520, 500}, {400, 560}, {0, 700}}

// Embed is the card of one case.
type Embed struct{ Incident }

// Canonical is the page that the card is short for.
func (p Embed) Canonical() string { return PagePath(p.Lang, IncidentPath(p.Record.ID)) }

// Whole is the case as the card shows it: of the same version or the same day.
func (p Embed) Whole() string { return p.Canonical() + p.Pinned() }

// Changed is the day the case last changed, as far as the card shows it.
func (p Embed) Changed() vigie.Day {
	if p.Record.Derived == nil || p.Record.Derived.Updated.IsZero() {
		return ""
	}
	return vigie.DayOf(p.Record.Derived.Updated)
}

// Claim is the statement to set against the answer: the one with the figure of record,
// else the first. Nil when nobody but the company spoke.
func (p Embed) Claim() *vigie.Statement {
	claims := p.known(p.Claims())
	for _, f := range p.Figures() {
		if i := slices.IndexFunc(claims, func(s vigie.Statement) bool { return s.ID == f.Statement }); f.OfRecord && i >= 0 {
			return &claims[i]
		}
	}
	if len(claims) == 0 {
		return nil
	}
	return &claims[0]
}

// Answer is the statement that the company's position rests on, else its latest. Nil
// when no word of it is known.
func (p Embed) Answer() *vigie.Statement {
	answers, decisive := p.known(p.Answers()), because(p.Because("P"))
	for i := len(answers) - 1; i >= 0; i-- {
		if slices.Contains(decisive, answers[i].ID) {
			return &answers[i]
		}
	}
	if len(answers) == 0 {
		return nil
	}
	return &answers[len(answers)-1]
}

// known leaves out what nobody read more of than a headline: it moves nothing (rule
// C3), and a card has no room to say so.
func (p Embed) known(list []vigie.Statement) []vigie.Statement {
	return slices.DeleteFunc(list, p.Glimpsed)
}

// cardText is the longest text of a statement that a card shows, in characters. A
// longer one is left to the case, not cut: a part could say something else.
const cardText = 120

// Quote is a statement's own words, one quote of them, where its text is too long for a
// card and they are not.
func (p Embed) Quote(s *vigie.Statement) []vigie.Quote {
	if !p.Short(s).IsZero() {
		return nil
	}
	i := slices.IndexFunc(s.Quotes, func(q vigie.Quote) bool { return utf8.RuneCountInString(q.Text) <= cardText })
	if i < 0 {
		return nil
	}
	return s.Quotes[i : i+1]
}

// cardNumbers is how many figures a card shows.
const cardNumbers = 3

// Short is the text of a statement where a card has room for it, else nothing.
func (p Embed) Short(s *vigie.Statement) vigie.Text {
	if utf8.RuneCountInString(s.Text.In(p.Lang)) > cardText {
		return vigie.Text{}
	}
	return s.Text
}

// Numbers are the figures of several speakers, that of record first. One alone stands
// in the headline already, with its speaker.
func (p Embed) Numbers() []vigie.SpokenFigure {
	figures := p.Figures()
	if len(figures) < 2 && strings.Contains(headline(p.Record, p.Lang), " — ") {
		return nil
	}
	return figures[:min(len(figures), cardNumbers)]
}

// Speaker names who speaks. Attackers are named by what they are, as in headlines: an
// alias in a card is advertising.
func (p Embed) Speaker(by vigie.Speaker) string {
	if by.Role == vigie.Attacker {
		by.Name = ""
	}
	return p.SpeakerName(by)
}

// EmbedChart is the card of one chart.
type EmbedChart struct {
	Frame
	Chart Chart
}

// Canonical is the page of figures of the same query.
func (p EmbedChart) Canonical() string { return p.Chart.Page }

// Card is the bare address of the card of the chart.
func (c Chart) Card() string {
	_, query, asked := strings.Cut(c.Page, "?")
	if asked {
		query = "?" + query
	}
	return EmbedPath + FiguresPath + "/" + url.PathEscape(c.Name) + query
}

// Around is the frame of the page that the chart is on, as far as a card needs it.
func (c Chart) Around() Frame {
	return Frame{Lang: c.Lang, Base: strings.TrimSuffix(c.Full, c.Page)}
}

// chartAround is what stands around the drawing of a card, in px.
const chartAround = 230

// CardHeight is how high the card is at its usual width.
func (c Chart) CardHeight() int {
	if !c.Drawn() {
		return chartAround
	}
	if len(c.Narrow.Marks) > 0 {
		return int(c.Narrow.H) + chartAround
	}
	return int(c.Wide.H) + chartAround
}

// EmbedProblem stands in a frame where a card cannot: the case was withdrawn, or there
// is none at the address.
type EmbedProblem struct {
	Frame
	Status    int
	Tombstone vigie.Tombstone // of a case that was withdrawn
}

// Canonical is the home page: there is no other.
func (p EmbedProblem) Canonical() string { return PagePath(p.Lang, HomePath) }

// EmbedCasePath is the address of the card of a case.
func EmbedCasePath(id string) string { return EmbedPath + IncidentPath(id) }

// Pinned is the query that keeps the version or the day that the page shows; "" when
// it shows the case as it is.
func (p Incident) Pinned() string {
	switch {
	case p.AsOf != "":
		return "?as_of=" + url.QueryEscape(string(p.AsOf))
	case p.Version > 0:
		return fmt.Sprintf("?version=%d", p.Version)
	}
	return ""
}

// Card is the card of the very case that the page shows.
func (p Incident) Card() string { return EmbedCasePath(p.Record.ID) + p.Pinned() }

// OEmbedLink is where a program learns of the card of the page (the discovery of
// oEmbed §4).
func (f Frame) OEmbedLink() string {
	return f.Base + OEmbedPath + "?" + url.Values{"url": {f.Base + f.Here(f.Lang)}, "format": {"json"}}.Encode()
}

// Snippet is the markup of a card in its usual size: path is its bare address, title
// what it says to those who do not see it.
// A height of 0 is the usual one.
func (f Frame) Snippet(path, title string, height int) string {
	return f.snippet(path, title, CardWidth, cmp.Or(height, cardHeight(path, CardWidth)))
}

func (f Frame) snippet(path, title string, width, height int) string {
	return fmt.Sprintf(`<iframe src="%s" title="%s" width="%d" height="%d" loading="lazy" style="border:0;max-width:100%%"></iframe>`,
		html.EscapeString(f.Base+PagePath(f.Lang, path)), html.EscapeString(title), width, height)
}

// cardHeight is how high the frame of a card is at a width.
func cardHeight(path string, width int) int {
	if !strings.HasPrefix(path, EmbedPath+IncidentsPath+"/") {
		return ChartHeight
	}
	i := slices.IndexFunc(cardHeights, func(h struct{ from, height int }) bool { return width >= h.from })
	return cardHeights[max(i, 0)].height
}

// tallCard is how high a card is where it is narrow; 0 when that makes no difference.
func tallCard(path string) int {
	if tall := cardHeight(path, CardWidthLeast); tall != cardHeight(path, CardWidth) {
		return tall
	}
	return 0
}

// OEmbed is an answer of oEmbed 1.0 (oembed.com §2.3.4.4): html is the frame of a card.
type OEmbed struct {
	Version  string `json:"version" doc:"1.0, of oEmbed."`
	Type     string `json:"type" doc:"Always rich: html shows the card."`
	Title    string `json:"title" doc:"The headline of the case, or what the chart finds."`
	Provider string `json:"provider_name" doc:"The name of this site."`
	Home     string `json:"provider_url" doc:"Its address."`
	CacheAge int    `json:"cache_age" doc:"For how many seconds to keep the answer; the card in its frame keeps itself up to date."`
	HTML     string `json:"html" doc:"The frame of the card, for the article. It has no script."`
	Width    int    `json:"width" doc:"Of the frame, in px, never more than maxwidth."`
	Height   int    `json:"height" doc:"Of the frame, in px, never more than maxheight."`
}

// NewOEmbed is the card at a bare path, no larger than the bounds; a bound of 0 is none,
// a height of 0 the usual one.
func NewOEmbed(f Frame, path, title string, height, maxWidth, maxHeight int) OEmbed {
	width := CardWidth
	if maxWidth > 0 {
		width = min(width, maxWidth)
	}
	height = cmp.Or(height, cardHeight(path, width))
	if maxHeight > 0 {
		height = min(height, maxHeight)
	}
	return OEmbed{
		Version: "1.0", Type: "rich", Title: title, Provider: cmp.Or(f.Site.Name, "Vigie"), Home: f.Base + PagePath(f.Lang, HomePath),
		CacheAge: oEmbedAge, HTML: f.snippet(path, title, width, height), Width: width, Height: height,
	}
}

// Write writes the answer.
func (o OEmbed) Write(w io.Writer) error { return writeJSON(w, "the card of an address", o) }

// oEmbedAge is how long an answer may be kept, in seconds: a title may change.
const oEmbedAge = 3600
