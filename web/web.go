// Package web shows the record: pages here, feeds and exports in their own files.
// It takes nouns of the root package, ready to be shown, and writes bytes. It asks
// nobody anything: no request, no database, no clock.
package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"reflect"
	"strings"
	"sync"

	"vigie"
)

//go:embed templates static words
var shipped embed.FS

// Options are what a Web is made of. The zero value is the one that is shipped.
type Options struct {
	Files fs.FS // templates/, static/ and words/; nil is the embedded ones (another lets a developer edit them live)
}

// Web draws pages. It is made once, at start, and is safe for concurrent use: each
// language has its own parsed set of templates, so none is ever changed by a visitor.
type Web struct {
	sets   map[vigie.Lang]map[string]*template.Template
	static *static
	words  map[vigie.Lang]*Words
	style  string // of drawings that are taken away
}

// Settings are what the configuration says about this Vigie.
type Settings struct {
	Name       string // of the site
	Publisher  string // who answers for it
	Contact    string // an address or a mailto:, where to write
	Licence    string // of the record, its short name
	LicenceURL string
	Legal      vigie.Text // the legal notice
}

// Link is an address and the words for it.
type Link struct {
	Href  string
	Title string
	Type  string // media type
	Lang  vigie.Lang
}

// Feed tells whether the link is one to subscribe to.
func (l Link) Feed() bool {
	return l.Type == "application/rss+xml" || l.Type == "application/atom+xml" || l.Type == "application/feed+json"
}

// Whole tells whether the address gives the whole answer, and not one page of it.
func (l Link) Whole() bool {
	path, _, _ := strings.Cut(l.Href, "?")
	_, f, _ := SplitFormat(path)
	return f.Records != nil || f.Items != nil
}

// Frame is what every page says around its subject.
type Frame struct {
	Lang       vigie.Lang
	Title      string // of the window; empty: the page's own
	Path       string // without the language: /incidents/temu-2024-09
	Query      string // raw query of the address, kept by the language switch
	Base       string // scheme and host, for permanent links: https://example.org
	Site       Settings
	Alternates []Link // the formats and feeds of this very page, for autodiscovery and for "follow"
	NoIndex    bool
	Editor     string // name of who is signed in
	Edition    int64
	Companies  map[string]vigie.Company // those that the page names, by id
	Waves      map[string]vigie.Text    // names of the campaigns that are asked for, by id
	Groups     map[string]string        // names of groups, by slug, where one is asked for
}

// templates says which template draws which page.
var templates = map[reflect.Type]string{
	reflect.TypeFor[Home]():          "home",
	reflect.TypeFor[Incidents]():     "incidents",
	reflect.TypeFor[Incident]():      "incident",
	reflect.TypeFor[History]():       "history",
	reflect.TypeFor[Companies]():     "companies",
	reflect.TypeFor[Company]():       "company",
	reflect.TypeFor[Waves]():         "waves",
	reflect.TypeFor[Wave]():          "wave",
	reflect.TypeFor[ReplyPage]():     "reply",
	reflect.TypeFor[Embed]():         "embed",
	reflect.TypeFor[EmbedChart]():    "embed-chart",
	reflect.TypeFor[EmbedProblem]():  "embed-problem",
	reflect.TypeFor[Timeline]():      "timeline",
	reflect.TypeFor[Figures]():       "figures",
	reflect.TypeFor[Corrections]():   "corrections",
	reflect.TypeFor[About]():         "about",
	reflect.TypeFor[Credits]():       "credits",
	reflect.TypeFor[Help]():          "help",
	reflect.TypeFor[Feeds]():         "feeds",
	reflect.TypeFor[Dump]():          "dump",
	reflect.TypeFor[API]():           "api",
	reflect.TypeFor[Problem]():       "problem",
	reflect.TypeFor[Gone]():          "gone",
	reflect.TypeFor[SignIn]():        "sign-in",
	reflect.TypeFor[SignedIn]():      "signed-in",
	reflect.TypeFor[Desk]():          "desk",
	reflect.TypeFor[CandidatePage](): "candidate",
	reflect.TypeFor[EditPage]():      "edit",
	reflect.TypeFor[Cases]():         "cases",
	reflect.TypeFor[Runs]():          "runs",
	reflect.TypeFor[RunPage]():       "run",
	reflect.TypeFor[Holdings]():      "holdings",
	reflect.TypeFor[RecordPage]():    "record",
	reflect.TypeFor[Care]():          "care",
	reflect.TypeFor[Replies]():       "replies",
	reflect.TypeFor[Actions]():       "actions",
	reflect.TypeFor[Watches]():       "watches",
	reflect.TypeFor[WatchPage]():     "watch",
	reflect.TypeFor[People]():        "people",
}

// New parses the templates of every language. An error is a fault in the files.
func New(opts Options) (*Web, error) {
	if opts.Files == nil {
		return embedded()
	}
	return parsed(opts.Files)
}

// embedded is the shipped one, parsed once: it never changes, and takes half a second.
var embedded = sync.OnceValues(func() (*Web, error) { return parsed(shipped) })

func parsed(files fs.FS) (*Web, error) {
	st, err := readStatic(files)
	if err != nil {
		return nil, err
	}
	words := map[vigie.Lang]*Words{}
	web := &Web{sets: map[vigie.Lang]map[string]*template.Template{}, static: st, words: words}
	for _, lang := range vigie.Langs {
		if words[lang], err = ReadWords(files, lang); err != nil {
			return nil, err
		}
	}
	css, err := fs.ReadFile(files, "static/vigie.css")
	if err != nil {
		return nil, fmt.Errorf("reading the stylesheet: %w", err)
	}
	if web.style, err = drawingStyle(string(css)); err != nil {
		return nil, err
	}
	for _, lang := range vigie.Langs {
		shared, err := template.New("page.html").Funcs(functions(lang, words, st)).ParseFS(files, "templates/page.html", "templates/part-*.html")
		if err != nil {
			return nil, fmt.Errorf("parsing the shared templates: %w", err)
		}
		set := map[string]*template.Template{}
		for _, name := range templates {
			one, err := shared.Clone()
			if err == nil {
				one, err = one.ParseFS(files, "templates/"+name+".html")
			}
			if err != nil {
				return nil, fmt.Errorf("parsing the template %s: %w", name, err)
			}
			set[name] = one
		}
		web.sets[lang] = set
	}
	return web, nil
}

// Page writes a page: one of the structs of pages.go or pages_desk.go, by value. Nothing
// is written when the template fails.
func (web *Web) Page(w io.Writer, lang vigie.Lang, page any) error {
	name, ok := templates[reflect.TypeOf(page)]
	if !ok {
		return fmt.Errorf("no template for a page of type %T", page)
	}
	set, ok := web.sets[lang]
	if !ok {
		return fmt.Errorf("no pages in the language %q", lang)
	}
	var b bytes.Buffer
	if err := set[name].Execute(&b, page); err != nil {
		return fmt.Errorf("drawing the page %s: %w", name, err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("writing the page %s: %w", name, err)
	}
	return nil
}

// CompanyName names a company of the record, by its id when the page was not given it.
func (f Frame) CompanyName(id string) string {
	if c, ok := f.Companies[id]; ok && c.Name != "" {
		return c.Name
	}
	return id
}

// WaveName is the name of a campaign, its id where it is not known.
func (f Frame) WaveName(id string) string {
	if name, ok := f.Waves[id]; ok {
		return name.In(f.Lang)
	}
	return id
}

// GroupName is the name of a group, its slug where it is not known.
func (f Frame) GroupName(slug string) string {
	if name, ok := f.Groups[slug]; ok {
		return name
	}
	return slug
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

// Here is the address of the page in a language, its query kept.
func (f Frame) Here(lang vigie.Lang) string {
	address := PagePath(lang, f.Path)
	if f.Query != "" {
		address += "?" + f.Query
	}
	return address
}

// Under tells whether the page is at the address or below it: for the menu.
func (f Frame) Under(path string) bool {
	return f.Path == path || strings.HasPrefix(f.Path, path+"/")
}

// Feeds are the alternates to subscribe to.
func (f Frame) Feeds() []Link { return f.alternates(true) }

// Formats are the alternates to take away.
func (f Frame) Formats() []Link { return f.alternates(false) }

func (f Frame) alternates(feed bool) []Link {
	var out []Link
	for _, l := range f.Alternates {
		if l.Feed() == feed {
			out = append(out, l)
		}
	}
	return out
}
