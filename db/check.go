package db

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"vigie"
)

// problemsMost bounds how many differences are told of each table.
const problemsMost = 20

// Check reads the whole store and explains what is wrong with it, a sentence
// each: revisions that are missing, altered or out of order, rows that are not
// what the revisions make of them, decisions on nothing. With rebuild the
// projections are first written anew from the revisions, as one batch; the
// problems are those that remain.
func (d *DB) Check(ctx context.Context, rebuild bool) (problems []string, err error) {
	list, err := readMigrations(shipped)
	if err != nil {
		return nil, err
	}
	done, err := applied(ctx, d.engine)
	if err != nil {
		return nil, err
	}
	if err := agree(list, done); err != nil {
		return nil, err
	}
	if rebuild {
		if err := d.rebuild(ctx); err != nil {
			return nil, fmt.Errorf("rebuilding: %w", err)
		}
	}
	a := &audit{ledger: newLedger(), expected: map[string]map[string]string{}, problems: map[string][]string{}}
	batch := []SQL{everyRevision, sql(`SELECT kind, record_id, version, marker FROM redactions`)}
	for _, p := range projections {
		batch = append(batch, sql(p.read()))
	}
	said := len(batch)
	batch = append(batch, sql(`SELECT doc, col, term FROM words_said`))
	batch = append(batch, soundness...)
	err = d.engine.Query(ctx, batch, func(i int, row Row) error {
		if i > 0 && a.words == nil {
			a.expect()
		}
		switch {
		case i == 0:
			return a.revision(row)
		case i == 1:
			return a.redaction(row)
		case i < said:
			return a.row(projections[i-2], row)
		case i == said:
			return a.word(row)
		}
		var sentence string
		if err := row.Scan(&sentence); err != nil {
			return err
		}
		a.report("store", "%s", sentence)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("checking: %w", err)
	}
	if a.words == nil {
		a.expect()
	}
	return a.verdict(), nil
}

var everyRevision = sql(`SELECT ` + revisionColumns + ` FROM revisions r ORDER BY r.seq`)

// soundness are questions whose every answer is a problem.
var soundness = []SQL{
	sql(`SELECT 'the file is damaged: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`),
	sql(`SELECT 'a row of ' || "table" || ' refers to nothing' FROM pragma_foreign_key_check`),
	sql(`SELECT 'decision on candidate ' || candidate || ', which is not there' FROM decisions WHERE candidate NOT IN (SELECT id FROM candidates)`),
	sql(`SELECT 'decision on candidate ' || candidate || ' for case ' || incident || ', which is not there' FROM decisions
		WHERE incident <> '' AND incident NOT IN (SELECT record_id FROM revisions WHERE kind = 'incident')`),
	sql(`SELECT 'candidate ' || id || ' is ' || status || ' without a decision' FROM candidates
		WHERE status NOT IN ('open', 'withdrawn') AND id NOT IN (SELECT candidate FROM decisions)`),
}

// audit compares what is stored with what the revisions make.
type audit struct {
	ledger   *ledger
	redacted map[string]string            // kind/id/version → marker's hash
	expected map[string]map[string]string // table → key → row
	words    map[int64]uint64             // doc → hash of what is said in it
	problems map[string][]string
}

func (a *audit) report(about, sentence string, args ...any) {
	a.problems[about] = append(a.problems[about], fmt.Sprintf(sentence, args...))
}

func (a *audit) revision(row Row) error {
	r, err := scanRevision(row)
	name := fmt.Sprintf("%s %s, version %d", r.Kind, r.RecordID, r.Version)
	if err != nil {
		a.report("revisions", "%s cannot be read: %v", name, err)
		return nil
	}
	l := a.ledger
	if want := l.version(r.Kind, r.RecordID) + 1; r.Version != want {
		a.report("revisions", "%s follows version %d", name, want-1)
	}
	if r.seq != l.seq+1 {
		a.report("revisions", "%s is number %d of the ledger and follows number %d: something between is missing", name, r.seq, l.seq)
	}
	if want := l.edition + map[bool]int64{true: 1}[r.effect.Public]; r.Edition != want {
		a.report("revisions", "%s says edition %d where %d comes next", name, r.Edition, want)
	}
	if at := stamp(r.At); at < l.at {
		a.report("revisions", "%s is of %s, before the one it follows (%s)", name, at, l.at)
	}
	switch {
	case r.Redacted != nil:
		if a.redacted == nil {
			a.redacted = map[string]string{}
		}
		a.redacted[fmt.Sprintf("%s/%s/%d", r.Kind, r.RecordID, r.Version)] = r.Redacted.SHA256
		if r.Redacted.SHA256 != r.sha256 {
			a.report("revisions", "%s: the marker of its redaction is of another body", name)
		}
	case sum(string(r.Body)) != r.sha256:
		a.report("revisions", "%s: its body is not the one that was saved (checksum)", name)
	}
	if err := l.accept(r); err != nil {
		a.report("revisions", "%v", err)
	}
	return nil
}

func (a *audit) redaction(row Row) error {
	var kind, id, text string
	var version int
	if err := row.Scan(&kind, &id, &version, &text); err != nil {
		return err
	}
	key := fmt.Sprintf("%s/%s/%d", kind, id, version)
	if _, ok := a.redacted[key]; !ok {
		a.report("revisions", "%s %s, version %d was redacted and has its body again", kind, id, version)
	}
	return nil
}

// expect works out every row, once all revisions are in.
func (a *audit) expect() {
	a.words = map[int64]uint64{}
	for _, p := range projections {
		a.expected[p.name] = map[string]string{}
	}
	for _, r := range a.ledger.everyRow() {
		for _, p := range projections {
			for _, row := range r.of[p.name] {
				a.expected[p.name][describe(p.name, row[:p.key])] = describe(p.name, row)
			}
		}
		for i, text := range r.words {
			for word := range strings.FieldsSeq(text) {
				a.words[r.doc] += hashed(wordColumns[i].name, word)
			}
		}
	}
}

func (a *audit) row(p projection, row Row) error {
	values, into := make([]any, len(p.columns)), make([]any, len(p.columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := row.Scan(into...); err != nil {
		return err
	}
	for i, v := range values {
		if bytes, ok := v.([]byte); ok {
			values[i] = string(bytes)
		}
	}
	key, have := describe(p.name, values[:p.key]), describe(p.name, values)
	switch want, ok := a.expected[p.name][key]; {
	case !ok:
		a.report(p.name, "%s follows from no revision", have)
	case want != have:
		a.report(p.name, "%s should be %s", have, want)
	}
	delete(a.expected[p.name], key)
	return nil
}

// hashed is one word in one column; the sum over a document does not depend on
// their order. Only plain words and stems count: of other scripts the tokenizer has
// its own idea.
func hashed(column, word string) uint64 {
	letters := strings.TrimPrefix(word, compoundMark)
	for _, mark := range stemMarks {
		letters = strings.TrimPrefix(letters, mark)
	}
	for i := range len(letters) {
		if letters[i] >= 0x80 {
			return 0
		}
	}
	h := fnv.New64a()
	h.Write([]byte(column + "\x00" + word))
	return h.Sum64() | 1
}

func (a *audit) word(row Row) error {
	var doc int64
	var column, word string
	if err := row.Scan(&doc, &column, &word); err != nil {
		return err
	}
	a.words[doc] -= hashed(column, word)
	return nil
}

func (a *audit) verdict() []string {
	for table, rows := range a.expected {
		for _, row := range rows {
			a.report(table, "%s is missing", row)
		}
	}
	for doc, rest := range a.words {
		if rest != 0 {
			a.report("words", "the full text of row %d is not that of its case", doc)
		}
	}
	var list []string
	for about, problems := range a.problems {
		slices.Sort(problems)
		if more := len(problems) - problemsMost; more > 0 {
			problems = append(problems[:problemsMost], fmt.Sprintf("%s: and %d more", about, more))
		}
		list = append(list, problems...)
	}
	slices.Sort(list)
	return list
}

// everyRow is what a replayed ledger writes, in a fixed order.
func (l *ledger) everyRow() []rows {
	var keys []string
	for id := range l.cases {
		keys = append(keys, vigie.IncidentRecord+"/"+id)
	}
	for id := range l.companies {
		keys = append(keys, vigie.CompanyRecord+"/"+id)
	}
	for id := range l.waves {
		keys = append(keys, vigie.WaveRecord+"/"+id)
	}
	slices.Sort(keys)
	list := make([]rows, len(keys))
	for i, key := range keys {
		kind, id, _ := strings.Cut(key, "/")
		list[i] = l.rowsOf(kind, id)
	}
	return list
}

// rebuild replays the revisions and writes all projections anew. Someone who
// saves meanwhile makes it start again.
func (d *DB) rebuild(ctx context.Context) error {
	d.write.Lock()
	defer d.write.Unlock()
	var err error
	for range attempts {
		l := newLedger()
		err = d.engine.Query(ctx, []SQL{everyRevision}, func(_ int, row Row) error {
			r, err := scanRevision(row)
			if err != nil {
				return err
			}
			return l.accept(r)
		})
		if err != nil {
			return err
		}
		batch := []SQL{unchanged(l.seq), sql(`INSERT INTO words (words) VALUES ('delete-all')`), sql(`DELETE FROM due WHERE work = 'rebuild'`)}
		for _, p := range projections {
			batch = append(batch, sql("DELETE FROM "+p.name))
		}
		for _, r := range l.everyRow() {
			batch = append(batch, inserts(r)...)
		}
		if _, err = d.engine.Exec(ctx, batch...); !isUnique(err) {
			break
		}
	}
	d.counting.Lock()
	defer d.counting.Unlock()
	d.index = nil
	return err
}

// unchanged fails a batch when a revision was saved since the store was read.
func unchanged(seq int64) SQL {
	return sql(`INSERT INTO guard (n) SELECT 1 WHERE (SELECT coalesce(max(seq), 0) FROM revisions) <> ?`, seq)
}
