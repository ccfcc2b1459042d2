package web

import (
	"vigie"
)

// Figures is the charts of a query, one after another.
type Figures struct {
	Frame
	Asked  vigie.Query
	Survey vigie.Survey
}

// Finder is the query of the page, as its links.
func (p Figures) Finder() finder { return finder{p.Asked, p.Lang, FiguresPath} }

// ActorName is the words of the slug of an attacker: the page has no case to read it from.
func (p Figures) ActorName(slug string) string { return Incidents{}.ActorName(slug) }

// charts are those of the page.
func (w *Words) charts(p Figures) (all []Chart, err error) {
	for _, name := range ChartNames() {
		chart, err := w.chart(name, Charted{Survey: p.Survey, Asked: p.Asked, Lang: p.Lang, Base: p.Base, Site: p.Site})
		if err != nil {
			return nil, err
		}
		all = append(all, chart)
	}
	return all, nil
}
