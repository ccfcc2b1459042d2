package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// asItComes gets an address without Go's own silent decompression.
func asItComes(t testing.TB, address string, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

func TestCompressedAnswersSayTheSameUnderAWeakTag(t *testing.T) {
	h := loaded(t)
	for _, path := range []string{"/fr/incidents/temu-2024-09", "/incidents.json", "/incidents.csv", "/feed.atom", "/incidents.stix"} {
		whole, body := asItComes(t, h.base+path)
		packed, bytesOf := asItComes(t, h.base+path, "Accept-Encoding", "gzip")
		if packed.Header.Get("Content-Encoding") != "gzip" || whole.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %q and %q", path, packed.Header.Get("Content-Encoding"), whole.Header.Get("Content-Encoding"))
			continue
		}
		z, err := gzip.NewReader(bytes.NewReader(bytesOf))
		if err != nil {
			t.Fatal(err)
		}
		if same, err := io.ReadAll(z); err != nil || !bytes.Equal(same, body) {
			t.Errorf("%s: compressed it is something else (%v)", path, err)
		}
		strong, weak := whole.Header.Get("ETag"), packed.Header.Get("ETag")
		if strings.HasPrefix(strong, "W/") || weak != "W/"+strong {
			t.Errorf("%s: tags %s and %s", path, strong, weak)
		}
		if vary := packed.Header.Values("Vary"); !strings.Contains(strings.Join(vary, ","), "Accept-Encoding") {
			t.Errorf("%s: Vary is %q", path, vary)
		}
		if again, none := asItComes(t, h.base+path, "Accept-Encoding", "gzip", "If-None-Match", weak); again.StatusCode != http.StatusNotModified || len(none) > 0 || again.Header.Get("ETag") != weak || again.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: asked again with %s: %s", path, weak, again.Status)
		}
		if again, _ := asItComes(t, h.base+path, "If-None-Match", weak); again.Header.Get("ETag") != strong {
			t.Errorf("%s: whole, asked again with %s: ETag %s", path, weak, again.Header.Get("ETag"))
		}
	}
	if res, _ := asItComes(t, h.base+"/incidents.xlsx", "Accept-Encoding", "gzip"); res.Header.Get("Content-Encoding") != "" {
		t.Error("a workbook, which is an archive, is compressed once more")
	}
}

func TestACompressedDownloadThatBreaksOffIsSeen(t *testing.T) {
	handler, err := compressed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("half of it "), 100_000))
		panic(http.ErrAbortHandler)
	}))
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(handler)
	defer site.Close()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	res, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
	if err == nil {
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
	}
	if err == nil {
		t.Error("a part passes for the whole")
	}
}
