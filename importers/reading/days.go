package reading

import (
	"strconv"
	"strings"
	"time"

	"vigie"
)

// day is a day as printed. Without a year, or as "yesterday", it needs the day of
// publication to be one of the calendar.
type day struct {
	year, month, day int
	yesterday        bool
}

// yearless is how long before its publication an article may give a day without
// the year: of what is older it says the year.
const yearless = 60

// on is the day in the calendar, or nothing when the text does not fix it.
func (d day) on(published vigie.Date) vigie.Date {
	switch {
	case d.yesterday:
		if published.Exact() {
			return vigie.Date(published.First().Before())
		}
		return ""
	case d.year > 0:
		return calendar(d.year, d.month, d.day)
	case !published.Exact():
		return ""
	}
	year, _ := strconv.Atoi(string(published.First()[:4]))
	for _, y := range []int{year, year - 1} {
		c := calendar(y, d.month, d.day)
		if c == "" {
			continue
		}
		if past := c.First().Until(published.First()); past >= 0 && past <= yearless {
			return c
		}
	}
	return ""
}

// calendar is a day of the calendar; the 31st of June is none.
func calendar(year, month, d int) vigie.Date {
	at := time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if year < 1970 || year > 2200 || at.Day() != d || int(at.Month()) != month {
		return ""
	}
	return vigie.Date(at.Format(time.DateOnly))
}

// Day is the day that words print, "5 March 2026", "jeudi 5 mars", "hier", as one
// of the calendar. What needs the day of publication is unknown without it; so is
// 05/03/2026 in English, which two readers read otherwise.
func (l *Lexicon) Day(words, lang string, published vigie.Date) vigie.Date {
	t := cut(words, l.set("abbreviations"))
	t.lex, t.lang = l, lang
	if len(t.words) == 0 {
		return ""
	}
	d, to, ok := t.dayAt(0, len(t.words))
	if !ok || to != len(t.words) {
		return ""
	}
	return d.on(published)
}

// dayAt reads the day printed at word i and before word end: an optional weekday,
// then 5 March 2026, March 5th, 2026, 2026-03-05, in French 05/03/2026, or
// yesterday.
func (t *text) dayAt(i, end int) (d day, to int, ok bool) {
	if t.lex.set("yesterday")[t.words[i].fold] {
		return day{yesterday: true}, i + 1, true
	}
	if t.lex.set("weekdays")[t.words[i].fold] {
		i++
		if i < end && t.lex.set("definite_day")[t.words[i].fold] {
			i++
		}
	}
	if i >= end {
		return d, 0, false
	}
	if d, to, ok = t.numeric(i, end); ok {
		return d, to, true
	}
	month := func(k int) int {
		if k < end && strings.Trim(t.words[k].before, " .\u00a0\u202f") == "" {
			return t.lex.months[t.words[k].fold]
		}
		return 0
	}
	to = i
	if n, after := t.ordinal(i, end); n > 0 {
		if after < end && t.words[after].fold == "of" {
			after++
		}
		d.day, d.month, to = n, month(after), after+1
	} else if d.month = t.lex.months[t.words[i].fold]; d.month > 0 && t.words[i].cap {
		d.day, to = t.ordinal(i+1, end)
	}
	if d.month == 0 || d.day == 0 {
		return day{}, 0, false
	}
	if to < end && t.words[to].digit && yearPattern.MatchString(t.words[to].raw) && strings.Trim(t.words[to].before, " ,.\u00a0\u202f") == "" {
		d.year, _ = strconv.Atoi(t.words[to].raw)
		to++
	}
	return d, to, true
}

// ordinal reads a day of the month at word i: 5, 5th, 1er.
func (t *text) ordinal(i, end int) (n, to int) {
	if i >= end || !t.words[i].digit || len(t.words[i].raw) > 2 {
		return 0, i
	}
	n, err := strconv.Atoi(t.words[i].raw)
	if err != nil || n < 1 || n > 31 {
		return 0, i
	}
	to = i + 1
	if to < end && t.words[to].before == "" {
		switch t.words[to].fold {
		case "st", "nd", "rd", "th", "er":
			to++
		}
	}
	return n, to
}

// numeric reads 2026-03-05 and, in French, 05/03/2026.
func (t *text) numeric(i, end int) (d day, to int, ok bool) {
	if i+2 >= end || !t.words[i].digit {
		return d, 0, false
	}
	sep := t.words[i+1].before
	if sep != t.words[i+2].before || sep != "-" && sep != "/" {
		return d, 0, false
	}
	var n [3]int
	for k := range n {
		v, err := strconv.Atoi(t.words[i+k].raw)
		if err != nil {
			return d, 0, false
		}
		n[k] = v
	}
	switch {
	case len(t.words[i].raw) == 4:
		d = day{year: n[0], month: n[1], day: n[2]}
	case sep == "/" && len(t.words[i+2].raw) == 4 && !t.english():
		d = day{year: n[2], month: n[1], day: n[0]}
	default:
		return day{}, 0, false
	}
	return d, i + 3, calendar(d.year, d.month, d.day) != ""
}
