package vigie

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStatementsSplitOffKeepTheirIdentityAndTheirSources(t *testing.T) {
	in := ledger(t, `
		s1 attacker:seller 2024-09-06 claims
		s2 press:Paper 2024-09-07 reports
		s3 company:Shop 2024-09-08 denies ans=s1,s2
		s4 company:Other 2024-09-09 confirms ans=s2`)
	in.Wave, in.Via, in.Brands, in.Occurred, in.Countries = "september-2024", "a supplier", []string{"Shop Kids"}, "2024-09", []string{"FR"}
	in.Statements[3].Sources = []string{"r2", "r4"}
	in.Statements[3].Quotes = []Quote{{Text: "five words and no more", Lang: "en", Source: "r4"}}
	was := *in
	stays, leaves, err := Split(*in, "s2", "s4")
	if err != nil {
		t.Fatal(err)
	}
	rows := func(in Incident) (rows []string) {
		for _, s := range in.Statements {
			rows = append(rows, fmt.Sprintf("%s was %q answers %v sources %v quotes %d", s.ID, s.Was, s.Answers, s.Sources, len(s.Quotes)))
		}
		for _, r := range in.Sources {
			rows = append(rows, r.ID+" "+r.Title)
		}
		return
	}
	title := func(n int) string { return in.Sources[n].Title }
	if d := cmp.Diff([]string{
		`s1 was "" answers [] sources [r1] quotes 0`, `s3 was "" answers [s1] sources [r3] quotes 0`,
		"r1 " + title(0), "r3 " + title(2),
	}, rows(stays)); d != "" {
		t.Error("what stays:", d)
	}
	if d := cmp.Diff([]string{
		`s1 was "shop-2024-09/s2" answers [] sources [r1] quotes 0`, `s2 was "shop-2024-09/s4" answers [s1] sources [r1 r2] quotes 1`,
		"r1 " + title(1), "r2 " + title(3),
	}, rows(leaves)); d != "" {
		t.Error("what leaves:", d)
	}
	if q := leaves.Statements[1].Quotes[0]; q.Source != "r2" || in.Statements[3].Quotes[0].Source != "r4" {
		t.Errorf("the quote is of %s, and of %s in the case it was taken from", q.Source, in.Statements[3].Quotes[0].Source)
	}
	if leaves.ID != "" || leaves.Company != "" || leaves.Via != "" || leaves.Brands != nil || leaves.Occurred != "" {
		t.Errorf("the new case says what its statements do not: %+v", leaves)
	}
	if leaves.Wave != in.Wave || leaves.Kind != in.Kind || leaves.State != in.State || stays.Via != in.Via || stays.ID != in.ID {
		t.Error("what both cases share is not in both")
	}
	if d := cmp.Diff(was, *in); d != "" {
		t.Error("the case given was changed:", d)
	}
}

func TestWhatIsSplitOffAndMergedBackIsTheSameToFeeds(t *testing.T) {
	in := ledger(t, `
		s1 attacker:seller 2024-09-06 claims
		s2 press:Paper 2024-09-07 reports
		s3 company:Shop 2024-09-08 denies ans=s1`)
	stays, leaves, err := Split(*in, "s2")
	if err != nil {
		t.Fatal(err)
	}
	leaves.ID, leaves.Company = "other-2024-09", "other"
	back := Merge(stays, leaves)
	told := map[string]bool{}
	for i := range back.Statements {
		told[back.Statements[i].FullID(back.ID)] = true
	}
	if d := cmp.Diff(map[string]bool{"shop-2024-09/s1": true, "shop-2024-09/s2": true, "shop-2024-09/s3": true}, told); d != "" {
		t.Error(d)
	}
}

func TestASourceCitedOnBothSidesOfASplitIsInBoth(t *testing.T) {
	in := ledger(t, `
		s1 attacker:seller 2024-09-06 claims
		s2 press:Paper 2024-09-07 reports`)
	in.Sources = append(in.Sources[:1:1], Source{ID: "r9", Publisher: "Nobody cites me", Seen: SeenFull})
	in.Statements[1].Sources = []string{"r1"}
	stays, leaves, err := Split(*in, "s2")
	if err != nil || len(leaves.Sources) != 1 || len(stays.Sources) != 2 {
		t.Errorf("%v: %d sources leave and %d stay, want 1 and 2", err, len(leaves.Sources), len(stays.Sources))
	}
	if _, _, err := Split(*in, "s2", "s7"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a statement that is not there: %v", err)
	}
}
