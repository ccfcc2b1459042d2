package vigie_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"vigie"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The standing of every case: a change of a rule or of the record shows here what
// it moves.
func TestTheStandingOfEveryCaseIsTheOneRecorded(t *testing.T) {
	const golden = "testdata/standings.golden"
	names := map[string]string{}
	for _, c := range companies(t) {
		names[c.ID] = c.Name
	}
	var b strings.Builder
	all := incidents(t)
	for _, id := range slices.Sorted(maps.Keys(all)) {
		in := all[id]
		s := in.Standing("")
		fmt.Fprintf(&b, "%s %s %s/%s %s\n\t%s\n", id, in.State, orDash(string(s.Evidence)), s.Position, orDash(s.Word), in.Headline(names[in.Company], "").EN)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("standings moved; if that is meant, go test . -args -update and read the diff of %s:\n%s", golden, firstDifference(want, []byte(b.String())))
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// Ids are for ever: the list of those ever published only grows.
func TestNoIDEverPublishedIsGone(t *testing.T) {
	const list = "testdata/ids.txt"
	var now []string
	for id, in := range incidents(t) {
		if in.State == vigie.Draft {
			continue
		}
		now = append(now, id)
		for _, s := range in.Statements {
			now = append(now, s.FullID(id))
		}
	}
	body, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	ever := strings.Fields(string(body))
	for _, id := range ever {
		if !slices.Contains(now, id) {
			t.Errorf("%s was published and is no longer in the record", id)
		}
	}
	for _, id := range now {
		if slices.Contains(ever, id) {
			continue
		}
		if !*update {
			t.Errorf("%s is published and not in %s: go test . -args -update", id, list)
		}
		ever = append(ever, id)
	}
	if *update {
		slices.Sort(ever)
		if err := os.WriteFile(list, []byte(strings.Join(ever, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// closeCases are two cases of one company within 30 days of each other, and why
// they are two.
var closeCases = map[string]string{}

func TestTwoCasesOfOneCompanyWithinAMonthAreJustified(t *testing.T) {
	seen := map[string]bool{}
	all := incidents(t)
	for _, a := range slices.Sorted(maps.Keys(all)) {
		for _, b := range slices.Sorted(maps.Keys(all)) {
			x, y := all[a], all[b]
			if a >= b || x.Company != y.Company || !x.FirstWord().Known() || !y.FirstWord().Known() {
				continue
			}
			first, second := x.FirstWord(), y.FirstWord()
			if first.Last() > second.Last() {
				first, second = second, first
			}
			if first.Overlaps(second) || first.Last().Until(second.First()) <= 30 {
				pair := a + " " + b
				seen[pair] = true
				if closeCases[pair] == "" {
					t.Errorf("%s: say in closeCases why these are two", pair)
				}
			}
		}
	}
	for pair := range closeCases {
		if !seen[pair] {
			t.Errorf("closeCases names %s, which are not close", pair)
		}
	}
}

type pwned struct {
	Name       string
	BreachDate string
	PwnCount   int64
}

// hibp is Have I Been Pwned's list by name, newest edition first.
func hibp(t *testing.T) map[string][]pwned {
	t.Helper()
	names, err := fs.Glob(os.DirFS(sharedData+"corpora/hibp"), "hibp_breaches_*.json")
	if err != nil || len(names) == 0 {
		t.Skip("../shared is not here: figures cannot be held against Have I Been Pwned's list")
	}
	list := map[string][]pwned{}
	for _, name := range names {
		body, err := os.ReadFile(sharedData + "corpora/hibp/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var breaches []pwned
		if err := json.Unmarshal(body, &breaches); err != nil {
			t.Fatal(err)
		}
		for _, b := range breaches {
			list[b.Name] = append(list[b.Name], b)
		}
	}
	return list
}

func TestFiguresOfHaveIBeenPwnedAreThoseOfItsListInAccounts(t *testing.T) {
	list := hibp(t)
	checked := 0
	for id, in := range incidents(t) {
		for _, s := range in.Statements {
			if s.By.Name != "Have I Been Pwned" {
				continue
			}
			for _, f := range s.Figures {
				if f.Unit != "accounts" || f.Min != f.Max {
					t.Errorf("%s/%s: %d–%d %s; its counts are exact and of accounts", id, s.ID, f.Min, f.Max, f.Unit)
				}
				for _, b := range list[entry(in, s)] {
					checked++
					if b.PwnCount != f.Min && len(list[entry(in, s)]) == 1 {
						t.Errorf("%s/%s: %d accounts, its list says %d", id, s.ID, f.Min, b.PwnCount)
					}
				}
			}
			for _, b := range list[entry(in, s)] {
				if in.Occurred == vigie.Date(b.BreachDate) && !alsoSaid(in, b.BreachDate) {
					t.Errorf("%s: occurred %s rests on the date of an index", id, in.Occurred)
				}
			}
		}
	}
	if checked == 0 {
		t.Error("no figure was held against the list: have its addresses changed?")
	}
}

// entry is the name in the list of the entry that a statement was read in.
func entry(in vigie.Incident, s vigie.Statement) string {
	for _, id := range s.Sources {
		if src, ok := in.Source(id); ok && strings.Contains(src.URL, "haveibeenpwned.com") {
			if u, err := url.Parse(src.URL); err == nil {
				return u.Fragment
			}
		}
	}
	return ""
}

// alsoSaid tells whether somebody else's statement of the case tells the day.
func alsoSaid(in vigie.Incident, day string) bool {
	return slices.ContainsFunc(in.Statements, func(s vigie.Statement) bool {
		if s.By.Name == "Have I Been Pwned" {
			return false
		}
		words := vigie.Date(day).In(vigie.English)
		dayAndMonth := words[:strings.LastIndexByte(words, ' ')]
		return strings.Contains(s.Text.EN, dayAndMonth) || slices.ContainsFunc(s.Quotes, func(q vigie.Quote) bool { return strings.Contains(q.Text, dayAndMonth) })
	})
}

func TestCasesThatMustComeOutRight(t *testing.T) {
	all := incidents(t)
	for id, want := range map[string]string{
		"marks-and-spencer-2025-04": "confirmed/confirms",
		"ebay-2014-05":              "confirmed/confirms",
		"carrefour-2025-01":         "alleged/denies",
		"netshoes-2017-12":          "confirmed/denies",
	} {
		in, ok := all[id]
		if !ok {
			t.Errorf("%s is not in the record", id)
			continue
		}
		if s := in.Standing(""); string(s.Evidence)+"/"+string(s.Position) != want {
			t.Errorf("%s: %s/%s, want %s", id, s.Evidence, s.Position, want)
		}
	}
}

func TestNoCaseIsPublishedOnTheWordOfAttackersAlone(t *testing.T) {
	for id, in := range incidents(t) {
		s := in.Standing("")
		if in.State == vigie.Published && s.Evidence == vigie.Alleged && s.Position == vigie.NoStatement {
			t.Errorf("%s is published on the word of attackers alone", id)
		}
		if in.State == vigie.Published && s.Evidence == "" {
			t.Errorf("%s is published and nothing in it counts", id)
		}
	}
}
