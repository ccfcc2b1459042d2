package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Drawing is a chart as places on a grid: the template "drawing" writes it as SVG. W and
// H are in CSS pixels at full width.
type Drawing struct {
	ID    string // begins the ids of its patterns, unlike those of any other on the page
	Title string
	W, H  px
	Marks []DrawnMark
}

// DrawnMark is one thing drawn: a rect, a line (to X+W, Y+H), a circle (of radius W), a
// path or a text.
type DrawnMark struct {
	Kind       string
	X, Y, W, H px
	Path       string
	Class      string // its looks, in the section "drawings" of the stylesheet
	Fill       string // a pattern, "" for that of the class
	Anchor     string // of a text: start, middle or end
	Words      string
}

// Patterns are those that the drawing is filled with.
func (d Drawing) Patterns() (names []string) {
	for _, m := range d.Marks {
		if m.Fill != "" && !slices.Contains(names, m.Fill) {
			names = append(names, m.Fill)
		}
	}
	return names
}

// looks is how an area is filled: by a class, and by a pattern over it.
type looks struct{ class, fill string }

// The fills of drawings. Evidence is fuller as it is stronger, like its shape on a case.
var (
	solidClaim   = looks{"solid-claim", ""}
	solidAnswer  = looks{"solid-answer", ""}
	solidOther   = looks{"solid-other", ""}
	hollowClaim  = looks{"hollow edge-claim", ""}
	hollowAnswer = looks{"hollow edge-answer", ""}
	hatchClaim   = looks{"edge-claim", "hatch-claim"}
	hatchAnswer  = looks{"edge-answer", "hatch-answer"}
	crossClaim   = looks{"edge-claim", "cross-claim"}
	struck       = looks{"edge-other", "struck"}
	dashed       = looks{"dashed", ""}
	notKnown     = looks{"edge-dashed", "hatch-other"}
)

func (d *Drawing) rect(x, y, w, h px, l looks) {
	d.Marks = append(d.Marks, DrawnMark{Kind: "rect", X: x, Y: y, W: max(w, 0), H: max(h, 0), Class: l.class, Fill: l.fill})
}

func (d *Drawing) circle(x, y, r px, l looks) {
	d.Marks = append(d.Marks, DrawnMark{Kind: "circle", X: x, Y: y, W: r, Class: l.class, Fill: l.fill})
}

func (d *Drawing) line(x1, y1, x2, y2 px, class string) {
	d.Marks = append(d.Marks, DrawnMark{Kind: "line", X: x1, Y: y1, W: x2, H: y2, Class: class})
}

func (d *Drawing) path(path, class string) {
	d.Marks = append(d.Marks, DrawnMark{Kind: "path", Path: path, Class: class})
}

func (d *Drawing) text(x, y px, anchor, class, words string) {
	d.Marks = append(d.Marks, DrawnMark{Kind: "text", X: x, Y: y, Anchor: anchor, Class: class, Words: plainText(words)})
}

// swatch is a fill and the word for it.
type swatch struct {
	fill looks
	word string
}

// keyLine is the height of a line of the key.
const keyLine px = 20

// key writes the fills and their words from a height on, in as many lines as they need,
// and gives the height below.
func (d *Drawing) key(y px, entries []swatch) px {
	if len(entries) == 0 {
		return y
	}
	x := px(0)
	for _, e := range entries {
		w := 20 + wide(e.word)
		if x > 0 && x+w > d.W {
			x, y = 0, y+keyLine
		}
		d.rect(x+.5, y+2.5, 13, 11, e.fill)
		d.text(x+20, y+13, "start", "", e.word)
		x += w + 16
	}
	return y + keyLine + 6
}

// wide is about how wide a text of 13 pixels is: fonts differ, so it is an upper guess.
func wide(s string) (w px) {
	for _, r := range s {
		switch {
		case r >= 0x1100: // scripts as wide as high
			w += 13.5
		case strings.ContainsRune("iljftrI.,:;'’ \u00a0\u202f()|!", r):
			w += 4.4
		case strings.ContainsRune("mwMW@%", r), unicode.IsUpper(r):
			w += 9.6
		default:
			w += 7.2
		}
	}
	return w
}

// clipped is as much of a text as a width holds.
func clipped(s string, most px) string {
	if wide(s) <= most {
		return s
	}
	for s != "" && wide(s)+9 > most {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.TrimRight(s, " \u00a0") + "…"
}

// plainText is a text without what may not stand in XML, nor turn the order of what
// follows: names come from the record, and from strangers before.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
}
