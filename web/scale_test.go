package web

import (
	"testing"

	"pgregory.net/rapid"

	"vigie"
)

func TestAThousandAndAHundredMillionsStandOnOneScale(t *testing.T) {
	s := amountsOf([]int64{1_462_025, 87_000_000, 0}, 100, 500)
	if s.From != 1_000_000 || s.To != 100_000_000 {
		t.Fatalf("from %d to %d", s.From, s.To)
	}
	if a, b := s.At(1_000_000), s.At(10_000_000); a != 100 || b != 300 {
		t.Errorf("a decade goes from %s to %s, want 100 to 300", a, b)
	}
	if got := len(s.Ticks()); got != 3 {
		t.Errorf("%d ticks", got)
	}
	if s := amountsOf([]int64{10}, 0, 1); s.From != 10 || s.To != 100 {
		t.Errorf("one value that is a power of ten: from %d to %d", s.From, s.To)
	}
}

func TestEveryCountHasAPlaceInItsScaleAndLargerOnesAreFurther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(1, 1<<52), 1, 20).Draw(t, "values")
		s := amountsOf(values, 0, 1000)
		for _, n := range values {
			if n < s.From || n > s.To {
				t.Fatalf("%d is outside %d to %d", n, s.From, s.To)
			}
			if x := s.At(n); x < 0 || x > 1000 || s.At(n+n/2+1) < x {
				t.Fatalf("%d is at %s", n, x)
			}
		}
	})
}

func TestAMonthIsAsWideAsItsDays(t *testing.T) {
	s := days{From: "2024-01-01", To: "2024-12-31", x0: 0, x1: 366}
	if s.Start("2024-02-01") != 31 || s.End("2024-02-29") != 60 || s.End("2031-01-01") != 366 || s.Start("1999-01-01") != 0 {
		t.Errorf("February goes from %s to %s", s.Start("2024-02-01"), s.End("2024-02-29"))
	}
}

func TestTicksAreTheFinestThatFit(t *testing.T) {
	for _, x := range []struct {
		from, to vigie.Day
		most     int
		first    vigie.Date
		n        int
	}{
		{"2003-05-01", "2026-08-04", 5, "2005", 5}, // 2005 2010 2015 2020 2025
		{"2003-05-01", "2026-08-04", 3, "2010", 2},
		{"2024-01-01", "2026-12-31", 5, "2024", 3},
		{"2024-01-15", "2024-12-31", 12, "2024-02", 11},
		{"2024-01-01", "2024-12-31", 4, "2024-01", 4},
		{"2024-09-04", "2024-09-30", 6, "2024-09-09", 4}, // Mondays
		{"2024-09-16", "2024-09-17", 6, "2024-09-16", 2},
	} {
		got := days{From: x.from, To: x.to, x1: 100}.Ticks(x.most)
		if len(got) != x.n || got[0].Date != x.first {
			t.Errorf("%s to %s, %d at most: %v", x.from, x.to, x.most, got)
		}
	}
}

func TestPlacesAreWrittenShort(t *testing.T) {
	for p, want := range map[px]string{0: "0", 12: "12", 12.3456: "12.3", -7.06: "-7.1"} {
		if got := p.String(); got != want {
			t.Errorf("%v is written %s, want %s", float64(p), got, want)
		}
	}
}
