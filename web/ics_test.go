package web

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"vigie"
)

// calendarOf reads a calendar with golang-ical, after looking at its lines: no
// parser of ours would notice them.
func calendarOf(t *testing.T, body []byte) *ics.Calendar {
	t.Helper()
	for _, line := range strings.SplitAfter(string(body), "\n") {
		if line != "" && !strings.HasSuffix(line, "\r\n") || len(line) > 77 || strings.Count(line, "\r") > 1 {
			t.Errorf("the line %q", line)
		}
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return cal
}

func value(c *ics.ComponentBase, property ics.ComponentProperty) string {
	if p := c.GetProperty(property); p != nil {
		return p.Value
	}
	return ""
}

func categoriesOf(c *ics.ComponentBase) (list []string) {
	for _, p := range c.GetProperties(ics.ComponentPropertyCategories) {
		list = append(list, p.Value)
	}
	return
}

func TestACalendarHoldsEveryDatedEventUnderItsPermanentId(t *testing.T) {
	r := recordOf(contested(), shop)
	line := timelineOf(r, mended)
	events := calendarOf(t, written(t, "ics", vigie.English, line)).Events()
	if len(events) != len(line.Items) {
		t.Fatalf("%d events of %d", len(events), len(line.Items))
	}
	want := map[string]struct{ first, end, status, summary, category string }{
		r.ID + "/c3": {"20310310", "20310311", "CONFIRMED", "Grand Comptoir: correction by Vigie, version 3", "correction"},
		r.ID + "/s3": {"20310306", "20310307", "CONFIRMED", "Grand Comptoir files a complaint and denies the CLAIM of 64\u00a0million records by the seller", "denies"},
		r.ID + "/s2": {"20310305", "20310306", "TENTATIVE", "CLAIM (contested): Grand Comptoir: Le Veilleur reports an incident, denied by Grand Comptoir", "reports"},
		r.ID + "/s1": {"20310304", "20310306", "TENTATIVE", "CLAIM (contested): Grand Comptoir: the seller claims an attack and offers data for sale – CLAIM of 64\u00a0million records, denied by Grand Comptoir [4–5 March 2031]", "offers_for_sale"},
	}
	for i, e := range events {
		id := line.Items[i].ID
		w := want[id]
		got := struct{ first, end, status, summary, category string }{
			value(&e.ComponentBase, ics.ComponentPropertyDtStart), value(&e.ComponentBase, ics.ComponentPropertyDtEnd), value(&e.ComponentBase, ics.ComponentPropertyStatus),
			value(&e.ComponentBase, ics.ComponentPropertySummary), w.category,
		}
		if got != w || e.Id() != vigie.URN(id) {
			t.Errorf("%s came back as %s %+v", id, e.Id(), got)
		}
		if codes := categoriesOf(&e.ComponentBase); !slices.Contains(codes, w.category) || !slices.Contains(codes, "contested") {
			t.Errorf("%s has the categories %v", id, codes)
		}
		if stamp, modified := value(&e.ComponentBase, ics.ComponentPropertyDtstamp), value(&e.ComponentBase, ics.ComponentPropertyLastModified); stamp != "20310310T130000Z" || modified != stamp {
			t.Errorf("%s is stamped %s, modified %s", id, stamp, modified)
		}
		if !strings.HasPrefix(value(&e.ComponentBase, ics.ComponentPropertyUrl), "https://vigie.example/en/incidents/grand-comptoir-2031-03#") {
			t.Errorf("%s links to %s", id, value(&e.ComponentBase, ics.ComponentPropertyUrl))
		}
	}
	if d := value(&events[1].ComponentBase, ics.ComponentPropertyDescription); !strings.Contains(d, "“Pas une ligne ne correspond à nos fichiers.”") || !strings.Contains(d, "https://journal.example/grand-comptoir") {
		t.Errorf("the denial says %q", d)
	}
}

func TestADayOfTheCalendarIsNoMorePreciseThanItsSource(t *testing.T) {
	for on, want := range map[vigie.Date]struct{ kind, first, end, in string }{
		"2031-03-05":            {"VEVENT", "20310305", "20310306", ""},
		"2031-03-05~":           {"VEVENT", "20310305", "20310306", " [about 5 March 2031]"},
		"2031-02":               {"VEVENT", "20310201", "20310301", " [February 2031, month only]"},
		"2031-02-27/2031-03-02": {"VEVENT", "20310227", "20310303", " [27 February to 2 March 2031]"},
		"2031":                  {"VJOURNAL", "", "", " [2031, year only]"},
	} {
		in := contested()
		in.Statements = in.Statements[:1]
		in.Statements[0].On = on
		cal := calendarOf(t, written(t, "ics", vigie.English, recordOf(in, shop)))
		var b *ics.ComponentBase
		switch c := cal.Components[0].(type) {
		case *ics.VEvent:
			b = &c.ComponentBase
		case *ics.VJournal:
			b = &c.ComponentBase
		}
		kind := "VEVENT"
		if len(cal.Journals()) > 0 {
			kind = "VJOURNAL"
		}
		got := struct{ kind, first, end, in string }{kind, value(b, ics.ComponentPropertyDtStart), value(b, ics.ComponentPropertyDtEnd), want.in}
		if got != want || want.in != "" && !strings.HasSuffix(value(b, ics.ComponentPropertySummary), want.in) {
			t.Errorf("%s came out as %+v: %s", on, got, value(b, ics.ComponentPropertySummary))
		}
	}
}

func TestWhatHasNoDateHasNoPlaceAndAnEmptyCalendarSaysSo(t *testing.T) {
	in := contested()
	in.Statements[1].On = ""
	if n := len(calendarOf(t, written(t, "ics", vigie.English, recordOf(in, shop))).Events()); n != 2 {
		t.Errorf("%d events of two dated ones", n)
	}
	for _, a := range []any{vigie.Answer{}, vigie.Timeline{}} {
		cal := calendarOf(t, written(t, "ics", vigie.English, a))
		if len(cal.Events()) != 0 || len(cal.Journals()) != 1 {
			t.Errorf("an empty calendar has %d events, %d notes", len(cal.Events()), len(cal.Journals()))
		}
	}
}

func TestACaseInTheCalendarSaysHowSureItIs(t *testing.T) {
	denies := contested().Statements[2].Acts
	for _, c := range []struct {
		acts             []vigie.Act // of the company
		figure           bool        // the seller gave a number
		case_, s1, title string
	}{
		{denies, true, "TENTATIVE", "TENTATIVE", "CLAIM (contested): Grand Comptoir:"},
		{[]vigie.Act{vigie.Confirms}, false, "CONFIRMED", "CONFIRMED", "Grand Comptoir: data breach"},
		{[]vigie.Act{vigie.Confirms}, true, "CONFIRMED", "TENTATIVE", "Grand Comptoir: data breach"},
		{[]vigie.Act{vigie.PartiallyConfirms}, false, "TENTATIVE", "TENTATIVE", "Grand Comptoir: data breach"},
	} {
		in := contested()
		in.Statements[2].Acts = c.acts
		if !c.figure {
			in.Statements[0].Figures = nil
		}
		r := recordOf(in, shop)
		list := calendarOf(t, written(t, "ics", vigie.English, vigie.Answer{Incidents: []vigie.Record{r}})).Events()[0]
		claim := calendarOf(t, written(t, "ics", vigie.English, r)).Events()[0]
		if s, p := value(&list.ComponentBase, ics.ComponentPropertyStatus), value(&claim.ComponentBase, ics.ComponentPropertyStatus); s != c.case_ || p != c.s1 {
			t.Errorf("%v: the case is %s, the claim %s", c.acts, s, p)
		}
		if summary := value(&list.ComponentBase, ics.ComponentPropertySummary); !strings.HasPrefix(summary, c.title) {
			t.Errorf("%v: %s", c.acts, summary)
		}
	}
	in := contested()
	in.Statements = append(in.Statements, vigie.Statement{ID: "s4", By: vigie.Speaker{Role: vigie.Authority}, Acts: []vigie.Act{vigie.Refutes}, On: "2031-03-08", Answers: []string{"s1"}, Sources: []string{"r1"}})
	events := calendarOf(t, written(t, "ics", vigie.English, recordOf(in, shop))).Events()
	if s := value(&events[0].ComponentBase, ics.ComponentPropertyStatus); s != "CANCELLED" {
		t.Errorf("a refuted claim is %s", s)
	}
	if s := value(&events[2].ComponentBase, ics.ComponentPropertyStatus); s != "CONFIRMED" {
		t.Errorf("that the company denied is %s", s)
	}
}

func TestNoStrangerAddsALineToTheCalendar(t *testing.T) {
	in, company := hostile()
	company.Name += "\r\nATTENDEE:mailto:a@b.example"
	in.Statements[0].Text.EN = "one\rTWO:three\r\nEND:VEVENT\nBEGIN:VALARM, four; five \\n six"
	body := written(t, "ics", vigie.English, recordOf(in, company))
	cal := calendarOf(t, body)
	if len(cal.Events()) != 3 {
		t.Fatalf("%d events", len(cal.Events()))
	}
	for _, e := range cal.Events() {
		if len(e.Components) > 0 || e.HasProperty(ics.ComponentPropertyAttendee) {
			t.Errorf("something was added: %+v", e)
		}
	}
	if d := value(&cal.Events()[0].ComponentBase, ics.ComponentPropertyDescription); !strings.HasPrefix(d, "one\nTWO:three\nEND:VEVENT\nBEGIN:VALARM, four; five \\n six\n") {
		t.Errorf("the text came back as %q", d)
	}
	if s := value(&cal.Events()[1].ComponentBase, ics.ComponentPropertySummary); !strings.Contains(s, "M&S \"Bazar\" <l’Œuvre> \U0001f6d2 متجر") || !strings.Contains(s, "צופה") {
		t.Errorf("the name came back as %q", s)
	}
}
