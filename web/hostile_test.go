package web

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vigie"
)

// The hostile record (testdata/hostile, which the server's tests load too): names
// with quotes, commas, line ends, emoji, right-to-left letters, markup and formulas;
// dates of every precision; figures unknown, vague, bounded and contested. It is as
// an editor may save it.

func hostileCompanies(t testing.TB) map[string]vigie.Company {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "hostile", "companies.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []vigie.Company
	if err := json.Unmarshal(body, &list); err != nil {
		t.Fatal(err)
	}
	companies := map[string]vigie.Company{}
	for _, c := range list {
		companies[c.ID] = c
	}
	return companies
}

func hostileRecords(t testing.TB) (records []vigie.Record) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "hostile", "incidents.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	companies := hostileCompanies(t)
	for _, line := range bytes.Split(bytes.TrimSpace(body), []byte("\n")) {
		var in vigie.Incident
		if err := json.Unmarshal(line, &in); err != nil {
			t.Fatal(err)
		}
		company := companies[in.Company]
		records = append(records, vigie.Record{Incident: in, Respondent: company, Derived: vigie.Derive(&in, company.Name, 2, noon, noon.Add(time.Hour))})
	}
	return records
}

// hostileTimeline is every event of the hostile record, and a correction of each
// case; one case was retracted since.
func hostileTimeline(t testing.TB) (line vigie.Timeline) {
	t.Helper()
	for _, r := range hostileRecords(t) {
		one := timelineOf(r, vigie.Correction{Version: 2, Note: "=1+1, \"one\"\n<b>two</b>; 三 🛑", Changed: []string{"statements.s1.figures", "summary"}})
		line.Items = append(line.Items, one.Items...)
	}
	return line
}

func TestTheHostileRecordIsOneThatAnEditorMaySave(t *testing.T) {
	for _, c := range hostileCompanies(t) {
		if problems := c.Validate().Blocking(); len(problems) > 0 {
			t.Errorf("%s: %v", c.ID, problems)
		}
	}
	grains := map[string]bool{}
	for _, r := range hostileRecords(t) {
		if problems := r.Validate().Blocking(); len(problems) > 0 {
			t.Errorf("%s: %v", r.ID, problems)
		}
		for _, item := range r.Ledger() {
			grains[item.Precision+" "+item.Basis] = true
		}
	}
	for _, want := range []string{"day said", "month said", "year said", "interval said", " published", " "} {
		if !grains[want] {
			t.Errorf("no date that is %q: %v", want, grains)
		}
	}
}
