package vigie

import "slices"

// Evidence: did an intrusion or leak touching this company happen? A rule that
// finds no words does not hold.

var alleging = []Act{Claims, OffersForSale, Leaks, Reports, Confirms, NotifiesCustomers}

func officialFinding(j *judgement) (Evidence, []utterance) {
	return Confirmed, j.keep(func(u *utterance) bool {
		return u.By.Role.Official() && u.does(Finds, Sanctions, Convicts) && !j.superseded(u, Role.Official)
	})
}

func officialRefutation(j *judgement) (Evidence, []utterance) {
	last := latest(j.keep(func(u *utterance) bool { return u.By.Role.Official() && (u.supports || u.opposes) }))
	if len(last) == 0 || slices.ContainsFunc(last, func(u utterance) bool { return u.supports }) {
		return "", nil
	}
	return Refuted, last
}

func admission(j *judgement) (Evidence, []utterance) {
	return Confirmed, j.keep(func(u *utterance) bool {
		return u.By.Role == Respondent && u.does(Confirms, PartiallyConfirms, NotifiesCustomers) ||
			u.By.Role == Supplier && u.does(Confirms)
	})
}

func collapse(j *judgement) (Evidence, []utterance) {
	standing := j.keep(func(u *utterance) bool { return u.does(alleging...) })
	var taken []utterance
	for _, u := range j.taken {
		if u.does(alleging...) {
			taken = append(taken, u)
		}
	}
	if len(standing) == 0 && len(taken) > 0 {
		back := j.keep(func(u *utterance) bool {
			return slices.ContainsFunc(taken, func(t utterance) bool { return slices.Contains(u.Withdraws, t.ID) })
		})
		return Refuted, append(taken, back...)
	}
	if forIt, against := j.verdicts(); len(forIt) == 0 && len(against) > 0 {
		return Refuted, against
	}
	return "", nil
}

func independentCheck(j *judgement) (Evidence, []utterance) {
	switch forIt, against := j.verdicts(); {
	case len(forIt) == 0:
		return "", nil
	case len(against) == 0:
		return Corroborated, forIt
	default:
		return Reported, append(forIt, against...)
	}
}

func firstHand(j *judgement) (Evidence, []utterance) {
	return Reported, j.keep(func(u *utterance) bool {
		own := u.By.Role == Press || u.By.Role == Researcher || u.By.Role.Official()
		return own && u.does(Reports) || u.does(OpensInquiry, Arrests)
	})
}

func claimOnly(j *judgement) (Evidence, []utterance) {
	claims := j.keep(func(u *utterance) bool {
		return u.By.Role != Respondent && u.does(Claims, OffersForSale, Leaks, DemandsRansom, Reports)
	})
	if len(claims) == 0 { // an answer to what nobody recorded: somebody must have said it
		claims = j.words
	}
	return Alleged, claims
}

// verdicts are the words of independent parties for and against the claim.
func (j *judgement) verdicts() (forIt, against []utterance) {
	forIt = j.keep(func(u *utterance) bool { return u.By.Role.Independent() && u.supports })
	against = j.keep(func(u *utterance) bool { return u.By.Role.Independent() && u.opposes })
	return
}

func (j *judgement) superseded(u *utterance, by func(Role) bool) bool {
	return slices.ContainsFunc(j.words, func(w utterance) bool {
		return by(w.By.Role) && w.ID != u.ID && slices.Contains(w.Supersedes, u.ID)
	})
}

// Position: what does the company say?

func lastStand(j *judgement) (Position, []utterance) {
	words := latest(j.company(Denies, PartiallyConfirms, Confirms, NotifiesCustomers))
	// A tie needs supersedes, and Validate asks for it. Until then what is said
	// outright goes before a bare notice, and the lesser admission before the
	// greater: when in doubt the record accuses less.
	for _, act := range []Act{Denies, PartiallyConfirms, Confirms, NotifiesCustomers} {
		for i := range words {
			if words[i].does(act) {
				j.stand = &words[i]
				if act == Denies {
					return DeniesIt, words[i : i+1]
				}
				return ConfirmsIt, words[i : i+1]
			}
		}
	}
	return "", nil
}

// inPart is P4: a stand that admits less than what is alleged is its own position.
func inPart(j *judgement) {
	if j.standing.Position == ConfirmsIt && j.stand != nil && j.stand.does(PartiallyConfirms) {
		j.standing.Position = PartiallyConfirmsIt
		j.because([]string{j.stand.ID})
	}
}

func lastReserve(j *judgement) (Position, []utterance) {
	words := latest(j.company(Investigating, NoComment))
	for i := range words {
		if words[i].does(Investigating) {
			return IsInvestigating, words[i : i+1]
		}
	}
	if len(words) > 0 {
		return DeclinesComment, words[:1]
	}
	return "", nil
}

func anyWord(j *judgement) (Position, []utterance) {
	if words := j.keep(func(u *utterance) bool { return u.By.Role == Respondent }); len(words) > 0 {
		return Responded, words
	}
	return NoStatement, nil
}

// company is what the respondent said with one of the acts, less what it
// superseded itself.
func (j *judgement) company(acts ...Act) []utterance {
	return j.keep(func(u *utterance) bool {
		return u.By.Role == Respondent && u.does(acts...) &&
			!j.superseded(u, func(r Role) bool { return r == Respondent })
	})
}

// latest keeps the last of some utterances; several when dates cannot tell them
// apart. Dates are placed from the most precise on: one that overlaps a more
// precise one yields to it, and an undated one yields to all.
func latest(words []utterance) []utterance {
	dated := slices.Clone(words)
	dated = slices.DeleteFunc(dated, func(u utterance) bool { return u.said() == "" })
	if len(dated) == 0 {
		return words
	}
	slices.SortStableFunc(dated, func(a, b utterance) int { return a.said().Days() - b.said().Days() })
	var placed []utterance
	for _, u := range dated {
		yields := slices.ContainsFunc(placed, func(p utterance) bool {
			return p.said().Days() < u.said().Days() && p.said().Overlaps(u.said())
		})
		if !yields {
			placed = append(placed, u)
		}
	}
	var last []utterance
	for _, u := range placed {
		later := slices.ContainsFunc(placed, func(p utterance) bool { return p.said().First() > u.said().Last() })
		if !later {
			last = append(last, u)
		}
	}
	return last
}

// word is W.
func word(j *judgement) {
	j.standing.Word = inOneWord(j.standing.Evidence, j.standing.Position)
}

func inOneWord(e Evidence, p Position) string {
	switch {
	case e == "":
		return ""
	case e == Refuted:
		return "refuted"
	case e == Confirmed && p == PartiallyConfirmsIt:
		return "partially_confirmed"
	case e == Confirmed:
		return "confirmed"
	case p == DeniesIt:
		return "contested"
	}
	return "claimed"
}
