package importers

import (
	"iter"

	"vigie"
)

// Piece is an article that was taken out of its page before it came to us.
type Piece struct {
	URL, Title, Text, Lang, Publisher string
	Published                         vigie.Date
	Key                               string // what names it upstream; its address, or its text, when empty
}

// Read is a Reader of the piece: the document only lends it a name.
func (p Piece) Read(_ Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		c := candidate(Document{URL: p.URL}, opts, page{title: squeeze(p.Title), publisher: squeeze(p.Publisher), lang: p.Lang, published: p.Published, text: p.Text})
		if p.Key != "" {
			c.Key = defanged(p.Key)
			c.ID = vigie.UUID(c.Kind + ":" + c.Key)
			c.Reading.ID = c.ID
		}
		yield(c, nil)
	}
}
