package vigie

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Detail is a piece of personal data found in a text: bytes From to To.
type Detail struct {
	Kind     string // email, phone, payment_card, bank_account, national_id
	From, To int
}

// personal finds, in one kind of personal data, where it stands in a text.
type personal struct {
	kind   string
	what   Text
	places func(s string) [][]int
}

// In the order in which they are told; a place is told once.
var personals = []personal{
	{"bank_account", Text{"un numéro de compte (IBAN)", "an account number (IBAN)"}, ibans},
	{"national_id", Text{"un numéro de sécurité sociale", "a French social security number"}, matching(nirPattern, nirHolds)},
	{"payment_card", Text{"un numéro de carte", "a card number"}, matching(cardPattern, luhn)},
	{"email", Text{"une adresse e-mail", "an e-mail address"}, matching(emailPattern, nil)},
	{"phone", Text{"un numéro de téléphone", "a phone number"}, matching(phonePattern, phoneHolds)},
}

// PersonalDetails finds e-mail addresses, phone, payment card, IBAN and French
// social security numbers in a text. Card, account and social security numbers
// are held to their check digits (ISO/IEC 7812-1, ISO 13616, the NIR's key), so
// that the counts of a leak are not taken for them.
func PersonalDetails(s string) []Detail {
	if len(digits(s)) < fewestDigits && !strings.Contains(s, "@") {
		return nil // as most texts are: the patterns cost much more
	}
	var found []Detail
	for _, p := range personals {
		for _, at := range p.places(s) {
			if !overlaps(found, at[0], at[1]) {
				found = append(found, Detail{p.kind, at[0], at[1]})
			}
		}
	}
	return found
}

// fewestDigits is how many the shortest of the numbers looked for has: a phone
// number with its country.
const fewestDigits = 9

func overlaps(found []Detail, from, to int) bool {
	for _, d := range found {
		if from < d.To && d.From < to {
			return true
		}
	}
	return false
}

var (
	emailPattern = regexp.MustCompile(`[\pL\d][\pL\d._%+-]*@(?:[\pL\d](?:[\pL\d-]*[\pL\d])?\.)+\pL{2,}`)
	cardPattern  = regexp.MustCompile(`\d(?:[ \x{00a0}\x{202f}-]?\d){12,18}`)
	nirPattern   = regexp.MustCompile(`[1278](?:[ .\x{00a0}\x{202f}-]?[\dABab]){14}`)
	phonePattern = regexp.MustCompile(`(?:\+|\b00)[1-9][\d ()./\x{00a0}\x{202f}-]{6,20}\d|\b0[ .]?[1-9][\d ()./\x{00a0}\x{202f}-]{6,12}\d|\(?\b[2-9]\d{2}(?:\) ?|[-. ])\d{3}[-. ]\d{4}\b`)
	counted      = regexp.MustCompile(`^\+?\d{1,3}(?:[ .,\x{00a0}\x{202f}]\d{3})+$`)
	dated        = regexp.MustCompile(`\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}`)
)

// matching finds a pattern that stands apart from other letters and digits, and
// that holds.
func matching(pattern *regexp.Regexp, holds func(string) bool) func(string) [][]int {
	return func(s string) [][]int {
		var out [][]int
		for _, at := range pattern.FindAllStringIndex(s, -1) {
			if apart(s, at[0], at[1]) && (holds == nil || holds(s[at[0]:at[1]])) {
				out = append(out, at)
			}
		}
		return out
	}
}

// apart tells whether a match is not part of a longer word, number or handle.
func apart(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	part := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !part(before) && !part(after) && before != '@'
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// luhn is the check of payment card numbers; their first digit is that of a
// card scheme (2 to 6), and no grouping by thousands is one.
func luhn(s string) bool {
	n := digits(s)
	if n[0] < '2' || n[0] > '6' || counted.MatchString(s) {
		return false
	}
	sum := 0
	for i := range n {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// nirHolds checks the key of a French social security number: 97 less the rest
// of the 13 first by 97, Corsica's 2A and 2B counting as 19 and 18.
func nirHolds(s string) bool {
	n := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, s)
	n = strings.NewReplacer("2A", "19", "2B", "18").Replace(n[:7]) + n[7:]
	if len(digits(n)) != 15 || n[0] != s[0] {
		return false
	}
	var number, key int64
	if _, err := fmt.Sscanf(n, "%13d%2d", &number, &key); err != nil {
		return false
	}
	return key == 97-number%97
}

func phoneHolds(s string) bool {
	n := len(digits(s))
	switch {
	case strings.HasPrefix(s, "+") && counted.MatchString(s):
		return n > 10 // "+1 500 000" is a rise; a number with its country is longer
	case dated.MatchString(s):
		return false
	case strings.HasPrefix(s, "+"), strings.HasPrefix(s, "00"):
		return n >= fewestDigits && n <= 17
	default:
		return n == 10 || n == 11
	}
}

// The lengths of IBANs by country, from the public registry of ISO 13616.
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
	"DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
	"IL": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27,
	"MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
	"TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}

var ibanStart = regexp.MustCompile(`(?i)[A-Z]{2}\d{2}`)

// ibans finds account numbers: the length of the country, then the check of ISO
// 7064 (mod 97 is 1).
func ibans(s string) [][]int {
	var out [][]int
	for _, start := range ibanStart.FindAllStringIndex(s, -1) {
		length := ibanLengths[strings.ToUpper(s[start[0]:start[0]+2])]
		var account strings.Builder
		end := start[0]
		for end < len(s) && account.Len() < length {
			r, size := utf8.DecodeRuneInString(s[end:])
			switch {
			case r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
				account.WriteRune(unicode.ToUpper(r))
			case r != ' ' && r != '-' && r != '\u00a0' && r != '\u202f':
				size, length = 0, 0 // the number ends too soon
			}
			end += size
		}
		if length > 0 && account.Len() == length && apart(s, start[0], end) && mod97(account.String()) == 1 {
			out = append(out, []int{start[0], end})
		}
	}
	return out
}

func mod97(account string) int64 {
	var n strings.Builder
	for _, r := range account[4:] + account[:4] {
		if unicode.IsLetter(r) {
			fmt.Fprint(&n, r-'A'+10)
		} else {
			n.WriteRune(r)
		}
	}
	value, ok := new(big.Int).SetString(n.String(), 10)
	if !ok {
		return 0
	}
	return new(big.Int).Mod(value, big.NewInt(97)).Int64()
}

// masked shows enough of a detail to find it again, and no more.
func masked(s string) string {
	runes := []rune(s)
	for i, r := range runes {
		if i >= 2 && i < len(runes)-2 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			runes[i] = '•'
		}
	}
	return string(runes)
}
