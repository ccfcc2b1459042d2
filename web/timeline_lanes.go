package web

import (
	"cmp"
	"slices"

	"vigie"
)

// lanesMost is how many companies have a lane of their own; the others across one.
const lanesMost = 8

// lane is a row of the drawing: the events of a company, of a role, or of the rest.
type lane struct {
	kind   string // company, role, correction, or others: companies without a lane
	key    string // id or code
	others int    // how many companies across it
	count  int
}

// Lanes is how the timeline is drawn: as the query asks, else by company when the
// answer is of few of them, and by role when it is of many, or of one, whose answers
// then stand under the claims.
func (p *Plot) Lanes() string {
	switch n := len(p.companies); {
	case p.asked.Lanes != "":
		return p.asked.Lanes
	case n > 1 && n <= lanesMost:
		return "company"
	}
	return "role"
}

func (p *Plot) lanes() []lane {
	if p.Lanes() == "role" {
		return p.byRole()
	}
	return p.byCompany()
}

// byCompany is a lane for each of the companies with the most events, then one for all
// of the others.
func (p *Plot) byCompany() []lane {
	counts := make([]lane, len(p.companies))
	for i, id := range p.companies {
		counts[i] = lane{kind: "company", key: id}
	}
	for _, s := range p.spots {
		counts[s.company].count++
	}
	slices.SortFunc(counts, func(a, b lane) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.key, b.key))
	})
	if len(counts) <= lanesMost+1 { // a lane for one other is a lane of its own
		return counts
	}
	rest := lane{kind: "others", others: len(counts) - lanesMost}
	for _, l := range counts[lanesMost:] {
		rest.count += l.count
	}
	return append(counts[:lanesMost:lanesMost], rest)
}

// byRole is a lane for each role that speaks, in the order of the vocabulary, then one
// for our corrections.
func (p *Plot) byRole() []lane {
	counts := map[int8]int{}
	for _, s := range p.spots {
		counts[s.role]++
	}
	var out []lane
	for i, role := range roles {
		if n := counts[int8(i)]; n > 0 {
			out = append(out, lane{kind: "role", key: role, count: n})
		}
	}
	if n := counts[-1]; n > 0 {
		out = append(out, lane{kind: "correction", count: n})
	}
	return out
}

// laneOf tells in which of the lanes an event is.
func (p *Plot) laneOf(lanes []lane) func(spot) int {
	rest := len(lanes) - 1
	if p.Lanes() == "role" {
		at := map[int8]int{}
		for i, l := range lanes {
			at[int8(slices.Index(roles, l.key))] = i // -1 of the corrections, as in a spot
		}
		return func(s spot) int { return at[s.role] }
	}
	at := make([]int, len(p.companies))
	for i, id := range p.companies {
		if at[i] = slices.IndexFunc(lanes, func(l lane) bool { return l.kind == "company" && l.key == id }); at[i] < 0 {
			at[i] = rest
		}
	}
	return func(s spot) int { return at[s.company] }
}

// LaneLink offers another way to part the events.
type LaneLink struct {
	Name string
	On   bool
	Href string
}

// LaneLinks are the ways to draw the timeline, and the one in use.
func (p Timeline) LaneLinks() []LaneLink {
	var out []LaneLink
	for _, name := range vigie.Lanes {
		v := p.Asked.Values()
		v.Del("cursor")
		v.Set("lanes", name)
		out = append(out, LaneLink{name, p.Plot.Lanes() == name, p.Finder().address(v)})
	}
	return out
}
