package importers_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"vigie"
	"vigie/importers"
)

// item is a feed of one item.
func item(t *testing.T, inside string) vigie.Candidate {
	t.Helper()
	return fed(t, importers.Document{Body: []byte(`<rss version="2.0"><channel><title>Courrier</title><link>https://courrier.example/</link><language>fr</language><item>` + inside + `</item></channel></rss>`)})
}

func fed(t *testing.T, doc importers.Document) vigie.Candidate {
	t.Helper()
	var out []vigie.Candidate
	for c, err := range importers.Feed(doc, importers.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	if len(out) != 1 {
		t.Fatalf("%d candidates, not one", len(out))
	}
	return out[0]
}

func TestOnlyWhatIsNewInSubstanceIsNews(t *testing.T) {
	const told = `<description>L’enseigne Brindilou a été victime d’une cyberattaque ; les noms de 4 000 clients ont été volés.</description>`
	first := item(t, `<title>Brindilou piratée</title><link>https://courrier.example/1</link><guid>a</guid>`+told)
	for why, again := range map[string]string{
		"another title":       `<title>Brindilou : une cyberattaque</title><link>https://courrier.example/1</link><guid>a</guid>` + told,
		"another guid":        `<title>Brindilou piratée</title><link>https://courrier.example/1?utm_source=x#y</link><guid>b</guid>` + told,
		"another day":         `<title>Brindilou piratée</title><link>https://courrier.example/1</link><guid>a</guid><pubDate>Mon, 05 May 2031 07:00:00 GMT</pubDate>` + told,
		"a word more":         `<title>Brindilou piratée</title><link>https://courrier.example/1</link><guid>a</guid>` + strings.Replace(told, "volés.", "volés lundi.", 1),
		"only its guid known": `<title>Brindilou piratée</title><guid isPermaLink="true">https://courrier.example/1</guid>` + told,
	} {
		if got := item(t, again); got.ID != first.ID || got.Hash != first.Hash {
			t.Errorf("%s makes it news: %s %s, was %s %s", why, got.Key, got.Hash, first.Key, first.Hash)
		}
	}
	for why, other := range map[string]string{
		"a figure": strings.Replace(told, "4 000", "40 000", 1),
		"a denial": strings.Replace(told, "volés.", "volés. Brindilou dément.", 1),
	} {
		if got := item(t, `<title>Brindilou piratée</title><link>https://courrier.example/1</link>`+other); got.ID != first.ID || got.Hash == first.Hash {
			t.Errorf("%s more is no news, or another case", why)
		}
	}
	if page := one(t, importers.Document{URL: "https://courrier.example/1", Body: []byte(story)}, importers.Options{}); page.ID != first.ID {
		t.Error("the page itself is another candidate than its item")
	}
}

func TestAnItemThatTeasesAsksForItsPageAndKeepsItsName(t *testing.T) {
	long := strings.Repeat("L’enseigne a tout dit de ce qui s’est passé ce jour-là. ", 20)
	for why, c := range map[string]struct {
		text string
		asks bool
	}{
		"few words":                  {"Ouvert lundi.", true},
		"an ellipsis":                {long + "Et puis […]", true},
		"an invitation":              {long + "Lire la suite »", true},
		"a whole text":               {long, false},
		"a word that looks like one": {long + "Il en faut more than that.", false},
	} {
		got := item(t, `<title>Brindilou</title><link>https://courrier.example/1</link><description>`+c.text+`</description>`)
		if (got.Fetch == "https://courrier.example/1") != c.asks {
			t.Errorf("%s: asks for %q", why, got.Fetch)
		}
	}
	teaser := item(t, `<title>Brindilou</title><link>https://courrier.example/1</link><pubDate>Mon, 05 May 2031 07:00:00 GMT</pubDate><description>Une fuite…</description>`)
	whole := importers.Completed(teaser, one(t, importers.Document{URL: "https://courrier.example/une-autre-adresse", Body: []byte(story)}, importers.Options{}))
	if whole.ID != teaser.ID || whole.Reading.ID != teaser.ID || whole.Key != teaser.Key || whole.Hash != teaser.Hash || whole.Fetch != "" {
		t.Errorf("completed, it is another candidate: %+v", whole)
	}
	if !whole.Reading.IsIncident || whole.Source.Publisher != "Courrier" || whole.Source.Published != "2031-05-05" || whole.Source.Seen != vigie.SeenFull {
		t.Errorf("completed with %+v", whole.Source)
	}
}

func TestTheDayOfAnItemIsThatOfItsOwnTimeZone(t *testing.T) {
	for printed, want := range map[string]vigie.Date{
		"Tue, 15 Apr 2031 23:30:00 -0400": "2031-04-15",
		"Tue, 15 Apr 2031 23:30:00 EDT":   "2031-04-15",
		"Wed, 16 Apr 2031 00:30:00 +0200": "2031-04-16",
		"Wed, 16 Apr 2031 00:30:00 GMT":   "2031-04-16",
		"2031-04-16":                      "2031-04-16",
		"Thu, 01 Jan 1970 00:00:00 GMT":   "",
		"hier":                            "",
	} {
		if got := item(t, `<title>Brindilou</title><pubDate>`+printed+`</pubDate>`); got.Source.Published != want {
			t.Errorf("%s is %q, not %q", printed, got.Source.Published, want)
		}
	}
}

func TestFeedsAreReadInAnyCharset(t *testing.T) {
	const feed = `<?xml version="1.0" encoding="%s"?><rss version="2.0"><channel><title>L'Écho</title><item><title>Été piraté</title></item></channel></rss>`
	latin1, _ := charmap.ISO8859_1.NewEncoder().String(fmt.Sprintf(feed, "ISO-8859-1"))
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(fmt.Sprintf(feed, "UTF-16"))
	nameless, _ := charmap.Windows1252.NewEncoder().String(strings.Replace(fmt.Sprintf(feed, ""), ` encoding=""`, "", 1))
	served, _ := charmap.ISO8859_15.NewEncoder().String(fmt.Sprintf(feed, "us-ascii"))
	for why, doc := range map[string]importers.Document{
		"UTF-8":                     {Body: []byte(fmt.Sprintf(feed, "UTF-8"))},
		"UTF-8 that says otherwise": {Body: []byte(fmt.Sprintf(feed, "ISO-8859-1"))},
		"Latin-1":                   {Body: []byte(latin1)},
		"UTF-16 with its mark":      {Body: []byte("\xff\xfe" + utf16)},
		"UTF-16 without":            {Body: []byte(utf16)},
		"none said":                 {Body: []byte(nameless)},
		"the server's word":         {Body: []byte(served), ContentType: "application/rss+xml; charset=iso-8859-15"},
	} {
		if got := fed(t, doc); got.Source.Title != "Été piraté" || got.Source.Publisher != "L'Écho" {
			t.Errorf("%s: %q by %q", why, got.Source.Title, got.Source.Publisher)
		}
	}
}

func TestAFeedWhoseItemsAllHaveOneAddressIsReadInTime(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel>`)
	for i := range 40_000 {
		fmt.Fprintf(&b, "<item><title>%d</title><link>http://a.example/x</link></item>", 1_000_000+i)
	}
	b.WriteString("</channel></rss>")
	start := time.Now()
	for range importers.Feed(importers.Document{Body: []byte(b.String())}, importers.Options{}) {
		break
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("the first item came after %v", took)
	}
}

func TestABigFeedIsReadInTimeAndATooBigOneNotAtAll(t *testing.T) {
	start := time.Now()
	n := 0
	for range importers.Feed(importers.Document{Body: []byte(`<rss version="2.0"><channel>` + strings.Repeat("<item><title>a</title><b>", 40_000))}, importers.Options{}) {
		n++
	}
	if took := time.Since(start); n != 1 || took > 30*time.Second {
		t.Errorf("%d answers in %v", n, took)
	}
	for _, err := range importers.Feed(importers.Document{Body: []byte("<rss>" + strings.Repeat(" ", importers.MaxBody))}, importers.Options{}) {
		if !errors.Is(err, importers.ErrTooLong) {
			t.Errorf("a feed too long: %v", err)
		}
	}
}
