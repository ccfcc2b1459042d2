package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"vigie"
)

// determinations is what the Incident extension calls the standing in one word.
var determinations = map[string]string{"claimed": "suspected", "contested": "suspected", "partially_confirmed": "confirmed", "confirmed": "confirmed", "refuted": "false-positive"}

// stances are the acts that say what their speaker thinks of a claim. Silence is
// none (no_comment), nor is an act; strongly-disagree would be ours to feel.
var stances = []struct {
	act     vigie.Act
	opinion string
	on      string // what the opinion is on: the claim, or the incident
}{
	{vigie.Denies, "disagree", "claim"},
	{vigie.Refutes, "disagree", "claim"},
	{vigie.Confirms, "agree", "incident"}, // that it took place; a number of somebody else's is not agreed to
	{vigie.PartiallyConfirms, "neutral", "claim"},
	{vigie.Investigating, "neutral", "claim"},
}

// stix is an object of the case: by us, dated as the record is, revoked with it.
func (t teller) stix(kind, id string) stixObject {
	d := t.derived()
	created, modified := later(stixSince, d.Recorded), later(later(stixSince, d.Recorded), d.Updated)
	return stixObject{
		Type: kind, Spec: "2.1", ID: stixID(kind, id), By: stixUs, Created: created.UTC().Format(stixTime), Modified: modified.UTC().Format(stixTime),
		Revoked: t.r.State == vigie.Retracted, Marking: []string{tlpClear},
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (t teller) stixIncident() string { return stixID("incident", t.r.ID) }

// stixFrame is the company, the incident, and that the one is about the other.
func (t teller) stixFrame() []stixObject {
	company := t.stix("identity", "company:"+t.r.Company)
	company.Created, company.Revoked = stixSince.Format(stixTime), false // it outlives the case
	company.Name, company.Class, company.Sectors = oneLine(t.company), "organization", []string{"retail"}

	in := t.stix("incident", t.r.ID)
	evidence, position := t.standing()
	in.Name, in.Lang = t.prefixedPlain(t.headline()), string(t.c.Lang)
	in.Description = strings.TrimSpace(clean(t.r.Summary.In(t.c.Lang)) + "\n" + t.in(feedWords.Standing) + t.in(feedWords.Colon) + evidence + t.in(feedWords.Semicolon) + position + ".")
	in.Labels = nonEmpty(t.now.Word)
	in.References = []stixReference{t.stixOwn()}
	determination := determinations[t.now.Word]
	if determination == "" {
		determination = "suspected"
	}
	in.Extensions = map[string]any{coreOfCase: stixCore{"property-extension", determination, t.investigation()}}
	if lags := t.derived().Lags; len(lags) > 0 {
		in.Description += "\n" + t.in(lagWords.Lags) + t.in(feedWords.Colon) + strings.Join(t.lags(), t.in(feedWords.Semicolon)) + "."
		in.Extensions[stixExtension] = stixWaits{Type: "property-extension", Checked: string(t.r.Checked), Lags: lags}
	}

	about := t.stix("relationship", t.r.ID+"/company")
	about.Relation, about.Source, about.Target = "related-to", in.ID, company.ID
	return []stixObject{company, in, about}
}

// investigation is closed only when an official said that theirs is.
func (t teller) investigation() string {
	status := "new"
	for _, s := range t.r.InOrder() {
		switch {
		case t.unread(s):
		case s.Does(vigie.ClosesInquiry):
			status = "closed"
		case s.Does(vigie.OpensInquiry, vigie.Investigating):
			status = "open"
		}
	}
	return status
}

// stixOwn is the reference to our record of the case: its JSON, with the hash of the
// bytes that stand there.
func (t teller) stixOwn() stixReference {
	sum := sha256.New()
	if err := writeRecord(sum, t.c, Case{Record: t.r}); err != nil {
		panic(fmt.Errorf("hashing case %s: %w", t.r.ID, err)) // a hash never fails to be written to
	}
	return stixReference{
		Source: t.c.siteName(), ID: t.r.ID, URL: t.ownJSON(), Hashes: map[string]string{"SHA-256": hex.EncodeToString(sum.Sum(nil))},
	}
}

// ownJSON is the address of our record as JSON; of an earlier version, or of a day,
// that of what was asked.
func (t teller) ownJSON() string {
	path := IncidentPath(t.r.ID)
	_, query, _ := strings.Cut(strings.TrimPrefix(t.c.Topic, path), "?")
	if !strings.HasPrefix(t.c.Topic, path+"?") {
		query = ""
	}
	if query != "" {
		query = "?" + query
	}
	return strings.TrimSuffix(t.c.Base, "/") + path + ".json" + query
}

// stixCase is every object of a case and of its events, and the report that holds them.
func (t teller) stixCase(events []vigie.Item) []stixObject {
	objects := t.stixFrame()
	for _, item := range events {
		e := t.c.event(item)
		if item.Statement != nil { // what it answers is here too
			objects = append(objects, e.stixStatement()...)
		} else {
			objects = append(objects, e.stixEvent()...)
		}
	}
	report := t.stix("report", t.r.ID)
	report.Name, report.Lang, report.ReportTypes, report.Published = t.prefixedPlain(t.headline()), string(t.c.Lang), []string{"threat-report"}, report.Created
	version := t.derived().Version // the same whoever asks, and whatever for
	here := t.c
	here.HTML = t.c.Page(VersionPath(t.r.ID, version))
	report.Description = oneLine(here.attribution() + t.in(feedWords.Semicolon) + fill(t.in(markdownWords.Version), "{n}", fmt.Sprint(version)))
	if licence := t.c.licence(); licence != "" {
		report.Description += t.in(feedWords.Semicolon) + t.in(originWords.Licence) + " " + licence
	}
	report.Labels = nonEmpty(t.now.Word)
	for _, o := range objects {
		if !slices.Contains(report.Objects, o.ID) {
			report.Objects = append(report.Objects, o.ID)
		}
	}
	return append(objects, report)
}

// prefixedPlain is a headline of the case that says when all of it is only claimed.
func (t teller) prefixedPlain(headline string) string {
	if prefix, ok := claimPrefixes[t.now.Word]; ok {
		headline = t.in(prefix) + headline
	}
	return oneLine(headline)
}

// stixEvent is the objects of one event; of a statement also the notes it speaks of.
func (e event) stixEvent() []stixObject {
	if e.item.Correction != nil {
		n := e.stix("note", e.item.ID)
		n.Abstract, n.Content, n.Lang = e.title(), clean(e.item.Correction.Note), string(e.c.Lang)
		if n.Content == "" {
			n.Content = n.Abstract
		}
		n.Authors, n.Objects, n.Labels = []string{e.c.publisher()}, []string{e.stixIncident()}, []string{"correction"}
		return []stixObject{n}
	}
	if e.item.Statement == nil {
		return nil
	}
	var objects []stixObject
	for _, claim := range e.targets() {
		objects = append(objects, claim.stixNote())
	}
	return append(objects, e.stixStatement()...)
}

// stixStatement is the note of a statement, its opinions, and the alias it came from.
func (e event) stixStatement() []stixObject {
	objects := []stixObject{e.stixNote()}
	if e.unread(&e.s) {
		return objects // rule C3: shown, and moves nothing
	}
	if e.s.By.Role == vigie.Attacker && strings.TrimSpace(e.s.By.Name) != "" {
		actor := e.stix("threat-actor", e.r.ID+"/actor:"+e.s.By.Name)
		actor.Name, actor.ActorTypes, actor.Labels = oneLine(e.s.By.Name), []string{"unknown"}, []string{"self-claimed"}
		actor.Description = "An alias, as its bearer gives it; who it is was not verified."
		targets := e.stix("relationship", e.r.ID+"/targets:"+e.s.By.Name)
		targets.Relation, targets.Source, targets.Target = "targets", actor.ID, stixID("identity", "company:"+e.r.Company)
		targets.Description = "According to what the alias itself says."
		objects = append(objects, actor, targets)
	}
	for _, st := range stances {
		if !e.s.Does(st.act) {
			continue
		}
		on := []string{e.stixIncident()}
		if claims := e.targets(); st.on == "claim" && len(claims) > 0 {
			on = nil
			for _, claim := range claims {
				on = append(on, stixID("note", claim.item.ID))
			}
		}
		o := e.stix("opinion", e.item.ID+"/"+string(st.act))
		o.Opinion, o.Objects, o.Authors, o.Lang = st.opinion, on, e.stixAuthors(), string(e.c.Lang)
		o.Explanation = oneLine(vigie.Label("role", string(e.s.By.Role), e.c.Lang) + e.in(feedWords.Colon) + vigie.Label("act", string(st.act), e.c.Lang) + ". " + e.s.Text.In(e.c.Lang))
		o.References = e.stixReferences()
		objects = append(objects, o)
	}
	return objects
}

// targets are the statements that the opinions of this one are on: those that it
// answers, else of the company every claim of the case.
func (e event) targets() []event {
	if !slices.ContainsFunc(stances, func(st struct {
		act         vigie.Act
		opinion, on string
	}) bool {
		return st.on == "claim" && e.s.Does(st.act)
	}) {
		return nil
	}
	var answered, claims []event
	for _, s := range e.r.InOrder() {
		if s.ID == e.s.ID {
			continue
		}
		other := e.c.event(e.r.Event(s))
		if slices.Contains(e.s.Answers, s.ID) {
			answered = append(answered, other)
		}
		if other.isClaim() {
			claims = append(claims, other)
		}
	}
	if len(answered) > 0 || !business(e.s.By.Role) {
		return answered
	}
	return claims
}

func (e event) stixAuthors() []string { return []string{e.fullSpeaker(e.s.By)} }

// stixNote is what was said, by whom, and where it was read.
func (e event) stixNote() stixObject {
	n := e.stix("note", e.item.ID)
	n.Abstract, n.Lang, n.Authors, n.Objects = e.headline(), string(e.c.Lang), e.stixAuthors(), []string{e.stixIncident()}
	d := told{t: e.teller}
	d.statement(&e.s)
	n.Content = asText(d.passages)
	switch {
	case e.isClaim():
		n.Labels = []string{"claim", e.claimStatus(e.s.ID)}
	case business(e.s.By.Role):
		n.Labels = []string{"response"}
	default:
		n.Labels = []string{"statement"}
	}
	for _, a := range e.s.Acts {
		n.Labels = append(n.Labels, string(a))
	}
	if e.unread(&e.s) {
		n.Labels = append(n.Labels, "not-counted")
	}
	n.References = e.stixReferences()
	x := stixStatement{Type: "property-extension", Statement: e.item.ID, Claimant: e.fullSpeaker(e.s.By), ClaimantType: string(e.s.By.Role), Data: e.s.Data, NotData: e.s.NotData}
	if e.item.On.Known() {
		x.On, x.Precision = string(e.item.On), e.item.Precision
	}
	x.Known, x.Basis = string(e.item.Known), e.item.Basis
	if e.isClaim() {
		x.Status = e.claimStatus(e.s.ID)
	}
	if f, ok := e.said(); ok {
		given := e.counted(f)
		x.Count, x.Min, x.Max, x.Unit, x.Qualifier, x.Scope = given.Count, given.Min, given.Max, given.Unit, given.Qualifier, given.Scope
	}
	n.Extensions = map[string]any{stixExtension: x}
	return n
}

// stixReferences are the sources of the statement, each with its words. An address
// stands as one when we have the hash of what was there; else it is only the
// identifier of the source, as what stands there may have changed.
func (e event) stixReferences() []stixReference {
	var list []stixReference
	for _, src := range e.sourcesOf(&e.s) {
		ref := stixReference{Source: oneLine(src.Publisher), Description: oneLine(src.Title)}
		for _, q := range e.s.Quotes {
			if q.Source == src.ID {
				ref.Description = oneLine(ref.Description + " “" + q.Text + "”")
			}
		}
		href, ok := linkable(src.URL)
		if u, err := url.Parse(href); ok && ref.Source == "" && err == nil {
			ref.Source = u.Hostname()
		}
		if ref.Source == "" {
			ref.Source = src.ID
		}
		switch {
		case ok && src.SHA256 != "":
			ref.URL, ref.Hashes = href, map[string]string{"SHA-256": strings.ToLower(src.SHA256)}
		case ok:
			ref.ID = href
		case ref.Description == "":
			ref.ID = e.r.ID + "/" + src.ID
		}
		list = append(list, ref)
		if archive, ok := linkable(src.Archive); ok {
			list = append(list, stixReference{Source: ref.Source, Description: "Archived copy", ID: archive})
		}
	}
	return list
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
