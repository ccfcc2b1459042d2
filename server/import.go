package main

import (
	"context"
	"strings"

	"vigie"
	"vigie/db"
	"vigie/importers"
)

// suspects are the known cases that a candidate may be about, and why.
func suspects(ctx context.Context, store *db.DB, c vigie.Candidate) ([]vigie.Suspect, map[string]vigie.Record, error) {
	found, err := store.SuspectsOf(ctx, []vigie.Candidate{c})
	if err != nil {
		return nil, nil, err
	}
	records := found[0]
	byID := map[string]vigie.Record{}
	var incidents []vigie.Incident
	var companies []vigie.Company
	for _, r := range records {
		byID[r.ID] = r
		incidents = append(incidents, r.Incident)
		companies = append(companies, r.Respondent)
	}
	return importers.Match(c, incidents, companies), byID, nil
}

// respondent finds the company of the record that a reading calls its victim;
// ok is false when it is new to us, and the company is then a proposal.
func respondent(companies []vigie.Company, r vigie.Reading) (company vigie.Company, ok bool) {
	if len(r.Victims) == 0 {
		return vigie.Company{}, false
	}
	name := strings.Join(vigie.Words(r.Victims[0]), " ")
	for _, c := range companies {
		for _, known := range append([]string{c.Name}, c.Aliases...) {
			if strings.Join(vigie.Words(known), " ") == name {
				return c, true
			}
		}
	}
	return vigie.Company{ID: vigie.Slug(r.Victims[0]), Name: r.Victims[0]}, false
}
