package main

import (
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vigie/web"
)

func TestAnExportHoldsTheBytesOfItsAddress(t *testing.T) {
	h := loaded(t)
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := h.store.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	flags := []string{"--db=" + file, "--base-url=" + h.base, "--licence-url="}
	compared := 0
	for _, of := range []string{"incidents", "timeline", "corrections", "feed", "companies", "vocabulary", "incidents/temu-2024-09", "companies/boulanger", "waves/fr-retail-2024-09"} {
		queries := []string{"", "evidence=reported&sort=recorded", `fuite sector:marketplace`}
		if of != "incidents" {
			queries = queries[:1]
		}
		for _, query := range queries {
			for _, f := range web.Formats {
				if f.Page || len(queries) == 1 && !slices.Contains([]string{"csv", "json", "rss", "bib"}, f.Name) {
					continue
				}
				address := "/" + of + "." + f.Name
				if query != "" {
					asked := query
					if !strings.Contains(query, "=") {
						asked = "q=" + escape(query)
					}
					address += "?" + asked
				}
				res, err := http.Get(h.base + address)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(res.Body)
				res.Body.Close()
				if err != nil {
					t.Fatal(err)
				}
				args := append([]string{"export", "--of", of, "--format", f.Name, query}, flags...)
				if query == "" {
					args = append(args[:5:5], flags...)
				}
				switch res.StatusCode {
				case http.StatusOK:
					if out, _ := vigieSays(t, exitDone, "", args...); out != string(body) {
						t.Errorf("%s: the export is not what the address answers (%d bytes and %d)", address, len(out), len(body))
					}
					compared++
				case http.StatusBadRequest:
					vigieSays(t, exitUsage, "", args...)
				case http.StatusNotFound:
					vigieSays(t, exitFailed, "", args...)
				default:
					t.Errorf("%s answers %s", address, res.Status)
				}
			}
		}
	}
	if compared < 40 {
		t.Errorf("only %d addresses were compared", compared)
	}
}
