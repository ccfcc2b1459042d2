package web

import (
	"slices"
	"strings"

	"vigie"
)

// event is a statement or a correction with the case it belongs to, ready to be told.
type event struct {
	teller
	item vigie.Item
	s    vigie.Statement // empty of a correction
}

func (c Context) event(item vigie.Item) event {
	e := event{teller: c.tellerOf(item), item: item}
	if item.Statement != nil {
		e.s = *item.Statement
	}
	return e
}

// title says in one line what happened.
func (e event) title() string {
	switch {
	case e.item.Statement != nil:
		return e.statement(e.item.Statement)
	case e.item.Correction != nil:
		return e.correction(*e.item.Correction)
	}
	return oneLine(e.item.ID)
}

// said is the speaker's figure of the statement for the columns: the whole before
// a part. The others are in the column of all figures.
func (e event) said() (f vigie.Figure, ok bool) {
	if len(e.s.Figures) == 0 {
		return f, false
	}
	if i := slices.IndexFunc(e.s.Figures, func(f vigie.Figure) bool { return f.Scope.IsZero() && f.Qualifier != vigie.Partial }); i > 0 {
		return e.s.Figures[i], true
	}
	return e.s.Figures[0], true
}

func (e event) figureWords() string {
	var list []string
	for _, f := range e.s.Figures {
		list = append(list, e.spoken(vigie.SpokenFigure{Figure: f, By: e.s.By, Statement: e.s.ID}))
	}
	return joined(list)
}

// ifFigure is a cell that is empty unless the statement gives a figure.
func ifFigure(cell func(event) any) func(event) any {
	return func(e event) any {
		if len(e.s.Figures) == 0 {
			return nil
		}
		return cell(e)
	}
}

func (e event) quotes() string {
	var list []string
	for _, q := range e.s.Quotes {
		list = append(list, q.Text)
	}
	return joined(list)
}

func (e event) changed() string {
	if e.item.Correction == nil {
		return ""
	}
	return joined(e.item.Correction.Changed)
}

func (e event) note() string {
	if e.item.Correction == nil {
		return ""
	}
	return clean(e.item.Correction.Note)
}

// ofStatement is a cell that corrections do not have.
func ofStatement(cell func(event) any) func(event) any {
	return func(e event) any {
		if e.item.Statement == nil {
			return nil
		}
		return cell(e)
	}
}

// eventColumns is the table of statements and corrections.
var eventColumns = slices.Concat([]column[event]{
	{"id", vigie.Text{FR: "Identité permanente de l’événement", EN: "Permanent identity of the event"}, func(e event) any { return e.item.ID }},
	{"incident", vigie.Text{FR: "Le dossier", EN: "The case"}, func(e event) any { return e.item.Incident }},
	{"url", vigie.Text{FR: "L’événement dans la page du dossier", EN: "The event in the page of its case"}, func(e event) any { return address(e.c.ItemURL(e.item)) }},
	{"company", vigie.Text{FR: "L’entreprise mise en cause (code)", EN: "The company concerned (code)"}, func(e event) any { return e.r.Company }},
	{"company_name", vigie.Text{FR: "Son nom", EN: "Its name"}, func(e event) any { return oneLine(e.company) }},
	{"type", vigie.Text{FR: "statement (quelqu’un a parlé) ou correction (nous avons corrigé)", EN: "statement (somebody spoke) or correction (we put right)"}, func(e event) any { return e.item.Type }},
	{"on", vigie.Text{FR: "Quand cela a été dit (EDTF, aussi précis que la source)", EN: "When it was said (EDTF, as precise as its source)"}, func(e event) any { return e.item.On }},
	{"on_precision", vigie.Text{FR: "Précision de cette date : day, month, year, interval (un jour de cet intervalle)", EN: "Precision of that date: day, month, year, interval (one day of that span)"}, func(e event) any { return e.item.Precision }},
	{"known", vigie.Text{FR: "Jour où le public a pu le savoir au plus tard (règle C1)", EN: "The day the public could know of it at the latest (rule C1)"}, func(e event) any { return vigie.Date(e.item.Known) }},
	{"basis", vigie.Text{FR: "D’où ce jour est connu : said (dit par la déclaration), public (date publique), published (publication d’une source)", EN: "What that day is known from: said (the statement says so), public (when it was made public), published (publication of a source)"}, func(e event) any { return e.item.Basis }},
	{"public", vigie.Text{FR: "Quand le public a pu le savoir, si plus tard", EN: "When the public could know it, if later"}, func(e event) any { return e.s.Public }},
	{"recorded", vigie.Text{FR: "Quand nous l’avons publié (UTC)", EN: "When we published it (UTC)"}, func(e event) any { return e.item.Recorded }},
	{"title", vigie.Text{FR: "Qui a fait quoi, en une ligne", EN: "Who did what, in one line"}, func(e event) any { return e.title() }},
	{"speaker", vigie.Text{FR: "Qui parle", EN: "Who speaks"}, ofStatement(func(e event) any { return e.fullSpeaker(e.s.By) })},
	{"role", vigie.Text{FR: "À quel titre", EN: "In what capacity"}, func(e event) any { return string(e.s.By.Role) }},
	{"acts", vigie.Text{FR: "Ce qu’il fait en le disant", EN: "What is done by saying it"}, func(e event) any { return joined(e.s.Acts) }},
	{"counts", vigie.Text{FR: "false : connu seulement par un titre ou une adresse, ne compte pas (règle C3)", EN: "false: known only from a headline or an address, not counted (rule C3)"}, ofStatement(func(e event) any { return !e.unread(&e.s) })},
	{"answers", vigie.Text{FR: "Déclarations auxquelles il répond", EN: "Statements it answers"}, func(e event) any { return joined(e.s.Answers) }},
	{"withdraws", vigie.Text{FR: "Déclarations qu’il retire", EN: "Statements it takes back"}, func(e event) any { return joined(e.s.Withdraws) }},
	{"supersedes", vigie.Text{FR: "Déclarations qu’il remplace", EN: "Statements it replaces"}, func(e event) any { return joined(e.s.Supersedes) }},
	{"claimant", vigie.Text{FR: "Qui donne le chiffre", EN: "Who gives the figure"}, ifFigure(func(e event) any { return e.fullSpeaker(e.s.By) })},
	{"claimant_type", vigie.Text{FR: "À quel titre il le donne", EN: "In what capacity they give it"}, ifFigure(func(e event) any { return string(e.s.By.Role) })},
},
	columnsOf("claimed", claimantsVoice.who, func(e event) counted {
		if f, ok := e.said(); ok {
			return e.counted(f)
		}
		return counted{}
	}),
	[]column[event]{
		{"claim_status", vigie.Text{FR: "Sort du chiffre d’un tiers : claimed, contested, withdrawn, refuted. Vide pour celui de l’entreprise, de son prestataire ou d’une autorité", EN: "What became of a third party’s figure: claimed, contested, withdrawn, refuted. Empty for one of the company, its supplier or an official"}, ifFigure(func(e event) any {
			if !claimant(e.s.By.Role) {
				return nil
			}
			return e.claimStatus(e.s.ID)
		})},
		{"figures", vigie.Text{FR: "Tous ses chiffres en toutes lettres", EN: "All its figures in words"}, func(e event) any { return e.figureWords() }},
		{"data", vigie.Text{FR: "Données dites exposées par celui qui parle", EN: "Data said to be exposed by the speaker"}, func(e event) any { return joined(e.s.Data) }},
		{"not_data", vigie.Text{FR: "Données dites non touchées par celui qui parle", EN: "Data said not to be affected by the speaker"}, func(e event) any { return joined(e.s.NotData) }},
		{"vector", vigie.Text{FR: "Comment, selon celui qui parle", EN: "How it was done, as said"}, func(e event) any { return clean(e.s.Vector.In(e.c.Lang)) }},
		{"actor", vigie.Text{FR: "Pseudonyme de l’attaquant, tel que dit", EN: "Alias of the attacker, as said"}, func(e event) any { return oneLine(e.s.Actor) }},
		{"channel", vigie.Text{FR: "Par quel canal", EN: "How it was made known"}, func(e event) any { return string(e.s.Channel) }},
		{"text", vigie.Text{FR: "Ce qui est dit, en nos mots", EN: "What is said, in our words"}, func(e event) any { return clean(e.s.Text.In(e.c.Lang)) }},
		{"quotes", vigie.Text{FR: "Ses propres mots, dans leur langue", EN: "Their own words, in their language"}, func(e event) any { return e.quotes() }},
		{"method", vigie.Text{FR: "Comment cela a été vérifié", EN: "How it was checked"}, func(e event) any { return clean(e.s.Method.In(e.c.Lang)) }},
		{"note", vigie.Text{FR: "Ce que nous avons corrigé et pourquoi", EN: "What we corrected and why"}, func(e event) any { return e.note() }},
		{"changed", vigie.Text{FR: "Champs corrigés", EN: "Fields corrected"}, func(e event) any { return e.changed() }},
		{"evidence_before", vigie.Text{FR: "Faits, avant", EN: "Evidence, before"}, func(e event) any { return string(e.item.Standing.Before.Evidence) }},
		{"evidence_after", vigie.Text{FR: "Faits, après", EN: "Evidence, after"}, func(e event) any { return string(e.item.Standing.After.Evidence) }},
		{"position_before", vigie.Text{FR: "Position de l’entreprise, avant", EN: "Position of the company, before"}, func(e event) any { return string(e.item.Standing.Before.Position) }},
		{"position_after", vigie.Text{FR: "Position de l’entreprise, après", EN: "Position of the company, after"}, func(e event) any { return string(e.item.Standing.After.Position) }},
		{"case_checked", vigie.Text{FR: "Dernier jour où nous avons cherché du nouveau sur le dossier", EN: "The day we last looked for news of the case"}, func(e event) any { return e.r.Checked }},
		{"case_lags", lagsMean, func(e event) any { return joined(e.lags()) }},
		{"publishers", vigie.Text{FR: "Où nous l’avons lu", EN: "Where we read it"}, func(e event) any { return e.publishers() }},
		{"source_urls", vigie.Text{FR: "Adresses de ces sources", EN: "Addresses of those sources"}, func(e event) any { return addresses(e.sourcesOf(&e.s)) }},
	},
)

func (e event) publishers() string {
	var list []string
	for _, src := range e.sourcesOf(&e.s) {
		if name := strings.TrimSpace(src.Publisher); name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return joined(list)
}
