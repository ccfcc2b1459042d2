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

func parsePart(s string) (datePart, error) {
	p := datePart{}
	body, about := strings.CutSuffix(s, "~")
	p.about = about
	layout, ok := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}[len(body)]
	if !ok {
		return p, fmt.Errorf("%q is not a date: write 2024, 2024-09 or 2024-09-16, with ~ for about", s)
	}
	t, err := time.Parse(layout, body)
	if err != nil || t.Year() < 1 {
		return p, fmt.Errorf("%q is not a date of the calendar", s)
	}
	p.first, p.precision = Day(t.Format(time.DateOnly)), Year
	end := t.AddDate(1, 0, -1)
	switch len(body) {
	case 7:
		p.precision, end = Month, t.AddDate(0, 1, -1)
	case 10:
		p.precision, end = DayPrecision, t
	}
	p.last = Day(end.Format(time.DateOnly))
	return p, nil
}

func (d Date) parts() (from, to datePart, err error) {
	a, b, interval := strings.Cut(string(d), "/")
	if from, err = parsePart(a); err != nil {
		return
	}
	to = from
	if interval {
		if to, err = parsePart(b); err == nil && to.last < from.first {
			err = fmt.Errorf("%q ends before it begins", d)
		}
	}
	return
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
	return d.Days() == 1 && !strings.Contains(string(d), "~")
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

// In writes the date for readers: "16 September 2024", "septembre 2024",
// "16–17 September 2024", "vers 2023". An unknown date is the empty string.
func (d Date) In(l Lang) string {
	from, to, err := d.parts()
	if err != nil {
		return ""
	}
	if !strings.Contains(string(d), "/") {
		return from.in(l, 0)
	}
	if from.precision == DayPrecision && to.precision == DayPrecision && !from.about && !to.about {
		a, b := string(from.first), string(to.first)
		switch {
		case a == b:
			return from.in(l, 0)
		case a[:7] == b[:7]: // same month
			return from.dayNumber(l) + "–" + to.in(l, 0)
		case a[:4] == b[:4] && l == French:
			return "du " + from.in(l, 5) + " au " + to.in(l, 0)
		case a[:4] == b[:4]:
			return from.in(l, 5) + " to " + to.in(l, 0)
		}
	}
	link := " to "
	if l == French {
		link = " à "
		if from.precision == DayPrecision && to.precision == DayPrecision && !from.about && !to.about {
			return "du " + from.in(l, 0) + " au " + to.in(l, 0)
		}
	}
	return from.in(l, 0) + link + to.in(l, 0)
}

var months = map[Lang][12]string{
	French:  {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

func (p datePart) dayNumber(l Lang) string {
	n := strings.TrimPrefix(string(p.first[8:]), "0")
	if n == "1" && l == French {
		return "1er"
	}
	return n
}

// in writes one end of a date; drop leaves out that many last characters (the
// year and its space, when the other end gives it).
func (p datePart) in(l Lang, drop int) string {
	year := string(p.first[:4])
	var month int
	fmt.Sscanf(string(p.first[5:7]), "%d", &month)
	s := year
	switch p.precision {
	case Month:
		s = months[l][month-1] + " " + year
	case DayPrecision:
		s = p.dayNumber(l) + " " + months[l][month-1] + " " + year
	}
	s = s[:len(s)-drop]
	if p.about {
		return map[Lang]string{French: "vers ", English: "about "}[l] + s
	}
	return s
}
