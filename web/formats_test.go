package web

import (
	"bytes"
	"errors"
	"iter"
	"mime"
	"strings"
	"testing"

	"vigie"
)

func TestEveryFormatHasANameATypeAndASurface(t *testing.T) {
	names := map[string]bool{}
	for _, f := range Formats {
		if names[f.Name] {
			t.Errorf("two formats are called %s", f.Name)
		}
		names[f.Name] = true
		media, params, err := mime.ParseMediaType(f.MIME)
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if strings.HasPrefix(media, "text/") && params["charset"] != "utf-8" {
			t.Errorf("%s is text without a charset", f.Name)
		}
		cites := f.Name == "bib" || f.Name == "csl" // one case and its sources
		if f.Serves(IncidentsSurface) == cites || f.Serves(TimelineSurface) == cites || !f.Serves(IncidentSurface) {
			t.Errorf("%s: lists %v and %v, a case %v", f.Name, f.Serves(IncidentsSurface), f.Serves(TimelineSurface), f.Serves(IncidentSurface))
		}
		if f.Serves("nothing") {
			t.Errorf("%s serves a surface that does not exist", f.Name)
		}
	}
	for _, name := range []string{"html", "json", "ndjson", "csv", "xlsx", "md", "ics", "timelinejs", "stix", "rss", "atom", "jsonfeed", "bib", "csl"} {
		if !names[name] {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestTheExtensionNamesTheFormat(t *testing.T) {
	for path, want := range map[string][2]string{
		"/incidents.json":                  {"/incidents", "json"},
		"/incidents/temu-2024-09.json":     {"/incidents/temu-2024-09", "json"},
		"/incidents/temu-2024-09.rss":      {"/incidents/temu-2024-09", "rss"},
		"/fr/timeline.jsonfeed":            {"/fr/timeline", "jsonfeed"},
		"/feed.rss":                        {"/timeline", "rss"},
		"/feed.atom":                       {"/timeline", "atom"},
		"/feed.json":                       {"/timeline", "jsonfeed"},
		"/incidents.html":                  {"/incidents", "html"},
		"/incidents":                       {"/incidents", ""},
		"/incidents.exe":                   {"/incidents.exe", ""},
		"/incidents.":                      {"/incidents.", ""},
		"/static/page.3f2a.css":            {"/static/page.3f2a.css", ""},
		"/.json":                           {"/.json", ""},
		"/incidents.json/x":                {"/incidents.json/x", ""},
		"/companies/temu.atom.json":        {"/companies/temu.atom", "json"},
		"/incidents/temu-2024-09.JSONFEED": {"/incidents/temu-2024-09.JSONFEED", ""},
	} {
		bare, f, ok := SplitFormat(path)
		if bare != want[0] || f.Name != want[1] || ok != (want[1] != "") {
			t.Errorf("%s is %s in %q", path, bare, f.Name)
		}
	}
}

func TestTheFeedOfACaseIsItsTimeline(t *testing.T) {
	for _, f := range Formats {
		want := IncidentSurface
		if f.Feed {
			want = TimelineSurface
		}
		if got := f.Reads(IncidentSurface); got != want || !f.Serves(IncidentSurface) {
			t.Errorf("%s of a case reads the %s", f.Name, got)
		}
		if f.Reads(IncidentsSurface) != IncidentsSurface || f.Reads(TimelineSurface) != TimelineSurface {
			t.Errorf("%s of a list reads another", f.Name)
		}
	}
}

func TestAFormatThatASurfaceLacksIsRefusedAndWritesNothing(t *testing.T) {
	f, _ := FormatNamed("rss")
	var b bytes.Buffer
	if err := f.WriteIncident(&b, Context{}, Case{}); !errors.Is(err, vigie.ErrNotFound) || b.Len() > 0 {
		t.Errorf("one case as RSS: %v, %q", err, b.String())
	}
	html, _ := FormatNamed("html")
	for _, err := range []error{html.WriteIncidents(&b, Context{}, vigie.Answer{}), html.WriteTimeline(&b, Context{}, vigie.Timeline{})} {
		if !errors.Is(err, vigie.ErrNotFound) || b.Len() > 0 {
			t.Errorf("a page drawn without its page: %v", err)
		}
	}
}

func TestALongAnswerIsWrittenRecordByRecordAndAnErrorEndsIt(t *testing.T) {
	f, _ := FormatNamed("ndjson")
	var b bytes.Buffer
	broken := errors.New("disk")
	var rows iter.Seq2[vigie.Record, error] = func(yield func(vigie.Record, error) bool) {
		for range 3 {
			if before := bytes.Count(b.Bytes(), []byte("\n")); !yield(vigie.Record{Incident: vigie.Incident{ID: "a-2030"}}, nil) || bytes.Count(b.Bytes(), []byte("\n")) != before+1 {
				t.Fatal("a record was kept back")
			}
		}
		yield(vigie.Record{}, broken)
	}
	if err := f.Records(&b, Context{}, rows); !errors.Is(err, broken) {
		t.Errorf("the error was lost: %v", err)
	}
}

func TestAMediaTypeOfTwoFormatsMeansTheFirstAndEveryOtherItsOwn(t *testing.T) {
	for accept, want := range map[string]string{
		"application/json": "json", "text/csv": "csv", "text/markdown": "md", "text/calendar": "ics", "application/stix+json": "stix",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx", "application/x-bibtex": "bib", "application/vnd.citationstyles.csl+json": "csl", "*/*": "html",
	} {
		if f, ok := Negotiate(accept, IncidentSurface); !ok || f.Name != want {
			t.Errorf("%s of a case is %s", accept, f.Name)
		}
	}
	if f, ok := Negotiate("application/x-bibtex", TimelineSurface); ok {
		t.Errorf("a timeline as %s", f.Name)
	}
}

func TestDataSaysUnderWhichLicenceItIs(t *testing.T) {
	c := asked(vigie.English, IncidentsPath, "csv")
	c.Site.LicenceURL = "https://licence.example/by"
	csv, _ := FormatNamed("csv")
	if link := LinkHeader(c.Relations(csv)); !strings.Contains(link, `<https://licence.example/by>; rel="license"`) {
		t.Errorf("%s", link)
	}
	c.Site.LicenceURL = "javascript:x"
	if link := LinkHeader(c.Relations(csv)); strings.Contains(link, "license") {
		t.Errorf("%s", link)
	}
}
