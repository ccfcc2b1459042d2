package db

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"vigie"
)

// A suggestion offers the name of a company with a published case for words that
// are spelt nearly like it. Nothing is offered for a word that the ledger knows.
const (
	suggestMost = 3
	// A word is known when it is found, but among so many cases one may have slipped
	// as the reader did.
	casesOfASlip = 5000
	// wordsOfName is how many words of the box are read as one name.
	wordsOfName = 4
)

// slips is how many letters may be wrong (added, left out, changed or swapped with
// the next) in a name of so many.
func slips(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

// name is a way of writing a company, its words joined.
type name struct {
	letters []rune
	held    uint64 // the letters that are in it
	parts   int    // words it is made of
	company string
	word    string // when it is only one word of a name of several
}

func named(letters string) name {
	n := name{letters: []rune(letters)}
	for _, r := range n.letters {
		n.held |= 1 << (uint(r) % 64)
	}
	return n
}

// joinedName is a folded name without spaces and without its and.
func joinedName(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w != "and" && w != "et" {
			b.WriteString(w)
		}
	}
	return b.String()
}

// wordOfName is the length of a word by which a name of several is known: Merlin.
const wordOfName = 6

// publicCompany is the condition on a name that its company has a published case.
const publicCompany = `company IN (SELECT company FROM incidents WHERE shown = 1)`

// spellings are the names of the companies with a published case, of an edition.
// They are read when a word is not known, and kept with the index.
func (d *DB) spellings(ctx context.Context, edition int64) ([]name, error) {
	d.counting.Lock()
	defer d.counting.Unlock()
	if d.names.list != nil && d.names.edition == edition {
		return d.names.list, nil
	}
	var list []name
	var read int64
	err := d.engine.Query(ctx, []SQL{editionSQL, sql(`SELECT name, company FROM names WHERE ` + publicCompany)}, func(i int, row Row) error {
		if i == 0 {
			return row.Scan(&read)
		}
		var key, company string
		if err := row.Scan(&key, &company); err != nil {
			return err
		}
		words := strings.Fields(key)
		whole := named(joinedName(words))
		whole.company, whole.parts = company, len(words)
		list = append(list, whole)
		for _, w := range words {
			if len(words) > 1 && len(w) >= wordOfName {
				one := named(w)
				one.company, one.word = company, w
				list = append(list, one)
			}
		}
		return nil
	})
	if err == nil {
		d.names.edition, d.names.list = read, list
	}
	return list, err
}

// guess is a name that words of the box may have meant: those of the terms from up
// to before to.
type guess struct {
	from, to int
	name     name
	far      int
	cases    int
	written  string
}

// suggest offers names for the words of a query that the ledger does not know;
// nothing was found tells that even words it knows may be a name (mark spencer).
// The companies that are named already are not offered.
func (d *DB) suggest(ctx context.Context, q vigie.Query, companies []string, edition int64, nothing bool) ([]vigie.Suggestion, error) {
	terms := vigie.BoxTerms(q.Q)
	plain := plainWords(terms)
	x, err := d.indexed(ctx, edition)
	if err != nil {
		return nil, err
	}
	unknown, err := d.unknown(ctx, terms, plain, 1+x.cases/casesOfASlip)
	if err != nil || !nothing && !slices.Contains(unknown, true) {
		return nil, err
	}
	names, err := d.spellings(ctx, edition)
	if err != nil {
		return nil, err
	}
	var guesses []guess
	for from := range plain {
		for to := from + 1; to <= min(len(plain), from+wordsOfName) && plain[to-1] != ""; to++ {
			if !slices.Contains(unknown[from:to], true) && (!nothing || to == from+1) {
				continue
			}
			guesses = append(guesses, near(names, strings.Fields(strings.Join(plain[from:to], " ")), from, to)...)
		}
	}
	guesses = slices.DeleteFunc(guesses, func(g guess) bool { return slices.Contains(companies, g.name.company) })
	guesses, err = d.weigh(ctx, guesses)
	if err != nil {
		return nil, err
	}
	var list []vigie.Suggestion
	for _, g := range best(guesses) {
		list = append(list, vigie.Suggestion{Word: strings.Join(terms[g.from:g.to], " "), Company: g.name.company, Name: g.written, Query: instead(q, terms, g)})
	}
	return list, nil
}

// unknown tells which terms are found, in whatever form, in fewer cases than known
// words are, and are no name.
func (d *DB) unknown(ctx context.Context, terms, plain []string, known int) ([]bool, error) {
	list := make([]bool, len(terms))
	var batch []SQL
	var at []int
	for i, p := range plain {
		if p == "" || len([]rune(p)) < 4 {
			continue
		}
		a, err := d.read(ctx, terms[i])
		if err != nil {
			return nil, err
		}
		if m := a.match(); m != "" {
			plain[i] = strings.Join(a.groups[0][0].words, " ") // without the article
			batch = append(batch, sql(`SELECT (SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)) + ? * EXISTS (SELECT 1 FROM names WHERE name = ? AND `+publicCompany+`)`,
				m, int64(known), int64(known), p))
			at = append(at, i)
		}
	}
	err := d.engine.Query(ctx, batch, func(i int, row Row) error {
		var cases int
		err := row.Scan(&cases)
		list[at[i]] = cases < known
		return err
	})
	return list, err
}

// near lists the names that are spelt nearly as the words are, joined.
func near(names []name, words []string, from, to int) (list []guess) {
	typed := named(joinedName(words))
	if len(typed.letters) < 4 {
		return nil
	}
	for _, n := range names {
		most := slips(min(len(typed.letters), len(n.letters)))
		if abs(len(n.letters)-len(typed.letters)) > most || bits.OnesCount64(n.held^typed.held) > 2*most || n.word != "" && to > from+1 {
			continue
		}
		far := distance(typed.letters, n.letters, most)
		if far == 0 && (n.word != "" || n.parts == len(words)) { // it is the name, or of it
			return nil
		}
		if far <= most {
			list = append(list, guess{from: from, to: to, name: n, far: far})
		}
	}
	return list
}

// weigh finds what the guessed companies are called and how many cases they have.
// A word of a name stands for it only when most cases with the word are theirs:
// merlin, but not flowers.
func (d *DB) weigh(ctx context.Context, guesses []guess) ([]guess, error) {
	const guessesMost, casesMost = 50, 1000
	guesses = guesses[:min(len(guesses), guessesMost)]
	var batch []SQL
	for _, g := range guesses {
		batch = append(batch, sql(`SELECT r.body ->> '$.name', (SELECT count(*) FROM incidents i WHERE i.company = c.id AND i.shown = 1),
			(SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)), (SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?))
			FROM companies c JOIN revisions r ON r.kind = 'company' AND r.record_id = c.id AND r.version = c.version WHERE c.id = ?`,
			`"`+g.name.word+`"`, int64(casesMost), `company : "`+g.name.word+`"`, int64(casesMost), g.name.company))
	}
	sure := make([]bool, len(guesses))
	err := d.engine.Query(ctx, batch, func(i int, row Row) error {
		var said, theirs int
		g := &guesses[i]
		if err := row.Scan(&g.written, &g.cases, &said, &theirs); err != nil {
			return fmt.Errorf("the name of company %s: %w", g.name.company, err)
		}
		sure[i] = g.name.word == "" || 2*theirs > said && g.cases*2 > theirs
		return nil
	})
	var list []guess
	for i, g := range guesses {
		if sure[i] {
			list = append(list, g)
		}
	}
	return list, err
}

// best are the nearest guesses of every place, of each company one: whole names
// before words of names, the fewest slips, then more words of the box, more cases,
// the alphabet.
func best(guesses []guess) (list []guess) {
	part := func(g guess) int { return min(len(g.name.word), 1) }
	slices.SortStableFunc(guesses, func(a, b guess) int {
		for _, by := range []int{part(a) - part(b), a.far - b.far, (b.to - b.from) - (a.to - a.from), b.cases - a.cases} {
			if by != 0 {
				return by
			}
		}
		return strings.Compare(a.name.company, b.name.company)
	})
	for _, g := range guesses {
		beaten := slices.ContainsFunc(list, func(o guess) bool {
			return o.name.company == g.name.company || o.from < g.to && g.from < o.to && (part(o) < part(g) || o.far < g.far)
		})
		if !beaten && len(list) < suggestMost {
			list = append(list, g)
		}
	}
	return list
}

// instead is the query with the name in the place of the words.
func instead(q vigie.Query, terms []string, g guess) string {
	written := strings.ReplaceAll(g.written, `"`, " ")
	if len(vigie.Words(written)) > 1 || strings.ContainsAny(written, " :*-") {
		written = `"` + written + `"`
	}
	q.Cursor = ""
	q.Q = strings.Join(slices.Concat(terms[:g.from], []string{written}, terms[g.to:]), " ")
	return q.Canonical()
}

func abs(n int) int { return max(n, -n) }

// distance is how many letters of a were added, left out, changed or swapped with
// the next to make b (Damerau and Levenshtein, no letter touched twice), or most+1
// as soon as it must be more.
func distance(a, b []rune, most int) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
