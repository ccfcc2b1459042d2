package importers_test

import (
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vigie"
	"vigie/importers"
)

// truth is what another tracker found of one year of French leaks: what it read,
// and which of its incidents each item went to. An algorithm made it (the same
// name within fourteen days, and a list of aliases), so that to agree with it
// proves that nothing is badly wrong, not that all is right: the record is the
// harder test. Items whose incident cannot be told are left out.
type truth struct {
	candidates []vigie.Candidate
	incident   []string
	companies  []vigie.Company // of its list of aliases
}

// split are incidents that the tracker keeps apart, by their ids there, and that
// are one to whoever reads the two entries: the same body on the same day or the
// next, once under its full name and once under its initials or without the word
// group, filed under two sorts of threat. Every pair on which we differ was read;
// figures are printed with and without this list.
var split = map[string]string{
	"INC-5712ACB38D5A": "INC-0B6072EBE30D",
	"INC-88FCA74B0248": "INC-CFB3AE4A9D63",
	"INC-82C56212890E": "INC-2A9888F66F2D",
}

const truthDir = "../../shared/data/corpora/fr_cyberwatch_ya7o"

func readTruth(t testing.TB) truth {
	t.Helper()
	if _, err := os.Stat(truthDir); err != nil {
		t.Skip("the corpora are not here: ", err)
	}
	var tr truth
	byPage := map[string][]map[string]string{}
	for _, in := range rowsOf(t, "incidents.csv.gz") {
		for u := range strings.SplitSeq(in["Source_URLs"], " | ") {
			byPage[u] = append(byPage[u], in)
		}
	}
	facts := map[string]struct {
		Affected, Unit, Actor, Site string
	}{}
	dec := json.NewDecoder(unpacked(t, "source_facts.ndjson.gz"))
	for {
		var f struct {
			ID       string `json:"Item_ID"`
			Affected string `json:"Affected_Count"`
			Unit     string `json:"Affected_Unit"`
			Actor    string `json:"Threat_Actor"`
			Site     string `json:"Victim_Website"`
		}
		if err := dec.Decode(&f); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		facts[f.ID] = struct{ Affected, Unit, Actor, Site string }{f.Affected, f.Unit, f.Actor, f.Site}
	}
	kinds := map[string]vigie.Kind{"Fuite de données": "data_breach", "Ransomware": "ransomware", "DDoS": "ddos"}
	for _, it := range rowsOf(t, "items.csv.gz") {
		of := byPage[it["URL"]]
		if len(of) > 1 {
			kept := of[:0:0]
			for _, in := range of {
				if in["Organisation"] == it["Organisation_Raw"] {
					kept = append(kept, in)
				}
			}
			of = kept
		}
		if len(of) != 1 {
			continue
		}
		f := facts[it["Item_ID"]]
		c := vigie.Candidate{ID: it["Item_ID"], Kind: "feed", Key: it["Item_ID"], Source: vigie.Source{Title: it["Title"], Publisher: it["Source_ID"]},
			Reading: vigie.Reading{IsIncident: true, Victims: []string{it["Organisation_Raw"]}, Kind: kinds[it["Threat"]], Published: vigie.Date(it["Published_Date"]), Text: it["Title"]}}
		if it["Source_ID"] != "CYBERATTAQUE_ORG" { // the others are lists, this one is press
			c.Kind, c.Draft = "leaklists", &vigie.Incident{}
		}
		if n, err := strconv.ParseInt(f.Affected, 10, 64); err == nil && n > 0 {
			c.Reading.Affected = []vigie.Count{{Value: n, Unit: vigie.Unit(f.Unit), Qualifier: vigie.Exact}}
		}
		if f.Actor != "" {
			c.Reading.Actor = []string{f.Actor}
		}
		tr.candidates = append(tr.candidates, c)
		tr.incident = append(tr.incident, of[0]["Incident_ID"])
	}
	aliases := map[string]*vigie.Company{}
	for _, a := range rowsOf(t, "organisation_aliases.csv") {
		if aliases[a["canonical"]] == nil {
			aliases[a["canonical"]] = &vigie.Company{ID: vigie.Slug(a["canonical"]), Name: a["canonical"]}
		}
		aliases[a["canonical"]].Aliases = append(aliases[a["canonical"]].Aliases, a["alias"])
	}
	for _, co := range aliases {
		tr.companies = append(tr.companies, *co)
	}
	return tr
}

func unpacked(t testing.TB, name string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(truthDir, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if !strings.HasSuffix(name, ".gz") {
		return f
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func rowsOf(t testing.TB, name string) (rows []map[string]string) {
	t.Helper()
	all, err := csv.NewReader(unpacked(t, name)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, column := range all[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// pairs counts the decisions on two items: right, wrong, missed.
type pairs struct{ right, wrong, missed int }

func (p pairs) precision() float64 { return float64(p.right) / float64(max(1, p.right+p.wrong)) }
func (p pairs) recall() float64    { return float64(p.right) / float64(max(1, p.right+p.missed)) }
func (p pairs) String() string {
	return fmt.Sprintf("precision %.3f, recall %.3f (%d right, %d wrong, %d missed)", p.precision(), p.recall(), p.right, p.wrong, p.missed)
}

// heldBack tells whether an item belongs to the third that was not looked at while
// the rules were written: by the first letters of its name, so that all items of
// a victim stand on one side.
func heldBack(c vigie.Candidate) bool {
	key := vigie.NameKey(c.Reading.Victims[0])
	sum := sha256.Sum256([]byte(key[:min(3, len(key))]))
	return sum[0]%3 == 0
}

// joined is the truth with its split incidents joined.
func (tr truth) joined() truth {
	ids := slices.Clone(tr.incident)
	for i, id := range ids {
		ids[i] = cmp.Or(split[id], id)
	}
	tr.incident = ids
	return tr
}

func (tr truth) compare(groups [][]int) (seen, kept pairs, told []string) {
	group := make([]int, len(tr.candidates))
	for g, members := range groups {
		for _, i := range members {
			group[i] = g
		}
	}
	for i := range tr.candidates {
		for j := range i {
			same, said := tr.incident[i] == tr.incident[j], group[i] == group[j]
			if !same && !said {
				continue
			}
			p := &seen
			if heldBack(tr.candidates[i]) {
				p = &kept
			}
			switch {
			case same && said:
				p.right++
			case said:
				p.wrong++
			default:
				p.missed++
			}
			if same != said && p == &seen {
				a, b := tr.candidates[i], tr.candidates[j]
				told = append(told, fmt.Sprintf("same=%v: %s %q / %s %q", same, a.Reading.Published, a.Source.Title, b.Reading.Published, b.Source.Title))
			}
		}
	}
	return seen, kept, told
}

func TestNewsOfOneIncidentMeetsAsAnotherTrackerFound(t *testing.T) {
	raw := readTruth(t)
	for _, how := range []struct {
		name              string
		truth             truth
		companies         []vigie.Company
		precision, recall float64
	}{
		{"with its aliases, what it split joined", raw.joined(), raw.companies, 0.99, 0.95},
		{"with its aliases, as it is", raw, raw.companies, 0.95, 0.95},
		{"names alone, what it split joined", raw.joined(), nil, 0.98, 0.90},
	} {
		seen, kept, told := how.truth.compare(importers.NewMatcher(how.companies).Cluster(raw.candidates))
		all := pairs{seen.right + kept.right, seen.wrong + kept.wrong, seen.missed + kept.missed}
		t.Logf("%d items, %s: %v; of them held back: %v", len(raw.candidates), how.name, all, kept)
		if all.precision() < how.precision || all.recall() < how.recall {
			t.Errorf("%s: precision %.3f is to be %v at least, recall %.3f %v\n%s", how.name, all.precision(), how.precision, all.recall(), how.recall, strings.Join(told, "\n"))
		}
	}
}

// BenchmarkCluster prints the pairwise figures beside the time that it takes.
func BenchmarkCluster(b *testing.B) {
	raw := readTruth(b)
	var groups [][]int
	for b.Loop() {
		groups = importers.NewMatcher(raw.companies).Cluster(raw.candidates)
	}
	for name, tr := range map[string]truth{"": raw, "-joined": raw.joined()} {
		seen, kept, _ := tr.compare(groups)
		all := pairs{seen.right + kept.right, seen.wrong + kept.wrong, seen.missed + kept.missed}
		b.ReportMetric(all.precision(), "precision"+name)
		b.ReportMetric(all.recall(), "recall"+name)
	}
	b.ReportMetric(float64(len(raw.candidates))*float64(b.N)/b.Elapsed().Seconds(), "items/s")
}
