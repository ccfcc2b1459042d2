package web

import (
	"slices"

	"vigie"
)

// across is a place or a length in hundredths of the width of the drawing: that is as
// wide as its page, and only its heights are in pixels, so that text is never scaled.
type across px

// String writes it as SVG does: 12.3%.
func (a across) String() string { return px(a).String() + "%" }

// The drawing at its widest and its narrowest, in pixels: what is written must fit.
// Narrower, it scrolls in its own box.
const (
	widest, narrowest = 1000, 640
	axisRow           = 24 // one presses it
	laneLabel         = 22
	laneGap           = 10
)

// Chronology is a timeline as places: marks while the events are few, else columns.
type Chronology struct {
	Height  px
	Unit    unit
	Single  bool // one mark an event
	Lanes   []DrawnLane
	Coarse  []Period // the larger units above the columns
	Columns []Column
	Bars    []Bar // dates that no column holds
	Span    stretch
	Total   int // of all columns and bars
}

// DrawnLane is a lane, its words and its place.
type DrawnLane struct {
	Kind, Key string
	Others    int // of the lane of the others, how many companies
	Count     int
	Href      string // the same query of that company; "" for none
	Top, Base px     // Base is the line that columns stand on
	End       px
}

// Label is where the name of the lane is written.
func (l DrawnLane) Label() px { return l.Top + 15 }

// Period is a part of the axis: how many events are in it, and the address that
// narrows to it ("" when there are none, or when nothing else is shown).
type Period struct {
	X, W    across
	Stretch stretch
	Count   int
	Href    string
	Name    string // the end of the key of what is written: year, month…; "" for nothing
	Minor   bool   // not written when the drawing is narrow
}

// Mid is its middle.
func (p Period) Mid() across { return p.X + p.W/2 }

// Column is one unit of time: its counts, a cell a lane, or the marks that begin in it.
type Column struct {
	Period
	Said, Corrections int
	Cells             []Cell
	Marks             []Mark
}

// Cell is the events of a lane in a column, in parts by side.
type Cell struct {
	Lane              int
	Count             int
	Said, Corrections int
	Top               px
	Parts             []Part
	Written           bool // the count fits above it
	Minor             bool // but not when the drawing is narrow
}

// Label is where the count of the cell is written.
func (c Cell) Label() px { return c.Top - 4 }

// Part is the events of one side in a cell.
type Part struct {
	Side  vigie.Side
	Count int
	Y, H  px
}

// grid is the units that a drawing is parted in.
type grid struct {
	span  stretch
	unit  unit
	cuts  []int32 // the first day of each column
	parts []stretch
}

func newGrid(span stretch, u unit) grid {
	g := grid{span: span, unit: u, parts: span.parts(u)}
	for _, part := range g.parts {
		g.cuts = append(g.cuts, dayNumber(part.from))
	}
	return g
}

// column is the column that a day is in; a day outside is in the nearest.
func (g grid) column(day int32) int {
	i, found := slices.BinarySearch(g.cuts, day)
	if !found {
		i--
	}
	return min(max(i, 0), len(g.cuts)-1)
}

// columns are the first and the last that an event may be in; one that may be later
// than the whole drawing ends after the last.
func (g grid) columns(s spot) (from, to int) {
	from, to = g.column(s.first), g.column(s.last)
	if s.last > dayNumber(g.span.to) {
		to++
	}
	return from, to
}

// scale places days on the width of the drawing.
func (g grid) scale() days {
	return days{From: vigie.DayOf(g.span.from), To: vigie.DayOf(g.span.to), x1: 100}
}

func (g grid) period(s stretch) Period {
	at := g.scale()
	x := across(at.Start(vigie.DayOf(s.from)))
	return Period{X: x, W: across(at.End(vigie.DayOf(s.to))) - x, Stretch: s}
}

// Drawn is the drawing of the timeline; nil when nothing has a day.
func (p Timeline) Drawn() *Chronology {
	if p.Plot == nil {
		return nil
	}
	span, u, some := p.Plot.span()
	if !some {
		return nil
	}
	g := newGrid(span, u)
	d := &Chronology{Unit: u, Span: span}
	for _, l := range p.Plot.lanes() {
		drawn := DrawnLane{Kind: l.kind, Key: l.key, Others: l.others, Count: l.count}
		if l.kind == "company" {
			drawn.Href = p.about(l.key)
		}
		d.Lanes = append(d.Lanes, drawn)
	}
	p.axis(d, g)
	if d.Single = p.mark(d, g); !d.Single {
		p.stack(d, g)
	}
	return d
}

// axis makes the columns and the larger units above them, and counts the events that
// each of them holds: one dated to the year is in no month.
func (p Timeline) axis(d *Chronology, g grid) {
	counts := g.holds(p.Plot.spots)
	step, narrow := labelSteps(g.unit, len(g.parts))
	for i, part := range g.parts {
		c := Column{Period: g.period(part)}
		if c.Count = counts[i]; c.Count > 0 && part != g.span {
			c.Href = p.narrowed(part)
		}
		if n := ordinal(g.unit, part, i); n%step == 0 {
			c.Name, c.Minor = g.unit.String(), n%narrow != 0
		}
		d.Columns = append(d.Columns, c)
	}
	coarser, some := map[unit]unit{aDay: aMonth, aWeek: aMonth, aMonth: aYear, aQuarter: aYear, aYear: aDecade}[g.unit]
	if !some {
		return
	}
	larger := newGrid(g.span, coarser)
	counts = larger.holds(p.Plot.spots)
	for i, part := range larger.parts {
		c := g.period(part)
		c.Stretch = p.whole(part, coarser)
		if c.Count = counts[i]; c.Count > 0 && len(larger.parts) > 1 {
			c.Href = p.narrowed(c.Stretch)
		}
		if need := float64(coarseWidths[coarser]); float64(c.W)*widest/100 >= need {
			c.Name, c.Minor = coarser.String(), float64(c.W)*narrowest/100 < need
		}
		d.Coarse = append(d.Coarse, c)
	}
}

// whole is the unit that a part of the drawing is cut from, unless the query cut it: the
// 2000s, of which nothing is drawn before 2007 because there is nothing.
func (p Timeline) whole(part stretch, u unit) stretch {
	whole := u.around(part.from)
	if p.Asked.After == "" {
		part.from = whole.from
	}
	if p.Asked.Before == "" {
		part.to = whole.to
	}
	return part
}

// holds counts the events that are in one column of the grid for sure.
func (g grid) holds(spots []spot) []int {
	counts := make([]int, len(g.parts))
	for _, s := range spots {
		if from, to := g.columns(s); from == to {
			counts[from]++
		}
	}
	return counts
}

// How wide the words of a unit are, in pixels, with their air; and those of a larger
// unit above them.
var (
	labelWidths  = map[unit]int{aDay: 24, aWeek: 64, aMonth: 44, aQuarter: 28, aYear: 38, aDecade: 96}
	coarseWidths = map[unit]int{aMonth: 116, aYear: 38, aDecade: 96}
)

// rounds are the distances that look even on an axis of the unit.
var rounds = map[unit][]int{aDay: {1, 2, 5, 10}, aMonth: {1, 3, 6, 12}, aQuarter: {1, 2, 4}, aYear: {1, 2, 5, 10}, aWeek: {1, 2, 4}, aDecade: {1, 2, 5}}

// labelSteps are every how many columns one is named, at the widest and at the
// narrowest.
func labelSteps(u unit, columns int) (wide, narrow int) {
	fit := func(width int) int {
		for _, n := range rounds[u] {
			if n*width/columns >= labelWidths[u] {
				return n
			}
		}
		return rounds[u][len(rounds[u])-1]
	}
	return fit(widest), fit(narrowest)
}

// ordinal is the number by which a column is named or passed over: years by their own,
// months and quarters from January, days from the first.
func ordinal(u unit, s stretch, i int) int {
	switch u {
	case aYear:
		return s.from.Year()
	case aMonth:
		return int(s.from.Month()) - 1
	case aQuarter:
		return (int(s.from.Month()) - 1) / 3
	case aDay:
		return s.from.Day() - 1
	}
	return i
}

// Axis is how high the axis is.
func (d *Chronology) Axis() px {
	if len(d.Coarse) == 0 {
		return axisRow
	}
	return 2 * axisRow
}

// Fine is where the row of the columns begins.
func (d *Chronology) Fine() px { return d.Axis() - axisRow }

// Body is how high it is under the row of the larger units.
func (d *Chronology) Body() px { return d.Height - d.Fine() }

// Most is the column with the most events; nil when there is no one such.
func (d *Chronology) Most() *Column {
	var most *Column
	alone := false
	for i := range d.Columns {
		switch c := &d.Columns[i]; {
		case c.Count == 0:
		case most == nil || c.Count > most.Count:
			most, alone = c, true
		case c.Count == most.Count:
			alone = false
		}
	}
	if most == nil || !alone || most.Count < 3 || len(d.Columns) < 2 {
		return nil
	}
	return most
}

// PartX is where the parts of a cell begin: a little air is left between columns.
func (c Column) PartX() across { return c.X + c.W*.1 }

// PartW is how wide they are.
func (c Column) PartW() across { return c.W * .8 }

// Month, Quarter and Day are what the axis writes of a period.
func (p Period) Month() int { return int(p.Stretch.from.Month()) }

// Quarter is 1 to 4.
func (p Period) Quarter() int { return (p.Month()-1)/3 + 1 }

// Day is the first day, of its month.
func (p Period) Day() int { return p.Stretch.from.Day() }
