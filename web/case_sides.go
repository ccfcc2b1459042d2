package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie"
)

// Each side at the top of the page has at most sideMost statements, the ones that
// decide, and is filled up to sideLeast; the ledger below has them all.
const sideMost, sideLeast = 3, 2

// Claims are the statements to set against the answer: those the evidence rests on,
// the one with the figure of record, and the first, in the order they were said.
func (p Incident) Claims() []vigie.Statement {
	wanted := because(p.Because("E"))
	for _, f := range p.Figures() {
		if f.OfRecord {
			wanted = append(wanted, f.Statement)
		}
	}
	for _, s := range p.First() {
		wanted = append(wanted, s.ID)
	}
	return p.side(func(s *vigie.Statement) bool { return s.By.Role != vigie.Respondent }, wanted, p.Ledger())
}

// Answers are the company's own statements: those its position rests on, the one that
// first took it, then its latest.
func (p Incident) Answers() []vigie.Statement {
	wanted := because(p.Because("P"))
	for _, s := range p.Record.Statements {
		if day := p.standing().Since.Position; day != "" && s.On.Last() == day {
			wanted = append(wanted, s.ID)
		}
	}
	latest := p.Ledger()
	slices.Reverse(latest)
	return p.side(func(s *vigie.Statement) bool { return s.By.Role == vigie.Respondent }, wanted, latest)
}

// Claimed and Answered count the statements that the ledger has of each side.
func (p Incident) Claimed() int { return len(p.Record.Statements) - p.Answered() }

// Answered are those of the company.
func (p Incident) Answered() (n int) {
	for i := range p.Record.Statements {
		if p.Record.Statements[i].By.Role == vigie.Respondent {
			n++
		}
	}
	return n
}

func because(list []vigie.Because) (ids []string) {
	for _, b := range list {
		ids = append(ids, b.Statements...)
	}
	return ids
}

func (p Incident) side(of func(*vigie.Statement) bool, wanted []string, rest []vigie.Statement) []vigie.Statement {
	var out []vigie.Statement
	add := func(s *vigie.Statement, most int) {
		known := slices.ContainsFunc(out, func(x vigie.Statement) bool { return x.ID == s.ID })
		if of(s) && !known && len(out) < most {
			out = append(out, *s)
		}
	}
	for _, id := range wanted {
		if s, ok := p.Record.Statement(id); ok {
			add(s, sideMost)
		}
	}
	for i := range rest {
		add(&rest[i], sideLeast)
	}
	slices.SortStableFunc(out, bySaid)
	return out
}

// First are the statements that may have been the first, one a speaker: none is dated
// surely before them, and they answer nobody. Those dated to the month or the year only
// are left aside when a day is known, and FirstUnsure then says so.
func (p Incident) First() []vigie.Statement {
	sure, _ := p.first()
	return sure
}

// FirstUnsure tells whether a statement of a vaguer date may have come before.
func (p Incident) FirstUnsure() bool {
	_, vaguer := p.first()
	return vaguer
}

func (p Incident) first() (out []vigie.Statement, vaguer bool) {
	candidates := slices.DeleteFunc(p.Ledger(), func(s vigie.Statement) bool { return !s.On.Known() || len(s.Answers) > 0 || p.Glimpsed(s) })
	if len(candidates) == 0 {
		return nil, false
	}
	earliest := candidates[0].On // in the order of the last possible day
	for _, s := range candidates {
		switch {
		case s.On.First() > earliest.Last():
		case s.On.Precision() < earliest.Precision():
			vaguer = true
		case !slices.ContainsFunc(out, func(x vigie.Statement) bool { return x.By == s.By }):
			out = append(out, s)
		}
	}
	return out, vaguer
}

// gistMost is the length up to which a text stands whole at the top of a page, gistLeast
// the one from which a sentence is enough, both in letters.
const gistMost, gistLeast = 200, 70

// Gist is what the top of a page has of a text: all of it, or its first sentences. It
// ends with a sentence, so that no doubt of the text is cut off in the middle of one.
type Gist struct {
	Text string
	Cut  bool // there is more in the ledger
}

func gist(text string) Gist {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) <= gistMost {
		return Gist{Text: text}
	}
	var word, letters int // letters of the word that ends here, and of the text so far
	for i, r := range text {
		letters++
		rest := text[i+utf8.RuneLen(r):]
		if strings.ContainsRune(".!?…", r) && word > 2 && letters >= gistLeast && opensSentence(rest) {
			return Gist{text[:len(text)-len(rest)], true}
		}
		word++
		if !unicode.IsLetter(r) {
			word = 0
		}
	}
	return Gist{Text: text}
}

// opensSentence tells whether what follows a full stop is a new sentence: a space, then
// a capital, a digit or an opening quote.
func opensSentence(rest string) bool {
	after := strings.TrimLeft(rest, " \u00a0\u202f")
	r, _ := utf8.DecodeRuneInString(after)
	return after != rest && after != "" && (unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("«“\"", r))
}

// quoteMost is the length of a quote, in letters, that fits beside the other side.
const quoteMost = 180

// Words is the quote of a statement for the top of the page, nil when none fits there: a
// short one, whole (one that begins in the middle of a sentence wants the text it was taken
// from), and in the language of the page if the statement is told in it already. The
// ledger has them all.
func (p Incident) Words(s vigie.Statement) *vigie.Quote {
	for i := range s.Quotes {
		q := &s.Quotes[i]
		own := strings.HasPrefix(q.Lang, string(p.Lang)) || s.Text.IsZero()
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(q.Text, "«“\"… "))
		if own && !unicode.IsLower(first) && utf8.RuneCountInString(q.Text) <= quoteMost {
			return q
		}
	}
	return nil
}
