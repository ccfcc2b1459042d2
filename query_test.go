package vigie

import (
	"errors"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestQueryIsReadFromAnAddress(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		want      Query
		canonical string
	}{
		{"nothing asked", "", Query{}, ""},
		{"words", "q=fuite++boulanger+clients", Query{Q: "fuite boulanger clients"}, "q=fuite+boulanger+clients"},
		{"values are sorted and told once", "sector=grocery,fashion,grocery", Query{Sector: []string{"fashion", "grocery"}}, "sector=fashion,grocery"},
		{"a minus excludes", "country=-us,fr", Query{Country: []string{"-US", "FR"}}, "country=-US,FR"},
		{"codes in any case", "kind=DATA_BREACH&company_country=cn", Query{Kind: []string{"data_breach"}, CompanyCountry: []string{"CN"}}, "company_country=CN&kind=data_breach"},
		{"names become slugs", "actor=Fumeur+de+tabac&company=M%26S&group=Louis+Delhaize",
			Query{Actor: []string{"fumeur-de-tabac"}, Company: []string{"m-s"}, Group: []string{"louis-delhaize"}}, "actor=fumeur-de-tabac&company=m-s&group=louis-delhaize"},
		{"dates keep their precision", "after=2024&before=2024-09", Query{After: "2024", Before: "2024-09"}, "after=2024&before=2024-09"},
		{"bounds of one day", "after=2024-09-16&before=2024-09-16", Query{After: "2024-09-16", Before: "2024-09-16"}, "after=2024-09-16&before=2024-09-16"},
		{"a full box", "q=" + strings.Repeat("é", 300), Query{Q: strings.Repeat("é", 300)}, "q=" + strings.Repeat("%C3%A9", 300)},
		{"the same date in box and parameter", "q=after:2024&after=2024", Query{After: "2024"}, "after=2024"},
		{"affected from", "affected=1M..", Query{AffectedMin: 1_000_000}, "affected=1000000.."},
		{"affected up to", "affected=..2.5k", Query{AffectedMax: 2500}, "affected=..2500"},
		{"affected between", "affected=1000..27561592", Query{AffectedMin: 1000, AffectedMax: 27_561_592}, "affected=1000..27561592"},
		{"affected exactly", "affected=87M", Query{AffectedMin: 87_000_000, AffectedMax: 87_000_000}, "affected=87000000"},
		{"the default order is left out", "sort=newest", Query{}, ""},
		{"another order", "sort=affected", Query{Sort: "affected"}, "sort=affected"},
		{"empty boxes of a form", "q=&sector=&after=&affected=", Query{}, ""},
		{"trackers are dropped", "utm_source=x&fbclid=y&gclid=1&mc_cid=2&sector=luxury", Query{Sector: []string{"luxury"}}, "sector=luxury"},
		{"a sync", "updated_since=1204&limit=200&cursor=bmV4dA==", Query{UpdatedSince: 1204, Limit: 200, Cursor: "bmV4dA=="}, "cursor=bmV4dA%3D%3D&limit=200&updated_since=1204"},
		{"a sync from the very beginning", "updated_since=0", Query{}, ""},
		{"as of a day, with a filter on the standing", "as_of=2024-09-18&position=denies", Query{AsOf: "2024-09-18", Position: []string{"denies"}}, "as_of=2024-09-18&position=denies"},
		{"fields in the box", `q=temu+sector:marketplace+-country:US,GB+after:2024-01+affected:1M..+evidence:reported`,
			Query{Q: "temu", Sector: []string{"marketplace"}, Country: []string{"-GB", "-US"}, After: "2024-01", AffectedMin: 1_000_000, Evidence: []string{"reported"}},
			"affected=1000000..&after=2024-01&country=-GB,-US&evidence=reported&q=temu&sector=marketplace"},
		{"a quoted value in the box", `q=actor:"Fumeur de tabac"+fuite`, Query{Q: "fuite", Actor: []string{"fumeur-de-tabac"}}, "actor=fumeur-de-tabac&q=fuite"},
		{"typographic quotes around a value", "q=actor:«\u00a0Fumeur de tabac\u202f»", Query{Actor: []string{"fumeur-de-tabac"}}, "actor=fumeur-de-tabac"},
		{"several quoted values", `q=-actor:"Fumeur de tabac","A, B"`, Query{Actor: []string{"-a-b", "-fumeur-de-tabac"}}, "actor=-a-b,-fumeur-de-tabac"},
		{"an excluded one among several", `q=company:"M%26S",-temu`, Query{Company: []string{"-temu", "m-s"}}, "company=-temu,m-s"},
		{"typographic phrases", "q=“mot de passe” -«\u00a0carte bancaire\u00a0» „voll”", Query{Q: `"mot de passe" -"carte bancaire" "voll"`}, "q=%22mot+de+passe%22+-%22carte+bancaire%22+%22voll%22"},
		{"OU is OR", "q=temu+OU+shein", Query{Q: "temu OR shein"}, "q=temu+OR+shein"},
		{"OU in quotes is a word", `q="temu OU shein" ou`, Query{Q: `"temu OU shein" ou`}, "q=%22temu+OU+shein%22+ou"},
		{"either apostrophe", "q=l’enseigne", Query{Q: "l'enseigne"}, "q=l%27enseigne"},
		{"odd spaces and what cannot be seen", "q=\u3000te\u200bmu\u202f\u00a0fuite\ufeff", Query{Q: "temu fuite"}, "q=temu+fuite"},
		{"full-width letters and signs", "q=ｔｅｍｕ　ｓｅｃｔｏｒ：ｇｒｏｃｅｒｙ", Query{Q: "temu", Sector: []string{"grocery"}}, "q=temu&sector=grocery"},
		{"a dash of a word processor excludes", "q=temu –shein −carte", Query{Q: "temu -shein -carte"}, "q=temu+-shein+-carte"},
		{"every bound of the page in the box", "q=limit:20+cursor:bmV4dA", Query{Limit: 20, Cursor: "bmV4dA"}, "cursor=bmV4dA&limit=20"},
		{"box and parameter add up", "q=sector:luxury&sector=fashion", Query{Sector: []string{"fashion", "luxury"}}, "sector=fashion,luxury"},
		{"quoted phrases are words", `q="sector:grocery mot de passe"+-carte`, Query{Q: `"sector:grocery mot de passe" -carte`}, "q=%22sector:grocery+mot+de+passe%22+-carte"},
		{"an address in the box is words", "q=https://example.org/a:b", Query{Q: "https://example.org/a:b"}, "q=https:%2F%2Fexample.org%2Fa:b"},
		{"a colon at the end of a word is punctuation", "q=Temu:+fuite", Query{Q: "Temu: fuite"}, "q=Temu:+fuite"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseRawQuery(c.raw)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("read as %+v\nwant %+v", got, c.want)
			}
			if got.Canonical() != c.canonical {
				t.Errorf("canonical %s, want %s", got.Canonical(), c.canonical)
			}
		})
	}
}

func TestQueryRefusesWhatItDoesNotUnderstand(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		on        []string
		want      []string // parameter and code of every problem
	}{
		{"unknown parameter", "colour=red", nil, []string{"colour unknown_parameter"}},
		{"everything wrong at once", "colour=red&sector=grosery&limit=0", nil, []string{"colour unknown_parameter", "limit malformed", "sector unknown_code"}},
		{"a parameter twice", "sector=luxury&sector=fashion", nil, []string{"sector repeated"}},
		{"unknown code among known ones", "country=FR,UK", nil, []string{"country unknown_code"}},
		{"asked and excluded", "kind=ddos,-ddos", nil, []string{"kind contradiction"}},
		{"limit above 200", "limit=201", nil, []string{"limit malformed"}},
		{"limit with spaces, zeros, signs, other digits", "limit=+5", nil, []string{"limit malformed"}},
		{"limit with a leading zero", "limit=05", nil, []string{"limit malformed"}},
		{"empty limit", "limit=", nil, []string{"limit malformed"}},
		{"a range without ends", "affected=..", nil, []string{"affected malformed"}},
		{"a range backwards", "affected=5M..1M", nil, []string{"affected malformed"}},
		{"a range from nought", "affected=0..5", nil, []string{"affected malformed"}},
		{"half a person", "affected=1.5", nil, []string{"affected malformed"}},
		{"a count past 2^53", "affected=9999999999999999..", nil, []string{"affected malformed"}},
		{"an interval as a bound", "after=2024-09-16/2024-09-17", nil, []string{"after malformed"}},
		{"a day that is not", "before=2024-02-30", nil, []string{"before malformed"}},
		{"bounds crossed", "after=2025&before=2024", nil, []string{"before contradiction"}},
		{"a year that is not", "year=24", nil, []string{"year malformed"}},
		{"a name without a letter", "company=!!!", nil, []string{"company malformed"}},
		{"a slash in a cursor", "cursor=../x", nil, []string{"cursor malformed"}},
		{"control characters", "q=a%00b", nil, []string{"q malformed"}},
		{"bytes that are not text", "q=%ff%fe", nil, []string{"q malformed"}},
		{"a novel in the box", "q=" + strings.Repeat("a", 301), nil, []string{"q too_long"}},
		{"a broken escape", "q=%zz", nil, []string{"? malformed"}},
		{"unknown field in the box", "q=colour:red", nil, []string{"q unknown_field"}},
		{"words as a field of the box", "q=q:temu", nil, []string{"q unknown_field"}},
		{"a field of the box that is not of this address", "q=bom:1", nil, []string{"bom not_here"}},
		{"an empty value of one field", `q=after:""`, nil, []string{"after malformed"}},
		{"a limit in the box against the parameter", "q=limit:20&limit=10", nil, []string{"limit repeated"}},
		{"a field beside OU", "q=temu+OU+sector:luxury", nil, []string{"q malformed"}},
		{"unknown code in the box", "q=sector:grosery", nil, []string{"sector unknown_code"}},
		{"a field in an OR", "q=temu+OR+sector:luxury", nil, []string{"q malformed"}},
		{"a field before an OR", "q=sector:luxury+OR+temu", nil, []string{"q malformed"}},
		{"a date excluded", "q=-after:2024", nil, []string{"after malformed"}},
		{"box against parameter", "q=after:2024&after=2023", nil, []string{"after repeated"}},
		{"as_of alone in a search", "as_of=2024-09-18", nil, []string{"as_of not_here"}},
		{"as_of a month", "as_of=2024-09&position=denies", nil, []string{"as_of malformed"}},
		{"version in a search", "version=3", nil, []string{"version not_here"}},
		{"sector on a case", "sector=luxury", []string{OnCase}, []string{"sector not_here"}},
		{"bom where nothing is CSV", "bom=1", nil, []string{"bom not_here"}},
		{"unknown order", "sort=random", nil, []string{"sort unknown_code"}},
		{"lanes where nothing is drawn", "lanes=role", []string{OnTimeline, OnFeed}, []string{"lanes not_here"}},
		{"unknown lanes", "lanes=sector", []string{OnTimeline, OnDrawing}, []string{"lanes unknown_code"}},
		{"empty lanes", "lanes=", []string{OnTimeline, OnDrawing}, []string{"lanes malformed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, err := ParseRawQuery(c.raw, c.on...)
			var refused *QueryError
			if !errors.As(err, &refused) || !errors.Is(err, ErrBadQuery) {
				t.Fatalf("read as %+v, error %v", q, err)
			}
			var got []string
			for _, p := range refused.Params {
				got = append(got, p.Name+" "+p.Code)
				if p.Detail.FR == "" || p.Detail.EN == "" {
					t.Errorf("%s %s has no sentence in both languages", p.Name, p.Code)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
			if len(refused.Allowed) == 0 || !strings.Contains(refused.Error(), refused.Params[0].Name) {
				t.Errorf("says %q, allows %q", refused, refused.Allowed)
			}
		})
	}
}

func TestQueryAllowsWhatTheAddressAllows(t *testing.T) {
	for raw, on := range map[string][]string{
		"version=3":                {OnCase},
		"as_of=2024-09-18":         {OnCase},
		"as_of=2024-09-17&q=temu":  {OnTimeline},
		"bom=1&sector=luxury":      {OnSearch, OnCSV},
		"lanes=role&q=temu":        {OnTimeline, OnDrawing},
		"theme=dark&sector=luxury": {OnSearch, "theme"},
	} {
		if _, err := ParseRawQuery(raw, on...); err != nil {
			t.Errorf("%s on %v: %v", raw, on, err)
		}
	}
	for _, allow := range [][]string{{OnNothing}, {"theme"}} {
		if q, err := ParseRawQuery("q=temu", allow...); err == nil {
			t.Errorf("%v may be asked %+v", allow, q)
		}
	}
	_, err := ParseRawQuery("x=1", OnCase, "theme")
	var refused *QueryError
	if !errors.As(err, &refused) || !slices.Equal(refused.Allowed, []string{"as_of", "version", "theme"}) {
		t.Errorf("a case allows %v", err)
	}
}

// anyQuery draws a query by asking each field of the table at random.
func anyQuery(t *rapid.T) url.Values {
	day := func(label string) string {
		return rapid.SampledFrom([]string{"2024", "2024-09", "2024-09-16", "1999-12"}).Draw(t, label)
	}
	v := url.Values{}
	for _, f := range Fields {
		if !rapid.Bool().Draw(t, f.Name) {
			continue
		}
		switch {
		case f.Name == "q":
			v.Set("q", rapid.StringMatching(`[a-zé "*:-]{0,20}( sector:(luxury|toys))?`).Draw(t, "words"))
		case f.Many:
			codes := Codes(f.List)
			switch f.Name {
			case "year":
				codes = []string{"2013", "2024", "2025"}
			case "company", "group", "actor", "wave":
				codes = []string{rapid.StringN(1, 30, 60).Draw(t, "name"), "Décathlon", "M&S"}
			}
			picked := rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, 3, func(s string) string { return strings.ToLower(s) }).Draw(t, "values")
			for i := range picked {
				if rapid.Bool().Draw(t, "excluded") {
					picked[i] = "-" + picked[i]
				}
			}
			v.Set(f.Name, strings.Join(picked, ","))
		case f.Name == "after" || f.Name == "before":
			v.Set(f.Name, day(f.Name))
		case f.Name == "affected":
			v.Set("affected", rapid.StringMatching(`([1-9][0-9]{0,6}[kM]?)?\.\.([1-9][0-9]{0,6}M)?`).Draw(t, "range"))
		case f.Name == "as_of":
			v.Set("as_of", "2024-09-18")
		case f.Name == "sort":
			v.Set("sort", rapid.SampledFrom(Sorts).Draw(t, "sort"))
		case f.Name == "cursor":
			v.Set("cursor", rapid.StringMatching(`[A-Za-z0-9_=-]{1,20}`).Draw(t, "cursor"))
		case f.Name == "bom":
			v.Set("bom", rapid.SampledFrom([]string{"0", "1"}).Draw(t, "bom"))
		case f.Name == "content":
			v.Set("content", rapid.SampledFrom(contents).Draw(t, "content"))
		case f.Name == "lanes":
			v.Set("lanes", rapid.SampledFrom(Lanes).Draw(t, "lanes"))
		default:
			v.Set(f.Name, rapid.StringMatching(`[1-9][0-9]?`).Draw(t, "number"))
		}
	}
	return v
}

func TestQueryHasOneCanonicalForm(t *testing.T) {
	everywhere := []string{OnSearch, OnTimeline, OnCase, OnCSV, OnFeed, OnDrawing}
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		q, err := ParseQuery(anyQuery(t), everywhere...)
		if err != nil {
			return // a contradiction, a name without letters: refused, which other tests judge
		}
		read++
		again, err := ParseQuery(q.Values(), everywhere...)
		if err != nil {
			t.Fatalf("canonical %s is refused: %v", q.Canonical(), err)
		}
		if !reflect.DeepEqual(q, again) {
			t.Fatalf("%s read again as %+v, was %+v", q.Canonical(), again, q)
		}
		raw, err := ParseRawQuery(q.Canonical(), everywhere...)
		if err != nil || raw.Canonical() != q.Canonical() || !reflect.DeepEqual(raw, q) {
			t.Fatalf("canonical %s becomes %s (%v)", q.Canonical(), raw.Canonical(), err)
		}
	})
	if read < 20 {
		t.Errorf("only %d of the drawn queries were readable: the property proves little", read)
	}
}

func TestNoInputOfTheBoxIsLostOrPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "box")
		q, err := ParseQuery(url.Values{"q": {s}})
		if err != nil || strings.Contains(typed(s), ":") {
			return
		}
		if got, want := strings.Join(Words(q.Q), " "), strings.Join(Words(strings.Join(strings.Fields(typed(s)), " ")), " "); strings.ReplaceAll(got, "ou", "or") != strings.ReplaceAll(want, "ou", "or") {
			t.Fatalf("%q became %q", s, q.Q)
		}
		again, err := ParseQuery(url.Values{"q": {q.Q}})
		if err != nil || !reflect.DeepEqual(again, q) {
			t.Fatalf("%q became %q, and that %q (%v)", s, q.Q, again.Q, err)
		}
	})
}

// Whatever is asked of any address, what was understood has one address, and that
// address is understood the same.
func FuzzAnAddressIsReadAsItIsWritten(f *testing.F) {
	for _, seed := range []string{"q=temu", "q=%22a b%22 OR -c*&sector=luxury,-toys", "affected=1k..&after=2024&q=«x» year:2024", "q=actor:%22a,b%22,-c&limit=5", "q=OU OU&bom=1", "%zz", "q=a:%22", "sort=newest&as_of=2024-01-01&kind=ddos", "q=“&q=”"} {
		f.Add(seed)
	}
	everywhere := []string{OnSearch, OnTimeline, OnCase, OnCSV, OnFeed, OnDrawing}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, on := range [][]string{everywhere, {OnSearch}, {OnTimeline, OnFeed}, {OnCase}, {OnNothing}} {
			q, err := ParseRawQuery(raw, on...)
			if err != nil {
				var refused *QueryError
				if !errors.As(err, &refused) || len(refused.Params) == 0 {
					t.Fatalf("%q on %v: %v", raw, on, err)
				}
				continue
			}
			again, err := ParseRawQuery(q.Canonical(), on...)
			if err != nil || !reflect.DeepEqual(again, q) || again.Canonical() != q.Canonical() {
				t.Fatalf("%q on %v is %+v, canonical %s, and that %+v (%v)", raw, on, q, q.Canonical(), again, err)
			}
		}
	})
}

func TestEveryFieldOfTheTableReachesTheQuery(t *testing.T) {
	// The struct and the table stay in step: each exported field but Incident (which
	// is in the path) is written by some entry.
	q := Query{Q: "x", UpdatedSince: 1, AffectedMin: 1, AffectedMax: 2, After: "2024", Before: "2024", Sort: "affected", Limit: 1, Cursor: "c", Version: 1, AsOf: "2024-09-18", BOM: true, Content: "summary", Lanes: "role"}
	v := reflect.ValueOf(&q).Elem()
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.Slice && v.Type().Field(i).Name != "Incident" {
			v.Field(i).Set(reflect.ValueOf([]string{"x"}))
		}
		if v.Type().Field(i).Name != "Incident" && v.Field(i).IsZero() {
			t.Errorf("this test does not set %s", v.Type().Field(i).Name)
		}
	}
	if got, want := len(q.Values()), len(Fields); got != want {
		t.Errorf("%d of %d fields are written", got, want)
	}
	if got, want := len(Fields), v.NumField()-2; got != want { // Incident, and affected has two
		t.Errorf("%d fields for %d members", got, want)
	}
}
