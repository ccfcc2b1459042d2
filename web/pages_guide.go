package web

import (
	"fmt"
	"time"

	"vigie"
)

// The pages that explain how Vigie is asked, followed and taken away.

// Help is the grammar of the search, drawn from vigie.Fields and the vocabularies.
type Help struct{ Frame }

// Sections are the parts of the about page, in order; titles are keys of words.
func (p About) Sections() []AboutSection {
	return []AboutSection{
		{"what", "about.what"}, {"axes", "about.axes"}, {"rules", "about.rules"}, {"editing", "about.editing"}, {"reply", "about.reply"},
		{"who-may", "about.acts"}, {"vocabulary", "about.vocabulary"}, {"citing", "about.cite"}, {"legal", "about.legal"},
	}
}

// AboutSection is the anchor of a part of the about page and the key of its title.
type AboutSection struct{ ID, Title string }

// Customs are the rules of the editors: each is an anchor, and the end of the keys of
// its words.
func (p About) Customs() []string {
	return []string{"entry", "alleged", "seen", "people", "samples", "quotes", "corrections", "removal"}
}

// Feeds says what feeds there are and what counts as news.
type Feeds struct {
	Frame
	Hub    string      // address of the WebSub hub, "" when none is configured
	Groups []FeedGroup // every feed with an address of its own; the searches have theirs besides
}

// Dump is the page of the whole record, to take away.
type Dump struct {
	Frame
	At    time.Time  // when the edition was made; zero when nothing is published
	Files []DumpFile // in the order to show them; none while they are being made
}

// Tool is a program that opens the dump, and what to type.
type Tool struct {
	Name, Key string // Key is that of its words
	Command   string
}

// Tools are ways to check and open the dump.
func (p Dump) Tools() []Tool {
	at := p.Base + DumpPath + "/"
	return []Tool{
		{"sha256sum", "check", "curl -O " + at + "vigie.sqlite\ncurl -O " + at + "SHA256SUMS\nsha256sum --check --ignore-missing SHA256SUMS"},
		{"Datasette", "datasette", "datasette vigie.sqlite"},
		{"SQLite", "sqlite", "sqlite3 vigie.sqlite .schema"},
		{"Frictionless", "package", "frictionless validate vigie.zip"},
	}
}

// DumpFile is a file under /dump/.
type DumpFile struct {
	Name   string // vigie.sqlite; what is in it, the words "dump.file." + Name say
	Bytes  int64
	SHA256 string // in hexadecimal; "" for the file of checksums itself
}

// API is the description of the API to people: what /openapi.json says to machines.
// A text in one language only is shown as such.
type API struct {
	Frame
	Version string // of the API
	Groups  []APIGroup
	Schemas []APISchema
	Changes []APIChange // newest first
}

// Try are first requests to make.
func (p API) Try() string {
	return fmt.Sprintf("curl '%[1]s/incidents.json?q=temu'\ncurl '%[1]s/incidents/temu-2024-09.json'\ncurl '%[1]s/incidents.json?updated_since=%[2]d'", p.Base, max(p.Edition, 1))
}

// APIGroup is the operations of one subject.
type APIGroup struct {
	ID         string // for its anchor
	Title      vigie.Text
	Text       vigie.Text
	Operations []APIOperation
}

// APIOperation is a method on a path.
type APIOperation struct {
	ID        string // operationId, for its anchor
	Method    string // GET
	Path      string // /incidents/{id}.{format}
	Summary   vigie.Text
	Text      vigie.Text
	Editors   bool // wants an editor's token
	Params    []APIParam
	Bodies    []APIBody     // that it takes
	Responses []APIResponse // by status
}

// APIParam is a parameter of an operation.
type APIParam struct {
	Name     string
	In       string // query, path, header
	Required bool
	Type     string   // string, integer, date…
	Values   []string // the codes that it takes, if they are listed
	Most     int      // characters of a text; 0 is unbounded
	Text     vigie.Text
	Example  string
}

// APIBody is a body in one media type.
type APIBody struct {
	Type    string // media type
	Schema  string // name of an APISchema, "" when it has none
	Example string // as it is, indented
}

// APIResponse is what a status answers.
type APIResponse struct {
	Status string // 200, 4XX
	Text   vigie.Text
	Bodies []APIBody
}

// APISchema is a named shape of the API and its members.
type APISchema struct {
	Name   string
	Text   vigie.Text
	Fields []APIField
}

// APIField is a member of a shape.
type APIField struct {
	Name     string
	Type     string // string, integer, list of Statement…
	Required bool
	Text     vigie.Text
}

// APIChange is a dated change of the API.
type APIChange struct {
	On       vigie.Date
	Text     vigie.Text
	Breaking bool
}
