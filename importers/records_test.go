package importers_test

import (
	"slices"
	"strings"
	"testing"

	"vigie/importers"
)

func TestOurOwnRecordsAreReadInEveryShapeTheyLeaveIn(t *testing.T) {
	a, b := `{"id":"vellamo-2031-05","state":"published","company":"vellamo","kind":"data_breach","derived":{"version":3},"edition":9}`, `{"id":"quillory-2031-05","state":"draft","company":"quillory","kind":"unknown"}`
	for shape, body := range map[string]string{
		"one":       a,
		"NDJSON":    a + "\n" + b + "\n",
		"array":     "[" + a + "," + b + "]",
		"answer":    `{"edition":4,"query":"","total":2,"incidents":[` + a + "," + b + `]}`,
		"with mark": "\ufeff" + a,
	} {
		var ids []string
		for in, err := range importers.Records(strings.NewReader(body)) {
			if err != nil {
				t.Errorf("%s: %v", shape, err)
			}
			ids = append(ids, in.ID)
		}
		want := []string{"vellamo-2031-05", "quillory-2031-05"}
		if shape == "one" || shape == "with mark" {
			want = want[:1]
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s: %q", shape, ids)
		}
	}
}

func TestABadRecordIsAnErrorAndTheNextIsRead(t *testing.T) {
	var ids, errs []string
	for in, err := range importers.Records(strings.NewReader(`{"id":"a-2031","compagny":"x"}` + "\n" + `{"id":"b-2031","statements":[{"id":"s1","saidby":"x"}]}` + "\n" + `{"state":"draft"}` + "\n" + `{"id":"c-2031"}` + "\n" + `{oops`)) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		ids = append(ids, in.ID)
	}
	if !slices.Equal(ids, []string{"c-2031"}) || len(errs) != 4 {
		t.Fatalf("read %q, errors %q", ids, errs)
	}
	for i, want := range []string{`record 1: json: unknown field "compagny"`, `"saidby"`, `record 3: no "id"`, "not JSON"} {
		if !strings.Contains(errs[i], want) {
			t.Errorf("error %d is %q, which does not say %q", i+1, errs[i], want)
		}
	}
}
