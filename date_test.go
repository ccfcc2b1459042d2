package vigie

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDateIsReadAsPreciseAsItIs(t *testing.T) {
	for _, c := range []struct {
		date        Date
		first, last Day
		days        int
		precision   Precision
		exact       bool
	}{
		{"2024-09-16", "2024-09-16", "2024-09-16", 1, DayPrecision, true},
		{"2024-09-16~", "2024-09-16", "2024-09-16", 1, DayPrecision, false},
		{"2024-09", "2024-09-01", "2024-09-30", 30, Month, false},
		{"2024-02", "2024-02-01", "2024-02-29", 29, Month, false},
		{"1900-02", "1900-02-01", "1900-02-28", 28, Month, false},
		{"2024-12", "2024-12-01", "2024-12-31", 31, Month, false},
		{"2024", "2024-01-01", "2024-12-31", 366, Year, false},
		{"2023~", "2023-01-01", "2023-12-31", 365, Year, false},
		{"2024-09-16/2024-09-17", "2024-09-16", "2024-09-17", 2, DayPrecision, false},
		{"2024-08/2024-09-17", "2024-08-01", "2024-09-17", 48, Month, false},
		{"2024-09-16~/2024-10", "2024-09-16", "2024-10-31", 46, Month, false},
		{"", "", "", 0, Unknown, false},
	} {
		if err := c.date.Check(); err != nil {
			t.Errorf("%s: %v", c.date, err)
		}
		if c.date.First() != c.first || c.date.Last() != c.last || c.date.Days() != c.days || c.date.Precision() != c.precision || c.date.Exact() != c.exact {
			t.Errorf("%q: %s to %s, %d days, precision %d, exact %v; want %+v", c.date, c.date.First(), c.date.Last(), c.date.Days(), c.date.Precision(), c.date.Exact(), c)
		}
	}
}

func TestIllFormedDatesReadAsUnknown(t *testing.T) {
	for _, d := range []Date{"24", "2024-9", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "2024-9-16", "16/09/2024", "2024-09-16T10:00:00Z", "0000",
		"2024?", "2024~~", "~2024", " 2024", "2024 ", "2024/", "/2024", "..", "2024/..", "2024/2025/2026", "2024-09-17/2024-09-16", "2025/2024-12", "2024/2024", "-024", "２０２４", "2024-09-1x"} {
		if d.Check() == nil {
			t.Errorf("%q is taken for a date", d)
		}
		if d.Known() || d.First() != "" || d.Last() != "" || d.Days() != 0 || d.Precision() != Unknown || d.Exact() || d.Overlaps("2024") || d.In(French) != "" {
			t.Errorf("%q, which is ill formed, means something", d)
		}
	}
}

func TestDateIsWrittenForReaders(t *testing.T) {
	for _, c := range []struct {
		date   Date
		fr, en string
	}{
		{"2024-09-16", "16 septembre 2024", "16 September 2024"},
		{"2024-09-01", "1er septembre 2024", "1 September 2024"},
		{"2024-09-11", "11 septembre 2024", "11 September 2024"},
		{"2024-09", "septembre 2024", "September 2024"},
		{"2024", "2024", "2024"},
		{"2023~", "vers 2023", "about 2023"},
		{"2024-08~", "vers août 2024", "about August 2024"},
		{"2024-09-16~", "vers le 16 septembre 2024", "about 16 September 2024"},
		{"2024-09-16/2024-09-17", "16–17 septembre 2024", "16–17 September 2024"},
		{"2024-09-01/2024-09-08", "1er–8 septembre 2024", "1–8 September 2024"},
		{"2024-08-30/2024-09-02", "du 30 août au 2 septembre 2024", "30 August to 2 September 2024"},
		{"2024-12-30/2025-01-02", "du 30 décembre 2024 au 2 janvier 2025", "30 December 2024 to 2 January 2025"},
		{"2024-09/2024-11", "septembre à novembre 2024", "September to November 2024"},
		{"2024-09/2025-01", "septembre 2024 à janvier 2025", "September 2024 to January 2025"},
		{"2013/2014", "2013 à 2014", "2013 to 2014"},
		{"2024/2024-03", "2024 à mars 2024", "2024 to March 2024"},
		{"2024-05-20/2024-06", "20 mai 2024 à juin 2024", "20 May 2024 to June 2024"},
		{"2024-09-16~/2024-10", "vers le 16 septembre 2024 – octobre 2024", "about 16 September 2024 – October 2024"},
		{"2013/2014~", "2013 – vers 2014", "2013 – about 2014"},
		{"", "", ""},
	} {
		if fr, en := c.date.In(French), c.date.In(English); fr != c.fr || en != c.en {
			t.Errorf("%q is written %q and %q, want %q and %q", c.date, fr, en, c.fr, c.en)
		}
	}
}

func TestDatesOverlapWhenTheyMayMeanTheSameDay(t *testing.T) {
	for _, c := range []struct {
		a, b Date
		want bool
	}{
		{"2024-09-16", "2024-09", true},
		{"2024-09-16", "2024-09-17", false},
		{"2024-09", "2024-10", false},
		{"2024", "2024-12-31", true},
		{"2024-09-16/2024-09-17", "2024-09-17", true},
		{"2024-09-16/2024-09-17", "2024-09-18", false},
		{"", "2024", false},
	} {
		if c.a.Overlaps(c.b) != c.want || c.b.Overlaps(c.a) != c.want {
			t.Errorf("%q and %q: overlap is not %v", c.a, c.b, c.want)
		}
	}
}

func anyDay(t *rapid.T, label string) time.Time {
	return time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, label))
}

// anyDate draws a well-formed date of any shape.
func anyDate(t *rapid.T, label string) Date {
	layouts := rapid.SampledFrom([]string{"2006", "2006-01", time.DateOnly})
	end := func(d time.Time, part string) string {
		return d.Format(layouts.Draw(t, label+part)) + rapid.SampledFrom([]string{"", "", "~"}).Draw(t, label+"~")
	}
	a := anyDay(t, label)
	from := end(a, "from")
	if to := end(a.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, label+"length")), "to"); rapid.Bool().Draw(t, label+"/") && to != from {
		return Date(from + "/" + to)
	}
	return Date(from)
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := anyDate(t, "d"), anyDate(t, "e")
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
		first, last := d.First(), d.Last()
		if first > last || d.Days() != first.Until(last)+1 || d.Days() < 1 {
			t.Fatalf("%s: %s to %s, %d days", d, first, last, d.Days())
		}
		if !d.Overlaps(d) || d.Overlaps(e) != e.Overlaps(d) {
			t.Fatalf("overlap of %s and %s is not reflexive and symmetric", d, e)
		}
		if before := d.Last() < e.First() || e.Last() < d.First(); before == d.Overlaps(e) {
			t.Fatalf("%s and %s both overlap and follow each other, or neither", d, e)
		}
		if d.Exact() && d.Precision() != DayPrecision {
			t.Fatalf("%s is exact without a day", d)
		}
		if Date(first).First() != first || Date(last).Last() != last {
			t.Fatalf("%s: its ends are not days", d)
		}
		if first.Before() >= first || first.Before().Until(first) != 1 {
			t.Fatalf("the day before %s is %s", first, first.Before())
		}
		for _, l := range Langs {
			neverPadded(t, d, d.In(l), l)
		}
	})
}

// neverPadded holds what is printed to what is written: a month only where the
// date names one, a day of the month only where it names one.
func neverPadded(t *rapid.T, d Date, printed string, l Lang) {
	if printed == "" || strings.Contains(printed, "0 0") {
		t.Fatalf("%s is printed %q", d, printed)
	}
	from, to, _ := strings.Cut(string(d), "/")
	days := 0
	for _, word := range strings.FieldsFunc(printed, func(r rune) bool { return r == ' ' || r == '–' }) {
		word = strings.TrimSuffix(word, "er")
		if n := 0; len(word) <= 2 {
			if _, err := fmt.Sscanf(word, "%d", &n); err == nil {
				days++
			}
		}
	}
	want := 0
	for _, end := range []string{from, to} {
		if len(strings.TrimSuffix(end, "~")) == len(time.DateOnly) {
			want++
		}
	}
	if days != want {
		t.Fatalf("%s is printed %q in %s: %d days of a month, the date names %d", d, printed, l, days, want)
	}
	for i, month := range months[l] {
		if strings.Contains(printed, month) && !strings.Contains(string(d), fmt.Sprintf("-%02d", i+1)) {
			t.Fatalf("%s is printed %q in %s: no %s there", d, printed, l, month)
		}
	}
}

func TestDayOfAnInstantIsInUTC(t *testing.T) {
	paris := time.FixedZone("UTC+2", 2*60*60)
	if got := DayOf(time.Date(2024, 9, 17, 1, 30, 0, 0, paris)); got != "2024-09-16" {
		t.Errorf("half past one in Paris is %s in UTC", got)
	}
}
