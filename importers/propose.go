package importers

import (
	"slices"
	"strings"

	"vigie"
	"vigie/importers/reading"
)

// sentences are the plain ones we may write for the editor, by act: who speaks,
// what is done. Anything finer is the editor's to write.
var sentences = map[vigie.Act]vigie.Text{
	vigie.Denies:            {FR: "%s dément.", EN: "%s denies it."},
	vigie.Confirms:          {FR: "%s confirme.", EN: "%s confirms it."},
	vigie.PartiallyConfirms: {FR: "%s confirme en partie.", EN: "%s confirms it in part."},
	vigie.Investigating:     {FR: "%s dit enquêter.", EN: "%s says it is investigating."},
	vigie.NoComment:         {FR: "%s ne fait pas de commentaire.", EN: "%s makes no comment."},
	vigie.NotifiesCustomers: {FR: "%s prévient les personnes concernées.", EN: "%s notifies the people concerned."},
	vigie.NotifiesRegulator: {FR: "%s saisit l’autorité de contrôle.", EN: "%s notifies the regulator."},
}

// answers are the acts of the company, in the order they are written down.
var answers = []vigie.Act{vigie.Denies, vigie.Confirms, vigie.PartiallyConfirms, vigie.Investigating, vigie.NoComment, vigie.NotifiesCustomers, vigie.NotifiesRegulator}

// Propose drafts the ledger rows that a candidate suggests, for an editor to
// check: the claim, by the attacker when the text names one, and the company's
// answer. Ids are local (r1, s1, s2); company is the id of the respondent. On is
// the day on which the article itself says that they spoke, else empty, since an
// article's day is not the day of the words it reports: an undated statement
// counts from its source's publication (rule C1). A row that
// only repeats is not proposed: press that repeats is a source (rule C2).
func Propose(c vigie.Candidate, company string) ([]vigie.Source, []vigie.Statement) {
	if c.Draft != nil {
		return drafted(c.Draft, company)
	}
	src := c.Source
	src.ID = "r1"
	if src.Seen == "" {
		src.Seen = vigie.SeenFull
	}
	r := &c.Reading
	if !r.IsIncident {
		return []vigie.Source{src}, nil
	}
	var out []vigie.Statement
	if s, ok := claim(r); ok {
		out = append(out, s)
	}
	if s, ok := answer(r, company); ok {
		if len(out) > 0 && (s.Does(vigie.Denies) || s.Does(vigie.Confirms) || s.Does(vigie.PartiallyConfirms)) {
			s.Answers = []string{"s1"}
		}
		out = append(out, s)
	}
	for i := range out {
		out[i].ID = "s" + string(rune('1'+i))
		out[i].Sources = []string{src.ID}
	}
	return []vigie.Source{src}, out
}

// drafted are the rows that a structured source already is; only the company of
// the record is not known to it.
func drafted(in *vigie.Incident, company string) ([]vigie.Source, []vigie.Statement) {
	statements := slices.Clone(in.Statements)
	for i := range statements {
		if statements[i].By.Role == vigie.Respondent {
			statements[i].By.Company = company
		}
	}
	return slices.Clone(in.Sources), statements
}

// claim is what somebody else than the company says: an attacker when one is
// named or the text says it is claimed. Without an attacker and with the company
// confirming, nobody else has spoken.
func claim(r *vigie.Reading) (vigie.Statement, bool) {
	s := vigie.Statement{By: vigie.Speaker{Role: vigie.Attacker}, Acts: []vigie.Act{vigie.Claims}}
	companySpeaks := says(r, vigie.Confirms) || says(r, vigie.PartiallyConfirms)
	for _, a := range r.Affected {
		if (a.Status == "claimed" || a.Status == "denied") && !own(r, a) {
			s.Figures = append(s.Figures, figure(a))
		}
	}
	if len(r.Actor) == 0 && (companySpeaks || len(s.Figures) == 0 && !says(r, vigie.Denies)) {
		return s, false
	}
	if len(r.Actor) == 1 { // of several, the editor says who spoke
		s.Actor, s.By.Name = r.Actor[0], r.Actor[0]
	}
	if !companySpeaks { // else it is the company that names the data
		s.Data = r.DataTypes
	}
	name := s.By.Name
	if name == "" {
		s.Text = vigie.Text{FR: "Un attaquant revendique l’attaque.", EN: "An attacker claims the attack."}
	} else {
		s.Text = vigie.Text{FR: name + " revendique l’attaque.", EN: name + " claims the attack."}
	}
	s.On = saidOn(r, reading.AttackerDate)
	return s, true
}

// answer is what the company says. A figure goes under it only when the text
// gives it as the company's own, which a company that denies the rest may do too.
func answer(r *vigie.Reading, company string) (vigie.Statement, bool) {
	name := company
	if len(r.Victims) > 0 {
		name = r.Victims[0]
	}
	s := vigie.Statement{By: vigie.Speaker{Role: vigie.Respondent, Name: name, Company: company}}
	var fr, en []string
	for _, act := range answers {
		if says(r, act) {
			s.Acts = append(s.Acts, act)
			fr = append(fr, strings.ReplaceAll(sentences[act].FR, "%s", name))
			en = append(en, strings.ReplaceAll(sentences[act].EN, "%s", name))
		}
	}
	if len(s.Acts) == 0 {
		return s, false
	}
	s.Text = vigie.Text{FR: strings.Join(fr, " "), EN: strings.Join(en, " ")}
	s.NotData = r.DataTypesExcluded
	s.On = saidOn(r, reading.CompanyDate)
	if s.Does(vigie.Confirms, vigie.PartiallyConfirms) {
		s.Data = r.DataTypes
	}
	for _, a := range r.Affected {
		if a.Status == "confirmed" && own(r, a) {
			s.Figures = append(s.Figures, figure(a))
		}
	}
	return s, true
}

// own tells whether the company itself gives a figure.
func own(r *vigie.Reading, c vigie.Count) bool {
	return slices.Contains(r.Spans[reading.CompanyFigure], c.Span)
}

// saidOn is the day that the text gives to the words of the company or of the
// attacker: whole or nothing.
func saidOn(r *vigie.Reading, field string) vigie.Date {
	spans := r.Spans[field]
	if len(spans) != 1 {
		return ""
	}
	return reading.Shipped().Day(reading.Slice(r.Text, spans[0]), r.Lang, r.Published)
}

func says(r *vigie.Reading, act vigie.Act) bool {
	for _, s := range r.Stance {
		if s == string(act) {
			return true
		}
	}
	return false
}

// figure turns a count as read into a figure of the ledger: "more than" has only
// a floor, "up to" only a ceiling.
func figure(c vigie.Count) vigie.Figure {
	f := vigie.Figure{Min: c.Value, Max: c.Value, Unit: c.Unit, Qualifier: c.Qualifier}
	switch c.Qualifier {
	case vigie.MoreThan, vigie.Vague:
		f.Max = 0
	case vigie.UpTo:
		f.Min = 0
	}
	return f
}
