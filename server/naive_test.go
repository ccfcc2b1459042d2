package main

import (
	"slices"
	"strings"

	"vigie"
)

// A second reading of the query, made to be looked at beside the first: it knows
// the JSON of the record and nothing of the store.

type naiveCompany struct {
	ID, Name, Group, Country, Sector string
	Aliases                          []string
}

type naiveText struct{ FR, EN string }

type naiveCase struct {
	ID, Company, Kind, Wave, Disclosed, Occurred, Discovered, Via string
	Countries, Brands                                             []string
	Summary                                                       naiveText
	Statements                                                    []struct {
		ID, On, Public, Actor string
		By                    struct{ Role, Name string }
		Acts, Data, Sources   []string
		Figures               []struct{ Unit string }
		Text, Vector, Method  naiveText
		Quotes                []struct{ Text, Lang string }
	}
	Sources []struct{ ID, Title, Publisher, Published, Lang string }
	Derived struct {
		Headline naiveText
		Standing struct{ Evidence, Position string }
		Figures  []struct {
			Min, Max int64
			OfRecord bool `json:"of_record"`
		}
	}

	company  naiveCompany
	passages []naivePassage
	then     map[string][2]string // evidence and position by day, of the days that it was known
}

// naivePassage is a text in words; langs are those it may be of.
type naivePassage struct {
	words []string
	text  string                         // the words with a space on each side
	said  map[string]bool                // words
	stems map[vigie.Lang]map[string]bool // of words, in the languages it may be of
	joint map[string]bool                // stems of what hyphens join
}

// bounds are the first and the last day of a date, as texts that compare.
func bounds(date string) (first, last string) {
	if date == "" {
		return "", ""
	}
	from, to, interval := strings.Cut(strings.ReplaceAll(date, "~", ""), "/")
	if !interval {
		to = from
	}
	return from + "-01-01"[min(6, len(from)-4):], to + "-12-31"[min(6, len(to)-4):]
}

// firstWord is the date disclosed, else the earliest that something was said.
func (c *naiveCase) firstWord() (first, last string) {
	if c.Disclosed != "" {
		return bounds(c.Disclosed)
	}
	for _, s := range c.Statements {
		date := s.Public
		if date == "" {
			date = s.On
		}
		for _, src := range c.Sources {
			if date == "" && slices.Contains(s.Sources, src.ID) && len(src.Published) == len("2025-05-05") {
				date = src.Published
			}
		}
		if f, l := bounds(date); f != "" && (first == "" || l < last || l == last && f > first) {
			first, last = f, l
		}
	}
	return first, last
}

func (c *naiveCase) affected() int64 {
	for _, f := range c.Derived.Figures {
		if f.OfRecord {
			return max(f.Min, map[bool]int64{true: f.Max}[f.Min == 0])
		}
	}
	return 0
}

// values are those of a field.
func (c *naiveCase) values(field string) (list []string) {
	switch field {
	case "company":
		return []string{c.Company}
	case "group":
		return []string{vigie.Slug(c.company.Group)}
	case "sector":
		return []string{c.company.Sector}
	case "company_country":
		return []string{c.company.Country}
	case "country":
		return c.Countries
	case "kind":
		return []string{c.Kind}
	case "wave":
		return []string{c.Wave}
	case "evidence":
		return []string{c.Derived.Standing.Evidence}
	case "position":
		return []string{c.Derived.Standing.Position}
	case "year":
		if first, last := c.firstWord(); first != "" && first[:4] == last[:4] {
			return []string{first[:4]}
		}
		return nil
	}
	for _, s := range c.Statements {
		switch field {
		case "role":
			list = append(list, s.By.Role)
		case "act":
			list = append(list, s.Acts...)
		case "data":
			list = append(list, s.Data...)
		case "actor":
			list = append(list, vigie.Slug(s.Actor))
		case "unit":
			for _, f := range s.Figures {
				list = append(list, f.Unit)
			}
		}
	}
	return list
}

func (c *naiveCase) is(q vigie.Query) bool {
	for field, asked := range map[string][]string{
		"company": q.Company, "group": q.Group, "sector": q.Sector, "company_country": q.CompanyCountry, "country": q.Country, "kind": q.Kind, "wave": q.Wave, "year": q.Year,
		"role": q.Role, "act": q.Act, "data": q.Data, "actor": q.Actor, "unit": q.Unit, "evidence": q.Evidence, "position": q.Position,
	} {
		values := c.values(field)
		if standing := field == "evidence" || field == "position"; standing && q.AsOf != "" && len(asked) > 0 {
			then, known := c.then[string(q.AsOf)]
			if !known {
				return false
			}
			values = []string{then[map[string]int{"evidence": 0, "position": 1}[field]]}
		}
		wanted, found := false, false
		for _, v := range asked {
			plain, not := strings.CutPrefix(v, "-")
			has := slices.Contains(values, plain)
			if not && has {
				return false
			}
			wanted, found = wanted || !not, found || !not && has
		}
		if wanted && !found {
			return false
		}
	}
	first, _ := c.firstWord()
	if after, _ := bounds(string(q.After)); first < after {
		return false
	}
	if _, before := bounds(string(q.Before)); before != "" && (first == "" || first > before) {
		return false
	}
	n := c.affected()
	if q.AffectedMin > 0 && n < q.AffectedMin || q.AffectedMax > 0 && (n == 0 || n > q.AffectedMax) {
		return false
	}
	return c.says(q.Q)
}

// says reads the words of the box: every term, or one of those that OR joins.
func (c *naiveCase) says(q string) bool {
	terms := strings.Split(q, " ")
	for i := range terms { // a phrase is drawn with its spaces as _
		terms[i] = strings.ReplaceAll(terms[i], "_", " ")
	}
	for i := 0; i < len(terms) && q != ""; i++ {
		found := c.hasTerm(terms[i])
		for ; i+2 < len(terms) && terms[i+1] == "OR"; i += 2 {
			found = c.hasTerm(terms[i+2]) || found
		}
		if !found {
			return false
		}
	}
	return true
}

func (c *naiveCase) hasTerm(term string) bool {
	plain, not := strings.CutPrefix(term, "-")
	prefix, begins := strings.CutSuffix(plain, "*")
	phrase := strings.Trim(plain, `"`)
	for _, p := range c.passages {
		found := false
		switch {
		case begins:
			found = slices.ContainsFunc(p.words, func(w string) bool { return strings.HasPrefix(w, prefix) })
		case not || phrase != plain:
			found = strings.Contains(p.text, " "+phrase+" ")
		default:
			found = p.hasForm(plain)
		}
		if found {
			return !not
		}
	}
	return not
}

func (p naivePassage) hasForm(word string) bool {
	fr, en := vigie.Stem(word, vigie.French), vigie.Stem(word, vigie.English)
	return p.said[word] || p.said[fr] || p.said[en] || p.stems[vigie.French][fr] || p.stems[vigie.English][en] || p.joint[fr] || p.joint[en]
}

// read gathers the texts of the case.
func (c *naiveCase) read(company naiveCompany) {
	c.company = company
	say := func(text string, langs ...vigie.Lang) {
		if len(langs) == 0 || !slices.Contains(vigie.Langs, langs[0]) {
			langs = vigie.Langs
		}
		p := naivePassage{words: vigie.Words(text), said: map[string]bool{}, stems: map[vigie.Lang]map[string]bool{}, joint: map[string]bool{}}
		p.text = " " + strings.Join(p.words, " ") + " "
		for _, l := range langs {
			p.stems[l] = map[string]bool{}
			for _, w := range p.words {
				p.said[w], p.stems[l][vigie.Stem(w, l)] = true, true
			}
		}
		for _, run := range strings.FieldsFunc(vigie.Fold(text), func(r rune) bool {
			return !strings.ContainsRune("-‐‑", r) && len(vigie.Words(string(r))) == 0
		}) {
			parts := strings.FieldsFunc(run, func(r rune) bool { return strings.ContainsRune("-‐‑", r) })
			for _, l := range langs {
				each := ""
				for _, part := range parts {
					each += vigie.Stem(part, l)
				}
				if n := len(parts); n > 1 && n <= 4 {
					p.joint[each], p.joint[vigie.Stem(strings.Join(parts, ""), l)] = true, true
				}
			}
		}
		c.passages = append(c.passages, p)
	}
	both := func(t naiveText) { say(t.FR, vigie.French); say(t.EN, vigie.English) }
	both(c.Derived.Headline)
	both(c.Summary)
	names := slices.Concat([]string{company.Name}, company.Aliases, c.Brands)
	for _, name := range append(names, company.Group, c.Via) {
		say(name)
	}
	for _, name := range names {
		if words := vigie.Words(name); len(words) > 1 {
			say(strings.Join(words, ""))
		}
	}
	for _, s := range c.Statements {
		both(s.Text)
		both(s.Vector)
		both(s.Method)
		say(s.By.Name)
		say(s.Actor)
		for _, q := range s.Quotes {
			say(q.Text, vigie.Lang(q.Lang))
		}
	}
	for _, s := range c.Sources {
		say(s.Title, vigie.Lang(s.Lang))
		say(s.Publisher)
	}
}
