package main

import (
	"context"
	"fmt"
	"slices"

	"vigie"
	"vigie/db"
)

// findings are what an inspection of the record found: problems, which are wrong,
// and notes, which somebody should look at.
type findings struct {
	problems, notes []string
}

func (f *findings) problem(format string, args ...any) {
	f.problems = append(f.problems, fmt.Sprintf(format, args...))
}

func (f *findings) note(format string, args ...any) {
	f.notes = append(f.notes, fmt.Sprintf(format, args...))
}

func (f *findings) of(record string, problems vigie.Problems) {
	for _, p := range problems {
		if p.Warning {
			f.note("%s: %s: %s", record, p.Path, p.Message.EN)
		} else {
			f.problem("%s: %s: %s", record, p.Path, p.Message.EN)
		}
	}
}

// closeDays is how near to one another two cases of one company may begin before
// somebody should say that they are two.
const closeDays = 30

// inspect reads the whole record as it stands: every company, wave and case is
// validated as an editor's would be, and held against the others. Paths are those
// of Validate.
func inspect(ctx context.Context, store *db.DB) (findings, error) {
	var f findings
	companies, waves := map[string]bool{}, map[string]bool{}
	listed, err := store.AllCompanies(ctx)
	if err != nil {
		return f, err
	}
	for _, l := range listed {
		companies[l.ID] = true
		f.of("company "+l.ID, l.Validate())
	}
	campaigns, err := store.AllWaves(ctx)
	if err != nil {
		return f, err
	}
	for _, w := range campaigns {
		waves[w.ID] = true
		f.of("wave "+w.ID, w.Validate())
	}
	cases := map[string]vigie.State{}
	merged := map[string]string{}
	begun := map[string][]beginning{}
	err = store.EveryCase(ctx, func(in *vigie.Incident) error {
		record := "case " + in.ID
		cases[in.ID] = in.State
		f.of(record, in.Validate())
		if !companies[in.Company] {
			f.problem("%s: company: there is no company %q in the record", record, in.Company)
		}
		if in.Wave != "" && !waves[in.Wave] {
			f.problem("%s: wave: there is no wave %q in the record", record, in.Wave)
		}
		for i, s := range in.Statements {
			if s.By.Company != "" && !companies[s.By.Company] {
				f.problem("%s: statements.%d.by.company: there is no company %q in the record", record, i, s.By.Company)
			}
		}
		switch in.State {
		case vigie.Merged:
			merged[in.ID] = in.MergedInto
		case vigie.Published, vigie.Draft:
			if len(in.Statements) == 0 && len(in.Sources) == 0 {
				f.problem("%s: it has neither statement nor source", record)
			}
			if first := in.FirstWord(); first.Known() {
				begun[in.Company] = append(begun[in.Company], beginning{in.ID, first})
			}
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	for id, into := range merged {
		if _, ok := cases[into]; !ok && into != "" {
			f.problem("case %s: merged_into: there is no case %q in the record", id, into)
		}
	}
	for company, list := range begun {
		for i, b := range list {
			for _, a := range list[:i] {
				if near(a.first, b.first) {
					f.note("company %s: %s (%s) and %s (%s) begin within %d days: are they two attacks?", company, a.id, a.first, b.id, b.first, closeDays)
				}
			}
		}
	}
	slices.Sort(f.problems)
	slices.Sort(f.notes)
	return f, nil
}

// beginning is when the public first heard of a case.
type beginning struct {
	id    string
	first vigie.Date
}

// near tells whether two dates may be within closeDays of one another.
func near(a, b vigie.Date) bool {
	return a.Last().Until(b.First()) <= closeDays && b.Last().Until(a.First()) <= closeDays
}
