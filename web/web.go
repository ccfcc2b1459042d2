// Package web shows the record: pages here, feeds and exports in their own files.
// It takes nouns of the root package, ready to be shown, and writes bytes. It asks
// nobody anything: no request, no database, no clock.
package web

import (
	"html/template"
	"io"
	"io/fs"
	"net/http"

	"vigie"
)

// Options are what a Web is made of. The zero value is the one that is shipped.
type Options struct {
	Files fs.FS // templates/, static/ and words/; nil is the embedded ones (another lets a developer edit them live)
}

// Web draws pages. It is made once, at start, and is safe for concurrent use: each
// language has its own parsed set of templates, so none is ever changed by a visitor.
type Web struct {
	sets   map[vigie.Lang]*template.Template
	static map[string]asset // by the name in the address
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
}

// New parses the templates of every language.
func New(opts Options) (*Web, error) { return &Web{}, nil }

// Page writes a page: one of the structs of pages.go or pages_desk.go, by value. Nothing
// is written when the template fails.
func (web *Web) Page(w io.Writer, lang vigie.Lang, page any) error { return nil }

// Static serves the stylesheet and the script under /static/, with names that change
// when they do and so may be cached for ever.
func (web *Web) Static() http.Handler { return http.NotFoundHandler() }

type asset struct{}
