package web

import (
	"fmt"
	"strings"

	"vigie"
)

// Meta is a meta element of the head of a page.
type Meta struct{ Name, Content string }

// Citation are the elements from which a reference manager saves a case in one click:
// Highwire's (citation_*), which Google Scholar and Zotero's Embedded Metadata translator
// read, and Dublin Core's. The institution makes it a report in Zotero, whose number
// holds the version; the address is that of this version, and the reader's program adds
// the day it was read.
func (p Incident) Citation() []Meta {
	own := p.context().tellerOfCase(p.Record).citations()[0]
	url, version := own.URL, own.Version
	if n := p.Shown(); n > 0 {
		version, url = fmt.Sprint(n), p.Base+PagePath(p.Lang, VersionPath(p.Record.ID, n))
	}
	if p.AsOf != "" {
		url = p.Base + p.Here(p.Lang)
	}
	number := p.Record.ID
	if version != "" {
		number += ", version " + version // the word is the same in both languages
	}
	day := string(own.Issued)
	return given(
		Meta{"citation_title", own.Title},
		Meta{"citation_author", unsplit(own.Author)},
		Meta{"citation_publication_date", strings.ReplaceAll(day, "-", "/")},
		Meta{"citation_technical_report_institution", p.Site.Name},
		Meta{"citation_technical_report_number", number},
		Meta{"citation_language", string(p.Lang)},
		Meta{"citation_public_url", url},
		Meta{"DC.title", own.Title},
		Meta{"DC.creator", unsplit(own.Author)},
		Meta{"DC.publisher", p.Site.Name},
		Meta{"DC.date", day},
		Meta{"DC.identifier", url},
		Meta{"DC.language", string(p.Lang)},
		Meta{"DC.rights", p.Site.Licence},
		Meta{"DC.type", "report"},
	)
}

// unsplit keeps the name of an organisation whole: readers of these elements take the
// word after the last space for the family name of a person.
func unsplit(name string) string { return strings.ReplaceAll(name, " ", "\u00a0") }

// given leaves out what is unknown.
func given(all ...Meta) (out []Meta) {
	for _, m := range all {
		if m.Content != "" {
			out = append(out, m)
		}
	}
	return out
}

// Locale is the language of the page as OpenGraph names it.
func (f Frame) Locale() string {
	return map[vigie.Lang]string{vigie.French: "fr_FR", vigie.English: "en_GB"}[f.Lang]
}
