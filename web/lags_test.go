package web

import (
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"vigie"
)

// readOut is all the text of an answer in a format, as a reader of it gets it.
func readOut(t *testing.T, name string, body []byte) string {
	t.Helper()
	switch name {
	case "xlsx":
		var b strings.Builder
		f := bookOf(t, body)
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				b.WriteString(strings.Join(row, "\n") + "\n")
			}
		}
		return b.String()
	case "ics":
		var b strings.Builder
		cal := calendarOf(t, body)
		for _, p := range cal.CalendarProperties {
			b.WriteString(ics.FromText(p.Value) + "\n")
		}
		for _, e := range cal.Events() {
			b.WriteString(value(&e.ComponentBase, ics.ComponentPropertyDescription) + "\n")
		}
		return b.String()
	}
	return strings.NewReplacer(`\u0026`, "&", `\u003c`, "<", `\u003e`, ">").Replace(string(body))
}

func TestAnOpenLagSaysThatNoWordIsKnownAndWhenWeLooked(t *testing.T) {
	r := recordOf(contested(), shop)
	r.Derived.Lags = append(r.Derived.Lags, vigie.Lag{From: "claim", To: "customers_told"})
	line := timelineOf(r, mended)
	const closed, open, day = "first claim → company’s first word: 1 to 2\u00a0days", "first claim → customers told: no word known", ", last checked on 9 March 2031"
	for name, answers := range map[string][]any{
		"csv": {r, line, vigie.Answer{Incidents: []vigie.Record{r}}}, "xlsx": {r, line}, "md": {r, line}, "ics": {r, line, vigie.Answer{Incidents: []vigie.Record{r}}},
		"timelinejs": {r, line, vigie.Answer{Incidents: []vigie.Record{r}}}, "stix": {r, line, vigie.Answer{Incidents: []vigie.Record{r}}},
	} {
		for _, a := range answers {
			text := readOut(t, name, written(t, name, vigie.English, a))
			for _, want := range []string{closed, open + day} {
				if !strings.Contains(text, want) {
					t.Errorf("%s of a %T does not say %q:\n%s", name, a, want, text)
				}
			}
		}
	}
	for _, name := range []string{"json", "ndjson"} {
		if body := string(written(t, name, vigie.English, line)); !strings.Contains(body, `"checked":"2031-03-09","lags":[{"from":"claim","to":"first_word","min":1,"max":2},{"from":"claim","to":"customers_told"}]`) {
			t.Errorf("%s: %s", name, body)
		}
	}
	r.Checked = ""
	if text := readOut(t, "md", written(t, "md", vigie.French, r)); !strings.Contains(text, "première allégation → clients prévenus\u00a0: aucune parole connue\n") {
		t.Errorf("never checked: %s", text)
	}
}

func TestALagIsAnIntervalInWords(t *testing.T) {
	days := func(n int) *int { return &n }
	for _, one := range []struct {
		lag    vigie.Lag
		fr, en string
	}{
		{vigie.Lag{Min: days(0), Max: days(0)}, "le jour même", "the same day"},
		{vigie.Lag{Min: days(1), Max: days(1)}, "1\u00a0jour", "1\u00a0day"},
		{vigie.Lag{Min: days(0), Max: days(3)}, "0 à 3\u00a0jours", "0 to 3\u00a0days"},
		{vigie.Lag{Max: days(3)}, "au plus 3\u00a0jours", "at most 3\u00a0days"},
		{vigie.Lag{Min: days(2)}, "au moins 2\u00a0jours", "at least 2\u00a0days"},
		{vigie.Lag{}, "aucune parole connue, dernière vérification le 9 mars 2031", "no word known, last checked on 9 March 2031"},
	} {
		for lang, want := range map[vigie.Lang]string{vigie.French: one.fr, vigie.English: one.en} {
			if got := asked(lang, "/", "csv").tellerOfCase(recordOf(contested(), shop)).days(one.lag); got != want {
				t.Errorf("%q, not %q", got, want)
			}
		}
	}
}

func TestADateSaysHowWellItIsKnown(t *testing.T) {
	in := contested()
	s := &in.Statements[2]
	for _, one := range []struct {
		on, public vigie.Date
		want       string
	}{
		{"2031-03-06", "", "6 March 2031"},
		{"2031-03", "", "March 2031 (month only)"},
		{"2031", "", "2031 (year only)"},
		{"2031-03-04/2031-03-06", "", "4–6 March 2031 (one day of that span)"},
		{"2031-03~", "", "about March 2031 (month only)"},
		{"", "2031-04", "date unknown, known by 30 April 2031 (when it was made public)"},
		{"", "", "date unknown, known by 6 March 2031 (publication of a source)"},
	} {
		s.On, s.Public = one.on, one.public
		r := recordOf(in, shop)
		if got := asked(vigie.English, "/", "csv").tellerOfCase(r).onDay(&r.Statements[2]); got != one.want {
			t.Errorf("%s %s: %q, not %q", one.on, one.public, got, one.want)
		}
	}
	in.Sources[1].Published = "2031-03" // not one day: nothing is made of it
	s.On, s.Public = "", ""
	r := recordOf(in, shop)
	if got := asked(vigie.English, "/", "csv").tellerOfCase(r).onDay(&r.Statements[2]); got != "date unknown" {
		t.Errorf("%q", got)
	}
}

// TestEveryFormatSaysWhatItIs looks for the query, the edition, the licence and whom
// to name. CSV and NDJSON have no place for them but their headers.
func TestEveryFormatSaysWhatItIs(t *testing.T) {
	r := recordOf(contested(), shop)
	line := timelineOf(r, mended)
	line.Edition, line.Query = 412, "sector=grocery"
	for _, f := range Formats {
		if f.Page || f.Feed || f.Name == "csv" || f.Name == "ndjson" {
			continue
		}
		for _, a := range []any{vigie.Answer{Edition: 412, Query: "sector=grocery", Incidents: []vigie.Record{r}}, line, vigie.Answer{Edition: 412, Query: "sector=grocery"}, Case{r, line.Items}} {
			var b strings.Builder
			c := asked(vigie.English, IncidentsPath, f.Name)
			c.Topic, c.Edition, c.Site.LicenceURL = "/incidents?sector=grocery", 412, "https://licence.example/by"
			var err error
			switch a := a.(type) {
			case vigie.Answer:
				if !f.Serves(IncidentsSurface) {
					continue
				}
				err = f.WriteIncidents(&b, c, a)
			case vigie.Timeline:
				if !f.Serves(TimelineSurface) {
					continue
				}
				err = f.WriteTimeline(&b, c, a)
			case Case:
				if f.Name == "json" {
					continue // the record alone
				}
				err = f.WriteIncident(&b, c, a)
			}
			if err != nil {
				t.Fatal(err)
			}
			text := readOut(t, f.Name, []byte(b.String()))
			for _, want := range []string{"sector=grocery", "412", "CC BY 4.0", "https://licence.example/by", "Les Veilleurs"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s of a %T does not say %s", f.Name, a, want)
				}
			}
		}
	}
}
