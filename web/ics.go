package web

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"vigie"
)

// iCalendar (RFC 5545, with the names of RFC 7986): an all-day event for every
// dated statement, correction or case, under its permanent id. golang-ical writes
// each; they go out one by one, so a calendar may be as long as the record.

var icsWords = struct{ MonthOnly, YearOnly, Nothing vigie.Text }{
	MonthOnly: vigie.Text{FR: "mois seul", EN: "month only"},
	YearOnly:  vigie.Text{FR: "année seule", EN: "year only"},
	Nothing:   vigie.Text{FR: "Rien de daté ne répond à cette question", EN: "Nothing with a date answers this question"},
}

// icsStatus is the STATUS of an event for the standing of its case in one word.
var icsStatus = map[string]ics.ObjectStatus{
	"claimed": ics.ObjectStatusTentative, "contested": ics.ObjectStatusTentative,
	"partially_confirmed": ics.ObjectStatusTentative, // of what third parties say; what is admitted is confirmed
	"confirmed":           ics.ObjectStatusConfirmed, "refuted": ics.ObjectStatusCancelled, "withdrawn": ics.ObjectStatusCancelled,
}

var icsLines = &ics.SerializationConfiguration{MaxLength: 75, PropertyMaxLength: 75, NewLine: string(ics.WithNewLineWindows)}

// occasion is what a calendar shows of a statement, a correction or a case.
type occasion struct {
	ID, URL, Summary, Description string
	On                            vigie.Date
	Status                        ics.ObjectStatus
	Categories                    []string
	Modified                      time.Time
	Sequence                      int
}

func writeCaseCalendar(w io.Writer, c Context, records iter.Seq2[vigie.Record, error]) error {
	return writeCalendar(w, c, feedWords.Incidents, records, func(r vigie.Record) occasion { return c.tellerOfCase(r).occasion() })
}

func writeEventCalendar(w io.Writer, c Context, items iter.Seq2[vigie.Item, error]) error {
	return writeCalendar(w, c, feedWords.Timeline, items, func(item vigie.Item) occasion { return c.event(item).occasion() })
}

func writeLedgerCalendar(w io.Writer, c Context, one Case) error {
	return writeEventCalendar(w, c, each(one.Events))
}

func writeCalendar[N any](w io.Writer, c Context, of vigie.Text, nouns iter.Seq2[N, error], show func(N) occasion) error {
	const end = "END:VCALENDAR\r\n"
	head := strings.TrimSuffix(c.calendar(of).Serialize(ics.WithNewLineWindows), end)
	if _, err := io.WriteString(w, head); err != nil {
		return fmt.Errorf("writing the calendar: %w", err)
	}
	written := 0
	for noun, err := range nouns {
		if err != nil {
			return fmt.Errorf("reading what to write in the calendar: %w", err)
		}
		o := show(noun)
		component := o.component(c)
		if component == nil {
			continue // of no known date: it has no place in a calendar
		}
		if err := component.SerializeTo(w, icsLines); err != nil {
			return fmt.Errorf("writing %s in the calendar: %w", o.ID, err)
		}
		written++
	}
	if written == 0 { // a calendar has at least one component (RFC 5545 §3.6)
		note := ics.NewJournal(vigie.URN("calendar:" + c.Topic))
		note.SetDtStampTime(c.orEpoch(time.Time{}))
		note.SetSummary(icsWords.Nothing.In(c.Lang))
		if err := note.SerializeTo(w, icsLines); err != nil {
			return fmt.Errorf("writing an empty calendar: %w", err)
		}
	}
	if _, err := io.WriteString(w, end); err != nil {
		return fmt.Errorf("writing the calendar: %w", err)
	}
	return nil
}

// calendar is what stands before the events.
func (c Context) calendar(of vigie.Text) *ics.Calendar {
	cal := ics.NewCalendar()
	cal.SetProductId("-//" + c.siteName() + "//Vigie//" + strings.ToUpper(string(c.Lang)))
	cal.SetCalscale("GREGORIAN")
	name := c.siteName() + feedWords.Dash.In(c.Lang) + of.In(c.Lang)
	if c.Words != "" {
		name += feedWords.Colon.In(c.Lang) + c.Words
	}
	name = oneLine(name)
	cal.SetName(name) // NAME of RFC 7986, and X-WR-CALNAME for older programs
	cal.SetDescription(c.origin())
	if c.HTML != "" {
		cal.SetUrl(asciiURI(c.HTML))
	}
	if c.Self != "" {
		cal.CalendarProperties = append(cal.CalendarProperties, ics.CalendarProperty{BaseProperty: ics.BaseProperty{
			IANAToken: "SOURCE", Value: asciiURI(c.Self), ICalParameters: map[string][]string{"VALUE": {"URI"}},
		}})
	}
	cal.SetRefreshInterval("PT6H")
	return cal
}

// component is a VEVENT of whole days when the date is known to the month, a
// VJOURNAL without a day when only the year is, and nothing without a date. A date
// that is less than a day is said in the summary to be so.
func (o occasion) component(c Context) ics.Component {
	if !o.On.Known() {
		return nil
	}
	summary := o.Summary
	precision := map[vigie.Precision]vigie.Text{vigie.Month: icsWords.MonthOnly, vigie.Year: icsWords.YearOnly}[o.On.Precision()].In(c.Lang)
	if precision != "" {
		precision = feedWords.Comma.In(c.Lang) + precision
	}
	if !o.On.Exact() {
		summary += " [" + o.On.In(c.Lang) + precision + "]"
	}
	describe := func(b *ics.ComponentBase) {
		b.SetDtStampTime(o.Modified) // without METHOD, the same as LAST-MODIFIED (RFC 5545 §3.8.7.2)
		b.SetModifiedAt(o.Modified)
		b.SetSequence(o.Sequence)
		b.SetSummary(oneLine(summary))
		b.SetDescription(clean(o.Description))
		b.SetURL(asciiURI(o.URL))
		b.SetClass(ics.ClassificationPublic)
		for _, code := range o.Categories {
			b.AddCategory(oneLine(code))
		}
	}
	if o.On.Precision() == vigie.Year {
		j := ics.NewJournal(vigie.URN(o.ID))
		describe(&j.ComponentBase)
		return j
	}
	e := ics.NewEvent(vigie.URN(o.ID))
	describe(&e.ComponentBase)
	if o.Status != "" {
		e.SetStatus(o.Status)
	}
	e.SetTimeTransparency(ics.TransparencyTransparent)
	first, last := dayTime(o.On.First()), dayTime(o.On.Last())
	e.SetAllDayStartAt(first)
	e.SetAllDayEndAt(last.AddDate(0, 0, 1)) // the day after the last
	return e
}

// dayTime is midnight of a day of the record, which is well formed.
func dayTime(d vigie.Day) time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

// occasion is a case in the calendar, on the days of its first public word.
func (t teller) occasion() occasion {
	evidence, position := t.standing()
	d := told{t: t}
	d.sentence(t.r.Summary.In(t.c.Lang))
	d.labelled(feedWords.Standing, evidence+t.in(feedWords.Semicolon)+position)
	for _, f := range t.derived().Figures {
		d.labelled(feedWords.Figures, t.spoken(f))
	}
	d.lags()
	summary := t.headline()
	if prefix, ok := claimPrefixes[t.now.Word]; ok {
		summary = t.in(prefix) + summary
	}
	return occasion{
		ID: t.r.ID, URL: t.c.IncidentURL(t.r.ID), Summary: summary, Description: asText(d.passages), On: t.r.FirstWord(),
		Status: icsStatus[t.now.Word], Categories: t.codes(), Modified: t.modified(time.Time{}), Sequence: t.derived().Version,
	}
}

// occasion is an event in the calendar: a statement on the day it was said, a
// correction on the day we made it.
func (e event) occasion() occasion {
	o := occasion{
		ID: e.item.ID, URL: e.c.ItemURL(e.item), Summary: e.headline(), On: e.item.On, Categories: append([]string{e.item.Type}, e.codes()...),
		Status: ics.ObjectStatusConfirmed, Modified: e.modified(e.item.Recorded), Sequence: e.derived().Version,
	}
	d := told{t: e.teller}
	switch {
	case e.item.Statement != nil:
		d.statement(&e.s)
		for _, a := range e.s.Acts {
			o.Categories = append(o.Categories, string(a))
		}
		o.Status = e.status()
	case e.item.Correction != nil:
		d.correction(*e.item.Correction)
		o.On = ""
		if !e.item.Recorded.IsZero() {
			o.On = vigie.Date(vigie.DayOf(e.item.Recorded))
		}
	}
	d.lags()
	o.Description = asText(d.passages)
	return o
}

// status is how sure what the statement alleges is. That somebody denied, notified
// or fined is sure; what third parties say stands as the case does, and their
// number is never confirmed by its being so.
func (e event) status() ics.ObjectStatus {
	if !e.isClaim() {
		return ics.ObjectStatusConfirmed
	}
	if status := e.claimStatus(e.s.ID); status != "claimed" || len(e.s.Figures) > 0 {
		return icsStatus[status]
	}
	return icsStatus[e.now.Word]
}

// codes are those that a program filters on.
func (t teller) codes() []string {
	var list []string
	for _, code := range []string{string(t.r.Kind), t.r.Company, t.now.Word} {
		if code != "" {
			list = append(list, code)
		}
	}
	return list
}

// modified is when the case last changed in substance.
func (t teller) modified(otherwise time.Time) time.Time {
	if at := t.derived().Updated; !at.IsZero() {
		return at.UTC()
	}
	return t.c.orEpoch(otherwise)
}

// orEpoch is a time, else that of the newest revision, else the beginning of time:
// formats want a date and no clock is read.
func (c Context) orEpoch(t time.Time) time.Time {
	for _, at := range []time.Time{t, c.Updated} {
		if !at.IsZero() {
			return at.UTC()
		}
	}
	return time.Unix(0, 0).UTC()
}
