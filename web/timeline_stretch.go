package web

import (
	"time"

	"vigie"
)

// unit is what a stretch of days is counted in. Each begins in a place of the
// calendar: a week on Monday, a decade in a year that ends in 0.
type unit int

const (
	aDay unit = iota
	aWeek
	aMonth
	aQuarter
	aYear
	aDecade
)

// unitNames are the ends of the keys of their words.
var unitNames = []string{"day", "week", "month", "quarter", "year", "decade"}

// String is the name of the unit in the keys of words.
func (u unit) String() string { return unitNames[u] }

// begin is the first day of the unit that a day is in.
func (u unit) begin(t time.Time) time.Time {
	switch u {
	case aWeek:
		return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	case aMonth:
		return date(t.Year(), t.Month())
	case aQuarter:
		return date(t.Year(), t.Month()-(t.Month()-1)%3)
	case aYear:
		return date(t.Year(), 1)
	case aDecade:
		return date(t.Year()-t.Year()%10, 1)
	}
	return t
}

// after is the beginning of the n-th unit after the one that begins at t.
func (u unit) after(t time.Time, n int) time.Time {
	switch u {
	case aWeek:
		return t.AddDate(0, 0, 7*n)
	case aMonth:
		return t.AddDate(0, n, 0)
	case aQuarter:
		return t.AddDate(0, 3*n, 0)
	case aYear:
		return t.AddDate(n, 0, 0)
	case aDecade:
		return t.AddDate(10*n, 0, 0)
	}
	return t.AddDate(0, 0, n)
}

func date(year int, month time.Month) time.Time {
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// stretch is days in a row, both ends in it.
type stretch struct{ from, to time.Time }

func (s stretch) days() int { return int(s.to.Sub(s.from).Hours()/24) + 1 }

// stretchOf reads the bounds of a query; an open one stays as it was given.
func stretchOf(from, to vigie.Day) stretch { return stretch{timeOf(from), timeOf(to)} }

func timeOf(d vigie.Day) time.Time {
	t, _ := time.Parse(time.DateOnly, string(d)) // days are well formed: the root made them
	return t
}

// around is the whole unit that a day is in.
func (u unit) around(t time.Time) stretch {
	from := u.begin(t)
	return stretch{from, u.after(from, 1).AddDate(0, 0, -1)}
}

// unit tells which unit the stretch is one whole of.
func (s stretch) unit() (unit, bool) {
	for u := aDecade; u >= aDay; u-- {
		if u.around(s.from) == s {
			return u, true
		}
	}
	return aDay, false
}

// bounds are the stretch as after and before of a query, as short as they can be
// written: 2024 and 2024, 2020 and 2029, 2024-01 and 2024-03, or days.
func (s stretch) bounds() (after, before vigie.Date) {
	for _, form := range []struct {
		unit   unit
		layout string
	}{{aYear, "2006"}, {aMonth, "2006-01"}} {
		if form.unit.begin(s.from).Equal(s.from) && form.unit.around(s.to).to.Equal(s.to) {
			return vigie.Date(s.from.Format(form.layout)), vigie.Date(s.to.Format(form.layout))
		}
	}
	return vigie.Date(s.from.Format(time.DateOnly)), vigie.Date(s.to.Format(time.DateOnly))
}

// parts cuts the stretch at the beginnings of a unit; what does not fill one stays
// short.
func (s stretch) parts(u unit) []stretch {
	var out []stretch
	for at := u.begin(s.from); !at.After(s.to); at = u.after(at, 1) {
		part := stretch{at, u.after(at, 1).AddDate(0, 0, -1)}
		if part.from.Before(s.from) {
			part.from = s.from
		}
		if part.to.After(s.to) {
			part.to = s.to
		}
		out = append(out, part)
	}
	return out
}

// widened is the stretch as whole units.
func (s stretch) widened(u unit) stretch { return stretch{u.begin(s.from), u.around(s.to).to} }

// beside is the stretch of the same length n times later (or earlier, when n is
// negative): the next month after a month, three years after three years.
func (s stretch) beside(n int) stretch {
	for u := aDecade; u > aDay; u-- {
		if u == aWeek || u.begin(s.from) != s.from || u.around(s.to).to != s.to {
			continue
		}
		units := len(s.parts(u))
		from := u.after(s.from, n*units)
		return stretch{from, u.after(from, units).AddDate(0, 0, -1)}
	}
	return stretch{s.from.AddDate(0, 0, n*s.days()), s.to.AddDate(0, 0, n*s.days())}
}

// Stretch writes a stretch for readers: the 2010s, 2024, September 2024, 16–22
// September 2024, 2003–2026.
func (w *Words) Stretch(s stretch) (string, error) {
	if u, whole := s.unit(); whole && u == aDecade {
		return w.Say("timeline.decade", s.from.Year())
	}
	after, before := s.bounds()
	switch {
	case after == before:
		return after.In(w.Lang), nil
	case len(after) == len("2006"):
		return string(after) + "–" + string(before), nil
	}
	return (after + "/" + before).In(w.Lang), nil
}
