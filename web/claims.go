package web

import (
	"strconv"
	"strings"

	"vigie"
)

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

// origin is one paragraph of plain text: who publishes it, under which licence, what
// was asked and which edition of the record answered.
func (c Context) origin() string {
	in := func(t vigie.Text) string { return t.In(c.Lang) }
	parts := []string{c.publisher()}
	if c.Site.Licence != "" {
		parts = append(parts, in(markdownWords.Licence)+" "+oneLine(c.Site.Licence))
	}
	if _, query, asked := strings.Cut(c.Topic, "?"); asked {
		parts = append(parts, in(markdownWords.Asked)+in(feedWords.Colon)+oneLine(query))
	}
	if c.Edition > 0 {
		parts = append(parts, fill(in(markdownWords.Edition), "{n}", strconv.FormatInt(c.Edition, 10)))
	}
	return in(feedWords.About) + " " + strings.Join(parts, in(feedWords.Comma)) + "."
}
