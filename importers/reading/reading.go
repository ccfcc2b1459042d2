// Package reading reads the text of an article: who was attacked, what is said
// to be exposed, who says so and what the company answers, each value with the
// words it was read from. It is deterministic; its vocabularies are files in
// data/reading that an editor can extend.
package reading

import (
	"io"
	"iter"

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

// Lexicon is the vocabularies, compiled.
type Lexicon struct{}

// Shipped is the lexicon of data/reading, compiled once.
func Shipped() *Lexicon { return &Lexicon{} }

// With is the lexicon that also knows these companies, by name, alias and domain.
func (l *Lexicon) With(companies []vigie.Company) *Lexicon { return l }

// Read reads one document. The same document always gives the same reading.
func (l *Lexicon) Read(doc Document) vigie.Reading { return vigie.Reading{ID: doc.ID} }

// Documents reads NDJSON, one Document a line. A bad line is an error that names
// the line, and the reading goes on.
func Documents(r io.Reader) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {}
}
