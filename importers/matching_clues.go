package importers

import (
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// likeness is how a candidate resembles a case, or another candidate.
type likeness struct {
	points    int
	reasons   []vigie.Text
	anchored  bool // the company or the page is the same: without, nothing else counts
	page      bool
	partial   bool // the names only resemble each other
	reordered bool // they are the same words, or the initials of the other
	elsewhere bool // the page tells of this case too, and its victim is another
	marks     int  // figure, attacker or words in common: they tell the case, where the company alone does not
}

func (l *likeness) add(points int, fr, en string) {
	l.points += points
	l.reasons = append(l.reasons, vigie.Text{FR: fr, EN: en})
}

// score is 0–100. Names that only resemble each other never make it the same
// case unless two other marks do.
func (l *likeness) score() int {
	n := max(1, min(l.points, 100))
	if l.elsewhere || l.partial && !l.page && l.marks < 2 {
		n = min(n, vigie.SameCase-1)
	}
	return n
}

// clues are asked in this order: those of the company first, since the others
// say nothing without it. Two cases often share a figure, an actor or a month.
var clues = []func(*likeness, *face, *face){sameCompany, samePage, sameFigure, sameActor, sameWords, sameAttack, sameDays, sameVia, sameKind}

func compare(a, b *face) *likeness {
	l := &likeness{}
	for i, clue := range clues {
		if clue(l, a, b); i == 1 && !l.anchored {
			return l
		}
	}
	return l
}

// samePage makes it certain, unless the page names a victim and it is another:
// one article often tells of several cases.
func samePage(l *likeness, a, b *face) {
	for p := range a.pages {
		id, ok := b.pages[p]
		if !ok {
			continue
		}
		points := 100
		if l.page = l.anchored && !l.partial || len(a.names) == 0 || len(b.names) == 0; !l.page {
			points = 20
			l.elsewhere = true
		}
		l.anchored = true
		if id == "" {
			l.add(points, "même page", "same page")
			return
		}
		l.add(points, fmt.Sprintf("même page que la source %s du cas", id), fmt.Sprintf("same page as source %s of the case", id))
		return
	}
}

func sameCompany(l *likeness, a, b *face) {
	for _, x := range a.names {
		for _, y := range b.names {
			if x.key == "" || x.key != y.key && (x.owner == "" || x.owner != y.owner) {
				continue
			}
			l.anchored = true
			if printed := b.names[0].printed; vigie.Fold(x.printed) == vigie.Fold(printed) {
				l.add(40, "même entreprise\u00a0: "+printed, "same company: "+printed)
			} else {
				l.add(40, fmt.Sprintf("même entreprise\u00a0: «\u00a0%s\u00a0» est %s", x.printed, printed), fmt.Sprintf("same company: “%s” is %s", x.printed, printed))
			}
			return
		}
	}
	for _, x := range a.names {
		for _, y := range b.group {
			if x.key != "" && x.key == y.key {
				l.anchored, l.partial = true, true
				l.add(15, "c’est le groupe de l’entreprise du cas\u00a0: "+y.printed, "it is the group of the company of the case: "+y.printed)
				return
			}
		}
	}
	for _, x := range a.names {
		for _, y := range b.names {
			if same, like := resemble(x, y); like {
				l.anchored, l.partial, l.reordered = true, true, same
				l.add(25, fmt.Sprintf("noms proches\u00a0: «\u00a0%s\u00a0» et «\u00a0%s\u00a0»", x.printed, y.printed), fmt.Sprintf("names alike: “%s” and “%s”", x.printed, y.printed))
				return
			}
		}
	}
}

// resemble tells whether one name may be another form of the other: one holds all
// words of the other; and whether nothing else parts them, the same words in
// another order, or its initials. Two companies of the record never resemble each
// other: they are two.
func resemble(x, y knownAs) (same, like bool) {
	if x.key == "" || y.key == "" || x.owner != "" && y.owner != "" && x.owner != y.owner {
		return false, false
	}
	short, long := telling(x.words), telling(y.words)
	if len(short) > len(long) || len(short) == len(long) && len(x.key) > len(y.key) {
		short, long = long, short
	}
	if len(short) == 1 && len(short[0]) >= 3 && len(long) > 2 && initials(long) == short[0] {
		return true, true
	}
	if len(strings.Join(short, "")) < 4 {
		return false, false
	}
	rest := slices.Clone(long)
	for _, w := range short {
		i := slices.Index(rest, w)
		if i < 0 {
			return false, false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return len(rest) == 0, true
}

// civic are the words that come and go in the names of towns and public bodies.
var civic = map[string]bool{"mairie": true, "ville": true, "commune": true, "maire": true, "municipality": true, "city": true, "town": true, "ministere": true, "ministry": true}

func telling(words []string) []string {
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return particle[w] || civic[w] })
	if len(kept) == 0 {
		return words
	}
	return kept
}

// sameFigure: a count such as 453 217 tells a case by itself; a round one, less.
func sameFigure(l *likeness, a, b *face) {
	best, at := 0, int64(0)
	for _, x := range a.figures {
		for _, y := range b.figures {
			points := 0
			switch {
			case x.value == y.value && significant(x.value) >= 3:
				points = 25
			case x.value == y.value:
				points = 18
			case (x.round || y.round) && near(x.value, y.value):
				points = 12
			}
			if points > best {
				best, at = points, x.value
			}
		}
	}
	switch {
	case best >= 18:
		l.marks++
		l.add(best, "même chiffre\u00a0: "+vigie.Number(at, vigie.French), "same figure: "+vigie.Number(at, vigie.English))
	case best > 0:
		l.add(best, "chiffre proche\u00a0: "+vigie.Number(at, vigie.French), "near figure: "+vigie.Number(at, vigie.English))
	}
}

// significant counts the digits before the final zeros.
func significant(n int64) int {
	for n > 0 && n%10 == 0 {
		n /= 10
	}
	return len(fmt.Sprint(n))
}

// near: 453,217 is what others call about 450,000.
func near(a, b int64) bool {
	return a >= 1000 && b >= 1000 && max(a, b)-min(a, b) <= max(a, b)/33
}

func sameActor(l *likeness, a, b *face) {
	if len(a.actors) == 0 || len(b.actors) == 0 {
		return
	}
	for _, x := range a.actors {
		for _, y := range b.actors {
			if x.key != "" && x.key == y.key {
				l.marks++
				l.add(20, "même attaquant\u00a0: "+x.printed, "same attacker: "+x.printed)
				return
			}
		}
	}
	l.add(-15, fmt.Sprintf("autre attaquant\u00a0: %s, et non %s", a.actors[0].printed, b.actors[0].printed), fmt.Sprintf("another attacker: %s, not %s", a.actors[0].printed, b.actors[0].printed))
}

// sameWords: the share of the candidate's runs that the other holds.
func sameWords(l *likeness, a, b *face) {
	if len(a.runs) == 0 || len(b.runs) == 0 {
		return
	}
	best := share(keys(a.runs), b.runs)
	for _, title := range a.titles {
		best = max(best, share(title, b.runs))
	}
	if best >= 0.35 {
		l.marks++
		l.add(20, "texte presque identique à ce que dit déjà le cas", "words almost the same as what the case already says")
	}
}

func keys(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for k := range set {
		list = append(list, k)
	}
	return list
}

// share of the runs that a set holds; 0 of a text too short to tell.
func share(runs []string, set map[string]bool) float64 {
	if len(runs) < 5 {
		return 0
	}
	n := 0
	for _, r := range runs {
		if set[r] {
			n++
		}
	}
	return float64(n) / float64(len(runs))
}

// sameAttack compares the days of the attack itself, where both tell them.
func sameAttack(l *likeness, a, b *face) {
	if !a.attack.Known() || !b.attack.Known() {
		return
	}
	switch days := apart(a.attack, b.attack); {
	case days == 0:
		l.add(10, "l’attaque aurait eu lieu à la même date", "the attack took place at the same date")
	case days > 92:
		l.add(-30, fmt.Sprintf("l’attaque aurait eu lieu %d jours plus tôt ou plus tard", days), fmt.Sprintf("the attack took place %d days earlier or later", days))
	}
}

func apart(a, b vigie.Date) int {
	switch {
	case a.Last() < b.First():
		return a.Last().Until(b.First())
	case b.Last() < a.First():
		return b.Last().Until(a.First())
	}
	return 0
}

func sameVia(l *likeness, a, b *face) {
	if len(a.via) == 0 || len(b.via) == 0 {
		return
	}
	x, y := a.via[0], b.via[0]
	_, like := resemble(x, y)
	if x.key == y.key || like {
		l.add(10, "même prestataire\u00a0: "+y.printed, "same supplier: "+y.printed)
		return
	}
	l.add(-10, fmt.Sprintf("autre prestataire\u00a0: %s, et non %s", x.printed, y.printed), fmt.Sprintf("another supplier: %s, not %s", x.printed, y.printed))
}

// apartKinds are never told one for another; the others often are at first.
var apartKinds = map[vigie.Kind]bool{"skimming": true, "credential_stuffing": true, "ddos": true}

func sameKind(l *likeness, a, b *face) {
	switch {
	case a.kind == "" || b.kind == "" || a.kind == "unknown" || b.kind == "unknown":
	case a.kind == b.kind:
		l.points += 4
	case apartKinds[a.kind] || apartKinds[b.kind]:
		l.add(-10, "attaque d’une autre nature", "another kind of attack")
	}
}
