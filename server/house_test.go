package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"vigie"
	"vigie/db"
)

// house is a whole Vigie: a real database file, real HTTP on loopback.
type house struct {
	t      testing.TB
	file   string
	store  *db.DB
	base   string
	now    func() time.Time
	server *Server
}

// clockwork is an injected clock that goes on by a minute at every look.
func clockwork() func() time.Time {
	now := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Minute)
		return now
	}
}

// newHouse opens a Vigie on a database file: a fresh one when file is empty.
func newHouse(t testing.TB, file string) *house {
	t.Helper()
	if file == "" {
		file = filepath.Join(t.TempDir(), "vigie.db")
	}
	h := &house{t: t, file: file, now: clockwork()}
	engine, err := db.OpenSQLite(file)
	if err != nil {
		t.Fatal(err)
	}
	if h.store, err = db.Open(context.Background(), engine, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close() })
	settings := &Settings{DB: file, Lang: "fr", Cache: 64, Publisher: "Vigie", Licence: "CC BY 4.0"}
	s, err := newServer(h.store, settings)
	if err != nil {
		t.Fatal(err)
	}
	h.server = s
	site := httptest.NewServer(s)
	t.Cleanup(func() { site.Close(); s.Close() })
	settings.BaseURL, h.base = site.URL, site.URL
	return h
}

// loaded is a house with the first four cases of the shipped record: enough for
// most tests, and loaded in no time.
func loaded(t testing.TB) *house {
	t.Helper()
	h := newHouse(t, "")
	all, err := shippedIncidents()
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(in vigie.Incident) bool {
		return !slices.Contains([]string{"temu-2024-09", "boulanger-2024-09", "cultura-2024-09", "truffaut-2024-09"}, in.ID)
	})
	var waves []vigie.Wave
	if err := shippedFile("data/waves.json", &waves); err != nil {
		t.Fatal(err)
	}
	var saves []db.Save
	for _, c := range shippedCompanies() {
		if slices.ContainsFunc(all, func(in vigie.Incident) bool { return in.Company == c.ID }) {
			saves = append(saves, db.Save{Company: &c, By: loader})
		}
	}
	for _, w := range waves {
		if slices.ContainsFunc(all, func(in vigie.Incident) bool { return in.Wave == w.ID }) {
			saves = append(saves, db.Save{Wave: &w, By: loader})
		}
	}
	if err := loadIncidents(t.Context(), h.store, all, saves, new(loadReport)); err != nil {
		t.Fatal(err)
	}
	return h
}

// full is a house with the whole shipped record.
func full(t testing.TB) *house {
	t.Helper()
	h := newHouse(t, "")
	if _, err := loadShipped(t.Context(), h.store); err != nil {
		t.Fatal(err)
	}
	return h
}

// visitor is a browser without JavaScript: it keeps cookies and follows no
// redirect by itself.
type visitor struct {
	*house
	client *http.Client
}

func (h *house) visitor() *visitor {
	jar, _ := cookiejar.New(nil)
	plain := &http.Transport{DisableCompression: true} // what comes is what was sent
	h.t.Cleanup(plain.CloseIdleConnections)
	return &visitor{h, &http.Client{Jar: jar, Transport: plain, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

func (v *visitor) do(r *http.Request) answer {
	v.t.Helper()
	res, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer{res, string(body)}
}

// get asks for a path; headers come in pairs.
func (v *visitor) get(path string, headers ...string) answer {
	v.t.Helper()
	return v.do(v.request(http.MethodGet, path, nil, headers...))
}

func (v *visitor) request(method, path string, body io.Reader, headers ...string) *http.Request {
	v.t.Helper()
	r, err := http.NewRequest(method, v.base+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "fr")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// see asks for a path, follows redirects on this site and wants a 200.
func (v *visitor) see(path string) answer {
	v.t.Helper()
	for range 5 {
		a := v.get(path)
		if a.StatusCode/100 != 3 {
			if a.StatusCode != http.StatusOK {
				v.t.Fatalf("GET %s: %s\n%s", path, a.Status, text(a.body))
			}
			return a
		}
		path = strings.TrimPrefix(a.Header.Get("Location"), v.base)
	}
	v.t.Fatalf("GET %s: too many redirects", path)
	return answer{}
}

func (v *visitor) post(path string, form url.Values) answer {
	v.t.Helper()
	return v.do(v.request(http.MethodPost, path, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Origin", v.base))
}

// editor is a visitor who has signed in.
func (h *house) editor(name string) *visitor {
	h.t.Helper()
	password, err := addEditor(context.Background(), h.store, name, false)
	if err != nil {
		h.t.Fatal(err)
	}
	v := h.visitor()
	if a := v.post("/fr/desk/sign-in", url.Values{"name": {name}, "password": {password}}); a.StatusCode != http.StatusSeeOther {
		h.t.Fatalf("signing in: %s\n%s", a.Status, text(a.body))
	}
	return v
}

// formOf reads the fields that a browser would send of the form whose address
// ends in action ("" for the first form that has a note).
func formOf(t testing.TB, page, field string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found url.Values
	var walk func(n *html.Node, form url.Values)
	walk = func(n *html.Node, form url.Values) {
		if n.Type == html.ElementNode {
			if n.Data == "form" {
				form = url.Values{}
			}
			readField(n, form)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, form)
		}
		if n.Type == html.ElementNode && n.Data == "form" && found == nil && form.Has(field) {
			found = form
		}
	}
	walk(root, url.Values{})
	if found == nil {
		t.Fatalf("no form with a field %q in the page\n%s", field, text(page))
	}
	return found
}

func readField(n *html.Node, form url.Values) {
	a := map[string]string{}
	for _, x := range n.Attr {
		a[x.Key] = x.Val
	}
	name := a["name"]
	if name == "" {
		return
	}
	_, checked := a["checked"]
	switch {
	case n.Data == "textarea":
		value := ""
		if n.FirstChild != nil {
			value = strings.TrimPrefix(n.FirstChild.Data, "\n")
		}
		form.Add(name, value)
	case n.Data == "select":
		form.Add(name, selected(n))
	case n.Data == "input" && (a["type"] == "checkbox" || a["type"] == "radio"):
		if checked {
			form.Add(name, a["value"])
		}
	case n.Data == "input" && a["type"] != "submit":
		form.Add(name, a["value"])
	}
}

func selected(n *html.Node) (value string) {
	first := true
	for d := range n.Descendants() {
		if d.Data != "option" || d.Type != html.ElementNode {
			continue
		}
		is, option := false, ""
		for _, x := range d.Attr {
			is = is || x.Key == "selected"
			if x.Key == "value" {
				option = x.Val
			}
		}
		if first || is {
			value, first = option, false
		}
	}
	return
}

// text is what a page says, without its markup.
func text(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return page
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			if s := strings.Join(strings.Fields(n.Data), " "); s != "" {
				fmt.Fprintln(&b, s)
			}
		}
	}
	return b.String()
}

// plainly takes the no-break spaces of French out, to compare.
func plainly(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

func mustHold(t testing.TB, what, body string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(plainly(body), w) {
			t.Errorf("%s does not say %q", what, w)
		}
	}
}
