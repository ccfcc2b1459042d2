package vigie

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// publicText is a text that readers see, and its path in the record.
type publicText struct{ path, text string }

func inBoth(path string, t Text, to []publicText) []publicText {
	return append(to, publicText{path + ".fr", t.FR}, publicText{path + ".en", t.EN})
}

// publicTexts is every free text of a case that is published.
func (in *Incident) publicTexts() []publicText {
	texts := []publicText{{"via", in.Via}, {"reason", in.Reason}}
	if in.Title != nil {
		texts = inBoth("title.text", in.Title.Text, texts)
	}
	texts = inBoth("summary", in.Summary, texts)
	for n, b := range in.Brands {
		texts = append(texts, publicText{at("brands", n), b})
	}
	for n := range in.Statements {
		s, path := &in.Statements[n], at("statements", n)
		texts = append(texts, publicText{path + ".by.name", s.By.Name}, publicText{path + ".actor", s.Actor})
		texts = inBoth(path+".text", s.Text, texts)
		texts = inBoth(path+".vector", s.Vector, texts)
		texts = inBoth(path+".method", s.Method, texts)
		for k, f := range s.Figures {
			texts = inBoth(at(path, "figures", k, "scope"), f.Scope, texts)
		}
		for k, q := range s.Quotes {
			texts = append(texts, publicText{at(path, "quotes", k, "text"), q.Text})
		}
	}
	for n, src := range in.Sources {
		path := at("sources", n)
		texts = append(texts, publicText{path + ".publisher", src.Publisher}, publicText{path + ".title", src.Title}, publicText{path + ".licence", src.Licence})
	}
	return texts
}

var (
	quoted = regexp.MustCompile(`«[^«»]*»|“[^“”]*”|"[^"]*"`)
	onion  = regexp.MustCompile(`(?i)[a-z2-7]\.onion\b`)
)

// checkPublicTexts finds what must not stand in a text of the record: personal
// data, quotations too long to be fair, addresses of leak sites.
func checkPublicTexts(i *inspection, texts []publicText) {
	for _, t := range texts {
		for _, d := range PersonalDetails(t.text) {
			for _, p := range personals {
				if p.kind == d.Kind {
					excerpt := masked(t.text[d.From:d.To])
					i.blocks(t.path, "personal_data", fmt.Sprintf("%s semble s’y trouver (%s) : l’enlever, le registre ne parle que d’organisations", p.what.FR, excerpt),
						fmt.Sprintf("%s seems to be in there (%s): take it out, the ledger speaks of organisations only", p.what.EN, excerpt))
				}
			}
		}
		if !strings.Contains(t.path, "quotes") {
			for _, q := range quoted.FindAllString(t.text, -1) {
				if length := utf8.RuneCountInString(q) - 2; length > MaxQuote {
					i.blocks(t.path, "too_long", fmt.Sprintf("une citation de %d caractères s’y trouve : %d au plus", length, MaxQuote),
						fmt.Sprintf("there is a quotation of %d characters in it: at most %d", length, MaxQuote))
				}
			}
		}
		if onion.MatchString(t.text) {
			i.blocks(t.path, "onion", "une adresse .onion s’y trouve : l’enlever, ou écrire [.]onion", "there is an .onion address in it: take it out, or write [.]onion")
		}
		if strings.ContainsRune(t.text, 0) || !utf8.ValidString(t.text) {
			i.blocks(t.path, "malformed", "ce n’est pas du texte : le retaper", "this is not text: type it again")
		}
	}
}
