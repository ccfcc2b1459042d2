package vigie

// Incident is a case: one respondent, what is alleged, and the ledger of
// statements about it. Its JSON is the record, the same in data/incidents, in a
// revision, in an export and at /incidents/{id}.json. What is unknown is absent.
type Incident struct {
	ID         string      `json:"id"`                    // permanent: temu-2024-09
	State      State       `json:"state"`                 // draft, published, merged, retracted
	Company    string      `json:"company"`               // id of the respondent
	Brands     []string    `json:"brands,omitempty"`      // the respondent's brands concerned
	Kind       Kind        `json:"kind"`                  // what is alleged; the standing says how sure
	Occurred   Date        `json:"occurred,omitempty"`    // when the attack took place
	Discovered Date        `json:"discovered,omitempty"`  // when the respondent learnt of it
	Disclosed  Date        `json:"disclosed,omitempty"`   // first public word of anyone
	Countries  []string    `json:"countries,omitempty"`   // ISO 3166-1 alpha-2, where the people concerned live or the market
	Via        string      `json:"via,omitempty"`         // the supplier it came through, when named
	Wave       string      `json:"wave,omitempty"`        // id of the campaign it belongs to
	Statements []Statement `json:"statements,omitempty"`  // the ledger
	Sources    []Source    `json:"sources,omitempty"`     // where it was read
	Title      *Title      `json:"title,omitempty"`       // an editor's headline, in place of the generated one
	Summary    Text        `json:"summary,omitzero"`      // a few sentences of our own
	Checked    Date        `json:"checked,omitempty"`     // the day we last looked for news of it
	MergedInto string      `json:"merged_into,omitempty"` // id of the case that replaced this one
	Reason     string      `json:"reason,omitempty"`      // why it was merged or retracted, in public words
}

// Title is an editor's headline. It is bound to the standing it was written for
// and gives way to the generated one when that standing changes.
type Title struct {
	Text     Text     `json:"text"`
	Evidence Evidence `json:"evidence,omitempty"`
	Position Position `json:"position,omitempty"`
}

// Statement finds a statement by its id within the case.
func (in *Incident) Statement(id string) (*Statement, bool) {
	for i := range in.Statements {
		if in.Statements[i].ID == id {
			return &in.Statements[i], true
		}
	}
	return nil, false
}

// Source finds a source by its id within the case.
func (in *Incident) Source(id string) (*Source, bool) {
	for i := range in.Sources {
		if in.Sources[i].ID == id {
			return &in.Sources[i], true
		}
	}
	return nil, false
}

// Statement is one utterance by one speaker on one day. It may do several acts.
type Statement struct {
	ID         string   `json:"id"`                   // s1, s2… within the case
	By         Speaker  `json:"by"`                   // who speaks, not who prints
	Acts       []Act    `json:"acts"`                 // what is done by saying it
	On         Date     `json:"on,omitempty"`         // when it was said
	Public     Date     `json:"public,omitempty"`     // when the public could know it, if later
	Answers    []string `json:"answers,omitempty"`    // statements it answers
	Withdraws  []string `json:"withdraws,omitempty"`  // the speaker's own statements it takes back
	Supersedes []string `json:"supersedes,omitempty"` // statements it replaces
	Figures    []Figure `json:"figures,omitempty"`
	Data       []string `json:"data,omitempty"`     // kinds of data said to be exposed
	NotData    []string `json:"not_data,omitempty"` // kinds of data said not to be
	Vector     Text     `json:"vector,omitzero"`    // how it was done, as said
	Actor      string   `json:"actor,omitempty"`    // alias of the attacker, as said
	Text       Text     `json:"text,omitzero"`      // what is said, in our words
	Quotes     []Quote  `json:"quotes,omitempty"`
	Channel    Channel  `json:"channel,omitempty"`
	Method     Text     `json:"method,omitzero"`   // how it was checked, for corroborates and refutes
	Sources    []string `json:"sources,omitempty"` // ids of the case's sources
	Was        string   `json:"was,omitempty"`     // identity before a merge: old-case/s3
}

// Does tells whether the statement does the act.
func (s *Statement) Does(acts ...Act) bool {
	for _, have := range s.Acts {
		for _, a := range acts {
			if have == a {
				return true
			}
		}
	}
	return false
}

// Speaker is who makes a statement. Company is set when the speaker is, or
// speaks for, a company of the record.
type Speaker struct {
	Role    Role   `json:"role"`
	Name    string `json:"name,omitempty"`
	Company string `json:"company,omitempty"`
}

// Figure is a count as its speaker gave it. An exact or approximate one has Min
// equal to Max; "more than" has only Min, "up to" only Max. Of a vague one
// ("several hundred thousand") Min is the floor of the magnitude: it compares
// and filters, and is never printed. Zero is absent, not nought.
type Figure struct {
	Min       int64     `json:"min,omitempty"`
	Max       int64     `json:"max,omitempty"`
	Unit      Unit      `json:"unit"`
	Qualifier Qualifier `json:"qualifier"`
	Scope     Text      `json:"scope,omitzero"` // the part of the whole it counts: a country, the staff
}

// Quote is at most 300 characters of a speaker's own words, verbatim.
type Quote struct {
	Text   string `json:"text"`
	Lang   string `json:"lang"`   // BCP 47
	Source string `json:"source"` // id of the source it was read in
}

// Source is where a statement was read. Archive, Retrieved and SHA256 are set
// only by our own fetch.
type Source struct {
	ID        string `json:"id"` // r1, r2… within the case
	URL       string `json:"url,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Title     string `json:"title,omitempty"`
	Published Date   `json:"published,omitempty"`
	Lang      string `json:"lang,omitempty"` // BCP 47
	Kind      string `json:"kind,omitempty"` // vocabulary source_kind
	Seen      Seen   `json:"seen"`           // how much of it we read
	Licence   string `json:"licence,omitempty"`
	Archive   string `json:"archive,omitempty"`
	Retrieved string `json:"retrieved,omitempty"` // RFC 3339, UTC
	SHA256    string `json:"sha256,omitempty"`    // of the bytes retrieved, hexadecimal
}

// Company is an organisation that cases and statements name.
type Company struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases,omitempty"`
	Group    string   `json:"group,omitempty"`   // the parent, as a source names it
	Country  string   `json:"country,omitempty"` // seat, ISO 3166-1 alpha-2
	Sector   string   `json:"sector,omitempty"`
	Domains  []string `json:"domains,omitempty"`
	Wikidata string   `json:"wikidata,omitempty"`
}

// Wave is a campaign that joins the cases of one attack or series.
type Wave struct {
	ID      string `json:"id"`
	Name    Text   `json:"name"`
	Summary Text   `json:"summary,omitzero"`
}
