package web

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"vigie"
)

// STIX 2.1 (OASIS). What anybody says is a note with its author; a denial is an
// opinion of the company on that note. Nothing has a confidence, for we judge
// nobody's truth, and no count of anyone stands where STIX puts facts (impact).
// The objects of one case have ids made from its own, so an importer that meets
// them again updates what it has.

const (
	stixTime   = "2006-01-02T15:04:05.000Z"
	stixMIME   = "application/stix+json;version=2.1"
	tlpClear   = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487" // OASIS, TLP 2.0
	tlpForm    = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
	coreOfCase = "extension-definition--ef765651-680c-498d-9894-99799f2fa126" // OASIS, Incident Core
)

// stixLang is the language of every bundle: an object has one content under its id,
// whoever asks, or importers would overwrite one with the other (STIX §3.2).
const stixLang = vigie.English

// stixSince dates the objects that belong to no case: it is before all of ours.
var stixSince = time.Date(2024, 9, 1, 0, 0, 0, 0, time.UTC)

// stixRevised is when our extension took its present shape.
var stixRevised = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

var (
	stixUs        = stixID("identity", "publisher")
	stixExtension = stixID("extension-definition", "statement")
)

func stixID(kind, id string) string { return kind + "--" + vigie.UUID(id) }

type (
	stixObject struct {
		Type        string          `json:"type"`
		Spec        string          `json:"spec_version"`
		ID          string          `json:"id"`
		By          string          `json:"created_by_ref,omitempty"`
		Created     string          `json:"created"`
		Modified    string          `json:"modified,omitempty"`
		Revoked     bool            `json:"revoked,omitempty"`
		Marking     []string        `json:"object_marking_refs,omitempty"`
		Lang        string          `json:"lang,omitempty"`
		Name        string          `json:"name,omitempty"`
		Description string          `json:"description,omitempty"`
		Class       string          `json:"identity_class,omitempty"`
		Sectors     []string        `json:"sectors,omitempty"`
		ActorTypes  []string        `json:"threat_actor_types,omitempty"`
		ReportTypes []string        `json:"report_types,omitempty"`
		Published   string          `json:"published,omitempty"`
		Abstract    string          `json:"abstract,omitempty"`
		Content     string          `json:"content,omitempty"`
		Opinion     string          `json:"opinion,omitempty"`
		Explanation string          `json:"explanation,omitempty"`
		Relation    string          `json:"relationship_type,omitempty"`
		Source      string          `json:"source_ref,omitempty"`
		Target      string          `json:"target_ref,omitempty"`
		Authors     []string        `json:"authors,omitempty"`
		Objects     []string        `json:"object_refs,omitempty"`
		Labels      []string        `json:"labels,omitempty"`
		Schema      string          `json:"schema,omitempty"`
		Version     string          `json:"version,omitempty"`
		Forms       []string        `json:"extension_types,omitempty"`
		References  []stixReference `json:"external_references,omitempty"`
		Extensions  map[string]any  `json:"extensions,omitempty"`
	}
	stixReference struct {
		Source      string            `json:"source_name"`
		Description string            `json:"description,omitempty"`
		URL         string            `json:"url,omitempty"`
		Hashes      map[string]string `json:"hashes,omitempty"`
		ID          string            `json:"external_id,omitempty"`
	}
	// stixStatement is our own extension: what the record holds of a statement and
	// STIX has no place for. A figure is its author's, never a finding of ours.
	stixStatement struct {
		Type         string   `json:"extension_type"`
		Statement    string   `json:"statement_id"`
		Claimant     string   `json:"claimant_name,omitempty"`
		ClaimantType string   `json:"claimant_type,omitempty"`
		Count        int64    `json:"affected_count,omitempty"`
		Min          int64    `json:"affected_min,omitempty"`
		Max          int64    `json:"affected_max,omitempty"`
		Unit         string   `json:"affected_unit,omitempty"`
		Qualifier    string   `json:"affected_qualifier,omitempty"`
		Scope        string   `json:"affected_scope,omitempty"`
		Data         []string `json:"data_types,omitempty"`
		NotData      []string `json:"data_types_excluded,omitempty"`
		On           string   `json:"claimed_on,omitempty"`
		Precision    string   `json:"claimed_on_precision,omitempty"`
		Known        string   `json:"known_on,omitempty"`
		Basis        string   `json:"known_on_basis,omitempty"`
		Status       string   `json:"claim_status,omitempty"`
	}
	// stixWaits is our extension of an incident: how long people waited, in days.
	stixWaits struct {
		Type    string      `json:"extension_type"`
		Checked string      `json:"last_checked,omitempty"`
		Lags    []vigie.Lag `json:"lags"`
	}
	stixCore struct {
		Type          string `json:"extension_type"`
		Determination string `json:"determination"`
		Investigation string `json:"investigation_status"`
	}
	stixClear struct {
		Type string `json:"extension_type"`
		TLP  string `json:"tlp_2_0"`
	}
)

// stixPreamble are the objects that every bundle has: the marking, us, our extension.
func (c Context) stixPreamble() []stixObject {
	since := stixSince.Format(stixTime)
	return []stixObject{
		{
			Type: "marking-definition", Spec: "2.1", ID: tlpClear, Created: "2022-10-01T00:00:00.000Z", Name: "TLP:CLEAR",
			Extensions: map[string]any{tlpForm: stixClear{"property-extension", "clear"}},
		},
		{
			Type: "identity", Spec: "2.1", ID: stixUs, Created: since, Modified: since, Marking: []string{tlpClear}, Name: c.publisher(), Class: "organization",
			Description: "Publishes this record of public statements about attacks on retailers. It writes down what others said and where, and judges nobody's truth.",
		},
		{
			Type: "extension-definition", Spec: "2.1", ID: stixExtension, By: stixUs, Created: since, Modified: stixRevised.Format(stixTime), Marking: []string{tlpClear}, Name: "Public statement about an incident",
			Description: "Who said what, when and how precisely. A figure belongs to its claimant; a claim is not a finding.", Version: "1.1.0", Forms: []string{"property-extension"},
			Schema: "Properties of a note: statement_id (string, id of the statement in the record), claimant_name (string), claimant_type (attacker, press, researcher, company, supplier, regulator, authority, court, other), " +
				"affected_count or affected_min and affected_max (integers, as the claimant gave them; absent when unknown), affected_unit, affected_qualifier (exact, about, more_than, up_to, partial, vague), affected_scope (strings), " +
				"data_types and data_types_excluded (lists of strings), claimed_on (EDTF date, as precise as its source), claimed_on_precision (day, month, year, interval), known_on (the day the public could know of it), known_on_basis (said, public, published), claim_status (claimed, contested, withdrawn, refuted). " +
				"Properties of an incident: lags (list of from, to, min and max in days; without max the end is not known), last_checked (the day we last looked).",
		},
	}
}

// stixAnswer is the report that says what the bundle is: what was asked, which
// edition answered, under which licence it is and whom to name.
func (c Context) stixAnswer(cases []string) stixObject {
	made := later(stixSince, c.orEpoch(time.Time{})).Format(stixTime)
	if len(cases) == 0 {
		cases = []string{stixUs} // a report is about something (STIX §4.16)
	}
	return stixObject{
		Type: "report", Spec: "2.1", ID: stixID("report", "answer:"+c.Topic), By: stixUs, Created: stixSince.Format(stixTime), Modified: made, Marking: []string{tlpClear},
		Name: c.bookTitle(), Description: c.origin(), ReportTypes: []string{"threat-report"}, Published: made, Objects: cases, Labels: []string{"answer"}, Lang: string(stixLang),
	}
}

// bundle is a STIX bundle being written: object by object, each once. What it
// remembers is ids: of a list of cases only those that cases share.
type bundle struct {
	w      io.Writer
	first  bool
	shared map[string]bool
	own    map[string]bool // of the cases so far, or of the case being written
	cases  []string        // ids of the incidents in it
}

func writeBundle[N any](w io.Writer, c Context, of Surface, nouns iter.Seq2[N, error], show func(N) []stixObject) error {
	b := &bundle{w: w, first: true, shared: map[string]bool{}, own: map[string]bool{}}
	id := stixID("bundle", string(of)+":"+c.Topic)
	if _, err := fmt.Fprintf(w, `{"type":"bundle","id":%q,"objects":[`, id); err != nil {
		return fmt.Errorf("writing the bundle: %w", err)
	}
	if err := b.put(c.stixPreamble()); err != nil {
		return err
	}
	for noun, err := range nouns {
		if err != nil {
			return fmt.Errorf("reading what to write in the bundle: %w", err)
		}
		objects := show(noun)
		if of != TimelineSurface && b.told(objects) {
			continue // a case that moved between two pages of the answer
		}
		if err := b.put(objects); err != nil {
			return err
		}
		if of != TimelineSurface { // all of a case comes at once, and its ids are its own
			clear(b.own)
		}
	}
	if err := b.put([]stixObject{c.stixAnswer(b.cases)}); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\n]}\n"); err != nil {
		return fmt.Errorf("writing the bundle: %w", err)
	}
	return nil
}

// told tells whether the case of the objects is in the bundle already.
func (b *bundle) told(objects []stixObject) bool {
	return slices.ContainsFunc(objects, func(o stixObject) bool { return o.Type == "incident" && b.shared[o.ID] })
}

func (b *bundle) put(objects []stixObject) error {
	for _, o := range objects {
		if b.shared[o.ID] || b.own[o.ID] {
			continue
		}
		before := ",\n"
		if b.first {
			before = "\n"
		}
		b.first = false
		if o.Type == "identity" || o.Type == "incident" {
			b.shared[o.ID] = true
		} else {
			b.own[o.ID] = true
		}
		if o.Type == "incident" {
			b.cases = append(b.cases, o.ID)
		}
		if _, err := io.WriteString(b.w, before); err != nil {
			return fmt.Errorf("writing the bundle: %w", err)
		}
		if err := writePart(b.w, o); err != nil {
			return err
		}
	}
	return nil
}

func writeCaseBundle(w io.Writer, c Context, records iter.Seq2[vigie.Record, error]) error {
	c.Lang = stixLang
	return writeBundle(w, c, IncidentsSurface, records, func(r vigie.Record) []stixObject { return c.tellerOfCase(r).stixCase(r.Ledger()) })
}

// writeLedgerBundle is one case, its corrections as notes.
func writeLedgerBundle(w io.Writer, c Context, one Case) error {
	c.Lang = stixLang
	return writeBundle(w, c, IncidentSurface, each([]Case{one}), func(one Case) []stixObject { return c.tellerOfCase(one.Record).stixCase(one.Events) })
}

// writeEventBundle is the events asked for, with the cases they are of and the
// notes that their opinions are on, so that no reference leads out of the bundle.
func writeEventBundle(w io.Writer, c Context, items iter.Seq2[vigie.Item, error]) error {
	c.Lang = stixLang
	return writeBundle(w, c, TimelineSurface, items, func(item vigie.Item) []stixObject {
		e := c.event(item)
		return append(e.stixFrame(), e.stixEvent()...)
	})
}
