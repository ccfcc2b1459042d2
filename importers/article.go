package importers

import (
	"iter"

	"vigie"
)

// ArticleKind is the kind of Article among the Readers.
const ArticleKind = "article"

// Article reads one news article, HTML or plain text whose first line is the
// title.
func Article(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {}
}
