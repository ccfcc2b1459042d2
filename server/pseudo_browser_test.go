package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"vigie"
	"vigie/web"
)

// lengthened is the files of the pages with words two fifths longer: what a translation
// or a larger font will bring. The places of a sentence are kept.
func lengthened(t *testing.T) fs.FS {
	t.Helper()
	longer := func(text any) string {
		said := text.(string)
		more := []rune(strings.Repeat("ŵėíġḣť ", 1+utf8.RuneCountInString(said)/10))
		return said + string(more[:(2*utf8.RuneCountInString(said)+4)/5])
	}
	files, source := fstest.MapFS{}, os.DirFS("../web")
	for _, folder := range []string{"templates", "static", "words"} {
		err := fs.WalkDir(source, folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			body, err := fs.ReadFile(source, name)
			if folder == "words" && err == nil {
				var words map[string]any
				if err := json.Unmarshal(body, &words); err != nil {
					return err
				}
				for key, said := range words {
					if forms, ok := said.(map[string]any); ok {
						for form := range forms {
							forms[form] = longer(forms[form])
						}
						continue
					}
					words[key] = longer(said)
				}
				body, err = json.Marshal(words)
			}
			files[name] = &fstest.MapFile{Data: body}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// No word is cut, and no page is wider than its window, when every text is longer by two
// fifths: nothing on a page relies on the length of its French or English.
func TestLongerWordsAreNeitherCutNorWiderThanThePage(t *testing.T) {
	h := loaded(t)
	pages, err := web.New(web.Options{Files: lengthened(t)})
	if err != nil {
		t.Fatal(err)
	}
	h.server.web = pages
	w := h.probed(t)
	for _, path := range pagesOf(vigie.French) {
		if strings.Contains(path, "?") && !strings.Contains(path, "as_of") {
			continue
		}
		w.sized(1280, 1)
		w.open(path)
		w.asks(path+" at 1280 px", "wide")
		w.sized(320, 1)
		w.asks(path+" at 320 px", "wide")
	}
}
