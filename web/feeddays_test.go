package web

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// extensions are the _vigie objects of a JSON Feed.
func extensions(t *testing.T, body []byte) (list []extension) {
	t.Helper()
	var f struct {
		Items []struct {
			Extension extension `json:"_vigie"`
		} `json:"items"`
	}
	if err := json.Unmarshal(body, &f); err != nil {
		t.Fatal(err)
	}
	for _, item := range f.Items {
		list = append(list, item.Extension)
	}
	return list
}

func TestAFeedOfCasesSaysHowLongPeopleWaited(t *testing.T) {
	r := recordOf(contested(), shop)
	r.Derived.Lags = append(r.Derived.Lags, vigie.Lag{From: "claim", To: "customers_told"})
	a := vigie.Answer{Incidents: []vigie.Record{r}}
	for lang, words := range map[vigie.Lang][]string{
		vigie.English: {"first claim → company’s first word: 1 to 2\u00a0days", "first claim → customers told: no word known, last checked on 9 March 2031"},
		vigie.French:  {"première allégation → premier mot de l’entreprise\u00a0: 1 à 2\u00a0jours", "première allégation → clients prévenus\u00a0: aucune parole connue, dernière vérification le 9 mars 2031"},
	} {
		for _, name := range feedFormats {
			for _, said := range words {
				if text := readBack(t, written(t, name, lang, a)).Items[0].Content; !strings.Contains(text, said) {
					t.Errorf("%s does not say %q:\n%s", name, said, text)
				}
			}
		}
	}
	x := extensions(t, written(t, "jsonfeed", vigie.English, a))[0]
	if i := slices.IndexFunc(x.Lags, func(l vigie.Lag) bool { return l.To == "customers_told" }); i < 0 || x.Lags[i].Max != nil || x.Checked != "2031-03-09" {
		t.Errorf("lags %+v, checked %s", x.Lags, x.Checked)
	}
}

func TestAFeedSaysWhatADayRestsOnAndNeverPadsIt(t *testing.T) {
	in := contested()
	in.Statements[0].On, in.Statements[1].On = "2031-03", ""
	in.Sources[0].Published = "2031-03-05"
	r := recordOf(in, shop)
	line := timelineOf(r)
	for _, of := range []struct {
		item int // of the line
		lang vigie.Lang
		said string
	}{
		{slices.IndexFunc(line.Items, func(i vigie.Item) bool { return strings.HasSuffix(i.ID, "/s1") }), vigie.English, "March 2031 (month only)"},
		{slices.IndexFunc(line.Items, func(i vigie.Item) bool { return strings.HasSuffix(i.ID, "/s2") }), vigie.French, "date inconnue"},
	} {
		for _, name := range feedFormats {
			if text := readBack(t, written(t, name, of.lang, line)).Items[of.item].Content; !strings.Contains(text, of.said) {
				t.Errorf("%s does not say %q:\n%s", name, of.said, text)
			}
		}
	}
	for i, x := range extensions(t, written(t, "jsonfeed", vigie.English, line)) {
		item := line.Items[i]
		if x.Date != string(item.On) || x.DatePrecision != item.On.Grain() || x.Known != item.Known || x.Basis != item.Basis {
			t.Errorf("%s: %+v", item.ID, x)
		}
		if strings.HasSuffix(item.ID, "/s1") && (x.DatePrecision != "month" || x.Basis != vigie.BasisSaid) || strings.HasSuffix(item.ID, "/s2") && (x.Date != "" || x.Basis == vigie.BasisSaid) {
			t.Errorf("%s: %+v", item.ID, x)
		}
	}
}
