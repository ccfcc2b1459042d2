package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"vigie/db"
	"vigie/importers"
)

// Nine months of a list whose two caches alternate, each state as it was caught;
// then the last two states of each record alternate ten times more. What a state
// brought once it never brings again.
func TestAListWhoseCachesAlternateDoesNotFillTheQueue(t *testing.T) {
	const file = "../../shared/data/corpora/hibp/hibp_recent_revisions.ndjson"
	f, err := os.Open(file)
	if err != nil {
		t.Skip("the corpora are not here: ", err)
	}
	defer f.Close()
	h := newHouse(t, "")
	states := map[string][]json.RawMessage{}
	var names []string
	read := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	tally := map[string]int{}
	bring := func(record json.RawMessage) {
		for c, err := range importers.HIBP(importers.Document{Body: append(bytes.Clone([]byte("[")), append(record, ']')...)}, importers.Options{All: true}) {
			if err != nil {
				tally["refused"]++
				continue
			}
			outcome, err := h.store.AddCandidate(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			tally[outcome]++
		}
	}
	for lines.Scan() {
		var line struct {
			Record json.RawMessage `json:"record"`
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		var named struct{ Name, Title string } // most were caught in a shorter form, without their name
		if err := json.Unmarshal(line.Record, &named); err != nil {
			t.Fatal(err)
		}
		if states[named.Title] == nil {
			names = append(names, named.Title)
		}
		states[named.Title] = append(states[named.Title], line.Record)
		read++
		bring(line.Record)
	}
	first, changed := fmt.Sprint(tally), tally[db.Changed]
	for range 10 {
		for _, name := range names {
			if of := states[name]; len(of) > 1 {
				bring(of[len(of)-2])
				bring(of[len(of)-1])
			}
		}
	}
	open, err := h.store.Queue(t.Context(), db.Filter{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d states of %d records: %s; after ten alternations more: %v; %d candidates", read, len(names), first, tally, len(open))
	if len(names) < 100 || tally[db.New] != len(open) || tally[db.New] > len(names) || changed > read-len(names) || tally[db.Changed] != changed {
		t.Error("an alternation brings something new")
	}
}
