// Package vigie holds the nouns of the ledger and their rules: incidents, the
// statements made about them, and what follows from those statements.
//
// It imports the standard library only, reads no clock, opens no connection and
// stores nothing: given the same record it always gives the same answer. How
// records are kept is in db, how news is read in importers, how it is shown in
// web, and who may do what in server.
package vigie

import "embed"

// Data is the shipped record, the vocabularies and the codebook (data/FIELDS.md), as files: data/incidents,
// data/companies.json, data/waves.json, data/vocabulary.json, data/headlines.json
// and data/reading. It lives in the root because only a parent folder can embed.
//
//go:embed data/FIELDS.md data/*.json data/incidents/*.json data/reading/*.json
var Data embed.FS
