package web

import (
	"net/url"
	"strings"
	"testing"

	"vigie"
)

// two editors at work on one case: what each made of it.
func twoHands() (c *Conflict, form url.Values) {
	base, theirs, mine := sampleTemu(), sampleTemu(), sampleTemu()
	base.Summary, theirs.Summary, mine.Summary = vigie.Text{EN: "A summary."}, vigie.Text{EN: "Ana's summary."}, vigie.Text{EN: "Bo's summary."}
	theirs.Occurred = "2024-08"                               // only they
	mine.Discovered = "2024-09-10"                            // only I
	theirs.Checked, mine.Checked = "2026-01-02", "2026-01-02" // both, alike
	theirs.Statements[0].Channel = "leak_site"
	mine.Statements[0].Actor = "somebody"
	theirs.Statements = append(theirs.Statements, vigie.Statement{ID: "s9", By: vigie.Speaker{Role: vigie.Press, Name: "Ana's paper"}, Acts: []vigie.Act{vigie.Reports}})
	mine.Statements = append(mine.Statements, vigie.Statement{ID: "s9", By: vigie.Speaker{Role: vigie.Press, Name: "Bo's paper"}, Acts: []vigie.Act{vigie.Reports}},
		vigie.Statement{ID: "s11", By: vigie.Speaker{Role: vigie.Respondent}, Acts: []vigie.Act{vigie.Denies}, Answers: []string{"s9"}})
	form = IncidentForm(mine)
	form.Set("quick.text", "half a line")
	return &Conflict{From: 1, Version: 2, Author: "ana", At: sampleNow, Base: base, Theirs: theirs}, form
}

func TestTwoHandsOnOneCaseAreBroughtTogether(t *testing.T) {
	c, form := twoHands()
	form = c.Reconcile(form)
	out, problems := ParseRecord[vigie.Incident](form)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	first, _ := out.Statement("s1")
	if out.Occurred != "2024-08" || out.Discovered != "2024-09-10" || out.Summary.EN != "Bo's summary." || first.Channel != "leak_site" || first.Actor != "somebody" {
		t.Errorf("occurred %s, discovered %s, summary %q, channel %s, actor %s", out.Occurred, out.Discovered, out.Summary.EN, first.Channel, first.Actor)
	}
	ana, _ := out.Statement("s9")
	if ana == nil || ana.By.Name != "Ana's paper" {
		t.Fatalf("s9 is %+v", ana)
	}
	answer, _ := out.Statement("s11")
	bo, _ := out.Statement(answer.Answers[0])
	if bo == nil || bo.By.Name != "Bo's paper" || bo.ID == "s9" {
		t.Errorf("what answered Bo's row answers %+v", bo)
	}
	if form.Get("quick.text") != "half a line" {
		t.Error("what stood in the quick row is lost")
	}
}

func TestAConflictIsToldFieldByFieldAndEachMayBeTakenBack(t *testing.T) {
	c, form := twoHands()
	form = c.Reconcile(form)
	words := words(t, vigie.English)
	told := func(form url.Values) map[string]Clash {
		out := map[string]Clash{}
		for _, x := range words.Clashes(c, form) {
			out[x.Path] = x
		}
		return out
	}
	now := told(form)
	for path, want := range map[string]string{"summary.en": "both mine", "occurred": "theirs theirs", "discovered": "mine mine", "statements.s1.channel": "theirs theirs", "statements.s9": "theirs theirs", "statements.s11": "mine mine"} {
		if got := now[path].By + " " + now[path].Now; got != want {
			t.Errorf("%s is told as %q, not %q", path, got, want)
		}
	}
	if _, told := now["checked"]; told {
		t.Error("what both did alike is told as a conflict")
	}
	if x := now["summary.en"]; x.Base != "A summary." || x.Theirs != "Ana's summary." || x.Mine != "Bo's summary." {
		t.Errorf("the summaries are told as %+v", x)
	}
	form = c.Take(form, "take:theirs:summary.en")
	form = c.Take(form, "take:mine:occurred")
	form = c.Take(form, "take:mine:statements.s9")
	out, _ := ParseRecord[vigie.Incident](form)
	if _, there := out.Statement("s9"); there || out.Summary.EN != "Ana's summary." || out.Occurred != "" {
		t.Errorf("taken: summary %q, occurred %q", out.Summary.EN, out.Occurred)
	}
	if now := told(form); now["summary.en"].Now != "theirs" || now["occurred"].Now != "mine" {
		t.Errorf("after it was taken: %+v", now)
	}
	form = c.Take(c.Take(c.Take(form, "take:mine:summary.en"), "take:theirs:occurred"), "take:theirs:statements.s9")
	out, _ = ParseRecord[vigie.Incident](form)
	if _, there := out.Statement("s9"); !there || out.Summary.EN != "Bo's summary." || out.Occurred != "2024-08" {
		t.Errorf("taken back: summary %q, occurred %q", out.Summary.EN, out.Occurred)
	}
	for _, action := range []string{"take:theirs:", "take:hers:kind", "save", "take:theirs:statements.s99.on"} {
		if got := c.Take(form, action); strings.Join(got["summary.en"], "") != "Bo's summary." {
			t.Errorf("%s changed the form", action)
		}
	}
}

func TestARowThatOneTookOutAndTheOtherChangedStays(t *testing.T) {
	base, theirs, mine := sampleTemu(), sampleTemu(), sampleTemu()
	gone := base.Statements[1].ID
	theirs.Statements = append(theirs.Statements[:1:1], theirs.Statements[2:]...)
	c := &Conflict{From: 1, Version: 2, Base: base, Theirs: theirs}
	untouched, _ := ParseRecord[vigie.Incident](c.Reconcile(IncidentForm(mine)))
	if _, there := untouched.Statement(gone); there {
		t.Error("a row that only they touched, by taking it out, is still there")
	}
	mine.Statements[1].Channel = "social"
	changed, _ := ParseRecord[vigie.Incident](c.Reconcile(IncidentForm(mine)))
	if _, there := changed.Statement(gone); !there {
		t.Error("a row that I had changed was taken out without a word")
	}
}
