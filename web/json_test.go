package web

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

func keys(t *testing.T, body []byte) []string {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return slices.Sorted(maps.Keys(m))
}

func TestTheJSONOfAListIsTheContract(t *testing.T) {
	r := recordOf(contested(), shop)
	got := keys(t, written(t, "json", vigie.French, vigie.Answer{Incidents: []vigie.Record{r}, Left: []string{"a"}, Tombstones: []vigie.Tombstone{{ID: "b"}}, Next: "c"}))
	if want := []string{"attribution", "edition", "incidents", "left", "licence", "next", "query", "tombstones", "total", "total_exact"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if body := written(t, "json", vigie.French, vigie.Answer{}); string(body) != "{\"edition\":0,\"query\":\"\",\"total\":0,\"total_exact\":false,\"incidents\":[],\"licence\":{\"name\":\"CC BY 4.0\"},\"attribution\":\"Source\u00a0: Vigie, Les Veilleurs, https://vigie.example/fr/incidents\"}"+"\n" {
		t.Errorf("an empty list: %s", body)
	}
	if body := written(t, "json", vigie.French, vigie.Timeline{}); string(body) != "{\"edition\":0,\"query\":\"\",\"items\":[],\"licence\":{\"name\":\"CC BY 4.0\"},\"attribution\":\"Source\u00a0: Vigie, Les Veilleurs, https://vigie.example/fr/timeline\"}"+"\n" {
		t.Errorf("an empty timeline: %s", body)
	}
}

func TestTheJSONOfACaseIsItsRecordAndWhatFollowsFromIt(t *testing.T) {
	in := contested()
	r := recordOf(in, shop)
	body := written(t, "json", vigie.English, r)
	var back vigie.Incident
	if err := json.Unmarshal(body, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, back); diff != "" {
		t.Errorf("the record came back changed: %s", diff)
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	if got := keys(t, m["derived"]); !slices.Contains(got, "standing") || !slices.Contains(got, "version") || !slices.Contains(got, "headline") {
		t.Errorf("derived has %v", got)
	}
	if bytes.Contains(body, []byte("null")) || bytes.Contains(body, []byte(`\u0026`)) {
		t.Errorf("null or escaped: %s", body)
	}
}

func TestNoListOfATimelineIsNull(t *testing.T) {
	line := timelineOf(recordOf(contested(), shop), vigie.Correction{Version: 2, Note: "x"})
	for _, name := range []string{"json", "ndjson"} {
		if body := written(t, name, vigie.English, line); bytes.Contains(body, []byte("null")) || !bytes.Contains(body, []byte(`"changed":[]`)) {
			t.Errorf("%s: %s", name, body)
		}
	}
	if line.Items[0].Correction.Changed != nil {
		t.Error("the writer changed what it was given")
	}
}

func TestNDJSONIsACaseALineAndTheLastLineEnds(t *testing.T) {
	in, company := hostile()
	a := vigie.Answer{Incidents: []vigie.Record{recordOf(in, company), recordOf(contested(), shop)}}
	body := string(written(t, "ndjson", vigie.English, a))
	lines := strings.Split(body, "\n")
	if len(lines) != 3 || lines[2] != "" || strings.Contains(body, "\r") {
		t.Fatalf("%d lines", len(lines))
	}
	for i, line := range lines[:2] {
		var r vigie.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil || r.ID != a.Incidents[i].ID {
			t.Errorf("line %d: %v %s", i, err, r.ID)
		}
	}
	if body := written(t, "ndjson", vigie.English, vigie.Answer{}); len(body) != 0 {
		t.Errorf("nothing is no line: %q", body)
	}
}
