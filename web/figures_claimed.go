package web

import (
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// Lines of the chart of claimed and admitted figures: those drawn, and those of its table
// on a page. The numbers as JSON have all.
const (
	linesDrawn = 24
	rowsShown  = 400
)

func (c *charting) claimed(chart *Chart) {
	pairs := c.s.Pairs()
	if len(pairs) == 0 {
		chart.Title = c.count("chart.claimed.none", c.s.Cases)
		return
	}
	chart.Title = c.claimedTitle(pairs)
	chart.Unit = c.say("chart.claimed.unit")
	chart.Table = c.claimedTable(pairs)
	drawn := pairs[:min(len(pairs), linesDrawn)]
	chart.Notes = append(chart.Notes, c.tell("chart.claimed.left", c.s.Cases-len(pairs))...)
	chart.Notes = append(chart.Notes, c.tell("chart.claimed.not-drawn", len(pairs)-len(drawn))...)
	chart.Notes = append(chart.Notes, c.say("chart.claimed.note"))
	c.drawClaimed(&chart.Wide, drawn, claimedForm{w: 720, from: 196, to: 540, pitch: 36, beside: true})
	c.drawClaimed(&chart.Narrow, drawn, claimedForm{w: 336, from: 8, to: 328, pitch: 62})
}

// claimedTitle counts who gives figures; of one case it says them.
func (c *charting) claimedTitle(pairs []vigie.FigurePair) string {
	if len(pairs) == 1 {
		p := pairs[0]
		name := p.Company.Name
		switch {
		case p.Claim != nil && p.Admission != nil:
			return c.say("chart.claimed.one-both", name, p.Claim.Figure.In(c.Lang), p.Admission.Figure.In(c.Lang))
		case p.Claim != nil && p.Position == vigie.DeniesIt:
			return c.say("chart.claimed.one-denied", name, p.Claim.Figure.In(c.Lang))
		case p.Claim != nil:
			return c.say("chart.claimed.one-claim", name, p.Claim.Figure.In(c.Lang))
		}
		return c.say("chart.claimed.one-company", name, p.Admission.Figure.In(c.Lang))
	}
	both, claims, denied, alone := 0, 0, 0, 0
	for _, p := range pairs {
		switch {
		case p.Claim != nil && p.Admission != nil:
			both++
		case p.Claim == nil:
			alone++
		default:
			claims++
			if p.Position == vigie.DeniesIt {
				denied++
			}
		}
	}
	parts := c.tell("chart.claimed.both", both)
	parts = append(parts, c.tell("chart.claimed.claims", claims)...)
	parts = append(parts, c.tell("chart.claimed.alone", alone)...)
	title := c.count("chart.claimed.title", len(pairs), c.listed(parts))
	if denied > 0 && claims > 0 {
		title += c.count("chart.claimed.denied", denied)
	}
	return title
}

func (c *charting) claimedTable(pairs []vigie.FigurePair) (t ChartTable) {
	t.Heads = []string{c.say("chart.case"), c.say("chart.claimed.by-attackers"), c.say("chart.claimed.by-company"), vigieAxis(c, "position")}
	for _, p := range pairs[:min(len(pairs), rowsShown)] {
		t.Rows = append(t.Rows, ChartRow{
			{Text: c.caseName(p.Case, p.Company), Href: PagePath(c.Lang, IncidentPath(p.Case))},
			{Text: c.figuresOf(p.Claimed, true)}, {Text: c.figuresOf(p.Admitted, false)},
			{Text: vigie.Label("position", string(p.Position), c.Lang)}})
	}
	if n := len(pairs) - len(t.Rows); n > 0 {
		t.More = c.count("chart.more", n)
	}
	return t
}

func vigieAxis(c *charting, name string) string { return c.say("filter." + name) }

// caseName is a company and the month of its case.
func (c *charting) caseName(id string, company vigie.Company) string {
	when := vigie.Date(strings.TrimPrefix(id, company.ID+"-"))
	if i := strings.IndexFunc(string(when), func(r rune) bool { return r != '-' && (r < '0' || r > '9') }); i > 0 {
		when = vigie.Date(strings.TrimSuffix(string(when[:i]), "-"))
	}
	if !when.Known() {
		return company.Name
	}
	return c.say("chart.case-of", company.Name, when.In(c.Lang))
}

// figuresOf are figures in words, each with its speaker where several may speak.
func (c *charting) figuresOf(figures []vigie.SpokenFigure, speaker bool) string {
	var parts []string
	for _, f := range figures {
		words := f.Figure.In(c.Lang)
		if scope := f.Scope.In(c.Lang); scope != "" && !strings.Contains(words, scope) {
			words += " (" + scope + ")"
		}
		if speaker && f.By.Name != "" {
			words = c.say("chart.said-by", words, plainText(f.By.Name))
		}
		parts = append(parts, words)
	}
	if len(parts) == 0 {
		return c.say("chart.claimed.no-figure")
	}
	return strings.Join(parts, c.say("chart.semicolon"))
}

// claimedForm is where the lines of a drawing are.
type claimedForm struct {
	w, from, to, pitch px
	beside             bool // names stand beside the lines, and not over them
}

func (c *charting) drawClaimed(d *Drawing, pairs []vigie.FigurePair, form claimedForm) {
	d.W = form.w
	var values []int64
	vague, rough, missing := false, false, false
	for _, p := range pairs {
		for _, f := range []*vigie.SpokenFigure{p.Claim, p.Admission} {
			if f == nil {
				missing = true
				continue
			}
			least, most := f.Bounds()
			if f.Qualifier == vigie.Vague {
				most++ // to the end of its order of magnitude
			}
			values = append(values, least, most)
			vague = vague || f.Qualifier == vigie.Vague
			rough = rough || f.Qualifier == vigie.About || f.Part()
		}
	}
	y := c.claimedKey(d, vague, rough, missing)
	scale := amountsOf(values, form.from, form.to)
	top, bottom := y+20, y+24+form.pitch*px(len(pairs))
	free := px(-1)
	for _, tick := range scale.Ticks() {
		d.line(tick.At, top, tick.At, bottom, "grid-line")
		words := c.short(tick.N)
		if half := wide(words) / 2; tick.At-half > free {
			x := min(max(tick.At, half), form.w-half)
			d.text(x, top-6, "middle", "quiet", words)
			free = x + half + 6
		}
	}
	y = top + 4
	for _, p := range pairs {
		c.drawPair(d, p, scale, form, y)
		y += form.pitch
	}
	d.H = bottom + 4
}

func (c *charting) claimedKey(d *Drawing, vague, rough, missing bool) px {
	y := px(0)
	x := px(0)
	entry := func(word string, draw func(x, y px)) {
		w := 22 + wide(word)
		if x > 0 && x+w > d.W {
			x, y = 0, y+keyLine
		}
		draw(x+7, y+8)
		d.text(x+20, y+13, "start", "", word)
		x += w + 16
	}
	entry(c.say("chart.claimed.key-claim"), func(x, y px) { d.circle(x, y, 5, solidClaim) })
	entry(c.say("chart.claimed.key-answer"), func(x, y px) { d.rect(x-5, y-5, 10, 10, solidAnswer) })
	if rough {
		entry(c.say("chart.claimed.key-rough"), func(x, y px) { d.circle(x, y, 4.5, looks{"hollow edge-other", ""}) })
	}
	if vague {
		entry(c.say("chart.claimed.key-vague"), func(x, y px) { d.rect(x-7, y-4, 14, 8, hatchAnswer) })
	}
	if missing {
		entry(c.say("chart.claimed.key-missing"), func(x, y px) { d.rect(x-5, y-5, 10, 10, dashed) })
	}
	return y + keyLine + 6
}

// drawPair draws the line of a case: what was claimed above, what the company admitted
// below, joined where both count alike.
func (c *charting) drawPair(d *Drawing, p vigie.FigurePair, scale amounts, form claimedForm, y px) {
	said, units := "", []string{}
	for _, f := range []*vigie.SpokenFigure{p.Claim, p.Admission} {
		if f == nil {
			continue
		}
		_, many := vigie.UnitWords(f.Unit, c.Lang)
		if f.Part() {
			many = c.say("chart.claimed.part", many)
		}
		if !slices.Contains(units, many) {
			units = append(units, many)
		}
	}
	switch {
	case p.Claim == nil:
		said = c.say("chart.claimed.no-claim")
	case p.Admission == nil && p.Position == vigie.DeniesIt:
		said = c.say("chart.claimed.denies")
	case p.Admission == nil:
		said = c.say("chart.claimed.no-answer")
	case p.Position == vigie.DeniesIt:
		said = vigie.Label("position", string(p.Position), c.Lang)
	case !p.Comparable:
		said = c.say("chart.claimed.not-comparable")
	}
	missing := func(x, y px) {
		if p.Claim == nil {
			d.circle(x, y, 5, dashed)
		} else {
			d.rect(x-5, y-5, 10, 10, dashed)
		}
	}
	line := y + form.pitch/2
	if form.beside {
		d.text(0, y+14, "start", "", clipped(p.Company.Name, form.from-12))
		d.text(0, y+29, "start", "quiet", clipped(strings.Join(units, " / "), form.from-12))
		x := form.to + 18
		if p.Claim == nil || p.Admission == nil {
			missing(x, line)
			x += 12
		}
		d.text(x, line+4.5, "start", "quiet", clipped(said, form.w-x))
	} else {
		d.text(0, y+13, "start", "", clipped(p.Company.Name, form.w-wide(said)-28))
		end := form.w
		if p.Claim == nil || p.Admission == nil {
			missing(form.w-6, y+8.5)
			end -= 18
		}
		d.text(end, y+13, "end", "quiet", said)
		d.text(0, y+29, "start", "quiet", clipped(strings.Join(units, " / "), form.w))
		line = y + 41
	}
	d.line(form.from, line, form.to, line, "grid-line")
	if p.Comparable {
		d.line(scale.At(middle(p.Claim)), line-5, scale.At(middle(p.Admission)), line+5, "base-line")
	}
	if p.Claim != nil {
		drawFigure(d, p.Claim.Figure, scale, line-5, true)
	}
	if p.Admission != nil {
		drawFigure(d, p.Admission.Figure, scale, line+5, false)
	}
}

// middle is where a line to a figure goes: its one number.
func middle(f *vigie.SpokenFigure) int64 {
	least, _ := f.Bounds()
	return least
}

// drawFigure draws a figure as firm as it is: a point, a hollow one for "about" and for a
// part, a bar for a range, one that is open to the right for "more than" and to the left
// for "up to", a hatched one for an order of magnitude.
func drawFigure(d *Drawing, f vigie.Figure, scale amounts, y px, claim bool) {
	solid, hollow, hatch, edge := solidAnswer, hollowAnswer, hatchAnswer, "edge-answer"
	if claim {
		solid, hollow, hatch, edge = solidClaim, hollowClaim, hatchClaim, "edge-claim"
	}
	least, most := f.Bounds()
	from, to := scale.At(least), scale.At(most)
	point := func(x px, l looks) {
		if claim {
			d.circle(x, y, 4.5, l)
		} else {
			d.rect(x-4.5, y-4.5, 9, 9, l)
		}
	}
	open := func(x, way px) {
		d.path(fmt.Sprintf("M%s %sh%sm%s -3.5l%s 3.5l%s 3.5", x, y, way, -way/5, way/5, -way/5), "open-end "+edge)
	}
	switch {
	case f.Qualifier == vigie.Vague:
		d.rect(from, y-4, scale.At(most+1)-from, 8, hatch)
	case f.Min > 0 && f.Max > f.Min:
		d.rect(from, y-3, max(to-from, 2), 6, solid)
	case f.Max == 0 || f.Qualifier == vigie.MoreThan:
		open(from, 20)
		point(from, solid)
	case f.Min == 0 || f.Qualifier == vigie.UpTo:
		open(to, -20)
		point(to, solid)
	case f.Qualifier == vigie.About || f.Part():
		point(from, hollow)
	default:
		point(from, solid)
	}
}

// short writes a power of ten for an axis.
func (c *charting) short(n int64) string {
	s, err := c.w.Tick(n)
	if err != nil && c.err == nil {
		c.err = err
	}
	return s
}
