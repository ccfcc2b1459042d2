package web

import (
	"net/url"
	"slices"
	"time"

	"vigie"
)

// The pages of the editors.

// SignIn asks for a name and a password. It posts name, password and return to
// its own address.
type SignIn struct {
	Frame
	Return string // where to go afterwards, a path of ours
	Name   string // as typed
	Failed bool   // the pair was not known
	Wait   int    // seconds to wait after too many tries, 0 for none
}

// Desk is the queue of candidates.
type Desk struct {
	Frame
	Status     string // open, accepted, attached, rejected, withdrawn
	Counts     []vigie.Facet
	Candidates []CandidateRow
	Next       string
}

// CandidateRow is a candidate in the queue.
type CandidateRow struct {
	Candidate vigie.Candidate
	Suspects  []vigie.Suspect
}

// CandidatePage is one candidate: what was read and from which words. Rejecting
// posts action=reject and reason to its own address; accepting and attaching open
// the edit page with ?candidate=.
type CandidatePage struct {
	Frame
	Candidate vigie.Candidate
	Suspects  []SuspectCase
	Decisions []vigie.Decision
	Failed    vigie.Text // why the last action was refused
}

// SuspectCase is a case that the candidate may be about.
type SuspectCase struct {
	vigie.Suspect
	Record vigie.Record
}

// EditPage is the form of a whole case. It posts the fields of IncidentForm with
// base, note, candidate and action ("save", "preview", or "rows" to get more blank rows) to
// its own address; and new_company, the name of a company that the record does not know
// yet, which the server makes before it saves; and proposed, the ids of the rows that the
// candidate suggests, which are opened and flagged.
type EditPage struct {
	Frame
	ID        string     // of the case, "" for a new one
	Form      url.Values // IncidentForm of the case, or what the editor typed
	Base      int        // the version the form was opened on, 0 for a new case
	Note      string     // the public note
	Candidate string     // the candidate it comes from
	Problems  vigie.Problems
	Conflict  *Conflict
	Preview   *Preview        // what saving would do, when it was asked
	Unsaved   bool            // something was typed that is not saved
	Known     []vigie.Company // to choose the company from
	Waves     []vigie.Wave
}

// DraftOf names what is typed in the form to the browser that keeps it: it belongs to one
// editor, one case or piece of news, and is told apart by the version it was begun on.
func (p EditPage) DraftOf() string {
	name := p.Editor + " " + p.Path
	if p.Candidate != "" {
		name += "?" + p.Candidate
	}
	return name
}

// BaseNow is the version that a save must be made from.
func (p EditPage) BaseNow() int {
	if p.Conflict != nil {
		return p.Conflict.Version
	}
	return p.Base
}

// Conflict is the version that someone else saved in the meantime.
type Conflict struct {
	Version int // what to send as base to save over it, knowingly
	Author  string
	Note    string
	At      time.Time
	Base    vigie.Incident // what both started from
	Theirs  vigie.Incident
	Mine    vigie.Incident
}

// Cases is the editors' list of cases, drafts among them.
type Cases struct {
	Frame
	State vigie.State // shown, "" for all
	Rows  []CaseRow
	Next  string
}

// CaseRow is a case in the editors' list.
type CaseRow struct {
	Record  vigie.Record
	Version int
	At      time.Time // of the last save
	Author  string
}

// Runs is what the imports did.
type Runs struct {
	Frame
	Runs []vigie.Run
	Next string
}

// Stranger tells that the company of the form is not among those known.
func (p EditPage) Stranger() bool {
	id := p.Form.Get("company")
	return id != "" && !slices.ContainsFunc(p.Known, func(c vigie.Company) bool { return c.ID == id })
}

// StrangeWave tells the same of its wave.
func (p EditPage) StrangeWave() bool {
	id := p.Form.Get("wave")
	return id != "" && !slices.ContainsFunc(p.Waves, func(w vigie.Wave) bool { return w.ID == id })
}
