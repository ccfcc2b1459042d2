package web

import (
	"cmp"
	"slices"
	"strconv"

	"vigie"
)

// highest is the height of the fullest cell; lowest that of a part with one event.
const (
	highest   px = 72
	lowest    px = 2
	countRoom px = 16 // room for a count above a cell
	barRow    px = 24
	barRows      = 3 // dates less precise than a column have so many rows at most
)

// Bar is the events of a lane whose dates are wider than a column: some day in it.
type Bar struct {
	X, W    across
	Y       px
	Lane    int
	Stretch stretch
	Href    string
	Count   int
	Said    int
	Written bool // its count fits in it

	from, to int // columns
	row      int
	sides    map[int8]int
}

// Mid is the middle of the bar.
func (b Bar) Mid() across { return b.X + b.W/2 }

// Corrections is how many of its events are corrections.
func (b Bar) Corrections() int { return b.Count - b.Said }

// Side is whose events are in the bar, "" when several.
func (b Bar) Side() vigie.Side {
	if len(b.sides) != 1 {
		return ""
	}
	for s := range b.sides {
		return vigie.Sides[s]
	}
	return ""
}

// stack counts the events by lane and column. Heights are of one scale in all lanes.
func (p Timeline) stack(d *Chronology, g grid) {
	type cell struct {
		sides [4]int
		n     int
	}
	cells := make([][]cell, len(d.Lanes))
	wide := make([]map[[2]int]*Bar, len(d.Lanes))
	for i := range cells {
		cells[i], wide[i] = make([]cell, len(d.Columns)), map[[2]int]*Bar{}
	}
	lane := p.Plot.laneOf(p.Plot.lanes())
	for _, s := range p.Plot.spots {
		l := lane(s)
		from, to := g.columns(s)
		d.Total++
		if from == to {
			cells[l][from].sides[s.side]++
			cells[l][from].n++
			continue
		}
		b, known := wide[l][[2]int{from, to}]
		if !known {
			b = &Bar{Lane: l, from: from, to: to, sides: map[int8]int{}}
			wide[l][[2]int{from, to}] = b
		}
		b.add(s)
	}
	fullest := 1
	for _, row := range cells {
		for _, c := range row {
			fullest = max(fullest, c.n)
		}
	}
	y := d.Axis() + laneGap
	for l := range d.Lanes {
		most := 0
		for _, c := range cells[l] {
			most = max(most, c.n)
		}
		at := &d.Lanes[l]
		at.Top = y
		at.Base = y + laneLabel
		if most > 0 {
			at.Base += countRoom + max(highest*px(most)/px(fullest), 4*lowest)
		}
		bars, rows := inRows(wide[l])
		for _, b := range bars {
			b.place(d, p, at.Base+4)
			d.Bars = append(d.Bars, *b)
		}
		at.End = at.Base + px(rows)*barRow
		if rows > 0 {
			at.End += 4
		}
		y = at.End + laneGap
		for i, c := range cells[l] {
			if c.n > 0 {
				d.Columns[i].put(l, at.Base, c.sides, c.n, fullest)
			}
		}
	}
	d.Height = y
	slices.SortStableFunc(d.Bars, func(a, b Bar) int { return cmp.Compare(a.from, b.from) })
}

// put stacks the parts of a cell on its line.
func (c *Column) put(lane int, base px, sides [4]int, n, fullest int) {
	cell := Cell{Lane: lane, Count: n, Corrections: sides[3], Said: n - sides[3], Top: base}
	for i, count := range sides {
		if count > 0 {
			h := max(highest*px(count)/px(fullest), lowest)
			cell.Top -= h
			cell.Parts = append(cell.Parts, Part{vigie.Sides[i], count, cell.Top, h})
		}
	}
	digits := 8*len(strconv.Itoa(n)) + 4
	cell.Written = float64(c.W)*widest/100 >= float64(digits)
	cell.Minor = float64(c.W)*narrowest/100 < float64(digits)
	c.Said += cell.Said
	c.Corrections += cell.Corrections
	c.Cells = append(c.Cells, cell)
}

func (b *Bar) add(s spot) {
	b.Count++
	b.sides[s.side]++
	if vigie.Sides[s.side] != vigie.SideCorrection {
		b.Said++
	}
}

func (b *Bar) place(d *Chronology, p Timeline, y px) {
	first, last := d.Columns[b.from], d.Columns[min(b.to, len(d.Columns)-1)]
	b.X, b.W, b.Y = first.X, last.X+last.W-first.X, y+px(b.row)*barRow
	b.Stretch = stretch{first.Stretch.from, last.Stretch.to}
	if b.Stretch != d.Span {
		b.Href = p.narrowed(b.Stretch)
	}
	b.Written = float64(b.W)*narrowest/100 >= float64(8*len(strconv.Itoa(b.Count))+12)
}

// inRows gives the bars of a lane rows in which they do not touch. Those for which
// there is no more room join the one in their way: some day in either.
func inRows(of map[[2]int]*Bar) (out []*Bar, rows int) {
	var all []*Bar
	for _, b := range of {
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b *Bar) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var last [barRows]*Bar
	for _, b := range all {
		row := slices.IndexFunc(last[:], func(l *Bar) bool { return l == nil || l.to < b.from })
		if row < 0 {
			into := last[barRows-1]
			into.to = max(into.to, b.to)
			into.Count += b.Count
			into.Said += b.Said
			for side, n := range b.sides {
				into.sides[side] += n
			}
			continue
		}
		b.row, last[row], rows = row, b, max(rows, row+1)
		out = append(out, b)
	}
	return out, rows
}
