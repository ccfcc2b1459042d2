package web

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vigie"
)

// What is written and read back is what the record says: contested figures are still
// contested, the unknown is still absent.

// cellOf is a text as a cell of CSV holds it, but for the apostrophe that keeps a
// formula from running.
func cellOf(s string) string {
	return strings.TrimPrefix(strings.ReplaceAll(clean(s), "\t", " "), "'")
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// sameIn compares a cell with what the record says; names are on one line.
func sameIn(t *testing.T, id string) func(what, got, want string) {
	return func(what, got, want string) {
		t.Helper()
		if strings.Join(strings.Fields(cellOf(got)), " ") != strings.Join(strings.Fields(cellOf(want)), " ") {
			t.Errorf("%s: %s came back as %q, not %q", id, what, got, want)
		}
	}
}

// comesBack compares a case with the rows of tables that tell it, in English.
func comesBack(t *testing.T, r vigie.Record, row map[string]string, events []map[string]string) {
	t.Helper()
	same := sameIn(t, r.ID)
	for column, want := range map[string]string{
		"id": r.ID, "company": r.Company, "company_name": r.Respondent.Name, "kind": string(r.Kind), "state": string(r.State), "occurred": string(r.Occurred), "discovered": string(r.Discovered),
		"first_word": string(r.FirstWord()), "checked": string(r.Checked), "countries": strings.Join(r.Countries, "|"), "brands": strings.Join(r.Brands, "|"), "via": r.Via, "wave": r.Wave,
		"evidence": string(r.Derived.Standing.Evidence), "position": string(r.Derived.Standing.Position), "status": r.Derived.Standing.Word, "summary": r.Summary.EN,
		"statements": number(int64(len(r.Statements))), "sources": number(int64(len(r.Sources))),
	} {
		same(column, row[column], want)
	}
	said := 0
	for _, e := range events {
		if e["type"] == vigie.ItemCorrection {
			if e["note"] == "" || e["claimed_count"]+e["acts"]+e["speaker"] != "" {
				t.Errorf("a correction came back as %v", e)
			}
			continue
		}
		said++
		s, ok := r.Statement(path.Base(e["id"]))
		if !ok {
			t.Fatalf("%s is no statement of the case", e["id"])
		}
		for column, want := range map[string]string{
			"on": string(s.On), "on_precision": s.On.Grain(), "known": string(r.KnownOn(s)), "public": string(s.Public), "role": string(s.By.Role), "acts": joined(s.Acts), "answers": strings.Join(s.Answers, "|"),
			"data": strings.Join(s.Data, "|"), "not_data": strings.Join(s.NotData, "|"), "channel": string(s.Channel), "text": s.Text.EN, "vector": s.Vector.EN, "method": s.Method.EN, "actor": s.Actor,
			"counts": strconv.FormatBool(r.Counts(s)),
		} {
			same(s.ID+" "+column, e[column], want)
		}
		var figure vigie.Figure // the unknown is empty
		if len(s.Figures) > 0 {
			figure = s.Figures[0]
		}
		count, least, most := figure.Min, int64(0), int64(0)
		switch {
		case figure.Qualifier == vigie.Vague: // the floor of its magnitude is printed nowhere
			count = 0
		case figure.Min != figure.Max:
			count, least, most = 0, figure.Min, figure.Max
		}
		for column, want := range map[string]string{
			"claimed_count": number(count), "claimed_min": number(least), "claimed_max": number(most), "claimed_unit": string(figure.Unit), "claimed_qualifier": string(figure.Qualifier), "claimed_scope": figure.Scope.EN,
		} {
			same(s.ID+" "+column, e[column], want)
		}
		if figure != (vigie.Figure{}) && (e["claimant"] == "" || e["claimant_type"] != string(s.By.Role)) {
			t.Errorf("%s: the figure of %s stands without its speaker: %v", r.ID, s.ID, e)
		}
		if figure != (vigie.Figure{}) && s.By.Role == vigie.Attacker && e["claim_status"] != "contested" {
			t.Errorf("%s: the contested figure of %s came back %q", r.ID, s.ID, e["claim_status"])
		}
	}
	if said != len(r.Statements) {
		t.Errorf("%s: %d statements came back of %d", r.ID, said, len(r.Statements))
	}
}

// sourcesComeBack compares the sources of a case likewise.
func sourcesComeBack(t *testing.T, r vigie.Record, sources []map[string]string) {
	t.Helper()
	same := sameIn(t, r.ID)
	for _, row := range sources {
		src, ok := r.Source(row["id"])
		if !ok {
			t.Fatalf("%s is no source of the case", row["id"])
		}
		href, _ := linkable(src.URL)
		for column, want := range map[string]string{"publisher": src.Publisher, "title": src.Title, "published": string(src.Published), "lang": src.Lang, "kind": src.Kind, "seen": string(src.Seen), "url": href, "licence": src.Licence} {
			same(src.ID+" "+column, row[column], want)
		}
	}
	if len(sources) != len(r.Sources) {
		t.Errorf("%s: %d sources came back of %d", r.ID, len(sources), len(r.Sources))
	}
}

func TestCSVComesBackAsTheRecordIs(t *testing.T) {
	for _, r := range hostileRecords(t) {
		row := rowsOf(t, written(t, "csv", vigie.English, vigie.Answer{Incidents: []vigie.Record{r}}))[0]
		events := rowsOf(t, written(t, "csv", vigie.English, Case{r, append(r.Ledger(), timelineOf(r, mended).Items[0])}))
		if len(events) != len(r.Statements)+1 {
			t.Errorf("%s: %d rows, the correction among them", r.ID, len(events))
		}
		comesBack(t, r, row, events)
	}
}

func TestAWorkbookComesBackAsTheRecordIs(t *testing.T) {
	records := hostileRecords(t)
	f := bookOf(t, written(t, "xlsx", vigie.English, vigie.Answer{Incidents: records}))
	sheet := func(name string) (rows []map[string]string) {
		all, err := f.GetRows(name) // as Excel shows it
		if err != nil {
			t.Fatal(err)
		}
		for _, cells := range all[1:] {
			row := map[string]string{}
			for i, cell := range cells {
				row[all[0][i]] = strings.NewReplacer("TRUE", "true", "FALSE", "false").Replace(cell)
			}
			rows = append(rows, row)
		}
		return rows
	}
	cases, said, read := sheet("Incidents"), sheet("Statements"), sheet("Sources")
	for i, r := range records {
		of := func(rows []map[string]string) (own []map[string]string) {
			for _, row := range rows {
				if row["incident"] == r.ID {
					own = append(own, row)
				}
			}
			return own
		}
		comesBack(t, r, cases[i], of(said))
		sourcesComeBack(t, r, of(read))
	}
}

func TestNDJSONComesBackAsTheRecordIs(t *testing.T) {
	records := hostileRecords(t)
	for i, line := range bytes.Split(bytes.TrimSpace(written(t, "ndjson", vigie.French, vigie.Answer{Incidents: records})), []byte("\n")) {
		var back vigie.Record
		if err := json.Unmarshal(line, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(records[i].Incident, back.Incident) + cmp.Diff(records[i].Derived, back.Derived, cmpopts.IgnoreUnexported(vigie.SpokenFigure{})); diff != "" {
			t.Errorf("%s: %s", back.ID, diff)
		}
		if bytes.Contains(line, []byte(":null")) || bytes.Contains(line, []byte(`:""`)) || bytes.Contains(line, []byte(`:0,`)) {
			t.Errorf("something unknown is written: %s", line)
		}
	}
	line := hostileTimeline(t)
	for i, body := range bytes.Split(bytes.TrimSpace(written(t, "ndjson", vigie.French, line)), []byte("\n")) {
		var back vigie.Item
		if err := json.Unmarshal(body, &back); err != nil {
			t.Fatal(err)
		}
		want := line.Items[i]
		want.Case = nil
		if diff := cmp.Diff(want, back); diff != "" {
			t.Errorf("%s: %s", back.ID, diff)
		}
	}
}

func TestACalendarComesBackAsTheRecordIs(t *testing.T) {
	line := hostileTimeline(t)
	cal := calendarOf(t, written(t, "ics", vigie.English, line))
	back := map[string]*ics.ComponentBase{}
	for _, e := range cal.Events() {
		back[e.Id()] = &e.ComponentBase
	}
	for _, j := range cal.Journals() {
		back[j.Id()] = &j.ComponentBase
	}
	for _, item := range line.Items {
		e := back[vigie.URN(item.ID)]
		delete(back, vigie.URN(item.ID))
		if dated := item.On.Known() || item.Correction != nil; dated != (e != nil) {
			t.Errorf("%s is in the calendar: %v", item.ID, e != nil)
		}
		if e == nil {
			continue
		}
		summary, told := value(e, ics.ComponentPropertySummary), value(e, ics.ComponentPropertyDescription)
		first, end := value(e, ics.ComponentPropertyDtStart), value(e, ics.ComponentPropertyDtEnd)
		switch on := item.On; {
		case item.Correction != nil:
			if !strings.Contains(told, "\n<b>two</b>; 三 🛑") {
				t.Errorf("%s tells %q", item.ID, told)
			}
			continue
		case on.Precision() == vigie.Year:
			if first+end != "" || !strings.Contains(summary, "year only") {
				t.Errorf("%s of %s is on %s: %q", item.ID, on, first, summary)
			}
		default:
			days := strings.NewReplacer("-", "").Replace(string(on.First()))
			if first != days || !on.Exact() && !strings.Contains(summary, "["+on.In(vigie.English)) {
				t.Errorf("%s of %s is on %s: %q", item.ID, on, first, summary)
			}
			if last := dayTime(on.Last()).AddDate(0, 0, 1).Format("20060102"); end != last {
				t.Errorf("%s of %s ends on %s", item.ID, on, end)
			}
		}
		if !strings.Contains(told, clean(item.Statement.Text.EN)) {
			t.Errorf("%s tells %q", item.ID, told)
		}
		if item.Incident == "bazar-2031-01" && item.Statement.By.Role == vigie.Attacker && (!strings.HasPrefix(summary, "CLAIM (contested): ") || value(e, ics.ComponentPropertyStatus) != "TENTATIVE") {
			t.Errorf("a contested claim came back as %q", summary)
		}
		if strings.Contains(summary+told, "100,000") {
			t.Errorf("%s prints the floor of a vague figure", item.ID)
		}
	}
	if len(back) > 0 {
		t.Errorf("%d events of nothing", len(back))
	}
}

func TestABundleComesBackAsTheRecordIs(t *testing.T) {
	for _, r := range hostileRecords(t) {
		objects := objectsOf(t, written(t, "stix", vigie.French, Case{r, append(r.Ledger(), timelineOf(r, mended).Items[0])}))
		if note := objects[stixID("note", r.ID+"/c3")]; note == nil || note["content"] != mended.Note {
			t.Errorf("the correction of %s came back as %v", r.ID, note)
		}
		for i := range r.Statements {
			s := &r.Statements[i]
			note, ours := noteOf(t, objects, r.ID+"/"+s.ID)
			var back stixStatement
			body, err := json.Marshal(ours)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(body, &back); err != nil {
				t.Fatal(err)
			}
			want := stixStatement{Type: "property-extension", Statement: r.ID + "/" + s.ID, Claimant: back.Claimant, ClaimantType: string(s.By.Role), Data: s.Data, NotData: s.NotData, On: string(s.On), Precision: s.On.Grain(),
				Known: string(r.KnownOn(s)), Basis: back.Basis, Status: back.Status}
			if len(s.Figures) > 0 {
				f := s.Figures[0]
				want.Unit, want.Qualifier, want.Scope = string(f.Unit), string(f.Qualifier), f.Scope.EN
				switch {
				case f.Qualifier == vigie.Vague:
				case f.Min == f.Max:
					want.Count = f.Min
				default:
					want.Min, want.Max = f.Min, f.Max
				}
			}
			if diff := cmp.Diff(want, back); diff != "" {
				t.Errorf("%s of %s: %s", s.ID, r.ID, diff)
			}
			if contested := r.Derived.Standing.Word == "contested" && s.By.Role == vigie.Attacker; contested && back.Status != "contested" {
				t.Errorf("%s of %s came back %q", s.ID, r.ID, back.Status)
			}
			labels := note["labels"].([]any)
			for _, act := range s.Acts {
				if !slices.Contains(labels, any(string(act))) {
					t.Errorf("%s of %s lost the act %s", s.ID, r.ID, act)
				}
			}
			denies := objects[stixID("opinion", r.ID+"/"+s.ID+"/denies")]
			if (denies != nil) != s.Does(vigie.Denies) || denies != nil && denies["opinion"] != "disagree" {
				t.Errorf("%s of %s: %v", s.ID, r.ID, denies)
			}
		}
		for id, o := range objects {
			if o["confidence"] != nil || o["impact"] != nil {
				t.Errorf("%s judges", id)
			}
		}
	}
}
