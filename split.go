package vigie

import (
	"fmt"
	"slices"
)

// Split takes statements out of a case that joined two: out is what stays, and
// off the ledger of a case of its own, without id and company, which the caller
// gives. The statements that leave keep their identity in Was, so that feeds do
// not tell them twice. Sources follow the statements that cite them; one cited
// on both sides is in both, one cited by nobody stays.
//
// Off takes the kind, the wave, the countries and the state, and nothing that the
// statements do not say themselves: when the attack took place, when the company
// learnt of it, whose brands and which supplier are for the editor to find again.
// References across the two cases are dropped: an answer is to words of its own
// case. ErrNotFound names an id that the case does not have.
func Split(in Incident, ids ...string) (out, off Incident, err error) {
	for _, id := range ids {
		if _, ok := in.Statement(id); !ok {
			return in, off, fmt.Errorf("splitting %s off %s: %w", id, in.ID, ErrNotFound)
		}
	}
	leaves := func(s Statement) bool { return slices.Contains(ids, s.ID) }
	part := Incident{ID: in.ID, Sources: in.Sources}
	out = in
	out.Statements, out.Sources = nil, nil
	for _, s := range in.Statements {
		if leaves(s) {
			part.Statements = append(part.Statements, s)
		} else {
			out.Statements = append(out.Statements, s.among(in.Statements, func(s Statement) bool { return !leaves(s) }))
		}
	}
	for _, src := range in.Sources {
		if !cites(part.Statements, src.ID) || cites(out.Statements, src.ID) {
			out.Sources = append(out.Sources, src)
		}
	}
	part.Sources = slices.DeleteFunc(slices.Clone(in.Sources), func(src Source) bool { return !cites(part.Statements, src.ID) })
	off = Merge(Incident{State: in.State, Kind: in.Kind, Wave: in.Wave, Countries: slices.Clone(in.Countries)}, part)
	return out, off, nil
}

// among leaves of a statement's references those that stay with it.
func (s Statement) among(all []Statement, stays func(Statement) bool) Statement {
	keep := func(ids []string) (kept []string) {
		for _, id := range ids {
			if i := slices.IndexFunc(all, func(s Statement) bool { return s.ID == id }); i < 0 || stays(all[i]) {
				kept = append(kept, id)
			}
		}
		return
	}
	s.Answers, s.Withdraws, s.Supersedes = keep(s.Answers), keep(s.Withdraws), keep(s.Supersedes)
	return s
}

// cites tells whether any of the statements was read in the source.
func cites(statements []Statement, source string) bool {
	return slices.ContainsFunc(statements, func(s Statement) bool {
		return slices.Contains(s.Sources, source) || slices.ContainsFunc(s.Quotes, func(q Quote) bool { return q.Source == source })
	})
}
