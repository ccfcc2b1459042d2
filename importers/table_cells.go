package importers

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"vigie"
)

// layouts that have a name; any other is written as Go's reference time.
var layouts = map[string][]string{
	"us":    {"1/2/2006", "1/2/06", "01/02/2006 03:04:05 PM"},
	"eu":    {"2/1/2006", "2/1/06", "2.1.2006", "2-1-2006"},
	"iso":   {"2006-01-02", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05"},
	"month": {"2006-01", "2006 Jan", "Jan 2006", "January 2006"},
	"year":  {"2006"},
	"words": {"January 2 2006", "January 2, 2006", "Jan 2 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006"},
}

// cellDate reads a date by the layouts of its column, the first that fits, as
// precise as the layout and no more. A last word "padded" says that the first of a
// month was written where only the month was known.
func cellDate(cell string, formats []string) (vigie.Date, bool) {
	cell = squeeze(cell)
	if n := len(formats) - 1; n > 0 && formats[n] == "padded" {
		d, ok := cellDate(cell, formats[:n])
		return vigie.Date(strings.TrimSuffix(string(d), "-01")), ok
	}
	if len(formats) == 0 || formats[0] == "" {
		formats = []string{"iso"}
	}
	for _, format := range strings.Split(strings.Join(formats, ":"), "|") {
		list, named := layouts[strings.TrimSpace(format)]
		if !named {
			list = []string{strings.TrimSpace(format)}
		}
		for _, layout := range list {
			t, err := time.Parse(layout, cell)
			if err != nil || t.Year() < 1900 || t.Year() > 2200 {
				continue
			}
			return vigie.Date(t.Format(precise(layout))), true
		}
	}
	return "", false
}

// precise is how a date of a layout is written: with the day, the month or only
// the year that the layout holds.
func precise(layout string) string {
	marked := func(day string) string {
		t, _ := time.Parse(time.DateOnly, day)
		return t.Format(layout)
	}
	switch {
	case marked("2011-11-11") != marked("2011-11-12"):
		return time.DateOnly
	case marked("2011-11-11") != marked("2011-10-11"):
		return "2006-01"
	}
	return "2006"
}

var (
	oneNumber = regexp.MustCompile(`^([~≈<>]|more than|over|at least|up to|about|approximately|approx\.?|around)? ?(\d[\d,. ]*)(?: ?(k|m|thousand|million|billion))? ?(\+)?$`)
	twoNumber = regexp.MustCompile(`^(\d[\d, ]*) ?(?:-|–|to) ?(\d[\d, ]*)$`)
	grouped   = regexp.MustCompile(`^\d{1,3}([,. ]\d{3})+$`)
	qualified = map[string]vigie.Qualifier{"": vigie.Exact, "~": vigie.About, "≈": vigie.About, "about": vigie.About, "approximately": vigie.About, "approx": vigie.About, "approx.": vigie.About, "around": vigie.About,
		">": vigie.MoreThan, "more than": vigie.MoreThan, "over": vigie.MoreThan, "at least": vigie.MoreThan, "<": vigie.UpTo, "up to": vigie.UpTo}
	times = map[string]float64{"": 1, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "billion": 1e9}
)

// cellFigure reads a count. Nought, "unknown" and blanks are no count; ok is false
// for words that it cannot read.
func cellFigure(cell string) (f vigie.Figure, some, ok bool) {
	cell = strings.ToLower(squeeze(cell))
	switch cell {
	case "", "0", "-", "n/a", "na", "none", "null", "unknown", "unknow", "undetermined", "not reported", "not specified", "tbd", "?":
		return f, false, true
	}
	if m := twoNumber.FindStringSubmatch(cell); m != nil {
		low, a := whole(m[1], "")
		high, b := whole(m[2], "")
		if a && b && 0 < low && low < high {
			return vigie.Figure{Min: low, Max: high, Qualifier: vigie.Exact}, true, true
		}
		return f, false, false
	}
	m := oneNumber.FindStringSubmatch(cell)
	if m == nil {
		return f, false, false
	}
	n, fine := whole(m[2], m[3])
	if !fine {
		return f, false, false
	}
	if n == 0 {
		return f, false, true
	}
	f = vigie.Figure{Min: n, Max: n, Qualifier: qualified[m[1]]}
	if m[4] != "" {
		f.Qualifier = vigie.MoreThan
	}
	switch f.Qualifier {
	case vigie.MoreThan:
		f.Max = 0
	case vigie.UpTo:
		f.Min = 0
	}
	return f, true, true
}

// whole is a whole number, its thousands grouped or not, times its word. Before a
// word a point parts a fraction, and a comma says too little.
func whole(digits, word string) (int64, bool) {
	digits = strings.TrimSpace(strings.TrimRight(digits, ",. "))
	switch {
	case !grouped.MatchString(digits):
	case word != "" && len(digits) < len("1.234.567") && strings.Contains(digits, "."): // 1.234 million
	case word != "" && len(digits) < len("1,234,567") && strings.Contains(digits, ","): // a thousand times as much to some as to others
		return 0, false
	default:
		digits = strings.NewReplacer(",", "", ".", "", " ", "").Replace(digits)
	}
	x, err := strconv.ParseFloat(digits, 64)
	if word != "" { // 1.001 times a million is 1,000,999.9999999999
		x = math.Round(x*times[word]*1000) / 1000
	}
	if err != nil || x < 0 || x >= 1<<53 || x != float64(int64(x)) {
		return 0, false
	}
	return int64(x), true
}

// countries are the codes of countries by their folded English and French names.
var countries = sync.OnceValue(func() map[string]string {
	m := map[string]string{"united states of america": "US", "usa": "US", "uk": "GB", "great britain": "GB", "russian federation": "RU", "korea, republic of": "KR", "iran, islamic republic of": "IR", "viet nam": "VN", "czech republic": "CZ"}
	for _, code := range vigie.Codes("country") {
		if r, err := language.ParseRegion(code); err == nil {
			m[vigie.Fold(display.English.Regions().Name(r))] = code
			m[vigie.Fold(display.French.Regions().Name(r))] = code
		}
	}
	return m
})

// cellCountry is the code of a country, by its code or its name; "" when
// it is neither.
func cellCountry(cell string) string {
	cell = squeeze(cell)
	if code := strings.ToUpper(cell); vigie.Known("country", code) {
		return code
	}
	return countries()[vigie.Fold(cell)]
}

// oneOf tells whether a cell is one of the words, parted by |; a word that ends in
// * stands for all that begin so.
func oneOf(cell string, format []string) bool {
	cell = vigie.Fold(squeeze(cell))
	for _, w := range strings.Split(strings.Join(format, ":"), "|") {
		w = vigie.Fold(squeeze(w))
		if begin, any := strings.CutSuffix(w, "*"); any && strings.HasPrefix(cell, begin) || w == cell {
			return true
		}
	}
	return false
}

// kindWords are the words of tables for a kind of attack, the first that is found.
var kindWords = []struct {
	words string
	kind  vigie.Kind
}{
	{"ransom", "ransomware"}, {"skim", "skimming"}, {"point of sale", "skimming"}, {"credential stuffing", "credential_stuffing"}, {"denial of service", "ddos"}, {"ddos", "ddos"},
	{"supply chain", "supply_chain"}, {"extortion", "extortion"},
}

// cellKind is the kind of attack of a cell, by the map's own words or by ours;
// "" when neither knows it.
func cellKind(cell string, format []string) vigie.Kind {
	cell = vigie.Fold(squeeze(cell))
	if vigie.Known("kind", cell) {
		return vigie.Kind(cell)
	}
	for _, pair := range strings.Split(strings.Join(format, ":"), "|") {
		word, code, ok := strings.Cut(pair, ">")
		if ok && vigie.Fold(squeeze(word)) == cell && vigie.Known("kind", strings.TrimSpace(code)) {
			return vigie.Kind(strings.TrimSpace(code))
		}
	}
	for _, k := range kindWords {
		if strings.Contains(cell, k.words) {
			return k.kind
		}
	}
	return ""
}

// registerData are words of the registers of attorneys general for kinds of data,
// folded, that are not among those of Have I Been Pwned.
var registerData = map[string]string{
	"name": "name", "social security number": "national_id", "ssn": "national_id", "driver's license or washington id card number": "id_document", "driver's license": "id_document",
	"passport number": "id_document", "financial & banking information": "bank_account", "full date of birth": "date_of_birth", "date of birth": "date_of_birth",
	"health insurance policy or id number": "health", "medical information": "health", "email address and password/security question answers": "password",
	"email address": "email", "email": "email", "username": "username", "password": "password", "student id number": "other", "military id number": "id_document",
	"biometric data": "other", "private keys": "other", "address": "postal_address", "phone number": "phone", "phone": "phone", "credit card": "payment_card", "payment card": "payment_card", "other": "other",
}

// cellData are the kinds of data of a cell, parted by semicolons or bars.
func cellData(cell string) (codes, unknown []string) {
	for _, w := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '|' || r == '\n' }) {
		if w = squeeze(w); w == "" {
			continue
		}
		if code, ok := registerData[vigie.Fold(w)]; ok {
			codes = joined(codes, []string{code})
			continue
		}
		if vigie.Known("data", w) {
			codes = joined(codes, []string{w})
			continue
		}
		c, u := classes([]string{w})
		codes, unknown = joined(codes, c), append(unknown, u...)
	}
	return codes, unknown
}

// layoutProblem is told when a cell of a date fits no layout of its column.
func layoutProblem(column, cell string) string {
	return fmt.Sprintf("%s: %q is not read as a date.", column, squeeze(cell))
}
