package vigie

import (
	"regexp"
	"strings"
)

var domainPattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)
var wikidataPattern = regexp.MustCompile(`^Q[1-9]\d*$`)

// Validate finds every problem of the company at once.
func (c *Company) Validate() Problems {
	i := &inspection{}
	if c.ID == "" {
		i.blocks("id", "missing", "donner un identifiant à l’entreprise, comme boulanger", "give the company an id, such as boulanger")
	}
	i.slug("id", c.ID)
	if strings.TrimSpace(c.Name) == "" {
		i.blocks("name", "missing", "écrire le nom de l’entreprise", "write the company’s name")
	}
	i.list("aliases", c.Aliases)
	i.code("country", "country", c.Country)
	i.code("sector", "sector", c.Sector)
	i.list("domains", c.Domains)
	for n, d := range c.Domains {
		if d != "" && !domainPattern.MatchString(d) {
			i.blocks(at("domains", n), "malformed", "écrire le seul nom de domaine, en minuscules, comme boulanger.com", "write the bare domain name in small letters, such as boulanger.com")
		}
	}
	if c.Wikidata != "" && !wikidataPattern.MatchString(c.Wikidata) {
		i.blocks("wikidata", "malformed", "écrire l’identifiant Wikidata, comme Q2921695", "write the Wikidata id, such as Q2921695")
	}
	texts := []publicText{{"name", c.Name}, {"group", c.Group}}
	for n, a := range c.Aliases {
		texts = append(texts, publicText{at("aliases", n), a})
	}
	checkPublicTexts(i, texts)
	return i.found
}

// Validate finds every problem of the wave at once.
func (w *Wave) Validate() Problems {
	i := &inspection{}
	if w.ID == "" {
		i.blocks("id", "missing", "donner un identifiant à la vague", "give the wave an id")
	}
	i.slug("id", w.ID)
	if w.Name.IsZero() {
		i.blocks("name", "missing", "écrire le nom de la vague dans les deux langues", "write the wave’s name in both languages")
	}
	i.bothLanguages("name", w.Name)
	i.bothLanguages("summary", w.Summary)
	checkPublicTexts(i, inBoth("name", w.Name, inBoth("summary", w.Summary, nil)))
	return i.found
}
