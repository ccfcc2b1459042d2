package web

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
)

// bySaid orders statements by the last day they may have been said, which is when rule
// C1 knows them, then by the first; undated ones come last.
func bySaid(a, b vigie.Statement) int {
	return cmp.Or(cmp.Compare(orLast(a.On.Last()), orLast(b.On.Last())), cmp.Compare(orLast(a.On.First()), orLast(b.On.First())))
}

func orLast(d vigie.Day) vigie.Day { return cmp.Or(d, "9999-12-31") }

// Ledger is the statements in the order they were said.
func (p Incident) Ledger() []vigie.Statement {
	out := slices.Clone(p.Record.Statements)
	slices.SortStableFunc(out, bySaid)
	return out
}

// Entry is a statement of the ledger and how long it came after the one above it.
type Entry struct {
	vigie.Statement
	Gap *vigie.Lag // nil for the first, and where the dates tell nothing
}

// Entries are the dated statements in order, each with the time since the one before.
func (p Incident) Entries() []Entry {
	var out []Entry
	for _, s := range p.Ledger() {
		if !s.On.Known() {
			break // and so are those that follow
		}
		e := Entry{Statement: s}
		if n := len(out); n > 0 {
			e.Gap = gap(out[n-1].On, s.On)
		}
		out = append(out, e)
	}
	return out
}

// Undated are the statements of which no source says the day.
func (p Incident) Undated() []Entry {
	var out []Entry
	for _, s := range p.Ledger() {
		if !s.On.Known() {
			out = append(out, Entry{Statement: s})
		}
	}
	return out
}

// gap is the time from one date to another that is not surely before it, in days and as
// an interval. Without Min their order is not sure, and Max is how far apart they may be.
// Of a date that is only "about" one, nothing is counted.
func gap(from, to vigie.Date) *vigie.Lag {
	if about(from) || about(to) {
		return nil
	}
	longest := from.First().Until(to.Last())
	lag := &vigie.Lag{Max: &longest}
	if shortest := from.Last().Until(to.First()); shortest >= 0 {
		lag.Min = &shortest
	} else {
		longest = max(longest, to.First().Until(from.Last()))
	}
	return lag
}

func about(d vigie.Date) bool { return strings.Contains(string(d), "~") }

// Gap says the time between two entries of the ledger: "3 days later", "the same day",
// "between 1 and 30 days later".
func (w *Words) Gap(l vigie.Lag) (string, error) {
	switch {
	case l.Max == nil:
		return "", nil
	case l.Min == nil:
		return w.Count("case.gap.either", *l.Max)
	case *l.Max == 0:
		return w.Say("case.gap.same-day")
	case *l.Min == *l.Max:
		return w.Count("case.gap.days", *l.Max)
	case *l.Min == 0:
		return w.Count("case.gap.most", *l.Max)
	}
	return w.Count("case.gap.between", *l.Max, w.Number(int64(*l.Min)))
}

// Glimpsed tells whether a statement is known only from headlines or addresses: it is
// shown, and moves nothing (rule C3).
func (p Incident) Glimpsed(s vigie.Statement) bool {
	for _, id := range s.Sources {
		if src, ok := p.Record.Source(id); !ok || (src.Seen != vigie.SeenHeadline && src.Seen != vigie.SeenAddress) {
			return false
		}
	}
	return len(s.Sources) > 0
}

// TakenBack is the statement by which the speaker withdrew this one, if it did.
func (p Incident) TakenBack(id string) string {
	for _, s := range p.Record.Statements {
		if slices.Contains(s.Withdraws, id) {
			return s.ID
		}
	}
	return ""
}

// SourcesOf are the sources of a statement.
func (p Incident) SourcesOf(s vigie.Statement) []vigie.Source {
	var out []vigie.Source
	for _, id := range s.Sources {
		if src, ok := p.Record.Source(id); ok {
			out = append(out, *src)
		}
	}
	return out
}

// Event is a statement of the case with what is known of its day.
func (p Incident) Event(s vigie.Statement) vigie.Item { return p.Record.Event(&s) }
