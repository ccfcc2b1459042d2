package db

import (
	"slices"
	"strings"

	"vigie"
)

// matches tells whether a case, of that company, is among what a query chooses:
// what selected says in SQL of the case as it stands, said in Go of the case as
// it stood. Its state is not looked at.
func matches(q vigie.Query, words asked, in *vigie.Incident, company vigie.Company) bool {
	if strings.TrimSpace(q.Q) != "" && (words.empty() || !words.in(textOf(in, company))) {
		return false
	}
	first := in.FirstWord()
	terms := termsOf(in, company, in.Standing(""), first)
	for _, f := range filters {
		has := func(value string) bool { return slices.Contains(terms, [2]string{f.field, value}) }
		if q.AsOf != "" && (f.field == "evidence" || f.field == "position") {
			then, known := standingOn(in, q.AsOf)
			if len(f.values(q)) > 0 && !known {
				return false
			}
			has = func(value string) bool {
				return value == map[string]string{"evidence": string(then.Evidence), "position": string(then.Position)}[f.field]
			}
		}
		if !chosen(f.values(q), has) {
			return false
		}
	}
	if !chosen(q.Incident, func(id string) bool { return id == in.ID }) {
		return false
	}
	if q.After != "" && first.First() < q.After.First() || q.Before != "" && (first.First() == "" || first.First() > q.Before.Last()) {
		return false
	}
	n := affected(in)
	return n >= q.AffectedMin && (q.AffectedMax <= 0 || n >= 1 && n <= q.AffectedMax)
}

// chosen tells whether one of the wanted values is there, if any is wanted, and
// none of the unwanted.
func chosen(values []string, has func(string) bool) bool {
	wanted, unwanted := choose(values)
	return (len(wanted) == 0 || slices.ContainsFunc(wanted, has)) && !slices.ContainsFunc(unwanted, has)
}

// standingOn is the standing of the case on a day; false before it was known.
func standingOn(in *vigie.Incident, day vigie.Day) (standing vigie.Standing, known bool) {
	for _, d := range in.Standings() {
		if d.Day <= day {
			standing, known = d.Standing, true
		}
	}
	return standing, known
}

// affected is what a case is filtered and sorted by: the figure of record, its
// lower bound or else its upper; 0 when there is none.
func affected(in *vigie.Incident) int64 {
	figure, _ := in.FigureOfRecord("")
	if figure.Min == 0 {
		return figure.Max
	}
	return figure.Min
}

// in tells whether the words are found: of every group one, and none of those
// refused. No phrase runs from one passage into the next.
func (a asked) in(p passages) bool {
	texts := make([]heard, len(p))
	for i, passage := range p {
		texts[i] = passage.heard()
	}
	found := func(t term) bool {
		return slices.ContainsFunc(texts, func(h heard) bool { return len(t.in(h)) > 0 })
	}
	for _, group := range a.groups {
		if !slices.ContainsFunc(group, found) {
			return false
		}
	}
	return !slices.ContainsFunc(a.not, found)
}
