package importers

import "vigie"

// Propose drafts the ledger rows that a candidate suggests, for an editor to
// check. Ids are local (s1, r1); company is the id of the respondent.
func Propose(c vigie.Candidate, company string) ([]vigie.Source, []vigie.Statement) {
	return nil, nil
}
