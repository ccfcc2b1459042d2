package web

import (
	"slices"

	"vigie"
)

// Step is a day when the public learnt something of a case: who spoke, and how the
// standing moved. By them one walks a case in time.
type Step struct {
	Day           vigie.Day       // that it was known by
	On            vigie.Date      // the same as precise as what was said: a day, or a month that ends with it
	Spoke         []vigie.Speaker // each once
	Before, After vigie.Standing
}

// Moves tells whether the standing changed on an axis.
func (s Step) Moves(axis string) bool {
	if axis == "E" {
		return s.Before.Evidence != s.After.Evidence
	}
	return s.Before.Position != s.After.Position
}

// StepsOf are the steps of a case, the earliest first. What has no day is in none.
func StepsOf(in *vigie.Incident) []Step {
	var out []Step
	for _, s := range in.InOrder() {
		day := in.KnownOn(s)
		if day == "" {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Day != day {
			out = append(out, Step{Day: day})
		}
		if on := saidBy(s, day); out[len(out)-1].On == "" || on.Days() < out[len(out)-1].On.Days() {
			out[len(out)-1].On = on
		}
		if last := &out[len(out)-1]; !slices.Contains(last.Spoke, s.By) {
			last.Spoke = append(last.Spoke, s.By)
		}
	}
	standings, now := in.Standings(), vigie.Standing{Position: vigie.NoStatement}
	for i := range out {
		out[i].Before = now
		for len(standings) > 0 && standings[0].Day <= out[i].Day {
			now, standings = standings[0].Standing, standings[1:]
		}
		out[i].After = now
	}
	return out
}

// saidBy is the date of a statement that was known by a day: its own, else that day.
func saidBy(s *vigie.Statement, day vigie.Day) vigie.Date {
	for _, d := range []vigie.Date{s.Public, s.On} {
		if d.Known() && d.Last() == day {
			return d
		}
	}
	return vigie.Date(day)
}

// Shows tells whether a step is the last one that the day shown knows.
func (p Incident) Shows(s Step) bool {
	i := p.step()
	return p.AsOf != "" && i >= 0 && p.Steps[i].Day == s.Day
}

// step is the place of the last step by the day shown, -1 when all come later.
func (p Incident) step() int {
	at := -1
	for i, s := range p.Steps {
		if p.AsOf == "" || s.Day <= p.AsOf {
			at = i
		}
	}
	return at
}

// Earlier and Later are the steps on either side of the day shown, nil at the ends.
func (p Incident) Earlier() *Step { return p.stepAt(p.step() - 1) }

// Later is the step after the day shown.
func (p Incident) Later() *Step { return p.stepAt(p.step() + 1) }

func (p Incident) stepAt(i int) *Step {
	if i < 0 || i >= len(p.Steps) {
		return nil
	}
	return &p.Steps[i]
}
