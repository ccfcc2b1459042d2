package reading

import (
	"sort"
	"strings"
	"unicode"

	"vigie"
)

// word is one token of the text: a run of letters, a number, or an ampersand.
// Apostrophes and hyphens part words, so "l'enseigne" is two and "e-mail" too.
type word struct {
	span   vigie.Span // code points of the text
	fold   string     // lower case, accents off
	raw    string
	before string // what stands between the word before and this one
	cap    bool   // begins with a capital
	digit  bool
	quoted bool // within quotation marks
	sent   int  // its sentence
}

// sentence is a sentence, a heading or an item of a list.
type sentence struct {
	from, to  int  // words, half open
	para      int  // its line
	item      bool // an item of a list
	heading   bool // a short line without a full stop
	head      int  // the sentence that introduces the list it is in; -1
	technical bool // stands in a section on flaws: its data are not those exposed
	advice    bool // stands in a section of advice: tells nothing of the case
	recalled  bool // tells an older or another case
}

// text is a text cut into words and sentences, with every phrase of the lexicon
// that occurs in it.
type text struct {
	runes []rune
	words []word
	sents []sentence
	hits  map[string][]hit
	names []name
	title int // sentences of the title
	lex   *Lexicon
	lang  string
	// victims by key, once found
	victims map[string]bool
	// whether data or people are said to be exposed
	exposure bool
	// the name that another form of it stands for
	roots map[string]string
	year  int // of publication, or the latest the text names; 0 unknown
	// when it was published, as its reader or its head says, and the words of the head
	published vigie.Date
	dateline  vigie.Span
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' }

// in lists the hits of a group that begin within words [from, to).
func (t *text) in(group string, from, to int) []hit {
	hs := t.hits[group]
	a := sort.Search(len(hs), func(k int) bool { return hs[k].from >= from })
	b := a
	for b < len(hs) && hs[b].from < to {
		b++
	}
	return hs[a:b]
}

// has tells whether a phrase of one of the groups begins within words [from, to).
func (t *text) has(from, to int, groups ...string) bool {
	for _, g := range groups {
		if len(t.in(g, from, to)) > 0 {
			return true
		}
	}
	return false
}

// cut makes the words and sentences of a text.
func cut(s string, abbreviations map[string]bool) *text {
	t := &text{runes: []rune(s), hits: map[string][]hit{}}
	t.tokenise()
	t.quote()
	t.sentences(abbreviations)
	return t
}

func (t *text) tokenise() {
	r, end := t.runes, 0
	for i := 0; i < len(r); {
		j := i
		switch {
		case r[i] == '&':
			j = i + 1
		case unicode.IsDigit(r[i]):
			for j < len(r) && (unicode.IsDigit(r[j]) || ((r[j] == '.' || r[j] == ',') && j+1 < len(r) && unicode.IsDigit(r[j+1]))) {
				j++
			}
		case unicode.IsLetter(r[i]):
			for j < len(r) && (unicode.IsLetter(r[j]) || unicode.Is(unicode.Mn, r[j]) || unicode.IsDigit(r[j])) {
				j++
			}
		default:
			i++
			continue
		}
		if unicode.IsDigit(r[i]) && unicode.IsDigit(r[j-1]) { // 12andOne: a name may begin with a figure
			if k := letters(r, j); k-j > 3 && capital(r[j:k]) {
				raw := string(r[i:k])
				t.words = append(t.words, word{span: vigie.Span{i, k}, raw: raw, fold: vigie.Fold(raw), before: string(r[end:i]), cap: true})
				i, end = k, k
				continue
			}
		}
		raw := string(r[i:j])
		t.words = append(t.words, word{span: vigie.Span{i, j}, raw: raw, fold: vigie.Fold(raw), before: string(r[end:i]),
			cap: unicode.IsUpper(r[i]) || unicode.IsTitle(r[i]) || camel(r[i:j]), digit: unicode.IsDigit(r[i])})
		i, end = j, j
	}
}

// letters is the end of the letters that begin at code point i.
func letters(r []rune, i int) int {
	for i < len(r) && unicode.IsLetter(r[i]) {
		i++
	}
	return i
}

func capital(r []rune) bool {
	for _, c := range r {
		if unicode.IsUpper(c) {
			return true
		}
	}
	return false
}

// camel tells a name that hides its capital behind a small letter or two: eVello.
func camel(r []rune) bool {
	return len(r) > 2 && unicode.IsLower(r[0]) && (unicode.IsUpper(r[1]) || unicode.IsUpper(r[2]) && len(r) > 4) && unicode.IsLower(r[len(r)-1])
}

// quote marks the words within quotation marks. A line ends a quotation: a mark
// left open must not swallow the rest of the text.
func (t *text) quote() {
	open := false
	for i := range t.words {
		for _, r := range t.words[i].before {
			switch r {
			case '“', '«', '„':
				open = true
			case '”', '»', '\n':
				open = false
			case '"':
				open = !open
			}
		}
		t.words[i].quoted = open
	}
}

// longestSentence is the most words of a sentence: what goes on without a full
// stop is a list or a trap, and what is told of one word is compared with all the
// others of its sentence.
const longestSentence = 400

func (t *text) sentences(abbreviations map[string]bool) {
	if len(t.words) == 0 {
		return
	}
	para := 0
	begin := func(i int) {
		if n := len(t.sents); n > 0 {
			t.sents[n-1].to = i
		}
		lead := strings.TrimLeft(t.words[i].before[strings.LastIndexByte(t.words[i].before, '\n')+1:], " \t\u00a0")
		first := i == 0 || strings.Contains(t.words[i].before, "\n")
		item := first && lead != "" && strings.ContainsRune("-–—•*·▪►🔸✅", []rune(lead)[0])
		if first && !item && t.words[i].digit && len(t.words[i].raw) < 3 && i+1 < len(t.words) && strings.HasPrefix(t.words[i+1].before, ".") {
			item = true // "1. Names"
		}
		t.sents = append(t.sents, sentence{from: i, para: para, item: item, head: -1})
	}
	begin(0)
	for i := 1; i < len(t.words); i++ {
		b := t.words[i].before
		switch {
		case strings.Contains(b, "\n"):
			para += strings.Count(b, "\n")
			begin(i)
		case i-t.sents[len(t.sents)-1].from >= longestSentence:
			begin(i)
		case strings.ContainsAny(b, ".!?…") && strings.ContainsAny(b, " \u00a0\u202f\t"):
			p := &t.words[i-1]
			short := strings.HasPrefix(b, ".") && (abbreviations[p.fold] || (len([]rune(p.raw)) == 1 && p.cap))
			if !short && (t.words[i].cap || t.words[i].digit || strings.ContainsAny(b, "!?\"“«”»")) {
				begin(i)
			}
		}
	}
	t.sents[len(t.sents)-1].to = len(t.words)
	t.heads()
	for t.title = 1; t.title < min(2, len(t.sents)) && t.sents[t.title].para == t.sents[0].para; t.title++ {
	}
	for i := range t.sents {
		for w := t.sents[i].from; w < t.sents[i].to; w++ {
			t.words[w].sent = i
		}
	}
}

// after is what stands between word i and the next.
func (t *text) after(i int) string {
	if i+1 < len(t.words) {
		return t.words[i+1].before
	}
	return string(t.runes[t.words[i].span[1]:])
}

// span is the code points from word i to word j, half open.
func (t *text) span(i, j int) vigie.Span {
	return vigie.Span{t.words[i].span[0], t.words[j-1].span[1]}
}

func (t *text) sentOf(i int) *sentence { return &t.sents[t.words[i].sent] }

// live tells whether a word stands in a sentence that speaks of the case.
func (t *text) live(i int) bool {
	s := t.sentOf(i)
	return !s.advice && !s.recalled
}
