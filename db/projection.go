package db

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigie"
)

// projection is a table that follows from the revisions. The first key columns
// order it.
type projection struct {
	name    string
	columns []string
	key     int
}

// projections are all of them but the full text, which keeps no rows to compare.
var projections = []projection{
	{"incidents", strings.Fields(`doc id num version state state_version shown known company wave kind evidence position word first_day last_day occurred
		affected affected_min affected_max affected_unit recorded recorded_seq updated edition merged_into reason`), 1},
	{"terms", []string{"field", "value", "doc"}, 3},
	{"standings", []string{"doc", "day", "until", "evidence", "position", "word"}, 2},
	{"events", strings.Fields(`ord id incident type statement version edition recorded on_day known_day live changed speaker dated role acts named`), 1},
	{"care", []string{"doc", "checked", "unopened"}, 1},
	{"companies", []string{"id", "version", "sort"}, 1},
	{"names", []string{"name", "company"}, 2},
	{"waves", []string{"id", "version", "sort"}, 1},
}

func (p projection) insert() string {
	return "INSERT OR REPLACE INTO " + p.name + " (" + strings.Join(p.columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(p.columns)-1) + ")"
}

func (p projection) read() string {
	return "SELECT " + strings.Join(p.columns, ", ") + " FROM " + p.name + " ORDER BY " + strings.Join(p.columns[:p.key], ", ")
}

// rows are what a record puts into each table, and into the full text.
type rows struct {
	of    map[string][][]any // table → rows of string and int64
	doc   int64
	words []string // one a column of words, folded; nil when it is not searched
}

func (r *rows) add(table string, values ...any) {
	for i, v := range values {
		switch v := v.(type) {
		case int:
			values[i] = int64(v)
		case bool:
			values[i] = int64(0)
			if v {
				values[i] = int64(1)
			}
		}
	}
	r.of[table] = append(r.of[table], values)
}

// docOf is the row id of a case: the earliest day of its first public word as a
// julian day number, then its own number. An undated case comes before all.
func docOf(first vigie.Date, num int64) int64 {
	day, err := time.Parse(time.DateOnly, string(first.First()))
	if err != nil {
		return num
	}
	return (day.Unix()/86400+2440588)<<20 | num
}

func (l *ledger) company(id string) vigie.Company {
	if c, ok := l.companies[id]; ok {
		return c.body
	}
	return vigie.Company{ID: id, Name: id}
}

// caseRows writes a case out into its projections.
func (l *ledger) caseRows(id string) rows {
	c := l.cases[id]
	in, company := &c.body, l.company(c.body.Company)
	first := in.FirstWord()
	r := rows{of: map[string][][]any{}, doc: docOf(first, c.num)}
	standing := in.Standing("")
	figure, _ := in.FigureOfRecord("")
	r.add("incidents", r.doc, id, c.num, c.version, string(c.state), c.stateVersion, c.shown(), c.known,
		in.Company, in.Wave, string(in.Kind), string(standing.Evidence), string(standing.Position), standing.Word,
		string(first.First()), string(first.Last()), string(in.Occurred.First()),
		affected(in), figure.Min, figure.Max, string(figure.Unit),
		c.recorded, c.recordedSeq, c.updated, c.edition, in.MergedInto, in.Reason)
	l.eventRows(&r, id, c)
	if c.state == vigie.Published || c.state == vigie.Draft {
		r.add("care", r.doc, string(in.Checked), unopened(in))
		for _, t := range meetings(in, company) {
			r.add("terms", t[0], t[1], r.doc)
		}
	}
	if !c.known {
		return r
	}
	for _, t := range termsOf(in, company, standing, first) {
		r.add("terms", t[0], t[1], r.doc)
	}
	days := in.Standings()
	for i, d := range days {
		until := "9999-12-31"
		if i+1 < len(days) {
			until = string(days[i+1].Day)
		}
		r.add("standings", r.doc, string(d.Day), until, string(d.Standing.Evidence), string(d.Standing.Position), d.Standing.Word)
	}
	r.words = textOf(in, company).folded()
	return r
}

// termsOf are the fields and values that a case is filtered and counted by,
// sorted, each once. Groups and actors are slugs, as in vigie.Query.
func termsOf(in *vigie.Incident, company vigie.Company, standing vigie.Standing, first vigie.Date) [][2]string {
	var list [][2]string
	add := func(field string, values ...string) {
		for _, v := range values {
			if v != "" {
				list = append(list, [2]string{field, v})
			}
		}
	}
	add("company", in.Company)
	add("group", vigie.Slug(company.Group))
	add("sector", company.Sector)
	add("company_country", company.Country)
	add("country", in.Countries...)
	add("kind", string(in.Kind))
	add("wave", in.Wave)
	add(viaTerm, vigie.Slug(in.Via))
	add("evidence", string(standing.Evidence))
	add("position", string(standing.Position))
	if first.Known() && first.First()[:4] == first.Last()[:4] {
		add("year", string(first.First()[:4]))
	}
	for i := range in.Statements {
		s := &in.Statements[i]
		add("role", string(s.By.Role))
		add("actor", vigie.Slug(s.Actor))
		add("data", s.Data...)
		for _, a := range s.Acts {
			add("act", string(a))
		}
		for _, f := range s.Figures {
			add("unit", string(f.Unit))
		}
	}
	slices.SortFunc(list, func(a, b [2]string) int { return strings.Compare(a[0]+"\x00"+a[1], b[0]+"\x00"+b[1]) })
	return slices.Compact(list)
}

// eventRows writes the events that the case owns. A statement is live while it
// stands in a published case; so is a correction, and that of a retraction or a
// merge stays when the case is gone. Earlier corrections of a retracted case
// leave with it: their notes tell what was taken back.
func (l *ledger) eventRows(r *rows, id string, c *caseState) {
	local := map[string]*vigie.Statement{}
	for i := range c.body.Statements {
		local[c.body.Statements[i].FullID(id)] = &c.body.Statements[i]
	}
	for _, e := range l.eventsOf(id) {
		var statement, on, known, speaker, dated, role, acts, named string
		live := c.shown() || e.kind == vigie.ItemCorrection && (c.state == vigie.Merged || e.version == c.stateVersion)
		if e.kind == vigie.ItemCorrection {
			on = e.recorded[:len(time.DateOnly)]
			known = on
		} else if s, ok := local[e.id]; ok {
			statement, on, known = s.ID, string(s.On.First()), string(c.body.KnownOn(s))
			dated, role, named = string(s.On), string(s.By.Role), cmp.Or(s.By.Name, s.By.Company)
			for _, act := range s.Acts {
				acts = strings.TrimLeft(acts+" "+string(act), " ")
			}
			if c.body.Counts(s) {
				speaker = string(s.By.Role)
			}
		} else {
			live = false
		}
		r.add("events", e.ord, e.id, e.incident, e.kind, statement, e.version, e.edition, e.recorded, on, known, live, e.changed, speaker, dated, role, acts, named)
	}
}

// companyRows and waveRows write those out. They sort by their folded names.
func (l *ledger) companyRows(id string) rows {
	c := l.companies[id]
	r := rows{of: map[string][][]any{}}
	r.add("companies", id, c.version, vigie.Fold(c.body.Name))
	for _, name := range namesOf(c.body) {
		r.add("names", name, id)
	}
	return r
}

func (l *ledger) waveRows(id string) rows {
	w := l.waves[id]
	r := rows{of: map[string][][]any{}}
	r.add("waves", id, w.version, vigie.Fold(w.body.Name.In(vigie.French)))
	return r
}

// namesOf are the keys under which a company is a suspect.
func namesOf(c vigie.Company) []string {
	var keys []string
	for _, name := range slices.Concat([]string{c.ID, c.Name}, c.Aliases, c.Domains) {
		if key := nameKey(name); key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// nameKey folds a name so that "Décathlon", "DECATHLON" and "decathlon" meet.
func nameKey(name string) string { return strings.Join(vigie.Words(name), " ") }

// writes are the statements that bring the tables to the state of every record
// that was touched, in a fixed order.
func (l *ledger) writes() []SQL {
	var keys []string
	for key := range l.touched {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var batch []SQL
	for _, key := range keys { // all that goes, before anything comes: a row may pass from one case to another
		kind, id, _ := strings.Cut(key, "/")
		batch = append(batch, l.removals(kind, id)...)
	}
	for _, key := range keys {
		kind, id, _ := strings.Cut(key, "/")
		batch = append(batch, inserts(l.rowsOf(kind, id))...)
	}
	return batch
}

func (l *ledger) rowsOf(kind, id string) rows {
	switch kind {
	case vigie.IncidentRecord:
		return l.caseRows(id)
	case vigie.CompanyRecord:
		return l.companyRows(id)
	}
	return l.waveRows(id)
}

func (l *ledger) removals(kind, id string) []SQL {
	switch kind {
	case vigie.IncidentRecord:
		doc := l.cases[id].doc
		if doc == 0 {
			return nil
		}
		return []SQL{
			sql(`DELETE FROM incidents WHERE doc = ?`, doc),
			sql(`DELETE FROM terms WHERE doc = ?`, doc),
			sql(`DELETE FROM standings WHERE doc = ?`, doc),
			sql(`DELETE FROM care WHERE doc = ?`, doc),
			sql(`DELETE FROM words WHERE rowid = ?`, doc),
		}
	case vigie.CompanyRecord:
		return []SQL{sql(`DELETE FROM names WHERE company = ?`, id)}
	}
	return nil
}

func inserts(r rows) []SQL {
	var batch []SQL
	for _, p := range projections {
		for _, row := range r.of[p.name] {
			batch = append(batch, sql(p.insert(), row...))
		}
	}
	if r.words != nil {
		args := []any{r.doc}
		for _, text := range r.words {
			args = append(args, text)
		}
		batch = append(batch, sql(`INSERT INTO words (rowid, title, company, statements, quotes, sources, actors) VALUES (?, ?, ?, ?, ?, ?, ?)`, args...))
	}
	return batch
}

// describe names a row in a report.
func describe(table string, row []any) string {
	parts := make([]string, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case string:
			parts[i] = strconv.Quote(v)
		default:
			parts[i] = fmt.Sprint(v)
		}
	}
	return table + " (" + strings.Join(parts, ", ") + ")"
}
