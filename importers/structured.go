package importers

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"vigie"
)

// trade is what upstream itself says of the victim's business.
type trade int

const (
	untold  trade = iota // the names and the words must say it
	retail               // it sells to consumers
	another              // it does something else
)

// entry is what one record of a structured source says. A reader fills it and
// makes a candidate of it; what is unknown stays empty.
type entry struct {
	kind, key string         // the reader; what names the record upstream and never changes
	title     string         // what the desk shows first, and the title of the page it was read in
	lang      string         // of title and words, BCP 47
	words     string         // what upstream says in words, plain text
	victims   []string       // as upstream prints them, the respondent first
	domains   []string       // of the victim
	trade     trade          // what upstream says that it is
	actors    []string       // aliases of the attacker
	published vigie.Date     // when upstream said so
	vector    string         // how, as upstream says
	counts    []vigie.Count  // figures that nobody is known to have given: for the desk and the matching only
	data      []string       // kinds of data, of nobody's word either
	notes     []string       // what the editor must know and no field of the ledger holds
	draft     vigie.Incident // the ledger rows; the first source is the record's own page
}

// cite adds a source to the draft and gives its id: the one it already has, when
// the same address is there. Hidden services are named and never linked, trackers
// are taken off; "" is for what cannot be cited.
func (e *entry) cite(src vigie.Source) string {
	if src.URL != "" {
		u, err := url.Parse(src.URL)
		switch {
		case err != nil, u.Host == "", u.Scheme != "http" && u.Scheme != "https":
			return ""
		case strings.HasSuffix(strings.ToLower(u.Hostname()), ".onion"):
			src.Publisher = cmp.Or(src.Publisher, defanged(u.Hostname()))
			src.Title = cmp.Or(src.Title, e.title)
			src.URL = ""
		case u.User != nil || len(vigie.PersonalDetails(u.Path+" "+u.RawQuery)) > 0:
			return ""
		case slices.ContainsFunc(keysOf(u.Query()), vigie.IsTracker):
			src.URL = CanonicalURL(src.URL)
		}
	}
	if src.URL == "" && (src.Publisher == "" || src.Title == "") {
		return ""
	}
	for _, have := range e.draft.Sources {
		if src.URL != "" && place(have.URL) == place(src.URL) || src.URL == "" && have.URL == "" && have.Publisher == src.Publisher && have.Title == src.Title {
			return have.ID
		}
	}
	src.ID = fmt.Sprintf("r%d", len(e.draft.Sources)+1)
	src.Title, src.Publisher = defanged(squeeze(src.Title)), defanged(squeeze(src.Publisher))
	e.draft.Sources = append(e.draft.Sources, src)
	return src.ID
}

func keysOf(q url.Values) []string {
	var keys []string
	for k := range q {
		keys = append(keys, k)
	}
	return keys
}

// place is what makes two addresses one page, as the validation of a case sees
// it: whatever the scheme, www and final slash.
func place(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(strings.ToLower(host), "www.") + "/" + strings.TrimSuffix(path, "/")
}

// say adds a statement to the draft and gives its id.
func (e *entry) say(s vigie.Statement) string {
	s.ID = fmt.Sprintf("s%d", len(e.draft.Statements)+1)
	s.Sources = slices.DeleteFunc(s.Sources, func(id string) bool { return id == "" })
	e.draft.Statements = append(e.draft.Statements, s)
	return s.ID
}

// candidate is the entry as the desk takes it. It is an error that wraps
// ErrFiltered when the victim is not known to sell to consumers, unless All is
// asked.
func (e *entry) candidate(opts Options) (vigie.Candidate, error) {
	lexicon := opts.ready().Lexicon
	if len(e.victims) == 0 {
		return vigie.Candidate{}, fmt.Errorf("%s %q names no victim", e.kind, e.key)
	}
	sells, why := e.sells(lexicon)
	if !sells && !opts.All {
		return vigie.Candidate{}, fmt.Errorf("%w: %s, %s", ErrFiltered, e.victims[0], why)
	}
	c := vigie.Candidate{Kind: e.kind, Key: e.key, ID: vigie.UUID(e.kind + ":" + e.key), Hash: e.hash()}
	if len(e.draft.Sources) > 0 {
		c.Source = e.draft.Sources[0]
	}
	if err := e.sound(); err != nil {
		return vigie.Candidate{}, err
	}
	draft := e.draft
	draft.ID, draft.State, draft.Company = "", "", ""
	c.Draft = &draft
	c.Reading = e.reading(sells)
	c.Reading.ID = c.ID
	return c, nil
}

// sound refuses what could not be saved as a draft, personal data in a name for
// one: what comes to the desk can always be accepted.
func (e *entry) sound() error {
	try := e.draft
	try.ID, try.State, try.Company = "draft-2000", vigie.Draft, "draft"
	for _, p := range try.Validate() {
		if !p.Warning {
			return fmt.Errorf("%s: %s", p.Path, p.Message.EN)
		}
	}
	return nil
}

// hash is of the substance: what would be written in the ledger, and of whom.
// The words around it may be edited upstream without it being news. The key goes
// in, since two records may say the same of two shops.
func (e *entry) hash() string {
	type cited struct {
		URL, Publisher string
		Published      vigie.Date
	}
	d := e.draft
	var sources []cited
	for _, s := range d.Sources {
		sources = append(sources, cited{place(s.URL), s.Publisher, s.Published})
	}
	statements := slices.Clone(d.Statements)
	for i := range statements {
		statements[i].Text, statements[i].Method, statements[i].Quotes = vigie.Text{}, vigie.Text{}, nil
	}
	body, _ := json.Marshal([]any{e.kind, e.key, e.victims, e.actors, d.Kind, d.Occurred, d.Discovered, d.Disclosed, d.Countries, d.Via, e.counts, e.data, statements, sources}) // our own types always encode
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// reading is the entry as the text reader would have given it, so that the queue,
// the matching and the highlights work alike.
func (e *entry) reading(sells bool) vigie.Reading {
	r := vigie.Reading{Lang: e.lang, IsIncident: true, IsRetail: sells, Victims: e.victims, Kind: e.draft.Kind, Via: e.draft.Via, Vector: e.vector,
		Published: e.published, Affected: []vigie.Count{}, DataTypes: []string{}, DataTypesExcluded: []string{}, Stance: []string{}, Actor: []string{},
		Sources: []string{}, Spans: map[string][]vigie.Span{}}
	r.Actor = append(r.Actor, e.actors...)
	parts := []string{e.title, e.words, strings.Join(e.notes, "\n")}
	r.Text = defanged(strings.TrimSpace(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n\n")))
	for _, f := range e.counts {
		f.Span = find(r.Text, vigie.Number(f.Value, vigie.English), fmt.Sprint(f.Value))
		r.Affected = append(r.Affected, f)
	}
	r.DataTypes = joined(r.DataTypes, e.data)
	for _, s := range e.draft.Statements {
		for _, f := range s.Figures {
			r.Affected = append(r.Affected, vigie.Count{Value: cmp.Or(f.Min, f.Max), Unit: f.Unit, Status: statusOf(s.By.Role), Qualifier: f.Qualifier, Span: find(r.Text, vigie.Number(cmp.Or(f.Min, f.Max), vigie.English), fmt.Sprint(cmp.Or(f.Min, f.Max)))})
		}
		r.DataTypes = joined(r.DataTypes, s.Data)
		r.DataTypesExcluded = joined(r.DataTypesExcluded, s.NotData)
		if s.By.Role == vigie.Respondent {
			for _, a := range s.Acts {
				r.Stance = joined(r.Stance, []string{string(a)})
			}
		}
	}
	if len(r.Stance) == 0 {
		r.Stance = []string{"none"}
	}
	for _, src := range e.draft.Sources {
		r.Sources = joined(r.Sources, []string{cmp.Or(src.Publisher, src.URL)})
	}
	mark(&r, "victims", e.victims)
	mark(&r, "actor", e.actors)
	for _, c := range r.Affected {
		if c.Span[1] > 0 {
			r.Spans["affected"] = append(r.Spans["affected"], c.Span)
		}
	}
	return r
}

// statusOf is what the reading calls a figure by who gives it.
func statusOf(r vigie.Role) string {
	switch r {
	case vigie.Respondent:
		return "confirmed"
	case vigie.Attacker:
		return "claimed"
	}
	return "unknown"
}

// joined adds what is not there yet.
func joined(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// mark notes where each value first stands in the text.
func mark(r *vigie.Reading, field string, values []string) {
	for _, v := range values {
		if s := find(r.Text, v); s[1] > 0 {
			r.Spans[field] = append(r.Spans[field], s)
		}
	}
}

// find is the first place, in code points, of one of the words in a text; the
// zero span when it has none of them.
func find(text string, words ...string) vigie.Span {
	for _, w := range words {
		if at := strings.Index(text, w); at >= 0 && w != "" {
			from := utf8.RuneCountInString(text[:at])
			return vigie.Span{from, from + utf8.RuneCountInString(w)}
		}
	}
	return vigie.Span{}
}

// eachItem reads a list item by item into a shape of its own: a bad one is told by
// its number and its name, and the reading goes on.
func eachItem[R any](doc Document, opts Options, what string, name func(*R) string, candidate func(*R, Options) (vigie.Candidate, error)) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		opts := opts.ready()
		n := 0
		for raw, err := range items(doc) {
			var c vigie.Candidate
			n++
			if err == nil {
				var r R
				if err = json.Unmarshal(raw, &r); err == nil {
					c, err = candidate(&r, opts)
				}
				if err != nil {
					err = fmt.Errorf("%s %d (%s): %w", what, n, name(&r), err)
				}
			}
			if !yield(c, err) {
				return
			}
		}
	}
}
