package reading_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"vigie"
	"vigie/importers/reading"
)

func shippedFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	sub, err := fs.Sub(vigie.Data, "data/reading")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(sub, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(sub, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: body}
	}
	return files
}

func TestTheShippedVocabulariesCompile(t *testing.T) {
	if _, err := reading.Load(shippedFiles(t)); err != nil {
		t.Fatal(err)
	}
}

func TestAnEditorCanTeachTheReaderAWord(t *testing.T) {
	text := "Brindilou victime d’une cyberattaque\n\nBrindilou a été victime d’une fuite : les pointures des clients ont été volées."
	files := shippedFiles(t)
	before, err := reading.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if r := before.Read(reading.Document{Lang: "fr", Text: text}); len(r.DataTypes) != 0 {
		t.Fatalf("already read as %q", r.DataTypes)
	}
	files["extra.json"] = &fstest.MapFile{Data: []byte(`{"fr":{"none":["rien du tout"]}}`)}
	files["datatypes.json"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["datatypes.json"].Data), `"other": ["`, `"other": ["pointure*","`, 1))}
	after, err := reading.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if r := after.Read(reading.Document{Lang: "fr", Text: text}); len(r.DataTypes) != 1 || r.DataTypes[0] != "other" {
		t.Errorf("with the word added, read %q", r.DataTypes)
	}
}

func TestWhatIsWrongWithAVocabularyIsSaidAllAtOnce(t *testing.T) {
	_, err := reading.Load(fstest.MapFS{"broken.json": {Data: []byte(`{"fr":{"a":["l'enseigne","[un] mot ..","(un|deux"],"b":["bon mot"]}}`)}, "worse.json": {Data: []byte("{")}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"broken.json", "broken/a", `"l'enseigne" is not a word`, `"[un] mot .."`, `"(un|deux"`, "worse.json"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in: %v", want, err)
		}
	}
	if _, err := reading.Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder loads")
	}
}

// The codes that phrases give must be codes of the record.
func TestPhrasesGiveCodesOfTheVocabulary(t *testing.T) {
	files := shippedFiles(t)
	body := string(files["datatypes.json"].Data)
	vocabulary, err := fs.ReadFile(vigie.Data, "data/vocabulary.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(body, "\n") {
		code, _, ok := strings.Cut(strings.TrimSpace(line), `": [`)
		code = strings.TrimPrefix(code, `"`)
		if !ok || code == "none" {
			continue
		}
		if !strings.Contains(string(vocabulary), `"code": "`+code+`"`) && !strings.Contains(string(vocabulary), `"code":"`+code+`"`) {
			t.Errorf("datatypes.json gives %q, which the vocabulary does not know", code)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	text := "Le distributeur Brindilou victime d’une cyberattaque\n\n" + strings.Repeat("L’enseigne Brindilou a confirmé que les noms, adresses e-mail et numéros de téléphone de 45 000 clients ont été volés ; aucune donnée bancaire n’est concernée. Elle a prévenu ses clients et la CNIL.\n\n", 12)
	l := reading.Shipped()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l.Read(reading.Document{Lang: "fr", Text: text})
	}
}

func TestABranchThatTheRecordKnowsDoesNotNameItsParent(t *testing.T) {
	lexicon := reading.Shipped().With([]vigie.Company{{ID: "carrefour-velay", Name: "Carrefour Velay"}})
	read := lexicon.Read(reading.Document{Lang: "en", Title: "Retail giant Carrefour says data breach affects customers",
		Text: "Retail giant Carrefour says data breach affects customers\n\nThe grocery retailer Carrefour confirmed that customer data was stolen. Carrefour has notified the customers of Carrefour Velay stores."})
	if len(read.Victims) != 1 || read.Victims[0] != "Carrefour" {
		t.Errorf("read as %q", read.Victims)
	}
}
