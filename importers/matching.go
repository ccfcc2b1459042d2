package importers

import (
	"cmp"
	"slices"

	"vigie"
)

// Match tells which known cases a candidate may be about, the likeliest first,
// with a score of 0–100 and the reasons in words. One case at most is offered as
// the same (vigie.SameCase), unless the page itself is a source of several: two
// cases of one company that look alike are for the editor to tell apart.
func Match(c vigie.Candidate, known []vigie.Incident, companies []vigie.Company) []vigie.Suspect {
	return NewMatcher(companies).Match(c, known)
}

// Matcher knows the companies by all their names. It is made once for many
// candidates, and is safe for several goroutines.
type Matcher struct {
	byID  map[string]*vigie.Company
	owner map[string]string // key of a name → id of the company that has it, "" when several have
}

// NewMatcher knows these companies.
func NewMatcher(companies []vigie.Company) *Matcher {
	m := &Matcher{byID: map[string]*vigie.Company{}, owner: map[string]string{}}
	for i := range companies {
		co := &companies[i]
		m.byID[co.ID] = co
		for _, name := range namesOf(co) {
			key := vigie.NameKey(name)
			if has, ok := m.owner[key]; ok && has != co.ID {
				m.owner[key] = ""
				continue
			}
			m.owner[key] = co.ID
		}
	}
	return m
}

// namesOf are all names by which a company may be knownAs.
func namesOf(co *vigie.Company) []string {
	names := slices.Concat([]string{co.Name, co.ID, co.Wikidata}, co.Aliases, co.Domains)
	return slices.DeleteFunc(names, func(s string) bool { return vigie.NameKey(s) == "" })
}

// Match is the function of that name, with the companies known.
func (m *Matcher) Match(c vigie.Candidate, known []vigie.Incident) []vigie.Suspect {
	news := m.news(&c)
	var out []vigie.Suspect
	certain := map[string]bool{} // by their page
	for i := range known {
		in := &known[i]
		if in.State == vigie.Merged || in.State == vigie.Retracted {
			continue
		}
		known := m.outline(in)
		if compare(news, known).anchored {
			m.fill(known, in)
			l := compare(news, known)
			out = append(out, vigie.Suspect{Incident: in.ID, Score: l.score(), Reasons: l.reasons})
			certain[in.ID] = l.page
		}
	}
	slices.SortStableFunc(out, func(a, b vigie.Suspect) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Incident, a.Incident))
	})
	for i := range out {
		tied := i == 0 && len(out) > 1 && out[1].Score == out[0].Score && !certain[out[1].Incident]
		if (i > 0 || tied) && !certain[out[i].Incident] {
			out[i].Score = min(out[i].Score, vigie.SameCase-1)
		}
	}
	if len(out) > 1 && out[0].Score < out[1].Score { // the tied one was lowered
		slices.SortStableFunc(out, func(a, b vigie.Suspect) int { return cmp.Compare(b.Score, a.Score) })
	}
	return out
}
