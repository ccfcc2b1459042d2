package reading

import "vigie"

// retail tells whether one of the victims sells to consumers: it is a known
// shop, or the words beside it say so.
func (t *text) retail(victims []*suspected) (bool, []vigie.Span) {
	for _, v := range victims {
		if v.known != nil {
			switch {
			case v.known.own, v.known.role == brandRole && !v.known.ambiguous:
				return true, []vigie.Span{t.span(v.mentions[0].from, v.mentions[0].to)}
			case v.known.role == otherRole && len(victims) == 1:
				return false, nil
			}
		}
	}
	shop, other := 0.0, 0.0
	var spans []vigie.Span
	for i := range t.sents {
		s := &t.sents[i]
		if s.advice || s.recalled {
			continue
		}
		w := 0.5
		if t.mentionsVictim(s) || t.lead(i) {
			w = 1.5
		}
		for _, h := range t.in("retail/shop", s.from, s.to) {
			shop += w
			spans = append(spans, t.span(h.from, h.to))
		}
		other += w * float64(len(t.in("retail/other", s.from, s.to)))
	}
	// the noun that introduces the name decides more than any other
	for _, h := range t.hits["victims/shop"] {
		if t.isVictim(h.name) {
			shop += 3
			spans = append(spans, t.span(h.from, h.to))
		}
	}
	for _, v := range victims {
		for _, n := range v.mentions {
			if t.has(n.from, n.to, "retail/other") { // "Bank of …", "University of …"
				other += 2
			}
		}
	}
	// one who has customers and of whom nothing says what else it is sells to them:
	// to its readers the name alone says so
	for _, h := range t.hits["retail/customers"] {
		if t.live(h.from) {
			shop += 0.5
			spans = append(spans, t.span(h.from, h.to))
			break
		}
	}
	return shop > other, spans
}
