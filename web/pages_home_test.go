package web

import (
	"html"
	"strings"
	"testing"

	"vigie"
)

func front(contested ...vigie.Record) Home {
	return Home{Frame: sampleFrame(vigie.English, HomePath), Contested: contested, Glance: Glance{Cases: 13, Crossings: []vigie.Crossing{
		{Position: vigie.NoStatement, Cases: 1},
		{Evidence: vigie.Confirmed, Position: vigie.ConfirmsIt, Cases: 9},
		{Evidence: vigie.Confirmed, Position: vigie.DeniesIt, Cases: 2},
		{Evidence: vigie.Reported, Position: vigie.DeniesIt, Cases: 1},
	}}}
}

func TestTheFrontPageCountsCasesWhereTheyStandAndEachCountIsItsSearch(t *testing.T) {
	m := front().Matrix()
	var columns, rows []string
	sum := 0
	for _, c := range m.Columns {
		columns = append(columns, c.Value)
		sum += c.Cases
	}
	for _, r := range m.Rows {
		rows = append(rows, r.Value)
		inRow := 0
		for _, c := range r.Cells {
			inRow += c.Cases
			if (c.Weight == 0) != (c.Cases == 0) {
				t.Errorf("%s: %d cases weigh %d", r.Value, c.Cases, c.Weight)
			}
		}
		if inRow != r.Cases {
			t.Errorf("%s: %d in its cells, %d in all", r.Value, inRow, r.Cases)
		}
	}
	if strings.Join(columns, " ") != " reported confirmed" || strings.Join(rows, " ") != "no_statement denies confirms" || sum != 13 {
		t.Errorf("columns %q, rows %q, %d cases", columns, rows, sum)
	}
	denied := m.Rows[1].Cells
	if denied[2].Href != "/en/incidents?evidence=confirmed&position=denies" || denied[2].Cases != 2 || m.Rows[0].Cells[0].Href != "" {
		t.Errorf("%+v and %+v", denied[2], m.Rows[0].Cells[0])
	}
}

func TestTheFrontPageSetsADenialAgainstTheClaimThatItAnswers(t *testing.T) {
	list := front(sampleCase, sampleBoulanger).Contests()
	if len(list) != 1 || list[0].Claim.ID != "s1" || list[0].Denial.ID != "s2" {
		t.Fatalf("the contests are %+v", list)
	}
	page := drawn(t, front(sampleCase), vigie.English)
	for _, want := range []string{"contest-claim", list[0].Claim.Text.EN, "contest-answer", list[0].Denial.Text.EN} {
		if !strings.Contains(page, html.EscapeString(want)) {
			t.Errorf("the front page does not say %q", want)
		}
	}
}

func TestCompaniesStandUnderTheirFirstLetterWithoutAccents(t *testing.T) {
	var p Companies
	for _, name := range []string{"7-Eleven", "adidas", "Émile", "eBay", "Онлайн", "Zara"} {
		p.Rows = append(p.Rows, CompanyRow{Company: vigie.Company{ID: vigie.Slug(name), Name: name}})
	}
	var got []string
	for _, l := range p.Letters() {
		for _, r := range l.Rows {
			got = append(got, l.Name+" "+r.Company.Name)
		}
	}
	if strings.Join(got, ", ") != "0–9 7-Eleven, A adidas, E Émile, E eBay, O Онлайн, Z Zara" && strings.Join(got, ", ") != "0–9 7-Eleven, 0–9 Онлайн, A adidas, E Émile, E eBay, Z Zara" {
		t.Errorf("%q", got)
	}
}

func TestAPlaceThatDoesNotFitIsNotTold(t *testing.T) {
	for name, c := range map[string]struct {
		pager    Pager
		from, to int
	}{
		"the first page":                       {NewPager("", "n", 0, 20, 164, true), 1, 20},
		"the second":                           {NewPager("p", "n", 20, 20, 164, true), 21, 40},
		"the last":                             {NewPager("p", "", 160, 4, 164, true), 161, 164},
		"beyond the end, by a stranger’s word": {NewPager("p", "n", 500, 20, 164, true), 0, 0},
		"a later page that says it is first":   {NewPager("p", "n", 0, 20, 164, true), 0, 0},
		"the last, but not by its place":       {NewPager("p", "", 20, 4, 164, true), 0, 0},
		"of an answer that is not counted out": {NewPager("p", "n", 40, 20, 100_000, false), 41, 60},
		"an empty answer":                      {NewPager("", "", 0, 0, 0, true), 0, 0},
	} {
		if c.pager.From != c.from || c.pager.To != c.to {
			t.Errorf("%s: %d to %d, want %d to %d", name, c.pager.From, c.pager.To, c.from, c.to)
		}
	}
}

func TestAnErrorGivesBackWhatWasTyped(t *testing.T) {
	f := sampleFrame(vigie.English, IncidentsPath)
	f.Query = "q=temu+%22x%22&kind=foo"
	page := drawn(t, Problem{Frame: f, Status: 400}, vigie.English)
	if !strings.Contains(page, `value="temu &#34;x&#34;"`) || !strings.Contains(page, `href="/fr/incidents?q=temu&#43;%22x%22&amp;kind=foo"`) {
		t.Error("what was typed, or the language switch with its query, is gone")
	}
	f.Query = "q=%zz"
	drawn(t, Problem{Frame: f, Status: 400}, vigie.English)
}
