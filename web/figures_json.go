package web

import (
	"io"
	"time"

	"vigie"
)

// surveyed is what the figures of a query are in JSON: the numbers of every chart, and
// nothing that is not known.
type surveyed struct {
	Edition   int64            `json:"edition" doc:"The edition of the record that was counted."`
	Query     string           `json:"query" doc:"The query, in its one form."`
	Cases     int              `json:"cases" doc:"How many cases answer it. They are cases in Vigie, not all attacks."`
	Updated   string           `json:"updated,omitempty" doc:"When the newest of them was last revised (RFC 3339). Absent: there are none."`
	Dated     []surveyedDate   `json:"dated" doc:"The cases by the first public word and the evidence."`
	Figures   []surveyedFigure `json:"figures" doc:"The cases whose attackers or company gave a figure: the widest gaps first."`
	Lags      []surveyedLag    `json:"lags" doc:"Every lag of every case, as intervals of days."`
	Data      []surveyedData   `json:"data" doc:"In how many cases somebody says that a kind of data was exposed, or was not."`
	NoData    int              `json:"data_unknown" doc:"Cases in which nobody says which data."`
	Sectors   []surveyedValue  `json:"sectors" doc:"The cases by sector of the company (vocabulary sector)."`
	Countries []surveyedValue  `json:"countries" doc:"The cases by country of the people concerned. A case counts in each of its countries: they do not add up."`
	terms
}

type surveyedDate struct {
	On       vigie.Date     `json:"on,omitempty" doc:"The least month, quarter (as an interval of months) or year that holds the whole date. Absent: none does."`
	Evidence vigie.Evidence `json:"evidence,omitempty" doc:"Absent: nothing counts yet."`
	Cases    int            `json:"cases" doc:"How many."`
}

type surveyedFigure struct {
	Incident   string               `json:"incident" doc:"The id of the case."`
	Company    string               `json:"company" doc:"The id of the company."`
	Evidence   vigie.Evidence       `json:"evidence,omitempty" doc:"Absent: nothing counts yet."`
	Position   vigie.Position       `json:"position" doc:"What the company says."`
	Claimed    []vigie.SpokenFigure `json:"claimed,omitempty" doc:"What attackers gave. Absent: no figure of theirs is known."`
	Admitted   []vigie.SpokenFigure `json:"admitted,omitempty" doc:"What the company gave. Absent: no figure of its is known."`
	Comparable bool                 `json:"comparable" doc:"Whether a figure of each side counts the same kind of things."`
}

type surveyedLag struct {
	Incident string     `json:"incident" doc:"The id of the case."`
	From     string     `json:"from" doc:"What it begins with: occurred, discovered or claim."`
	To       string     `json:"to" doc:"What it ends with: discovered, first_word, customers_told or regulator_told."`
	Min      *int       `json:"min,omitempty" doc:"The fewest days. Absent: their order is not sure, or the end is not known."`
	Max      *int       `json:"max,omitempty" doc:"The most days. Absent: the end is not known to Vigie, which is not to say that there was none."`
	Checked  vigie.Date `json:"checked,omitempty" doc:"When we last looked for news of the case."`
}

type surveyedData struct {
	Data     string `json:"data" doc:"The kind of data (vocabulary data)."`
	Exposed  int    `json:"exposed" doc:"Cases in which somebody says that it was exposed."`
	Admitted int    `json:"admitted" doc:"Those of them in which the company says so."`
	Excluded int    `json:"excluded" doc:"Cases in which somebody says that it was not."`
}

type surveyedValue struct {
	Value string `json:"value,omitempty" doc:"The code. Absent: not known."`
	Cases int    `json:"cases" doc:"How many."`
}

func writeSurvey(w io.Writer, c Context, query string, s vigie.Survey) error {
	out := surveyed{Edition: s.Edition, Query: query, Cases: s.Cases, Dated: []surveyedDate{}, Figures: []surveyedFigure{}, Lags: []surveyedLag{},
		Data: []surveyedData{}, NoData: s.Undetailed(), Sectors: []surveyedValue{}, Countries: []surveyedValue{}, terms: c.terms()}
	if !s.Updated.IsZero() {
		out.Updated = s.Updated.UTC().Format(time.RFC3339)
	}
	for _, d := range s.Dated() {
		out.Dated = append(out.Dated, surveyedDate(d))
	}
	for _, p := range s.Pairs() {
		out.Figures = append(out.Figures, surveyedFigure{p.Case, p.Company.ID, p.Evidence, p.Position, p.Claimed, p.Admitted, p.Comparable})
	}
	for _, l := range s.Waits {
		out.Lags = append(out.Lags, surveyedLag{l.Case, l.Lag.From, l.Lag.To, l.Lag.Min, l.Lag.Max, l.Checked})
	}
	for _, d := range s.Data() {
		out.Data = append(out.Data, surveyedData(d))
	}
	for _, v := range s.Sectors() {
		out.Sectors = append(out.Sectors, surveyedValue(v))
	}
	for _, v := range s.Countries() {
		out.Countries = append(out.Countries, surveyedValue(v))
	}
	return writeJSON(w, "the figures", out)
}
