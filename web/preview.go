package web

import (
	"bytes"
	"fmt"
	"io"

	"vigie"
)

// Preview is what saving a form would do, worked out without saving: how the case
// would be headed, how its standing would move and why, and what readers' feeds would
// say. It stands beside the form, and is drawn alone for a browser that asks for it.
type Preview struct {
	ID        string
	Companies map[string]vigie.Company
	Before    *vigie.Derived // of the version edited, nil for a new case
	After     *vigie.Derived
	State     vigie.State // that the form asks for
	Problems  vigie.Problems
	Foreseen  bool       // whether the rest is known: it is not while something stops the save
	Refused   vigie.Text // why the save would be refused, besides the problems
	News      []News     // what feeds will say
	Moved     int        // statements told before, in another case: they are not told again
	Shown     []Shown    // how the rows of the form read, for the page that has it open
	Moves     bool       // whether the case's entry in the incident feeds moves
}

// News is a title that readers' feeds will show.
type News struct {
	Type  string // vigie.ItemStatement or vigie.ItemCorrection
	Title vigie.Text
}

// Headed gives the titles that feeds will show for events, in both languages.
func Headed(site Settings, items ...vigie.Item) []News {
	list := make([]News, len(items))
	for i, item := range items {
		title := func(l vigie.Lang) string { return Context{Lang: l, Site: site}.itemEntry(item).Title }
		list[i] = News{Type: item.Type, Title: vigie.Text{FR: title(vigie.French), EN: title(vigie.English)}}
	}
	return list
}

// Axis is one axis of the standing, before and after.
type Axis struct {
	Name          string // evidence or position
	Before, After string // codes; the empty evidence is "nothing counts"
	Because       []vigie.Because
}

// Moved tells whether the save moves the axis.
func (a Axis) Moved() bool { return a.Before != a.After }

// Axes are both, with what the new values rest on.
func (p Preview) Axes() []Axis {
	if p.After == nil {
		return nil
	}
	was := vigie.Standing{Position: vigie.NoStatement}
	if p.Before != nil {
		was = p.Before.Standing
	}
	now := p.After.Standing
	because := func(axis byte) (list []vigie.Because) {
		for _, b := range now.Because {
			if b.Rule[0] == axis {
				list = append(list, b)
			}
		}
		return
	}
	return []Axis{
		{"evidence", string(was.Evidence), string(now.Evidence), because('E')},
		{"position", string(was.Position), string(now.Position), because('P')},
	}
}

// Heading is the headline of the case before and after, in one language.
type Heading struct {
	Lang          vigie.Lang
	Before, After string
}

// Headings are the headlines in both languages.
func (p Preview) Headings() (list []Heading) {
	if p.After == nil {
		return nil
	}
	for _, l := range vigie.Langs {
		h := Heading{Lang: l, After: p.After.Headline.In(l)}
		if p.Before != nil {
			h.Before = p.Before.Headline.In(l)
		}
		list = append(list, h)
	}
	return
}

// Preview writes the preview alone, without the page around it.
func (web *Web) Preview(w io.Writer, lang vigie.Lang, p Preview) error {
	set, ok := web.sets[lang]
	if !ok {
		return fmt.Errorf("no pages in the language %q", lang)
	}
	var b bytes.Buffer
	if err := set["edit"].ExecuteTemplate(&b, "preview", p); err != nil {
		return fmt.Errorf("drawing a preview: %w", err)
	}
	_, err := b.WriteTo(w)
	return err
}
