package importers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vigie"
	"vigie/importers"
)

func breaches(t *testing.T, body string) []vigie.Candidate {
	t.Helper()
	var out []vigie.Candidate
	for _, o := range outcomes(importers.HIBPKind, importers.Document{Body: []byte(body)}, importers.Options{}) {
		if o.Candidate == nil {
			t.Fatalf("not read: %+v", o)
		}
		out = append(out, *o.Candidate)
	}
	return out
}

const entry = `{"Name":"Brindilou","Title":"Brindilou","BreachDate":%q,"AddedDate":"2031-04-02T08:01:09Z","PwnCount":%d,"Description":%q,"LogoPath":%q,"DataClasses":[%s],"IsVerified":true}`

func TestADateOfABreachIsNoMorePreciseThanMayBeBelieved(t *testing.T) {
	for given, want := range map[string]vigie.Date{"2031-03-14": "2031-03-14~", "2031-03-01": "2031-03~", "2031-01-01": "2031~", "2031-01-02": "2031-01-02~", "": "", "soon": "", "0001-01-01": ""} {
		c := breaches(t, fmt.Sprintf(entry, given, 5, "A store.", "", ""))[0]
		if c.Draft.Occurred != want {
			t.Errorf("%q is read as %q, not %q", given, c.Draft.Occurred, want)
		}
	}
}

// Two caches of the list alternate: the words and the logo flap, and nothing has
// happened.
func TestOnlyWhatWouldBeWrittenInTheLedgerMakesABreachNew(t *testing.T) {
	first := breaches(t, fmt.Sprintf(entry, "2031-03-14", 5, "A store lost 10M rows.", "a.png", `"Names"`))[0]
	same := breaches(t, fmt.Sprintf(entry, "2031-03-14", 5, "A store lost 10 million rows.", "https://other.example/a.png", `"Names"`))[0]
	if same.ID != first.ID || same.Hash != first.Hash {
		t.Error("other words for the same make it another breach")
	}
	for what, body := range map[string]string{
		"a count":           fmt.Sprintf(entry, "2031-03-14", 6, "A store.", "", `"Names"`),
		"a kind of data":    fmt.Sprintf(entry, "2031-03-14", 5, "A store.", "", `"Names","Passwords"`),
		"a date":            fmt.Sprintf(entry, "2031-03-15", 5, "A store.", "", `"Names"`),
		"a source":          fmt.Sprintf(entry, "2031-03-14", 5, `A <a href="https://brindilou.example/notice">store</a>.`, "", `"Names"`),
		"its being checked": strings.Replace(fmt.Sprintf(entry, "2031-03-14", 5, "A store.", "", `"Names"`), "true", "false", 1),
	} {
		c := breaches(t, body)[0]
		if c.ID != first.ID || c.Hash == first.Hash {
			t.Errorf("%s changed and it is not the same breach, changed", what)
		}
	}
}

// Two shops may be said to have lost the same: a store of candidates that knows a
// hash would drop the second.
func TestTheSameWordsOfTwoShopsAreTwoHashes(t *testing.T) {
	a := fmt.Sprintf(entry, "2031-03-14", 5, "A store.", "", "")
	two := breaches(t, "["+a+","+strings.Replace(a, `"Name":"Brindilou"`, `"Name":"Brindilou2"`, 1)+"]")
	if two[0].Hash == two[1].Hash || two[0].ID == two[1].ID {
		t.Error("they have one id or one hash")
	}
}

func TestNonRetailersAreLeftOutUnlessAskedFor(t *testing.T) {
	body := `{"Name":"Parlote","Title":"Parlote","Description":"In 2031, the forum Parlote was hacked.","IsVerified":true}`
	if got := outcomes(importers.HIBPKind, importers.Document{Body: []byte(body)}, importers.Options{}); len(got) != 1 || !strings.Contains(got[0].LeftOut, "sell") {
		t.Errorf("a forum is %+v", got)
	}
	got := outcomes(importers.HIBPKind, importers.Document{Body: []byte(body)}, importers.Options{All: true})
	if len(got) != 1 || got[0].Candidate == nil || got[0].Candidate.Reading.IsRetail {
		t.Errorf("asked for, it is %+v", got)
	}
	known := importers.Options{Companies: []vigie.Company{{ID: "parlote", Name: "Parlote & Cie", Domains: []string{"parlote.example"}}}}
	body = strings.Replace(body, `"Title"`, `"Domain":"www.parlote.example","Title"`, 1)
	if got := outcomes(importers.HIBPKind, importers.Document{Body: []byte(body)}, known); got[0].Candidate == nil {
		t.Errorf("a company of the record is not known by its domain: %+v", got)
	}
}

// A list is held one record at a time, and what breaks off says so.
func TestAListThatBreaksOffIsNotTakenForItsEnd(t *testing.T) {
	whole := fmt.Sprintf(entry, "2031-03-14", 5, "A store.", "", "")
	for why, body := range map[string]string{"an array": "[" + whole + ",", "between two": "[" + whole, "a record": "[" + whole + `,{"Name":`, "lines": whole + "\n" + `{"Name`} {
		got := outcomes(importers.HIBPKind, importers.Document{Body: []byte(body)}, importers.Options{})
		if len(got) != 2 || got[0].Candidate == nil || !strings.Contains(got[1].Refused, "after record 1: not JSON") {
			t.Errorf("%s that breaks off is read as %+v", why, got)
		}
	}
	for why, body := range map[string]string{"an array": "\ufeff [" + whole + "]\n", "lines": whole + "\n\n" + whole, "two arrays": "[" + whole + "][" + whole + "]", "one": whole} {
		got := outcomes(importers.HIBPKind, importers.Document{Body: []byte(body)}, importers.Options{})
		if slices.ContainsFunc(got, func(o outcome) bool { return o.Candidate == nil }) || len(got) == 0 {
			t.Errorf("%s is read as %+v", why, got)
		}
	}
}

// endless is one record that never ends.
type endless struct{ begun bool }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	if !e.begun {
		e.begun = true
		copy(p, `[{"Name":"`)
	}
	return len(p), nil
}

func TestARecordThatNeverEndsIsGivenUp(t *testing.T) {
	got := outcomes(importers.HIBPKind, importers.Document{Stream: &endless{}}, importers.Options{})
	if len(got) != 1 || !strings.Contains(got[0].Refused, "longer than 8 MiB") {
		t.Errorf("it is read as %.200v", got)
	}
}
