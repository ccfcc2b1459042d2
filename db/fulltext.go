package db

import (
	"slices"
	"strings"

	"vigie"
)

// passage is a piece of text of a case, and where it stands: "title fr",
// "summary en", "company", "statement s3 fr", "quote s3", "source r1", "actor s3".
type passage struct {
	column string // of words
	field  string
	text   string
	lang   vigie.Lang // empty when it may be of either
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
	say := func(column, field, text string, lang vigie.Lang) {
		if text != "" {
			list = append(list, passage{column, field, text, lang})
		}
	}
	add := func(column, field, text string) { say(column, field, text, "") }
	both := func(column, field string, t vigie.Text) {
		say(column, field+" fr", t.FR, vigie.French)
		say(column, field+" en", t.EN, vigie.English)
	}
	both("title", "title", in.Headline(company.Name, ""))
	names := append([]string{company.Name}, company.Aliases...)
	names = append(names, in.Brands...)
	for _, name := range append(names, company.Group, in.Via) {
		add("company", "company", name)
	}
	for _, name := range names { // as in its domain: leroymerlin, macys
		if words := vigie.Words(name); len(words) > 1 {
			add("company", "company", strings.Join(words, ""))
		}
	}
	both("statements", "summary", in.Summary)
	for i := range in.Statements {
		s := &in.Statements[i]
		both("statements", "statement "+s.ID, s.Text)
		both("statements", "vector "+s.ID, s.Vector)
		both("statements", "method "+s.ID, s.Method)
		for _, q := range s.Quotes {
			say("quotes", "quote "+s.ID, q.Text, languageOf(q.Lang))
		}
		add("actors", "speaker "+s.ID, s.By.Name)
		add("actors", "actor "+s.ID, s.Actor)
	}
	for _, src := range in.Sources {
		say("sources", "source "+src.ID, src.Title, languageOf(src.Lang))
		add("sources", "publisher "+src.ID, src.Publisher)
	}
	both("statements", "date", monthsOf(in))
	return list
}

// monthsOf are the months, or where they are not known the years, in which
// something happened or was said, in words: people search for easy cash 2025. Days
// are left out, or 12 would find every twelfth of a month.
func monthsOf(in *vigie.Incident) vigie.Text {
	dates := []vigie.Date{in.Occurred, in.Discovered, in.Disclosed}
	for i := range in.Statements {
		dates = append(dates, in.Statements[i].On)
	}
	var months []vigie.Date
	for _, d := range dates {
		first, last := d.First(), d.Last()
		switch {
		case len(first) < len("2025-05") || len(last) < len("2025-05"):
		case first[:7] == last[:7]:
			months = append(months, vigie.Date(first[:7]))
		default:
			months = append(months, vigie.Date(first[:4]), vigie.Date(last[:4]))
		}
	}
	slices.Sort(months)
	written := func(l vigie.Lang) string {
		var words []string
		for _, m := range slices.Compact(months) {
			words = append(words, m.In(l))
		}
		return strings.Join(words, ", ")
	}
	return vigie.Text{FR: written(vigie.French), EN: written(vigie.English)}
}

// folded is the text of each column of words, and after it the stems of its words
// and its compounds, each once. A full stop that no search can name parts the passages, so that no
// phrase runs from one into the next.
func (p passages) folded() []string {
	columns := make([]string, len(wordColumns))
	for i, c := range wordColumns {
		var parts, stemmed []string
		seen := map[string]bool{}
		for _, passage := range p {
			if passage.column != c.name {
				continue
			}
			words := vigie.Words(passage.text)
			if len(words) > 0 {
				parts = append(parts, strings.Join(words, " "))
			}
			var forms []string
			for _, word := range words {
				forms = append(forms, stems(word, passage.lang)...)
			}
			if strings.ContainsAny(passage.text, hyphens) {
				for _, c := range passage.heard().compounds {
					forms = append(forms, compounded(c.parts, passage.lang)...)
				}
			}
			for _, form := range forms {
				if !seen[form] {
					seen[form], stemmed = true, append(stemmed, form)
				}
			}
		}
		if len(stemmed) > 0 {
			parts = append(parts, strings.Join(stemmed, " "))
		}
		columns[i] = strings.Join(parts, " "+stop+" ")
	}
	return columns
}

// languageOf is the language of a quote or a source when it is one of ours.
func languageOf(lang string) vigie.Lang {
	if l := vigie.Lang(lang); slices.Contains(vigie.Langs, l) {
		return l
	}
	return ""
}

// stop is a word that nobody writes: a letter of the private use area, which the
// tokenizer keeps and vigie.Words drops.
const stop = "\ue000"
