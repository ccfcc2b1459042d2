package web

import (
	"slices"

	"vigie"
)

// A mark is pressed, so it is as wide and as high as a finger needs; more rows than
// these in a lane, and the events are counted instead.
const (
	markSize = 24
	markRows = 8
)

// Mark is one event: a point on its day, or a bar over the days that its date may mean.
type Mark struct {
	vigie.Moment
	Lane  int
	X, W  across // W is 0 for a point, which is at X
	Y     px     // its middle
	Exact bool   // one day, and not about it
	Shape bool   // a bar that is long enough to hold the shape of its side
	Href  string
}

// Mid is its middle.
func (m Mark) Mid() across { return m.X + m.W/2 }

// Left is where what one presses begins, Wide how wide it is.
func (m Mark) Left() across { return m.Mid() - max(m.W, pointWide)/2 }

// Wide is how wide what one presses is.
func (m Mark) Wide() across { return max(m.W, pointWide) }

// pointWide is a point's width when the drawing is narrow.
const pointWide = across(markSize * 100.0 / narrowest)

// barLeast is how narrow a bar may be and still be seen as one.
const barLeast = across(14 * 100.0 / narrowest)

// mark places each event by itself; false when they are too many, or too close.
func (p Timeline) mark(d *Chronology, g grid) bool {
	if p.Plot.kept == nil {
		return false
	}
	lane := p.Plot.laneOf(p.Plot.lanes())
	at := g.scale()
	ends := make([][]across, len(d.Lanes)) // of each row, where its last mark ends
	marks := make([]Mark, len(p.Plot.kept))
	rows := make([]int, len(marks))
	for i, m := range p.Plot.kept {
		s := p.Plot.spots[i]
		from, to := across(at.Start(vigie.DayOf(dayAt(s.first)))), across(at.End(vigie.DayOf(dayAt(s.last))))
		mark := Mark{Moment: m, Lane: lane(s), X: from, W: max(to-from, barLeast), Exact: s.exact}
		if s.first == s.last {
			mark.X, mark.W = from+(to-from)/2, 0
		}
		mark.Shape = mark.W >= pointWide
		mark.fit()
		mark.Href = PagePath(p.Lang, StatementPath(m.Incident, m.Statement))
		if m.Type == vigie.ItemCorrection {
			mark.Href = PagePath(p.Lang, HistoryPath(m.Incident))
		}
		left := mark.Left()
		row := slices.IndexFunc(ends[mark.Lane], func(end across) bool { return end <= left+0.001 })
		if row < 0 {
			row = len(ends[mark.Lane])
			ends[mark.Lane] = append(ends[mark.Lane], 0)
		}
		if row == markRows {
			return false
		}
		ends[mark.Lane][row], rows[i], marks[i] = left+mark.Wide(), row, mark
	}
	y := d.Axis() + laneGap
	for l := range d.Lanes {
		at := &d.Lanes[l]
		at.Top = y
		at.Base = y + laneLabel + px(len(ends[l])*markSize)
		at.End = at.Base
		y = at.End + laneGap
	}
	d.Height, d.Total = y, len(marks)
	for i, m := range marks {
		m.Y = d.Lanes[m.Lane].Top + laneLabel + px(rows[i]*markSize) + markSize/2
		c := &d.Columns[g.column(p.Plot.spots[i].first)]
		c.Marks = append(c.Marks, m)
	}
	return true
}

// fit keeps a mark at the end of the drawing within it.
func (m *Mark) fit() {
	half := m.Wide() / 2
	switch mid := m.Mid(); {
	case mid < half:
		m.X += half - mid
	case mid > 100-half:
		m.X -= mid - (100 - half)
	}
}
