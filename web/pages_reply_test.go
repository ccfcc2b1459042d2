package web

import (
	"strings"
	"testing"

	"vigie"
)

func TestAnAddressOfEMailAddsNothingToTheAnswer(t *testing.T) {
	at := "a?bcc=all&subject=x%20+y@evil.example"
	letter := vigie.Reply{Kind: vigie.ToCorrect, Name: "A", Function: "B", Email: at, Text: "No.", ID: "ABCDEFGH23", Incident: sampleBoulanger.ID, Lang: vigie.English}
	if problems := letter.Validate(&sampleBoulanger.Incident); len(problems) > 0 { // all of these signs may stand in one
		t.Fatal(problems)
	}
	page := drawn(t, Replies{Frame: sampleFrame(vigie.English, RepliesPath), Open: []ReplyRow{{Reply: letter, Case: sampleBoulanger}}}, vigie.English)
	if want := `href="mailto:a%3Fbcc%3Dall%26subject%3Dx%2520%2By@evil.example?subject=ABCDEFGH23"`; !strings.Contains(page, want) {
		t.Errorf("no %s in %s", want, page[strings.Index(page, "mailto:"):][:120])
	}
}
