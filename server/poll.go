package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"strings"
	"sync"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/importers/fetch"
)

// Bounds of the visits.
const (
	pollLook    = 30 * time.Second // how often it is looked whether a watch is due
	pollAtOnce  = 3                // watches visited at the same time; a host only by one
	visitMost   = 8 * time.Minute  // of one visit, which is broken off then
	visitPages  = 5 * time.Minute  // after which no more pages are fetched in it
	visitClaim  = 10 * time.Minute // how long a watch is another's when the program that claimed it died
	pagesMost   = 10               // pages of items that only tease, in one visit
	pollSpread  = 10               // visits are put off by up to a tenth, so that they do not all come at once
	robotsAgain = 24 * time.Hour   // until a site that does not want us is asked again
)

// poller visits the watches that are due. Several may run on one database: each
// watch is claimed first.
type poller struct {
	store  *db.DB
	sites  *fetch.Visitor
	now    func() time.Time
	spread func(most time.Duration) time.Duration
	who    string // this program, among those that claim watches
	log    *slog.Logger
	soon   chan struct{} // somebody made a watch due
}

// newPoller makes one that visits private addresses too if private is set.
func newPoller(store *db.DB, s *Settings, private bool, log *slog.Logger) *poller {
	agent := fetch.Product + "/1.0 (ledger of cyberattacks on retailers; reads what its editors follow"
	if s.BaseURL != "" {
		agent += "; +" + strings.TrimSuffix(s.BaseURL, "/") + "/about"
	}
	client := fetch.New(fetch.Options{AllowPrivate: private, UserAgent: agent + ")"})
	return &poller{store: store, sites: fetch.NewVisitor(client, nil), now: time.Now, spread: someOf, who: rand.Text(), log: log, soon: make(chan struct{}, 1)}
}

func someOf(most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	return mathrand.N(most)
}

// watch visits what is due until the context ends. It returns when the visits
// under way were broken off and recorded.
func (p *poller) watch(ctx context.Context) {
	tick := time.NewTicker(pollLook)
	defer tick.Stop()
	for {
		if _, err := p.due(ctx); err != nil && ctx.Err() == nil {
			p.log.Error("visiting what is watched", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-p.soon:
		}
	}
}

// look makes the poller look at once.
func (p *poller) look() {
	select {
	case p.soon <- struct{}{}:
	default: // it will already
	}
}

// due visits the watches that are due, a few at a time, and says how many it
// visited. What goes wrong at a site is told by its run; an error is of the store.
func (p *poller) due(ctx context.Context) (visited int, err error) {
	list, err := p.store.DueWatches(ctx, p.now(), 100)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	free := make(chan struct{}, pollAtOnce)
	for _, w := range list {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-free }()
			_, failed := p.visit(ctx, w, true)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case failed == nil:
				visited++
			case !errors.Is(failed, errVisited):
				err = errors.Join(err, failed)
			}
		})
	}
	group.Wait()
	return visited, err
}

// errVisited means that another program visits the watch now, or just did.
var errVisited = errors.New("another program is visiting it")

// visit goes to the address of a watch, reads what is new there, and records what
// came of it. Without dueOnly it does so whether or not the watch is due or
// switched on. errVisited: somebody else does.
func (p *poller) visit(ctx context.Context, w db.Watched, dueOnly bool) (vigie.Run, error) {
	start := p.now()
	ours, err := p.store.Claim(ctx, w.ID, p.who, start, start.Add(visitClaim), dueOnly)
	if err != nil {
		return vigie.Run{}, err
	}
	if !ours {
		return vigie.Run{}, errVisited
	}
	now, err := p.store.Watch(ctx, w.ID) // it was listed before its claim, and may have been changed since
	if err != nil {
		return vigie.Run{}, errors.Join(err, p.giveBack(ctx, w))
	}
	w = now
	bounded, cancel := context.WithTimeout(ctx, visitMost)
	defer cancel()
	in, why := p.intake(w.Watch)
	in.watch, in.linked.store = w.ID, p.store
	in.linked.most = pagesMost
	in.linked.late = func() bool { return p.now().Sub(start) > visitPages }
	run, err := in.begin(ctx)
	if err != nil {
		return run, errors.Join(err, p.giveBack(ctx, w))
	}
	var answer fetch.Answer
	if why == nil {
		answer, why = p.read(bounded, in, &run, fetch.Ask{Address: w.Address, ETag: w.Visit.ETag, LastModified: w.Visit.LastModified})
	}
	if why != nil {
		run.Messages = append(run.Messages, why.Error())
	}
	if err := in.end(ctx, &run, why == nil); err != nil {
		return run, errors.Join(err, p.giveBack(ctx, w))
	}
	hurry := run.Left > 0 && in.linked.got > in.linked.fault    // pages do come, and others wait
	answer.MaxAge = max(answer.MaxAge, p.sites.Away(w.Address)) // one of its pages may have said so
	visit, wait := p.conclude(w, run, answer, why, hurry)
	if ctx.Err() != nil { // we were stopped, the site did nothing wrong
		visit, wait = w.Visit, 0
	}
	return run, p.store.EndVisit(context.WithoutCancel(ctx), w.ID, p.who, visit, p.now().Add(wait))
}

// giveBack ends a visit that our own store broke off: the watch is as it was, and
// due again soon.
func (p *poller) giveBack(ctx context.Context, w db.Watched) error {
	return p.store.EndVisit(context.WithoutCancel(ctx), w.ID, p.who, w.Visit, p.now().Add(vigie.WatchOften))
}

// intake is how what a watch finds comes to the desk. The error is of the rules of
// the watch: nothing can be read by them.
func (p *poller) intake(w vigie.Watch) (*intake, error) {
	sieve, err := w.Sieve()
	if err != nil {
		err = fmt.Errorf("the rules of watch %s: %w", w.ID, err)
	}
	return &intake{
		store: p.store, kind: w.Kind, origin: w.Address, read: importers.Readers[w.Kind], lang: w.Lang, all: w.All, sieve: sieve, now: p.now,
		linked: &linked{get: p.sites.Get, watch: w.ID, now: p.now},
	}, err
}

// errNothing means that a site answered with something that is not what its watch
// reads: a notice in the place of a feed, say.
var errNothing = errors.New("nothing there could be read as this kind")

// read fetches the address and reads it into the run. The error is why it was not
// read to its end.
func (p *poller) read(ctx context.Context, in *intake, run *vigie.Run, ask fetch.Ask) (answer fetch.Answer, err error) {
	defer func() { // a reader that breaks on what a stranger wrote takes nobody with it
		if fault := recover(); fault != nil {
			p.log.Error("a reader broke", "kind", in.kind, "address", in.origin, "fault", fault)
			err = fmt.Errorf("the reader of kind %s broke on it; the log says how", in.kind)
		}
	}()
	if in.read == nil {
		return answer, fmt.Errorf("no reader of kind %q", in.kind)
	}
	if answer, err = p.sites.Ask(ctx, ask); err != nil {
		return answer, err
	}
	if run.Unchanged = answer.Unchanged; answer.Unchanged {
		return answer, nil
	}
	if err := in.take(ctx, run, answer.Document); err != nil {
		return answer, err
	}
	if run.Tally.Read > 0 && run.Tally.Refused == run.Tally.Read && run.Left == 0 {
		return answer, errNothing
	}
	return answer, nil
}

// conclude is what a visit leaves for the next, and how long until then.
func (p *poller) conclude(w db.Watched, run vigie.Run, answer fetch.Answer, why error, hurry bool) (v vigie.Visit, wait time.Duration) {
	v, asked := w.Visit, vigie.Asked{}
	v.At, v.Why = p.now().UTC(), ""
	if why != nil {
		v.Failures++
		v.Why, v.Gone = why.Error(), fetch.Gone(why)
		asked = vigie.Asked{Failed: true, RetryAfter: fetch.RetryAfter(why)}
		if errors.Is(why, fetch.ErrRobots) {
			asked.RetryAfter = robotsAgain
		}
		wait = w.Wait(v.Failures, asked)
		return v, wait + p.spread(wait/pollSpread)
	}
	v.Failures, v.Gone, v.Moved, v.Left = 0, false, answer.Moved, run.Left
	v.ETag, v.LastModified = answer.ETag, answer.LastModified
	next := w.Watch
	if run.Left == 0 {
		v.Read = v.At
	} else { // the site would answer that nothing changed, and they would wait for ever
		v.ETag, v.LastModified = "", ""
	}
	if hurry {
		next.Every = vigie.WatchOften
	}
	wait = next.Wait(0, vigie.Asked{MaxAge: answer.MaxAge})
	return v, wait + p.spread(wait/pollSpread)
}

// test fetches the address of a watch, on or off, saved or not, and tells what
// would become of each item. Nothing is stored, and no page is fetched for an item
// that only teases.
func (p *poller) test(ctx context.Context, w vigie.Watch) (steps []step, run vigie.Run, err error) {
	in, err := p.intake(w)
	if err != nil {
		return nil, run, err
	}
	in.dry = true
	in.each = func(s step) { steps = append(steps, s) }
	if run, err = in.begin(ctx); err != nil {
		return nil, run, err
	}
	_, err = p.read(ctx, in, &run, fetch.Ask{Address: w.Address})
	if errors.Is(err, errNothing) && len(steps) > 0 {
		err = fmt.Errorf("%w: %s", errNothing, steps[0].Why)
	}
	return steps, run, errors.Join(err, in.end(ctx, &run, err == nil))
}

// watchID is a readable id that no watch has: the host of its address.
func watchID(address string, taken func(string) bool) string {
	_, host, _ := strings.Cut(address, "://")
	host, _, _ = strings.Cut(host, "/")
	base := cmp.Or(vigie.Slug(strings.TrimPrefix(host, "www.")), "watch")
	for n, id := 2, base; ; n++ {
		if !taken(id) {
			return id
		}
		id = fmt.Sprintf("%s-%d", base, n)
	}
}
