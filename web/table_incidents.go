package web

import (
	"slices"

	"vigie"
)

// voice is a party whose figure has columns of its own in the table of cases.
type voice struct {
	prefix string
	who    vigie.Text
	speaks func(vigie.Role) bool
}

var (
	claimantsVoice = voice{"claimed", vigie.Text{FR: "celui qui allègue (claimant)", EN: "the claimant"}, claimant}
	companyVoice   = voice{"company_says", vigie.Text{FR: "l’entreprise", EN: "the company"}, func(r vigie.Role) bool { return r == vigie.Respondent }}
	supplierVoice  = voice{"supplier_says", vigie.Text{FR: "le prestataire (supplier)", EN: "the supplier"}, func(r vigie.Role) bool { return r == vigie.Supplier }}
	officialVoice  = voice{"official_says", vigie.Text{FR: "l’autorité (official)", EN: "the official"}, vigie.Role.Official}
)

// figureOf is the party's figure that rule F puts first; ok is false when it gave none.
func (v voice) figureOf(t teller) (f vigie.SpokenFigure, ok bool) {
	if t.r.Derived == nil {
		return f, false
	}
	i := slices.IndexFunc(t.r.Derived.Figures, func(f vigie.SpokenFigure) bool { return v.speaks(f.By.Role) })
	if i < 0 {
		return f, false
	}
	return t.r.Derived.Figures[i], true
}

// columns are those of the party's figure, its speaker first.
func (v voice) columns(speaker, role string, more ...column[teller]) []column[teller] {
	var out []column[teller]
	if speaker != "" {
		out = append(out, column[teller]{speaker, vigie.Text{FR: "Qui donne le chiffre " + v.prefix + "_…", EN: "Who gives the figure " + v.prefix + "_…"}, v.of(func(t teller, f vigie.SpokenFigure) any { return t.fullSpeaker(f.By) })})
	}
	if role != "" {
		out = append(out, column[teller]{role, vigie.Text{FR: "À quel titre il parle", EN: "In what capacity they speak"}, v.of(func(_ teller, f vigie.SpokenFigure) any { return string(f.By.Role) })})
	}
	out = append(out, columnsOf(v.prefix, v.who, func(t teller) counted {
		if f, ok := v.figureOf(t); ok {
			return t.counted(f.Figure)
		}
		return counted{}
	})...)
	out = append(out, column[teller]{v.prefix + "_statement", vigie.Text{FR: "Déclaration qui le donne", EN: "The statement that gives it"}, v.of(func(_ teller, f vigie.SpokenFigure) any { return f.Statement })})
	return append(out, more...)
}

func (v voice) of(cell func(teller, vigie.SpokenFigure) any) func(teller) any {
	return func(t teller) any {
		if f, ok := v.figureOf(t); ok {
			return cell(t, f)
		}
		return nil
	}
}

// caseColumns is the table of cases.
var caseColumns = slices.Concat([]column[teller]{
	{"id", vigie.Text{FR: "Identité permanente du dossier", EN: "Permanent identity of the case"}, func(t teller) any { return t.r.ID }},
	{"url", vigie.Text{FR: "Page du dossier", EN: "Page of the case"}, func(t teller) any { return address(t.c.IncidentURL(t.r.ID)) }},
	{"headline", vigie.Text{FR: "Titre tiré du registre", EN: "Headline made from the record"}, func(t teller) any { return t.headline() }},
	{"company", vigie.Text{FR: "L’entreprise mise en cause (code)", EN: "The company concerned (code)"}, func(t teller) any { return t.r.Company }},
	{"company_name", vigie.Text{FR: "Son nom", EN: "Its name"}, func(t teller) any { return oneLine(t.company) }},
	{"group", vigie.Text{FR: "Son groupe", EN: "Its group"}, func(t teller) any { return oneLine(t.r.Respondent.Group) }},
	{"company_country", vigie.Text{FR: "Pays de son siège", EN: "Country of its seat"}, func(t teller) any { return t.r.Respondent.Country }},
	{"sector", vigie.Text{FR: "Son secteur", EN: "Its sector"}, func(t teller) any { return t.r.Respondent.Sector }},
	{"brands", vigie.Text{FR: "Ses enseignes concernées", EN: "Its brands concerned"}, func(t teller) any { return joined(t.r.Brands) }},
	{"kind", vigie.Text{FR: "Ce qui est allégué ou établi", EN: "What is alleged or found"}, func(t teller) any { return string(t.r.Kind) }},
	{"status", vigie.Text{FR: "La situation en un mot : claimed, contested, partially_confirmed, confirmed, refuted", EN: "The standing in one word: claimed, contested, partially_confirmed, confirmed, refuted"}, func(t teller) any { return t.now.Word }},
	{"evidence", vigie.Text{FR: "Y a-t-il eu intrusion ou fuite ? Vide : rien ne compte encore", EN: "Did an intrusion or leak happen? Empty: nothing counts yet"}, func(t teller) any { return string(t.now.Evidence) }},
	{"evidence_since", vigie.Text{FR: "Depuis quel jour", EN: "Since which day"}, func(t teller) any { return vigie.Date(t.now.Since.Evidence) }},
	{"position", vigie.Text{FR: "Ce qu’en dit l’entreprise ; no_statement : aucune parole connue de nous", EN: "What the company says; no_statement: no word known to us"}, func(t teller) any { return string(t.now.Position) }},
	{"position_since", vigie.Text{FR: "Depuis quel jour", EN: "Since which day"}, func(t teller) any { return vigie.Date(t.now.Since.Position) }},
	{"checked", vigie.Text{FR: "Jour de notre dernière vérification", EN: "The day we last looked for news"}, func(t teller) any { return t.r.Checked }},
	{"first_word", vigie.Text{FR: "Première parole publique (EDTF)", EN: "First public word (EDTF)"}, func(t teller) any { return t.r.FirstWord() }},
	{"occurred", vigie.Text{FR: "Date de l’attaque, telle que dite", EN: "When the attack took place, as said"}, func(t teller) any { return t.r.Occurred }},
	{"discovered", vigie.Text{FR: "Date où l’entreprise l’a su", EN: "When the company learnt of it"}, func(t teller) any { return t.r.Discovered }},
	{"countries", vigie.Text{FR: "Où vivent les personnes concernées, ou le marché", EN: "Where the people concerned live, or the market"}, func(t teller) any { return joined(t.r.Countries) }},
	{"via", vigie.Text{FR: "Le prestataire par lequel l’attaque est passée", EN: "The supplier it came through"}, func(t teller) any { return oneLine(t.r.Via) }},
	{"wave", vigie.Text{FR: "La vague à laquelle le dossier appartient", EN: "The campaign it belongs to"}, func(t teller) any { return t.r.Wave }},
},
	claimantsVoice.columns("claimant", "claimant_type", column[teller]{
		"claim_status", vigie.Text{FR: "Sort de ce chiffre : claimed, contested, withdrawn, refuted. Jamais confirmed : un incident confirmé ne confirme pas un nombre", EN: "What became of that figure: claimed, contested, withdrawn, refuted. Never confirmed: a confirmed incident confirms no number"},
		claimantsVoice.of(func(t teller, f vigie.SpokenFigure) any { return t.claimStatus(f.Statement) }),
	}),
	companyVoice.columns("", ""),
	supplierVoice.columns("supplier", ""),
	officialVoice.columns("official", "official_type"),
	[]column[teller]{
		{"figure_of_record", vigie.Text{FR: "Déclaration dont le chiffre est mis en avant (règle F)", EN: "The statement whose figure is put forward (rule F)"}, func(t teller) any { return t.figureOfRecord() }},
		{"figures", vigie.Text{FR: "Tous les chiffres, chacun avec qui le donne", EN: "Every figure, each with its speaker"}, func(t teller) any { return t.allFigures() }},
		{"data_claimed", vigie.Text{FR: "Données dites exposées par ceux qui allèguent", EN: "Data said to be exposed by claimants"}, func(t teller) any { return t.dataSaid(claimant, func(s vigie.Statement) []string { return s.Data }) }},
		{"data_admitted", vigie.Text{FR: "Données dites exposées par l’entreprise ou son prestataire", EN: "Data said to be exposed by the company or its supplier"}, func(t teller) any { return t.dataSaid(business, func(s vigie.Statement) []string { return s.Data }) }},
		{"data_found", vigie.Text{FR: "Données dites exposées par une autorité", EN: "Data said to be exposed by an official"}, func(t teller) any {
			return t.dataSaid(vigie.Role.Official, func(s vigie.Statement) []string { return s.Data })
		}},
		{"data_excluded", vigie.Text{FR: "Données dites non touchées par l’entreprise ou son prestataire", EN: "Data said not to be affected by the company or its supplier"}, func(t teller) any { return t.dataSaid(business, func(s vigie.Statement) []string { return s.NotData }) }},
		{"company_acts", vigie.Text{FR: "Ce que l’entreprise a fait en parlant", EN: "What the company did by speaking"}, func(t teller) any { return t.companyActs() }},
	},
	lagColumns("claim", "first_word", "de l’allégation au premier mot de l’entreprise", "from the claim to the company’s first word"),
	lagColumns("claim", "customers_told", "de l’allégation à l’avis aux clients", "from the claim to the notice to customers"),
	lagColumns("claim", "regulator_told", "de l’allégation à l’avis au régulateur", "from the claim to the notice to the regulator"),
	lagColumns("discovered", "customers_told", "de la découverte à l’avis aux clients", "from the discovery to the notice to customers"),
	lagColumns("discovered", "regulator_told", "de la découverte à l’avis au régulateur", "from the discovery to the notice to the regulator"),
	lagColumns("occurred", "discovered", "de l’attaque à sa découverte", "from the attack to its discovery"),
	[]column[teller]{
		{"lags", lagsMean, func(t teller) any { return joined(t.lags()) }},
		{"statements", vigie.Text{FR: "Nombre de déclarations au registre", EN: "Number of statements in the ledger"}, func(t teller) any { return len(t.r.Statements) }},
		{"sources", vigie.Text{FR: "Nombre de sources", EN: "Number of sources"}, func(t teller) any { return len(t.r.Sources) }},
		{"source_urls", vigie.Text{FR: "Adresses des sources", EN: "Addresses of the sources"}, func(t teller) any { return addresses(t.r.Sources) }},
		{"summary", vigie.Text{FR: "Résumé de notre main", EN: "Our summary"}, func(t teller) any { return clean(t.r.Summary.In(t.c.Lang)) }},
		{"state", vigie.Text{FR: "État de la fiche : published, retracted, merged", EN: "State of the record: published, retracted, merged"}, func(t teller) any { return string(t.r.State) }},
		{"version", vigie.Text{FR: "Version de la fiche", EN: "Version of the record"}, func(t teller) any { return t.derived().Version }},
		{"recorded", vigie.Text{FR: "Publication par nous (UTC)", EN: "First published by us (UTC)"}, func(t teller) any { return t.derived().Recorded }},
		{"updated", vigie.Text{FR: "Dernier changement de fond (UTC)", EN: "Last substantive change (UTC)"}, func(t teller) any { return t.derived().Updated }},
	},
)

var lagsMean = vigie.Text{
	FR: "Délais du dossier en toutes lettres ; d’une fin inconnue : aucune parole connue, et le jour de la dernière vérification",
	EN: "Lags of the case in words; of an unknown end: no word known, and the day last checked",
}

// lagColumns are the two ends of a lag, in days. Both are blank when it is not known.
func lagColumns(from, to, fr, en string) []column[teller] {
	end := func(of func(vigie.Lag) *int) func(teller) any {
		return func(t teller) any {
			for _, l := range t.derived().Lags {
				if l.From == from && l.To == to {
					if n := of(l); n != nil {
						return n
					}
				}
			}
			return nil
		}
	}
	name := from + "_to_" + to
	return []column[teller]{
		{name + "_min_days", vigie.Text{FR: "Délai " + fr + ", au moins (jours)", EN: "Time " + en + ", at least (days)"}, end(func(l vigie.Lag) *int { return l.Min })},
		{name + "_max_days", vigie.Text{FR: "Délai " + fr + ", au plus (jours)", EN: "Time " + en + ", at most (days)"}, end(func(l vigie.Lag) *int { return l.Max })},
	}
}
