package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"vigie/db"
	"vigie/web"
)

const peopleAt = "/fr" + web.PeoplePath

// asks does an act of the page of people.
func (v *visitor) asks(act string, more ...string) answer {
	v.t.Helper()
	form := url.Values{"do": {act}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return v.post(peopleAt, form)
}

var secretShown = regexp.MustCompile(`<code id="secret">([^<]+)</code>`)

func secretOf(t *testing.T, a answer) string {
	t.Helper()
	found := secretShown.FindStringSubmatch(a.body)
	if a.StatusCode != http.StatusOK || found == nil {
		t.Fatalf("no secret is shown: %s\n%s", a.Status, text(a.body))
	}
	return found[1]
}

// enters tries to sign in, in a browser of one's own.
func (h *house) enters(name, password string) (*visitor, int) {
	v := h.visitor()
	return v, v.post("/fr/desk/sign-in", url.Values{"name": {name}, "password": {password}}).StatusCode
}

func TestAdminsLookAfterPeopleAndEditorsDoNot(t *testing.T) {
	h := newHouse(t, "")
	alix, camille := h.admin("alix"), h.editor("camille")
	mustHold(t, "the page of an editor", shown(camille.see(peopleAt).body), "alix", "camille vous", "Ajouter ou retirer quelqu’un revient aux administrateurs.")
	for act := range peopleDeeds {
		if !peopleDeeds[act].admin {
			continue
		}
		if a := camille.asks(act, "name", "alix", "role", "editor", "sure", "1"); a.StatusCode != http.StatusForbidden {
			t.Errorf("%s by an editor: %s", act, a.Status)
		}
		if strings.Contains(camille.see(peopleAt).body, `value="`+act+`"`) {
			t.Errorf("%s is offered to an editor", act)
		}
	}
	if a := h.visitor().asks("add", "name", "eve"); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("a stranger adds an editor: %s", a.Status)
	}

	// Somebody is let in, by a password that is shown once and stands in no address.
	added := alix.asks("add", "name", "dominique", "role", "editor")
	password := secretOf(t, added)
	if added.Header.Get("Cache-Control") != "no-store" || strings.Contains(alix.see(peopleAt).body, password) {
		t.Error("the password is kept or shown twice")
	}
	if a := alix.asks("add", "name", "dominique"); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Ce nom est pris") {
		t.Errorf("the same name twice: %s", a.Status)
	}
	if a := alix.asks("add", "name", "a b/c"); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("no name: %s", a.Status)
	}
	dominique, status := h.enters("dominique", password)
	if status != http.StatusSeeOther {
		t.Fatalf("with the password that was shown: %d", status)
	}

	// Nobody removes or lowers oneself, and removing is asked twice.
	for _, act := range []string{"remove", "role", "newpassword"} {
		if a := alix.asks(act, "name", "alix", "role", "editor", "sure", "1"); a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s oneself: %s", act, a.Status)
		}
	}
	mustHold(t, "the question", shown(alix.asks("remove", "name", "dominique").body), "Retirer dominique ?")
	if dominique.get("/fr/desk").StatusCode != http.StatusOK {
		t.Fatal("removed before it was confirmed")
	}
	a := alix.asks("remove", "name", "dominique", "sure", "1")
	if a.StatusCode != http.StatusSeeOther || dominique.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Fatalf("removed: %s, and the desk is still open", a.Status)
	}
	after := alix.see(a.Header.Get("Location")).body
	mustHold(t, "after it", shown(after), "dominique ne peut plus se connecter.", "1 personne retirée", "par alix")
	if a := alix.asks("add", "name", "dominique"); !strings.Contains(a.body, "personne retirée") {
		t.Error("the name of one who was removed is offered again")
	}
	if a := alix.asks("back", "name", "dominique"); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("taken back: %s", a.Status)
	}
	if dominique, status = h.enters("dominique", password); status != http.StatusSeeOther {
		t.Errorf("taken back, the password opens no more: %d", status)
	}

	// A new password ends what is open; a role is given and undone.
	mustHold(t, "the question", shown(alix.asks("newpassword", "name", "dominique").body), "Donner un nouveau mot de passe à dominique ?")
	fresh := secretOf(t, alix.asks("newpassword", "name", "dominique", "sure", "1"))
	if dominique.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Error("the sessions outlive a new password")
	}
	if _, status := h.enters("dominique", password); status != http.StatusUnauthorized {
		t.Errorf("the old password: %d", status)
	}
	dominique, _ = h.enters("dominique", fresh)
	a = alix.asks("role", "name", "dominique", "role", "admin")
	back := formOf(t, alix.see(a.Header.Get("Location")).body, "role")
	if back.Get("role") != db.RoleEditor || dominique.asks("role", "name", "camille", "role", "admin").StatusCode != http.StatusSeeOther {
		t.Errorf("made an admin; undoing would send %v", back)
	}
	back.Set("do", "role")
	alix.post(peopleAt, back)
	if e, _ := h.store.Editor(t.Context(), "dominique"); e.Role != db.RoleEditor {
		t.Errorf("the role undone: %s", e.Role)
	}
	if a := alix.asks("role", "name", "dominique", "role", "king"); a.StatusCode != http.StatusBadRequest {
		t.Errorf("a role of our own: %s", a.Status)
	}
}

func TestAnAddressSaysNothingOfPeopleThatIsNotSo(t *testing.T) {
	h := newHouse(t, "")
	alix := h.admin("alix")
	for _, did := range []string{"did=remove&name=alix", "did=add&name=mallory", "did=newpassword&name=mallory", "did=token&name=mallory", "did=revoke&token=mallory", "did=end&name=mallory", "did=role&name=mallory"} {
		if page := alix.see(peopleAt + "?" + did); strings.Contains(shown(page.body), "mallory") || strings.Contains(page.body, "data-undo") {
			t.Errorf("%s is believed: %s", did, shown(page.body))
		}
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	h := newHouse(t, "")
	alix := h.admin("alix")
	h.admin("blair")
	for _, act := range []string{"role", "remove", "newpassword"} { // not oneself, however many there are
		if a := alix.asks(act, "name", "alix", "role", "editor", "sure", "1"); a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s oneself: %s", act, a.Status)
		}
	}
	for act, ask := range map[string][]string{"remove": {"sure", "1"}, "role": {"role", "editor"}} {
		if a := alix.asks(act, append([]string{"name", "blair"}, ask...)...); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s the other: %s", act, a.Status)
		}
		if err := h.store.TakeBackEditor(t.Context(), "blair"); err != nil && act == "remove" {
			t.Fatal(err)
		}
		if err := h.store.SetRole(t.Context(), "blair", db.RoleAdmin); err != nil {
			t.Fatal(err)
		}
	}
	blair, _ := h.enters("blair", "") // the session ended with the removal
	if blair.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Error("an empty password opens the desk")
	}
	vigieSays(t, exitDone, "", "editor", "remove", "blair", "--db="+h.file)
	for _, args := range [][]string{{"editor", "remove", "alix"}, {"editor", "role", "alix", "editor"}} {
		if _, errs := vigieSays(t, exitFailed, "", append(args, "--db="+h.file)...); !strings.Contains(errs, "the last admin") {
			t.Errorf("%v: %q", args, errs)
		}
	}
	if out, _ := vigieSays(t, exitDone, "", "editor", "list", "--db="+h.file); !strings.Contains(out, "blair\tremoved") || !strings.Contains(out, "alix\tadmin") {
		t.Errorf("listed: %q", out)
	}
	mustHold(t, "the page agrees", shown(alix.see(peopleAt).body), "1 personne retirée", "par vigie")
	vigieSays(t, exitDone, "", "editor", "back", "blair", "--db="+h.file)
	vigieSays(t, exitDone, "", "editor", "role", "alix", "editor", "--db="+h.file)
	if a := alix.asks("add", "name", "eve"); a.StatusCode != http.StatusForbidden {
		t.Errorf("a role that was taken by the command still holds: %s", a.Status)
	}
}

func TestAPasswordIsChangedWithTheOldOneAndEndsTheOtherSessions(t *testing.T) {
	h := newHouse(t, "")
	password, err := addEditor(t.Context(), h.store, "camille", false)
	if err != nil {
		t.Fatal(err)
	}
	here, _ := h.enters("camille", password)
	there, _ := h.enters("camille", password)
	const next = "une phrase longue"
	for what, form := range map[string][]string{
		"without the old one": {"old", "wrong", "new", next, "again", next}, "too short": {"old", password, "new", "court", "again", "court"},
		"differing": {"old", password, "new", next, "again", next + "!"}, "too long": {"old", password, "new", strings.Repeat("x", 201), "again", strings.Repeat("x", 201)},
	} {
		if a := here.asks("password", form...); a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %s", what, a.Status)
		}
	}
	a := here.asks("password", "old", password, "new", next, "again", next)
	if a.StatusCode != http.StatusSeeOther || strings.Contains(a.Header.Get("Location"), "phrase") {
		t.Fatalf("changed: %s %s", a.Status, a.Header.Get("Location"))
	}
	if here.get("/fr/desk").StatusCode != http.StatusOK || there.get("/fr/desk").StatusCode != http.StatusSeeOther {
		t.Error("not the other sessions, and only they, ended")
	}
	if _, status := h.enters("camille", next); status != http.StatusSeeOther {
		t.Errorf("with the new one: %d", status)
	}
	// Guessing the old one is bounded as it is at the door.
	last := 0
	for range triesAtFirst + 1 {
		last = here.asks("password", "old", "guess", "new", next+"x", "again", next+"x").StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("guessing goes on: %d", last)
	}
}

func TestOwnSessionsAndTokensAreEndedAndTokensTakenBack(t *testing.T) {
	h := describedHouse(t, loaded(t))
	password, err := addEditor(t.Context(), h.store, "camille", false)
	if err != nil {
		t.Fatal(err)
	}
	here, _ := h.enters("camille", password)
	there, _ := h.enters("camille", password)
	mustHold(t, "both", shown(here.see(peopleAt).body), "2 sessions ouvertes", "ici")
	form := formOf(t, here.see(peopleAt).body, "session")
	eve := h.editor("eve")
	eve.asks("end", "session", form.Get("session"))
	if there.get("/fr/desk").StatusCode != http.StatusOK {
		t.Error("somebody ends the session of another")
	}
	here.asks("end", "session", form.Get("session"))
	if there.get("/fr/desk").StatusCode != http.StatusSeeOther || here.get("/fr/desk").StatusCode != http.StatusOK {
		t.Error("the other session did not end, or this one did")
	}
	there, _ = h.enters("camille", password)
	here.asks("end-others")
	if there.get("/fr/desk").StatusCode != http.StatusSeeOther || here.get("/fr/desk").StatusCode != http.StatusOK {
		t.Error("all others ended, or not")
	}

	token := secretOf(t, here.asks("token", "note", "lecteur de flux"))
	page := here.see(peopleAt).body
	if strings.Contains(page, token) || !strings.Contains(page, "lecteur de flux") {
		t.Error("the token is shown twice, or not listed")
	}
	if a := here.asks("token", "note", "lecteur de flux"); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the same form sent twice: %s", a.Status)
	}
	program := &robot{h, token}
	program.send(http.StatusCreated, http.MethodPost, web.CandidatesPath, aPiece)
	name := formOf(t, page, "token").Get("token")
	if a := eve.asks("revoke", "token", name); a.StatusCode != http.StatusNotFound {
		t.Errorf("somebody ends the token of another: %s", a.Status)
	}
	a := here.asks("revoke", "token", name)
	program.send(http.StatusUnauthorized, http.MethodPost, web.CandidatesPath, aPiece)
	undo := formOf(t, here.see(a.Header.Get("Location")).body, "token")
	undo.Set("do", "unrevoke")
	if a := here.post(peopleAt, undo); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("taken back: %s", a.Status)
	}
	program.send(http.StatusOK, http.MethodPost, web.CandidatesPath, aPiece)
}

func TestTheBrowserOfASessionIsSaidInAWordOrTwo(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                           "Firefox, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0":            "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1": "Safari, iPhone",
		"":                 "",
		"<script>whatever": "",
	} {
		if got := web.Device(agent); got != want {
			t.Errorf("%q is %q, not %q", agent, got, want)
		}
	}
}
