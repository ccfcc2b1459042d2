package web

import (
	"math"
	"net/url"
	"slices"

	"vigie"
)

// What the front page shows of the record: where the cases stand on both axes at once, and
// what is claimed against what is denied.

// Matrix is how many cases stand where: a column for each value of the evidence, a row for
// each of the position, of those that some case has.
type Matrix struct {
	Columns []MatrixHead
	Rows    []MatrixRow
}

// MatrixHead is a value of an axis and all of its cases. The evidence of none counted yet
// is empty, and has no search.
type MatrixHead struct {
	Value, Href string
	Cases       int
}

// MatrixRow is a value of the position, by the columns.
type MatrixRow struct {
	MatrixHead
	Cells []MatrixCell
}

// MatrixCell is a place of both axes. Its Weight, from 0 to 4, is for its ground.
type MatrixCell struct {
	MatrixHead
	Weight int
}

// Matrix is where the cases stand, in the order of both vocabularies.
func (p Home) Matrix() Matrix {
	var m Matrix
	var most int
	count := func(of func(vigie.Crossing) bool) (n int) {
		for _, c := range p.Glance.Crossings {
			if of(c) {
				n += c.Cases
			}
		}
		return n
	}
	head := func(n int, shown string, asked url.Values) MatrixHead {
		h := MatrixHead{Value: shown, Cases: n}
		if n > 0 && (!asked.Has("evidence") || asked.Get("evidence") != "") {
			h.Href = PagePath(p.Lang, IncidentsPath) + "?" + asked.Encode()
		}
		return h
	}
	for _, c := range p.Glance.Crossings {
		most = max(most, c.Cases)
	}
	evidence := append([]string{""}, vigie.Codes("evidence")...)
	evidence = slices.DeleteFunc(evidence, func(e string) bool {
		n := count(func(c vigie.Crossing) bool { return string(c.Evidence) == e })
		if n > 0 {
			m.Columns = append(m.Columns, head(n, e, url.Values{"evidence": {e}}))
		}
		return n == 0
	})
	for _, at := range vigie.Codes("position") {
		n := count(func(c vigie.Crossing) bool { return string(c.Position) == at })
		if n == 0 {
			continue
		}
		row := MatrixRow{MatrixHead: head(n, at, url.Values{"position": {at}})}
		for _, e := range evidence {
			n := count(func(c vigie.Crossing) bool { return string(c.Position) == at && string(c.Evidence) == e })
			cell := MatrixCell{MatrixHead: head(n, e, url.Values{"evidence": {e}, "position": {at}})}
			if n > 0 { // by the side of a square of that area: a few are seen beside many
				cell.Weight = int(math.Ceil(4 * math.Sqrt(float64(n)/float64(most))))
			}
			row.Cells = append(row.Cells, cell)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// Contest is a claim and the company's denial of it.
type Contest struct {
	Record        vigie.Record
	Claim, Denial vigie.Statement
}

// Contests are the cases that the company denies: the word that its position rests on, and the one
// that this word answers, else the first that the evidence rests on. A case without either
// is left to its own page.
func (p Home) Contests() (list []Contest) {
	for _, r := range p.Contested {
		c := Contest{Record: r}
		s := standingOf(r)
		for _, b := range s.Because {
			if b.Rule != "" && b.Rule[0] == 'P' {
				c.Denial = lastOf(r, b.Statements)
			}
		}
		claims := c.Denial.Answers
		for _, b := range s.Because {
			if b.Rule != "" && b.Rule[0] == 'E' {
				claims = append(slices.Clone(claims), b.Statements...)
			}
		}
		for _, id := range claims {
			if said, ok := r.Statement(id); ok && said.By.Role != vigie.Respondent {
				c.Claim = *said
				break
			}
		}
		if c.Claim.ID != "" && c.Denial.ID != "" {
			list = append(list, c)
		}
	}
	return list
}

// lastOf is the last of some statements of a case, the zero one when there is none.
func lastOf(r vigie.Record, ids []string) (s vigie.Statement) {
	for _, id := range ids {
		if said, ok := r.Statement(id); ok {
			s = *said
		}
	}
	return s
}
