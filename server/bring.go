package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/web"
)

// Bounds of an article that a program brings, in characters.
const (
	longestTitle   = 500
	longestArticle = 300_000
	longestKey     = 1000
)

// bring takes an article to the desk, through the text reader. Nothing is
// published.
func (s *Server) bring(c *gin.Context) error {
	v, err := own(c, "all")
	if err != nil {
		return err
	}
	all := v.Get("all") == "1"
	if v.Has("all") && !all {
		return badParameter("all", "malformed", "écrire all=1, ou rien", "write all=1, or nothing")
	}
	var sent web.Article
	if err := s.sent(c, &sent); err != nil {
		return err
	}
	if problems := articleProblems(sent); len(problems) > 0 {
		return fmt.Errorf("%w: %w", errInvalid, problems)
	}
	piece := importers.Piece{URL: sent.URL, Title: sent.Title, Text: sent.Text, Lang: sent.Lang, Publisher: sent.Publisher, Published: sent.Published, Key: sent.Key}
	var brought vigie.Candidate
	read := func(doc importers.Document, opts importers.Options) iter.Seq2[vigie.Candidate, error] {
		return func(yield func(vigie.Candidate, error) bool) {
			for candidate, err := range piece.Read(doc, opts) {
				brought = candidate
				if !yield(candidate, err) {
					return
				}
			}
		}
	}
	ctx := context.WithoutCancel(c.Request.Context()) // a run that was begun is told to its end
	bringing := intake{store: s.db, kind: importers.ArticleKind, origin: "api by " + editorOf(c), read: read, lang: sent.Lang, all: all}
	run, err := bringing.run(ctx, importers.Document{})
	if err != nil {
		return err
	}
	told := web.Receipt{ID: brought.ID, Outcome: outcomeOf(run.Tally), Run: run.ID}
	if _, err := s.db.Candidate(ctx, brought.ID); errors.Is(err, vigie.ErrNotFound) {
		told.ID = "" // filtered, or known under the name that it came with first
	} else if err != nil {
		return err
	}
	body, err := json.Marshal(told)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if told.Outcome == db.New || told.Outcome == db.Changed {
		status = http.StatusCreated
		c.Header("Location", s.base()+web.PagePath(askedOf(c.Request).lang, web.DeskPath+web.CandidatesPath+"/"+told.ID))
	}
	return written(c, status, append(body, '\n'))
}

func outcomeOf(t vigie.Tally) string {
	switch {
	case t.New > 0:
		return db.New
	case t.Changed > 0:
		return db.Changed
	case t.Filtered > 0:
		return "filtered"
	}
	return db.Duplicate
}

func articleProblems(a web.Article) (problems vigie.Problems) {
	refuse := func(path, code, fr, en string) {
		problems = append(problems, vigie.Problem{Path: path, Code: code, Message: vigie.Text{FR: fr, EN: en}})
	}
	for _, x := range []struct {
		path, text string
		most       int
		needed     bool
	}{{"title", a.Title, longestTitle, true}, {"text", a.Text, longestArticle, true}, {"publisher", a.Publisher, longestTitle, false}, {"key", a.Key, longestKey, false}, {"url", a.URL, longestKey, false}} {
		if x.needed && strings.TrimSpace(x.text) == "" {
			refuse(x.path, "missing", "cela manque", "this is missing")
		}
		if utf8.RuneCountInString(x.text) > x.most {
			refuse(x.path, "too_long", fmt.Sprintf("au plus %d caractères", x.most), fmt.Sprintf("at most %d characters", x.most))
		}
	}
	if u, err := url.Parse(a.URL); a.URL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		refuse("url", "malformed", "une adresse http ou https entière est attendue", "a whole http or https address is expected")
	}
	if _, err := language.Parse(a.Lang); a.Lang != "" && err != nil {
		refuse("lang", "malformed", "une langue s’écrit fr ou en-GB (BCP 47)", "a language is written fr or en-GB (BCP 47)")
	}
	if a.Published != "" && !a.Published.Known() {
		refuse("published", "malformed", "une date s’écrit 2024, 2024-09 ou 2024-09-16", "a date is written 2024, 2024-09 or 2024-09-16")
	}
	return problems
}
