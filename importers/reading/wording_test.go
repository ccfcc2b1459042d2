package reading_test

import (
	"slices"
	"testing"

	"vigie"
	"vigie/importers/reading"
)

// The articles of these tests imitate how newspapers, briefs and digests are
// worded; every shop, group and person in them is invented.

func TestTheFormOfANameIsTheOneTheTextPrints(t *testing.T) {
	for _, c := range []struct {
		why, lang, text string
		victims         []string
	}{
		{"the address of a site is the name", "fr", "Ondelia.com : une fuite de données\n\nOndelia.com confirme une fuite de données. Les clients d’Ondelia.com ont été prévenus.", []string{"Ondelia.com"}},
		{"the address of a site named otherwise is not", "fr", "Ondelia : une fuite de données\n\nOndelia confirme une fuite de données. Les clients d’Ondelia ont été prévenus. Le site Ondelia.com reste ouvert.", []string{"Ondelia"}},
		{"an address in small letters", "fr", "4saisons-deco.fr piraté : les données de ses clients volées\n\nLa boutique en ligne 4saisons-deco.fr confirme avoir subi une cyberattaque.", []string{"4saisons-deco.fr"}},
		{"an article with a capital is part of the name", "fr", "Fuite de données chez Les Trois Quais\n\nL’enseigne Les Trois Quais a été victime d’une cyberattaque. Chez Les Trois Quais, on a prévenu les clients.", []string{"Les Trois Quais"}},
		{"an article in small letters is not", "fr", "Fuite de données chez Kastorel\n\nLe Kastorel a été victime d’une cyberattaque. Les clients du Kastorel, le Kastorel l’assure, sont prévenus.", []string{"Kastorel"}},
		{"a letter before a hyphen", "fr", "i-Tandol : les données de ses clients exposées\n\ni-Tandol est un site e-commerce français. Les données d’i-Tandol ont été volées.", []string{"i-Tandol"}},
		{"a letter after a hyphen", "en", "Orbis-e hit by data breach\n\nOrbis-e said hackers stole customer data. The retailer Orbis-e is notifying customers.", []string{"Orbis-e"}},
		{"a hidden capital", "en", "eVello confirms data breach\n\nThe online marketplace eVello was hit by a data breach. eVello said customers were told.", []string{"eVello"}},
		{"a name that begins with a figure", "en", "Data breach at 12andOne exposes shoppers\n\nThe retailer 12andOne said hackers stole customer data. 12andOne is notifying customers.", []string{"12andOne"}},
		{"an ordinary word begins the name, printed twice", "fr", "Jour de Lande : 43 000 comptes clients en fuite\n\nUne base attribuée à la boutique Jour de Lande a été publiée. Les clients de Jour de Lande sont exposés par cette fuite de données.", []string{"Jour de Lande"}},
		{"an ordinary word always stands before it", "en", "Internet Brockle hit by data breach\n\nThe shop Internet Brockle was hit by a data breach. Customers of Internet Brockle were told.", []string{"Internet Brockle"}},
		{"the title gives the name in full", "en", "Marla Foods hit by cyberattack\n\nMarla Foods was hit by a cyberattack. Marla said its stores are open. Marla is restoring its systems.", []string{"Marla Foods"}},
		{"two shops joined by an ampersand", "fr", "Kastorel & Odelune : fuite de données clients\n\nKastorel a confirmé avoir été victime d’une fuite de données. Elle concerne aussi Odelune. Odelune est une enseigne du même groupe. Les clients de Kastorel sont prévenus.", []string{"Kastorel"}},
		{"a letter in quotation marks", "en", "Zip “N” Dash Toys warns of data breach\n\nZip “N” Dash Toys was hit by a data breach. Customers of Zip “N” Dash Toys were told.", []string{"Zip “N” Dash Toys"}},
		{"an ordinary word always stands after it", "fr", "Camping Velour Plus : une fuite de données\n\nLe site Velour Plus a été victime d’une fuite de données. Velour Plus a prévenu les clients de Velour Plus.", []string{"Velour Plus"}},
		{"a headline names who was hit, and what of its customers", "fr", "Ondelune : plus de 120 000 acheteurs exposés avec leurs pièces d’identité\n\nOndelune, acteur majeur de la vente d’or, informe ses clients. La fuite comprend des noms et des adresses.", []string{"Ondelune"}},
		{"a headline that names its subject tells no attack", "fr", "Ondelune : cinq conseils pour vos achats\n\nOndelune, acteur majeur de la vente d’or, informe ses clients.", []string{}},
		{"the programme of a shop is not the shop", "fr", "Kastorel : fuite de données sur le programme de fidélité Velours Rouge\n\nKastorel a notifié les membres de son programme de fidélité Velours Rouge d’une fuite de données personnelles.", []string{"Kastorel"}},
	} {
		if r := read(t, c.lang, c.text); !slices.Equal(r.Victims, c.victims) {
			t.Errorf("%s: victims %q, not %q", c.why, r.Victims, c.victims)
		}
	}
}

func TestListsAreReadHoweverTheyAreMarked(t *testing.T) {
	const head = "Kastorel : fuite de données clients\n\nKastorel a été victime d’une fuite de données.\n\n"
	for _, c := range []struct {
		why, text string
		data      []string
		excluded  []string
	}{
		{"small letters and semicolons under a colon", head + "Les données exposées comprennent :\n\nnom et prénom ;\n\ncivilité ;\n\nnuméro de téléphone.\n\nLa suite reste à établir.", []string{"civility", "name", "phone"}, nil},
		{"under a colon that ends a longer paragraph", head + "Ce n’est pas tout. La notification énumère les données exposées :\n\nnom et prénom ;\n\nville ;\n\nnuméro de téléphone.", []string{"city", "name", "phone"}, nil},
		{"semicolons under a full stop", head + "Les fiches regroupent séparément particuliers et entreprises.\n\nnom et prénom ;\n\nadresse e-mail ;\n\nnuméro de téléphone.", []string{"email", "name", "phone"}, nil},
		{"short lines under a colon", head + "Le fichier contient :\n\nNom\n\nPrénom\n\nVille\n\nNuméro de téléphone\n\nLa base est vendue.", []string{"city", "name", "phone"}, nil},
		{"short lines under a heading", head + "Données présentes dans la base exposée\n\nNom\n\nGenre\n\nAdresse email\n\nNuméro de téléphone\n\nUn forum\n\nLa base est vendue sur un forum.", []string{"email", "gender", "name", "phone"}, nil},
		{"a list within a list, ended by an item with its own label", head + "Points clés :\n- Éléments non exposés :\n- Mots de passe.\n- Numéros de carte bancaire.\n- Données volées : noms, adresses e-mail et numéros de téléphone.", []string{"email", "name", "phone"}, []string{"password", "payment_card"}},
		{"what an attacker could forge is no list of data", head + "Les noms ont été volés avec les adresses e-mail.\n\nLes tentatives les plus probables :\n\nfaux avis de commande ;\n\ndemande de mot de passe ;\n\ndemande de coordonnées bancaires.", []string{"email", "name"}, nil},
	} {
		r := read(t, "fr", c.text)
		if !slices.Equal(sorted(r.DataTypes), c.data) || !slices.Equal(sorted(r.DataTypesExcluded), c.excluded) {
			t.Errorf("%s: data %q without %q, not %q without %q", c.why, sorted(r.DataTypes), sorted(r.DataTypesExcluded), c.data, c.excluded)
		}
	}
}

func TestWhatIsSaidOfDataIsReadInItsClause(t *testing.T) {
	frame := map[string]string{
		"fr": "Kastorel : fuite de données\n\nL’enseigne Kastorel a été victime d’une fuite de données. ",
		"en": "Kastorel hit by data breach\n\nThe retailer Kastorel was hit by a data breach. ",
	}
	for _, c := range []struct {
		why, lang, text string
		data, excluded  []string
	}{
		{"what the attack was made with is not what it took", "fr", "Les pirates ont utilisé des identifiants volés ailleurs. Les noms et les adresses e-mail des clients ont été volés.", []string{"email", "name"}, nil},
		{"the same in English", "en", "The attackers logged in using stolen credentials. Names and email addresses were stolen.", []string{"email", "name"}, nil},
		{"user names taken are user names", "en", "Names, email addresses and usernames were stolen.", []string{"email", "name", "username"}, nil},
		{"the pseudonym of the seller is no datum", "fr", "Un pirate, sous le pseudonyme « Brouillard », a volé les noms et les adresses e-mail.", []string{"email", "name"}, nil},
		{"as well as stands within a denial", "fr", "Les noms et les adresses e-mail ont été volés. Les mots de passe, les dates de naissance ainsi que les IBAN ne sont pas concernés.", []string{"email", "name"}, []string{"bank_account", "date_of_birth", "password"}},
		{"hashed is not spared", "fr", "Les noms, les adresses e-mail et les mots de passe ont été volés. Les mots de passe sont protégés par un algorithme de hachage.", []string{"email", "name", "password"}, nil},
		{"one word for two addresses", "en", "Names, physical and IP addresses were stolen.", []string{"ip_address", "name", "postal_address"}, nil},
		{"the same in French", "fr", "Les noms, adresses postales et électroniques ont été volés.", []string{"email", "name", "postal_address"}, nil},
		{"the email of which one speaks is no datum, the addresses are", "en", "The email said that the email addresses, names and phone numbers were stolen.", []string{"email", "name", "phone"}, nil},
		{"named first, then listed", "fr", "Les données volées :\n- Coordonnées : adresse e-mail, téléphone\n- Identité : nom, prénom", []string{"email", "name", "phone"}, nil},
	} {
		r := read(t, c.lang, frame[c.lang]+c.text)
		if !slices.Equal(sorted(r.DataTypes), c.data) || !slices.Equal(sorted(r.DataTypesExcluded), c.excluded) {
			t.Errorf("%s: data %q without %q, not %q without %q", c.why, sorted(r.DataTypes), sorted(r.DataTypesExcluded), c.data, c.excluded)
		}
	}
}

func TestAnAnswerIsTheCompanysOwnAndOfThisCase(t *testing.T) {
	frame := map[string]string{
		"fr": "Fuite de données chez Kastorel\n\nUne base de données de clients de Kastorel est en vente. ",
		"en": "Kastorel customer data for sale\n\nA database stolen from Kastorel is for sale. ",
	}
	for _, c := range []struct {
		why, lang, text string
		stance          []string
	}{
		{"the seller affirms, not the company he names", "fr", "L’auteur affirme avoir compromis l’entreprise.", []string{"none"}},
		{"a group is presented, an online shop present", "fr", "Brouillard est présenté comme un groupe de pirates. Kastorel est très présente en ligne.", []string{"none"}},
		{"the data are not its own: the case is denied", "fr", "L’enseigne a étudié l’échantillon avec soin. Le fichier circule depuis mardi. Selon Kastorel, les données ne proviennent pas de ses systèmes.", []string{"denies"}},
		{"the incident came from elsewhere: it is not", "fr", "Kastorel confirme. L’incident ne provient pas de ses propres serveurs.", []string{"confirms"}},
		{"no evidence of misuse is no denial", "en", "Kastorel confirmed the breach. It found no evidence that the compromised data was misused.", []string{"confirms"}},
		{"downplayed before, confirmed now", "en", "Kastorel downplayed the incident last week. Kastorel has now confirmed that customer data was stolen.", []string{"confirms"}},
		{"a denial of one system, far below what customers were told", "en", "Kastorel is notifying customers of the breach. Names were stolen. Phone numbers were stolen too. Its stores are open. Kastorel said that its payroll system was not breached.", []string{"confirms", "notifies_customers"}},
		{"an email to staff is no notice to customers", "en", "Kastorel confirmed the breach. In an internal email to employees, it told users of its network to be careful.", []string{"confirms"}},
		{"customers who wrote to it were not told", "en", "Kastorel confirmed the breach. It concerns customers who contacted its help desk.", []string{"confirms"}},
		{"being told", "en", "Kastorel confirmed the breach. Those individuals are in the process of being notified.", []string{"confirms", "notifies_customers"}},
		{"it was also told to the authority", "fr", "Kastorel confirme un accès non autorisé. L’enseigne poursuit ses ventes.\n\nL’incident a également été notifié à la CNIL.", []string{"confirms", "notifies_regulator"}},
		{"the company inquires", "fr", "Kastorel enquête pour déterminer la nature des données.", []string{"confirms", "investigating"}},
		{"another inquires", "fr", "Le parquet de Paris enquête sur la vente.", []string{"none"}},
		{"a firm that is not the company inquires", "fr", "Odelune, une société de sécurité, enquête sur la vente.", []string{"none"}},
		{"the data are not its own, after nobody's name", "fr", "L’échantillon a été étudié avec soin. Le fichier circule depuis mardi. Après vérification, les données diffusées ne proviennent pas de ses bases.", []string{"denies"}},
		{"an inquiry with others is under way", "fr", "Une enquête avec des experts de deux cabinets est en cours.", []string{"confirms", "investigating"}},
		{"companies speak too", "fr", "Les entreprises précisent que les mots de passe ne sont pas à risque.", []string{"confirms"}},
	} {
		if r := read(t, c.lang, frame[c.lang]+c.text); !slices.Equal(r.Stance, c.stance) {
			t.Errorf("%s: stance %q (%q), not %q", c.why, r.Stance, words(r, "stance"), c.stance)
		}
	}
}

func TestAKindIsToldOfTheAttackNotOfWhatMightBe(t *testing.T) {
	for _, c := range []struct {
		why, lang, text string
		kind            vigie.Kind
	}{
		{"what would follow if", "en", "Kastorel hit by cyberattack\n\nKastorel confirmed a cyberattack. If ransomware is behind this attack, data is likely stolen.", "unknown"},
		{"a question that was asked", "en", "Kastorel hit by cyberattack\n\nKastorel confirmed a cyberattack. We asked the retailer if the attack involved encryption, a staple of a ransomware attack.", "unknown"},
		{"an extortion group is what it is called", "en", "Kastorel data stolen\n\nAn extortion group called Brumaille stole customer data from Kastorel. The names of customers were stolen.", "data_breach"},
		{"it extorts", "en", "Kastorel data stolen\n\nAn extortion group called Brumaille stole customer data from Kastorel and demanded a ransom.", "extortion"},
		{"the same in French", "fr", "Fuite de données chez Kastorel\n\nLe groupe de cyber-extorsion Brumaille a volé les données des clients de Kastorel.", "data_breach"},
		{"one who helps is not the way in", "fr", "Fuite de données chez Kastorel\n\nLes données des clients de Kastorel ont été volées. L’enseigne enquête avec l’appui d’un prestataire spécialisé.", "data_breach"},
		{"the way in is a provider", "fr", "Fuite de données chez Kastorel\n\nLes données des clients de Kastorel ont été volées chez un prestataire.", "supply_chain"},
		{"a provider by trade is no way in", "en", "Kastorel data breach\n\nKastorel is one of the largest internet service providers. The data of its customers was stolen.", "data_breach"},
		{"a denied ransomware", "fr", "Fuite de données chez Kastorel\n\nLes données des clients de Kastorel ont été volées. L’enseigne a démenti tout ransomware.", "data_breach"},
	} {
		if r := read(t, c.lang, c.text); r.Kind != c.kind {
			t.Errorf("%s: kind %s (%q), not %s", c.why, r.Kind, words(r, "kind"), c.kind)
		}
	}
}

func TestAnAttackerIsNamedAsOne(t *testing.T) {
	for _, c := range []struct {
		why, lang, text string
		actor           []string
	}{
		{"the author of the post", "fr", "Fuite de données chez Kastorel\n\nL’acteur BrumeNoire affirme avoir volé une base de Kastorel.", []string{"BrumeNoire"}},
		{"one who sells, at the start of the sentence", "fr", "Fuite de données chez Kastorel\n\nBrumeNoire affirme détenir une base de données de Kastorel.", []string{"BrumeNoire"}},
		{"a Group that is part of a name", "en", "Kastorel hit by data breach\n\nKastorel Group Holdings was hit by a data breach. Kastorel said customers were told.", nil},
		{"a Collectif that is part of a name", "fr", "Fuite de données chez Kastorel\n\nKastorel a été victime d’un piratage. L’attaque touche les enseignes du groupe : Kastorel et Le Collectif des Merciers.", nil},
		{"a leak is attributed to its victim", "fr", "Kastorel : une fuite de données\n\nUne fuite de données attribuée à Kastorel a été publiée. Kastorel ne répond pas.", nil},
		{"an attack is attributed to its author", "fr", "Kastorel : une fuite de données\n\nKastorel a été victime d’une cyberattaque. L’attaque est attribuée à Brumaille.", []string{"Brumaille"}},
		{"one of other cases that are recalled", "en", "Kastorel hit by data breach\n\nThe retailer Kastorel was hit by a data breach. Customers were told.\n\nThe breach at Kastorel comes shortly after similar disclosures by other retailers, some of them linked to the ShinyHunters group.", nil},
		{"under a heading that names others", "en", "Kastorel hit by cyberattack\n\nThe retailer Kastorel was hit by a cyberattack. Its stores are open.\n\nOdelune also hit by cyberattack\n\nLast week, Odelune was hit too.\n\nThe intrusion was claimed by the DragonForce ransomware gang.", nil},
	} {
		if r := read(t, c.lang, c.text); !slices.Equal(r.Actor, c.actor) && len(r.Actor)+len(c.actor) > 0 {
			t.Errorf("%s: actor %q, not %q", c.why, r.Actor, c.actor)
		}
	}
}

func TestWhoReportsDoesNotRecallByConfirming(t *testing.T) {
	r := read(t, "en", "Kastorel hit by data breach\n\nThe retailer Kastorel was hit by a data breach. Customers were told.\n\nBleepingComputer has also confirmed that the names, phone numbers and dates of birth of shoppers were stolen.")
	if want := []string{"date_of_birth", "name", "phone"}; !slices.Equal(sorted(r.DataTypes), want) {
		t.Errorf("data %q, not %q", r.DataTypes, want)
	}
}

func TestAFigureCountsThoseConcernedNotTheHouse(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		values     []int64
	}{
		{"fr", "Au total, 3 307 087 clients et 599 employés seraient concernés par la fuite.", []int64{3_307_087, 599}},
		{"fr", "La fuite concerne 45 000 clients, sur 3 millions de clients au total.", []int64{45_000}},
		{"fr", "L’enseigne piratée revendique plus de 800 000 utilisateurs enregistrés.", nil},
		{"fr", "Le fichier volé contient 12 000 cartes de fidélité et 4 000 devis.", nil},
		{"fr", "La fuite concerne 4 200 bénéficiaires.", []int64{4_200}},
		{"en", "The attackers impersonated one of the 50,000 people working with the company.", nil},
	} {
		head := map[string]string{"fr": "Kastorel victime d’une fuite de données\n\nKastorel a été victime d’une fuite de données. ", "en": "Kastorel hit by data breach\n\nKastorel was hit by a data breach. "}
		var values []int64
		r := read(t, c.lang, head[c.lang]+c.text)
		for _, a := range r.Affected {
			values = append(values, a.Value)
		}
		if !slices.Equal(values, c.values) {
			t.Errorf("%q: read %v, not %v", c.text, values, c.values)
		}
	}
}

func TestTheSiteOfAKnownShopIsThatShop(t *testing.T) {
	l := reading.Shipped().With([]vigie.Company{{ID: "orwins", Name: "Orwin’s"}})
	r := l.Read(reading.Document{Lang: "en", Text: "Card-stealing script found on Orwins.com\n\nA card-stealing script was planted on Orwins.com. The site Orwins.com was cleaned."})
	if !slices.Equal(r.Victims, []string{"Orwins"}) {
		t.Errorf("victims %q", r.Victims)
	}
}

func TestAnAddressInSmallLettersIsNoNameOutsideTheTitle(t *testing.T) {
	r := reading.Shipped().Read(reading.Document{Lang: "fr", Text: "Fuite de données chez Kastorel\n\nKastorel a été victime d’une fuite de données. Les clients sont invités à consulter aide-clients.fr."})
	if !slices.Equal(r.Victims, []string{"Kastorel"}) {
		t.Errorf("victims %q", r.Victims)
	}
}
