package db

import (
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"testing"

	"vigie"
)

// loadShipped puts the shipped record into an empty store, as the first start does.
func loadShipped(t *testing.T, d *DB) {
	t.Helper()
	read := func(name string, into any) {
		t.Helper()
		if err := json.Unmarshal(must(fs.ReadFile(vigie.Data, name))(t), into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	var companies []vigie.Company
	var waves []vigie.Wave
	read("data/companies.json", &companies)
	read("data/waves.json", &waves)
	var saves []Save
	for i := range companies {
		saves = append(saves, Save{Company: &companies[i], By: desk})
	}
	for i := range waves {
		saves = append(saves, Save{Wave: &waves[i], By: desk})
	}
	for _, file := range must(fs.Glob(vigie.Data, "data/incidents/*.json"))(t) {
		var in vigie.Incident
		read(file, &in)
		is(t, "the name of "+file, in.ID, strings.TrimSuffix(path.Base(file), ".json"))
		saves = append(saves, Save{Incident: &in, By: desk})
	}
	must(d.Save(t.Context(), saves...))(t)
}

func TestTheShippedRecordIsStoredAndFound(t *testing.T) {
	d := open(t)
	loadShipped(t, d)
	sound(t, d)
	for q, want := range map[string]string{"temu": "temu-2024-09", "boulanger clients": "boulanger-2024-09", "cultura": "cultura-2024-09", "truffaut": "truffaut-2024-09"} {
		if got := found(t, d, Q(q)); !strings.Contains(" "+got+" ", " "+want+" ") {
			t.Errorf("%q finds %q, not %s", q, got, want)
		}
	}
	for _, file := range must(fs.Glob(vigie.Data, "data/incidents/*.json"))(t) {
		var in vigie.Incident
		if err := json.Unmarshal(must(fs.ReadFile(vigie.Data, file))(t), &in); err != nil {
			t.Fatal(err)
		}
		draft := must(d.Draft(t.Context(), in.ID))(t)
		is(t, "what comes back of "+in.ID, string(must(json.Marshal(draft.Incident))(t)), string(must(json.Marshal(in))(t)))
	}
	record := must(d.Incident(t.Context(), "temu-2024-09"))(t)
	is(t, "standing of Temu", string(record.Derived.Standing.Evidence)+" / "+string(record.Derived.Standing.Position), "reported / denies")
}
