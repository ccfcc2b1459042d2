package web

import (
	"slices"

	"vigie"
)

// The public pages. Each holds what its template shows and nothing else.

// Home is the front page.
type Home struct {
	Frame
	Latest      []vigie.Record // newest cases first
	Answers     []vigie.Item   // newest statements of companies first
	Contested   []vigie.Record // that the company denies, newest first
	Corrections []vigie.Item   // the latest
	Glance      Glance
}

// Glance is the state of things in figures.
type Glance struct {
	Cases, Statements, Sources int
	Evidence, Position         []vigie.Facet
	Crossings                  []vigie.Crossing // of both axes
	Years                      []vigie.Facet    // that cases are of
}

// Incidents is the search.
type Incidents struct {
	Frame
	Asked  vigie.Query
	Answer vigie.Answer      // with its Facets and Suggestions
	Near   []vigie.Near      // when the answer has no case
	Actors map[string]string // names of attackers as the record writes them, by slug
	Pager  Pager
}

// Incident is one case.
type Incident struct {
	Frame
	Record  vigie.Record
	Company vigie.Company
	Wave    *vigie.Wave
	Related []Kin            // other cases of the wave, of the supplier and of the company
	Steps   []Step           // the days when something became known, whatever day is shown
	Events  []vigie.Item     // statements and corrections, the oldest first
	History []vigie.Revision // oldest first, bodies not needed
	Version int              // the version asked for, 0 for the current one
	AsOf    vigie.Day        // the day asked for, "" for today
}

// History is the revisions of a case and what changed between two of them.
type History struct {
	Frame
	Record        vigie.Record
	Company       vigie.Company
	Revisions     []vigie.Revision // oldest first
	From, To      int              // the versions compared, 0 when none is
	Before, After *vigie.Incident  // their bodies, nil when redacted or none
}

// Latest are the revisions, newest first.
func (p History) Latest() []vigie.Revision {
	out := slices.Clone(p.Revisions)
	slices.Reverse(out)
	return out
}

// Previous is the address that compares a version with the one before it.
func (p History) Previous(version int) string {
	return PagePath(p.Lang, ComparePath(p.Record.ID, version-1, version))
}

// Companies is the list of companies.
type Companies struct {
	Frame
	Rows []CompanyRow
}

// CompanyRow is a company and its cases, in short.
type CompanyRow struct {
	Company vigie.Company
	Cases   int
	Latest  *vigie.Record
}

// Company is one company and its cases.
type Company struct {
	Frame
	Company vigie.Company
	Cases   []vigie.Record
	Items   []vigie.Item // what it said and what was said about it, newest first
}

// Waves is the list of campaigns.
type Waves struct {
	Frame
	Rows []WaveRow
}

// WaveRow is a campaign and how many cases it joins.
type WaveRow struct {
	Wave  vigie.Wave
	Cases int
}

// Wave is one campaign.
type Wave struct {
	Frame
	Wave  vigie.Wave
	Cases []vigie.Record
	Items []vigie.Item
}

// Timeline is statements and corrections in order, for any query.
type Timeline struct {
	Frame
	Asked    vigie.Query
	Timeline vigie.Timeline
	Next     string
	Plot     *Plot // of the whole answer, on its first page; else nil
}

// Corrections is what was corrected, when and why.
type Corrections struct {
	Frame
	Timeline vigie.Timeline // items of type correction
	Next     string
}

// Credits says whose words and lists the record draws on.
type Credits struct {
	Frame
	Credits []vigie.Credit
}

// About says what Vigie is, its rules and its words.
type About struct{ Frame }

// Problem is an error told to a person.
type Problem struct {
	Frame
	Status  int
	Detail  vigie.Text // a plain sentence; empty: that of the status
	Allowed []string   // what may be asked for here, where something else was
}

// Gone stands where a case was.
type Gone struct {
	Frame
	Tombstone vigie.Tombstone
	Company   vigie.Company
}
