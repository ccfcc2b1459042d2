package vigie

import (
	"fmt"
	"strings"
	"testing"
)

func letter() Reply {
	return Reply{ID: "a1", Incident: "temu-2024-09", Kind: ToPublish, Name: "Ana Li", Function: "Press office", Email: "press@temu.example", Text: "We deny it.", Lang: English}
}

func TestALetterIsTakenWhenWeCanAnswerIt(t *testing.T) {
	in := &Incident{Statements: []Statement{{ID: "s1"}}}
	for want, change := range map[string]func(*Reply){
		"": func(r *Reply) {
			r.Statement, r.URL, r.Text = "s1", "https://temu.example/press?id=1", "One line.\n\tAnother."
		},
		"kind missing":      func(r *Reply) { r.Kind = "" },
		"kind unknown_code": func(r *Reply) { r.Kind = "praise" },
		"statement unknown": func(r *Reply) { r.Statement = "s2" },
		"name missing":      func(r *Reply) { r.Name = "" },
		"name malformed":    func(r *Reply) { r.Name = "Ana\nBcc: all" },
		"function too_long": func(r *Reply) { r.Function = strings.Repeat("é", ReplyNameMost+1) },
		"email missing":     func(r *Reply) { r.Email = "" },
		"email malformed":   func(r *Reply) { r.Email = "Ana <press@temu.example>" },
		"email malformed ":  func(r *Reply) { r.Email = "press@localhost" },
		"email malformed  ": func(r *Reply) { r.Email = "press@temu.example\r\nBcc: all@temu.example" },
		"text missing":      func(r *Reply) { r.Text = "" },
		"text too_long":     func(r *Reply) { r.Text = strings.Repeat("é", ReplyMost+1) },
		"text malformed":    func(r *Reply) { r.Text = "a\x00b" },
		"url malformed":     func(r *Reply) { r.URL = "javascript:alert(1)" },
		"url malformed ":    func(r *Reply) { r.URL = "https://user:pass@temu.example/" },
		"kind missing, email missing, text missing": func(r *Reply) { r.Kind, r.Email, r.Text = "", "", "" },
	} {
		r := letter()
		change(&r)
		var got []string
		for _, p := range r.Validate(in) {
			got = append(got, p.Path+" "+p.Code)
			if p.Message.FR == "" || p.Message.EN == "" {
				t.Errorf("%s is not said in both languages", p.Path)
			}
		}
		if said := strings.Join(got, ", "); said != strings.TrimSpace(want) {
			t.Errorf("%q is told as %q", want, said)
		}
	}
}

func TestTheSameLetterSentTwiceHasOneDigest(t *testing.T) {
	again := letter()
	again.ID, again.Email, again.Name = "b2", "Press@Temu.example", "A. Li"
	if again.Digest() != letter().Digest() {
		t.Error("the same words of the same sender are two letters")
	}
	for _, change := range []func(*Reply){func(r *Reply) { r.Text += "." }, func(r *Reply) { r.Incident = "b" }, func(r *Reply) { r.Kind = ToCorrect }, func(r *Reply) { r.Email = "x@temu.example" }} {
		other := letter()
		if change(&other); other.Digest() == letter().Digest() {
			t.Errorf("another letter passes for the same: %+v", other)
		}
	}
	typed := Reply{Name: "  Ana ", Text: "a\r\nb\r\n"}.Trimmed()
	if got := fmt.Sprintf("%q %q", typed.Name, typed.Text); got != `"Ana" "a\nb"` {
		t.Errorf("trimmed: %s", got)
	}
}
