package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strings"
)

// SVGMIME is the media type of a drawing that is taken away.
const SVGMIME = "image/svg+xml; charset=utf-8"

// A drawing as a file has the looks of the page in itself: the tokens of the stylesheet,
// for light and for dark, and its section of drawings.
var (
	styleTokens   = regexp.MustCompile(`(?s):root \{.*?\n\}`)
	styleDark     = regexp.MustCompile(`(?s)@media \(prefers-color-scheme: dark\) \{\s*:root \{.*?\n  ?\}\s*\}`)
	styleDrawings = regexp.MustCompile(`(?s)/\* drawings:.*?\*/(.*?)/\* end of drawings \*/`)
	styleComments = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

// drawingStyle is that style, cut from the stylesheet.
func drawingStyle(css string) (string, error) {
	var parts []string
	for _, part := range []*regexp.Regexp{styleTokens, styleDark, styleDrawings} {
		m := part.FindStringSubmatch(css)
		if m == nil {
			return "", fmt.Errorf("the stylesheet has no %s", part)
		}
		parts = append(parts, styleComments.ReplaceAllString(m[len(m)-1], ""))
	}
	style := strings.Join(parts, "\n") + "\nsvg { color: var(--ink); background: var(--paper); }\n"
	if strings.ContainsAny(style, "<&") || strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		return "", fmt.Errorf("the style of drawings would not stand alone in a file")
	}
	return style, nil
}

// DrawingPolicy is the Content-Security-Policy of a drawing as a file: its own style and
// nothing from anywhere.
func (web *Web) DrawingPolicy() string {
	sum := sha256.Sum256([]byte(web.style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; frame-ancestors 'none'"
}

// drawingFile is what the template of a file is given.
type drawingFile struct {
	Chart   Chart
	Drawing Drawing
	Style   template.CSS
	Lines   []writtenLine // of the title above, and of the source below
	Over    px            // height of the lines above
	W, H    px
}

type writtenLine struct {
	Y     px
	Class string
	Words string
}

// margin is around a drawing that is taken away.
const margin px = 16

// WriteSVG writes a chart as a file of its own: well-formed XML that asks for nothing.
func (web *Web) WriteSVG(w io.Writer, chart Chart) error {
	set, ok := web.sets[chart.Lang]
	if !ok {
		return fmt.Errorf("no drawings in the language %q", chart.Lang)
	}
	f := drawingFile{Chart: chart, Drawing: chart.Wide, Style: template.CSS(web.style), W: chart.Wide.W + 2*margin}
	f.Drawing.ID = chart.Name
	y := margin
	write := func(words, class string, size px) {
		for _, line := range wrapped(words, chart.Wide.W/size) {
			y += 18 * size
			f.Lines = append(f.Lines, writtenLine{Y: y - 4, Class: class, Words: line})
		}
	}
	write(chart.Title, "heading", 1.25)
	write(chart.Unit, "quiet", 1)
	y += 10
	f.Over = y
	y += chart.Wide.H + 6
	for _, note := range chart.Notes {
		write(note, "quiet", 1)
	}
	write(chart.Source, "", 1)
	write(chart.Full, "quiet", 1)
	f.H = y + margin
	var b bytes.Buffer
	if err := set["figures"].ExecuteTemplate(&b, "drawing-file", f); err != nil {
		return fmt.Errorf("drawing the file of %s: %w", chart.Name, err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("writing the file of %s: %w", chart.Name, err)
	}
	return nil
}

// wrapped cuts a text into lines no wider than that; a word that is wider stands alone,
// cut where it must be.
func wrapped(s string, most px) (lines []string) {
	line := ""
	for _, word := range strings.Split(plainText(s), " ") {
		for wide(word) > most {
			part := strings.TrimSuffix(clipped(word, most), "…")
			if part == "" {
				break
			}
			if line != "" {
				lines, line = append(lines, line), ""
			}
			lines, word = append(lines, part), word[len(part):]
		}
		switch {
		case line == "":
			line = word
		case wide(line+" "+word) > most:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
