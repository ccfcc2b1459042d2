package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"

	"vigie"
	"vigie/db"
)

// scribe writes a ledger of invented shops at random, the same for the same seed.
type scribe struct {
	*rand.Rand
	*house
	ids  []string
	n    int
	kept int // changes that the ledger took
}

var byScribe = vigie.Signature{Author: "scribe", Note: "as read"}

func pick[T any](s *scribe, of ...T) T { return of[s.IntN(len(of))] }

// took counts a change, and lets a refused one pass, as an editor does.
func (s *scribe) took(err error) {
	var problems vigie.Problems
	switch {
	case err == nil:
		s.kept++
	case !errors.Is(err, vigie.ErrConflict) && !errors.Is(err, db.ErrState) && !errors.Is(err, vigie.ErrGone) && !errors.As(err, &problems):
		s.t.Error(err)
	}
}

func (s *scribe) save(one db.Save) {
	one.By = byScribe
	_, err := s.store.Save(context.Background(), one)
	s.took(err)
}

func (s *scribe) compose() {
	s.n++
	shop := pick(s, "lunaire", "tournesol", "grelot")
	in := &vigie.Incident{
		ID: fmt.Sprintf("%s-2025-%04d", shop, s.n), State: pick(s, vigie.Draft, vigie.Published, vigie.Published), Company: shop, Kind: "data_breach", Disclosed: "2025-05-10",
		Sources: []vigie.Source{{ID: "r1", Publisher: "Le Messager du Commerce", Title: "Une boutique visée", Seen: vigie.SeenFull, Published: "2025-05-10"}},
		Statements: []vigie.Statement{{ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: "grosmatou"}, Acts: []vigie.Act{vigie.Claims}, On: "2025-05-10",
			Text: vigie.Text{FR: "Le vendeur dit tenir le fichier.", EN: "The seller claims the file."}, Sources: []string{"r1"}}},
	}
	s.ids = append(s.ids, in.ID)
	s.save(db.Save{Incident: in})
}

func (s *scribe) some() vigie.Record {
	r, err := s.store.Draft(context.Background(), pick(s, s.ids...))
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *scribe) write() {
	ctx := context.Background()
	r := s.some()
	in, base := &r.Incident, r.Derived.Version
	switch roll := s.IntN(20); {
	case roll < 2:
		s.compose()
	case roll < 4:
		_, err := s.store.Retract(ctx, r.ID, base, "wrong", byScribe)
		s.took(err)
	case roll < 7:
		_, err := s.store.Restore(ctx, vigie.IncidentRecord, r.ID, 1+s.IntN(base), base, byScribe)
		s.took(err)
	case roll < 8:
		into := s.some()
		_, err := s.store.Merge(ctx, r.ID, base, into.ID, into.Derived.Version, byScribe)
		s.took(err)
	case roll < 9: // it moves all its cases at once, and each of them reads differently
		c, err := s.store.Company(ctx, r.Company)
		if err != nil {
			s.t.Fatal(err)
		}
		s.n++
		c.Company.Name, c.Company.Sector = fmt.Sprintf("Maison %d", s.n), pick(s, "home", "grocery")
		s.save(db.Save{Company: &c.Company, Base: c.Version})
	case roll < 11:
		in.State = vigie.Published
		s.save(db.Save{Incident: in, Base: base})
	case roll < 13:
		if _, has := in.Statement("s2"); !has {
			in.Statements = append(in.Statements, vigie.Statement{ID: "s2", By: vigie.Speaker{Role: vigie.Respondent, Company: in.Company}, Acts: []vigie.Act{vigie.Denies},
				On: "2025-05-12", Text: vigie.Text{FR: "Rien n’a été pris.", EN: "Nothing was taken."}, Sources: []string{"r1"}})
		} else {
			in.Statements = in.Statements[:1]
		}
		s.save(db.Save{Incident: in, Base: base})
	case roll < 16:
		in.Company, in.Kind = pick(s, "lunaire", "tournesol", "grelot"), pick[vigie.Kind](s, "ransomware", "data_breach")
		s.save(db.Save{Incident: in, Base: base})
	default:
		in.Summary = vigie.Text{FR: pick(s, "Une fuite de données.", "Une panne."), EN: pick(s, "A leak of data.", "An outage.")}
		s.save(db.Save{Incident: in, Base: base})
	}
}

// follower keeps the answer to a query by asking what changed since.
type follower struct {
	*visitor
	query vigie.Query
	state map[string]string // id → the JSON of the case
	told  map[string]bool   // every JSON that it was given
	since int64
	polls int
	pages int
}

// poll asks once, and goes through all pages of the answer.
func (f *follower) poll() (told int) {
	q := f.query
	q.Limit, q.UpdatedSince = 7, f.since
	f.polls++
	edition := int64(0)
	for {
		address := "/incidents.json?" + q.Canonical()
		answer := f.get(address)
		if answer.StatusCode != http.StatusOK {
			f.t.Errorf("%s: %s\n%s", address, answer.Status, answer.body)
			return told
		}
		var page struct {
			Edition    int64
			Incidents  []json.RawMessage
			Left       []string
			Tombstones []vigie.Tombstone
			Next       string
		}
		if err := json.Unmarshal([]byte(answer.body), &page); err != nil {
			f.t.Errorf("%s: %v", address, err)
			return told
		}
		if edition == 0 {
			edition = page.Edition // what changes while it pages comes in the next answer
		}
		f.pages++
		for _, raw := range page.Incidents {
			var in vigie.Incident
			if err := json.Unmarshal(raw, &in); err != nil {
				f.t.Error(err)
			}
			if f.told[string(raw)] {
				f.t.Errorf("%s gave again: %s", address, raw)
			}
			f.told[string(raw)], f.state[in.ID] = true, string(raw)
		}
		for _, id := range page.Left {
			delete(f.state, id)
		}
		for _, gone := range page.Tombstones {
			delete(f.state, gone.ID)
		}
		told += len(page.Incidents) + len(page.Left) + len(page.Tombstones)
		if q.Cursor = page.Next; q.Cursor == "" {
			f.since = edition
			return told
		}
	}
}

// now is what the server answers to the query at this moment, by id.
func (f *follower) now() map[string]string {
	fresh := &follower{visitor: f.visitor, query: f.query, state: map[string]string{}, told: map[string]bool{}}
	fresh.poll()
	return fresh.state
}

// Clients poll over HTTP, each a query of its own, while a writer makes a thousand
// changes. Each ends with exactly what the server has, and was given nothing twice.
func TestClientsThatPollEndWithTheStateOfTheServer(t *testing.T) {
	h := newHouse(t, "")
	s := &scribe{Rand: rand.New(rand.NewPCG(2024, 9)), house: h}
	for _, id := range []string{"lunaire", "tournesol", "grelot"} {
		s.save(db.Save{Company: &vigie.Company{ID: id, Name: id, Sector: "home", Country: "FR"}})
	}
	for range 20 {
		s.compose()
	}
	var followers []*follower
	for _, query := range []vigie.Query{{}, {Sector: []string{"grocery"}}, {Company: []string{"grelot", "lunaire"}}, {Position: []string{"-denies"}, Kind: []string{"ransomware"}}, {Q: "fuite -panne"}} {
		f := &follower{visitor: h.visitor(), query: query, state: map[string]string{}, told: map[string]bool{}}
		f.poll()
		followers = append(followers, f)
	}
	var polling sync.WaitGroup
	var bells []chan struct{}
	for _, f := range followers {
		bell := make(chan struct{}, 1)
		bells = append(bells, bell)
		polling.Go(func() {
			for range bell {
				f.poll() // while the writer goes on
			}
			f.poll()
		})
	}
	for s.kept < 1000 && !t.Failed() {
		s.write()
		for i, bell := range bells {
			if s.IntN(12+6*i) == 0 {
				select {
				case bell <- struct{}{}:
				default: // still busy with the last one
				}
			}
		}
	}
	for _, bell := range bells {
		close(bell)
	}
	polling.Wait()
	moves := 0
	for _, f := range followers {
		now := f.now()
		for id, raw := range now {
			if f.state[id] != raw {
				t.Errorf("%s: of %s the server says\n%s\nand the client has\n%s", f.query.Canonical(), id, raw, f.state[id])
			}
		}
		for id := range f.state {
			if now[id] == "" {
				t.Errorf("%s: the client kept %s", f.query.Canonical(), id)
			}
		}
		if again := f.poll(); again > 0 {
			t.Errorf("%s: %d more when nothing changed", f.query.Canonical(), again)
		}
		moves += len(f.told)
		t.Logf("%-40s %d polls, %d pages, %d versions of cases, %d at the end", f.query.Canonical(), f.polls, f.pages, len(f.told), len(f.state))
	}
	if moves < 500 {
		t.Errorf("the clients were told of %d changes: too few to prove anything", moves)
	}
}
