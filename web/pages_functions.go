package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
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
		"found":     func(r vigie.Record) []vigie.Mark { return Found(r, lang) },
		"marked":    func(r vigie.Record) []Piece { return MarkedHeadline(r, lang) },
		"markrow":   func(field string) string { _, id, _ := markPlace(field); return id },
		"marklang":  func(field string) vigie.Lang { _, _, l := markPlace(field); return l },
		"menu":      func() []Link { return menu },
		"markfield": w.MarkField,
		"list":      func(words []string) string { return strings.Join(words, ", ") },
		"takecases": func(a vigie.Answer) (string, error) {
			switch {
			case a.Total == 0:
				return "", nil
			case !a.TotalExact:
				return w.Say("take.cases-more")
			}
			return w.Count("take.cases", a.Total)
		},
		"reasons": func() []string { return RejectReasons },
		"reason": func(r string) (string, error) {
			if key := "desk.reason." + r; w.Has(key) {
				return w.Say(key)
			}
			return r, nil
		},
		"desk_keys":    func() []deskKey { return deskKeys },
		"jsonld":       w.jsonLD,
		"charts":       w.charts,
		"feedformats":  func() []Format { return subscribed },
		"problemkinds": func() []ProblemKind { return ProblemKinds },
		"bytes":        w.Bytes,
		"valuename":    func(m map[string]any) string { return valueName(m, lang) },

		// terms of the record
		"label":      func(list string, code any) string { return vigie.Label(list, fmt.Sprint(code), lang) },
		"definition": func(list string, code any) string { return vigie.Definition(list, fmt.Sprint(code), lang) },
		"terms":      vigie.Vocabulary,
		"known":      vigie.Known,
		"unit":       func(u vigie.Unit, n int64) string { return unitWord(u, n, lang) },
		"asevidence": func(s string) vigie.Evidence { return vigie.Evidence(s) },
		"evidenceword": func(e vigie.Evidence) (string, error) {
			if e == "" {
				return w.Say("evidence.none")
			}
			return vigie.Label("evidence", string(e), lang), nil
		},
		"lists":       vigie.Lists,
		"rules":       func() []vigie.Rule { return vigie.Rules },
		"rule":        func(id string) string { return ruleText(id, lang) },
		"acts":        func() []vigie.ActRule { return vigie.Acts },
		"acts_by":     actGroups,
		"data_groups": DataGroups,
		"may":         func(role string, act vigie.Act) bool { return vigie.May(vigie.Role(role), act) },

		// numbers and dates
		"num":       func(n any) string { return w.Number(whole(n)) },
		"figure":    func(f vigie.Figure) string { return f.In(lang) },
		"date":      func(d vigie.Date) string { return d.In(lang) },
		"dated":     plainDate,
		"stretch":   w.Stretch,
		"exact":     vigie.Date.Exact,
		"datetext":  func(s string) string { return vigie.Date(s).In(lang) },
		"firstword": func(r vigie.Record) vigie.Date { return r.FirstWord() },
		"day":       func(d vigie.Day) string { return vigie.Date(d).In(lang) },
		"stamp":     func(t time.Time) string { return vigie.Date(vigie.DayOf(t)).In(lang) },
		"clock":     func(t time.Time) string { return t.UTC().Format("15:04") },
		"instant":   func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"lag":       func(l vigie.Lag) (string, error) { return w.Lag(l) },
		"open":      openLag,
		"gap":       func(l *vigie.Lag) (string, error) { return w.Gap(*l) },
		"tick":      w.Tick,
		"gist":      gist,
		"late":      func(l vigie.Lag) bool { return l.From == "discovered" && l.To == "regulator_told" },

		// shapes and pieces
		"evidence": func(e any) template.HTML { return EvidenceShape(vigie.Evidence(fmt.Sprint(e))) },
		"position": func(p any) template.HTML { return PositionShape(vigie.Position(fmt.Sprint(p))) },
		"excerpt":  Excerpt,
		"quoted":   quoted,

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
		"actions": func(id string) string { return PagePath(lang, ActionsPath(id)) },
		"checked": func(id string) string { return PagePath(lang, CheckedPath(id)) },
		"holding": func(kind, id string) string { return PagePath(lang, HoldingPath(kind, id)) },
		"runpage": func(id string) string { return PagePath(lang, RunPath(id)) },
		"section": func(kind string) string { return sections[kind] },
		"anchor":  Anchor,
		"news":    func(id string) string { return PagePath(lang, CandidatePath(id)) },
		"find": func(field, value string) string {
			return PagePath(lang, IncidentsPath) + "?" + url.Values{field: {value}}.Encode()
		},
		"host":       host,
		"opens":      opens,
		"sourcename": sourceLabel,
		"problemkey": func(status int, part string) string { return problemKey(w, status, part) },
		"moved":      moved,
		"tall":       tallCard,

		// small tools of templates
		"dict":     dict,
		"add":      func(a, b int) int { return a + b },
		"headline": func(r vigie.Record) string { return headline(r, lang) },
		"standing": standingOf,
		"diff":     func(a, b *vigie.Incident) []Difference { return w.Diff(a, b) },
		"diffany":  w.DiffRecords,
		"clashes":  w.Clashes,
		"ptr":      func(in vigie.Incident) *vigie.Incident { return &in },
		"first":    firstOf,
	}
}

// subscribed are the formats to subscribe to.
var subscribed = slices.DeleteFunc(slices.Clone(Formats), func(f Format) bool { return !f.Feed })

// Bytes writes the size of a file as people say it, in powers of ten.
func (w *Words) Bytes(n int64) (string, error) {
	size, unit := float64(n), 0
	for size >= 1000 && unit < 3 {
		size, unit = size/1000, unit+1
	}
	form := "%.1f"
	if unit == 0 || size >= 100 {
		form = "%.0f"
	}
	text := fmt.Sprintf(form, size)
	if w.Lang == vigie.French {
		text = strings.Replace(text, ".", ",", 1)
	}
	return w.Say(fmt.Sprintf("bytes.%d", unit), text)
}

// namer is a page that knows the names of what is filtered by.
type namer interface {
	CompanyName(id string) string
	WaveName(id string) string
	GroupName(slug string) string
}

// nameOf says what the ids of a filter are called.
var nameOf = map[string]func(namer, string) string{"company": namer.CompanyName, "group": namer.GroupName, "wave": namer.WaveName}

// valueName is what readers call a value of a filter: .Name is the filter, .List its
// vocabulary, .Page the page that knows companies and attackers by name.
func valueName(m map[string]any, lang vigie.Lang) string {
	name, value := fmt.Sprint(m["Name"]), fmt.Sprint(m["Value"])
	if list := fmt.Sprint(m["List"]); list != "" {
		return vigie.Label(list, value, lang)
	}
	if page, ok := m["Page"].(interface{ ActorName(string) string }); ok && name == "actor" {
		return page.ActorName(value)
	}
	if page, ok := m["Page"].(namer); ok && nameOf[name] != nil {
		return nameOf[name](page, value)
	}
	return value
}

// sections are the names of lists, by the kind of record in them.
var sections = map[string]string{vigie.CompanyRecord: "companies", vigie.WaveRecord: "waves"}

// menu is the order of the sections; titles are keys of words.
var menu = []Link{
	{Href: IncidentsPath, Title: "menu.incidents"},
	{Href: TimelinePath, Title: "menu.timeline"},
	{Href: FiguresPath, Title: "menu.figures"},
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

// moved is how an event moved the standing, nil when it did not. A standing moves by
// days, so of the statements of one day only those that the new value rests on are said
// to have moved it.
func moved(item vigie.Item) *vigie.Move {
	m := item.Standing
	if item.Statement != nil {
		if !restsOn(m.After, "E", item.Statement.ID) {
			m.After.Evidence = m.Before.Evidence
		}
		if !restsOn(m.After, "P", item.Statement.ID) {
			m.After.Position = m.Before.Position
		}
	}
	if m.Before.Evidence == m.After.Evidence && m.Before.Position == m.After.Position {
		return nil
	}
	return &m
}

func restsOn(s vigie.Standing, axis, statement string) bool {
	return slices.ContainsFunc(s.Because, func(b vigie.Because) bool {
		return strings.HasPrefix(b.Rule, axis) && slices.Contains(b.Statements, statement)
	})
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
	case *l.Max == 0:
		return w.Say("lag.same-day")
	case l.Min == nil:
		return w.Count("lag.most", *l.Max)
	case *l.Min == *l.Max:
		return w.Count("lag.days", *l.Max)
	}
	return w.Count("lag.between", *l.Max, w.Number(int64(*l.Min)))
}
