package web

import (
	"strings"

	"vigie"
)

// The tables of CSV and XLSX: one row a case, one row a statement or correction,
// one row a source. A column says in both languages what it holds, and a figure
// never stands in one without its speaker beside it.

// column is a column of a table of R. Its cell is a string, an int64, an int, a
// bool, a time.Time, a vigie.Date (as precise as its source, hence text), or an
// address; "", 0 and nil are "unknown" and stay empty, never nought.
type column[R any] struct {
	Name  string
	Means vigie.Text
	Cell  func(R) any
}

// address is a cell that may be followed: https only as linkable lets it.
type address string

// joiner separates several values in a cell. It stands in no code, and is taken out
// of names.
const joiner = "|"

func joined[S ~string](values []S) string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, strings.ReplaceAll(oneLine(string(v)), joiner, "/"))
	}
	return strings.Join(out, joiner)
}

// counted are the cells of a figure: the count when one number was given, a bound
// when only that was, words alone when its speaker was vague.
type counted struct {
	Count, Min, Max               int64
	Unit, Qualifier, Scope, Words string
}

func (t teller) counted(f vigie.Figure) counted {
	c := counted{Unit: string(f.Unit), Qualifier: string(f.Qualifier), Scope: oneLine(f.Scope.In(t.c.Lang)), Words: oneLine(f.In(t.c.Lang))}
	switch {
	case f.Qualifier == vigie.Vague: // the floor of the magnitude is ours, not the speaker's
	case f.Min == f.Max:
		c.Count = f.Min
	default:
		c.Min, c.Max = f.Min, f.Max
	}
	return c
}

// claimStatus is what became of a figure that its speaker cannot answer for.
func (t teller) claimStatus(statement string) string { return t.r.ClaimStatus(statement, t.now.Word) }

// columnsOf are the seven columns of a figure, called by a prefix. who says in
// words whose they are.
func columnsOf[R any](prefix string, who vigie.Text, figure func(R) counted) []column[R] {
	of := func(fr, en string) vigie.Text { return vigie.Text{FR: fr + who.FR, EN: en + who.EN} }
	return []column[R]{
		{prefix + "_count", of("Nombre donné par ", "Number given by "), func(r R) any { return figure(r).Count }},
		{prefix + "_min", of("Minimum donné par ", "Lower bound given by "), func(r R) any { return figure(r).Min }},
		{prefix + "_max", of("Maximum donné par ", "Upper bound given by "), func(r R) any { return figure(r).Max }},
		{prefix + "_unit", of("Ce que compte le chiffre donné par ", "What is counted by "), func(r R) any { return figure(r).Unit }},
		{prefix + "_qualifier", of("Fermeté du chiffre (exact, about, more_than, up_to, partial, vague) donné par ", "How firmly (exact, about, more_than, up_to, partial, vague) it is given by "), func(r R) any { return figure(r).Qualifier }},
		{prefix + "_scope", of("Partie du tout que compte ", "The part of the whole counted by "), func(r R) any { return figure(r).Scope }},
		{prefix + "_words", of("Le même chiffre en toutes lettres, tel que donné par ", "The same figure in words, as given by "), func(r R) any { return figure(r).Words }},
	}
}

// names are the headings of a table.
func names[R any](columns []column[R]) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return out
}

// followed gives an address to cells when a reader may follow it.
func followed(s string) address {
	href, _ := linkable(s)
	return address(href)
}
