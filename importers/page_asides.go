package importers

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// asides are the classes and ids of what stands around an article and tells other
// stories: comments, what else to read, letters to subscribe to.
var asides = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:comments?(?:-?(?:list|section|area|thread|respond|form))?|disqus(?:_thread)?|respond|related(?:-?(?:posts?|articles?|stories|content|links?))?|read-?(?:also|next|more-?articles)|lire-?aussi|a-?lire(?:-?aussi)?|sur-?le-?meme-?(?:sujet|theme)|newsletter(?:-?(?:signup|box|form|subscribe))?|recommended|most-?read|outbrain|taboola|share-?(?:bar|buttons?|links)|social-?(?:share|links)|author-?bio|paywall)(?:$|[\s_-])`)

// withoutAsides takes them out of a page before its text is looked for. What holds
// most of the page's words is kept, whatever it is called.
func withoutAsides(root *html.Node) {
	total := len(inline(root))
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data == "html" || n.Data == "body" || n.Data == "article" || n.Data == "main" {
			continue
		}
		if asides.MatchString(attr(n, "class")+" "+attr(n, "id")) && len(inline(n))*3 < total && !holdsArticle(n) {
			out = append(out, n)
		}
	}
	for _, n := range out {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// holdsArticle tells whether the page's own article or heading stands inside.
func holdsArticle(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (d.Data == "h1" || d.Data == "main" || attr(d, "itemprop") == "articleBody") {
			return true
		}
	}
	return false
}

// elsewhere are lines in an article that send to another one, or that sell: their
// words are not the article's.
var elsewhere = regexp.MustCompile(`(?i)^(?:- )?(?:(?:à|a) lire(?: aussi| également)?\b|lire (?:aussi|également|plus)\b|voir aussi\b|sur le même (?:sujet|thème)\b|pour aller plus loin\s*:|read (?:also|more|next)\b\s*:?|also read\b|see also\b|related(?: (?:stories|articles|posts|content|news))?\s*(?::|$)|recommended(?: for you| reading)?\s*(?::|$)|(?:- )?(?:advertisement|publicité|anzeige|reklama|annonce)\s*:?\s*-?$|(?:subscribe|sign up|inscrivez-vous|abonnez-vous) .{0,80}(?:newsletter|lettre|inbox|edition|boîte mail)|join our newsletter|follow (?:us|the \w+) on\b|suivez-nous sur\b|crédits? photos?\s*:|photo credit\s*:|share this (?:article|story)\b|partager (?:cet|l[’'])\s?article\b|©)`)

// longAside is the most words of such a line: a paragraph that begins so and goes
// on tells something.
const longAside = 40

// ownWords drops the lines that are not the article's own.
func ownWords(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if elsewhere.MatchString(l) && len(strings.Fields(l)) <= longAside {
			continue
		}
		kept = append(kept, l)
	}
	return paragraphs(strings.Join(kept, "\n"))
}
