package web

import "vigie"

// Where a title stands alone, a claim begins by saying that it is one and what
// became of it.

var claimPrefixes = map[string]vigie.Text{
	"claimed":   {FR: "ALLÉGATION\u00a0: ", EN: "CLAIM: "},
	"contested": {FR: "ALLÉGATION (contestée)\u00a0: ", EN: "CLAIM (contested): "},
	"withdrawn": {FR: "ALLÉGATION (retirée)\u00a0: ", EN: "CLAIM (withdrawn): "},
	"refuted":   {FR: "ALLÉGATION (réfutée)\u00a0: ", EN: "CLAIM (refuted): "},
}

// isClaim tells whether the statement alleges something that its speaker cannot
// answer for. That a third party refuted or only maintained an answer alleges nothing.
func (e event) isClaim() bool {
	return e.item.Statement != nil && claimant(e.s.By.Role) && e.alleges(&e.s)
}

// headline is the title of an event that may stand alone.
func (e event) headline() string {
	if e.isClaim() {
		return oneLine(e.in(claimPrefixes[e.claimStatus(e.s.ID)]) + e.title())
	}
	return e.title()
}
