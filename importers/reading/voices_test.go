package reading_test

import (
	"slices"
	"testing"

	"vigie"
	"vigie/importers/reading"
)

// Who gives a figure decides under whom it is written: a number of the seller in
// the company's mouth accuses the company, the reverse clears it.
func TestWhoGivesAFigureIsWhoSaysIt(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		value      int64
		status     string
		own        bool // the company gives it
	}{
		{"en", "Marlowe & Finch confirms breach after hacker offers 2.4 million customer records\n\nMarlowe & Finch confirmed a data breach on Tuesday. On a forum, the seller claimed to hold 2.4 million customer records.", 2_400_000, "claimed", false},
		{"en", "Marlowe & Finch confirms data breach as hacker sells 2.4 million records\n\nThe retailer Marlowe & Finch confirmed a data breach.", 2_400_000, "claimed", false},
		{"en", "Marlowe & Finch confirms breach\n\nMarlowe & Finch confirmed a breach while a threat actor lists 640,000 customer records on a forum.", 640_000, "claimed", false},
		{"en", "Marlowe & Finch confirms breach\n\nMarlowe & Finch confirmed a data breach. It leaked 640,000 customer records. A seller claims to have 640,000 customer records.", 640_000, "claimed", false},
		{"en", "Marlowe & Finch confirms breach\n\nA seller claims to have 640,000 customer records stolen from Marlowe & Finch. Marlowe & Finch confirmed that 640,000 customers were affected.", 640_000, "confirmed", true},
		{"en", "Marlowe & Finch confirms breach\n\nThe retailer said that hackers stole the details of 45,000 customers in the attack.", 45_000, "confirmed", true},
		{"en", "Marlowe & Finch confirms breach\n\nMarlowe & Finch said that, after a forensic inquiry, 45,000 customers were found to be affected.", 45_000, "confirmed", true},
		{"en", "Marlowe & Finch confirms breach\n\nMarlowe & Finch confirmed a breach. No more than 45,000 customers were affected, the company said.", 45_000, "confirmed", true},
		{"en", "Hacker sells Marlowe & Finch data\n\nMarlowe & Finch did not confirm the breach of 5 million accounts.", 5_000_000, "claimed", false},
		{"en", "Marlowe & Finch confirms breach\n\nMarlowe & Finch confirmed a data breach but has not confirmed the theft of 5 million accounts.", 5_000_000, "claimed", false},
		{"en", "Marlowe & Finch confirms breach\n\nMarlowe & Finch confirmed a data breach. According to Aldo Fenn, 300,000 customers were affected.", 300_000, "claimed", false},
		{"en", "Marlowe & Finch denies breach claims\n\nA hacker claims to have breached Marlowe & Finch. The retailer denies the claim. Marlowe & Finch says only 3,000 customers were affected.", 3_000, "confirmed", true},
		{"en", "Marlowe & Finch denies breach claims\n\nMarlowe & Finch denied the theft of 7 million customer records. It says the data are not its own.", 7_000_000, "denied", false},
		{"en", "Marlowe & Finch denies breach claims\n\nA seller offers 7 million customer records. Marlowe & Finch denies any breach and said the 7 million records were fake.", 7_000_000, "denied", false},
		{"en", "Marlowe & Finch confirms breach of 2.4 million records claimed by hackers\n\nMarlowe & Finch confirmed a data breach.", 2_400_000, "claimed", false},
		{"en", "Marlowe & Finch denies breach\n\nMarlowe & Finch denied being hacked. A security firm confirmed that 52,000 customers were affected.", 52_000, "denied", false},
		{"fr", "Brindilou touché\n\nBrindilou a été victime d’une fuite de données. « 52 000 clients sont concernés », indique l’enseigne.", 52_000, "confirmed", true},
		{"fr", "Brindilou touché\n\nBrindilou a confirmé une fuite de données. La société de cybersécurité Orbelin indique que 52 000 clients sont concernés.", 52_000, "claimed", false},
		{"fr", "Brindilou touché\n\nL’attaque contre Brindilou n’a touché que 3 000 clients, précise Brindilou, qui dément les 2 millions de comptes volés avancés par le pirate.", 3_000, "confirmed", true},
		{"fr", "Brindilou touché\n\nL’attaque contre Brindilou n’a touché que 3 000 clients, précise Brindilou, qui dément les 2 millions de comptes volés avancés par le pirate.", 2_000_000, "denied", false},
		{"fr", "Brindilou confirme une fuite après qu’un pirate propose 2,4 millions de fiches clients\n\nL’enseigne Brindilou a confirmé une fuite de données. Le vendeur affirme détenir 2,4 millions de fiches clients.", 2_400_000, "claimed", false},
		{"fr", "Brindilou confirme un piratage alors que des pirates revendiquent 2,4 millions de comptes\n\nL’enseigne Brindilou a confirmé une fuite de données.", 2_400_000, "claimed", false},
		{"fr", "Brindilou confirme une fuite de données\n\nBrindilou a confirmé une fuite de données tandis qu’un vendeur met en ligne 640 000 comptes clients volés.", 640_000, "claimed", false},
		{"fr", "Brindilou confirme une fuite de données\n\nBrindilou précise que, après enquête, 45 000 clients sont concernés par la fuite.", 45_000, "confirmed", true},
		{"fr", "Brindilou confirme une fuite de données\n\nL’attaque a touché 45 000 clients, selon l’enseigne.", 45_000, "confirmed", true},
		{"fr", "Brindilou piraté ?\n\nUn pirate dit avoir volé les données de Brindilou. Brindilou n’a pas confirmé le vol de 5 millions de comptes.", 5_000_000, "claimed", false},
		{"fr", "Brindilou dément un piratage\n\nUn pirate dit avoir volé les données de Brindilou. L’enseigne dément cette attaque. Brindilou précise que seuls 3 000 clients sont concernés par un incident.", 3_000, "confirmed", true},
		{"fr", "Brindilou dément le vol de 7 millions de comptes\n\nUn pirate vend les données de Brindilou. L’enseigne Brindilou dément tout piratage.", 7_000_000, "denied", false},
	} {
		r := read(t, c.lang, c.text)
		i := slices.IndexFunc(r.Affected, func(a vigie.Count) bool { return a.Value == c.value })
		if i < 0 {
			t.Errorf("%q\nread %+v, without %d", c.text, r.Affected, c.value)
			continue
		}
		a := r.Affected[i]
		if own := slices.Contains(r.Spans[reading.CompanyFigure], a.Span); a.Status != c.status || own != c.own {
			t.Errorf("%q\nreads %d as %s, the company's %v (stance %q); not %s, %v", c.text, c.value, a.Status, own, r.Stance, c.status, c.own)
		}
	}
}

// That somebody denies something is not that the company denies the attack.
func TestADenialIsTheCompanysOnlyWhenItIsTheCompanyThatDenies(t *testing.T) {
	const en, fr = "Vellamo hit by a cyberattack\n\nThe retailer Vellamo was hit by a cyberattack and names of customers were stolen. ", "Brindilou victime d’une cyberattaque\n\nL’enseigne Brindilou a été victime d’une cyberattaque et les noms de ses clients ont été volés. "
	for _, c := range []struct {
		lang, text string
		denies     bool
	}{
		{"en", en + "Police denied that an arrest had been made. Vellamo did not respond to a request for comment.", false},
		{"en", en + "The hackers have denied asking for a ransom. Vellamo did not respond to a request for comment.", false},
		{"en", en + "Employees were denied access to their computers. Vellamo did not respond to a request for comment.", false},
		{"en", "Vellamo denies hackers' claims\n\nHackers say they stole data of 40,000 customers of the retailer Vellamo. A spokesperson denied the claim.", true},
		{"en", "Hackers claim attack on Vellamo\n\nHackers say they stole data of 40,000 customers of the retailer Vellamo, a claim of hackers denied by Vellamo.", true},
		{"fr", fr + "Le pirate dément avoir demandé une rançon. Brindilou n’a pas répondu à nos questions.", false},
		{"fr", fr + "Le parquet a démenti toute arrestation. Brindilou n’a pas répondu à nos questions.", false},
		{"fr", "Un pirate dit avoir attaqué Brindilou\n\nUn pirate affirme avoir volé les données de l’enseigne Brindilou. Contactée après la police, l’enseigne dément toute intrusion.", true},
	} {
		r := read(t, c.lang, c.text)
		if !r.IsIncident || slices.Contains(r.Stance, string(vigie.Denies)) != c.denies {
			t.Errorf("%q\nreads %q; denies: %v", c.text, r.Stance, c.denies)
		}
	}
}
