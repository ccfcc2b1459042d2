package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"testing"

	"vigie"
	"vigie/db"
)

func TestTheDumpIsMadeAnewWhenTheEditionChanges(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	names := func() (list []string) {
		for _, f := range dumpFiles {
			list = append(list, v.see("/dump/"+f.name).Header.Get("Content-Disposition"))
		}
		return list
	}
	sound := func() {
		for _, line := range strings.Split(strings.TrimSpace(v.see("/dump/SHA256SUMS").body), "\n") {
			sum, name, _ := strings.Cut(line, "  ")
			got := sha256.Sum256([]byte(v.see("/dump/" + name).body))
			if hex.EncodeToString(got[:]) != sum {
				t.Errorf("%s has another checksum than it says", name)
			}
			if page := v.see("/en/dump").body; !strings.Contains(page, sum) {
				t.Errorf("the page does not tell the checksum of %s", name)
			}
		}
	}
	first := names()
	sound()
	if body := v.see("/dump/vigie.sqlite").body; !strings.HasPrefix(body, "SQLite format 3\x00") {
		t.Error("vigie.sqlite is no database")
	}
	packed := v.see("/dump/vigie.zip").body
	if z, err := zip.NewReader(strings.NewReader(packed), int64(len(packed))); err != nil || len(z.File) < 4 {
		t.Errorf("vigie.zip: %v", err)
	}
	tag := v.see("/dump/vigie.sqlite").Header.Get("ETag")
	if again := v.get("/dump/vigie.sqlite", "If-None-Match", tag); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %s", again.Status)
	}
	if part := v.get("/dump/vigie.sqlite", "Range", "bytes=0-14"); part.StatusCode != http.StatusPartialContent || part.body != "SQLite format 3" {
		t.Errorf("a part: %s %q", part.Status, part.body)
	}
	record, err := h.store.Incident(t.Context(), "temu-2024-09")
	if err != nil {
		t.Fatal(err)
	}
	record.Incident.Summary = vigie.Text{FR: "Autrement dit.", EN: "In other words."}
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &record.Incident, Base: record.Derived.Version, By: vigie.Signature{Author: "a", Note: "Said otherwise."}}); err != nil {
		t.Fatal(err)
	}
	var waiting sync.WaitGroup
	for range 8 { // who comes while it is made waits for the same one
		waiting.Go(func() {
			if res, err := http.Get(h.base + "/dump/vigie.zip"); err != nil || res.StatusCode != http.StatusOK {
				t.Errorf("while it is made: %v", err)
			}
		})
	}
	waiting.Wait()
	for i, name := range names() {
		if name == first[i] || !strings.Contains(name, "-") {
			t.Errorf("of the next edition, %s; before, %s", name, first[i])
		}
	}
	sound()
	if v.see("/dump/vigie.sqlite").Header.Get("ETag") == tag {
		t.Error("the dump of the next edition is the same")
	}
	for _, path := range []string{"/dump/copy.db", "/dump/..%2fvigie.db", "/dump/vigie.sqlite?x=1"} {
		if a := v.get(path); a.StatusCode != http.StatusNotFound && a.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func TestADumpHoldsNothingOfTheDesk(t *testing.T) {
	h := full(t)
	h.editor("camille")
	for _, f := range dumpFiles {
		body := []byte(h.visitor().see("/dump/" + f.name).body)
		if f.name == "vigie.zip" {
			z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
			if err != nil {
				t.Fatal(err)
			}
			body = nil
			for _, part := range z.File {
				r, err := part.Open()
				if err != nil {
					t.Fatal(err)
				}
				var b bytes.Buffer
				if _, err := b.ReadFrom(r); err != nil {
					t.Fatal(err)
				}
				body = append(body, b.Bytes()...)
			}
		}
		for _, private := range []string{"camille", "argon2", "alltricks"} { // an editor, a hash, a draft
			if bytes.Contains(body, []byte(private)) {
				t.Errorf("%s holds %q", f.name, private)
			}
		}
	}
}
