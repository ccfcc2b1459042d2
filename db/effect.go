package db

import (
	"fmt"

	"vigie"
)

// moves says to which states a case may go. A case once published is never a
// draft again: it is retracted or merged, in public. A record may come in in any
// state, so that an export can be loaded.
var moves = map[vigie.State][]vigie.State{
	"":              {vigie.Draft, vigie.Published, vigie.Merged, vigie.Retracted},
	vigie.Draft:     {vigie.Draft, vigie.Published, vigie.Merged, vigie.Retracted},
	vigie.Published: {vigie.Published, vigie.Merged, vigie.Retracted},
	vigie.Merged:    {vigie.Merged, vigie.Published, vigie.Retracted},
	vigie.Retracted: {vigie.Retracted, vigie.Published},
}

func (l *ledger) mayMove(c *caseState, to vigie.State) bool {
	from, known := vigie.State(""), false
	if c != nil {
		from, known = c.state, c.known
	}
	if to == vigie.Draft && (from == vigie.Retracted || from == vigie.Merged) && !known { // a draft that was dropped, or joined another, taken up again
		return true
	}
	for _, state := range moves[from] {
		if state == to {
			return true
		}
	}
	return false
}

// effectOf works out what the next revision of a case tells the public.
func (l *ledger) effectOf(after *vigie.Incident) (effect, error) {
	c := l.cases[after.ID]
	if !l.mayMove(c, after.State) {
		from := vigie.State("nothing")
		if c != nil {
			from = c.state
		}
		return effect{}, fmt.Errorf("incident %s, from %q to %q: %w", after.ID, from, after.State, ErrState)
	}
	if err := l.refers(after); err != nil {
		return effect{}, err
	}
	e := effect{State: after.State}
	if c == nil {
		c = &caseState{}
		e.Public = after.State != vigie.Draft // an export that is loaded brings its redirects and tombstones
	}
	e.Public = e.Public || c.known || after.State == vigie.Published
	if !e.Public {
		return e, nil
	}
	if after.State == vigie.Published {
		seen := map[string]bool{}
		for i := range after.Statements {
			id := after.Statements[i].FullID(after.ID)
			told, ok := l.events[id]
			switch {
			case seen[id]:
			case !ok:
				e.Announced = append(e.Announced, id)
			case told.incident != after.ID:
				e.Taken = append(e.Taken, id)
			}
			seen[id] = true
		}
		if len(e.Announced) >= lastPlace {
			return effect{}, fmt.Errorf("incident %s publishes %d statements at once: the most is %d", after.ID, len(e.Announced), lastPlace-1)
		}
	}
	if !c.known {
		e.Substantive = true
		return e, nil
	}
	e.Substantive = len(e.Announced) > 0
	for _, change := range vigie.Changes(&c.body, after) {
		e.Substantive = e.Substantive || change.Substantive
		if change.Correction {
			e.Changed = append(e.Changed, change.Path)
		}
	}
	if c.state != after.State && e.Changed == nil { // whatever the table of substance says, readers are told of that
		e.Substantive, e.Changed = true, []string{"state"}
	}
	if !c.shown() && c.state == after.State { // a tombstone better worded is no news
		e.Substantive, e.Changed = false, nil
	}
	if e.Changed != nil {
		e.Move = &vigie.Move{Before: c.body.Standing(""), After: after.Standing("")}
	}
	return e, nil
}

// refers checks that the records a case names are there.
func (l *ledger) refers(in *vigie.Incident) error {
	var problems vigie.Problems
	if _, ok := l.companies[in.Company]; !ok {
		problems = append(problems, vigie.Problem{Path: "company", Code: "unknown_company", Message: vigie.Text{
			FR: fmt.Sprintf("l’entreprise « %s » n’est pas dans le registre : enregistrez-la d’abord", in.Company),
			EN: fmt.Sprintf("the company %q is not in the record: save it first", in.Company)}})
	}
	if _, ok := l.waves[in.Wave]; in.Wave != "" && !ok {
		problems = append(problems, vigie.Problem{Path: "wave", Code: "unknown_wave", Message: vigie.Text{
			FR: fmt.Sprintf("la vague « %s » n’est pas dans le registre : enregistrez-la d’abord", in.Wave),
			EN: fmt.Sprintf("the wave %q is not in the record: save it first", in.Wave)}})
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}
