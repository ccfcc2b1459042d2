package web

import (
	"slices"

	"vigie"
)

// bar is a row of a chart of bars.
type bar struct {
	word   string
	parts  []barPart // end to end
	counts string    // beside it, when the sum of parts is not all there is to say
	below  int       // a second, thinner bar under it, of what is said not to be
	href   string
}

type barPart struct {
	n    int
	fill looks
}

func (b bar) total() (n int) {
	for _, p := range b.parts {
		n += p.n
	}
	return n
}

// barsDrawn is how many bars are drawn; a longer tail is told in words.
const barsDrawn = 12

// drawBars draws bars under their words, all from one line. It is narrow enough for a
// small screen, so there is one form.
func (c *charting) drawBars(d *Drawing, entries []swatch, bars []bar, tail string) {
	d.W = 336
	y := d.key(0, entries)
	most := 1
	for _, b := range bars {
		most = max(most, b.total(), b.below)
	}
	room := d.W - 16 - 8*px(len(c.num(most)))
	for _, b := range bars {
		if b.counts != "" {
			room = min(room, d.W-12-wide(b.counts))
		}
	}
	for _, b := range bars {
		d.text(0, y+13, "start", "", clipped(b.word, d.W))
		d.line(.5, y+16, .5, y+37, "base-line")
		x := px(.5)
		for _, p := range b.parts {
			if p.n > 0 {
				width := room * px(p.n) / px(most)
				d.rect(x, y+18, width, 11, p.fill)
				x += width
			}
		}
		if b.below > 0 {
			d.rect(.5, y+31, room*px(b.below)/px(most), 5, struck)
		}
		words := b.counts
		if words == "" {
			words = c.num(b.total())
		}
		d.text(x+6, y+28, "start", "", words)
		y += 42
	}
	if tail != "" {
		d.text(0, y+13, "start", "quiet", clipped(tail, d.W))
		y += 20
	}
	d.H = y + 2
}

// topTitle says which value has the most cases. words and counts are of the values that
// are known, from the most.
func (c *charting) topTitle(key string, words []string, counts []int) string {
	of := c.s.Cases
	if len(words) == 0 {
		return c.count("chart."+key+".unknown", of)
	}
	ties := len(counts)
	if i := slices.IndexFunc(counts, func(n int) bool { return n < counts[0] }); i >= 0 {
		ties = i
	}
	top := c.num(counts[0])
	switch {
	case of == 1:
		return c.say("chart."+key+".single", c.listed(firstFew(words, c)))
	case ties == 1 && counts[0] == of:
		return c.count("chart."+key+".all", of, words[0])
	case ties == 1:
		return capital(c.say("chart."+key+".top", words[0], top, c.num(of)))
	case ties <= 3:
		return capital(c.count("chart."+key+".ties", counts[0], c.listed(words[:ties]), c.num(of)))
	}
	return c.count("chart."+key+".level", counts[0], c.num(ties), c.num(of))
}

// firstFew are the first three, and how many others there are.
func firstFew(words []string, c *charting) []string {
	if len(words) <= 4 {
		return words
	}
	return append(slices.Clone(words[:3]), c.count("chart.others", len(words)-3))
}

func (c *charting) sectors(chart *Chart) {
	chart.Unit = c.say("chart.sectors.unit")
	c.valued(chart, "sectors", "sector", c.s.Sectors(), false)
	chart.Notes = append(chart.Notes, c.say("chart.sectors.note"), c.say("chart.covers"))
}

func (c *charting) countries(chart *Chart) {
	chart.Unit = c.say("chart.countries.unit")
	c.valued(chart, "countries", "country", c.s.Countries(), true)
	chart.Notes = append(chart.Notes, c.say("chart.countries.note"), c.say("chart.covers"))
}

// valued draws in how many cases each value of a field is. Where a case may have several,
// the tail cannot be added up, and has no bar.
func (c *charting) valued(chart *Chart, key, field string, counted []vigie.ValueCount, several bool) {
	chart.Table.Heads = []string{c.say("chart." + key + ".head"), c.say("chart.cases")}
	var bars []bar
	var words []string
	var counts []int
	unknown := 0
	for _, v := range counted {
		if v.Value == "" {
			unknown = v.Cases
			continue
		}
		b := bar{word: capital(vigie.Label(field, v.Value, c.Lang)), parts: []barPart{{v.Cases, solidOther}}, href: c.having(field, v.Value, several)}
		bars, words, counts = append(bars, b), append(words, vigie.Label(field, v.Value, c.Lang)), append(counts, v.Cases)
		chart.Table.Rows = append(chart.Table.Rows, ChartRow{{Text: b.word}, c.number(v.Cases, b.href)})
	}
	chart.Title = c.topTitle(key, words, counts)
	tail := ""
	if len(bars) > barsDrawn {
		folded := bars[barsDrawn:]
		bars = slices.Clone(bars[:barsDrawn])
		if several {
			tail = c.count("chart."+key+".tail", len(folded), c.count("cases.n", folded[0].total()))
		} else {
			n := 0
			for _, b := range folded {
				n += b.total()
			}
			bars = append(bars, bar{word: c.count("chart."+key+".tail", len(folded)), parts: []barPart{{n, solidOther}}})
			chart.Table.Rows = append(chart.Table.Rows, ChartRow{{Text: c.count("chart."+key+".row-tail", len(folded))}, c.number(n, "")})
		}
	}
	if unknown > 0 {
		b := bar{word: c.say("chart." + key + ".not-known"), parts: []barPart{{unknown, notKnown}}}
		bars = append(bars, b)
		chart.Table.Rows = append(chart.Table.Rows, ChartRow{{Text: b.word}, c.number(unknown, "")})
		chart.Notes = append(chart.Notes, c.count("chart."+key+".left", unknown))
	}
	c.drawBars(&chart.Wide, nil, bars, tail)
}

func (c *charting) data(chart *Chart) {
	chart.Unit = c.say("chart.data.unit")
	chart.Table.Heads = []string{c.say("chart.data.head"), c.say("chart.data.exposed"), c.say("chart.data.admitted"), c.say("chart.data.excluded")}
	var bars []bar
	var words []string
	var counts []int
	unsure, excluded := false, false
	for _, v := range c.s.Data() {
		label := vigie.Label("data", v.Data, c.Lang)
		b := bar{word: capital(label), parts: []barPart{{v.Admitted, solidAnswer}, {v.Exposed - v.Admitted, hatchClaim}}, below: v.Excluded}
		if v.Exposed > 0 {
			words, counts = append(words, label), append(counts, v.Exposed)
			b.href = c.having("data", v.Data, true)
		}
		if v.Excluded > 0 {
			b.counts = c.count("chart.data.counts", v.Excluded, c.num(v.Exposed))
		}
		if len(bars) < barsDrawn {
			unsure, excluded = unsure || v.Exposed > v.Admitted, excluded || v.Excluded > 0
		}
		bars = append(bars, b)
		chart.Table.Rows = append(chart.Table.Rows, ChartRow{{Text: b.word}, c.number(v.Exposed, b.href), c.number(v.Admitted, ""), c.number(v.Excluded, "")})
	}
	chart.Title = c.topTitle("data", words, counts)
	if len(words) == 0 && c.s.Undetailed() < c.s.Cases { // somebody names data, and says that they were not
		chart.Title = c.count("chart.data.none", c.s.Cases)
	}
	entries := []swatch{{solidAnswer, c.say("chart.data.key-admitted")}}
	if unsure {
		entries = append(entries, swatch{hatchClaim, c.say("chart.data.key-others")})
	}
	if excluded {
		entries = append(entries, swatch{struck, c.say("chart.data.key-excluded")})
	}
	tail := ""
	if len(bars) > barsDrawn {
		folded := bars[barsDrawn:]
		bars = slices.Clone(bars[:barsDrawn])
		tail = c.count("chart.data.tail", len(folded), c.count("cases.n", folded[0].total()))
	}
	if n := c.s.Undetailed(); n > 0 {
		b := bar{word: c.say("chart.data.not-known"), parts: []barPart{{n, notKnown}}}
		bars = append(bars, b)
		chart.Table.Rows = append(chart.Table.Rows, ChartRow{{Text: b.word}, c.number(n, ""), {Number: true}, {Number: true}})
		chart.Notes = append(chart.Notes, c.count("chart.data.left", n))
	}
	chart.Notes = append(chart.Notes, c.say("chart.data.note"))
	c.drawBars(&chart.Wide, entries, bars, tail)
}
