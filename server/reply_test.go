package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/db"
)

const replyPath = "/en/incidents/temu-2024-09/reply"

// written is the form of a reply as a company fills it in.
func (v *visitor) written(text string) url.Values {
	v.t.Helper()
	form := formOf(v.t, v.see(replyPath+"?statement=s1").body, "email")
	form.Set("name", "Ana Li")
	form.Set("function", "Press office")
	form.Set("email", "press@temu.example")
	form.Set("text", text)
	return form
}

func TestACompanyWritesAndAnEditorAnswersIt(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	page := v.see(replyPath)
	mustHold(t, "the page", text(page.body), "Who may write", "Nothing is published by itself", "deleted 90 days after", "the whole case")
	if page.Header.Get("Set-Cookie") != "" || !strings.Contains(page.body, `content="noindex"`) {
		t.Error("the page sets a cookie or may be indexed")
	}
	for _, from := range []string{"/en/incidents/temu-2024-09", "/en/about"} {
		if !strings.Contains(v.see(from).body, "correction") {
			t.Errorf("%s does not say that a company may ask for a correction", from)
		}
	}
	if !strings.Contains(v.see("/en/incidents/temu-2024-09").body, `href="`+replyPath+`"`) {
		t.Error("the case does not lead to the reply")
	}

	before := v.see("/en/incidents/temu-2024-09.json").body
	edition, _, _ := h.store.Moment(t.Context())
	const words = "These data are not ours, zanzibar."
	form := v.written(words)
	if form.Get("statement") != "s1" || form.Get("kind") != vigie.ToPublish || form.Get("version") != "1" {
		t.Errorf("the form opens with %v", form)
	}
	form.Set("url", "https://temu.example/press")
	sent := v.post(replyPath, form)
	if sent.StatusCode != http.StatusSeeOther || sent.Header.Get("Set-Cookie") != "" {
		t.Fatalf("sent: %s\n%s", sent.Status, text(sent.body))
	}
	thanks := v.see(sent.Header.Get("Location"))
	reference := regexp.MustCompile(`[A-Z2-7]{10}`).FindString(sent.Header.Get("Location"))
	mustHold(t, "the thanks", text(thanks.body), "Message received", reference)
	if thanks.Header.Get("Cache-Control") != "no-store" || strings.Contains(thanks.body, "press@temu.example") {
		t.Error("the thanks are kept, or say who wrote")
	}
	if again := v.post(replyPath, form); again.Header.Get("Location") != sent.Header.Get("Location") {
		t.Errorf("sent twice: %s", again.Header.Get("Location"))
	}

	// Nothing of it is public.
	if now, _, _ := h.store.Moment(t.Context()); now != edition || v.see("/en/incidents/temu-2024-09.json").body != before {
		t.Error("a letter changed the record")
	}
	for _, path := range []string{"/en/incidents/temu-2024-09", "/en/timeline", "/timeline.rss", "/en/incidents?q=zanzibar", replyPath, replyPath + "?sent=" + reference, "/en/embed/incidents/temu-2024-09"} {
		if body := v.see(path).body; strings.Contains(strings.ReplaceAll(body, "q=zanzibar", ""), "zanzibar.") || strings.Contains(body, "Ana Li") || strings.Contains(body, "press@temu.example") {
			t.Errorf("%s tells of the letter", path)
		}
	}
	if a := v.get("/en/desk/replies"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the letters, to a stranger: %s", a.Status)
	}

	// The desk.
	ada := h.editor("ada")
	list := ada.see("/en/desk/replies")
	mustHold(t, "the desk", text(list.body), words, "Ana Li, Press office", "press@temu.example", reference, "reply to publish")
	mustHold(t, "the front of the desk", text(ada.see("/en/desk").body), "1 letter")
	edit := ada.see("/en/desk/incidents/temu-2024-09?reply=" + reference)
	proposed := formOf(t, edit.body, "note")
	row := ""
	for name, values := range proposed {
		if strings.HasSuffix(name, ".text.en") && values[0] == words {
			row = strings.TrimSuffix(name, ".text.en")
		}
	}
	if row == "" || proposed.Get(row+".by.role") != string(vigie.Respondent) || proposed.Get(row+".answers") != "s1" {
		t.Errorf("the form of the case has no such statement of the company: %q", row)
	}
	settle := func(action string) answer {
		return ada.post("/en/desk/replies", url.Values{"action": {action}, "id": {reference}, "note": {"published as s9"}})
	}
	if a := settle("settle"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("settled: %s", a.Status)
	}
	mustHold(t, "settled", text(ada.see("/en/desk/replies").body), "No request is waiting", "Settled by ada", "published as s9")
	if a := settle("reopen"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("reopened: %s", a.Status)
	}
	if list, err := h.store.OpenReplies(t.Context()); err != nil || len(list) != 1 || list[0].Note != "published as s9" {
		t.Errorf("after it was reopened: %+v %v", list, err)
	}
	for _, action := range []string{"reopen", "nonsense"} {
		if a := settle(action); a.StatusCode == http.StatusSeeOther {
			t.Errorf("%s of what waits: %s", action, a.Status)
		}
	}
}

func TestARefusedLetterComesBackAsItWasTyped(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	const typed = "<b>Not</b> ours.\n\nLine two"
	for name, change := range map[string]func(url.Values){
		"Your e-mail address":    func(f url.Values) { f.Set("email", "nobody") },
		"The message":            func(f url.Values) { f.Set("text", typed+strings.Repeat("é", vigie.ReplyMost)) },
		"What you ask for":       func(f url.Values) { f.Del("kind") },
		"About":                  func(f url.Values) { f.Set("statement", "s99") },
		"Leave this field empty": func(f url.Values) { f.Set("website", "https://spam.example") },
	} {
		form := v.written(typed)
		change(form)
		a := v.post(replyPath, form)
		if a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %s", name, a.Status)
			continue
		}
		mustHold(t, name, text(a.body), "Nothing is sent yet", name)
		back := formOf(t, a.body, "email")
		for _, field := range []string{"name", "function", "email", "text", "version"} {
			if got := strings.ReplaceAll(back.Get(field), "\r\n", "\n"); got != form.Get(field) {
				t.Errorf("%s: %s comes back as %q", name, field, got)
			}
		}
		if strings.Contains(a.body, "<b>Not") || strings.Contains(a.body, "spam.example") {
			t.Errorf("%s: what was typed is markup, or the trap comes back full", name)
		}
	}
	if n := len(waiting(h)); n != 0 {
		t.Errorf("%d refused letters wait", n)
	}
	form := v.written(typed)
	r := v.request(http.MethodPost, replyPath, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site")
	if a := v.do(r); a.StatusCode != http.StatusForbidden || len(waiting(h)) != 0 {
		t.Errorf("from another site: %s", a.Status)
	}
	for path, status := range map[string]int{replyPath + "?sent=x": 404, replyPath + "?x=1": 400, "/en/incidents/nothing/reply": 404, replyPath + ".json": 404, "/incidents/temu-2024-09/reply": 302} {
		if a := v.get(path); a.StatusCode != status {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func waiting(h *house) []db.Reply {
	h.t.Helper()
	list, err := h.store.OpenReplies(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func TestLettersOfOneNetworkAreBoundedAndLoseNothing(t *testing.T) {
	h := loaded(t)
	now := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	h.server.now = func() time.Time { return now }
	v := h.visitor()
	for i := range lettersFirst {
		if a := v.post(replyPath, v.written(fmt.Sprint("letter ", i))); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("letter %d: %s", i, a.Status)
		}
	}
	a := v.post(replyPath, v.written("one more"))
	if a.StatusCode != http.StatusTooManyRequests || a.Header.Get("Retry-After") == "" {
		t.Errorf("one too many: %s", a.Status)
	}
	mustHold(t, "the answer", text(a.body), "Try again in 11 minutes", "one more")
	bad := v.written("x")
	bad.Set("email", "")
	if a := v.post(replyPath, bad); a.StatusCode != http.StatusUnprocessableEntity { // told first, and not counted
		t.Errorf("a faulty one: %s", a.Status)
	}
	now = now.Add(lettersEvery)
	if a := v.post(replyPath, v.written("one more")); a.StatusCode != http.StatusSeeOther {
		t.Errorf("later: %s", a.Status)
	}
	for address, network := range map[string]string{"192.0.2.77": "192.0.2.0/24", "::ffff:192.0.2.77": "192.0.2.0/24", "2001:db8:1:2::3": "2001:db8:1::/48", "x": "x"} {
		if got := networkOf(address); got != network {
			t.Errorf("%s is of %s", address, got)
		}
	}
}

func TestWhenTooManyLettersWaitTheNextIsToldSo(t *testing.T) {
	h := loaded(t)
	for i := range db.RepliesMost {
		if _, err := h.store.AddReply(t.Context(), vigie.Reply{ID: fmt.Sprint("r", i), Incident: "temu-2024-09", Text: fmt.Sprint(i), At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}); err != nil {
			t.Fatal(err)
		}
	}
	v := h.visitor()
	a := v.post(replyPath, v.written("the words of the company"))
	if a.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a letter too many: %s", a.Status)
	}
	mustHold(t, "the answer", text(a.body), "too many messages wait", "the words of the company")
}

func TestALetterAboutACaseThatWentMeanwhileIsNotLost(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	form := v.written("These data are not ours.")
	form.Del("statement")
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.State, in.Reason = vigie.Retracted, "A list without a source." })
	if a := v.post(replyPath, form); a.StatusCode != http.StatusSeeOther {
		t.Errorf("about a withdrawn case: %s", a.Status)
	}
	if list := waiting(h); len(list) != 1 || list[0].Incident != "temu-2024-09" {
		t.Errorf("what waits: %+v", list)
	}
	if a := v.get(replyPath); a.StatusCode != http.StatusGone {
		t.Errorf("its page: %s", a.Status)
	}
}

func TestBehindAProxyOfOursEachCompanyHasItsOwnLimit(t *testing.T) {
	h := loaded(t)
	from := func(v *visitor, address, text string) int {
		r := v.request(http.MethodPost, replyPath, strings.NewReader(v.written(text).Encode()),
			"Content-Type", "application/x-www-form-urlencoded", "Origin", v.base, "X-Forwarded-For", address)
		return v.do(r).StatusCode
	}
	v := h.visitor()
	for i := range lettersFirst { // a stranger's header makes nobody another
		if got := from(v, fmt.Sprintf("203.0.%d.1", i), fmt.Sprint("letter ", i)); got != http.StatusSeeOther {
			t.Fatalf("letter %d: %d", i, got)
		}
	}
	if got := from(v, "198.51.100.1", "one more"); got != http.StatusTooManyRequests {
		t.Errorf("one too many of somebody who names another address: %d", got)
	}
	var err error
	if h.server.proxies, err = networks([]string{"127.0.0.1", "::1"}); err != nil {
		t.Fatal(err)
	}
	if got := from(v, "198.51.100.1", "one more"); got != http.StatusSeeOther {
		t.Errorf("of somebody else behind our proxy: %d", got)
	}
	for i := 2; i <= lettersFirst; i++ { // a subscriber has a whole network
		if got := from(v, fmt.Sprintf("198.51.100.%d", i), fmt.Sprint("another ", i)); got != http.StatusSeeOther {
			t.Fatalf("letter %d of a network: %d", i, got)
		}
	}
	if got := from(v, "198.51.100.99", "too many"); got != http.StatusTooManyRequests {
		t.Errorf("one too many of a network: %d", got)
	}
}
