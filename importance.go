package vigie

import (
	"slices"
	"time"
)

// importance is the table of what makes a candidate likely to matter to an
// editor. The points are added, and kept between 0 and 100.
var importance = []struct {
	points int
	holds  func(c *Candidate, known bool) bool
}{
	{25, func(c *Candidate, _ bool) bool { return c.Reading.IsRetail }},
	{15, func(c *Candidate, _ bool) bool { return c.Reading.IsIncident }},
	{10, func(_ *Candidate, known bool) bool { return known }}, // a company of the record
	{20, func(c *Candidate, _ bool) bool { return c.answered() }},
	{5, func(c *Candidate, _ bool) bool { return c.largest() >= 10_000 }},
	{5, func(c *Candidate, _ bool) bool { return c.largest() >= 100_000 }},
	{5, func(c *Candidate, _ bool) bool { return c.largest() >= 1_000_000 }},
	{5, func(c *Candidate, _ bool) bool { return c.largest() >= 10_000_000 }},
	{5, func(c *Candidate, _ bool) bool { return c.age() >= 0 && c.age() <= 90*24*time.Hour }},
	{5, func(c *Candidate, _ bool) bool { return c.age() >= 0 && c.age() <= 7*24*time.Hour }},
	{-15, func(c *Candidate, _ bool) bool { return c.claimOnly() }},
	{-10, func(c *Candidate, _ bool) bool { return c.age() > 2*365*24*time.Hour }},
	{-10, func(c *Candidate, _ bool) bool { return len(c.Reading.Victims) == 0 }},
}

// Importance says how much a candidate is likely to matter, 0–100: a retailer,
// one of the record, one that answered, many people, of late; a claim that only
// its author makes matters less. known tells whether the record knows the victim.
// Age is counted at the time that it was brought.
func (c *Candidate) Importance(known bool) int {
	sum := 0
	for _, row := range importance {
		if row.holds(c, known) {
			sum += row.points
		}
	}
	return max(0, min(sum, 100))
}

// answered tells whether the company itself is read to have said something.
func (c *Candidate) answered() bool {
	return slices.ContainsFunc(c.Reading.Stance, func(act string) bool { return act != "" && act != "none" && act != string(NoComment) })
}

func (c *Candidate) largest() (n int64) {
	for _, a := range c.Reading.Affected {
		n = max(n, a.Value)
	}
	return n
}

// claimOnly tells whether an attacker speaks and nobody else.
func (c *Candidate) claimOnly() bool {
	if c.Draft == nil {
		return len(c.Reading.Actor) > 0 && !c.answered() && !slices.ContainsFunc(c.Reading.Affected, func(a Count) bool { return a.Status == "confirmed" })
	}
	return len(c.Draft.Statements) > 0 && !slices.ContainsFunc(c.Draft.Statements, func(s Statement) bool { return s.By.Role != Attacker })
}

// age is how old the news was when it was brought; negative when its day is unknown.
func (c *Candidate) age() time.Duration {
	day := c.Reading.Published
	if !day.Known() {
		day = c.Source.Published
	}
	if !day.Known() || c.At.IsZero() {
		return -1
	}
	last, err := time.Parse(time.DateOnly, string(day.Last()))
	if err != nil {
		return -1
	}
	return max(0, c.At.Sub(last))
}
