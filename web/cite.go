package web

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"vigie"
)

// Citations of one case: our record of it first, in the version shown, then every
// source it was read in. CSL-JSON is for Zotero and word processors, BibTeX
// (biblatex's entries, for biber) for LaTeX.

// citation is a work to cite.
type citation struct {
	Key, Title, Container, Publisher, Author string
	Dataset                                  bool
	Type                                     string // of CSL
	Issued, Accessed                         vigie.Date
	URL, Archive, Language, Note, Version    string
}

// cslTypes says what a source of ours is in CSL; a web page unless said otherwise.
var cslTypes = map[string]string{"article": "article-newspaper", "post": "post", "report": "report", "filing": "report", "decision": "report"}

var citeWords = struct{ Untitled vigie.Text }{vigie.Text{FR: "[sans titre]", EN: "[no title]"}}

// citations are the record of the case and its sources.
func (t teller) citations() []citation {
	d := t.derived()
	own := citation{
		Key: t.r.ID, Title: t.headline(), Dataset: true, Type: "dataset", Publisher: t.c.siteName(), Author: t.c.publisher(), Accessed: vigie.Date(t.c.Accessed),
		URL: t.c.IncidentURL(t.r.ID), Language: string(t.c.Lang),
	}
	// In a list of references the title stands alone. Of a confirmed case the word is
	// left out: behind a figure of an attacker's it would confirm the figure.
	if word := t.now.Word; !claimPrefixes[word].IsZero() {
		own.Title += " [" + vigie.Label("word", word, t.c.Lang) + "]"
	}
	if d.Version > 0 {
		own.Version, own.URL = fmt.Sprint(d.Version), t.c.Page(VersionPath(t.r.ID, d.Version))
	}
	if !d.Updated.IsZero() {
		own.Issued = vigie.Date(vigie.DayOf(d.Updated))
	}
	own.Note = strings.Join(slices.DeleteFunc([]string{t.c.state(), t.c.asked(), t.c.licence()}, func(s string) bool { return s == "" }), "; ")
	list := []citation{own}
	for _, s := range t.r.Sources {
		c := citation{
			Key: t.r.ID + "-" + s.ID, Title: oneLine(s.Title), Container: oneLine(s.Publisher), Publisher: oneLine(s.Publisher), Type: cslTypes[s.Kind],
			Issued: s.Published, Language: languageTag(s.Lang),
		}
		if c.Type == "" {
			c.Type = "webpage"
		}
		c.URL, _ = linkable(s.URL)
		c.Archive, _ = linkable(s.Archive)
		if len(s.Retrieved) >= len("2006-01-02") {
			c.Accessed = vigie.Date(s.Retrieved[:len("2006-01-02")])
		}
		if s.SHA256 != "" {
			c.Note = "sha256: " + oneLine(s.SHA256)
		}
		list = append(list, c)
	}
	return list
}

// CSL-JSON (csl-data.json of the schema 1.0).
type (
	cslItem struct {
		ID        string    `json:"id"`
		Type      string    `json:"type"`
		Title     string    `json:"title,omitempty"`
		Author    []cslName `json:"author,omitempty"`
		Container string    `json:"container-title,omitempty"`
		Publisher string    `json:"publisher,omitempty"`
		Issued    *cslDate  `json:"issued,omitempty"`
		Accessed  *cslDate  `json:"accessed,omitempty"`
		URL       string    `json:"URL,omitempty"`
		Archive   string    `json:"archive_location,omitempty"`
		Language  string    `json:"language,omitempty"`
		Version   string    `json:"version,omitempty"`
		Note      string    `json:"note,omitempty"`
	}
	cslName struct {
		Literal string `json:"literal"`
	}
	cslDate struct {
		Parts [][]int `json:"date-parts"`
		Circa bool    `json:"circa,omitempty"`
	}
)

func writeCSL(w io.Writer, c Context, r Case) error {
	items := []cslItem{}
	for _, cited := range c.tellerOfCase(r.Record).citations() {
		item := cslItem{
			ID: cited.Key, Type: cited.Type, Title: cited.Title, Container: cited.Container, Publisher: cited.Publisher, Issued: cslDay(cited.Issued), Accessed: cslDay(cited.Accessed),
			URL: cited.URL, Archive: cited.Archive, Language: cited.Language, Version: cited.Version, Note: cited.Note,
		}
		if cited.Author != "" {
			item.Author = []cslName{{cited.Author}}
		}
		items = append(items, item)
	}
	return writeJSON(w, "the citations of "+r.ID, items)
}

// cslDay is a date as precise as it is: of a month no day.
func cslDay(d vigie.Date) *cslDate {
	if !d.Known() {
		return nil
	}
	out := &cslDate{Circa: strings.Contains(string(d), "~")}
	for _, end := range strings.Split(string(d), "/") {
		on := slideDay(vigie.Date(end))
		parts := []int{on.Year}
		if on.Month > 0 {
			parts = append(parts, on.Month)
		}
		if on.Day > 0 {
			parts = append(parts, on.Day)
		}
		out.Parts = append(out.Parts, parts)
	}
	return out
}

func writeBib(w io.Writer, c Context, r Case) error {
	for i, cited := range c.tellerOfCase(r.Record).citations() {
		entry := cited.bib(c.Lang)
		if i > 0 {
			entry = "\n" + entry
		}
		if _, err := io.WriteString(w, entry); err != nil {
			return fmt.Errorf("writing the citations of %s: %w", r.ID, err)
		}
	}
	return nil
}

// bib is the entry of biblatex. Its dates are EDTF, as ours are; an address is
// taken to the letter there, every other field as LaTeX.
func (c citation) bib(lang vigie.Lang) string {
	kind, author := "online", c.Publisher
	if c.Dataset {
		kind, author = "dataset", c.Author
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@%s{%s", kind, c.Key)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %-9s = {%s}", name, value)
		}
	}
	organisation := func(name string) string { // braces keep a name from being taken apart
		if name == "" {
			return ""
		}
		return "{" + latex(name) + "}"
	}
	title := c.Title
	if title == "" {
		title = citeWords.Untitled.In(lang)
	}
	field("author", organisation(author))
	field("title", "{"+latex(title)+"}")
	if c.Dataset {
		field("publisher", latex(c.Publisher))
	}
	field("date", known(c.Issued))
	field("version", latex(c.Version))
	field("url", c.URL)
	if c.URL != "" { // biblatex has no day of access without an address
		field("urldate", known(c.Accessed))
	}
	field("langid", babel[strings.ToLower(strings.SplitN(c.Language, "-", 2)[0])])
	var notes []string
	if c.Archive != "" {
		notes = append(notes, latex(c.Archive))
	}
	if c.Note != "" {
		notes = append(notes, latex(c.Note))
	}
	field("note", strings.Join(notes, "; "))
	b.WriteString("\n}\n")
	return b.String()
}

func known(d vigie.Date) string {
	if d.Known() {
		return string(d)
	}
	return ""
}

// babel are the names that biblatex has for languages.
var babel = map[string]string{
	"cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
	"nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
}

var latexSpecials = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

// latex writes a text so that LaTeX shows it as it is.
func latex(s string) string { return latexSpecials.Replace(oneLine(s)) }
