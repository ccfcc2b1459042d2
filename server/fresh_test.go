package main

import (
	"net/http"
	"testing"
	"time"

	"vigie"
	"vigie/db"
)

func TestADateIsAsGoodAsATag(t *testing.T) {
	h := loaded(t)
	for _, path := range []string{"/fr/incidents", "/incidents.json", "/feed.rss", "/incidents/temu-2024-09.csv"} {
		first, _ := asItComes(t, h.base+path)
		at, err := http.ParseTime(first.Header.Get("Last-Modified"))
		if err != nil || at.After(time.Now()) {
			t.Errorf("%s: Last-Modified is %q", path, first.Header.Get("Last-Modified"))
		}
		later := at.Add(2 * time.Second).Format(http.TimeFormat) // as who asked when the second was over
		if res, body := asItComes(t, h.base+path, "If-Modified-Since", later); res.StatusCode != http.StatusNotModified || len(body) > 0 {
			t.Errorf("%s: not modified since %s, and answers %s", path, later, res.Status)
		}
		if res, _ := asItComes(t, h.base+path, "If-Modified-Since", "Tue, 02 Jan 2024 10:00:00 GMT"); res.StatusCode != http.StatusOK {
			t.Errorf("%s: modified since, and answers %s", path, res.Status)
		}
		if res, _ := asItComes(t, h.base+path, "If-Modified-Since", later, "If-None-Match", `"another"`); res.StatusCode != http.StatusOK {
			t.Errorf("%s: another tag, and answers %s", path, res.Status)
		}
	}
	before, _ := asItComes(t, h.base+"/incidents.json")
	record, err := h.store.Incident(t.Context(), "temu-2024-09")
	if err != nil {
		t.Fatal(err)
	}
	record.Incident.Checked = "2026-03-11"
	if _, err := h.store.Save(t.Context(), db.Save{Incident: &record.Incident, Base: record.Derived.Version, By: vigie.Signature{Author: "a", Note: "Looked again."}}); err != nil {
		t.Fatal(err)
	}
	if res, _ := asItComes(t, h.base+"/incidents.json", "If-Modified-Since", before.Header.Get("Last-Modified")); res.StatusCode != http.StatusOK {
		t.Errorf("changed within the second, and answers %s", res.Status)
	}
	if res, _ := asItComes(t, h.base+"/incidents/temu-2024-09.bib"); res.Header.Get("Last-Modified") != "" {
		t.Error("a citation says the day it was read, and yet when it was last modified")
	}
}
