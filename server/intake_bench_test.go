package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"vigie/db"
	"vigie/importers"
)

// anyFeed is a feed of so many items that nobody has seen yet.
func anyFeed(round, items int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Le Journal des Échoppes</title><link>https://journal.example/</link>`)
	for n := range items {
		fmt.Fprintf(&b, `<item><title>Brindelys %d-%d victime d’une fuite de données</title><link>https://journal.example/%d/%d</link><pubDate>Tue, 03 Mar 2026 09:00:00 +0100</pubDate><language>fr</language><description>`+
			`L’enseigne de jardinerie Brindelys %d-%d confirme une fuite de données. Selon un porte-parole, %d clients sont concernés : noms, adresses e-mail et numéros de téléphone ont été consultés. `+
			`Aucune donnée bancaire n’est touchée. L’entreprise dit avoir prévenu la CNIL et ses clients. Le pirate, qui se fait appeler Lanterne, affirme détenir un million de lignes.`+
			`</description></item>`, round, n, round, n, round, n, 10_000+n)
	}
	return b.String() + "</channel></rss>"
}

// A feed from its bytes to the desk (parsed, read, stored, met with the known
// cases one by one), beside what gofeed takes to parse the same bytes.
func BenchmarkAFeedBroughtToTheDesk(b *testing.B) {
	const items = 100
	h := full(b)
	var parsing, bringing time.Duration
	round := 0
	for b.Loop() {
		round++
		body := anyFeed(round, items)
		from := time.Now()
		if feed, err := gofeed.NewParser().ParseString(body); err != nil || len(feed.Items) != items {
			b.Fatalf("gofeed: %v", err)
		}
		parsing += time.Since(from)
		from = time.Now()
		in := &intake{store: h.store, kind: importers.FeedKind, origin: "bench", read: importers.Readers[importers.FeedKind]}
		run, err := in.run(b.Context(), importers.Document{URL: "https://journal.example/feed", ContentType: "application/rss+xml", Body: []byte(body)})
		if err != nil || run.Tally.New != items {
			b.Fatalf("%+v: %v", run.Tally, err)
		}
		waiting, err := h.store.Queue(b.Context(), db.Filter{Run: run.ID, Limit: items})
		if err != nil || len(waiting) != items {
			b.Fatalf("%d in the queue: %v", len(waiting), err)
		}
		for _, c := range waiting {
			if _, _, err := suspects(b.Context(), h.store, c); err != nil {
				b.Fatal(err)
			}
		}
		bringing += time.Since(from)
	}
	b.ReportMetric(float64(items*round)/bringing.Seconds(), "items/s")
	b.ReportMetric(float64(items*round)/parsing.Seconds(), "items/s-gofeed")
	b.ReportMetric(bringing.Seconds()/parsing.Seconds(), "×gofeed")
}
