package importers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// Points of a likeness. Without the company or the page itself no other likeness
// makes a suspect: two cases often share a figure, an actor or a month.
const (
	samePage    = 100 // the candidate's page is already a source of the case
	sameCompany = 40
	nearDate    = 25 // within 45 days
	closeDate   = 15 // within 120 days
	sameFigure  = 25
	sameActor   = 15
	sameKind    = 5
	sameWords   = 20
	farDate     = -25 // over a year: more likely another case of the company
)

// Match tells which known cases a candidate may be about, the likeliest first,
// with a score of 0–100 and the reasons in words. The same company at a far date
// and without a common figure stays low: it is often another case.
func Match(c vigie.Candidate, known []vigie.Incident, companies []vigie.Company) []vigie.Suspect {
	by := map[string]vigie.Company{}
	for _, co := range companies {
		by[co.ID] = co
	}
	var out []vigie.Suspect
	for i := range known {
		in := &known[i]
		if in.State == vigie.Merged || in.State == vigie.Retracted {
			continue
		}
		if s := likeness(c, in, by); s.Score > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b vigie.Suspect) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Incident, b.Incident))
	})
	return out
}

func likeness(c vigie.Candidate, in *vigie.Incident, by map[string]vigie.Company) vigie.Suspect {
	s := vigie.Suspect{Incident: in.ID}
	anchored := false
	add := func(points int, fr, en string) {
		s.Score += points
		s.Reasons = append(s.Reasons, vigie.Text{FR: fr, EN: en})
	}
	if src, ok := pageOf(c, in); ok {
		anchored = true
		add(samePage, fmt.Sprintf("même page que la source %s du cas", src), fmt.Sprintf("same page as source %s of the case", src))
	}
	co, ok := by[in.Company]
	if !ok {
		co = vigie.Company{ID: in.Company, Name: strings.ReplaceAll(in.Company, "-", " ")}
	}
	if read, name, ok := companyOf(c, in, co); ok {
		anchored = true
		if vigie.Fold(read) == vigie.Fold(name) {
			add(sameCompany, fmt.Sprintf("même entreprise : %s", name), fmt.Sprintf("same company: %s", name))
		} else {
			add(sameCompany, fmt.Sprintf("même entreprise : « %s » est %s", read, name), fmt.Sprintf("same company: “%s” is %s", read, name))
		}
	}
	if !anchored {
		return vigie.Suspect{}
	}
	if days, ok := distance(c, in); ok {
		switch {
		case days == 0:
			add(nearDate, "dates qui se recouvrent", "overlapping dates")
		case days <= 45:
			add(nearDate, fmt.Sprintf("dates proches (%d jours d’écart)", days), fmt.Sprintf("near dates (%d days apart)", days))
		case days <= 120:
			add(closeDate, fmt.Sprintf("dates assez proches (%d jours d’écart)", days), fmt.Sprintf("dates not far (%d days apart)", days))
		case days > 365:
			add(farDate, fmt.Sprintf("dates éloignées (%d jours d’écart) : peut-être un autre cas", days), fmt.Sprintf("far dates (%d days apart): perhaps another case", days))
		}
	}
	if n, ok := figureOf(c, in); ok {
		add(sameFigure, fmt.Sprintf("même chiffre : %s", vigie.Number(n, vigie.French)), fmt.Sprintf("same figure: %s", vigie.Number(n, vigie.English)))
	}
	if a, ok := actorOf(c, in); ok {
		add(sameActor, fmt.Sprintf("même attaquant : %s", a), fmt.Sprintf("same attacker: %s", a))
	}
	if c.Reading.Kind != "" && c.Reading.Kind == in.Kind && in.Kind != "unknown" {
		s.Score += sameKind
	}
	if share := commonWords(c, in); share >= 0.35 {
		add(sameWords, "texte presque identique à ce que dit déjà le cas", "words almost the same as what the case already says")
	}
	s.Score = max(1, min(s.Score, 100))
	return s
}

// pageOf finds the source of a case that is the candidate's own page.
func pageOf(c vigie.Candidate, in *vigie.Incident) (string, bool) {
	own := []string{CanonicalURL(c.Key), CanonicalURL(c.Source.URL)}
	for _, src := range in.Sources {
		if u := CanonicalURL(src.URL); u != "" && slices.Contains(own, u) {
			return src.ID, true
		}
	}
	return "", false
}

// companyOf tells by which name the candidate's victim is the respondent of a
// case, or one of its brands.
func companyOf(c vigie.Candidate, in *vigie.Incident, co vigie.Company) (read, name string, ok bool) {
	names := append([]string{co.Name, co.ID}, co.Aliases...)
	names = append(append(names, co.Domains...), in.Brands...)
	for _, v := range c.Reading.Victims {
		for _, n := range names {
			if n != "" && plainName(v) == plainName(n) {
				return v, co.Name, true
			}
		}
	}
	return "", "", false
}

// legal are the words of a company's name that tell it from no other.
var legal = map[string]bool{"sa": true, "sas": true, "sarl": true, "inc": true, "ltd": true, "plc": true, "llc": true, "corp": true, "corporation": true, "co": true, "company": true, "group": true, "groupe": true, "holding": true, "holdings": true, "ag": true, "gmbh": true, "se": true, "spa": true, "nv": true, "com": true, "fr": true, "the": true, "www": true, "and": true, "et": true}

func plainName(s string) string {
	var out []string
	for _, w := range vigie.Words(s) {
		if !legal[w] {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		out = vigie.Words(s)
	}
	return strings.Join(out, "")
}

// distance is the least number of days between the candidate's publication and
// any date of the case, 0 when they may be the same day.
func distance(c vigie.Candidate, in *vigie.Incident) (int, bool) {
	day := c.Reading.Published
	if !day.Known() {
		day = c.Source.Published
	}
	if !day.Known() {
		return 0, false
	}
	dates := []vigie.Date{in.Occurred, in.Discovered, in.Disclosed}
	for i := range in.Statements {
		dates = append(dates, in.Statements[i].On, in.Statements[i].Public)
	}
	for _, src := range in.Sources {
		dates = append(dates, src.Published)
	}
	best, found := 0, false
	for _, d := range dates {
		if !d.Known() {
			continue
		}
		n := 0
		switch {
		case d.Last() < day.First():
			n = d.Last().Until(day.First())
		case day.Last() < d.First():
			n = day.Last().Until(d.First())
		}
		if !found || n < best {
			best, found = n, true
		}
	}
	return best, found
}

// figureOf finds a count that the candidate and the case both give.
func figureOf(c vigie.Candidate, in *vigie.Incident) (int64, bool) {
	for _, a := range c.Reading.Affected {
		for i := range in.Statements {
			for _, f := range in.Statements[i].Figures {
				if a.Qualifier != vigie.Vague && f.Qualifier != vigie.Vague && (f.Min == a.Value || f.Max == a.Value) {
					return a.Value, true
				}
			}
		}
	}
	return 0, false
}

func actorOf(c vigie.Candidate, in *vigie.Incident) (string, bool) {
	for _, a := range c.Reading.Actor {
		for i := range in.Statements {
			s := &in.Statements[i]
			for _, have := range []string{s.Actor, s.By.Name} {
				if have != "" && (have == s.Actor || s.By.Role == vigie.Attacker) && plainName(have) == plainName(a) {
					return a, true
				}
			}
		}
	}
	return "", false
}

// commonWords is the share of the candidate's three-word runs that the case's
// own titles, texts and quotes hold (Broder's containment of shingles, 1997).
func commonWords(c vigie.Candidate, in *vigie.Incident) float64 {
	have := map[string]bool{}
	feed := func(s string) {
		for _, k := range shingles(s) {
			have[k] = true
		}
	}
	for _, src := range in.Sources {
		feed(src.Title)
	}
	for i := range in.Statements {
		s := &in.Statements[i]
		feed(s.Text.FR)
		feed(s.Text.EN)
		for _, q := range s.Quotes {
			feed(q.Text)
		}
	}
	title, _, _ := strings.Cut(c.Reading.Text, "\n")
	best := 0.0
	for _, s := range []string{title, c.Reading.Text} {
		mine := shingles(s)
		if len(mine) < 5 {
			continue
		}
		n := 0
		for _, k := range mine {
			if have[k] {
				n++
			}
		}
		best = max(best, float64(n)/float64(len(mine)))
	}
	return best
}

func shingles(s string) []string {
	w := vigie.Words(s)
	var out []string
	for i := 0; i+3 <= len(w); i++ {
		out = append(out, w[i]+" "+w[i+1]+" "+w[i+2])
	}
	return out
}
