package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/importers/reading"
)

// firstMessages is how many refusals a run keeps in words.
const firstMessages = 20

// importDocument reads one document and brings its candidates to the desk; with
// all, those too that tell of no incident. The run is recorded even when it breaks
// off, as not completed.
func importDocument(ctx context.Context, store *db.DB, kind, origin string, doc importers.Document, read importers.Reader, lang string, all bool) (vigie.Run, error) {
	run := vigie.Run{ID: rand.Text(), Kind: kind, Origin: origin, Started: time.Now().UTC()}
	if err := store.StartRun(ctx, run); err != nil {
		return run, err
	}
	companies, err := allCompanies(ctx, store)
	if err != nil {
		return run, err
	}
	opts := importers.Options{Lexicon: reading.Shipped().With(companies), Lang: lang, All: all}
	tell := func(format string, args ...any) {
		if len(run.Messages) < firstMessages {
			run.Messages = append(run.Messages, fmt.Sprintf(format, args...))
		}
	}
	for c, err := range read(doc, opts) {
		run.Tally.Read++
		if errors.Is(err, importers.ErrFiltered) {
			run.Tally.Filtered++
			tell("filtered: %v", err)
			continue
		}
		if err != nil {
			run.Tally.Refused++
			tell("refused: %v", err)
			continue
		}
		if !all && !c.Reading.IsIncident {
			run.Tally.Filtered++
			tell("filtered: %q tells of no incident that was recognised; --all brings it to the desk all the same", c.Source.Title)
			continue
		}
		c.Run = run.ID
		outcome, err := store.AddCandidate(ctx, c)
		if err != nil {
			return run, errors.Join(fmt.Errorf("keeping a candidate: %w", err), finish(ctx, store, &run, false))
		}
		switch outcome {
		case db.New:
			run.Tally.New++
		case db.Changed:
			run.Tally.Changed++
		default:
			run.Tally.Duplicate++
		}
	}
	return run, finish(ctx, store, &run, true)
}

// allCompanies are those of the record, drafts' too.
func allCompanies(ctx context.Context, store *db.DB) ([]vigie.Company, error) {
	listed, err := store.AllCompanies(ctx)
	companies := make([]vigie.Company, len(listed))
	for i, l := range listed {
		companies[i] = l.Company
	}
	return companies, err
}

func finish(ctx context.Context, store *db.DB, run *vigie.Run, completed bool) error {
	run.Ended, run.Completed = time.Now().UTC(), completed
	return store.FinishRun(ctx, *run)
}

// suspects are the known cases that a candidate may be about, and why.
func suspects(ctx context.Context, store *db.DB, c vigie.Candidate) ([]vigie.Suspect, map[string]vigie.Record, error) {
	records, err := store.Suspects(ctx, c.Reading.Victims)
	if err != nil {
		return nil, nil, err
	}
	byID := map[string]vigie.Record{}
	var incidents []vigie.Incident
	var companies []vigie.Company
	for _, r := range records {
		byID[r.ID] = r
		incidents = append(incidents, r.Incident)
		companies = append(companies, r.Respondent)
	}
	return importers.Match(c, incidents, companies), byID, nil
}

// respondent finds the company of the record that a reading calls its victim;
// ok is false when it is new to us, and the company is then a proposal.
func respondent(companies []vigie.Company, r vigie.Reading) (company vigie.Company, ok bool) {
	if len(r.Victims) == 0 {
		return vigie.Company{}, false
	}
	name := strings.Join(vigie.Words(r.Victims[0]), " ")
	for _, c := range companies {
		for _, known := range append([]string{c.Name}, c.Aliases...) {
			if strings.Join(vigie.Words(known), " ") == name {
				return c, true
			}
		}
	}
	return vigie.Company{ID: vigie.Slug(r.Victims[0]), Name: r.Victims[0]}, false
}
