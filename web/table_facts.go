package web

import (
	"slices"
	"strings"

	"vigie"
)

// The facts of a case that tables, documents and citations ask a teller for.

// headline is the title of the case, its id when it has none.
func (t teller) headline() string {
	if line := oneLine(t.derived().Headline.In(t.c.Lang)); line != "" {
		return line
	}
	return oneLine(t.r.ID)
}

// derived is what follows from the case; the zero value when it was not derived.
func (t teller) derived() vigie.Derived {
	if t.r.Derived == nil {
		return vigie.Derived{}
	}
	return *t.r.Derived
}

func (t teller) figureOfRecord() string {
	for _, f := range t.derived().Figures {
		if f.OfRecord {
			return f.Statement
		}
	}
	return ""
}

// allFigures lists every figure with its speaker, claims and denials said to be so.
func (t teller) allFigures() string {
	var list []string
	for _, f := range t.derived().Figures {
		list = append(list, t.spoken(f))
	}
	return joined(list)
}

// business tells whether the role answers for the attack: the company, a supplier.
func business(r vigie.Role) bool { return r == vigie.Respondent || r == vigie.Supplier }

// dataSaid gathers kinds of data named by some of the speakers. Words that do not
// count (rule C3) or were taken back name none.
func (t teller) dataSaid(by func(vigie.Role) bool, of func(vigie.Statement) []string) string {
	var codes []string
	for i := range t.r.Statements {
		s := &t.r.Statements[i]
		if !by(s.By.Role) || t.unread(s) || t.claimStatus(s.ID) == "withdrawn" {
			continue
		}
		for _, code := range of(*s) {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return joined(codes)
}

// companyActs are the acts of the company in the order of the ledger, each once.
func (t teller) companyActs() string {
	var acts []vigie.Act
	for i := range t.r.Statements {
		s := &t.r.Statements[i]
		if s.By.Role != vigie.Respondent || t.unread(s) {
			continue
		}
		for _, a := range s.Acts {
			if !slices.Contains(acts, a) {
				acts = append(acts, a)
			}
		}
	}
	return joined(acts)
}

// addresses are those of the sources that a reader may follow.
func addresses(sources []vigie.Source) string {
	var list []string
	for _, s := range sources {
		if href, ok := linkable(s.URL); ok && !slices.Contains(list, href) {
			list = append(list, strings.ReplaceAll(href, joiner, "%7C"))
		}
	}
	return joined(list)
}
