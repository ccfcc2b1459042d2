package web

import (
	"fmt"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"vigie"
)

// Markdown (CommonMark, no extension needed), ready to paste: a case, a timeline or
// a list, each line with its source, and at the end where it is from. It is written
// noun by noun, so a list may be as long as the record.

var markdownWords = struct{ Nothing, Version, Said vigie.Text }{
	Nothing: vigie.Text{FR: "Rien dans le registre ne répond à cette question ; cela ne veut pas dire que rien n’a eu lieu.", EN: "Nothing in the record answers this question, which does not mean that nothing happened."},
	Version: vigie.Text{FR: "version {n} de la fiche", EN: "version {n} of the case"},
	Said:    vigie.Text{FR: "Déclarations", EN: "Statements"},
}

func writeCaseList(w io.Writer, c Context, records iter.Seq2[vigie.Record, error]) error {
	return writeMarkdown(w, c, feedWords.Incidents, records, func(r vigie.Record) string { return c.tellerOfCase(r).briefly() })
}

// writeEventList says the lags of a case once, under its first event in the list.
func writeEventList(w io.Writer, c Context, items iter.Seq2[vigie.Item, error]) error {
	told := map[string]bool{}
	return writeMarkdown(w, c, feedWords.Timeline, items, func(item vigie.Item) string {
		first := !told[item.Incident]
		told[item.Incident] = true
		return c.event(item).briefly(first)
	})
}

// writeMarkdown is a heading, an entry for each noun, and where it is from.
func writeMarkdown[N any](w io.Writer, c Context, of vigie.Text, nouns iter.Seq2[N, error], entry func(N) string) error {
	title := c.siteName() + feedWords.Dash.In(c.Lang) + of.In(c.Lang)
	if c.Words != "" {
		title += feedWords.Colon.In(c.Lang) + c.Words
	}
	part, none := "# "+escaped(title)+"\n", true
	for noun, err := range nouns {
		if err != nil {
			return fmt.Errorf("reading what to write as Markdown: %w", err)
		}
		part, none = part+"\n"+entry(noun), false
		if _, err := io.WriteString(w, part); err != nil {
			return fmt.Errorf("writing Markdown: %w", err)
		}
		part = ""
	}
	if none {
		part += "\n" + escaped(markdownWords.Nothing.In(c.Lang)) + "\n"
	}
	if _, err := io.WriteString(w, part+"\n"+c.footer("", 0)); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

// writeCaseSheet is one case: how it stands and why, every figure with its speaker,
// who said what, and where it was read.
func writeCaseSheet(w io.Writer, c Context, one Case) error {
	r := one.Record
	t := c.tellerOfCase(r)
	var b strings.Builder
	b.WriteString("# " + escaped(t.headline()) + "\n")
	if summary := oneLine(r.Summary.In(c.Lang)); summary != "" {
		b.WriteString("\n" + escaped(summary) + "\n")
	}
	evidence, position := t.standing()
	d := told{t: t}
	d.labelled(feedWords.Standing, evidence+t.in(feedWords.Semicolon)+position)
	d.labelled(feedWords.Reason, r.Reason)
	d.labelled(feedWords.Checked, r.Checked.In(c.Lang))
	b.WriteString("\n" + asMarkdown(d.passages))
	section := func(title vigie.Text, body string) {
		if body != "" {
			b.WriteString("\n## " + escaped(t.in(title)) + "\n\n" + body)
		}
	}
	var figures strings.Builder
	for _, f := range t.derived().Figures {
		figures.WriteString("- " + linked(t.spoken(f), c.Page(StatementPath(r.ID, f.Statement))) + "\n")
	}
	section(feedWords.Figures, figures.String())
	var lags strings.Builder
	for _, lag := range t.lags() {
		lags.WriteString("- " + escaped(lag) + "\n")
	}
	section(lagWords.Lags, lags.String())
	var said strings.Builder
	for i, item := range one.Events {
		if i > 0 {
			said.WriteString("\n")
		}
		e := c.event(item)
		said.WriteString("### " + linked(e.when()+t.in(feedWords.Dash)+e.title(), c.ItemURL(item)) + "\n\n")
		d := told{t: t}
		if item.Statement != nil {
			d.statement(item.Statement)
		} else if item.Correction != nil {
			d.correction(*item.Correction)
		}
		said.WriteString(asMarkdown(d.passages))
	}
	section(markdownWords.Said, said.String())
	section(feedWords.Sources, bulleted(t.sources(r.Sources)))
	b.WriteString("\n" + c.footer(r.ID, t.derived().Version))
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing case %s as Markdown: %w", r.ID, err)
	}
	return nil
}

// briefly is a case in a list: its headline, how it stands, its figures.
func (t teller) briefly() string {
	evidence, position := t.standing()
	s := "## " + linked(t.headline(), t.c.IncidentURL(t.r.ID)) + "\n\n" + escaped(t.in(feedWords.Standing)+t.in(feedWords.Colon)+evidence+t.in(feedWords.Semicolon)+position+".") + "\n"
	if figures := t.derived().Figures; len(figures) > 0 {
		s += "\n"
		for _, f := range figures {
			s += "- " + linked(t.spoken(f), t.c.Page(StatementPath(t.r.ID, f.Statement))) + "\n"
		}
	}
	if summary := oneLine(t.r.Summary.In(t.c.Lang)); summary != "" {
		s += "\n" + escaped(summary) + "\n"
	}
	return s
}

// briefly is an event in a timeline: when, who did what, in which words, read where.
func (e event) briefly(lags bool) string {
	s := "- **" + escaped(e.when()) + "**" + e.in(feedWords.Dash) + linked(e.title(), e.c.ItemURL(e.item)) + "\n\n"
	d := told{t: e.teller}
	if e.item.Statement != nil {
		d.sentence(e.s.Text.In(e.c.Lang))
		d.quotes(&e.s)
		d.list(feedWords.Sources, e.sources(e.sourcesOf(&e.s)))
	} else if e.item.Correction != nil {
		d.sentence(e.item.Correction.Note)
	}
	if lags {
		d.lags()
	}
	for _, line := range strings.Split(strings.TrimSuffix(asMarkdown(d.passages), "\n"), "\n") {
		if line != "" {
			line = "  " + line
		}
		s += line + "\n"
	}
	return s
}

// when is the day it was said; of a correction, the day we made it.
func (e event) when() string {
	if e.item.Correction != nil && !e.item.Recorded.IsZero() {
		return vigie.Date(vigie.DayOf(e.item.Recorded)).In(e.c.Lang)
	}
	return e.onDay(&e.s)
}

// asMarkdown writes passages as paragraphs, quotations and lists.
func asMarkdown(passages []passage) string {
	var parts []string
	for _, p := range passages {
		switch {
		case p.Quote:
			parts = append(parts, "> "+escaped("“"+oneLine(p.Text)+"” — "+p.Label)+"\n")
		case len(p.Links) == 1:
			parts = append(parts, escaped(oneLine(p.Label))+" "+oneLink(p.Links[0])+"\n")
		case len(p.Links) > 1:
			parts = append(parts, escaped(oneLine(p.Label))+"\n\n"+bulleted(p.Links))
		default:
			parts = append(parts, escaped(oneLine(p.Label+p.Text))+"\n")
		}
	}
	return strings.Join(parts, "\n")
}

func bulleted(links []passageLink) string {
	var b strings.Builder
	for _, l := range links {
		b.WriteString("- " + oneLink(l) + "\n")
	}
	return b.String()
}

func oneLink(l passageLink) string {
	s := linked(l.Title, l.Href)
	if l.Note != "" {
		s += " (" + escaped(oneLine(l.Note)) + ")"
	}
	return s
}

// linked is a text with its address; without one it is only the text.
func linked(text, href string) string {
	text = escaped(oneLine(text))
	if href == "" {
		return text
	}
	href = asciiURI(href)
	if strings.ContainsAny(href, "()") {
		href = "<" + href + ">"
	}
	return "[" + text + "](" + href + ")"
}

// footer says where it is from, under which licence, what was asked, and which
// state of the record answered. Of one case it names the version, for good.
func (c Context) footer(incident string, version int) string {
	in := func(t vigie.Text) string { return t.In(c.Lang) }
	from, state := c.HTML, ""
	if version > 0 {
		from, state = c.Page(VersionPath(incident, version)), fill(in(markdownWords.Version), "{n}", strconv.Itoa(version))
	}
	parts := []string{linked(c.siteName(), from)}
	if p := c.publisher(); p != c.siteName() {
		parts = append(parts, escaped(p))
	}
	for _, part := range []string{state, c.state(), c.asked()} {
		if part != "" {
			parts = append(parts, escaped(part))
		}
	}
	if c.Site.Licence != "" {
		licence, _ := linkable(c.Site.LicenceURL)
		parts = append(parts, escaped(in(originWords.Licence))+" "+linked(c.Site.Licence, licence))
	}
	return "---\n\n" + in(originWords.From) + in(feedWords.Colon) + strings.Join(parts, ", ") + ".\n"
}

var (
	special  = regexp.MustCompile("[\\\\`*_\\[\\]<>|~$]")
	entity   = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)
	bareLink = regexp.MustCompile(`(?i)\b(https?|ftp)://|\bwww\.`) // GFM makes links of them
	starts   = regexp.MustCompile(`^(?:[#+=-]|(\d{1,9})([.)]))`)
)

// escaped keeps a text from being markup (CommonMark §2.4): it shows as it is
// written. It is one line, or the first characters of a second would be markup.
func escaped(s string) string {
	s = special.ReplaceAllString(oneLine(s), `\$0`)
	s = entity.ReplaceAllString(s, `\&$1`)
	s = bareLink.ReplaceAllStringFunc(s, func(link string) string {
		return strings.Replace(strings.Replace(link, ":", `\:`, 1), ".", `\.`, 1)
	})
	return starts.ReplaceAllStringFunc(s, func(start string) string { return start[:len(start)-1] + `\` + start[len(start)-1:] })
}
