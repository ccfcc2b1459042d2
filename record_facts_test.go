package vigie_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vigie"
)

// factsOf tells from which line of the facts a case was written: the file
// testdata/facts_of.json. A case is held to that line and to the seed article, not
// to what the facts say of others.
var factsOf = func() (of map[string]string) {
	body, err := os.ReadFile("testdata/facts_of.json")
	if err == nil {
		err = json.Unmarshal(body, &of)
	}
	if err != nil {
		panic(err)
	}
	return
}()

const sharedData = "../shared/data/"

// facts gives what was known when the cases were written: slug → every text of
// its line, joined, with the seed article.
func facts(t *testing.T) map[string]string {
	t.Helper()
	body, err := os.ReadFile(sharedData + "facts.ndjson")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("../shared is not here: the record cannot be held against the facts it was written from")
	}
	if err != nil {
		t.Fatal(err)
	}
	seed, err := fs.Glob(os.DirFS(sharedData+"seed"), "*.txt")
	if err != nil || len(seed) != 1 {
		t.Fatalf("one seed article expected, found %v (%v)", seed, err)
	}
	article, err := os.ReadFile(sharedData + "seed/" + seed[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	sc := bufio.NewScanner(bytes.NewReader(body))
	sc.Buffer(nil, len(body))
	for sc.Scan() {
		var line map[string]any
		dec := json.NewDecoder(bytes.NewReader(sc.Bytes()))
		dec.UseNumber()
		if err := dec.Decode(&line); err != nil {
			t.Fatal(err)
		}
		var texts []string
		leaves(line, "", func(_, v string) { texts = append(texts, v) })
		lines[line["slug"].(string)] = strings.Join(append(texts, string(article)), "\n")
	}
	return lines
}

// leaves walks decoded JSON and gives every string and number with its path.
func leaves(v any, at string, each func(at, value string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			leaves(v[k], at+"."+k, each)
		}
	case []any:
		for i := range v {
			leaves(v[i], at+"."+strconv.Itoa(i), each)
		}
	case string:
		each(at, v)
	case json.Number:
		each(at, v.String())
	}
}

var (
	isoDate  = regexp.MustCompile(`\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b`)
	address  = regexp.MustCompile(`https?://\S+`)
	plain    = regexp.MustCompile(`\d{1,3}(?:[ ,\x{a0}\x{202f}]\d{3})+\b|\d+`)
	millions = regexp.MustCompile(`(\d+(?:[.,]\d+)?)[\s\x{a0}\x{202f}]*(?:M\b|million)`)
	wordDate = regexp.MustCompile(`(\d{1,2})(?:er)?[\s\x{a0}\x{202f}]+(?i:(janvier|january|février|february|mars|march|avril|april|mai|may|juin|june|juillet|july|août|august|septembre|september|octobre|october|novembre|november|décembre|december))`)
	monthOf  = map[string]int{}
)

func init() {
	for i, names := range []string{"janvier january", "février february", "mars march", "avril april", "mai may", "juin june",
		"juillet july", "août august", "septembre september", "octobre october", "novembre november", "décembre december"} {
		for _, name := range strings.Fields(names) {
			monthOf[name] = i + 1
		}
	}
}

// numbers are the numbers of at least 1000 in a text, however they are written.
// Dates and addresses are left to the tests of their own.
func numbers(text string) map[int64]bool {
	text = address.ReplaceAllString(isoDate.ReplaceAllString(text, " "), " ")
	found := map[int64]bool{}
	for _, m := range millions.FindAllStringSubmatch(text, -1) {
		f, _ := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		found[int64(f*1e6+0.5)] = true
	}
	for _, m := range plain.FindAllString(text, -1) {
		n, _ := strconv.ParseInt(strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, m), 10, 64)
		if n >= 1000 {
			found[n] = true
		}
	}
	return found
}

// days are the days of the year named in a text, as -MM-DD.
func days(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range wordDate.FindAllStringSubmatch(text, -1) {
		d, _ := strconv.Atoi(m[1])
		found[fmt.Sprintf("-%02d-%02d", monthOf[strings.ToLower(m[2])], d)] = true
	}
	for _, m := range isoDate.FindAllString(text, -1) {
		if len(m) == 10 {
			found[m[4:]] = true
		}
	}
	return found
}

// leavesOf gives every text and number of a case, but the day we last checked
// and the floor of a vague figure, which no source states.
func leavesOf(t *testing.T, in vigie.Incident, each func(at, value string)) {
	t.Helper()
	in.Checked = ""
	in.Statements = slices.Clone(in.Statements)
	for i := range in.Statements {
		s := &in.Statements[i]
		s.Figures = slices.Clone(s.Figures)
		for j := range s.Figures {
			if s.Figures[j].Qualifier == vigie.Vague {
				s.Figures[j].Min = 0
			}
		}
	}
	var v any
	dec := json.NewDecoder(bytes.NewReader(encode(t, in)))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	leaves(v, in.ID, each)
}

// stated finds numbers and dates of a text of ours that the facts do not state.
func stated(t *testing.T, at, value, facts string) {
	t.Helper()
	for _, date := range isoDate.FindAllString(value, -1) {
		if !strings.Contains(facts, date) {
			t.Errorf("%s: the date %s is not in the facts", at, date)
		}
	}
	known := numbers(facts)
	for n := range numbers(value) {
		year := n < 2100 && strings.Contains(facts, fmt.Sprintf("%d-", n)) // of a date that the facts write 2024-02
		if !known[n] && !year {
			t.Errorf("%s: the number %d is not in the facts", at, n)
		}
	}
	named := days(facts)
	for d := range days(value) {
		if !named[d] {
			t.Errorf("%s: the day %s is not in the facts", at, d)
		}
	}
}

func TestAWaveSaysNothingThatTheFactsOfItsCasesDoNot(t *testing.T) {
	known := facts(t)
	for _, w := range waves(t) {
		var text string
		for id, in := range incidents(t) {
			if in.Wave == w.ID {
				text += known[factsOf[id]]
			}
		}
		for _, value := range []string{w.Name.FR, w.Name.EN, w.Summary.FR, w.Summary.EN} {
			stated(t, w.ID, value, text)
		}
	}
}

func TestNoNumberDateAddressOrQuoteIsInACaseThatIsNotInItsFacts(t *testing.T) {
	known := facts(t)
	for id, in := range incidents(t) {
		text, ok := known[factsOf[id]]
		if !ok {
			t.Errorf("%s: say in factsOf from which line of the facts it was written", id)
			continue
		}
		leavesOf(t, in, func(at, value string) {
			switch {
			case at == id+".id", at == id+".wave":
			case strings.HasSuffix(at, ".url"):
				if !strings.Contains(text, value+"\n") {
					t.Errorf("%s: the address %s is not in the facts", at, value)
				}
			default:
				stated(t, at, value, text)
			}
		})
		for _, s := range in.Statements {
			for _, q := range s.Quotes {
				if !strings.Contains(text, q.Text) {
					t.Errorf("%s/%s: not the words of the source: %q", id, s.ID, q.Text)
				}
			}
		}
	}
}

// badAddress finds addresses that must not be published as the place where a
// company is accused: hidden services, copies of pages, trackers.
var badAddress = regexp.MustCompile(`(?i)\.onion\b|//(?:www\.)?staging\.|[/.]staging\.|translate\.goog|webcache\.|r\.jina\.ai|[?&](?:utm_\w+|fbclid|gclid|mc_cid)=|/(?:redirect|out)\?|//t\.co/|//news\.google\.`)

func TestNoCaseCitesACopyATrackerOrAHiddenService(t *testing.T) {
	mirrors := mirrorsInTheAudit(t)
	for id, in := range incidents(t) {
		leavesOf(t, in, func(at, value string) {
			if badAddress.MatchString(value) {
				t.Errorf("%s: %s", at, value)
			}
			if !strings.HasSuffix(at, ".url") {
				return
			}
			u, err := url.Parse(value)
			if err != nil || u.Scheme != "https" && u.Scheme != "http" || mirrors[u.Hostname()] {
				t.Errorf("%s: %s (a known copy: %t; %v)", at, value, err == nil && mirrors[u.Hostname()], err)
			}
		})
		for _, src := range in.Sources {
			if src.Archive+src.Retrieved+src.SHA256 != "" {
				t.Errorf("%s/%s: only our own fetch sets archive, retrieved and sha256", id, src.ID)
			}
			if src.URL == "" && (src.Publisher == "" || src.Title == "") {
				t.Errorf("%s/%s: neither an address, nor a publisher and a title", id, src.ID)
			}
		}
	}
}

// mirrorsInTheAudit are the hosts that the audit of the facts took out as copies;
// none when ../shared is absent.
func mirrorsInTheAudit(t *testing.T) map[string]bool {
	t.Helper()
	hosts := map[string]bool{}
	body, err := os.ReadFile(sharedData + "facts_audit.ndjson")
	if errors.Is(err, fs.ErrNotExist) {
		return hosts
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		if !strings.Contains(line, "Address of a mirror, staging host") {
			continue
		}
		for _, a := range address.FindAllString(line, -1) {
			if u, err := url.Parse(strings.TrimRight(a, `",)`)); err == nil {
				hosts[u.Hostname()] = true
			}
		}
	}
	if len(hosts) == 0 {
		t.Error("the audit names no mirror: has its wording changed?")
	}
	return hosts
}

func TestNoDateIsPadded(t *testing.T) {
	for id, in := range incidents(t) {
		leavesOf(t, in, func(at, value string) {
			if strings.HasSuffix(at, ".url") {
				return
			}
			if regexp.MustCompile(`^\d{4}-01-01`).MatchString(value) {
				t.Errorf("%s: %s looks like a year padded to a day", at, value)
			}
		})
		for _, s := range in.Statements {
			if in.Occurred.Known() && s.On.Known() && in.Occurred.First() > s.On.Last() {
				t.Errorf("%s/%s was said before the attack", id, s.ID)
			}
			if in.Disclosed.Known() && s.On.Known() && in.Disclosed.First() > s.On.Last() {
				t.Errorf("%s/%s was said before the first public word", id, s.ID)
			}
		}
	}
}
