package importers_test

import (
	"fmt"
	"testing"

	"vigie/importers"
)

const coded = `{"incident_id":%q,"source_id":"vcdb","security_incident":"Confirmed","victim":{"victim_id":%q,"industry":%q},"action":{%s},"attribute":{"confidentiality":{"data_disclosure":"Yes","data":[{"variety":"Payment"}]}}}`

func verisOf(id, victim, industry, action string) outcome {
	return outcomes(importers.VERISKind, importers.Document{Body: fmt.Appendf(nil, coded, id, victim, industry, action)}, importers.Options{})[0]
}

func TestARestaurantSellsToConsumersAndASchoolDoesNot(t *testing.T) {
	for industry, sells := range map[string]bool{"44": true, "454110": true, "722513": true, "721110": false, "611110": false, "4": false, "": false, "000000": false, "Unknown": false} {
		o := verisOf("A", "Caloute", industry, `"hacking":{}`)
		if (o.Candidate != nil) != sells {
			t.Errorf("industry %q: %+v", industry, o)
		}
	}
}

func TestWhatWasDoneMakesTheKind(t *testing.T) {
	for action, want := range map[string]string{
		`"hacking":{"variety":["Unknown"]}`:                                                 "data_breach",
		`"malware":{"variety":["Backdoor","Ransomware"]}`:                                   "ransomware",
		`"malware":{"variety":["Ram scraper"]},"hacking":{"vector":["Partner"]}`:            "skimming",
		`"hacking":{"variety":["SQLi"]},"malware":{"variety":"Capture app data"}`:           "skimming",
		`"hacking":{"variety":["Use of stolen creds"],"vector":["Partner"]}`:                "supply_chain",
		`"hacking":{"variety":["DoS"]}`:                                                     "ddos",
		`"physical":{"variety":["Skimmer","Disabled controls"]}`:                            "skimming",
		`"social":{"variety":["Extortion"]}`:                                                "extortion",
		`"physical":{"variety":["Theft"]}`:                                                  "",
		`"misuse":{"variety":["Privilege abuse"]},"error":{"variety":["Misconfiguration"]}`: "",
		`"environmental":{}`: "",
	} {
		o := verisOf("A", "Caloute", "44", action)
		got := ""
		if o.Candidate != nil {
			got = string(o.Candidate.Draft.Kind)
		}
		if got != want {
			t.Errorf("%s is %q, not %q", action, got, want)
		}
	}
}

// A list that only repeats is a source: it makes nobody say anything, however sure
// its analyst is.
func TestADatabaseThatRepeatsMakesNoStatement(t *testing.T) {
	o := verisOf("A", "Caloute", "44", `"hacking":{}`)
	if o.Candidate == nil || len(o.Candidate.Draft.Statements) != 0 || len(o.Candidate.Draft.Sources) != 1 {
		t.Errorf("it is %+v", o)
	}
}

// The number of a record may look like that of an account, which no text of the
// record may hold.
func TestARecordIsNotRefusedForItsNumber(t *testing.T) {
	const id = "50BA1A86-2582-4A01-8E7D-007907708739"
	o := verisOf(id, "Caloute", "44", `"hacking":{}`)
	if o.Candidate == nil || o.Candidate.Key != id || o.Candidate.Source.Title != "Record 50BA1A86" {
		t.Errorf("it is %+v", o)
	}
}
