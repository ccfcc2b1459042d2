package importers

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// link is an address that a fragment of HTML links to, with its words.
type link struct{ url, words string }

// fragment reads the plain text of a stranger's HTML, and its links in order.
// Nothing of the markup is left: what comes out is text, never to be trusted as
// HTML.
func fragment(s string) (text string, links []link) {
	var b strings.Builder
	var hidden int
	var open *link
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(MaxBody)
	for {
		switch z.Next() {
		case html.ErrorToken:
			lines := strings.Split(b.String(), "\n")
			var kept []string
			for _, l := range lines {
				if l = squeeze(l); l != "" {
					kept = append(kept, l)
				}
			}
			return strings.Join(kept, "\n"), links
		case html.TextToken:
			if hidden == 0 {
				words := string(z.Text())
				b.WriteString(words)
				if open != nil {
					open.words += words
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs := z.TagName()
			switch a := atom.Lookup(name); a {
			case atom.Script, atom.Style:
				hidden++
			case atom.Br, atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Tr:
				b.WriteByte('\n')
			case atom.A:
				for attrs {
					var key, value []byte
					if key, value, attrs = z.TagAttr(); string(key) == "href" {
						links = append(links, link{url: strings.TrimSpace(string(value))})
						open = &links[len(links)-1]
					}
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.Script, atom.Style:
				hidden = max(0, hidden-1)
			case atom.P, atom.Div, atom.Li, atom.Tr:
				b.WriteByte('\n')
			case atom.A:
				open = nil
			}
		}
	}
}
