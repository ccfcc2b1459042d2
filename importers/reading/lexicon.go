package reading

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"

	"vigie"
)

// Lexicon is the vocabularies of data/reading, compiled, and the names it knows.
// It does not change once made, so that many may read with one.
type Lexicon struct {
	phrases   map[string]*index // by language
	sets      map[string]map[string]bool
	stops     map[string]map[string]bool // by language, to guess it
	numbers   map[string]numberWord
	months    map[string]int
	gazetteer *gazetteer
}

// vocabulary is a file of phrases: by language ("any" for both), by group.
type vocabulary struct {
	About string              `json:"about"`
	FR    map[string][]string `json:"fr"`
	EN    map[string][]string `json:"en"`
	Any   map[string][]string `json:"any"`
}

// Load compiles the vocabularies of a folder: words.json holds sets of single
// words, numbers.json the words that count, months.json the months, gazetteer.json and names.json the
// names; every other file is phrases. All that is wrong is reported together.
func Load(files fs.FS) (*Lexicon, error) {
	l := &Lexicon{phrases: map[string]*index{}, sets: map[string]map[string]bool{}, stops: map[string]map[string]bool{}, gazetteer: newGazetteer()}
	names, err := fs.Glob(files, "*.json")
	if err == nil && len(names) == 0 {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, fmt.Errorf("reading the vocabularies, *.json: %w", err)
	}
	sort.Strings(names)
	byLang := map[string][]*phrase{}
	var wrong []error
	for _, file := range names {
		body, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, fmt.Errorf("reading the vocabularies: %w", err)
		}
		stem := strings.TrimSuffix(path.Base(file), ".json")
		switch stem {
		case "numbers":
			err = json.Unmarshal(body, &l.numbers)
		case "months":
			err = json.Unmarshal(body, &l.months)
		case "gazetteer":
			err = l.gazetteer.loadBrands(body)
		case "names":
			err = l.gazetteer.loadOthers(body)
		default:
			var v vocabulary
			if err = json.Unmarshal(body, &v); err != nil {
				break
			}
			for lang, groups := range map[string]map[string][]string{"fr": v.FR, "en": v.EN, "any": v.Any} {
				for group, list := range groups {
					if stem == "words" {
						l.addSet(lang, group, list)
						continue
					}
					for _, src := range list {
						p, err := compile(stem+"/"+group, src)
						if err != nil {
							wrong = append(wrong, fmt.Errorf("%s: %w", file, err))
							continue
						}
						byLang[lang] = append(byLang[lang], p...)
					}
				}
			}
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", file, err))
		}
	}
	for _, lang := range []string{"fr", "en"} {
		list := append(append([]*phrase{}, byLang[lang]...), byLang["any"]...)
		sort.SliceStable(list, func(a, b int) bool { return list[a].group+list[a].src < list[b].group+list[b].src })
		l.phrases[lang] = newIndex(list)
	}
	l.gazetteer.sort()
	return l, errors.Join(wrong...)
}

func (l *Lexicon) addSet(lang, group string, list []string) {
	m := l.sets[group]
	if m == nil {
		m = map[string]bool{}
		l.sets[group] = m
	}
	if group == "stop" {
		l.stops[lang] = map[string]bool{}
		m = l.stops[lang]
	}
	for _, w := range list {
		m[vigie.Fold(w)] = true
	}
}

// ordinary tells whether a word is no name by itself.
func (l *Lexicon) ordinary(w string) bool {
	return l.sets["common"][w] || l.stops["fr"][w] || l.stops["en"][w] || l.sets["org_nouns"][w] || l.sets["company_words"][w]
}

func (l *Lexicon) set(group string) map[string]bool { return l.sets[group] }

var shipped = sync.OnceValues(func() (*Lexicon, error) {
	sub, err := fs.Sub(vigie.Data, "data/reading")
	if err != nil {
		return nil, err
	}
	return Load(sub)
})

// Shipped is the lexicon of data/reading, compiled once. It panics when the
// shipped files do not compile: they are part of the program, and a test
// compiles them.
func Shipped() *Lexicon {
	l, err := shipped()
	if err != nil {
		panic(err)
	}
	return l
}

// With is the lexicon that also knows these companies, by name, alias and
// domain.
func (l *Lexicon) With(companies []vigie.Company) *Lexicon {
	if len(companies) == 0 {
		return l
	}
	c := *l
	c.gazetteer = l.gazetteer.with(companies)
	return &c
}
