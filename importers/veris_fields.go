package importers

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"vigie"
)

// The versions of VERIS, and the hands that wrote the records, differ in what they
// wrote for one thing. These fields take any of it; what makes no sense is absent.

// texts is one text or a list of them.
type texts []string

func (t *texts) UnmarshalJSON(raw []byte) error {
	var one string
	var list []any
	switch {
	case json.Unmarshal(raw, &one) == nil:
		list = []any{one}
	default:
		_ = json.Unmarshal(raw, &list) // of anything else there is no text
	}
	for _, v := range list {
		if s, ok := v.(string); ok && strings.TrimSpace(s) != "" {
			*t = append(*t, strings.TrimSpace(s))
		}
	}
	return nil
}

// verisCount is a whole number that counts something; 0 is unknown.
type verisCount int64

func (a *verisCount) UnmarshalJSON(raw []byte) error {
	n, err := strconv.ParseFloat(strings.Trim(string(raw), `" `), 64)
	if err == nil && n >= 1 && n < 1<<53 && n == float64(int64(n)) {
		*a = verisCount(n)
	}
	return nil
}

// moment is a time as exact as it is known.
type moment struct{ year, month, day verisCount }

func (m *moment) UnmarshalJSON(raw []byte) error {
	var parts struct {
		Year  verisCount `json:"year"`
		Month verisCount `json:"month"`
		Day   verisCount `json:"day"`
	}
	if json.Unmarshal(raw, &parts) == nil {
		*m = moment{parts.Year, parts.Month, parts.Day}
	}
	return nil
}

// date is the moment as precise as it is given: a day without its month says only
// the year.
func (m moment) date() vigie.Date {
	d := ""
	switch {
	case m.year == 0:
	case m.month == 0:
		d = fmt.Sprintf("%04d", m.year)
	case m.day == 0:
		d = fmt.Sprintf("%04d-%02d", m.year, m.month)
	default:
		d = fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day)
	}
	if !vigie.Date(d).Known() {
		return ""
	}
	return vigie.Date(d)
}

// verisVictim is who was attacked.
type verisVictim struct {
	ID        texts `json:"victim_id"`
	Industry  texts `json:"industry"` // NAICS
	Country   texts `json:"country"`
	Secondary struct {
		ID texts `json:"victim_id"`
	} `json:"secondary"`
}

// verisVictims is one victim, or a list of them.
type verisVictims []verisVictim

func (v *verisVictims) UnmarshalJSON(raw []byte) error {
	var list []verisVictim
	if json.Unmarshal(raw, &list) == nil {
		*v = list
		return nil
	}
	var one verisVictim
	if err := json.Unmarshal(raw, &one); err != nil {
		return fmt.Errorf("its victim: %w", err)
	}
	*v = verisVictims{one}
	return nil
}

// verisAction is what was done, in one category.
type verisAction struct {
	Variety texts `json:"variety"`
	Vector  texts `json:"vector"`
}

// verisRecord is an incident in VERIS, https://verisframework.org, versions 1.2 to
// 1.4.
type verisRecord struct {
	IncidentID string                 `json:"incident_id"`
	SourceID   texts                  `json:"source_id"`
	Incident   texts                  `json:"security_incident"`
	Confidence texts                  `json:"confidence"`
	Summary    texts                  `json:"summary"`
	Reference  texts                  `json:"reference"`
	Victim     verisVictims           `json:"victim"`
	Action     map[string]verisAction `json:"action"`
	Attribute  struct {
		Confidentiality struct {
			Total      verisCount `json:"data_total"`
			Disclosure texts      `json:"data_disclosure"`
			Data       []struct {
				Variety texts      `json:"variety"`
				Amount  verisCount `json:"amount"`
			} `json:"data"`
		} `json:"confidentiality"`
	} `json:"attribute"`
	Timeline struct {
		Incident moment `json:"incident"`
	} `json:"timeline"`
	Plus struct {
		Timeline struct {
			Notification moment `json:"notification"`
		} `json:"timeline"`
	} `json:"plus"`
}
