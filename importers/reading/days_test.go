package reading_test

import (
	"testing"

	"vigie"
	"vigie/importers/reading"
)

func TestTheDayOfPublicationIsReadAtTheHeadOfAText(t *testing.T) {
	const en, fr = "Quillory hit by data breach", "Brindilou victime d’une fuite de données"
	for _, c := range []struct {
		lang, text string
		given      vigie.Date
		want       vigie.Date
	}{
		{"en", en + "\n\nPublished 12 March 2025\n\nQuillory was hit by a data breach.", "", "2025-03-12"},
		{"en", en + "\nBy Jo Marsh | Published: March 12th, 2025, 9:04 AM\n\nQuillory was hit by a data breach.", "", "2025-03-12"},
		{"en", en + "\n\nWednesday, March 12, 2025\n\nQuillory was hit by a data breach.", "", "2025-03-12"},
		{"en", en + "\n\nLONDON, March 12, 2025 (Wire) — Quillory was hit by a data breach.", "", "2025-03-12"},
		{"en", en + "\n\nPosted on 2025-03-12\n\nQuillory was hit by a data breach.", "", "2025-03-12"},
		{"en", en + "\n\nBy Jo Marsh, 12 March 2025\n\nQuillory was hit by a data breach.", "", "2025-03-12"},
		{"fr", fr + "\n\nPublié le 9 avril 2025 à 10h12, mis à jour le 11 avril 2025\n\nBrindilou a subi une fuite.", "", "2025-04-09"},
		{"fr", fr + "\n\nLe 9 avril 2025. Brindilou a subi une fuite de données.", "", "2025-04-09"},
		{"fr", fr + "\n\nMis à jour le 11 avril 2025 – Publié le 9 avril 2025\n\nBrindilou a subi une fuite.", "", "2025-04-09"},
		{"fr", fr + "\n\nMercredi 9 avril 2025 à 18h30\n\nBrindilou a subi une fuite.", "", "2025-04-09"},
		{"fr", fr + "\n\nPublié le 09/04/2025 par Ode Varin\n\nBrindilou a subi une fuite.", "", "2025-04-09"},
		{"fr", fr + "\n\nPARIS, le 1er avril 2025 – Brindilou a subi une fuite.", "", "2025-04-01"},
		{"fr", fr + "\n\nPublié le 9 avril 2025\n\nBrindilou a subi une fuite.", "2025-04", "2025-04-09"},
		// what the page's own reader knows stands, and a day of the story is no dateline
		{"fr", fr + "\n\nPublié le 9 avril 2025\n\nBrindilou a subi une fuite.", "2025-04-08", "2025-04-08"},
		{"fr", fr + "\n\nLe 9 avril 2025, Brindilou a subi une fuite de données.", "", ""},
		{"fr", fr + "\n\nDans un communiqué publié le 9 avril 2025, Brindilou confirme une fuite.", "", ""},
		{"fr", fr + "\n\nMis à jour le 11 avril 2025\n\nBrindilou a subi une fuite.", "", ""},
		{"fr", fr + "\n\nPublié le 31 avril 2025\n\nBrindilou a subi une fuite.", "", ""},
		{"fr", fr + "\n\nPublié en avril 2025\n\nBrindilou a subi une fuite.", "", ""},
		{"en", en + "\n\nOn 12 March 2025 Quillory was hit by a data breach.", "", ""},
		{"en", en + "\n\nPublished 03/04/2025\n\nQuillory was hit by a data breach.", "", ""},
		{"en", en + "\n\nPublished 12 March\n\nQuillory was hit by a data breach.", "", ""},
		{"en", en + "\n\nA\n\nB\n\nC\n\nD\n\nE\n\nF\n\nPublished 12 March 2019\n\nQuillory was hit by a data breach.", "", ""},
	} {
		r := reading.Shipped().Read(reading.Document{Lang: c.lang, Text: c.text, Date: c.given})
		if r.Published != c.want {
			t.Errorf("%q\npublished %q, not %q", c.text, r.Published, c.want)
		}
	}
}

func TestADayInPrintIsOneOfTheCalendarOrNone(t *testing.T) {
	for _, c := range []struct {
		words, lang string
		published   vigie.Date
		want        vigie.Date
	}{
		{"5 March 2026", "en", "", "2026-03-05"},
		{"Thursday, March 5th, 2026", "en", "", "2026-03-05"},
		{"5th of March 2026", "en", "", "2026-03-05"},
		{"jeudi 5 mars 2026", "fr", "", "2026-03-05"},
		{"1er mars 2026", "fr", "", "2026-03-01"},
		{"05/03/2026", "fr", "", "2026-03-05"},
		{"05/03/2026", "en", "", ""},
		{"29 février 2026", "fr", "", ""},
		{"5 mars", "fr", "2026-03-07", "2026-03-05"},
		{"28 décembre", "fr", "2026-01-03", "2025-12-28"},
		{"5 mars", "fr", "", ""},
		{"5 mars", "fr", "2026-03", ""},
		{"5 mars", "fr", "2026-03-04", ""}, // last year's, or one to come
		{"hier", "fr", "2026-03-01", "2026-02-28"},
		{"yesterday", "en", "2026-03-06", "2026-03-05"},
		{"yesterday", "en", "", ""},
		{"yesterday", "en", "2026-03-06~", ""},
		{"March 2026", "en", "2026-03-06", ""},
		{"", "en", "2026-03-06", ""},
	} {
		if got := reading.Shipped().Day(c.words, c.lang, c.published); got != c.want {
			t.Errorf("%q, published %q, is %q, not %q", c.words, c.published, got, c.want)
		}
	}
}
