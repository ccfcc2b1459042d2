package vigie

import "slices"

// Claimant tells whether what the speaker says of the attack is a claim, as
// against an answer of the company, the word of its supplier or a finding.
func (r Role) Claimant() bool {
	return slices.Contains([]Role{Attacker, Press, Researcher, Other}, r)
}

// ClaimStatus is what became of a figure that its speaker cannot answer for, where
// the case stands at that word: withdrawn, refuted, contested, else claimed. That
// the incident is confirmed confirms no number of an attacker's: such a figure
// stays a claim.
func (in *Incident) ClaimStatus(statement, word string) string {
	withdrawn := slices.ContainsFunc(in.Statements, func(s Statement) bool { return slices.Contains(s.Withdraws, statement) })
	switch {
	case withdrawn:
		return "withdrawn"
	case word == "refuted", word == "contested":
		return word
	}
	return "claimed"
}
