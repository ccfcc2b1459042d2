package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"vigie"
	"vigie/web"
)

// described is a house and its own description, which judges every answer.
type described struct {
	*visitor
	doc   *openapi3.T
	route routers.Router
	seen  map[string]map[int]bool // statuses that were judged, by method and path of the document
}

func describedHouse(t *testing.T, h *house) *described {
	t.Helper()
	v := h.visitor()
	a := v.get("/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData([]byte(a.body))
	if err != nil {
		t.Fatalf("the description: %v", err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatalf("the description: %v", err)
	}
	route, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return &described{v, doc, route, map[string]map[int]bool{}}
}

// ask sends a request and wants the status, and an answer as the document says.
func (d *described) ask(want int, r *http.Request) answer {
	d.t.Helper()
	sent := r.Clone(context.Background())
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			d.t.Fatal(err)
		}
		r.Body, sent.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
	}
	a := d.do(r)
	at := r.Method + " " + r.URL.RequestURI()
	if a.StatusCode != want {
		d.t.Errorf("%s: %s, wanted %d\n%s", at, a.Status, want, a.body[:min(len(a.body), 600)])
		return a
	}
	if sent.Method == http.MethodHead {
		sent.Method = http.MethodGet
	}
	route, params, err := d.route.FindRoute(sent)
	if err != nil {
		if want == http.StatusMethodNotAllowed {
			d.problem(at, a)
			return a
		}
		d.t.Errorf("%s: not described: %v", at, err)
		return a
	}
	if route.Operation.Responses.Status(a.StatusCode) == nil {
		d.t.Errorf("%s: the status %d of %s is not described", at, a.StatusCode, route.Path)
		return a
	}
	op := route.Method + " " + route.Path
	if d.seen[op] == nil {
		d.seen[op] = map[int]bool{}
	}
	d.seen[op][a.StatusCode] = true
	if r.Method == http.MethodHead {
		return a
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: sent, PathParams: params, Route: route},
		Status:                 a.StatusCode, Header: a.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true, ExcludeResponseBody: !strings.HasSuffix(strings.Split(a.Header.Get("Content-Type"), ";")[0], "json")},
	}
	input.SetBodyBytes([]byte(a.body))
	if err := openapi3filter.ValidateResponse(d.t.Context(), input); err != nil {
		said := err.Error()
		d.t.Errorf("%s: %s", at, said[:min(len(said), 1500)])
	}
	if content := route.Operation.Responses.Status(a.StatusCode).Value.Content; len(content) > 0 && content.Get(a.Header.Get("Content-Type")) == nil {
		d.t.Errorf("%s: %s is not described", at, a.Header.Get("Content-Type"))
	}
	if a.StatusCode >= 400 {
		d.problem(at, a)
	}
	return a
}

// problem wants the answer to be a problem as RFC 9457 has it, or a page.
func (d *described) problem(at string, a answer) {
	d.t.Helper()
	if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return
	}
	var p web.ProblemDetails
	if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.Header.Get("Content-Type") != web.ProblemMIME {
		d.t.Errorf("%s: %s: %v", at, a.Header.Get("Content-Type"), err)
		return
	}
	if p.Status != a.StatusCode || !strings.HasPrefix(p.Type, d.base+"/problems/") || a.Header.Get("ETag") != "" {
		d.t.Errorf("%s: %+v, ETag %q", at, p, a.Header.Get("ETag"))
	}
}

func (d *described) read(want int, path string, headers ...string) answer {
	d.t.Helper()
	return d.ask(want, d.request(http.MethodGet, path, nil, headers...))
}

// examples of the ids that paths have.
var examples = map[string]string{
	web.IncidentsPath: "temu-2024-09", web.CompaniesPath: "temu", web.WavesPath: "fr-retail-2024-09", "/sitemap": "1.xml", web.FiguresPath: "cases",
}

func exampleOf(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "{") {
			rest := part[strings.Index(part, "}")+1:]
			parts[i] = examples[strings.Join(parts[:i], "/")] + rest
		}
	}
	return strings.Join(parts, "/")
}

func TestEveryRouteIsInTheTableOfTheAPI(t *testing.T) {
	for _, r := range slices.Concat(public, writing) {
		if !slices.ContainsFunc(web.Endpoints, func(e web.Endpoint) bool {
			return e.Path == r.path && (e.Method == r.method || e.Method == "" && r.method == http.MethodGet)
		}) {
			t.Errorf("%s %s is in no row of web.Endpoints", r.method, r.path)
		}
	}
	for _, e := range web.Endpoints {
		if !slices.ContainsFunc(slices.Concat(public, writing), func(r route) bool { return r.path == e.Path }) {
			t.Errorf("web.Endpoints has %s, which is no route", e.Path)
		}
	}
}

func TestEveryAddressAnswersAsItsDescriptionSays(t *testing.T) {
	h := loaded(t)
	retracted, merged := "boulanger-2024-09", "truffaut-2024-09"
	d := describedHouse(t, h)
	for path, item := range d.doc.Paths.Map() {
		if item.Get == nil {
			continue
		}
		address := exampleOf(path)
		if path == web.OEmbedPath { // it is asked about an address of ours, and lets pass what other sites add
			d.read(http.StatusOK, address+"?url="+url.QueryEscape(h.base+"/fr/incidents/temu-2024-09"))
			d.read(http.StatusBadRequest, address)
			continue
		}
		_, f, known := web.SplitFormat(address)
		if !known && item.Get.Responses.Status(http.StatusNotAcceptable) != nil { // Accept decides
			d.read(http.StatusOK, address, "Accept", "application/json, text/csv;q=0.9")
			d.read(http.StatusNotAcceptable, address, "Accept", "image/png")
			if item.Get.Responses.Status(http.StatusFound) != nil {
				d.read(http.StatusFound, address)
			} else {
				d.read(http.StatusOK, address)
			}
			continue
		}
		first := d.read(http.StatusOK, address)
		if head := d.ask(http.StatusOK, d.request(http.MethodHead, address, nil)); head.body != "" || head.Header.Get("Content-Type") != first.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: %q, %d bytes", address, head.Header.Get("Content-Type"), len(head.body))
		}
		if tag := first.Header.Get("ETag"); tag != "" && item.Get.Responses.Status(http.StatusNotModified) != nil {
			d.read(http.StatusNotModified, address, "If-None-Match", tag)
		}
		if a := d.ask(http.StatusMethodNotAllowed, d.request(http.MethodDelete, address, nil, "Accept", "application/json")); a.Header.Get("Allow") == "" {
			t.Errorf("DELETE %s: no Allow", address)
		}
		if item.Get.Responses.Status(http.StatusBadRequest) == nil {
			continue
		}
		refused := d.read(http.StatusBadRequest, address+"?nonsense=1", "Accept", "application/json")
		var p web.ProblemDetails
		if err := json.Unmarshal([]byte(refused.body), &p); err != nil || len(p.Errors) != 1 || p.Errors[0].Name != "nonsense" || p.Errors[0].Code != "unknown_parameter" {
			t.Errorf("%s: %s", address, refused.body)
		}
		if known { // what the refusal allows is what the document describes
			var named []string
			for _, x := range item.Get.Parameters {
				if x.Value.In == "query" {
					named = append(named, x.Value.Name)
				}
			}
			if allowed := allowedIn(p.Detail); !slices.Equal(allowed, sorted(named)) {
				t.Errorf("%s may be asked %v and is described with %v", address, allowed, named)
			}
			if slices.Contains(named, "limit") && !f.Feed {
				d.read(http.StatusBadRequest, address+"?limit=0")
				d.read(http.StatusBadRequest, address+"?cursor=made-up")
				d.read(http.StatusOK, address+"?limit=1")
				d.read(http.StatusMovedPermanently, address+"?limit=1&after=2024")
			}
		}
		if strings.Contains(path, "{id}") {
			d.read(http.StatusNotFound, strings.Replace(address, examples[path[:strings.LastIndex(path, "/")]], "nobody", 1))
		}
	}
	for _, list := range []string{"/incidents", "/timeline"} {
		var page struct {
			Next string `json:"next"`
		}
		pages := 0
		for cursor := ""; ; cursor = "&cursor=" + url.QueryEscape(page.Next) {
			address := list + ".json?" + strings.TrimPrefix(cursor+"&limit=2", "&")
			page.Next = ""
			a := d.read(http.StatusOK, address)
			if err := json.Unmarshal([]byte(a.body), &page); err != nil {
				t.Fatal(err)
			}
			if pages++; page.Next == "" || pages > 20 {
				break
			}
		}
		if pages < 2 || pages > 20 {
			t.Errorf("%s has %d pages of two", list, pages)
		}
	}
	for _, query := range []string{"q=boulnager", "evidence=confirmed,-alleged", "q=sector%3Agrocery", "affected=1000000..", "updated_since=1", "q=rien-de-tel", "as_of=2024-09-20&evidence=confirmed", "year=2024", "sort=relevance&q=temu"} {
		canonical, _ := url.ParseQuery(query)
		a := d.do(d.request(http.MethodGet, "/incidents.json?"+canonical.Encode(), nil))
		if a.StatusCode == http.StatusMovedPermanently {
			d.read(http.StatusOK, strings.TrimPrefix(a.Header.Get("Location"), d.base))
			continue
		}
		d.read(http.StatusOK, "/incidents.json?"+canonical.Encode())
	}
	d.read(http.StatusOK, "/incidents/temu-2024-09.json?as_of=2024-09-17")
	d.read(http.StatusOK, "/incidents/temu-2024-09.json?version=1")
	d.read(http.StatusNotFound, "/incidents/temu-2024-09.json?version=99")
	d.read(http.StatusOK, "/en/incidents/temu-2024-09.json")
	keeper := h.editor("camille")
	keeper.mustDo(retracted, "retract", "Un essai de retrait.", nil)
	keeper.mustDo(merged, "merge", "La même attaque, pour l’essai.", url.Values{"into": {"cultura-2024-09"}})
	for _, f := range web.Formats {
		if f.Page || !f.Serves(web.IncidentSurface) {
			continue
		}
		d.read(http.StatusGone, "/incidents/"+retracted+"."+f.Name)
		if a := d.read(http.StatusMovedPermanently, "/incidents/"+merged+"."+f.Name); a.Header.Get("Location") != "/incidents/cultura-2024-09."+f.Name {
			t.Errorf("a merged case leads to %q", a.Header.Get("Location"))
		}
	}
	if a := d.read(http.StatusOK, "/incidents.json?updated_since=1"); !strings.Contains(a.body, `"tombstones":[{`) {
		t.Errorf("no tombstones: %s", a.body[:min(len(a.body), 300)])
	}
	d.read(http.StatusOK, "/timeline.json")
	d.read(http.StatusOK, "/corrections.json")
	for path, item := range d.doc.Paths.Map() {
		if item.Get != nil && len(d.seen["GET "+path]) == 0 {
			t.Errorf("GET %s was never asked", path)
		}
	}
}

func sorted(names []string) []string { return slices.Sorted(slices.Values(names)) }

var allowedNames = regexp.MustCompile(`On peut demander ici\x{00a0}: (.*)\.$`)

// allowedIn are the parameters that a refusal names.
func allowedIn(detail string) []string {
	m := allowedNames.FindStringSubmatch(detail)
	if m == nil {
		return nil
	}
	return sorted(strings.Split(m[1], ", "))
}

func TestAPageOfAnotherSiteMayReadAndNotWrite(t *testing.T) {
	v := loaded(t).visitor()
	ask := func(method, path string, headers ...string) answer {
		return v.do(v.request(method, path, nil, append(headers, "Origin", "https://journal.example")...))
	}
	asked := ask(http.MethodOptions, "/incidents/temu-2024-09.json", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
	if h := asked.Header; asked.StatusCode != http.StatusNoContent || h.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(h.Get("Access-Control-Allow-Headers"), "If-None-Match") || strings.Contains(h.Get("Access-Control-Allow-Methods"), "PUT") {
		t.Errorf("asked whether it may read: %s %v", asked.Status, h)
	}
	for path, status := range map[string]int{
		"/incidents.json": 200, "/openapi.json": 200, "/incidents.json?limit=0": 400, "/incidents/nobody.json": 404, "/incidents.json?sector=grocery&kind=ransomware": 301,
	} {
		if a := ask(http.MethodGet, path); a.StatusCode != status || a.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %s, open to %q", path, a.Status, a.Header.Get("Access-Control-Allow-Origin"))
		}
	}
	if a := ask(http.MethodOptions, web.CandidatesPath, "Access-Control-Request-Method", "POST"); a.StatusCode != http.StatusMethodNotAllowed || a.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("asked whether it may write: %s", a.Status)
	}
	if a := ask(http.MethodPost, web.CandidatesPath, "Sec-Fetch-Site", "cross-site", "Content-Type", "application/json"); a.StatusCode != http.StatusForbidden {
		t.Errorf("it writes: %s", a.Status)
	}
}

// The page and the document are made from one table: what one tells, the other
// tells too.
func TestThePageOfTheAPITellsEveryAddress(t *testing.T) {
	v := loaded(t).visitor()
	for _, lang := range vigie.Langs {
		page := text(v.see("/" + string(lang) + web.APIPath).body)
		for _, e := range web.Endpoints {
			if !e.Page() {
				mustHold(t, "the page in "+string(lang), page, plainly(e.Summary.In(lang)), e.Address())
			}
		}
	}
}
