package web

import (
	"math"
	"slices"
	"strconv"
	"time"

	"vigie"
)

// Where things are in a drawing. A drawing is worked out in Go as places on a grid and
// written by a template, so that its words come from the catalogues like all others.

// px is a place or a length in the units of a drawing, one CSS pixel at its full width.
type px float64

// String writes a place to a tenth: finer is not seen, and makes the page longer.
func (p px) String() string {
	return strconv.FormatFloat(math.Round(float64(p)*10)/10, 'f', -1, 64)
}

// amounts places counts on powers of ten, so that a thousand and a hundred millions can
// stand in one drawing. From and To are powers of ten themselves.
type amounts struct {
	From, To int64
	x0, x1   px
}

// amountsOf is the scale that all of the values fit in; there is one decade at least.
// Nothing below one has a place: a count of none is not drawn.
func amountsOf(values []int64, x0, x1 px) amounts {
	s := amounts{From: 1, To: 10, x0: x0, x1: x1}
	values = slices.DeleteFunc(slices.Clone(values), func(n int64) bool { return n < 1 })
	if len(values) == 0 {
		return s
	}
	least, most := slices.Min(values), slices.Max(values)
	for s.From <= least/10 {
		s.From *= 10
	}
	for s.To = s.From * 10; s.To < most; s.To *= 10 {
	}
	return s
}

// At is the place of a count; one outside the scale is at its end.
func (s amounts) At(n int64) px {
	n = min(max(n, s.From), s.To)
	return s.x0 + (s.x1-s.x0)*px(math.Log10(float64(n)/float64(s.From))/math.Log10(float64(s.To)/float64(s.From)))
}

// AmountTick is a power of ten and its place.
type AmountTick struct {
	At px
	N  int64
}

// Ticks are the powers of ten of the scale.
func (s amounts) Ticks() (out []AmountTick) {
	for n := s.From; n <= s.To; n *= 10 {
		out = append(out, AmountTick{s.At(n), n})
	}
	return out
}

// days places days on a line. A day is an interval: it begins at From and ends where the
// next begins, so that a month is as wide as its days.
type days struct {
	From, To vigie.Day // To is the last day that is in the drawing
	x0, x1   px
}

// Start is where a day begins, End where it ends; days outside are at the ends.
func (s days) Start(d vigie.Day) px { return s.place(s.From.Until(d)) }

// End is where a day ends.
func (s days) End(d vigie.Day) px { return s.place(s.From.Until(d) + 1) }

func (s days) place(n int) px {
	whole := s.From.Until(s.To) + 1
	return s.x0 + (s.x1-s.x0)*px(min(max(n, 0), whole))/px(whole)
}

// DateTick is the beginning of a year, a month or a day, and where it is. Its date is
// as long as what begins: 2024, 2024-09 or 2024-09-16.
type DateTick struct {
	At   px
	Date vigie.Date
}

// steps are the distances between the ticks of a line of days, from the finest.
var steps = []struct {
	years, months, days int
	layout              string
}{
	{0, 0, 1, time.DateOnly}, {0, 0, 7, time.DateOnly}, {0, 1, 0, "2006-01"}, {0, 3, 0, "2006-01"},
	{1, 0, 0, "2006"}, {2, 0, 0, "2006"}, {5, 0, 0, "2006"}, {10, 0, 0, "2006"},
}

// Ticks are at most so many, at the finest step that allows it: decades, years,
// quarters, months, weeks (from a Monday) or days.
func (s days) Ticks(most int) []DateTick {
	from, errFrom := time.Parse(time.DateOnly, string(s.From))
	to, errTo := time.Parse(time.DateOnly, string(s.To))
	if errFrom != nil || errTo != nil {
		return nil
	}
	var out []DateTick
	for _, step := range steps {
		at := from
		switch {
		case step.years > 0:
			at = time.Date(from.Year()-from.Year()%step.years, 1, 1, 0, 0, 0, 0, time.UTC)
		case step.months > 0:
			at = time.Date(from.Year(), from.Month()-(from.Month()-1)%time.Month(step.months), 1, 0, 0, 0, 0, time.UTC)
		case step.days == 7:
			at = from.AddDate(0, 0, -(int(from.Weekday())+6)%7)
		}
		out = out[:0]
		for ; !at.After(to) && len(out) <= most; at = at.AddDate(step.years, step.months, step.days) {
			if !at.Before(from) {
				out = append(out, DateTick{s.Start(vigie.DayOf(at)), vigie.Date(at.Format(step.layout))})
			}
		}
		if len(out) <= most {
			break
		}
	}
	return out[:min(len(out), most)]
}
