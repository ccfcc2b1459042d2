package web

import (
	"slices"
	"time"

	"vigie"
)

// reading is a source of a case, as a row of the table of sources.
type reading struct {
	teller
	src vigie.Source
}

// citedBy are the statements that were read there.
func (r reading) citedBy() string {
	var ids []string
	for i := range r.r.Statements {
		if slices.Contains(r.r.Statements[i].Sources, r.src.ID) {
			ids = append(ids, r.r.Statements[i].ID)
		}
	}
	return joined(ids)
}

// retrieved is when our own fetch read it; the zero time when it did not.
func (r reading) retrieved() time.Time {
	at, _ := time.Parse(time.RFC3339, r.src.Retrieved) // Validate holds it to RFC 3339; what is not is not known
	return at
}

var sourceColumns = []column[reading]{
	{"incident", vigie.Text{FR: "Le dossier", EN: "The case"}, func(r reading) any { return r.r.ID }},
	{"id", vigie.Text{FR: "Nom de la source dans le dossier", EN: "Name of the source within the case"}, func(r reading) any { return r.src.ID }},
	{"publisher", vigie.Text{FR: "Qui l’a publiée", EN: "Who published it"}, func(r reading) any { return oneLine(r.src.Publisher) }},
	{"title", vigie.Text{FR: "Son titre", EN: "Its title"}, func(r reading) any { return oneLine(r.src.Title) }},
	{"published", vigie.Text{FR: "Date de publication", EN: "When it was published"}, func(r reading) any { return r.src.Published }},
	{"lang", vigie.Text{FR: "Sa langue", EN: "Its language"}, func(r reading) any { return languageTag(r.src.Lang) }},
	{"kind", vigie.Text{FR: "Sa nature", EN: "What it is"}, func(r reading) any { return r.src.Kind }},
	{"seen", vigie.Text{FR: "Ce que nous en avons lu : full, excerpt, headline, address", EN: "How much of it we read: full, excerpt, headline, address"}, func(r reading) any { return string(r.src.Seen) }},
	{"url", vigie.Text{FR: "Son adresse, si l’on peut la suivre", EN: "Its address, when it may be followed"}, func(r reading) any { return followed(r.src.URL) }},
	{"archive", vigie.Text{FR: "Copie archivée", EN: "Archived copy"}, func(r reading) any { return followed(r.src.Archive) }},
	{"retrieved", vigie.Text{FR: "Lue par nous à (UTC)", EN: "Read by us at (UTC)"}, func(r reading) any { return r.retrieved() }},
	{"sha256", vigie.Text{FR: "Empreinte des octets lus", EN: "Hash of the bytes read"}, func(r reading) any { return r.src.SHA256 }},
	{"licence", vigie.Text{FR: "Sa licence", EN: "Its licence"}, func(r reading) any { return oneLine(r.src.Licence) }},
	{"statements", vigie.Text{FR: "Déclarations qui y ont été lues", EN: "Statements that were read there"}, func(r reading) any { return r.citedBy() }},
}
