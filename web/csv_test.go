package web

import (
	"bytes"
	"encoding/csv"
	"errors"
	"iter"
	"os"
	"path"
	"strings"
	"testing"

	"vigie"
)

// rowsOf reads a CSV with the standard library: a row by the names of its columns.
func rowsOf(t *testing.T, body []byte) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			if _, twice := row[name]; twice || name == "" {
				t.Errorf("the heading %q is empty or stands twice", name)
			}
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// holds compares some cells of a row.
func holds(t *testing.T, row, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got, has := row[name]; !has || got != value {
			t.Errorf("%s is %q, not %q", name, got, value)
		}
	}
}

func TestTheTableOfCasesSaysWhoGivesEachFigureAndLeavesTheUnknownEmpty(t *testing.T) {
	in := contested()
	in.Statements[2].Figures = []vigie.Figure{{Min: 12_000, Unit: "customers", Qualifier: vigie.MoreThan}}
	for _, lang := range vigie.Langs {
		rows := rowsOf(t, written(t, "csv", lang, vigie.Answer{Incidents: []vigie.Record{recordOf(in, shop)}}))
		if len(rows) != 1 {
			t.Fatalf("%d rows for one case", len(rows))
		}
		holds(t, rows[0], map[string]string{
			"id": "grand-comptoir-2031-03", "url": "https://vigie.example/" + string(lang) + "/incidents/grand-comptoir-2031-03", "company_name": "Grand Comptoir",
			"status": "contested", "evidence": "reported", "position": "denies", "first_word": "2031-03-04", "countries": "FR",
			"claimant_type": "attacker", "claimed_count": "64000000", "claimed_unit": "records", "claim_status": "contested", "claimed_statement": "s1",
			"company_says_count": "", "company_says_min": "12000", "company_says_max": "", "company_says_unit": "customers", "company_says_qualifier": "more_than",
			"official_says_count": "", "official": "", "supplier": "", "occurred": "", "wave": "", "brands": "",
			"data_claimed": "name|email", "data_admitted": "", "data_excluded": "payment_card", "company_acts": "denies|files_complaint",
			"claim_to_first_word_min_days": "1", "claim_to_first_word_max_days": "2", "claim_to_regulator_told_max_days": "",
			"statements": "3", "version": "4", "recorded": "2031-03-10T12:00:00Z", "updated": "2031-03-10T13:00:00Z",
		})
		if !strings.Contains(rows[0]["claimant"], "quietferret") {
			t.Errorf("the claimant is %q", rows[0]["claimant"])
		}
		for name, value := range rows[0] {
			if value == "0" {
				t.Errorf("%s is nought", name)
			}
			if name == "affected" || name == "records" || name == "count" {
				t.Errorf("a column %s without a claimant", name)
			}
		}
	}
}

func TestAConfirmedIncidentConfirmsNoNumberOfAnAttacker(t *testing.T) {
	in := contested()
	in.Statements[2].Acts = []vigie.Act{vigie.Confirms}
	row := rowsOf(t, written(t, "csv", vigie.English, vigie.Answer{Incidents: []vigie.Record{recordOf(in, shop)}}))[0]
	holds(t, row, map[string]string{"status": "confirmed", "claimed_count": "64000000", "claim_status": "claimed"})
	in.Statements = append(in.Statements, vigie.Statement{ID: "s4", By: in.Statements[0].By, Acts: []vigie.Act{vigie.Retracts}, Withdraws: []string{"s1"}, Sources: []string{"r1"}})
	events := rowsOf(t, written(t, "csv", vigie.English, recordOf(in, shop)))
	holds(t, events[0], map[string]string{"id": "grand-comptoir-2031-03/s1", "claim_status": "withdrawn"})
}

func TestTheTableOfATimelineHasARowForEveryStatementAndCorrection(t *testing.T) {
	r := recordOf(contested(), shop)
	rows := rowsOf(t, written(t, "csv", vigie.English, timelineOf(r, mended)))
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	holds(t, rows[0], map[string]string{"id": r.ID + "/c3", "type": "correction", "note": mended.Note, "changed": "statements.s1.figures", "speaker": "", "counts": "", "claimed_count": ""})
	holds(t, rows[1], map[string]string{
		"id": r.ID + "/s3", "type": "statement", "on": "2031-03-06", "on_precision": "day", "role": "company", "speaker": "Grand Comptoir", "acts": "denies|files_complaint",
		"answers": "s1", "claimed_count": "", "claimant": "", "claim_status": "", "not_data": "payment_card", "quotes": "Pas une ligne ne correspond à nos fichiers.",
		"position_before": "no_statement", "position_after": "denies", "source_urls": "https://journal.example/grand-comptoir", "counts": "true",
	})
	holds(t, rows[3], map[string]string{
		"id": r.ID + "/s1", "on": "2031-03-04/2031-03-05", "claimant_type": "attacker", "claimed_count": "64000000", "claimed_unit": "records", "claim_status": "contested",
		"figures": "CLAIM of 64\u00a0million records, says the seller (quietferret), denied by Grand Comptoir", "recorded": "2031-03-10T12:00:00Z",
		"source_urls": "https://veilleur.example/annonce?a=1&b=2|https://journal.example/grand-comptoir",
	})
}

func TestTheTableOfOneCaseIsItsStatementsInTheOrderTheyWereSaid(t *testing.T) {
	in := contested()
	in.Statements[0], in.Statements[2] = in.Statements[2], in.Statements[0]
	in.Statements[1].On = ""
	in.Statements[1].Sources = nil
	var order []string
	for _, row := range rowsOf(t, written(t, "csv", vigie.English, recordOf(in, shop))) {
		order = append(order, path.Base(row["id"]))
		if row["recorded"] != "" {
			t.Error("a day of recording was made up")
		}
	}
	if strings.Join(order, " ") != "s1 s3 s2" {
		t.Errorf("in the order %v", order)
	}
}

func TestAVagueFigureIsWordsAndNeverANumber(t *testing.T) {
	in := contested()
	in.Statements[0].Figures = []vigie.Figure{{Min: 100_000, Unit: "customers", Qualifier: vigie.Vague}}
	row := rowsOf(t, written(t, "csv", vigie.English, recordOf(in, shop)))[0]
	holds(t, row, map[string]string{"claimed_count": "", "claimed_min": "", "claimed_max": "", "claimed_qualifier": "vague", "claimed_words": "several hundred thousand customers"})
}

func TestNoCellOfACSVIsAFormulaNorAControlCharacter(t *testing.T) {
	in, company := hostile()
	company.Name = "=cmd|' /C calc'!A0"
	in.Statements[0].Actor, in.Statements[0].Text = "@SUM(1)\tx", vigie.Text{FR: "+1, \"deux\"\r\ntrois", EN: "-1, \"two\"\r\nthree"}
	in.Statements[2].Quotes[0].Text = "\t=1+1"
	in.Brands = []string{"＝1", "a|b"}
	for _, a := range []any{recordOf(in, company), vigie.Answer{Incidents: []vigie.Record{recordOf(in, company)}}} {
		body := written(t, "csv", vigie.English, a)
		if strings.Contains(strings.ReplaceAll(string(body), "\r\n", ""), "\r") || bytes.Contains(body, []byte("\t")) || bytes.Count(body, []byte("\n")) != bytes.Count(body, []byte("\r\n")) {
			t.Errorf("line ends: %q", body)
		}
		for _, row := range rowsOf(t, body) {
			for name, value := range row {
				if strings.IndexAny(value, "=+-@＝\t\r") == 0 {
					t.Errorf("%s would run: %q", name, value)
				}
				if strings.Contains(value, ".onion") || strings.Contains(value, "javascript:") {
					t.Errorf("%s holds an address that is not to be followed: %q", name, value)
				}
			}
			if row["company_name"] != "'=cmd|' /C calc'!A0" {
				t.Errorf("the name came back as %q", row["company_name"])
			}
		}
	}
	if row := rowsOf(t, written(t, "csv", vigie.English, recordOf(in, company)))[0]; row["text"] != "'-1, \"two\"\nthree" {
		t.Errorf("the text came back as %q", row["text"])
	}
	if row := rowsOf(t, written(t, "csv", vigie.English, vigie.Answer{Incidents: []vigie.Record{recordOf(in, company)}}))[0]; row["brands"] != "'＝1|a/b" {
		t.Errorf("the brands came back as %q", row["brands"])
	}
}

func TestExcelIsToldThatItIsUTF8OnlyWhenAsked(t *testing.T) {
	f, _ := FormatNamed("csv")
	for _, bom := range []bool{false, true} {
		c := asked(vigie.French, IncidentsPath, "csv")
		c.BOM = bom
		var b bytes.Buffer
		if err := f.WriteIncidents(&b, c, vigie.Answer{}); err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(b.Bytes(), []byte("\xef\xbb\xbf")) != bom {
			t.Errorf("asked %v: %q", bom, b.Bytes()[:8])
		}
		if bytes.Count(b.Bytes(), []byte("\n")) != 1 {
			t.Error("nothing found is a header and nothing else")
		}
	}
}

// counting is a writer that only counts.
type counting struct{ n int }

func (w *counting) Write(b []byte) (int, error) { w.n += len(b); return len(b), nil }

func TestALongTableIsWrittenAsItIsReadAndAnErrorEndsIt(t *testing.T) {
	r := recordOf(contested(), shop)
	broken := errors.New("disk")
	var w counting
	behind := 0
	var records iter.Seq2[vigie.Record, error] = func(yield func(vigie.Record, error) bool) {
		before := 0
		for range 10_000 {
			if !yield(r, nil) {
				t.Fatal("the writer stopped")
			}
			if w.n == before {
				behind++
			} else {
				before, behind = w.n, 0
			}
			if behind > 20 {
				t.Fatal("rows are kept back")
			}
		}
		yield(vigie.Record{}, broken)
	}
	if err := writeCaseRows(&w, asked(vigie.French, IncidentsPath, "csv"), records); !errors.Is(err, broken) {
		t.Errorf("the error was lost: %v", err)
	}
}

func TestEveryColumnIsExplainedInBothLanguages(t *testing.T) {
	explained := func(name string, means vigie.Text) {
		if name == "" || means.FR == "" || means.EN == "" || means.FR == means.EN {
			t.Errorf("the column %q means %q", name, means)
		}
	}
	for _, c := range caseColumns {
		explained(c.Name, c.Means)
	}
	for _, c := range eventColumns {
		explained(c.Name, c.Means)
	}
}

// keep writes a body where VIGIE_FORMATS says, for validators that are not Go.
func keep(t *testing.T, name string, body []byte) {
	t.Helper()
	dir := os.Getenv("VIGIE_FORMATS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(path.Join(dir, name), body, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every format of the house, of every case of ours: the contested, the hostile, the
// empty. With VIGIE_FORMATS they are kept for other validators.
func TestEveryFormatIsWrittenOfEveryKindOfCase(t *testing.T) {
	in, company := hostile()
	in.ID = "m-s-2031-03"
	plain, evil := recordOf(contested(), shop), recordOf(in, company)
	for _, f := range Formats {
		if f.Page {
			continue
		}
		for name, a := range map[string]any{
			"contested.incidents": vigie.Answer{Incidents: []vigie.Record{plain}}, "contested.timeline": timelineOf(plain, mended), "contested.incident": plain,
			"hostile.incidents": vigie.Answer{Incidents: []vigie.Record{evil, plain}}, "hostile.timeline": timelineOf(evil, mended), "hostile.incident": evil,
			"empty.incidents": vigie.Answer{}, "empty.timeline": vigie.Timeline{},
		} {
			for _, lang := range vigie.Langs {
				surface := Surface(path.Ext(name)[1:])
				if f.Reads(surface) != surface || !f.Serves(surface) {
					continue
				}
				body := written(t, f.Name, lang, a)
				if len(body) == 0 && f.Name != "ndjson" {
					t.Errorf("%s.%s is empty", name, f.Name)
				}
				keep(t, name+"."+string(lang)+"."+f.Name, body)
			}
		}
	}
}
