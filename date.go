package vigie

import (
	"fmt"
	"strings"
	"time"
)

// Date is a date as precise as its source and no more, written in a subset of
// EDTF (ISO 8601-2): 2024, 2024-09, 2024-09-16, an interval A/B, and the suffix
// ~ for "about". It is kept as text, so a record round-trips to the letter; an
// ill-formed one is found by Validate and reads as unknown.
type Date string

// Day is a calendar day, 2024-09-16. Days compare as strings. The empty Day is
// "no day".
type Day string

// Precision of a date, from the least.
type Precision int

// Precisions.
const (
	Unknown Precision = iota
	Year
	Month
	DayPrecision
)

type datePart struct {
	first, last Day
	precision   Precision
	about       bool
}

// parsePart reads one end of a date. The length of a form tells its precision.
func parsePart(s string) (p datePart, err error) {
	body, about := strings.CutSuffix(s, "~")
	layout, years, months := "", 0, 0
	switch p.about = about; len(body) {
	case len("2006"):
		layout, p.precision, years = "2006", Year, 1
	case len("2006-01"):
		layout, p.precision, months = "2006-01", Month, 1
	case len(time.DateOnly):
		layout, p.precision = time.DateOnly, DayPrecision
	default:
		return p, fmt.Errorf("%q is not a date: write 2024, 2024-09 or 2024-09-16, with ~ for about", s)
	}
	first, err := time.Parse(layout, body)
	if err != nil || first.Year() < 1 {
		return p, fmt.Errorf("%q is not a date of the calendar", s)
	}
	last := first
	if p.precision != DayPrecision {
		last = first.AddDate(years, months, -1)
	}
	p.first, p.last = Day(first.Format(time.DateOnly)), Day(last.Format(time.DateOnly))
	return p, nil
}

// parts reads both ends; those of a date that is no interval are the same.
func (d Date) parts() (from, to datePart, err error) {
	a, b, interval := strings.Cut(string(d), "/")
	if from, err = parsePart(a); err != nil || !interval {
		return from, from, err
	}
	switch to, err = parsePart(b); {
	case err != nil:
	case a == b:
		err = fmt.Errorf("%q begins and ends alike: write %s", d, a)
	case to.last < from.first:
		err = fmt.Errorf("%q ends before it begins", d)
	}
	return from, to, err
}

// Check tells what is wrong with the date, or nil. The empty date is well formed.
func (d Date) Check() error {
	if d == "" {
		return nil
	}
	_, _, err := d.parts()
	return err
}

// Known tells whether the date is given and well formed.
func (d Date) Known() bool { return d != "" && d.Check() == nil }

// First is the earliest day the date may mean, empty when unknown.
func (d Date) First() Day {
	if from, _, err := d.parts(); err == nil {
		return from.first
	}
	return ""
}

// Last is the latest day the date may mean, empty when unknown.
func (d Date) Last() Day {
	if _, to, err := d.parts(); err == nil {
		return to.last
	}
	return ""
}

// Days is how many days the date may mean: 1 for a day, 30 for September, 0 when
// unknown.
func (d Date) Days() int {
	if !d.Known() {
		return 0
	}
	return d.First().Until(d.Last()) + 1
}

// Precision is that of the coarser end.
func (d Date) Precision() Precision {
	from, to, err := d.parts()
	if err != nil {
		return Unknown
	}
	return min(from.precision, to.precision)
}

// Exact tells whether the date is one day, and not "about" it.
func (d Date) Exact() bool {
	return d.Days() == 1 && d.Precision() == DayPrecision && !strings.Contains(string(d), "~")
}

// Overlaps tells whether the two dates may mean the same day.
func (d Date) Overlaps(e Date) bool {
	return d.Known() && e.Known() && d.First() <= e.Last() && e.First() <= d.Last()
}

// Until is the number of days from d to e.
func (d Day) Until(e Day) int {
	a, errA := time.Parse(time.DateOnly, string(d))
	b, errB := time.Parse(time.DateOnly, string(e))
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// Before is the day before d.
func (d Day) Before() Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Day(t.AddDate(0, 0, -1).Format(time.DateOnly))
}

// DayOf is the calendar day of an instant, in UTC.
func DayOf(t time.Time) Day { return Day(t.UTC().Format(time.DateOnly)) }
