package vigie

import (
	"cmp"
	"slices"
)

// SpokenFigure is a figure with the one who gave it. Figures of different
// speakers are never added up, nor overwritten by one another.
type SpokenFigure struct {
	Figure
	By        Speaker `json:"by"`
	Statement string  `json:"statement"`
	Seller    bool    `json:"seller,omitempty"`    // an attacker who offers the data for sale
	OfRecord  bool    `json:"of_record,omitempty"` // rule F's choice

	rank int // who speaks, in the order of rule F
	word utterance
}

// tiers orders what a figure counts: people, then accounts, then records.
var tiers = map[Unit]int{"accounts": 1, "emails": 1, "cards": 1, "records": 2, "files": 2}

// amount is the number that compares: the lower bound, else the upper.
func (f Figure) amount() int64 { return cmp.Or(f.Min, f.Max) }

// part tells whether the figure counts less than the whole.
func (f Figure) part() bool { return !f.Scope.IsZero() || f.Qualifier == Partial }

func (j *judgement) rank(u *utterance) int {
	switch {
	case u.By.Role.Official() && u.does(Finds, Sanctions, Convicts):
		return 0
	case u.By.Role == Respondent:
		return 1
	case u.By.Role == Supplier:
		return 2
	case u.By.Role.Independent() && u.does(Corroborates):
		return 3
	case u.By.Role.Official():
		return 4
	}
	return 5 + max(0, slices.Index([]Role{Researcher, Press, Other, Attacker}, u.By.Role))
}

// ofRecord is F: each speaker's last figure per unit and scope, the one of
// record first and marked.
func ofRecord(j *judgement) {
	var all []SpokenFigure
	for i := range j.words {
		u := &j.words[i]
		seller := u.By.Role == Attacker && slices.ContainsFunc(j.words, func(w utterance) bool { return w.speaks(u) && w.does(OffersForSale) })
		for _, f := range u.Figures {
			if f.amount() > 0 {
				all = append(all, SpokenFigure{Figure: f, By: u.By, Statement: u.ID, Seller: seller, rank: j.rank(u), word: *u})
			}
		}
	}
	for _, f := range all {
		var same []utterance
		for _, g := range all {
			if g.rank == f.rank && g.word.speaks(&f.word) && g.Unit == f.Unit && g.Scope == f.Scope {
				same = append(same, g.word)
			}
		}
		if slices.ContainsFunc(latest(same), func(u utterance) bool { return u.ID == f.Statement }) && !j.superseded(&f.word, func(r Role) bool { return r == f.By.Role }) {
			j.figures = append(j.figures, f)
		}
	}
	slices.SortStableFunc(j.figures, func(a, b SpokenFigure) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(tiers[a.Unit], tiers[b.Unit]), compareBool(a.part(), b.part()), laterFirst(a, b), cmp.Compare(b.amount(), a.amount()))
	})
	if len(j.figures) > 0 {
		j.figures[0].OfRecord = true
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// laterFirst orders by the day it was said, undated last.
func laterFirst(a, b SpokenFigure) int {
	return cmp.Compare(b.word.said().Last(), a.word.said().Last())
}

// Figures lists each speaker's last figure per unit and scope, as known by the
// day (all that is recorded, without one). The figure of record comes first.
func (in *Incident) Figures(asOf Day) []SpokenFigure { return judge(in, asOf, Rules).figures }

// FigureOfRecord is the figure that rule F puts forward, always to be shown with
// its speaker; false when nobody whose word counts gave one.
func (in *Incident) FigureOfRecord(asOf Day) (SpokenFigure, bool) {
	if figures := in.Figures(asOf); len(figures) > 0 {
		return figures[0], true
	}
	return SpokenFigure{}, false
}

// bounds are the least and the most that the figure may mean. A vague one means
// its order of magnitude.
func (f Figure) bounds() (least, most float64) {
	if f.Qualifier == Vague {
		return float64(f.amount()), float64(f.amount())*10 - 1
	}
	return float64(f.amount()), float64(cmp.Or(f.Max, f.Min))
}

// contrast is the figure of another speaker furthest from the one of record, when
// it is over twice or under half of it whatever the two exactly mean: the headline
// names both. A part is no contradiction of the whole.
func contrast(figures []SpokenFigure) (SpokenFigure, bool) {
	var far SpokenFigure
	widest := 2.0
	for _, f := range figures {
		least, most := figures[0].bounds()
		low, high := f.bounds()
		if ratio := max(low/most, least/high); !f.part() && !f.word.speaks(&figures[0].word) && ratio > widest {
			far, widest = f, ratio
		}
	}
	return far, widest > 2
}
