package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// asking is how long so many questions for an address take on a few connections that
// stay open, as those of readers of feeds behind a proxy do.
func asking(b *testing.B, base, path, header string, questions int) time.Duration {
	b.Helper()
	const connections = 4
	question := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n%s\r\n", path, header)
	var all sync.WaitGroup
	from := time.Now()
	for range connections {
		all.Go(func() {
			c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
			if err != nil {
				b.Error(err)
				return
			}
			defer c.Close()
			r := bufio.NewReaderSize(c, 64<<10)
			for range questions / connections {
				if _, err := io.WriteString(c, question); err != nil {
					b.Error(err)
					return
				}
				res, err := http.ReadResponse(r, nil)
				if err == nil {
					_, err = io.Copy(io.Discard, res.Body)
				}
				if err != nil || res.StatusCode > 304 {
					b.Error(res, err)
					return
				}
			}
		})
	}
	all.Wait()
	return time.Since(from)
}

// A feed made and compressed for each question, beside the same kept, and beside
// bare net/http sending the same bytes.
func BenchmarkAFeedForManyReaders(b *testing.B) {
	kept := full(b)
	anew := newHouse(b, kept.file)
	anew.server.cache = nil
	const path = "/feed.rss"
	first, body := asItComes(b, kept.base+path, "Accept-Encoding", "gzip")
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", first.Header.Get("Content-Type"))
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(body)
	}))
	defer bare.Close()
	known := "If-None-Match: " + first.Header.Get("ETag") + "\r\n"
	var making, keeping, sending, telling time.Duration
	const many, few = 2000, 100
	rounds := 0
	for b.Loop() {
		rounds++
		making += asking(b, anew.base, path, "", few)
		keeping += asking(b, kept.base, path, "", many)
		sending += asking(b, bare.URL, path, "", many)
		telling += asking(b, kept.base, path, known, many)
	}
	per := func(d time.Duration, questions int) float64 { return float64(rounds*questions) / d.Seconds() }
	b.ReportMetric(per(making, few), "made/s")
	b.ReportMetric(per(keeping, many), "kept/s")
	b.ReportMetric(per(sending, many), "bare/s")
	b.ReportMetric(per(telling, many), "unchanged/s")
	b.ReportMetric(per(keeping, many)/per(making, few), "kept/made")
	b.ReportMetric(per(keeping, many)/per(sending, many), "kept/bare")
	b.ReportMetric(float64(len(body)), "bytes")
}
