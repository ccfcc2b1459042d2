package vigie

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// ReadCount reads a number as people write it, in either language, as firmly as they
// do and no more: "87 M", "87 000 000", "2,5 millions", "plus de 5 000", "about 1.5
// million", "1 à 2 millions", "several hundred thousand". The figure has no unit and no
// scope; of a vague one Min is the floor of the magnitude. "1.500 million" may be two
// numbers, and is an error.
func ReadCount(s string) (Figure, error) {
	words := strings.Join(strings.Fields(Fold(typed(s))), " ")
	f := Figure{Qualifier: Exact}
	for _, q := range countQualifiers {
		if at := q.words.FindString(words); at != "" {
			f.Qualifier, words = q.means, strings.TrimSpace(words[len(at):])
			break
		}
	}
	if low, high, ok := countRange(words); ok && (f.Qualifier == Exact || f.Qualifier == About) {
		f.Min, f.Max = low, high
		return f, nil
	}
	n, ok := readAmount(words)
	if !ok {
		if f.Qualifier == Exact || f.Qualifier == About {
			if floor, vague := magnitude(words); vague {
				return Figure{Min: floor, Qualifier: Vague}, nil
			}
		}
		return Figure{}, fmt.Errorf("%q is not a number", s)
	}
	switch f.Qualifier {
	case MoreThan:
		f.Min = n
	case UpTo:
		f.Max = n
	default:
		f.Min, f.Max = n, n
	}
	return f, nil
}

// ReadAmount reads one whole number as people write it: 87000000, "87 000 000",
// "87,000,000", "87 M", "2,5 millions".
func ReadAmount(s string) (int64, bool) {
	return readAmount(strings.Join(strings.Fields(Fold(typed(s))), " "))
}

var countQualifiers = []struct {
	words *regexp.Regexp
	means Qualifier
}{
	{regexp.MustCompile(`^(?:plus d[e'] ?|more than |over |au moins |at least |> ?)`), MoreThan},
	{regexp.MustCompile(`^(?:jusqu'a |up to |au plus |at most |< ?)`), UpTo},
	{regexp.MustCompile(`^(?:environ |about |around |autour de |pres de |nearly |quelque |roughly |~ ?)`), About},
}

var (
	amountForm    = regexp.MustCompile(`^(\d[\d ,.']*?) ?(?:(k|mille|thousand|milliers?|m|mio|millions?|md|mds|bn|billions?|milliards?)\.?)?$`)
	groupedNumber = regexp.MustCompile(`^\d{1,3}([ ,.']\d{3})+$`)
	decimalNumber = regexp.MustCompile(`^\d+[.,]\d{1,3}$`)
	bareNumber    = regexp.MustCompile(`^\d+$`)
	rangeForm     = regexp.MustCompile(`^(?:de |d'|entre |from |between )?(.+?)(?: (?:a|et|to|and|-) | ?- ?)(.+)$`)
	scaleWord     = regexp.MustCompile(` ?[a-z]+\.?$`)
)

// scaleOf is what a word multiplies by. "billion" is the English one: French papers
// write milliard, and "billions" in the plural, which may be French, is refused.
var scaleOf = map[string]int64{
	"k": 1e3, "mille": 1e3, "thousand": 1e3, "millier": 1e3, "milliers": 1e3,
	"m": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
	"md": 1e9, "mds": 1e9, "bn": 1e9, "milliard": 1e9, "milliards": 1e9, "billion": 1e9,
}

func readAmount(words string) (int64, bool) {
	m := amountForm.FindStringSubmatch(words)
	if m == nil {
		return 0, false
	}
	number, scale := strings.TrimSpace(m[1]), int64(1)
	if m[2] != "" {
		if scale = scaleOf[m[2]]; scale == 0 {
			return 0, false
		}
	}
	var n float64
	switch {
	case bareNumber.MatchString(number):
		whole, err := strconv.ParseInt(number, 10, 64)
		if err != nil || whole > 1<<53/scale {
			return 0, false
		}
		return whole * scale, true
	case groupedNumber.MatchString(number) && !(scale > 1 && decimalNumber.MatchString(number)):
		whole, err := strconv.ParseInt(digitsOf(number), 10, 64)
		if err != nil || whole > 1<<53/scale {
			return 0, false
		}
		return whole * scale, true
	case scale > 1 && decimalNumber.MatchString(number) && !groupedNumber.MatchString(number):
		n, _ = strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	default:
		return 0, false
	}
	if n *= float64(scale); n > 1<<53 { // three decimals at most of a thousand or more: it is whole
		return 0, false
	}
	return int64(math.Round(n)), true
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// countRange reads "1 à 2 millions", "between 1,000 and 2,000": the first number takes
// the scale of the second when it has none and would otherwise be over it or far under.
func countRange(words string) (low, high int64, ok bool) {
	m := rangeForm.FindStringSubmatch(words)
	if m == nil {
		return 0, 0, false
	}
	high, ok = readAmount(m[2])
	if !ok {
		return 0, 0, false
	}
	first := m[1]
	if scale := scaleWord.FindString(m[2]); scale != "" && scaleWord.FindString(first) == "" {
		first += " " + strings.TrimSpace(scale)
	}
	low, ok = readAmount(first)
	return low, high, ok && 0 < low && low < high
}

// vagueWords are what orders of magnitude are made of; 0 is a word that says only that
// the number is not given.
var vagueWords = map[string]int64{
	"plusieurs": 0, "quelques": 0, "des": 0, "several": 0, "some": 0, "many": 0, "de": 0, "of": 0, "d": 0,
	"dizaines": 10, "dozens": 10, "tens": 10, "centaines": 100, "hundreds": 100, "hundred": 100,
	"milliers": 1e3, "thousands": 1e3, "thousand": 1e3, "millions": 1e6, "million": 1e6,
	"milliards": 1e9, "billions": 1e9, "billion": 1e9,
}

// magnitude is the floor of an order of magnitude said in words, and whether it is one:
// "un million" is not, "des millions" is.
func magnitude(words string) (floor int64, vague bool) {
	floor = 1
	for i, word := range Words(words) {
		factor, known := vagueWords[word]
		switch {
		case !known:
			return 0, false
		case i == 0 && factor > 0 && !strings.HasSuffix(word, "s"): // "million" alone
			return 0, false
		case factor > 0:
			floor *= factor
		}
	}
	return floor, floor > 1 && floor <= 1e12
}
