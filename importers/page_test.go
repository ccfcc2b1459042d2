package importers_test

import (
	"fmt"
	"strings"
	"testing"

	"vigie/importers"
)

const paragraphsOfBrindilou = `<p>L’enseigne Brindilou a été victime d’une cyberattaque ; les noms de 4 000 clients ont été volés dans la nuit, et les magasins sont restés ouverts toute la journée de lundi.</p><p>Brindilou a prévenu ses clients par courriel, et porté plainte ; une enquête est en cours, selon le parquet, qui n’en dit pas davantage.</p>`

func TestThePageIsTitledAsItsReadersSeeIt(t *testing.T) {
	for why, c := range map[string]struct{ head, heading, want string }{
		"the heading that the title repeats, not the site's":     {"<title>Le Courrier : Brindilou touchée par une fuite</title>", "<h1>Le Courrier</h1><h1>Brindilou touchée par une fuite</h1>", "Brindilou touchée par une fuite"},
		"the title without the site, when no heading is one":     {"<title>Brindilou touchée par une fuite de données | Le Courrier</title>", "<h1>Le Courrier</h1>", "Brindilou touchée par une fuite de données"},
		"the title whole, when what ends it is no site":          {"<title>Brindilou – Vellamo : la fuite continue de s’étendre ailleurs</title>", "<h1>Bonjour</h1>", "Brindilou – Vellamo : la fuite continue de s’étendre ailleurs"},
		"the one heading, in its own words":                      {"<title>Actus</title>", "<h1>Brindilou prévient ses clients</h1>", "Brindilou prévient ses clients"},
		"what is made for sharing, without the publisher behind": {`<meta property="og:title" content="Fuite chez Brindilou | Le Courrier"><meta property="og:site_name" content="Le Courrier"><title>x</title>`, "<h1>Autre chose ici même</h1>", "Fuite chez Brindilou"},
		"JSON-LD with raw line ends":                             {"<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\n\"headline\":\"Fuite chez\nBrindilou\"}</script><title>x</title>", "", "Fuite chez Brindilou"},
	} {
		body := fmt.Sprintf("<html lang=fr><head><meta charset=utf-8>%s</head><body><article>%s%s</article></body></html>", c.head, c.heading, paragraphsOfBrindilou)
		if got := one(t, importers.Document{URL: "https://courrier.example/a", ContentType: "text/html", Body: []byte(body)}, importers.Options{}); got.Source.Title != c.want {
			t.Errorf("%s: %q, not %q", why, got.Source.Title, c.want)
		}
	}
}

func TestWhatStandsAroundAnArticleIsNotItsText(t *testing.T) {
	body := `<html lang=fr><head><meta charset=utf-8><title>Fuite chez Brindilou</title></head><body><article><h1>Fuite chez Brindilou</h1>` + paragraphsOfBrindilou +
		`<p>À lire aussi : Vellamo piratée, 90 000 clients touchés</p><div class="related-posts"><p>Quinzelune victime d’une cyberattaque, les données de 5 000 clients volées, dit l’enseigne dans un long communiqué.</p></div>
		<p>Lire aussi bien que compter est utile à qui reçoit un tel courriel, rappelle l’enseigne, qui conseille à tous ses clients de ne cliquer sur aucun lien, de changer leur mot de passe dès que possible, et de se méfier des appels qui promettent un remboursement rapide.</p>
		</article><section id="comments"><p>Moi aussi, chez Noirmont, mes données ont été volées l’an dernier, et personne n’a rien dit du tout, c’est une honte.</p></section></body></html>`
	got := one(t, importers.Document{URL: "https://courrier.example/a", ContentType: "text/html", Body: []byte(body)}, importers.Options{}).Reading
	for _, foreign := range []string{"Vellamo", "Quinzelune", "Noirmont"} {
		if strings.Contains(got.Text, foreign) {
			t.Errorf("the text tells of %s:\n%s", foreign, got.Text)
		}
	}
	for _, own := range []string{"4 000 clients", "une enquête est en cours", "Lire aussi bien que compter"} {
		if !strings.Contains(got.Text, own) {
			t.Errorf("the text has lost %q:\n%s", own, got.Text)
		}
	}
}

func TestAPageInUTF8IsReadSoWhateverItCallsItself(t *testing.T) {
	body := `<html lang=fr><head><meta charset=windows-1252><title>Fuite avérée chez Brindilou</title></head><body><article>` + paragraphsOfBrindilou + `</article></body></html>`
	got := one(t, importers.Document{URL: "https://courrier.example/a", ContentType: "text/html; charset=iso-8859-1", Body: []byte(body)}, importers.Options{})
	if got.Source.Title != "Fuite avérée chez Brindilou" || !strings.Contains(got.Reading.Text, "été victime") {
		t.Errorf("%q: %q", got.Source.Title, got.Reading.Text)
	}
}
