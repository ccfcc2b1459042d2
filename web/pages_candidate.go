package web

import (
	"cmp"
	"slices"

	"vigie"
)

// CandidatePage is one candidate: what was read and from which words. Rejecting
// posts action=reject with why or reason to its own address; accepting and attaching
// open the edit page with ?candidate=; action=detach with incident takes it out of a
// case again, with leave=1 without touching the case. ?find= looks for other cases to attach to.
type CandidatePage struct {
	Frame
	Candidate vigie.Candidate
	Values    []Value
	Proposed  vigie.Incident // the ledger rows that it suggests
	Company   vigie.Company  // that it is most likely about, or one to be made
	Known     bool           // whether the record has that company
	Suspects  []SuspectCase
	Twins     []vigie.Candidate // other candidates on the same case
	Decisions []vigie.Decision
	Find      string // words that were looked for among all cases
	Found     []vigie.Record
	Before    string // the candidate before it in the queue, "" at the first
	After     string // the one after it
	Failed    vigie.Text
	Last      []vigie.Decision // what this editor decided last, at once: offered to be undone
	LastOf    string           // the title of the first of them
}

// SuspectCase is a case that the candidate may be about, and what attaching would do.
type SuspectCase struct {
	vigie.Suspect
	Record  vigie.Record
	Attach  *Preview       // nil: not worked out
	Figures []vigie.Figure // that attaching would add
	Rows    int            // statements that it would add
	Sources int            // sources that it would add
}

// NoteOf is the public note that a save from a candidate begins with: where it was
// read. The editor writes what else there is to say.
func NoteOf(c vigie.Candidate, lang vigie.Lang) string {
	publisher := cmp.Or(c.Source.Publisher, host(c.Source.URL))
	if publisher == "" {
		return ""
	}
	note := vigie.Text{FR: "D’après " + publisher + ".", EN: "According to " + publisher + "."}.In(lang)
	if day := cmp.Or(c.Source.Published, c.Reading.Published); day.Known() {
		note = vigie.Text{FR: "D’après " + publisher + ", " + day.In(vigie.French) + ".", EN: "According to " + publisher + ", " + day.In(vigie.English) + "."}.In(lang)
	}
	return note
}

// Value is one value that was read, and the words that it was read from.
type Value struct {
	Field string // of the reading: victims, affected…
	Code  string // of its vocabulary, or a name as printed
	Count *vigie.Count
	Spans []vigie.Span
}

// Values of one field, with their places in the list of all.
type Values struct {
	Field string
	List  []NumberedValue
}

// NumberedValue is a value and its place, by which its words name it.
type NumberedValue struct {
	N int
	Value
}

// Fields groups the values by field, in order.
func (p CandidatePage) Fields() (list []Values) {
	for n, v := range p.Values {
		i := slices.IndexFunc(list, func(f Values) bool { return f.Field == v.Field })
		if i < 0 {
			list = append(list, Values{Field: v.Field})
			i = len(list) - 1
		}
		list[i].List = append(list[i].List, NumberedValue{n, v})
	}
	return
}

// ReadPiece is a run of the text and the values that were read from it; First are
// those whose words begin here.
type ReadPiece struct {
	Text   string
	Fields []string
	Values []int
	First  []int
}

// Pieces cuts the text at the words of its values. Spans count code points; what
// lies outside the text is ignored.
func (p CandidatePage) Pieces() (pieces []ReadPiece) {
	text := []rune(p.Candidate.Reading.Text)
	cuts := []int{0, len(text)}
	for _, v := range p.Values {
		for _, s := range v.Spans {
			for _, at := range s {
				if at > 0 && at < len(text) {
					cuts = append(cuts, at)
				}
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	begun := map[int]bool{}
	for i := 0; i+1 < len(cuts); i++ {
		piece := ReadPiece{Text: blankLines.ReplaceAllString(string(text[cuts[i]:cuts[i+1]]), "\n\n")}
		for n, v := range p.Values {
			if !slices.ContainsFunc(v.Spans, func(s vigie.Span) bool { return s[0] <= cuts[i] && s[1] >= cuts[i+1] && s[0] < s[1] }) {
				continue
			}
			piece.Values = append(piece.Values, n)
			if !slices.Contains(piece.Fields, v.Field) {
				piece.Fields = append(piece.Fields, v.Field)
			}
			if !begun[n] {
				begun[n] = true
				piece.First = append(piece.First, n)
			}
		}
		pieces = append(pieces, piece)
	}
	return pieces
}
