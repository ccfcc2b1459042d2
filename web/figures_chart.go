package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"vigie"
)

// FiguresPath is the page of figures; a chart as a file stands below it.
const FiguresPath = "/figures"

// ChartPath is the address of a chart as a file, without its language.
func ChartPath(name string) string { return FiguresPath + "/" + url.PathEscape(name) + ".svg" }

// Charted is what a chart is made of besides its name.
type Charted struct {
	Survey vigie.Survey
	Asked  vigie.Query
	Lang   vigie.Lang
	Base   string // scheme and host, for the source of a drawing that is taken away
	Site   Settings
}

// Chart is one drawing with all that is said of it, in one language: the template
// "chart" of part-chart.html draws it.
type Chart struct {
	Name   string
	Lang   vigie.Lang
	Title  string   // what it shows, as a finding about the cases of the answer
	Unit   string   // what is counted, on which scale
	Notes  []string // what is left out and why, and how not to read it
	Source string   // who made it of what, under which licence, as of which day
	Wide   Drawing  // no marks: there is nothing to draw
	Narrow Drawing  // the same for a small screen; no marks: the other serves both
	Table  ChartTable
	SVG    string // address of the drawing as a file, "" without one
	JSON   string // address of the numbers
	Page   string // address of the page of figures of the same query
	Full   string // absolute address of that page, for what is taken away
}

// Drawn tells whether there is anything to draw.
func (c Chart) Drawn() bool { return len(c.Wide.Marks) > 0 }

// ChartTable is the numbers of a chart: every one that is drawn, and those left out.
type ChartTable struct {
	Heads []string
	Rows  []ChartRow
	More  string // how many rows more the numbers as JSON have, in words
}

// ChartRow is a row of the table; the first cell names it.
type ChartRow []ChartCell

// ChartCell is a cell, with the address of the cases that it counts.
type ChartCell struct {
	Text   string
	Href   string
	Number bool // stands in a column of numbers
}

// charts is the table of charts, in the order of the page.
var charts = []struct {
	name string
	make func(*charting, *Chart)
}{
	{"cases", (*charting).cases}, {"claimed", (*charting).claimed}, {"waits", (*charting).waits},
	{"data", (*charting).data}, {"sectors", (*charting).sectors}, {"countries", (*charting).countries},
}

// ChartNames are the charts of a page of figures, in its order.
func ChartNames() (names []string) {
	for _, c := range charts {
		names = append(names, c.name)
	}
	return names
}

// ChartOf makes one chart that stands alone: it says for itself what its page says above
// all charts of a day that was asked for. An unknown name is vigie.ErrNotFound.
func (web *Web) ChartOf(name string, about Charted) (Chart, error) {
	w, ok := web.words[about.Lang]
	if !ok {
		return Chart{}, fmt.Errorf("no words in the language %q", about.Lang)
	}
	chart, err := w.chart(name, about)
	if err != nil || about.Asked.AsOf == "" {
		return chart, err
	}
	note, err := w.Say("chart.as-of-note", vigie.Date(about.Asked.AsOf).In(about.Lang))
	chart.Notes = append(chart.Notes, note)
	return chart, err
}

func (w *Words) chart(name string, about Charted) (Chart, error) {
	i := slices.IndexFunc(charts, func(c struct {
		name string
		make func(*charting, *Chart)
	}) bool {
		return c.name == name
	})
	if i < 0 {
		return Chart{}, fmt.Errorf("chart %q: %w", name, vigie.ErrNotFound)
	}
	asked := about.Asked
	asked.Sort, asked.Limit, asked.Cursor, asked.UpdatedSince = "", 0, "", 0
	about.Asked = asked
	c := &charting{w: w, Charted: about, s: &about.Survey}
	suffix := ""
	if query := asked.Canonical(); query != "" {
		suffix = "?" + query
	}
	chart := Chart{Name: name, Lang: about.Lang, SVG: PagePath(about.Lang, ChartPath(name)) + suffix, JSON: PagePath(about.Lang, FiguresPath) + ".json" + suffix,
		Page: PagePath(about.Lang, FiguresPath) + suffix}
	chart.Full = strings.TrimSuffix(about.Base, "/") + chart.Page
	chart.Wide.ID, chart.Narrow.ID = name+"-w", name+"-n"
	if c.s.Cases == 0 {
		chart.Title, chart.SVG = c.say("chart.none"), ""
	} else {
		charts[i].make(c, &chart)
	}
	if c.s.More {
		chart.Notes = append(chart.Notes, c.count("chart.newest", c.s.Cases))
	}
	chart.Source = c.source()
	if !chart.Drawn() {
		chart.SVG = ""
	}
	chart.Title = plainText(chart.Title) // one of a single case has a name in it
	chart.Wide.Title, chart.Narrow.Title = chart.Title, chart.Title
	return chart, c.err
}

// charting is a chart on its way: what it is of, and its words. The first words that are
// missing are the error.
type charting struct {
	Charted
	w   *Words
	s   *vigie.Survey
	err error
}

func (c *charting) say(key string, args ...any) string {
	s, err := c.w.Say(key, args...)
	if err != nil && c.err == nil {
		c.err = err
	}
	return s
}

func (c *charting) count(key string, n int, args ...any) string {
	s, err := c.w.Count(key, n, args...)
	if err != nil && c.err == nil {
		c.err = err
	}
	return s
}

func (c *charting) num(n int) string { return c.w.Number(int64(n)) }

// tell is count, and nothing when there are none.
func (c *charting) tell(key string, n int, args ...any) []string {
	if n == 0 {
		return nil
	}
	return []string{c.count(key, n, args...)}
}

// listed are words as a sentence has them: a, b and c.
func (c *charting) listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return c.say("chart.and", strings.Join(words[:last], ", "), words[last])
}

// source says who drew it of what. There is no clock in it: the day is that of the newest
// revision among the cases.
func (c *charting) source() string {
	parts := []string{c.say("chart.source", cmp.Or(c.Site.Name, "Vigie"))}
	if c.Site.Licence != "" {
		parts = append(parts, c.say("chart.licence", c.Site.Licence))
	}
	if !c.s.Updated.IsZero() {
		parts = append(parts, c.say("chart.as-of", vigie.Date(vigie.DayOf(c.s.Updated)).In(c.Lang)))
	}
	if c.s.Edition > 0 {
		parts = append(parts, c.say("edition", c.w.Number(c.s.Edition)))
	}
	return strings.Join(parts, " ")
}

// searched is the address of the cases of the answer that meet something more. When only
// the newest were counted it finds others, and there is none.
func (c *charting) searched(change func(url.Values)) string {
	if c.s.More {
		return ""
	}
	v := c.Asked.Values()
	change(v)
	return finder{c.Asked, c.Lang, IncidentsPath}.address(v)
}

// having is the address of the cases of the answer that have a value of a field, "" when no query says so: where a
// case may have several values, "this one too" cannot be asked.
func (c *charting) having(field, value string, several bool) string {
	values, wanted := []string{value}, []string(nil)
	for _, have := range (finder{c.Asked, c.Lang, IncidentsPath}).values(field) {
		if strings.HasPrefix(have, "-") {
			values = append(values, have)
		} else {
			wanted = append(wanted, have)
		}
	}
	if several && len(wanted) > 0 && !slices.Contains(wanted, value) {
		return ""
	}
	return c.searched(func(v url.Values) { v.Set(field, strings.Join(values, ",")) })
}

func (c *charting) number(n int, href string) ChartCell {
	return ChartCell{Text: c.num(n), Href: href, Number: true}
}
