package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// The page of the people of the desk.

// peopleDeed is one act of the page. One of admins is refused to the others before
// anything is looked at.
type peopleDeed struct {
	admin bool
	do    func(*Server, *gin.Context, url.Values) (peopleDone, error)
}

// peopleDone is how an act ended: done (did), refused (why), to be asked again (asked),
// or with a secret that is shown once.
type peopleDone struct {
	did    web.PeopleDid
	why    vigie.Text
	asked  *web.PeopleAsk
	secret *web.Secret
}

var peopleDeeds = map[string]peopleDeed{
	"password":    {false, (*Server).changePassword},
	"end":         {false, (*Server).endSession},
	"end-others":  {false, (*Server).endOthers},
	"token":       {false, (*Server).makeToken},
	"revoke":      {false, (*Server).revokeToken},
	"unrevoke":    {false, (*Server).unrevokeToken},
	"add":         {true, (*Server).addPerson},
	"newpassword": {true, (*Server).givePassword},
	"role":        {true, (*Server).giveRole},
	"remove":      {true, (*Server).removePerson},
	"back":        {true, (*Server).takeBackPerson},
}

func (s *Server) people(c *gin.Context) error {
	v := askedOf(c.Request).original.Query()
	page := web.People{}
	if act := v.Get("did"); peopleDeeds[act].do != nil {
		page.Did = &web.PeopleDid{Act: act, Name: v.Get("name"), ID: v.Get("token")}
	}
	return s.showPeople(c, http.StatusOK, page)
}

// actPeople does one act of the page and says so on it; what made a secret shows it in
// its very answer, so that it stands in no address and is kept nowhere.
func (s *Server) actPeople(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	act := form.Get("do")
	deed, known := peopleDeeds[act]
	if !known {
		return errBadForm
	}
	if deed.admin && !admin(c) {
		return errForbidden
	}
	done, err := deed.do(s, c, form)
	switch {
	case errors.Is(err, db.ErrLastAdmin):
		done.why = lastAdmin
	case errors.Is(err, errTooMany):
		return s.showPeople(c, http.StatusTooManyRequests, web.People{Refused: act, Why: tooManyTries})
	case err != nil:
		return err
	}
	page := web.People{Refused: act, Why: done.why, Asked: done.asked, Secret: done.secret, Name: form.Get("name"), Note: form.Get("note")}
	switch {
	case !done.why.IsZero():
		return s.showPeople(c, http.StatusUnprocessableEntity, page)
	case done.asked != nil || done.secret != nil:
		page.Refused, page.Name, page.Note = "", "", ""
		return s.showPeople(c, http.StatusOK, page)
	}
	v := url.Values{"did": {act}}
	for name, value := range map[string]string{"name": done.did.Name, "token": done.did.ID} {
		if value != "" {
			v.Set(name, value)
		}
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.PeoplePath)+"?"+v.Encode())
	return nil
}

func (s *Server) showPeople(c *gin.Context, status int, page web.People) error {
	ctx, me := c.Request.Context(), editorOf(c)
	page.Admin = admin(c)
	editors, err := s.db.Editors(ctx)
	if err != nil {
		return err
	}
	former, err := s.db.FormerEditors(ctx)
	if err != nil {
		return err
	}
	page.Editors, page.Former = persons(editors), persons(former)
	sessions, err := s.db.Sessions(ctx, me)
	if err != nil {
		return err
	}
	for _, x := range sessions {
		page.Sessions = append(page.Sessions, web.OwnSession{ID: handle(x.Token), Device: x.Device, Created: x.Created, Expires: x.Expires, Here: x.Token == ownSession(c)})
	}
	tokens, err := s.db.Tokens(ctx, me)
	if err != nil {
		return err
	}
	ended, err := s.db.EndedTokens(ctx, me)
	if err != nil {
		return err
	}
	page.Tokens, page.Ended = ownTokens(tokens), ownTokens(ended)
	if page.Did != nil {
		page.Did = s.undoable(*page.Did, page)
	}
	return s.private(c, status, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// undoable completes what was just done with what the page knows of it; nil when the
// address says something that is not so (any more).
func (s *Server) undoable(did web.PeopleDid, page web.People) *web.PeopleDid {
	person := func(list []web.Person) bool {
		i := slices.IndexFunc(list, func(p web.Person) bool { return p.Name == did.Name })
		if i >= 0 {
			did.Role = list[i].Role
		}
		return i >= 0
	}
	token := func(list []web.OwnToken) bool {
		i := slices.IndexFunc(list, func(t web.OwnToken) bool { return t.ID == did.ID })
		if i >= 0 {
			did.Name = list[i].Note
		}
		return i >= 0
	}
	so := true
	switch did.Act {
	case "remove":
		so = person(page.Former) && page.Admin
	case "back", "role":
		so = person(page.Editors) && page.Admin
	case "revoke":
		so = token(page.Ended)
	case "unrevoke":
		so = token(page.Tokens)
	case "password", "end", "end-others": // of oneself
		did.Name = ""
	default: // what makes a secret says so in its own answer, never by an address
		so = false
	}
	if !so {
		return nil
	}
	return &did
}

func persons(editors []db.Editor) (list []web.Person) {
	for _, e := range editors {
		list = append(list, web.Person{Name: e.Name, Role: e.Role, Since: e.Created, Seen: e.Seen, Removed: e.Removed, RemovedBy: e.RemovedBy})
	}
	return
}

func ownTokens(tokens []db.Token) (list []web.OwnToken) {
	for _, t := range tokens {
		list = append(list, web.OwnToken{ID: tokenName(t), Note: t.Note, Created: t.Created, Ended: t.Ended})
	}
	return
}

// handle is how a session goes by on the page: the first digits of its hash.
func handle(hash string) string { return hash[:min(12, len(hash))] }

// ownSession is the hash of the session that a request is made in.
func ownSession(c *gin.Context) string {
	token, err := c.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return tokenHash(token)
}

var (
	lastAdmin     = vigie.Text{FR: "C’est le dernier administrateur\u00a0: nommez-en d’abord un autre.", EN: "This is the last administrator: make another one first."}
	notYourself   = vigie.Text{FR: "Pas soi-même\u00a0: un autre administrateur peut le faire.", EN: "Not oneself: another administrator can do that."}
	tooManyTries  = vigie.Text{FR: "Trop d’essais\u00a0: attendez un peu.", EN: "Too many tries: wait a little."}
	wrongPassword = vigie.Text{FR: "L’ancien mot de passe n’est pas le bon.", EN: "The old password is not the right one."}
	notTwice      = vigie.Text{FR: "Les deux nouveaux mots de passe diffèrent.", EN: "The two new passwords differ."}
	tooShort      = vigie.Text{FR: fmt.Sprintf("Au moins %d caractères.", web.ShortestPassword), EN: fmt.Sprintf("At least %d characters.", web.ShortestPassword)}
	tooLong       = vigie.Text{FR: fmt.Sprintf("Au plus %d octets.", longestPassword), EN: fmt.Sprintf("At most %d bytes.", longestPassword)}
	noName        = vigie.Text{FR: "Un nom d’une à 40 lettres, chiffres, points ou tirets\u00a0: il signe en public.", EN: "A name of one to 40 letters, digits, dots or hyphens: it signs in public."}
	nameTaken     = vigie.Text{FR: "Ce nom est pris.", EN: "This name is taken."}
	nameWas       = vigie.Text{FR: "Ce nom est celui d’une personne retirée\u00a0: reprenez-la plus bas, ou choisissez un autre nom.", EN: "This is the name of somebody who was removed: take them back below, or choose another."}
	noTokenNote   = vigie.Text{FR: "Dites à quoi il sert, en 100 caractères au plus\u00a0: c’est ainsi qu’on le reconnaît.", EN: "Say what it is for, in 100 characters at most: that is how one knows it again."}
	tokenTaken    = vigie.Text{FR: "Vous avez déjà un jeton de ce nom\u00a0: rien n’a été fait.", EN: "You have a token of that name already: nothing was made."}
)

const (
	longestPassword  = 200 // bytes
	longestTokenNote = 100 // characters
)

// changePassword gives the editor the password that they chose. The old one is asked,
// as often as at the sign-in and no more, and every other session ends.
func (s *Server) changePassword(c *gin.Context, form url.Values) (peopleDone, error) {
	me, next := editorOf(c), form.Get("new")
	switch {
	case next != form.Get("again"):
		return peopleDone{why: notTwice}, nil
	case utf8.RuneCountInString(next) < web.ShortestPassword:
		return peopleDone{why: tooShort}, nil
	case len(next) > longestPassword:
		return peopleDone{why: tooLong}, nil
	}
	_, proven, wait, err := s.proves(c, me, form.Get("old"))
	if wait > 0 {
		return peopleDone{}, tooSoon(c, wait)
	}
	if err == nil && !proven {
		return peopleDone{why: wrongPassword}, nil
	}
	if err != nil {
		return peopleDone{}, err
	}
	return peopleDone{}, s.setPassword(c, me, next, ownSession(c))
}

// setPassword makes the hash of a password, few at once.
func (s *Server) setPassword(c *gin.Context, name, password, keep string) error {
	hash := ""
	if err := s.slowly(c, func() { hash = hashPassword(password) }); err != nil {
		return err
	}
	return s.db.SetPassword(c.Request.Context(), name, hash, keep)
}

func (s *Server) endSession(c *gin.Context, form url.Values) (peopleDone, error) {
	sessions, err := s.db.Sessions(c.Request.Context(), editorOf(c))
	if err != nil {
		return peopleDone{}, err
	}
	i := slices.IndexFunc(sessions, func(x db.Session) bool { return handle(x.Token) == form.Get("session") })
	if i < 0 {
		return peopleDone{}, nil // it had ended
	}
	return peopleDone{}, s.db.EndSession(c.Request.Context(), sessions[i].Token)
}

func (s *Server) endOthers(c *gin.Context, _ url.Values) (peopleDone, error) {
	return peopleDone{}, s.db.EndSessions(c.Request.Context(), editorOf(c), ownSession(c))
}

// makeToken gives a program of the editor a token. Its words tell it from the others,
// so that the same form sent twice makes one.
func (s *Server) makeToken(c *gin.Context, form url.Values) (peopleDone, error) {
	me, note := editorOf(c), strings.TrimSpace(form.Get("note"))
	if note == "" || utf8.RuneCountInString(note) > longestTokenNote {
		return peopleDone{why: noTokenNote}, nil
	}
	have, err := s.db.Tokens(c.Request.Context(), me)
	if err != nil {
		return peopleDone{}, err
	}
	if slices.ContainsFunc(have, func(t db.Token) bool { return t.Note == note }) {
		return peopleDone{why: tokenTaken}, nil
	}
	token, err := addToken(c.Request.Context(), s.db, me, note)
	return peopleDone{secret: &web.Secret{Kind: "token", Of: note, Value: token}}, err
}

func (s *Server) revokeToken(c *gin.Context, form url.Values) (peopleDone, error) {
	return s.switchToken(c, form, s.db.Tokens, s.db.EndToken)
}

func (s *Server) unrevokeToken(c *gin.Context, form url.Values) (peopleDone, error) {
	return s.switchToken(c, form, s.db.EndedTokens, s.db.TakeBackToken)
}

// switchToken closes or opens a token of the editor, by its name.
func (s *Server) switchToken(c *gin.Context, form url.Values, among func(context.Context, string) ([]db.Token, error), do func(context.Context, string, string) error) (peopleDone, error) {
	tokens, err := among(c.Request.Context(), editorOf(c))
	if err != nil {
		return peopleDone{}, err
	}
	i := slices.IndexFunc(tokens, func(t db.Token) bool { return tokenName(t) == form.Get("token") })
	if i < 0 {
		return peopleDone{}, vigie.ErrNotFound
	}
	return peopleDone{did: web.PeopleDid{ID: tokenName(tokens[i])}}, do(c.Request.Context(), editorOf(c), tokens[i].Hash)
}

// addPerson lets somebody in; the password is made here and shown once.
func (s *Server) addPerson(c *gin.Context, form url.Values) (peopleDone, error) {
	name := strings.TrimSpace(form.Get("name"))
	if !editorName.MatchString(name) {
		return peopleDone{why: noName}, nil
	}
	var password string
	var err error
	if slow := s.slowly(c, func() {
		password, err = addEditor(c.Request.Context(), s.db, name, form.Get("role") == db.RoleAdmin)
	}); slow != nil {
		return peopleDone{}, slow
	}
	if errors.Is(err, db.ErrUnique) {
		if _, err := s.db.Editor(c.Request.Context(), name); errors.Is(err, vigie.ErrNotFound) {
			return peopleDone{why: nameWas}, nil
		}
		return peopleDone{why: nameTaken}, nil
	}
	return peopleDone{secret: &web.Secret{Kind: "password", Of: name, Value: password}}, err
}

// givePassword gives somebody a new password, who forgot theirs; it ends their sessions.
func (s *Server) givePassword(c *gin.Context, form url.Values) (peopleDone, error) {
	name := form.Get("name")
	if _, err := s.db.Editor(c.Request.Context(), name); err != nil {
		return peopleDone{}, err
	}
	if name == editorOf(c) { // theirs is changed with the old one
		return peopleDone{why: notYourself}, nil
	}
	if form.Get("sure") == "" {
		return peopleDone{asked: &web.PeopleAsk{Act: "newpassword", Name: name}}, nil
	}
	password := newPassword()
	return peopleDone{secret: &web.Secret{Kind: "password", Of: name, Value: password}}, s.setPassword(c, name, password, "")
}

func (s *Server) giveRole(c *gin.Context, form url.Values) (peopleDone, error) {
	name, role := form.Get("name"), form.Get("role")
	if name == editorOf(c) {
		return peopleDone{why: notYourself}, nil
	}
	if role != db.RoleEditor && role != db.RoleAdmin {
		return peopleDone{}, errBadForm
	}
	return peopleDone{did: web.PeopleDid{Name: name}}, s.db.SetRole(c.Request.Context(), name, role)
}

// removePerson asks first, and then closes the desk to somebody.
func (s *Server) removePerson(c *gin.Context, form url.Values) (peopleDone, error) {
	name := form.Get("name")
	if _, err := s.db.Editor(c.Request.Context(), name); err != nil {
		return peopleDone{}, err
	}
	if name == editorOf(c) {
		return peopleDone{why: notYourself}, nil
	}
	if form.Get("sure") == "" {
		return peopleDone{asked: &web.PeopleAsk{Act: "remove", Name: name}}, nil
	}
	return peopleDone{did: web.PeopleDid{Name: name}}, s.db.RemoveEditor(c.Request.Context(), name, editorOf(c))
}

func (s *Server) takeBackPerson(c *gin.Context, form url.Values) (peopleDone, error) {
	name := form.Get("name")
	return peopleDone{did: web.PeopleDid{Name: name}}, s.db.TakeBackEditor(c.Request.Context(), name)
}

// startSession signs an editor in in this browser.
func (s *Server) startSession(c *gin.Context, name, token string, now time.Time) error {
	return s.db.StartSession(c.Request.Context(), db.Session{Token: tokenHash(token), Editor: name, Device: web.Device(c.GetHeader("User-Agent")), Created: now, Expires: now.Add(sessionTime)})
}
