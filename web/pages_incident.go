package web

import (
	"cmp"
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

// Each side at the top of the page has at most sideMost statements, the ones that
// decide, and is filled up to sideLeast; the ledger below has them all.
const sideMost, sideLeast = 3, 2

// Claims are the statements to set against the answer: those the evidence rests on,
// the one with the figure of record, and the first, in the order they were said.
func (p Incident) Claims() []vigie.Statement {
	wanted := because(p.Because("E"))
	for _, f := range p.Figures() {
		if f.OfRecord {
			wanted = append(wanted, f.Statement)
		}
	}
	for _, s := range p.First() {
		wanted = append(wanted, s.ID)
	}
	return p.side(func(s *vigie.Statement) bool { return s.By.Role != vigie.Respondent }, wanted, p.Ledger())
}

// Answers are the company's own statements: those its position rests on, the one that
// first took it, then its latest.
func (p Incident) Answers() []vigie.Statement {
	wanted := because(p.Because("P"))
	for _, s := range p.Record.Statements {
		if day := p.standing().Since.Position; day != "" && s.On.Last() == day {
			wanted = append(wanted, s.ID)
		}
	}
	latest := p.Ledger()
	slices.Reverse(latest)
	return p.side(func(s *vigie.Statement) bool { return s.By.Role == vigie.Respondent }, wanted, latest)
}

func because(list []vigie.Because) (ids []string) {
	for _, b := range list {
		ids = append(ids, b.Statements...)
	}
	return ids
}

func (p Incident) side(of func(*vigie.Statement) bool, wanted []string, rest []vigie.Statement) []vigie.Statement {
	var out []vigie.Statement
	add := func(s *vigie.Statement, most int) {
		known := slices.ContainsFunc(out, func(x vigie.Statement) bool { return x.ID == s.ID })
		if of(s) && !known && len(out) < most {
			out = append(out, *s)
		}
	}
	for _, id := range wanted {
		if s, ok := p.Record.Statement(id); ok {
			add(s, sideMost)
		}
	}
	for i := range rest {
		add(&rest[i], sideLeast)
	}
	slices.SortStableFunc(out, bySaid)
	return out
}

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

// First are the statements that may have been the first, one a speaker: none is dated
// surely before them, and they answer nobody. Those dated to the month or the year only
// are left aside when a day is known, and FirstUnsure then says so.
func (p Incident) First() []vigie.Statement {
	sure, _ := p.first()
	return sure
}

// FirstUnsure tells whether a statement of a vaguer date may have come before.
func (p Incident) FirstUnsure() bool {
	_, vaguer := p.first()
	return vaguer
}

func (p Incident) first() (out []vigie.Statement, vaguer bool) {
	candidates := slices.DeleteFunc(p.Ledger(), func(s vigie.Statement) bool { return !s.On.Known() || len(s.Answers) > 0 || p.Glimpsed(s) })
	if len(candidates) == 0 {
		return nil, false
	}
	earliest := candidates[0].On // in the order of the last possible day
	for _, s := range candidates {
		switch {
		case s.On.First() > earliest.Last():
		case s.On.Precision() < earliest.Precision():
			vaguer = true
		case !slices.ContainsFunc(out, func(x vigie.Statement) bool { return x.By == s.By }):
			out = append(out, s)
		}
	}
	return out, vaguer
}

// Since is the date that an axis has its value from, as precise as the statement that
// decided it: a day of the standing that only ends a month is given as that month.
func (p Incident) Since(axis string) vigie.Date {
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
					return d
				}
			}
		}
	}
	return vigie.Date(day)
}

// Figures are each speaker's, the figure of record first.
func (p Incident) Figures() []vigie.SpokenFigure {
	if p.Record.Derived == nil {
		return nil
	}
	return p.Record.Derived.Figures
}

// DataSaid is a kind of data and the statements that say it was exposed, or was not.
type DataSaid struct {
	Code       string
	Statements []string
}

// Exposed are the kinds of data said to be exposed, Spared those said not to be, in
// the order of the vocabulary. One may be in both: speakers differ.
func (p Incident) Exposed() []DataSaid {
	return p.data(func(s *vigie.Statement) []string { return s.Data })
}

// Spared are the kinds of data said not to be exposed.
func (p Incident) Spared() []DataSaid {
	return p.data(func(s *vigie.Statement) []string { return s.NotData })
}

func (p Incident) data(of func(*vigie.Statement) []string) []DataSaid {
	var out []DataSaid
	for i := range p.Record.Statements {
		s := &p.Record.Statements[i]
		for _, code := range of(s) {
			at := slices.IndexFunc(out, func(d DataSaid) bool { return d.Code == code })
			if at < 0 {
				out = append(out, DataSaid{Code: code})
				at = len(out) - 1
			}
			out[at].Statements = append(out[at].Statements, s.ID)
		}
	}
	order := vigie.Codes("data")
	slices.SortStableFunc(out, func(a, b DataSaid) int {
		return cmp.Compare(slices.Index(order, a.Code), slices.Index(order, b.Code))
	})
	return out
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

// CompanyCounts tells whether the company gave a figure.
func (p Incident) CompanyCounts() bool {
	return slices.ContainsFunc(p.Figures(), func(f vigie.SpokenFigure) bool { return f.By.Role == vigie.Respondent })
}

// Event is a statement of the case with what is known of its day.
func (p Incident) Event(s vigie.Statement) vigie.Item { return p.Record.Event(&s) }

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
