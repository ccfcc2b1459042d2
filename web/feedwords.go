package web

import (
	"strings"
	"unicode/utf8"

	"vigie"
)

// feedWords are the words that feeds put around the record, in both languages.
var feedWords = struct {
	Timeline, Incidents, About                           vigie.Text
	Colon, Dash, Comma, And, Semicolon                   vigie.Text
	Claim, Finding, Says, Denies, DeniesAll, DeniesIt    vigie.Text
	DeniedBy, Refuted, Withdrawn, TheClaim, TheDenial    vigie.Text
	NotCounted, LastChecked                              vigie.Text
	Corrected, WasRetracted, WasMerged, InVersion        vigie.Text
	Said, SaidBy, Channel, Figures, Data, NotData        vigie.Text
	Vector, Actor, Method, Answers, Sources, Unread      vigie.Text
	Standing, Evidence, Position, Same, None, Since      vigie.Text
	Checked, NoWord, Changed, Reason, Ledger, Undated    vigie.Text
	SeenHeadline, SeenAddress, NoAddress, Case, Revision vigie.Text
	AllFeeds, Everything, ByCompany, ByWave              vigie.Text
	AllStatements, AllCases, AllCorrections              vigie.Text
}{
	Timeline:  vigie.Text{FR: "chronologie", EN: "timeline"},
	Incidents: vigie.Text{FR: "dossiers", EN: "cases"},
	About: vigie.Text{
		FR: "Les cyberattaques contre le commerce : qui a dit quoi, quand, et où nous l’avons lu.",
		EN: "Cyberattacks on retailers: who said what, when, and where we read it.",
	},
	AllFeeds:       vigie.Text{FR: "tous les flux", EN: "all feeds"},
	Everything:     vigie.Text{FR: "Tout", EN: "Everything"},
	ByCompany:      vigie.Text{FR: "Par entreprise", EN: "By company"},
	ByWave:         vigie.Text{FR: "Par vague", EN: "By campaign"},
	AllStatements:  vigie.Text{FR: "déclarations et corrections", EN: "statements and corrections"},
	AllCases:       vigie.Text{FR: "dossiers, un article chacun", EN: "cases, one entry each"},
	AllCorrections: vigie.Text{FR: "corrections", EN: "corrections"},

	Colon: vigie.Text{FR: "\u00a0: ", EN: ": "}, Dash: vigie.Text{FR: " – ", EN: " – "}, Comma: vigie.Text{FR: ", ", EN: ", "},
	And: vigie.Text{FR: " et ", EN: " and "}, Semicolon: vigie.Text{FR: "\u00a0; ", EN: "; "},

	// A figure that its speaker cannot answer for is always written after one of these.
	Claim:     vigie.Text{FR: "ALLÉGATION\u00a0: ", EN: "CLAIM of "},
	Finding:   vigie.Text{FR: "constat\u00a0: ", EN: "finding of "},
	Says:      vigie.Text{FR: " selon ", EN: ", says "},
	Denies:    vigie.Text{FR: "dément l’ALLÉGATION faite par {by}\u00a0: {figure}", EN: "denies the CLAIM of {figure} by {by}"},
	DeniesIt:  vigie.Text{FR: "dément ce qu’affirme {by}", EN: "denies the claim by {by}"},
	DeniesAll: vigie.Text{FR: "dément ce qui est allégué", EN: "denies what is alleged"},
	DeniedBy:  vigie.Text{FR: ", ce que {company} dément", EN: ", denied by {company}"},
	Refuted:   vigie.Text{FR: ", ce qui a été réfuté depuis", EN: ", since refuted"},
	Withdrawn: vigie.Text{FR: ", ce que son auteur a retiré depuis", EN: ", since withdrawn by its speaker"},
	TheClaim:  vigie.Text{FR: "l’allégation", EN: "the claim"},
	TheDenial: vigie.Text{FR: "le démenti", EN: "the denial"},

	NotCounted:  vigie.Text{FR: " (lu seulement en titre ou en adresse\u00a0: ne compte pas)", EN: " (seen only as a headline or an address: not counted)"},
	LastChecked: vigie.Text{FR: ", dernière vérification le {date}", EN: ", last checked on {date}"},

	Corrected:    vigie.Text{FR: "correction de {site}", EN: "correction by {site}"},
	WasRetracted: vigie.Text{FR: "dossier retiré par {site}", EN: "case retracted by {site}"},
	WasMerged:    vigie.Text{FR: "dossier réuni à un autre par {site}", EN: "case merged into another by {site}"},
	InVersion:    vigie.Text{FR: ", version {version}", EN: ", version {version}"},

	Said: vigie.Text{FR: "Dit", EN: "Said"}, SaidBy: vigie.Text{FR: "Par", EN: "By"}, Channel: vigie.Text{FR: "Canal", EN: "Channel"},
	Figures: vigie.Text{FR: "Chiffres", EN: "Figures"}, Data: vigie.Text{FR: "Données dites exposées", EN: "Data said to be exposed"},
	NotData: vigie.Text{FR: "Données dites non touchées", EN: "Data said not to be affected"}, Vector: vigie.Text{FR: "Moyen allégué", EN: "Means, as said"},
	Actor: vigie.Text{FR: "Pseudonyme", EN: "Alias"}, Method: vigie.Text{FR: "Méthode de vérification", EN: "How it was checked"},
	Answers: vigie.Text{FR: "En réponse à", EN: "In answer to"}, Sources: vigie.Text{FR: "Sources", EN: "Sources"},
	Unread: vigie.Text{
		FR: "Connu seulement par des titres ou des adresses\u00a0: montré, mais ne compte pas.",
		EN: "Known only from headlines or addresses: shown, but not counted.",
	},
	Standing: vigie.Text{FR: "Situation", EN: "Standing"}, Evidence: vigie.Text{FR: "faits", EN: "evidence"}, Position: vigie.Text{FR: "entreprise", EN: "company"},
	Same: vigie.Text{FR: "inchangée", EN: "unchanged"}, None: vigie.Text{FR: "rien", EN: "none"}, Since: vigie.Text{FR: " depuis le {date}", EN: " since {date}"},
	Checked: vigie.Text{FR: "Dernière vérification", EN: "Last checked"},
	NoWord:  vigie.Text{FR: "aucune déclaration connue de {site}", EN: "no statement known to {site}"},
	Changed: vigie.Text{FR: "Ce qui a changé", EN: "What changed"}, Reason: vigie.Text{FR: "Motif", EN: "Reason"},
	Ledger: vigie.Text{FR: "Déclarations", EN: "Statements"}, Undated: vigie.Text{FR: "date inconnue", EN: "date unknown"},
	SeenHeadline: vigie.Text{FR: "titre seul lu", EN: "only the headline read"}, SeenAddress: vigie.Text{FR: "adresse seule connue", EN: "only the address known"},
	NoAddress: vigie.Text{FR: "source sans adresse", EN: "source without an address"}, Case: vigie.Text{FR: "Le dossier", EN: "The case"}, Revision: vigie.Text{FR: "Version", EN: "Version"},
}

// feedVerbs says in a title what a statement does. Its object is the incident, or
// as little as the act implies: a title admits nothing that the speaker did not.
// Denies, corroborates and refutes have objects of their own.
var feedVerbs = map[vigie.Act]vigie.Text{
	vigie.Claims:            {FR: "revendique une attaque", EN: "claims an attack"},
	vigie.OffersForSale:     {FR: "met des données en vente", EN: "offers data for sale"},
	vigie.Leaks:             {FR: "publie des données", EN: "publishes data"},
	vigie.DemandsRansom:     {FR: "demande une rançon", EN: "demands a ransom"},
	vigie.Retracts:          {FR: "se rétracte", EN: "takes it back"},
	vigie.Reports:           {FR: "fait état d’un incident", EN: "reports an incident"},
	vigie.Corroborates:      {FR: "corrobore {target}", EN: "corroborates {target}"},
	vigie.Refutes:           {FR: "réfute {target}", EN: "refutes {target}"},
	vigie.PartiallyConfirms: {FR: "confirme en partie", EN: "confirms in part"},
	vigie.Confirms:          {FR: "confirme l’incident", EN: "confirms the incident"},
	vigie.Investigating:     {FR: "dit enquêter", EN: "says it is investigating"},
	vigie.NoComment:         {FR: "ne commente pas", EN: "does not comment"},
	vigie.NotifiesCustomers: {FR: "prévient les clients", EN: "notifies customers"},
	vigie.NotifiesRegulator: {FR: "prévient le régulateur", EN: "notifies the regulator"},
	vigie.FilesComplaint:    {FR: "porte plainte", EN: "files a complaint"},
	vigie.Remedies:          {FR: "annonce des mesures", EN: "announces measures"},
	vigie.Compensates:       {FR: "propose un dédommagement", EN: "offers compensation"},
	vigie.Apologises:        {FR: "présente ses excuses", EN: "apologises"},
	vigie.Corrects:          {FR: "rectifie un point", EN: "corrects a point"},
	vigie.Replies:           {FR: "répond", EN: "replies"},
	vigie.OpensInquiry:      {FR: "ouvre une enquête", EN: "opens an inquiry"},
	vigie.Arrests:           {FR: "annonce une arrestation ou une mise en cause", EN: "announces an arrest or charges"},
	vigie.Finds:             {FR: "rend un constat", EN: "issues a finding"},
	vigie.Sanctions:         {FR: "prononce une sanction", EN: "imposes a sanction"},
	vigie.Convicts:          {FR: "condamne l’auteur d’une attaque", EN: "convicts the author of an attack"},
	vigie.ClosesInquiry:     {FR: "clôt son enquête", EN: "closes its inquiry"},
}

// feedSpeakers names a speaker who has no name. Attackers always go by what they
// do: an alias in a title is advertising.
var feedSpeakers = map[vigie.Role]vigie.Text{
	vigie.Attacker:   {FR: "l’attaquant", EN: "the attacker"},
	vigie.Press:      {FR: "la presse", EN: "the press"},
	vigie.Researcher: {FR: "un chercheur", EN: "a researcher"},
	vigie.Respondent: {FR: "l’entreprise", EN: "the company"},
	vigie.Supplier:   {FR: "le prestataire", EN: "the supplier"},
	vigie.Regulator:  {FR: "le régulateur", EN: "the regulator"},
	vigie.Authority:  {FR: "une autorité", EN: "an authority"},
	vigie.Court:      {FR: "la justice", EN: "a court"},
	vigie.Other:      {FR: "un tiers", EN: "a third party"},
}

var feedSeller = vigie.Text{FR: "le vendeur", EN: "the seller"}

// fill puts values in the {places} of a sentence.
func fill(sentence string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// clean makes strangers' text fit for XML and for a reader's screen: line ends
// become LF; bytes that are not UTF-8, control characters and non-characters
// become U+FFFD, so that it is seen that something stood there.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, unfit) < 0 { // nearly always
		return s
	}
	return strings.Map(func(r rune) rune {
		if unfit(r) {
			return '\uFFFD'
		}
		return r
	}, lineEnds.Replace(strings.ToValidUTF8(s, "\uFFFD")))
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func unfit(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return true
	}
	return false
}

// oneLine is a text as a title: one line, its spaces single.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029'
	}), " ")
}
