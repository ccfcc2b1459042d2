package web

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"iter"
	"regexp"
	"strings"

	"vigie"
)

// The JSON of TimelineJS3 (Knight Lab): a slide for every dated event. The library
// takes headlines and texts for markup, so they are escaped here; and it guesses
// from an address what to fetch, so no slide has a medium: quotations stand in the
// text.
type (
	slide struct {
		ID    string     `json:"unique_id"`
		Start *slideDate `json:"start_date,omitempty"`
		Text  slideText  `json:"text"`
		Group string     `json:"group,omitempty"`
	}
	slideDate struct {
		Year    int    `json:"year"`
		Month   int    `json:"month,omitempty"`
		Day     int    `json:"day,omitempty"`
		Display string `json:"display_date,omitempty"`
	}
	slideText struct {
		Headline string `json:"headline"`
		Text     string `json:"text"`
	}
)

var slideWords = struct{ Incident, Claims, Company, Official, Ours, Occurred, Discovered vigie.Text }{
	Incident: vigie.Text{FR: "Incident", EN: "Incident"}, Claims: vigie.Text{FR: "Allégations", EN: "Claims"}, Company: vigie.Text{FR: "Entreprise", EN: "Company"},
	Official: vigie.Text{FR: "Autorités", EN: "Regulator"}, Ours: vigie.Text{FR: "Corrections", EN: "Corrections"},
	Occurred:   vigie.Text{FR: "date donnée à l’attaque", EN: "date given for the attack"},
	Discovered: vigie.Text{FR: "date où l’entreprise dit l’avoir su", EN: "when the company is said to have learnt of it"},
}

func writeCaseSlides(w io.Writer, c Context, records iter.Seq2[vigie.Record, error]) error {
	return writeSlides(w, c, c.cover(feedWords.Incidents), records, func(r vigie.Record) []slide { return []slide{c.tellerOfCase(r).slide()} })
}

func writeEventSlides(w io.Writer, c Context, items iter.Seq2[vigie.Item, error]) error {
	return writeSlides(w, c, c.cover(feedWords.Timeline), items, func(item vigie.Item) []slide {
		return []slide{c.event(item).slide(strings.ReplaceAll(item.ID, "/", "-"), true)}
	})
}

// writeLedgerSlides is one case: its dates, and what was said of it.
func writeLedgerSlides(w io.Writer, c Context, one Case) error {
	t := c.tellerOfCase(one.Record)
	cover := t.slide()
	cover.ID, cover.Start, cover.Group = "title", nil, ""
	cover.Text.Text += "\n" + c.slideOrigin()
	return writeSlides(w, c, cover, each(one.Events), func(item vigie.Item) []slide {
		return []slide{c.event(item).slide(strings.ReplaceAll(strings.TrimPrefix(item.ID, item.Incident+"/"), "/", "-"), false)} // the cover tells the lags
	}, t.milestones()...)
}

// writeSlides writes the cover and then slide by slide. The library shows nothing at
// all without an event, so an answer without a dated one has one that says so.
func writeSlides[N any](w io.Writer, c Context, cover slide, nouns iter.Seq2[N, error], show func(N) []slide, first ...slide) error {
	if _, err := io.WriteString(w, `{"scale":"human","title":`); err != nil {
		return fmt.Errorf("writing the slides: %w", err)
	}
	cover.Text.Text = unlinked(cover.Text.Text)
	if err := writePart(w, cover); err != nil {
		return err
	}
	before := `,"events":[`
	put := func(slides []slide) error {
		for _, s := range slides {
			if s.Start == nil {
				continue // without a date the library drops it silently
			}
			if _, err := io.WriteString(w, before+"\n"); err != nil {
				return fmt.Errorf("writing the slides: %w", err)
			}
			s.Text.Text = unlinked(s.Text.Text)
			if err := writePart(w, s); err != nil {
				return err
			}
			before = ","
		}
		return nil
	}
	if err := put(first); err != nil {
		return err
	}
	for noun, err := range nouns {
		if err != nil {
			return fmt.Errorf("reading what to write as slides: %w", err)
		}
		if err := put(show(noun)); err != nil {
			return err
		}
	}
	if before != "," {
		none := slide{ID: "none", Text: slideText{template.HTMLEscapeString(icsWords.Nothing.In(c.Lang)), ""}}
		none.dated(vigie.Date(vigie.DayOf(c.orEpoch(c.Updated))), c.Lang)
		if err := put([]slide{none}); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(w, "]}\n"); err != nil {
		return fmt.Errorf("writing the slides: %w", err)
	}
	return nil
}

var (
	betweenTags  = regexp.MustCompile(`(?:^|>)[^<]+`)
	addressLikes = strings.NewReplacer("://", ":&#47;&#47;", "www.", "www&#46;")
)

// unlinked keeps the library from making links of addresses in a text, with handlers
// in them: it looks for them in the markup, before it is read.
func unlinked(markup string) string {
	return betweenTags.ReplaceAllStringFunc(markup, func(text string) string { return addressLikes.Replace(text) })
}

// writePart writes a value inside a JSON text.
func writePart(w io.Writer, v any) error {
	body, err := json.Marshal(v) // < > & are written \u003c: safe inside a page too
	if err == nil {
		_, err = w.Write(body)
	}
	if err != nil {
		return fmt.Errorf("writing a part of a JSON text: %w", err)
	}
	return nil
}

// cover is the first slide of a list.
func (c Context) cover(of vigie.Text) slide {
	title := c.siteName() + feedWords.Dash.In(c.Lang) + of.In(c.Lang)
	if c.Words != "" {
		title += feedWords.Colon.In(c.Lang) + c.Words
	}
	return slide{ID: "title", Text: slideText{template.HTMLEscapeString(oneLine(title)), c.slideOrigin()}}
}

// slideOrigin is what origin says, its addresses linked: of a bare one the library
// would make a link of its own, with a handler in it.
func (c Context) slideOrigin() string {
	d := told{t: teller{c: c}}
	d.sentence(feedWords.About.In(c.Lang))
	d.list(originWords.From, []passageLink{{Href: c.HTML, Title: c.named()}})
	if name := oneLine(c.Site.Licence); name != "" {
		href, _ := linkable(c.Site.LicenceURL)
		d.list(originWords.Licence, []passageLink{{Href: href, Title: name}})
	}
	d.labelled(originWords.Asked, c.query())
	d.sentence(c.state())
	return asHTML(d.passages)
}

// slide is a case in a list, on the day of its first public word.
func (t teller) slide() slide {
	evidence, position := t.standing()
	d := told{t: t}
	d.sentence(t.r.Summary.In(t.c.Lang))
	d.labelled(feedWords.Standing, evidence+t.in(feedWords.Semicolon)+position)
	var figures []passageLink
	for _, f := range t.derived().Figures {
		figures = append(figures, passageLink{Href: t.c.Page(StatementPath(t.r.ID, f.Statement)), Title: t.spoken(f)})
	}
	d.list(feedWords.Figures, figures)
	d.lags()
	d.list(feedWords.Case, []passageLink{{Href: t.c.IncidentURL(t.r.ID), Title: t.r.ID}})
	s := slide{ID: t.r.ID, Group: vigie.Label("word", t.now.Word, t.c.Lang), Text: slideText{t.prefixed(t.headline()), asHTML(d.passages)}}
	s.dated(t.r.FirstWord(), t.c.Lang)
	return s
}

// prefixed is a headline of the case that says when all of it is only claimed.
func (t teller) prefixed(headline string) string {
	if prefix, ok := claimPrefixes[t.now.Word]; ok {
		headline = t.in(prefix) + headline
	}
	return template.HTMLEscapeString(oneLine(headline))
}

// milestones are the dates of the case that are not words of anybody in the ledger.
func (t teller) milestones() []slide {
	var out []slide
	for _, m := range []struct {
		id   string
		what vigie.Text
		on   vigie.Date
	}{{"occurred", slideWords.Occurred, t.r.Occurred}, {"discovered", slideWords.Discovered, t.r.Discovered}} {
		s := slide{ID: m.id, Group: t.in(slideWords.Incident), Text: slideText{t.prefixed(t.company + t.in(feedWords.Colon) + t.in(m.what)), ""}}
		s.dated(m.on, t.c.Lang)
		out = append(out, s)
	}
	return out
}

// slide is a statement on the day it was said, or a correction on the day we made it;
// where the case has no slide of its own, with the lags of the case.
func (e event) slide(id string, lags bool) slide {
	s := slide{ID: id, Text: slideText{Headline: template.HTMLEscapeString(e.headline())}}
	d := told{t: e.teller}
	on := e.item.On
	switch {
	case e.item.Statement != nil:
		d.statement(&e.s)
		s.Group = e.in(slideWords.Claims)
		if business(e.s.By.Role) {
			s.Group = e.in(slideWords.Company)
		} else if e.s.By.Role.Official() {
			s.Group = e.in(slideWords.Official)
		}
	case e.item.Correction != nil:
		d.correction(*e.item.Correction)
		s.Group = e.in(slideWords.Ours)
		if !e.item.Recorded.IsZero() {
			on = vigie.Date(vigie.DayOf(e.item.Recorded))
		}
	}
	if lags {
		d.lags()
	}
	d.list(feedWords.Case, []passageLink{{Href: e.c.ItemURL(e.item), Title: e.item.Incident}})
	s.Text.Text = asHTML(d.passages)
	s.dated(on, e.c.Lang)
	return s
}

// dated gives the slide its date, as precise as it is: of a month no day. What is
// not one sure day is written out, as it would be drawn as one. An interval stands
// at its beginning: it is some day between, and a bar drawn across would say that it
// lasted.
func (s *slide) dated(on vigie.Date, lang vigie.Lang) {
	if !on.Known() {
		return
	}
	from, _, _ := strings.Cut(string(on), "/")
	s.Start = slideDay(vigie.Date(from))
	if !on.Exact() {
		only := map[vigie.Precision]vigie.Text{vigie.Month: icsWords.MonthOnly, vigie.Year: icsWords.YearOnly}[on.Precision()].In(lang)
		if only != "" {
			only = " (" + only + ")"
		}
		s.Start.Display = on.In(lang) + only
	}
}

func slideDay(on vigie.Date) *slideDate {
	day := dayTime(on.First())
	d := &slideDate{Year: day.Year()}
	if on.Precision() >= vigie.Month {
		d.Month = int(day.Month())
	}
	if on.Precision() == vigie.DayPrecision {
		d.Day = day.Day()
	}
	return d
}
