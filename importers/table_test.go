package importers_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"vigie"
	"vigie/importers"
)

func table(body, columns string) []outcome {
	return outcomes(importers.CSVKind, importers.Document{Body: []byte(body)}, importers.Options{Map: columns, All: true})
}

func TestAMapThatDoesNotFitIsToldWithTheColumnsFound(t *testing.T) {
	const body = "\ufeffOrganisation;Date;Date;;Nombre\nVellamo;1;2;3;4\n"
	for columns, want := range map[string]string{
		"":                                "none was given",
		"victim=Shop":                     `no such column: victim="Shop"`,
		"victim=Organisation,colour=Date": `no field "colour"`,
		"date=Date":                       "which column names the victim",
		"victim=Organisation,date=#9":     `date="#9"`,
		"victim=Organisation,as=rumour":   "as=rumour",
		"victim=Organisation,affected=Nombre:cows": `"cows" is no unit`,
		"victim=Organisation,oops":                 `"oops" is not field=Column`,
	} {
		var errs []error
		for _, err := range importers.Table(importers.Document{Body: []byte(body)}, importers.Options{Map: columns}) {
			errs = append(errs, err)
		}
		if len(errs) != 1 || !errors.Is(errs[0], importers.ErrMap) || !strings.Contains(errs[0].Error(), want) {
			t.Errorf("%q gives %v, which does not say %q", columns, errs, want)
			continue
		}
		for _, part := range []string{`#1 "Organisation", #2 "Date", #3 "Date", #4 "", #5 "Nombre"`, "victim=Company,"} {
			if !strings.Contains(errs[0].Error(), part) {
				t.Errorf("%q does not show %s", columns, part)
			}
		}
	}
}

func TestCountsAreReadAsTheyAreWritten(t *testing.T) {
	for cell, want := range map[string]string{
		"1,234": "1234 exact", "300 000": "300000 exact", "1.234.567": "1234567 exact", "12": "12 exact", "500+": "500 more_than", "more than 1,000": "1000 more_than", "> 50": "50 more_than",
		"up to 900": "900 up_to", "~3m": "3000000 about", "about 2.5 million": "2500000 about", "1.5": "", "10-20": "10 exact", "20-10": "",
		"0": "", "Unknown": "", "n/a": "", "": "", "many": "", "-5": "", "99999999999999999999": "", "1e3": "",
		"1.234 million": "1234000 exact", "1.001m": "1001000 exact", "1,234 million": "", "1,234,567 thousand": "1234567000 exact",
	} {
		got := ""
		for _, o := range table("V,N\nVellamo,\""+cell+"\"\n", "victim=V,affected=N") {
			for _, a := range o.Candidate.Reading.Affected {
				got += fmt.Sprintf("%d %s", a.Value, a.Qualifier)
			}
		}
		if got != want {
			t.Errorf("%q is read as %q, not %q", cell, got, want)
		}
	}
}

func TestADateIsAsPreciseAsItsLayout(t *testing.T) {
	for _, c := range []struct {
		layout, cell string
		want         vigie.Date
	}{
		{"us", "3/7/2031", "2031-03-07"}, {"us", "3/7/31", "2031-03-07"}, {"eu", "3/7/2031", "2031-07-03"}, {"us", "13/7/2031", ""}, {"iso", "2031-07-03", "2031-07-03"},
		{"month", "2031 Jan", "2031-01"}, {"year", "2031", "2031"}, {"month|year", "2031", "2031"}, {"us:padded", "3/1/2031", "2031-03"}, {"us:padded", "3/2/2031", "2031-03-02"},
		{"01/02/2006 03:04:05 PM", "03/07/2031 12:00:00 AM", "2031-03-07"}, {"words", "August 26 2031", "2031-08-26"}, {"us", "on or before 3/7/2031", ""}, {"us", "n/a", ""}, {"year", "0001", ""},
	} {
		got := table("V,D\nVellamo,"+c.cell+"\n", "victim=V,occurred=D:"+c.layout)
		if len(got) != 1 || got[0].Candidate == nil || got[0].Candidate.Draft.Occurred != c.want {
			t.Errorf("%q by %q is %+v, not %q", c.cell, c.layout, got[0].Candidate.Draft.Occurred, c.want)
		}
	}
}

func TestSeparatorsAndCharsetsAreFound(t *testing.T) {
	for why, body := range map[string]string{
		"commas": "V,N\n\"Épicerie, Vellamo\",5\n", "semicolons": "V;N\n\"Épicerie, Vellamo\";5\n", "tabs": "V\tN\nÉpicerie, Vellamo\t5\n", "bars": "V|N\nÉpicerie, Vellamo|5\n",
		"Windows-1252": "V;N\n\xc9picerie, Vellamo;5\n", "UTF-16": string(utf16("V;N\nÉpicerie, Vellamo;5\n")), "line ends of Windows": "V;N\r\nÉpicerie, Vellamo;5\r\n",
	} {
		got := table(body, "victim=V,affected=N")
		if len(got) != 1 || got[0].Candidate == nil || !slices.Equal(got[0].Candidate.Reading.Victims, []string{"Épicerie, Vellamo"}) || len(got[0].Candidate.Reading.Affected) != 1 {
			t.Errorf("%s: %+v", why, got)
		}
	}
}

// utf16 is little-endian with its mark, as spreadsheets export "Unicode text".
func utf16(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

func TestARaggedOrBrokenRowIsRefusedByItsNumberAndTheNextIsRead(t *testing.T) {
	got := table("V,N\nVellamo,1\nQuillory\nBrindilou,2,3\nParlote \"Club,4\n,\nCaloute,5,,\n", "victim=V")
	var said []string
	for _, o := range got {
		if o.Candidate != nil {
			said = append(said, o.Candidate.Reading.Victims[0])
			continue
		}
		number, _, _ := strings.Cut(o.Refused, ":")
		said = append(said, number)
	}
	if want := []string{"Vellamo", "row 3", "row 4", "row 5", "Caloute"}; !slices.Equal(said, want) {
		t.Errorf("read %q, not %q: %+v", said, want, got)
	}
}

func TestAFileThatFailsIsSaidToOnce(t *testing.T) {
	failing := io.MultiReader(strings.NewReader("V,N\nVellamo,1\n"), iotest.ErrReader(errors.New("the disk is gone")))
	n := 0
	for range importers.Table(importers.Document{Stream: failing}, importers.Options{Map: "victim=V", All: true}) {
		if n++; n > 10 {
			break
		}
	}
	if n != 2 {
		t.Errorf("said %d things, not the row and why there are no more", n)
	}
}

// The same row read again is the same candidate; another filing of the company is
// another.
func TestARowIsKnownAgain(t *testing.T) {
	const columns = "as=filing,victim=V,date=D:iso,affected=N,publisher==The Office"
	a := table("V,D,N\nVellamo,2031-03-07,5\n", columns)[0].Candidate
	again := table("N,V,D\n5,VELLAMO ,2031-03-07\n", columns)[0].Candidate
	corrected := table("V,D,N\nVellamo,2031-03-07,6\n", columns)[0].Candidate
	later := table("V,D,N\nVellamo,2031-05-07,5\n", columns)[0].Candidate
	elsewhere := table("V,D,N\nVellamo,2031-03-07,5\n", columns+" of Elsewhere")[0].Candidate
	if again.ID != a.ID || corrected.ID != a.ID || corrected.Hash == a.Hash {
		t.Error("a row read again, or corrected, is not known")
	}
	if later.ID == a.ID || elsewhere.ID == a.ID {
		t.Error("another filing is taken for the same")
	}
	two := table("V,D,N\nVellamo,2031-03-07,5\nVellamo,2031-03-07,6\nVellamo,2031-03-07,5\n", columns)
	if two[0].Candidate.ID != a.ID || two[1].Candidate.ID == a.ID || two[2].Candidate.ID != a.ID || two[2].Candidate.Hash != a.Hash {
		t.Error("two filings of one day are taken for one, or one that is listed twice for two")
	}
	s := a.Draft.Statements[0]
	if s.By.Role != vigie.Respondent || !s.Does(vigie.NotifiesRegulator) || s.On != "2031-03-07" || s.Channel != "regulator_filing" {
		t.Errorf("a filing is %+v", s)
	}
	if list := table("V,N\nVellamo,5\n", "victim=V,affected=N")[0].Candidate; len(list.Draft.Statements) != 0 || len(list.Reading.Affected) != 1 {
		t.Errorf("a list, which only repeats, makes a statement: %+v", list.Draft)
	}
}

func TestAPreviewShowsWhatARowBecomes(t *testing.T) {
	c := table("V,D,N\nVellamo,2031-03-07,1200\n", "as=filing,victim=V,date=D:iso,affected=N,publisher==The Office")[0].Candidate
	got := importers.Preview(*c)
	for _, want := range []string{"Vellamo\n", "kind      data_breach", "published 2031-03-07", "figure    1,200 people (exact)", "says      company: notifies_regulator", "source    The Office Notice of Vellamo, 2031-03-07"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %q:\n%s", want, got)
		}
	}
}
