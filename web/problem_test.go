package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"vigie"
)

func TestAProblemIsToldToMachinesAndNeverKept(t *testing.T) {
	p := NewProblem("https://vigie.example/", http.StatusBadRequest, vigie.English, "Unknown parameter: colour.", "/incidents.json")
	p.Errors = []ProblemError{{In: "query", Name: "colour", Code: "unknown_parameter", Detail: "Allowed: company, kind."}}
	w := httptest.NewRecorder()
	w.Header().Set("ETag", `"x"`)
	w.Header().Set("Last-Modified", "x")
	if err := p.Write(w); err != nil {
		t.Fatal(err)
	}
	if w.Code != 400 || w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag")+w.Header().Get("Last-Modified") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	want := `{"type":"https://vigie.example/problems/bad-query","title":"Request not understood","status":400,"detail":"Unknown parameter: colour.","instance":"/incidents.json","errors":[{"in":"query","name":"colour","code":"unknown_parameter","detail":"Allowed: company, kind."}]}` + "\n"
	if w.Body.String() != want {
		t.Errorf("%s", w.Body)
	}
}

func TestEveryKindOfProblemHasOneStatusAndBothLanguages(t *testing.T) {
	slugs, statuses := map[string]bool{}, map[int]bool{}
	for _, k := range ProblemKinds {
		if slugs[k.Slug] || statuses[k.Status] || k.Title.FR == "" || k.Title.EN == "" || k.Status < 400 {
			t.Errorf("%+v", k)
		}
		slugs[k.Slug], statuses[k.Status] = true, true
		p := NewProblem("https://vigie.example", k.Status, vigie.French, "", "")
		if p.Status != k.Status || p.Title != k.Title.FR || p.Type != "https://vigie.example/problems/"+k.Slug {
			t.Errorf("%+v", p)
		}
		body, err := json.Marshal(p)
		if err != nil || len(body) == 0 {
			t.Error(err)
		}
	}
	if p := NewProblem("", 418, vigie.English, "", ""); p.Status != http.StatusInternalServerError || p.Type != "/problems/internal" {
		t.Errorf("a status of no kind: %+v", p)
	}
}
