package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"vigie"
)

// scribe writes a ledger at random, the same for the same seed: new cases,
// edits, publications, merges, retractions, restorations, changes of companies.
type scribe struct {
	testing.TB
	*rand.Rand
	d        *DB
	ids      []string
	n        int
	redacted map[string]bool // cases of whose past nobody can tell
	law      bool            // redacts too
}

func newScribe(t testing.TB, seed uint64) *scribe {
	s := &scribe{TB: t, Rand: rand.New(rand.NewPCG(seed, 7)), d: open(t), redacted: map[string]bool{}}
	for _, id := range houses {
		s.allow(s.d.Save(t.Context(), Save{Company: &vigie.Company{ID: id, Name: id, Sector: "home", Country: "FR"}, By: desk}))
	}
	s.allow(s.d.Save(t.Context(), Save{Wave: &vigie.Wave{ID: "may-2025", Name: text("May")}, By: desk}))
	for range 12 {
		s.compose()
	}
	return s
}

var houses = []string{"lunaire", "autre", "coeur-vaillant"}

func pick[T any](s *scribe, of ...T) T { return of[s.IntN(len(of))] }

// allow goes on when an act is refused, as editors do.
func (s *scribe) allow(_ any, err error) {
	s.Helper()
	var problems vigie.Problems
	if err != nil && !errors.Is(err, vigie.ErrConflict) && !errors.Is(err, ErrState) && !errors.Is(err, vigie.ErrGone) && !errors.As(err, &problems) {
		s.Fatal(err)
	}
}

func (s *scribe) some() vigie.Record {
	return must(s.d.Draft(context.Background(), pick(s, s.ids...)))(s)
}

func (s *scribe) compose() {
	s.n++
	company := pick(s, houses...)
	in := claim(numbered(company, s.n), company)
	in.State = pick(s, vigie.Draft, vigie.Published, vigie.Published)
	in.Disclosed = pick[vigie.Date](s, "", "2019", "2025-05", "2025-05-10")
	if s.IntN(4) == 0 { // nobody gave a number
		in.Statements[0].Figures = nil
	}
	if s.IntN(4) == 0 { // nor a date
		in.Statements[0].On, in.Sources[0].Published = "", ""
	}
	s.ids = append(s.ids, in.ID)
	s.allow(s.d.Save(context.Background(), Save{Incident: in, By: desk}))
}

// write makes one change, or tries to.
func (s *scribe) write() {
	ctx := context.Background()
	r := s.some()
	base := r.Derived.Version
	switch roll := s.IntN(20); {
	case roll < 3:
		s.compose()
	case roll < 5:
		s.allow(s.d.Retract(ctx, r.ID, base, "wrong", desk))
	case roll < 7:
		s.allow(s.d.Restore(ctx, vigie.IncidentRecord, r.ID, 1+s.IntN(base), base, desk))
	case roll < 8:
		into := s.some()
		s.allow(s.d.Merge(ctx, r.ID, base, into.ID, into.Derived.Version, desk))
	case roll < 10:
		s.reform()
	case roll < 11 && s.law:
		s.redacted[r.ID] = true
		s.allow(s.d.Redact(ctx, vigie.IncidentRecord, r.ID, "by law", desk, 1+s.IntN(base)))
	default:
		s.edit(&r.Incident, base)
	}
}

func (s *scribe) reform() {
	c := must(s.d.Company(context.Background(), pick(s, houses...)))(s)
	s.n++
	c.Company.Sector, c.Company.Group = pick(s, "home", "grocery", "toys"), pick(s, "", "Groupe Tournesol")
	c.Company.Name = fmt.Sprintf("%s %s %d", c.ID, pick(s, "Frères", "SA", "Sœurs"), s.n)
	s.allow(s.d.Save(context.Background(), Save{Company: &c.Company, Base: c.Version, By: desk}))
}

func (s *scribe) edit(in *vigie.Incident, base int) {
	switch s.IntN(8) {
	case 0:
		in.Summary = text(pick(s, "une fuite de données", "la boutique a été piégée", "nothing", "pied-à-terre d’aujourd’hui"))
	case 1:
		if _, has := in.Statement("s2"); !has {
			in = denial(in)
		}
	case 2:
		if n := len(in.Statements); n > 1 {
			in.Statements = in.Statements[:n-1]
		}
	case 3:
		if len(in.Statements) > 0 {
			in.Statements[0].Figures = []vigie.Figure{pick(s,
				vigie.Figure{Min: 5, Unit: "customers", Qualifier: vigie.MoreThan}, vigie.Figure{Max: 900, Unit: "records", Qualifier: vigie.UpTo})}
		}
	case 4:
		in.Disclosed = pick[vigie.Date](s, "", "2024-01", "2025-05-11", "2019/2020")
	case 5:
		in.State = pick(s, vigie.Draft, vigie.Published, vigie.Published)
	case 6:
		in.Company, in.Wave = pick(s, houses...), pick(s, "", "may-2025")
	case 7:
		in.Kind, in.Countries = pick[vigie.Kind](s, "ransomware", "data_breach"), pick(s, nil, []string{"FR"}, []string{"BE", "FR"})
	}
	s.allow(s.d.Save(context.Background(), Save{Incident: in, Base: base, By: desk}))
}

// ask makes a random query of the words and codes that the scribe writes.
func (s *scribe) ask() (q vigie.Query) {
	for range 1 + s.IntN(2) {
		switch s.IntN(16) {
		case 0:
			q.Sector = pick(s, []string{"home"}, []string{"-home"}, []string{"grocery", "toys"})
		case 1:
			q.Company = pick(s, []string{"lunaire"}, []string{"-lunaire"}, []string{"-autre", "-lunaire"})
		case 2:
			q.Kind = pick(s, []string{"ransomware"}, []string{"-ransomware"}, []string{"data_breach", "ddos"})
		case 3:
			q.Country = pick(s, []string{"BE"}, []string{"-FR"}, []string{"BE", "FR"})
		case 4:
			q.Position = pick(s, []string{"denies"}, []string{"-denies"}, []string{"no_statement"})
			q.AsOf = pick[vigie.Day](s, "", "2025-05-11", "2025-05-20")
		case 5:
			q.Evidence = pick(s, []string{"alleged"}, []string{"-alleged"})
		case 6:
			q.Year = pick(s, []string{"2025"}, []string{"2019"}, []string{"-2025"})
		case 7:
			q.Act = pick(s, []string{"denies"}, []string{"-denies"}, []string{"claims"})
		case 8:
			q.Unit = pick(s, []string{"records"}, []string{"-customers"})
		case 9:
			q.Wave = pick(s, []string{"may-2025"}, []string{"-may-2025"})
		case 10:
			q.AffectedMin, q.AffectedMax = pick[int64](s, 0, 1, 800), pick[int64](s, 0, 900, 1000)
		case 11:
			q.After = pick[vigie.Date](s, "2019", "2025-05-10", "2025-05")
		case 12:
			q.Before = pick[vigie.Date](s, "2019", "2025-05-10", "2024")
		case 13:
			q.Group = pick(s, []string{"groupe-tournesol"}, []string{"-groupe-tournesol"})
		case 14:
			q.Incident = pick(s, []string{pick(s, s.ids...), pick(s, s.ids...)}, []string{"-" + pick(s, s.ids...)})
		default:
			q.Q = pick(s, "lunaire", "freres OR soeurs", "-boutique", `"was taken"`, `"customer file" -shop`, "pied-à-terre", "grosm*", `fuite "de donnees"`,
				"-\"une boutique\"", "!!", "nothing", `"lunaire autre"`, "d’aujourd'hui OR piégée", "tournesol -sa", "fuites", "boutiques", "says")
		}
	}
	return q
}
