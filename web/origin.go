package web

import (
	"strconv"
	"strings"

	"vigie"
)

// What every format says of itself, wherever it has a place for it: whom to name,
// the licence, what was asked, and which edition of the record answered.

var originWords = struct{ From, Asked, Edition, Licence vigie.Text }{
	From: vigie.Text{FR: "Source", EN: "Source"}, Asked: vigie.Text{FR: "question", EN: "query"},
	Edition: vigie.Text{FR: "édition {n} du registre", EN: "edition {n} of the record"}, Licence: vigie.Text{FR: "licence", EN: "licence"},
}

// attribution is whom to name, and where to: "Source: Vigie, Les Veilleurs, https://…".
func (c Context) attribution() string {
	who := c.named()
	if c.HTML != "" {
		who += ", " + asciiURI(c.HTML)
	}
	return oneLine(originWords.From.In(c.Lang) + feedWords.Colon.In(c.Lang) + who)
}

// named is whom to name: the site, and who publishes it when that is another name.
func (c Context) named() string {
	who := c.siteName()
	if p := c.publisher(); p != who {
		who += ", " + p
	}
	return oneLine(who)
}

// licence is the licence of the record with the address of its text.
func (c Context) licence() string {
	name := oneLine(c.Site.Licence)
	if href, ok := linkable(c.Site.LicenceURL); ok {
		name = strings.TrimSpace(name + " " + href)
	}
	return name
}

// query is what was asked, in its canonical form: the address without host,
// language, format and page.
func (c Context) query() string { return oneLine(c.Topic) }

// asked is the same with the word for it.
func (c Context) asked() string {
	if query := c.query(); query != "" {
		return originWords.Asked.In(c.Lang) + feedWords.Colon.In(c.Lang) + query
	}
	return ""
}

// state is the edition of the record that answered; "" when it is not known.
func (c Context) state() string {
	if c.Edition <= 0 {
		return ""
	}
	return fill(originWords.Edition.In(c.Lang), "{n}", strconv.FormatInt(c.Edition, 10))
}

// origin is all of it in one paragraph of plain text.
func (c Context) origin() string {
	parts := []string{c.attribution()}
	if licence := c.licence(); licence != "" {
		parts = append(parts, originWords.Licence.In(c.Lang)+" "+licence)
	}
	for _, part := range []string{c.asked(), c.state()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return feedWords.About.In(c.Lang) + " " + strings.Join(parts, feedWords.Semicolon.In(c.Lang)) + "."
}

// notice is the licence of a JSON answer.
type notice struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

// terms are what a JSON answer adds of its own: under which licence it is, and
// whom to name.
type terms struct {
	Licence     *notice `json:"licence,omitempty" doc:"The licence of the record."`
	Attribution string  `json:"attribution,omitempty" doc:"Whom to name when it is used."`
}

func (c Context) terms() terms {
	t := terms{Attribution: c.attribution()}
	href, _ := linkable(c.Site.LicenceURL)
	if n := (notice{oneLine(c.Site.Licence), href}); n != (notice{}) {
		t.Licence = &n
	}
	return t
}
