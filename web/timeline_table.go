package web

import (
	"slices"

	"vigie"
)

// Twin is the drawing as a table: a row for each period that has events, with the same
// numbers, by side and by lane.
type Twin struct {
	Sides []vigie.Side // those that some event is of; none when the lanes tell them apart
	Lanes []DrawnLane
	Rows  []TwinRow
	Sum   TwinRow
}

// TwinRow is the counts of a period.
type TwinRow struct {
	Stretch stretch
	Wide    bool // some day in it: dates less precise than a column
	Href    string
	Count   int
	Sides   []int
	Lanes   []int
}

// Twin is nil when each event has its own mark: the table then names them.
func (d *Chronology) Twin() *Twin {
	if d.Single {
		return nil
	}
	t := &Twin{Lanes: d.Lanes}
	for _, c := range d.Columns {
		if c.Count == 0 {
			continue
		}
		row := d.row(c.Stretch, c.Href)
		for _, cell := range c.Cells {
			row.Lanes[cell.Lane] += cell.Count
			row.Count += cell.Count
			for _, part := range cell.Parts {
				row.Sides[slices.Index(vigie.Sides, part.Side)] += part.Count
			}
		}
		t.Rows = append(t.Rows, row)
	}
	for _, b := range d.Bars {
		i := slices.IndexFunc(t.Rows, func(r TwinRow) bool { return r.Wide && r.Stretch == b.Stretch })
		if i < 0 {
			i = len(t.Rows)
			row := d.row(b.Stretch, b.Href)
			row.Wide = true
			t.Rows = append(t.Rows, row)
		}
		row := &t.Rows[i]
		row.Lanes[b.Lane] += b.Count
		row.Count += b.Count
		for side, n := range b.sides {
			row.Sides[side] += n
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b TwinRow) int { return a.Stretch.from.Compare(b.Stretch.from) })
	t.sum(d)
	return t
}

func (d *Chronology) row(s stretch, href string) TwinRow {
	return TwinRow{Stretch: s, Href: href, Sides: make([]int, len(vigie.Sides)), Lanes: make([]int, len(d.Lanes))}
}

// sum adds the rows up, and leaves out the sides that nobody is on.
func (t *Twin) sum(d *Chronology) {
	t.Sum = d.row(d.Span, "")
	for _, r := range t.Rows {
		t.Sum.Count += r.Count
		for i, n := range r.Sides {
			t.Sum.Sides[i] += n
		}
		for i, n := range r.Lanes {
			t.Sum.Lanes[i] += n
		}
	}
	var used []int
	if d.Lanes[0].Kind != "role" && d.Lanes[0].Kind != "correction" {
		for i, n := range t.Sum.Sides {
			if n > 0 {
				used, t.Sides = append(used, i), append(t.Sides, vigie.Sides[i])
			}
		}
	}
	for _, r := range append([]*TwinRow{&t.Sum}, pointers(t.Rows)...) {
		kept := make([]int, 0, len(used))
		for _, i := range used {
			kept = append(kept, r.Sides[i])
		}
		r.Sides = kept
	}
}

func pointers[T any](list []T) []*T {
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// Marks are those of the drawing, in time.
func (d *Chronology) Marks() []Mark {
	var out []Mark
	for _, c := range d.Columns {
		out = append(out, c.Marks...)
	}
	return out
}

// SideCount is how many of the events drawn are of a side.
type SideCount struct {
	Side  vigie.Side
	Count int
}

// Key is the sides that the drawing shows, with how many of its events are of each.
func (p *Plot) Key() []SideCount {
	counts := make([]int, len(vigie.Sides))
	for _, s := range p.spots {
		counts[s.side]++
	}
	var out []SideCount
	for i, n := range counts {
		if n > 0 {
			out = append(out, SideCount{vigie.Sides[i], n})
		}
	}
	return out
}

// Who names the one who speaks: by name, else by company, else by the role. Of a company
// that speaks of itself it is the respondent.
func (p Timeline) Who(m vigie.Moment) string {
	switch {
	case m.By != "":
		return p.CompanyName(m.By)
	case m.Role == vigie.Respondent:
		return p.CompanyName(m.Company)
	}
	return capital(vigie.Label("role", string(m.Role), p.Lang))
}

// About is the company that the moment is about, unless it is the one that speaks.
func (p Timeline) About(m vigie.Moment) string {
	if about := p.CompanyName(m.Company); m.Type == vigie.ItemCorrection || about != p.Who(m) {
		return about
	}
	return ""
}

// Dashed tells whether a date less precise than a place is drawn: the key explains it.
func (d *Chronology) Dashed() bool {
	return len(d.Bars) > 0 || slices.ContainsFunc(d.Marks(), func(m Mark) bool { return !m.Exact })
}
