// Package reading reads the text of an article: who was attacked, what is said
// to be exposed, who says so and what the company answers, each value with the
// words it was read from. It is deterministic; its vocabularies are files in
// data/reading that an editor can extend. It opens nothing and reads no clock.
package reading

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vigie"
)

// Document is a text to read. It is also a line of the NDJSON that `vigie read`
// takes.
type Document struct {
	ID    string     `json:"id"`
	Lang  string     `json:"lang,omitempty"` // BCP 47; empty to guess
	Title string     `json:"title"`
	Date  vigie.Date `json:"date,omitempty"` // when it was published
	Text  string     `json:"text"`           // with or without the title as its first line
}

// CompanyFigure is the field of Reading.Spans that holds the figures that the
// company itself gives.
const CompanyFigure = "company_figure"

// Fields of Reading.Spans that hold the one day on which the text says that the
// company spoke, and the attacker. Lexicon.Day reads those words.
const (
	CompanyDate  = "company_date"
	AttackerDate = "attacker_date"
)

// whole is the text that is kept: the title, then the body, once.
func (d Document) whole() string {
	return opening(d.titled(), maxKept)
}

func (d Document) titled() string {
	text := strings.ToValidUTF8(d.Text, "\uFFFD")
	title := strings.TrimSpace(strings.ToValidUTF8(d.Title, "\uFFFD"))
	if title == "" || strings.HasPrefix(strings.TrimSpace(text), title) {
		return text
	}
	return title + "\n\n" + text
}

// maxRead is how many code points of a text are read for values: ten times a
// long article. What stands after is kept in the text and not read, up to maxKept:
// the desk holds the texts of a whole queue at once.
const (
	maxRead = 60_000
	maxKept = 300_000
)

func opening(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i]
		}
	}
	return s
}

// Read reads one document. The same document always gives the same reading;
// every span is of code points of Reading.Text.
func (l *Lexicon) Read(doc Document) vigie.Reading {
	r := vigie.Reading{ID: doc.ID, Text: doc.whole(), Published: doc.Date, Spans: map[string][]vigie.Span{},
		Victims: []string{}, Affected: []vigie.Count{}, DataTypes: []string{}, DataTypesExcluded: []string{}, Stance: []string{}, Actor: []string{}, Sources: []string{}}
	r.Lang = l.language(r.Text, doc.Lang)
	t := l.parse(opening(r.Text, maxRead), r.Lang, doc.Date)
	r.Published = t.published
	victims := t.findVictims()
	t.recall()
	if len(victims) > 0 { // what was recalled no longer speaks for anyone
		victims = t.findVictims()
	}
	incident, spans := t.isIncident(victims)
	if !incident {
		return r
	}
	mark := func(field string, spans ...vigie.Span) {
		if len(spans) > 0 {
			r.Spans[field] = tidy(append(r.Spans[field], spans...))
		}
	}
	r.IsIncident = true
	if t.dateline[1] > 0 {
		mark("published", t.dateline)
	}
	mark("is_incident", spans...)
	for _, v := range victims {
		r.Victims = append(r.Victims, v.printed)
		for _, n := range v.mentions {
			mark("victims", t.span(n.from, n.to))
		}
	}
	r.IsRetail, spans = t.retail(victims)
	mark("is_retail", spans...)

	figures, data := t.figures(), t.dataTypes()
	t.exposure = len(figures) > 0 || len(data) > 0
	stance, spans := t.stance()
	r.Stance = stance
	mark("stance", spans...)
	is := map[string]bool{}
	for _, s := range stance {
		is[s] = true
	}
	settle(figures, is)
	for _, c := range figures {
		if c.own { // in the company's mouth: who speaks decides under whom a figure is written
			mark(CompanyFigure, c.Span)
		}
	}
	r.Affected = statuses(figures, is)
	for _, c := range r.Affected {
		mark("affected", c.Span)
	}
	for _, m := range data {
		list, field := &r.DataTypes, "data_types"
		if m.excluded {
			list, field = &r.DataTypesExcluded, "data_types_excluded"
		}
		if !contains(*list, m.code) {
			*list = append(*list, m.code)
		}
		mark(field, t.span(m.from, m.to))
	}
	var actorKind string
	r.Actor, spans, actorKind = t.actors()
	if r.Actor == nil {
		r.Actor = []string{}
	}
	mark("actor", spans...)
	r.Kind, spans = t.kind(actorKind, len(r.DataTypes) > 0 || len(r.Affected) > 0)
	mark("kind", spans...)
	for field, span := range t.saidOn() {
		mark(field, span)
	}
	t.vector(&r, mark)
	t.sources(&r, mark)
	return r
}

// parse cuts a text, finds the phrases of the lexicon and the names, and marks
// what does not tell the case.
func (l *Lexicon) parse(s, lang string, published vigie.Date) *text {
	t := cut(s, l.set("abbreviations"))
	t.lex, t.lang = l, lang
	if len(t.words) == 0 {
		return t
	}
	t.published = published
	t.findDateline()
	t.findNames(l)
	l.phrases[lang].find(t)
	t.year = t.latestYear()
	if t.published.Known() {
		t.year, _ = strconv.Atoi(string(t.published.Last()[:4]))
	}
	t.zones()
	return t
}

// language is the language of a document, "fr" or "en": the hint when it is one
// of them, else the one whose small words are more frequent.
func (l *Lexicon) language(s, hint string) string {
	if base, _, _ := strings.Cut(strings.ToLower(hint), "-"); l.phrases[base] != nil {
		return base
	}
	n := map[string]int{}
	for i, w := range vigie.Words(s) {
		if i > 2000 {
			break
		}
		for lang, stop := range l.stops {
			if stop[w] {
				n[lang]++
			}
		}
	}
	if n["en"] > n["fr"] {
		return "en"
	}
	return "fr"
}

// vector reads how the attack was made; the provider, when named, is via.
func (t *text) vector(r *vigie.Reading, mark func(string, ...vigie.Span)) {
	best, at := "", hit{}
	for group, hs := range t.hits {
		name, ok := strings.CutPrefix(group, "vector/")
		if !ok {
			continue
		}
		for _, h := range hs {
			if t.live(h.from) && (best == "" || h.from < at.from || h.from == at.from && name < best) {
				best, at = name, h
			}
			if t.live(h.from) {
				break
			}
		}
	}
	if best != "" {
		r.Vector = best
		mark("vector", t.span(at.from, at.to))
	}
	for _, h := range t.hits["victims/supplier"] {
		if h.name[1] == 0 || !t.live(h.from) || t.isVictim(h.name) {
			continue
		}
		n, ok := t.nameFrom(h.name[0])
		if !ok || n.known != nil && (n.known.role == actorRole || n.known.role == pressRole || n.known.role == authorityRole) {
			continue
		}
		r.Via = n.text
		mark("via", t.span(n.from, n.to))
		return
	}
}

// sources reads who is cited as having told it.
func (t *text) sources(r *vigie.Reading, mark func(string, ...vigie.Span)) {
	cited := map[int]bool{}
	for _, h := range t.hits["sources/cited"] {
		if h.name[1] > 0 {
			cited[h.name[0]] = true
		}
	}
	for _, n := range t.names {
		press := n.known != nil && n.known.role == pressRole
		if !t.live(n.from) || t.victims[t.root(n.key)] || !press && (!cited[n.from] || n.weak || n.known != nil && n.known.role != techRole) {
			continue
		}
		printed := n.text
		if press {
			printed = n.known.name
		}
		if !contains(r.Actor, printed) && !contains(r.Sources, printed) {
			r.Sources = append(r.Sources, printed)
		}
		mark("sources", t.span(n.from, n.to))
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Slice is the words of a span.
func Slice(text string, s vigie.Span) string {
	if s[0] < 0 || s[1] < s[0] || s[1] > utf8.RuneCountInString(text) {
		return ""
	}
	return string([]rune(text)[s[0]:s[1]])
}
