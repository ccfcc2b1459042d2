package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"vigie"
)

// The quick row stands at the end of the ledger: one line in which a whole statement is
// typed as people say it. Its fields are quick.when, .role, .name, .acts, .count, .unit,
// .text (in the language of the page), .source (the ids of sources of the case, or an
// address that becomes one) and .seen (how that address was read).

const quickRow = "quick"

// quicken makes a statement of what is typed in the quick row, at the end of the ledger
// (the rows are tidy). With a problem the row stays as it was typed, and so does the
// ledger.
func (n *node) quicken() Worked {
	quick := n.kids[quickRow]
	if quick == nil || !quick.typed(quickRow) {
		return Worked{Focus: "quick.when"}
	}
	q := quickly{root: n, row: quick, s: vigie.Statement{}}
	for _, read := range []func(){q.when, q.who, q.acts, q.count, q.text, q.source} {
		read()
	}
	if len(q.problems) > 0 {
		return Worked{Focus: q.problems[0].Path, Problems: q.problems}
	}
	if q.address != "" {
		source := n.blankSource()
		source.put("url", q.address)
		source.put("seen", cmp.Or(quick.get("seen"), "address"))
		source.from = "quick.source"
		q.s.Sources = append(q.s.Sources, source.get("id"))
		n.under("sources").tidyUnder("sources") // before rows that do not count
	}
	row := n.more("statements")
	q.s.ID = row.get("id")
	form := RecordForm(q.s)
	for name, values := range form {
		row.under(name).values = values
	}
	row.put(rowField, rowNew)
	row.from = quickRow
	n.under("statements").tidyUnder("statements")
	delete(n.kids, quickRow)
	return Worked{Focus: "quick.when", Said: "form.added", Of: q.s.ID}
}

// blankSource is the blank row that the form offers, or one more.
func (n *node) blankSource() *node {
	for _, row := range n.under("sources").list() {
		if !row.counts() && row.get(deleteField) == "" {
			return row
		}
	}
	return n.more("sources")
}

// QuickTyped tells whether something stands in the quick row of a form.
func QuickTyped(form url.Values) bool {
	quick := grow(form).kids[quickRow]
	return quick != nil && quick.typed(quickRow)
}

// quickly is a statement being read off the quick row.
type quickly struct {
	root, row *node
	s         vigie.Statement
	address   string // of a source that the case does not have yet
	problems  vigie.Problems
}

func (q *quickly) wrong(field, fr, en string) {
	q.problems = append(q.problems, vigie.Problem{Path: join(quickRow, field), Code: "quick", Message: vigie.Text{FR: fr, EN: en}})
}

func (q *quickly) typed(field string) string { return strings.TrimSpace(q.row.get(field)) }

func (q *quickly) when() {
	r := reader{tongue: q.root.tongue()}
	typed := r.date("quick.when", q.typed("when"))
	q.problems = append(q.problems, r.problems...)
	if q.s.On = vigie.Date(typed); q.s.On.Check() != nil {
		q.wrong("when", fmt.Sprintf("« %s » n’est pas une date : écrivez 2024-09-16, 16 septembre 2024, sept. 2024, ou rien", typed),
			fmt.Sprintf("“%s” is not a date: write 2024-09-16, 16 September 2024, Sept. 2024, or nothing", typed))
	}
}

// who reads the speaker: one that the ledger has already need only be named.
func (q *quickly) who() {
	by := vigie.Speaker{Role: vigie.Role(q.typed("role")), Name: q.typed("name")}
	for _, s := range q.root.under("statements").list() {
		if have := s.statement(q.root).By; by.Name != "" && vigie.Fold(have.Name) == vigie.Fold(by.Name) && (by.Role == "" || by.Role == have.Role) {
			by = have
			break
		}
	}
	if by.Role == vigie.Respondent && by.Company == "" {
		by.Company = cmp.Or(q.root.get("company"), vigie.Slug(q.root.get("new_company")))
	}
	if q.s.By = by; by.Role == "" {
		q.wrong("role", "dites qui parle : choisissez un rôle", "say who speaks: choose a role")
	}
}

func (q *quickly) acts() {
	for _, act := range q.row.under("acts").values {
		q.s.Acts = append(q.s.Acts, vigie.Act(act))
		if q.s.By.Role != "" && !vigie.May(q.s.By.Role, vigie.Act(act)) {
			q.wrong("acts", fmt.Sprintf("« %s » n’est pas un acte de ce rôle", vigie.Label("act", act, vigie.French)),
				fmt.Sprintf("“%s” is not an act of that role", vigie.Label("act", act, vigie.English)))
		}
	}
	if len(q.s.Acts) == 0 {
		q.wrong("acts", "dites ce que fait cette déclaration : choisissez un acte au moins", "say what this statement does: choose at least one act")
	}
}

func (q *quickly) count() {
	typed, unit := q.typed("count"), vigie.Unit(q.typed("unit"))
	if typed == "" {
		return
	}
	f, err := vigie.ReadCount(typed)
	if err != nil {
		if bare, said := cutUnit(typed); said != "" && (unit == "" || unit == said) {
			if f, err = vigie.ReadCount(bare); err == nil {
				unit = said
			}
		}
	}
	if err != nil {
		q.wrong("count", fmt.Sprintf("« %s » n’est pas un nombre : écrivez 87 M, 87 000 000, plus de 5 000, plusieurs centaines de milliers", typed),
			fmt.Sprintf("“%s” is not a number: write 87 M, 87,000,000, more than 5,000, several hundred thousand", typed))
		return
	}
	if f.Unit = unit; unit == "" {
		q.wrong("unit", "dites de quoi : clients, comptes, fichiers…", "say of what: customers, accounts, files…")
	}
	q.s.Figures = []vigie.Figure{f}
}

// cutUnit takes the words of a unit off the end of a count: "87 millions de clients".
func cutUnit(typed string) (count string, unit vigie.Unit) {
	folded := vigie.Fold(strings.Join(strings.Fields(typed), " "))
	for _, t := range vigie.Vocabulary("unit") {
		for _, l := range vigie.Langs {
			for _, words := range []string{t.After.In(l), t.Many.In(l), t.Label.In(l)} {
				if bare, ok := strings.CutSuffix(folded, " "+vigie.Fold(words)); ok && words != "" && len(bare) > 0 {
					return strings.TrimSuffix(strings.TrimSuffix(bare, " de"), " of"), vigie.Unit(t.Code)
				}
			}
		}
	}
	return typed, ""
}

func (q *quickly) text() {
	if q.root.tongue() == vigie.French {
		q.s.Text.FR = q.row.under("text").text()
	} else {
		q.s.Text.EN = q.row.under("text").text()
	}
}

// source reads the sources: ids of the case, the name of a publisher that only one of them
// has, and at most one new address.
func (q *quickly) source() {
	sources := q.root.under("sources").list()
	find := func(is func(vigie.Source) bool) (ids []string) {
		for _, row := range sources {
			if s := read[vigie.Source](row, q.root.tongue()); row.counts() && is(s) {
				ids = append(ids, s.ID)
			}
		}
		return ids
	}
	typed := q.typed("source")
	if ids := find(func(s vigie.Source) bool { return typed != "" && vigie.Fold(s.Publisher) == vigie.Fold(typed) }); len(ids) == 1 {
		q.s.Sources = ids
		return
	}
	for _, one := range listed("sources", []string{typed}) {
		known := find(func(s vigie.Source) bool { return s.ID == one || s.URL == one })
		switch u, err := url.Parse(one); {
		case len(known) > 0:
			if !slices.Contains(q.s.Sources, known[0]) {
				q.s.Sources = append(q.s.Sources, known[0])
			}
		case err == nil && u.Host != "" && q.address == "":
			q.address = one
		default:
			q.wrong("source", fmt.Sprintf("« %s » n’est pas une source du dossier : choisissez-en une dans la liste, ou collez une adresse https://…", one),
				fmt.Sprintf("“%s” is no source of this case: choose one of the list, or paste an address https://…", one))
			return
		}
	}
}

// whereQuick says a field of the quick row as its label does.
func (w *Words) whereQuick(field string) []string {
	row, err := w.Say(quickRow)
	if err != nil {
		row = quickRow
	}
	label, err := w.Say(join(quickRow, field))
	if err != nil { // its acts have the words of those of any row
		label = w.Field(field)
	}
	return []string{row, label}
}

// quickFields are the fields of the quick row that those of the statement are typed in.
var quickFields = []struct{ of, field string }{
	{"quick.by", "quick.role"}, {"quick.on", "quick.when"}, {"quick.figures", "quick.count"},
	{"quick.sources", "quick.source"}, {"quick.answers", "quick.acts"}, {"quick.method", "quick.acts"},
}

// quickPlace is the field of the quick row that a problem of the statement typed in it is
// about.
func quickPlace(path string) string {
	for _, q := range quickFields {
		if path == q.of || strings.HasPrefix(path, q.of+".") {
			return q.field
		}
	}
	for _, field := range []string{"quick.acts", "quick.text", "quick.source"} {
		if strings.HasPrefix(path, field) {
			return field
		}
	}
	return path
}
