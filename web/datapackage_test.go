package web

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"vigie"
)

// packageOf is the hostile record as a data package; one of its cases is gone.
func packageOf(t *testing.T, lang vigie.Lang) map[string][]byte {
	t.Helper()
	records := hostileRecords(t)
	rows := []CompanyRow{{Company: hostileCompanies(t)["plus"], Cases: 1}}
	for i := range records {
		if !slices.ContainsFunc(rows, func(row CompanyRow) bool { return row.Company.ID == records[i].Company }) {
			rows = append(rows, CompanyRow{records[i].Respondent, 1, &records[i]})
		}
	}
	retracted := slices.IndexFunc(records, func(r vigie.Record) bool { return r.Company == "plus" })
	gone := records[retracted]
	gone.State, gone.Reason, gone.Statements, gone.Sources = vigie.Retracted, "=A list, \"without\" a source.", nil, nil
	items := timelineOf(gone, vigie.Correction{Version: 3, Note: "Gone.", Changed: []string{"state"}}).Items
	records = slices.Delete(records, retracted, retracted+1)
	for _, r := range records {
		items = append(items, timelineOf(r, mended).Items...)
	}
	c := asked(lang, "/dump", "zip")
	c.Edition, c.Site.LicenceURL = 412, "https://licence.example/by"
	var b bytes.Buffer
	if err := WriteDataPackage(&b, c, DataPackage{Incidents: each(records), Items: each(items), Companies: rows}); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func described(t *testing.T, files map[string][]byte) (d descriptor) {
	t.Helper()
	if err := json.Unmarshal(files["datapackage.json"], &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADataPackageSaysWhatItIsAndItsFilesAreThoseItDescribes(t *testing.T) {
	files := packageOf(t, vigie.English)
	d := described(t, files)
	if d.Version != "412" || d.Created != "2031-03-12T12:00:00Z" || d.Licences[0] != (licence{"CC-BY-4.0", "https://licence.example/by", "CC BY 4.0"}) || d.Contributors[0].Title != "Les Veilleurs" {
		t.Errorf("%+v", d)
	}
	if len(d.Resources) != len(files)-1 {
		t.Errorf("%d resources of %d files", len(d.Resources), len(files))
	}
	for _, r := range d.Resources {
		sum := sha256.Sum256(files[r.Path])
		if int64(len(files[r.Path])) != r.Bytes || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes == 0 {
			t.Errorf("%s: %d bytes %s, in the zip %d", r.Path, r.Bytes, r.Hash, len(files[r.Path]))
		}
	}
}

// TestEveryCellOfADataPackageIsWhatItsSchemaSays reads the tables as a stranger
// would: by the schema alone.
func TestEveryCellOfADataPackageIsWhatItsSchemaSays(t *testing.T) {
	files := packageOf(t, vigie.French)
	ids := map[string]map[string]bool{}
	typed := map[string]int{}
	for _, r := range described(t, files).Resources {
		head, _, _ := strings.Cut(string(files[r.Path]), "\r\n")
		var names []string
		for _, f := range r.Table.Fields {
			names = append(names, f.Name)
			if f.Description == "" {
				t.Errorf("%s.%s is not explained", r.Name, f.Name)
			}
		}
		if head != strings.Join(names, ",") {
			t.Errorf("%s has the columns %s", r.Name, head)
		}
		ids[r.Name] = map[string]bool{}
		for _, row := range rowsOf(t, files[r.Path]) {
			var key []string
			for _, name := range r.Table.Key {
				key = append(key, row[name])
			}
			if whole := strings.Join(key, " "); ids[r.Name][whole] || slices.Contains(key, "") {
				t.Errorf("%s: the key %q is empty or stands twice", r.Name, whole)
			} else {
				ids[r.Name][whole] = true
			}
			for _, f := range r.Table.Fields {
				fits, cell := true, row[f.Name]
				if cell == "" {
					continue // unknown
				}
				typed[r.Name+"."+f.Name]++
				switch f.Type {
				case "integer":
					_, err := strconv.ParseInt(cell, 10, 64)
					fits = err == nil
				case "boolean":
					fits = cell == "true" || cell == "false"
				case "datetime":
					_, err := time.Parse("2006-01-02T15:04:05Z", cell)
					fits = err == nil
				case "string":
					if f.Constraints != nil && f.Constraints.Pattern != "" {
						fits = regexp.MustCompile(f.Constraints.Pattern).MatchString(cell) && vigie.Date(cell).Known()
					} else if _, err := time.Parse(time.RFC3339, cell); err == nil || vigie.Date(cell).Known() && f.Name != "id" {
						t.Errorf("%s.%s holds the date %q and is called a text", r.Name, f.Name, cell)
					}
				default:
					t.Errorf("%s.%s has the type %s", r.Name, f.Name, f.Type)
				}
				if !fits {
					t.Errorf("%s.%s holds %q, which is no %s", r.Name, f.Name, cell, f.Type)
				}
			}
			for _, foreign := range r.Table.Foreign {
				if to := ids[foreign.Reference.Resource]; to != nil && !to[row[foreign.Fields[0]]] {
					t.Errorf("%s %s is of %s, which is in no row of %s", r.Name, row["id"], row[foreign.Fields[0]], foreign.Reference.Resource)
				}
			}
		}
	}
	for _, must := range []string{"incidents.occurred", "timeline.counts", "timeline.on", "sources.published", "companies.cases", "gone.version", "vocabulary.position", "timeline.claimed_count"} {
		if typed[must] == 0 {
			t.Errorf("no cell of %s", must)
		}
	}
	for _, of := range []table{casesTable, timelineTable, sourcesTable, companiesTable, goneTable, vocabularyTable} {
		for column := range of.typed {
			if !bytes.Contains(files["datapackage.json"], []byte(`"name":"`+column+`"`)) {
				t.Errorf("%s has no column %s", of.name, column)
			}
		}
	}
}

func TestADataPackageComesBackAsTheRecordIs(t *testing.T) {
	files := packageOf(t, vigie.English)
	for _, r := range hostileRecords(t) {
		of := func(file string) (rows []map[string]string) {
			for _, row := range rowsOf(t, files[file]) {
				if row["incident"] == r.ID || row["id"] == r.ID {
					rows = append(rows, row)
				}
			}
			return rows
		}
		if r.Company == "plus" {
			if got := of("gone.csv"); len(got) != 1 || got[0]["state"] != "retracted" || got[0]["reason"] != "'=A list, \"without\" a source." {
				t.Errorf("the case that is gone: %v", got)
			}
			if len(of("incidents.csv"))+len(of("timeline.csv"))+len(of("sources.csv")) > 0 {
				t.Errorf("%s was taken back and is still told", r.ID)
			}
			continue
		}
		comesBack(t, r, of("incidents.csv")[0], of("timeline.csv"))
		sourcesComeBack(t, r, of("sources.csv"))
	}
}

// lookahead is a regular expression of the profile that Go's own package does not read.
type lookahead struct{ *regexp2.Regexp }

func (l lookahead) MatchString(s string) bool {
	ok, err := l.Regexp.MatchString(s)
	return ok && err == nil
}

func TestADataPackageIsValidByItsProfile(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "schemas", "datapackage", "2.0")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the schemas of other formats are not shipped, and are not beside the project: ", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseRegexpEngine(func(s string) (jsonschema.Regexp, error) {
		re, err := regexp2.Compile(s, regexp2.ECMAScript)
		return lookahead{re}, err
	})
	profile := func(name string) *jsonschema.Schema {
		schema, err := compiler.Compile(filepath.Join(root, name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		return schema
	}
	body := packageOf(t, vigie.French)["datapackage.json"]
	validate(t, profile("datapackage"), body)
	var d struct {
		Resources []struct{ Dialect, Schema json.RawMessage }
	}
	var raw struct{ Resources []json.RawMessage }
	if err := json.Unmarshal(body, &d); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &raw); err != nil {
		t.Fatal(err)
	}
	for i, r := range d.Resources {
		validate(t, profile("dataresource"), raw.Resources[i])
		validate(t, profile("tabledialect"), r.Dialect)
		validate(t, profile("tableschema"), r.Schema)
	}
	if err := profile("datapackage").Validate(map[string]any{"resources": []any{map[string]any{"name": "x", "path": "../x.csv"}}}); err == nil {
		t.Error("a path out of the package is let through: the profile is not read")
	}
}
