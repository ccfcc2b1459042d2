package importers

import "vigie"

// Match tells which known cases a candidate may be about, the likeliest first,
// and why.
func Match(c vigie.Candidate, known []vigie.Incident, companies []vigie.Company) []vigie.Suspect {
	return nil
}
