package vigie

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Survey is the cases of an answer in numbers, to be drawn. Cases are added one by
// one, so that no more than one need be in memory; the zero Survey has none. It adds
// up cases only: figures of speakers stay apart, each with who gave it.
type Survey struct {
	Edition int64     // of the record that the cases were read from
	Cases   int       // how many were added
	Updated time.Time // the newest revision among them
	More    bool      // there are more than TotalMost, and the newest were counted

	Figures []CaseFigures // cases whose attackers or company gave a figure, or whose company denies one
	Waits   []Wait        // how long people waited, a row for each lag of each case

	dated      map[datedEvidence]int // by the month, quarter or year that holds the first public word
	begun      map[datedEvidence]int // by the month of its earliest day, as the search reads it
	data       map[string]DataCount
	undetailed int // cases in which nobody says which data
	sectors    map[string]int
	countries  map[string]int
}

type datedEvidence struct {
	on       Date
	evidence Evidence
}

// CaseFigures is what the attackers of a case claimed and what its company admitted.
type CaseFigures struct {
	Case     string
	Company  Company
	Evidence Evidence
	Position Position
	Claimed  []SpokenFigure // by attackers, in the order of rule F
	Admitted []SpokenFigure // by the company, likewise
}

// Wait is one lag of a case. Checked is the day we last looked for news of the case.
type Wait struct {
	Case    string
	Company Company
	Lag     Lag
	Checked Date
}

// Open tells whether the end of the lag is not known to Vigie, which is not to say
// that the company kept silent.
func (w Wait) Open() bool { return w.Lag.Min == nil && w.Lag.Max == nil }

// DatedCount is how many cases of one evidence had their first public word at a date.
// On is a month, a quarter (2024-07/2024-09) or a year, whichever is the least that
// holds the whole date; empty when none does.
type DatedCount struct {
	On       Date
	Evidence Evidence // empty: nothing counted yet
	Cases    int
}

// DataCount is in how many cases some statement says a kind of data exposed, or says
// it was not. A case may be in both: speakers disagree.
type DataCount struct {
	Data     string
	Exposed  int // cases in which anybody says so
	Admitted int // those of them in which the company itself does
	Excluded int
}

// ValueCount is how many cases have a value; the empty one is "not known".
type ValueCount struct {
	Value string
	Cases int
}

// Add counts one case more, last revised then. Of what follows from it only what is
// counted is worked out.
func (s *Survey) Add(r *Record, updated time.Time) {
	j := judge(&r.Incident, "", Rules)
	evidence, position := j.standing.Evidence, j.standing.Position
	if s.dated == nil {
		s.dated, s.begun, s.data, s.sectors, s.countries = map[datedEvidence]int{}, map[datedEvidence]int{}, map[string]DataCount{}, map[string]int{}, map[string]int{}
	}
	s.Cases++
	if updated.After(s.Updated) {
		s.Updated = updated
	}
	s.dated[datedEvidence{placed(r.FirstWord()), evidence}]++
	if first := r.FirstWord().First(); first != "" {
		s.begun[datedEvidence{Date(first[:7]), evidence}]++
	}
	s.sectors[r.Respondent.Sector]++
	if len(r.Countries) == 0 {
		s.countries[""]++
	}
	for _, country := range slices.Compact(slices.Sorted(slices.Values(r.Countries))) {
		s.countries[country]++
	}
	s.addData(&r.Incident)
	s.addFigures(CaseFigures{Case: r.ID, Company: r.Respondent, Evidence: evidence, Position: position}, j.figures)
	for _, lag := range r.lags(j) {
		s.Waits = append(s.Waits, Wait{Case: r.ID, Company: r.Respondent, Lag: lag, Checked: r.Checked})
	}
}

func (s *Survey) addData(in *Incident) {
	said := map[string]DataCount{}
	for i := range in.Statements {
		st := &in.Statements[i]
		for _, kind := range st.Data {
			c := said[kind]
			c.Exposed = 1
			if st.By.Role == Respondent {
				c.Admitted = 1
			}
			said[kind] = c
		}
		for _, kind := range st.NotData {
			c := said[kind]
			c.Excluded = 1
			said[kind] = c
		}
	}
	if len(said) == 0 {
		s.undetailed++
	}
	for kind, c := range said {
		sum := s.data[kind]
		s.data[kind] = DataCount{kind, sum.Exposed + c.Exposed, sum.Admitted + c.Admitted, sum.Excluded + c.Excluded}
	}
}

func (s *Survey) addFigures(c CaseFigures, figures []SpokenFigure) {
	for _, f := range figures {
		switch f.By.Role {
		case Attacker:
			c.Claimed = append(c.Claimed, f)
		case Respondent:
			c.Admitted = append(c.Admitted, f)
		}
	}
	if len(c.Claimed)+len(c.Admitted) > 0 {
		s.Figures = append(s.Figures, c)
	}
}

// placed is the least month, quarter or year that holds all of a date. About a day is
// some day of its month, about a month some month of its year.
func placed(d Date) Date {
	first, last := string(d.First()), string(d.Last())
	if first == "" || first[:4] != last[:4] {
		return ""
	}
	about := strings.Contains(string(d), "~")
	year := Date(first[:4])
	switch {
	case about && d.Precision() == Month:
		return year
	case first[:7] == last[:7]:
		return Date(first[:7])
	}
	if q := quarterOf(Date(first[:7])); q == quarterOf(Date(last[:7])) {
		return q
	}
	return year
}

// quarterOf is the quarter that a month is in, as an interval of months.
func quarterOf(month Date) Date {
	year, m := string(month)[:5], string(month)[5:]
	for _, q := range [][2]string{{"01", "03"}, {"04", "06"}, {"07", "09"}} {
		if m <= q[1] {
			return Date(year + q[0] + "/" + year + q[1])
		}
	}
	return Date(year + "10/" + year + "12")
}

// Quarter is the quarter that a month of a DatedCount is in; other dates come back as
// they are.
func (c DatedCount) Quarter() Date {
	if len(c.On) == len("2006-01") {
		return quarterOf(c.On)
	}
	return c.On
}

// Dated is how many cases had their first public word when, by evidence: in the order
// of dates, those of no known year last.
func (s *Survey) Dated() []DatedCount {
	var out []DatedCount
	for key, n := range s.dated {
		out = append(out, DatedCount{key.on, key.evidence, n})
	}
	order := Codes("evidence")
	slices.SortFunc(out, func(a, b DatedCount) int {
		return cmp.Or(compareBool(a.On == "", b.On == ""), cmp.Compare(a.On, b.On), cmp.Compare(slices.Index(order, string(a.Evidence)), slices.Index(order, string(b.Evidence))))
	})
	return out
}

// Begun is how many cases the search finds between two months, both included: it goes
// by the earliest day that a date may mean, so one known by its year is in January.
func (s *Survey) Begun(from, to Date, evidence ...Evidence) (n int) {
	for key, cases := range s.begun {
		if from <= key.on && key.on <= to && (len(evidence) == 0 || slices.Contains(evidence, key.evidence)) {
			n += cases
		}
	}
	return n
}

// Data is what is said of each kind of data, the most often exposed first.
func (s *Survey) Data() []DataCount {
	return slices.SortedFunc(maps.Values(s.data), func(a, b DataCount) int {
		return cmp.Or(cmp.Compare(b.Exposed, a.Exposed), cmp.Compare(b.Excluded, a.Excluded), cmp.Compare(a.Data, b.Data))
	})
}

// Undetailed is in how many cases nobody says which data, exposed or not.
func (s *Survey) Undetailed() int { return s.undetailed }

// Sectors is how many cases the companies of each sector have, "not known" last.
func (s *Survey) Sectors() []ValueCount { return counts(s.sectors) }

// Countries is how many cases concern people of each country, "not known" last. A case
// may concern several, so they do not add up.
func (s *Survey) Countries() []ValueCount { return counts(s.countries) }

func counts(of map[string]int) []ValueCount {
	var out []ValueCount
	for value, n := range of {
		out = append(out, ValueCount{value, n})
	}
	slices.SortFunc(out, func(a, b ValueCount) int {
		return cmp.Or(compareBool(a.Value == "", b.Value == ""), cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Value, b.Value))
	})
	return out
}
