package web

import (
	"slices"

	"vigie"
)

// What the page of a case shows of its record, beyond the fields themselves. Nothing
// here judges: the standing and its reasons come from the root.

// standing is that of the record shown.
func (p Incident) standing() vigie.Standing { return standingOf(p.Record) }

func standingOf(r vigie.Record) vigie.Standing {
	if r.Derived == nil {
		return vigie.Standing{Position: vigie.NoStatement}
	}
	return r.Derived.Standing
}

// Because are the reasons of one axis: the rules that begin with its letter.
func (p Incident) Because(axis string) []vigie.Because {
	var out []vigie.Because
	for _, b := range p.standing().Because {
		if b.Rule != "" && b.Rule[:1] == axis {
			out = append(out, b)
		}
	}
	return out
}

// Since is the date that an axis has its value from, and what was said then.
type Since struct {
	On        vigie.Date
	Statement string // its id, "" when none of those that decide has that date
}

// Since is as precise as the statement that decided the axis: a day of the standing that
// only ends a month is given as that month.
func (p Incident) Since(axis string) Since {
	s := p.standing()
	day := map[string]vigie.Day{"E": s.Since.Evidence, "P": s.Since.Position}[axis]
	for _, b := range p.Because(axis) {
		for _, id := range b.Statements {
			said, ok := p.Record.Statement(id)
			if !ok {
				continue
			}
			for _, d := range []vigie.Date{said.Public, said.On} {
				if d.Known() && d.Last() == day {
					return Since{d, id}
				}
			}
		}
	}
	for _, said := range p.Ledger() { // a position may rest on a later word that says the same
		if axis == "P" && day != "" && said.By.Role == vigie.Respondent && said.On.Last() == day {
			return Since{said.On, said.ID}
		}
	}
	return Since{On: vigie.Date(day)}
}

// Unsaid lists, by the keys of their words, what no statement known to Vigie says. It
// never says that somebody is silent: only that Vigie knows no word of it.
func (p Incident) Unsaid() []string {
	in := &p.Record.Incident
	some := func(is func(*vigie.Statement) bool) bool {
		return slices.ContainsFunc(in.Statements, func(s vigie.Statement) bool { return is(&s) })
	}
	company := func(s *vigie.Statement) bool { return s.By.Role == vigie.Respondent && !p.Glimpsed(*s) }
	var out []string
	for _, x := range []struct {
		key  string
		said bool
	}{
		{"unsaid.company", some(company)},
		{"unsaid.company-figure", !some(company) || some(func(s *vigie.Statement) bool { return company(s) && len(s.Figures) > 0 })},
		{"unsaid.figure", some(func(s *vigie.Statement) bool { return len(s.Figures) > 0 })},
		{"unsaid.occurred", in.Occurred.Known()},
		{"unsaid.discovered", in.Discovered.Known()},
		{"unsaid.vector", some(func(s *vigie.Statement) bool { return !s.Vector.IsZero() })},
		{"unsaid.data", some(func(s *vigie.Statement) bool { return len(s.Data)+len(s.NotData) > 0 })},
		{"unsaid.checked", some(func(s *vigie.Statement) bool { return s.Does(vigie.Corroborates, vigie.Refutes) })},
		{"unsaid.official", some(func(s *vigie.Statement) bool { return s.By.Role.Official() })},
	} {
		if !x.said {
			out = append(out, x.key)
		}
	}
	return out
}

// Shown is the version that the page shows: the one asked for, or the current one.
func (p Incident) Shown() int {
	if p.Version > 0 || p.Record.Derived == nil {
		return p.Version
	}
	return p.Record.Derived.Version
}

// Said finds a statement of the case, nil when it has none of that id.
func (p Incident) Said(id string) *vigie.Statement {
	s, _ := p.Record.Statement(id)
	return s
}

// Corrections are what Vigie corrected in the case, the latest first.
func (p Incident) Corrections() []vigie.Item {
	out := slices.DeleteFunc(slices.Clone(p.Events), func(i vigie.Item) bool { return i.Correction == nil })
	slices.SortStableFunc(out, func(a, b vigie.Item) int { return b.Recorded.Compare(a.Recorded) })
	return out
}

// Lags are the intervals between the events of the case.
func (p Incident) Lags() []vigie.Lag {
	if p.Record.Derived == nil {
		return nil
	}
	return p.Record.Derived.Lags
}

// Old tells whether a version other than the current one was asked for.
func (p Incident) Old() bool {
	return p.Version > 0 && len(p.History) > 0 && p.Version != p.History[len(p.History)-1].Version
}
