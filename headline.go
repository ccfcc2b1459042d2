package vigie

import (
	"encoding/json"
	"fmt"
	"sync"
)

// headlineWords are the parts of data/headlines.json: what is alleged, how it
// stands (evidence/position, or evidence/* for the others), who gives a figure.
type headlineWords struct {
	Kind     map[Kind]Text   `json:"kind"`
	Standing map[string]Text `json:"standing"`
	Speaker  map[string]Text `json:"speaker"`
}

var headlines = sync.OnceValue(func() (w headlineWords) {
	body, err := Data.ReadFile("data/headlines.json")
	if err == nil {
		err = json.Unmarshal(body, &w)
	}
	if err != nil { // the file is compiled in: a fault in it is ours
		panic(fmt.Errorf("reading data/headlines.json: %w", err))
	}
	return
})

// Headline is the title of the case in both languages, made from what counts by
// the day: company, kind, how it stands, and the figure of record with its
// speaker, beside the one that contradicts it. company is the name to print. An
// editor's title stands in for it while the standing it was written for lasts.
func (in *Incident) Headline(company string, asOf Day) Text {
	j := judge(in, asOf, Rules)
	if t := in.Title; t != nil && asOf == "" && t.Evidence == j.standing.Evidence && t.Position == j.standing.Position {
		return t.Text
	}
	return Text{FR: j.headline(company, French), EN: j.headline(company, English)}
}

func (j *judgement) headline(company string, l Lang) string {
	w, s := headlines(), j.standing
	colon := ": "
	if l == French {
		colon = "\u00a0: "
	}
	if s.Evidence == "" {
		none := "none"
		if j.day != "" {
			none = "none_by_then"
		}
		return company + colon + w.Standing[none].In(l)
	}
	stands, ok := w.Standing[string(s.Evidence)+"/"+string(s.Position)]
	if !ok {
		stands = w.Standing[string(s.Evidence)+"/*"]
	}
	line := company + colon + w.Kind[j.in.Kind].In(l) + " " + stands.In(l)
	if len(j.figures) > 0 {
		line += " — " + j.figures[0].attributed(company, l)
		if other, ok := contrast(j.figures); ok {
			line += Text{"\u00a0; ", "; "}.In(l) + other.attributed(company, l)
		}
	}
	return line
}

// attributed writes a figure with its speaker: no figure is ever printed alone.
func (f SpokenFigure) attributed(company string, l Lang) string {
	return f.Figure.In(l) + Text{" selon ", ", says "}.In(l) + f.By.named(company, f.Seller, l)
}

// named is how a headline names a speaker. Attackers are named by what they do:
// an alias in a headline is advertising.
func (s Speaker) named(company string, seller bool, l Lang) string {
	role := string(s.Role)
	switch {
	case seller:
		role = "seller"
	case s.Role == Respondent:
		return company
	case s.Role != Attacker && s.Name != "":
		return s.Name
	}
	return headlines().Speaker[role].In(l)
}
