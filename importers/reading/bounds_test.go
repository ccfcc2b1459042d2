package reading_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vigie/importers/reading"
)

// A stranger may write anything in a feed: what is compared with what in a reading
// must not grow with the square of the text.
func TestNoTextTakesLong(t *testing.T) {
	var names []string
	for i := range 1600 {
		names = append(names, fmt.Sprintf("%c%c%cx", 'A'+i%26, 'a'+i/26%26, 'a'+i/676%26))
	}
	for why, text := range map[string]string{
		"names hit in one breath":      strings.Repeat("while others were sleeping quietly nearby ", 160) + strings.Join(names, ", ") + " were hit by a cyberattack.",
		"denials without a full stop":  "Vellamo confirmed that hackers stole data: " + strings.Repeat("no passwords were stolen but ", 1500),
		"full stops that end nothing":  "Vellamo confirmed that hackers stole data: " + strings.Repeat("no passwords. were stolen. but ", 1500),
		"a name of ten thousand words": strings.Repeat("Vellamo Ondelia & ", 3000) + " were hit by a cyberattack",
	} {
		start := time.Now()
		reading.Shipped().Read(reading.Document{Lang: "en", Title: "hackers strike shops everywhere today", Text: text})
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("%s: %v", why, took)
		}
	}
}

func TestOfATextWithoutEndTheBeginningIsKept(t *testing.T) {
	r := reading.Shipped().Read(reading.Document{Lang: "fr", Title: "Cyberattaque contre Ondelia", Text: strings.Repeat("é ", 4<<20)})
	if n := utf8.RuneCountInString(r.Text); n != 300_000 || !utf8.ValidString(r.Text) || !strings.HasPrefix(r.Text, "Cyberattaque") {
		t.Errorf("%d characters are kept", n)
	}
}

func TestTheSameTextIsAlwaysReadTheSame(t *testing.T) {
	doc := reading.Document{Lang: "fr", Title: "Cyberattaque contre Ondelia Maison Brico", Text: "Le groupe Ondelia Maison Brico a été victime d’une cyberattaque lundi. Les clients de Ondelia Maison sont prévenus par Ondelia Maison. " +
		"Chez Ondelia, rien ne va plus. Selon Ondelia, les noms de 4 000 clients ont été volés à Ondelia Maison."}
	first := reading.Shipped().Read(doc)
	for range 40 {
		if again := reading.Shipped().Read(doc); !reflect.DeepEqual(first, again) {
			t.Fatalf("read as %q %v, then as %q %v", first.Victims, first.Spans["victims"], again.Victims, again.Spans["victims"])
		}
	}
}
