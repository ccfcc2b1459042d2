package main

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"vigie"
	"vigie/db"
	"vigie/web"
)

const (
	sessionCookie = "vigie_session"
	sessionTime   = 14 * 24 * time.Hour
	signInsAtOnce = 2 // argon2id takes 64 MiB and a quarter of a second each
	triesAtFirst  = 5
	triesPerHour  = 20
	manyAddresses = 10  // times the tries of one address may be made on a name from all
	longestName   = 100 // bytes
	namesWatched  = 10_000
)

// door bounds the tries to sign in: few at once, few on one name from one
// address, and not too many on one name, so that a stranger who tries somebody's
// name does not lock that editor out.
type door struct {
	at    chan struct{}
	mu    sync.Mutex
	tries map[string]*rate.Limiter
}

func newDoor() *door {
	return &door{at: make(chan struct{}, signInsAtOnce), tries: map[string]*rate.Limiter{}}
}

// wait tells how long a try on the name from the address must wait; zero lets it
// in.
func (d *door) wait(name, address string, now time.Time) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.tries) >= namesWatched { // somebody tries names: forget, and begin to count again
		clear(d.tries)
	}
	longest := time.Duration(0)
	var asked []*rate.Reservation
	for key, bound := range map[string]int{name + "\n" + address: 1, name: manyAddresses} {
		limiter, ok := d.tries[key]
		if !ok {
			limiter = rate.NewLimiter(rate.Every(time.Hour/time.Duration(triesPerHour*bound)), triesAtFirst*bound)
			d.tries[key] = limiter
		}
		r := limiter.ReserveN(now, 1)
		asked, longest = append(asked, r), max(longest, r.DelayFrom(now))
	}
	if longest > 0 { // a try that is not let in counts nowhere: or one address could use up the name's
		for _, r := range asked {
			r.CancelAt(now)
		}
	}
	return longest
}

func (d *door) opened(name, address string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.tries, name+"\n"+address)
}

func (s *Server) signInPage(c *gin.Context) error {
	a := askedOf(c.Request)
	if !a.prefixed {
		s.redirectTo(c, http.StatusFound, a.path)
		return nil
	}
	return s.private(c, http.StatusOK, func(fr web.Frame) any {
		return web.SignIn{Frame: fr, Return: ours(a.original.Query().Get("return"))}
	})
}

func (s *Server) signIn(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	name, back := strings.TrimSpace(form.Get("name")), ours(form.Get("return"))
	unsent := unsentIn(form)
	again := func(status int, page web.SignIn) error {
		return s.private(c, status, func(fr web.Frame) any {
			page.Frame, page.Name, page.Return, page.Unsent = fr, name, back, unsent
			return page
		})
	}
	if len(name) > longestName {
		return again(http.StatusUnauthorized, web.SignIn{Failed: true})
	}
	editor, proven, wait, err := s.proves(c, name, form.Get("password"))
	if err != nil {
		return err
	}
	if wait > 0 {
		seconds := int(wait.Seconds()) + 1
		c.Header("Retry-After", strconv.Itoa(seconds))
		return again(http.StatusTooManyRequests, web.SignIn{Wait: seconds})
	}
	if !proven {
		return again(http.StatusUnauthorized, web.SignIn{Failed: true})
	}
	token := rand.Text()
	if err := s.startSession(c, editor.Name, token, s.now().UTC()); err != nil {
		return err
	}
	s.setCookie(c, token, sessionTime)
	if unsent != nil {
		return s.private(c, http.StatusOK, func(fr web.Frame) any {
			fr.Editor = editor.Name
			return web.SignedIn{Frame: fr, Unsent: *unsent}
		})
	}
	if back == "" {
		back = web.PagePath(askedOf(c.Request).lang, web.DeskPath)
	}
	c.Redirect(http.StatusSeeOther, back)
	return nil
}

// proves tells whether the password is the editor's, or how long to wait before it may
// be tried. Whether the name exists takes as long to say as whether the password is right.
func (s *Server) proves(c *gin.Context, name, password string) (editor db.Editor, proven bool, wait time.Duration, err error) {
	if wait = s.signIns.wait(name, s.caller(c.Request), s.now()); wait > 0 {
		return editor, false, wait, nil
	}
	editor, err = s.db.Editor(c.Request.Context(), name)
	known := err == nil
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return editor, false, 0, err
	}
	hash := editor.Hash
	if !known {
		hash = nobody
	}
	if err = s.slowly(c, func() { proven = passwordIs(password, hash) && known }); err == nil && proven {
		s.signIns.opened(name, s.caller(c.Request))
	}
	return editor, proven, 0, err
}

// slowly does the work of argon2id, which takes memory, for few at once.
func (s *Server) slowly(c *gin.Context, work func()) error {
	select {
	case s.signIns.at <- struct{}{}:
		defer func() { <-s.signIns.at }()
		work()
		return nil
	case <-c.Request.Context().Done():
		return c.Request.Context().Err()
	}
}

func (s *Server) signOut(c *gin.Context) error {
	if token, err := c.Cookie(sessionCookie); err == nil {
		if err := s.db.EndSession(c.Request.Context(), tokenHash(token)); err != nil {
			return err
		}
	}
	s.setCookie(c, "", -time.Second)
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.HomePath))
	return nil
}

func (s *Server) setCookie(c *gin.Context, token string, life time.Duration) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: sessionCookie, Value: token, Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.settings.BaseURL, "https://"),
	})
}

// ours keeps a return address that leads to a page of ours, and no other.
func ours(address string) string {
	for _, l := range vigie.Langs {
		if strings.HasPrefix(address, web.PagePath(l, "/")) && !strings.ContainsAny(address, "\\\r\n") {
			return address
		}
	}
	return ""
}

// signInAgain asks for the name and the password of an editor whose session ended while
// something was typed, and keeps what was sent in the page: it is sent after the sign-in.
func (s *Server) signInAgain(c *gin.Context, status int) error {
	page, a := web.SignIn{}, askedOf(c.Request)
	if form, err := s.form(c); a.path == web.PeoplePath { // no password goes into a page
		page.Return = ours(a.original.RequestURI())
	} else if err == nil {
		page.Unsent = unsentIn(url.Values{"to": {a.original.RequestURI()}, "unsent": {form.Encode()}})
	}
	return s.private(c, status, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// unsentIn is the form that a sign-in carries along, nil when there is none. It goes to a
// page of the desk and nowhere else.
func unsentIn(form url.Values) *web.Unsent {
	to, _, _ := strings.Cut(ours(form.Get("to")), "#")
	fields, err := url.ParseQuery(form.Get("unsent"))
	if err != nil || len(fields) == 0 || !slices.ContainsFunc(vigie.Langs, func(l vigie.Lang) bool {
		desk := web.PagePath(l, web.DeskPath)
		return to == desk || strings.HasPrefix(to, desk+"/") || strings.HasPrefix(to, desk+"?")
	}) {
		return nil
	}
	return &web.Unsent{To: to, Fields: fields}
}

type (
	editorKey struct{}
	roleKey   struct{}
)

// signedIn lets only editors through.
func signedIn(handle func(*Server, *gin.Context) error) func(*Server, *gin.Context) error {
	return func(s *Server, c *gin.Context) error {
		token, err := c.Cookie(sessionCookie)
		if err != nil {
			return errSignIn
		}
		_, editor, err := s.db.Session(c.Request.Context(), tokenHash(token))
		if errors.Is(err, vigie.ErrNotFound) {
			return errSignIn
		}
		if err != nil {
			return err
		}
		if a := askedOf(c.Request); !a.prefixed && c.Request.Method == http.MethodGet {
			s.redirectTo(c, http.StatusFound, a.path)
			return nil
		}
		c.Set(editorKey{}, editor.Name)
		c.Set(roleKey{}, editor.Role)
		return handle(s, c)
	}
}

func editorOf(c *gin.Context) string { return c.GetString(editorKey{}) }

// admin tells whether the editor may do what cannot be undone.
func admin(c *gin.Context) bool { return c.GetString(roleKey{}) == db.RoleAdmin }

// private writes a page of the desk: kept by nobody, indexed by nobody.
func (s *Server) private(c *gin.Context, status int, page func(web.Frame) any) error {
	c.Header("Cache-Control", "no-store")
	a := askedOf(c.Request)
	fr := s.frame(c, a.lang)
	fr.NoIndex, fr.Editor = true, editorOf(c)
	return write(c, status, web.Formats[0].MIME, s.drawn(a.lang, page(fr)))
}
