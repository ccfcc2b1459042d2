package web

import (
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// teller words what happened in one case, in one language.
type teller struct {
	c       Context
	r       vigie.Record // the case; only its id when it is not known
	now     vigie.Standing
	company string
}

func (c Context) tellerOf(item vigie.Item) teller {
	if item.Case != nil {
		return c.tellerOfCase(*item.Case)
	}
	return teller{c: c, r: vigie.Record{Incident: vigie.Incident{ID: item.Incident}}, now: item.Standing.After, company: item.Incident}
}

func (c Context) tellerOfCase(r vigie.Record) teller {
	t := teller{c: c, r: r, company: r.Respondent.Name}
	if r.Derived != nil {
		t.now = r.Derived.Standing
	}
	for _, name := range []string{r.Company, r.ID} {
		if t.company == "" {
			t.company = name
		}
	}
	return t
}

func (t teller) in(text vigie.Text) string { return text.In(t.c.Lang) }

// speaker names who speaks, as titles do.
func (t teller) speaker(by vigie.Speaker) string {
	switch {
	case by.Role == vigie.Respondent:
		return t.company
	case by.Role == vigie.Attacker:
		if t.sells(by) {
			return t.in(feedSeller)
		}
	case by.Name != "":
		return by.Name
	}
	return t.in(feedSpeakers[by.Role])
}

// sells tells whether the attacker offers data for sale anywhere in the case.
func (t teller) sells(by vigie.Speaker) bool {
	return slices.ContainsFunc(t.r.Statements, func(s vigie.Statement) bool {
		return s.By == by && s.Does(vigie.OffersForSale)
	})
}

// claimant tells whether what the speaker says of the attack is a claim.
func claimant(r vigie.Role) bool { return r.Claimant() }

// statement says in one line who did what to whom: "Temu: the seller offers data
// for sale – CLAIM of 87 million records, denied by Temu". A figure never stands
// without its speaker, and what the company denies is always said to be denied.
func (t teller) statement(s *vigie.Statement) string {
	var did []string
	for _, act := range s.Acts {
		if act == vigie.Denies {
			continue // last: its sentence is the longest
		}
		verb, ok := feedVerbs[act]
		words := fill(t.in(verb), "{target}", t.in(t.target(s)))
		if !ok {
			words = vigie.Label("act", string(act), t.c.Lang)
		}
		did = append(did, words)
	}
	if s.Does(vigie.Denies) {
		did = append(did, t.denial(s))
	}
	verbs := strings.Join(did, t.in(feedWords.Comma))
	if n := len(did); n > 1 {
		verbs = strings.Join(did[:n-1], t.in(feedWords.Comma)) + t.in(feedWords.And) + did[n-1]
	}
	line := t.company + " " + verbs
	if s.By.Role != vigie.Respondent {
		line = t.company + t.in(feedWords.Colon) + t.speaker(s.By) + " " + verbs
	}
	if figures := t.figures(s); figures != "" {
		line += t.in(feedWords.Dash) + figures
	}
	line += t.since(s)
	if t.unread(s) {
		line += t.in(feedWords.NotCounted)
	}
	return oneLine(line)
}

// unread tells that nobody read more of the statement's sources than a headline
// or an address: it is shown, flagged, and moves nothing (rule C3).
func (t teller) unread(s *vigie.Statement) bool { return len(t.sourcesOf(s)) > 0 && !t.r.Counts(s) }

// dated adds to a title the day it was said, which is not the day of the item: an
// old word recorded late is not news of today.
func (t teller) dated(title string, s *vigie.Statement) string {
	if !s.On.Known() {
		return title
	}
	return title + " [" + s.On.In(t.c.Lang) + "]"
}

// figures are those of the statement, each said to be what it is.
func (t teller) figures(s *vigie.Statement) string {
	var list []string
	for _, f := range s.Figures {
		list = append(list, f.In(t.c.Lang))
	}
	all := strings.Join(list, t.in(feedWords.Semicolon))
	switch {
	case all == "":
		return ""
	case t.claimed(s):
		return t.in(feedWords.Claim) + all
	case s.Does(vigie.Finds, vigie.Sanctions, vigie.Convicts):
		return t.in(feedWords.Finding) + all
	}
	return all + t.in(feedWords.Says) + t.speaker(s.By)
}

// claimed tells whether the figures of the statement are to be called a claim. Those
// of someone who checked the data are, only while the company denies.
func (t teller) claimed(s *vigie.Statement) bool {
	return claimant(s.By.Role) && !s.Does(vigie.Refutes) && (t.now.Position == vigie.DeniesIt || !s.Does(vigie.Corroborates))
}

// alleges tells whether what the statement says is what a denial denies and a
// refutation refutes: that an attack took place, or a figure of it. To open an
// inquiry alleges nothing.
func (t teller) alleges(s *vigie.Statement) bool {
	switch {
	case s.By.Role == vigie.Respondent, s.Does(vigie.Refutes, vigie.Retracts):
		return false
	case s.Does(vigie.Corroborates):
		return t.target(s) == feedWords.TheClaim
	}
	return len(s.Figures) > 0 || s.Does(vigie.Claims, vigie.OffersForSale, vigie.Leaks, vigie.DemandsRansom, vigie.Reports,
		vigie.Confirms, vigie.PartiallyConfirms, vigie.NotifiesCustomers, vigie.Finds)
}

// since tells what became of the words of anyone but the company.
func (t teller) since(s *vigie.Statement) string {
	switch {
	case slices.ContainsFunc(t.r.Statements, func(o vigie.Statement) bool { return slices.Contains(o.Withdraws, s.ID) }):
		return t.in(feedWords.Withdrawn)
	case !t.alleges(s):
		return ""
	case t.now.Evidence == vigie.Refuted:
		return t.in(feedWords.Refuted)
	case t.now.Position == vigie.DeniesIt:
		return fill(t.in(feedWords.DeniedBy), "{company}", t.company)
	}
	return ""
}

// denial names the claim that is denied when the statement says which it answers.
func (t teller) denial(s *vigie.Statement) string {
	var first *vigie.Statement
	for _, answered := range t.answered(s) {
		if answered.By.Role == s.By.Role {
			continue
		}
		if len(answered.Figures) > 0 {
			return fill(t.in(feedWords.Denies), "{by}", t.speaker(answered.By), "{figure}", answered.Figures[0].In(t.c.Lang))
		}
		if first == nil {
			first = answered
		}
	}
	if first != nil {
		return fill(t.in(feedWords.DeniesIt), "{by}", t.speaker(first.By))
	}
	return t.in(feedWords.DeniesAll)
}

// target is what a check upholds or contradicts: a denial, or else the claim (rule C4).
func (t teller) target(s *vigie.Statement) vigie.Text {
	for _, answered := range t.answered(s) {
		if answered.Does(vigie.Denies) {
			return feedWords.TheDenial
		}
	}
	return feedWords.TheClaim
}

func (t teller) answered(s *vigie.Statement) []*vigie.Statement {
	var list []*vigie.Statement
	for _, id := range s.Answers {
		if a, ok := t.r.Statement(id); ok {
			list = append(list, a)
		}
	}
	return list
}

// correction says in one line what we corrected. The note is left to the text: it
// may hold a figure, and a title has no room for its speaker.
func (t teller) correction(c vigie.Correction) string {
	what := feedWords.Corrected
	if slices.Contains(c.Changed, "state") {
		switch t.r.State {
		case vigie.Retracted:
			what = feedWords.WasRetracted
		case vigie.Merged:
			what = feedWords.WasMerged
		}
	}
	line := t.company + t.in(feedWords.Colon) + fill(t.in(what), "{site}", t.c.siteName())
	return oneLine(line + fill(t.in(feedWords.InVersion), "{version}", strconv.Itoa(c.Version)))
}
