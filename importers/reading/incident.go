package reading

import "vigie"

// isIncident decides whether the text tells a specific attack on somebody, and
// from which words. Advice, flaws, scams in a brand's name and business news
// name companies too: an attack must be told of the victim, in the title or the
// first lines.
func (t *text) isIncident(victims []*suspected) (bool, []vigie.Span) {
	if len(victims) == 0 || len(t.sents) == 0 {
		return false, nil
	}
	v := victims[0]
	score := 0.0
	var spans []vigie.Span
	title := sentence{from: 0, to: t.sents[t.title-1].to}
	lead := t.sents[min(t.title+2, len(t.sents)-1)]
	for _, h := range t.in("incident/attack", 0, lead.to) {
		spans = append(spans, t.span(h.from, h.to))
	}
	if t.has(title.from, title.to, "incident/attack") {
		score += 2
	}
	if t.has(title.to, lead.to, "incident/attack") {
		score++
	}
	if v.title {
		score++
	}
	if v.struck >= 4 {
		score++
	}
	if v.struck >= 8 {
		score++
	}
	if v.title && v.score >= 20 {
		score++
	}
	if t.has(title.from, title.to, "incident/negative") {
		score -= 2
	}
	// news of a flaw, a tool or a technique: only a plain word for an incident in
	// the title outweighs it
	flaws, firm := t.has(title.from, title.to, "incident/flaw"), t.has(title.from, title.to, "incident/firm")
	switch {
	case flaws && firm:
		score--
	case flaws:
		score -= 3
	case len(t.in("incident/flaw", title.to, lead.to)) > 2 && !firm:
		score -= 2
	}
	if len(t.in("incident/scam", 0, lead.to)) > 1 { // somebody writes in the brand's name: the brand was not attacked
		score -= 2
	}
	advice := 0
	for i := range t.sents {
		if t.sents[i].advice {
			advice++
		}
	}
	if advice*3 > len(t.sents)*2 {
		score--
	}
	if len(spans) == 0 && v.struck >= 8 {
		spans = append(spans, t.span(v.mentions[0].from, v.mentions[0].to))
	}
	return score >= 3 && len(spans) > 0, spans
}
