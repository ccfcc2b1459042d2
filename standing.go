package vigie

import "slices"

// Standing is what follows from the ledger, on two independent axes, and why.
// Editors never type it: they record statements, and Rules decides.
type Standing struct {
	Evidence Evidence  `json:"evidence,omitempty"` // absent when nothing counts
	Position Position  `json:"position"`
	Word     string    `json:"word,omitempty"` // for formats with one slot: claimed, contested, partially_confirmed, confirmed, refuted
	Since    Since     `json:"since,omitzero"`
	Because  []Because `json:"because,omitempty"`
}

// Since is the day each axis took its present value, as the public could know
// it; empty when that rests on an undated statement.
type Since struct {
	Evidence Day `json:"evidence,omitempty"`
	Position Day `json:"position,omitempty"`
}

// Because names a rule that decided and the statements it decided on.
type Because struct {
	Rule       string   `json:"rule"`
	Statements []string `json:"statements,omitempty"`
}

// DayStanding is the standing from a day on, until the next of the list.
type DayStanding struct {
	Day      Day      `json:"day"`
	Standing Standing `json:"standing"`
}

// Standing derives the standing. With a day, only what the public could know by
// its end counts; without one, everything recorded does.
func (in *Incident) Standing(asOf Day) Standing {
	s := judge(in, asOf, Rules).standing
	s.Since = in.since(s, asOf)
	return s
}

// Standings lists the days on which either axis changed, in order. Undated
// statements, of no known day, take no part.
func (in *Incident) Standings() []DayStanding {
	var list []DayStanding
	for _, day := range in.knownDays() {
		s := judge(in, day, Rules).standing
		if n := len(list); n > 0 && s.sameAxes(list[n-1].Standing) || n == 0 && s.sameAxes(Standing{Position: NoStatement}) {
			continue
		}
		list = append(list, DayStanding{Day: day, Standing: s})
	}
	return list
}

func (s Standing) sameAxes(t Standing) bool {
	return s.Evidence == t.Evidence && s.Position == t.Position
}

func (in *Incident) since(now Standing, asOf Day) Since {
	var since Since
	for _, d := range in.Standings() {
		if asOf != "" && d.Day > asOf {
			break
		}
		if d.Standing.Evidence != now.Evidence {
			since.Evidence = ""
		} else if since.Evidence == "" {
			since.Evidence = d.Day
		}
		if d.Standing.Position != now.Position || now.Position == NoStatement {
			since.Position = ""
		} else if since.Position == "" {
			since.Position = d.Day
		}
	}
	return since
}

func (in *Incident) knownDays() []Day {
	var days []Day
	for i := range in.Statements {
		if d := in.KnownOn(&in.Statements[i]); d != "" {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// KnownOn is the day the public could know a statement (rule C1): the last day
// of Public if given, else of On; for an undated one the earliest exact
// publication of its sources. Empty: it counts only when no day is asked.
func (in *Incident) KnownOn(s *Statement) Day {
	if d := s.said(); d != "" {
		return d.Last()
	}
	var earliest Day
	for _, id := range s.Sources {
		if src, ok := in.Source(id); ok && src.Published.Exact() {
			if d := src.Published.First(); earliest == "" || d < earliest {
				earliest = d
			}
		}
	}
	return earliest
}

// said is the date that places a statement among others: Public if given, else On.
func (s *Statement) said() Date {
	if s.Public.Known() {
		return s.Public
	}
	if s.On.Known() {
		return s.On
	}
	return ""
}

// Known tells whether the statement was known by the end of a day; every
// statement is when no day is asked.
func (in *Incident) Known(s *Statement, asOf Day) bool {
	known := in.KnownOn(s)
	return asOf == "" || known != "" && known <= asOf
}

// AsOf is the case as the public could know it by the end of a day: the
// statements known by then and their sources. What we wrote or learnt with
// hindsight is left out.
func (in *Incident) AsOf(day Day) Incident {
	out := *in
	if day == "" {
		return out
	}
	out.Statements, out.Sources, out.Title, out.Summary, out.Via = nil, nil, nil, Text{}, ""
	out.Occurred, out.Discovered = "", ""
	if out.Disclosed.Last() > day {
		out.Disclosed = ""
	}
	if out.Checked.Last() > day {
		out.Checked = ""
	}
	cited := map[string]bool{}
	for _, s := range in.Statements {
		if in.Known(&s, day) {
			out.Statements = append(out.Statements, s)
			for _, id := range s.Sources {
				cited[id] = true
			}
		}
	}
	for _, src := range in.Sources {
		if cited[src.ID] {
			out.Sources = append(out.Sources, src)
		}
	}
	return out
}

// Counts tells whether a statement may move the standing: someone read more of
// one of its sources than a headline or an address (rule C3).
func (in *Incident) Counts(s *Statement) bool {
	for _, id := range s.Sources {
		if src, ok := in.Source(id); ok && (src.Seen == SeenFull || src.Seen == SeenExcerpt) {
			return true
		}
	}
	return false
}

// Move is how a statement moved the standing on the day it became known: an axis
// is moved only by what its new value rests on, or by what takes back what its old
// value rested on. An undated one moved nothing on any day.
func (in *Incident) Move(statement string) Move {
	now := in.Standing("")
	s, ok := in.Statement(statement)
	if !ok {
		return Move{Before: now, After: now}
	}
	day := in.KnownOn(s)
	if day == "" {
		return Move{Before: now, After: now}
	}
	move := Move{Before: in.Standing(day.Before()), After: in.Standing(day)}
	for _, axis := range []string{"E", "P"} {
		takesBack := slices.ContainsFunc(slices.Concat(s.Withdraws, s.Supersedes), func(id string) bool { return move.Before.restsOn(axis, id) })
		if !takesBack && !move.After.restsOn(axis, statement) {
			move.Before = move.Before.with(axis, move.After)
		}
	}
	return move
}

// with is the standing with one axis of another.
func (s Standing) with(axis string, other Standing) Standing {
	if axis == "E" {
		s.Evidence, s.Since.Evidence = other.Evidence, other.Since.Evidence
	} else {
		s.Position, s.Since.Position = other.Position, other.Since.Position
	}
	of := func(list []Because, axis string) (rows []Because) {
		for _, b := range list {
			if b.Rule[:1] == axis {
				rows = append(rows, b)
			}
		}
		return
	}
	if axis == "E" {
		s.Because = slices.Concat(of(other.Because, "E"), of(s.Because, "P"))
	} else {
		s.Because = slices.Concat(of(s.Because, "E"), of(other.Because, "P"))
	}
	s.Word = inOneWord(s.Evidence, s.Position)
	return s
}

// restsOn tells whether a rule of the axis (E or P) decided on the statement.
func (s Standing) restsOn(axis, statement string) bool {
	return slices.ContainsFunc(s.Because, func(b Because) bool {
		return b.Rule[:1] == axis && slices.Contains(b.Statements, statement)
	})
}
