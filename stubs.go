package vigie

import "time"

type DayStanding struct {
	Day      Day      `json:"day,omitempty"`
	Standing Standing `json:"standing"`
}

func (in *Incident) Standing(asOf Day) Standing                   { return Standing{Position: NoStatement} }
func (in *Incident) Standings() []DayStanding                     { return nil }
func (in *Incident) KnownOn(s *Statement) Day                     { return s.On.Last() }
func (in *Incident) AsOf(day Day) Incident                        { return *in }
func (in *Incident) Figures(asOf Day) []SpokenFigure              { return nil }
func (in *Incident) FigureOfRecord(asOf Day) (SpokenFigure, bool) { return SpokenFigure{}, false }
func (in *Incident) Lags() []Lag                                  { return nil }
func (in *Incident) Headline(company string, asOf Day) Text       { return Text{FR: company, EN: company} }
func (in *Incident) Move(statement string) Move                   { return Move{} }
func Derive(in *Incident, company string, version int, recorded, updated time.Time) *Derived {
	return &Derived{Version: version, Recorded: recorded, Updated: updated}
}
func (in *Incident) FirstWord() Date { return in.Disclosed }

// Change is one difference between two versions of a case.
type Change struct {
	Path        string `json:"path"`
	What        string `json:"what"` // added, removed, changed
	Substantive bool   `json:"substantive"`
	Correction  bool   `json:"correction"`
}

func Changes(before, after *Incident) []Change      { return nil }
func Merge(into, from Incident, at string) Incident { return into }
