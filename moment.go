package vigie

// Moment is an event of a timeline as a drawing of it needs it: of whom, when, by
// whom and what was done, without the texts.
type Moment struct {
	Incident  string // id of the case
	Company   string // id of its respondent
	Type      string // statement or correction
	Statement string // its id in the case, "" of a correction
	On        Date   // as the source has it, "" when undated; of a correction the day we made it
	Role      Role   // of the speaker, "" of a correction
	By        string // the speaker's name, or else the id of the company that speaks; may be ""
	Acts      []Act
	Recorded  Day // when we published it
}

// Side is on which side of the case the moment stands: against the company, its own
// answer, a third party's word, or a correction of ours.
func (m Moment) Side() Side {
	switch {
	case m.Type == ItemCorrection:
		return SideCorrection
	case m.Role == Attacker:
		return SideClaim
	case m.Role == Respondent:
		return SideAnswer
	}
	return SideOther
}

// Side is who an event of a timeline comes from, as drawings tell them apart.
type Side string

// Sides, in the order in which drawings stack them.
const (
	SideClaim      Side = "claim"
	SideAnswer     Side = "answer"
	SideOther      Side = "other"
	SideCorrection Side = "correction"
)

// Sides in their order.
var Sides = []Side{SideClaim, SideAnswer, SideOther, SideCorrection}

// Reach is what goes with the moments of a query: the edition they are of, and how
// many more the same query has outside the dates that it asks.
type Reach struct {
	Edition        int64
	Earlier, Later int // before After, past Before; 0 when the query has no such bound
}
