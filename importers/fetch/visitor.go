package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"vigie/importers"
)

// Product is the token that robots.txt knows us by (RFC 9309 §2.2.1).
const Product = "Vigie"

// ErrUnread means that a robots.txt could not be read: until it is, nothing of
// the site may be (RFC 9309 §2.3.1.4).
var ErrUnread = errors.New("the site's robots.txt could not be read, so nothing there is")

// ErrAway means that the site asked us to stay away (Retry-After) and that this is
// not over: nothing was asked for.
var ErrAway = errors.New("the site asked us to stay away for now")

// Visitor visits sites on its own account, with their leave: it reads robots.txt,
// and lets some time pass between two visits of one host. It may be used by many
// at once.
type Visitor struct {
	client *Client
	wait   func(context.Context, time.Duration) error
	now    func() time.Time

	mu    sync.Mutex
	hosts map[string]*host
	asked map[string]wishes
}

// host is one that is visited.
type host struct {
	turn chan struct{} // who holds it visits; the others wait
	last time.Time     // when the last visit ended
	away time.Time     // until when the site does not want us (RFC 9110 §10.2.3)
}

// wishes are those of a host's robots.txt.
type wishes struct {
	robots Robots
	err    error // why it was not read
	until  time.Time
}

// Manners of a visitor.
const (
	hostDelay   = 2 * time.Second  // between two visits of a host
	delayMost   = 30 * time.Second // of what a Crawl-delay may ask
	robotsKept  = 24 * time.Hour   // §2.4
	robotsRetry = 10 * time.Minute // of one that could not be read
	awayMost    = 24 * time.Hour   // of what a Retry-After may ask, for all of a host
	hostsKept   = 1000
)

// NewVisitor makes one. wait lets time pass, or returns the error of a context
// that ended; nil is the clock on the wall.
func NewVisitor(client *Client, wait func(context.Context, time.Duration) error) *Visitor {
	if wait == nil {
		wait = pause
	}
	return &Visitor{client: client, wait: wait, now: client.opts.Now, hosts: map[string]*host{}, asked: map[string]wishes{}}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Get fetches a page, with leave.
func (v *Visitor) Get(ctx context.Context, address string) (importers.Document, error) {
	answer, err := v.Ask(ctx, Ask{Address: address})
	return answer.Document, err
}

// Ask fetches a page unless it is as it was, with leave. ErrRobots: the site does
// not want it. Redirects are asked leave for too.
func (v *Visitor) Ask(ctx context.Context, a Ask) (Answer, error) {
	u, err := url.Parse(a.Address)
	if err == nil {
		err = checked(u)
	}
	if err != nil {
		return Answer{}, fmt.Errorf("fetching %s: %w", a.short(), ErrAddress)
	}
	h := v.host(u)
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	}
	defer func() { <-h.turn }()
	if left := v.until(h); left > 0 {
		return Answer{}, fmt.Errorf("fetching %s: %w", a.short(), &awayError{left})
	}
	defer func() { h.last = v.now() }()
	wish, err := v.leave(ctx, u)
	if err != nil {
		return Answer{}, fmt.Errorf("fetching %s: %w", a.short(), err)
	}
	delay := min(max(hostDelay, wish.robots.Delay), delayMost)
	if since := v.now().Sub(h.last); !h.last.IsZero() && since < delay {
		if err := v.wait(ctx, delay-since); err != nil {
			return Answer{}, err
		}
	}
	answer, err := v.client.Ask(context.WithValue(ctx, hopKey{}, hop(func(ctx context.Context, to *url.URL) error {
		_, err := v.leave(ctx, to)
		return err
	})), a)
	if stay := min(RetryAfter(err), awayMost); stay > 0 {
		v.mu.Lock()
		h.away = v.now().Add(stay)
		v.mu.Unlock()
	}
	return answer, err
}

// Away is how long the site of an address still wants us to stay away.
func (v *Visitor) Away(address string) time.Duration {
	u, err := url.Parse(address)
	if err != nil {
		return 0
	}
	return v.until(v.host(u))
}

func (v *Visitor) until(h *host) time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	return max(0, h.away.Sub(v.now()))
}

// awayError is an ErrAway with how long it lasts still.
type awayError struct{ left time.Duration }

func (e *awayError) Error() string {
	return fmt.Sprintf("%v: %v more", ErrAway, e.left.Round(time.Second))
}
func (e *awayError) Unwrap() error { return ErrAway }

func key(u *url.URL) string { return u.Scheme + "://" + u.Host }

// host is what is remembered of the host of an address. When there are too many,
// those that nobody visits are forgotten.
func (v *Visitor) host(u *url.URL) *host {
	v.mu.Lock()
	defer v.mu.Unlock()
	if h, ok := v.hosts[key(u)]; ok {
		return h
	}
	if len(v.hosts) >= hostsKept {
		for k, h := range v.hosts {
			if len(h.turn) == 0 {
				delete(v.hosts, k)
			}
		}
	}
	h := &host{turn: make(chan struct{}, 1)}
	v.hosts[key(u)] = h
	return h
}

// leave asks the site's robots.txt, read once a day, whether an address may be
// read. A site without one allows everything; one that cannot be read allows
// nothing (§2.3.1).
func (v *Visitor) leave(ctx context.Context, u *url.URL) (wishes, error) {
	v.mu.Lock()
	w, ok := v.asked[key(u)]
	v.mu.Unlock()
	if now := v.now(); !ok || !now.Before(w.until) {
		w = wishes{until: now.Add(robotsKept)}
		answer, err := v.client.Ask(context.WithValue(ctx, hopKey{}, nil), Ask{Address: key(u) + "/robots.txt"})
		var status *StatusError
		switch {
		case ctx.Err() != nil:
			return w, ctx.Err()
		case errors.Is(err, ErrPrivate):
			return w, ErrPrivate
		case err == nil:
			w.robots = ParseRobots(answer.Document.Body, Product)
		case errors.As(err, &status) && status.Code < 500 && status.Code != http.StatusTooManyRequests, errors.Is(err, ErrRedirect):
		default:
			w.err, w.until = err, now.Add(robotsRetry)
		}
		v.mu.Lock()
		if len(v.asked) >= hostsKept {
			clear(v.asked)
		}
		v.asked[key(u)] = w
		v.mu.Unlock()
	}
	switch {
	case w.err != nil:
		return w, fmt.Errorf("%w: %w", ErrUnread, w.err)
	case !w.robots.Allow(u):
		return w, ErrRobots
	}
	return w, nil
}
