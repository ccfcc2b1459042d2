package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// merge puts a case into another that turned out to be the same.
func (s *Server) merge(c *gin.Context, d deed) (done, error) {
	into := strings.TrimSpace(d.form.Get("into"))
	refuse := func(code, fr, en string) (done, error) {
		return done{problems: vigie.Problems{{Path: "into", Code: code, Message: vigie.Text{FR: fr, EN: en}}}}, nil
	}
	target, err := s.db.Draft(c.Request.Context(), into)
	switch {
	case errors.Is(err, vigie.ErrNotFound):
		return refuse("unknown", fmt.Sprintf("Il n’y a pas de dossier « %s ».", into), fmt.Sprintf("There is no case %q.", into))
	case err != nil:
		return done{}, err
	case target.ID == d.record.ID:
		return refuse("itself", "Un dossier ne se réunit pas à lui-même.", "A case is not merged into itself.")
	}
	merged := vigie.Merge(target.Incident, d.record.Incident)
	if problems := merged.Validate(); len(problems.Blocking()) > 0 {
		return done{problems: under(target.ID, problems)}, nil
	}
	_, err = s.db.Merge(c.Request.Context(), d.record.ID, d.base, into, target.Derived.Version, d.by)
	return done{path: web.ActionsPath(d.record.ID)}, err
}

// split makes a case of its own out of statements that were about another
// company, or another attack.
func (s *Server) split(c *gin.Context, d deed) (done, error) {
	if d.record.State != vigie.Draft && d.record.State != vigie.Published {
		return done{}, db.ErrState
	}
	var problems vigie.Problems
	lacks := func(path, fr, en string) {
		problems = append(problems, vigie.Problem{Path: path, Code: "missing", Message: vigie.Text{FR: fr, EN: en}})
	}
	chosen, name := d.form["statement"], strings.TrimSpace(d.form.Get("new_company"))
	if len(chosen) == 0 {
		lacks("statements", "Choisissez les déclarations qui partent.", "Choose the statements that leave.")
	}
	if d.form.Get("company") == "" && name == "" {
		lacks("company", "Choisissez l’entreprise du dossier nouveau, ou donnez son nom.", "Choose the company of the new case, or give its name.")
	}
	if len(problems) > 0 {
		return done{problems: problems}, nil
	}
	stays, leaves, err := vigie.Split(d.record.Incident, chosen...)
	if err != nil {
		return done{}, err
	}
	leaves.Company = d.form.Get("company")
	saves, problems, err := s.newCompany(c, &leaves, vigie.Company{Name: name})
	if err != nil {
		return done{}, err
	}
	if err := s.number(c, &leaves, "", 0); errors.Is(err, vigie.ErrUndated) {
		lacks("statements", "Une déclaration qui part doit être datée : l’identifiant du dossier nouveau en est fait.",
			"A statement that leaves must be dated: the id of the new case is made of it.")
		return done{problems: problems}, nil
	} else if err != nil {
		return done{}, err
	}
	problems = append(problems, stays.Validate()...)
	problems = append(problems, under(leaves.ID, leaves.Validate())...)
	if len(problems.Blocking()) > 0 {
		return done{problems: problems}, nil
	}
	_, err = s.db.Save(c.Request.Context(), append(saves, db.Save{Incident: &stays, Base: d.base, By: d.by}, db.Save{Incident: &leaves, By: d.by})...)
	return done{path: web.ActionsPath(d.record.ID)}, err
}

// under says of which other case problems are.
func under(id string, problems vigie.Problems) vigie.Problems {
	for i := range problems {
		problems[i].Path = id + "." + problems[i].Path
	}
	return problems
}
