package web

import (
	"net/url"

	"vigie"
)

// IncidentForm writes a case as the fields of a form, without loss.
func IncidentForm(in vigie.Incident) url.Values { return url.Values{} }

// ParseIncident reads a case back from the fields of a form: blank rows and rows
// ticked for deletion are left out. The problems are those of reading (a count
// that is no number); those of the case itself are found by Validate.
func ParseIncident(form url.Values) (vigie.Incident, vigie.Problems) { return vigie.Incident{}, nil }

// MoreRows adds a blank row to the list named by the action ("rows:statements",
// "rows:statements.2.figures", "rows:sources").
func MoreRows(form url.Values, action string) url.Values { return form }
