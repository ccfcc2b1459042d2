package web

import (
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"vigie"
)

// Surface is what an address answers with, whatever the format.
type Surface string

// The surfaces that have formats.
const (
	IncidentsSurface  Surface = "incidents"  // a list of cases: vigie.Answer
	IncidentSurface   Surface = "incident"   // one case: Case
	TimelineSurface   Surface = "timeline"   // statements and corrections: vigie.Timeline
	CompaniesSurface  Surface = "companies"  // the companies that have a published case: []CompanyRow
	FiguresSurface    Surface = "figures"    // the charts of a query: vigie.Survey
	VocabularySurface Surface = "vocabulary" // every code with its words, and every column: nothing is asked
)

// Case is one case as a format writes it: the record, and every event of it, the
// oldest first. The statements are those of the record, in order; the corrections
// are those that were made by then.
type Case struct {
	vigie.Record
	Events []vigie.Item
}

// Format is a row of the table of formats: how it is asked for and who writes it.
// A writer that is nil means that the surface is not to be had in this format.
type Format struct {
	Name  string // also the extension: /incidents.jsonfeed
	Label string // what people call it
	MIME  string // Content-Type as served
	Feed  bool   // sorted by recorded, announces its hub
	Page  bool   // drawn by Web.Page, on every surface
	Tells bool   // of one case, its events too: the caller gathers Case.Events

	Incidents func(io.Writer, Context, vigie.Answer) error
	Incident  func(io.Writer, Context, Case) error
	Timeline  func(io.Writer, Context, vigie.Timeline) error

	Companies  func(io.Writer, Context, []CompanyRow) error
	Vocabulary func(io.Writer, Context) error
	Figures    func(io.Writer, Context, string, vigie.Survey) error

	// Formats that hold whole answers of any length write them record by record, in
	// constant memory.
	Records func(io.Writer, Context, iter.Seq2[vigie.Record, error]) error
	Items   func(io.Writer, Context, iter.Seq2[vigie.Item, error]) error
}

// Formats is the table of formats, in the order of preference when a client says
// that it does not care.
var Formats = []Format{
	{Name: "html", Label: "HTML", MIME: "text/html; charset=utf-8", Page: true},
	{Name: "json", Label: "JSON", MIME: "application/json", Incidents: writeAnswer, Incident: writeRecord, Timeline: writeTimeline, Companies: writeCompanies, Vocabulary: writeCodes, Figures: writeSurvey},
	{Name: "ndjson", Label: "NDJSON", MIME: "application/x-ndjson", Records: writeRecordLines, Items: writeItemLines, Companies: writeCompanyLines},
	{Name: "csv", Label: "CSV", MIME: "text/csv; charset=utf-8; header=present", Tells: true, Records: writeCaseRows, Incident: writeLedgerRows, Items: writeEventRows, Companies: writeCompanyRows, Vocabulary: writeCodeRows},
	{Name: "xlsx", Label: "XLSX (Excel)", MIME: xlsxMIME, Tells: true, Records: writeCaseBook, Incident: writeLedgerBook, Items: writeEventBook, Companies: writeCompanyBook, Vocabulary: writeCodeBook},
	{Name: "md", Label: "Markdown", MIME: "text/markdown; charset=utf-8", Tells: true, Records: writeCaseList, Incident: writeCaseSheet, Items: writeEventList},
	{Name: "ics", Label: "iCalendar", MIME: "text/calendar; charset=utf-8", Tells: true, Records: writeCaseCalendar, Incident: writeLedgerCalendar, Items: writeEventCalendar},
	{Name: "timelinejs", Label: "TimelineJS3", MIME: "application/json", Tells: true, Records: writeCaseSlides, Incident: writeLedgerSlides, Items: writeEventSlides},
	{Name: "bib", Label: "BibTeX", MIME: "application/x-bibtex", Incident: writeBib},
	{Name: "csl", Label: "CSL-JSON", MIME: "application/vnd.citationstyles.csl+json", Incident: writeCSL},
	{Name: "stix", Label: "STIX 2.1", MIME: stixMIME, Tells: true, Records: writeCaseBundle, Incident: writeLedgerBundle, Items: writeEventBundle},
	{Name: "rss", Label: "RSS", MIME: "application/rss+xml; charset=utf-8", Feed: true, Incidents: incidentFeed(writeRSS), Timeline: timelineFeed(writeRSS)},
	{Name: "atom", Label: "Atom", MIME: "application/atom+xml; charset=utf-8", Feed: true, Incidents: incidentFeed(writeAtom), Timeline: timelineFeed(writeAtom)},
	{Name: "jsonfeed", Label: "JSON Feed", MIME: "application/feed+json", Feed: true, Incidents: incidentFeed(writeJSONFeed), Timeline: timelineFeed(writeJSONFeed)},
}

// feedAddresses are the short addresses of the feed for people and the format
// that each stands for: /feed.json is /timeline.jsonfeed.
var feedAddresses = map[string]string{"/feed.rss": "rss", "/feed.atom": "atom", "/feed.json": "jsonfeed"}

// FeedAddresses are those short addresses, sorted.
func FeedAddresses() []string { return slices.Sorted(maps.Keys(feedAddresses)) }

// FormatNamed finds a format by its name.
func FormatNamed(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// SplitFormat takes the extension of a known format off a path, so that no route
// knows about formats: /incidents/temu-2024-09.json is /incidents/temu-2024-09 in
// json, and /feed.json is /timeline in jsonfeed. A path without one, or with
// another, comes back whole.
func SplitFormat(path string) (bare string, f Format, ok bool) {
	if name, short := feedAddresses[path]; short {
		f, ok = FormatNamed(name)
		return TimelinePath, f, ok
	}
	slash, dot := strings.LastIndexByte(path, '/'), strings.LastIndexByte(path, '.')
	if dot <= slash+1 {
		return path, Format{}, false
	}
	if f, ok = FormatNamed(path[dot+1:]); !ok {
		return path, Format{}, false
	}
	return path[:dot], f, true
}

// Reads is the surface that the format shows where another is asked: of one case a
// feed shows the timeline. The caller gathers that one, and writes it.
func (f Format) Reads(s Surface) Surface {
	if s == IncidentSurface && f.Feed {
		return TimelineSurface
	}
	return s
}

// Serves tells whether the surface is to be had in the format.
func (f Format) Serves(s Surface) bool {
	switch f.Reads(s) {
	case IncidentsSurface:
		return f.Page || f.Incidents != nil || f.Records != nil
	case IncidentSurface:
		return f.Page || f.Incident != nil || f.Records != nil
	case TimelineSurface:
		return f.Page || f.Timeline != nil || f.Items != nil
	case CompaniesSurface:
		return f.Page || f.Companies != nil
	case VocabularySurface:
		return f.Vocabulary != nil
	case FiguresSurface:
		return f.Page || f.Figures != nil
	}
	return false
}

// WriteIncidents writes a list of cases.
func (f Format) WriteIncidents(w io.Writer, c Context, a vigie.Answer) error {
	switch {
	case f.Incidents != nil:
		return f.Incidents(w, c, a)
	case f.Records != nil:
		return f.Records(w, c, each(a.Incidents))
	}
	return f.refuses(IncidentsSurface)
}

// WriteIncident writes one case.
func (f Format) WriteIncident(w io.Writer, c Context, one Case) error {
	switch {
	case f.Incident != nil:
		return f.Incident(w, c, one)
	case f.Records != nil:
		return f.Records(w, c, each([]vigie.Record{one.Record}))
	}
	return f.refuses(IncidentSurface)
}

// WriteTimeline writes statements and corrections.
func (f Format) WriteTimeline(w io.Writer, c Context, t vigie.Timeline) error {
	switch {
	case f.Timeline != nil:
		return f.Timeline(w, c, t)
	case f.Items != nil:
		return f.Items(w, c, each(t.Items))
	}
	return f.refuses(TimelineSurface)
}

// WriteCompanies writes the companies, a row each.
func (f Format) WriteCompanies(w io.Writer, c Context, rows []CompanyRow) error {
	if f.Companies == nil {
		return f.refuses(CompaniesSurface)
	}
	return f.Companies(w, c, rows)
}

// WriteVocabulary writes the codebook: every code of every list with its words, and
// every column of the tables.
func (f Format) WriteVocabulary(w io.Writer, c Context) error {
	if f.Vocabulary == nil {
		return f.refuses(VocabularySurface)
	}
	return f.Vocabulary(w, c)
}

// WriteFigures writes the numbers of the charts of a query, which is given in its one form.
func (f Format) WriteFigures(w io.Writer, c Context, query string, s vigie.Survey) error {
	if f.Figures == nil {
		return f.refuses(FiguresSurface)
	}
	return f.Figures(w, c, query, s)
}

func (f Format) refuses(s Surface) error {
	return fmt.Errorf("writing the %s as %s: %w", s, f.Name, vigie.ErrNotFound)
}

// each gives the rows of a list the shape of a stream that cannot fail.
func each[T any](rows []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
