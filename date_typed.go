package vigie

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// ErrAmbiguousDate is a date that two readers may read as two days, as 05/09/2024 in
// English.
var ErrAmbiguousDate = errors.New("this date may be read in two ways")

// ReadDate reads a date as people write it, in either language: "16/09/2024",
// "16 septembre 2024", "Sept. 2024", "vers mars 2023", "16–17 September 2024". What is
// a Date already is left to the letter. The language only tells which number of
// 05/09/2024 is the day: in French the first is; in English nobody knows, and the error
// is ErrAmbiguousDate. Another error says that it is no date.
func ReadDate(s string, l Lang) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" || Date(s).Check() == nil {
		return Date(s), nil
	}
	words, about := stripAbout(strings.TrimSpace(Fold(typed(s))))
	suffix := ""
	if about {
		suffix = "~"
	}
	if d, err := readDay(words, l); err == nil || errors.Is(err, ErrAmbiguousDate) {
		return written(d, suffix, err)
	}
	for _, between := range betweenDates {
		m := between.FindStringSubmatch(words)
		if m == nil || about {
			continue
		}
		to, err := readDay(m[2], l)
		if err != nil {
			return "", err
		}
		from, err := readDay(m[1], l)
		if err != nil { // "16–17 septembre 2024": the first end borrows what it lacks from the second
			from, err = readDay(borrowed(m[1], m[2]), l)
		}
		return written(from+"/"+to, "", err)
	}
	return "", notADate(s)
}

func notADate(s string) error {
	return fmt.Errorf("%q is not a date: write 2024, 2024-09 or 2024-09-16, with ~ for about", s)
}

// written is a date that was read, if the calendar has it.
func written(d Date, suffix string, err error) (Date, error) {
	if d += Date(suffix); err == nil {
		err = d.Check()
	}
	if err != nil {
		return "", err
	}
	return d, nil
}

var (
	aboutDate    = regexp.MustCompile(`^(?:vers(?: le)?|environ|autour du?|about|around|circa|c\.|~)\s*`)
	betweenDates = []*regexp.Regexp{ // with a word or a dash that stands apart; with a dash alone, as in 16–17
		regexp.MustCompile(`^(?:du |de |entre(?: le)? |from |between )?(.+?)\s+(?:au|a|et(?: le)?|to|and|-|/)\s+(.+)$`),
		regexp.MustCompile(`^([^-]+)-([^-]+)$`),
	}
	numberedDate = regexp.MustCompile(`^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$`)
	numberedYM   = regexp.MustCompile(`^(\d{1,2})[/.](\d{4})$`)
	worded       = regexp.MustCompile(`^(?:(\d{1,2})(?:er|st|nd|rd|th)? )?(?:of )?([a-z]{3,})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})$`)
)

func stripAbout(s string) (string, bool) {
	if at := aboutDate.FindString(s); at != "" {
		return s[len(at):], true
	}
	if body, ok := strings.CutSuffix(s, "~"); ok {
		return strings.TrimSpace(body), true
	}
	return s, false
}

// readDay reads one end of a date: a day, a month or a year.
func readDay(s string, l Lang) (Date, error) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "le "), "on "))
	if s != "" && !strings.Contains(s, "/") && Date(s).Check() == nil {
		return Date(s), nil
	}
	if m := numberedDate.FindStringSubmatch(s); m != nil {
		first, second := atoi(m[1]), atoi(m[2])
		switch {
		case second > 12 && first <= 12:
			return calendarDay(m[3], first, second)
		case first > 12 || first == second || l == French:
			return calendarDay(m[3], second, first)
		}
		return "", ErrAmbiguousDate
	}
	if m := numberedYM.FindStringSubmatch(s); m != nil {
		return calendarDay(m[2], atoi(m[1]), 0)
	}
	if m := worded.FindStringSubmatch(s); m != nil && (m[1] == "" || m[3] == "") {
		if month := monthNamed(m[2]); month > 0 {
			return calendarDay(m[4], month, atoi(m[1]+m[3]))
		}
	}
	return "", notADate(s)
}

func calendarDay(year string, month, day int) (Date, error) {
	d := Date(fmt.Sprintf("%s-%02d", year, month))
	if day > 0 {
		d += Date(fmt.Sprintf("-%02d", day))
	}
	return d, d.Check()
}

// monthNamed is the number of the month that a folded word means, or begins: "sept",
// "juil", "dec". It is 0 of a beginning that two months share, as "jui".
func monthNamed(word string) (month int) {
	for _, names := range months {
		for i, name := range names {
			if strings.HasPrefix(Fold(name), word) {
				if month > 0 && month != i+1 {
					return 0
				}
				month = i + 1
			}
		}
	}
	return month
}

var tailOfDate = regexp.MustCompile(`^\d{1,2}(?:er|st|nd|rd|th)?( .+)$`)

// borrowed gives the first end of an interval the month and the year, or only the year,
// of the second.
func borrowed(first, second string) string {
	first = strings.TrimSpace(first)
	if m := tailOfDate.FindStringSubmatch(strings.TrimSpace(second)); m != nil && isNumber(strings.TrimSuffix(first, "er")) {
		return first + m[1]
	}
	return first + second[max(strings.LastIndexByte(second, ' '), 0):]
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // digits that a pattern matched, or none
	return n
}
