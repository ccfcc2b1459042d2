package vigie

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPersonalDataIsFound(t *testing.T) {
	for text, kind := range map[string]string{
		"écrire à jean.dupont+x@mail.example.fr.":              "email",
		"contact: O_Neil-2@exemple.co.uk, merci":               "email",
		"au 06 12 34 56 78 ce soir":                            "phone",
		"0612345678":                                           "phone",
		"06.12.34.56.78":                                       "phone",
		"tél. +33 6 12 34 56 78":                               "phone",
		"tél. +33 (0)6 12 34 56 78":                            "phone",
		"0033612345678":                                        "phone",
		"call +1 212-555-0123 now":                             "phone",
		"call (212) 555-0123":                                  "phone",
		"on 020 7946 0018, London":                             "phone",
		"+33 612 345 678":                                      "phone",
		"carte 4111 1111 1111 1111":                            "payment_card",
		"carte 4111-1111-1111-1111, exp.":                      "payment_card",
		"5500000000000004":                                     "payment_card",
		"amex 3782 822463 10005":                               "payment_card",
		"IBAN FR14 2004 1010 0505 0001 3M02 606 du client":     "bank_account",
		"iban fr1420041010050500013m02606":                     "bank_account",
		"DE89 3704 0044 0532 0130 00":                          "bank_account",
		"GB82 WEST 1234 5698 7654 32, London":                  "bank_account",
		"n° 2 55 08 14 168 025 38":                             "national_id",
		"255081416802538":                                      "national_id",
		"né en Corse : 1 80 01 2A 004 001 " + corsicanKey(t):   "national_id",
		"au\u00a006\u00a012\u00a034\u00a056\u00a078 (espaces)": "phone",
	} {
		found := PersonalDetails(text)
		if len(found) != 1 || found[0].Kind != kind {
			t.Errorf("%q: found %+v, want one %s", text, found, kind)
			continue
		}
		if hidden := masked(text[found[0].From:found[0].To]); !strings.Contains(hidden, "•") {
			t.Errorf("%q is shown as %q", text, hidden)
		}
	}
}

// corsicanKey is the key of 1 80 01 2A 004 001, where 2A counts as 19.
func corsicanKey(t *testing.T) string {
	t.Helper()
	const number = 1800119004001
	key := 97 - number%97
	return string(rune('0'+key/10)) + string(rune('0'+key%10))
}

func TestWhatARecordSaysIsNotPersonalData(t *testing.T) {
	for _, text := range []string{
		"27 561 592 lignes", "27\u202f561\u202f592 enregistrements", "87,000,000 records, says the seller", "87 000 000 000 000 octets",
		"1 500 000 000 clients", "+1 500 000 000 clients", "paru le 08/09/2024 10 h 30", "2024-09-08 0 h 10", "+1 500 000 clients en un an", "+27 561 592 comptes", "le 16-09-2024 à 10 h 30", "du 08/09/2024 au 10/09/2024", "2024-09-16T10:00:00Z",
		"@moth sur X", "@moth@social.example", "CVE-2024-12345678", "SIREN 347 384 570", "00:00:00", "article 33 du RGPD", "IBAN et cartes bancaires exposés",
		"4111 1111 1111 1112", "FR14 2004 1010 0505 0001 3M02 607", "2 55 08 14 168 025 39", "1234567890123", "sha256 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", "90 days, 2013 to 2014",
		"entre 2 et 3 millions", "0,5 % des clients", "12 345 678 901 234", "v2.0.1-2024", "",
	} {
		if found := PersonalDetails(text); len(found) > 0 {
			t.Errorf("%q is taken for %+v: %q", text, found, text[found[0].From:found[0].To])
		}
	}
}

func TestPersonalDataIsMaskedInTheMessage(t *testing.T) {
	in := soundCase()
	in.Summary.FR = "Écrire à jean.dupont@mail.example ou au 06 12 34 56 78."
	told := in.Validate()
	if len(told) != 2 {
		t.Fatalf("told %q", told)
	}
	for _, p := range told {
		for _, secret := range []string{"jean.dupont", "dupont", "mail.example", "12 34 56"} {
			if strings.Contains(p.Message.FR+p.Message.EN, secret) {
				t.Errorf("%q repeats %q", p.Message.FR, secret)
			}
		}
	}
}

func TestPersonalDetailsStandInTheText(t *testing.T) {
	piece := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 +@.a-z-]{0,25}`),
		rapid.SampledFrom([]string{"jean@mail.example", "06 12 34 56 78", "4111111111111111", "FR1420041010050500013M02606", " ", "\u202f"}))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, "pieces"), " ")
		found := PersonalDetails(s)
		for n, d := range found {
			if d.From < 0 || d.From >= d.To || d.To > len(s) || overlaps(found[:n], d.From, d.To) {
				t.Fatalf("%q: %+v", s, found)
			}
		}
	})
}
