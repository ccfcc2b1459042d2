package vigie

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Merge puts the ledger of one case into another that turned out to be the same.
// Statements get fresh ids and keep their old identity in Was, so that feeds do
// not tell them twice; sources of one address become one. What into knows stays;
// from fills in what it does not.
func Merge(into, from Incident) Incident {
	out := into
	out.Statements, out.Sources = slices.Clone(into.Statements), slices.Clone(into.Sources)
	source := map[string]string{}
	for _, src := range from.Sources {
		same := slices.IndexFunc(out.Sources, func(have Source) bool { return have.place() != "" && have.place() == src.place() })
		if same >= 0 {
			source[src.ID] = out.Sources[same].ID
			continue
		}
		fresh := NextID("r", func(id string) bool { _, used := out.Source(id); return used })
		source[src.ID], src.ID = fresh, fresh
		out.Sources = append(out.Sources, src)
	}
	statement := map[string]string{}
	for n, s := range from.Statements {
		statement[s.ID] = fmt.Sprintf("s%d", highest(into.Statements)+n+1)
	}
	rename := func(names map[string]string, ids []string) (out []string) {
		for _, id := range ids {
			if name, ok := names[id]; ok && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		return
	}
	for _, s := range from.Statements {
		s.Was = s.FullID(from.ID)
		s.ID = statement[s.ID]
		s.Answers, s.Withdraws, s.Supersedes = rename(statement, s.Answers), rename(statement, s.Withdraws), rename(statement, s.Supersedes)
		s.Sources = rename(source, s.Sources)
		s.Quotes = slices.Clone(s.Quotes)
		for i := range s.Quotes {
			s.Quotes[i].Source = source[s.Quotes[i].Source]
		}
		out.Statements = append(out.Statements, s)
	}
	out.Brands, out.Countries = union(into.Brands, from.Brands), union(into.Countries, from.Countries)
	for _, d := range []struct{ to, from *Date }{{&out.Occurred, &from.Occurred}, {&out.Discovered, &from.Discovered}} {
		if *d.to == "" {
			*d.to = *d.from
		}
	}
	if !out.Disclosed.Known() || from.Disclosed.Known() && from.Disclosed.Last() < out.Disclosed.First() {
		out.Disclosed = from.Disclosed
	}
	if out.Via == "" {
		out.Via = from.Via
	}
	if out.Wave == "" {
		out.Wave = from.Wave
	}
	return out
}

// highest is the greatest number among statement ids: s3 gives 3.
func highest(statements []Statement) (n int) {
	for _, s := range statements {
		m, _ := strconv.Atoi(strings.TrimPrefix(s.ID, "s")) // another id stands in nobody's way
		n = max(n, m)
	}
	return
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
