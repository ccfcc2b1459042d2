package importers

import (
	"slices"
	"strings"

	"vigie"
)

// attacks are the categories of action that somebody does to a victim from
// outside its rules; errors, misuse by staff, thefts and storms are none.
var attacks = []string{"hacking", "malware", "social", "unknown"}

// readings of an action, the first that holds: a category, its varieties and
// vectors by their enumerations in VERIS, and the kind that they make.
var verisKinds = []struct {
	category string
	variety  []string
	vector   []string
	cards    bool // only when payment data are said to be concerned
	kind     vigie.Kind
}{
	{category: "malware", variety: []string{"Ransomware"}, kind: "ransomware"},
	{category: "malware", variety: []string{"Ram scraper"}, kind: "skimming"},
	{category: "malware", variety: []string{"Capture app data"}, cards: true, kind: "skimming"},
	{category: "physical", variety: []string{"Skimmer"}, kind: "skimming"},
	{category: "physical", variety: []string{"Tampering"}, cards: true, kind: "skimming"},
	{category: "hacking", variety: []string{"Credential stuffing"}, kind: "credential_stuffing"},
	{category: "hacking", variety: []string{"DoS"}, kind: "ddos"},
	{category: "malware", variety: []string{"DoS"}, kind: "ddos"},
	{category: "hacking", vector: []string{"Partner", "Partner facility"}, kind: "supply_chain"},
	{category: "malware", vector: []string{"Partner", "Software update"}, kind: "supply_chain"},
	{category: "social", variety: []string{"Extortion"}, kind: "extortion"},
}

// kind is what was done, by our code; ok is false when it was no attack.
func (v *verisRecord) kind() (k vigie.Kind, ok bool) {
	varieties := v.varieties()
	cards := slices.Contains(varieties, "Payment")
	for _, r := range verisKinds {
		a, done := v.Action[r.category]
		if done && (len(r.variety) == 0 || anyOf(a.Variety, r.variety)) && (len(r.vector) == 0 || anyOf(a.Vector, r.vector)) && (!r.cards || cards) {
			return r.kind, true
		}
	}
	ok = len(v.Action) == 0
	for _, c := range attacks {
		if _, done := v.Action[c]; done {
			ok = true
		}
	}
	if anyOf(v.Attribute.Confidentiality.Disclosure, []string{"Yes", "Potentially"}) {
		return "data_breach", ok
	}
	return "unknown", ok
}

func anyOf(have, want []string) bool {
	return slices.ContainsFunc(have, func(s string) bool { return slices.Contains(want, s) })
}

// verisData are the varieties of data of VERIS, by our code. "Personal" may be a
// name or a number of identity: it says no more than other data.
var verisData = map[string]string{
	"Payment": "payment_card", "Medical": "health", "Credentials": "password", "Bank": "bank_account", "Source code": "source_code",
	"Internal": "internal_documents", "System": "internal_documents", "Secrets": "company_data", "Personal": "other", "Sensitive Personal": "other",
	"Other": "other", "Classified": "other", "Copyrighted": "other", "Digital certificate": "other", "Virtual currency": "other", "Multimedia": "other",
}

// codes are the kinds of data by our codes, "other" last; none is known of a
// variety that VERIS calls unknown.
func (v *verisRecord) codes() []string {
	var out []string
	for _, d := range v.varieties() {
		if code := verisData[d]; code != "" && code != "other" {
			out = joined(out, []string{code})
		}
	}
	for _, d := range v.varieties() {
		if d != "" && d != "Unknown" && (verisData[d] == "other" || verisData[d] == "") {
			out = joined(out, []string{"other"})
		}
	}
	return out
}

// consumers are the industries that sell to consumers, by the first digits of
// their NAICS code: retail trade, and food services and drinking places, which the
// ledger covers as restaurants.
var consumers = []string{"44", "45", "722"}

func naics(code string) trade {
	code = strings.TrimSpace(code)
	switch {
	case code == "", code[0] == '0', code[0] < '0' || code[0] > '9':
		return untold
	case slices.ContainsFunc(consumers, func(p string) bool { return strings.HasPrefix(code, p) }):
		return retail
	}
	return another
}
