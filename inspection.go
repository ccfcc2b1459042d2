package vigie

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// inspection gathers the problems of one record.
type inspection struct {
	draft bool
	found Problems
}

func (i *inspection) add(path, code, fr, en string, warning bool) {
	i.found = append(i.found, Problem{Path: path, Code: code, Message: sentence(fr, en), Warning: warning})
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
