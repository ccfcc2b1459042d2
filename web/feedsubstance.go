package web

import "vigie"

// Substance is a row of the table of what counts as news, in words.
type Substance struct {
	Path string // as in the record: statements.figures
	What string
}

// Substance is the table of what counts as news in feeds, drawn from the one in the
// root package (vigie.Substance), so that this page cannot say otherwise than
// the program does.
func (p Feeds) Substance() (rows []Substance) {
	for _, path := range vigie.Substance() {
		rows = append(rows, Substance{path, substanceWords[path].In(p.Lang)})
	}
	return rows
}

// substanceWords says each row of vigie.Substance; a test holds the two together.
var substanceWords = map[string]vigie.Text{
	"state":                 {FR: "le dossier est publié, retiré, réuni à un autre ou rétabli", EN: "the case is published, retracted, merged into another or restored"},
	"company":               {FR: "l’entreprise concernée", EN: "the company concerned"},
	"brands":                {FR: "les enseignes touchées", EN: "the brands concerned"},
	"kind":                  {FR: "le type d’attaque", EN: "the kind of attack"},
	"occurred":              {FR: "la date des faits", EN: "when it happened"},
	"discovered":            {FR: "la date de leur découverte", EN: "when it was discovered"},
	"disclosed":             {FR: "la date où cela s’est su", EN: "when it became known"},
	"countries":             {FR: "les pays concernés", EN: "the countries concerned"},
	"via":                   {FR: "le prestataire par qui c’est passé", EN: "the supplier it came through"},
	"statements":            {FR: "une déclaration de plus ou de moins", EN: "a statement more or less"},
	"statements.by":         {FR: "qui parle", EN: "who speaks"},
	"statements.acts":       {FR: "ce que fait la déclaration (démentir, confirmer…)", EN: "what the statement does (deny, confirm…)"},
	"statements.on":         {FR: "le jour où c’est dit", EN: "the day it was said"},
	"statements.public":     {FR: "le jour où c’est rendu public", EN: "the day it was made public"},
	"statements.answers":    {FR: "à quelle déclaration elle répond", EN: "which statement it answers"},
	"statements.withdraws":  {FR: "laquelle elle retire", EN: "which one it withdraws"},
	"statements.supersedes": {FR: "laquelle elle remplace", EN: "which one it supersedes"},
	"statements.figures":    {FR: "un chiffre", EN: "a figure"},
	"statements.data":       {FR: "les données dites exposées", EN: "the data said to be exposed"},
	"statements.not_data":   {FR: "les données dites non touchées", EN: "the data said not to be affected"},
	"statements.actor":      {FR: "le pseudonyme de l’attaquant", EN: "the alias of the attacker"},
	"statements.quotes":     {FR: "une citation", EN: "a quotation"},
	"standing.evidence":     {FR: "les faits, tels que la règle les établit", EN: "the evidence, as the rules derive it"},
	"standing.position":     {FR: "la position de l’entreprise, de même", EN: "the position of the company, likewise"},
	"standing.figure":       {FR: "le chiffre retenu, de même", EN: "the figure of record, likewise"},
}
