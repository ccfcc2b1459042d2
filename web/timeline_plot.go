package web

import (
	"slices"
	"time"

	"vigie"
)

// Plot gathers every event of a timeline for its drawing. Of each it keeps where it is
// and on whose side, some twenty bytes, so that a hundred thousand fit in the memory of
// one page; the events themselves only while they are few enough to be drawn one by one.
type Plot struct {
	Reach    vigie.Reach
	Recorded vigie.Day // of the newest recorded event
	Undated  []vigie.Moment

	asked     vigie.Query
	cases     map[string]bool
	number    map[string]int32 // of a company, in companies
	companies []string
	spots     []spot
	kept      []vigie.Moment // the dated ones, nil when they are too many
	undated   int
	sides     map[vigie.Side]int // of all, the undated too
}

// spot is the place of an event: the days that its date may mean, since 1970.
type spot struct {
	first, last int32
	company     int32
	role        int8 // its place among the roles, none of a correction
	side        int8 // its place among vigie.Sides
	exact       bool // one day, and not about it
}

// How many events are drawn one by one, and how many undated are named.
const (
	marksMost   = 60
	undatedMost = 60
)

// NewPlot is an empty drawing of what a query asks.
func NewPlot(asked vigie.Query) *Plot {
	return &Plot{asked: asked, cases: map[string]bool{}, number: map[string]int32{}, kept: []vigie.Moment{}, sides: map[vigie.Side]int{}}
}

// Add puts in an event. Those of a drawing come in the order of their days.
func (p *Plot) Add(m vigie.Moment) {
	p.cases[m.Incident] = true
	p.sides[m.Side()]++
	p.Recorded = max(p.Recorded, m.Recorded)
	if !m.On.Known() {
		if p.undated++; len(p.Undated) < undatedMost {
			p.Undated = append(p.Undated, m)
		}
		return
	}
	company, known := p.number[m.Company]
	if !known {
		company = int32(len(p.companies))
		p.number[m.Company] = company
		p.companies = append(p.companies, m.Company)
	}
	p.spots = append(p.spots, spot{
		first: dayNumber(timeOf(m.On.First())), last: dayNumber(timeOf(m.On.Last())), company: company,
		role: int8(slices.Index(roles, string(m.Role))), side: int8(slices.Index(vigie.Sides, m.Side())), exact: m.On.Exact(),
	})
	switch {
	case p.kept == nil:
	case len(p.kept) == marksMost:
		p.kept = nil
	default:
		p.kept = append(p.kept, m)
	}
}

var roles = vigie.Codes("role")

func dayNumber(t time.Time) int32 { return int32(t.Unix() / 86400) }

func dayAt(n int32) time.Time { return time.Unix(int64(n)*86400, 0).UTC() }

// Dated is how many events have a day and so a place, Cases how many cases all are of.
func (p *Plot) Dated() int { return len(p.spots) }

// Cases is how many cases the events are of.
func (p *Plot) Cases() int { return len(p.cases) }

// Total is how many events there are, the undated too.
func (p *Plot) Total() int { return len(p.spots) + p.undated }

// UndatedCount is how many have no day of their own, UndatedMore how many of these are
// not named.
func (p *Plot) UndatedCount() int { return p.undated }

// UndatedMore is how many of the undated are not named one by one.
func (p *Plot) UndatedMore() int { return p.undated - len(p.Undated) }

// Corrections is how many of the events are corrections of ours, Said how many are
// statements.
func (p *Plot) Corrections() int { return p.sides[vigie.SideCorrection] }

// Said is how many of the events are statements.
func (p *Plot) Said() int { return p.Total() - p.Corrections() }

// Names are the companies and speakers that the drawing writes out: the page looks
// them up.
func (p *Plot) Names() []string {
	names := map[string]bool{}
	for _, l := range p.lanes() {
		if l.kind == "company" {
			names[l.key] = true
		}
	}
	for _, m := range slices.Concat(p.kept, p.Undated) {
		names[m.Company] = true
		if m.By != "" {
			names[m.By] = true
		}
	}
	return sortedNames(names)
}

func sortedNames(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// span is the days that are drawn, and the unit that they are counted in: those that
// the query asks, and where it leaves them open those of the events, as whole units.
func (p *Plot) span() (stretch, unit, bool) {
	var s stretch
	for i, at := range p.spots {
		first, last := dayAt(at.first), dayAt(at.last)
		if i == 0 {
			s = stretch{first, last}
		}
		if first.Before(s.from) {
			s.from = first
		}
		if last.After(s.to) {
			s.to = last
		}
	}
	if p.asked.After != "" {
		s.from = timeOf(p.asked.After.First())
	}
	if p.asked.Before != "" {
		s.to = timeOf(p.asked.Before.Last())
	}
	if len(p.spots) == 0 || s.to.Before(s.from) {
		return s, aDay, false
	}
	u := fitting(s)
	whole := s.widened(max(u, aWeek))
	if month := aMonth.around(s.from); !month.to.Before(s.to) { // a month at least, when all is in one
		whole = month
	}
	if p.asked.After == "" {
		s.from = whole.from
	}
	if p.asked.Before == "" {
		s.to = whole.to
	}
	return s, u, true
}

// fitting is the finest unit of which a stretch has no more than a drawing can hold.
func fitting(s stretch) unit {
	for _, x := range []struct {
		days int
		unit unit
	}{{45, aDay}, {150, aWeek}, {4 * 366, aMonth}, {12 * 366, aQuarter}, {60 * 366, aYear}} {
		if s.days() <= x.days {
			return x.unit
		}
	}
	return aDecade
}
