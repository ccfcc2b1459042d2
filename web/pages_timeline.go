package web

import (
	"slices"

	"vigie"
)

// What a timeline shows beside its events: how long people waited, case by case.

// waitMost is how many cases a timeline tells the lags of; a longer one is about too many
// things to compare.
const waitMost = 8

// Waits are the cases of the timeline that have lags, when they are few.
func (p Timeline) Waits() []vigie.Record { return waits(p.Timeline.Items) }

// Waits are the cases of the company that have lags.
func (p Company) Waits() []vigie.Record { return withLags(p.Cases) }

// Waits are the cases of the campaign that have lags.
func (p Wave) Waits() []vigie.Record { return withLags(p.Cases) }

func waits(items []vigie.Item) []vigie.Record {
	var cases []vigie.Record
	for _, item := range items {
		known := slices.ContainsFunc(cases, func(r vigie.Record) bool { return r.ID == item.Incident })
		if item.Case != nil && !known {
			cases = append(cases, *item.Case)
		}
	}
	return withLags(cases)
}

func withLags(cases []vigie.Record) []vigie.Record {
	if len(cases) > waitMost {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(cases), func(r vigie.Record) bool { return r.Derived == nil || len(r.Derived.Lags) == 0 })
}

// openLag tells whether the end of a lag is not known to Vigie.
func openLag(l vigie.Lag) bool { return l.Max == nil && l.Min == nil }
