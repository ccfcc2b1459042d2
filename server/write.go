package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// writing are the addresses of the programs of editors, who show a token.
var writing = []route{
	{"POST", web.CandidatesPath, (*Server).bring},
	{"PUT", web.IncidentsPath + "/:id", (*Server).put},
}

// staleError says that a case is at another version than the one a program knew.
type staleError struct{ version int }

func (e staleError) Error() string { return fmt.Sprintf("the case is at version %d", e.version) }
func (e staleError) Unwrap() error { return errStale }

// own reads the parameters that a writing address takes, each at most once.
func own(c *gin.Context, names ...string) (url.Values, error) {
	a := askedOf(c.Request)
	if _, err := vigie.ParseRawQuery(a.original.RawQuery, append([]string{vigie.OnNothing}, names...)...); err != nil {
		return nil, err
	}
	v := a.original.Query()
	for name, values := range v {
		if len(values) > 1 {
			return nil, badParameter(name, "repeated", "ce paramètre est donné plusieurs fois", "this parameter is given several times")
		}
	}
	return v, nil
}

func badParameter(name, code, fr, en string) error {
	return &vigie.QueryError{Params: []vigie.QueryProblem{{Name: name, Code: code, Detail: vigie.Text{FR: fr, EN: en}}}}
}

// written answers a program that wrote: with JSON, kept by nobody.
func written(c *gin.Context, status int, body []byte) error {
	c.Header("Cache-Control", "no-store")
	return write(c, status, "application/json", func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	})
}

// longestCompanyName bounds the name of a company that comes with a case, in characters.
const longestCompanyName = 100

// put saves a case as a program sends it, under the rules of the editors' form:
// a new version of the one that If-Match names, or with If-None-Match: * a new
// case. Sent twice, it is saved once.
func (s *Server) put(c *gin.Context) error {
	v, err := own(c, "note", "company_name")
	if err != nil {
		return err
	}
	id, note := c.Param("id"), strings.TrimSpace(v.Get("note"))
	if note == "" {
		return badParameter("note", "missing", "dire en quelques mots publics ce qui change et pourquoi", "say in a few public words what changes and why")
	}
	if utf8.RuneCountInString(v.Get("company_name")) > longestCompanyName {
		return badParameter("company_name", "too_long", fmt.Sprintf("au plus %d caractères", longestCompanyName), fmt.Sprintf("at most %d characters", longestCompanyName))
	}
	match, none := strings.TrimSpace(c.GetHeader("If-Match")), strings.TrimSpace(c.GetHeader("If-None-Match"))
	create := none == "*"
	if !create && (match == "" || match == "*") { // * would save over what nobody read
		return errUnconditional
	}
	var sent struct {
		vigie.Incident
		Derived json.RawMessage `json:"derived"`
	}
	if err := s.sent(c, &sent); err != nil {
		return err
	}
	in := sent.Incident
	if in.ID == "" {
		in.ID = id
	}
	if create {
		s.creating.Lock()
		defer s.creating.Unlock()
	}
	base, err := s.baseOf(c, id, in, create, match)
	if errors.Is(err, errSame) {
		return s.kept(c, http.StatusOK, id)
	}
	if err != nil {
		return err
	}
	d, problems, err := s.judged(c, in, id, v.Get("company_name"), note, base)
	if err != nil {
		return err
	}
	if problems = problems.Blocking(); len(problems) == 1 && problems[0].Code == "unchanged" {
		return s.kept(c, http.StatusOK, id)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%w: %w", errInvalid, problems)
	}
	_, err = s.db.Save(c.Request.Context(), append(d.saves, d.save)...)
	if errors.Is(err, vigie.ErrConflict) && !create {
		return s.stale(c, id)
	}
	if errors.Is(err, vigie.ErrConflict) {
		return err
	}
	if problems, err = inWords(err); len(problems) > 0 {
		return fmt.Errorf("%w: %w", errInvalid, problems)
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if create {
		status = http.StatusCreated
		c.Header("Location", s.base()+address(c, d.in))
	}
	return s.kept(c, status, id)
}

// baseOf is the version that a save is made from, 0 for a new case. errSame: the
// case is already as it was sent.
func (s *Server) baseOf(c *gin.Context, id string, in vigie.Incident, create bool, match string) (int, error) {
	now, err := s.db.Draft(c.Request.Context(), id)
	switch {
	case errors.Is(err, vigie.ErrNotFound) && create:
		return 0, nil
	case err != nil:
		return 0, err
	case now.State == vigie.Merged || now.State == vigie.Retracted:
		return 0, db.GoneError{Tombstone: vigie.Tombstone{ID: id, State: now.State, Into: now.MergedInto, Reason: now.Reason}}
	case equalJSON(now.Incident, in): // what was asked is done: a request sent again
		return 0, errSame
	case create:
		return 0, vigie.ErrConflict
	}
	tag, err := recordTag(now)
	if err != nil {
		return 0, err
	}
	if !web.NotModified(match, tag) { // also in the weak form that compression gives it: the tag is of the record
		return 0, staleError{now.Derived.Version}
	}
	return now.Derived.Version, nil
}

// errSame says that there is nothing to save.
var errSame = errors.New("it is so already")

// judged is the case ready to be saved, and all that is wrong with it.
func (s *Server) judged(c *gin.Context, in vigie.Incident, id, companyName, note string, base int) (draft, vigie.Problems, error) {
	var problems vigie.Problems
	if in.ID != id {
		problems = append(problems, misnamed(id))
	}
	if in.State == vigie.Retracted || in.State == vigie.Merged {
		problems = append(problems, vigie.Problem{Path: "state", Code: "not_here", Message: vigie.Text{
			FR: "retirer et réunir des dossiers se fait au bureau, avec une raison", EN: "withdrawing and merging cases is done at the desk, with a reason"}})
	}
	known := id
	if base == 0 {
		known = "" // the id is worked out, as the form does
	}
	d, err := s.drafted(c, in, problems, vigie.Company{Name: strings.TrimSpace(companyName)}, known, base, note)
	if err != nil {
		return d, nil, err
	}
	if base == 0 && d.in.ID != "" && d.in.ID != id && len(problems) == 0 {
		d.problems = append(d.problems, misnamed(d.in.ID))
	}
	d.in.ID = id
	more, err := s.cautions(c, &d.in, note, base)
	d.save.Incident = &d.in
	return d, append(d.problems, more...), err
}

func misnamed(id string) vigie.Problem {
	return vigie.Problem{Path: "id", Code: "not_here", Message: vigie.Text{FR: "l’identifiant de ce dossier est " + id, EN: "the id of this case is " + id}}
}

// stale says at which version a case is that was saved meanwhile.
func (s *Server) stale(c *gin.Context, id string) error {
	now, err := s.db.Draft(c.Request.Context(), id)
	if err != nil {
		return err
	}
	return staleError{now.Derived.Version}
}

// kept answers with the case as it now is.
func (s *Server) kept(c *gin.Context, status int, id string) error {
	record, err := s.db.Draft(c.Request.Context(), id)
	if err != nil {
		return err
	}
	body, err := recordJSON(record)
	if err != nil {
		return err
	}
	c.Header("ETag", tagOf(body))
	if record.State == vigie.Published {
		c.Header("Content-Location", address(c, record.Incident))
	}
	return written(c, status, body)
}

// address is where a case is read: a draft at the desk, by its editors only.
func address(c *gin.Context, in vigie.Incident) string {
	if in.State == vigie.Draft {
		return web.PagePath(askedOf(c.Request).lang, web.CasesPath+"/"+in.ID)
	}
	return web.IncidentPath(in.ID) + ".json"
}

// recordJSON is a case as GET gives it.
func recordJSON(record vigie.Record) ([]byte, error) {
	var b bytes.Buffer
	f, _ := web.FormatNamed("json") // the table has it
	err := f.WriteIncident(&b, web.Context{}, web.Case{Record: record})
	return b.Bytes(), err
}

// recordTag is the entity tag of a case in JSON. It is of the very bytes, so that
// it changes when the case does and not when another case did: If-Match needs that.
func recordTag(record vigie.Record) (string, error) {
	body, err := recordJSON(record)
	return tagOf(body), err
}

// tagOf is the strong entity tag of some bytes.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// toldProblems are the problems of a body as a machine is told of them.
func toldProblems(problems vigie.Problems, lang vigie.Lang) (told []web.ProblemError) {
	for _, p := range problems {
		in := "body"
		if slices.Contains([]string{"note", "company_name"}, p.Path) {
			in = "query"
		}
		told = append(told, web.ProblemError{In: in, Name: p.Path, Code: p.Code, Detail: p.Message.In(lang)})
	}
	return told
}
