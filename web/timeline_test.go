package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigie"
)

// anyMoments draws events of companies and roles, on dates of every precision.
func anyMoments(t *rapid.T) []vigie.Moment {
	years := rapid.SampledFrom([]int{1, 3, 9, 30, 90}).Draw(t, "years")
	companies := rapid.IntRange(1, 14).Draw(t, "companies")
	var out []vigie.Moment
	for i := range rapid.IntRange(0, rapid.SampledFrom([]int{5, 59, 61, 300}).Draw(t, "most")).Draw(t, "events") {
		day := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, years*365-1).Draw(t, "day"))
		d := day.Format(time.DateOnly)
		company := fmt.Sprintf("shop-%d", rapid.IntRange(1, companies).Draw(t, "company"))
		m := vigie.Moment{Incident: company + "-2024", Company: company, Type: vigie.ItemStatement, Statement: fmt.Sprintf("s%d", i), Recorded: "2026-03-10"}
		m.On = vigie.Date(rapid.SampledFrom([]string{"", d, d + "~", d[:7], d[:4], d + "/" + day.AddDate(0, 0, 40).Format(time.DateOnly), d[:7] + "/" + day.AddDate(2, 0, 0).Format("2006")}).Draw(t, "on"))
		m.Role = vigie.Role(rapid.SampledFrom(roles).Draw(t, "role"))
		if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
			m.Type, m.Statement, m.Role, m.On = vigie.ItemCorrection, "", "", vigie.Date(d)
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b vigie.Moment) int { return strings.Compare(string(a.On.First()), string(b.On.First())) })
	return out
}

func plotted(moments []vigie.Moment, asked vigie.Query) Timeline {
	p := Timeline{Frame: sampleFrame(vigie.English, TimelinePath), Asked: asked, Plot: NewPlot(asked), Timeline: vigie.Timeline{Items: make([]vigie.Item, min(len(moments), 1))}}
	for _, m := range moments {
		p.Plot.Add(m)
	}
	return p
}

func TestEveryEventIsInOneMarkOrColumnOrCountedAsUndated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moments := anyMoments(t)
		p := plotted(moments, vigie.Query{Lanes: rapid.SampledFrom([]string{"", "company", "role"}).Draw(t, "lanes")})
		undated := 0
		for _, m := range moments {
			if m.On == "" {
				undated++
			}
		}
		if p.Plot.UndatedCount() != undated || p.Plot.Total() != len(moments) || p.Plot.Said()+p.Plot.Corrections() != len(moments) {
			t.Fatalf("%d of %d undated, counted %d of %d", undated, len(moments), p.Plot.UndatedCount(), p.Plot.Total())
		}
		d := p.Drawn()
		if d == nil {
			if undated != len(moments) {
				t.Fatalf("%d dated events are not drawn", len(moments)-undated)
			}
			return
		}
		drawn, lanes := 0, make([]int, len(d.Lanes))
		for _, c := range d.Columns {
			inside := 0
			for _, m := range moments {
				if m.On.Known() && !timeOf(m.On.First()).Before(c.Stretch.from) && !timeOf(m.On.Last()).After(c.Stretch.to) {
					inside++
				}
			}
			if c.Count != inside {
				t.Fatalf("%v: %d events, of which it tells %d", c.Stretch, inside, c.Count)
			}
			drawn += len(c.Marks)
			for _, m := range c.Marks {
				lanes[m.Lane]++
				if m.Left() < -0.01 || m.Left()+m.Wide() > 100.01 {
					t.Fatalf("the mark of %s is at %s, %s wide", m.On, m.Left(), m.Wide())
				}
			}
			cells := 0
			for _, cell := range c.Cells {
				parts := 0
				for _, part := range cell.Parts {
					parts += part.Count
				}
				if parts != cell.Count {
					t.Fatalf("parts of %d in a cell of %d", parts, cell.Count)
				}
				cells, lanes[cell.Lane] = cells+cell.Count, lanes[cell.Lane]+cell.Count
			}
			if !d.Single && cells != c.Count {
				t.Fatalf("%v: cells of %d, a column of %d", c.Stretch, cells, c.Count)
			}
			drawn += cells
		}
		for _, b := range d.Bars {
			drawn, lanes[b.Lane] = drawn+b.Count, lanes[b.Lane]+b.Count
		}
		if drawn != len(moments)-undated {
			t.Fatalf("%d marks for %d dated events", drawn, len(moments)-undated)
		}
		for i, l := range d.Lanes {
			if lanes[i] != l.Count {
				t.Fatalf("lane %s %s says %d, holds %d", l.Kind, l.Key, l.Count, lanes[i])
			}
		}
		if twin := d.Twin(); twin != nil {
			rows := 0
			for _, r := range twin.Rows {
				rows += r.Count
			}
			if rows != drawn || twin.Sum.Count != drawn || len(twin.Rows) == 0 {
				t.Fatalf("rows of %d and a sum of %d for %d events", rows, twin.Sum.Count, drawn)
			}
		} else if len(d.Marks()) != drawn {
			t.Fatalf("a table of %d for %d events", len(d.Marks()), drawn)
		}
	})
}

func TestAnEventIsOnTheDaysItsDateMayMean(t *testing.T) {
	p := plotted([]vigie.Moment{
		{Company: "temu", Role: vigie.Press, Type: vigie.ItemStatement, On: "2024-09"},
		{Company: "temu", Role: vigie.Attacker, Type: vigie.ItemStatement, On: "2024-09-16"},
		{Company: "temu", Role: vigie.Respondent, Type: vigie.ItemStatement, On: "2024-09-17~"},
	}, vigie.Query{})
	d := p.Drawn()
	if !d.Single || d.Unit != aDay || len(d.Columns) != 30 || len(d.Lanes) != 3 {
		t.Fatalf("%+v", d)
	}
	marks := d.Marks()
	month, claim, answer := marks[0], marks[1], marks[2]
	if month.X != 0 || month.W != 100 || month.Exact {
		t.Errorf("September goes from %s, %s wide, exact %v", month.X, month.W, month.Exact)
	}
	if want := across(15.5 * 100 / 30); claim.W != 0 || claim.X.String() != want.String() || !claim.Exact {
		t.Errorf("the 16th is at %s, want %s", claim.X, want)
	}
	if answer.W != 0 || answer.Exact {
		t.Errorf("about the 17th: %+v", answer)
	}
	if d.Columns[0].Href != "" || d.Columns[15].Href != "/en/timeline?after=2024-09-16&before=2024-09-16" {
		t.Errorf("the 1st leads to %q, the 16th to %q", d.Columns[0].Href, d.Columns[15].Href)
	}
	if d.Most() != nil {
		t.Error("one event is the most")
	}
}

func TestLanesAreOfFewCompaniesElseOfRoles(t *testing.T) {
	of := func(n int, asked vigie.Query) []lane {
		var moments []vigie.Moment
		for i := range n {
			for range n - i { // shop-0 has the most
				moments = append(moments, vigie.Moment{Company: fmt.Sprintf("shop-%02d", i), Role: vigie.Attacker, Type: vigie.ItemStatement, On: "2024"})
			}
		}
		moments = append(moments, vigie.Moment{Company: "shop-00", Type: vigie.ItemCorrection, On: "2024-01-02"})
		return plotted(moments, asked).Plot.lanes()
	}
	for _, c := range []struct {
		n     int
		asked string
		want  string
	}{
		{1, "", "role attacker 1 0, correction  1 0"},
		{2, "", "company shop-00 3 0, company shop-01 1 0"},
		{9, "", "role attacker 45 0, correction  1 0"},
		{1, "company", "company shop-00 2 0"},
	} {
		var got []string
		for _, l := range of(c.n, vigie.Query{Lanes: c.asked}) {
			got = append(got, fmt.Sprintf("%s %s %d %d", l.kind, l.key, l.count, l.others))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%d companies: %s, want %s", c.n, strings.Join(got, ", "), c.want)
		}
	}
	if got := of(9, vigie.Query{Lanes: "company"}); len(got) != 9 || got[8].kind != "company" {
		t.Errorf("nine companies: %+v", got)
	}
	got := of(20, vigie.Query{Lanes: "company"})
	if len(got) != lanesMost+1 || got[0].key != "shop-00" || got[8].kind != "others" || got[8].others != 12 || got[8].count != 78 {
		t.Errorf("twenty companies: %+v", got)
	}
}

func TestAnInexactDateIsNotCountedInOnePartOfIt(t *testing.T) {
	var moments []vigie.Moment
	for range 70 {
		moments = append(moments, vigie.Moment{Company: "a", Role: vigie.Press, Type: vigie.ItemStatement, On: "2024"})
	}
	moments = append(moments, vigie.Moment{Company: "a", Role: vigie.Press, Type: vigie.ItemStatement, On: "2024-03-05"})
	d := plotted(moments, vigie.Query{}).Drawn()
	if d.Single || d.Unit != aMonth || len(d.Bars) != 1 || d.Bars[0].Count != 70 || d.Columns[0].Count != 0 || d.Columns[2].Count != 1 {
		t.Errorf("%d columns by %s, bars %+v", len(d.Columns), d.Unit, d.Bars)
	}
}

// The pages of a timeline are drawn, and every address in them is canonical.
func TestZoomLinksAreCanonicalAndStayWithinTheQuery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moments := anyMoments(t)
		asked := vigie.Query{Q: "café boulanger", Kind: []string{"ddos", "extortion"}, AsOf: "2026-01-01", Sort: "recorded"}
		if rapid.Bool().Draw(t, "lanes") {
			asked.Lanes = "company"
		}
		if rapid.Bool().Draw(t, "zoomed") {
			asked.After, asked.Before = "1950", vigie.Date(rapid.SampledFrom([]string{"1950", "1959", "1951-03", "1950-01-20"}).Draw(t, "before"))
			moments = slices.DeleteFunc(moments, func(m vigie.Moment) bool { return m.On == "" || m.On.First() > asked.Before.Last() })
		}
		p := plotted(moments, asked)
		p.Plot.Reach = vigie.Reach{Earlier: 1, Later: 2}
		links := []string{p.Beginning()}
		if d := p.Drawn(); d != nil {
			for _, c := range d.Columns {
				links = append(links, c.Href)
			}
			for _, c := range d.Coarse {
				links = append(links, c.Href)
			}
			for _, b := range d.Bars {
				links = append(links, b.Href)
			}
			for _, l := range d.Lanes {
				links = append(links, l.Href)
			}
		}
		if z := p.Zoom(); z != nil {
			links = append(links, z.Earlier.Href, z.Later.Href, z.Wider().Href)
			for _, c := range z.Crumbs {
				links = append(links, c.Href)
			}
		}
		for _, l := range p.LaneLinks() {
			links = append(links, l.Href)
		}
		for _, link := range links {
			if link == "" {
				continue
			}
			u, err := url.Parse(link)
			if err != nil {
				t.Fatal(err)
			}
			q, err := vigie.ParseRawQuery(u.RawQuery, vigie.OnTimeline, vigie.OnDrawing)
			if err != nil || q.Canonical() != u.RawQuery || u.Path != "/en/timeline" {
				t.Fatalf("%s: %v, canonical %s", link, err, q.Canonical())
			}
			if q.Q != asked.Q || !slices.Equal(q.Kind, asked.Kind) || q.AsOf != asked.AsOf || q.Sort != asked.Sort {
				t.Fatalf("%s lost what was asked", link)
			}
		}
	})
}

func TestTheTimelineIsDrawnWithItsFindingAndItsTable(t *testing.T) {
	moments := []vigie.Moment{
		{Incident: "temu-2024-09", Company: "temu", Statement: "s1", Role: vigie.Attacker, By: "متجر", Type: vigie.ItemStatement, Acts: []vigie.Act{vigie.OffersForSale}, On: "2024-09-16", Recorded: "2026-01-02"},
		{Incident: "temu-2024-09", Company: "temu", Statement: "s2", Role: vigie.Respondent, Type: vigie.ItemStatement, Acts: []vigie.Act{vigie.Denies}, On: "2024-09", Recorded: "2026-01-02"},
		{Incident: "temu-2024-09", Company: "temu", Statement: "s3", Role: vigie.Press, Type: vigie.ItemStatement, Acts: []vigie.Act{vigie.Reports}, Recorded: "2026-01-02"},
	}
	p := plotted(moments, vigie.Query{})
	p.Companies = map[string]vigie.Company{"temu": {ID: "temu", Name: "Temu"}}
	for lang, want := range map[vigie.Lang][]string{
		vigie.English: {"3 statements about 1 case, September 2024", "1 undated, not drawn.", `aria-label="متجر: offers for sale – Temu, 16 September 2024"`, `aria-label="Temu: denies, September 2024"`, `href="/en/incidents/temu-2024-09#s1"`},
		vigie.French:  {"3 déclarations sur 1 dossier, septembre 2024", "1 sans date"},
	} {
		p.Lang, p.Timeline.Items = lang, sampleItems()
		html := drawn(t, p, lang)
		for _, w := range want {
			if !strings.Contains(html, w) {
				t.Errorf("the page in %s does not say %q", lang, w)
			}
		}
	}
}

func TestADateThatMayBeAfterWhatIsShownIsInNoColumn(t *testing.T) {
	moments := []vigie.Moment{{Company: "a", Role: vigie.Press, Type: vigie.ItemStatement, On: "2024-12-20/2025-01-10"}}
	for range 70 {
		moments = append(moments, vigie.Moment{Company: "a", Role: vigie.Press, Type: vigie.ItemStatement, On: "2024-12-31"})
	}
	d := plotted(moments, vigie.Query{After: "2024", Before: "2024"}).Drawn()
	if december := d.Columns[11]; december.Count != 70 || len(d.Bars) != 1 || d.Bars[0].Count != 1 || d.Bars[0].X != december.X {
		t.Errorf("December has %d, bars %+v", december.Count, d.Bars)
	}
}
