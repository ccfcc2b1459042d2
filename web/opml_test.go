package web

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vigie"
)

func opmlOf(t *testing.T, c Context, groups []FeedGroup) opml {
	t.Helper()
	var b bytes.Buffer
	if err := WriteOPML(&b, c, groups); err != nil {
		t.Fatal(err)
	}
	var out opml
	if err := xml.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	return out
}

func TestTheListOfFeedsNamesEachFeedInTheLanguageAsked(t *testing.T) {
	groups := FeedGroups(
		[]vigie.Company{{ID: "temu", Name: "Temu"}, {ID: "bits", Name: "Bits & “Bobs”, <Ltd>\r\n🎯"}},
		[]vigie.Wave{{ID: "september-2024", Name: vigie.Text{FR: "Septembre", EN: "September"}}},
	)
	c := Context{Base: "https://vigie.example", Lang: vigie.French, Updated: time.Date(2026, 3, 1, 9, 0, 0, 0, time.FixedZone("", 7200))}
	out := opmlOf(t, c, groups)
	if out.Version != "2.0" || out.Title != "Vigie – tous les flux" || out.Modified != "Sun, 01 Mar 2026 07:00:00 GMT" {
		t.Errorf("head: %+v", out)
	}
	var found []string
	for _, g := range out.Outlines {
		if g.XML != "" || g.Text == "" || len(g.Outlines) == 0 {
			t.Errorf("a group is not one: %+v", g)
		}
		for _, o := range g.Outlines {
			found = append(found, o.XML)
			if o.Type != "rss" || o.Version != "RSS2" || o.Language != "fr" || o.Text != o.Title || o.XML != o.HTML+".rss" {
				t.Errorf("%+v", o)
			}
		}
	}
	want := []string{"timeline", "incidents", "corrections", "companies/temu", "companies/bits", "waves/september-2024"}
	for i := range want {
		want[i] = "https://vigie.example/fr/" + want[i] + ".rss"
	}
	if !slices.Equal(found, want) {
		t.Errorf("feeds %v", found)
	}
	if hostile := out.Outlines[1].Outlines[1].Title; hostile != "Vigie – Bits & “Bobs”, <Ltd> 🎯" {
		t.Errorf("%q", hostile)
	}
	c.Lang = vigie.English
	if out := opmlOf(t, c, groups); out.Outlines[2].Outlines[0].XML != "https://vigie.example/en/waves/september-2024.rss" || out.Outlines[2].Outlines[0].Title != "Vigie – September" {
		t.Errorf("in English: %+v", out.Outlines[2])
	}
	if out := opmlOf(t, Context{Base: "https://vigie.example", Lang: vigie.English}, FeedGroups(nil, nil)); len(out.Outlines) != 1 || out.Modified != "" {
		t.Errorf("of an empty ledger: %+v", out)
	}
}

func TestEveryRowOfWhatCountsIsSaidInBothLanguages(t *testing.T) {
	rows := Feeds{Frame: Frame{Lang: vigie.English}}.Substance()
	if len(rows) != len(vigie.Substance()) || len(rows) != len(substanceWords) {
		t.Errorf("%d rows, %d in the table, %d in words", len(rows), len(vigie.Substance()), len(substanceWords))
	}
	for _, r := range rows {
		if w := substanceWords[r.Path]; w.FR == "" || w.EN == "" || r.What != w.EN || strings.ContainsAny(w.FR, "'") {
			t.Errorf("%s: %+v", r.Path, w)
		}
	}
}

func TestEveryFieldOfAJSONFeedOfOursIsExplainedInBothLanguages(t *testing.T) {
	rows := Feeds{Frame: Frame{Lang: vigie.French}}.Extension()
	if len(rows) != len(extensionWords) || len(rows) == 0 {
		t.Errorf("%d fields, %d in words", len(rows), len(extensionWords))
	}
	for _, r := range rows {
		if w := extensionWords[r.Path]; w.FR == "" || w.EN == "" || r.What != w.FR {
			t.Errorf("%s: %+v", r.Path, w)
		}
	}
	var b bytes.Buffer
	web, err := New(Options{})
	if err == nil {
		err = web.Page(&b, vigie.English, Feeds{Frame: sampleFrame(vigie.English, FeedsPath)})
	}
	about := extensions(t, written(t, "jsonfeed", vigie.English, timelineOf(recordOf(contested(), shop))))[0].About
	_, anchor, _ := strings.Cut(about, "#")
	if err != nil || about != "https://vigie.example/feeds#"+anchor || !strings.Contains(b.String(), `id="`+anchor+`"`) || !strings.Contains(b.String(), "<code>date_precision</code>") {
		t.Errorf("%s is not where they are explained: %v", about, err)
	}
}

func TestTheMarksOfFeedsAreOfTheSizeThatTheySay(t *testing.T) {
	for name, size := range map[string][2]int{"icon.png": {512, 512}, "logo.png": {logoWidth, logoHeight}} {
		body, err := os.ReadFile("static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		is, err := png.DecodeConfig(bytes.NewReader(body))
		if err != nil || is.Width != size[0] || is.Height != size[1] || len(body) > 10<<10 {
			t.Errorf("%s: %d × %d, %d bytes, %v", name, is.Width, is.Height, len(body), err)
		}
	}
}
