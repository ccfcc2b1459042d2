package web

import (
	"net/url"
	"slices"
	"time"

	"vigie"
)

// evidences are the fills of the evidence of a case, from the most to nothing counted:
// in bars they stand on one another in this order.
var evidences = []struct {
	code vigie.Evidence
	fill looks
}{
	{vigie.Confirmed, solidClaim}, {vigie.Corroborated, crossClaim}, {vigie.Reported, hatchClaim}, {vigie.Alleged, hollowClaim}, {vigie.Refuted, struck}, {"", dashed},
}

// grain is how long the periods of a drawing are.
type grain struct {
	name   string
	months int
	most   int // months of a drawing in which they are used
}

// grains are the periods, the shortest first: a bar is to be seen on a small screen too.
var grains = []grain{{"month", 1, 30}, {"quarter", 3, 96}, {"year", 12, 1 << 30}}

// period is a bar: the cases whose first public word came in it.
type period struct {
	date     vigie.Date // 2024-09, 2024-07/2024-09 or 2024
	from, to vigie.Date // its first and last month
	cases    map[vigie.Evidence]int
	total    int
}

// chronicle is the cases of an answer in periods, all between the first and the last, and
// those that are not known that well.
type chronicle struct {
	grain   grain
	periods []period
	apart   []period // known by a quarter or a year where periods are shorter
	undated period
}

func (p *period) add(c vigie.DatedCount) {
	if p.cases == nil {
		p.cases = map[vigie.Evidence]int{}
	}
	p.cases[c.Evidence] += c.Cases
	p.total += c.Cases
}

func monthAt(t time.Time) vigie.Date { return vigie.Date(t.Format("2006-01")) }

// chronicleOf parts the cases into periods.
func chronicleOf(dated []vigie.DatedCount) (h chronicle) {
	var from, to time.Time
	for _, c := range dated {
		if c.On == "" {
			h.undated.add(c)
			continue
		}
		first, errFirst := time.Parse(time.DateOnly, string(c.On.First()))
		last, errLast := time.Parse(time.DateOnly, string(c.On.Last()))
		if errFirst != nil || errLast != nil {
			continue // the survey gives none
		}
		if from.IsZero() || first.Before(from) {
			from = first
		}
		if last.After(to) {
			to = last
		}
	}
	if from.IsZero() {
		return h
	}
	span := (to.Year()-from.Year())*12 + int(to.Month()-from.Month()) + 1
	h.grain = grains[slices.IndexFunc(grains, func(g grain) bool { return span <= g.most })]
	n := h.grain.months
	for at := time.Date(from.Year(), from.Month()-(from.Month()-1)%time.Month(n), 1, 0, 0, 0, 0, time.UTC); !at.After(to); at = at.AddDate(0, n, 0) {
		p := period{from: monthAt(at), to: monthAt(at.AddDate(0, n-1, 0))}
		switch p.date = p.from + "/" + p.to; n {
		case 1:
			p.date = p.from
		case 12:
			p.date = p.from[:4]
		}
		h.periods = append(h.periods, p)
	}
	for _, c := range dated {
		if c.On == "" {
			continue
		}
		whole := func(p period) bool { return p.from.First() <= c.On.First() && c.On.Last() <= p.to.Last() }
		if i := slices.IndexFunc(h.periods, whole); i >= 0 {
			h.periods[i].add(c)
			continue
		}
		i := slices.IndexFunc(h.apart, func(p period) bool { return p.date == c.On })
		if i < 0 {
			i = len(h.apart)
			h.apart = append(h.apart, period{date: c.On, from: c.On[:4] + "-01", to: c.On[:4] + "-12"})
			if len(c.On) > 4 {
				h.apart[i].from, h.apart[i].to = c.On[:7], c.On[8:]
			}
		}
		h.apart[i].add(c)
	}
	return h
}

func sum(periods []period) (n int) {
	for _, p := range periods {
		n += p.total
	}
	return n
}

func (c *charting) cases(chart *Chart) {
	h := chronicleOf(c.s.Dated())
	placed := sum(h.periods)
	if placed+len(h.apart) == 0 {
		chart.Title = c.count("chart.cases.undated", c.s.Cases)
		chart.Table = c.casesTable(h)
		return
	}
	chart.Title = c.casesTitle(h)
	chart.Unit = c.say("chart.cases.unit." + h.grain.name)
	chart.Notes = append(chart.Notes, c.tell("chart.cases.apart."+h.grain.name, sum(h.apart))...)
	chart.Notes = append(chart.Notes, c.tell("chart.cases.left", h.undated.total)...)
	chart.Notes = append(chart.Notes, c.say("chart.covers"))
	chart.Table = c.casesTable(h)
	c.drawCases(&chart.Wide, h, 720, 190)
	c.drawCases(&chart.Narrow, h, 336, 150)
}

// casesTitle is the period with the most cases, or that there is none.
func (c *charting) casesTitle(h chronicle) string {
	most := 0
	for _, p := range h.periods {
		most = max(most, p.total)
	}
	var top []string
	for _, p := range h.periods {
		if p.total == most {
			top = append(top, p.date.In(c.Lang))
		}
	}
	switch {
	case most == 0:
		return c.count("chart.cases.imprecise", c.s.Cases)
	case c.s.Cases == 1:
		return c.say("chart.cases.one", top[0])
	case most == c.s.Cases:
		return c.count("chart.cases.all", most, top[0])
	case len(top) == 1:
		return capital(c.say("chart.cases.top", top[0], c.num(most), c.num(c.s.Cases)))
	case len(top) == 2:
		return capital(c.count("chart.cases.two", most, top[0], top[1], c.num(c.s.Cases)))
	}
	return c.count("chart.cases.tie", most, c.num(len(top)), c.num(c.s.Cases))
}

// evidencesOf are the evidences that some case has, in the order of bars.
func (h chronicle) evidences() (present []int) {
	for i, e := range evidences {
		has := func(p period) bool { return p.cases[e.code] > 0 }
		if slices.ContainsFunc(h.periods, has) || slices.ContainsFunc(h.apart, has) || h.undated.cases[e.code] > 0 {
			present = append(present, i)
		}
	}
	return present
}

func (c *charting) evidenceWord(e vigie.Evidence) string {
	if e == "" {
		return c.say("evidence.none")
	}
	return vigie.Label("evidence", string(e), c.Lang)
}

func (c *charting) casesTable(h chronicle) (t ChartTable) {
	present := h.evidences()
	t.Heads = []string{c.say("chart.cases.period")}
	for _, i := range present {
		t.Heads = append(t.Heads, c.evidenceWord(evidences[i].code))
	}
	t.Heads = append(t.Heads, c.say("chart.total"))
	row := func(words string, p period, found func(period, ...vigie.Evidence) string) {
		cells := ChartRow{{Text: words}}
		for _, i := range present {
			cells = append(cells, c.number(p.cases[evidences[i].code], found(p, evidences[i].code)))
		}
		t.Rows = append(t.Rows, append(cells, c.number(p.total, found(p))))
	}
	none := func(period, ...vigie.Evidence) string { return "" }
	for _, p := range h.periods {
		if p.total > 0 {
			row(p.date.In(c.Lang), p, c.casesOf)
		}
	}
	for _, p := range h.apart {
		row(c.say("chart.cases.row-apart", p.date.In(c.Lang)), p, none)
	}
	if h.undated.total > 0 {
		row(c.say("chart.cases.row-undated"), h.undated, none)
	}
	all := period{}
	for _, d := range c.s.Dated() {
		all.add(d)
	}
	row(c.say("chart.all"), all, func(_ period, e ...vigie.Evidence) string { return c.evident(e, func(url.Values) {}) })
	return t
}

// casesOf is the address of the cases of a period. The search goes by the earliest day
// that a date may mean: where that finds others too, there is no such address.
func (c *charting) casesOf(p period, e ...vigie.Evidence) string {
	n := p.total
	if len(e) > 0 {
		n = p.cases[e[0]]
	}
	if n == 0 || c.s.Begun(p.from, p.to, e...) != n {
		return ""
	}
	if len(p.date) == 4 {
		return c.evident(e, func(v url.Values) { v.Set("year", string(p.date)) })
	}
	return c.evident(e, func(v url.Values) {
		if c.Asked.After.First() < p.from.First() {
			v.Set("after", string(p.from))
		}
		if c.Asked.Before == "" || c.Asked.Before.Last() > p.to.Last() {
			v.Set("before", string(p.to))
		}
	})
}

// evident is the address of cases of an evidence. One that was asked for as of a day is
// another than the one counted.
func (c *charting) evident(e []vigie.Evidence, change func(url.Values)) string {
	if len(e) == 0 {
		return c.searched(change)
	}
	if e[0] == "" || c.Asked.AsOf != "" {
		return ""
	}
	return c.searched(func(v url.Values) {
		change(v)
		v.Set("evidence", string(e[0]))
	})
}

// drawCases draws a bar for each period. Cases that are known less well stand apart:
// below, as wide as the time that they may mean, or at the end, without a date.
func (c *charting) drawCases(d *Drawing, h chronicle, w, high px) {
	d.W = w
	var entries []swatch
	present := h.evidences()
	for _, i := range present {
		entries = append(entries, swatch{evidences[i].fill, c.evidenceWord(evidences[i].code)})
	}
	top := d.key(0, entries) + 16
	most := h.undated.total
	for _, p := range h.periods {
		most = max(most, p.total)
	}
	left, right, base := px(14)+8*px(len(c.num(most))), w, top+high
	if h.undated.total > 0 {
		right -= 76 // for its words, clear of the last year
	}
	step := stepOf(most)
	for n := 0; n <= most; n += step {
		y := base - high*px(n)/px(max(most, 1))
		if n > 0 {
			d.line(left, y, w, y, "grid-line")
		}
		d.text(left-6, y+4.5, "end", "quiet", c.num(n))
	}
	bar := func(x, width px, p period) {
		y := base
		for _, i := range present {
			tall := high * px(p.cases[evidences[i].code]) / px(max(most, 1))
			if tall > 0 {
				y -= tall
				d.rect(x, y, width, tall, evidences[i].fill)
			}
		}
		if p.total > 0 && width >= 7*px(len(c.num(p.total))) {
			d.text(x+width/2, y-5, "middle", "", c.num(p.total))
		}
	}
	each := (right - left) / px(len(h.periods))
	gap := max(min(max(each/6, 1), 6), each-72)
	for i, p := range h.periods {
		bar(left+each*px(i)+gap/2, each-gap, p)
	}
	if h.undated.total > 0 {
		bar(w-44, 28, h.undated)
		d.text(w, base+17, "end", "quiet", c.say("chart.cases.undated-bar"))
	}
	d.line(left, base+.5, right, base+.5, "base-line")
	d.H = c.drawPeriods(d, h, left, each, base) + 4
	if len(h.apart) > 0 {
		d.H = c.drawApart(d, h, left, each, d.H+6)
	}
}

// drawPeriods names the periods under their bars: years, and the first letters of months
// where there is room.
func (c *charting) drawPeriods(d *Drawing, h chronicle, left, each, base px) px {
	free := left
	for i, p := range h.periods {
		x := left + each*px(i)
		if i > 0 && p.from[5:] != "01" {
			continue
		}
		if i > 0 {
			d.line(x, base, x, base+5, "base-line")
		}
		word := string(p.from[:4])
		if h.grain.months == 1 && i == 0 && p.from[5:] != "01" {
			word = p.date.In(c.Lang)
		}
		at := x + 1
		if h.grain.months == 12 {
			if at = x + each/2 - 15; at < left-12 {
				at = left - 12
			}
		}
		if at >= free && at+wide(word) <= d.W+6 {
			d.text(at, base+17, "start", "quiet", word)
			free = at + wide(word) + 8
		}
	}
	return base + 20
}

// drawApart draws the cases of which only a quarter or a year is known, as long as that.
func (c *charting) drawApart(d *Drawing, h chronicle, left, each, y px) px {
	d.text(0, y+13, "start", "quiet", c.say("chart.cases.apart-below."+h.grain.name))
	y += 20
	at := func(month vigie.Date, end bool) px {
		for i, p := range h.periods {
			if p.from <= month && month <= p.to {
				if end {
					i++
				}
				return left + each*px(i)
			}
		}
		return left
	}
	for _, p := range h.apart {
		from, to := at(p.from, false), at(p.to, true)
		d.rect(from+1.5, y+2.5, to-from-3, 15, dashed)
		words := c.count("cases.n", p.total)
		if wide(words) > to-from-6 {
			words = c.num(p.total)
		}
		d.text((from+to)/2, y+14.5, "middle", "", words)
	}
	return y + 24
}

// stepOf is the distance of the lines of a scale from nought: a round number, about four
// of them.
func stepOf(most int) int {
	for step := 1; ; step *= 10 {
		for _, n := range []int{1, 2, 5} {
			if step*n*5 > most {
				return step * n
			}
		}
	}
}
