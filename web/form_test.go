package web

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigie"
)

// draw fills a value of the model by its shape, so that a field added to it is tested
// without anyone thinking of it.
func draw(t *rapid.T, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			draw(t, join(path, jsonName(v.Type().Field(i))), v.Field(i))
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, path) {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, path, v.Elem())
			v.Elem().FieldByName("Text").Set(reflect.ValueOf(vigie.Text{EN: "a headline"}))
		}
	case reflect.Slice:
		for i := range rapid.IntRange(0, 3).Draw(t, path) {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			e := v.Index(i)
			if e.Kind() == reflect.Struct {
				draw(t, join(path, fmt.Sprint(i)), e)
			} else {
				e.SetString(word(path).Draw(t, path))
			}
		}
	case reflect.Int64:
		v.SetInt(rapid.Int64Range(0, 1<<53).Draw(t, path))
	default:
		v.SetString(strings.TrimSpace(rapid.StringMatching(`[^\r\x00]{0,12}`).Draw(t, path)))
	}
}

func word(path string) *rapid.Generator[string] {
	switch sep := separators[last(path)]; {
	case sep == nil:
		return rapid.StringMatching(`[a-z_]{1,8}`)
	case sep.MatchString(","):
		return rapid.StringMatching(`[a-z0-9-]{1,6}(/s[0-9])?`)
	default:
		return rapid.StringMatching(`[A-Za-zé&’,]{1,6}( [A-Z][a-z]{1,3})?`)
	}
}

func TestAFormLosesNothingOfACase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in vigie.Incident
		draw(t, "", reflect.ValueOf(&in).Elem())
		back, problems := ParseRecord[vigie.Incident](IncidentForm(in))
		if len(problems) > 0 {
			t.Fatalf("problems of a form we wrote: %v", problems)
		}
		if diff := cmp.Diff(in, back); diff != "" {
			t.Fatalf("lost on the way (-case +read back):\n%s", diff)
		}
	})
}

func TestAFormSurvivesTheBrowserAndMoreRows(t *testing.T) {
	in := sampleTemu()
	form := IncidentForm(in)
	for name, values := range form { // what a browser does to line ends
		for i := range values {
			form[name][i] = strings.ReplaceAll(values[i], "\n", "\r\n")
		}
	}
	for _, action := range []string{"rows:statements", "rows:statements.0.figures", "rows:sources", "rows:sources", "save"} {
		form = Work(form, action).Form
	}
	form, err := url.ParseQuery(form.Encode())
	if err != nil {
		t.Fatal(err)
	}
	back, problems := ParseRecord[vigie.Incident](form)
	if len(problems) > 0 || !cmp.Equal(in, back) {
		t.Errorf("blank rows changed the case: %v\n%s", problems, cmp.Diff(in, back))
	}
}

func TestABlankRowHasTheNextFreeID(t *testing.T) {
	in := vigie.Incident{Statements: []vigie.Statement{{ID: "s1"}, {ID: "s3"}}}
	form := Work(Work(IncidentForm(in), "rows:statements").Form, "rows:statements").Form
	if a, b := form.Get("statements.2.id"), form.Get("statements.3.id"); a != "s2" || b != "s4" {
		t.Errorf("the blank rows are %q and %q, not s2 and s4", a, b)
	}
}

func TestATickedRowIsLeftOutAndTheOthersKeepTheirPlaces(t *testing.T) {
	form := IncidentForm(sampleTemu())
	form.Set("statements.0.delete", "1")
	form.Set("statements.1.figures.0.row", "new")
	form.Set("statements.1.figures.0.min", "many")
	in, problems := ParseRecord[vigie.Incident](form)
	if in.Statements[0].ID != "s2" {
		t.Errorf("the first statement is %s after s1 was deleted", in.Statements[0].ID)
	}
	if len(problems) != 1 || problems[0].Path != "statements.0.figures.0.min" {
		t.Errorf("the problem is at %v, not at the place of the row in the case", problems)
	}
	shown := EditPage{Form: form, Problems: problems}.Fields()
	if got := shown.Get("statements.0.figures.0.min"); got != "many" {
		t.Errorf("the form shows %q beside the problem, not what was typed", got)
	}
	if n := len(sampleTemu().Statements) - 1; shown.Get(fmt.Sprintf("statements.%d.delete", n)) == "" {
		t.Error("the deleted row is no longer offered to be taken back")
	}
}

func TestANumberIsReadAsEitherLanguageWritesIt(t *testing.T) {
	for typed, want := range map[string]int64{
		"87000000": 87000000, "87 000 000": 87000000, "87,000,000": 87000000, "87\u202f000\u202f000": 87000000,
		"1.5": 0, "12 34": 0, "a lot": 0, "99999999999999999999": 0,
	} {
		form := url.Values{"statements.0.row": {"new"}, "statements.0.figures.0.row": {"new"}, "statements.0.figures.0.min": {typed}}
		in, problems := ParseRecord[vigie.Incident](form)
		if got := in.Statements[0].Figures[0].Min; got != want {
			t.Errorf("%q is read as %d, not %d", typed, got, want)
		}
		if (want == 0) != (len(problems) == 1) {
			t.Errorf("%q has the problems %v", typed, problems)
		}
	}
}

func TestAListIsTypedInOneFieldOrTicked(t *testing.T) {
	in, _ := ParseRecord[vigie.Incident](url.Values{
		"countries": {"FR, BE;LU"}, "brands": {"Bits & Bobs, Ltd\r\n\r\nTemu"},
		"statements.0.row": {"new"}, "statements.0.sources": {"r1, r2 r3"}, "statements.0.acts": {"claims", "leaks"},
	})
	want := vigie.Incident{Countries: []string{"FR", "BE", "LU"}, Brands: []string{"Bits & Bobs, Ltd", "Temu"},
		Statements: []vigie.Statement{{Sources: []string{"r1", "r2", "r3"}, Acts: []vigie.Act{vigie.Claims, vigie.Leaks}}}}
	if diff := cmp.Diff(want, in); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func FuzzParseIncident(f *testing.F) {
	f.Add(IncidentForm(sampleTemu()).Encode())
	f.Add("statements.00.row=new&statements.99999999999999999999.row=kept&statements.0.figures.1.row=kept")
	f.Fuzz(func(t *testing.T, body string) {
		form, err := url.ParseQuery(body)
		if err != nil {
			t.Skip("no form: a browser cannot send it")
		}
		in, _ := ParseRecord[vigie.Incident](form)
		once, _ := ParseRecord[vigie.Incident](IncidentForm(in))
		if twice, _ := ParseRecord[vigie.Incident](IncidentForm(once)); !cmp.Equal(once, twice) {
			t.Errorf("reading and writing does not settle: %s", cmp.Diff(once, twice))
		}
	})
}

func TestTicksComeBackInTheOrderOfTheRecord(t *testing.T) {
	in := vigie.Incident{ID: "temu-2024-09", Statements: []vigie.Statement{{ID: "s1", Acts: []vigie.Act{vigie.Replies, vigie.Denies}, Data: []string{"phone", "email"}}}}
	form := EditPage{Form: IncidentForm(in)}.Fields()
	sent := url.Values{"statements.0.row": {"kept"}, "statements.0.id": {"s1"}, "id": {in.ID}}
	for _, list := range []string{"acts", "data"} { // as a browser sends them: in the order of the page, with one more
		sent["statements.0."+list+".order"] = []string{form.Order("statements.0." + list)}
	}
	sent["statements.0.acts"] = []string{"denies", "replies"}
	sent["statements.0.data"] = []string{"name", "email", "phone"}
	out, problems := ParseRecord[vigie.Incident](sent)
	if len(problems) > 0 || !slices.Equal(out.Statements[0].Acts, in.Statements[0].Acts) || !slices.Equal(out.Statements[0].Data, []string{"phone", "email", "name"}) {
		t.Errorf("%v: %+v", problems, out.Statements[0])
	}
}

// Rows are counted whichever way they are written, and a case that is long is none too long.
func TestAFormIsBoundedByItsRowsAndByTheRowsInside(t *testing.T) {
	for _, c := range []struct {
		name string
		n    int
		want bool
	}{
		{"statements.%d.row", mostRows, true}, {"statements.%d.row", mostRows + 1, false}, {"sources.%d.row.x", mostRows + 1, false}, {"statements.%d.on", mostRows + 1, false},
		{"statements.0.figures.%d.row", mostInside, true}, {"statements.0.figures.%d.row", mostInside + 1, false}, {"statements.0.quotes.%d.row.x", mostInside + 1, false},
	} {
		form := url.Values{}
		for i := range c.n {
			form.Set(fmt.Sprintf(c.name, i), "kept")
		}
		if got := Bounded(form); got != c.want {
			t.Errorf("%d of %s: %v", c.n, c.name, got)
		}
	}
}
