package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// Server answers requests. It is safe for many at once.
type Server struct {
	db          *db.DB
	web         *web.Web
	settings    *Settings
	build       string
	now         func() time.Time
	signIns     *door
	programs    *gate
	letters     *gate                  // of companies, by network
	proxies     []netip.Prefix         // of ours: their X-Forwarded-For is believed
	description func() ([]byte, error) // the description of the API, made once
	dumps       dumps
	cache       *cache // of finished answers; nil keeps nothing
	visits      *poller
	creating    sync.Mutex // one new case at a time: the same form sent twice makes one
	routes      http.Handler
	log         *slog.Logger
}

// newServer makes the handler of a whole Vigie.
func newServer(store *db.DB, settings *Settings) (*Server, error) {
	opts := web.Options{}
	if settings.Dev {
		opts.Files = os.DirFS("web")
	}
	pages, err := web.New(opts)
	if err != nil {
		return nil, err
	}
	s := &Server{db: store, web: pages, settings: settings, build: fingerprint(settings), now: time.Now, signIns: newDoor(), programs: newGate(), letters: newGate(), log: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	if s.proxies, err = networks(settings.Proxy); err != nil {
		return nil, err
	}
	s.description = sync.OnceValues(func() ([]byte, error) { return web.OpenAPI(settings.BaseURL, settings.site()) })
	if !settings.Dev {
		s.cache = newCache(int64(settings.Cache) << 20)
	}
	s.visits = newPoller(store, settings, settings.WatchPrivate, s.log)
	if s.routes, err = compressed(s.engine()); err != nil {
		return nil, err
	}
	return s, nil
}

// route is a row of the table of routes. Paths are bare: the language before and
// the format after were taken off by ServeHTTP, so no handler knows of them.
type route struct {
	method, path string
	handle       func(*Server, *gin.Context) error
}

// public are the addresses that everybody may read; HEAD goes with GET.
var public = []route{
	{"GET", web.HomePath, (*Server).home},
	{"GET", web.IncidentsPath, (*Server).incidents},
	{"GET", web.IncidentsPath + "/:id", (*Server).incident},
	{"GET", web.IncidentsPath + "/:id/history", (*Server).history},
	{"GET", web.IncidentsPath + "/:id/reply", (*Server).reply},
	{"GET", web.EmbedPath + web.IncidentsPath + "/:id", (*Server).embedCase},
	{"GET", web.EmbedPath + web.FiguresPath + "/:chart", (*Server).embedChart},
	{"GET", web.OEmbedPath, (*Server).oEmbed},
	{"GET", web.TimelinePath, (*Server).timeline},
	{"GET", web.FiguresPath, (*Server).figures},
	{"GET", web.FiguresPath + "/:file", (*Server).chart},
	{"GET", web.CompaniesPath, (*Server).companies},
	{"GET", web.CompaniesPath + "/:id", (*Server).company},
	{"GET", "/vocabulary", (*Server).vocabulary},
	{"GET", web.WavesPath, (*Server).waves},
	{"GET", web.WavesPath + "/:id", (*Server).wave},
	{"GET", web.CorrectionsPath, (*Server).corrections},
	{"GET", web.FeedsPath, (*Server).feeds},
	{"GET", web.OPMLPath, (*Server).opml},
	{"GET", web.HelpPath, (*Server).help},
	{"GET", web.AboutPath, (*Server).about},
	{"GET", web.CreditsPath, (*Server).credits},
	{"GET", web.APIPath, (*Server).api},
	{"GET", "/openapi", (*Server).openAPI}, // only as /openapi.json
	{"GET", web.DumpPath, (*Server).dumpPage},
	{"GET", web.DumpPath + "/:file", (*Server).dumpFile},
	{"GET", "/problems/:slug", (*Server).problem},
	{"GET", "/healthz", (*Server).health},
	{"GET", "/readyz", (*Server).health},
	{"GET", "/robots.txt", (*Server).robots},
	{"GET", web.SitemapPath, (*Server).sitemap},
	{"GET", "/sitemap/:part", (*Server).sitemapPart},
	{"GET", web.LLMsPath, (*Server).llms},
}

// doors to the desk: everybody may knock, and a company may leave a letter.
var entrance = []route{
	{"POST", web.IncidentsPath + "/:id/reply", (*Server).sendReply},
	{"GET", web.SignInPath, (*Server).signInPage},
	{"POST", web.SignInPath, (*Server).signIn},
	{"POST", web.SignOutPath, (*Server).signOut},
}

// desk are the addresses of signed-in editors.
var desk = []route{
	{"GET", web.DeskPath, (*Server).queue},
	{"POST", web.DeskPath, (*Server).decideMany},
	{"GET", "/desk/candidates/:id", (*Server).candidate},
	{"POST", "/desk/candidates/:id", (*Server).decide},
	{"GET", web.CasesPath, (*Server).cases},
	{"GET", "/desk/new", (*Server).edit},
	{"POST", "/desk/new", (*Server).save},
	{"GET", web.CasesPath + "/:id", (*Server).edit},
	{"POST", web.CasesPath + "/:id", (*Server).save},
	{"POST", web.PreviewPath, (*Server).preview},
	{"GET", web.CasesPath + "/:id/actions", (*Server).actions},
	{"POST", web.CasesPath + "/:id/actions", (*Server).act},
	{"POST", web.CasesPath + "/:id/checked", (*Server).checkedToday},
	{"GET", web.DeskCompaniesPath, (*Server).deskCompanies},
	{"GET", web.DeskCompaniesPath + "/new", (*Server).editCompany},
	{"POST", web.DeskCompaniesPath + "/new", (*Server).saveCompany},
	{"GET", web.DeskCompaniesPath + "/edit/:id", (*Server).editCompany},
	{"POST", web.DeskCompaniesPath + "/edit/:id", (*Server).saveCompany},
	{"GET", web.DeskWavesPath, (*Server).deskWaves},
	{"GET", web.DeskWavesPath + "/new", (*Server).editWave},
	{"POST", web.DeskWavesPath + "/new", (*Server).saveWave},
	{"GET", web.DeskWavesPath + "/edit/:id", (*Server).editWave},
	{"POST", web.DeskWavesPath + "/edit/:id", (*Server).saveWave},
	{"GET", web.CarePath, (*Server).care},
	{"GET", web.RepliesPath, (*Server).replies},
	{"POST", web.RepliesPath, (*Server).settleReply},
	{"GET", web.WatchesPath, (*Server).watches},
	{"GET", web.WatchesPath + "/new", (*Server).editWatch},
	{"POST", web.WatchesPath + "/new", (*Server).actWatch},
	{"GET", web.WatchesPath + "/edit/:id", (*Server).editWatch},
	{"POST", web.WatchesPath + "/edit/:id", (*Server).actWatch},
	{"GET", web.RunsPath, (*Server).runs},
	{"GET", web.RunsPath + "/:id", (*Server).run},
	{"POST", web.RunsPath + "/:id", (*Server).undoRun},
	{"GET", web.PeoplePath, (*Server).people},
	{"POST", web.PeoplePath, (*Server).actPeople},
}

func (s *Server) engine() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash, e.RedirectFixedPath = false, false
	e.UseRawPath, e.UnescapePathValues = true, true
	e.NoRoute(s.to(func(*Server, *gin.Context) error { return vigie.ErrNotFound }))
	e.NoMethod(s.to(func(*Server, *gin.Context) error { return errMethod }))
	for _, r := range public {
		e.Handle(r.method, r.path, s.to(open(r.handle)))
		e.HEAD(r.path, s.to(open(r.handle)))
		e.OPTIONS(r.path, s.to((*Server).preflight))
	}
	for _, r := range entrance {
		e.Handle(r.method, r.path, s.to(r.handle))
		if r.method == http.MethodGet {
			e.HEAD(r.path, s.to(r.handle))
		}
	}
	for _, r := range writing {
		e.Handle(r.method, r.path, s.to(byToken(r.handle)))
	}
	for _, r := range desk {
		e.Handle(r.method, r.path, s.to(signedIn(r.handle)))
		if r.method == http.MethodGet {
			e.HEAD(r.path, s.to(signedIn(r.handle)))
		}
	}
	static := gin.WrapH(s.web.Static())
	e.GET(web.StaticPath+"*file", static)
	e.HEAD(web.StaticPath+"*file", static)
	guarded := http.NewCrossOriginProtection()
	guarded.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := askedOf(r)
		p := web.NewProblem(s.settings.BaseURL, http.StatusForbidden, a.lang, elsewhere.In(a.lang), a.original.Path)
		_ = p.Write(w) // on an error the visitor went away
	}))
	return guarded.Handler(e)
}

var elsewhere = vigie.Text{FR: "Ce formulaire a été envoyé depuis un autre site ; rien n’a été fait.", EN: "This form was sent from another site; nothing was done."}

// to makes a Gin handler of one of ours: errors come back and are told once,
// here, by the table in fail.go.
func (s *Server) to(handle func(*Server, *gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := handle(s, c); err != nil {
			s.fail(c, err)
		}
	}
}

// ServeHTTP wraps the routes: bounds and guards first, then the language and the
// format are read off the address.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if fault := recover(); fault != nil {
			if errors.Is(asError(fault), http.ErrAbortHandler) {
				panic(fault)
			}
			s.log.Error("a request broke the program", "path", r.URL.Path, "fault", fault)
			_ = web.NewProblem(s.settings.BaseURL, http.StatusInternalServerError, vigie.Lang(s.settings.Lang), "", r.URL.Path).Write(w)
		}
	}()
	asked := s.readAddress(r)
	guard(w.Header(), s.settings.BaseURL, asked.path)
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	s.serveKept(w, r, asked)
	if s.settings.Dev {
		s.log.Info("asked", "method", r.Method, "address", r.URL.String())
	}
}

func asError(fault any) error {
	err, _ := fault.(error)
	return err
}

// write sends a body that is already made: its length is told, and HEAD gets the
// headers alone.
func write(c *gin.Context, status int, contentType string, body func(io.Writer) error) error {
	var b bytes.Buffer
	if err := body(&b); err != nil {
		return err
	}
	c.Header("Content-Type", contentType)
	c.Header("Content-Length", strconv.Itoa(b.Len()))
	c.Status(status)
	c.Writer.WriteHeaderNow()
	if c.Request.Method == http.MethodHead {
		return nil
	}
	_, _ = c.Writer.Write(b.Bytes()) // on an error the visitor went away: nobody is left to tell
	return nil
}
