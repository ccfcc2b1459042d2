package web

import (
	"slices"
	"strings"
	"testing"

	"vigie"
)

func samplePage(lang vigie.Lang, name string) Incident { return samplePages(lang)[name].(Incident) }

func ids(list []vigie.Statement) (out []string) {
	for _, s := range list {
		out = append(out, s.ID)
	}
	return
}

func TestTheClaimAndTheAnswerStandSideBySide(t *testing.T) {
	p := samplePage(vigie.English, "incident")
	if got := ids(p.Claims()); !slices.Equal(got, []string{"s1", "s4"}) {
		t.Errorf("the claims are %v, not the first one and the one the evidence rests on", got)
	}
	if got := ids(p.Answers()); !slices.Equal(got, []string{"s2", "s5"}) {
		t.Errorf("the answers are %v", got)
	}
}

func TestWithoutAnAnswerThePageSaysThatVigieKnowsOfNoneAndNotThatTheCompanyIsSilent(t *testing.T) {
	page := drawn(t, samplePage(vigie.English, "incident-truffaut"), vigie.English)
	for _, want := range []string{"Vigie knows of no statement by Truffaut.", "This does not mean that the company is silent.", "No figure is known to Vigie, so none is shown.", "20 November 2026"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestTheFirstToSaySoIsToldAsSurelyAsTheDatesAllow(t *testing.T) {
	p := samplePage(vigie.English, "incident")
	if got := ids(p.First()); !slices.Equal(got, []string{"s1"}) || !p.FirstUnsure() {
		t.Errorf("first are %v, unsure %v: s4 is dated to the month only", got, p.FirstUnsure())
	}
	p.Record.Statements = slices.Clone(p.Record.Statements[:4])
	p.Record.Statements[3].On = "2024-09-16"
	if got := ids(p.First()); !slices.Equal(got, []string{"s4", "s1"}) {
		t.Errorf("first are %v: the interval of s1 may begin as early as s4", got)
	}
	p.Record.Statements[3].On = "2024-08"
	if got := ids(p.First()); !slices.Equal(got, []string{"s4"}) {
		t.Errorf("first are %v: August is before September", got)
	}
}

func TestADayThatOnlyEndsAMonthIsNotPrintedAsTheDayOfAStanding(t *testing.T) {
	page := drawn(t, samplePage(vigie.English, "incident"), vigie.English)
	if strings.Contains(page, "30 September 2024") || !strings.Contains(page, "since September 2024 (day unknown)") {
		t.Error("a date known to the month is given a day")
	}
	if !strings.Contains(page, "since 17 September 2024") {
		t.Error("the day of the denial is not given")
	}
}

func TestNobodySaidIsDrawnFromTheLedger(t *testing.T) {
	p := samplePage(vigie.English, "incident")
	want := []string{"unsaid.company-figure", "unsaid.occurred", "unsaid.discovered", "unsaid.checked", "unsaid.official"}
	if got := p.Unsaid(); !slices.Equal(got, want) {
		t.Errorf("unsaid are %v, not %v", got, want)
	}
	if got := samplePage(vigie.English, "incident-truffaut").Unsaid(); slices.Contains(got, "unsaid.company-figure") || !slices.Contains(got, "unsaid.company") {
		t.Errorf("of a company that said nothing, unsaid are %v", got)
	}
}

func TestWhatWasSeenOnlyAsAHeadlineOrAnAddressIsFlagged(t *testing.T) {
	p := samplePage(vigie.English, "incident")
	if p.Glimpsed(vigie.Statement{}) || !p.Glimpsed(vigie.Statement{Sources: []string{"r5"}}) || p.Glimpsed(vigie.Statement{Sources: []string{"r4", "r5"}}) {
		t.Error("one source that was read is enough, and none is not a glimpse")
	}
	p.Record.Sources[4].Seen = vigie.SeenAddress
	for _, s := range p.Record.Statements {
		if p.Glimpsed(s) != (s.ID == "s6") {
			t.Errorf("%s glimpsed: %v", s.ID, p.Glimpsed(s))
		}
	}
	if !strings.Contains(drawn(t, p, vigie.English), "shown, but moves nothing") {
		t.Error("the page does not flag it")
	}
}

func TestTheSafeSentenceCarriesItsSpeakerItsDoubtItsVersionAndItsAddress(t *testing.T) {
	p := samplePage(vigie.French, "incident")
	for lang, wants := range map[vigie.Lang][]string{
		vigie.French:  {"selon le vendeur", "il n’est pas établi", "Temu dément (17 septembre 2024)", "version 2", "https://vigie.example/fr/incidents/temu-2024-09?version=2"},
		vigie.English: {"says the seller", "has not been established", "Temu denies it (17 September 2024)", "version 2", "https://vigie.example/en/incidents/temu-2024-09?version=2"},
	} {
		got, err := words(t, lang).Safe(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q does not say %q", lang, got, want)
			}
		}
	}
}

func TestEveryStandingHasASafeSentence(t *testing.T) {
	for _, lang := range vigie.Langs {
		w := words(t, lang)
		for _, e := range append(vigie.Codes("evidence"), "") {
			for _, pos := range vigie.Codes("position") {
				p := samplePage(lang, "incident")
				d := *p.Record.Derived
				d.Standing = vigie.Standing{Evidence: vigie.Evidence(e), Position: vigie.Position(pos)}
				p.Record.Derived = &d
				if _, err := w.Safe(p); err != nil {
					t.Errorf("%s %s/%s: %v", lang, e, pos, err)
				}
			}
		}
	}
}

func TestAQuoteKeepsItsOwnWordsMarksAndLanguageOnAPageOfTheOther(t *testing.T) {
	page := drawn(t, samplePage(vigie.French, "incident"), vigie.French)
	if !strings.Contains(page, `<blockquote lang="en" dir="auto"><p>“Not a single line of data matches our transaction records”</p>`) {
		t.Error("the English quote is not shown as it was said")
	}
	page = drawn(t, samplePage(vigie.English, "incident"), vigie.English)
	if !strings.Contains(page, `<blockquote lang="fr" dir="auto"><p>«`+"\u00a0passée par une API") {
		t.Error("the French quote is not shown as it was said")
	}
	if !strings.Contains(drawn(t, samplePage(vigie.French, "incident"), vigie.French), `<p lang="en" dir="auto">A headline says`) {
		t.Error("a text that exists in one language only does not say which")
	}
}

func TestABannerSaysWhatDayOrVersionIsShown(t *testing.T) {
	if page := drawn(t, samplePage(vigie.English, "incident-as-of"), vigie.English); !strings.Contains(page, "What the public could know: 18 September 2024.") {
		t.Error("the day asked is not said")
	}
	if page := drawn(t, samplePage(vigie.English, "incident-old"), vigie.English); !strings.Contains(page, "Version 1, since replaced.") {
		t.Error("an old version does not say so")
	}
	if page := drawn(t, samplePage(vigie.English, "incident"), vigie.English); strings.Contains(page, "since replaced") {
		t.Error("the current version says that it is old")
	}
}

func TestTheCurrentVersionAskedByItsNumberIsNotOld(t *testing.T) {
	p := samplePage(vigie.English, "incident")
	if p.Version = 2; p.Old() {
		t.Error("version 2 is the current one")
	}
}

func TestOfOneDayOnlyTheStatementsThatTheStandingRestsOnMovedIt(t *testing.T) {
	denial := sampleItems()[0]
	m := moved(denial)
	if m == nil || m.After.Position != vigie.DeniesIt || m.After.Evidence != m.Before.Evidence {
		t.Errorf("the denial moved %v: the evidence rests on another statement of that day", m)
	}
	insisted := denial
	insisted.Statement = &sampleCase.Statements[2]
	if m := moved(insisted); m != nil {
		t.Errorf("what the seller said that day moved %v", m)
	}
}
