package web

import (
	"bytes"
	"encoding/json"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"vigie"
)

var feedFormats = []string{"rss", "atom", "jsonfeed"}

func TestEveryFormatWritesTheContestedCaseAsItDidBefore(t *testing.T) {
	r := recordOf(contested(), shop)
	answer := vigie.Answer{Edition: 7, Query: "company=grand-comptoir", Total: 1, TotalExact: true, Incidents: []vigie.Record{r}}
	line := timelineOf(r, mended)
	for _, f := range Formats {
		for _, lang := range vigie.Langs {
			mute := f.Name == "json" || f.Name == "ndjson" || f.Name == "stix" // the record itself is in both languages, STIX in one
			if f.Page || f.Name == "xlsx" || mute && lang != vigie.English {
				continue
			}
			if f.Serves(IncidentsSurface) {
				golden(t, path.Join("formats", "incidents."+string(lang)+"."+f.Name), written(t, f.Name, lang, answer))
				golden(t, path.Join("formats", "timeline."+string(lang)+"."+f.Name), written(t, f.Name, lang, line))
			}
			if f.Reads(IncidentSurface) == IncidentSurface {
				golden(t, path.Join("formats", "incident."+string(lang)+"."+f.Name), written(t, f.Name, lang, r))
			}
		}
	}
}

// readBack parses a feed with gofeed.
func readBack(t *testing.T, body []byte) *gofeed.Feed {
	t.Helper()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("gofeed cannot read it: %v\n%s", err, body)
	}
	return f
}

func TestAReaderFindsInTheTimelineFeedWhatTheRecordSays(t *testing.T) {
	r := recordOf(contested(), shop)
	line := timelineOf(r, mended)
	for _, name := range feedFormats {
		t.Run(name, func(t *testing.T) {
			f := readBack(t, written(t, name, vigie.English, line))
			if f.Title != "Vigie – timeline" || f.Link != "https://vigie.example/en/timeline" || f.Language != "en" || f.FeedLink != "https://vigie.example/timeline."+name {
				t.Errorf("feed: title %q, link %q, language %q, self %q", f.Title, f.Link, f.Language, f.FeedLink)
			}
			if len(f.Items) != len(line.Items) {
				t.Fatalf("%d items of %d", len(f.Items), len(line.Items))
			}
			for i, item := range f.Items {
				of := line.Items[i]
				if item.GUID != vigie.URN(of.ID) {
					t.Errorf("%s has the guid %s", of.ID, item.GUID)
				}
				if want := "https://vigie.example/en/incidents/" + strings.Replace(of.ID, "/", "#", 1); item.Link != want {
					t.Errorf("%s links to %s, not %s", of.ID, item.Link, want)
				}
				if item.PublishedParsed == nil || !item.PublishedParsed.Equal(of.Recorded) {
					t.Errorf("%s is dated %v, not when it was recorded, %v", of.ID, item.Published, of.Recorded)
				}
				codes := []string{"data_breach", "grand-comptoir", "contested", "reported", "denies"}
				if name == "atom" { // gofeed gives the labels there
					codes = []string{"data breach", "Grand Comptoir", "contested", "reported", "denies"}
				}
				for _, code := range codes {
					if !slices.Contains(item.Categories, code) {
						t.Errorf("%s lacks the category %s: %v", of.ID, code, item.Categories)
					}
				}
				if item.Content == "" || item.Description == "" {
					t.Errorf("%s has no text", of.ID)
				}
			}
			titles := map[string]string{
				"s1": "Grand Comptoir: the seller claims an attack and offers data for sale – CLAIM of 64\u00a0million records, denied by Grand Comptoir [4–5 March 2031]",
				"s2": "Grand Comptoir: Le Veilleur reports an incident, denied by Grand Comptoir [5 March 2031]",
				"s3": "Grand Comptoir files a complaint and denies the CLAIM of 64\u00a0million records by the seller [6 March 2031]",
				"c3": "Grand Comptoir: correction by Vigie, version 3",
			}
			for i, of := range line.Items {
				if want := titles[path.Base(of.ID)]; f.Items[i].Title != want {
					t.Errorf("%s is titled\n%q, not\n%q", of.ID, f.Items[i].Title, want)
				}
			}
			if !strings.Contains(f.Items[0].Content, mended.Note) {
				t.Error("the correction does not say its note")
			}
			denial := f.Items[1].Content
			for _, said := range []string{"Pas une ligne ne correspond à nos fichiers.", "Says the data are not from its systems.", "https://journal.example/grand-comptoir", "reported", "no statement known to Vigie → denies", "payment cards"} {
				if !strings.Contains(denial, said) {
					t.Errorf("the denial does not say %q:\n%s", said, denial)
				}
			}
		})
	}
}

func TestAReaderFindsInTheIncidentFeedOneEntryPerCase(t *testing.T) {
	r := recordOf(contested(), shop)
	for _, name := range feedFormats {
		for _, lang := range vigie.Langs {
			f := readBack(t, written(t, name, lang, vigie.Answer{Incidents: []vigie.Record{r}}))
			if len(f.Items) != 1 {
				t.Fatalf("%s: %d entries", name, len(f.Items))
			}
			e := f.Items[0]
			if e.GUID != vigie.URN(r.ID) || e.Title != r.Derived.Headline.In(lang) || !strings.HasSuffix(e.Link, "/"+string(lang)+"/incidents/"+r.ID) {
				t.Errorf("%s: %q %q %q", name, e.GUID, e.Title, e.Link)
			}
			if !e.PublishedParsed.Equal(r.Derived.Recorded) || name != "rss" && !e.UpdatedParsed.Equal(r.Derived.Updated) {
				t.Errorf("%s: published %v, updated %v", name, e.Published, e.Updated)
			}
			for _, s := range r.Sources {
				if !strings.Contains(e.Content, strings.ReplaceAll(s.URL, "&", "&amp;")) {
					t.Errorf("%s does not name the source %s:\n%s", name, s.URL, e.Content)
				}
			}
		}
	}
}

func TestAContestedFigureNeverStandsAloneInATitle(t *testing.T) {
	line := timelineOf(recordOf(contested(), shop), mended)
	for _, name := range feedFormats {
		for lang, words := range map[vigie.Lang][2]string{vigie.English: {"CLAIM", "den"}, vigie.French: {"ALLÉGATION", "dément"}} {
			for _, item := range readBack(t, written(t, name, lang, line)).Items {
				if strings.Contains(item.Title, "64") && !(strings.Contains(item.Title, words[0]) && strings.Contains(item.Title, words[1])) {
					t.Errorf("%s: %s", name, item.Title)
				}
			}
		}
	}
}

func TestTheSameRecordGivesTheSameBytesAndACosmeticEditChangesNone(t *testing.T) {
	line := timelineOf(recordOf(contested(), shop), mended)
	for _, name := range feedFormats {
		f, _ := FormatNamed(name)
		var first, again bytes.Buffer
		c := asked(vigie.French, TimelinePath, name)
		if err := f.WriteTimeline(&first, c, line); err != nil {
			t.Fatal(err)
		}
		c.Updated = c.Updated.AddDate(0, 0, 3) // a newer revision that published nothing
		line.Edition++
		if err := f.WriteTimeline(&again, c, line); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Errorf("%s changed", name)
		}
	}
}

func TestTheFeedKeepsItsIdOnEveryHostAndPage(t *testing.T) {
	c := asked(vigie.English, TimelinePath, "atom")
	moved := c
	moved.Base, moved.Self, moved.HTML, moved.NextURL = "http://127.0.0.1:8080", "http://127.0.0.1:8080/timeline.atom?cursor=x", "http://127.0.0.1:8080/en/timeline", ""
	id := func(c Context, of Surface) string { return c.newFeed(of, feedWords.Timeline, "").ID }
	if id(c, TimelineSurface) != id(moved, TimelineSurface) {
		t.Error("another host or page, another id")
	}
	other := c
	other.Topic = "/timeline?company=temu"
	if id(c, TimelineSurface) == id(other, TimelineSurface) || id(c, TimelineSurface) == id(c, IncidentsSurface) {
		t.Error("two feeds share an id")
	}
}

func TestAnEmptyFeedIsAFeed(t *testing.T) {
	for _, name := range feedFormats {
		for _, empty := range []any{vigie.Answer{}, vigie.Timeline{}} {
			body := written(t, name, vigie.French, empty)
			if f := readBack(t, body); len(f.Items) != 0 || f.Title == "" {
				t.Errorf("%s: %s", name, body)
			}
			if name == "jsonfeed" && !bytes.Contains(body, []byte(`"items":[]`)) {
				t.Errorf("no items: %s", body)
			}
			if name == "atom" && !bytes.Contains(body, []byte("<updated>2031-03-12T12:00:00Z</updated>")) {
				t.Errorf("not dated by the newest revision: %s", body)
			}
		}
	}
}

// hostile is a case with everything strangers put in names and texts.
func hostile() (vigie.Incident, vigie.Company) {
	in := contested()
	in.Statements[1].By.Name = "“Q&A” <script>alert(1)</script> \U0001f525 צופה\r\nEvil: header\x00\x1b[0m\xff"
	in.Statements[1].Text = vigie.Text{FR: "<img src=x onerror=alert(1)> ]]> fin", EN: "<img src=x onerror=alert(1)> ]]> end"}
	in.Statements[1].Quotes = []vigie.Quote{{Text: "\"<b>\u0007&amp;\"", Lang: `fr" onload="x`, Source: "r1"}}
	in.Sources[0].URL = "javascript:alert(document.domain)"
	in.Sources[0].Title = "</a><script>"
	in.Sources[1].URL = "http://abcdefghijklmnop.onion/leak"
	in.Sources[1].Archive = "data:text/html,x"
	return in, vigie.Company{ID: shop.ID, Name: "M&S \"Bazar\" <l’Œuvre> \U0001f6d2 متجر\r"}
}

func TestStrangersTextStaysText(t *testing.T) {
	in, company := hostile()
	r := recordOf(in, company)
	line := timelineOf(r, vigie.Correction{Version: 2, Note: "a <i> & b\x08", Changed: nil})
	for _, name := range feedFormats {
		t.Run(name, func(t *testing.T) {
			for _, a := range []any{line, vigie.Answer{Incidents: []vigie.Record{r}}} {
				body := written(t, name, vigie.English, a)
				if i := bytes.IndexFunc(body, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 }); i >= 0 {
					t.Errorf("a control character: %q", body[max(0, i-40):i+10])
				}
				for _, item := range readBack(t, body).Items {
					if name == "jsonfeed" { // see unmarked
						if strings.Contains(item.Title, "<") {
							t.Errorf("a title that readers may take for markup: %q", item.Title)
						}
						item.Title = strings.ReplaceAll(item.Title, "‹", "<")
					}
					if !strings.HasPrefix(item.Title, "M&S \"Bazar\" <l’Œuvre> \U0001f6d2 متجر") {
						t.Errorf("the name came back as %q", item.Title)
					}
					if strings.ContainsAny(item.Title, "\r\n") {
						t.Errorf("a title of two lines: %q", item.Title)
					}
					for _, live := range []string{"<script", "<img", "<b>", "onload=\"", "href=\"javascript", "href=\"data", ".onion", "<i>"} {
						if strings.Contains(item.Content, live) {
							t.Errorf("%s is live in\n%s", live, item.Content)
						}
					}
					for _, link := range item.Links {
						if !strings.HasPrefix(link, "https://vigie.example/") {
							t.Errorf("a link to %s", link)
						}
					}
				}
				if name != "rss" && !bytes.Contains(body, []byte("�")) {
					t.Error("the control characters left no trace")
				}
			}
		})
	}
}

func TestARetractionIsAnItemThatSaysWhy(t *testing.T) {
	in := contested()
	in.State, in.Reason = vigie.Retracted, "Two shops were taken for one."
	in.Statements, in.Sources = nil, nil
	r := recordOf(in, shop)
	line := timelineOf(r, vigie.Correction{Version: 5, Note: "Withdrawn.", Changed: []string{"state"}})
	for _, name := range feedFormats {
		item := readBack(t, written(t, name, vigie.English, line)).Items[0]
		if item.Title != "Grand Comptoir: case retracted by Vigie, version 5" || !strings.Contains(item.Content, in.Reason) || item.GUID != vigie.URN(r.ID+"/c5") {
			t.Errorf("%s: %q %s %s", name, item.Title, item.GUID, item.Content)
		}
	}
}

func TestAnItemWhoseCaseIsNotKnownIsStillAnItem(t *testing.T) {
	line := vigie.Timeline{Items: []vigie.Item{{ID: "old-2030/c9", Incident: "old-2030", Type: vigie.ItemCorrection, Recorded: noon, Correction: &vigie.Correction{Version: 9, Note: "Gone."}}}}
	for _, name := range feedFormats {
		f := readBack(t, written(t, name, vigie.French, line))
		if len(f.Items) != 1 || f.Items[0].GUID != vigie.URN("old-2030/c9") || !strings.Contains(f.Items[0].Content, "Gone.") {
			t.Errorf("%s: %+v", name, f.Items)
		}
	}
}

func TestTheExtensionKeepsUnknownAbsentAndVagueWordsWordy(t *testing.T) {
	in := contested()
	in.Statements[0].Figures = []vigie.Figure{
		{Min: 100_000, Unit: "customers", Qualifier: vigie.Vague},
		{Min: 5_000, Unit: "cards", Qualifier: vigie.MoreThan},
		{Min: 64_000_000, Max: 64_000_000, Unit: "records", Qualifier: vigie.Exact},
	}
	var f struct {
		Items []struct {
			Extension map[string]any `json:"_vigie"`
		}
	}
	if err := json.Unmarshal(written(t, "jsonfeed", vigie.English, timelineOf(recordOf(in, shop))), &f); err != nil {
		t.Fatal(err)
	}
	claims := f.Items[2].Extension["claims"].([]any)
	for i, want := range []map[string]any{{}, {"min": 5000.0}, {"count": 64e6}} {
		c := claims[i].(map[string]any)
		for _, key := range []string{"count", "min", "max"} {
			if c[key] != want[key] {
				t.Errorf("claim %d: %s is %v, not %v", i, key, c[key], want[key])
			}
		}
		if c["claimant"] != "the seller (quietferret)" || c["claimant_type"] != "attacker" || c["status"] != "contested" {
			t.Errorf("claim %d: %v", i, c)
		}
	}
	answered := f.Items[0].Extension
	if r := answered["responses"].([]any)[0].(map[string]any); r["stance"] != "denies" || r["date"] != "2031-03-06" {
		t.Errorf("responses: %v", answered["responses"])
	}
	if _, has := f.Items[1].Extension["claims"]; has {
		t.Error("the press gave no figure, yet has a claim")
	}
}

// The shipped record goes through every feed without a panic and with a title for
// every event, whatever acts it holds.
func TestTheShippedCasesMakeFeeds(t *testing.T) {
	files, err := vigie.Data.ReadDir("data/incidents")
	if err != nil {
		t.Fatal(err)
	}
	out := os.Getenv("VIGIE_FEEDS") // a folder to keep the feeds in, for other validators
	for _, file := range files {
		body, err := vigie.Data.ReadFile("data/incidents/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		var in vigie.Incident
		if err := json.Unmarshal(body, &in); err != nil {
			t.Fatal(err)
		}
		r := recordOf(in, vigie.Company{ID: in.Company, Name: strings.ToUpper(in.Company[:1]) + in.Company[1:]})
		for _, name := range feedFormats {
			for _, lang := range vigie.Langs {
				for of, a := range map[string]any{"timeline": timelineOf(r), "incidents": vigie.Answer{Incidents: []vigie.Record{r}}} {
					body := written(t, name, lang, a)
					for _, item := range readBack(t, body).Items {
						if item.Title == "" || item.Content == "" {
							t.Errorf("%s: an empty item", in.ID)
						}
					}
					if out != "" {
						if err := os.WriteFile(path.Join(out, in.ID+"."+of+"."+string(lang)+"."+name), body, 0o644); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
		}
	}
}
