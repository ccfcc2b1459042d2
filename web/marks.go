package web

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"vigie"
)

// Piece is a run of text, and the field in which a search found it. Most pieces are
// nothing in particular.
type Piece struct {
	Text   string
	Fields []string
}

// Matches cuts a passage found by a search at its matched words. Its spans count
// bytes, in order; those that do not fit are left out rather than cut a letter in two.
func Matches(m vigie.Mark) []Piece {
	var pieces []Piece
	at := 0
	for _, s := range m.Spans {
		if s[0] < at || s[1] <= s[0] || s[1] > len(m.Text) {
			continue
		}
		if s[0] > at {
			pieces = append(pieces, Piece{Text: m.Text[at:s[0]]})
		}
		pieces = append(pieces, Piece{Text: m.Text[s[0]:s[1]], Fields: []string{m.Field}})
		at = s[1]
	}
	if at < len(m.Text) {
		pieces = append(pieces, Piece{Text: m.Text[at:]})
	}
	return pieces
}

// Where a mark was found is a field, then the id of its row, then the language of a text
// that has two: "statement s3 fr", "title en", "company".
func markPlace(field string) (name, id string, lang vigie.Lang) {
	parts := strings.Fields(field)
	if n := len(parts); n > 1 && slices.Contains(vigie.Langs, vigie.Lang(parts[n-1])) {
		lang, parts = vigie.Lang(parts[n-1]), parts[:n-1]
	}
	if len(parts) > 0 {
		name = parts[0]
	}
	if len(parts) > 1 {
		id = parts[1]
	}
	return name, id, lang
}

// Found are the passages to show under a case that a search found: not its headline,
// which is marked in its place, nor what the other language says of the same words.
func Found(r vigie.Record, lang vigie.Lang) []vigie.Mark {
	var out []vigie.Mark
	for _, m := range r.Marks {
		name, id, in := markPlace(m.Field)
		twin := slices.ContainsFunc(r.Marks, func(o vigie.Mark) bool {
			n, i, l := markPlace(o.Field)
			return n == name && i == id && l == lang
		})
		if name != "title" && (in == "" || in == lang || !twin) {
			out = append(out, m)
		}
	}
	return out[:min(len(out), 3)]
}

// around is how many bytes of a passage are kept on each side of its first match.
const around = 110

// Excerpt is a passage cut to what stands around its first match, at the spaces, with an
// ellipsis where something was left out.
func Excerpt(m vigie.Mark) []Piece {
	pieces := Matches(m)
	at := slices.IndexFunc(pieces, func(p Piece) bool { return len(p.Fields) > 0 })
	if at < 0 {
		return pieces
	}
	if at > 0 {
		pieces[0].Text = tailOf(pieces[0].Text)
	}
	kept := pieces[:at+1]
	left := around
	for _, p := range pieces[at+1:] {
		if left <= 0 {
			break
		}
		if len(p.Fields) == 0 && len(p.Text) > left {
			p.Text, left = headOf(p.Text, left), 0 // what is found beyond is not set beside the cut
		}
		kept = append(kept, p)
		left -= len(p.Text)
	}
	return kept
}

func tailOf(s string) string {
	if len(s) <= around {
		return s
	}
	if i := strings.IndexByte(s[len(s)-around:], ' '); i >= 0 {
		return "…" + s[len(s)-around+i:]
	}
	return s
}

func headOf(s string, n int) string {
	if i := strings.LastIndexByte(s[:n], ' '); i > 0 {
		return s[:i] + " …"
	}
	return s
}

// blankLines are several between two paragraphs, of which one is drawn.
var blankLines = regexp.MustCompile(`\n\s*\n`)

// MarkedHeadline is the headline of a case with the words that a search found in it.
func MarkedHeadline(r vigie.Record, lang vigie.Lang) []Piece {
	line := headline(r, lang)
	for _, m := range r.Marks {
		if name, _, _ := markPlace(m.Field); name == "title" && m.Text == line {
			return Matches(m)
		}
	}
	return []Piece{{Text: line}}
}

// MarkField says where a search found its words: "statement s3".
func (w *Words) MarkField(field string) string {
	name, id, _ := markPlace(field)
	s, err := w.Say("found." + name)
	if err != nil {
		s = w.Field(name)
	}
	return strings.TrimSpace(s + " " + id)
}

// The shapes of the standing, drawn on a grid of 16: discs for the evidence, fuller as
// it is stronger; squares for the position. They always stand beside their word.
var (
	evidenceShapes = map[vigie.Evidence]string{
		"":                 `<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="1.5 2.2"/>`,
		vigie.Alleged:      `<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>`,
		vigie.Reported:     `<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>`,
		vigie.Corroborated: `<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 8V2a6 6 0 1 1-6 6z" fill="currentColor"/>`,
		vigie.Confirmed:    `<circle cx="8" cy="8" r="7" fill="currentColor"/>`,
		vigie.Refuted:      `<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M3.8 12.2l8.4-8.4" stroke="currentColor" stroke-width="2"/>`,
	}
	positionShapes = map[vigie.Position]string{
		vigie.NoStatement:         `<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 2"/>`,
		vigie.Responded:           `<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="2"/><rect x="6" y="6" width="4" height="4" fill="currentColor"/>`,
		vigie.IsInvestigating:     `<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="2"/><path d="M5 8h.01M8 8h.01M11 8h.01" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>`,
		vigie.DeclinesComment:     `<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="2"/><path d="M5 8h6" stroke="currentColor" stroke-width="2"/>`,
		vigie.DeniesIt:            `<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="2"/><path d="M5 5l6 6M11 5l-6 6" stroke="currentColor" stroke-width="2"/>`,
		vigie.PartiallyConfirmsIt: `<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="2"/><path d="M2 14V2l12 12z" fill="currentColor"/>`,
		vigie.ConfirmsIt:          `<rect x="1" y="1" width="14" height="14" fill="currentColor"/>`,
	}
)

func shape(body string) template.HTML {
	return template.HTML(`<svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">` + body + `</svg>`)
}

// EvidenceShape draws a value of the first axis, PositionShape one of the second.
func EvidenceShape(e vigie.Evidence) template.HTML { return shape(evidenceShapes[e]) }

// PositionShape draws what the company says.
func PositionShape(p vigie.Position) template.HTML { return shape(positionShapes[p]) }
