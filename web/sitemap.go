package web

import (
	"encoding/xml"
	"fmt"
	"io"
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

// SitemapPartPath is the address of a part of a sitemap that is too long, from 1 on.
func SitemapPartPath(part int) string { return fmt.Sprintf("/sitemap/%d.xml", part) }

type (
	sitemapURL struct {
		Loc     string        `xml:"loc"`
		LastMod string        `xml:"lastmod,omitempty"`
		Links   []sitemapLink `xml:"xhtml:link"`
	}
	sitemapLink struct {
		Rel  string     `xml:"rel,attr"`
		Lang vigie.Lang `xml:"hreflang,attr"`
		Href string     `xml:"href,attr"`
	}
	sitemapPart struct {
		XMLName xml.Name `xml:"sitemap"`
		Loc     string   `xml:"loc"`
		LastMod string   `xml:"lastmod,omitempty"`
	}
)

// WriteSitemap lists pages in every language, each with its translations. base is scheme
// and host.
func WriteSitemap(w io.Writer, base string, pages []SitemapPage) error {
	base = strings.TrimSuffix(base, "/")
	return writeSitemap(w, `urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"`, func(e *xml.Encoder) error {
		for _, p := range pages {
			var links []sitemapLink
			for _, lang := range vigie.Langs {
				links = append(links, sitemapLink{"alternate", lang, base + PagePath(lang, p.Path)})
			}
			for _, l := range links {
				if err := e.EncodeElement(sitemapURL{l.Href, sitemapTime(p.At), links}, xml.StartElement{Name: xml.Name{Local: "url"}}); err != nil {
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
	return writeSitemap(w, `sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`, func(e *xml.Encoder) error {
		for i, at := range parts {
			if err := e.Encode(sitemapPart{Loc: base + SitemapPartPath(i+1), LastMod: sitemapTime(at)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func writeSitemap(w io.Writer, root string, body func(*xml.Encoder) error) error {
	name, _, _ := strings.Cut(root, " ")
	_, err := io.WriteString(w, xml.Header+"<"+root+">\n")
	if err == nil {
		e := xml.NewEncoder(w)
		if err = body(e); err == nil {
			err = e.Close()
		}
	}
	if err == nil {
		_, err = io.WriteString(w, "\n</"+name+">\n")
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
