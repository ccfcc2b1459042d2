package importers

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"vigie"
)

// VERISKind is the kind of VERIS among the Readers.
const VERISKind = "veris"

// VERIS reads incidents coded in VERIS, as the VERIS Community Database publishes
// them: one object, an array, or NDJSON. The database only repeats what it read,
// so it makes no statement and gives no figure to anyone: it is a source, its
// references are sources seen by address only, and a notice in a register of an
// attorney general is the company's own filing. What it counts is for the desk.
func VERIS(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return eachItem(doc, opts, "record", func(v *verisRecord) string { return cmp.Or(v.IncidentID, "no id") }, (*verisRecord).candidate)
}

// noIncident are the answers to "was it a security incident?" that tell of none.
var noIncident = []string{"False positive", "Near miss", "Not an incident"}

func (v *verisRecord) candidate(opts Options) (vigie.Candidate, error) {
	id := strings.ToUpper(strings.TrimSpace(v.IncidentID))
	if id == "" {
		return vigie.Candidate{}, errors.New(`no "incident_id"`)
	}
	e := entry{kind: VERISKind, key: id, lang: "en", trade: v.trade()}
	e.victims = v.names()
	switch verdict := foremost(v.Incident); {
	case slices.Contains(noIncident, verdict):
		return vigie.Candidate{}, fmt.Errorf("%w: %s, by its own word", ErrFiltered, strings.ToLower(verdict))
	case len(e.victims) == 0:
		return vigie.Candidate{}, fmt.Errorf("%w: it names no victim", ErrFiltered)
	}
	kind, attack := v.kind()
	if !attack {
		return vigie.Candidate{}, fmt.Errorf("%w: %s was hit by no attack: %s", ErrFiltered, e.victims[0], strings.Join(v.categories(), ", "))
	}
	victim := e.victims[0]
	if looksDomain(victim) {
		e.domains = []string{victim}
	}
	e.title, e.words = victim, squeeze(strings.Join(v.Summary, "\n"))
	e.draft.Kind, e.draft.Occurred = kind, v.Timeline.Incident.date()
	e.published = v.Plus.Timeline.Notification.date()
	for _, w := range v.Victim {
		for _, c := range w.Country {
			if c = strings.ToUpper(c); c == "UK" {
				c = "GB"
			}
			if vigie.Known("country", c) {
				e.draft.Countries = joined(e.draft.Countries, []string{c})
			}
		}
	}
	e.cite(v.source(id))
	listed := addresses(strings.Join(v.Reference, "\n"))
	if len(listed) == 0 { // some wrote them in the wrong field
		listed = addresses(e.words)
	}
	for _, a := range listed {
		src := e.linked(opts.Lexicon, a)
		office, isFiling := filed(a)
		if isFiling {
			src.Kind, src.Publisher = "filing", office
		}
		if r := e.cite(src); r != "" && isFiling {
			e.file(victim, office, r)
		}
	}
	v.counts(&e)
	return e.candidate(opts)
}

// file adds the company's filing to the draft; notices to several offices are as
// many statements.
func (e *entry) file(victim, office, source string) {
	s := filing(victim, office, source)
	for i := range e.draft.Statements {
		if have := &e.draft.Statements[i]; have.Text == s.Text {
			have.Sources = joined(have.Sources, s.Sources)
			return
		}
	}
	e.say(s)
}

// source is the record itself, as it can be cited.
func (v *verisRecord) source(id string) vigie.Source {
	if len(vigie.PersonalDetails(id)) > 0 { // a run of hexadecimal digits that would pass for an account's
		id, _, _ = strings.Cut(id, "-")
	}
	src := vigie.Source{Publisher: "VERIS Community Database (VCDB)", Title: "Record " + id, Lang: "en", Kind: "list", Seen: vigie.SeenFull, Licence: "CC BY-SA 4.0"}
	if s := foremost(v.SourceID); s != "" && !strings.EqualFold(s, "vcdb") {
		src.Publisher, src.Licence = "VERIS, "+s, ""
	}
	return src
}

// counts are what the record counts and rates, for the desk: nobody else is known
// to have said it.
func (v *verisRecord) counts(e *entry) {
	d := v.Attribute.Confidentiality
	total := d.Total
	parts := 0
	for _, item := range d.Data {
		if item.Amount > 0 {
			parts++
			e.notes = append(e.notes, fmt.Sprintf("VERIS counts %s records of the variety %s.", vigie.Number(int64(item.Amount), vigie.English), cmp.Or(foremost(item.Variety), "Unknown")))
		}
	}
	if total == 0 && parts == 1 && len(d.Data) == 1 { // the only variety is the whole
		total = d.Data[0].Amount
	}
	if total > 0 {
		e.notes = append(e.notes, fmt.Sprintf("VERIS counts %s records in all; the sources say whose figure that is.", vigie.Number(int64(total), vigie.English)))
		e.counts = append(e.counts, vigie.Count{Value: int64(total), Unit: "records", Status: "unknown", Qualifier: vigie.Exact})
	}
	e.data = v.codes()
	if list := v.varieties(); len(list) > 0 {
		e.notes = append(e.notes, "Varieties of data: "+strings.Join(list, ", ")+".")
	}
	if s := foremost(d.Disclosure); s != "" {
		e.notes = append(e.notes, "Data disclosed: "+s+".")
	}
	rating := "Security incident: " + cmp.Or(foremost(v.Incident), "not said") + "."
	if c := foremost(v.Confidence); c != "" {
		rating += " Confidence of its analyst: " + c + "."
	}
	e.notes = append(e.notes, rating)
	if e.published != "" {
		e.notes = append(e.notes, "Notification: "+string(e.published)+".")
	}
	if len(e.victims) > 1 {
		e.notes = append(e.notes, "Other victims named: "+strings.Join(e.victims[1:], ", ")+".")
	}
	if notes := references(v.Reference); notes != "" {
		e.notes = append(e.notes, "Reference: "+notes)
	}
}

// references is a field of references that holds no address at all: a title, a
// name.
func references(field []string) string {
	s := squeeze(strings.Join(field, " "))
	if s == "" || len(addresses(s)) > 0 {
		return ""
	}
	return s
}

// nobody are the words that stand where a victim is not named.
var nobody = map[string]bool{"": true, "unknown": true, "unknown not specified": true, "not specified": true, "various": true, "multiple": true, "multiple victims": true, "mass event": true, "unnamed": true, "undisclosed": true, "n a": true, "na": true, "none": true, "other": true}

// names are the victims, the first one first; none when the record does not say.
func (v *verisRecord) names() []string {
	var out []string
	for _, w := range v.Victim {
		for _, n := range append(slices.Clone(w.ID), w.Secondary.ID...) {
			if n = squeeze(n); !nobody[strings.Join(vigie.Words(n), " ")] {
				out = joined(out, []string{n})
			}
		}
	}
	return out
}

// trade is that of the victim that is named first.
func (v *verisRecord) trade() trade {
	for _, w := range v.Victim {
		if t := naics(foremost(w.Industry)); t != untold {
			return t
		}
	}
	return untold
}

func (v *verisRecord) varieties() []string {
	var out []string
	for _, d := range v.Attribute.Confidentiality.Data {
		out = joined(out, d.Variety)
	}
	return out
}

func (v *verisRecord) categories() []string {
	var out []string
	for c := range v.Action {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// foremost is the first of a list, or nothing.
func foremost(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// looksDomain tells a domain, mango.example, from a name.
func looksDomain(name string) bool {
	return !strings.ContainsAny(name, " /") && strings.Contains(strings.Trim(name, "."), ".") && strings.ToLower(name) == name
}
