package vigie

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Rule is a row of the rule table: printed on the about page, and run. Rows run
// in order; of the E rows the first that holds decides the evidence, of the P
// rows the position.
type Rule struct {
	ID    string
	Text  Text
	apply func(*judgement)
}

// Rules is the rule table.
var Rules = []Rule{
	{"C1", sentence(
		"Une déclaration est connue le jour où elle devient publique, sinon le dernier jour de sa date ; sans date, le jour de la plus ancienne parution exacte de ses sources. Sans aucun de ces jours, elle ne compte que si l’on ne demande pas de jour.",
		"A statement is known on the day it became public, else on the last day of its date; undated, on the earliest exact publication of its sources. Without any of these it counts only when no day is asked.",
	), knownByTheDay},
	{"C2", sentence(
		"Compte celui qui parle, non celui qui imprime. La presse parle de ce qu’elle a vu ou appris elle-même ; qui répète est une source. Chaque rôle a ses actes : seul un juge condamne, seule l’entreprise dément pour elle-même.",
		"Who speaks counts, not who prints. The press speaks from its own sight or sources; whoever repeats is a source. Each role has its acts: only a court convicts, only the company denies for itself.",
	), ownActsOnly},
	{"C3", sentence(
		"Ne comptent pas : une déclaration retirée par son auteur (dès ce jour ; seule E4 la voit encore, et le retrait d’un attaquant n’y change rien), et celle dont on n’a lu que des titres ou des adresses (montrée, signalée).",
		"Not counted: a statement withdrawn by its own speaker (from that day; only E4 still sees it, and an attacker’s retraction changes nothing), and one of which only headlines or addresses were read (shown, flagged).",
	), setAside},
	{"C4", sentence(
		"Réfuter ou corroborer vise les déclarations auxquelles on répond : réfuter un démenti soutient l’allégation, corroborer un démenti la réfute.",
		"To refute or corroborate aims at the statements answered: refuting a denial supports the claim, corroborating a denial refutes it.",
	), aim},
	{"E1", sentence(
		"Une autorité, un régulateur ou un juge constate, sanctionne ou condamne, et aucune décision ultérieure ne l’annule : confirmé.",
		"An authority, regulator or court finds, sanctions or convicts, and no later decision takes it back: confirmed.",
	), evidence(officialFinding)},
	{"E2", sentence(
		"Le dernier mot d’une autorité, d’un régulateur ou d’un juge sur l’allégation la réfute : réfuté.",
		"The last word of an authority, regulator or court on the claim refutes it: refuted.",
	), evidence(officialRefutation)},
	{"E3", sentence(
		"L’entreprise confirme, confirme en partie ou prévient ses clients, sans s’en être dédite ; ou un prestataire confirme en la nommant : confirmé.",
		"The company confirms, partially confirms or tells its customers, and did not take it back; or a supplier confirms and names it: confirmed.",
	), evidence(admission)},
	{"E4", sentence(
		"Tous ceux qui avaient allégué ou reconnu l’attaque se sont dédits (les attaquants ne comptent pas), ou un tiers indépendant réfute et aucun ne corrobore : réfuté.",
		"Everyone who alleged or admitted the attack took it back (attackers’ retractions do not count), or an independent party refutes and none corroborates: refuted.",
	), evidence(collapse)},
	{"E5", sentence(
		"Un tiers indépendant a vérifié les données et corrobore, aucun ne réfute : corroboré ; les deux : rapporté.",
		"An independent party checked the data and corroborates, none refutes: corroborated; both: reported.",
	), evidence(independentCheck)},
	{"E6", sentence(
		"La presse ou un chercheur de première main, une autorité, une enquête ouverte, des arrestations : rapporté.",
		"Press or a researcher at first hand, an authority, an inquiry opened, arrests: reported.",
	), evidence(firstHand)},
	{"E7", sentence(
		"Rien d’autre que la parole des attaquants, ou des paroles qui ne font qu’y répondre : allégué. Rien qui compte : pas de valeur.",
		"Nothing but the attackers’ word, or words that only answer one: alleged. Nothing that counts: no value.",
	), evidence(claimOnly)},
	{"P1", sentence(
		"La dernière prise de position de l’entreprise : dément, confirme en partie ou confirme (prévenir ses clients, c’est confirmer). De deux dates qui se recouvrent, la moins précise cède ; sans date cède à toutes.",
		"The company’s last stand: denies, partially confirms or confirms (telling customers confirms). Where two dates overlap the less precise yields; undated yields to all.",
	), position(lastStand)},
	{"P2", sentence(
		"Sinon, son dernier « nous enquêtons » ou « pas de commentaire » : ils n’effacent jamais une prise de position.",
		"Else its last “we are investigating” or “no comment”: these never override a stand.",
	), position(lastReserve)},
	{"P3", sentence(
		"Sinon, « a répondu » si elle a dit ou fait quoi que ce soit ; sinon, aucune déclaration connue de Vigie à la date de la dernière vérification.",
		"Else “responded” if it said or did anything; else no statement known to Vigie, as of the day last checked.",
	), position(anyWord)},
	{"P4", sentence(
		"Confirmer en partie, c’est admettre moins que ce qui est allégué (une intrusion sans données, des données de test, le seul prestataire). Contester un nombre n’est pas confirmer en partie.",
		"To confirm in part is to admit less than the kind alleged (an intrusion but no data, test data, only the supplier). Disputing a number is not partial.",
	), inPart},
	{"F", sentence(
		"Chiffre retenu, toujours avec son auteur : décision, puis entreprise, prestataire, vérification indépendante, autre parole officielle, chercheur, presse, autre, attaquant ; le dernier de l’auteur ; des personnes, puis des comptes, puis des lignes ; le tout avant une partie ; jamais d’addition. Si un autre dépasse le double ou n’atteint pas la moitié, le titre donne les deux.",
		"Figure of record, always with its speaker: finding, then company, supplier, independent check, other official word, researcher, press, other, attacker; that speaker’s last; people, then accounts, then records; the whole before a part; never summed. When another is over twice or under half of it, the headline names both.",
	), ofRecord},
	{"W", sentence(
		"En un mot, pour les formats qui n’en ont qu’un : réfuté, confirmé (ou confirmé en partie), contesté (démenti), allégué ; le premier qui vaut.",
		"In one word, for formats with one slot: refuted, confirmed (or partially confirmed), contested (denied), claimed; the first that holds.",
	), word},
}

// utterance is a statement as the rules read it.
type utterance struct {
	*Statement
	acts     []Act // those that count
	supports bool  // its verdict: for the claim
	opposes  bool  // its verdict: against the claim
}

func (u *utterance) does(acts ...Act) bool {
	return slices.ContainsFunc(acts, func(a Act) bool { return slices.Contains(u.acts, a) })
}

// judgement is the work of the rules on one ledger: each row reads what the rows
// before it left.
type judgement struct {
	in       *Incident
	day      Day
	words    []utterance // what counts, oldest first
	taken    []utterance // what its speaker took back
	standing Standing
	stand    *utterance // the words that decided P1
	figures  []SpokenFigure
}

func judge(in *Incident, day Day, rules []Rule) *judgement {
	j := &judgement{in: in, day: day}
	for i := range in.Statements {
		s := &in.Statements[i]
		j.words = append(j.words, utterance{Statement: s, acts: s.Acts, supports: s.Does(Corroborates), opposes: s.Does(Refutes)})
	}
	slices.SortFunc(j.words, func(a, b utterance) int { // the order of entry must not matter
		return cmp.Or(cmp.Compare(in.KnownOn(a.Statement), in.KnownOn(b.Statement)), compareIDs(a.ID, b.ID))
	})
	for _, r := range rules {
		r.apply(j)
		for i := range j.standing.Because {
			if b := &j.standing.Because[i]; b.Rule == "" {
				b.Rule = r.ID
			}
		}
	}
	return j
}

// compareIDs orders s2 before s10.
func compareIDs(a, b string) int {
	na, _ := strconv.Atoi(strings.TrimLeft(a, "rs"))
	nb, _ := strconv.Atoi(strings.TrimLeft(b, "rs"))
	return cmp.Or(cmp.Compare(na, nb), cmp.Compare(a, b))
}

func (j *judgement) keep(test func(*utterance) bool) (out []utterance) {
	for i := range j.words {
		if test(&j.words[i]) {
			out = append(out, j.words[i])
		}
	}
	return out
}

func ids(words []utterance) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.ID)
	}
	return out
}

func evidence(rule func(*judgement) (Evidence, []utterance)) func(*judgement) {
	return func(j *judgement) {
		if j.standing.Evidence != "" {
			return
		}
		if e, on := rule(j); len(on) > 0 {
			j.standing.Evidence = e
			j.because(ids(on))
		}
	}
}

func position(rule func(*judgement) (Position, []utterance)) func(*judgement) {
	return func(j *judgement) {
		if j.standing.Position != "" {
			return
		}
		if p, on := rule(j); p != "" {
			j.standing.Position = p
			j.because(ids(on))
		}
	}
}

// Counting: C1–C4.

func knownByTheDay(j *judgement) {
	j.words = j.keep(func(u *utterance) bool { return j.in.Known(u.Statement, j.day) })
}

func ownActsOnly(j *judgement) {
	for i := range j.words {
		u := &j.words[i]
		u.acts = slices.DeleteFunc(slices.Clone(u.acts), func(a Act) bool { return !May(u.By.Role, a) })
	}
}

func setAside(j *judgement) {
	j.words = j.keep(func(u *utterance) bool { return j.in.Counts(u.Statement) })
	known := map[string]bool{} // false while it is being worked out: a circle, which Validate refuses
	var takenBack func(u *utterance) bool
	takenBack = func(u *utterance) bool {
		if back, ok := known[u.ID]; ok || u.By.Role == Attacker {
			return back
		}
		known[u.ID] = false
		for i := range j.words {
			by := &j.words[i]
			if slices.Contains(by.Withdraws, u.ID) && by.By.same(u.By) && !takenBack(by) {
				known[u.ID] = true
				break
			}
		}
		return known[u.ID]
	}
	j.taken = j.keep(takenBack)
	j.words = j.keep(func(u *utterance) bool { return !takenBack(u) })
}

// speaks tells whether two utterances come from one speaker; of one who has no
// name only that an utterance is its own is known.
func (u *utterance) speaks(v *utterance) bool { return u.ID == v.ID || u.By.same(v.By) }

// same tells whether two speakers are one: everyone who speaks for the
// respondent is, and so are equal names in one role.
func (s Speaker) same(t Speaker) bool {
	if s.Role != t.Role {
		return false
	}
	return s.Role == Respondent || s.Company != "" && s.Company == t.Company || s.Name != "" && Fold(s.Name) == Fold(t.Name)
}

func aim(j *judgement) {
	for i := range j.words {
		u := &j.words[i]
		if !u.does(Corroborates, Refutes) {
			u.supports, u.opposes = false, false
			continue
		}
		if len(u.Answers) == 0 {
			continue
		}
		var forIt, against bool
		for _, id := range u.Answers {
			side := j.side(id, 0)
			if u.does(Refutes) {
				side = !side
			}
			forIt, against = forIt || side, against || !side
		}
		u.supports, u.opposes = forIt, against
	}
}

// side tells which side of the claim a statement is on: true for, false against.
func (j *judgement) side(id string, depth int) bool {
	s, ok := j.in.Statement(id)
	if !ok || !j.in.Known(s, j.day) || depth > len(j.in.Statements) { // depth: a circle, which Validate refuses
		return true
	}
	switch {
	case s.Does(Denies):
		return false
	case s.Does(Refutes) && len(s.Answers) > 0:
		return !j.side(s.Answers[0], depth+1)
	case s.Does(Corroborates) && len(s.Answers) > 0:
		return j.side(s.Answers[0], depth+1)
	}
	return !s.Does(Refutes)
}

// because notes the statements that the running row decided on; judge adds the
// row's name.
func (j *judgement) because(statements []string) {
	j.standing.Because = append(j.standing.Because, Because{Statements: statements})
}
