package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vigie"
)

// benchCases is how many cases the benchmarks search; VIGIE_BENCH_CASES=100000
// for the size the store is designed for.
func benchCases() int {
	if n, err := strconv.Atoi(os.Getenv("VIGIE_BENCH_CASES")); err == nil {
		return n
	}
	return 10_000
}

var benchStore = sync.OnceValue(func() *DB {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "vigie-bench")
	if err != nil {
		panic(err)
	}
	e, err := OpenSQLite(filepath.Join(dir, "vigie.db"))
	if err != nil {
		panic(err)
	}
	d, err := Open(ctx, e, tick())
	if err != nil {
		panic(err)
	}
	var batch []Save
	for i := range 200 {
		id := fmt.Sprintf("shop-%d", i)
		batch = append(batch, Save{Company: &vigie.Company{ID: id, Name: id, Sector: []string{"home", "toys", "grocery"}[i%3], Country: "FR"}, By: desk})
	}
	random := rand.New(rand.NewPCG(1, 2))
	start := time.Now()
	for i := range benchCases() {
		company := fmt.Sprintf("shop-%d", i%200)
		in := claim(fmt.Sprintf("%s-%d-2025-05", company, i), company)
		day := vigie.Date(time.Date(2005, 1, 1+random.IntN(7000), 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
		in.Disclosed, in.Statements[0].On = day, day
		said := strings.Repeat("what the seller says of the file in some sixty words ", 6)
		if i%10 == 0 {
			said += "commonword"
		}
		if i%1000 == 0 {
			said += " rareword"
		}
		in.Statements[0].Text.EN = said
		batch = append(batch, Save{Incident: in, By: desk})
		if len(batch) >= 500 {
			if _, err := d.Save(ctx, batch...); err != nil {
				panic(err)
			}
			batch = nil
		}
	}
	if _, err := d.Save(ctx, batch...); err != nil {
		panic(err)
	}
	fmt.Printf("# %d cases saved, %.0f a second\n", benchCases(), float64(benchCases())/time.Since(start).Seconds())
	return d
})

// bare is the least that SQLite can do to find the same rows: the row ids alone,
// newest first.
func bare(b *testing.B, d *DB, word string) time.Duration {
	b.Helper()
	start := time.Now()
	const times = 200
	for range times {
		err := d.engine.Query(b.Context(), []SQL{sql(`SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 20`, `"`+word+`"`)}, func(_ int, row Row) error {
			var doc int64
			return row.Scan(&doc)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start) / times
}

// Searches against the bare SQL in the same run: × is how many times as long the
// whole answer takes, with its twenty cases decoded and judged, total and facets.
func BenchmarkSearch(b *testing.B) {
	d := benchStore()
	for _, c := range []struct {
		name, baseline string
		q              vigie.Query
	}{
		{"rare word", "rareword", vigie.Query{Q: "rareword"}},
		{"common word", "commonword", vigie.Query{Q: "commonword"}},
		{"common word as written", "commonword", vigie.Query{Q: `"commonword"`}}, // without its other forms
		{"very common word", "seller", vigie.Query{Q: "seller"}},
		{"misspelt name", "rareword", vigie.Query{Q: "rareword shpo"}},
		{"very common word by relevance", "seller", vigie.Query{Q: "seller", Sort: "relevance"}},
		{"no word", "seller", vigie.Query{}},
		{"one company", "seller", vigie.Query{Company: []string{"shop-7"}}},
		{"sector and word", "commonword", vigie.Query{Q: "commonword", Sector: []string{"toys"}}},
	} {
		b.Run(strings.ReplaceAll(c.name, " ", "_"), func(b *testing.B) {
			base := bare(b, d, c.baseline)
			b.ResetTimer()
			for b.Loop() {
				if answer, err := d.Search(b.Context(), c.q); err != nil || len(answer.Incidents) == 0 && c.name != "misspelt name" {
					b.Fatal(answer.Total, err)
				}
			}
			per := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(base.Microseconds()), "bare-µs")
			b.ReportMetric(float64(per)/float64(base), "×bare")
		})
	}
}

// BenchmarkPage is a page of results alone: no total, no facets, as feeds ask.
func BenchmarkPage(b *testing.B) {
	d := benchStore()
	for _, q := range []vigie.Query{Q("rareword"), Q("commonword"), Q("seller"), {}, {Company: []string{"shop-7"}}} {
		words := splitWords(q.Q)
		page := selected(q, words, shown, "", true).page(orders["newest"], cursor{}, false, 20)
		b.Run(strings.ReplaceAll(strings.TrimSpace(q.Q+" "+strings.Join(q.Company, " ")+" ·"), " ", "_"), func(b *testing.B) {
			for b.Loop() {
				rows := 0
				err := d.engine.Query(b.Context(), []SQL{page}, func(_ int, row Row) error {
					rows++
					var at cursor
					_, err := scanStored(row, at.keys(orders["newest"])...)
					return err
				})
				if err != nil || rows == 0 {
					b.Fatal(rows, err)
				}
			}
		})
	}
}

func BenchmarkTimeline(b *testing.B) {
	d := benchStore()
	for name, q := range map[string]vigie.Query{"feed": {Sort: "recorded"}, "feed of a word": {Sort: "recorded", Q: "rareword"}, "feed of a sector": {Sort: "recorded", Sector: []string{"toys"}}} {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Timeline(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSave(b *testing.B) {
	d := benchStore()
	n := 0
	for b.Loop() {
		n++
		in := claim(fmt.Sprintf("shop-1-b%d-%d-2025-05", n, time.Now().UnixNano()), "shop-1")
		if _, err := d.Save(b.Context(), Save{Incident: in, By: desk}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSuspects asks for the cases that a page of the queue may be about: fifty
// candidates, half of them of companies with hundreds of cases, at once.
func BenchmarkSuspects(b *testing.B) {
	d := benchStore()
	var list []vigie.Candidate
	for i := range QueueLength {
		name := fmt.Sprintf("shop-%d", i)
		if i%2 == 1 {
			name = fmt.Sprintf("nobody-%d", i)
		}
		list = append(list, vigie.Candidate{Key: fmt.Sprintf("https://press.example/%d", i), Reading: vigie.Reading{Victims: []string{name}}})
	}
	for b.Loop() {
		found, err := d.SuspectsOf(b.Context(), list)
		if err != nil || len(found[0]) == 0 || len(found[1]) != 0 {
			b.Fatal(len(found[0]), len(found[1]), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*QueueLength), "µs/candidate")
}

// BenchmarkQueue lists and counts a page of a queue of ten thousand.
func BenchmarkQueue(b *testing.B) {
	d := benchStore()
	for i := range 10_000 {
		c := article(fmt.Sprintf("bench-%d", i), fmt.Sprintf("bench-%d", i))
		c.Reading.Text = strings.Repeat("what an article says of it in some sixty words ", 60)
		if i%3 == 0 {
			c.Reading.IsRetail, c.Reading.Lang = true, "fr"
		}
		if _, err := d.AddCandidate(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
	for name, f := range map[string]Filter{"first page": {}, "later page": {After: "bench-3000"}, "words": {Words: "article bench 9990"}, "language": {Lang: "fr"}} {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if list, err := d.Queue(b.Context(), f); err != nil || len(list) == 0 {
					b.Fatal(len(list), err)
				}
			}
		})
	}
	b.Run("counts", func(b *testing.B) {
		for b.Loop() {
			if n, err := d.CountQueue(b.Context(), Filter{}); err != nil || n.Total < 10_000 {
				b.Fatal(n, err)
			}
		}
	})
}
