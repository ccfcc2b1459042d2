package web

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"vigie"
)

// schemaOf compiles a JSON schema that is not ours to ship; the test is skipped
// where it is not to be had.
func schemaOf(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	file := filepath.Join("..", "..", "shared", "schemas", filepath.FromSlash(name))
	if _, err := os.Stat(file); err != nil {
		t.Skip("the schemas of other formats are not shipped, and are not beside the project: ", err)
	}
	schema, err := jsonschema.NewCompiler().Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, body []byte) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, body)
	}
}

// cited is a case whose sources are of every kind, date and strangeness.
func cited() vigie.Record {
	in, company := hostile()
	in.Sources = append(contested().Sources, in.Sources...)
	in.Sources[0].Kind, in.Sources[0].Retrieved, in.Sources[0].SHA256 = "article", "2031-03-07T08:00:00Z", strings.Repeat("ab", 32)
	in.Sources[1].Published = "2031-03"
	in.Sources[2].ID, in.Sources[2].Published = "r3", "2031~"
	in.Sources[3].ID, in.Sources[3].Title, in.Sources[3].Published = "r4", "", "2031-02-27/2031-03-02"
	in.Sources = append(in.Sources, vigie.Source{ID: "r5", URL: "https://x.example/a%20b_c#d", Publisher: `5% & $1 #2 a_b {c} ~d^ \e "f" @g`, Title: "Été, œuvre", Kind: "decision", Seen: vigie.SeenFull})
	return recordOf(in, company)
}

func TestTheCitationsOfACaseAreItsRecordAndItsSources(t *testing.T) {
	f, _ := FormatNamed("csl")
	var b strings.Builder
	c := asked(vigie.English, IncidentPath("grand-comptoir-2031-03"), "csl")
	c.Accessed, c.Edition = "2031-04-01", 412
	if err := f.WriteIncident(&b, c, Case{Record: recordOf(contested(), shop)}); err != nil {
		t.Fatal(err)
	}
	var items []map[string]any
	if err := json.Unmarshal([]byte(b.String()), &items); err != nil {
		t.Fatal(err)
	}
	parts := func(year, month, day float64) map[string]any {
		return map[string]any{"date-parts": []any{[]any{year, month, day}}}
	}
	want := []map[string]any{
		{
			"id": "grand-comptoir-2031-03", "type": "dataset", "title": "Grand Comptoir: data breach alleged, denied — 64\u00a0million records, says the seller [contested]",
			"author": []any{map[string]any{"literal": "Les Veilleurs"}}, "publisher": "Vigie", "version": "4", "language": "en", "issued": parts(2031, 3, 10), "accessed": parts(2031, 4, 1),
			"URL": "https://vigie.example/en/incidents/grand-comptoir-2031-03?version=4", "note": "edition 412 of the record; query: /incidents/grand-comptoir-2031-03; CC BY 4.0",
		},
		{
			"id": "grand-comptoir-2031-03-r1", "type": "webpage", "title": "Une base à vendre", "container-title": "Le Veilleur", "publisher": "Le Veilleur", "language": "fr",
			"issued": parts(2031, 3, 5), "URL": "https://veilleur.example/annonce?a=1&b=2",
		},
		{
			"id": "grand-comptoir-2031-03-r2", "type": "webpage", "title": "Grand Comptoir dément", "container-title": "Journal du commerce", "publisher": "Journal du commerce", "language": "fr",
			"issued": parts(2031, 3, 6), "URL": "https://journal.example/grand-comptoir", "archive_location": "https://archive.example/1",
		},
	}
	if diff := cmp.Diff(want, items); diff != "" {
		t.Error(diff)
	}
}

func TestTheCitationOfAConfirmedCaseConfirmsNoFigure(t *testing.T) {
	in := contested()
	in.Statements[2].Acts = []vigie.Act{vigie.Confirms}
	if body := string(written(t, "csl", vigie.English, recordOf(in, shop))); strings.Contains(body, "seller [confirmed]") || !strings.Contains(body, "says the seller") {
		t.Errorf("%s", body)
	}
}

func TestACitationIsNoMorePreciseThanItsSource(t *testing.T) {
	var items []cslItem
	if err := json.Unmarshal(written(t, "csl", vigie.French, cited()), &items); err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]*cslDate{
		1: {Parts: [][]int{{2031, 3, 5}}}, 2: {Parts: [][]int{{2031, 3}}}, 3: {Parts: [][]int{{2031}}, Circa: true},
		4: {Parts: [][]int{{2031, 2, 27}, {2031, 3, 2}}}, 5: nil,
	} {
		if diff := cmp.Diff(want, items[i].Issued); diff != "" {
			t.Errorf("%s: %s", items[i].ID, diff)
		}
	}
	if items[3].URL != "" || items[4].URL != "" || items[4].Archive != "" {
		t.Errorf("an address that is not to be followed: %+v %+v", items[3], items[4])
	}
	if items[1].Type != "article-newspaper" || items[1].Note != "sha256: "+strings.Repeat("ab", 32) || items[1].Accessed == nil || items[5].Type != "report" {
		t.Errorf("%+v %+v", items[1], items[5])
	}
}

func TestCSLIsValidByItsSchema(t *testing.T) {
	schema := schemaOf(t, "csl/csl-data.json")
	for _, lang := range vigie.Langs {
		validate(t, schema, written(t, "csl", lang, cited()))
		validate(t, schema, written(t, "csl", lang, recordOf(contested(), shop)))
	}
}

// bibField reads a field of an entry: what stands between its outer braces.
var bibField = regexp.MustCompile(`(?m)^  (\w+) *= \{(.*)\},?$`)

// shows is what LaTeX shows of a field.
var shows = strings.NewReplacer(`\textbackslash{}`, `\`, `\textasciitilde{}`, `~`, `\textasciicircum{}`, `^`, `\{`, `{`, `\}`, `}`, `\&`, `&`, `\%`, `%`, `\$`, `$`, `\#`, `#`, `\_`, `_`)

func TestBibTeXGivesBackWhatTheSourcesAreCalled(t *testing.T) {
	r := cited()
	entries := strings.Split(string(written(t, "bib", vigie.English, r)), "\n\n")
	if len(entries) != 1+len(r.Sources) {
		t.Fatalf("%d entries", len(entries))
	}
	fields := func(i int) map[string]string {
		m := map[string]string{"": strings.SplitN(entries[i], ",", 2)[0]}
		for _, f := range bibField.FindAllStringSubmatch(entries[i], -1) {
			m[f[1]] = f[2]
		}
		return m
	}
	own := fields(0)
	holds(t, own, map[string]string{"": "@dataset{grand-comptoir-2031-03", "author": "{Les Veilleurs}", "publisher": "Vigie", "date": "2031-03-10", "version": "4", "langid": "english"})
	if !strings.HasSuffix(own["title"], "[contested]}") {
		t.Errorf("our own record does not say that it is contested: %s", own["title"])
	}
	holds(t, fields(1), map[string]string{"date": "2031-03-05", "urldate": "2031-03-07", "langid": "french", "url": "https://veilleur.example/annonce?a=1&b=2"})
	holds(t, fields(3), map[string]string{"date": "2031~"})
	holds(t, fields(4), map[string]string{"title": "{[no title]}", "date": "2031-02-27/2031-03-02"})
	last := fields(5)
	holds(t, last, map[string]string{"url": "https://x.example/a%20b_c#d", "title": "{Été, œuvre}"})
	if _, dated := last["date"]; dated {
		t.Error("an unknown date was made up")
	}
	if name := shows.Replace(strings.TrimSuffix(strings.TrimPrefix(last["author"], "{"), "}")); name != r.Sources[4].Publisher {
		t.Errorf("the publisher came back as %s", name)
	}
	for i, e := range entries {
		if strings.Contains(e, ".onion") || strings.Contains(e, "javascript:") || strings.Count(strings.NewReplacer(`\{`, "", `\}`, "").Replace(e), "{") != strings.Count(strings.NewReplacer(`\{`, "", `\}`, "").Replace(e), "}") {
			t.Errorf("entry %d: %s", i, e)
		}
	}
}
