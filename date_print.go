package vigie

import "strings"

var months = map[Lang][12]string{
	French:  {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// In writes the date for readers, as precise as it is and no more: "16 September
// 2024", "septembre 2024", "16–17 September 2024", "vers 2023". An unknown date
// is the empty string.
func (d Date) In(l Lang) string {
	from, to, err := d.parts()
	switch {
	case err != nil:
		return ""
	case from == to:
		return from.in(l, true)
	case from.about || to.about: // "about" binds to one end: a dash keeps them apart
		return from.in(l, true) + " – " + to.in(l, true)
	case from.precision != to.precision:
		return from.in(l, true) + between[l] + to.in(l, true)
	}
	sameYear := from.first[:4] == to.first[:4]
	start, end := from.in(l, !sameYear), to.in(l, true)
	switch {
	case from.precision != DayPrecision:
		return start + between[l] + end
	case from.first[:7] == to.first[:7]:
		return from.dayNumber(l) + "–" + end
	case l == French:
		return "du " + start + " au " + end
	default:
		return start + between[l] + end
	}
}

var between = map[Lang]string{French: " à ", English: " to "}

func (p datePart) dayNumber(l Lang) string {
	n := strings.TrimPrefix(string(p.first[8:]), "0")
	if n == "1" && l == French {
		return "1er"
	}
	return n
}

// in writes one end of a date, with its year unless the other end gives it.
func (p datePart) in(l Lang, year bool) string {
	var words []string
	if p.about {
		words = append(words, map[Lang]string{French: "vers", English: "about"}[l])
		if l == French && p.precision == DayPrecision {
			words = append(words, "le")
		}
	}
	if p.precision == DayPrecision {
		words = append(words, p.dayNumber(l))
	}
	if p.precision >= Month {
		month := (p.first[5]-'0')*10 + p.first[6] - '0'
		words = append(words, months[l][month-1])
	}
	if year || p.precision == Year {
		words = append(words, strings.TrimLeft(string(p.first[:4]), "0"))
	}
	return strings.Join(words, " ")
}
