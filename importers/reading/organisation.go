package reading

import "strings"

// Organisation is what the lexicon knows of a name that stands alone, in a field
// of its own, with no sentence around it.
type Organisation struct {
	Name      string // canonical
	Retail    bool   // it sells to consumers
	Own       bool   // a company of the record
	Press     bool   // it reports
	Ambiguous bool   // also an ordinary word, or another's name
}

// Organisation looks up a whole name: a part of a longer one is not it.
func (l *Lexicon) Organisation(name string) (Organisation, bool) {
	var words []string
	for _, w := range cut(name, nil).words {
		words = append(words, w.fold)
	}
	if len(words) == 0 {
		return Organisation{}, false
	}
	return told(l.gazetteer.byFirst[words[0]], func(e *entry) bool {
		return len(e.words) == len(words) && strings.Join(e.words, " ") == strings.Join(words, " ")
	})
}

// Joined looks up a name written without spaces, as domains are.
func (l *Lexicon) Joined(name string) (Organisation, bool) {
	for i := 1; i <= len(name); i++ {
		if o, ok := told(l.gazetteer.byFirst[name[:i]], func(e *entry) bool { return strings.Join(e.words, "") == name }); ok {
			return o, true
		}
	}
	return Organisation{}, false
}

// told is what the entries say together: a company of the record is what it is;
// a name that both a shop and another bear is ambiguous.
func told(list []*entry, is func(*entry) bool) (o Organisation, ok bool) {
	others := false
	for _, e := range list {
		switch {
		case !is(e):
		case e.own:
			return Organisation{Name: e.name, Retail: true, Own: true}, true
		case e.role == brandRole:
			o, ok = Organisation{Name: e.name, Retail: true, Ambiguous: o.Ambiguous || e.ambiguous}, true
		default:
			others = true
			if !ok {
				o, ok = Organisation{Name: e.name, Press: e.role == pressRole, Ambiguous: e.ambiguous}, true
			}
		}
	}
	o.Ambiguous = o.Ambiguous || others && o.Retail
	return o, ok
}

// Trade counts, in a name or a sentence, the words of a shop and those of another
// business: "Vellamo Online Store" has two and none.
func (l *Lexicon) Trade(words, lang string) (shop, other int) {
	t := l.parse(words, l.language(words, lang), "")
	return len(t.hits["retail/shop"]), len(t.hits["retail/other"])
}
