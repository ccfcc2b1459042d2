package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vigie"
)

// functions are what the templates of a language may call. They are bound to that
// language, so a template never asks which it is.
func functions(lang vigie.Lang, all map[vigie.Lang]*Words, st *static) template.FuncMap {
	w := all[lang]
	return template.FuncMap{
		// words
		"t":         w.Say,
		"n":         func(key string, n int, args ...any) (string, error) { return w.Count(key, n, args...) },
		"has":       w.Has,
		"field":     w.Field,
		"where":     func(path string) string { return strings.Join(w.Where(path), " › ") },
		"lang":      func() vigie.Lang { return lang },
		"langs":     func() []vigie.Lang { return vigie.Langs },
		"text":      func(t vigie.Text) string { return t.In(lang) },
		"both":      func(t vigie.Text) bool { return t.FR != "" && t.EN != "" },
		"told":      func(t vigie.Text) vigie.Lang { return toldIn(t, lang) },
		"cap":       capital,
		"parted":    func(s string) []string { return strings.SplitN(s, " — ", 2) },
		"tail":      last,
		"safe":      func(p Incident, l vigie.Lang) (string, error) { return all[l].Safe(p) },
		"menu":      func() []Link { return menu },
		"markfield": w.MarkField,
		"list":      func(words []string) string { return strings.Join(words, ", ") },

		// terms of the record
		"label":      func(list string, code any) string { return vigie.Label(list, fmt.Sprint(code), lang) },
		"definition": func(list string, code any) string { return vigie.Definition(list, fmt.Sprint(code), lang) },
		"terms":      vigie.Vocabulary,
		"known":      vigie.Known,
		"unit":       func(u vigie.Unit, n int64) string { return unitWord(u, n, lang) },
		"evidenceword": func(e vigie.Evidence) (string, error) {
			if e == "" {
				return w.Say("evidence.none")
			}
			return vigie.Label("evidence", string(e), lang), nil
		},
		"lists": vigie.Lists,
		"rules": func() []vigie.Rule { return vigie.Rules },
		"rule":  func(id string) string { return ruleText(id, lang) },
		"acts":  func() []vigie.ActRule { return vigie.Acts },
		"may":   func(role string, act vigie.Act) bool { return vigie.May(vigie.Role(role), act) },

		// numbers and dates
		"num":       func(n any) string { return w.Number(whole(n)) },
		"figure":    func(f vigie.Figure) string { return f.In(lang) },
		"date":      func(d vigie.Date) string { return d.In(lang) },
		"dated":     plainDate,
		"exact":     vigie.Date.Exact,
		"datetext":  func(s string) string { return vigie.Date(s).In(lang) },
		"firstword": func(r vigie.Record) vigie.Date { return r.FirstWord() },
		"day":       func(d vigie.Day) string { return vigie.Date(d).In(lang) },
		"stamp":     func(t time.Time) string { return vigie.Date(vigie.DayOf(t)).In(lang) },
		"clock":     func(t time.Time) string { return t.UTC().Format("15:04") },
		"instant":   func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"lag":       func(l vigie.Lag) (string, error) { return w.Lag(l) },
		"late":      func(l vigie.Lag) bool { return l.From == "discovered" && l.To == "regulator_told" },

		// shapes and pieces
		"evidence":  func(e any) template.HTML { return EvidenceShape(vigie.Evidence(fmt.Sprint(e))) },
		"position":  func(p any) template.HTML { return PositionShape(vigie.Position(fmt.Sprint(p))) },
		"highlight": func(r vigie.Reading) []Piece { return Highlight(r.Text, r.Spans) },
		"matches":   Matches,
		"quoted":    quoted,

		// addresses
		"static":  st.address,
		"to":      func(path string) string { return PagePath(lang, path) },
		"in":      PagePath,
		"case":    func(id string) string { return PagePath(lang, IncidentPath(id)) },
		"said":    func(id, statement string) string { return PagePath(lang, StatementPath(id, statement)) },
		"version": func(id string, n int) string { return PagePath(lang, VersionPath(id, n)) },
		"history": func(id string) string { return PagePath(lang, HistoryPath(id)) },
		"company": func(id string) string { return PagePath(lang, CompanyPath(id)) },
		"wave":    func(id string) string { return PagePath(lang, WavePath(id)) },
		"edit":    func(id string) string { return PagePath(lang, EditPath(id)) },
		"news":    func(id string) string { return PagePath(lang, CandidatePath(id)) },
		"find": func(field, value string) string {
			return PagePath(lang, IncidentsPath) + "?" + url.Values{field: {value}}.Encode()
		},
		"host":       host,
		"opens":      opens,
		"sourcename": sourceLabel,
		"problemkey": func(status int, part string) string { return problemKey(w, status, part) },
		"moved": func(m vigie.Move) bool {
			return m.Before.Evidence != m.After.Evidence || m.Before.Position != m.After.Position
		},

		// small tools of templates
		"dict":     dict,
		"add":      func(a, b int) int { return a + b },
		"headline": func(r vigie.Record) string { return headline(r, lang) },
		"standing": standingOf,
		"diff":     func(a, b *vigie.Incident) []Difference { return w.Diff(a, b) },
		"ptr":      func(in vigie.Incident) *vigie.Incident { return &in },
		"first":    firstOf,
	}
}

// menu is the order of the sections; titles are keys of words.
var menu = []Link{
	{Href: IncidentsPath, Title: "menu.incidents"},
	{Href: TimelinePath, Title: "menu.timeline"},
	{Href: CompaniesPath, Title: "menu.companies"},
	{Href: WavesPath, Title: "menu.waves"},
	{Href: CorrectionsPath, Title: "menu.corrections"},
	{Href: AboutPath, Title: "menu.about"},
}

func headline(r vigie.Record, lang vigie.Lang) string {
	if r.Derived != nil {
		if s := r.Derived.Headline.In(lang); s != "" {
			return s
		}
	}
	return r.Respondent.Name
}

func ruleText(id string, lang vigie.Lang) string {
	for _, r := range vigie.Rules {
		if r.ID == id {
			return r.Text.In(lang)
		}
	}
	return ""
}

// plainDate tells whether a date may stand in an HTML datetime attribute: a year, a
// month or a day, not "about" and not an interval.
func plainDate(d vigie.Date) bool { return d.Known() && !strings.ContainsAny(string(d), "/~") }

func unitWord(u vigie.Unit, n int64, lang vigie.Lang) string {
	one, many := vigie.UnitWords(u, lang)
	if n == 1 {
		return one
	}
	return many
}

func sourceLabel(s vigie.Source) string {
	return cmp.Or(s.Publisher, host(s.URL), s.Title, s.ID)
}

// problemKey is the key of the words of a status, or of its class when it has none.
func problemKey(w *Words, status int, part string) string {
	if key := fmt.Sprintf("problem.%d.%s", status, part); w.Has(key) {
		return key
	}
	if status >= 500 {
		return "problem.500." + part
	}
	return "problem.400." + part
}

// MarkField says where a search found its words: "title", "statement s3".
func (w *Words) MarkField(field string) string {
	name, id, _ := strings.Cut(field, " ")
	s, err := w.Say("found." + name)
	if err != nil {
		s = w.Field(name)
	}
	return strings.TrimSpace(s + " " + id)
}

// toldIn is the language that a text is really in, for its lang attribute: the other
// one when only that was written.
func toldIn(t vigie.Text, asked vigie.Lang) vigie.Lang {
	if t.FR == "" || (asked == vigie.English && t.EN != "") {
		return vigie.English
	}
	return vigie.French
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func whole(n any) int64 {
	switch n := n.(type) {
	case int:
		return int64(n)
	case int64:
		return n
	}
	return 0
}

// quoted puts the marks of the quote's own language around it; the words between them
// are the speaker's and are not touched.
func quoted(q vigie.Quote) string {
	if strings.HasPrefix(q.Lang, "fr") {
		return "«\u00a0" + q.Text + "\u00a0»"
	}
	return "“" + q.Text + "”"
}

// host is the site of an address, to show where a link goes.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// opens tells whether an address may be a link: an onion service is named, never linked.
func opens(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.HasSuffix(u.Hostname(), ".onion")
}

// dict passes several values to a part.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict wants names and values, has %d", len(pairs))
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict wants a name at %d, has %T", i, pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

// Lag writes the time between two events: an interval of days, or that its end is not
// known. It is never read as a reproach.
func (w *Words) Lag(l vigie.Lag) (string, error) {
	switch {
	case l.Max == nil && l.Min == nil:
		return w.Say("lag.open")
	case l.Max == nil:
		return w.Count("lag.least", *l.Min)
	case l.Min == nil:
		return w.Count("lag.most", *l.Max)
	case *l.Min == *l.Max:
		return w.Count("lag.days", *l.Max)
	}
	return w.Count("lag.between", *l.Max, w.Number(int64(*l.Min)))
}

// FacetLink is a value to filter by, or one that is filtered by.
type FacetLink struct {
	Value string
	Count int
	On    bool
	Href  string // adds the value, or takes it away
}

// facetFields are the filters of the search page, in order, and the vocabulary of each
// ("" for ids and years).
var facetFields = []struct{ Name, List string }{
	{"evidence", "evidence"}, {"position", "position"}, {"kind", "kind"}, {"company", ""}, {"sector", "sector"}, {"year", ""},
}

// FacetGroup is a filter and its values.
type FacetGroup struct {
	Name, List string
	Values     []FacetLink
}

// Facets are the filters offered, those in use first to be seen even when no case is left.
func (p Incidents) Facets() []FacetGroup {
	var out []FacetGroup
	for _, f := range facetFields {
		g := FacetGroup{Name: f.Name, List: f.List}
		on := p.asked(f.Name)
		for _, x := range p.Answer.Facets[f.Name] {
			g.Values = append(g.Values, FacetLink{x.Value, x.Count, slices.Contains(on, x.Value), p.toggle(f.Name, x.Value)})
		}
		if len(g.Values) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// Chip is a filter in use, with the address that takes it away.
type Chip struct {
	Name, List, Value string
	Not               bool
	Href              string
}

// chipLists are the vocabularies of the filters that have one.
var chipLists = map[string]string{
	"evidence": "evidence", "position": "position", "kind": "kind", "sector": "sector", "data": "data", "role": "role",
	"act": "act", "unit": "unit", "country": "country", "company_country": "country",
}

// notFilters are the parameters that are not chips.
var notFilters = []string{"q", "sort", "limit", "cursor", "version"}

// Chips are the filters in use.
func (p Incidents) Chips() []Chip {
	v := p.Asked.Values()
	var names []string
	for name := range v {
		if !slices.Contains(notFilters, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []Chip
	for _, name := range names {
		for _, value := range p.asked(name) {
			plain, not := strings.CutPrefix(value, "-")
			out = append(out, Chip{name, chipLists[name], plain, not, p.toggle(name, value)})
		}
	}
	return out
}

// Kept are the filters as hidden fields, so that a new search keeps them.
func (p Incidents) Kept() []Link {
	var out []Link
	for name, values := range p.Asked.Values() {
		if name != "q" && name != "cursor" {
			out = append(out, Link{Href: name, Title: values[0]})
		}
	}
	slices.SortFunc(out, func(a, b Link) int { return strings.Compare(a.Href, b.Href) })
	return out
}

func (p Incidents) asked(name string) []string {
	if s := p.Asked.Values().Get(name); s != "" {
		return strings.Split(s, ",")
	}
	return nil
}

// toggle is the same search with one value more, or less.
func (p Incidents) toggle(name, value string) string {
	v := p.Asked.Values()
	v.Del("cursor")
	values := p.asked(name)
	if i := slices.Index(values, value); i >= 0 {
		values = slices.Delete(values, i, i+1)
	} else {
		values = append(values, value)
	}
	v.Set(name, strings.Join(values, ","))
	if len(values) == 0 {
		v.Del(name)
	}
	return p.search(v)
}

// Clear is the same words without any filter.
func (p Incidents) Clear() string {
	v := url.Values{}
	if p.Asked.Q != "" {
		v.Set("q", p.Asked.Q)
	}
	return p.search(v)
}

func (p Incidents) search(v url.Values) string {
	query := v.Encode()
	if q, err := vigie.ParseQuery(v); err == nil { // the one canonical form, so that nothing redirects
		query = q.Canonical()
	}
	address := PagePath(p.Lang, IncidentsPath)
	if query != "" {
		address += "?" + query
	}
	return address
}

// Previous is the address that compares a version with the one before it.
func (p History) Previous(version int) string {
	return PagePath(p.Lang, HistoryPath(p.Record.ID)) + "?from=" + strconv.Itoa(version-1) + "&to=" + strconv.Itoa(version)
}

// Latest are the revisions, newest first.
func (p History) Latest() []vigie.Revision {
	out := slices.Clone(p.Revisions)
	slices.Reverse(out)
	return out
}

// SpeakerName names a speaker: by name, else by company, else by what it is.
func (f Frame) SpeakerName(s vigie.Speaker) string {
	switch {
	case s.Name != "":
		return s.Name
	case s.Company != "":
		return f.CompanyName(s.Company)
	}
	return capital(vigie.Label("role", string(s.Role), f.Lang))
}
