package web

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"vigie"
)

func describedAs(t *testing.T) (doc openAPI) {
	t.Helper()
	body, err := OpenAPI("https://vigie.example/", Settings{Licence: "CC BY 4.0", Contact: "mailto:desk@vigie.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEveryShapeOfTheAPIIsClosedAndEveryKeyExplained(t *testing.T) {
	for name, s := range describedAs(t).Components.Schemas {
		if s.Type != "object" {
			continue
		}
		if s.Closed == nil || *s.Closed {
			t.Errorf("%s takes keys that nobody described", name)
		}
		for key, property := range s.Properties {
			if property.Description == "" && name != "Licence" {
				t.Errorf("%s.%s is not explained", name, key)
			}
		}
		for _, key := range s.Required {
			if said := s.Properties[key].Description; strings.Contains(said, " Absent: ") {
				t.Errorf("%s.%s is required, and said to be absent at times: %s", name, key, said)
			}
		}
	}
}

func TestTheCodesOfTheAPIAreThoseOfTheVocabularies(t *testing.T) {
	doc := describedAs(t)
	statement := doc.Components.Schemas["Statement"].Properties
	for key, list := range map[string]string{"acts": "act", "data": "data", "not_data": "data"} {
		if ref := statement[key].Items.Ref; !slices.Equal(doc.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")].Enum, vigie.Codes(list)) {
			t.Errorf("%s are codes of %s", key, ref)
		}
	}
	for _, f := range vigie.Fields {
		p, ok := doc.Components.Parameters[f.Name]
		if !ok || p.Description == "" {
			t.Errorf("%s is not described", f.Name)
			continue
		}
		if f.List != "" && !strings.Contains(p.Schema.Items.AnyOf[1].Pattern, vigie.Codes(f.List)[0]) {
			t.Errorf("%s does not take the codes of %s", f.Name, f.List)
		}
	}
}

func TestAKeyIsRequiredUnlessItIsLeftOutWhenUnknown(t *testing.T) {
	shapes := describedAs(t).Components.Schemas
	for shape, wanted := range map[string][]string{"Figure": {"qualifier", "unit"}, "Record": {"company", "id", "kind", "state"}, "Source": {"id", "seen"}, "Problem": {"status", "title", "type"}} {
		if got := slices.Sorted(slices.Values(shapes[shape].Required)); !slices.Equal(got, wanted) {
			t.Errorf("%s requires %v, not %v", shape, got, wanted)
		}
	}
}

func TestChangesOfTheAPIAreDatedNewestFirstInBothLanguages(t *testing.T) {
	for i, change := range apiChanges {
		if !change.On.Exact() || change.Text.FR == "" || change.Text.EN == "" || i > 0 && change.On.First() > apiChanges[i-1].On.First() {
			t.Errorf("change %d: %+v", i, change)
		}
	}
	if doc := describedAs(t); doc.Info.Version != APIVersion() || doc.Info.Contact.Email != "desk@vigie.example" || doc.Servers[0].URL != "https://vigie.example" {
		t.Errorf("%+v, %+v", doc.Info, doc.Servers)
	}
}
