package main

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"vigie"
	"vigie/web"
)

// serveKept serves a request from the finished answers where it can, and keeps what
// is made for it where it may. What is kept are the answers of everybody that say of
// which edition they are (fresh): no error, no redirect, nothing of the desk, nothing
// for who is signed in, nothing that depends on more than the key.
//
// The edition is read from the database at every question, after it arrived: who
// saved and then asks is never answered with what was before, whoever saved, in this
// program or in another.
func (s *Server) serveKept(w http.ResponseWriter, r *http.Request, a asked) {
	if !s.keeps(r, a) {
		s.routes.ServeHTTP(w, a.into(r))
		return
	}
	now, err := s.moment(r.Context())
	if err != nil {
		s.routes.ServeHTTP(w, a.into(r)) // which tells the error
		return
	}
	key := s.keyOf(r, a, now)
	conditional := r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != ""
	kept, making := s.cache.find(r.Context(), now.edition, key, conditional)
	if kept != nil && !kept.tooLong() && !(conditional && s.has(r, kept, now)) {
		kept.send(w)
		return
	}
	if making == nil {
		s.routes.ServeHTTP(w, a.into(r))
		return
	}
	a.told = new(int64(-1))
	p := &pen{ResponseWriter: w, cache: s.cache, making: making, edition: now.edition, told: a.told, key: key}
	defer p.end() // also when the request breaks the program
	r = a.into(r)
	s.routes.ServeHTTP(p, r)
	p.whole = r.Context().Err() == nil
}

// keeps tells whether the answer to a request may be kept at all.
func (s *Server) keeps(r *http.Request, a asked) bool {
	if s.cache == nil || r.Method != http.MethodGet && r.Method != http.MethodHead || len(r.URL.RawQuery)+len(r.URL.Path) > 2<<10 {
		return false
	}
	if strings.HasPrefix(a.path, web.DeskPath) || strings.HasPrefix(a.path, web.StaticPath) {
		return false
	}
	if len(r.Header["Authorization"]) > 0 {
		return false
	}
	_, err := r.Cookie(sessionCookie)
	return err != nil
}

// keyOf says all that the bytes of an answer depend on, besides the edition: the
// address, with its language, query and format; what is accepted, where the address
// names no format; whether gzip is; the clock, as far as answers tell it (the day, and
// a date of the last change that is not settled yet); and of the settings what is only
// known when the program serves. The others are those of the program.
func (s *Server) keyOf(r *http.Request, a asked, m moment) string {
	accept := ""
	if !a.given {
		accept = r.Header.Get("Accept")
	}
	encoding := r.Header.Get("Accept-Encoding")
	if !strings.Contains(encoding, ";") { // without weights it is taken or not
		gzip := slices.ContainsFunc(strings.Split(encoding, ","), func(coding string) bool { // as he who compresses reads it
			return strings.EqualFold(strings.TrimSpace(coding), "gzip")
		})
		encoding = ""
		if gzip {
			encoding = "gzip"
		}
	}
	now, changed := s.now(), s.modified(web.Format{}, m)
	unsettled := ""
	if shown := web.LastModified(changed, now); shown.Before(changed) {
		unsettled = shown.UTC().Format(http.TimeFormat)
	}
	return strings.Join([]string{r.Method, a.original.RequestURI(), accept, encoding, string(vigie.DayOf(now)), unsettled, s.settings.BaseURL, s.settings.Hub}, "\n")
}

// has tells whether a visitor has a kept answer already; the routes tell him so.
func (s *Server) has(r *http.Request, kept *finished, m moment) bool {
	at, _ := http.ParseTime(kept.header.Get("Last-Modified")) // what has none is asked for by its tag
	if !at.IsZero() {
		at = s.modified(web.Format{}, m)
	}
	return web.Unchanged(r.Header, kept.header.Get("ETag"), at)
}

// pen writes an answer down while it is made. It is held back until it is whole, so
// that a slow visitor keeps nobody waiting, or until it is too long to be kept.
type pen struct {
	http.ResponseWriter
	cache   *cache
	making  *making
	edition int64
	told    *int64 // of which edition the answer says it is
	key     string
	status  int
	body    []byte
	passing bool // it is not one to be kept: it leaves as it is made
	whole   bool // the handler came to its end, and the visitor is still there
	ended   bool
}

// WriteHeader and Write see the answer as it leaves, compressed.
func (p *pen) WriteHeader(status int) {
	switch {
	case status < http.StatusOK:
		p.ResponseWriter.WriteHeader(status)
	case p.status == 0:
		p.status = status
		h := p.Header()
		if status != http.StatusOK || *p.told != p.edition || h.Get("ETag") == "" || len(h["Set-Cookie"]) > 0 {
			p.pass(nil)
		}
	}
}

func (p *pen) Write(b []byte) (int, error) {
	if p.status == 0 {
		p.WriteHeader(http.StatusOK)
	}
	if !p.passing && (len(p.body)+len(b) > p.cache.most || p.cache.held.Load()+int64(len(b)) > p.cache.room) {
		p.pass(&finished{key: p.key})
	}
	if p.passing {
		return p.ResponseWriter.Write(b)
	}
	p.body = append(p.body, b...)
	p.cache.held.Add(int64(len(b)))
	return len(b), nil
}

// pass lets go of the answer, and of those who wait for it.
func (p *pen) pass(instead *finished) {
	p.making.private = p.status == http.StatusNotModified
	p.tell(instead)
	p.passing = true
	p.ResponseWriter.WriteHeader(p.status)
	_, _ = p.ResponseWriter.Write(p.body)
	p.letGo()
}

func (p *pen) tell(a *finished) {
	if !p.ended {
		p.ended = true
		p.cache.end(p.edition, p.key, p.making, a)
	}
}

func (p *pen) letGo() {
	p.cache.held.Add(-int64(len(p.body)))
	p.body = nil
}

// end keeps the answer and sends it.
func (p *pen) end() {
	defer p.letGo()
	switch {
	case p.passing:
	case !p.whole || p.status == 0: // the visitor left, or the program broke: another makes it
		p.making.private = !p.whole
		p.tell(nil)
	default:
		p.tell(&finished{key: p.key, header: p.Header().Clone(), body: bytes.Clone(p.body)})
		p.ResponseWriter.WriteHeader(p.status)
		_, _ = p.ResponseWriter.Write(p.body) // on an error the visitor went away
	}
}

// FlushError is for http.ResponseController: who wants what there is now sends it as it is made.
func (p *pen) FlushError() error {
	if p.status == 0 {
		p.WriteHeader(http.StatusOK)
	}
	if !p.passing {
		p.pass(nil)
	}
	return http.NewResponseController(p.ResponseWriter).Flush()
}

// Unwrap is for http.ResponseController.
func (p *pen) Unwrap() http.ResponseWriter { return p.ResponseWriter }
