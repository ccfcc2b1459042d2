package vigie

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// substantial is the table of what a candidate says of its case: a change of one
// of these is news, a change of the words around them is not. Dates of the page
// are left out; those of the attack are in.
var substantial = []struct {
	name Text
	of   func(c *Candidate, l Lang) []string
}{
	{Text{FR: "victime", EN: "victim"}, func(c *Candidate, _ Lang) []string {
		if c.Draft == nil { // read from words by the names that we know: they grow, the news does not
			return nil
		}
		return c.Reading.Victims
	}},
	{Text{FR: "sujet", EN: "subject"}, func(c *Candidate, l Lang) []string {
		if c.Reading.IsIncident {
			return nil
		}
		return []string{Text{FR: "aucun incident", EN: "no incident"}.In(l)}
	}},
	{Text{FR: "nature", EN: "kind"}, func(c *Candidate, l Lang) []string { return labels("kind", l, string(c.Reading.Kind)) }},
	{Text{FR: "chiffre", EN: "figure"}, func(c *Candidate, l Lang) (list []string) {
		for _, a := range c.Reading.Affected {
			list = append(list, a.figure().In(l))
		}
		return list
	}},
	{Text{FR: "données", EN: "data"}, func(c *Candidate, l Lang) []string { return labels("data", l, c.Reading.DataTypes...) }},
	{Text{FR: "réponse de l’entreprise", EN: "answer of the company"}, func(c *Candidate, l Lang) []string {
		return labels("act", l, slices.DeleteFunc(slices.Clone(c.Reading.Stance), func(s string) bool { return s == "none" })...)
	}},
	{Text{FR: "attaquant", EN: "attacker"}, func(c *Candidate, _ Lang) []string { return c.Reading.Actor }},
	{Text{FR: "autres actes", EN: "other acts"}, func(c *Candidate, l Lang) (list []string) {
		if c.Draft == nil {
			return nil
		}
		for i := range c.Draft.Statements {
			if s := &c.Draft.Statements[i]; s.By.Role != Respondent {
				for _, a := range s.Acts {
					list = append(list, labels("act", l, string(a))...)
				}
			}
		}
		return list
	}},
	{Text{FR: "dates de l’attaque", EN: "dates of the attack"}, func(c *Candidate, l Lang) (list []string) {
		if c.Draft == nil {
			return nil
		}
		for _, d := range []Date{c.Draft.Occurred, c.Draft.Discovered, c.Draft.Disclosed} {
			if d.Known() {
				list = append(list, d.In(l))
			}
		}
		return list
	}},
}

// figure is the count as a speaker of the ledger would have given it.
func (a *Count) figure() Figure {
	f := Figure{Min: a.Value, Max: a.Value, Unit: a.Unit, Qualifier: a.Qualifier}
	switch a.Qualifier {
	case UpTo:
		f.Min = 0
	case MoreThan, Vague:
		f.Max = 0
	}
	return f
}

func labels(list string, l Lang, codes ...string) []string {
	var out []string
	for _, code := range codes {
		if code != "" {
			out = append(out, cmp.Or(Label(list, code, l), code))
		}
	}
	return out
}

// distinct are the values in order, each once.
func distinct(values []string) []string {
	values = slices.DeleteFunc(slices.Clone(values), func(s string) bool { return strings.TrimSpace(s) == "" })
	slices.Sort(values)
	return slices.Compact(values)
}

// Substance is a hash of what the candidate says of its case, under its kind and
// key: two versions of it have the same when nothing that matters changed.
func (c *Candidate) Substance() string {
	parts := []string{c.Kind, c.Key}
	for _, s := range substantial {
		values := distinct(s.of(c, English))
		for i := range values {
			values[i] = Fold(values[i])
		}
		parts = append(parts, strings.Join(values, "\x1f"))
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1e")))
	return hex.EncodeToString(sum[:])
}

// ChangesSince tells in words what the candidate says that its former version did
// not, and the reverse; nothing when only words around it changed.
func (c *Candidate) ChangesSince(before *Candidate) []Text {
	var list []Text
	for _, s := range substantial {
		if slices.Equal(distinct(s.of(before, English)), distinct(s.of(c, English))) {
			continue
		}
		told := Text{}
		for l, line := range map[Lang]*string{French: &told.FR, English: &told.EN} {
			was, is := strings.Join(distinct(s.of(before, l)), ", "), strings.Join(distinct(s.of(c, l)), ", ")
			colon := map[Lang]string{French: "\u00a0: ", English: ": "}[l]
			nothing := map[Lang]string{French: "rien", English: "nothing"}[l]
			*line = fmt.Sprintf("%s%s%s → %s", s.name.In(l), colon, cmp.Or(was, nothing), cmp.Or(is, nothing))
		}
		list = append(list, told)
	}
	return list
}
