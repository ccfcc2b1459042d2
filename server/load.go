package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"vigie"
	"vigie/db"
	"vigie/importers"
)

// loadReport says what a load did. A record that is already there is never
// touched: the differences are told, and an editor decides.
type loadReport struct {
	created, same int
	lines         []string
}

func (r loadReport) String() string {
	return fmt.Sprintf("created=%d same=%d different=%d", r.created, r.same, len(r.lines))
}

func (r *loadReport) differs(kind, id string, what ...string) {
	r.lines = append(r.lines, fmt.Sprintf("%s %s is in the database and differs: %s", kind, id, strings.Join(what, ", ")))
}

var loader = vigie.Signature{Author: "vigie", Note: "Loaded from the shipped record."}

// loadShipped loads data/: companies, waves, incidents.
func loadShipped(ctx context.Context, store *db.DB) (report loadReport, err error) {
	var waves []vigie.Wave
	if err = shippedFile("data/waves.json", &waves); err != nil {
		return
	}
	var saves []db.Save
	for _, c := range shippedCompanies() {
		have, err := store.Company(ctx, c.ID)
		switch {
		case errors.Is(err, vigie.ErrNotFound):
			saves = append(saves, db.Save{Company: &c, By: loader})
		case err != nil:
			return report, err
		case !equalJSON(have.Company, c):
			report.differs("company", c.ID, "see data/companies.json")
		default:
			report.same++
		}
	}
	for _, w := range waves {
		have, err := store.Wave(ctx, w.ID)
		switch {
		case errors.Is(err, vigie.ErrNotFound):
			saves = append(saves, db.Save{Wave: &w, By: loader})
		case err != nil:
			return report, err
		case !equalJSON(have.Wave, w):
			report.differs("wave", w.ID, "see data/waves.json")
		default:
			report.same++
		}
	}
	incidents, err := shippedIncidents()
	if err != nil {
		return report, err
	}
	return report, loadIncidents(ctx, store, incidents, saves, &report)
}

func loadFiles(ctx context.Context, store *db.DB, names []string) (report loadReport, err error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return report, err
		}
		var incidents []vigie.Incident
		for in, err := range importers.Records(f) {
			if err != nil {
				f.Close()
				return report, fmt.Errorf("%s: %w; nothing of this file was loaded", name, err)
			}
			incidents = append(incidents, in)
		}
		f.Close()
		if err := loadIncidents(ctx, store, incidents, nil, &report); err != nil {
			return report, fmt.Errorf("%s: %w; nothing of this file was loaded", name, err)
		}
	}
	return report, nil
}

// loadIncidents creates those whose id is unknown, in one batch with what they
// need.
func loadIncidents(ctx context.Context, store *db.DB, incidents []vigie.Incident, saves []db.Save, report *loadReport) error {
	for _, in := range incidents {
		have, err := store.Draft(ctx, in.ID)
		switch {
		case errors.Is(err, vigie.ErrNotFound):
			if problems := in.Validate().Blocking(); len(problems) > 0 {
				return fmt.Errorf("%s was refused:\n%w", in.ID, problems)
			}
			saves = append(saves, db.Save{Incident: &in, By: loader})
		case err != nil:
			return err
		default:
			var paths []string
			for _, c := range vigie.Changes(&in, &have.Incident) {
				paths = append(paths, c.Path)
			}
			if len(paths) > 0 {
				report.differs("incident", in.ID, paths...)
			} else {
				report.same++
			}
		}
	}
	if len(saves) == 0 {
		return nil
	}
	_, err := store.Save(ctx, saves...)
	if err == nil {
		report.created += len(saves)
	}
	return err
}

func shippedFile(name string, into any) error {
	body, err := vigie.Data.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading the shipped record: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("reading the shipped record: %s: %w", name, err)
	}
	return nil
}

// shippedCompanies are those of data/companies.json. The file is compiled in, so
// a fault in it is ours.
func shippedCompanies() (companies []vigie.Company) {
	if err := shippedFile("data/companies.json", &companies); err != nil {
		panic(err)
	}
	return
}

func shippedIncidents() ([]vigie.Incident, error) {
	names, err := fs.Glob(vigie.Data, "data/incidents/*.json")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	incidents := make([]vigie.Incident, len(names))
	for i, name := range names {
		if err := shippedFile(name, &incidents[i]); err != nil {
			return nil, err
		}
	}
	return incidents, nil
}

func equalJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
