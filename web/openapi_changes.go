package web

import "vigie"

// apiChanges is what changed in the API and when, the newest first: shown on its
// page. A change that may break a program is announced here before it is made.
var apiChanges = []APIChange{
	{On: "2026-11-23", Text: vigie.Text{
		FR: "Première version décrite : lecture en JSON et dans tous les formats ; POST /candidates et PUT /incidents/{id} pour les programmes des rédacteurs.",
		EN: "First described version: reading in JSON and every format; POST /candidates and PUT /incidents/{id} for the programs of editors.",
	}},
}

// APIVersion is the version of the API: the day of its last change.
func APIVersion() string { return string(apiChanges[0].On) }
