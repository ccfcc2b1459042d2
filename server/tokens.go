package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
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

// programKey marks a request that no person waits for.
type programKey struct{}

// byToken lets only programs of editors through: Authorization: Bearer vigie_…
// (RFC 6750).
func byToken(handle func(*Server, *gin.Context) error) func(*Server, *gin.Context) error {
	return func(s *Server, c *gin.Context) error {
		c.Set(programKey{}, true)
		if askedOf(c.Request).given { // a record is written where it is, not in one of its formats
			c.Header("Allow", "GET, HEAD, OPTIONS")
			return errMethod
		}
		editor, err := s.bearer(c)
		if errors.Is(err, errToken) {
			if wait := s.programs.wait(s.caller(c.Request), rate.Every(strangersEvery), strangersFirst, s.now()); wait > 0 {
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

type tokenAdd struct {
	Name string `arg:"" help:"Editor in whose name the program writes."`
	Note string `help:"What it is for, to know it again."`
}

func (c *tokenAdd) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		token, err := addToken(ctx, store, c.Name, c.Note)
		if errors.Is(err, vigie.ErrNotFound) {
			return fmt.Errorf("there is no editor %s; vigie editor list names them", c.Name)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(io.out, "editor %s, token %s\n", c.Name, token)
		fmt.Fprintln(io.err, "It is shown only now. A program sends it as the header Authorization: Bearer", tokenPrefix+"…")
		return nil
	})
}

// addToken makes a token of an editor. It is kept nowhere but where it is shown.
func addToken(ctx context.Context, store *db.DB, editor, note string) (token string, err error) {
	token = tokenPrefix + strings.ToLower(rand.Text())
	return token, store.AddToken(ctx, db.Token{Hash: tokenHash(token), Editor: editor, Note: note, Created: time.Now().UTC()})
}

type tokenList struct {
	Name string `arg:"" optional:"" help:"Of whom (default: of all)."`
}

// tokenName is how a token goes by once it was printed: the first digits of its
// hash, which opens nothing.
func tokenName(t db.Token) string { return t.Hash[:min(12, len(t.Hash))] }

func (c *tokenList) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		tokens, err := store.Tokens(ctx, c.Name)
		for _, t := range tokens {
			fmt.Fprintf(io.out, "%s\t%s\tsince %s\t%s\n", tokenName(t), t.Editor, t.Created.Format(time.DateOnly), t.Note)
		}
		return err
	})
}

type tokenRevoke struct {
	Token string `arg:"" help:"Its name, as vigie editor tokens lists it, or the token itself."`
}

func (c *tokenRevoke) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		tokens, err := store.Tokens(ctx, "")
		if err != nil {
			return err
		}
		i := slices.IndexFunc(tokens, func(t db.Token) bool { return c.Token == tokenName(t) || tokenHash(c.Token) == t.Hash })
		if i < 0 {
			return fmt.Errorf("there is no such token; vigie editor tokens lists them")
		}
		if err := store.EndToken(ctx, tokens[i].Editor, tokens[i].Hash); err != nil {
			return err
		}
		fmt.Fprintf(io.out, "token %s of %s revoked\n", tokenName(tokens[i]), tokens[i].Editor)
		return nil
	})
}
