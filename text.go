package vigie

// Lang is a language the public pages exist in.
type Lang string

// The two languages of Vigie.
const (
	French  Lang = "fr"
	English Lang = "en"
)

// Langs lists the languages of the pages, the default first.
var Langs = []Lang{French, English}

// Text is a sentence of our own in both languages.
type Text struct {
	FR string `json:"fr,omitempty"`
	EN string `json:"en,omitempty"`
}

// In gives the text in the language asked, or in the other one when it is missing.
func (t Text) In(l Lang) string {
	if (l == English && t.EN != "") || t.FR == "" {
		return t.EN
	}
	return t.FR
}

// IsZero tells whether neither language has a word.
func (t Text) IsZero() bool { return t == Text{} }
