package web

import (
	"bytes"
	"testing"
	"time"

	"vigie"
)

// The invented case of the format tests: a seller offers 64 million records of a
// shop, the press sees the sale, the shop denies, and a figure was put right by us.

var (
	shop = vigie.Company{ID: "grand-comptoir", Name: "Grand Comptoir", Country: "FR", Sector: "marketplace"}
	noon = time.Date(2031, 3, 10, 12, 0, 0, 0, time.UTC)
)

func contested() vigie.Incident {
	return vigie.Incident{
		ID: "grand-comptoir-2031-03", State: vigie.Published, Company: shop.ID, Kind: "data_breach", Disclosed: "2031-03-04", Checked: "2031-03-09",
		Countries: []string{"FR"},
		Summary:   vigie.Text{FR: "Un vendeur propose une base ; l’enseigne dément.", EN: "A seller offers a database; the shop denies it."},
		Statements: []vigie.Statement{
			{
				ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: "quietferret"}, Acts: []vigie.Act{vigie.Claims, vigie.OffersForSale}, On: "2031-03-04/2031-03-05",
				Figures: []vigie.Figure{{Min: 64_000_000, Max: 64_000_000, Unit: "records", Qualifier: vigie.Exact}},
				Data:    []string{"name", "email"}, Actor: "quietferret", Channel: "forum",
				Text:    vigie.Text{FR: "Propose à la vente une base qui viendrait de l’enseigne.", EN: "Offers for sale a database said to come from the shop."},
				Sources: []string{"r1", "r2"},
			},
			{
				ID: "s2", By: vigie.Speaker{Role: vigie.Press, Name: "Le Veilleur"}, Acts: []vigie.Act{vigie.Reports}, On: "2031-03-05",
				Vector: vigie.Text{FR: "une interface de programmation", EN: "a programming interface"},
				Text:   vigie.Text{FR: "Dit avoir vu l’annonce.", EN: "Says it saw the offer."}, Sources: []string{"r1"},
			},
			{
				ID: "s3", By: vigie.Speaker{Role: vigie.Respondent, Company: shop.ID}, Acts: []vigie.Act{vigie.Denies, vigie.FilesComplaint}, On: "2031-03-06",
				Answers: []string{"s1"}, NotData: []string{"payment_card"}, Channel: "press_statement",
				Text:    vigie.Text{FR: "Dit que les données ne viennent pas de ses systèmes.", EN: "Says the data are not from its systems."},
				Quotes:  []vigie.Quote{{Text: "Pas une ligne ne correspond à nos fichiers.", Lang: "fr", Source: "r2"}},
				Sources: []string{"r2"},
			},
		},
		Sources: []vigie.Source{
			{ID: "r1", URL: "https://veilleur.example/annonce?a=1&b=2", Publisher: "Le Veilleur", Title: "Une base à vendre", Published: "2031-03-05", Lang: "fr", Seen: vigie.SeenFull},
			{ID: "r2", URL: "https://journal.example/grand-comptoir", Publisher: "Journal du commerce", Title: "Grand Comptoir dément", Published: "2031-03-06", Lang: "fr", Seen: vigie.SeenExcerpt, Archive: "https://archive.example/1"},
		},
	}
}

// recordOf derives a case as the store does: first published at noon, last
// changed in substance an hour later. The lags are given: how they are reckoned
// is not what formats are tested for.
func recordOf(in vigie.Incident, company vigie.Company) vigie.Record {
	d := vigie.Derive(&in, company.Name, 4, noon, noon.Add(time.Hour))
	least, most := 1, 2
	d.Lags = []vigie.Lag{{From: "claim", To: "first_word", Min: &least, Max: &most}}
	return vigie.Record{Incident: in, Respondent: company, Derived: d}
}

// timelineOf is every event of the case, newest first, one recorded a minute.
func timelineOf(r vigie.Record, corrections ...vigie.Correction) vigie.Timeline {
	t := vigie.Timeline{Edition: 7}
	for i := range r.Statements {
		s := &r.Statements[i]
		t.Items = append([]vigie.Item{{
			ID: s.FullID(r.ID), Incident: r.ID, Type: vigie.ItemStatement, Recorded: noon.Add(time.Duration(i) * time.Minute), On: s.On,
			Statement: s, Standing: r.Move(s.ID), Case: &r,
		}}, t.Items...)
	}
	for _, c := range corrections {
		now := r.Derived.Standing
		t.Items = append([]vigie.Item{{
			ID: r.ID + "/c" + string(rune('0'+c.Version)), Incident: r.ID, Type: vigie.ItemCorrection, Recorded: noon.Add(time.Duration(c.Version) * time.Hour),
			Correction: &c, Standing: vigie.Move{Before: now, After: now}, Case: &r,
		}}, t.Items...)
	}
	for i := range t.Items {
		t.Items[i].Tell()
	}
	return t
}

var mended = vigie.Correction{Version: 3, Note: "The figure of s1 was read as 46 million.", Changed: []string{"statements.s1.figures"}}

// asked is the context of an address, as the server makes it.
func asked(lang vigie.Lang, path, ext string) Context {
	base := "https://vigie.example"
	return Context{
		Base: base, Self: base + path + "." + ext, HTML: base + PagePath(lang, path), Topic: path, Lang: lang, Generator: "1.0",
		Site: Settings{Name: "Vigie", Publisher: "Les Veilleurs", Licence: "CC BY 4.0"}, Hub: "https://hub.example/",
		NextURL: base + path + "." + ext + "?cursor=abc", Updated: noon.Add(48 * time.Hour),
	}
}

func written(t *testing.T, name string, lang vigie.Lang, a any) []byte {
	t.Helper()
	f, ok := FormatNamed(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	var b bytes.Buffer
	var err error
	switch a := a.(type) {
	case vigie.Answer:
		err = f.WriteIncidents(&b, asked(lang, IncidentsPath, name), a)
	case vigie.Record:
		err = f.WriteIncident(&b, asked(lang, IncidentPath(a.ID), name), Case{a, a.Ledger()})
	case Case:
		err = f.WriteIncident(&b, asked(lang, IncidentPath(a.ID), name), a)
	case vigie.Timeline:
		err = f.WriteTimeline(&b, asked(lang, TimelinePath, name), a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
