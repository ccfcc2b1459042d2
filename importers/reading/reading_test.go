package reading_test

import (
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"vigie"
	"vigie/importers/reading"
)

// Every shop, group and person of these tests is invented.

func read(t *testing.T, lang, text string) vigie.Reading {
	t.Helper()
	r := reading.Shipped().Read(reading.Document{ID: "test", Lang: lang, Text: text})
	checkSpans(t, r)
	return r
}

// checkSpans holds a reading to what it promises of spans.
func checkSpans(t *testing.T, r vigie.Reading) {
	t.Helper()
	n := utf8.RuneCountInString(r.Text)
	for field, spans := range r.Spans {
		for _, s := range spans {
			if s[0] < 0 || s[1] <= s[0] || s[1] > n {
				t.Fatalf("%s: span %v is not within a text of %d code points", field, s, n)
			}
		}
	}
	for _, c := range r.Affected {
		if !strings.ContainsAny(reading.Slice(r.Text, c.Span), "0123456789") && c.Qualifier != vigie.Vague {
			t.Errorf("figure %d was read from %q, in which no figure stands", c.Value, reading.Slice(r.Text, c.Span))
		}
	}
}

func words(r vigie.Reading, field string) []string {
	var out []string
	for _, s := range r.Spans[field] {
		out = append(out, reading.Slice(r.Text, s))
	}
	return out
}

func sorted(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return out
}

func TestShopsThatNoGazetteerKnowsAreFoundByWhatTheSentenceSays(t *testing.T) {
	for _, c := range []struct{ why, lang, text, victim string }{
		{"victim of, after what introduces it", "fr", "Le distributeur Brindilou victime d’une cyberattaque\n\nLe distributeur Brindilou a été victime d’une cyberattaque vendredi. Les données de ses clients ont été volées.", "Brindilou"},
		{"leak at", "fr", "Fuite de données chez Kastorel\n\nL’enseigne de literie Kastorel a prévenu ses clients d’un accès non autorisé à leur base de données.", "Kastorel"},
		{"an apposition stands between name and verb", "fr", "Kastorel confirme un piratage\n\nKastorel, spécialiste suédois de la literie, a subi une intrusion dans ses systèmes.", "Kastorel"},
		{"in apposition, an online retailer", "en", "Vellamo says customer data stolen\n\nVellamo, an online retailer based in Leeds, said on Monday that hackers stole the data of its customers.", "Vellamo"},
		{"breach at", "en", "Data breach at Quillory hits shoppers\n\nA data breach at fashion retailer Quillory exposed the names of shoppers.", "Quillory"},
		{"a name with an ampersand and its initials", "en", "Northwick & Pell hit by ransomware\n\nDepartment store chain Northwick & Pell (N&P) was hit by ransomware. N&P said its stores remain open.", "Northwick & Pell"},
		{"a name that ends with a possessive s", "en", "Orwin’s confirms cyberattack\n\nOrwin’s was breached last night. Orwin’s said customer data was accessed.", "Orwin’s"},
		{"a name of ordinary words, printed twice", "fr", "Comptoir des Lilas piraté\n\nLe Comptoir des Lilas a été victime d’un piratage. Le Comptoir des Lilas a porté plainte.", "Comptoir des Lilas"},
		{"through a supplier, the victim is the shop", "fr", "Tiborna : les données de clients dérobées chez un prestataire\n\nTiborna annonce qu’un de ses prestataires informatiques a subi une cyberattaque ; les noms et adresses de ses clients ont été volés.", "Tiborna"},
	} {
		r := read(t, c.lang, c.text)
		if !r.IsIncident || !slices.Equal(r.Victims, []string{c.victim}) {
			t.Errorf("%s: incident %v, victims %q, not %q", c.why, r.IsIncident, r.Victims, c.victim)
		}
	}
}

func TestOlderCasesRecalledAreNotTheSubject(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"fr", "Brindilou piraté : les clients prévenus\n\nBrindilou a été victime d’une cyberattaque. L’enseigne a prévenu ses clients.\n\nLes noms et les adresses e-mail de 12 000 clients ont été volés.\n\nLes cyberattaques se multiplient : ces derniers mois, les enseignes Kastorel, Odelune et Mirabosc ont été victimes de fuites, dont les IBAN de 900 000 clients."},
		{"en", "Brindilou warns customers of data breach\n\nBrindilou said hackers stole customer data. The retailer is notifying customers.\n\nThe names and email addresses of 12,000 customers were stolen.\n\nThe breach follows similar attacks on other retailers. Last month, Kastorel disclosed a breach that exposed the bank account numbers of 900,000 customers."},
	} {
		r := read(t, c.lang, c.text)
		if !slices.Equal(r.Victims, []string{"Brindilou"}) {
			t.Errorf("%s: victims %q", c.lang, r.Victims)
		}
		if len(r.Affected) != 1 || r.Affected[0].Value != 12_000 {
			t.Errorf("%s: affected %+v, not 12,000 alone", c.lang, r.Affected)
		}
		if !slices.Equal(sorted(r.DataTypes), []string{"email", "name"}) {
			t.Errorf("%s: data %q", c.lang, r.DataTypes)
		}
	}
}

func TestWhatIsNoIncidentIsToldApart(t *testing.T) {
	for _, c := range []struct{ why, lang, text string }{
		{"advice", "fr", "Comment éviter les arnaques pendant les soldes\n\nLes escrocs imitent les grandes enseignes. Vérifiez l’adresse du site et changez vos mots de passe."},
		{"a flaw with no victim", "fr", "Une faille critique dans un module de paiement\n\nUne vulnérabilité critique (CVE-2031-1234) touche des milliers de boutiques en ligne. Un correctif est disponible."},
		{"business news", "en", "Quillory posts record quarterly results\n\nQuillory opened 40 stores this year and its sales rose by 12% to $3 billion."},
		{"a scam in the brand's name", "en", "Scammers send fake emails to Quillory shoppers\n\nA phishing email pretends to come from Quillory. The scam asks shoppers to enter their password."},
		{"nothing at all", "fr", ""},
	} {
		if r := read(t, c.lang, c.text); r.IsIncident {
			t.Errorf("%s: read as an incident of %q", c.why, r.Victims)
		}
	}
}

func TestFigures(t *testing.T) {
	frame := map[string]string{
		"fr": "Brindilou victime d’une cyberattaque\n\nBrindilou a été victime d’une fuite de données. ",
		"en": "Brindilou hit by data breach\n\nBrindilou was hit by a data breach. ",
	}
	for _, c := range []struct {
		lang, sentence string
		value          int64 // 0: none
		unit           vigie.Unit
		qualifier      vigie.Qualifier
		surface        string
	}{
		{"fr", "Les données de 6,4 millions de ses clients ont été volées.", 6_400_000, "customers", "exact", "6,4 millions de ses clients"},
		{"fr", "Les noms de 197 400 clients sont exposés.", 197_400, "customers", "exact", "197 400 clients"},
		{"fr", "Plus de 25.000 comptes ont été piratés.", 25_000, "accounts", "more_than", "25.000 comptes"},
		{"fr", "Le pirate revendique 2,6M de comptes.", 2_600_000, "accounts", "exact", "2,6M de comptes"},
		{"fr", "Les données de plusieurs centaines de milliers de clients ont fuité.", 100_000, "customers", "vague", "plusieurs centaines de milliers de clients"},
		{"fr", "L’attaque touche quelques dizaines de milliers d’abonnés.", 10_000, "subscribers", "vague", "quelques dizaines de milliers d’abonnés"},
		{"fr", "L’enseigne compte 3 millions de clients et emploie 12 000 salariés.", 0, "", "", ""},
		{"fr", "Le pirate a volé 52 Go de données et réclame 300 000 euros de rançon.", 0, "", "", ""},
		{"fr", "L’attaque a fermé 140 magasins pendant trois jours.", 0, "", "", ""},
		{"en", "The attackers stole the data of 2,242,521 individuals.", 2_242_521, "people", "exact", "2,242,521 individuals"},
		{"en", "The breach affects up to 26,000 Brindilou customers.", 26_000, "customers", "up_to", "26,000 Brindilou customers"},
		{"en", "Hackers stole 33.7 million customer accounts.", 33_700_000, "accounts", "exact", "33.7 million customer accounts"},
		{"en", "Hackers leaked the records of several hundred thousand customers.", 100_000, "customers", "vague", "several hundred thousand customers"},
		{"en", "The hackers exposed the details of 30,000 staff members.", 30_000, "employees", "exact", "30,000 staff members"},
		{"en", "The attack hit the chain, which employs 393,000 people in 1,400 stores.", 0, "", "", ""},
		{"en", "The hackers demanded $5 million and stole 120 GB of data.", 0, "", "", ""},
	} {
		r := read(t, c.lang, frame[c.lang]+c.sentence)
		if c.value == 0 {
			if len(r.Affected) > 0 {
				t.Errorf("%q: read %+v, where nobody concerned is counted", c.sentence, r.Affected)
			}
			continue
		}
		if len(r.Affected) != 1 {
			t.Errorf("%q: read %d figures, not one: %+v", c.sentence, len(r.Affected), r.Affected)
			continue
		}
		f := r.Affected[0]
		if f.Value != c.value || f.Unit != c.unit || f.Qualifier != c.qualifier || reading.Slice(r.Text, f.Span) != c.surface {
			t.Errorf("%q: read %d %s %s from %q", c.sentence, f.Value, f.Unit, f.Qualifier, reading.Slice(r.Text, f.Span))
		}
	}
}

func TestDataTypesAndTheirNegation(t *testing.T) {
	frame := map[string]string{
		"fr": "Brindilou victime d’une cyberattaque\n\nBrindilou a été victime d’une fuite de données. ",
		"en": "Brindilou hit by data breach\n\nBrindilou was hit by a data breach. ",
	}
	for _, c := range []struct {
		lang, sentence     string
		exposed, excluded_ []string
	}{
		{"fr", "Les noms, adresses postales et numéros de téléphone des clients ont été volés.", []string{"name", "phone", "postal_address"}, nil},
		{"fr", "Les adresses électroniques et postales ont été exposées.", []string{"email", "postal_address"}, nil},
		{"fr", "Aucune donnée bancaire ni aucun mot de passe n’a été compromis.", nil, []string{"bank_account", "password"}},
		{"fr", "Les noms et e-mails sont touchés, mais les mots de passe et les cartes bancaires ne sont pas concernés.", []string{"email", "name"}, []string{"password", "payment_card"}},
		{"fr", "Des noms et des téléphones ont fuité ; les IBAN ne le sont pas.", []string{"name", "phone"}, []string{"bank_account"}},
		{"fr", "Le fichier contient les noms et dates de naissance, à l’exception des mots de passe.", []string{"date_of_birth", "name"}, []string{"password"}},
		{"fr", "Le numéro de carte de fidélité et le nom ont été dérobés.", []string{"loyalty", "name"}, nil},
		{"fr", "L’enseigne conseille de changer de mot de passe et de se méfier des e-mails.", nil, nil},
		{"en", "The stolen files include names, email addresses and dates of birth.", []string{"date_of_birth", "email", "name"}, nil},
		{"en", "The breach did not include payment card details or passwords.", nil, []string{"password", "payment_card"}},
		{"en", "Names and phone numbers were stolen, but no bank account details were accessed.", []string{"name", "phone"}, []string{"bank_account"}},
		{"en", "Payment information, including credit card data, was not exposed.", nil, []string{"payment_card"}},
		{"en", "Social Security numbers and home addresses were taken.", []string{"national_id", "postal_address"}, nil},
		{"en", "Customers should change their passwords and beware of phishing emails.", nil, nil},
	} {
		r := read(t, c.lang, frame[c.lang]+c.sentence)
		if !slices.Equal(sorted(r.DataTypes), sorted(c.exposed)) || !slices.Equal(sorted(r.DataTypesExcluded), sorted(c.excluded_)) {
			t.Errorf("%q: exposed %q, excluded %q; not %q and %q", c.sentence, r.DataTypes, r.DataTypesExcluded, c.exposed, c.excluded_)
		}
	}
}

func TestAListTakesItsSenseFromTheLineAboveIt(t *testing.T) {
	r := read(t, "fr", "Cyberattaque contre Kastorel\n\nKastorel a subi une intrusion.\n\nDonnées exposées :\n- Noms\n- Adresses e-mail\n\nDonnées non exposées :\n- Mots de passe\n- IBAN\n\nRecommandations :\n- Changez votre numéro de téléphone")
	if !slices.Equal(sorted(r.DataTypes), []string{"email", "name"}) || !slices.Equal(sorted(r.DataTypesExcluded), []string{"bank_account", "password"}) {
		t.Errorf("exposed %q, excluded %q", r.DataTypes, r.DataTypesExcluded)
	}
}

func TestStance(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"fr", "Vellamo dément tout piratage\n\nUn pirate dit avoir volé les données de Vellamo. L’enseigne dément formellement : aucune intrusion n’a été constatée.", []string{"denies"}},
		{"fr", "Vellamo confirme une cyberattaque\n\nVellamo a confirmé une fuite de données. L’enseigne a prévenu ses clients et a informé la CNIL.", []string{"confirms", "notifies_customers", "notifies_regulator"}},
		{"fr", "Vellamo piraté\n\nVellamo a subi une cyberattaque. L’enseigne indique qu’une enquête est en cours.", []string{"confirms", "investigating"}},
		{"fr", "Un groupe revendique le piratage de Vellamo\n\nLe groupe de ransomware Kraghorn revendique le piratage de Vellamo. La société n’a pas répondu à nos questions.", []string{"no_comment"}},
		{"fr", "Le groupe Kraghorn dit avoir piraté Vellamo\n\nLe groupe Kraghorn dit avoir volé 10 Go à Vellamo.", []string{"none"}},
		{"en", "Quillory denies data breach claims\n\nA hacker claims to sell Quillory data. Quillory denied the claims and said the data did not come from its systems.", []string{"denies"}},
		{"en", "Quillory confirms breach\n\nQuillory confirmed a data breach. It is notifying affected customers and reported it to the Information Commissioner's Office.", []string{"confirms", "notifies_customers", "notifies_regulator"}},
		{"en", "Quillory hacked\n\nHackers breached Quillory, the group Kraghorn claims. Quillory declined to comment.", []string{"no_comment"}},
	} {
		if r := read(t, c.lang, c.text); !slices.Equal(r.Stance, c.want) {
			t.Errorf("%q: %q, not %q (from %q)", strings.SplitN(c.text, "\n", 2)[0], r.Stance, c.want, words(r, "stance"))
		}
	}
}

func TestADenialTakenBackIsNoDenial(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       string
	}{
		{"fr", "Brindilou confirme une fuite de données\n\nL’enseigne Brindilou, qui avait démenti la semaine dernière, confirme désormais une fuite touchant 45 000 clients.", "confirms"},
		{"fr", "Fuite chez Brindilou\n\nUn pirate vend les données de Brindilou. L’enseigne avait d’abord démenti tout piratage. Brindilou a finalement reconnu une intrusion lundi.", "confirms"},
		{"fr", "Fuite chez Brindilou\n\nL’enseigne Brindilou a reconnu une intrusion dans ses systèmes. Elle avait nié toute attaque dans un premier temps.", "confirms"},
		{"fr", "Fuite chez Brindilou\n\nAprès avoir démenti une cyberattaque, l’enseigne Brindilou admet une fuite de données.", "confirms"},
		{"fr", "Brindilou aurait été piraté\n\nUn pirate dit avoir volé les données de Brindilou. L’enseigne avait démenti une attaque la semaine dernière.", "denies"},
		{"fr", "Brindilou dément un piratage\n\nUn pirate dit avoir volé les données de Brindilou. L’enseigne dément et confirme que les allégations de piratage sont fausses.", "denies"},
		{"en", "Quillory breach\n\nThe retailer Quillory, which last week denied any breach, has now admitted that 45,000 customers were affected by the attack.", "confirms"},
		{"en", "Quillory admits breach\n\nQuillory had initially denied a breach. The retailer has since confirmed that hackers stole data.", "confirms"},
		{"en", "Quillory hacked\n\nHackers breached Quillory. Quillory denied the claims at first. On Friday the company finally acknowledged a breach.", "confirms"},
		{"en", "Quillory denies breach\n\nA hacker claims to sell Quillory data. Quillory has denied the claims and has not confirmed any breach.", "denies"},
		{"en", "Quillory denies breach\n\nA hacker claims to sell Quillory data. Last week Quillory denied the claims.", "denies"},
	} {
		r := read(t, c.lang, c.text)
		if !slices.Contains(r.Stance, c.want) || c.want == "confirms" && slices.Contains(r.Stance, "denies") || c.want == "denies" && slices.Contains(r.Stance, "confirms") {
			t.Errorf("%q\n%q, not %q (from %q)", c.text, r.Stance, c.want, words(r, "stance"))
		}
		for _, a := range r.Affected {
			if a.Value == 45_000 && a.Status != "confirmed" {
				t.Errorf("%q\nreads 45,000 as %s", c.text, a.Status)
			}
		}
	}
}

func TestWhatIsNoAnswerOfTheCompanyIsToldApart(t *testing.T) {
	for _, c := range []struct {
		why, lang, text string
		want            []string
	}{
		{"neither", "en", "Quillory hacked\n\nQuillory was breached, a seller claims. Quillory would neither confirm nor deny the theft of 5 million records.", []string{"no_comment"}},
		{"neither", "fr", "Brindilou piraté\n\nUn pirate revendique le piratage de Brindilou. Brindilou ne confirme ni ne dément le vol.", []string{"no_comment"}},
		{"the police inquire", "fr", "Brindilou victime d’une cyberattaque\n\nL’enseigne Brindilou a confirmé une cyberattaque.\n\nPoints clés :\n- Enquête policière et judiciaire en cours.", []string{"confirms"}},
		{"a customer complains", "en", "Quillory confirms breach\n\nQuillory confirmed a data breach. \"I will report this to the Privacy Commissioner,\" a shopper said.", []string{"confirms"}},
		{"customer data", "en", "Quillory says customer data exposed\n\nQuillory warns customer data was exposed in a breach.", []string{"confirms"}},
		{"customers told", "en", "Quillory confirms breach\n\nQuillory confirmed a data breach and is emailing customers.", []string{"confirms", "notifies_customers"}},
		{"customers told, in a list", "fr", "Brindilou victime d’une cyberattaque\n\nL’enseigne Brindilou a confirmé une cyberattaque.\n\nActions :\n- Confinement de l’incident, information des clients.", []string{"confirms", "notifies_customers"}},
		{"a firm helps to inquire", "en", "Quillory confirms breach\n\nQuillory confirmed a data breach. Quillory has reached out to a firm to help it investigate.", []string{"confirms", "investigating"}},
		{"it acts on it", "fr", "Brindilou victime d’une cyberattaque\n\nL’enseigne Brindilou a désactivé ses serveurs après la cyberattaque.", []string{"confirms"}},
	} {
		if r := read(t, c.lang, c.text); !slices.Equal(r.Stance, c.want) {
			t.Errorf("%s: %q, not %q (from %q)", c.why, r.Stance, c.want, words(r, "stance"))
		}
	}
}

func TestAnAttackerOfAnotherCaseIsNotTheOneOfThisOne(t *testing.T) {
	r := read(t, "en", "Quillory hit by data breach\n\nThe retailer Quillory was hit by a data breach on Monday. Its site is offline.\n\nStaff were told on Tuesday.\n\nThis incident comes shortly after another ransomware attack on the brewer Tallowmere. The attack was claimed by Kraghorn ransomware.")
	if len(r.Actor) > 0 || !slices.Equal(r.Victims, []string{"Quillory"}) {
		t.Errorf("victims %q, actors %q", r.Victims, r.Actor)
	}
}

func TestActorsAndKinds(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		actor      []string
		kind       vigie.Kind
	}{
		{"fr", "Brindilou victime d’un rançongiciel\n\nBrindilou a été victime d’une attaque par rançongiciel, revendiquée par le groupe Kraghorn.", []string{"Kraghorn"}, "ransomware"},
		{"fr", "Les données de Brindilou en vente\n\nUn pirate prénommé « Marchand de sable » vend les données volées à Brindilou : noms et adresses.", []string{"Marchand de sable"}, "data_breach"},
		{"fr", "Fuite chez Brindilou via un prestataire\n\nBrindilou a subi une fuite de données : l’intrusion a eu lieu chez un prestataire informatique.", nil, "supply_chain"},
		{"fr", "Brindilou menacé\n\nUn groupe a piraté Brindilou et menace de publier les fichiers si la rançon n’est pas payée.", nil, "extortion"},
		{"en", "Quillory customers hit by credential stuffing\n\nQuillory was hit by a credential stuffing attack that used passwords from other breaches.", nil, "credential_stuffing"},
		{"en", "Card skimmer found on Quillory site\n\nQuillory was hacked: a skimmer planted on its checkout stole card numbers.", nil, "skimming"},
		{"en", "Quillory website down after DDoS attack\n\nQuillory was hit by a DDoS attack on Friday.", nil, "ddos"},
		{"en", "Seller offers Quillory database\n\nA seller using the name dustpeddler offers a stolen Quillory database with names and emails.", []string{"dustpeddler"}, "data_breach"},
		{"en", "Quillory shuts stores after cyberattack\n\nQuillory was hit by a cyberattack of an unknown nature and shut its stores.", nil, "unknown"},
	} {
		r := read(t, c.lang, c.text)
		if !slices.Equal(r.Actor, append([]string{}, c.actor...)) || r.Kind != c.kind {
			t.Errorf("%q: actor %q, kind %q; not %q and %q", strings.SplitN(c.text, "\n", 2)[0], r.Actor, r.Kind, c.actor, c.kind)
		}
	}
}

func TestWhoSellsToConsumersIsToldFromOthers(t *testing.T) {
	for text, retail := range map[string]bool{
		"Le distributeur Brindilou victime d’une cyberattaque\n\nL’enseigne Brindilou a été victime d’une cyberattaque dans ses magasins.":             true,
		"Cyberattaque contre l’hôpital Sainte-Orvelle\n\nL’hôpital Sainte-Orvelle a été victime d’une cyberattaque ; des patients ont été transférés.": false,
	} {
		if r := read(t, "fr", text); r.IsRetail != retail || !r.IsIncident {
			t.Errorf("%q: incident %v, retail %v", text, r.IsIncident, r.IsRetail)
		}
	}
}

func TestCompaniesOfTheRecordAreKnownByAliasAndDomain(t *testing.T) {
	l := reading.Shipped().With([]vigie.Company{{ID: "orvelle", Name: "Maisons Orvelle", Aliases: []string{"Orvelle"}, Domains: []string{"orvelle.example"}}})
	for _, name := range []string{"Orvelle", "Maisons Orvelle", "Orvelle.example"} {
		r := l.Read(reading.Document{Lang: "fr", Text: name + " victime d’une cyberattaque\n\n" + name + " a été victime d’une cyberattaque."})
		if !slices.Equal(r.Victims, []string{"Maisons Orvelle"}) || !r.IsRetail {
			t.Errorf("%s: victims %q, retail %v", name, r.Victims, r.IsRetail)
		}
	}
}

func TestTheLanguageIsGuessedWhenNoneIsGiven(t *testing.T) {
	for text, lang := range map[string]string{
		"L’enseigne a été victime d’une attaque dans la nuit et les clients ont été prévenus par le groupe.":   "fr",
		"The retailer was the victim of an attack in the night and its customers have been told by the group.": "en",
	} {
		if r := reading.Shipped().Read(reading.Document{Text: text}); r.Lang != lang {
			t.Errorf("%q is read as %s", text, r.Lang)
		}
	}
	if r := reading.Shipped().Read(reading.Document{Lang: "en-GB", Text: "le la les"}); r.Lang != "en" {
		t.Errorf("the hint en-GB gives %s", r.Lang)
	}
}

func TestTheTitleIsReadOnce(t *testing.T) {
	for _, d := range []reading.Document{{Title: "Un titre", Text: "Un titre\n\nLe corps."}, {Title: "Un titre", Text: "Le corps."}} {
		if r := reading.Shipped().Read(d); r.Text != "Un titre\n\nLe corps." {
			t.Errorf("%+v: the text read is %q", d, r.Text)
		}
	}
}

func TestALineThatIsNoDocumentIsAnErrorAndTheReadingGoesOn(t *testing.T) {
	var ids []string
	var errs []string
	for d, err := range reading.Documents(strings.NewReader("\ufeff{\"id\":\"a\",\"text\":\"x\"}\n\nnot json\n{\"id\":\"b\",\"date\":\"yesterday\"}\n{\"id\":\"c\",\"date\":null}")) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		ids = append(ids, d.ID)
	}
	if !slices.Equal(ids, []string{"a", "c"}) || len(errs) != 2 || !strings.Contains(errs[0], "line 3") || !strings.Contains(errs[1], "line 4") {
		t.Errorf("read %q, errors %q", ids, errs)
	}
	for range reading.Documents(io.LimitReader(strings.NewReader("{}\n{}"), 5)) {
		break // a caller may stop
	}
}

func TestTheReadingIsTheLineOfVigieRead(t *testing.T) {
	body, err := json.Marshal(reading.Shipped().Read(reading.Document{ID: "x", Text: "Rien."}))
	if err != nil {
		t.Fatal(err)
	}
	var line map[string]any
	if err := json.Unmarshal(body, &line); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"victims", "affected", "data_types", "data_types_excluded", "stance", "actor", "sources"} {
		if _, ok := line[list].([]any); !ok {
			t.Errorf("%s is %v, not a list", list, line[list])
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("fr", "Brindilou piraté", "Brindilou a été victime d’une cyberattaque : 2,6M de comptes, noms et e-mails, mais aucun mot de passe. « Kraghorn » revendique.")
	f.Add("en", "Quillory breached", "Quillory (Q&P), an online retailer, said 2,242,521 people's names were stolen; no passwords were.\n- names\n- emails:\n\n1. Advice")
	f.Add("", "", "\xff\xfe \u0301e\u0301 « “ \" œ ﬁ 𝟚𝟛 ٣٤ 99999999999999999999 millions de clients")
	f.Fuzz(func(t *testing.T, lang, title, text string) {
		if len(text) > 4000 || len(title) > 400 {
			t.Skip("longer than is useful to fuzz")
		}
		d := reading.Document{ID: "f", Lang: lang, Title: title, Text: text}
		r := reading.Shipped().Read(d)
		checkSpans(t, r)
		if !utf8.ValidString(r.Text) {
			t.Fatal("the text read is not UTF-8")
		}
		if again := reading.Shipped().Read(d); !reflect.DeepEqual(r, again) {
			t.Fatalf("read twice, read differently:\n%+v\n%+v", r, again)
		}
		if r.IsIncident && len(r.Victims) == 0 {
			t.Fatal("an incident without a victim")
		}
		for _, v := range r.Actor {
			if strings.TrimSpace(v) == "" {
				t.Fatal("an attacker without a name")
			}
		}
	})
}
