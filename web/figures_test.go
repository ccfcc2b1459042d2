package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigie"
)

// surveyOf is a survey of some cases.
func surveyOf(cases ...vigie.Record) (s vigie.Survey) {
	for i := range cases {
		s.Add(&cases[i], time.Time{})
	}
	s.Edition = 7
	return s
}

// caseAt is a case of a company: its sector, when it was first heard of, and what was said.
func caseAt(name, sector string, disclosed vigie.Date, statements ...vigie.Statement) vigie.Record {
	id := vigie.Slug(name)
	r := vigie.Record{Incident: vigie.Incident{ID: id + "-2024-09", State: vigie.Published, Company: id, Disclosed: disclosed, Checked: "2026-01-05",
		Sources: []vigie.Source{{ID: "r1", Seen: vigie.SeenFull}}}, Respondent: vigie.Company{ID: id, Name: name, Sector: sector}}
	for i, s := range statements {
		s.ID, s.Sources = fmt.Sprint("s", i+1), []string{"r1"}
		if s.By.Role == "" {
			s.By = vigie.Speaker{Role: vigie.Respondent, Company: id}
		}
		r.Statements = append(r.Statements, s)
	}
	return r
}

var (
	seller   = vigie.Speaker{Role: vigie.Attacker, Name: "x"}
	offered  = vigie.Statement{By: seller, Acts: []vigie.Act{vigie.Claims, vigie.OffersForSale}, On: "2024-09-10", Data: []string{"email", "name"}, Figures: []vigie.Figure{{Min: 87e6, Max: 87e6, Unit: "records", Qualifier: vigie.Exact}}}
	denied   = vigie.Statement{Acts: []vigie.Act{vigie.Denies}, On: "2024-09-11", NotData: []string{"password"}}
	admitted = vigie.Statement{Acts: []vigie.Act{vigie.Confirms, vigie.NotifiesRegulator}, On: "2024-09-14", Data: []string{"email"}, Figures: []vigie.Figure{{Min: 5e5, Max: 5e5, Unit: "customers", Qualifier: vigie.Exact}}}
	vaguely  = vigie.Statement{Acts: []vigie.Act{vigie.Confirms}, On: "2024-09", Figures: []vigie.Figure{{Min: 1e5, Unit: "customers", Qualifier: vigie.Vague}}}
)

func fromCountries(r vigie.Record, countries ...string) vigie.Record {
	r.Countries = countries
	return r
}

// answers are shapes of answers that titles have to be right for.
var answers = []struct {
	name  string
	cases []vigie.Record
}{
	{"nothing", nil},
	{"one case, claimed and denied", []vigie.Record{fromCountries(caseAt("Temu", "marketplace", "2024-09-10", offered, denied), "FR", "US")}},
	{"one case of which little is known", []vigie.Record{caseAt("Truffaut", "", "")}},
	{"one case known by its year", []vigie.Record{caseAt("Ancien", "fashion", "2019", admitted)}},
	{"all of one sector, year and country", []vigie.Record{
		fromCountries(caseAt("A", "grocery", "2024-09-10", offered, admitted), "FR"), fromCountries(caseAt("B", "grocery", "2024-09-01", offered, vaguely), "FR"), fromCountries(caseAt("C", "grocery", "2024-09", admitted), "FR")}},
	{"one value stands out", []vigie.Record{
		fromCountries(caseAt("A", "grocery", "2024-09-10", offered, denied), "FR", "BE"), fromCountries(caseAt("B", "grocery", "2024-09-01", admitted), "FR"), fromCountries(caseAt("C", "fashion", "2023-02", offered), "US"), caseAt("D", "", "2022")}},
	{"two are level", []vigie.Record{
		fromCountries(caseAt("A", "grocery", "2024-09-10", offered), "FR"), fromCountries(caseAt("B", "fashion", "2024-08-01", admitted), "US")}},
	{"none stands out", []vigie.Record{
		fromCountries(caseAt("A", "grocery", "2010-09-10"), "FR"), fromCountries(caseAt("B", "fashion", "2013-08-01"), "US"), fromCountries(caseAt("C", "sport", "2016-08-01"), "BE"), fromCountries(caseAt("D", "toys", "2024-08-01"), "IT"), caseAt("E", "pets", "")}},
}

func chartedOf(lang vigie.Lang, s vigie.Survey) Charted {
	return Charted{Survey: s, Lang: lang, Base: "https://vigie.example", Site: Settings{Name: "Vigie", Licence: "CC BY 4.0"}}
}

// wordsRead are the words of both languages, read once: properties draw many charts.
var wordsRead = sync.OnceValue(func() map[vigie.Lang]*Words {
	all := map[vigie.Lang]*Words{}
	for _, lang := range vigie.Langs {
		w, err := ReadWords(shipped, lang)
		if err != nil {
			panic(err)
		}
		all[lang] = w
	}
	return all
})

func chartOf(t interface{ Fatal(...any) }, name string, a Charted) Chart {
	c, err := wordsRead()[a.Lang].chart(name, a)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A title says the finding, for an answer of any shape, in both languages.
func TestTitlesOfCharts(t *testing.T) {
	var b bytes.Buffer
	for _, a := range answers {
		fmt.Fprintf(&b, "## %s\n", a.name)
		for _, lang := range vigie.Langs {
			for _, name := range ChartNames() {
				c := chartOf(t, name, chartedOf(lang, surveyOf(a.cases...)))
				fmt.Fprintf(&b, "%s %s: %s\n", lang, name, c.Title)
				for _, note := range c.Notes {
					fmt.Fprintf(&b, "    %s\n", note)
				}
			}
		}
	}
	golden(t, "figures.txt", b.Bytes())
}

func TestAnUnknownChartIsNotFound(t *testing.T) {
	if _, err := newWeb(t).ChartOf("prices", chartedOf(vigie.French, surveyOf())); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("an unknown chart: %v", err)
	}
}

// someCases draws a survey of cases of any kind.
func someCases(t *rapid.T) []vigie.Record {
	var all []vigie.Record
	for n := range rapid.IntRange(1, 40).Draw(t, "cases") {
		var said []vigie.Statement
		for range rapid.IntRange(0, 3).Draw(t, "statements") {
			s := rapid.SampledFrom([]vigie.Statement{offered, denied, admitted, vaguely}).Draw(t, "statement")
			s.On = rapid.SampledFrom([]vigie.Date{"2024-09-10", "2024-09-20", "2024-11", "2025", ""}).Draw(t, "on")
			if len(s.Figures) > 0 {
				n := rapid.Int64Range(1, 9e8).Draw(t, "count")
				s.Figures = []vigie.Figure{rapid.SampledFrom([]vigie.Figure{
					{Min: n, Max: n, Unit: "customers", Qualifier: vigie.Exact}, {Min: n, Unit: "records", Qualifier: vigie.MoreThan}, {Max: n, Unit: "people", Qualifier: vigie.UpTo},
					{Min: n, Max: 2 * n, Unit: "accounts", Qualifier: vigie.About}, {Min: n, Max: n, Unit: "cards", Qualifier: vigie.About}, {Min: 1e5, Unit: "customers", Qualifier: vigie.Vague}}).Draw(t, "figure")}
			}
			said = append(said, s)
		}
		r := caseAt(fmt.Sprint("Shop ", n), rapid.SampledFrom(append([]string{""}, vigie.Codes("sector")...)).Draw(t, "sector"),
			rapid.SampledFrom([]vigie.Date{"", "2024-09-09", "2024-10", "2023", "2025-01-02/2025-02-01", "2016-03"}).Draw(t, "disclosed"), said...)
		r.Discovered = rapid.SampledFrom([]vigie.Date{"", "", "2024-09-12", "2024-09"}).Draw(t, "discovered")
		r.Countries = rapid.SliceOfN(rapid.SampledFrom([]string{"FR", "US", "BE", "IT"}), 0, 2).Draw(t, "countries")
		all = append(all, r)
	}
	return all
}

// numbersIn are the counts that a drawing writes: those beside bars, over them and in them,
// not those of its scale nor those in the name of a row ("4 other sectors"), which begins it.
func numbersIn(d Drawing) (out []int) {
	for _, m := range d.Marks {
		if m.Kind != "text" || m.Class == "quiet" || m.Class == "strong" || m.X == 0 {
			continue
		}
		if n := regexp.MustCompile(`^[0-9]+`).FindString(m.Words); n != "" {
			i, _ := strconv.Atoi(n)
			out = append(out, i)
		}
	}
	return out
}

func cellsOf(table ChartTable) (numbers []int, texts []string) {
	for _, row := range table.Rows {
		for _, c := range row {
			if n, err := strconv.Atoi(c.Text); err == nil && c.Number {
				numbers = append(numbers, n)
			}
			texts = append(texts, c.Text)
		}
	}
	return numbers, texts
}

// Every number that is drawn stands in the table.
func TestEveryNumberDrawnStandsInTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := surveyOf(someCases(t)...)
		for _, name := range []string{"cases", "data", "sectors", "countries"} {
			c := chartOf(t, name, chartedOf(vigie.English, s))
			numbers, _ := cellsOf(c.Table)
			for _, d := range []Drawing{c.Wide, c.Narrow} {
				for _, n := range numbersIn(d) {
					if !slices.Contains(numbers, n) {
						t.Errorf("%s draws %d, which is not in its table %v", name, n, numbers)
					}
				}
			}
		}
		claimed := chartOf(t, "claimed", chartedOf(vigie.English, s))
		_, texts := cellsOf(claimed.Table)
		all := strings.Join(texts, "\n")
		for _, p := range s.Pairs() {
			for _, f := range []*vigie.SpokenFigure{p.Claim, p.Admission} {
				if f != nil && !strings.Contains(all, f.Figure.In(vigie.English)) {
					t.Errorf("the table has no %s", f.Figure.In(vigie.English))
				}
			}
		}
		waits := chartOf(t, "waits", chartedOf(vigie.English, s))
		told := 0
		for _, w := range s.Waits {
			if w.Lag.To != "discovered" {
				told++
			}
		}
		if len(waits.Table.Rows) != told {
			t.Errorf("%d lags in the table, of %d", len(waits.Table.Rows), told)
		}
	})
}

// What is not known is never drawn as nought: it has no mark on a scale, and its own
// place off it.
func TestWhatIsNotKnownIsNotDrawnAsNought(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cases := someCases(t)
		s := surveyOf(cases...)
		for _, name := range ChartNames() {
			c := chartOf(t, name, chartedOf(vigie.French, s))
			for _, m := range c.Wide.Marks {
				if m.Kind == "rect" && (m.W <= 0 || m.H <= 0) {
					t.Errorf("%s draws an area of nothing: %+v", name, m)
				}
				if m.Kind == "text" && m.Class == "" && m.Words == "0" {
					t.Errorf("%s writes a nought", name)
				}
			}
		}
		pairs := s.Pairs()
		pairs = pairs[:min(len(pairs), linesDrawn)]
		claims, admissions, without := 0, 0, 0
		for _, p := range pairs {
			if p.Claim != nil {
				claims++
			}
			if p.Admission != nil {
				admissions++
			}
			if p.Claim == nil || p.Admission == nil {
				without++
			}
		}
		c := chartOf(t, "claimed", chartedOf(vigie.French, s))
		if len(pairs) == 0 {
			if c.Drawn() {
				t.Error("figures are drawn where there are none")
			}
			return
		}
		marks := map[string]int{}
		for _, m := range c.Wide.Marks {
			if m.Y > 45 || m.Kind == "text" {
				key := m.Kind + " " + m.Class
				marks[key]++
			}
		}
		of := func(kind string, class ...string) (n int) {
			for _, c := range class {
				n += marks[kind+" "+c]
			}
			return n
		}
		if got := of("circle", "solid-claim", "hollow edge-claim") + of("rect", "solid-claim", "edge-claim"); got != claims {
			t.Errorf("%d claims are drawn, of %d", got, claims)
		}
		if got := of("rect", "solid-answer", "hollow edge-answer", "edge-answer"); got != admissions {
			t.Errorf("%d admissions are drawn, of %d", got, admissions)
		}
		if got := of("circle", "dashed") + of("rect", "dashed"); got != without {
			t.Errorf("%d empty places, of %d sides without a figure", got, without)
		}
	})
}

// The 72 hours of GDPR art. 33 are marked from discovery to the regulator and nowhere else,
// where both are dated.
func TestTheLimitOf72HoursIsMarkedOnlyWhereItRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := surveyOf(someCases(t)...)
		runs := slices.ContainsFunc(s.Waits, func(w vigie.Wait) bool {
			return w.Lag.From == "discovered" && w.Lag.To == "regulator_told" && !w.Open()
		})
		c := chartOf(t, "waits", chartedOf(vigie.English, s))
		for _, d := range []Drawing{c.Wide, c.Narrow} {
			limits := 0
			kind := ""
			for _, m := range d.Marks {
				if m.Kind == "text" && m.Class == "strong" && m.Words != "72 h" {
					kind = m.Words
				}
				if m.Class == "limit" {
					limits++
					if kind != "Discovery → regulator told" {
						t.Errorf("72 hours are marked on %s", kind)
					}
				}
			}
			if (limits == 1) != runs || limits > 1 {
				t.Errorf("%d marks of 72 hours, and a dated discovery with a dated notification: %v", limits, runs)
			}
		}
		if strings.Contains(strings.Join(c.Notes, " "), "72") != runs {
			t.Errorf("the notes speak of 72 hours: %v", !runs)
		}
	})
}

// An open lag is drawn as open and counted apart, with no word of silence.
func TestAnOpenLagIsNotSilence(t *testing.T) {
	s := surveyOf(caseAt("A", "grocery", "2024-09-10", offered), caseAt("B", "grocery", "2024-09-10", offered, denied))
	for lang, want := range map[vigie.Lang]string{vigie.French: "1 sans parole connue de Vigie", vigie.English: "1 with no word known to Vigie"} {
		c := chartOf(t, "waits", chartedOf(lang, s))
		if !slices.ContainsFunc(c.Wide.Marks, func(m DrawnMark) bool { return m.Words == want }) {
			t.Errorf("no %q in the drawing", want)
		}
		_, texts := cellsOf(c.Table)
		if day := vigie.Date("2026-01-05").In(lang); !slices.Contains(texts, day) {
			t.Errorf("the table does not say when we last checked: %q", texts)
		}
		if said := strings.ToLower(fmt.Sprint(c.Title, c.Wide.Marks, texts)); strings.Contains(said, "silen") {
			t.Errorf("it speaks of silence: %s", said)
		}
	}
}

var hostileNames = []string{`<script>alert(1)</script>`, `"]]>&lt;!--`, "a\x00b\x1fc\u202e\u2066d\ufffe", strings.Repeat("Très long nom d’une enseigne ", 30), "株式会社セブン＆アイ・ホールディングス", `' onload='x`, "\xff\xfe"}

// A drawing as a file is well-formed XML that stands alone, whatever the names in it.
func TestADrawingAsAFileStandsAlone(t *testing.T) {
	web := newWeb(t)
	var cases []vigie.Record
	for _, name := range hostileNames {
		r := caseAt("Shop", "grocery", "2024-09-10", offered, admitted)
		r.Respondent.Name, r.Discovered = name, "2024-09-12"
		cases = append(cases, r)
	}
	for _, lang := range vigie.Langs {
		for _, name := range ChartNames() {
			for _, set := range [][]vigie.Record{cases, cases[:1], cases[2:3]} {
				c, err := web.ChartOf(name, chartedOf(lang, surveyOf(set...)))
				if err != nil {
					t.Fatal(err)
				}
				var b bytes.Buffer
				if err := web.WriteSVG(&b, c); err != nil {
					t.Fatal(err)
				}
				for _, fault := range faultsOfSVG(b.Bytes()) {
					t.Errorf("%s in %s: %s", name, lang, fault)
				}
				if !strings.Contains(b.String(), "vigie.example/"+string(lang)+"/figures") || !strings.Contains(b.String(), "CC BY 4.0") {
					t.Errorf("%s in %s does not say where it comes from", name, lang)
				}
			}
		}
	}
}

// faultsOfSVG are what keeps a drawing from standing alone.
func faultsOfSVG(body []byte) (faults []string) {
	ids, used, inStyle := map[string]bool{}, []string{}, false
	title, desc := false, false
	for d := xml.NewDecoder(bytes.NewReader(body)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return append(faults, err.Error())
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			if token.Name.Space != "http://www.w3.org/2000/svg" {
				faults = append(faults, name+" is not of SVG")
			}
			if !slices.Contains([]string{"svg", "title", "desc", "style", "defs", "pattern", "g", "rect", "line", "circle", "path", "text"}, name) {
				faults = append(faults, "an element "+name)
			}
			title, desc, inStyle = title || name == "title", desc || name == "desc", name == "style"
			for _, a := range token.Attr {
				switch {
				case a.Name.Local == "id":
					if ids[a.Value] {
						faults = append(faults, "the id twice: "+a.Value)
					}
					ids[a.Value] = true
				case strings.HasPrefix(a.Name.Local, "on"), a.Name.Local == "href", a.Name.Local == "style", a.Name.Local == "src":
					faults = append(faults, "an attribute "+a.Name.Local)
				case strings.Contains(a.Value, "url("):
					used = append(used, strings.TrimSuffix(strings.TrimPrefix(a.Value, "url(#"), ")"))
				}
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					faults = append(faults, "a place that is none: "+a.Value)
				}
			}
		case xml.CharData:
			if inStyle && (bytes.Contains(token, []byte("url(")) || bytes.Contains(token, []byte("@import"))) {
				faults = append(faults, "a style that asks for something")
			}
		case xml.EndElement:
			inStyle = false
		case xml.ProcInst, xml.Directive:
			faults = append(faults, "an instruction")
		}
	}
	for _, id := range used {
		if !ids[id] {
			faults = append(faults, "no pattern "+id)
		}
	}
	if !title || !desc {
		faults = append(faults, "no title or no description")
	}
	return faults
}

// The page and the file have the same fills; two drawings on a page share no id.
func TestDrawingsOfAPageShareNoID(t *testing.T) {
	s := surveyOf(answers[5].cases...)
	body := drawn(t, Figures{Frame: Frame{Lang: vigie.French, Path: FiguresPath}, Survey: s}, vigie.French)
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if seen[m[1]] {
			t.Errorf("the id %s twice", m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`url\(#([^)]+)\)`).FindAllStringSubmatch(body, -1) {
		if !seen[m[1]] {
			t.Errorf("no pattern %s", m[1])
		}
	}
}

// The style of a file is what the page has: tokens for light and dark, and drawings.
func TestTheStyleOfAFileIsCutFromTheStylesheet(t *testing.T) {
	style := newWeb(t).style
	for _, rule := range []string{"--claim: #", "prefers-color-scheme: dark", ".drawing text", ".solid-claim", "svg { color"} {
		if !strings.Contains(style, rule) {
			t.Errorf("no %s in the style of a file", rule)
		}
	}
	if strings.Count(style, "{") != strings.Count(style, "}") || strings.Contains(style, ".masthead") {
		t.Error("the style is cut at the wrong places")
	}
	if _, err := drawingStyle("body { color: red }"); err == nil {
		t.Error("a stylesheet without tokens makes a style")
	}
}

// A text is cut where it would leave the drawing, and loses what would break a file.
func TestTextsOfADrawingStayInIt(t *testing.T) {
	for _, name := range hostileNames {
		words := clipped(plainText(name), 150)
		if wide(words) > 150 {
			t.Errorf("%q is %s wide", words, wide(words))
		}
		for _, line := range wrapped(name, 150) {
			if wide(line) > 150 {
				t.Errorf("the line %q is %s wide", line, wide(line))
			}
		}
	}
	if got := strings.Join(wrapped("one two three four", 60), "|"); got != "one two|three four" && got != "one two|three|four" {
		t.Errorf("wrapped: %s", got)
	}
}

// What is known of a case by its year, by its quarter or across a new year is more than
// nothing and less than a month: no title or row says another thing.
func TestATitleSaysNoMoreAndNoLessThanTheDatesOfItsCases(t *testing.T) {
	titles := func(cases ...vigie.Record) string {
		c := chartOf(t, "cases", chartedOf(vigie.English, surveyOf(cases...)))
		said := []string{c.Title}
		for _, row := range c.Table.Rows {
			said = append(said, row[0].Text)
		}
		return strings.Join(append(said, c.Notes...), "\n")
	}
	if said := titles(caseAt("A", "", "2024"), caseAt("B", "", "")); strings.Contains(said, "by their year") {
		t.Errorf("of two cases one has no year:\n%s", said)
	}
	if said := titles(caseAt("A", "", "2024-07/2024-08")); strings.Contains(said, "year alone") {
		t.Errorf("the quarter of the case is known:\n%s", said)
	}
	for _, others := range [][]vigie.Record{nil, {caseAt("B", "", "2024-03")}} {
		if said := titles(append(others, caseAt("A", "", "2023-12-30/2024-01-02"))...); strings.Contains(strings.ToLower(said), "known date") {
			t.Errorf("the days of the case are known, not its year:\n%s", said)
		}
	}
}

// Who says that data were not exposed says which.
func TestDataSaidNotToBeExposedAreSpokenOf(t *testing.T) {
	c := chartOf(t, "data", chartedOf(vigie.English, surveyOf(caseAt("A", "", "2024-03", denied))))
	if strings.Contains(c.Title, "which data") || c.Title == "" {
		t.Errorf("a case in which passwords are said to be safe: %q", c.Title)
	}
	if c := chartOf(t, "data", chartedOf(vigie.English, surveyOf(caseAt("A", "", "2024-03")))); !strings.Contains(c.Title, "Nobody says which data") {
		t.Errorf("a case in which nobody speaks of data: %q", c.Title)
	}
}

// The search finds under a year what began in it: a case of the days around the new year
// is one of its cases, and no case of its bar.
func TestAYearThatFindsOtherCasesLeadsNowhere(t *testing.T) {
	old, plain, across := caseAt("A", "", "2010-05"), caseAt("B", "", "2023-03"), caseAt("C", "", "2023-12-30/2024-01-02")
	yearOf := func(cases ...vigie.Record) string {
		c := chartOf(t, "cases", chartedOf(vigie.English, surveyOf(cases...)))
		for _, row := range c.Table.Rows {
			if row[0].Text == "2023" {
				return row[len(row)-1].Href
			}
		}
		t.Fatalf("no row of 2023: %v", c.Table.Rows)
		return ""
	}
	if href := yearOf(old, plain); !strings.Contains(href, "year=2023") {
		t.Errorf("the case of 2023 is at %q", href)
	}
	if href := yearOf(old, plain, across); href != "" {
		t.Errorf("the one case of 2023 is at %q, which finds two", href)
	}
}

// Of more cases than are counted the newest are: the search finds the others too.
func TestNumbersOfTheNewestCasesOnlyLeadNowhere(t *testing.T) {
	counted := surveyOf(answers[5].cases...)
	counted.More = true
	for _, name := range []string{"cases", "data", "sectors", "countries"} {
		c := chartOf(t, name, chartedOf(vigie.English, counted))
		for _, row := range c.Table.Rows {
			for _, cell := range row {
				if cell.Href != "" {
					t.Errorf("%s: %s of %s leads to %s", name, cell.Text, row[0].Text, cell.Href)
				}
			}
		}
		if !strings.Contains(strings.Join(c.Notes, " "), "there are more") {
			t.Errorf("%s does not say that there are more: %q", name, c.Notes)
		}
	}
}

// A drawing that is taken away says what its page says of a day that was asked for.
func TestADrawingTakenAwayTellsTheDayItsCasesWereChosenBy(t *testing.T) {
	asked := chartedOf(vigie.English, surveyOf(answers[1].cases...))
	asked.Asked = vigie.Query{AsOf: "2024-09-12", Evidence: []string{"alleged"}}
	w := newWeb(t)
	for _, name := range ChartNames() {
		c, err := w.ChartOf(name, asked)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(c.Notes, " "), "chosen by what was known on 12 September 2024") {
			t.Errorf("%s: %q", name, c.Notes)
		}
	}
}

func TestOneCaseIsOneInEveryTitle(t *testing.T) {
	two := []vigie.Record{fromCountries(caseAt("A", "sport", "2024-03", denied), "FR"), caseAt("B", "", "2024-05")}
	two[0].Statements[0].Data = []string{"email"}
	for _, name := range ChartNames() {
		if c := chartOf(t, name, chartedOf(vigie.French, surveyOf(two...))); strings.Contains(c.Title, "1 dossiers") {
			t.Errorf("%s: %q", name, c.Title)
		}
	}
}
