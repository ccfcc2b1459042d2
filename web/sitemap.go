package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"vigie"
)

// SitemapMIME is the media type of a sitemap and of an index of them.
const SitemapMIME = "application/xml; charset=utf-8"

// SitemapMost is how many pages one sitemap lists: each in every language, and the
// protocol bounds a file to 50,000 addresses (sitemaps.org).
const SitemapMost = 25_000

// SitemapPage is a page that search engines may show.
type SitemapPage struct {
	Path string    // without language, and without fragment
	At   time.Time // of the last revision of what it shows; zero leaves it out
}

// SitemapPages are the pages that every Vigie has. at is when the record last changed.
func SitemapPages(at time.Time) []SitemapPage {
	return []SitemapPage{
		{HomePath, at}, {IncidentsPath, at}, {TimelinePath, at}, {CompaniesPath, at}, {WavesPath, at}, {CorrectionsPath, at},
		{AboutPath, time.Time{}}, {CreditsPath, time.Time{}}, {HelpPath, time.Time{}}, {FeedsPath, time.Time{}}, {APIPath, time.Time{}}, {DumpPath, at},
	}
}

// SitemapParts cuts a list of pages into files that are not too long.
func SitemapParts(pages []SitemapPage) [][]SitemapPage {
	return slices.Collect(slices.Chunk(pages, SitemapMost))
}

// SitemapPartPath is the address of a part of a sitemap that is too long, from 1 on.
func SitemapPartPath(part int) string { return fmt.Sprintf("/sitemap/%d.xml", part) }

type (
	sitemapURL struct {
		XMLName xml.Name `xml:"url"`
		Loc     string   `xml:"loc"`
		LastMod string   `xml:"lastmod,omitempty"`
	}
	sitemapPart struct {
		XMLName xml.Name `xml:"sitemap"`
		Loc     string   `xml:"loc"`
		LastMod string   `xml:"lastmod,omitempty"`
	}
)

// WriteSitemap lists pages in every language; which is the translation of which, the pages
// themselves say (the schema of the protocol takes no such links). base is scheme and host.
func WriteSitemap(w io.Writer, base string, pages []SitemapPage) error {
	base = strings.TrimSuffix(base, "/")
	return writeSitemap(w, "urlset", func(e *xml.Encoder) error {
		for _, p := range pages {
			for _, lang := range vigie.Langs {
				if err := e.Encode(sitemapURL{Loc: base + PagePath(lang, p.Path), LastMod: sitemapTime(p.At)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// WriteSitemapIndex lists the parts of a sitemap, by when each last changed.
func WriteSitemapIndex(w io.Writer, base string, parts []time.Time) error {
	base = strings.TrimSuffix(base, "/")
	return writeSitemap(w, "sitemapindex", func(e *xml.Encoder) error {
		for i, at := range parts {
			if err := e.Encode(sitemapPart{Loc: base + SitemapPartPath(i+1), LastMod: sitemapTime(at)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func writeSitemap(w io.Writer, root string, body func(*xml.Encoder) error) error {
	_, err := io.WriteString(w, xml.Header+"<"+root+` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`+"\n")
	if err == nil {
		e := xml.NewEncoder(w)
		if err = body(e); err == nil {
			err = e.Close()
		}
	}
	if err == nil {
		_, err = io.WriteString(w, "\n</"+root+">\n")
	}
	if err != nil {
		return fmt.Errorf("writing the sitemap: %w", err)
	}
	return nil
}

func sitemapTime(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
