package web

import (
	"fmt"
	"html/template"
	"strings"

	"vigie"
)

// passage is a paragraph of an entry: a label and its text, a list of linked
// things, or a quotation in its own language.
type passage struct {
	Label string
	Text  string
	Quote bool
	Lang  string
	Links []passageLink
}

// passageLink is a linked thing of a list; without Href it is only named.
type passageLink struct {
	Href, Title, Note string
}

// entryHTML escapes whatever the record holds. Addresses come from linkable, and
// the template refuses other schemes a second time.
var entryHTML = template.Must(template.New("entry").Parse(
	`{{range .}}{{if .Quote}}<blockquote{{with .Lang}} lang="{{.}}"{{end}}><p>{{.Text}}</p>{{with .Label}}<p>— {{.}}</p>{{end}}</blockquote>
{{else}}<p>{{with .Label}}<strong>{{.}}</strong>{{end}}{{.Text}}{{if eq (len .Links) 1}}{{template "link" index .Links 0}}{{end}}</p>
{{if gt (len .Links) 1}}<ul>{{range .Links}}<li>{{template "link" .}}</li>{{end}}</ul>
{{end}}{{end}}{{end}}
{{- define "link"}}{{if .Href}}<a href="{{.Href}}">{{.Title}}</a>{{else}}{{.Title}}{{end}}{{with .Note}} ({{.}}){{end}}{{end}}`))

// asHTML writes the passages as markup for readers of feeds: no script, no
// style, no image, nothing fetched from elsewhere.
func asHTML(passages []passage) string {
	var b strings.Builder
	if err := entryHTML.Execute(&b, passages); err != nil {
		panic(fmt.Errorf("writing an entry: %w", err)) // a fault in the template above, found by any test
	}
	return strings.TrimSpace(b.String())
}

// asText writes the passages as plain text.
func asText(passages []passage) string {
	var lines []string
	for _, p := range passages {
		switch {
		case p.Quote:
			lines = append(lines, "“"+p.Text+"” — "+p.Label)
		default:
			lines = append(lines, p.Label+p.Text)
		}
		for _, l := range p.Links {
			line := "- " + l.Title
			if len(p.Links) == 1 {
				line, lines = lines[len(lines)-1]+l.Title, lines[:len(lines)-1]
			}
			if l.Note != "" {
				line += " (" + l.Note + ")"
			}
			if l.Href != "" {
				line += " " + l.Href
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// told gathers the passages of an entry; what is not known is left out.
type told struct {
	t        teller
	passages []passage
}

func (d *told) sentence(text string) {
	if text = strings.TrimSpace(clean(text)); text != "" {
		d.passages = append(d.passages, passage{Text: text})
	}
}

func (d *told) labelled(label vigie.Text, text string) {
	if text = strings.TrimSpace(clean(text)); text != "" {
		d.passages = append(d.passages, passage{Label: d.t.in(label) + d.t.in(feedWords.Colon), Text: text})
	}
}

func (d *told) list(label vigie.Text, links []passageLink) {
	if len(links) > 0 {
		d.passages = append(d.passages, passage{Label: d.t.in(label) + d.t.in(feedWords.Colon), Links: links})
	}
}

// quotes are the speaker's own words, each with who says it and where it was read.
func (d *told) quotes(s *vigie.Statement) {
	for _, q := range s.Quotes {
		from := d.t.fullSpeaker(s.By)
		if src, ok := d.t.r.Source(q.Source); ok {
			from += " (" + sourceName(*src) + ")"
		}
		d.passages = append(d.passages, passage{Quote: true, Text: clean(q.Text), Lang: languageTag(q.Lang), Label: oneLine(from)})
	}
}

// fullSpeaker names a speaker in a text, where there is room for an alias.
func (t teller) fullSpeaker(by vigie.Speaker) string {
	name := t.speaker(by)
	if by.Name != "" && by.Name != name {
		name += " (" + by.Name + ")"
	}
	return oneLine(name)
}

// sourceName is what a source is called: its publisher and its title, as far as known.
func sourceName(s vigie.Source) string {
	name := strings.Trim(s.Publisher+", "+s.Title, ", ")
	if name == "" {
		name = s.URL
	}
	return oneLine(name)
}

// sources lists where it was read, each with how much of it was.
func (t teller) sources(list []vigie.Source) []passageLink {
	var links []passageLink
	for _, s := range list {
		var notes []string
		if s.Published.Known() {
			notes = append(notes, s.Published.In(t.c.Lang))
		}
		switch s.Seen {
		case vigie.SeenHeadline:
			notes = append(notes, t.in(feedWords.SeenHeadline))
		case vigie.SeenAddress:
			notes = append(notes, t.in(feedWords.SeenAddress))
		}
		href, ok := linkable(s.URL)
		if !ok {
			notes = append(notes, t.in(feedWords.NoAddress))
		}
		title := sourceName(s)
		if !ok && title == oneLine(s.URL) { // an address that is not to be followed is not printed either
			title = s.ID
		}
		links = append(links, passageLink{Href: href, Title: title, Note: strings.Join(notes, t.in(feedWords.Comma))})
	}
	return links
}

// labels writes codes of a vocabulary in words.
func (t teller) labels(list string, codes []string) string {
	var words []string
	for _, code := range codes {
		words = append(words, vigie.Label(list, code, t.c.Lang))
	}
	return strings.Join(words, t.in(feedWords.Comma))
}

// axes writes a standing on its two axes. Of a company of which no word is known
// it says who does not know it: absence is not silence.
func (t teller) axes(s vigie.Standing) (evidence, position string) {
	evidence, position = t.in(feedWords.None), vigie.Label("position", string(s.Position), t.c.Lang)
	if s.Evidence != "" {
		evidence = vigie.Label("evidence", string(s.Evidence), t.c.Lang)
	}
	if s.Position == vigie.NoStatement || s.Position == "" {
		position = fill(t.in(feedWords.NoWord), "{site}", t.c.siteName())
	}
	return evidence, position
}

// moved says how an event moved the standing.
func (t teller) moved(m vigie.Move) string {
	fromEvidence, fromPosition := t.axes(m.Before)
	evidence, position := t.axes(m.After)
	arrow := func(axis vigie.Text, from, to string) string {
		if from != to {
			to = from + " → " + to
		}
		return t.in(axis) + t.in(feedWords.Colon) + to
	}
	line := arrow(feedWords.Evidence, fromEvidence, evidence) + t.in(feedWords.Semicolon) + arrow(feedWords.Position, fromPosition, position)
	if m.Before.Evidence == m.After.Evidence && m.Before.Position == m.After.Position {
		line = t.in(feedWords.Same) + " (" + line + ")"
	}
	return line
}

// languageTag is a BCP 47 tag when it has the shape of one, else nothing.
func languageTag(s string) string {
	for _, part := range strings.Split(s, "-") {
		if len(part) < 1 || len(part) > 8 || strings.IndexFunc(part, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
		}) >= 0 {
			return ""
		}
	}
	if first := s[0] | 0x20; first < 'a' || first > 'z' {
		return ""
	}
	return s
}
