package db

import (
	"strings"

	"vigie"
)

// passage is a piece of text of a case, and where it stands: "title fr",
// "summary en", "company", "statement s3 fr", "quote s3", "source r1", "actor s3".
type passage struct {
	column string // of words
	field  string
	text   string
}

type passages []passage

// wordColumns are the columns of words, in the order of the table, with what a
// match in each weighs when results are ranked.
var wordColumns = []struct {
	name   string
	weight string
}{{"title", "6.0"}, {"company", "8.0"}, {"statements", "2.0"}, {"quotes", "1.5"}, {"sources", "1.0"}, {"actors", "3.0"}}

// textOf is everything of a case that a reader may search, in the order that
// matches are shown.
func textOf(in *vigie.Incident, company vigie.Company) passages {
	var list passages
	add := func(column, field, text string) {
		if text != "" {
			list = append(list, passage{column, field, text})
		}
	}
	both := func(column, field string, t vigie.Text) {
		add(column, field+" fr", t.FR)
		add(column, field+" en", t.EN)
	}
	both("title", "title", in.Headline(company.Name, ""))
	names := append([]string{company.Name}, company.Aliases...)
	names = append(names, in.Brands...)
	for _, name := range append(names, company.Group, in.Via) {
		add("company", "company", name)
	}
	both("statements", "summary", in.Summary)
	for i := range in.Statements {
		s := &in.Statements[i]
		both("statements", "statement "+s.ID, s.Text)
		both("statements", "vector "+s.ID, s.Vector)
		both("statements", "method "+s.ID, s.Method)
		for _, q := range s.Quotes {
			add("quotes", "quote "+s.ID, q.Text)
		}
		add("actors", "speaker "+s.ID, s.By.Name)
		add("actors", "actor "+s.ID, s.Actor)
	}
	for _, src := range in.Sources {
		add("sources", "source "+src.ID, src.Title)
		add("sources", "publisher "+src.ID, src.Publisher)
	}
	return list
}

// folded is the text of each column of words. A full stop that no search can
// name parts the passages, so that no phrase runs from one into the next.
func (p passages) folded() []string {
	columns := make([]string, len(wordColumns))
	for i, c := range wordColumns {
		var parts []string
		for _, passage := range p {
			if passage.column == c.name {
				if words := vigie.Words(passage.text); len(words) > 0 {
					parts = append(parts, strings.Join(words, " "))
				}
			}
		}
		columns[i] = strings.Join(parts, " "+stop+" ")
	}
	return columns
}

// stop is a word that nobody writes: a letter of the private use area, which the
// tokenizer keeps and vigie.Words drops.
const stop = "\ue000"
