package web

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"vigie"
)

type slides struct {
	Scale  string
	Title  slide
	Events []slide
}

func slidesOf(t *testing.T, body []byte) slides {
	t.Helper()
	var s slides
	if err := json.Unmarshal(body, &s); err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return s
}

func TestACaseIsASlideForEveryDatedStatementAndAClaimSaysItIsOne(t *testing.T) {
	in := contested()
	in.Occurred, in.Discovered = "2031-02", ""
	s := slidesOf(t, written(t, "timelinejs", vigie.English, recordOf(in, shop)))
	if s.Scale != "human" || s.Title.Start != nil || !strings.Contains(s.Title.Text.Headline, "alleged, denied — 64\u00a0million records, says the seller") {
		t.Errorf("the cover: %+v", s.Title)
	}
	want := []struct{ id, headline, group, display string }{
		{"occurred", "CLAIM (contested): Grand Comptoir: date given for the attack", "Incident", "February 2031 (month only)"},
		{"s1", "CLAIM (contested): Grand Comptoir: the seller claims an attack and offers data for sale – CLAIM of 64\u00a0million records, denied by Grand Comptoir", "Claims", "4–5 March 2031"},
		{"s2", "CLAIM (contested): Grand Comptoir: Le Veilleur reports an incident, denied by Grand Comptoir", "Claims", ""},
		{"s3", "Grand Comptoir files a complaint and denies the CLAIM of 64\u00a0million records by the seller", "Company", ""},
	}
	if len(s.Events) != len(want) {
		t.Fatalf("%d slides", len(s.Events))
	}
	for i, e := range s.Events {
		got := struct{ id, headline, group, display string }{e.ID, e.Text.Headline, e.Group, e.Start.Display}
		if got != want[i] {
			t.Errorf("slide %d is %+v", i, got)
		}
	}
	if d := *s.Events[0].Start; d.Year != 2031 || d.Month != 2 || d.Day != 0 {
		t.Errorf("a month became %+v", d)
	}
	if a := s.Events[1].Start; a.Day != 4 {
		t.Errorf("an interval became %+v", a)
	}
	if !strings.Contains(s.Events[3].Text.Text, "<blockquote lang=\"fr\">") || !strings.Contains(s.Events[3].Text.Text, `href="https://journal.example/grand-comptoir"`) {
		t.Errorf("the denial: %s", s.Events[3].Text.Text)
	}
}

func TestSlidesOfManyCasesHaveIdsOfTheirOwnAndTheUndatedAreLeftOut(t *testing.T) {
	in := contested()
	in.Statements[1].On = ""
	r := recordOf(in, shop)
	other := in
	other.ID = "grand-comptoir-2031-03-b"
	line := timelineOf(r, mended)
	line.Items = append(line.Items, timelineOf(recordOf(other, shop)).Items...)
	seen := map[string]bool{}
	for _, e := range slidesOf(t, written(t, "timelinejs", vigie.French, line)).Events {
		if seen[e.ID] || e.Start == nil {
			t.Errorf("the slide %+v", e)
		}
		seen[e.ID] = true
	}
	if len(seen) != 5 || !seen["grand-comptoir-2031-03-c3"] || !seen["grand-comptoir-2031-03-b-s1"] {
		t.Errorf("%v", seen)
	}
}

func TestAnAnswerWithoutADatedEventHasASlideThatSaysSo(t *testing.T) {
	for _, a := range []any{vigie.Answer{}, vigie.Timeline{}} {
		s := slidesOf(t, written(t, "timelinejs", vigie.English, a))
		if len(s.Events) != 1 || s.Events[0].Text.Headline != "Nothing with a date answers this question" || s.Events[0].Start.Year != 2031 {
			t.Errorf("%+v", s)
		}
	}
}

func TestNoSlideHasStrangersMarkupNorAMedium(t *testing.T) {
	in, company := hostile()
	for _, a := range []any{recordOf(in, company), vigie.Answer{Incidents: []vigie.Record{recordOf(in, company)}}} {
		body := written(t, "timelinejs", vigie.English, a)
		if strings.Contains(string(body), `"media"`) {
			t.Error("a medium: the library would guess what to fetch")
		}
		s := slidesOf(t, body)
		for _, e := range s.Events {
			for _, live := range []string{"<script", "<img", "<b>", "onload=\"", "href=\"javascript", ".onion"} {
				if strings.Contains(e.Text.Headline+e.Text.Text, live) {
					t.Errorf("%s is live in %+v", live, e)
				}
			}
			if !strings.Contains(e.Text.Headline, "M&amp;S &#34;Bazar&#34; &lt;l’Œuvre&gt; \U0001f6d2 متجر") {
				t.Errorf("the name came back as %q", e.Text.Headline)
			}
		}
	}
}

func TestNoSlideHasAnAddressThatTheLibraryWouldLink(t *testing.T) {
	in := contested()
	in.Statements[0].Text.EN = "It stands at https://leak.example/a and at www.leak.example, it says."
	r := recordOf(in, shop)
	r.Summary.EN = "See http://shop.example."
	for _, a := range []any{r, timelineOf(r, mended), vigie.Answer{Incidents: []vigie.Record{r}}, vigie.Answer{}} {
		s := slidesOf(t, written(t, "timelinejs", vigie.English, a))
		for _, one := range append(s.Events, s.Title) {
			bare := regexp.MustCompile(`(?:href|src)="[^"]*"`).ReplaceAllString(one.Text.Text, "")
			if strings.Contains(bare, "://") || strings.Contains(bare, "www.") {
				t.Errorf("%s: %s", one.ID, one.Text.Text)
			}
		}
		if !strings.Contains(s.Title.Text.Text, "CC BY 4.0") || !strings.Contains(html.UnescapeString(s.Title.Text.Text), "Les Veilleurs") {
			t.Errorf("the cover: %s", s.Title.Text.Text)
		}
	}
}
