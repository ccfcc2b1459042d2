package vigie_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"vigie"
)

// encode writes a record the way data/ keeps it: keys in the order of the
// struct, two spaces, no HTML escapes, one line feed at the end.
func encode(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// decode reads a file of data/ strictly and demands that writing it again gives
// the same bytes.
func decode[T any](t *testing.T, name string) T {
	t.Helper()
	body, err := vigie.Data.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if again := encode(t, v); !bytes.Equal(again, body) {
		t.Errorf("%s does not come back byte for byte when written again:\n%s", name, firstDifference(body, again))
	}
	return v
}

func firstDifference(want, got []byte) string {
	a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return "file:  " + a[i] + "\nagain: " + strings.Join(b[min(i, len(b)):min(i+1, len(b))], "")
		}
	}
	return "the file is shorter"
}

func incidents(t *testing.T) map[string]vigie.Incident {
	t.Helper()
	names, err := fs.Glob(vigie.Data, "data/incidents/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no case in data/incidents (%v)", err)
	}
	cases := map[string]vigie.Incident{}
	for _, name := range names {
		in := decode[vigie.Incident](t, name)
		if path.Base(name) != in.ID+".json" {
			t.Errorf("%s holds the case %s", name, in.ID)
		}
		cases[in.ID] = in
	}
	return cases
}

func companies(t *testing.T) []vigie.Company {
	return decode[[]vigie.Company](t, "data/companies.json")
}
func waves(t *testing.T) []vigie.Wave { return decode[[]vigie.Wave](t, "data/waves.json") }

func TestTheShippedRecordHasNoBlockingProblem(t *testing.T) {
	for id, in := range incidents(t) {
		if p := in.Validate().Blocking(); len(p) > 0 {
			t.Errorf("%s:\n%v", id, p)
		}
	}
	for _, c := range companies(t) {
		if p := c.Validate().Blocking(); len(p) > 0 {
			t.Errorf("company %s:\n%v", c.ID, p)
		}
	}
	for _, w := range waves(t) {
		if p := w.Validate().Blocking(); len(p) > 0 {
			t.Errorf("wave %s:\n%v", w.ID, p)
		}
	}
}

func TestEveryCaseNamesAKnownCompanyAndWave(t *testing.T) {
	known, joined := map[string]bool{}, map[string]int{}
	for _, c := range companies(t) {
		if known[c.ID] {
			t.Errorf("company %s stands twice", c.ID)
		}
		if strings.Contains(vigie.Fold(c.Group), "mulliez") {
			t.Errorf("%s: Mulliez is a family, and no group", c.ID)
		}
		known[c.ID] = true
	}
	for _, w := range waves(t) {
		joined[w.ID] = 0
	}
	for id, in := range incidents(t) {
		if !known[in.Company] {
			t.Errorf("%s: no company %q", id, in.Company)
		}
		for _, s := range in.Statements {
			if s.By.Company != "" && !known[s.By.Company] {
				t.Errorf("%s/%s: no company %q", id, s.ID, s.By.Company)
			}
		}
		if _, ok := joined[in.Wave]; in.Wave != "" && !ok {
			t.Errorf("%s: no wave %q", id, in.Wave)
		}
		joined[in.Wave]++
	}
	for id, n := range joined {
		if id != "" && n < 2 {
			t.Errorf("wave %s joins %d cases", id, n)
		}
	}
}

func TestEveryStatementNamesItsSpeakerItsSourcesAndSaysItInBothLanguages(t *testing.T) {
	said := map[string]string{}
	for id, in := range incidents(t) {
		for _, s := range in.Statements {
			at := id + "/" + s.ID
			if s.By.Role != vigie.Attacker && s.By.Name == "" {
				t.Errorf("%s: who speaks?", at)
			}
			if len(s.Sources) == 0 {
				t.Errorf("%s: no source", at)
			}
			if s.Text.IsZero() {
				t.Errorf("%s: says nothing", at)
			}
			for _, text := range []vigie.Text{s.Text, s.Vector, s.Method} {
				bothLanguages(t, at, text)
			}
			if twin, ok := said[s.Text.FR]; ok {
				t.Errorf("%s and %s are told in the same sentence", at, twin)
			}
			said[s.Text.FR] = at
			for _, r := range s.Sources {
				if _, ok := in.Source(r); !ok {
					t.Errorf("%s: no source %s", at, r)
				}
			}
		}
		bothLanguages(t, id, in.Summary)
	}
	for _, w := range waves(t) {
		bothLanguages(t, w.ID, w.Summary)
	}
}

var stopWords = map[vigie.Lang][]string{
	vigie.French:  {"le", "la", "les", "de", "des", "du", "un", "une", "que", "qui", "et", "à", "dans", "par", "sur", "ne", "pas", "selon", "est", "au"},
	vigie.English: {"the", "of", "a", "an", "that", "which", "and", "to", "in", "by", "on", "not", "is", "are", "it", "its", "were", "has", "says"},
}

// bothLanguages finds a text that is missing in a language, or in the wrong one.
func bothLanguages(t *testing.T, at string, text vigie.Text) {
	t.Helper()
	if text.IsZero() {
		return
	}
	for own, other := range map[vigie.Lang]vigie.Lang{vigie.French: vigie.English, vigie.English: vigie.French} {
		words, score := vigie.Words(map[vigie.Lang]string{vigie.French: text.FR, vigie.English: text.EN}[own]), map[vigie.Lang]int{}
		for _, w := range words {
			for l, stops := range stopWords {
				if slices.Contains(stops, w) {
					score[l]++
				}
			}
		}
		if len(words) == 0 || score[own] <= score[other] {
			t.Errorf("%s: not %s: %q", at, own, words)
		}
	}
}

func TestQuotesAreShortWholeAndReadInASourceOfTheirStatement(t *testing.T) {
	for id, in := range incidents(t) {
		for _, s := range in.Statements {
			for _, q := range s.Quotes {
				at := id + "/" + s.ID + ": " + q.Text
				if n := utf8.RuneCountInString(q.Text); n > 300 {
					t.Errorf("%s: %d characters", at, n)
				}
				if len(vigie.Words(q.Text)) < 5 {
					t.Errorf("%s: under five words", at)
				}
				if q.Lang == "" || !slices.Contains(s.Sources, q.Source) {
					t.Errorf("%s: language %q, source %q", at, q.Lang, q.Source)
				}
			}
		}
	}
}

func TestTheFirstFourCasesStandAsTheyShould(t *testing.T) {
	cases := incidents(t)
	for _, want := range []struct {
		id       string
		kind     vigie.Kind
		evidence vigie.Evidence
		position vigie.Position
		wave     string
		record   string   // the figure of record
		figures  []string // every figure, as speaker qualifier min–max unit
	}{
		{"temu-2024-09", "data_breach", vigie.Reported, vigie.DeniesIt, "",
			"smokinthashit exact 87000000–87000000 records", []string{"smokinthashit exact 87000000–87000000 records"}},
		{"boulanger-2024-09", "data_breach", vigie.Confirmed, vigie.ConfirmsIt, "fr-retail-2024-09",
			"Boulanger vague 100000–0 customers",
			[]string{"Boulanger vague 100000–0 customers", "Have I Been Pwned exact 2077078–2077078 accounts", "horrormar44 / Horror404x exact 27561592–27561592 records"}},
		{"cultura-2024-09", "supply_chain", vigie.Confirmed, vigie.ConfirmsIt, "fr-retail-2024-09",
			"Cultura about 1500000–1500000 customers",
			[]string{"Cultura about 1500000–1500000 customers", "Have I Been Pwned exact 1462025–1462025 accounts", "SaxX exact 2600000–2600000 accounts", "Zataz exact 2600000–2600000 accounts"}},
		{"truffaut-2024-09", "data_breach", vigie.Reported, vigie.NoStatement, "fr-retail-2024-09", "", nil},
	} {
		in, ok := cases[want.id]
		if !ok {
			t.Errorf("%s is not in the record", want.id)
			continue
		}
		if s := in.Standing(""); s.Evidence != want.evidence || s.Position != want.position {
			t.Errorf("%s: %s / %s because %v, want %s / %s", want.id, s.Evidence, s.Position, s.Because, want.evidence, want.position)
		}
		if in.Kind != want.kind || in.Wave != want.wave {
			t.Errorf("%s: kind %s, wave %q", want.id, in.Kind, in.Wave)
		}
		var figures []string
		for _, f := range in.Figures("") {
			figures = append(figures, spoken(f))
		}
		slices.Sort(figures)
		if !slices.Equal(figures, want.figures) {
			t.Errorf("%s: figures %q, want %q", want.id, figures, want.figures)
		}
		if f, ok := in.FigureOfRecord(""); ok != (want.record != "") || ok && spoken(f) != want.record {
			t.Errorf("%s: figure of record %q, want %q", want.id, spoken(f), want.record)
		}
	}
}

func TestNoWordOfTemuWasKnownOnTheDayOfTheFirstClaim(t *testing.T) {
	temu := incidents(t)["temu-2024-09"]
	for day, want := range map[vigie.Day]vigie.Position{"2024-09-16": vigie.NoStatement, "2024-09-17": vigie.DeniesIt} {
		if s := temu.Standing(day); s.Position != want {
			t.Errorf("on %s the position is %s, want %s", day, s.Position, want)
		}
	}
}

func TestTruffautsRefusalKnownFromAnAddressIsShownAndMovesNothing(t *testing.T) {
	in := incidents(t)["truffaut-2024-09"]
	s, ok := in.Statement("s3")
	if !ok || !s.Does(vigie.NoComment) || in.Counts(s) {
		t.Fatalf("s3 is %+v", s)
	}
	src, _ := in.Source("r1")
	src.Seen = vigie.SeenFull
	if got := in.Standing("").Position; got != vigie.DeclinesComment {
		t.Errorf("had the article been read the position would be %s", got)
	}
}

func spoken(f vigie.SpokenFigure) string {
	return f.By.Name + " " + string(f.Qualifier) + " " + itoa(f.Min) + "–" + itoa(f.Max) + " " + string(f.Unit)
}
func itoa(n int64) string { b, _ := json.Marshal(n); return string(b) }
