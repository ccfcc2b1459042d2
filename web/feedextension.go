package web

import (
	"slices"
	"strings"

	"vigie"
)

// extension is the _vigie object of a JSON Feed item: what a machine needs and
// the feed has no field for. What is unknown is absent.
type extension struct {
	About         string         `json:"about"`       // address where these fields are explained
	IncidentID    string         `json:"incident_id"` // of the case
	ID            string         `json:"id,omitempty"`
	Type          string         `json:"type"` // incident, statement, correction
	Company       string         `json:"company,omitempty"`
	Kind          string         `json:"kind,omitempty"`
	Status        string         `json:"status,omitempty"` // both axes in one word
	Evidence      string         `json:"evidence,omitempty"`
	Position      string         `json:"position,omitempty"`
	Date          string         `json:"date,omitempty"`           // EDTF: when it was said, or first public word
	DatePrecision string         `json:"date_precision,omitempty"` // year, month, day, interval
	Known         vigie.Day      `json:"known,omitempty"`          // of an event, the day the public could know of it (rule C1)
	Basis         string         `json:"basis,omitempty"`          // how that day is known: said, public, published
	Lags          []vigie.Lag    `json:"lags,omitempty"`           // of a case, in days; one without max has no known end
	Checked       vigie.Date     `json:"checked,omitempty"`        // of a case, the day that this was last looked for
	Claims        []feedFigure   `json:"claims,omitempty"`
	Figures       []feedFigure   `json:"figures,omitempty"` // of the company, its supplier, and findings
	Responses     []feedResponse `json:"responses,omitempty"`
	Sources       []feedSource   `json:"sources,omitempty"`
	Correction    *feedNote      `json:"correction,omitempty"`
	Standing      *vigie.Move    `json:"standing,omitempty"`
	Uncounted     bool           `json:"uncounted,omitempty"` // known only from a headline or an address
	Revision      int            `json:"revision,omitempty"`  // of a case, its version; of a correction, the one it made
}

// feedFigure is a figure with its claimant. Count is given when one number was;
// a bound when only that was; words alone when the speaker was vague.
type feedFigure struct {
	Claimant     string `json:"claimant"`
	ClaimantType string `json:"claimant_type"`
	Statement    string `json:"statement"`
	Count        int64  `json:"count,omitempty"`
	Min          int64  `json:"min,omitempty"`
	Max          int64  `json:"max,omitempty"`
	Unit         string `json:"unit"`
	Qualifier    string `json:"qualifier"`
	Words        string `json:"words"`
	Status       string `json:"status,omitempty"`
}

// feedResponse is an answer of the company.
type feedResponse struct {
	Stance    string `json:"stance"`
	Date      string `json:"date,omitempty"`
	Statement string `json:"statement"`
}

type feedSource struct {
	ID        string `json:"id"`
	URL       string `json:"url,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
	Seen      string `json:"seen,omitempty"`
}

type feedNote struct {
	Version int      `json:"version"`
	Note    string   `json:"note"`
	Changed []string `json:"changed"`
}

func (t teller) extension(kind, id string) extension {
	x := extension{
		About: strings.TrimSuffix(t.c.Base, "/") + FeedsPath + "#vigie", IncidentID: t.r.ID, ID: id, Type: kind, Company: t.r.Company, Kind: string(t.r.Kind),
		Status: t.now.Word, Evidence: string(t.now.Evidence), Position: string(t.now.Position),
	}
	return x
}

// itemExtension is that of an event: its own figures, or those of the claims that
// it answers; its own stance, or the company's answers to it.
func (t teller) itemExtension(item vigie.Item) extension {
	x := t.extension(item.Type, item.ID)
	move := item.Standing
	x.Standing = &move
	x.date(item.On)
	x.Known, x.Basis = item.Known, item.Basis
	if c := item.Correction; c != nil {
		x.Revision = c.Version
		x.Correction = &feedNote{Version: c.Version, Note: clean(c.Note), Changed: append([]string{}, c.Changed...)}
	}
	s := item.Statement
	if s == nil {
		return x
	}
	x.Uncounted = t.unread(s)
	x.figures(t, s)
	for _, answered := range t.answered(s) {
		x.figures(t, answered)
	}
	x.responses(t, s)
	for i := range t.r.Statements {
		if other := &t.r.Statements[i]; other.ID != s.ID && slices.Contains(other.Answers, s.ID) {
			x.responses(t, other)
		}
	}
	x.sources(t.sourcesOf(s))
	return x
}

func (t teller) caseExtension() extension {
	x := t.extension("incident", "")
	if t.r.Derived != nil {
		x.Revision, x.Lags, x.Checked = t.r.Derived.Version, t.r.Derived.Lags, t.r.Checked
	}
	x.date(t.r.FirstWord())
	for i := range t.r.Statements {
		x.figures(t, &t.r.Statements[i])
		x.responses(t, &t.r.Statements[i])
	}
	x.sources(t.r.Sources)
	return x
}

func (x *extension) date(d vigie.Date) {
	if d.Known() {
		x.Date, x.DatePrecision = string(d), d.Grain()
	}
}

func (x *extension) figures(t teller, s *vigie.Statement) {
	for _, f := range s.Figures {
		g := feedFigure{
			Claimant: t.fullSpeaker(s.By), ClaimantType: string(s.By.Role), Statement: s.ID,
			Unit: string(f.Unit), Qualifier: string(f.Qualifier), Words: oneLine(f.In(t.c.Lang)),
		}
		switch {
		case f.Qualifier == vigie.Vague: // the floor of the magnitude is ours, not the speaker's
		case f.Min == f.Max:
			g.Count = f.Min
		default:
			g.Min, g.Max = f.Min, f.Max
		}
		if claimant(s.By.Role) {
			g.Status = t.now.Word
			x.Claims = append(x.Claims, g)
		} else {
			x.Figures = append(x.Figures, g)
		}
	}
}

func (x *extension) responses(t teller, s *vigie.Statement) {
	if s.By.Role != vigie.Respondent || t.unread(s) {
		return
	}
	for _, a := range s.Acts {
		x.Responses = append(x.Responses, feedResponse{Stance: string(a), Date: string(s.On), Statement: s.ID})
	}
}

func (x *extension) sources(list []vigie.Source) {
	for _, s := range list {
		href, _ := linkable(s.URL)
		x.Sources = append(x.Sources, feedSource{
			ID: s.ID, URL: href, Publisher: clean(s.Publisher), Title: clean(s.Title), Published: string(s.Published), Seen: string(s.Seen),
		})
	}
}
