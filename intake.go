package vigie

import "time"

// Span is a half-open range of code points of a text.
type Span [2]int

// Count is a figure as the text reader found it.
type Count struct {
	Value     int64     `json:"value"`
	Unit      Unit      `json:"unit"`
	Status    string    `json:"status"` // confirmed, claimed, denied, unknown
	Qualifier Qualifier `json:"qualifier"`
	Span      Span      `json:"span"`
}

// Reading is what the text reader saw in an article, each value with the words
// it was read from. It is the line that vigie read prints.
type Reading struct {
	ID                string            `json:"id"`
	Lang              string            `json:"lang"`
	IsIncident        bool              `json:"is_incident"`
	IsRetail          bool              `json:"is_retail"`
	Victims           []string          `json:"victims"`
	Affected          []Count           `json:"affected"`
	DataTypes         []string          `json:"data_types"`
	DataTypesExcluded []string          `json:"data_types_excluded"`
	Stance            []string          `json:"stance"` // acts of the company; "none" when no answer is told
	Actor             []string          `json:"actor"`
	Kind              Kind              `json:"kind,omitempty"`
	Vector            string            `json:"vector,omitempty"`
	Via               string            `json:"via,omitempty"`
	Sources           []string          `json:"sources"`
	Published         Date              `json:"published,omitempty"`
	Text              string            `json:"text"`
	Spans             map[string][]Span `json:"spans"`
}

// Candidate is a piece of news that a reader brings to the desk. Nothing in it
// is published until an editor decides.
type Candidate struct {
	ID      string    `json:"id"`              // derived from kind and key: the same news always has the same
	Kind    string    `json:"kind"`            // the reader that made it
	Key     string    `json:"key"`             // what names it upstream: a canonical address, a guid
	Hash    string    `json:"hash"`            // SHA-256 of the text, kept when the text is forgotten
	Source  Source    `json:"source"`          // the page it was read in, ready to be cited
	Reading Reading   `json:"reading"`         // what was read, from which words
	Draft   *Incident `json:"draft,omitempty"` // what a structured source says, as ledger rows for the editor; no id, state or company
	Fetch   string    `json:"fetch,omitempty"` // a page that the runner should fetch to complete it
	Run     string    `json:"run,omitempty"`
	At      time.Time `json:"at"`
	Status  string    `json:"status,omitempty"` // open, accepted, attached, rejected, withdrawn

	Weight  int       `json:"weight,omitempty"`  // 0–100, how much it is likely to matter: the order of the queue
	Changed time.Time `json:"changed,omitzero"`  // when upstream said something else than what was decided on
	Changes []Text    `json:"changes,omitempty"` // what it said before and says now
	Was     string    `json:"was,omitempty"`     // the verdict that stood when it changed: rejected, accepted, attached
	Because string    `json:"because,omitempty"` // the reason of the rejection it comes back from
}

// Verdicts on a candidate.
const (
	Accepted = "accepted" // became a new case
	Attached = "attached" // went into a known case
	Rejected = "rejected"
)

// Decision is what an editor did with a candidate; its key is candidate × case.
type Decision struct {
	Candidate string    `json:"candidate"`
	Incident  string    `json:"incident,omitempty"`
	Verdict   string    `json:"verdict"`
	Reason    string    `json:"reason,omitempty"`
	Author    string    `json:"author"`
	At        time.Time `json:"at"`
}

// Tally counts what an import did. Read is always the sum of the others.
type Tally struct {
	Read      int `json:"read"`
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Duplicate int `json:"duplicate"`
	Filtered  int `json:"filtered"`
	Refused   int `json:"refused"`
}

// Run is one import: what it read and whether it came to its end. Only a
// completed run may report a zero.
type Run struct {
	ID        string         `json:"id"`
	Kind      string         `json:"kind"`
	Origin    string         `json:"origin"`          // file name or address
	Watch     string         `json:"watch,omitempty"` // whose visit it was
	Started   time.Time      `json:"started"`
	Ended     time.Time      `json:"ended,omitzero"`
	Completed bool           `json:"completed"`
	Unchanged bool           `json:"unchanged,omitempty"` // the site said that nothing changed since the last visit: nothing was to be read
	Tally     Tally          `json:"tally"`
	Rules     map[string]int `json:"rules,omitempty"`    // how many items each rule of the watch left out; part of Tally.Filtered
	Left      int            `json:"left,omitempty"`     // items that wait for the next visit, not in Tally
	Messages  []string       `json:"messages,omitempty"` // the first refusals
	Undone    time.Time      `json:"undone,omitzero"`    // when what it brought was last withdrawn
	UndoneBy  string         `json:"undone_by,omitempty"`
}

// RunSilence is how long a run that did not end may be silent before it counts as
// broken off.
const RunSilence = time.Hour

// Running tells whether the run may still be at work: it did not end, and
// brought something, or began, less than RunSilence ago.
func (r *Run) Running(seen, now time.Time) bool {
	return r.Ended.IsZero() && now.Sub(seen) < RunSilence
}

// SameCase is the score from which a suspect is offered as the same case. Below
// it, it is another case of the same company, or too little is known.
const SameCase = 60

// Suspect is a known case that a candidate may be about, and why.
type Suspect struct {
	Incident string `json:"incident"`
	Score    int    `json:"score"` // 0–100
	Reasons  []Text `json:"reasons"`
}

// Same tells whether the case is offered as the one that the candidate is about.
func (s *Suspect) Same() bool { return s.Score >= SameCase }
