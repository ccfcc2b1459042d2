package db

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

func TestASyncNeitherMissesNorRepeats(t *testing.T) {
	d := library(t)
	start := must(d.Search(t.Context(), vigie.Query{Company: []string{"lunaire"}}))(t)
	in := must(d.Draft(t.Context(), lunaire))(t)
	shop(t, d, "autre", "Autre")
	in.Company = "autre"
	save(t, d, &in.Incident, in.Derived.Version) // it no longer matches
	must(d.Retract(t.Context(), coeur, 1, "wrong shop", desk))(t)
	sync := must(d.Search(t.Context(), vigie.Query{Company: []string{"lunaire"}, UpdatedSince: start.Edition}))(t)
	is(t, "matching", len(sync.Incidents), 0)
	is(t, "left", strings.Join(sync.Left, " "), lunaire)
	is(t, "gone, of what it never had", fmt.Sprint(sync.Tombstones), "[]")
	whole := must(d.Search(t.Context(), vigie.Query{UpdatedSince: start.Edition}))(t)
	is(t, "gone", fmt.Sprint(whole.Tombstones), fmt.Sprintf("[{%s retracted  wrong shop}]", coeur))
	is(t, "left of everything", len(whole.Left), 0)
	again := must(d.Search(t.Context(), vigie.Query{Company: []string{"lunaire"}, UpdatedSince: sync.Edition}))(t)
	is(t, "nothing twice", len(again.Incidents)+len(again.Left)+len(again.Tombstones), 0)

	page := must(d.Search(t.Context(), vigie.Query{UpdatedSince: 1, Limit: 1}))(t)
	first := page.Edition
	c := must(d.Draft(t.Context(), lunaire))(t)
	c.Summary = text("changed while a client pages")
	save(t, d, &c.Incident, c.Derived.Version)
	seen := map[string]int{}
	for {
		for _, r := range page.Incidents {
			seen[r.ID]++
		}
		if page.Next == "" {
			break
		}
		page = must(d.Search(t.Context(), vigie.Query{UpdatedSince: 1, Limit: 1, Cursor: page.Next}))(t)
	}
	is(t, "edition of the last page", page.Edition, first)
	next := must(d.Search(t.Context(), vigie.Query{UpdatedSince: first}))(t)
	for _, r := range next.Incidents {
		seen[r.ID]++
	}
	is(t, "every case once", fmt.Sprint(seen), fmt.Sprintf("map[%s:1 %s:1]", old, lunaire))
}

// What a client reads page by page may be newer than the edition that it begins
// with: what came in and went out meanwhile is told to have left.
func TestASyncKnowsWhatWasReadWhileItBegan(t *testing.T) {
	d := library(t)
	become := func(kind vigie.Kind) {
		in := must(d.Draft(t.Context(), coeur))(t)
		in.Kind, in.Disclosed, in.Statements[0].On = kind, "2018", "2018"
		save(t, d, &in.Incident, in.Derived.Version)
	}
	q := vigie.Query{Kind: []string{"data_breach"}, Limit: 1}
	page := must(d.Search(t.Context(), q))(t)
	began := page.Edition
	become("data_breach")
	var read []string
	for page.Next != "" {
		read = append(read, page.Incidents[0].ID)
		q.Cursor = page.Next
		page = must(d.Search(t.Context(), q))(t)
	}
	read = append(read, page.Incidents[0].ID)
	is(t, "read", strings.Join(read, " "), strings.Join([]string{lunaire, old, coeur}, " "))
	become("ransomware")
	sync := must(d.Search(t.Context(), vigie.Query{Kind: q.Kind, UpdatedSince: began}))(t)
	is(t, "left", strings.Join(sync.Left, " "), coeur)
	is(t, "of those who did not ask for that", len(must(d.Search(t.Context(), vigie.Query{Kind: []string{"ddos"}, UpdatedSince: began}))(t).Left), 0)
}

// A case is judged with what its company was while it was that company's.
func TestASyncTakesTheCompanyOfThatTime(t *testing.T) {
	d := library(t)
	grocery, home := vigie.Query{Sector: []string{"grocery"}, UpdatedSince: edition(t, d)}, vigie.Query{Sector: []string{"home"}, UpdatedSince: edition(t, d)}
	reform := func(id, sector string) {
		c := must(d.Company(t.Context(), id))(t)
		c.Company.Sector = sector
		must(d.Save(t.Context(), Save{Company: &c.Company, Base: c.Version, By: desk}))(t)
	}
	in := must(d.Draft(t.Context(), coeur))(t)
	in.Company = "lunaire"
	save(t, d, &in.Incident, in.Derived.Version)
	reform("coeur-vaillant", "grocery") // which it no longer is
	reform("lunaire", "toys")
	is(t, "left of grocery, where none was", strings.Join(must(d.Search(t.Context(), grocery))(t).Left, " "), "")
	is(t, "left of home", strings.Join(must(d.Search(t.Context(), home))(t).Left, " "), strings.Join([]string{old, lunaire, coeur}, " "))
}

// client is one who keeps the answer to a query by asking what changed.
type client struct {
	*scribe
	q       vigie.Query
	state   map[string]string // id → what it was last told of the case
	told    map[string]bool   // every version of a case and its company that it was told
	since   int64
	strict  bool // nothing was written while it first read all: it may be told nothing twice
	exactly bool // only one change is made between its questions
}

func (s *scribe) client(q vigie.Query) *client {
	return &client{scribe: s, q: q, state: map[string]string{}, told: map[string]bool{}}
}

// poll goes through all pages of an answer; meanwhile may write between two.
func (c *client) poll(meanwhile func()) {
	q := c.q
	q.UpdatedSince, q.Limit = c.since, 4+c.IntN(8)
	edition, first := int64(0), c.since == 0
	for page := 0; ; page++ {
		answer := must(c.d.Search(c.Context(), q))(c)
		if page == 0 {
			edition = answer.Edition
		}
		for _, r := range answer.Incidents {
			seen := fmt.Sprintf("%s version %d of %s", r.ID, r.Derived.Version, r.Respondent.Name)
			if c.strict && c.told[seen] {
				c.Errorf("%+v since %d: told again of %s", c.q, c.since, seen)
			}
			c.told[seen], c.state[r.ID] = true, seen
		}
		for _, id := range answer.Left {
			c.leaves(id, "left")
		}
		for _, gone := range answer.Tombstones {
			c.leaves(gone.ID, "gone")
		}
		if answer.Next == "" {
			break
		}
		q.Cursor = answer.Next
		meanwhile()
	}
	c.since, c.strict = edition, c.strict || first && c.exactly
}

func (c *client) leaves(id, how string) {
	if _, had := c.state[id]; !had && c.exactly && !c.redacted[id] {
		c.Errorf("%+v since %d: %s is %s, which it never had", c.q, c.since, id, how)
	}
	delete(c.state, id)
}

// same compares what it has with what the server has now.
func (c *client) same() {
	c.Helper()
	q, have := c.q, map[string]string{}
	q.Limit = 200
	for _, r := range must(c.d.Search(c.Context(), q))(c).Incidents {
		have[r.ID] = fmt.Sprintf("%s version %d of %s", r.ID, r.Derived.Version, r.Respondent.Name)
	}
	if diff := cmp.Diff(have, c.state); diff != "" {
		c.Fatalf("%+v at %d: server and client differ (-server +client)\n%s", c.q, c.since, diff)
	}
}

// Sixteen clients with queries of their own poll, page by page, while the ledger is
// written: each ends with exactly the state of the server.
func TestASyncEndsWithTheStateOfTheServer(t *testing.T) {
	s := newScribe(t, 11)
	s.law = true
	clients := []*client{s.client(vigie.Query{})}
	for range 15 {
		clients = append(clients, s.client(s.ask()))
	}
	meanwhile := func() {
		for range s.IntN(2) {
			s.write()
		}
	}
	for range 8 {
		for _, c := range clients {
			c.poll(meanwhile)
		}
		for range 20 {
			s.write()
		}
	}
	for _, c := range clients {
		c.poll(func() {})
		c.same()
	}
}

// One change at a time: a client is told nothing twice, and nothing leaves that it
// never had.
func TestASyncTellsNothingTwiceAndNothingThatWasNotThere(t *testing.T) {
	s := newScribe(t, 12)
	s.law = true
	clients := []*client{s.client(vigie.Query{})}
	for range 11 {
		clients = append(clients, s.client(s.ask()))
	}
	left := 0
	for range 90 {
		for _, c := range clients {
			c.exactly = true
			before := len(c.state)
			c.poll(func() {})
			c.same()
			if len(c.state) < before {
				left++
			}
		}
		s.write()
	}
	if left < 40 {
		t.Errorf("cases left %d times: too seldom to prove anything", left)
	}
}

func TestAnEditionThatIsNotMadeYetIsRefused(t *testing.T) {
	d := open(t)
	shop(t, d, "lune", "Lune")
	save(t, d, claim("lune-2025-05", "lune"), 0)
	edition := must(d.Search(t.Context(), vigie.Query{}))(t).Edition
	for name, ask := range map[string]func(vigie.Query) error{
		"search":        func(q vigie.Query) error { _, err := d.Search(t.Context(), q); return err },
		"timeline":      func(q vigie.Query) error { _, err := d.Timeline(t.Context(), q); return err },
		"case feed":     func(q vigie.Query) error { _, err := d.CaseFeed(t.Context(), q); return err },
		"timeline feed": func(q vigie.Query) error { _, err := d.TimelineFeed(t.Context(), q); return err },
	} {
		var told *vigie.QueryError
		if err := ask(vigie.Query{UpdatedSince: edition + 1}); !errors.As(err, &told) || told.Params[0].Code != "future" {
			t.Errorf("%s since the next edition: %v", name, err)
		}
		if err := ask(vigie.Query{UpdatedSince: edition}); err != nil {
			t.Errorf("%s since this edition: %v", name, err)
		}
	}
}
