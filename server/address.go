package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/text/language"

	"vigie"
	"vigie/web"
)

// maxBody bounds what a visitor may send: a long ledger in a form.
const maxBody = 4 << 20

// asked is what the address of a request says around its route.
type asked struct {
	lang     vigie.Lang
	prefixed bool       // /fr or /en stood in front
	format   web.Format // by extension
	given    bool       // an extension stood behind
	path     string     // the bare route: /incidents/temu-2024-09
	original *url.URL   // as it was asked
	told     *int64     // where the answer says of which edition it is, so that it may be kept; nil: it is not to be
}

type askedKey struct{}

// readAddress takes the language and the format off the address, before routing:
// /en/incidents/temu-2024-09.json is the route /incidents/temu-2024-09.
func (s *Server) readAddress(r *http.Request) asked {
	a := asked{lang: vigie.Lang(s.settings.Lang), path: r.URL.Path, original: r.URL}
	for _, l := range vigie.Langs {
		if rest, ok := strings.CutPrefix(a.path, "/"+string(l)); ok && (rest == "" || rest[0] == '/') {
			a.lang, a.prefixed, a.path = l, true, rest
			if rest == "" {
				a.path = web.HomePath
			}
			break
		}
	}
	if !strings.HasPrefix(a.path, web.StaticPath) {
		a.path, a.format, a.given = web.SplitFormat(a.path)
	}
	if len(a.path) > 1 {
		a.path = strings.TrimSuffix(a.path, "/")
	}
	return a
}

// into gives the request its bare route and remembers what was asked.
func (a asked) into(r *http.Request) *http.Request {
	inner := r.WithContext(context.WithValue(r.Context(), askedKey{}, a))
	bare := *r.URL
	bare.Path, bare.RawPath = a.path, ""
	inner.URL = &bare
	return inner
}

func askedOf(r *http.Request) asked { return r.Context().Value(askedKey{}).(asked) }

var matcher = language.NewMatcher([]language.Tag{language.French, language.English})

// visitorsLang is the language of ours that the visitor's browser likes best, the
// default when it does not say.
func visitorsLang(r *http.Request, otherwise vigie.Lang) vigie.Lang {
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return otherwise
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return otherwise
	}
	return vigie.Langs[i]
}
