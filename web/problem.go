package web

import (
	"net/http"
	"slices"
	"strings"

	"vigie"
)

// ProblemMIME is the media type of an error told to a machine (RFC 9457).
const ProblemMIME = "application/problem+json"

// ProblemDetails is an error told to a machine. Detail is written for whoever
// reads it and never holds SQL, paths of files or stacks.
type ProblemDetails struct {
	Type     string         `json:"type" doc:"The kind of problem: the address of a page about it."`
	Title    string         `json:"title" doc:"The kind of problem in a few words."`
	Status   int            `json:"status" doc:"The status of the answer."`
	Detail   string         `json:"detail,omitempty" doc:"What went wrong this time, in a sentence."`
	Instance string         `json:"instance,omitempty" doc:"The path that was asked."`
	Errors   []ProblemError `json:"errors,omitempty" doc:"Everything wrong with the request, at once."`
	Version  int            `json:"version,omitempty" doc:"The version of the case as it now is, where another was given."`
}

// ProblemError is one thing wrong with a request.
type ProblemError struct {
	In     string `json:"in" doc:"query, header or body."`
	Name   string `json:"name" doc:"The parameter, or the path in the body: statements.2.acts."`
	Code   string `json:"code" doc:"Stable, for programs: unknown_parameter, missing, unknown_code…"`
	Detail string `json:"detail" doc:"The same, in a sentence."`
}

// ProblemKind is a kind of problem: the last word of its type, and its status.
type ProblemKind struct {
	Slug   string
	Status int
	Title  vigie.Text
}

// ProblemKinds are the kinds of problem that a machine may be told, one a status.
var ProblemKinds = []ProblemKind{
	{"bad-query", http.StatusBadRequest, vigie.Text{FR: "Demande non comprise", EN: "Request not understood"}},
	{"sign-in-needed", http.StatusUnauthorized, vigie.Text{FR: "Identification nécessaire", EN: "Sign-in needed"}},
	{"not-allowed", http.StatusForbidden, vigie.Text{FR: "Action refusée", EN: "Not allowed"}},
	{"not-found", http.StatusNotFound, vigie.Text{FR: "Introuvable", EN: "Not found"}},
	{"method-not-allowed", http.StatusMethodNotAllowed, vigie.Text{FR: "Méthode non permise ici", EN: "Method not allowed here"}},
	{"not-acceptable", http.StatusNotAcceptable, vigie.Text{FR: "Aucun format accepté n’existe ici", EN: "None of the accepted formats exists here"}},
	{"conflict", http.StatusConflict, vigie.Text{FR: "Modifié par quelqu’un d’autre entre-temps", EN: "Changed by someone else in the meantime"}},
	{"gone", http.StatusGone, vigie.Text{FR: "Retiré", EN: "Withdrawn"}},
	{"precondition-failed", http.StatusPreconditionFailed, vigie.Text{FR: "Condition non remplie", EN: "Precondition failed"}},
	{"too-large", http.StatusRequestEntityTooLarge, vigie.Text{FR: "Envoi trop volumineux", EN: "Request too large"}},
	{"unsupported-media-type", http.StatusUnsupportedMediaType, vigie.Text{FR: "Type d’envoi non pris en charge", EN: "Media type not supported"}},
	{"invalid-record", http.StatusUnprocessableEntity, vigie.Text{FR: "Fiche refusée", EN: "Record refused"}},
	{"precondition-required", http.StatusPreconditionRequired, vigie.Text{FR: "Condition nécessaire", EN: "Precondition required"}},
	{"too-many-requests", http.StatusTooManyRequests, vigie.Text{FR: "Trop de demandes", EN: "Too many requests"}},
	{"internal", http.StatusInternalServerError, vigie.Text{FR: "Erreur de notre côté", EN: "Error on our side"}},
	{"not-implemented", http.StatusNotImplemented, vigie.Text{FR: "Format non écrit", EN: "Format not written"}},
	{"unavailable", http.StatusServiceUnavailable, vigie.Text{FR: "Momentanément indisponible", EN: "Unavailable for the moment"}},
}

// NewProblem fills a problem of the kind of the status; a status of no kind is an
// error on our side. base is the scheme and host of this Vigie, instance the path
// that was asked.
func NewProblem(base string, status int, lang vigie.Lang, detail, instance string) ProblemDetails {
	at := slices.IndexFunc(ProblemKinds, func(k ProblemKind) bool { return k.Status == status })
	if at < 0 {
		return NewProblem(base, http.StatusInternalServerError, lang, detail, instance)
	}
	kind := ProblemKinds[at]
	return ProblemDetails{
		Type:  strings.TrimSuffix(base, "/") + "/problems/" + kind.Slug,
		Title: kind.Title.In(lang), Status: kind.Status, Detail: detail, Instance: instance,
	}
}

// Write answers with the problem. An error is never kept: whatever the answer
// would have said about caching is taken back.
func (p ProblemDetails) Write(w http.ResponseWriter) error {
	h := w.Header()
	for _, name := range []string{"ETag", "Last-Modified", "Content-Length", "Content-Encoding"} {
		h.Del(name)
	}
	h.Set("Content-Type", ProblemMIME)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	return writeJSON(w, "the problem", p)
}
