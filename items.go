package vigie

import (
	"slices"
	"strings"
)

// How the day of an event is known (rule C1).
const (
	BasisSaid      = "said"      // the statement says when it was made: its on
	BasisPublic    = "public"    // it does not, but says when the public could know it
	BasisPublished = "published" // neither: the earliest exact publication of its sources
)

// CaseBrief is what an event carries of its case, so that one who reads a
// timeline alone sees whom it is about and how long people waited. Lags are those
// of the case: one without Max has no known end, as of Checked.
type CaseBrief struct {
	Headline Text   `json:"headline"`
	Company  string `json:"company"` // id
	Checked  Date   `json:"checked,omitempty"`
	Lags     []Lag  `json:"lags,omitempty"`
}

// Tell fills in what follows from the event and from its Case: how precisely its
// day is known and on what, and the case in brief.
func (it *Item) Tell() {
	it.Precision = it.On.Grain()
	if it.Case == nil {
		return
	}
	if s := it.Statement; s != nil {
		it.Known = it.Case.KnownOn(s)
		switch {
		case s.On.Known():
			it.Basis = BasisSaid
		case s.Public.Known():
			it.Basis = BasisPublic
		case it.Known != "":
			it.Basis = BasisPublished
		}
	}
	brief := CaseBrief{Company: it.Case.Company, Checked: it.Case.Checked}
	if d := it.Case.Derived; d != nil {
		brief.Headline, brief.Lags = d.Headline, d.Lags
	}
	it.Brief = &brief
}

// Day is the day that places the event among others: that the public could know of
// a statement, that we made a correction. An undated statement has none.
func (it *Item) Day() Day {
	if it.Correction != nil && !it.Recorded.IsZero() {
		return DayOf(it.Recorded)
	}
	return it.Known
}

// InOrder puts the events of a case in order, the undated last. Of one day, the
// order in which they come is kept.
func InOrder(events []Item) {
	slices.SortStableFunc(events, func(a, b Item) int {
		x, y := a.Day(), b.Day()
		if (x == "") != (y == "") {
			return strings.Compare(string(y), string(x))
		}
		return strings.Compare(string(x), string(y))
	})
}

// Grain is the precision of a date as formats write it: year, month, day, or
// interval when it is some time between two. An unknown date has none.
func (d Date) Grain() string {
	switch {
	case !d.Known():
		return ""
	case strings.Contains(string(d), "/"):
		return "interval"
	}
	return map[Precision]string{Year: "year", Month: "month", DayPrecision: "day"}[d.Precision()]
}

// InOrder is the statements of a case in the order that they were known (rule C1),
// the undated last.
func (in *Incident) InOrder() []*Statement {
	type known struct {
		s  *Statement
		on Day
	}
	list := make([]known, len(in.Statements))
	for i := range in.Statements {
		s := &in.Statements[i]
		list[i] = known{s, in.KnownOn(s)}
	}
	slices.SortStableFunc(list, func(a, b known) int {
		if (a.on == "") != (b.on == "") {
			return strings.Compare(string(b.on), string(a.on))
		}
		return strings.Compare(string(a.on), string(b.on))
	})
	out := make([]*Statement, len(list))
	for i := range list {
		out[i] = list[i].s
	}
	return out
}

// Event is a statement of the case as an event of its timeline. When we recorded
// it is not known here.
func (r *Record) Event(s *Statement) Item {
	item := Item{ID: s.FullID(r.ID), Incident: r.ID, Type: ItemStatement, On: s.On, Statement: s, Standing: r.Move(s.ID), Case: r}
	item.Tell()
	return item
}

// Ledger is the statements of the case as events, in order.
func (r *Record) Ledger() []Item {
	var items []Item
	for _, s := range r.InOrder() {
		items = append(items, r.Event(s))
	}
	return items
}
