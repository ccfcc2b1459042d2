package importers

import (
	"fmt"

	"vigie"
)

// Days between the news and the first public word of the case, and what they are
// worth. In a year of French leaks, of two entries with one name 96 in 100 are of
// one incident when they are three days apart at most, half at four or five, and
// hardly one later: then something else must speak for it.
var nearness = []struct {
	days, points int
}{
	{3, 30}, {30, 15}, {60, 10}, {120, 5},
}

// sameDays compares when the two were told. What comes long after is another case
// unless its words, figures or attacker recall this one; what comes long before
// the first word of a case is not of it.
func sameDays(l *likeness, a, b *face) {
	told := recall(l, a, b)
	if a.first == "" || b.first == "" {
		return
	}
	after, before := 0, 0
	switch {
	case b.until < a.first:
		after = b.until.Until(a.first)
	case a.until < b.first:
		before = a.until.Until(b.first)
	}
	days := max(after, before)
	again := again(a, b)
	for _, n := range nearness {
		if days > n.days {
			continue
		}
		points := n.points
		if again {
			points = max(points, 20)
		}
		if days == 0 {
			l.add(points, "dates qui se recouvrent", "overlapping dates")
		} else {
			l.add(points, fmt.Sprintf("dates proches (%d jours d’écart)", days), fmt.Sprintf("near dates (%d days apart)", days))
		}
		return
	}
	switch {
	case again:
		l.add(20, "à la date d’une suite du cas", "at the date of a later word of the case")
	case before > 0 && l.marks == 0:
		l.add(-25, fmt.Sprintf("paru %d jours avant le premier mot du cas", days), fmt.Sprintf("published %d days before the first word of the case", days))
	case days > 365 && l.marks == 0 && !told:
		l.add(-20, fmt.Sprintf("dates éloignées (%d jours d’écart)\u00a0: peut-être un autre cas", days), fmt.Sprintf("far dates (%d days apart): perhaps another case", days))
	default:
		l.add(0, fmt.Sprintf("%d jours après le premier mot du cas", days), fmt.Sprintf("%d days after the first word of the case", days))
	}
}

// again tells whether the case was in the news within two weeks of the day.
func again(a, b *face) bool {
	day := vigie.Date(a.first)
	for _, d := range b.later {
		if d.Exact() && apart(day, d) <= 14 {
			return true
		}
	}
	return false
}

// recall: a text that tells the month of the case, or its year when that is not
// the year it was written in.
func recall(l *likeness, a, b *face) bool {
	if len(a.recalls) == 0 || b.first == "" || a.first == "" || a.first[:4] == b.first[:4] {
		return false
	}
	for _, day := range []vigie.Day{b.first, b.until, b.attack.First()} {
		if len(day) < 7 {
			continue
		}
		if month := string(day[:7]); a.recalls[month] {
			l.add(20, "le texte parle de "+vigie.Date(month).In(vigie.French), "the text speaks of "+vigie.Date(month).In(vigie.English))
			return true
		}
		if y := string(day[:4]); a.recalls[y] && y != string(a.first[:4]) {
			l.add(12, "le texte parle de "+y, "the text speaks of "+y)
			return true
		}
	}
	return false
}
