package vigie

import (
	"errors"
	"testing"
)

func TestANumberIsReadAsPeopleWriteIt(t *testing.T) {
	for typed, want := range map[string]Figure{
		"87 M":                            {Min: 87_000_000, Max: 87_000_000, Qualifier: Exact},
		"87000000":                        {Min: 87_000_000, Max: 87_000_000, Qualifier: Exact},
		"87 000 000":                      {Min: 87_000_000, Max: 87_000_000, Qualifier: Exact},
		"87,000,000":                      {Min: 87_000_000, Max: 87_000_000, Qualifier: Exact},
		"2,5 millions":                    {Min: 2_500_000, Max: 2_500_000, Qualifier: Exact},
		"1.5m":                            {Min: 1_500_000, Max: 1_500_000, Qualifier: Exact},
		"300k":                            {Min: 300_000, Max: 300_000, Qualifier: Exact},
		"1,2 milliard":                    {Min: 1_200_000_000, Max: 1_200_000_000, Qualifier: Exact},
		"environ 1,5 million":             {Min: 1_500_000, Max: 1_500_000, Qualifier: About},
		"près de 20 000":                  {Min: 20_000, Max: 20_000, Qualifier: About},
		"plus de 5 000":                   {Min: 5_000, Qualifier: MoreThan},
		"more than 5,000":                 {Min: 5_000, Qualifier: MoreThan},
		"jusqu’à 500 000":                 {Max: 500_000, Qualifier: UpTo},
		"1 à 2 millions":                  {Min: 1_000_000, Max: 2_000_000, Qualifier: Exact},
		"between 1,000 and 2,000":         {Min: 1_000, Max: 2_000, Qualifier: Exact},
		"200-300 k":                       {Min: 200_000, Max: 300_000, Qualifier: Exact},
		"several hundred thousand":        {Min: 100_000, Qualifier: Vague},
		"plusieurs centaines de milliers": {Min: 100_000, Qualifier: Vague},
		"des dizaines de millions":        {Min: 10_000_000, Qualifier: Vague},
		"tens of thousands":               {Min: 10_000, Qualifier: Vague},
		"millions":                        {Min: 1_000_000, Qualifier: Vague},
	} {
		if got, err := ReadCount(typed); err != nil || got != want {
			t.Errorf("%q is read as %+v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "a lot", "1.5", "12 34", "1.500 millions", "million", "3 billions", "99999999999999999999", "9000000000000 M", "plus de", "2 à 1", "several", "1e6", "-5"} {
		if got, err := ReadCount(typed); err == nil {
			t.Errorf("%q is read as %+v", typed, got)
		}
	}
}

func TestADateIsReadAsPeopleWriteIt(t *testing.T) {
	for typed, want := range map[string]Date{
		"2024-09-16":                     "2024-09-16",
		"2024-09-16/2024-09-17":          "2024-09-16/2024-09-17",
		"2024~":                          "2024~",
		"16/09/2024":                     "2024-09-16",
		"09/16/2024":                     "2024-09-16",
		"16.09.2024":                     "2024-09-16",
		"05/05/2024":                     "2024-05-05",
		"09/2024":                        "2024-09",
		"16 septembre 2024":              "2024-09-16",
		"le 1er octobre 2024":            "2024-10-01",
		"16 September 2024":              "2024-09-16",
		"September 16, 2024":             "2024-09-16",
		"16th of September 2024":         "2024-09-16",
		"sept. 2024":                     "2024-09",
		"déc. 2023":                      "2023-12",
		"Juil 2023":                      "2023-07",
		"vers mars 2023":                 "2023-03~",
		"about 2019":                     "2019~",
		"16–17 septembre 2024":           "2024-09-16/2024-09-17",
		"du 30 août au 2 septembre 2024": "2024-08-30/2024-09-02",
		"between March and May 2024":     "2024-03/2024-05",
		"16/09/2024 - 17/09/2024":        "2024-09-16/2024-09-17",
	} {
		for _, l := range Langs {
			if got, err := ReadDate(typed, l); err != nil || got != want {
				t.Errorf("%q is read as %q in %s, %v", typed, got, l, err)
			}
		}
	}
	if got, err := ReadDate("05/09/2024", French); got != "2024-09-05" || err != nil {
		t.Errorf("in French 05/09/2024 is %q, %v", got, err)
	}
	if got, err := ReadDate("05/09/2024", English); !errors.Is(err, ErrAmbiguousDate) {
		t.Errorf("in English 05/09/2024 is %q, %v", got, err)
	}
	for _, typed := range []string{"last spring", "31/02/2024", "31 février 2024", "jui 2024", "septembre", "16 septembre", "2024-9-16x", "17 au 16 septembre 2024", "hier", "99/99/2024", "2024/09"} {
		if got, err := ReadDate(typed, French); err == nil {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}
