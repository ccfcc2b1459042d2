package db

import (
	"encoding/json"
	"fmt"
	"slices"

	"vigie"
)

// effect is what a revision told the public, worked out once, when it was saved,
// and kept beside it. Replaying the revisions reads it, so that a later change of
// the rules, or the redaction of a body, announces nothing twice and unsays
// nothing that feeds have carried. It holds ids, codes and paths, never words.
type effect struct {
	State       vigie.State `json:"state,omitempty"`       // of a case, after it
	Public      bool        `json:"public,omitempty"`      // it changed what the public sees, hence the edition
	Substantive bool        `json:"substantive,omitempty"` // it moved "updated"
	Announced   []string    `json:"announced,omitempty"`   // full ids of statements published for the first time
	Taken       []string    `json:"taken,omitempty"`       // full ids of statements that stood in another case
	Changed     []string    `json:"changed,omitempty"`     // what it corrected; a correction of the timeline
	Move        *vigie.Move `json:"move,omitempty"`        // the standing before and after that correction
}

// revision is a row of revisions with its effect.
type revision struct {
	vigie.Revision
	seq    int64
	effect effect
	sha256 string
}

// caseState is a case as its revisions leave it.
type caseState struct {
	doc          int64 // where its rows stand now; 0 when it has none
	num          int64
	version      int
	state        vigie.State
	stateVersion int // the version that brought it to this state
	known        bool
	recorded     string // first published
	recordedSeq  int64
	updated      string
	edition      int64
	body         vigie.Incident
}

func (c *caseState) shown() bool { return c.state == vigie.Published }

// event is an item of the timeline. Its place never changes; the case that owns
// it does when cases are merged.
type event struct {
	ord      int64
	id       string
	incident string
	kind     string
	version  int
	edition  int64
	recorded string
	changed  string // JSON of correctionBody; empty for a statement
}

// lastPlace is where the correction of a revision stands, after its statements.
const lastPlace = 1<<12 - 1

type correctionBody struct {
	Changed []string   `json:"changed"`
	Move    vigie.Move `json:"move"`
}

type companyState struct {
	version int
	body    vigie.Company
}

type waveState struct {
	version int
	body    vigie.Wave
}

// ledger is the state that revisions are applied to: the whole of it when they
// are replayed, the part that a save touches when one is saved. Both go through
// accept, so that they cannot differ.
type ledger struct {
	seq, edition, num int64
	at                string // of the last revision
	cases             map[string]*caseState
	companies         map[string]*companyState
	waves             map[string]*waveState
	events            map[string]*event
	of                map[string][]string // company or wave id → its cases
	touched           map[string]bool     // kind/id whose rows are to be written
	owned             map[string][]*event // case → its events, in order; nil after a change
}

func newLedger() *ledger {
	return &ledger{
		cases: map[string]*caseState{}, companies: map[string]*companyState{}, waves: map[string]*waveState{},
		events: map[string]*event{}, of: map[string][]string{}, touched: map[string]bool{},
	}
}

// accept takes the next revision in.
func (l *ledger) accept(r revision) error {
	l.seq, l.at, l.owned = r.seq, stamp(r.At), nil
	l.edition = max(l.edition, r.Edition)
	l.touched[r.Kind+"/"+r.RecordID] = true
	switch r.Kind {
	case vigie.IncidentRecord:
		return l.acceptIncident(r)
	case vigie.CompanyRecord:
		c := &companyState{version: r.Version, body: vigie.Company{ID: r.RecordID, Name: r.RecordID}}
		l.companies[r.RecordID] = c
		return l.acceptNamed(r, &c.body, l.of["company/"+r.RecordID])
	case vigie.WaveRecord:
		w := &waveState{version: r.Version, body: vigie.Wave{ID: r.RecordID}}
		l.waves[r.RecordID] = w
		return l.acceptNamed(r, &w.body, nil) // no row of a case holds a word of its wave
	}
	return fmt.Errorf("revision %s is of an unknown kind %q", r.ID, r.Kind)
}

// acceptNamed decodes a company or a wave and marks the cases that carry its name.
func (l *ledger) acceptNamed(r revision, body any, cases []string) error {
	if r.Redacted == nil {
		if err := json.Unmarshal(r.Body, body); err != nil {
			return fmt.Errorf("%s %s, version %d: %w", r.Kind, r.RecordID, r.Version, err)
		}
	}
	for _, id := range cases {
		l.touched["incident/"+id] = true
		if c := l.cases[id]; c.known {
			c.edition = r.Edition
		}
	}
	return nil
}

func (l *ledger) acceptIncident(r revision) error {
	c, ok := l.cases[r.RecordID]
	if !ok {
		l.num++
		c = &caseState{num: l.num}
		l.cases[r.RecordID] = c
	}
	before := c.body.Company
	if r.Redacted == nil {
		c.body = vigie.Incident{}
		if err := json.Unmarshal(r.Body, &c.body); err != nil {
			return fmt.Errorf("incident %s, version %d: %w", r.RecordID, r.Version, err)
		}
	}
	if c.body.Company != before || !ok {
		l.move("company/", before, c.body.Company, r.RecordID)
	}
	if r.effect.State != c.state {
		c.state, c.stateVersion = r.effect.State, r.Version
	}
	at := stamp(r.At)
	c.version = r.Version
	if r.effect.Public {
		c.known, c.edition = true, r.Edition
	}
	if c.recorded == "" && c.known {
		c.recorded, c.recordedSeq = at, r.seq
	}
	if r.effect.Substantive || !c.known {
		c.updated = at
	}
	for i, id := range r.effect.Announced {
		l.events[id] = &event{ord: r.seq<<12 | int64(i), id: id, incident: r.RecordID, kind: vigie.ItemStatement, version: r.Version, edition: r.Edition, recorded: at}
	}
	if r.effect.Changed != nil {
		l.corrected(r)
	}
	for _, id := range r.effect.Taken {
		if e, ok := l.events[id]; ok {
			l.touched["incident/"+e.incident] = true
			e.incident = r.RecordID
		}
	}
	return nil
}

// move keeps which cases a company has.
func (l *ledger) move(prefix, from, to, id string) {
	l.of[prefix+from] = slices.DeleteFunc(l.of[prefix+from], func(s string) bool { return s == id })
	if !slices.Contains(l.of[prefix+to], id) {
		l.of[prefix+to] = append(l.of[prefix+to], id)
	}
}

// eventsOf lists the events that a case owns, in order.
func (l *ledger) eventsOf(id string) []*event {
	if l.owned == nil {
		l.owned = map[string][]*event{}
		for _, e := range l.events {
			l.owned[e.incident] = append(l.owned[e.incident], e)
		}
		for _, list := range l.owned {
			slices.SortFunc(list, func(a, b *event) int { return int(a.ord - b.ord) })
		}
	}
	return l.owned[id]
}

// corrected puts the correction that a revision made into the timeline.
func (l *ledger) corrected(r revision) {
	id := fmt.Sprintf("%s/c%d", r.RecordID, r.Version)
	body, _ := json.Marshal(correctionBody{Changed: r.effect.Changed, Move: *r.effect.Move}) // codes and ids always encode
	l.events[id] = &event{ord: r.seq<<12 | lastPlace, id: id, incident: r.RecordID, kind: vigie.ItemCorrection, version: r.Version, edition: r.Edition, recorded: stamp(r.At), changed: string(body)}
	l.owned = nil
}
