package vigie

import (
	"cmp"
	"slices"
	"time"
)

// Derive computes what follows from a case. company is the respondent's name;
// version, recorded and updated come from its revisions.
func Derive(in *Incident, company string, version int, recorded, updated time.Time) *Derived {
	return &Derived{
		Version:  version,
		Recorded: recorded.UTC(),
		Updated:  updated.UTC(),
		Headline: in.Headline(company, ""),
		Standing: in.Standing(""),
		Figures:  in.Figures(""),
		Lags:     in.Lags(),
	}
}

// FirstWord is when the public first heard of the case: the date disclosed, else
// the earliest date of its statements, of an undated one the day it was known.
func (in *Incident) FirstWord() Date {
	if in.Disclosed.Known() {
		return in.Disclosed
	}
	var dates []Date
	for i := range in.Statements {
		if d := cmp.Or(in.Statements[i].said(), Date(in.KnownOn(&in.Statements[i]))); d != "" {
			dates = append(dates, d)
		}
	}
	if len(dates) == 0 {
		return ""
	}
	return slices.MinFunc(dates, func(a, b Date) int {
		if a.Last() != b.Last() {
			return map[bool]int{true: -1, false: 1}[a.Last() < b.Last()]
		}
		return a.Days() - b.Days()
	})
}
