package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

func TestMatchesOfASearchAreCutAtTheirBytes(t *testing.T) {
	m := vigie.Mark{Field: "quote", Text: "des données volées", Spans: [][2]int{{4, 12}, {2, 5}, {13, 99}}}
	want := []Piece{{Text: "des "}, {Text: "données", Fields: []string{"quote"}}, {Text: " volées"}}
	if diff := cmp.Diff(want, Matches(m)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestEveryStandingHasAShapeOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for _, code := range vigie.Codes("evidence") {
		own(t, seen, code, evidenceShapes[vigie.Evidence(code)])
	}
	for _, code := range vigie.Codes("position") {
		own(t, seen, code, positionShapes[vigie.Position(code)])
	}
}

func own(t *testing.T, seen map[string]string, code, shape string) {
	t.Helper()
	if shape == "" || seen[shape] != "" {
		t.Errorf("%s has no shape of its own (%s)", code, seen[shape])
	}
	seen[shape] = code
}

func TestASearchShowsEachPassageOnceInTheLanguageOfThePage(t *testing.T) {
	r := sampleCase
	line := r.Derived.Headline.FR
	at := strings.Index(line, "fuite")
	r.Marks = []vigie.Mark{
		{Field: "title fr", Text: line, Spans: [][2]int{{at, at + 5}}},
		{Field: "statement s1 fr", Text: "une fuite"}, {Field: "statement s1 en", Text: "a leak"},
		{Field: "statement s6 en", Text: "only in English"}, {Field: "quote s2", Text: "as said"},
	}
	var got []string
	for _, m := range Found(r, vigie.French) {
		got = append(got, words(t, vigie.French).MarkField(m.Field))
	}
	if want := []string{"déclaration s1", "déclaration s6", "citation s2"}; !cmp.Equal(got, want) {
		t.Errorf("the passages shown are of %v, not %v", got, want)
	}
	if pieces := MarkedHeadline(r, vigie.French); len(pieces) != 3 || pieces[1].Text != "fuite" {
		t.Errorf("the headline is marked %v", pieces)
	}
	if pieces := MarkedHeadline(r, vigie.English); len(pieces) != 1 {
		t.Errorf("the English headline has the marks of the French one: %v", pieces)
	}
}

func TestALongPassageIsCutAroundItsMatch(t *testing.T) {
	long := strings.Repeat("before ", 40) + "fuite" + strings.Repeat(" après", 40)
	at := strings.Index(long, "fuite")
	got := Excerpt(vigie.Mark{Field: "quote s1", Text: long, Spans: [][2]int{{at, at + 5}}})
	if len(got) != 3 || got[1].Text != "fuite" || len(got[0].Text)+len(got[2].Text) > 2*around+12 {
		t.Fatalf("the excerpt is %q", got)
	}
	if !strings.HasPrefix(got[0].Text, "… before") || !strings.HasSuffix(got[2].Text, "après …") {
		t.Errorf("the excerpt does not say that it was cut at words: %q", got)
	}
	short := vigie.Mark{Field: "quote s1", Text: "une fuite nette", Spans: [][2]int{{4, 9}}}
	if !cmp.Equal(Excerpt(short), Matches(short)) {
		t.Errorf("a short passage was cut: %q", Excerpt(short))
	}
}

func TestWordsFoundBeyondACutAreNotSetBesideIt(t *testing.T) {
	text := "Temu says " + strings.Repeat("something else ", 20) + "and Temu again"
	last := strings.LastIndex(text, "Temu")
	var shown string
	for _, p := range Excerpt(vigie.Mark{Field: "quote s1", Text: text, Spans: [][2]int{{0, 4}, {last, last + 4}}}) {
		shown += p.Text
	}
	if !strings.HasPrefix(shown, "Temu says") || !strings.HasSuffix(shown, " …") {
		t.Errorf("the excerpt is %q", shown)
	}
}
