package reading

// takenBack tells whether a denial is one of the past that the company no longer
// holds: it "had denied" and confirms, or it now admits after having denied. A
// denial of the past alone still stands. The words of the admission come with it.
func (t *text) takenBack(h hit) (hit, bool) {
	if admitted, ok := t.admission("stance/admits_now", h.to); ok {
		return admitted, true
	}
	if !t.deniedBefore(h) {
		return hit{}, false
	}
	return t.admission("stance/admits", 0)
}

// deniedBefore tells whether a denial is told as one of before: "avait démenti",
// "which last week denied", "after initially denying".
func (t *text) deniedBefore(h hit) bool {
	s := t.sentOf(h.from)
	for _, p := range t.in("stance/denied_before", s.from, s.to) {
		if p.from < h.to && h.from < p.to {
			return true
		}
	}
	return false
}

// admission finds, from word i on, where the company admits the case, in the
// present or the perfect.
func (t *text) admission(group string, i int) (hit, bool) {
	for _, h := range t.in(group, i, len(t.words)) {
		s := t.sentOf(h.from)
		if s.advice || s.recalled || t.has(s.from, s.to, "stance/none", "figures/untrue") || t.denying(max(s.from, h.from-3), h.to) {
			continue
		}
		if t.companySpeaks(h, s) || t.leads(h, s) {
			return h, true
		}
	}
	return hit{}, false
}

// leads tells whether the victim opens the sentence of h, however far before it,
// and no attacker speaks between them. "The attack on" a victim is not the victim.
func (t *text) leads(h hit, s *sentence) bool {
	for _, n := range t.namesIn(s) {
		if n.from < s.from+4 && n.to <= h.from && t.isVictim([2]int{n.from, n.to}) {
			return !t.has(s.from, n.from, "incident/attack") && !t.has(n.to, h.from, "figures/attacker", "figures/other_word")
		}
	}
	return false
}
