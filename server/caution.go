package main

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
)

// longestNote bounds a public note, in characters.
const longestNote = 300

// cautions are what the record's own rules cannot see, because it takes the day,
// the note, or the version before: they stop a save as Validate's problems do.
func (s *Server) cautions(c *gin.Context, in *vigie.Incident, note string, base int) (vigie.Problems, error) {
	var problems vigie.Problems
	refuse := func(path, code, fr, en string) {
		problems = append(problems, vigie.Problem{Path: path, Code: code, Message: vigie.Text{FR: fr, EN: en}})
	}
	if utf8.RuneCountInString(note) > longestNote {
		refuse("note", "too_long", fmt.Sprintf("au plus %d caractères", longestNote), fmt.Sprintf("at most %d characters", longestNote))
	}
	if len(vigie.PersonalDetails(note)) > 0 {
		refuse("note", "personal_data", "la note est publique\u00a0: n’y écrire ni adresse, ni téléphone, ni numéro de personne", "the note is public: no one’s address, telephone or number belongs there")
	}
	today := vigie.DayOf(s.now())
	for path, d := range map[string]vigie.Date{"occurred": in.Occurred, "discovered": in.Discovered, "disclosed": in.Disclosed, "checked": in.Checked} {
		if d.First() > today {
			refuse(path, "out_of_range", "cette date est à venir", "this date is still to come")
		}
	}
	for i, st := range in.Statements {
		if st.On.First() > today || st.Public.First() > today {
			refuse(fmt.Sprintf("statements.%d.on", i), "out_of_range", "cette date est à venir", "this date is still to come")
		}
	}
	if base == 0 {
		return problems, nil
	}
	before, err := s.db.Version(c.Request.Context(), vigie.IncidentRecord, in.ID, base)
	if err != nil || before.Redacted != nil {
		return problems, err
	}
	was, err := body(before)
	if err != nil {
		return problems, err
	}
	if equalJSON(was, in) {
		refuse("note", "unchanged", "rien n’a changé depuis la version ouverte", "nothing changed since the version that was opened")
	}
	if was.State != vigie.Draft && was.Company != in.Company {
		refuse("company", "not_here", "l’identifiant public nomme l’entreprise\u00a0: détacher les déclarations vers un autre dossier, ou retirer celui-ci",
			"the public id names the company: split the statements off into another case, or retract this one")
	}
	if was.State != vigie.Merged && in.State == vigie.Merged {
		refuse("state", "not_here", "réunir deux dossiers se fait par la page des actions, qui garde les déclarations", "merging is done on the actions page, which keeps the statements")
	}
	return problems, nil
}

// alreadyThere finds the case that the same form has made before: sent twice, by
// a second click or a page loaded again, it makes one case.
func (s *Server) alreadyThere(c *gin.Context, in vigie.Incident, candidate string) (id string, err error) {
	ctx := c.Request.Context()
	if candidate != "" {
		decisions, err := s.db.Decisions(ctx, candidate)
		for _, d := range decisions {
			if d.Verdict != vigie.Accepted { // of several victims, each has a case of its own
				continue
			}
			if have, err := s.db.Draft(ctx, d.Incident); err != nil || have.Company == in.Company {
				return d.Incident, err
			}
		}
		return "", err
	}
	first, err := vigie.NewIncidentID(in.Company, in.Disclosed, func(string) bool { return false })
	if errors.Is(err, vigie.ErrUndated) || first == in.ID { // nothing was made before
		return "", nil
	}
	if err != nil {
		return "", err
	}
	have, err := s.db.Draft(ctx, first)
	if errors.Is(err, vigie.ErrNotFound) {
		return "", nil
	}
	in.ID = first
	if err != nil || !equalJSON(have.Incident, in) {
		return "", err
	}
	return first, nil
}

// inWords turns what the store refuses into words beside the form; any other
// error stays one.
func inWords(err error) (vigie.Problems, error) {
	var problems vigie.Problems
	switch {
	case errors.As(err, &problems):
		return problems, nil
	case errors.Is(err, db.ErrState):
		return vigie.Problems{{Path: "state", Code: "not_here", Message: vigie.Text{
			FR: "Un dossier publié ne redevient pas un brouillon\u00a0: le retirer, avec une raison, s’il ne doit plus être lu",
			EN: "A published case does not become a draft again: retract it, with a reason, if it should not be read"}}}, nil
	case errors.Is(err, vigie.ErrConflict):
		return vigie.Problems{{Path: "note", Code: "conflict", Message: vigie.Text{
			FR: "Un autre enregistrement a pris cet identifiant entre-temps\u00a0: enregistrez de nouveau", EN: "Another save took this id in the meantime: save again"}}}, nil
	}
	return nil, err
}
