package vigie

import (
	"fmt"
	"slices"
)

// reference is a list of a statement that names other statements.
type reference struct {
	path string
	ids  func(*Statement) []string
}

var references = []reference{
	{"answers", func(s *Statement) []string { return s.Answers }},
	{"withdraws", func(s *Statement) []string { return s.Withdraws }},
	{"supersedes", func(s *Statement) []string { return s.Supersedes }},
}

func checkReferences(i *inspection, in *Incident) {
	for n := range in.Statements {
		s := &in.Statements[n]
		for _, ref := range references {
			i.list(at("statements", n, ref.path), ref.ids(s))
			for k, id := range ref.ids(s) {
				if id != "" {
					checkReference(i, in, s, ref.path, at("statements", n, ref.path, k), id)
				}
			}
		}
		if len(s.Sources) == 0 {
			i.lacks(at("statements", n, "sources"), "dire où cela a été lu : au moins une source", "say where it was read: at least one source")
		}
		i.list(at("statements", n, "sources"), s.Sources)
		for k, id := range s.Sources {
			if _, ok := in.Source(id); !ok && id != "" {
				i.blocks(at("statements", n, "sources", k), "unknown_reference", fmt.Sprintf("il n’y a pas de source « %s » : l’ajouter au dossier ou en choisir une", shown(id)),
					fmt.Sprintf("there is no source %q: add it to the case or choose one", shown(id)))
			}
		}
		if in.leadsBack(s.ID) {
			i.blocks(at("statements", n), "circle", "à force de répondre, de retirer ou de remplacer, cette déclaration revient à elle-même : défaire l’un des liens",
				"by answering, withdrawing or superseding, this statement comes back to itself: undo one of the links")
		}
	}
}

func checkReference(i *inspection, in *Incident, s *Statement, kind, path, id string) {
	if id == s.ID {
		i.blocks(path, "itself", "une déclaration ne se vise pas elle-même : en choisir une autre", "a statement does not refer to itself: choose another")
		return
	}
	target, ok := in.Statement(id)
	if !ok {
		i.blocks(path, "unknown_reference", fmt.Sprintf("il n’y a pas de déclaration « %s » dans ce dossier", shown(id)), fmt.Sprintf("there is no statement %q in this case", shown(id)))
		return
	}
	if s.said().Known() && target.On.Known() && target.On.First() > s.said().Last() {
		i.blocks(path, "order", fmt.Sprintf("%s est faite après : on ne répond qu’à ce qui est déjà dit", id), fmt.Sprintf("%s is made later: only what was already said can be answered", id))
	}
	own := s.By.same(target.By)
	switch {
	case kind == "withdraws" && !own:
		i.blocks(path, "not_theirs", fmt.Sprintf("%s n’est pas de la même personne : on ne retire que ce qu’on a dit soi-même", id),
			fmt.Sprintf("%s is not by the same speaker: one withdraws only one’s own words", id))
	case kind == "supersedes" && !own && !(s.By.Role.Official() && target.By.Role.Official()):
		i.blocks(path, "not_theirs", fmt.Sprintf("%s n’est pas de la même personne : seul un autre organe officiel peut la remplacer ; sinon, y répondre", id),
			fmt.Sprintf("%s is not by the same speaker: only another official body can supersede it; otherwise answer it", id))
	}
}

// leadsBack tells whether following references from a statement comes back to it
// (through others: one that names itself is told apart).
func (in *Incident) leadsBack(id string) bool {
	seen := map[string]bool{}
	var reach func(from string) bool
	reach = func(from string) bool {
		s, ok := in.Statement(from)
		if !ok || seen[from] {
			return false
		}
		seen[from] = true
		for _, ref := range references {
			for _, next := range ref.ids(s) {
				if next != from && (next == id || reach(next)) {
					return true
				}
			}
		}
		return false
	}
	return reach(id)
}

// stance is what a statement of the company says of the attack: the axis of rule P1.
func (s *Statement) stance() Position {
	for _, row := range []struct {
		act      Act
		position Position
	}{{Denies, DeniesIt}, {PartiallyConfirms, PartiallyConfirmsIt}, {Confirms, ConfirmsIt}, {NotifiesCustomers, ConfirmsIt}} {
		if s.Does(row.act) {
			return row.position
		}
	}
	return ""
}

// checkTies asks for supersedes where rule P1 cannot tell which of two words of
// the company is the last: different stances, overlapping dates of equal
// precision, or no date at all.
func checkTies(i *inspection, in *Incident) {
	var stands []int
	dated := false
	for n := range in.Statements {
		s := &in.Statements[n]
		if s.By.Role != Respondent || s.stance() == "" || in.takenBack(s) {
			continue
		}
		stands = append(stands, n)
		dated = dated || s.said() != ""
	}
	for k, n := range stands {
		for _, m := range stands[:k] {
			a, b := &in.Statements[m], &in.Statements[n]
			linked := slices.Contains(a.Supersedes, b.ID) || slices.Contains(b.Supersedes, a.ID)
			level := a.said() == "" && b.said() == "" && !dated || a.said().Overlaps(b.said()) && a.said().Days() == b.said().Days()
			if a.stance() == b.stance() || linked || !level {
				continue
			}
			i.add(at("statements", n, "supersedes"), "tie",
				fmt.Sprintf("%s et %s sont de l’entreprise, disent autre chose et leurs dates ne les départagent pas : dire laquelle remplace l’autre (règle P1)", a.ID, b.ID),
				fmt.Sprintf("%s and %s are the company’s, say different things, and their dates do not tell which came last: say which supersedes the other (rule P1)", a.ID, b.ID), i.draft)
		}
	}
}

// takenBack tells whether the statement's own speaker withdrew it.
func (in *Incident) takenBack(s *Statement) bool {
	return slices.ContainsFunc(in.Statements, func(by Statement) bool {
		return by.ID != s.ID && slices.Contains(by.Withdraws, s.ID) && by.By.same(s.By)
	})
}
