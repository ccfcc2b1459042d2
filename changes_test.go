package vigie

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func told(before, after *Incident) string {
	var out []string
	for _, c := range Changes(before, after) {
		s := c.What + " " + c.Path
		if c.Correction {
			s += "!"
		} else if c.Substantive {
			s += "*"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestReadersAreToldOfSubstanceAndNotOfWording(t *testing.T) {
	base := func() *Incident {
		return ledger(t, `
			s1 attacker:seller 2024-09-06 claims fig=1000000/records
			s2 company:Shop 2024-09-08 confirms fig=2000/customers`)
	}
	for _, c := range []struct {
		name string
		edit func(*Incident)
		want string // ! is a correction, * is substantive without being one
	}{
		{"nothing", func(*Incident) {}, ""},
		{"our wording", func(in *Incident) { in.Statements[0].Text.EN = "Clearer." }, "added statements.s1.text"},
		{"a summary", func(in *Incident) { in.Summary.FR = "Résumé." }, "added summary"},
		{"checked again", func(in *Incident) { in.Checked = "2026-11-23" }, "added checked"},
		{"a new statement", func(in *Incident) {
			in.Statements = append(in.Statements, Statement{ID: "s3", By: Speaker{Role: Respondent}, Acts: []Act{Denies}, On: "2024-09-20", Sources: []string{"r2"}})
		}, "added statements.s3*, changed standing.position*"},
		{"a figure corrected", func(in *Incident) { in.Statements[1].Figures[0].Min = 3000; in.Statements[1].Figures[0].Max = 3000 },
			"changed statements.s2.figures!, changed standing.figure*"},
		{"what was unknown filled in", func(in *Incident) { in.Discovered = "2024-09-07" }, "added discovered*"},
		{"a statement taken out", func(in *Incident) { in.Statements = in.Statements[:1] },
			"removed statements.s2!, changed standing.evidence*, changed standing.position*, changed standing.figure*"},
		{"a source of which only the headline was read", func(in *Incident) { in.Sources[1].Seen = SeenHeadline },
			"changed sources.r2.seen, changed standing.evidence*, changed standing.position*, changed standing.figure*"},
		{"retracted", func(in *Incident) { in.State, in.Reason = Retracted, "wrong company" }, "changed state!, added reason"},
		{"order of entry", func(in *Incident) { slices.Reverse(in.Statements) }, ""},
	} {
		before, after := base(), base()
		c.edit(after)
		if got := told(before, after); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	draft, published := base(), base()
	draft.State = Draft
	if got := told(draft, published); got != "changed state*" {
		t.Errorf("publishing: %q", got)
	}
}

func TestEveryRowOfTheSubstanceTableIsAFieldOfTheRecord(t *testing.T) {
	known := map[string]bool{"standing.evidence": true, "standing.position": true, "standing.figure": true}
	for _, k := range keys(Incident{}) {
		known[k] = true
	}
	for _, k := range keys(Statement{}) {
		known["statements."+k] = true
	}
	for row := range substance {
		if !known[row] {
			t.Errorf("no such field: %s", row)
		}
	}
}

func TestJSONRoundTripIsTheIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyLedger(t)
		var out Incident
		if err := json.Unmarshal(encode(in), &out); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(*in, out); d != "" {
			t.Fatal(d)
		}
	})
}

func TestAMergeKeepsEveryStatementAndItsIdentity(t *testing.T) {
	into := ledger(t, `
		s1 attacker:seller 2024-09-06 claims
		s2 company:Shop 2024-09-08 confirms`)
	from := ledger(t, `
		s1 press:Paper 2024-09-05 reports
		s2 company:Shop 2024-09-09 notifies_customers ans=s1`)
	from.ID = "shop-2024-09-b"
	from.Sources[0] = into.Sources[0]
	got := Merge(*into, *from)
	var rows []string
	for _, s := range got.Statements {
		rows = append(rows, fmt.Sprintf("%s was %q answers %v sources %v", s.ID, s.Was, s.Answers, s.Sources))
	}
	want := []string{
		`s1 was "" answers [] sources [r1]`, `s2 was "" answers [] sources [r2]`,
		`s3 was "shop-2024-09-b/s1" answers [] sources [r1]`, `s4 was "shop-2024-09-b/s2" answers [s3] sources [r3]`,
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	if got.Statements[3].FullID(got.ID) != "shop-2024-09-b/s2" {
		t.Error("a merged statement lost the identity that feeds know it by")
	}
	if again := Merge(got, *ledger(t, "s1 press:P 2024-01-01 reports")); again.Statements[4].ID != "s5" {
		t.Errorf("a second merge numbers on: %s", again.Statements[4].ID)
	}
}

func TestLagsAreIntervalsAndBlankWhenAnEndIsUnknown(t *testing.T) {
	show := func(lines string, edit func(*Incident)) string {
		in := ledger(t, lines)
		if edit != nil {
			edit(in)
		}
		var out []string
		for _, l := range in.Lags() {
			bound := func(n *int) string {
				if n == nil {
					return "?"
				}
				return fmt.Sprint(*n)
			}
			out = append(out, fmt.Sprintf("%s→%s %s..%s", l.From, l.To, bound(l.Min), bound(l.Max)))
		}
		return strings.Join(out, ", ")
	}
	for _, c := range []struct {
		name, lines string
		edit        func(*Incident)
		want        string
	}{
		{"exact days", "s1 attacker:a 2024-09-06 claims\ns2 company:Shop 2024-09-08 confirms+notifies_customers", nil,
			"claim→first_word 2..2, claim→customers_told 2..2, claim→regulator_told ?..?"},
		{"an interval", "s1 attacker:a 2024-09-16/2024-09-17 claims\ns2 company:Shop 2024-09-19 denies", nil,
			"claim→first_word 2..3"},
		{"an order that is not sure", "s1 attacker:a 2024-09-16 claims\ns2 company:Shop 2024-09 denies", nil,
			"claim→first_word ?..14"},
		{"a month that began before the first public word", "s1 attacker:a 2024-09 claims\ns2 company:Shop 2024-10-02 denies", func(in *Incident) { in.Disclosed = "2024-09-20" },
			"claim→first_word 2..12"},
		{"a refusal to comment is no word", "s1 attacker:a 2024-09-16 claims\ns2 company:Shop 2024-09-17 no_comment\ns3 company:Shop 2024-09-20 denies", nil,
			"claim→first_word 4..4"},
		{"the company spoke first", "s1 attacker:a 2024-09-16 claims\ns2 company:Shop 2024-09-10 confirms", nil,
			"claim→customers_told ?..?, claim→regulator_told ?..?"},
		{"an undated word may be the first", "s1 attacker:a 2024-09-16 claims\ns2 company:Shop 2024-09-20 denies\ns3 company:Shop - denies", nil,
			"claim→first_word ?..?"},
		{"from discovery to the regulator", "s1 company:Shop 2024-09-10 notifies_regulator+confirms", func(in *Incident) { in.Discovered = "2024-09-07" },
			"discovered→customers_told ?..?, discovered→regulator_told 3..3"},
	} {
		if got := show(c.lines, c.edit); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
