package web

import (
	"strconv"
	"strings"

	"vigie"
)

// How long people waited, and how well the days are known, in words. A lag is an
// interval, as its ends are; one whose end is unknown is said to be so, with the day
// we last looked: it is never silence.

var lagWords = struct {
	Lags, NoWord, Checked, SameDay, Day, Days, AtLeast, AtMost, To vigie.Text
	Between, Known, FromSource, Public                             vigie.Text
}{
	Lags:    vigie.Text{FR: "Délais", EN: "Lags"},
	NoWord:  vigie.Text{FR: "aucune parole connue", EN: "no word known"},
	Checked: vigie.Text{FR: ", dernière vérification le {date}", EN: ", last checked on {date}"},
	SameDay: vigie.Text{FR: "le jour même", EN: "the same day"},
	Day:     vigie.Text{FR: "jour", EN: "day"}, Days: vigie.Text{FR: "jours", EN: "days"},
	AtLeast: vigie.Text{FR: "au moins ", EN: "at least "}, AtMost: vigie.Text{FR: "au plus ", EN: "at most "}, To: vigie.Text{FR: " à ", EN: " to "},

	Between:    vigie.Text{FR: "un jour de cet intervalle", EN: "one day of that span"},
	Known:      vigie.Text{FR: ", connu au plus tard le {date}", EN: ", known by {date}"},
	FromSource: vigie.Text{FR: " (publication d’une source)", EN: " (publication of a source)"},
	Public:     vigie.Text{FR: " (date publique)", EN: " (when it was made public)"},
}

var lagEnds = map[string]vigie.Text{
	"occurred":       {FR: "attaque", EN: "attack"},
	"discovered":     {FR: "découverte", EN: "discovery"},
	"claim":          {FR: "première allégation", EN: "first claim"},
	"first_word":     {FR: "premier mot de l’entreprise", EN: "company’s first word"},
	"customers_told": {FR: "clients prévenus", EN: "customers told"},
	"regulator_told": {FR: "régulateur prévenu", EN: "regulator told"},
}

// lag is one lag in words: "first claim → customers told: no word known, last
// checked on 9 March 2031".
func (t teller) lag(l vigie.Lag) string {
	return t.in(lagEnds[l.From]) + " → " + t.in(lagEnds[l.To]) + t.in(feedWords.Colon) + t.days(l)
}

func (t teller) days(l vigie.Lag) string {
	days := func(n int) string {
		word := lagWords.Days
		if n == 1 || n == 0 && t.c.Lang == vigie.French {
			word = lagWords.Day
		}
		return strconv.Itoa(n) + "\u00a0" + t.in(word)
	}
	switch {
	case l.Min == nil && l.Max == nil:
		open := t.in(lagWords.NoWord)
		if t.r.Checked.Known() {
			open += fill(t.in(lagWords.Checked), "{date}", t.r.Checked.In(t.c.Lang))
		}
		return open
	case l.Max == nil:
		return t.in(lagWords.AtLeast) + days(*l.Min)
	case *l.Max == 0:
		return t.in(lagWords.SameDay)
	case l.Min == nil:
		return t.in(lagWords.AtMost) + days(*l.Max)
	case *l.Min == *l.Max:
		return days(*l.Max)
	}
	return strconv.Itoa(*l.Min) + t.in(lagWords.To) + days(*l.Max)
}

// lags are those of the case in words.
func (t teller) lags() []string {
	var list []string
	for _, l := range t.derived().Lags {
		list = append(list, t.lag(l))
	}
	return list
}

// lags tells those of the case in one paragraph.
func (d *told) lags() {
	d.labelled(lagWords.Lags, strings.Join(d.t.lags(), d.t.in(feedWords.Semicolon)))
}

// onDay is when a statement was made, and what is to be known of that date: that it
// is less than a day, or what it rests on when the statement has none.
func (t teller) onDay(s *vigie.Statement) string {
	day := t.day(s)
	switch on := s.On; {
	case on.Grain() == "interval":
		return day + " (" + t.in(lagWords.Between) + ")"
	case on.Precision() == vigie.Month:
		return day + " (" + t.in(icsWords.MonthOnly) + ")"
	case on.Precision() == vigie.Year:
		return day + " (" + t.in(icsWords.YearOnly) + ")"
	case on.Known():
		return day
	}
	known := t.r.KnownOn(s)
	if known == "" {
		return day
	}
	from := lagWords.FromSource
	if s.Public.Known() {
		from = lagWords.Public
	}
	return day + fill(t.in(lagWords.Known), "{date}", vigie.Date(known).In(t.c.Lang)) + t.in(from)
}
