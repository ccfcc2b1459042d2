package importers

import (
	"slices"
	"strings"

	"vigie"
)

// dataClasses are the kinds of data of Have I Been Pwned
// (https://haveibeenpwned.com/api/v3/dataclasses), folded, by our code. Those that
// ours cannot say better than "other" are listed too: what is not listed here is
// new to us, and told to the editor.
var dataClasses = map[string][]string{
	"name":             {"names", "display names", "nicknames", "salutation names"},
	"email":            {"email addresses", "recovery email addresses", "partial email addresses"},
	"postal_address":   {"physical addresses"},
	"phone":            {"phone numbers", "partial phone numbers"},
	"contact_details":  {"address book contacts", "instant messenger identities"},
	"date_of_birth":    {"dates of birth", "partial dates of birth"},
	"place_of_birth":   {"places of birth"},
	"gender":           {"genders"},
	"civility":         {"salutations", "titles"},
	"ip_address":       {"ip addresses"},
	"username":         {"usernames", "social media profiles"},
	"password":         {"passwords", "historical passwords", "password hints", "password strengths", "pins", "security questions and answers", "auth tokens", "encrypted keys", "mnemonic phrases"},
	"payment_card":     {"credit cards", "partial credit card data", "credit card cvv"},
	"bank_account":     {"bank account numbers"},
	"purchase_history": {"purchases", "payment histories", "purchasing habits", "financial transactions", "shipment tracking numbers"},
	"loyalty":          {"loyalty program details", "reward program balances"},
	"national_id":      {"social security numbers", "government issued ids"},
	"id_document":      {"passport numbers", "driver's licenses"},
	"health":           {"personal health data", "health insurance information", "hiv statuses", "medical records", "disability statuses", "vaccination records"},
	"family":           {"family members' names", "family structure", "marital statuses", "relationship statuses", "spouses names", "mothers maiden names", "parenting plans", "family plans"},
	"employment":       {"employers", "job titles", "occupations", "job applications", "employment statuses", "professional skills", "employment histories", "employee statuses", "work habits", "salaries", "income levels", "earnings"},
	"support_messages": {"support tickets", "customer interactions", "customer feedback", "chat logs"},
	"account_id":       {"customer ids", "account ids", "loyalty ids", "user ids"},
	"geolocation":      {"gps locations", "locations", "location histories"},
	"vehicle":          {"vehicle details", "vehicle identification numbers (vins)", "licence plates", "license plates"},
	"sim":              {"imsi numbers", "sim card details", "sim card data"},
	"company_data":     {"company names", "business names"},
	"source_code":      {"source code"},
	"other":            {"account balances", "biometric data", "delivery instructions", "geographic locations", "physical attributes", "age groups", "ages", "appointments", "apps installed on devices", "astrological signs", "audio recordings", "avatars", "beauty ratings", "bios", "browser user agent details", "browsing histories", "car ownership statuses", "cellular network names", "charitable donations", "citizenship statuses", "clothing sizes", "credit status information", "cryptocurrency wallet addresses", "deceased date", "deceased statuses", "device information", "device serial numbers", "device usage tracking data", "drinking habits", "drug habits", "eating habits", "education levels", "email messages", "ethnicities", "events attended", "fitness levels", "flights taken", "home loan information", "home ownership statuses", "homepage urls", "imei numbers", "investments", "living costs", "loan information", "login histories", "mac addresses", "nationalities", "net worths", "payment methods", "personal descriptions", "personal interests", "photos", "political donations", "political views", "private messages", "profile photos", "races", "religions", "school grades (class levels)", "sexual fetishes", "sexual orientations", "sms messages", "smoking habits", "social connections", "spoken languages", "survey results", "tattoo status", "taxation records", "telecommunications carrier", "time zones", "travel habits", "travel plans", "user statuses", "user website urls", "utility bills", "website activity"},
}

// classOf is the code of a folded class.
var classOf = func() map[string]string {
	m := map[string]string{}
	for code, names := range dataClasses {
		for _, n := range names {
			m[n] = code
		}
	}
	return m
}()

// classes are the codes of what an entry says is exposed, each once, in its order,
// "other" last; and the classes that are new to us.
func classes(list []string) (codes, unknown []string) {
	for _, c := range list {
		code, ok := classOf[vigie.Fold(squeeze(c))]
		if !ok {
			code = "other"
			unknown = append(unknown, squeeze(strings.ToValidUTF8(c, "\uFFFD")))
		}
		codes = joined(codes, []string{code})
	}
	if i := slices.Index(codes, "other"); i >= 0 {
		codes = append(slices.Delete(codes, i, i+1), "other")
	}
	return codes, unknown
}
