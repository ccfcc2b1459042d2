package web

import (
	"slices"

	"vigie"
)

// Figures are each speaker's, the figure of record first.
func (p Incident) Figures() []vigie.SpokenFigure {
	if p.Record.Derived == nil {
		return nil
	}
	return p.Record.Derived.Figures
}

// CompanyCounts tells whether the company gave a figure.
func (p Incident) CompanyCounts() bool {
	return slices.ContainsFunc(p.Figures(), func(f vigie.SpokenFigure) bool { return f.By.Role == vigie.Respondent })
}

// share is a place on a drawing as wide as its box, in hundredths of it: such a drawing
// is never scaled, so its words keep their size.
type share px

// String writes a place for an attribute: 33.3%.
func (s share) String() string { return px(s).String() + "%" }

// Scale is the figures of a case on one scale of powers of ten, grouped by what they
// count. It is nil when there is none.
type Scale struct {
	Groups []Counted
	Ticks  []ScaleTick
}

// Counted are the figures that count the same thing, the figure of record first.
type Counted struct {
	Unit vigie.Unit
	Rows []Drawn
}

// Drawn is a figure and where it stands.
type Drawn struct {
	vigie.SpokenFigure
	Form     string // point, about, range, more, upto or vague: how it is drawn
	From, To share
}

// Width is how wide a bar is.
func (d Drawn) Width() share { return d.To - d.From }

// Side is whose figure it is, as drawings colour it.
func (d Drawn) Side() string { return drawnSide(d.By.Role) }

func drawnSide(r vigie.Role) string {
	switch r {
	case vigie.Attacker:
		return "claimed"
	case vigie.Respondent:
		return "answered"
	}
	return "other"
}

// ScaleTick is a power of ten, its place and how its label stands there.
type ScaleTick struct {
	At     share
	N      int64
	Anchor string // start, middle or end
	Spare  bool   // left out where the drawing is narrow
}

// A scale keeps a margin on both sides, for marks and for bars that are open.
const scaleFrom, scaleTo px = 3, 97

// Scale draws the figures: an exact count is a point, a range a bar, "more than" is open
// to the right, "up to" to the left, and a vague one covers its order of magnitude.
func (p Incident) Scale() *Scale {
	figures := p.Figures()
	if len(figures) == 0 {
		return nil
	}
	var values []int64
	for _, f := range figures {
		values = append(values, f.Min, f.Max)
		if f.Qualifier == vigie.Vague {
			values = append(values, f.Min*10)
		}
	}
	amounts := amountsOf(values, scaleFrom, scaleTo)
	if amounts.To == amounts.From*10 { // one figure or equal ones: room to be seen in
		amounts.From = max(amounts.From/10, 1)
		amounts.To = max(amounts.To, amounts.From*100)
	}
	scale := &Scale{}
	for _, f := range figures {
		at := slices.IndexFunc(scale.Groups, func(c Counted) bool { return c.Unit == f.Unit })
		if at < 0 {
			scale.Groups = append(scale.Groups, Counted{Unit: f.Unit})
			at = len(scale.Groups) - 1
		}
		scale.Groups[at].Rows = append(scale.Groups[at].Rows, drawnOn(amounts, f))
	}
	ticks := amounts.Ticks()
	for i, t := range ticks {
		anchor := "middle"
		switch i {
		case 0:
			anchor = "start"
		case len(ticks) - 1:
			anchor = "end"
		}
		scale.Ticks = append(scale.Ticks, ScaleTick{share(t.At), t.N, anchor, len(ticks) > 4 && (len(ticks)-1-i)%2 == 1})
	}
	return scale
}

func drawnOn(s amounts, f vigie.SpokenFigure) Drawn {
	d := Drawn{SpokenFigure: f, From: share(s.At(f.Min)), To: share(s.At(f.Max))}
	switch {
	case f.Qualifier == vigie.Vague:
		d.Form, d.To = "vague", share(s.At(f.Min*10))
	case f.Max == 0:
		d.Form, d.To = "more", 100
	case f.Min == 0:
		d.Form, d.From = "upto", 0
	case f.Min < f.Max:
		d.Form = "range"
	case f.Qualifier == vigie.About:
		d.Form = "about"
	default:
		d.Form = "point"
	}
	return d
}

// Tick writes a power of ten shortly: 100, 10 k, 100 M. A place on a scale is not
// mistaken for a figure then.
func (w *Words) Tick(n int64) (string, error) {
	switch {
	case n >= 1e9:
		return w.Say("case.tick.billion", w.Number(n/1e9))
	case n >= 1e6:
		return w.Say("case.tick.million", w.Number(n/1e6))
	case n >= 1e3:
		return w.Say("case.tick.thousand", w.Number(n/1e3))
	}
	return w.Number(n), nil
}
