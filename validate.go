package vigie

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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

// inspection gathers the problems of one record.
type inspection struct {
	draft bool
	found Problems
}

func (i *inspection) add(path, code, fr, en string, warning bool) {
	i.found = append(i.found, Problem{Path: path, Code: code, Message: Text{FR: fr, EN: en}, Warning: warning})
}

// blocks records what stops a save.
func (i *inspection) blocks(path, code, fr, en string) { i.add(path, code, fr, en, false) }

// warns records what an editor should look at.
func (i *inspection) warns(path, code, fr, en string) { i.add(path, code, fr, en, true) }

// lacks records what a published case needs and a draft may still lack.
func (i *inspection) lacks(path, fr, en string) { i.add(path, "missing", fr, en, i.draft) }

// at joins the steps of a path: at("statements", 2, "on") is statements.2.on.
func at(steps ...any) string {
	parts := make([]string, len(steps))
	for n, s := range steps {
		if k, ok := s.(int); ok {
			parts[n] = strconv.Itoa(k)
		} else {
			parts[n] = fmt.Sprint(s)
		}
	}
	return strings.Join(parts, ".")
}

// code checks a code against its vocabulary; an empty one is another check's.
func (i *inspection) code(path, list, code string) {
	if code == "" || Known(list, code) {
		return
	}
	fr, en := "choisir parmi : "+strings.Join(Codes(list), ", "), "choose among: "+strings.Join(Codes(list), ", ")
	if list == "country" {
		fr, en = "écrire le code ISO 3166 à deux lettres, comme FR", "write the two-letter ISO 3166 code, such as FR"
	}
	i.blocks(path, "unknown_code", fmt.Sprintf("« %s » n’est pas dans la liste ; %s", shown(code), fr), fmt.Sprintf("%q is not in the list; %s", shown(code), en))
}

// needed is code for a value that must be there in any state.
func (i *inspection) needed(path, list, code string) {
	if code == "" {
		i.blocks(path, "missing", "choisir une valeur", "choose a value")
		return
	}
	i.code(path, list, code)
}

// date checks the form of a date, and asks about a 1 January, which is how
// programs write "some day of that year".
func (i *inspection) date(path string, d Date) {
	if d.Check() != nil {
		i.blocks(path, "malformed",
			fmt.Sprintf("« %s » n’est pas une date : écrire 2024, 2024-09, 2024-09-16, un intervalle 2024-09-16/2024-09-17, ou ~ à la fin pour « vers »", shown(string(d))),
			fmt.Sprintf("%q is not a date: write 2024, 2024-09, 2024-09-16, an interval 2024-09-16/2024-09-17, or ~ at the end for about", shown(string(d))))
		return
	}
	for _, end := range strings.Split(string(d), "/") {
		if strings.HasSuffix(strings.TrimSuffix(end, "~"), "-01-01") {
			i.warns(path, "padded", "le 1er janvier est-il bien dans la source ? Si elle ne donne que l’année, n’écrire que l’année",
				"is 1 January really in the source? If it gives only the year, write only the year")
		}
	}
}

// list checks that no value of a list is empty or there twice.
func (i *inspection) list(path string, values []string) {
	for n, v := range values {
		switch {
		case strings.TrimSpace(v) == "":
			i.blocks(at(path, n), "empty", "cette ligne est vide : la remplir ou la supprimer", "this line is empty: fill it in or delete it")
		case slices.Contains(values[:n], v):
			i.blocks(at(path, n), "repeated", fmt.Sprintf("« %s » est déjà dans la liste : en supprimer un", shown(v)), fmt.Sprintf("%q is already in the list: delete one", shown(v)))
		}
	}
}

// codes is list for values of a vocabulary.
func (i *inspection) codes(path, list string, values []string) {
	i.list(path, values)
	for n, v := range values {
		i.code(at(path, n), list, v)
	}
}

// bothLanguages asks for the other language of a text that has one.
func (i *inspection) bothLanguages(path string, t Text) {
	switch {
	case t.IsZero():
	case strings.TrimSpace(t.FR) == "":
		i.lacks(path+".fr", "écrire aussi le texte en français", "write the text in French too")
	case strings.TrimSpace(t.EN) == "":
		i.lacks(path+".en", "écrire aussi le texte en anglais", "write the text in English too")
	case len(t.FR) > 20 && t.FR == t.EN:
		i.warns(path, "untranslated", "les deux langues ont le même texte : traduire l’une", "both languages have the same text: translate one")
	}
}

// slug checks an id that is given.
func (i *inspection) slug(path, id string) {
	if id != "" && !slugPattern.MatchString(id) {
		i.blocks(path, "malformed", fmt.Sprintf("« %s » n’est pas un identifiant : minuscules sans accent, chiffres et traits d’union", shown(id)),
			fmt.Sprintf("%q is not an id: unaccented small letters, digits and hyphens", shown(id)))
	}
}

func checkCase(i *inspection, in *Incident) {
	if !incidentPattern.MatchString(in.ID) {
		i.blocks("id", "malformed", "l’identifiant d’un cas est entreprise-année-mois du premier mot public, comme temu-2024-09",
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
		i.lacks("statements", "un cas publié a au moins une déclaration", "a published case has at least one statement")
	}
	if (in.State == Merged || in.State == Retracted) && strings.TrimSpace(in.Reason) == "" {
		i.blocks("reason", "missing", "dire au public pourquoi le cas est fusionné ou retiré", "tell the public why the case is merged or retracted")
	}
	switch {
	case in.State == Merged && in.MergedInto == "":
		i.blocks("merged_into", "missing", "dire dans quel cas celui-ci a été fusionné", "say which case this one was merged into")
	case in.MergedInto == "":
	case in.State != Merged:
		i.blocks("merged_into", "contradiction", "seul un cas fusionné nomme celui qui le remplace : changer l’état ou vider ce champ", "only a merged case names the one that replaces it: change the state or empty this field")
	case in.MergedInto == in.ID:
		i.blocks("merged_into", "itself", "un cas ne se fusionne pas avec lui-même", "a case is not merged into itself")
	case !incidentPattern.MatchString(in.MergedInto):
		i.blocks("merged_into", "malformed", "écrire l’identifiant d’un cas, comme temu-2024-09", "write the id of a case, such as temu-2024-09")
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
		for _, e := range slices.Backward(events) {
			if said := s.said(); after(e, said) {
				late(at("statements", n, "on"), e, said, "la déclaration "+s.ID, "statement "+s.ID)
				break
			}
		}
		if s.On.Known() && s.Public.Known() && s.On.First() > s.Public.Last() {
			i.blocks(at("statements", n, "public"), "order", "une déclaration n’est pas publique avant d’être faite : corriger l’une des deux dates",
				"a statement is not public before it is made: correct one of the two dates")
		}
	}
}

var domainPattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)
var wikidataPattern = regexp.MustCompile(`^Q[1-9]\d*$`)

// Validate finds every problem of the company at once.
func (c *Company) Validate() Problems {
	i := &inspection{}
	if c.ID == "" {
		i.blocks("id", "missing", "donner un identifiant à l’entreprise, comme boulanger", "give the company an id, such as boulanger")
	}
	i.slug("id", c.ID)
	if strings.TrimSpace(c.Name) == "" {
		i.blocks("name", "missing", "écrire le nom de l’entreprise", "write the company’s name")
	}
	i.list("aliases", c.Aliases)
	i.code("country", "country", c.Country)
	i.code("sector", "sector", c.Sector)
	i.list("domains", c.Domains)
	for n, d := range c.Domains {
		if d != "" && !domainPattern.MatchString(d) {
			i.blocks(at("domains", n), "malformed", "écrire le seul nom de domaine, en minuscules, comme boulanger.com", "write the bare domain name in small letters, such as boulanger.com")
		}
	}
	if c.Wikidata != "" && !wikidataPattern.MatchString(c.Wikidata) {
		i.blocks("wikidata", "malformed", "écrire l’identifiant Wikidata, comme Q2921695", "write the Wikidata id, such as Q2921695")
	}
	texts := []publicText{{"name", c.Name}, {"group", c.Group}}
	for n, a := range c.Aliases {
		texts = append(texts, publicText{at("aliases", n), a})
	}
	checkPublicTexts(i, texts)
	return i.found
}

// Validate finds every problem of the wave at once.
func (w *Wave) Validate() Problems {
	i := &inspection{}
	if w.ID == "" {
		i.blocks("id", "missing", "donner un identifiant à la vague", "give the wave an id")
	}
	i.slug("id", w.ID)
	if w.Name.IsZero() {
		i.blocks("name", "missing", "écrire le nom de la vague dans les deux langues", "write the wave’s name in both languages")
	}
	i.bothLanguages("name", w.Name)
	i.bothLanguages("summary", w.Summary)
	checkPublicTexts(i, inBoth("name", w.Name, inBoth("summary", w.Summary, nil)))
	return i.found
}
