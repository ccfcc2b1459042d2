package vigie

// Lag is the time between two events of a case, in days. Max is absent when an
// end is unknown; Min is absent too when the order of the two is not sure.
type Lag struct {
	From string `json:"from"` // occurred, discovered, claim
	To   string `json:"to"`   // discovered, first_word, customers_told, regulator_told
	Min  *int   `json:"min,omitempty"`
	Max  *int   `json:"max,omitempty"`
}

// lagPairs are the intervals drawn, in order. Lags accuse, so the 72 hours of
// GDPR art. 33 are read on discovered → regulator_told only.
var lagPairs = [][2]string{
	{"occurred", "discovered"},
	{"discovered", "customers_told"},
	{"discovered", "regulator_told"},
	{"claim", "first_word"},
	{"claim", "customers_told"},
	{"claim", "regulator_told"},
}

// Lags measures the case's lags. Those that start from an unknown event are left
// out. One whose end is unknown stands without bounds; but of customers and
// regulator only where the case is confirmed, as nobody need tell them of what
// did not happen.
func (in *Incident) Lags() []Lag {
	return in.lags(judge(in, "", Rules))
}

func (in *Incident) lags(j *judgement) []Lag {
	respondent := func(acts ...Act) span {
		return earliest(j.keep(func(u *utterance) bool {
			return u.By.Role == Respondent && u.does(acts...)
		}))
	}
	public := func(s span) span { // nobody's public word came before the first
		s.first = max(s.first, min(in.Disclosed.First(), s.last))
		return s
	}
	events := map[string]span{
		"occurred":   spanOf(in.Occurred),
		"discovered": spanOf(in.Discovered),
		"claim": public(earliest(j.keep(func(u *utterance) bool {
			return u.By.Role != Respondent && u.By.Role != Supplier && u.does(Claims, OffersForSale, Leaks, DemandsRansom, Reports)
		}))),
		"first_word": public(earliest(j.keep(func(u *utterance) bool { // to decline a comment is not a word on the matter
			return u.By.Role == Respondent && (len(u.acts) != 1 || u.acts[0] != NoComment)
		}))),
		"customers_told": respondent(NotifiesCustomers),
		"regulator_told": respondent(NotifiesRegulator),
	}
	var lags []Lag
	for _, p := range lagPairs {
		from, to := events[p[0]], events[p[1]]
		duty := p[1] != "first_word" && j.standing.Evidence != Confirmed || p[1] == "discovered"
		if from == (span{}) || to == (span{}) && duty {
			continue
		}
		lag := Lag{From: p[0], To: p[1]}
		if to != (span{}) {
			if to.last < from.first {
				continue // the company spoke first: there is no such lag
			}
			longest := from.first.Until(to.last)
			lag.Max = &longest
			if to.first >= from.last {
				shortest := from.last.Until(to.first)
				lag.Min = &shortest
			}
		}
		lags = append(lags, lag)
	}
	return lags
}

// span is the first and last day that an event may have taken place.
type span struct{ first, last Day }

func spanOf(d Date) span { return span{d.First(), d.Last()} }

// earliest is when the first of some utterances was made. An undated one may
// come before all others and makes it unknown, unless it answers or follows
// another statement.
func earliest(words []utterance) span {
	var s span
	for _, u := range words {
		d := spanOf(u.said())
		if d == (span{}) {
			if len(u.Answers)+len(u.Supersedes)+len(u.Withdraws) == 0 {
				return span{}
			}
			continue
		}
		if s.first == "" || d.first < s.first {
			s.first = d.first
		}
		if s.last == "" || d.last < s.last {
			s.last = d.last
		}
	}
	return s
}
