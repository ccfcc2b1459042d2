package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"vigie"
)

// objectsOf reads a bundle: its objects by id. No id stands twice and no reference
// leads out of it.
func objectsOf(t *testing.T, body []byte) map[string]map[string]any {
	t.Helper()
	var b struct {
		Type, ID string
		Objects  []map[string]any
	}
	if err := json.Unmarshal(body, &b); err != nil || b.Type != "bundle" {
		t.Fatalf("%v\n%s", err, body)
	}
	objects := map[string]map[string]any{}
	for _, o := range b.Objects {
		id := o["id"].(string)
		if objects[id] != nil || !strings.HasPrefix(id, o["type"].(string)+"--") {
			t.Errorf("the id %s", id)
		}
		objects[id] = o
	}
	for _, o := range b.Objects {
		for name, value := range o {
			list, _ := value.([]any)
			if !strings.HasSuffix(name, "_refs") {
				list = nil
			}
			if strings.HasSuffix(name, "_ref") {
				list = []any{value}
			}
			for _, ref := range list {
				if objects[ref.(string)] == nil {
					t.Errorf("%s: %s leads out of the bundle to %s", o["id"], name, ref)
				}
			}
		}
	}
	return objects
}

func noteOf(t *testing.T, objects map[string]map[string]any, id string) (note, ours map[string]any) {
	t.Helper()
	note = objects[stixID("note", id)]
	if note == nil {
		t.Fatalf("no note of %s", id)
	}
	return note, note["extensions"].(map[string]any)[stixExtension].(map[string]any)
}

func TestABundleKeepsAContestedClaimAClaim(t *testing.T) {
	r := recordOf(contested(), shop)
	objects := objectsOf(t, written(t, "stix", vigie.English, r))
	note, ours := noteOf(t, objects, r.ID+"/s1")
	if diff := cmp.Diff([]any{"claim", "contested", "claims", "offers_for_sale"}, note["labels"]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]any{
		"extension_type": "property-extension", "statement_id": r.ID + "/s1", "claimant_name": "the seller (quietferret)", "claimant_type": "attacker", "affected_count": 64e6, "affected_unit": "records",
		"affected_qualifier": "exact", "data_types": []any{"name", "email"}, "claimed_on": "2031-03-04/2031-03-05", "claimed_on_precision": "interval", "known_on": "2031-03-05", "known_on_basis": "said", "claim_status": "contested",
	}, ours); diff != "" {
		t.Error(diff)
	}
	denial := objects[stixID("opinion", r.ID+"/s3/denies")]
	if denial == nil || denial["opinion"] != "disagree" || !slices.Equal(denial["object_refs"].([]any), []any{note["id"]}) || !slices.Equal(denial["authors"].([]any), []any{"Grand Comptoir"}) {
		t.Errorf("the denial: %v", denial)
	}
	in := objects[stixID("incident", r.ID)]
	if core := in["extensions"].(map[string]any)[coreOfCase].(map[string]any); core["determination"] != "suspected" || len(core) != 3 {
		t.Errorf("the incident: %v", core)
	}
	for id, o := range objects {
		for _, judged := range []string{"confidence", "impact", "first_seen", "impacted_entity_counts"} {
			if _, has := o[judged]; has {
				t.Errorf("%s has a %s", id, judged)
			}
		}
	}
	if actor := objects[stixID("threat-actor", r.ID+"/actor:quietferret")]; actor == nil || !slices.Equal(actor["labels"].([]any), []any{"self-claimed"}) {
		t.Errorf("the alias: %v", actor)
	}
	if report := objects[stixID("report", r.ID)]; len(report["object_refs"].([]any)) != len(objects)-5 { // all but the preamble, itself and the report of the answer
		t.Errorf("the report holds %d of %d objects", len(report["object_refs"].([]any)), len(objects))
	}
}

func TestWhatTheCompanySaysIsTheOpinionThatItIs(t *testing.T) {
	for act, want := range map[vigie.Act][2]string{
		vigie.Denies: {"disagree", "note"}, vigie.Confirms: {"agree", "incident"}, vigie.PartiallyConfirms: {"neutral", "note"}, vigie.Investigating: {"neutral", "note"},
		vigie.NoComment: {}, vigie.NotifiesCustomers: {}, vigie.Apologises: {},
	} {
		in := contested()
		in.Statements[2].Acts = []vigie.Act{act}
		r := recordOf(in, shop)
		objects := objectsOf(t, written(t, "stix", vigie.English, r))
		opinion, on := "", ""
		for _, o := range objects {
			if o["type"] == "opinion" {
				opinion = o["opinion"].(string)
				on, _, _ = strings.Cut(o["object_refs"].([]any)[0].(string), "--")
			}
		}
		if opinion != want[0] || on != want[1] {
			t.Errorf("%s is the opinion %q on the %q", act, opinion, on)
		}
		if note, _ := noteOf(t, objects, r.ID+"/s3"); !slices.Contains(note["labels"].([]any), any(string(act))) {
			t.Errorf("%s is not on the note: %v", act, note["labels"])
		}
	}
}

func TestADenialThatAnswersNothingInParticularIsOnEveryClaim(t *testing.T) {
	in := contested()
	in.Statements[2].Answers = nil
	r := recordOf(in, shop)
	for name, a := range map[string]any{"case": r, "timeline": vigie.Timeline{Items: timelineOf(r).Items[:1]}} {
		o := objectsOf(t, written(t, "stix", vigie.English, a))[stixID("opinion", r.ID+"/s3/denies")]
		if o == nil || len(o["object_refs"].([]any)) != 2 {
			t.Errorf("in the %s: %v", name, o)
		}
	}
}

func TestAnObjectIsTheSameWhereverItIsAskedFor(t *testing.T) {
	r := recordOf(contested(), shop)
	whole := objectsOf(t, written(t, "stix", vigie.English, r))
	for _, a := range []any{timelineOf(r, mended), vigie.Answer{Incidents: []vigie.Record{r}}} {
		for _, lang := range vigie.Langs {
			for id, o := range objectsOf(t, written(t, "stix", lang, a)) {
				if whole[id] != nil {
					if diff := cmp.Diff(whole[id], o); diff != "" {
						t.Errorf("%s: %s", id, diff)
					}
				} else if label := o["labels"].([]any)[0]; label != "correction" && label != "answer" {
					t.Errorf("%s is only in a list", id)
				}
			}
		}
	}
}

func TestTheHashOfOurRecordIsThatOfItsJSON(t *testing.T) {
	r := recordOf(contested(), shop)
	in := objectsOf(t, written(t, "stix", vigie.English, r))[stixID("incident", r.ID)]
	ref := in["external_references"].([]any)[0].(map[string]any)
	hash := sha256.Sum256(written(t, "json", vigie.French, r))
	want := hex.EncodeToString(hash[:])
	if ref["hashes"].(map[string]any)["SHA-256"] != want || ref["url"] != "https://vigie.example/incidents/"+r.ID+".json" {
		t.Errorf("%v, not %s", ref, want)
	}
}

func TestARetractedCaseIsRevoked(t *testing.T) {
	in := contested()
	in.State, in.Reason = vigie.Retracted, "Two shops were taken for one."
	r := recordOf(in, shop)
	for id, o := range objectsOf(t, written(t, "stix", vigie.English, r)) {
		shared := o["type"] == "identity" || o["type"] == "marking-definition" || o["type"] == "extension-definition" || id == stixID("report", "answer:"+IncidentPath(r.ID))
		if revoked, _ := o["revoked"].(bool); revoked == shared {
			t.Errorf("%s: revoked is %v", id, o["revoked"])
		}
	}
}

func TestStrangersTextStaysInItsFieldOfTheBundle(t *testing.T) {
	in, company := hostile()
	in.Statements[0].Sources = append(in.Statements[0].Sources, "r3")
	in.Sources = append(in.Sources, vigie.Source{ID: "r3", URL: "https://leak.example/a", SHA256: strings.Repeat("AB", 32), Seen: vigie.SeenFull})
	r := recordOf(in, company)
	body := written(t, "stix", vigie.English, r)
	if bytes.Contains(body, []byte(".onion")) || bytes.Contains(body, []byte("javascript:alert")) {
		t.Error("an address that is not to be followed")
	}
	objects := objectsOf(t, body)
	if name := objects[stixID("identity", "company:"+r.Company)]["name"]; name != "M&S \"Bazar\" <l’Œuvre> \U0001f6d2 متجر" {
		t.Errorf("the name came back as %q", name)
	}
	note, _ := noteOf(t, objects, r.ID+"/s1")
	refs := note["external_references"].([]any)
	if diff := cmp.Diff(map[string]any{"source_name": "leak.example", "url": "https://leak.example/a", "hashes": map[string]any{"SHA-256": strings.Repeat("ab", 32)}}, refs[len(refs)-1]); diff != "" {
		t.Error(diff)
	}
}

// stixSchemas compiles the schemas of OASIS under the addresses that they call one
// another by.
func stixSchemas(t *testing.T) func(kind string) *jsonschema.Schema {
	t.Helper()
	root := filepath.Join("..", "..", "shared", "schemas", "stix2.1", "schemas")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the schemas of other formats are not shipped, and are not beside the project: ", err)
	}
	compiler := jsonschema.NewCompiler()
	at := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			return err
		}
		id, _ := doc.(map[string]any)["$id"].(string)
		at[strings.TrimSuffix(filepath.Base(path), ".json")] = id
		return compiler.AddResource(id, doc)
	})
	if err != nil {
		t.Fatal(err)
	}
	return func(kind string) *jsonschema.Schema {
		schema, err := compiler.Compile(at[kind])
		if err != nil {
			t.Fatalf("the schema of %s: %v", kind, err)
		}
		return schema
	}
}

func TestSTIXIsValidByItsSchemas(t *testing.T) {
	schema := stixSchemas(t)
	in, company := hostile()
	in.ID = "m-s-2031-03"
	r := recordOf(contested(), shop)
	for _, a := range []any{r, vigie.Answer{Incidents: []vigie.Record{recordOf(in, company), r, cited()}}, timelineOf(r, mended), vigie.Answer{}, vigie.Timeline{}} {
		body := written(t, "stix", vigie.English, a)
		for _, o := range objectsOf(t, body) {
			one, err := json.Marshal(o)
			if err != nil {
				t.Fatal(err)
			}
			validate(t, schema(o["type"].(string)), one)
		}
	}
}
