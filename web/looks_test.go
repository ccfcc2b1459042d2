package web

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The stylesheet keeps to the tokens that DESIGN.md explains: colours and sizes of type
// are named once, at its top, so that dark is the same design and type has one scale.
func TestColoursAndSizesOfTypeAreTokens(t *testing.T) {
	css, err := os.ReadFile("static/vigie.css")
	if err != nil {
		t.Fatal(err)
	}
	comments := regexp.MustCompile(`(?s)/\*.*?\*/`)
	colour := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(rgba?|hsla?|oklch)\(`)
	size := regexp.MustCompile(`font(-size)?:[^;]*?[0-9](rem|px)\b`)
	for _, line := range strings.Split(comments.ReplaceAllString(string(css), ""), "\n") {
		rule := strings.TrimSpace(line)
		switch tokens := strings.HasPrefix(rule, "--") || strings.HasPrefix(rule, ":root"); {
		case tokens:
		case colour.MatchString(rule) && !strings.Contains(rule, "::backdrop"):
			t.Errorf("a colour that is no token: %s", rule)
		case size.MatchString(rule) && !strings.HasPrefix(rule, "html") && !strings.HasPrefix(rule, ".drawing text"):
			t.Errorf("a size of type that is no token: %s", rule)
		}
	}
}

// Every token that the stylesheet asks for exists, every one that exists is asked for, and
// DESIGN.md names those of type.
func TestTokensAreDefinedAndExplained(t *testing.T) {
	css, err := os.ReadFile("static/vigie.css")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("DESIGN.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, used := range regexp.MustCompile(`var\((--[a-z-]+)\)`).FindAllStringSubmatch(string(css), -1) {
		if !strings.Contains(string(css), used[1]+":") {
			t.Errorf("%s is used and never defined", used[1])
		}
	}
	for _, token := range regexp.MustCompile(`(--[a-z-]+):`).FindAllStringSubmatch(string(css), -1) {
		if !strings.Contains(string(css), "var("+token[1]+")") {
			t.Errorf("%s is defined and never used", token[1])
		}
	}
	for _, size := range regexp.MustCompile(`(--[a-z]+): [^;]*rem`).FindAllStringSubmatch(string(css), -1) {
		if !strings.Contains(string(page), "`"+size[1]+"`") {
			t.Errorf("DESIGN.md says nothing of %s", size[1])
		}
	}
}
