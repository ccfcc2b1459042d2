package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// robot is a program of an editor, judged by the description of the API.
type robot struct {
	*described
	token string
}

func (h *house) robot(t *testing.T, editor string) *robot {
	t.Helper()
	if _, err := addEditor(t.Context(), h.store, editor, false); err != nil {
		t.Fatal(err)
	}
	p := &robot{describedHouse(t, h), "vigie_" + strings.Repeat("secret", 4)}
	if err := h.store.AddToken(t.Context(), db.Token{Hash: tokenHash(p.token), Editor: editor}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *robot) send(want int, method, path, body string, headers ...string) answer {
	p.t.Helper()
	r := p.request(method, path, strings.NewReader(body), append([]string{"Content-Type", "application/json", "Authorization", "Bearer " + p.token, "Accept-Language", "en"}, headers...)...)
	return p.ask(want, r)
}

func (p *robot) put(want int, id, note, body string, headers ...string) answer {
	p.t.Helper()
	return p.send(want, http.MethodPut, "/en/incidents/"+id+"?note="+url.QueryEscape(note), body, headers...)
}

// recordOf is a case as GET gives it, and its tag.
func (p *robot) recordOf(id string) (in vigie.Incident, tag string) {
	p.t.Helper()
	a := p.read(http.StatusOK, "/incidents/"+id+".json")
	if err := json.Unmarshal([]byte(a.body), &in); err != nil {
		p.t.Fatal(err)
	}
	return in, a.Header.Get("ETag")
}

func encoded(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func refusals(t testing.TB, a answer) map[string]string {
	t.Helper()
	var p web.ProblemDetails
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		t.Fatal(err)
	}
	named := map[string]string{}
	for _, e := range p.Errors {
		named[e.In+" "+e.Name] = e.Code + ": " + e.Detail
	}
	return named
}

func TestOnlyAnEditorsTokenWrites(t *testing.T) {
	h := loaded(t)
	p := h.robot(t, "camille")
	for _, path := range []string{web.CandidatesPath, "/incidents/temu-2024-09"} {
		method := map[bool]string{true: http.MethodPost, false: http.MethodPut}[path == web.CandidatesPath]
		for _, shown := range []string{"", "Bearer ", "Bearer vigie_wrong", "Basic " + p.token, p.token} {
			if a := p.send(http.StatusUnauthorized, method, path, "{}", "Authorization", shown); !strings.HasPrefix(a.Header.Get("WWW-Authenticate"), "Bearer") {
				t.Errorf("%s with %q: %v", path, shown, a.Header)
			}
		}
	}
	if a := p.send(http.StatusBadRequest, http.MethodPost, web.CandidatesPath, "[", "Authorization", "bearer "+p.token); strings.Contains(a.body, "secret") {
		t.Error("the token is told")
	}
	if err := h.store.EndToken(t.Context(), "camille", tokenHash(p.token)); err != nil {
		t.Fatal(err)
	}
	p.send(http.StatusUnauthorized, http.MethodPost, web.CandidatesPath, "{}")
}

func TestWritesAndWrongTokensAreBounded(t *testing.T) {
	p := loaded(t).robot(t, "camille")
	letIn := func(token string) (n int) { // until it is told to wait
		for n = range 3 * writesAtFirst { // while these go, some more come free
			r := p.request(http.MethodPost, web.CandidatesPath, strings.NewReader("{}"), "Content-Type", "application/json", "Authorization", "Bearer "+token)
			a := p.do(r)
			if a.StatusCode == http.StatusTooManyRequests {
				if seconds, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || seconds < 1 {
					t.Errorf("Retry-After %q", a.Header.Get("Retry-After"))
				}
				return n
			}
		}
		t.Errorf("%d requests were let in", n+1)
		return n
	}
	if n := letIn("vigie_wrong"); n < strangersFirst {
		t.Errorf("%d wrong tokens were let in", n)
	}
	if n := letIn(p.token); n < writesAtFirst { // from an address that others misused, too
		t.Errorf("%d writes were let in", n)
	}
}

func TestAGateLetsInWhoWaited(t *testing.T) {
	g, now := newGate(), time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	for n := range 3 {
		if wait := g.wait("camille", 2, 3, now); wait != 0 {
			t.Errorf("request %d waits %s", n, wait)
		}
	}
	if wait := g.wait("camille", 2, 3, now); wait != 500*time.Millisecond {
		t.Errorf("the fourth waits %s", wait)
	}
	if wait := g.wait("dominique", 2, 3, now); wait != 0 {
		t.Errorf("somebody else waits %s", wait)
	}
	if wait := g.wait("camille", 2, 3, now.Add(500*time.Millisecond)); wait != 0 {
		t.Errorf("after the wait, %s more", wait)
	}
	for n := range 2 * namesWatched {
		g.wait(strconv.Itoa(n), 2, 3, now)
	}
	if len(g.by) > namesWatched {
		t.Errorf("%d are remembered", len(g.by))
	}
}

const aPiece = `{"url": "https://journal.example/castorama?utm_source=x", "title": "Castorama victime d’une cyberattaque",
 "text": "L’enseigne de bricolage Castorama a confirmé lundi avoir été victime d’une cyberattaque. Les noms et adresses e-mail de 120 000 clients ont été dérobés.",
 "lang": "fr", "publisher": "Le Journal", "published": "2026-03-09"}`

func TestAPieceOfNewsIsReadAsAnImportAndWaitsAtTheDesk(t *testing.T) {
	h := loaded(t)
	p := h.robot(t, "camille")
	bring := func(want int, body string) (r web.Receipt) {
		t.Helper()
		a := p.send(want, http.MethodPost, web.CandidatesPath, body)
		if err := json.Unmarshal([]byte(a.body), &r); err != nil {
			t.Fatal(err)
		}
		if (a.Header.Get("Location") != "") != (want == http.StatusCreated) {
			t.Errorf("Location %q", a.Header.Get("Location"))
		}
		return r
	}
	first := bring(http.StatusCreated, aPiece)
	kept, err := h.store.Candidate(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	if kept.Key != "https://journal.example/castorama" || kept.Source.Publisher != "Le Journal" || kept.Source.Published != "2026-03-09" || len(kept.Reading.Affected) != 1 || kept.Reading.Affected[0].Value != 120_000 {
		t.Errorf("kept %+v", kept)
	}
	if again := bring(http.StatusOK, aPiece); again.Outcome != db.Duplicate || again.ID != first.ID {
		t.Errorf("brought twice: %+v", again)
	}
	if changed := bring(http.StatusCreated, strings.Replace(aPiece, "120 000", "140 000", 1)); changed.Outcome != db.Changed || changed.ID != first.ID {
		t.Errorf("with another text: %+v", changed)
	}
	if other := bring(http.StatusOK, strings.Replace(aPiece, "castorama?", "autre?", 1)); other.Outcome != db.Duplicate {
		t.Errorf("the same text from another address: %+v", other)
	}
	tale := `{"title": "La tarte", "text": "La tarte aux pommes se fait avec des pommes."}`
	if r := bring(http.StatusOK, tale); r.Outcome != "filtered" || r.ID != "" {
		t.Errorf("of no attack: %+v", r)
	}
	all := p.send(http.StatusCreated, http.MethodPost, web.CandidatesPath+"?all=1", tale)
	mustHold(t, "all=1", all.body, `"outcome":"new"`)
	runs, err := h.store.Runs(t.Context(), 100)
	if err != nil || len(runs) != 6 || runs[0].Origin != "api by camille" || !runs[0].Completed {
		t.Errorf("%d runs, %+v: %v", len(runs), runs[0], err)
	}
}

func TestWhatAProgramSendsIsReadStrictlyAndWhole(t *testing.T) {
	h := loaded(t)
	p := h.robot(t, "camille")
	for name, x := range map[string]struct {
		body   string
		status int
		wants  map[string]string // what is refused, and a part of why
	}{
		"an unknown key":        {"{\"title\": \"a\",\n\"text\": \"b\",\n\"txet\": 1}", 400, map[string]string{"body txet": "unknown_key: line 3"}},
		"two at once":           {"{\"titel\": \"a\",\n\"txet\": 1}", 400, map[string]string{"body titel": "line 1", "body txet": "line 2"}},
		"another capital":       {`{"Title": "a", "text": "b"}`, 400, map[string]string{"body Title": "unknown_key"}},
		"a key given twice":     {`{"title": "a", "title": "b", "text": "c"}`, 400, map[string]string{"body title": "repeated"}},
		"null":                  {`{"title": "a", "text": "b", "url": null}`, 400, map[string]string{"body url": "null"}},
		"a list":                {`[]`, 400, map[string]string{"body ": "malformed: line 1"}},
		"a number for a string": {"{\"title\":\n 3, \"text\": \"b\"}", 400, map[string]string{"body title": "malformed: line 2"}},
		"half of it":            {"{\"title\": \"a\",\n", 400, map[string]string{"body ": "malformed: line 2"}},
		"two of it":             {`{"title": "a", "text": "b"} {}`, 400, map[string]string{"body ": "something follows"}},
		"not UTF-8":             {"{\"title\": \"\xff\"}", 400, map[string]string{"body ": "UTF-8"}},
		"nothing":               {``, 400, map[string]string{"body ": "malformed"}},
		"what is wrong in it": {`{"title": " ", "text": "b", "url": "javascript:x", "lang": "not a language", "published": "hier"}`, 422,
			map[string]string{"body title": "missing", "body url": "malformed", "body lang": "malformed", "body published": "malformed"}},
	} {
		t.Run(name, func(t *testing.T) {
			told := refusals(t, p.send(x.status, http.MethodPost, "/en"+web.CandidatesPath, x.body))
			if len(told) != len(x.wants) {
				t.Errorf("told %v", told)
			}
			for what, why := range x.wants {
				if !strings.Contains(told[what], why) {
					t.Errorf("%q: told %v", what, told)
				}
			}
		})
	}
	if told := refusals(t, p.send(http.StatusBadRequest, http.MethodPut, "/en/incidents/temu-2024-09?note=x&company_name="+strings.Repeat("a", longestCompanyName+1), `{}`, "If-None-Match", "*")); !strings.Contains(told["query company_name"], "too_long") {
		t.Errorf("a name that is too long: %v", told)
	}
	p.send(http.StatusUnsupportedMediaType, http.MethodPost, web.CandidatesPath, aPiece, "Content-Type", "text/plain")
	p.send(http.StatusUnsupportedMediaType, http.MethodPost, web.CandidatesPath, aPiece, "Content-Encoding", "gzip")
	if a := p.send(http.StatusRequestEntityTooLarge, http.MethodPost, web.CandidatesPath, `{"text": "`+strings.Repeat("a", maxBody)+`"}`); !strings.Contains(a.body, strconv.Itoa(maxBody)) {
		t.Errorf("how much is too much is not said: %s", a.body)
	}
	if queue, err := h.store.Queue(t.Context(), db.Filter{Status: "any"}); err != nil || len(queue) != 0 {
		t.Errorf("%d candidates were kept: %v", len(queue), err)
	}
}

func TestACaseIsSavedByAProgramUnderTheRulesOfTheDesk(t *testing.T) {
	h := loaded(t)
	p := h.robot(t, "camille")
	in, tag := p.recordOf("temu-2024-09")
	for _, address := range []string{"/en/incidents/temu-2024-09.json", "/fr/incidents/temu-2024-09.json"} {
		if other := p.read(http.StatusOK, address).Header.Get("ETag"); other != tag {
			t.Errorf("%s has the tag %s, and the case %s", address, other, tag)
		}
	}
	p.put(http.StatusPreconditionRequired, in.ID, "A trial.", encoded(t, in))
	p.put(http.StatusPreconditionRequired, in.ID, "A trial.", encoded(t, in), "If-Match", "*")
	if told := refusals(t, p.put(http.StatusBadRequest, in.ID, " ", encoded(t, in), "If-Match", tag)); !strings.HasPrefix(told["query note"], "missing") {
		t.Errorf("without a note: %v", told)
	}
	if told := refusals(t, p.put(http.StatusUnprocessableEntity, in.ID, strings.Repeat("x", 301), strings.Replace(encoded(t, in), `"kind":"data_breach"`, `"kind":"robbery"`, 1), "If-Match", tag)); !strings.HasPrefix(told["query note"], "too_long") || !strings.HasPrefix(told["body kind"], "unknown_code") {
		t.Errorf("all that is wrong is told at once: %v", told)
	}
	wrong := in
	wrong.Statements = append([]vigie.Statement{}, in.Statements...)
	wrong.Statements[0].On, wrong.ID = "2999", "boulanger-2024-09"
	if told := refusals(t, p.put(http.StatusUnprocessableEntity, in.ID, "A trial.", encoded(t, wrong), "If-Match", tag)); !strings.HasPrefix(told["body id"], "not_here") || told["body statements.0.on"] == "" {
		t.Errorf("a wrong id and a date to come: %v", told)
	}
	for _, state := range []vigie.State{vigie.Draft, vigie.Merged, vigie.Retracted} {
		moved := in
		moved.State = state
		if state != vigie.Draft {
			moved.Reason = "A trial."
		}
		if told := refusals(t, p.put(http.StatusUnprocessableEntity, in.ID, "A trial.", encoded(t, moved), "If-Match", tag)); told["body state"] == "" {
			t.Errorf("to %s: %v", state, told)
		}
	}
	if now := h.draft(in.ID); now.Derived.Version != 1 {
		t.Fatalf("version %d after nothing was saved", now.Derived.Version)
	}
	edition, _ := h.store.Edition(t.Context())
	in.Checked = "2026-03-09"
	// A row without an id is given one; what is computed may be sent back.
	with := strings.Replace(encoded(t, in), `{"id":"temu-2024-09"`, `{"derived":{"version":7,"headline":null},"id":"temu-2024-09"`, 1)
	saved := p.put(http.StatusOK, in.ID, "Checked again.", with, "If-Match", "W/"+tag) // as it was told compressed
	after, now := p.recordOf(in.ID)
	if now == tag || saved.Header.Get("ETag") != now || after.Checked != in.Checked || saved.body != p.read(http.StatusOK, "/incidents/temu-2024-09.json").body {
		t.Errorf("saved with the tag %s, and GET has %s; checked %s", saved.Header.Get("ETag"), now, after.Checked)
	}
	if made, _ := h.store.Edition(t.Context()); made != edition+1 {
		t.Errorf("edition %d after %d", made, edition)
	}
	history, err := h.store.History(t.Context(), vigie.IncidentRecord, in.ID)
	if last := history[len(history)-1]; err != nil || len(history) != 2 || last.Author != "camille" || last.Note != "Checked again." {
		t.Errorf("%d versions, the last %+v: %v", len(history), last, err)
	}
	// The same request again is answered and saves nothing; another from the old version is refused.
	p.put(http.StatusOK, in.ID, "Checked again.", encoded(t, in), "If-Match", tag)
	in.Checked = "2026-03-08"
	var problem web.ProblemDetails
	stale := p.put(http.StatusPreconditionFailed, in.ID, "Checked before.", encoded(t, in), "If-Match", tag)
	if err := json.Unmarshal([]byte(stale.body), &problem); err != nil || problem.Version != 2 {
		t.Errorf("stale: %s", stale.body)
	}
	if n := h.draft(in.ID).Derived.Version; n != 2 {
		t.Errorf("version %d", n)
	}
	h.editor("dominique").mustDo(in.ID, "retract", "Un essai de retrait.", nil)
	mustHold(t, "a case that was withdrawn", p.put(http.StatusGone, in.ID, "Checked before.", encoded(t, in), "If-Match", now).body, "Un essai de retrait.")
	h.sound()
}

func TestTheTagOfACaseChangesWithItAlone(t *testing.T) {
	h := loaded(t)
	p := h.robot(t, "camille")
	_, temu := p.recordOf("temu-2024-09")
	list := p.read(http.StatusOK, "/incidents.json").Header.Get("ETag")
	in, tag := p.recordOf("cultura-2024-09")
	in.Checked = "2026-03-09"
	p.put(http.StatusOK, in.ID, "Checked again.", encoded(t, in), "If-Match", tag)
	if _, now := p.recordOf("temu-2024-09"); now != temu {
		t.Error("another case was saved, and the tag of this one changed")
	}
	if p.read(http.StatusOK, "/incidents.json").Header.Get("ETag") == list {
		t.Error("the list changed, and its tag did not")
	}
	p.read(http.StatusNotModified, "/incidents/temu-2024-09.json", "If-None-Match", temu)
	p.read(http.StatusOK, "/incidents/cultura-2024-09.json", "If-None-Match", tag)
}

func TestACaseIsMadeByAProgramOnce(t *testing.T) {
	h := loaded(t)
	p := h.robot(t, "camille")
	body := `{"state": "draft", "company": "outilor", "kind": "data_breach",
 "statements": [{"by": {"role": "company", "company": "outilor"}, "acts": ["confirms"], "on": "2026-03-02", "text": {"fr": "Outilor confirme.", "en": "Outilor confirms."}, "sources": ["r1"]}],
 "sources": [{"id": "r1", "url": "https://journal.example/outilor", "publisher": "Le Journal", "title": "Outilor", "published": "2026-03-02", "lang": "fr", "kind": "article", "seen": "full"}]}`
	if told := refusals(t, p.put(http.StatusUnprocessableEntity, "outilor-2026-03", "A new case.", body, "If-None-Match", "*")); !strings.HasPrefix(told["body company"], "unknown") {
		t.Errorf("of an unknown company: %v", told)
	}
	make := func(want int, id string) answer {
		t.Helper()
		return p.send(want, http.MethodPut, "/en/incidents/"+id+"?company_name=Outilor&note=A+new+case.", body, "If-None-Match", "*")
	}
	if told := refusals(t, make(http.StatusUnprocessableEntity, "outilor-2026-02")); !strings.Contains(told["body id"], "outilor-2026-03") {
		t.Errorf("under another id: %v", told)
	}
	made := make(http.StatusCreated, "outilor-2026-03")
	if made.Header.Get("Location") != h.base+"/en/desk/incidents/outilor-2026-03" || made.Header.Get("Content-Location") != "" || made.Header.Get("ETag") == "" || strings.Contains(made.body, "0001-01-01") {
		t.Errorf("%v\n%s", made.Header, made.body)
	}
	make(http.StatusConflict, "outilor-2026-03")
	p.read(http.StatusNotFound, "/incidents/outilor-2026-03.json") // a draft is not the public's
	var in vigie.Incident
	if err := json.Unmarshal([]byte(made.body), &struct {
		*vigie.Incident
		Derived any `json:"derived"`
	}{Incident: &in}); err != nil {
		t.Fatal(err)
	}
	if in.Statements[0].ID != "s1" {
		t.Errorf("the first statement is %q", in.Statements[0].ID)
	}
	in.State = vigie.Published
	p.put(http.StatusOK, in.ID, "Published.", encoded(t, in), "If-Match", made.Header.Get("ETag"))
	p.read(http.StatusOK, "/incidents/outilor-2026-03.json")
	p.put(http.StatusNotFound, "nobody-2026-03", "A trial.", body, "If-Match", `"x"`)
	h.sound()
}

func TestOfManyProgramsThatSaveAtOnceOneIsFirst(t *testing.T) {
	h := loaded(t)
	p := h.robot(t, "camille")
	in, tag := p.recordOf("temu-2024-09")
	var all sync.WaitGroup
	statuses := make(chan int, 8)
	for n := range cap(statuses) {
		in.Checked = vigie.Date(fmt.Sprintf("2026-03-0%d", n+1))
		body := encoded(t, in)
		all.Go(func() {
			r, err := http.NewRequestWithContext(context.Background(), http.MethodPut, h.base+"/incidents/temu-2024-09?note=Checked", strings.NewReader(body))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header = http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + p.token}, "If-Match": {tag}}
			a, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			a.Body.Close()
			statuses <- a.StatusCode
		})
	}
	all.Wait()
	close(statuses)
	told := map[int]int{}
	for status := range statuses {
		told[status]++
	}
	if told[http.StatusOK] != 1 || told[http.StatusPreconditionFailed] != 7 || h.draft("temu-2024-09").Derived.Version != 2 {
		t.Errorf("%v, version %d", told, h.draft("temu-2024-09").Derived.Version)
	}
}

func TestATokenIsPrintedOnceAndRevoked(t *testing.T) {
	h := loaded(t)
	if _, err := addEditor(t.Context(), h.store, "camille", false); err != nil {
		t.Fatal(err)
	}
	vigieDoes := func(want int, args ...string) string {
		t.Helper()
		var out, errs strings.Builder
		if code := run(t.Context(), append(args, "--db", h.file), strings.NewReader(""), &out, &errs); code != want {
			t.Fatalf("%v: %d\n%s", args, code, errs.String())
		}
		return out.String()
	}
	vigieDoes(exitFailed, "editor", "token", "personne")
	line := vigieDoes(exitDone, "editor", "token", "camille", "--note", "lecteur de flux")
	_, token, _ := strings.Cut(strings.TrimSpace(line), "token ")
	if !strings.HasPrefix(token, tokenPrefix) || len(token) != len(tokenPrefix)+26 {
		t.Fatalf("%q", line)
	}
	listed := vigieDoes(exitDone, "editor", "tokens")
	if strings.Contains(listed, token) || !strings.Contains(listed, "lecteur de flux") {
		t.Errorf("listed %q", listed)
	}
	p := &robot{describedHouse(t, h), token}
	p.send(http.StatusCreated, http.MethodPost, web.CandidatesPath, aPiece)
	vigieDoes(exitFailed, "editor", "revoke", "000000000000")
	vigieDoes(exitDone, "editor", "revoke", strings.Fields(listed)[0])
	p.send(http.StatusUnauthorized, http.MethodPost, web.CandidatesPath, aPiece)
	if rest := vigieDoes(exitDone, "editor", "tokens", "camille"); rest != "" {
		t.Errorf("still %q", rest)
	}
}

func TestTheExamplesOfTheAPIAreTaken(t *testing.T) {
	p := loaded(t).robot(t, "camille")
	for _, e := range web.Endpoints {
		if !e.Writes() {
			continue
		}
		address, body := e.Address(), encoded(t, e.Example)
		if in, ok := e.Example.(vigie.Incident); ok {
			address = strings.Replace(address, "{id}", in.ID, 1) + "?company_name=Outilor&note=A+new+case."
		}
		p.send(http.StatusCreated, e.Method, address, body, "If-None-Match", "*")
	}
}
