package reading

import "vigie"

// stanceActs are the answers the reader looks for, in the order they are given.
var stanceActs = []vigie.Act{vigie.Denies, vigie.Confirms, vigie.PartiallyConfirms, vigie.Investigating, vigie.NoComment, vigie.NotifiesCustomers, vigie.NotifiesRegulator}

// NoAnswer is the stance of a company of which the text reports no answer.
const NoAnswer = "none"

// stance reads what the company answers to this case, each act with its words.
func (t *text) stance() ([]string, []vigie.Span) {
	found := map[vigie.Act]hit{}
	note := func(act vigie.Act, h hit) {
		if old, ok := found[act]; !ok || h.from < old.from {
			found[act] = h
		}
	}
	for _, act := range stanceActs {
		if act == vigie.Confirms {
			continue
		}
		for _, h := range t.hits["stance/"+string(act)] {
			s := t.sentOf(h.from)
			if s.advice || s.recalled || s.heading && t.words[h.from].sent > 0 {
				continue
			}
			if act == vigie.NotifiesRegulator && (!t.has(s.from, s.to, "stance/notify_verb") || t.has(s.from, s.to, "stance/not_regulator") && !t.firmRegulator(s)) {
				continue
			}
			if act == vigie.NotifiesRegulator && t.private(s) {
				continue
			}
			if act == vigie.Investigating && t.has(s.from, s.to, "stance/official_inquiry") && !t.has(s.from, s.to, "stance/own_inquiry") {
				continue
			}
			if (act == vigie.NotifiesCustomers || act == vigie.NotifiesRegulator || act == vigie.Investigating) && t.negated(h, s) {
				continue
			}
			if act == vigie.Investigating && h.name[1] > 0 && !t.isVictim(h.name) {
				continue
			}
			if act == vigie.NotifiesCustomers && (t.has(s.from, s.to, "stance/internal_notice") || t.has(h.from, h.to, "stance/not_customers")) {
				continue
			}
			if act == vigie.PartiallyConfirms { // it made little of it, and owns to it now
				if _, ok := t.admission("stance/admits_now", 0); ok {
					continue
				}
			}
			if act == vigie.Denies {
				if t.neither(h) || t.deniedByAnother(h) {
					continue
				}
				if admitted, ok := t.takenBack(h); ok {
					note(vigie.Confirms, admitted)
					continue
				}
			}
			note(act, h)
		}
	}
	// a denial in words about data or a part only is no denial of the case
	if h, ok := found[vigie.Denies]; ok && t.deniesPart(h) {
		delete(found, vigie.Denies)
	}
	// who tells those concerned of the breach denies, far down, that one of its systems was in it
	if h, ok := found[vigie.Denies]; ok && t.words[h.from].sent > t.title+3 && !t.has(h.from, h.to, "stance/whole") {
		if _, told := found[vigie.NotifiesCustomers]; told {
			delete(found, vigie.Denies)
		}
	}
	_, denies := found[vigie.Denies]
	if denies {
		delete(found, vigie.Confirms)
	}
	if h, ok := t.fact(); ok && !denies {
		note(vigie.Confirms, h)
	}
	if _, partial := found[vigie.PartiallyConfirms]; !partial && !t.exposure {
		// an attempt, or a disturbance, is all that is admitted when no data are told of
		for _, h := range t.hits["stance/attempted"] {
			if t.live(h.from) && t.words[h.from].sent < 4 {
				note(vigie.PartiallyConfirms, h)
			}
		}
	}
	if _, partial := found[vigie.PartiallyConfirms]; partial {
		_, confirms := found[vigie.Confirms]
		if denies || !confirms {
			delete(found, vigie.PartiallyConfirms)
		} else {
			delete(found, vigie.Confirms)
		}
	}
	if _, told := found[vigie.NotifiesCustomers]; told && !denies {
		if _, partial := found[vigie.PartiallyConfirms]; !partial {
			note(vigie.Confirms, found[vigie.NotifiesCustomers])
		}
	}
	// a company that inquires into an attack it does not put in doubt confirms it
	if h, ok := found[vigie.Investigating]; ok && !denies && len(t.hits["stance/none"]) == 0 {
		if _, partial := found[vigie.PartiallyConfirms]; !partial {
			note(vigie.Confirms, h)
		}
	}
	if _, told := found[vigie.NotifiesRegulator]; denies && told {
		delete(found, vigie.NotifiesRegulator)
	}
	if denies {
		delete(found, vigie.NotifiesCustomers)
	}
	var list []string
	var spans []vigie.Span
	for _, act := range stanceActs {
		if h, ok := found[act]; ok {
			list = append(list, string(act))
			spans = append(spans, t.span(h.from, h.to))
		}
	}
	if len(list) == 0 {
		for _, h := range t.hits["stance/unanswered"] {
			if t.live(h.from) {
				return []string{string(vigie.NoComment)}, []vigie.Span{t.span(h.from, h.to)}
			}
		}
		return []string{NoAnswer}, nil
	}
	return list, spans
}

// firmRegulator tells whether a sentence that also names the police names a data
// protection authority.
func (t *text) firmRegulator(s *sentence) bool {
	for i := s.from; i < s.to; i++ {
		switch t.words[i].fold {
		case "cnil", "ico", "commissioner", "commission", "protection", "regulators", "competentes":
			return true
		}
	}
	return false
}

// neither tells whether a word of denial or confirmation is one of "neither
// confirms nor denies".
func (t *text) neither(h hit) bool {
	s := t.sentOf(h.from)
	for _, n := range t.in("stance/neither", s.from, s.to) {
		if n.from < h.to && h.from < n.to {
			return true
		}
	}
	return false
}

// deniedByAnother tells whether it is not the company that denies: "the hackers
// denied asking for a ransom", "le parquet dément". What is denied by the company
// is, whoever stands before it.
func (t *text) deniedByAnother(h hit) bool {
	s := t.sentOf(h.from)
	if h.from+1 < s.to && (t.words[h.from+1].fold == "by" || t.words[h.from+1].fold == "par") {
		return false
	}
	for _, p := range t.in("stance/another_denies", s.from, h.to) {
		if h.from < p.to {
			return true
		}
	}
	for _, n := range t.namesIn(s) {
		if n.to == h.from && n.known != nil && (n.known.role == actorRole || n.known.role == authorityRole) {
			return t.beside(h.from) && !t.victims[t.root(n.key)]
		}
	}
	return false
}

// private tells whether a person speaks for himself in a sentence, as a customer
// does who complains to the regulator: a company says "we".
func (t *text) private(s *sentence) bool {
	for i := s.from; i < s.to; i++ {
		if w := &t.words[i]; w.raw == "I" || w.fold == "je" || w.fold == "j" {
			return true
		}
	}
	return false
}

func (t *text) negated(h hit, s *sentence) bool {
	for i := s.from; i < h.from; i++ { // "if customer data is affected, we will notify…"
		if w := t.words[i].fold; (w == "if" || w == "si") && i+1 < s.to {
			return true
		}
	}
	for i := max(s.from, h.from-3); i < h.to; i++ {
		switch t.words[i].fold {
		case "not", "never", "pas", "n", "sans", "without", "failed", "didn", "hasn", "haven", "ne", "aucun", "aucune":
			return true
		}
	}
	return false
}

// deniesPart tells whether a denial is only of a part: data, a number, a motive.
func (t *text) deniesPart(h hit) bool {
	s := t.sentOf(h.from)
	if t.has(max(s.from, h.from-2), h.to, "stance/whole") { // the data are not its own, no trace in its systems: it denies the case
		return false
	}
	return h.phrase != nil && t.words[h.from].sent > 2 && !t.speaks(s) && !t.has(s.from, s.to, "incident/attack")
}

// fact finds a sentence in which the company speaks of the attack as a fact.
func (t *text) fact() (hit, bool) {
	for _, h := range t.hits["stance/fact"] {
		s := t.sentOf(h.from)
		if s.advice || s.recalled {
			continue
		}
		if t.has(s.from, s.to, "stance/none") || t.neither(h) {
			continue
		}
		if t.companySpeaks(h, s) {
			return h, true
		}
	}
	return hit{}, false
}

// companySpeaks tells whether the subject of a verb of saying is the victim: its
// name, or a noun that stands for it, just before or just after.
func (t *text) companySpeaks(h hit, s *sentence) bool {
	from, to := max(s.from, h.from-12), min(s.to, h.to+6)
	for _, o := range t.in("figures/attacker", s.from, h.to) { // "the seller says that the company…"
		if o.from < h.from && h.from < o.to {
			return false
		}
	}
	for i := h.from - 1; i >= from; i-- {
		if n, ok := t.nameFrom(i); ok && n.to <= h.from {
			if t.victims[t.root(n.key)] {
				return true
			}
			if n.known != nil && (n.known.role == actorRole || n.known.role == pressRole || n.known.role == authorityRole || n.known.role == techRole) {
				return false
			}
		}
		if t.standsForCompany(i) {
			return true
		}
		if h.from-i > 8 {
			break
		}
	}
	for i := h.to; i < to; i++ {
		if n, ok := t.nameFrom(i); ok {
			return t.victims[t.root(n.key)]
		}
		if t.standsForCompany(i) {
			return true
		}
	}
	for i := h.from; i < h.to; i++ {
		if t.standsForCompany(i) {
			return true
		}
	}
	// "Elle précise", "it added": the one the sentence before spoke of
	if h.from > s.from && t.words[h.from].sent > 0 {
		switch t.words[h.from-1].fold {
		case "elle", "it":
			return h.from-s.from < 4
		}
	}
	return false
}

// standsForCompany tells whether a word stands for the victim: l'enseigne, the
// retailer, a spokesperson.
func (t *text) standsForCompany(i int) bool {
	return t.lex.set("company_words")[t.words[i].fold] && (i == 0 || t.lex.set("determiners")[t.words[i-1].fold] || t.lex.set("org_nouns")[t.words[i-1].fold])
}
