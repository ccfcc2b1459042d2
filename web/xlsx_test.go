package web

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"vigie"
)

func bookOf(t *testing.T, body []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// tableOf reads a sheet: a row by the names of its columns, the values as they are
// stored, and where each stands.
func tableOf(t *testing.T, f *excelize.File, sheet string) (rows []map[string]string, at func(row int, column string) string) {
	t.Helper()
	all, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = ""
			if i < len(cells) {
				row[name] = cells[i]
			}
		}
		rows = append(rows, row)
	}
	return rows, func(row int, column string) string {
		for i, name := range all[0] {
			if name == column {
				cell, err := excelize.CoordinatesToCellName(i+1, row+2)
				if err != nil {
					t.Fatal(err)
				}
				return cell
			}
		}
		t.Fatalf("%s has no column %s", sheet, column)
		return ""
	}
}

func TestAWorkbookHoldsTheCaseItsStatementsAndItsSourcesInTypedCells(t *testing.T) {
	r := recordOf(contested(), shop)
	f := bookOf(t, written(t, "xlsx", vigie.English, vigie.Answer{Incidents: []vigie.Record{r}}))
	if got := strings.Join(f.GetSheetList(), " "); got != "Incidents Statements Sources About" {
		t.Errorf("the sheets %s", got)
	}
	cases, at := tableOf(t, f, "Incidents")
	if len(cases) != 1 {
		t.Fatalf("%d cases", len(cases))
	}
	holds(t, cases[0], map[string]string{
		"id": r.ID, "company_name": "Grand Comptoir", "status": "contested", "position": "denies", "claimant_type": "attacker", "claimed_count": "64000000", "claimed_unit": "records",
		"claim_status": "contested", "company_says_count": "", "occurred": "", "statements": "3", "first_word": "47911", "claim_to_first_word_min_days": "1",
	})
	for column, want := range map[string]excelize.CellType{"claimed_count": excelize.CellTypeUnset, "checked": excelize.CellTypeUnset, "id": excelize.CellTypeInlineString, "occurred": excelize.CellTypeUnset} {
		if kind, err := f.GetCellType("Incidents", at(0, column)); err != nil || kind != want && !(want == excelize.CellTypeUnset && kind == excelize.CellTypeNumber) {
			t.Errorf("%s is a cell of type %v %v", column, kind, err)
		}
	}
	if shown, err := f.GetCellValue("Incidents", at(0, "checked")); err != nil || shown != "2031-03-09" {
		t.Errorf("a day is shown as %q %v", shown, err)
	}
	if linked, href, err := f.GetCellHyperLink("Incidents", at(0, "url")); err != nil || !linked || href != "https://vigie.example/en/incidents/"+r.ID {
		t.Errorf("the link goes to %q %v", href, err)
	}
	if panes, err := f.GetPanes("Incidents"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the headings are not frozen: %+v %v", panes, err)
	}
	said, at := tableOf(t, f, "Statements")
	if len(said) != 3 {
		t.Fatalf("%d statements", len(said))
	}
	holds(t, said[0], map[string]string{"id": r.ID + "/s1", "on": "2031-03-04/2031-03-05", "claimed_count": "64000000", "claimant_type": "attacker", "claim_status": "contested", "recorded": ""})
	holds(t, said[2], map[string]string{"id": r.ID + "/s3", "acts": "denies|files_complaint", "claimed_count": "", "claimant": "", "counts": "1", "answers": "s1"})
	if shown, err := f.GetCellValue("Statements", at(2, "on")); err != nil || shown != "2031-03-06" {
		t.Errorf("a day is shown as %q %v", shown, err)
	}
	read, at := tableOf(t, f, "Sources")
	if len(read) != 2 {
		t.Fatalf("%d sources", len(read))
	}
	holds(t, read[1], map[string]string{"incident": r.ID, "id": "r2", "publisher": "Journal du commerce", "seen": "excerpt", "archive": "https://archive.example/1", "statements": "s1|s3", "sha256": ""})
	if linked, href, err := f.GetCellHyperLink("Sources", at(0, "url")); err != nil || !linked || href != r.Sources[0].URL {
		t.Errorf("the link goes to %q %v", href, err)
	}
}

func TestAWorkbookOfATimelineHasItsCorrectionsAndEveryCaseOnce(t *testing.T) {
	r := recordOf(contested(), shop)
	f := bookOf(t, written(t, "xlsx", vigie.French, timelineOf(r, mended)))
	cases, _ := tableOf(t, f, "Incidents")
	said, _ := tableOf(t, f, "Statements")
	if len(cases) != 1 || len(said) != 4 {
		t.Fatalf("%d cases, %d events", len(cases), len(said))
	}
	holds(t, said[0], map[string]string{"type": "correction", "note": mended.Note, "counts": ""})
	if said[3]["recorded"] == "" {
		t.Error("no time of recording")
	}
}

func TestTheWorkbookExplainsItself(t *testing.T) {
	f, _ := FormatNamed("xlsx")
	for _, lang := range vigie.Langs {
		var b bytes.Buffer
		c := asked(lang, IncidentsPath, "xlsx")
		c.Topic, c.Edition = "/incidents?sector=grocery", 412
		if err := f.WriteIncidents(&b, c, vigie.Answer{}); err != nil {
			t.Fatal(err)
		}
		book := bookOf(t, b.Bytes())
		rows, err := book.GetRows("About")
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]string{}
		for _, row := range rows {
			told[row[0]+"."+row[1]] = row[2]
		}
		explained := 0
		for _, s := range []string{"Incidents", "Statements", "Sources"} {
			all, err := book.GetRows(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range all[0] {
				if told[s+"."+name] == "" {
					t.Errorf("%s.%s is not explained", s, name)
				}
				explained++
			}
		}
		if len(rows) != 1+10+explained {
			t.Errorf("%d lines for %d columns", len(rows), explained)
		}
		if told["About."+aboutWords.Edition.In(lang)] != "412" || told["About."+originWords.Asked.In(lang)] != "/incidents?sector=grocery" || !strings.Contains(told["About."+aboutWords.From.In(lang)], "Les Veilleurs") {
			t.Errorf("%v", told)
		}
	}
}

func TestNoCellOfAWorkbookIsAFormulaAndNamesComeBackWhole(t *testing.T) {
	in, company := hostile()
	company.Name = "=cmd|' /C calc'!A0 \U0001f6d2 متجر"
	in.Statements[0].Text.EN = "=1+1\r\n_x0041_ \"q\", " + strings.Repeat("é", 40_000)
	f := bookOf(t, written(t, "xlsx", vigie.English, recordOf(in, company)))
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Errorf("%s!%s runs %q", sheet, cell, formula)
				}
				if linked, href, _ := f.GetCellHyperLink(sheet, cell); linked && !strings.HasPrefix(href, "https://vigie.example/") {
					t.Errorf("%s!%s links to %s", sheet, cell, href)
				}
			}
		}
	}
	cases, _ := tableOf(t, f, "Incidents")
	if cases[0]["company_name"] != company.Name {
		t.Errorf("the name came back as %q", cases[0]["company_name"])
	}
	said, _ := tableOf(t, f, "Statements")
	if text := said[0]["text"]; !strings.HasPrefix(text, "=1+1\n_x0041_ \"q\", é") || !strings.HasSuffix(text, "é…") {
		t.Errorf("the text came back as %.60q…%q", text, text[len(text)-10:])
	}
}

func TestAMonthStaysATextAndAnUnknownDateNoCell(t *testing.T) {
	in := contested()
	in.Statements[0].On, in.Statements[1].On = "2031-03", "2031-03-05~"
	f := bookOf(t, written(t, "xlsx", vigie.English, recordOf(in, shop)))
	said, _ := tableOf(t, f, "Statements")
	on := map[string]string{}
	for _, row := range said {
		on[path.Base(row["id"])] = row["on"]
	}
	holds(t, on, map[string]string{"s1": "2031-03", "s2": "2031-03-05~", "s3": "47913"})
}

func TestTheSameRecordGivesTheSameWorkbook(t *testing.T) {
	r := recordOf(contested(), shop)
	first := written(t, "xlsx", vigie.French, r)
	for range 20 { // excelize orders the parts of the file by chance
		if again := written(t, "xlsx", vigie.French, r); !bytes.Equal(first, again) {
			t.Fatalf("%d bytes, then %d others", len(first), len(again))
		}
	}
}
