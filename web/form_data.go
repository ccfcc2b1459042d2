package web

import (
	"slices"

	"vigie"
)

// dataGroup is kinds of data that are looked for together in the picker; its name is the
// key of words form.data.NAME.
type dataGroup struct {
	Name  string
	Codes []string
}

// dataGroups put every kind of data in one place. What no row names comes last.
var dataGroups = []dataGroup{
	{"identity", []string{"name", "civility", "gender", "date_of_birth", "place_of_birth", "family", "national_id", "id_document", "signature"}},
	{"contact", []string{"email", "phone", "postal_address", "contact_details", "city", "country"}},
	{"account", []string{"account_id", "username", "password", "ip_address", "geolocation", "sim"}},
	{"payment", []string{"payment_card", "bank_account"}},
	{"purchases", []string{"purchase_history", "loyalty", "contract", "vehicle", "support_messages"}},
	{"life", []string{"health", "employment"}},
	{"company", []string{"company_data", "source_code", "internal_documents", "other"}},
}

// DataGroups are the kinds of data of the vocabulary, in the groups of the picker.
func DataGroups() []dataGroup {
	groups := slices.Clone(dataGroups)
	for _, code := range vigie.Codes("data") {
		if !slices.ContainsFunc(groups, func(g dataGroup) bool { return slices.Contains(g.Codes, code) }) {
			end := &groups[len(groups)-1]
			end.Codes = append(slices.Clone(end.Codes), code)
		}
	}
	return groups
}

// actGroup is acts that the same roles may do.
type actGroup struct {
	Name string // the key of words form.acts.NAME, and of the style that hides it from others
	Acts []vigie.Act
}

// actGroups are the acts of the rule table by who may do them: those of attackers, of
// companies, of officials, and of anyone.
func actGroups() []actGroup {
	names := []struct {
		name string
		of   vigie.Role
	}{{"attacker", vigie.Attacker}, {"company", vigie.Respondent}, {"official", vigie.Court}}
	groups := make([]actGroup, len(names)+1)
	for _, rule := range vigie.Acts {
		at := len(names)
		if !slices.Contains(rule.Roles, vigie.Other) {
			at = slices.IndexFunc(names, func(n struct {
				name string
				of   vigie.Role
			}) bool {
				return slices.Contains(rule.Roles, n.of)
			})
		}
		groups[at].Acts = append(groups[at].Acts, rule.Act)
	}
	for i, n := range names {
		groups[i].Name = n.name
	}
	groups[len(names)].Name = "anyone"
	return groups
}
