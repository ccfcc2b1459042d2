package main

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"vigie"
	"vigie/db"
)

// tokenPrefix lets people and scanners of leaked secrets see what a token is.
const tokenPrefix = "vigie_"

// How often programs may write, and how often an address may show a wrong token.
const (
	writesAtFirst  = 100
	writesPerSec   = 5
	strangersFirst = 20
	strangersEvery = 30 * time.Second
)

// gate bounds how often programs come: by token, and of wrong tokens by address.
type gate struct {
	mu sync.Mutex
	by map[string]*rate.Limiter
}

func newGate() *gate { return &gate{by: map[string]*rate.Limiter{}} }

// wait tells how long who has to wait; zero lets them in, and counts.
func (g *gate) wait(who string, every rate.Limit, atFirst int, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.by) >= namesWatched { // somebody makes names up: forget, and begin to count again
		clear(g.by)
	}
	limiter, ok := g.by[who]
	if !ok {
		limiter = rate.NewLimiter(every, atFirst)
		g.by[who] = limiter
	}
	r := limiter.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return wait
	}
	return 0
}

// byToken lets only programs of editors through: Authorization: Bearer vigie_…
// (RFC 6750).
func byToken(handle func(*Server, *gin.Context) error) func(*Server, *gin.Context) error {
	return func(s *Server, c *gin.Context) error {
		editor, err := s.bearer(c)
		if errors.Is(err, errToken) {
			if wait := s.programs.wait(c.RemoteIP(), rate.Every(strangersEvery), strangersFirst, s.now()); wait > 0 {
				return tooSoon(c, wait)
			}
			c.Header("WWW-Authenticate", `Bearer realm="vigie"`)
			return err
		}
		if err != nil {
			return err
		}
		c.Set(editorKey{}, editor.Name)
		c.Set(roleKey{}, editor.Role)
		return handle(s, c)
	}
}

// bearer is the editor whose token the request carries, or errToken.
func (s *Server) bearer(c *gin.Context) (db.Editor, error) {
	scheme, token, _ := strings.Cut(c.GetHeader("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(token, tokenPrefix) {
		return db.Editor{}, errToken
	}
	hash := tokenHash(token)
	_, editor, err := s.db.Token(c.Request.Context(), hash)
	if errors.Is(err, vigie.ErrNotFound) {
		return editor, errToken
	}
	if err != nil {
		return editor, err
	}
	if wait := s.programs.wait(hash, writesPerSec, writesAtFirst, s.now()); wait > 0 {
		return editor, tooSoon(c, wait)
	}
	return editor, nil
}

func tooSoon(c *gin.Context, wait time.Duration) error {
	c.Header("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
	return errTooMany
}
