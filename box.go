package vigie

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A term of the search box that asks a field: sector:grocery, -country:US,
// actor:"Fumeur de tabac". An address (https://…) is not one.
var boxTerm = regexp.MustCompile(`^(-?)([\pL_]+):(.+)$`)

// box lifts the field:value terms out of the words of the search into their
// fields. What is in quotes stays as it is.
func (p *queryParser) box() {
	terms := BoxTerms(p.query.Q)
	for i, term := range terms {
		if term == "OU" {
			terms[i] = "OR"
		}
	}
	var words []string
	for i, term := range terms {
		m := boxTerm.FindStringSubmatch(term)
		switch {
		case m == nil || strings.HasPrefix(m[3], "//"):
			words = append(words, term)
		case i > 0 && terms[i-1] == "OR" || i+1 < len(terms) && terms[i+1] == "OR":
			p.refuse(problem("q", "malformed",
				fmt.Sprintf("« %s » ne peut pas être un choix de OR : plusieurs valeurs d’un champ s’écrivent avec une virgule", shown(term)),
				fmt.Sprintf("%q cannot be one side of an OR: several values of a field are written with a comma", shown(term))))
		default:
			p.refuse(p.lift(m[1] == "-", strings.ToLower(m[2]), m[3]))
		}
	}
	p.query.Q = strings.Join(words, " ")
}

// BoxTerms parts the words of a query (Query.Q) into its terms: words, phrases in
// quotes, what is excluded, and OR. Joined by spaces they are the same words.
func BoxTerms(q string) []string { return partedAt(q, ' ') }

// partedAt parts a text at a mark outside double quotes, and leaves out what is empty.
func partedAt(s string, mark rune) []string {
	quoted := false
	return strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == mark && !quoted
	})
}

func (p *queryParser) lift(exclude bool, name, value string) *QueryProblem {
	f, known := fieldNamed(name)
	switch {
	case !known || f.Name == "q":
		fields := strings.Join(p.boxFields(), ", ")
		return problem("q", "unknown_field",
			fmt.Sprintf("« %s: » n’est pas un champ de la recherche ; les champs sont : %s (pour chercher ces mots mêmes, les mettre entre guillemets)", shown(name), fields),
			fmt.Sprintf("%q is not a field of the search; the fields are: %s (to look for these very words, put them in quotes)", shown(name)+":", fields))
	case !p.here(f):
		return notHere(name)
	case exclude && !f.Many:
		return problem(name, "malformed", "ce champ ne peut pas être exclu", "this field cannot be excluded")
	}
	value = unquoted(value)
	if f.Many {
		return f.read(&p.query, excluded(exclude, value))
	}
	if value == "" {
		return malformed(name, value)
	}
	before := f.write(&p.query)
	if q := f.read(&p.query, value); q != nil {
		return q
	}
	if before != "" && f.write(&p.query) != before {
		return problem(name, "repeated", "ce champ est donné deux fois, différemment", "this field is given twice, differently")
	}
	return nil
}

// unquoted takes the quotes off the values of a term; a comma within them parts
// nothing.
func unquoted(value string) string {
	values := partedAt(value, ',')
	for i, v := range values {
		if strings.Contains(v, `"`) {
			values[i] = strings.TrimSpace(strings.NewReplacer(`"`, "", ",", " ").Replace(v))
		}
	}
	return strings.Join(values, ",")
}

// excluded carries the minus of -country:US,GB to each of its values.
func excluded(exclude bool, value string) string {
	if !exclude {
		return value
	}
	values := strings.Split(value, ",")
	for i, v := range values {
		values[i] = "-" + strings.TrimPrefix(strings.TrimSpace(v), "-")
	}
	return strings.Join(values, ",")
}

// boxFields are those that the box takes at this address: all but the words
// themselves.
func (p *queryParser) boxFields() []string {
	var names []string
	for _, f := range Fields {
		if p.here(f) && f.Name != "q" {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return names
}
