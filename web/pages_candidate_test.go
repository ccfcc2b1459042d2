package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigie"
)

func TestSpansCountCodePointsAndMayOverlap(t *testing.T) {
	p := CandidatePage{Candidate: vigie.Candidate{Reading: vigie.Reading{Text: "🎯 Temu dément"}}, Values: []Value{
		{Field: "victims", Code: "Temu", Spans: []vigie.Span{{2, 6}}}, {Field: "stance", Code: "denies", Spans: []vigie.Span{{4, 13}}}, {Field: "actor", Spans: []vigie.Span{{90, 95}}}}}
	want := []ReadPiece{{Text: "🎯 "}, {Text: "Te", Fields: []string{"victims"}, Values: []int{0}, First: []int{0}},
		{Text: "mu", Fields: []string{"victims", "stance"}, Values: []int{0, 1}, First: []int{1}}, {Text: " dément", Fields: []string{"stance"}, Values: []int{1}}}
	if diff := cmp.Diff(want, p.Pieces()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestHighlightingLosesNoLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		at := rapid.IntRange(-2, 40)
		p := CandidatePage{Candidate: vigie.Candidate{Reading: vigie.Reading{Text: text}}}
		for range rapid.IntRange(0, 5).Draw(t, "values") {
			p.Values = append(p.Values, Value{Field: "victims", Spans: []vigie.Span{{at.Draw(t, "from"), at.Draw(t, "to")}}})
		}
		var back strings.Builder
		begun := 0
		for _, piece := range p.Pieces() {
			back.WriteString(piece.Text)
			begun += len(piece.First)
		}
		if squeezed := func(s string) string { return strings.Join(strings.Fields(s), " ") }; squeezed(back.String()) != squeezed(string([]rune(text))) {
			t.Fatalf("%q came back as %q", text, back.String())
		}
		if begun > len(p.Values) {
			t.Fatalf("%d values begin %d times", len(p.Values), begun)
		}
	})
}
