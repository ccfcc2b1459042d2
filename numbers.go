package vigie

import (
	"strconv"
	"strings"
)

// Number writes a whole number for readers: 27,561,592 in English; in French
// with narrow no-break spaces between the thousands.
func Number(n int64, l Lang) string {
	s := strconv.FormatInt(n, 10)
	sep := ","
	if l == French {
		sep = "\u202f"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}

// scales are the words for large round numbers. A number takes one only when
// nothing is lost by it: 2,240,000 is 2.24 million, 27,561,592 stays as it is.
var scales = []struct {
	of        int64
	one, many Text
}{
	{1_000_000_000, Text{"milliard", "billion"}, Text{"milliards", "billion"}},
	{1_000_000, Text{"million", "million"}, Text{"millions", "million"}},
}

// amountWords writes an amount; scaled tells that it ends in "millions", after
// which French wants "de".
func amountWords(n int64, l Lang) (words string, scaled bool) {
	for _, s := range scales {
		if n < s.of || n%(s.of/100) != 0 {
			continue
		}
		number := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(float64(n)/float64(s.of), 'f', 2, 64), "0"), ".")
		word := s.many
		if n < 2*s.of {
			word = s.one
		}
		if l == French {
			return strings.Replace(number, ".", ",", 1) + "\u00a0" + word.FR, true
		}
		return number + "\u00a0" + word.EN, true
	}
	return Number(n, l), false
}

// magnitudes are the words for vague figures, whose floor is never printed. They
// lean neither way: "quelques" and "plusieurs" are the speaker's to choose, in the
// quote.
var magnitudes = []struct {
	floor int64
	words Text
}{
	{1_000_000_000, Text{"des milliards", "several billion"}},
	{100_000_000, Text{"des centaines de millions", "several hundred million"}},
	{10_000_000, Text{"des dizaines de millions", "tens of millions of"}},
	{1_000_000, Text{"des millions", "several million"}},
	{100_000, Text{"des centaines de milliers", "several hundred thousand"}},
	{10_000, Text{"des dizaines de milliers", "tens of thousands of"}},
	{1_000, Text{"des milliers", "several thousand"}},
	{100, Text{"des centaines", "several hundred"}},
	{10, Text{"des dizaines", "dozens of"}},
	{0, Text{"plusieurs", "several"}},
}

// In writes the figure for readers, as firmly as its speaker gave it and no
// more: "87 millions d’enregistrements", "more than 5,000 customers (Hong Kong)".
func (f Figure) In(l Lang) string {
	unit, ok := term("unit", string(f.Unit))
	if !ok {
		unit = Term{Label: Text{string(f.Unit), string(f.Unit)}, Many: Text{string(f.Unit), string(f.Unit)}, After: Text{string(f.Unit), string(f.Unit)}}
	}
	counted := func(words string, scaled bool, n int64) string {
		switch {
		case scaled:
			return words + " " + unit.After.In(l)
		case n == 1:
			return words + " " + unit.Label.In(l)
		}
		return words + " " + unit.Many.In(l)
	}
	number := func(n int64) string {
		words, scaled := amountWords(n, l)
		return counted(words, scaled, n)
	}
	var s string
	switch {
	case f.Qualifier == Vague:
		for _, m := range magnitudes {
			if f.amount() >= m.floor {
				s = counted(m.words.In(l), m.floor > 0, 0)
				break
			}
		}
	case f.Min > 0 && f.Max > f.Min:
		low, scaledLow := amountWords(f.Min, l)
		high, scaledHigh := amountWords(f.Max, l)
		if scaledLow && !scaledHigh {
			low = Number(f.Min, l)
		}
		s = low + Text{" à ", " to "}.In(l) + counted(high, scaledHigh, f.Max)
		if l == French {
			s = "de " + s
		}
	case f.Max == 0 || f.Qualifier == MoreThan:
		s = Text{"plus de ", "more than "}.In(l) + number(f.amount())
	case f.Min == 0 || f.Qualifier == UpTo:
		s = Text{"jusqu’à ", "up to "}.In(l) + number(f.Max)
	case f.Qualifier == About:
		s = Text{"environ ", "about "}.In(l) + number(f.Max)
	case f.Qualifier == Partial:
		s = number(f.Max) + Text{" (décompte partiel)", " (partial count)"}.In(l)
	default:
		s = number(f.Max)
	}
	if !f.Scope.IsZero() {
		s += " (" + f.Scope.In(l) + ")"
	}
	return s
}
