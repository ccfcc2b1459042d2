package reading

import "strings"

// Organisation is what the lexicon knows of a name that stands alone, in a field
// of its own, with no sentence around it.
type Organisation struct {
	Name      string // canonical
	Retail    bool   // it sells to consumers
	Own       bool   // a company of the record
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
				o, ok = Organisation{Name: e.name, Ambiguous: e.ambiguous}, true
			}
		}
	}
	o.Ambiguous = o.Ambiguous || others && o.Retail
	return o, ok
}

// SoundsRetail tells whether a name holds the word of a shop and of nothing else:
// "Vellamo Online Store", not "Vellamo Store Insurance".
func (l *Lexicon) SoundsRetail(name string) bool {
	for _, lang := range []string{"en", "fr"} {
		t := l.parse(name, lang, "")
		if len(t.hits["retail/other"]) > 0 {
			return false
		}
		if len(t.hits["retail/shop"]) > 0 {
			return true
		}
	}
	return false
}
