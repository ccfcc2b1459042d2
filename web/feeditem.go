package web

import (
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// itemEntry is an event of a timeline as an entry: a statement or a correction,
// under its own permanent id, dated by when we published it.
func (c Context) itemEntry(item vigie.Item) entry {
	t := c.tellerOf(item)
	e := entry{ID: vigie.URN(item.ID), URL: c.ItemURL(item), Published: item.Recorded.UTC(), Updated: item.Recorded.UTC(), Categories: t.categories()}
	d := told{t: t}
	switch {
	case item.Statement != nil:
		e.Title = t.dated(t.statement(item.Statement), item.Statement)
		e.Via = t.via(t.sourcesOf(item.Statement))
		e.Categories = append(e.Categories, t.acts(item.Statement)...)
		d.sentence(sentence(e.Title))
		d.statement(item.Statement)
	case item.Correction != nil:
		e.Title = t.correction(*item.Correction)
		d.sentence(sentence(e.Title))
		d.correction(*item.Correction)
	default:
		e.Title = oneLine(item.ID)
		d.sentence(e.Title)
	}
	d.labelled(feedWords.Standing, t.moved(item.Standing))
	if t.r.Derived != nil && t.r.State != vigie.Retracted {
		d.list(feedWords.Case, []passageLink{{Href: c.IncidentURL(item.Incident), Title: oneLine(t.r.Derived.Headline.In(c.Lang))}})
	}
	e.Summary = e.summary(item, t)
	e.HTML, e.Text = asHTML(d.passages), asText(d.passages)
	e.Extension = t.itemExtension(item)
	return e
}

// sentence ends a title as a sentence.
func sentence(title string) string { return strings.TrimRight(title, ".") + "." }

// summary is the title, the day it was said and where it was read; of a
// correction, its note.
func (e entry) summary(item vigie.Item, t teller) string {
	s := sentence(e.Title)
	if item.Correction != nil {
		return s + " " + oneLine(item.Correction.Note)
	}
	if item.Statement == nil {
		return s
	}
	s += " " + t.in(feedWords.Said) + t.in(feedWords.Colon) + t.day(item.Statement) + "."
	var read []string
	for _, src := range t.sourcesOf(item.Statement) {
		if name := oneLine(src.Publisher); name != "" && !slices.Contains(read, name) {
			read = append(read, name)
		}
	}
	if len(read) > 0 {
		s += " " + t.in(feedWords.Sources) + t.in(feedWords.Colon) + strings.Join(read, t.in(feedWords.Comma)) + "."
	}
	return s
}

func (t teller) day(s *vigie.Statement) string {
	if s.On.Known() {
		return s.On.In(t.c.Lang)
	}
	return t.in(feedWords.Undated)
}

// statement tells all that the record holds of one statement.
func (d *told) statement(s *vigie.Statement) {
	t := d.t
	d.sentence(s.Text.In(t.c.Lang))
	d.labelled(feedWords.SaidBy, t.fullSpeaker(s.By)+t.in(feedWords.Comma)+vigie.Label("role", string(s.By.Role), t.c.Lang))
	d.labelled(feedWords.Said, t.onDay(s))
	if s.Channel != "" {
		d.labelled(feedWords.Channel, vigie.Label("channel", string(s.Channel), t.c.Lang))
	}
	d.labelled(feedWords.Figures, t.figures(s))
	d.labelled(feedWords.Data, t.labels("data", s.Data))
	d.labelled(feedWords.NotData, t.labels("data", s.NotData))
	d.labelled(feedWords.Vector, s.Vector.In(t.c.Lang))
	d.labelled(feedWords.Actor, s.Actor)
	d.labelled(feedWords.Method, s.Method.In(t.c.Lang))
	d.quotes(s)
	var answers []passageLink
	for _, a := range t.answered(s) {
		answers = append(answers, passageLink{Href: t.c.Page(StatementPath(t.r.ID, a.ID)), Title: t.statement(a)})
	}
	d.list(feedWords.Answers, answers)
	d.list(feedWords.Sources, t.sources(t.sourcesOf(s)))
	if t.unread(s) {
		d.sentence(t.in(feedWords.Unread))
	}
}

// correction tells what we changed and why, in the words of the public note.
func (d *told) correction(c vigie.Correction) {
	d.sentence(c.Note)
	d.labelled(feedWords.Changed, strings.Join(c.Changed, d.t.in(feedWords.Comma)))
	if slices.Contains(c.Changed, "state") {
		d.labelled(feedWords.Reason, d.t.r.Reason)
	}
	d.list(feedWords.Revision, []passageLink{{Href: d.t.c.Page(VersionPath(d.t.r.ID, c.Version)), Title: strconv.Itoa(c.Version)}})
}

func (t teller) sourcesOf(s *vigie.Statement) []vigie.Source {
	var list []vigie.Source
	for _, id := range s.Sources {
		if src, ok := t.r.Source(id); ok {
			list = append(list, *src)
		}
	}
	return list
}

// via is the sources that a reader may follow, each once, their addresses made whole.
func (t teller) via(list []vigie.Source) []vigie.Source {
	var out []vigie.Source
	for _, s := range list {
		href, ok := linkable(s.URL)
		if ok && !slices.ContainsFunc(out, func(o vigie.Source) bool { return o.URL == href }) {
			s.URL = href
			out = append(out, s)
		}
	}
	return out
}

// acts are the categories of what a statement does: the stance of the company, or
// the acts of someone else. One that does not count has none to filter on.
func (t teller) acts(s *vigie.Statement) []category {
	if t.unread(s) {
		return nil
	}
	list := "act"
	if s.By.Role == vigie.Respondent {
		list = "stance"
	}
	var out []category
	for _, a := range s.Acts {
		out = append(out, category{list, oneLine(string(a)), vigie.Label("act", string(a), t.c.Lang)})
	}
	return out
}
