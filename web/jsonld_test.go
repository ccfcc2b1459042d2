package web

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// describes reads the JSON-LD of a page.
func describes(t *testing.T, page any, lang vigie.Lang) []map[string]any {
	t.Helper()
	m := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindStringSubmatch(drawn(t, page, lang))
	if m == nil {
		t.Fatal("the page does not describe itself")
	}
	var doc struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(m[1]), &doc); err != nil {
		t.Fatalf("%v in %s", err, m[1])
	}
	if doc.Context != "https://schema.org" {
		t.Errorf("the context is %q", doc.Context)
	}
	return doc.Graph
}

// schemaOrg are the properties that we use of each type, as schema.org defines them.
var schemaOrg = map[string][]string{
	"Report": {"@id", "url", "name", "headline", "description", "inLanguage", "license", "temporalCoverage", "version", "datePublished", "dateModified", "author", "publisher",
		"isAccessibleForFree", "about", "citation", "hasPart", "correction", "archivedAt"},
	"Claim":             {"@id", "url", "text", "description", "datePublished", "creativeWorkStatus", "inLanguage", "author", "appearance", "claimInterpreter"},
	"Organization":      {"@id", "name", "url", "sameAs"},
	"CreativeWork":      {"@id", "url", "name", "headline", "datePublished", "inLanguage", "archivedAt", "publisher"},
	"WebPage":           {"@id", "url", "name", "headline", "datePublished", "inLanguage", "archivedAt", "publisher"},
	"CorrectionComment": {"@id", "text", "datePublished"},
	"Dataset":           {"@id", "url", "name", "description", "license", "temporalCoverage", "creator", "publisher", "isAccessibleForFree", "inLanguage", "version", "distribution"},
	"DataDownload":      {"name", "contentUrl", "encodingFormat"},
}

// faults finds, in a description, what no type of ours has, and what is unknown but said.
func faults(v any) (out []string) {
	switch v := v.(type) {
	case nil:
		return []string{"a null"}
	case string:
		if v == "" {
			return []string{"an empty text"}
		}
	case []any:
		if len(v) == 0 {
			return []string{"an empty list"}
		}
		for _, x := range v {
			out = append(out, faults(x)...)
		}
	case map[string]any:
		kind, _ := v["@type"].(string)
		if known, ok := schemaOrg[kind]; ok {
			for key := range v {
				if key != "@type" && !slices.Contains(known, key) {
					out = append(out, kind+" has no "+key)
				}
			}
		} else if len(v) != 1 || v["@id"] == nil {
			out = append(out, "neither a type of ours nor a reference: "+kind)
		}
		for _, x := range v {
			out = append(out, faults(x)...)
		}
	}
	return out
}

func TestPagesDescribeThemselvesInTheVocabularyOfSchemaOrg(t *testing.T) {
	for _, lang := range vigie.Langs {
		pages := samplePages(lang)
		for name, want := range map[string]string{"incident": "Report", "incident-as-of": "Report", "incident-truffaut": "Report", "incident-boulanger": "Report", "home": "Dataset", "dump": "Dataset"} {
			graph := describes(t, pages[name], lang)
			if graph[0]["@type"] != want {
				t.Errorf("%s is a %v", name, graph[0]["@type"])
			}
			for _, x := range graph {
				for _, fault := range faults(x) {
					t.Errorf("%s in %s: %s", name, lang, fault)
				}
			}
			if n := len([]rune(graph[0]["description"].(string))); n < 50 && want == "Dataset" {
				t.Errorf("%s: a description of %d characters", name, n)
			}
		}
	}
}

func TestAContestedFigureIsNeverAFactInADescription(t *testing.T) {
	for lang, denied := range map[vigie.Lang]string{vigie.French: "démenti", vigie.English: "denie"} {
		report := describes(t, samplePages(lang)["incident"], lang)[0]
		for _, key := range []string{"headline", "description"} {
			if text := strings.ToLower(report[key].(string)); strings.Contains(text, "87") && !strings.Contains(text, denied[:5]) {
				t.Errorf("%s in %s says the number without the denial: %s", key, lang, text)
			}
		}
		claims := report["hasPart"].([]any)
		if len(claims) != len(sampleTemu().Statements) {
			t.Fatalf("%d claims", len(claims))
		}
		for _, x := range claims {
			claim := x.(map[string]any)
			for _, key := range []string{"text", "author", "appearance", "claimInterpreter", "creativeWorkStatus"} {
				if claim[key] == nil {
					t.Errorf("%v has no %s", claim["@id"], key)
				}
			}
			text := claim["text"].(string)
			if strings.Contains(text, "87") && !strings.Contains(strings.ToLower(text), denied[:5]) {
				t.Errorf("a claim in %s says the number without the denial: %s", lang, text)
			}
		}
		first := claims[0].(map[string]any)
		if text := first["text"].(string); !strings.Contains(text, "87") || !strings.HasPrefix(text, claimPrefixes["contested"].In(lang)) {
			t.Errorf("the first claim in %s does not say that it is one, and of what: %s", lang, text)
		}
		if got, want := first["creativeWorkStatus"], vigie.Label("word", "contested", lang); got != want {
			t.Errorf("the first claim is %v, want %s", got, want)
		}
		if name := first["author"].(map[string]any)["name"].(string); !strings.Contains(name, "smokinthashit") || !strings.Contains(name, aliasUnverified.In(lang)) {
			t.Errorf("its author is %q", name)
		}
		var b bytes.Buffer
		if err := json.NewEncoder(&b).Encode(report); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"ClaimReview", "rating", "NewsArticle"} {
			if strings.Contains(b.String(), bad) {
				t.Errorf("the description holds %s", bad)
			}
		}
	}
}

func TestACorrectionIsPartOfTheDescription(t *testing.T) {
	p := samplePages(vigie.English)["incident"].(Incident)
	p.Events = append(p.Record.Ledger(), sampleItems()[1])
	report := describes(t, p, vigie.English)[0]
	corrections, _ := report["correction"].([]any)
	if len(corrections) != 1 || corrections[0].(map[string]any)["text"] != "The seller counted records, not customers." {
		t.Errorf("the corrections are %v", corrections)
	}
	if n := len(report["hasPart"].([]any)); n != len(p.Record.Statements) {
		t.Errorf("%d statements", n)
	}
}

func TestADescriptionDoesNotEndItsElement(t *testing.T) {
	p := samplePages(vigie.English)["incident"].(Incident)
	p.Record.Statements[0].Text.EN = `</script><script>alert(1)</script>`
	if got := describes(t, p, vigie.English)[0]["hasPart"].([]any)[0].(map[string]any)["description"]; got != p.Record.Statements[0].Text.EN {
		t.Errorf("the text is %v", got)
	}
}

func TestACaseCoversWhatItsDatesSayAndNoMore(t *testing.T) {
	for want, dates := range map[string][]vigie.Date{
		"":                   {"", "2024~"},
		"2024-09":            {"2024-09"},
		"2023/2024-09-17":    {"2024-09-17", "2023"},
		"2024-09-16/2024-10": {"2024-09-16/2024-09-17", "2024-10", "2025-01-01~"},
	} {
		in := vigie.Incident{}
		for _, d := range dates {
			in.Statements = append(in.Statements, vigie.Statement{On: d})
		}
		if got := covers(in); got != want {
			t.Errorf("%v covers %q, want %q", dates, got, want)
		}
	}
}
