package vigie

import (
	"fmt"
	"slices"
	"strings"
)

// Validate finds every problem of the case at once, by path and in words that
// say what to do. A draft may lack things: those are warnings until it is
// published. What is malformed or contradicts itself stops a save in any state.
func (in *Incident) Validate() Problems {
	i := &inspection{draft: in.State != Published}
	for _, check := range []func(*inspection, *Incident){
		checkCase, checkState, checkTitle, checkOrder, checkSources, checkStatements, checkReferences, checkTies,
	} {
		check(i, in)
	}
	checkPublicTexts(i, in.publicTexts())
	return i.found
}

func checkCase(i *inspection, in *Incident) {
	if !incidentPattern.MatchString(in.ID) {
		i.blocks("id", "malformed", "l’identifiant d’un dossier est entreprise-année-mois du premier mot public, comme temu-2024-09",
			"the id of a case is company-year-month of the first public word, such as temu-2024-09")
	}
	if in.Company == "" {
		i.blocks("company", "missing", "dire quelle entreprise est mise en cause", "say which company the case is about")
	}
	i.slug("company", in.Company)
	i.slug("wave", in.Wave)
	if in.Kind == "" {
		i.lacks("kind", "dire de quelle attaque il s’agit, « unknown » si personne ne l’a dit", "say what kind of attack it is, “unknown” if nobody said")
	}
	i.code("kind", "kind", string(in.Kind))
	i.list("brands", in.Brands)
	i.codes("countries", "country", in.Countries)
	i.bothLanguages("summary", in.Summary)
	for _, d := range []struct {
		path string
		date Date
	}{{"occurred", in.Occurred}, {"discovered", in.Discovered}, {"disclosed", in.Disclosed}, {"checked", in.Checked}} {
		i.date(d.path, d.date)
	}
	if in.Checked != "" && in.Checked.Check() == nil && !in.Checked.Exact() {
		i.blocks("checked", "malformed", "écrire le jour de la dernière vérification, comme 2024-09-20", "write the day it was last checked, such as 2024-09-20")
	}
}

func checkState(i *inspection, in *Incident) {
	i.needed("state", "state", string(in.State))
	if in.State == Published && len(in.Statements) == 0 {
		i.lacks("statements", "un dossier publié a au moins une déclaration", "a published case has at least one statement")
	}
	if (in.State == Merged || in.State == Retracted) && strings.TrimSpace(in.Reason) == "" {
		i.blocks("reason", "missing", "dire au public pourquoi le dossier est fusionné ou retiré", "tell the public why the case is merged or retracted")
	}
	switch {
	case in.State == Merged && in.MergedInto == "":
		i.blocks("merged_into", "missing", "dire dans quel dossier celui-ci a été fusionné", "say which case this one was merged into")
	case in.MergedInto == "":
	case in.State != Merged:
		i.blocks("merged_into", "contradiction", "seul un dossier fusionné nomme celui qui le remplace : changer l’état ou vider ce champ", "only a merged case names the one that replaces it: change the state or empty this field")
	case in.MergedInto == in.ID:
		i.blocks("merged_into", "itself", "un dossier ne se fusionne pas avec lui-même", "a case is not merged into itself")
	case !incidentPattern.MatchString(in.MergedInto):
		i.blocks("merged_into", "malformed", "écrire l’identifiant d’un dossier, comme temu-2024-09", "write the id of a case, such as temu-2024-09")
	}
}

func checkTitle(i *inspection, in *Incident) {
	if in.Title == nil {
		return
	}
	if in.Title.Text.IsZero() {
		i.blocks("title.text", "missing", "écrire le titre, ou revenir au titre produit", "write the headline, or go back to the generated one")
	}
	i.bothLanguages("title.text", in.Title.Text)
	if in.Title.Position == "" {
		i.blocks("title.position", "missing", "un titre à nous vaut pour un état du dossier : dire pour quelle position de l’entreprise il est écrit",
			"a headline of our own is bound to a standing: say for which position of the company it is written")
	}
	i.code("title.position", "position", string(in.Title.Position))
	i.code("title.evidence", "evidence", string(in.Title.Evidence))
	if in.Title.Evidence == "" && len(in.Statements) > 0 {
		i.warns("title.evidence", "missing", "dire pour quel degré de preuve ce titre est écrit, sinon il ne sera pas montré",
			"say for which evidence this headline is written, or it will not be shown")
	}
}

// checkOrder holds occurred ≤ discovered ≤ disclosed ≤ statements, the earliest
// day of the one against the latest of the other, where both are known.
func checkOrder(i *inspection, in *Incident) {
	type event struct {
		path, fr, en string
		date         Date
	}
	events := []event{
		{"occurred", "l’attaque", "the attack", in.Occurred},
		{"discovered", "la découverte", "the discovery", in.Discovered},
		{"disclosed", "le premier mot public", "the first public word", in.Disclosed},
	}
	late := func(path string, e event, d Date, fr, en string) {
		i.blocks(path, "order", fmt.Sprintf("%s (%s) vient avant %s (%s) : corriger l’une des deux dates", fr, d.In(French), e.fr, e.date.In(French)),
			fmt.Sprintf("%s (%s) comes before %s (%s): correct one of the two dates", en, d.In(English), e.en, e.date.In(English)))
	}
	after := func(e event, d Date) bool { return e.date.Known() && d.Known() && e.date.First() > d.Last() }
	for n, later := range events {
		for _, e := range events[:n] {
			if after(e, later.date) {
				late(later.path, e, later.date, later.fr, later.en)
			}
		}
	}
	for n := range in.Statements {
		s := &in.Statements[n]
		said, path := s.said(), "on"
		if s.Public.Known() {
			path = "public"
		}
		for _, e := range slices.Backward(events) { // the last it breaks is enough
			if after(e, said) {
				late(at("statements", n, path), e, said, "la déclaration "+s.ID, "statement "+s.ID)
				break
			}
		}
		if s.On.Known() && s.Public.Known() && s.On.First() > s.Public.Last() {
			i.blocks(at("statements", n, "public"), "order", "une déclaration n’est pas publique avant d’être faite : corriger l’une des deux dates",
				"a statement is not public before it is made: correct one of the two dates")
		}
	}
}
