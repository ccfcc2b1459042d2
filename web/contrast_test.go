package web

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tokensOf are the colours of the stylesheet by name, light and dark.
func tokensOf(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	css, err := os.ReadFile("static/vigie.css")
	if err != nil {
		t.Fatal(err)
	}
	colour := regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-fA-F]{6});`)
	_, rest, ok := strings.Cut(string(css), "prefers-color-scheme: dark")
	first, _, _ := strings.Cut(string(css), "}")
	second, _, _ := strings.Cut(rest, "}\n}")
	if !ok {
		t.Fatal("the stylesheet has no dark")
	}
	light, dark = map[string]string{}, map[string]string{}
	for _, m := range colour.FindAllStringSubmatch(first, -1) {
		light[m[1]], dark[m[1]] = m[2], m[2]
	}
	for _, m := range colour.FindAllStringSubmatch(second, -1) {
		dark[m[1]] = m[2]
	}
	return light, dark
}

// contrast is the ratio of two colours (WCAG 2.2, relative luminance and contrast ratio).
func contrast(a, b string) float64 {
	l1, l2 := luminance(a), luminance(b)
	return (math.Max(l1, l2) + .05) / (math.Min(l1, l2) + .05)
}

func luminance(colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, _ := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#ffffff", "#ffffff", 1}} {
		if got := contrast(c.a, c.b); math.Abs(got-c.want) > .01 {
			t.Errorf("%s on %s is %.2f, not %.2f", c.a, c.b, got, c.want)
		}
	}
}

// Each ink on each ground that it stands on: 4.5:1 for text (WCAG 2.2, 1.4.3), 3:1 for
// shapes and the edges of fields (1.4.11).
func TestEveryInkIsReadOnItsGrounds(t *testing.T) {
	light, dark := tokensOf(t)
	grounds := []string{"paper", "panel", "claim-ground", "answer-ground", "add", "gone", "wrong-ground"}
	pairs := map[string][]string{
		"ink": grounds, "soft": {"paper", "panel", "claim-ground", "answer-ground"}, "link": {"paper", "panel", "claim-ground", "answer-ground"},
		"claim": {"paper", "panel", "claim-ground"}, "answer": {"paper", "panel", "answer-ground"}, "wrong": {"paper", "panel", "wrong-ground"},
		"mark-ink": {"mark"}, "paper": {"ink"},
	}
	shapes := map[string][]string{"strong-line": {"paper", "panel"}}
	for scheme, tokens := range map[string]map[string]string{"light": light, "dark": dark} {
		if len(tokens) < 15 {
			t.Fatalf("only %d colours are read of %s", len(tokens), scheme)
		}
		for least, table := range map[float64]map[string][]string{4.5: pairs, 3: shapes} {
			for ink, grounds := range table {
				for _, ground := range grounds {
					a, b := tokens[ink], tokens[ground]
					if a == "" || b == "" {
						t.Errorf("%s: no colour --%s or --%s", scheme, ink, ground)
					} else if got := contrast(a, b); got < least {
						t.Errorf("%s: --%s on --%s is %.2f:1, less than %s:1", scheme, ink, ground, got, fmt.Sprint(least))
					}
				}
			}
		}
	}
}

// Every colour of the stylesheet is an ink, a ground or a line that the page on the looks explains.
func TestEveryColourIsExplained(t *testing.T) {
	page, err := os.ReadFile("DESIGN.md")
	if err != nil {
		t.Fatal(err)
	}
	light, _ := tokensOf(t)
	for name := range light {
		base := strings.TrimSuffix(strings.TrimSuffix(name, "-ground"), "-ink")
		if !strings.Contains(string(page), "`--"+name+"`") && !strings.Contains(string(page), "`--"+base+"`") {
			t.Errorf("DESIGN.md says nothing of --%s", name)
		}
	}
}
