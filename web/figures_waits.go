package web

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"vigie"
)

// waitKinds are the lags drawn, in their order. The 72 hours of GDPR art. 33 run from the
// day the company learnt of the breach to the regulator, and are marked nowhere else.
var waitKinds = []struct {
	from, to string
	hours72  bool
}{
	{"claim", "first_word", false}, {"claim", "customers_told", false}, {"claim", "regulator_told", false},
	{"discovered", "customers_told", false}, {"discovered", "regulator_told", true},
}

// waiting is the lags of one kind: known ones from the shortest, and how many are open.
type waiting struct {
	from, to string
	hours72  bool
	known    []vigie.Wait
	open     []vigie.Wait
}

func (c *charting) waitings() (all []waiting) {
	for _, kind := range waitKinds {
		k := waiting{from: kind.from, to: kind.to, hours72: kind.hours72}
		for _, w := range c.s.Waits {
			switch {
			case w.Lag.From != kind.from || w.Lag.To != kind.to:
			case w.Open():
				k.open = append(k.open, w)
			default:
				k.known = append(k.known, w)
			}
		}
		slices.SortStableFunc(k.known, func(a, b vigie.Wait) int {
			return cmp.Or(cmp.Compare(latest(a.Lag), latest(b.Lag)), cmp.Compare(soonest(a.Lag), soonest(b.Lag)))
		})
		if len(k.known)+len(k.open) > 0 {
			all = append(all, k)
		}
	}
	return all
}

// forever is where a lag without a longest ends in the order of lags.
const forever = math.MaxInt32

func soonest(l vigie.Lag) int {
	if l.Min == nil {
		return 0
	}
	return *l.Min
}

func latest(l vigie.Lag) int {
	if l.Max == nil {
		return forever
	}
	return *l.Max
}

func (c *charting) waits(chart *Chart) {
	all := c.waitings()
	if len(all) == 0 {
		chart.Title = c.count("chart.waits.none", c.s.Cases)
		return
	}
	chart.Title = c.waitsTitle(all)
	chart.Unit = c.say("chart.waits.unit")
	open, marked := false, false
	measured := map[string]bool{}
	for _, k := range all {
		open = open || len(k.open) > 0
		marked = marked || k.hours72 && len(k.known) > 0
		for _, w := range slices.Concat(k.known, k.open) {
			measured[w.Case] = true
		}
	}
	chart.Notes = append(chart.Notes, c.tell("chart.waits.left", c.s.Cases-len(measured))...)
	if open {
		chart.Notes = append(chart.Notes, c.say("chart.waits.open-means"))
	}
	chart.Notes = append(chart.Notes, c.say("chart.waits.note"))
	if marked {
		chart.Notes = append(chart.Notes, c.say("chart.waits.hours"))
	}
	chart.Table = c.waitsTable(all)
	c.drawWaits(&chart.Wide, all, 720)
	c.drawWaits(&chart.Narrow, all, 336)
}

// week is how soon a first word is counted as soon in the title.
const week = 7

func (c *charting) waitsTitle(all []waiting) string {
	k := all[0]
	known := 0
	for _, k := range all {
		known += len(k.known)
	}
	switch {
	case known == 0:
		return c.count("chart.waits.all-open", c.s.Cases)
	case c.s.Cases == 1: // the first that is known
		w := all[slices.IndexFunc(all, func(k waiting) bool { return len(k.known) > 0 })].known[0]
		return c.say("chart.waits.one", w.Company.Name, c.waitName(w.Lag.From, w.Lag.To), c.lag(w.Lag))
	case k.to != "first_word" || len(k.known) < 2:
		return c.count("chart.waits.some", known)
	}
	soon := 0
	for _, w := range k.known {
		if latest(w.Lag) <= week {
			soon++
		}
	}
	return c.count("chart.waits.title", len(k.known), c.num(soon))
}

func (c *charting) waitName(from, to string) string {
	return c.say("chart.waits.kind", c.say("lag."+from), c.say("lag.to."+to))
}

func (c *charting) lag(l vigie.Lag) string {
	words, err := c.w.Lag(l)
	if err != nil && c.err == nil {
		c.err = err
	}
	return words
}

// waitsTable has a row for each lag; a long one, for all that are alike.
func (c *charting) waitsTable(all []waiting) (t ChartTable) {
	rows := 0
	for _, k := range all {
		rows += len(k.known) + len(k.open)
	}
	if rows > rowsShown {
		return c.waitsAlike(all)
	}
	t.Heads = []string{c.say("chart.case"), c.say("chart.waits.what"), c.say("chart.waits.long"), c.say("chart.waits.checked")}
	for _, k := range all {
		for _, w := range slices.Concat(k.known, k.open) {
			words := c.lag(w.Lag)
			if w.Open() {
				words = c.say("lag.open." + w.Lag.To)
			}
			checked := ""
			if w.Checked.Known() {
				checked = w.Checked.In(c.Lang)
			}
			t.Rows = append(t.Rows, ChartRow{{Text: c.caseName(w.Case, w.Company), Href: PagePath(c.Lang, IncidentPath(w.Case))},
				{Text: c.waitName(k.from, k.to)}, {Text: words}, {Text: checked}})
		}
	}
	return t
}

func (c *charting) waitsAlike(all []waiting) (t ChartTable) {
	t.Heads = []string{c.say("chart.waits.what"), c.say("chart.waits.long"), c.say("chart.cases")}
	for _, k := range all {
		for _, group := range alike(k.known) {
			t.Rows = append(t.Rows, ChartRow{{Text: c.waitName(k.from, k.to)}, {Text: c.lag(group[0].Lag)}, c.number(len(group), "")})
		}
		if len(k.open) > 0 {
			t.Rows = append(t.Rows, ChartRow{{Text: c.waitName(k.from, k.to)}, {Text: c.say("lag.open." + k.to)}, c.number(len(k.open), "")})
		}
	}
	return t
}

// alike are lags, sorted, in groups of the same interval.
func alike(lags []vigie.Wait) (groups [][]vigie.Wait) {
	for i, w := range lags {
		same := i > 0 && latest(w.Lag) == latest(lags[i-1].Lag) && soonest(w.Lag) == soonest(lags[i-1].Lag) && (w.Lag.Min == nil) == (lags[i-1].Lag.Min == nil)
		if same {
			groups[len(groups)-1] = append(groups[len(groups)-1], w)
		} else {
			groups = append(groups, []vigie.Wait{w})
		}
	}
	return groups
}

// lengths places days on a line on which each is shorter than the one before, from the
// same day on: waits are of hours, and of years. A day is an interval.
type lengths struct {
	x0, x1 px
	most   int // the last day of the line
}

func (s lengths) start(day int) px {
	return s.x0 + (s.x1-s.x0)*px(math.Log1p(float64(min(max(day, 0), s.most+1)))/math.Log1p(float64(s.most+1)))
}

// lengthTicks are the days that are named, those that there is room for.
var lengthTicks = []int{0, 1, 3, 7, 14, 30, 90, 180, 365, 730, 1825, 3650}

// Heights of the lines of a kind of lag: each the same, all together no more than that.
const (
	waitLine px = 8
	waitsAll px = 110
)

func (c *charting) drawWaits(d *Drawing, all []waiting, w px) {
	d.W = w
	longest := 30
	var exact, spans, open bool
	for _, k := range all {
		open = open || len(k.open) > 0
		for _, w := range k.known {
			if l := latest(w.Lag); l != forever {
				longest = max(longest, l)
			}
			longest = max(longest, soonest(w.Lag))
			certain := w.Lag.Min != nil && w.Lag.Max != nil && *w.Lag.Min == *w.Lag.Max
			exact, spans = exact || certain, spans || !certain
		}
	}
	var entries []swatch
	if exact {
		entries = append(entries, swatch{solidAnswer, c.say("chart.waits.key-exact")})
	}
	if spans {
		entries = append(entries, swatch{hatchAnswer, c.say("chart.waits.key-span")})
	}
	if open {
		entries = append(entries, swatch{dashed, c.say("chart.waits.key-open")})
	}
	y := d.key(0, entries)
	scale := lengths{.5, w - .5, longest}
	for _, k := range all {
		y = c.drawKind(d, k, scale, y) + 14
	}
	d.H = y - 6
}

// drawKind draws the lags of one kind from a height on: a line a case, from the least to
// the most that it may have been, then those that are open, together.
func (c *charting) drawKind(d *Drawing, k waiting, scale lengths, y px) px {
	name, counts := c.waitName(k.from, k.to), c.count("chart.waits.known", len(k.known))
	if from, to, parted := strings.Cut(name, " → "); parted && wide(name)*1.1 > d.W {
		d.text(0, y+13, "start", "strong", from+" →")
		name, y = to, y+17
	}
	d.text(0, y+13, "start", "strong", name)
	if wide(name)*1.1+wide(counts)+16 > d.W {
		y += 17
		d.text(0, y+13, "start", "quiet", counts)
	} else {
		d.text(d.W, y+13, "end", "quiet", counts)
	}
	y += 22
	if k.hours72 && len(k.known) > 0 {
		y += 14 // for the name of the limit
	}
	if n := len(k.known); n > 0 {
		each := min(waitLine, waitsAll/px(n))
		bottom := y + each*px(n)
		free := px(-1)
		for _, day := range lengthTicks {
			x := scale.start(day)
			if day > scale.most {
				break
			}
			word := c.num(day)
			if day == 0 {
				word = c.say("chart.waits.same-day")
			}
			if x < free || x+wide(word) > d.W {
				continue
			}
			d.line(x, y, x, bottom+5, "grid-line")
			d.text(x, bottom+17, "start", "quiet", word)
			free = x + wide(word) + 6
		}
		for _, group := range alike(k.known) {
			l := group[0].Lag
			from, to := scale.start(soonest(l)), scale.start(min(latest(l), scale.most)+1)
			fill := hatchAnswer
			if l.Min != nil && l.Max != nil && *l.Min == *l.Max {
				fill = solidAnswer
			}
			tall := each * px(len(group))
			d.rect(from, y, to-from, max(tall-min(1, each/4), .3), fill)
			y += tall
		}
		if k.hours72 {
			x := scale.start(4) // three whole days lie between two days that are four apart
			d.line(x, bottom-each*px(n)-4, x, bottom+5, "limit")
			d.text(x-10, bottom-each*px(n)-7, "start", "strong", c.say("chart.waits.hours-mark"))
		}
		y += 20
	}
	if n := len(k.open); n > 0 {
		y += 4
		d.path("M"+(d.W-8).String()+" "+(y+.5).String()+"H.5v19H"+(d.W-8).String(), "dashed")
		d.path("M"+(d.W-10).String()+" "+(y+4).String()+"l8 6l-8 6", "dashed")
		d.text(8, y+14.5, "start", "", clipped(c.count("chart.waits.open."+k.to, n), d.W-24))
		y += 21
	}
	return y
}
