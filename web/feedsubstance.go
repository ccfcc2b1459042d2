package web

import (
	"reflect"
	"strings"

	"vigie"
)

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

// Extension lists the fields of the _vigie object of a JSON Feed item, in their
// order, drawn from the object itself; Path is the name of the field.
func (p Feeds) Extension() (rows []Substance) {
	for t, i := reflect.TypeFor[extension](), 0; i < t.NumField(); i++ {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		rows = append(rows, Substance{name, extensionWords[name].In(p.Lang)})
	}
	return rows
}

// extensionWords says each field of the _vigie object; a test holds the two together.
var extensionWords = map[string]vigie.Text{
	"about":          {FR: "l’adresse de ce tableau", EN: "the address of this table"},
	"incident_id":    {FR: "l’identifiant du dossier", EN: "the id of the case"},
	"id":             {FR: "celui de l’élément : dossier/s1 pour une déclaration, dossier/c3 pour la correction de la version 3", EN: "that of the item: case/s1 of a statement, case/c3 of the correction made by version 3"},
	"type":           {FR: "incident, statement ou correction", EN: "incident, statement or correction"},
	"company":        {FR: "l’identifiant de l’entreprise", EN: "the id of the company"},
	"kind":           {FR: "le type d’attaque", EN: "the kind of attack"},
	"status":         {FR: "les deux axes en un mot", EN: "both axes in one word"},
	"evidence":       {FR: "les faits, tels qu’ils sont établis aujourd’hui", EN: "the evidence, as of now"},
	"position":       {FR: "la position de l’entreprise, de même", EN: "the position of the company, likewise"},
	"date":           {FR: "quand c’est dit, ou la première parole publique du dossier (EDTF) ; absent si on l’ignore", EN: "when it was said, or the first public word of the case (EDTF); absent when unknown"},
	"date_precision": {FR: "year, month, day ou interval", EN: "year, month, day or interval"},
	"known":          {FR: "le jour où le public pouvait le savoir (règle C1)", EN: "the day the public could know of it (rule C1)"},
	"basis":          {FR: "d’où vient ce jour : said (dit), public (rendu public), published (publication d’une source)", EN: "what that day rests on: said, public, published (by a source)"},
	"lags":           {FR: "les délais du dossier, en jours, entre min et max ; sans max, aucune fin connue", EN: "the lags of the case in days, between min and max; without max no end is known"},
	"checked":        {FR: "le jour de la dernière vérification", EN: "the day it was last checked"},
	"claims":         {FR: "les chiffres de l’attaquant, de la presse, d’un chercheur ou d’un tiers : une allégation, jamais un fait, toujours avec son auteur", EN: "the figures of the attacker, the press, a researcher or a third party: a claim, never a fact, always with its speaker"},
	"figures":        {FR: "ceux de l’entreprise, de son prestataire et des constats", EN: "those of the company, of its supplier and of findings"},
	"responses":      {FR: "ce que l’entreprise a fait ou répondu", EN: "what the company did or answered"},
	"sources":        {FR: "où cela a été lu", EN: "where it was read"},
	"correction":     {FR: "la version, sa note publique et les champs changés", EN: "the version, its public note and the fields that changed"},
	"standing":       {FR: "les deux axes avant et après cet élément", EN: "both axes before and after this item"},
	"uncounted":      {FR: "vrai quand cela n’est connu que par un titre ou une adresse : montré, sans effet", EN: "true when it is known only from a headline or an address: shown, without effect"},
	"revision":       {FR: "la version du dossier, ou celle que fait la correction", EN: "the version of the case, or the one the correction made"},
}
