package vigie

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// listOf says which vocabulary holds the constants of a Go type. Respondent and
// the positions have other names in Go than their codes; the values are what counts.
var listOf = map[string]string{
	"State": "state", "Role": "role", "Act": "act", "Kind": "kind", "Evidence": "evidence", "Position": "position",
	"Unit": "unit", "Qualifier": "qualifier", "Channel": "channel", "Seen": "seen",
}

// constants reads the typed string constants of codes.go, in their order.
func constants(t *testing.T) map[string][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			v := spec.(*ast.ValueSpec)
			name, isNamed := v.Type.(*ast.Ident)
			if !isNamed || len(v.Values) != 1 {
				continue
			}
			code, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			found[name.Name] = append(found[name.Name], code)
		}
	}
	return found
}

func TestCodesInGoAndVocabularyAreInStep(t *testing.T) {
	found := constants(t)
	for _, complete := range []string{"State", "Role", "Act", "Evidence", "Position", "Qualifier", "Seen"} {
		if !slices.Equal(found[complete], Codes(listOf[complete])) {
			t.Errorf("%s: Go has %q, the vocabulary %q", complete, found[complete], Codes(listOf[complete]))
		}
	}
	for name, codes := range found {
		for _, code := range codes {
			if list, ok := listOf[name]; ok && !Known(list, code) {
				t.Errorf("%s %q is not in the vocabulary %s", name, code, list)
			}
		}
	}
}

func TestEveryCodeIsLabelledInBothLanguages(t *testing.T) {
	for _, list := range Lists() {
		if len(Codes(list)) == 0 {
			t.Errorf("%s is empty", list)
		}
		said := map[string]string{}
		for _, term := range Vocabulary(list) {
			for _, l := range Langs {
				label := map[Lang]string{French: term.Label.FR, English: term.Label.EN}[l]
				key := string(l) + " " + strings.ToLower(label)
				if label == "" || strings.TrimSpace(label) != label {
					t.Errorf("%s %s has no good label in %s: %q", list, term.Code, l, label)
				}
				if other, twice := said[key]; twice {
					t.Errorf("%s: %s and %s are both %q", list, other, term.Code, label)
				}
				said[key] = term.Code
				if Label(list, term.Code, l) != label {
					t.Errorf("Label(%s, %s, %s) is %q", list, term.Code, l, Label(list, term.Code, l))
				}
			}
			if french := term.Label.FR + term.Definition.FR; noBreak.Replace(french) != french {
				t.Errorf("%s %s: a breakable space in %q", list, term.Code, french)
			}
			if strings.ContainsAny(term.Label.FR+term.Definition.FR+term.Many.FR+term.After.FR, "'") {
				t.Errorf("%s %s: a straight apostrophe in French", list, term.Code)
			}
		}
		codes := slices.Sorted(slices.Values(Codes(list)))
		if distinct := len(slices.Compact(slices.Clone(codes))); distinct != len(codes) {
			t.Errorf("%s: %d codes, %d of them distinct", list, len(codes), distinct)
		}
	}
}

func TestListsOfTheAboutPageAreDefined(t *testing.T) {
	for _, list := range []string{"kind", "role", "act", "evidence", "position", "seen", "qualifier"} {
		said := map[string]string{}
		for _, term := range Vocabulary(list) {
			for _, l := range Langs {
				sentence := Definition(list, term.Code, l)
				if len(strings.Fields(sentence)) < 4 || !strings.HasSuffix(sentence, ".") {
					t.Errorf("%s %s is not defined in %s: %q", list, term.Code, l, sentence)
				}
				if other, twice := said[sentence]; twice {
					t.Errorf("%s: %s and %s are defined alike", list, other, term.Code)
				}
				said[sentence] = term.Code
			}
		}
	}
}

func TestUnknownCodesSpeakForThemselves(t *testing.T) {
	if got := Label("kind", "meteorite", French); got != "meteorite" {
		t.Errorf("a code of no list is called %q", got)
	}
	if Known("kind", "") || Known("nothing", "x") || Definition("kind", "meteorite", English) != "" || Codes("nothing") != nil {
		t.Error("what is not in a vocabulary is known")
	}
}

func afterMillions(t *testing.T, u Unit, l Lang) string {
	t.Helper()
	unit, ok := term("unit", string(u))
	if !ok {
		t.Fatalf("no unit %s", u)
	}
	return unit.After.In(l)
}

func TestUnitsHaveTheirPluralsAndElisions(t *testing.T) {
	for _, c := range []struct {
		unit             Unit
		one, many, after string
	}{
		{"customers", "client", "clients", "de clients"},
		{"records", "enregistrement", "enregistrements", "d’enregistrements"},
		{"emails", "adresse e-mail", "adresses e-mail", "d’adresses e-mail"},
		{"users", "utilisateur", "utilisateurs", "d’utilisateurs"},
		{"cards", "carte de paiement", "cartes de paiement", "de cartes de paiement"},
	} {
		if one, many := UnitWords(c.unit, French); one != c.one || many != c.many || afterMillions(t, c.unit, French) != c.after {
			t.Errorf("%s: %q, %q, %q", c.unit, one, many, afterMillions(t, c.unit, French))
		}
	}
	for _, code := range Codes("unit") {
		for _, l := range Langs {
			one, many := UnitWords(Unit(code), l)
			after := afterMillions(t, Unit(code), l)
			if one == many || one == "" || many == "" || !strings.HasSuffix(after, many) {
				t.Errorf("%s in %s: %q, %q, %q", code, l, one, many, after)
			}
			vowel := l == French && strings.ContainsRune("aeiouyh", []rune(Fold(many))[0])
			if l == French && vowel != strings.HasPrefix(after, "d’") {
				t.Errorf("%s: %q is badly elided", code, after)
			}
		}
	}
	if one, many := UnitWords("parsecs", French); one != "parsecs" || many != "parsecs" {
		t.Errorf("an unknown unit is %q, %q", one, many)
	}
}

func TestActsTableCoversEveryActOnce(t *testing.T) {
	var acts []string
	for _, rule := range Acts {
		acts = append(acts, string(rule.Act))
		if len(rule.Roles) == 0 {
			t.Errorf("nobody may do %s", rule.Act)
		}
		for _, r := range rule.Roles {
			if !Known("role", string(r)) {
				t.Errorf("%s: no role %s", rule.Act, r)
			}
		}
	}
	if !slices.Equal(acts, Codes("act")) {
		t.Errorf("the table has %q, the vocabulary %q", acts, Codes("act"))
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	for _, c := range []struct {
		role Role
		act  Act
		may  bool
	}{
		{Attacker, Reports, true}, {Respondent, Corroborates, true}, {Supplier, Refutes, true},
		{Attacker, Claims, true}, {Attacker, Retracts, true}, {Attacker, Denies, false}, {Attacker, Finds, false},
		{Press, Reports, true}, {Press, Claims, false}, {Press, Confirms, false}, {Press, Refutes, true},
		{Respondent, Denies, true}, {Respondent, NoComment, true}, {Respondent, Leaks, false}, {Respondent, Finds, false},
		{Supplier, Confirms, true}, {Supplier, NotifiesCustomers, true}, {Supplier, Sanctions, false},
		{Regulator, Finds, true}, {Authority, Arrests, true}, {Court, Convicts, true}, {Court, Denies, false}, {Regulator, Corroborates, true},
		{Researcher, Corroborates, true}, {Researcher, OpensInquiry, false}, {Other, Reports, true}, {Other, Claims, false},
		{"", Reports, false}, {Press, "sings", false},
	} {
		if May(c.role, c.act) != c.may {
			t.Errorf("may a %s %s? %v, want %v", c.role, c.act, !c.may, c.may)
		}
	}
}

func TestPartiesAreNotIndependent(t *testing.T) {
	for _, code := range Codes("role") {
		r := Role(code)
		party := r == Attacker || r == Respondent || r == Supplier
		if r.Independent() == party {
			t.Errorf("%s: independent %v", r, r.Independent())
		}
		if official := r == Regulator || r == Authority || r == Court; r.Official() != official {
			t.Errorf("%s: official %v", r, r.Official())
		}
	}
}
