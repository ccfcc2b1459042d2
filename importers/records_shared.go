package importers

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"vigie"
)

// RecordsKind is the kind of SharedRecords among the Readers.
const RecordsKind = "records"

// SharedRecords reads the records of another Vigie, in every shape that Records
// takes, as candidates: the draft is the whole record, under its own ids of
// statements and sources. What only that Vigie can say is left there: its
// headline, its wave, when it last checked, and what is derived. A record that it
// merged or retracted is left out.
func SharedRecords(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		names := map[string]string{}
		for _, c := range opts.Companies {
			names[c.ID] = c.Name
		}
		opts := opts.ready()
		body := bufio.NewReader(doc.Open())
		if empty(body) {
			yield(vigie.Candidate{}, ErrEmpty)
			return
		}
		for in, err := range Records(body) {
			var c vigie.Candidate
			if err == nil {
				if c, err = shared(in, names, opts); err != nil {
					err = fmt.Errorf("record %s: %w", in.ID, err)
				}
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// names are those of our own companies by id.
func shared(in vigie.Incident, names map[string]string, opts Options) (vigie.Candidate, error) {
	switch in.State {
	case vigie.Merged:
		return vigie.Candidate{}, fmt.Errorf("%w: merged there into %s", ErrFiltered, cmp.Or(in.MergedInto, "another"))
	case vigie.Retracted:
		return vigie.Candidate{}, fmt.Errorf("%w: retracted there: %s", ErrFiltered, cmp.Or(in.Reason, "no reason given"))
	}
	if in.Company == "" {
		return vigie.Candidate{}, errors.New(`no "company"`)
	}
	for _, p := range in.Validate() {
		if !p.Warning {
			return vigie.Candidate{}, fmt.Errorf("%s: %s", p.Path, p.Message.EN)
		}
	}
	e := entry{kind: RecordsKind, key: in.ID, victims: []string{respondentOf(in, names)}, trade: retail, published: firstDay(in), draft: in}
	e.draft.Wave, e.draft.Title, e.draft.Checked, e.draft.Reason, e.draft.MergedInto = "", nil, "", "", ""
	e.draft.Statements = slices.Clone(in.Statements)
	for i := range e.draft.Statements {
		s := &e.draft.Statements[i]
		if s.Was = ""; s.By.Role == vigie.Respondent {
			s.By.Name, s.By.Company = cmp.Or(s.By.Name, e.victims[0]), ""
		} else if s.By.Company != "" && names[s.By.Company] == "" { // a company that only they know
			s.By.Name, s.By.Company = cmp.Or(s.By.Name, spoken(s.By.Company)), ""
		}
		if s.By.Role == vigie.Attacker {
			e.actors = joined(e.actors, slices.DeleteFunc([]string{cmp.Or(s.Actor, s.By.Name)}, func(a string) bool { return a == "" }))
		}
	}
	e.lang = string(vigie.English)
	e.title = e.victims[0] + ": " + strings.ToLower(vigie.Label("kind", string(in.Kind), vigie.English))
	e.words = told(in)
	e.notes = []string{"Record " + in.ID + " of another Vigie, " + string(cmp.Or(in.State, vigie.Draft)) + " there."}
	return e.candidate(opts)
}

// respondentOf is the name of the company of a record: ours, the one it speaks
// under, or its id as words.
func respondentOf(in vigie.Incident, names map[string]string) string {
	if name := names[in.Company]; name != "" {
		return name
	}
	for _, s := range in.Statements {
		if s.By.Role == vigie.Respondent && s.By.Company == in.Company && vigie.Slug(s.By.Name) == in.Company {
			return s.By.Name
		}
	}
	return spoken(in.Company)
}

// spoken makes a name of an id, for want of the one that it was made from.
func spoken(id string) string {
	words := strings.Split(id, "-")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:min(1, len(w))]) + w[min(1, len(w)):]
	}
	return strings.Join(words, " ")
}

// firstDay is when the case was first told of.
func firstDay(in vigie.Incident) vigie.Date {
	best := in.Disclosed
	for _, s := range in.Statements {
		if d := cmp.Or(s.Public, s.On); d.Known() && (best == "" || d.First() < best.First()) {
			best = d
		}
	}
	return best
}

// told is what the record tells, for the desk to read: its summary, then what
// each said.
func told(in vigie.Incident) string {
	parts := []string{in.Summary.In(vigie.English)}
	for _, s := range in.Statements {
		parts = append(parts, s.Text.In(vigie.English))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n\n")
}
