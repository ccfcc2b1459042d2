package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"vigie"
)

// What a page says of itself to machines, in the vocabulary of schema.org: a case is a
// Report whose parts are Claims, each with who makes it, where it appeared and what
// became of it. A claim never becomes a fact: there is no rating and no ClaimReview, and
// the text of a contested figure names who denies it.

// thing is an object of JSON-LD. Its keys are written in alphabetical order.
type thing map[string]any

// set adds a property that is known; what is unknown is absent.
func (n thing) set(key string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case []thing:
		if len(v) == 0 {
			return
		}
	case time.Time:
		if v.IsZero() {
			return
		}
		value = v.UTC().Format(time.RFC3339)
	case vigie.Date:
		if !plainDate(v) { // "about", or between two days: no date of ISO 8601
			return
		}
	}
	n[key] = value
}

func aThing(kind string, pairs ...any) thing {
	n := thing{"@type": kind}
	for i := 0; i+1 < len(pairs); i += 2 {
		n.set(pairs[i].(string), pairs[i+1])
	}
	return n
}

func ref(id string) thing { return thing{"@id": id} }

// jsonLD is the description of a page, for a script element that is data. json escapes
// what would end the element.
func (w *Words) jsonLD(page any) (template.JS, error) {
	var graph []thing
	var err error
	switch p := page.(type) {
	case Incident:
		graph = p.described(w)
	case Home:
		graph, err = p.Frame.dataset(w, p.Glance.Years)
	case Dump:
		graph, err = p.Frame.dataset(w, nil)
	}
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(thing{"@context": "https://schema.org", "@graph": graph})
	if err != nil {
		return "", fmt.Errorf("describing a page: %w", err)
	}
	return template.JS(body), nil
}

func (f Frame) context() Context {
	return Context{Base: f.Base, HTML: f.Base + f.Here(f.Lang), Lang: f.Lang, Site: f.Site, Edition: f.Edition}
}

// us is the publisher of the record, and its id.
func (f Frame) us() (org thing, id string) {
	id = f.Base + HomePath + "#org"
	org = aThing("Organization", "@id", id, "name", cmp.Or(f.Site.Publisher, f.Site.Name), "url", f.Base+PagePath(f.Lang, AboutPath))
	return org, id
}

func (f Frame) licence() string {
	address, _ := linkable(f.Site.LicenceURL)
	return address
}

// dataset describes the whole record. years are those that cases are of.
func (f Frame) dataset(w *Words, years []vigie.Facet) ([]thing, error) {
	org, us := f.us()
	name, err := w.Say("dataset.name", f.Site.Name)
	if err != nil {
		return nil, err
	}
	description, err := w.Say("dataset.description")
	if err != nil {
		return nil, err
	}
	set := aThing("Dataset", "@id", f.Base+HomePath+"#dataset", "url", f.Base+PagePath(f.Lang, DumpPath), "name", name, "description", description,
		"license", f.licence(), "temporalCoverage", span(years))
	set["creator"], set["publisher"], set["isAccessibleForFree"], set["inLanguage"] = ref(us), ref(us), true, vigie.Langs
	if f.Edition > 0 {
		set["version"] = fmt.Sprint(f.Edition)
	}
	var files []thing
	for _, file := range []struct{ path, kind string }{
		{DumpPath + "/vigie.sqlite", "application/vnd.sqlite3"}, {DumpPath + "/vigie.zip", "application/zip"},
		{IncidentsPath + ".ndjson", "application/x-ndjson"}, {IncidentsPath + ".csv", "text/csv"}, {TimelinePath + ".csv", "text/csv"},
	} {
		files = append(files, aThing("DataDownload", "name", strings.TrimPrefix(file.path, "/"), "contentUrl", f.Base+file.path, "encodingFormat", file.kind))
	}
	set.set("distribution", files)
	return []thing{set, org}, nil
}

// span is from the first to the last of some years.
func span(years []vigie.Facet) string {
	if len(years) == 0 {
		return ""
	}
	byYear := func(a, b vigie.Facet) int { return cmp.Compare(a.Value, b.Value) }
	return slices.MinFunc(years, byYear).Value + "/" + slices.MaxFunc(years, byYear).Value
}

// described is the case as a Report.
func (p Incident) described(w *Words) []thing {
	org, us := p.us()
	at, r := p.context(), p.Record
	id := p.Base + IncidentPath(r.ID)
	company := aThing("Organization", "@id", p.Base+CompanyPath(p.Company.ID)+"#company", "name", p.Company.Name, "url", p.Base+PagePath(p.Lang, CompanyPath(p.Company.ID)))
	if q := p.Company.Wikidata; q != "" {
		company["sameAs"] = "https://www.wikidata.org/wiki/" + q
	}
	report := aThing("Report", "@id", id+"#report", "url", at.IncidentURL(r.ID), "headline", headline(r, p.Lang), "inLanguage", string(p.Lang),
		"license", p.licence(), "temporalCoverage", covers(r.Incident), "description", cmp.Or(r.Summary.In(p.Lang), headline(r, p.Lang)))
	if n := p.Shown(); n > 0 {
		report["version"] = fmt.Sprint(n)
	}
	if d := r.Derived; d != nil {
		report.set("datePublished", d.Recorded)
		report.set("dateModified", d.Updated)
	}
	report["author"], report["publisher"], report["isAccessibleForFree"] = ref(us), ref(us), true
	report["about"] = ref(company["@id"].(string))
	var cited, claims, corrections []thing
	for _, s := range r.Sources {
		cited = append(cited, source(id, s))
	}
	events := p.Events
	if events == nil {
		events = r.Ledger()
	}
	for _, item := range events {
		if item.Correction != nil {
			corrections = append(corrections, aThing("CorrectionComment", "@id", id+"#"+item.ID[strings.LastIndexByte(item.ID, '/')+1:], "text", item.Correction.Note, "datePublished", item.Recorded))
			continue
		}
		claims = append(claims, p.claim(at.event(item), id, us))
	}
	report.set("citation", cited)
	report.set("hasPart", claims)
	report.set("correction", corrections)
	return []thing{report, company, org}
}

// claim is one statement: its text says that it is a claim, and who denies it.
func (p Incident) claim(e event, id, us string) thing {
	s := e.s
	n := aThing("Claim", "@id", id+"#"+s.ID, "url", e.c.ItemURL(e.item), "text", e.headline(), "description", s.Text.In(p.Lang), "datePublished", s.On,
		"creativeWorkStatus", e.became(), "inLanguage", string(p.Lang))
	n["claimInterpreter"] = ref(us)
	if s.By.Role == vigie.Respondent {
		n["author"] = ref(p.Base + CompanyPath(p.Company.ID) + "#company")
	} else {
		name := e.fullSpeaker(s.By)
		if s.By.Role == vigie.Attacker {
			name += e.in(aliasUnverified)
		}
		n["author"] = aThing("Organization", "name", name)
	}
	var appeared []thing
	for _, r := range s.Sources {
		appeared = append(appeared, ref(id+"#"+r))
	}
	n.set("appearance", appeared)
	return n
}

var aliasUnverified = vigie.Text{FR: " – pseudonyme, non vérifié", EN: " – alias, unverified"}

// became says where a statement stands: of a claim whether it is contested, refuted or
// taken back; of any other, what it does.
func (e event) became() string {
	if !e.isClaim() {
		return e.labels("act", actCodes(e.s.Acts))
	}
	status := e.claimStatus(e.s.ID)
	if status == "withdrawn" {
		return e.in(withdrawnWord)
	}
	return vigie.Label("word", status, e.c.Lang)
}

var withdrawnWord = vigie.Text{FR: "retirée par son auteur", EN: "withdrawn by its speaker"}

func actCodes(acts []vigie.Act) []string {
	out := make([]string, len(acts))
	for i, a := range acts {
		out[i] = string(a)
	}
	return out
}

// source is a work cited by a case.
func source(id string, s vigie.Source) thing {
	kind := "CreativeWork"
	switch s.Kind {
	case "report":
		kind = "Report"
	case "page":
		kind = "WebPage"
	}
	address, _ := linkable(s.URL)
	archived, _ := linkable(s.Archive)
	n := aThing(kind, "@id", id+"#"+s.ID, "url", address, "name", oneLine(s.Title), "headline", oneLine(s.Title), "datePublished", s.Published, "inLanguage", languageTag(s.Lang), "archivedAt", archived)
	if s.Publisher != "" {
		n["publisher"] = aThing("Organization", "name", oneLine(s.Publisher))
	}
	return n
}

// covers is from the first to the last day that the case speaks of, as precise as its
// dates are; those that are only "about" are left out.
func covers(in vigie.Incident) string {
	dates := []vigie.Date{in.Occurred}
	for _, s := range in.Statements {
		dates = append(dates, s.On)
	}
	dates = slices.DeleteFunc(dates, func(d vigie.Date) bool { return !d.Known() || strings.Contains(string(d), "~") })
	if len(dates) == 0 {
		return ""
	}
	first := slices.MinFunc(dates, func(a, b vigie.Date) int { return cmp.Compare(a.First(), b.First()) })
	end := slices.MaxFunc(dates, func(a, b vigie.Date) int { return cmp.Compare(a.Last(), b.Last()) })
	from, _, _ := strings.Cut(string(first), "/")
	to := string(end)
	if _, after, is := strings.Cut(to, "/"); is {
		to = after
	}
	if from == to {
		return from
	}
	return from + "/" + to
}
