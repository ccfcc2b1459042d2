package web

import (
	"io"

	"vigie"
)

// Companies as rows: what the record knows of each, and how many published cases of
// ours it has, which is not how often it was attacked.

// companyOf is a company with the context that tells it.
type companyOf struct {
	c   Context
	row CompanyRow
}

func (o companyOf) latest() teller {
	if o.row.Latest == nil {
		return o.c.tellerOfCase(vigie.Record{})
	}
	return o.c.tellerOfCase(*o.row.Latest)
}

var companyColumns = []column[companyOf]{
	{"id", vigie.Text{FR: "Nom permanent de l’entreprise", EN: "Permanent name of the company"}, func(o companyOf) any { return o.row.Company.ID }},
	{"url", vigie.Text{FR: "Sa page", EN: "Its page"}, func(o companyOf) any { return address(o.c.Page(CompanyPath(o.row.Company.ID))) }},
	{"name", vigie.Text{FR: "Son nom", EN: "Its name"}, func(o companyOf) any { return oneLine(o.row.Company.Name) }},
	{"aliases", vigie.Text{FR: "Ses autres noms", EN: "Other names it goes by"}, func(o companyOf) any { return joined(o.row.Company.Aliases) }},
	{"group", vigie.Text{FR: "Son groupe, tel que nommé par une source", EN: "Its group, as a source names it"}, func(o companyOf) any { return oneLine(o.row.Company.Group) }},
	{"country", vigie.Text{FR: "Pays du siège (ISO 3166-1)", EN: "Country of its seat (ISO 3166-1)"}, func(o companyOf) any { return o.row.Company.Country }},
	{"sector", vigie.Text{FR: "Ce qu’elle vend", EN: "What it sells"}, func(o companyOf) any { return o.row.Company.Sector }},
	{"domains", vigie.Text{FR: "Ses sites", EN: "Its web sites"}, func(o companyOf) any { return joined(o.row.Company.Domains) }},
	{"wikidata", vigie.Text{FR: "Sa fiche Wikidata", EN: "Its item in Wikidata"}, func(o companyOf) any { return o.row.Company.Wikidata }},
	{"cases", vigie.Text{FR: "Nombre de ses dossiers publiés par nous ; ce n’est pas le nombre d’attaques subies", EN: "Number of its cases that we have published, which is not how often it was attacked"}, func(o companyOf) any { return o.row.Cases }},
	{"latest_case", vigie.Text{FR: "Le plus récent de ces dossiers", EN: "The newest of those cases"}, func(o companyOf) any { return o.latest().r.ID }},
	{"latest_first_word", vigie.Text{FR: "Premier mot public sur ce dossier (EDTF)", EN: "First public word of that case (EDTF)"}, func(o companyOf) any {
		if o.row.Latest == nil {
			return vigie.Date("")
		}
		return o.row.Latest.FirstWord()
	}},
	{"latest_evidence", vigie.Text{FR: "Les faits, dans ce dossier", EN: "The evidence, in that case"}, func(o companyOf) any { return string(o.latest().now.Evidence) }},
	{"latest_position", vigie.Text{FR: "Ce que l’entreprise en dit", EN: "What the company says of it"}, func(o companyOf) any { return string(o.latest().now.Position) }},
}

func (c Context) companyOf(row CompanyRow) companyOf { return companyOf{c, row} }

func writeCompanyRows(w io.Writer, c Context, rows []CompanyRow) error {
	return writeRows(w, c, "the companies", companyColumns, c.companyOf, each(rows))
}

func writeCompanyBook(w io.Writer, c Context, rows []CompanyRow) error {
	return writeTableBook(w, c, "Companies", companyColumns, c.companyOf, rows)
}

// companyEntry is a company in JSON: the record of it, and its cases in short.
type companyEntry struct {
	vigie.Company
	Cases  int         `json:"cases" doc:"How many of its cases we have published, which is not how often it was attacked."`
	Latest *latestCase `json:"latest,omitempty" doc:"The newest of those cases."`
}

type latestCase struct {
	Incident  string     `json:"incident" doc:"Its id."`
	FirstWord vigie.Date `json:"first_word,omitempty" doc:"When it was first spoken of. Absent: not known."`
}

func entryOf(row CompanyRow) companyEntry {
	e := companyEntry{Company: row.Company, Cases: row.Cases}
	if row.Latest != nil {
		e.Latest = &latestCase{row.Latest.ID, row.Latest.FirstWord()}
	}
	return e
}

func writeCompanies(w io.Writer, c Context, rows []CompanyRow) error {
	entries := make([]companyEntry, len(rows))
	for i, row := range rows {
		entries[i] = entryOf(row)
	}
	return writeJSON(w, "the companies", companyList{c.Edition, len(rows), entries, c.terms()})
}

// companyList is every company in JSON.
type companyList struct {
	Edition   int64          `json:"edition" doc:"The state of the record that was asked."`
	Total     int            `json:"total" doc:"How many companies follow: all of them."`
	Companies []companyEntry `json:"companies" doc:"The companies that have a published case."`
	terms
}

func writeCompanyLines(w io.Writer, _ Context, rows []CompanyRow) error {
	for _, row := range rows {
		if err := writeJSON(w, "company "+row.Company.ID, entryOf(row)); err != nil {
			return err
		}
	}
	return nil
}
