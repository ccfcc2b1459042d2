package web

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// quickForm is the form of a case with something typed in its quick row.
func quickForm(in vigie.Incident, typed map[string]string) url.Values {
	form := IncidentForm(in)
	for name, value := range typed {
		form.Set("quick."+name, value)
	}
	return form
}

// blankRowToo is the same with the blank source that a new case is shown with.
func blankRowToo(in vigie.Incident, typed map[string]string) url.Values {
	form := Work(IncidentForm(in), "rows:sources").Form
	for name, value := range typed {
		form.Set("quick."+name, value)
	}
	return form
}

func TestTheQuickRowBecomesAStatementAndItsAddressASource(t *testing.T) {
	in := sampleTemu()
	form := quickForm(in, map[string]string{"when": "16 septembre 2024", "role": "press", "name": "La Gazette", "acts": "reports", "text": "La Gazette a vu le fichier.", "count": "plus de 5 000 clients", "source": "r1 https://gazette.example/temu"})
	form.Set("tongue", "fr")
	done := Work(form, "quick")
	if len(done.Problems) > 0 || QuickTyped(done.Form) || done.Focus != "quick.when" {
		t.Fatalf("%v, goes on from %q", done.Problems, done.Focus)
	}
	out, problems := ParseRecord[vigie.Incident](done.Form)
	if len(problems) > 0 || len(out.Statements) != len(in.Statements)+1 || len(out.Sources) != len(in.Sources)+1 {
		t.Fatalf("%v: %d statements, %d sources", problems, len(out.Statements), len(out.Sources))
	}
	got, source := out.Statements[len(in.Statements)], out.Sources[len(in.Sources)]
	want := vigie.Statement{ID: done.Of, By: vigie.Speaker{Role: vigie.Press, Name: "La Gazette"}, Acts: []vigie.Act{vigie.Reports}, On: "2024-09-16",
		Figures: []vigie.Figure{{Min: 5000, Unit: "customers", Qualifier: vigie.MoreThan}}, Text: vigie.Text{FR: "La Gazette a vu le fichier."}, Sources: []string{"r1", source.ID}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if first, _ := ParseRecord[vigie.Incident](Work(blankRowToo(vigie.Incident{}, map[string]string{"role": "press", "name": "x", "acts": "reports", "source": "https://gazette.example/temu"}), "quick").Form); len(first.Sources) != 1 || first.Sources[0].ID != "r1" {
		t.Errorf("the first source of a case is %+v", first.Sources)
	}
	if source.URL != "https://gazette.example/temu" || source.Seen != "address" {
		t.Errorf("the source is %+v: no more is known of it than its address", source)
	}
	if _, again := in.Statement(got.ID); again {
		t.Errorf("%s was given twice", got.ID)
	}
}

func TestASpeakerOfTheLedgerNeedOnlyBeNamed(t *testing.T) {
	in := sampleTemu()
	in.Statements[0].By = vigie.Speaker{Role: vigie.Supplier, Name: "Acme", Company: "acme"}
	out, _ := ParseRecord[vigie.Incident](Work(quickForm(in, map[string]string{"name": "acme", "acts": "denies"}), "quick").Form)
	if got := out.Statements[len(out.Statements)-1].By; got != in.Statements[0].By {
		t.Errorf("it is %+v who speaks", got)
	}
}

func TestAMistakeInTheQuickRowLosesNothingAndSaysWhatToDo(t *testing.T) {
	right := map[string]string{"when": "2024-09", "role": "company", "acts": "denies", "source": "r1"}
	for _, c := range []struct{ field, value, at string }{
		{"when", "last spring", "quick.when"}, {"when", "05/09/2024", "quick.when"}, {"role", "", "quick.role"}, {"acts", "", "quick.acts"},
		{"acts", "claims", "quick.acts"}, {"count", "a lot", "quick.count"}, {"count", "5 000", "quick.unit"}, {"source", "r99", "quick.source"}, {"source", "http:/x", "quick.source"},
	} {
		form := quickForm(sampleTemu(), right)
		form.Set("quick."+c.field, c.value)
		if c.value == "" {
			form.Del("quick." + c.field)
		}
		done := Work(form, "quick")
		if len(done.Problems) == 0 || done.Problems[0].Path != c.at || done.Focus != c.at || done.Problems[0].Message.FR == "" || done.Problems[0].Message.EN == "" {
			t.Errorf("%s %q: %v, goes on from %q", c.field, c.value, done.Problems, done.Focus)
		}
		if done.Form.Get("quick.source") != form.Get("quick.source") || !cmp.Equal(read[vigie.Incident](grow(done.Form), vigie.English), sampleTemu()) {
			t.Errorf("%s %q: the row or the ledger did not stay as it was", c.field, c.value)
		}
		if typed := ReadCase(form); len(typed.Problems.Blocking()) == 0 {
			t.Errorf("%s %q: a save would drop it", c.field, c.value)
		}
	}
}

func TestWhatStandsInTheQuickRowIsSavedToo(t *testing.T) {
	form := quickForm(sampleTemu(), map[string]string{"role": "company", "acts": "denies", "source": "r1"})
	typed := ReadCase(form)
	if len(typed.Problems) > 0 || len(typed.Incident.Statements) != len(sampleTemu().Statements)+1 {
		t.Errorf("%v, %d statements", typed.Problems, len(typed.Incident.Statements))
	}
	at := fmt.Sprintf("statements.%d.sources.0", len(sampleTemu().Statements))
	if got := typed.OnPage(vigie.Problems{{Path: at}, {Path: "statements.0.on"}}); got[0].Path != "quick.source" || got[1].Path != "statements.0.on" {
		t.Errorf("on the page the problems stand at %v", got)
	}
}

func TestAProblemStandsWhereThePageHasTheRow(t *testing.T) {
	form := IncidentForm(sampleTemu())
	form.Set("statements.0.delete", "1") // the page still shows it first
	if got := ReadCase(form).OnPage(vigie.Problems{{Path: "statements.0.figures.0.unit"}, {Path: "kind"}}); got[0].Path != "statements.1.figures.0.unit" || got[1].Path != "kind" {
		t.Errorf("on the page the problems stand at %v", got)
	}
}

func idsOf(in vigie.Incident) (ids []string) {
	for _, s := range in.Statements {
		ids = append(ids, s.ID)
	}
	return ids
}

func TestRowsAreSortedMovedAndCopiedAndKeepTheirIDs(t *testing.T) {
	var in vigie.Incident
	for i, on := range []vigie.Date{"2024-09", "", "2024-09-03", "2024-09-02/2024-09-03"} {
		in.Statements = append(in.Statements, vigie.Statement{ID: fmt.Sprintf("s%d", i+1), On: on, Was: fmt.Sprintf("old/s%d", i+1)})
	}
	for _, c := range []struct {
		action string
		ids    []string
		focus  string
	}{
		{"sort:statements", []string{"s4", "s3", "s1", "s2"}, "sort:statements"},
		{"up:statements.2", []string{"s1", "s3", "s2", "s4"}, "up:statements.1"},
		{"up:statements.0", []string{"s1", "s2", "s3", "s4"}, "up:statements.0"},
		{"down:statements.0", []string{"s2", "s1", "s3", "s4"}, "down:statements.1"},
		{"copy:statements.2", []string{"s1", "s2", "s3", "s5", "s4"}, "statements.3.on"},
		{"copy:statements.9", []string{"s1", "s2", "s3", "s4"}, ""},
		{"sort:sources", []string{"s1", "s2", "s3", "s4"}, ""},
		{"up:company", []string{"s1", "s2", "s3", "s4"}, ""},
	} {
		done := Work(IncidentForm(in), c.action)
		out, _ := ParseRecord[vigie.Incident](done.Form)
		if !slices.Equal(idsOf(out), c.ids) || done.Focus != c.focus {
			t.Errorf("%s: %v, goes on from %q", c.action, idsOf(out), done.Focus)
		}
		if c.action == "copy:statements.2" && (out.Statements[3].Was != "" || out.Statements[2].Was != "old/s3" || out.Statements[3].On != "2024-09-03") {
			t.Errorf("a copy has the past of its original: %+v", out.Statements)
		}
	}
}

func TestARowIsAskedForWhereThePageHasTheStatement(t *testing.T) {
	form := IncidentForm(sampleTemu())
	form.Set("statements.0.delete", "1") // it moves behind, and the second becomes the first
	done := Work(form, "rows:statements.1.figures")
	if done.Focus != fmt.Sprintf("statements.0.figures.%d.min", len(sampleTemu().Statements[1].Figures)) {
		t.Errorf("the blank figure is at %s", done.Focus)
	}
}

func TestEveryKindOfDataIsInOneGroupAndEveryActToo(t *testing.T) {
	seen := map[string]int{}
	for _, g := range DataGroups() {
		for _, code := range g.Codes {
			seen[code]++
		}
	}
	for _, code := range vigie.Codes("data") {
		if seen[code] != 1 {
			t.Errorf("%s stands in %d groups", code, seen[code])
		}
	}
	if len(seen) != len(vigie.Codes("data")) {
		t.Errorf("the groups name %d kinds, the vocabulary has %d", len(seen), len(vigie.Codes("data")))
	}
	acts := 0
	for _, g := range actGroups() {
		for _, act := range g.Acts {
			acts++
			for _, role := range []vigie.Role{vigie.Attacker, vigie.Respondent, vigie.Court} {
				if alone := map[string]vigie.Role{"attacker": vigie.Attacker, "company": vigie.Respondent, "official": vigie.Court}[g.Name]; vigie.May(role, act) != (alone == "" || alone == role) {
					t.Errorf("%s stands with what %s may do", act, g.Name)
				}
			}
		}
	}
	if acts != len(vigie.Acts) {
		t.Errorf("%d acts of %d", acts, len(vigie.Acts))
	}
}

func TestAProblemOfTheQuickRowIsNamedAsItsFieldIs(t *testing.T) {
	for field, want := range map[string]string{"when": "Dite quand", "role": "Qui parle", "acts": "actes", "count": "Nombre", "unit": "De quoi", "text": "Ce qui est dit, en français", "source": "Source"} {
		got := words(t, vigie.French).Where("quick." + field)
		if !slices.Equal(got, []string{"Une déclaration en une ligne", want}) {
			t.Errorf("a problem of quick.%s is said to be at %q", field, got)
		}
	}
}

func TestALinkToARowOfTheFormIsNoStray(t *testing.T) {
	in := sampleTemu()
	in.Statements[0].Quotes = []vigie.Quote{{Text: "x", Lang: "en", Source: in.Sources[0].ID}, {Text: "y", Lang: "en", Source: "r99"}}
	in.Statements[0].Sources, in.Statements[0].Answers = []string{in.Sources[0].ID, "r99"}, []string{in.Statements[1].ID, "s99"}
	f := EditPage{Form: IncidentForm(in)}.Fields()
	for path, want := range map[string][]string{"quotes.0.source": nil, "quotes.1.source": {"r99"}, "sources": {"r99"}, "answers": {"s99"}} {
		if got := f.Strays("statements.0." + path); !slices.Equal(got, want) {
			t.Errorf("strays of %s: %q", path, got)
		}
	}
}
