package vigie

import (
	"fmt"
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxQuote is the most characters of a quotation.
const MaxQuote = 300

var (
	statementPattern = regexp.MustCompile(`^s[1-9]\d*$`)
	wasPattern       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*/s[1-9]\d*$`)
	langPattern      = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`) // the forms of BCP 47 in use
)

func checkStatements(i *inspection, in *Incident) {
	first := map[string]int{}
	for n := range in.Statements {
		s := &in.Statements[n]
		path := at("statements", n)
		if !statementPattern.MatchString(s.ID) {
			i.blocks(path+".id", "malformed", "l’identifiant d’une déclaration est s1, s2…", "the id of a statement is s1, s2…")
		} else if m, taken := first[s.ID]; taken {
			i.blocks(path+".id", "repeated", fmt.Sprintf("%s est déjà l’identifiant de la déclaration n° %d : en prendre un nouveau", s.ID, m+1),
				fmt.Sprintf("%s is already the id of statement no. %d: take a new one", s.ID, m+1))
		} else {
			first[s.ID] = n
		}
		checkSpeaker(i, path+".by", s, in.Company)
		checkActs(i, path, s)
		i.date(path+".on", s.On)
		i.date(path+".public", s.Public)
		i.code(path+".channel", "channel", string(s.Channel))
		if s.Was != "" && !wasPattern.MatchString(s.Was) {
			i.blocks(path+".was", "malformed", "l’identité d’avant la fusion s’écrit ancien-dossier/s3", "the identity before a merge is written old-case/s3")
		}
		if s.Text.IsZero() {
			i.lacks(path+".text", "écrire ce qui est dit, en nos mots, dans les deux langues", "write what is said, in our words, in both languages")
		}
		i.bothLanguages(path+".text", s.Text)
		i.bothLanguages(path+".vector", s.Vector)
		i.bothLanguages(path+".method", s.Method)
		checkData(i, path, s)
		for k := range s.Figures {
			checkFigure(i, at(path, "figures", k), &s.Figures[k])
			checkFigureApart(i, at(path, "figures", k), s.Figures[:k], s.Figures[k])
		}
		checkQuotes(i, path, in, s)
	}
}

func checkSpeaker(i *inspection, path string, s *Statement, respondent string) {
	by := s.By
	i.needed(path+".role", "role", string(by.Role))
	i.slug(path+".company", by.Company)
	named := strings.TrimSpace(by.Name) != "" || by.Company != ""
	if !named && by.Role != Attacker && by.Role != Respondent && by.Role != "" {
		i.lacks(path+".name", "dire qui parle", "say who speaks")
	}
	if by.Role != Respondent && Known("role", string(by.Role)) && by.Company != "" && by.Company == respondent {
		i.blocks(path+".role", "contradiction", "qui parle pour l’entreprise mise en cause a le rôle « company »",
			"whoever speaks for the company concerned has the role “company”")
	}
}

func checkActs(i *inspection, path string, s *Statement) {
	if len(s.Acts) == 0 {
		i.lacks(path+".acts", "dire ce que fait cette déclaration : choisir au moins un acte", "say what this statement does: choose at least one act")
	}
	acts := make([]string, len(s.Acts))
	for n, a := range s.Acts {
		acts[n] = string(a)
		if a != "" && s.By.Role != "" && Known("act", string(a)) && Known("role", string(s.By.Role)) && !May(s.By.Role, a) {
			i.blocks(at(path, "acts", n), "not_theirs",
				fmt.Sprintf("« %s » n’est pas un acte du rôle « %s » : qui parle vraiment ? (règle C2)", Label("act", string(a), French), Label("role", string(s.By.Role), French)),
				fmt.Sprintf("“%s” is not an act of the role “%s”: who really speaks? (rule C2)", Label("act", string(a), English), Label("role", string(s.By.Role), English)))
		}
	}
	i.codes(path+".acts", "act", acts)
	for _, pair := range [][2]Act{{Denies, Confirms}, {Denies, PartiallyConfirms}, {PartiallyConfirms, Confirms}, {Refutes, Corroborates}} {
		if s.Does(pair[0]) && s.Does(pair[1]) {
			i.blocks(path+".acts", "contradiction",
				fmt.Sprintf("une même déclaration ne « %s » et ne « %s » pas à la fois : garder l’un des actes, ou en faire deux déclarations", Label("act", string(pair[0]), French), Label("act", string(pair[1]), French)),
				fmt.Sprintf("one statement does not both do “%s” and “%s”: keep one act, or make two statements of it", Label("act", string(pair[0]), English), Label("act", string(pair[1]), English)))
		}
	}
	if s.Does(Refutes, Corroborates) {
		if len(s.Answers) == 0 {
			i.lacks(path+".answers", "dire quelles déclarations sont vérifiées (règle C4)", "say which statements were checked (rule C4)")
		}
		if s.Method.IsZero() {
			i.lacks(path+".method", "dire comment cela a été vérifié (règle C4)", "say how it was checked (rule C4)")
		}
	}
}

func checkData(i *inspection, path string, s *Statement) {
	i.codes(path+".data", "data", s.Data)
	i.codes(path+".not_data", "data", s.NotData)
	for n, d := range s.NotData {
		if slices.Contains(s.Data, d) {
			i.blocks(at(path, "not_data", n), "contradiction",
				fmt.Sprintf("« %s » est dit à la fois exposé et non exposé : garder l’un des deux", Label("data", d, French)),
				fmt.Sprintf("“%s” is said both to be exposed and not to be: keep one", Label("data", d, English)))
		}
	}
}

// bounds says what each qualifier asks of Min and Max.
var bounds = map[Qualifier]struct {
	hold   func(min, max int64) bool
	fr, en string
}{
	Exact:    {bothBounds, "un nombre exact a min et max égaux, une plage min plus petit que max", "an exact number has min and max equal, a range min under max"},
	About:    {bothBounds, "« environ » a min et max égaux, une plage min plus petit que max", "“about” has min and max equal, a range min under max"},
	Partial:  {func(min, max int64) bool { return min > 0 && min == max }, "un décompte partiel a min et max égaux", "a partial count has min and max equal"},
	MoreThan: {func(min, max int64) bool { return min > 0 && max == 0 }, "« plus de » n’a que min", "“more than” has only min"},
	UpTo:     {func(min, max int64) bool { return min == 0 && max > 0 }, "« jusqu’à » n’a que max", "“up to” has only max"},
	Vague: {func(min, max int64) bool { return max == 0 && powerOfTen(min) },
		"une grandeur vague n’a que min, le plancher de son ordre de grandeur : 100000 pour « plusieurs centaines de milliers »",
		"a vague figure has only min, the floor of its magnitude: 100000 for “several hundred thousand”"},
}

func bothBounds(min, max int64) bool { return min > 0 && min <= max }

func powerOfTen(n int64) bool {
	for n > 1 && n%10 == 0 {
		n /= 10
	}
	return n == 1
}

func checkFigure(i *inspection, path string, f *Figure) {
	i.needed(path+".unit", "unit", string(f.Unit))
	i.needed(path+".qualifier", "qualifier", string(f.Qualifier))
	i.bothLanguages(path+".scope", f.Scope)
	rule, known := bounds[f.Qualifier]
	switch {
	case f.Min < 0 || f.Max < 0 || bits.Len64(uint64(max(f.Min, f.Max))) > 53:
		i.blocks(path, "out_of_range", "un chiffre va de 1 à 2^53 ; ce qui est inconnu est absent, jamais 0", "a figure goes from 1 to 2^53; what is unknown is absent, never 0")
	case known && !rule.hold(f.Min, f.Max):
		i.blocks(path, "bounds", rule.fr, rule.en)
	case !known && f.Min == 0 && f.Max == 0:
		i.blocks(path, "bounds", "donner un nombre, ou supprimer ce chiffre : ce qui est inconnu est absent", "give a number, or delete this figure: what is unknown is absent")
	}
}

// checkFigureApart looks for the same count, or another of the same thing, among
// the figures before it in a statement.
func checkFigureApart(i *inspection, path string, before []Figure, f Figure) {
	for _, g := range before {
		switch {
		case f == g:
			i.blocks(path, "repeated", "ce chiffre est déjà donné : en supprimer un", "this figure is already given: delete one")
			return
		case f.Unit == g.Unit && f.Scope == g.Scope:
			i.warns(path, "ambiguous", "deux chiffres de la même chose : dire dans « scope » quelle part chacun compte, ou n’en garder qu’un",
				"two figures of the same thing: say in “scope” which part each counts, or keep one")
			return
		}
	}
}

func checkQuotes(i *inspection, path string, in *Incident, s *Statement) {
	for n, q := range s.Quotes {
		path := at(path, "quotes", n)
		switch length := utf8.RuneCountInString(q.Text); {
		case strings.TrimSpace(q.Text) == "":
			i.blocks(path+".text", "empty", "écrire la citation, ou la supprimer", "write the quotation, or delete it")
		case length > MaxQuote:
			i.blocks(path+".text", "too_long", fmt.Sprintf("la citation a %d caractères : %d au plus, sans couper le sens", length, MaxQuote),
				fmt.Sprintf("the quotation has %d characters: at most %d, without cutting the sense", length, MaxQuote))
		}
		i.language(path+".lang", q.Lang)
		if q.Lang == "" {
			i.lacks(path+".lang", "dire dans quelle langue cela a été dit", "say in which language it was said")
		}
		switch src, ok := in.Source(q.Source); {
		case q.Source == "":
			i.lacks(path+".source", "dire dans quelle source la citation a été lue", "say in which source the quotation was read")
		case !ok || !slices.Contains(s.Sources, q.Source):
			i.blocks(path+".source", "unknown_reference", fmt.Sprintf("« %s » n’est pas une source de cette déclaration : l’y ajouter ou en choisir une", shown(q.Source)),
				fmt.Sprintf("%q is not a source of this statement: add it there or choose one", shown(q.Source)))
		case src.Seen == SeenAddress:
			i.blocks(path+".source", "not_read", "on ne cite pas une source dont on n’a vu que l’adresse : la lire, ou supprimer la citation",
				"a source of which only the address was seen cannot be quoted: read it, or delete the quotation")
		}
	}
}

func (i *inspection) language(path, lang string) {
	if lang != "" && !langPattern.MatchString(lang) {
		i.blocks(path, "malformed", "écrire la langue en deux lettres, comme fr ou en (BCP 47)", "write the language in two letters, such as fr or en (BCP 47)")
	}
}
