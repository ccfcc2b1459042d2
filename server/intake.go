package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/importers/reading"
)

// intake is how every document comes to the desk, whoever brings it: a command, a
// program, a watch. What its reader finds goes through the rules, has its page
// fetched when it only teases, and is kept as a candidate; each is counted once.
type intake struct {
	store   *db.DB
	kind    string
	origin  string // file name or address
	watch   string // whose visit it is
	read    importers.Reader
	lang    string // of the texts, when they do not say
	columns string // of the csv reader: which column says what
	all     bool   // what tells of no incident too
	sieve   vigie.Sieve
	linked  *linked    // nil: an item that only teases is taken as it is
	dry     bool       // tell what would be done, and store nothing
	each    func(step) // told of everything that was read, when there is somebody to tell
	now     func() time.Time

	refused, filtered []string // the first, in words
	weighed           map[string]bool
}

// step is one thing that was read and what became of it.
type step struct {
	Candidate vigie.Candidate
	Outcome   string // db.New, db.Changed, db.Duplicate, or one of those below
	Met       string // the candidate that it is the same as
	Why       string // filtered, refused and left: in words
	Rule      string // the rule of a watch that left it out
}

// What else may become of a thing that was read.
const (
	filtered = "filtered" // left out, by a rule or by the reader
	refused  = "refused"  // could not be read
	left     = "left"     // waits for its page until the next visit
)

// firstMessages is how many refusals a run keeps in words.
const firstMessages = 20

// run reads one document. The run is recorded even when it breaks off, as not
// completed; of a dry one nothing is.
func (in *intake) run(ctx context.Context, doc importers.Document) (vigie.Run, error) {
	run, err := in.begin(ctx)
	if err != nil {
		return run, err
	}
	err = in.take(ctx, &run, doc)
	return run, errors.Join(err, in.end(ctx, &run, err == nil))
}

// begin records that a run began: a program that dies in it leaves it so, not
// completed.
func (in *intake) begin(ctx context.Context) (vigie.Run, error) {
	if in.now == nil {
		in.now = time.Now
	}
	run := vigie.Run{ID: rand.Text(), Kind: in.kind, Origin: in.origin, Watch: in.watch, Started: in.now().UTC()}
	if in.dry {
		return run, nil
	}
	return run, in.store.StartRun(ctx, run)
}

func (in *intake) end(ctx context.Context, run *vigie.Run, completed bool) error {
	run.Ended, run.Completed = in.now().UTC(), completed
	run.Messages = append(append(run.Messages, in.refused...), in.filtered...)
	run.Messages = run.Messages[:min(len(run.Messages), firstMessages)]
	if in.dry {
		return nil
	}
	return in.store.FinishRun(context.WithoutCancel(ctx), *run) // how it ended is recorded also by a program that stops
}

// take counts everything that the reader finds in a document into the run. The
// error is importers.ErrBroken when a list breaks off: what came before is kept.
func (in *intake) take(ctx context.Context, run *vigie.Run, doc importers.Document) error {
	companies, err := allCompanies(ctx, in.store)
	if err != nil {
		return err
	}
	opts := importers.Options{Lexicon: reading.Shipped().With(companies), Lang: in.lang, All: in.all, Map: in.columns}
	var broken error
	for c, err := range in.read(doc, opts) {
		if ctx.Err() != nil {
			return fmt.Errorf("stopped before the end: %w", ctx.Err())
		}
		s := step{Candidate: c}
		switch {
		case errors.Is(err, importers.ErrFiltered):
			s.Outcome, s.Why = filtered, err.Error()
		case err != nil:
			s.Outcome, s.Why = refused, err.Error()
			if errors.Is(err, importers.ErrBroken) {
				broken = err
			}
		default:
			c.Run = run.ID
			if s, err = in.weigh(ctx, c, opts); err != nil {
				return err
			}
		}
		in.count(run, s)
	}
	return broken
}

// weigh decides what becomes of a candidate, and keeps it.
func (in *intake) weigh(ctx context.Context, c vigie.Candidate, opts importers.Options) (step, error) {
	s := step{Candidate: c}
	if s.Rule = in.sieve.LeavesOut(c.Source.Title, c.Reading.Text); s.Rule != "" {
		s.Outcome, s.Why = filtered, fmt.Sprintf("%q is left out by the rule %q", c.Source.Title, s.Rule)
		return s, nil
	}
	item := c
	if c.Fetch != "" && in.linked != nil {
		outcome, met, err := in.store.Weigh(ctx, c)
		if err != nil || outcome == db.Duplicate {
			s.Outcome, s.Met = outcome, met
			return s, err
		}
		whole, ended, err := in.linked.complete(ctx, c, opts)
		if err != nil || ended.Outcome != "" {
			return ended, err
		}
		s.Candidate, c = whole, whole
	}
	if !in.all && !c.Reading.IsIncident {
		s.Outcome, s.Why = filtered, fmt.Sprintf("%q tells of no incident that was recognised; --all brings it to the desk all the same", c.Source.Title)
		if item.Fetch != "" && in.linked != nil {
			return s, in.linked.remember(ctx, item, s.Why, 0)
		}
		return s, nil
	}
	if in.dry {
		return in.foresee(ctx, s)
	}
	outcome, err := in.store.AddCandidate(ctx, c)
	if err != nil {
		return s, fmt.Errorf("keeping a candidate: %w", err)
	}
	s.Outcome = outcome
	return s, nil
}

// foresee is what keeping it would do, also when the same came before in the same
// document.
func (in *intake) foresee(ctx context.Context, s step) (step, error) {
	var err error
	s.Outcome, s.Met, err = in.store.Weigh(ctx, s.Candidate)
	if in.weighed == nil {
		in.weighed = map[string]bool{}
	}
	id, hash := "id "+s.Candidate.ID, "hash "+s.Candidate.Hash
	if in.weighed[id+" "+hash] || in.weighed[hash] {
		s.Outcome, s.Met = db.Duplicate, cmp.Or(s.Met, s.Candidate.ID)
	}
	in.weighed[id+" "+hash], in.weighed[hash] = true, true
	return s, err
}

func (in *intake) count(run *vigie.Run, s step) {
	t := &run.Tally
	for _, x := range []struct {
		outcome string
		n       *int
		words   *[]string
	}{
		{db.New, &t.New, nil}, {db.Changed, &t.Changed, nil}, {db.Duplicate, &t.Duplicate, nil},
		{filtered, &t.Filtered, &in.filtered}, {refused, &t.Refused, &in.refused}, {left, &run.Left, &in.refused},
	} {
		if s.Outcome != x.outcome {
			continue
		}
		*x.n++
		if s.Outcome != left {
			t.Read++
		}
		if x.words != nil && s.Why != "" && len(*x.words) < firstMessages {
			*x.words = append(*x.words, s.Outcome+": "+s.Why)
		}
	}
	if s.Rule != "" {
		if run.Rules == nil {
			run.Rules = map[string]int{}
		}
		run.Rules[s.Rule]++
	}
	if in.each != nil {
		in.each(s)
	}
}

// allCompanies are those of the record, drafts' too.
func allCompanies(ctx context.Context, store *db.DB) ([]vigie.Company, error) {
	listed, err := store.AllCompanies(ctx)
	companies := make([]vigie.Company, len(listed))
	for i, l := range listed {
		companies[i] = l.Company
	}
	return companies, err
}
