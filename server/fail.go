package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// Errors of this room.
var (
	errMethod        = errors.New("method not allowed")
	errNotAcceptable = errors.New("none of the accepted formats exists here")
	errSignIn        = errors.New("sign-in needed")
	errForbidden     = errors.New("for administrators")
	errTooMany       = errors.New("too many tries")
	errNotYet        = errors.New("being made")
	errBadForm       = errors.New("form not understood")
	errTooMuch       = errors.New("form too long")
	errToken         = errors.New("token needed")
	errMediaType     = errors.New("media type not taken")
	errUnreadable    = errors.New("body not understood")
	errInvalid       = errors.New("refused")
	errUnconditional = errors.New("no condition")
	errStale         = errors.New("not the current version")
	errNotDone       = errors.New("format not written")
)

// statuses is the one table of errors and what a visitor is told of them. The
// first row that fits is taken; anything else is our own fault, logged and not
// shown.
var statuses = []struct {
	err    error
	status int
	detail vigie.Text
}{
	{vigie.ErrNotFound, http.StatusNotFound, vigie.Text{FR: "Rien ne se trouve à cette adresse. L’absence d’un dossier dans Vigie ne veut pas dire qu’il n’y a pas eu d’attaque.", EN: "There is nothing at this address. A case that is not in Vigie is not proof that there was no attack."}},
	{vigie.ErrBadQuery, http.StatusBadRequest, vigie.Text{}},
	{vigie.ErrConflict, http.StatusConflict, vigie.Text{FR: "Quelqu’un d’autre a enregistré entre-temps. Relisez sa version, puis recommencez.", EN: "Someone else saved in the meantime. Read their version, then try again."}},
	{vigie.ErrGone, http.StatusGone, vigie.Text{}},
	{errMethod, http.StatusMethodNotAllowed, vigie.Text{FR: "Cette adresse ne se demande pas ainsi ; l’en-tête Allow dit comment.", EN: "This address is not asked in that way; the Allow header says how."}},
	{errNotAcceptable, http.StatusNotAcceptable, vigie.Text{FR: "Cette adresse n’existe dans aucun des formats demandés ; la page en donne la liste.", EN: "This address exists in none of the formats asked for; its page lists them."}},
	{errSignIn, http.StatusUnauthorized, vigie.Text{FR: "Cette page est celle des rédacteurs : identifiez-vous.", EN: "This page is the editors’: sign in."}},
	{errToken, http.StatusUnauthorized, vigie.Text{FR: "Écrire ici demande le jeton d’un rédacteur : Authorization: Bearer vigie_…", EN: "Writing here takes the token of an editor: Authorization: Bearer vigie_…"}},
	{errMediaType, http.StatusUnsupportedMediaType, vigie.Text{FR: "Le corps s’envoie en JSON : Content-Type: application/json, sans compression.", EN: "The body is sent as JSON: Content-Type: application/json, not compressed."}},
	{errUnreadable, http.StatusBadRequest, vigie.Text{FR: "Le corps n’a pas été compris, et rien n’a été enregistré ; errors dit où.", EN: "The body was not understood, and nothing was saved; errors says where."}},
	{errInvalid, http.StatusUnprocessableEntity, vigie.Text{FR: "Rien n’a été enregistré ; errors dit tout ce qui ne va pas.", EN: "Nothing was saved; errors says all that is wrong."}},
	{errStale, http.StatusPreconditionFailed, vigie.Text{FR: "Le dossier a changé depuis que vous l’avez lu, et rien n’a été enregistré : relisez-le, puis recommencez avec son nouvel ETag.", EN: "The case changed since you read it, and nothing was saved: read it again, then send with its new ETag."}},
	{errUnconditional, http.StatusPreconditionRequired, vigie.Text{FR: "Dites quelle version vous avez lue (If-Match, avec l’ETag du JSON du dossier), ou que le dossier est nouveau (If-None-Match: *).", EN: "Say which version you read (If-Match, with the ETag of the JSON of the case), or that the case is new (If-None-Match: *)."}},
	{errNotDone, http.StatusNotImplemented, vigie.Text{FR: "Cette réponse ne s’écrit qu’en JSON : format=json.", EN: "This answer is written in JSON only: format=json."}},
	{errForbidden, http.StatusForbidden, vigie.Text{FR: "Seul un administrateur peut faire cela.", EN: "Only an administrator may do that."}},
	{db.ErrState, http.StatusConflict, vigie.Text{FR: "Un dossier ne passe pas de son état à celui-là ; rien n’a été enregistré.", EN: "A case does not go from its state to that one; nothing was saved."}},
	{errTooMany, http.StatusTooManyRequests, vigie.Text{FR: "Trop d’essais : attendez un peu.", EN: "Too many tries: wait a little."}},
	{errBadForm, http.StatusBadRequest, vigie.Text{FR: "Le formulaire n’a pas pu être lu ; rien n’a été enregistré.", EN: "The form could not be read; nothing was saved."}},
	{errTooMuch, http.StatusRequestEntityTooLarge, vigie.Text{FR: "Ce formulaire a plus de lignes qu’un dossier n’en peut avoir ; rien n’a été enregistré.", EN: "This form has more rows than a case can have; nothing was saved."}},
	{db.ErrFull, http.StatusServiceUnavailable, vigie.Text{FR: "Le disque est plein : rien n’a été enregistré. Gardez votre texte et prévenez l’administrateur.", EN: "The disk is full: nothing was saved. Keep your text and tell the administrator."}},
	{errNotYet, http.StatusServiceUnavailable, vigie.Text{FR: "Les fichiers sont en train d’être faits ; redemandez-les dans une minute.", EN: "The files are being made; ask again in a minute."}},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, vigie.Text{FR: "La réponse a pris trop de temps ; réessayez.", EN: "The answer took too long; try again."}},
}

// retryAfter is in how many seconds to ask again, where time alone mends it. (How
// long those wait who ask too much is told where it is counted.)
var retryAfter = map[error]string{errNotYet: "60", context.DeadlineExceeded: "30"}

// fail tells an error: a page to people, problem+json (RFC 9457) to machines.
func (s *Server) fail(c *gin.Context, err error) {
	a := askedOf(c.Request)
	if errors.Is(err, context.Canceled) {
		c.Abort() // the visitor went away
		return
	}
	var moved db.MovedError
	if errors.As(err, &moved) {
		s.redirectTo(c, http.StatusMovedPermanently, strings.Replace(a.path, c.Param("id"), moved.Into, 1))
		return
	}
	status, detail := http.StatusInternalServerError, vigie.Text{}
	for _, row := range statuses {
		if errors.Is(err, row.err) {
			status, detail = row.status, row.detail
			if wait := retryAfter[row.err]; wait != "" {
				c.Header("Retry-After", wait)
			}
			break
		}
	}
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		status, detail = http.StatusRequestEntityTooLarge, vigie.Text{
			FR: fmt.Sprintf("Au plus %d octets à la fois\u202f; rien n’a été enregistré.", tooLong.Limit),
			EN: fmt.Sprintf("At most %d bytes at once; nothing was saved.", tooLong.Limit),
		}
	}
	if status == http.StatusInternalServerError {
		s.log.Error("answering", "path", a.original.Path, "error", err)
	}
	h := c.Writer.Header()
	h.Del("ETag")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept, Accept-Language")
	if a.given && !a.format.Page || !a.given && !wantsPage(c.Request) || c.GetBool(programKey{}) {
		s.tellMachine(c, a, status, detail, err)
		return
	}
	if status == http.StatusUnauthorized && c.Request.Method == http.MethodGet {
		s.redirectTo(c, http.StatusSeeOther, web.SignInPath+"?return="+escape(a.original.RequestURI()))
		return
	}
	if errors.Is(err, errSignIn) {
		if err := s.signInAgain(c, status); err != nil {
			s.log.Error("asking to sign in again", "error", err)
		}
		return
	}
	lang := a.lang
	if !a.prefixed {
		lang = visitorsLang(c.Request, a.lang)
	}
	var page any = web.Problem{Frame: s.frame(c, lang), Status: status, Detail: explained(detail, err), Allowed: allowed(err)}
	var gone db.GoneError
	if errors.As(err, &gone) {
		g := web.Gone{Frame: s.frame(c, lang), Tombstone: gone.Tombstone}
		page = g
	}
	if web.Embeddable(a.path) { // in a frame of another site: nothing of the site around it
		page = notACard(s.frame(c, lang), status, err)
	}
	if err := write(c, status, web.Formats[0].MIME, s.drawn(lang, page)); err != nil {
		s.log.Error("drawing an error", "error", err)
		c.Status(http.StatusInternalServerError)
	}
}

// explained is the sentence shown: the table's, or what is wrong with the query.
func explained(detail vigie.Text, err error) vigie.Text {
	var q *vigie.QueryError
	if !errors.As(err, &q) {
		return detail
	}
	var fr, en []string
	for _, x := range q.Params {
		fr, en = append(fr, x.Name+"\u00a0: "+x.Detail.FR), append(en, x.Name+": "+x.Detail.EN)
	}
	return vigie.Text{FR: strings.Join(fr, "\u00a0; ") + ".", EN: strings.Join(en, "; ") + "."}
}

// allowed are the names that may be asked for where something else was.
func allowed(err error) []string {
	var q *vigie.QueryError
	if !errors.As(err, &q) {
		return nil
	}
	return q.Allowed
}

func (s *Server) tellMachine(c *gin.Context, a asked, status int, detail vigie.Text, err error) {
	said := explained(detail, err)
	if names := strings.Join(allowed(err), ", "); names != "" {
		said.FR += " On peut demander ici\u00a0: " + names + "."
		said.EN += " What may be asked here: " + names + "."
	}
	p := web.NewProblem(s.settings.BaseURL, status, a.lang, said.In(a.lang), a.original.Path)
	var q *vigie.QueryError
	if errors.As(err, &q) {
		for _, x := range q.Params {
			p.Errors = append(p.Errors, web.ProblemError{In: "query", Name: x.Name, Code: x.Code, Detail: x.Detail.In(a.lang)})
		}
	}
	var gone db.GoneError
	if errors.As(err, &gone) {
		p.Detail = gone.Tombstone.Reason
	}
	var problems vigie.Problems
	if errors.As(err, &problems) {
		p.Errors = append(p.Errors, toldProblems(problems, a.lang)...)
	}
	var stale staleError
	if errors.As(err, &stale) {
		p.Version = stale.version
	}
	if err := p.Write(c.Writer); err != nil {
		s.log.Error("telling a problem", "error", err)
	}
}

// wantsPage tells whether the visitor is a person: anything that accepts HTML as
// gladly as JSON, curl's */* among it.
func wantsPage(r *http.Request) bool {
	f, ok := web.Negotiate(r.Header.Get("Accept"), web.IncidentsSurface)
	return ok && f.Page
}
