package importers

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"vigie"
	"vigie/importers/reading"
)

// counts are the figures of an entry; of one that gives only a number, it counts
// what the list calls records.
func (l *leak) counts(lexicon *reading.Lexicon) []vigie.Count {
	out := lexicon.Counts(l.count, "fr")
	for _, c := range lexicon.Counts(l.words, "fr") {
		if c.Span = (vigie.Span{}); !slices.ContainsFunc(out, func(o vigie.Count) bool { return o.Value == c.Value }) {
			out = append(out, c)
		}
	}
	if len(out) == 0 && l.number > 0 {
		out = []vigie.Count{{Value: l.number, Unit: "records", Qualifier: vigie.About, Status: "unknown"}}
	}
	return out
}

// place notes in the text of the desk where the figures of the list stand. Those
// that no statement gives are added: the list repeats them, nobody is said to
// give them.
func (l *leak) place(r *vigie.Reading, counts []vigie.Count) {
	at := find(r.Text, l.count)
	for _, n := range counts {
		if n.Span[1] > 0 && at[1] > 0 {
			n.Span = vigie.Span{n.Span[0] + at[0], n.Span[1] + at[0]}
			r.Spans["affected"] = append(r.Spans["affected"], n.Span)
		}
		if i := slices.IndexFunc(r.Affected, func(have vigie.Count) bool { return have.Value == n.Value }); i >= 0 {
			r.Affected[i].Span = n.Span
			continue
		}
		r.Affected = append(r.Affected, n)
	}
}

// dataOf reads a list of kinds of data, line by line.
func dataOf(lexicon *reading.Lexicon, list []string) (data, without []string) {
	for _, s := range list {
		d, w := lexicon.Data(s, "fr")
		data, without = joined(data, d), joined(without, w)
	}
	return data, without
}

// both leaves out of what is said not to be exposed what is also said to be.
func both(data, without []string) ([]string, []string) {
	return data, slices.DeleteFunc(without, func(code string) bool { return slices.Contains(data, code) })
}

// statuses are the words of the lists for how sure a leak is, by what they begin
// with once folded, and what they are worth in the ledger.
var statuses = []struct {
	begins string
	acts   []vigie.Act // by the role that alone can do them
	role   vigie.Role
	note   string
}{
	{"revendi", []vigie.Act{vigie.Claims}, vigie.Attacker, ""},
	{"en vente", []vigie.Act{vigie.OffersForSale}, vigie.Attacker, ""},
	{"dementi", []vigie.Act{vigie.Denies}, vigie.Respondent, ""},
	{"confirme", nil, "", "La liste dit la fuite confirmée, sans dire par qui."},
	{"en cours", nil, "", "La liste dit la vérification en cours, sans dire par qui."},
	{"non confirme", nil, "", "La liste dit la fuite non confirmée."},
}

// speak writes the statements of an entry: what the list's status says of who
// spoke, and what its words say that the company answered.
func (l *leak) speak(e *entry, read *vigie.Reading, own string, counts []vigie.Count, data, without []string) {
	who := e.victims[0]
	actor := squeeze(l.actor)
	if f := vigie.Fold(actor); f == "" || f == "inconnu" || f == "nc" || f == "non communique" {
		actor = ""
	}
	if actor == "" && len(read.Actor) == 1 {
		actor = read.Actor[0]
	}
	if actor != "" {
		e.actors = []string{actor}
	}
	folded, note := vigie.Fold(l.status), ""
	for _, s := range statuses {
		if !strings.HasPrefix(folded, s.begins) {
			continue
		}
		if note = s.note; s.role == "" {
			break
		}
		st := vigie.Statement{By: vigie.Speaker{Role: s.role, Name: who}, Acts: s.acts, Public: l.day, Sources: []string{own}, Text: said(s.acts[0], who, actor)}
		if s.role == vigie.Attacker {
			st.By.Name, st.Actor, st.Data, st.NotData = actor, actor, data, nil
			if n, ok := l.theirs(counts); ok {
				st.Figures = []vigie.Figure{figure(n)}
			}
		}
		e.say(st)
		break
	}
	read.Victims = []string{who}
	if st, ok := answer(read, ""); ok && len(e.draft.Statements) < 2 && !slices.ContainsFunc(e.draft.Statements, func(have vigie.Statement) bool { return have.By.Role == vigie.Respondent }) {
		st.By.Name, st.Sources, st.Figures, st.Data, st.NotData, st.On, st.Public = who, []string{own}, nil, nil, without, "", l.day
		e.say(st)
		note = "" // it is told by whom
	}
	if note != "" {
		e.notes = append(e.notes, note)
	}
}

// theirs is the figure of the claim: the one that the list gives as the number,
// or the only one. Of several, others may be another's.
func (l *leak) theirs(counts []vigie.Count) (vigie.Count, bool) {
	for _, c := range counts {
		if c.Value == l.number || len(counts) == 1 {
			return c, true
		}
	}
	return vigie.Count{}, false
}

func said(act vigie.Act, who, actor string) vigie.Text {
	switch act {
	case vigie.Denies:
		return vigie.Text{FR: who + " dément.", EN: who + " denies it."}
	case vigie.OffersForSale:
		return vigie.Text{FR: cmp.Or(actor, "Un attaquant") + " propose à la vente des données attribuées à " + who + ".", EN: cmp.Or(actor, "An attacker") + " offers for sale data attributed to " + who + "."}
	}
	return vigie.Text{FR: cmp.Or(actor, "Un attaquant") + " revendique une fuite de données de " + who + ".", EN: cmp.Or(actor, "An attacker") + " claims a leak of data of " + who + "."}
}

// kindOf is the kind of attack that the list names.
func kindOf(l *leak) vigie.Kind {
	switch said := vigie.Fold(l.threat + " " + l.status); {
	case strings.Contains(said, "ransomware"), strings.Contains(said, "rancongiciel"):
		return "ransomware"
	case strings.Contains(said, "ddos"), strings.Contains(said, "deni de service"):
		return "ddos"
	case l.threat == "", strings.Contains(said, "fuite"):
		return "data_breach"
	}
	return "unknown"
}

var (
	sellsWords = regexp.MustCompile(`commerce|distribution|\bmode\b|luxe|retail|enseigne|magasin|boutique|bricolage|jardin|supermarch|cosmeti|beaute|parfum|optique|opticien|pharmacie|ameublement|meuble|bijou|jouet|restauration rapide|fast.?food|livraison de repas|vente en ligne|ventes? privees?|pret.a.porter|chaussure|electromenager|animalerie|librairie|puericulture|equipement (?:de la maison|sportif)|articles de sport|jeux video|vetement|habillement|textile|marketplace|place de marche|billetterie|alimentation|epicerie|cuisin`)
	noWords    = map[string]bool{"": true, "inconnu": true, "autre": true, "service": true, "services": true, "divers": true, "nc": true}
)

// tradeInFrench reads what a list calls the victim's business.
func tradeInFrench(s string) trade {
	s = vigie.Fold(squeeze(s))
	switch {
	case noWords[s]:
		return untold
	case sellsWords.MatchString(s):
		return retail
	}
	return another
}
