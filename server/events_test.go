package main

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"vigie/web"
)

// eventsIn are the events that a case has in CSV: its statements and corrections by
// name, in order, and the row of each.
func eventsIn(t *testing.T, v *visitor, address string) (order []string, rows map[string]map[string]string) {
	t.Helper()
	a := v.get(address)
	all, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("%s: %s %v", address, a.Status, err)
	}
	rows = map[string]map[string]string{}
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		id := strings.TrimPrefix(row["id"], row["incident"]+"/")
		order, rows[id] = append(order, id), row
	}
	return order, rows
}

func TestACaseHoldsItsCorrectionsInOrderInEveryFormatThatTells(t *testing.T) {
	v := hostile(t).visitor()
	order, rows := eventsIn(t, v, "/incidents/bazar-2031-01.csv")
	// we put it right before 2031, in which the invented case takes place; nobody knows when s6 was said
	if want := []string{"c2", "c4", "s1", "s3", "s2", "bazar-2031-02/s1", "s5", "s4", "s6"}; !slices.Equal(order, want) {
		t.Errorf("in the order %v", order)
	}
	if rows["s1"]["recorded"] == "" || rows["s1"]["claimed_count"] != "86000000" || rows["c2"]["changed"] == "" {
		t.Errorf("%v\n%v", rows["s1"], rows["c2"])
	}
	for _, f := range web.Formats {
		if a := v.get("/incidents/bazar-2031-01." + f.Name); f.Tells && f.Name != "xlsx" && !strings.Contains(a.body, "The day of s3 was read wrong.") {
			t.Errorf("%s does not tell the correction", f.Name)
		}
	}
}

func TestTheSlidesOfAMergedCaseAreAllApart(t *testing.T) {
	var show struct {
		Events []struct {
			ID string `json:"unique_id"`
		}
	}
	if err := json.Unmarshal([]byte(hostile(t).visitor().get("/incidents/bazar-2031-01.timelinejs").body), &show); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range show.Events {
		if seen[e.ID] {
			t.Errorf("two slides are called %s", e.ID)
		}
		seen[e.ID] = true
	}
	if !seen["s1"] || !seen["bazar-2031-02-s1"] || !seen["c2"] {
		t.Errorf("%v", seen)
	}
}

func TestAVersionAndADayHoldTheCorrectionsMadeByThen(t *testing.T) {
	v := hostile(t).visitor()
	has := func(address string, want, not []string) {
		t.Helper()
		order, _ := eventsIn(t, v, address)
		for _, id := range want {
			if !slices.Contains(order, id) {
				t.Errorf("%s is without %s: %v", address, id, order)
			}
		}
		for _, id := range not {
			if slices.Contains(order, id) {
				t.Errorf("%s has %s: %v", address, id, order)
			}
		}
	}
	has("/incidents/bazar-2031-01.csv?version=1", []string{"s1", "s6"}, []string{"c2", "c4"})
	has("/incidents/bazar-2031-01.csv?version=2", []string{"s1", "c2"}, []string{"c4"})
	has("/incidents/bazar-2031-01.csv?version=4", []string{"s1", "c2", "c4"}, nil)
	has("/incidents/bazar-2031-01.csv?as_of=2024-01-01", nil, []string{"s1", "c2", "c4"}) // the day before we wrote any
	has("/incidents/bazar-2031-01.csv?as_of=2031-01-06", []string{"s1", "c2", "c4"}, []string{"s3", "s6"})
	if _, rows := eventsIn(t, v, "/incidents/bazar-2031-01.csv?version=1"); rows["s1"]["claimed_count"] != "87000000" || rows["s3"]["on"] != "2031-01-07" {
		t.Errorf("the first version tells %v", rows["s1"])
	}
}
