package reading

import (
	"encoding/json"
	"maps"
	"slices"
	"sort"
	"strings"

	"vigie"
)

// Roles of a known name.
const (
	brandRole     = "brand"     // sells to consumers
	actorRole     = "actor"     // attacks
	pressRole     = "press"     // reports
	authorityRole = "authority" // watches, judges, inquires
	techRole      = "tech"      // supplies, hosts or studies; seldom the one hit
	otherRole     = "other"     // another kind of organisation
)

// entry is a name the reader knows.
type entry struct {
	words     []string
	name      string // canonical
	role      string
	ambiguous bool // also an ordinary word, or another's name: needs context
	own       bool // a company of the record
	kind      string
}

type gazetteer struct {
	byFirst map[string][]*entry
}

func newGazetteer() *gazetteer { return &gazetteer{byFirst: map[string][]*entry{}} }

func (g *gazetteer) begin(word string) []*entry { return g.byFirst[word] }

func (g *gazetteer) add(printed string, e entry) {
	t := cut(printed, nil)
	if len(t.words) == 0 {
		return
	}
	for _, w := range t.words {
		e.words = append(e.words, w.fold)
	}
	g.byFirst[e.words[0]] = append(g.byFirst[e.words[0]], &e)
}

// sort puts the longest names first, the companies of the record before others.
func (g *gazetteer) sort() {
	for _, list := range g.byFirst {
		sort.SliceStable(list, func(a, b int) bool {
			x, y := list[a], list[b]
			if len(x.words) != len(y.words) {
				return len(x.words) > len(y.words)
			}
			return x.own && !y.own
		})
	}
}

func (g *gazetteer) with(companies []vigie.Company) *gazetteer {
	c := &gazetteer{byFirst: maps.Clone(g.byFirst)}
	for k, v := range c.byFirst {
		c.byFirst[k] = slices.Clone(v)
	}
	for _, co := range companies {
		for _, s := range append(append([]string{co.Name}, co.Aliases...), co.Domains...) {
			known := false
			for _, e := range g.byFirst[first(s)] {
				if strings.Join(e.words, " ") == folded(s) && e.ambiguous {
					known = true
				}
			}
			c.add(s, entry{name: co.Name, role: brandRole, own: true, ambiguous: known})
		}
	}
	c.sort()
	return c
}

func folded(s string) string {
	var words []string
	for _, w := range cut(s, nil).words {
		words = append(words, w.fold)
	}
	return strings.Join(words, " ")
}

func first(s string) string {
	if t := cut(s, nil); len(t.words) > 0 {
		return t.words[0].fold
	}
	return ""
}

// brand is a line of gazetteer.json.
type brand struct {
	Name      string   `json:"name"`
	Aliases   []string `json:"aliases,omitempty"`
	Wikidata  string   `json:"wikidata,omitempty"`
	Countries []string `json:"countries,omitempty"`
	Ambiguous bool     `json:"ambiguous,omitempty"`
}

func (g *gazetteer) loadBrands(body []byte) error {
	var file struct {
		Brands []brand `json:"brands"`
	}
	if err := json.Unmarshal(body, &file); err != nil {
		return err
	}
	for _, b := range file.Brands {
		for _, s := range append([]string{b.Name}, b.Aliases...) {
			g.add(s, entry{name: b.Name, role: brandRole, ambiguous: b.Ambiguous})
		}
	}
	return nil
}

// other is a line of names.json: a name that is no shop.
type other struct {
	Name      string   `json:"name"`
	Aliases   []string `json:"aliases,omitempty"`
	Kind      string   `json:"kind,omitempty"` // of an actor: ransomware, skimming, ddos…
	Ambiguous bool     `json:"ambiguous,omitempty"`
}

func (g *gazetteer) loadOthers(body []byte) error {
	var file struct {
		Actor     []other `json:"actor"`
		Press     []other `json:"press"`
		Authority []other `json:"authority"`
		Tech      []other `json:"tech"`
		Other     []other `json:"other"`
	}
	if err := json.Unmarshal(body, &file); err != nil {
		return err
	}
	for _, group := range []struct {
		role string
		list []other
	}{{actorRole, file.Actor}, {pressRole, file.Press}, {authorityRole, file.Authority}, {techRole, file.Tech}, {otherRole, file.Other}} {
		for _, o := range group.list {
			for _, s := range append([]string{o.Name}, o.Aliases...) {
				g.add(s, entry{name: o.Name, role: group.role, kind: o.Kind, ambiguous: o.Ambiguous})
			}
		}
	}
	return nil
}
