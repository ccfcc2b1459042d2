package web

import "vigie"

// Zoom is where the drawing is in time, and the ways out of it.
type Zoom struct {
	Crumbs         []Crumb // from the whole to what is shown, the last without address
	Earlier, Later *Beside
}

// Crumb is a stretch around what is shown.
type Crumb struct {
	Stretch stretch
	Href    string
	Whole   bool       // no bound at all
	Since   vigie.Date // open to the right
	Until   vigie.Date // open to the left
}

// Beside is the stretch before or after what is shown.
type Beside struct {
	Stretch stretch
	Href    string
	Count   int // events of the query beyond what is shown, on that side
}

// Zoom is nil when the whole of time is shown.
func (p Timeline) Zoom() *Zoom {
	after, before := p.Asked.After, p.Asked.Before
	z := &Zoom{Crumbs: []Crumb{{Whole: true, Href: p.within("", "")}}}
	switch {
	case after == "" && before == "":
		return nil
	case before == "":
		z.Crumbs = append(z.Crumbs, Crumb{Since: after})
		return z
	case after == "":
		z.Crumbs = append(z.Crumbs, Crumb{Until: before})
		return z
	}
	shown := stretchOf(after.First(), before.Last())
	for u := aDecade; u >= aMonth; u-- {
		if around := u.around(shown.from); u != aQuarter && around != shown && !around.to.Before(shown.to) {
			z.Crumbs = append(z.Crumbs, Crumb{Stretch: around, Href: p.narrowed(around)})
		}
	}
	z.Crumbs = append(z.Crumbs, Crumb{Stretch: shown})
	if p.Plot != nil && p.Plot.Reach.Earlier > 0 {
		s := shown.beside(-1)
		z.Earlier = &Beside{s, p.narrowed(s), p.Plot.Reach.Earlier}
	}
	if p.Plot != nil && p.Plot.Reach.Later > 0 {
		s := shown.beside(1)
		z.Later = &Beside{s, p.narrowed(s), p.Plot.Reach.Later}
	}
	return z
}

// Wider is the step out of what is shown.
func (z Zoom) Wider() Crumb { return z.Crumbs[len(z.Crumbs)-2] }

// narrowed is the address of the same query within a stretch.
func (p Timeline) narrowed(s stretch) string { return p.within(s.bounds()) }

func (p Timeline) within(after, before vigie.Date) string {
	v := p.Asked.Values()
	v.Del("cursor")
	v.Set("after", string(after))
	v.Set("before", string(before))
	return p.Finder().address(v)
}

// about is the address of the same query of one company.
func (p Timeline) about(company string) string {
	v := p.Asked.Values()
	v.Del("cursor")
	if asked := p.Finder().values("company"); len(asked) == 1 && asked[0] == company {
		return ""
	}
	v.Set("company", company)
	return p.Finder().address(v)
}

// Beginning is the address of the first page of the list, where the drawing is.
func (p Timeline) Beginning() string { return p.within(p.Asked.After, p.Asked.Before) }
