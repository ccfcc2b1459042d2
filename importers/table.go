package importers

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"vigie"
)

// CSVKind is the kind of Table among the Readers.
const CSVKind = "csv"

// Table reads a table of comma, semicolon, tab or bar separated values whose
// columns Options.Map explains. Every row is a candidate, a row left out, or a row
// refused with its number (the header is row 1). What a row is for the ledger the
// map says: a line of a list (a source, that makes no statement), a filing of the
// company, or a report of the press.
func Table(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		opts := opts.ready()
		in := tableText(doc.Open())
		meter := &meter{in: in}
		sep := separator(in)
		rows := csv.NewReader(meter)
		rows.Comma, rows.FieldsPerRecord, rows.ReuseRecord = sep, -1, true
		header, err := rows.Read()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = errors.New("it is empty")
			}
			yield(vigie.Candidate{}, fmt.Errorf("reading the header of the table: %w", err))
			return
		}
		header = slices.Clone(header)
		m, err := mapFor(opts.Map, header)
		if err != nil {
			yield(vigie.Candidate{}, err)
			return
		}
		for n := 2; ; n++ {
			cells, unread := rows.Read()
			meter.read = 0
			if errors.Is(unread, io.EOF) {
				return
			}
			var c vigie.Candidate
			err := unread
			if err == nil {
				if blank(cells) {
					continue
				}
				c, err = m.row(header, cells, opts)
			}
			broken := unread != nil && !errors.As(unread, new(*csv.ParseError)) // the file itself: it would be said for ever
			if broken {
				err = fmt.Errorf("%w; %w", err, ErrBroken)
			}
			if err != nil {
				err = fmt.Errorf("row %d: %w", n, err)
			}
			if !yield(c, err) || broken {
				return
			}
		}
	}
}

// mapFor reads the map and finds its columns.
func mapFor(written string, header []string) (*tableMap, error) {
	if strings.TrimSpace(written) == "" {
		return nil, mapHelp("none was given", header)
	}
	m, err := parseMap(written)
	if err == nil {
		err = m.bind(header)
	}
	if err != nil {
		return nil, mapHelp(err.Error(), header)
	}
	return m, nil
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// totals are what stands in the place of a victim in a row that adds up others.
var totals = map[string]bool{"total": true, "totals": true, "grand total": true, "subtotal": true, "sub total": true, "sum": true, "totaux": true, "total general": true}

// longName is how many characters a victim's name may have: more is a sentence.
const longName = 250

func (m *tableMap) row(header, cells []string, opts Options) (vigie.Candidate, error) {
	for len(cells) > len(header) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != len(header) {
		return vigie.Candidate{}, fmt.Errorf("it has %d cells and the header %d: a separator or a quotation mark is missing or too many", len(cells), len(header))
	}
	e := entry{kind: CSVKind, lang: m.one("lang", cells)}
	if e.lang == "" {
		e.lang = "en"
	}
	var printed []string
	for _, cell := range m.all("victim", cells) {
		name, domain := apartFromSite(cell)
		printed = append(printed, name)
		if domain != "" {
			e.domains = append(e.domains, domain)
		}
	}
	if len(printed) == 0 || nobody[strings.Join(vigie.Words(printed[0]), " ")] {
		return vigie.Candidate{}, fmt.Errorf("%w: it names no victim", ErrFiltered)
	}
	victim := printed[0]
	switch {
	case totals[strings.Join(vigie.Words(victim), " ")]:
		return vigie.Candidate{}, fmt.Errorf("%w: a row of totals", ErrFiltered)
	case plainHeader(victim) == plainHeader(m.fields["victim"][0].column):
		return vigie.Candidate{}, fmt.Errorf("%w: the header again", ErrFiltered)
	case len(victim) > longName, strings.Contains(victim, "://"):
		return vigie.Candidate{}, fmt.Errorf("%s holds no name: %.60q", m.fields["victim"][0].column, victim)
	}
	for _, p := range printed {
		e.victims = joined(e.victims, tradeNames(p))
	}
	for _, c := range m.fields["attack"] {
		if !oneOf(c.cell(cells), c.format) {
			return vigie.Candidate{}, fmt.Errorf("%w: %s was hit by no attack: %s is %q", ErrFiltered, victim, c.column, squeeze(c.cell(cells)))
		}
	}
	for _, c := range m.fields["retail"] {
		switch cell := squeeze(c.cell(cells)); {
		case c.constant && c.column == "yes", cell != "" && !c.constant && oneOf(cell, c.format):
			e.trade = retail
		case cell != "" && e.trade == untold:
			e.trade = another
		}
	}
	e.published = m.date("date", cells, &e)
	e.draft.Occurred = m.span(cells, &e)
	e.draft.Discovered = m.date("discovered", cells, &e)
	e.draft.Kind = m.kind(cells)
	for _, c := range m.all("country", cells) {
		if code := cellCountry(c); code != "" {
			e.draft.Countries = joined(e.draft.Countries, []string{code})
		}
	}
	e.title, e.words = victim, strings.Join(m.all("text", cells), "\n")
	if t := m.one("title", cells); t != "" {
		e.title = t
	}
	if m.fields["actor"] != nil {
		for _, a := range m.all("actor", cells) {
			if !nobody[strings.Join(vigie.Words(a), " ")] && !strings.EqualFold(a, "undetermined") {
				e.actors = joined(e.actors, []string{a})
			}
		}
	}
	e.key = m.key(victim, cells)
	m.speak(cells, &e, opts)
	return e.candidate(opts)
}

// speak writes down what the row is for the ledger, by the map's `as`.
func (m *tableMap) speak(cells []string, e *entry, opts Options) {
	victim := e.victims[0]
	figures := m.figures(cells, e)
	var data []string
	for _, c := range m.all("data", cells) {
		codes, unknown := cellData(c)
		data = joined(data, codes)
		if len(unknown) > 0 {
			e.notes = append(e.notes, "Kinds of data that Vigie has no code for: "+strings.Join(unknown, ", ")+".")
		}
	}
	publisher := m.one("publisher", cells)
	if publisher == "" {
		publisher = "a table whose publisher the map does not name"
	}
	own := vigie.Source{URL: m.url(cells), Publisher: publisher, Title: e.title, Published: e.published, Lang: e.lang, Licence: m.one("licence", cells), Kind: "list", Seen: vigie.SeenFull}
	switch m.as {
	case "filing":
		own.Kind, own.Seen, own.Title = "filing", vigie.SeenExcerpt, dated("Notice of "+victim, e.published)
		s := filing(victim, publisher, e.cite(own))
		for _, a := range m.all("act", cells) {
			if vigie.May(vigie.Respondent, vigie.Act(a)) && !s.Does(vigie.Act(a)) {
				s.Acts = append(s.Acts, vigie.Act(a))
			}
		}
		s.On, s.Figures, s.Data = e.published, figures, data
		e.say(s)
	case "press":
		own.Kind, own.Seen = "article", vigie.SeenHeadline
		if e.words != "" {
			own.Seen = vigie.SeenExcerpt
		}
		e.say(vigie.Statement{By: vigie.Speaker{Role: vigie.Press, Name: publisher}, Acts: []vigie.Act{vigie.Reports}, On: e.published, Figures: figures, Data: data, Sources: []string{e.cite(own)},
			Text: vigie.Text{FR: publisher + " fait état d’une attaque contre " + victim + ".", EN: publisher + " reports an attack on " + victim + "."}})
	default:
		own.Title = dated(e.title, e.published)
		e.cite(own)
		for _, f := range figures {
			value := f.Min
			if value == 0 {
				value = f.Max
			}
			e.counts = append(e.counts, vigie.Count{Value: value, Unit: f.Unit, Status: "unknown", Qualifier: f.Qualifier})
		}
		e.data = data
	}
	for _, f := range figures {
		count := vigie.Number(max(f.Min, f.Max), vigie.English)
		if f.Min > 0 && f.Min < f.Max {
			count = vigie.Number(f.Min, vigie.English) + "–" + count
		}
		e.notes = append(e.notes, strings.TrimSpace(fmt.Sprintf("Counted: %s %s %s", count, f.Unit, bracketed(f.Scope.EN))))
	}
	for _, cell := range m.all("source", cells) {
		for _, a := range addresses(cell) {
			e.cite(e.linked(opts.Lexicon, a))
		}
	}
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

// dated is a title that tells one row of a table from another of the same victim.
func dated(title string, d vigie.Date) string {
	if d == "" {
		return title
	}
	return title + ", " + string(d)
}

// key is what names the row: its column, else the victim with the days as they are
// printed. The publisher goes in, since two registers may number alike.
func (m *tableMap) key(victim string, cells []string) string {
	parts := []string{m.as, m.one("publisher", cells)}
	if keys := m.all("key", cells); len(keys) > 0 {
		parts = append(parts, keys...)
	} else {
		parts = append(parts, strings.Join(vigie.Words(victim), " "))
		for _, f := range []string{"date", "occurred", "occurred_end"} {
			parts = append(parts, m.all(f, cells)...)
		}
		if len(parts) == 3 { // no date tells it from another row of the same victim
			parts = append(parts, m.all("text", cells)...)
			parts = append(parts, m.all("source", cells)...)
		}
	}
	key := digest(parts)
	// Two rows of one victim and day that say otherwise are two, the same row twice
	// is one.
	row := digest(cells)
	nth := slices.Index(m.met[key], row)
	if nth < 0 {
		nth = len(m.met[key])
		m.met[key] = append(m.met[key], row)
	}
	if nth > 0 {
		return fmt.Sprintf("row:%s-%d", key, nth+1)
	}
	return "row:" + key
}

func digest(parts []string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:16])
}

// kind is what the map says of the row; a filing of a breach of data is one, and
// of a list that does not say the kind is unknown.
func (m *tableMap) kind(cells []string) vigie.Kind {
	for _, c := range m.fields["kind"] {
		if k := cellKind(c.cell(cells), c.format); k != "" {
			return k
		}
	}
	if m.as == "filing" {
		return "data_breach"
	}
	return "unknown"
}

// figures are the counts of the row; a cell that cannot be read is told.
func (m *tableMap) figures(cells []string, e *entry) []vigie.Figure {
	var out []vigie.Figure
	for _, c := range m.fields["affected"] {
		f, some, ok := cellFigure(c.cell(cells))
		if !ok {
			e.notes = append(e.notes, fmt.Sprintf("%s: %q is not read as a number.", c.column, squeeze(c.cell(cells))))
		}
		if !some {
			continue
		}
		f.Unit = "people"
		if len(c.format) > 0 && c.format[0] != "" {
			f.Unit = vigie.Unit(c.format[0])
		}
		if len(c.format) > 1 {
			f.Scope = vigie.Text{FR: c.format[1], EN: c.format[1]}
		}
		out = append(out, f)
	}
	return out
}

// date is the first date that its columns give; what is not read is told.
func (m *tableMap) date(field string, cells []string, e *entry) vigie.Date {
	for _, c := range m.fields[field] {
		cell := squeeze(c.cell(cells))
		if cell == "" {
			continue
		}
		if d, ok := cellDate(cell, c.format); ok {
			return d
		}
		e.notes = append(e.notes, layoutProblem(c.column, cell))
	}
	return ""
}

// span is when it took place: from one date to another when the row gives both.
func (m *tableMap) span(cells []string, e *entry) vigie.Date {
	from, to := m.date("occurred", cells, e), m.date("occurred_end", cells, e)
	if from == "" || to == "" || from == to {
		return from
	}
	if both := from + "/" + to; both.Known() {
		return both
	}
	e.notes = append(e.notes, fmt.Sprintf("It would end (%s) before it begins (%s): left out.", to, from))
	return ""
}

func (m *tableMap) url(cells []string) string {
	for _, u := range m.all("url", cells) {
		if list := addresses(u); len(list) > 0 {
			return list[0]
		}
	}
	return ""
}

// one is the first value of a field.
func (m *tableMap) one(field string, cells []string) string { return foremost(m.all(field, cells)) }

// all are the values of a field that are not blank.
func (m *tableMap) all(field string, cells []string) []string {
	var out []string
	for _, c := range m.fields[field] {
		if v := strings.TrimSpace(c.cell(cells)); v != "" {
			if field != "text" && field != "data" && field != "source" {
				v = squeeze(v)
			}
			out = append(out, v)
		}
	}
	return out
}

func (c *mapped) cell(cells []string) string {
	if c.constant {
		return c.column
	}
	return cells[c.index]
}
