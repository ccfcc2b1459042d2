package main

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/importers"
)

// propose adds to a case what a candidate suggests. A company that the record
// does not know comes as a proposal of its own. Of several victims, the case is of
// the one that is asked for, or of the first.
func (s *Server) propose(c *gin.Context, in vigie.Incident, candidate vigie.Candidate, victim string) (vigie.Incident, url.Values, error) {
	extra := url.Values{}
	companies, err := allCompanies(c.Request.Context(), s.db)
	if err != nil {
		return in, nil, err
	}
	candidate.Reading.Victims = leading(companies, candidate.Reading.Victims, in.Company, victim)
	said := vigie.Incident{Kind: candidate.Reading.Kind, Via: candidate.Reading.Via}
	if candidate.Draft != nil {
		said = *candidate.Draft
	}
	proposal := vigie.Incident{}
	if in.Company == "" {
		company, known := respondent(companies, candidate.Reading)
		in.Company = company.ID
		if !known && company.ID != "" {
			extra.Set("new_company", company.Name)
			if domain.MatchString(company.Name) {
				extra.Set("new_company.domains", strings.ToLower(company.Name))
			}
		}
		in.Kind = cmp.Or(said.Kind, in.Kind)
		proposal = said
	} else { // what the case knows stays; what it lacks is proposed
		proposal.Occurred, proposal.Discovered = said.Occurred, said.Discovered
		if !in.Disclosed.Known() {
			proposal.Disclosed = said.Disclosed
		}
		if len(in.Countries) == 0 {
			proposal.Countries = said.Countries
		}
	}
	proposal.Sources, proposal.Statements = importers.Propose(candidate, in.Company)
	proposed := addProposal(in, proposal)
	for _, s := range proposed.Statements[len(in.Statements):] {
		extra.Add("proposed", s.ID)
	}
	for _, r := range proposed.Sources[len(in.Sources):] {
		extra.Add("proposed", r.ID)
	}
	return proposed, extra, nil
}

var domain = regexp.MustCompile(`(?i)^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$`)

// leading puts first the victim that a case is of: the one whose name was asked
// for, or that is its company.
func leading(companies []vigie.Company, victims []string, company, name string) []string {
	i := slices.IndexFunc(victims, func(v string) bool {
		if name != "" {
			return v == name
		}
		known, ok := respondent(companies, vigie.Reading{Victims: []string{v}})
		return ok && known.ID == company
	})
	if i <= 0 {
		return victims
	}
	return slices.Concat(victims[i:i+1], victims[:i], victims[i+1:])
}

// addProposal puts proposed rows into a case. One that only repeats what the
// ledger has makes its article one more source of that statement.
func addProposal(in, proposal vigie.Incident) vigie.Incident {
	known := len(in.Statements)
	out := vigie.Merge(in, proposal)
	proposed := slices.Clone(out.Statements[known:])
	out.Statements = slices.Clone(out.Statements[:known])
	instead := map[string]string{}
	for _, s := range proposed {
		s.Was = "" // a proposal has no past
		if again := slices.IndexFunc(out.Statements[:known], func(have vigie.Statement) bool { return repeats(s, have) }); again >= 0 {
			have := &out.Statements[again]
			for _, id := range s.Sources {
				if !slices.Contains(have.Sources, id) { // its page may be there already
					have.Sources = slices.Concat(have.Sources, []string{id})
				}
			}
			instead[s.ID] = have.ID
			continue
		}
		out.Statements = append(out.Statements, s)
	}
	for i := range out.Statements[known:] {
		s := &out.Statements[known+i]
		follow(s.Answers, instead)
		if claim := onlyClaim(in); len(s.Answers) == 0 && claim != "" && s.Does(vigie.Corroborates, vigie.Refutes) {
			s.Answers = []string{claim} // rule C4 asks what was checked: here it can be but one
		}
	}
	return out
}

// onlyClaim is the statement of attackers that a case has, "" when it has none or
// several.
func onlyClaim(in vigie.Incident) (id string) {
	for i := range in.Statements {
		s := &in.Statements[i]
		switch {
		case s.By.Role != vigie.Attacker || !s.Does(vigie.Claims, vigie.OffersForSale, vigie.Leaks):
		case id != "":
			return ""
		default:
			id = s.ID
		}
	}
	return id
}

// follow puts new ids in the place of old ones.
func follow(ids []string, renamed map[string]string) {
	for i, id := range ids {
		ids[i] = cmp.Or(renamed[id], id)
	}
}

// repeats tells whether a proposal only says again what the ledger has. A word of
// the company is always proposed: whether it is a new one is the editor's to say.
func repeats(s, have vigie.Statement) bool {
	if s.By.Role == vigie.Respondent || s.By.Role != have.By.Role || s.Actor != "" && vigie.Fold(s.Actor) != vigie.Fold(have.Actor) {
		return false
	}
	return !slices.ContainsFunc(s.Figures, func(f vigie.Figure) bool { return !slices.Contains(have.Figures, f) })
}
