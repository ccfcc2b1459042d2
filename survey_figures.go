package vigie

import (
	"cmp"
	"math"
	"slices"
)

// FigurePair is the figure that a case's attackers claimed and the one its company
// admitted, the two that compare best: of one unit if there are such, the whole before a
// part. Either may be nil.
type FigurePair struct {
	CaseFigures
	Claim, Admission *SpokenFigure

	// Comparable tells whether both count alike: people, or accounts, or records, of the
	// same part of the whole. Gap is then how many times the larger holds the smaller,
	// whatever the two exactly mean; 1 where they may agree, 0 where they do not compare.
	Comparable bool
	Gap        float64
}

// Pair chooses the two figures of a case to set side by side.
func (c CaseFigures) Pair() FigurePair {
	p := FigurePair{CaseFigures: c}
	worst := -1
	for i := range c.Claimed {
		for j := range c.Admitted {
			unlike := c.Claimed[i].unlike(c.Admitted[j].Figure)
			if worst < 0 || unlike < worst {
				worst, p.Claim, p.Admission = unlike, &c.Claimed[i], &c.Admitted[j]
			}
		}
	}
	switch {
	case worst >= 0:
		p.Comparable = worst < unlikeTier
	case len(c.Claimed) > 0:
		p.Claim = &c.Claimed[0]
	case len(c.Admitted) > 0:
		p.Admission = &c.Admitted[0]
	}
	if p.Comparable {
		least, most := p.Claim.reach()
		low, high := p.Admission.reach()
		p.Gap = max(low/most, least/high, 1)
	}
	return p
}

// How unlike two figures are: another unit of the same tier still compares.
const (
	unlikeUnit = 1
	unlikeTier = 2
)

func (f Figure) unlike(g Figure) (n int) {
	if f.Unit != g.Unit {
		n += unlikeUnit
	}
	if tiers[f.Unit] != tiers[g.Unit] {
		n += unlikeTier
	}
	if f.Scope != g.Scope || f.Qualifier == Partial || g.Qualifier == Partial {
		n += 2 * unlikeTier
	}
	return n
}

// Bounds are the least and the most that the figure may mean. A vague one means its
// order of magnitude; one with a single bound has that for both.
func (f Figure) Bounds() (least, most int64) {
	low, high := f.bounds()
	return int64(low), int64(high)
}

// reach is Bounds with open ends: "more than" may be any number above, "up to" any below.
func (f Figure) reach() (least, most float64) {
	least, most = f.bounds()
	switch {
	case f.Qualifier == Vague:
	case f.Max == 0:
		most = math.Inf(1)
	case f.Min == 0:
		least = 0
	}
	return least, most
}

// Part tells whether the figure counts less than the whole.
func (f Figure) Part() bool { return f.part() }

// size is the greatest number of the pair, whatever it counts.
func (p FigurePair) size() (n int64) {
	for _, f := range []*SpokenFigure{p.Claim, p.Admission} {
		if f != nil {
			n = max(n, f.amount())
		}
	}
	return n
}

// kind orders pairs for a reader: both sides that compare, both that do not, a claim
// that is denied without a figure, one that is not answered by a figure, the company's alone.
func (p FigurePair) kind() int {
	switch {
	case p.Comparable:
		return 0
	case p.Claim != nil && p.Admission != nil:
		return 1
	case p.Admission == nil && p.Position == DeniesIt:
		return 2
	case p.Admission == nil:
		return 3
	}
	return 4
}

// Pairs are the cases with a figure of their attackers or of their company: first
// those that have both, by how far the two are apart.
func (s *Survey) Pairs() []FigurePair {
	pairs := make([]FigurePair, len(s.Figures))
	for i, c := range s.Figures {
		pairs[i] = c.Pair()
	}
	slices.SortFunc(pairs, func(a, b FigurePair) int {
		return cmp.Or(cmp.Compare(a.kind(), b.kind()), cmp.Compare(b.Gap, a.Gap), cmp.Compare(b.size(), a.size()), cmp.Compare(a.Case, b.Case))
	})
	return pairs
}
