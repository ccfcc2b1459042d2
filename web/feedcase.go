package web

import (
	"strings"

	"vigie"
)

// caseEntry is a case as an entry: one per case, under its permanent id. Its
// updated is that of the record, which only a substantive change moves.
func (c Context) caseEntry(r vigie.Record) entry {
	t := c.tellerOfCase(r)
	e := entry{ID: vigie.URN(r.ID), URL: c.IncidentURL(r.ID), Title: oneLine(r.ID), Categories: t.categories(), Via: t.via(r.Sources)}
	e.Published, e.Updated = c.Updated.UTC(), c.Updated.UTC()
	if d := r.Derived; d != nil {
		e.Published, e.Updated = d.Recorded.UTC(), d.Updated.UTC()
		if title := oneLine(d.Headline.In(c.Lang)); title != "" {
			e.Title = title
		}
	}
	d := told{t: t}
	d.sentence(sentence(e.Title))
	d.sentence(r.Summary.In(c.Lang))
	evidence, position := t.standing()
	d.labelled(feedWords.Standing, evidence+t.in(feedWords.Semicolon)+position)
	if r.Derived != nil {
		var figures []passageLink
		for _, f := range r.Derived.Figures {
			figures = append(figures, passageLink{Href: c.Page(StatementPath(r.ID, f.Statement)), Title: t.spoken(f)})
		}
		d.list(feedWords.Figures, figures)
	}
	var ledger []passageLink
	for i := range r.Statements {
		s := &r.Statements[i]
		ledger = append(ledger, passageLink{Href: c.Page(StatementPath(r.ID, s.ID)), Title: t.statement(s), Note: t.day(s)})
	}
	d.list(feedWords.Ledger, ledger)
	d.lags()
	d.list(feedWords.Sources, t.sources(r.Sources))
	d.labelled(feedWords.Checked, r.Checked.In(c.Lang))
	e.Summary = strings.TrimSpace(sentence(e.Title) + " " + t.in(feedWords.Standing) + t.in(feedWords.Colon) + evidence + t.in(feedWords.Semicolon) + position + ".")
	e.HTML, e.Text = asHTML(d.passages), asText(d.passages)
	e.Extension = t.caseExtension()
	if t.now.Position != "" {
		e.Categories = append(e.Categories, category{"stance", string(t.now.Position), vigie.Label("position", string(t.now.Position), c.Lang)})
	}
	return e
}

// standing writes both axes with the day each took its value.
func (t teller) standing() (evidence, position string) {
	evidence, position = t.axes(t.now)
	since := func(day vigie.Day) string {
		if day == "" {
			return ""
		}
		return fill(t.in(feedWords.Since), "{date}", vigie.Date(day).In(t.c.Lang))
	}
	if t.now.Position == vigie.NoStatement && t.r.Checked.Known() {
		position += fill(t.in(feedWords.LastChecked), "{date}", t.r.Checked.In(t.c.Lang))
	}
	evidence = t.in(feedWords.Evidence) + t.in(feedWords.Colon) + evidence + since(t.now.Since.Evidence)
	return evidence, t.in(feedWords.Position) + t.in(feedWords.Colon) + position + since(t.now.Since.Position)
}

// spoken is a figure with its speaker, a claim said to be one.
func (t teller) spoken(f vigie.SpokenFigure) string {
	words := f.In(t.c.Lang)
	if s, ok := t.r.Statement(f.Statement); ok && t.claimed(s) {
		words = t.in(feedWords.Claim) + words
	}
	words += t.in(feedWords.Says) + t.fullSpeaker(f.By)
	if t.now.Position == vigie.DeniesIt && f.By.Role != vigie.Respondent {
		words += fill(t.in(feedWords.DeniedBy), "{company}", t.company)
	}
	return oneLine(words)
}
