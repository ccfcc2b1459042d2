package importers

import (
	"cmp"
	"slices"

	"vigie"
)

// longestNews is how many days apart two candidates of one case may have come, if
// they are not the same page: news comes in bursts, and what is told again after
// a month is met as news of a known case.
const longestNews = 30

// alike compares two faces of candidates.
func alike(a, b *face) *likeness {
	l := compare(a, b)
	days := 0
	if a.first != "" && b.first != "" {
		days = apart(vigie.Date(a.first), vigie.Date(b.first))
	}
	switch {
	case l.page:
	case days > longestNews || opposed(a, b):
		l.points = min(l.points, vigie.SameCase-1)
	case l.partial && days <= 3 && (l.marks > 1 || l.reordered):
		l.partial = false
		l.points += 15
	}
	return l
}

// opposed tells whether two candidates cannot be of one case, whatever else they
// share: they name other attackers, or are two entries of one list, which has one
// for each incident, and neither figure nor attacker tells that it is a repetition.
func opposed(a, b *face) bool {
	actors, figures := &likeness{}, &likeness{}
	sameActor(actors, a, b)
	sameFigure(figures, a, b)
	if actors.points < 0 {
		return true
	}
	return a.list != "" && a.list == b.list && actors.marks+figures.marks == 0
}

// Cluster groups candidates that are about one case: the places in the list of
// each group, in order, groups by their first. Each candidate is in one group, the
// likest are joined first, and no group holds two that are opposed. Only those that
// share a word of a name or a page are compared, so that ten thousand of them take
// a second.
func (m *Matcher) Cluster(list []vigie.Candidate) [][]int {
	faces := make([]*face, len(list))
	share := map[string][]int{}
	for i := range list {
		faces[i] = m.news(&list[i])
		for _, key := range faces[i].handles() {
			share[key] = append(share[key], i)
		}
	}
	var pairs []pair
	compared := map[[2]int]bool{}
	for _, together := range share {
		for n, i := range together {
			for _, j := range together[n+1:] {
				if compared[[2]int{i, j}] {
					continue
				}
				compared[[2]int{i, j}] = true
				if score := max(alike(faces[i], faces[j]).score(), alike(faces[j], faces[i]).score()); score >= vigie.SameCase {
					pairs = append(pairs, pair{i, j, score})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	group := make([][]int, len(list)) // of the first of each group
	of := make([]int, len(list))
	for i := range list {
		group[i], of[i] = []int{i}, i
	}
	for _, p := range pairs {
		a, b := min(of[p.i], of[p.j]), max(of[p.i], of[p.j])
		if a == b || slices.ContainsFunc(group[a], func(i int) bool {
			return slices.ContainsFunc(group[b], func(j int) bool { return opposed(faces[i], faces[j]) })
		}) {
			continue
		}
		for _, j := range group[b] {
			of[j] = a
		}
		group[a], group[b] = append(group[a], group[b]...), nil
	}
	out := slices.DeleteFunc(group, func(g []int) bool { return len(g) == 0 })
	for _, g := range out {
		slices.Sort(g)
	}
	return out
}

type pair struct{ i, j, score int }

// handles are what two faces must share one of to be compared.
func (f *face) handles() []string {
	var list []string
	for p := range f.pages {
		list = append(list, "page "+p)
	}
	for _, n := range f.names {
		list = append(list, "name "+n.key)
		if n.owner != "" {
			list = append(list, "company "+n.owner)
		}
		words := telling(n.words)
		if short := initials(words); len(words) > 2 {
			list = append(list, "name "+short)
		}
		for _, w := range words {
			if len(w) >= 4 {
				list = append(list, "word "+w)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
