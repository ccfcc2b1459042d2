package web

import (
	"encoding/json"
	"maps"
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
	Return string  // where to go afterwards, a path of ours
	Name   string  // as typed
	Failed bool    // the pair was not known
	Wait   int     // seconds to wait after too many tries, 0 for none
	Unsent *Unsent // what was sent after the session had ended; posted as to and unsent
}

// SignedIn offers to send what a session ended before.
type SignedIn struct {
	Frame
	Unsent Unsent
}

// Unsent is a form that nobody took: its editor was no longer signed in.
type Unsent struct {
	To     string // a path of the desk, with its query
	Fields url.Values
}

// Encoded is all of it in one field.
func (u Unsent) Encoded() string { return u.Fields.Encode() }

// Names are those of its fields, in an order that does not change.
func (u Unsent) Names() []string { return slices.Sorted(maps.Keys(u.Fields)) }

// Desk is the queue of candidates, the likeliest to matter first. It is asked by the
// fields of Sought in its address, and posts action=reject with candidate (several)
// and why or reason, action=undo, or reopen with the id of a candidate, to its own path.
type Desk struct {
	Frame
	Asked    Sought
	Statuses []vigie.Facet
	Kinds    []vigie.Facet // of what is shown, with that filter left open
	Tongues  []vigie.Facet
	Watches  []vigie.Facet
	Rows     []CandidateRow
	Next     string
	Last     []vigie.Decision // what this editor decided last, at once: offered to be undone
	LastOf   string           // the title of the first of them
	Failed   vigie.Text       // why the last action was refused
	Waits    []Wait           // what waits elsewhere at the desk, nothing that does not
}

// Waiting is what waits for somebody at the desk, in numbers.
type Waiting struct{ Candidates, Changed, Replies, Unchecked, Failing, Drafts int }

// Wait is one kind of what waits, and where it is done.
type Wait struct {
	Key   string // of its words: waits.KEY
	Count int
	Days  int // since when, for what waits to be checked
	Path  string
}

// WaitsOf lists what waits, the most urgent first: a company that wrote before all.
func WaitsOf(w Waiting, days int) (list []Wait) {
	for _, x := range []Wait{
		{"replies", w.Replies, 0, "/desk/replies"},
		{"changed", w.Changed, 0, Sought{Status: ChangedStatus}.Path()},
		{"failing", w.Failing, 0, WatchesPath},
		{"drafts", w.Drafts, 0, CasesPath + "?state=" + string(vigie.Draft)},
		{"unchecked", w.Unchecked, days, CarePath},
	} {
		if x.Count > 0 {
			list = append(list, x)
		}
	}
	return list
}

// Sought is what a queue shows: the fields of its address.
type Sought struct {
	Status string // open, accepted, attached, rejected, withdrawn, changed
	Kind   string // of reader
	Run    string
	Watch  string
	Tongue string // lang
	Q      string // words
	Like   string // the id of a candidate: only what is on the same case
	After  string // the cursor of the page
}

// ChangedStatus asks for what upstream changed since it was decided on.
const ChangedStatus = "changed"

// Path is the address of that queue, without the language.
func (s Sought) Path() string {
	v := url.Values{}
	for name, value := range map[string]string{"status": s.Status, "kind": s.Kind, "run": s.Run, "watch": s.Watch, "lang": s.Tongue, "q": s.Q, "like": s.Like, "after": s.After} {
		if value != "" && (name != "status" || value != "open") {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return DeskPath
	}
	return DeskPath + "?" + v.Encode()
}

// With is the first page of the queue with another status.
func (s Sought) With(status string) Sought {
	s.Status, s.After = status, ""
	return s
}

// Narrowed tells whether anything but the status is asked for.
func (s Sought) Narrowed() bool {
	s.Status, s.After = "", ""
	return s != Sought{}
}

// deskKey is what a key of the desk does; static/desk.js answers to them.
type deskKey struct {
	Keys []string
	Says string // a key of words
}

var deskKeys = []deskKey{
	{[]string{"j", "k"}, "keys.move"},
	{[]string{"o", "↵"}, "keys.open"},
	{[]string{"x", "X"}, "keys.tick"},
	{[]string{"a"}, "keys.attach"},
	{[]string{"n"}, "keys.new"},
	{[]string{"r"}, "keys.reject"},
	{[]string{"1…6"}, "keys.reason"},
	{[]string{"Ctrl ↵"}, "keys.save"},
	{[]string{"Alt N"}, "keys.quick"},
	{[]string{"c"}, "keys.checked"},
	{[]string{"u"}, "keys.undo"},
	{[]string{"/"}, "keys.search"},
	{[]string{"Esc"}, "keys.leave"},
	{[]string{"?"}, "keys.help"},
}

// CandidateRow is a candidate in the queue.
type CandidateRow struct {
	Candidate vigie.Candidate
	Best      *vigie.Suspect // the known case that it is most likely about
	Others    int            // other cases that it may be about
	Twins     int            // candidates on the same case, itself included
	Decisions []vigie.Decision
}

// RejectReasons are the common reasons to reject, in the order of their number keys;
// each has its words, desk.reason.CODE.
var RejectReasons = []string{"not_retail", "not_incident", "nothing_new", "duplicate", "general", "unsourced"}

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
	Nothing   bool       // the candidate adds nothing: the case holds all of it
	Problems  vigie.Problems
	Conflict  *Conflict
	Preview   *Preview        // what saving would do, when it was asked
	Unsaved   bool            // something was typed that is not saved
	Focus     string          // the field or the button that the keyboard goes to
	Said      string          // what a button of the form did: a key of words
	SaidOf    string          // the row that it was done to
	Saved     *Saved          // the save that led here
	Known     []vigie.Company // to choose the company from
	Waves     []vigie.Wave
}

// Saved is what was just saved, and how to go back on it.
type Saved struct {
	Version int
	Before  int      // the version to restore, 0 when there is none: withdrawing is the way back then
	Public  bool     // readers see it
	News    *WayBack // of a save that decided on a piece of news: both are undone at once
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
	From    int // the version that the form was opened on
	Version int // what to send as base to save over it, knowingly
	Author  string
	Note    string
	At      time.Time
	Base    vigie.Incident // what both started from
	Theirs  vigie.Incident
	Mine    vigie.Incident
}

// Typed is what was typed, as it is sent along while a conflict is settled.
func (c *Conflict) Typed() (string, error) {
	b, err := json.Marshal(c.Mine)
	return string(b), err
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
