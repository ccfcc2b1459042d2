package importers

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"vigie"
)

// face is what a candidate or a case shows to be recognised by.
type face struct {
	names   []knownAs         // of the victim: as read, or all of the respondent's
	group   []knownAs         // of the respondent
	list    string            // the list that it is an entry of, which has one for each incident
	pages   map[string]string // place of a page → id of the source
	first   vigie.Day         // first public word; of a candidate its publication
	until   vigie.Day         // the last day that first may be
	later   []vigie.Date      // days on which the case was in the news again
	attack  vigie.Date        // when it happened
	figures []headcount
	actors  []knownAs
	via     []knownAs
	kind    vigie.Kind
	runs    map[string]bool // three-word runs of what is said
	titles  [][]string      // three-word runs of each title
	recalls map[string]bool // months and years told in the words, "2024-09" and "2024"
}

// knownAs is a name as printed, its telling words, and the company it belongs to.
type knownAs struct {
	printed, key, owner string
	words               []string
}

type headcount struct {
	value int64
	round bool // about, more than…: compared with some room
}

func (m *Matcher) knownAs(name string) knownAs {
	c := knownAs{printed: name, words: vigie.NameWords(name)}
	c.key = strings.Join(c.words, "")
	c.owner = m.owner[c.key]
	return c
}

var withInitials = regexp.MustCompile(`^(.+?)\s*\(([^()]+)\)$`)

// news is the face of a candidate.
func (m *Matcher) news(c *vigie.Candidate) *face {
	r := &c.Reading
	f := &face{pages: map[string]string{}, kind: r.Kind, runs: map[string]bool{}}
	for _, v := range r.Victims {
		if both := withInitials.FindStringSubmatch(v); both != nil { // "Long Name of It (LNI)": each is its name
			f.names = append(f.names, m.knownAs(both[1]))
			if initials(vigie.NameWords(both[1])) == vigie.NameKey(both[2]) || m.owner[vigie.NameKey(both[2])] != "" {
				f.names = append(f.names, m.knownAs(both[2]))
			}
			continue
		}
		f.names = append(f.names, m.knownAs(v))
	}
	for _, address := range []string{c.Key, c.Source.URL} {
		if page := vigie.PageKey(address); page != "" {
			f.pages[page] = c.Source.ID
		}
	}
	day := r.Published
	if !day.Known() {
		day = c.Source.Published
	}
	if day.Known() {
		f.first, f.until = day.First(), day.Last()
	}
	for _, a := range r.Affected {
		if a.Qualifier != vigie.Vague {
			f.figures = append(f.figures, headcount{a.Value, a.Qualifier != vigie.Exact && a.Qualifier != ""})
		}
	}
	for _, a := range r.Actor {
		f.actors = append(f.actors, m.knownAs(a))
	}
	if r.Via != "" {
		f.via = []knownAs{m.knownAs(r.Via)}
	}
	if c.Draft != nil {
		f.attack = c.Draft.Occurred
		f.list = c.Kind + " " + c.Source.Publisher
	}
	title, _, _ := strings.Cut(r.Text, "\n")
	for _, s := range []string{title, r.Text} {
		f.say(s)
	}
	f.titles = append(f.titles, shingles(cmp.Or(c.Source.Title, title)), shingles(title))
	f.recalls = recalled(r.Text)
	return f
}

// outline is what a known case is first recognised by: most are of another
// company, and are not looked at any closer.
func (m *Matcher) outline(in *vigie.Incident) *face {
	f := &face{pages: map[string]string{}}
	co, ok := m.byID[in.Company]
	if !ok {
		co = &vigie.Company{ID: in.Company, Name: strings.ReplaceAll(in.Company, "-", " ")}
	}
	for _, n := range slices.Concat(namesOf(co), in.Brands) {
		f.names = append(f.names, m.knownAs(n))
	}
	if co.Group != "" {
		f.group = []knownAs{m.knownAs(co.Group)}
	}
	for _, src := range in.Sources {
		if page := vigie.PageKey(src.URL); page != "" {
			f.pages[page] = src.ID
		}
	}
	return f
}

// fill adds all the rest to the outline of a case.
func (m *Matcher) fill(f *face, in *vigie.Incident) {
	f.kind, f.attack, f.runs = in.Kind, in.Occurred, map[string]bool{}
	if in.Via != "" {
		f.via = []knownAs{m.knownAs(in.Via)}
	}
	for _, src := range in.Sources {
		f.say(src.Title)
		f.titles = append(f.titles, shingles(src.Title))
		f.later = append(f.later, src.Published)
	}
	for i := range in.Statements {
		s := &in.Statements[i]
		f.later = append(f.later, s.On, s.Public)
		for _, n := range s.Figures {
			if n.Qualifier == vigie.Vague {
				continue
			}
			for _, v := range []int64{n.Min, n.Max} {
				if v > 0 {
					f.figures = append(f.figures, headcount{v, n.Qualifier != vigie.Exact})
				}
			}
		}
		if s.Actor != "" {
			f.actors = append(f.actors, m.knownAs(s.Actor))
		}
		if s.By.Role == vigie.Attacker && s.By.Name != "" && s.By.Name != s.Actor {
			f.actors = append(f.actors, m.knownAs(s.By.Name))
		}
		f.say(s.Text.FR)
		f.say(s.Text.EN)
		for _, q := range s.Quotes {
			f.say(q.Text)
		}
	}
	f.later = slices.DeleteFunc(f.later, func(d vigie.Date) bool { return !d.Known() })
	first := in.FirstWord()
	if !first.Known() && len(f.later) > 0 {
		first = slices.MinFunc(f.later, func(a, b vigie.Date) int { return cmp.Compare(a.First(), b.First()) })
	}
	if !first.Known() {
		first = in.Disclosed
	}
	if first.Known() {
		f.first, f.until = first.First(), first.Last()
	}
}

func (f *face) say(text string) {
	for _, run := range shingles(text) {
		f.runs[run] = true
	}
}

// months in the languages of the news, folded, by their first letters.
var months = map[string]string{
	"janvier": "01", "january": "01", "fevrier": "02", "february": "02", "mars": "03", "march": "03", "avril": "04", "april": "04",
	"mai": "05", "may": "05", "juin": "06", "june": "06", "juillet": "07", "july": "07", "aout": "08", "august": "08",
	"septembre": "09", "september": "09", "octobre": "10", "october": "10", "novembre": "11", "november": "11", "decembre": "12", "december": "12",
}

var year = regexp.MustCompile(`^(19|20)\d\d$`)

// recalled are the years that a text tells, and the months with their year.
func recalled(text string) map[string]bool {
	told := map[string]bool{}
	words := vigie.Words(text)
	for i, w := range words {
		if !year.MatchString(w) {
			continue
		}
		told[w] = true
		for back := 1; back <= 2 && i-back >= 0; back++ { // December 2013; December 15, 2013
			if m, ok := months[words[i-back]]; ok {
				told[w+"-"+m] = true
			}
		}
	}
	return told
}

// shingles are the three-word runs of a text (Broder, 1997).
func shingles(s string) []string {
	w := vigie.Words(s)
	var out []string
	for i := 0; i+3 <= len(w); i++ {
		out = append(out, w[i]+" "+w[i+1]+" "+w[i+2])
	}
	return out
}

// initials of the telling words of a name, particles left out.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if !particle[w] {
			b.WriteString(w[:1])
		}
	}
	return b.String()
}

var particle = map[string]bool{"de": true, "des": true, "du": true, "d": true, "a": true, "of": true, "for": true, "sur": true, "pour": true, "en": true, "aux": true, "au": true}

// legal are the words that stand for the form of a company.
var legal = map[string]bool{"sa": true, "sas": true, "sarl": true, "inc": true, "ltd": true, "plc": true, "llc": true, "corp": true, "corporation": true, "co": true, "company": true, "group": true, "groupe": true, "holding": true, "holdings": true, "ag": true, "gmbh": true, "se": true, "spa": true, "nv": true, "com": true, "fr": true, "the": true, "www": true, "and": true, "et": true}
