package importers_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"

	"vigie"
	"vigie/importers"
)

// outcome is what became of one record of a list.
type outcome struct {
	Candidate *vigie.Candidate `json:"candidate,omitempty"`
	LeftOut   string           `json:"left_out,omitempty"`
	Refused   string           `json:"refused,omitempty"`
}

func outcomes(kind string, doc importers.Document, opts importers.Options) []outcome {
	var out []outcome
	for c, err := range importers.Readers[kind](doc, opts) {
		switch {
		case errors.Is(err, importers.ErrFiltered):
			out = append(out, outcome{LeftOut: err.Error()})
		case err != nil:
			out = append(out, outcome{Refused: err.Error()})
		default:
			out = append(out, outcome{Candidate: &c})
		}
	}
	return out
}

func TestEntriesOfAListWithoutAnAddressAreNotOneAndTheSame(t *testing.T) {
	read := outcomes(importers.LeakListsKind, importers.Document{Body: []byte(`[
		{"organisation":"Boutique Vellamo","date":"2025-01-02","secteur":"commerce","statut":"revendiqué","sources":["cyberattaque.example/x"]},
		{"organisation":"Boutique Ondelia","date":"2025-01-03","secteur":"commerce","statut":"revendiqué","sources":[""]}]`)}, importers.Options{All: true})
	if len(read) != 2 || read[0].Candidate == nil || read[1].Candidate == nil || read[0].Candidate.ID == read[1].Candidate.ID {
		t.Errorf("read %+v", read)
	}
}

func TestNoNameTellsATerminalWhatToDo(t *testing.T) {
	for _, o := range outcomes(importers.RansomwareKind, importers.Document{Body: []byte(`[
		{"post_title":"\u001b]0;owned\u0007Vellamo\u009b2J shop","group_name":"gang\u001b[31m","discovered":"2025-01-02"},
		{"post_title":"\u001b[31m***lamo","group_name":"gang"}]`)}, importers.Options{All: true}) {
		said := o.Refused + o.LeftOut
		if o.Candidate != nil {
			said = strings.ReplaceAll(importers.Preview(*o.Candidate), "\n", " ")
		}
		if said == "" || strings.ContainsFunc(said, unicode.IsControl) {
			t.Errorf("%q", said)
		}
	}
}

// A command that failed hands over nothing: that is no list without news.
func TestNothingAtAllIsNoEmptyList(t *testing.T) {
	for _, kind := range importers.Kinds() {
		for body, want := range map[string]int{"": 1, " \n\t": 1, "[]": 0} {
			if body == "[]" && slices.Contains([]string{importers.ArticleKind, importers.CSVKind, importers.FeedKind}, kind) {
				continue
			}
			if read := outcomes(kind, importers.Document{Body: []byte(body)}, importers.Options{Map: "victim=V"}); len(read) != want || want == 1 && read[0].Refused == "" {
				t.Errorf("%s of %q: %+v", kind, body, read)
			}
		}
	}
}

// held are what holds of every candidate of a structured source, whatever came in.
func held(t *testing.T, read []outcome) {
	t.Helper()
	for _, o := range read {
		c := o.Candidate
		if c == nil {
			continue
		}
		if c.Draft == nil || c.Draft.ID != "" || c.Draft.State != "" || c.Draft.Company != "" {
			t.Errorf("%s: its draft names a case or a company, which is the desk's to do", c.Key)
			continue
		}
		draft := *c.Draft
		draft.ID, draft.State, draft.Company = "essai-2031", vigie.Draft, "essai"
		for _, p := range draft.Validate() {
			if !p.Warning {
				t.Errorf("%s could not be saved as a draft: %s: %s", c.Key, p.Path, p.Message.EN)
			}
		}
		if c.Key == "" || c.ID != vigie.UUID(c.Kind+":"+c.Key) || len(c.Hash) != 64 || len(c.Reading.Victims) == 0 || !c.Reading.IsIncident {
			t.Errorf("%s: a candidate without id, key, hash or victim", c.Key)
		}
		runes := []rune(c.Reading.Text)
		for field, spans := range c.Reading.Spans {
			for _, s := range spans {
				if s[0] < 0 || s[0] >= s[1] || s[1] > len(runes) {
					t.Errorf("%s: %s is marked at %v of %d characters", c.Key, field, s, len(runes))
				}
			}
		}
		for _, a := range c.Reading.Affected {
			if a.Value <= 0 {
				t.Errorf("%s: an unknown count is written %d", c.Key, a.Value)
			}
		}
		if strings.Contains(c.Reading.Text, ".onion") && !strings.Contains(c.Reading.Text, "[.]onion") {
			t.Errorf("%s: an address of a hidden service can be clicked", c.Key)
		}
	}
}
