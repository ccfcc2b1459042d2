package vigie

import "time"

// Record is a case as the public sees it: the record and what follows from it.
type Record struct {
	Incident
	Derived    *Derived `json:"derived,omitempty"`
	Respondent Company  `json:"-"` // the company of the case
	Marks      []Mark   `json:"-"` // matched words of the search that found it
}

// Derived is recomputed from the record and its revisions, and ignored on import.
type Derived struct {
	Version  int            `json:"version"`
	Recorded time.Time      `json:"recorded,omitzero"` // first published by us; absent from a draft
	Updated  time.Time      `json:"updated,omitzero"`  // last substantive change; likewise
	Headline Text           `json:"headline"`
	Standing Standing       `json:"standing"`
	Figures  []SpokenFigure `json:"figures,omitempty"`
	Lags     []Lag          `json:"lags,omitempty"`
}

// Mark is a passage that matched a search: the text and the matched spans in it,
// as half-open byte offsets.
type Mark struct {
	Field string // title, statement s3, quote, source…
	Text  string
	Spans [][2]int
}

// TotalMost is how far the cases of an answer are counted. Beyond it the counting
// stops: Total is TotalMost, TotalExact is false ("more than 100,000"), and the
// facets count the TotalMost cases that were counted, the newest.
const TotalMost = 100_000

// Answer is a list of cases in answer to a query, as of one edition.
type Answer struct {
	Edition     int64              `json:"edition"`
	Query       string             `json:"query"`       // canonical
	Total       int                `json:"total"`       // at most TotalMost
	TotalExact  bool               `json:"total_exact"` // false when there are more than Total
	Incidents   []Record           `json:"incidents"`
	Suggestions []Suggestion       `json:"suggestions,omitempty"`
	Filters     []Offer            `json:"filters,omitempty"`
	Left        []string           `json:"left,omitempty"`
	Tombstones  []Tombstone        `json:"tombstones,omitempty"`
	Next        string             `json:"next,omitempty"`
	Prev        string             `json:"-"` // cursor of the page before, for Link headers
	Before      int                `json:"-"` // how many cases of the answer come before these, for "21–40 of 164"
	Facets      map[string][]Facet `json:"-"`
}

// Suggestion offers a company for a word of the search that is spelt nearly like
// its name. The word itself was searched: nothing is replaced unasked.
type Suggestion struct {
	Word    string `json:"word"`    // as it was typed
	Company string `json:"company"` // id
	Name    string `json:"name"`
	Query   string `json:"query"` // canonical: the same query with the name in place of the word
}

// Offer is a filter that words of the search name: norvège is country:NO. The words
// were searched as they are, in the texts of the cases.
type Offer struct {
	Word  string `json:"word"`  // as it was typed
	Field string `json:"field"` // sector, country, company_country, kind
	Value string `json:"value"` // code
	Query string `json:"query"` // canonical: the same query with the filter in place of the word
}

// Near is what an answer without a case offers: the same query with one thing
// less asked, and how many cases that finds.
type Near struct {
	Query   Query  // what to ask instead
	Total   int    // as in Answer
	Exact   bool   // as TotalExact in Answer
	Field   string // of what was left out: q, or the field of the query (sector, after…)
	Dropped string // what was left out, as the address or the box writes it: tournesol, "a phrase", -US
}

// Credit is a publisher cited under a licence of its own.
type Credit struct {
	Publisher, Licence string
	Sources            int // of published cases
}

// Crossing is how many published cases stand at one place of both axes.
type Crossing struct {
	Evidence Evidence // absent: nothing counted yet
	Position Position
	Cases    int
}

// Facet is a value of a field and how many cases of the answer have it.
type Facet struct {
	Value string
	Count int
}

// Types of a timeline item.
const (
	ItemStatement  = "statement"
	ItemCorrection = "correction"
)

// Item is one event of a timeline: a statement, or a correction of ours.
type Item struct {
	ID         string      `json:"id"`       // temu-2024-09/s1, temu-2024-09/c3
	Incident   string      `json:"incident"` // id of the case
	Type       string      `json:"type"`
	Recorded   time.Time   `json:"recorded"` // when we published it: what feeds sort by
	On         Date        `json:"on,omitempty"`
	Precision  string      `json:"precision,omitempty"` // of on: year, month, day, interval
	Known      Day         `json:"known,omitempty"`     // the day the public could know of it, by rule C1
	Basis      string      `json:"basis,omitempty"`     // how its day is known: said, public, published
	Statement  *Statement  `json:"statement,omitempty"`
	Correction *Correction `json:"correction,omitempty"`
	Standing   Move        `json:"standing"`
	Brief      *CaseBrief  `json:"case,omitempty"` // see Tell
	Case       *Record     `json:"-"`              // the case it belongs to, for pages and feeds
}

// Correction says what a version of a case corrected.
type Correction struct {
	Version int      `json:"version"`
	Note    string   `json:"note"`
	Changed []string `json:"changed"` // paths, see Change
}

// Move is how an event moved the standing.
type Move struct {
	Before Standing `json:"before"`
	After  Standing `json:"after"`
}

// Timeline is a list of events in answer to a query, as of one edition.
type Timeline struct {
	Edition int64  `json:"edition"`
	Query   string `json:"query"`
	Items   []Item `json:"items"`
	Next    string `json:"next,omitempty"`
	Prev    string `json:"-"`
}
