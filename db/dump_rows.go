package db

import (
	"bytes"
	"encoding/json"
	"fmt"

	"vigie"
)

// A row of the dump is written in the order of its columns in dump.sql. What a
// case names that is not there (it may have been loaded so) is left out of the
// tables and stays in its record.

// number is a count that 0 leaves unknown.
func number(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func days(n *int) any {
	if n == nil {
		return nil
	}
	return int64(*n)
}

func bit(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

func read(row Row, into any) (body string, err error) {
	if err = row.Scan(&body); err == nil {
		err = decode(body, into)
	}
	return body, err
}

func (w *dumping) company(row Row) error {
	var c vigie.Company
	body, err := read(row, &c)
	if err != nil {
		return err
	}
	if err := w.put("companies", c.ID, c.Name, c.Group, c.Country, c.Sector, c.Wikidata, body); err != nil {
		return err
	}
	names := distinct{}
	for i, list := range [][]string{c.Aliases, c.Domains} {
		for _, name := range list {
			if names.again(name) {
				continue
			}
			if err := w.put("company_names", c.ID, name, []string{"alias", "domain"}[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *dumping) wave(row Row) error {
	var v vigie.Wave
	body, err := read(row, &v)
	if err != nil {
		return err
	}
	return w.put("waves", v.ID, v.Name.FR, v.Name.EN, v.Summary.FR, v.Summary.EN, body)
}

// distinct remembers what was there: lists of strangers may repeat themselves.
type distinct map[string]bool

func (d distinct) again(key string) bool {
	again := d[key]
	d[key] = true
	return again
}

func (w *dumping) incident(row Row) error {
	var told string
	r, _, err := scanRecord(row, &told)
	if err != nil {
		return err
	}
	recorded := map[string]string{}
	if err := decode(told, &recorded); err != nil {
		return fmt.Errorf("when %s was recorded: %w", r.ID, err)
	}
	var record bytes.Buffer
	encoder := json.NewEncoder(&record)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("incident %s: %w", r.ID, err)
	}
	s := r.Derived.Standing
	err = w.put("incidents", r.ID, r.Company, r.Respondent.Name, string(r.Kind), string(s.Evidence), string(s.Position), s.Word, string(s.Since.Evidence), string(s.Since.Position),
		r.Derived.Headline.FR, r.Derived.Headline.EN, r.Summary.FR, r.Summary.EN, string(r.FirstWord()), string(r.Occurred), string(r.Discovered), string(r.Disclosed), string(r.Checked),
		r.Via, r.Wave, int64(r.Derived.Version), stamp(r.Derived.Recorded), stamp(r.Derived.Updated), string(bytes.TrimSpace(record.Bytes())))
	if err != nil {
		return err
	}
	if err := w.each("brands", []any{r.ID}, r.Brands, nil); err != nil {
		return err
	}
	if err := w.each("countries", []any{r.ID}, r.Countries, nil); err != nil {
		return err
	}
	for _, l := range r.Derived.Lags {
		if err := w.put("lags", r.ID, l.From, l.To, days(l.Min), days(l.Max)); err != nil {
			return err
		}
	}
	for _, f := range r.Sources {
		if err := w.put("sources", r.ID, f.ID, f.URL, f.Publisher, f.Title, string(f.Published), f.Lang, f.Kind, string(f.Seen), f.Licence, f.Archive, f.Retrieved, f.SHA256); err != nil {
			return err
		}
	}
	for i := range r.Statements {
		if err := w.statement(&r, i, recorded[r.Statements[i].ID]); err != nil {
			return err
		}
	}
	seen := distinct{}
	for _, b := range s.Because {
		for _, id := range b.Statements {
			if _, ok := r.Statement(id); !ok || seen.again(b.Rule+" "+id) {
				continue
			}
			if err := w.put("reasons", r.ID, b.Rule, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// each writes a row of a table for every value of a list, once, after the columns
// that all have; has, when given, tells whether what the value names is there.
func (w *dumping) each(table string, before []any, list []string, has func(string) bool) error {
	seen := distinct{}
	for _, value := range list {
		if seen.again(value) || has != nil && !has(value) {
			continue
		}
		if err := w.put(table, append(append([]any{}, before...), value)...); err != nil {
			return err
		}
	}
	return nil
}

func (w *dumping) statement(r *vigie.Record, place int, recorded string) error {
	s := &r.Statements[place]
	move := r.Move(s.ID)
	err := w.put("statements", r.ID, s.ID, s.FullID(r.ID), int64(place+1), string(s.By.Role), s.By.Name, s.By.Company, string(s.On), string(s.Public), string(r.KnownOn(s)), bit(r.Counts(s)),
		s.Vector.FR, s.Vector.EN, s.Actor, s.Text.FR, s.Text.EN, string(s.Channel), s.Method.FR, s.Method.EN,
		string(move.Before.Evidence), string(move.After.Evidence), string(move.Before.Position), string(move.After.Position), recorded)
	if err != nil {
		return err
	}
	var acts []string
	for _, a := range s.Acts {
		acts = append(acts, string(a))
	}
	spoken := func(id string) bool { _, ok := r.Statement(id); return ok }
	cited := func(id string) bool { _, ok := r.Source(id); return ok }
	for _, many := range []struct {
		table, what string
		list        []string
		has         func(string) bool
	}{
		{"acts", "", acts, nil},
		{"links", "answers", s.Answers, spoken},
		{"links", "withdraws", s.Withdraws, spoken},
		{"links", "supersedes", s.Supersedes, spoken},
		{"data_types", "exposed", s.Data, nil},
		{"data_types", "excluded", s.NotData, nil},
		{"statement_sources", "", s.Sources, cited},
	} {
		before := []any{r.ID, s.ID}
		if many.what != "" {
			before = append(before, many.what)
		}
		if err := w.each(many.table, before, many.list, many.has); err != nil {
			return err
		}
	}
	for i, f := range s.Figures {
		if err := w.figure(r, s, i, f); err != nil {
			return err
		}
	}
	for i, q := range s.Quotes {
		source := q.Source
		if !cited(source) {
			source = ""
		}
		if err := w.put("quotes", r.ID, s.ID, int64(i+1), q.Text, q.Lang, source); err != nil {
			return err
		}
	}
	return nil
}

// figure writes a count beside its claimant. The floor of a vague one is ours, not
// the speaker's: it is no number here.
func (w *dumping) figure(r *vigie.Record, s *vigie.Statement, place int, f vigie.Figure) error {
	claimant, status := s.By.Name, ""
	if claimant == "" && s.By.Role == vigie.Respondent {
		claimant = r.Respondent.Name
	}
	if s.By.Role.Claimant() {
		status = r.ClaimStatus(s.ID, r.Derived.Standing.Word)
	}
	var one, least, most int64
	switch {
	case f.Qualifier == vigie.Vague:
	case f.Min == f.Max:
		one = f.Min
	default:
		least, most = f.Min, f.Max
	}
	ofRecord := false
	for _, spoken := range r.Derived.Figures {
		ofRecord = ofRecord || spoken.OfRecord && spoken.Statement == s.ID && spoken.Figure == f
	}
	return w.put("figures", r.ID, s.ID, int64(place+1), claimant, string(s.By.Role), number(one), number(least), number(most), string(f.Unit), string(f.Qualifier),
		f.Scope.FR, f.Scope.EN, status, bit(ofRecord))
}

func (w *dumping) correction(row Row) error {
	var e occurrence
	var incident string
	if err := row.Scan(&e.id, &e.kind, &e.version, &e.recorded, &e.changed, &e.note, &e.body, &incident); err != nil {
		return err
	}
	item, err := e.item(&vigie.Record{Incident: vigie.Incident{ID: incident}})
	if err != nil {
		return err
	}
	changed, err := json.Marshal(item.Correction.Changed)
	if err != nil {
		return fmt.Errorf("correction %s: %w", e.id, err)
	}
	before, after := item.Standing.Before, item.Standing.After
	return w.put("corrections", e.id, incident, int64(e.version), e.recorded, item.Correction.Note, string(changed),
		string(before.Evidence), string(after.Evidence), string(before.Position), string(after.Position))
}

func (w *dumping) tombstone(row Row) error {
	var t vigie.Tombstone
	if err := row.Scan(&t.ID, (*string)(&t.State), &t.Into, &t.Reason); err != nil {
		return err
	}
	return w.put("tombstones", t.ID, string(t.State), t.Into, t.Reason)
}

func (w *dumping) vocabulary() error {
	for _, list := range vigie.Lists() {
		for i, t := range vigie.Vocabulary(list) {
			if err := w.put("vocabulary", list, t.Code, int64(i+1), t.Label.FR, t.Label.EN, t.Definition.FR, t.Definition.EN); err != nil {
				return err
			}
		}
	}
	return nil
}
