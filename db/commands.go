package db

import (
	"context"
	"fmt"

	"vigie"
)

// Restore makes a new revision out of the body of an old one. vigie.ErrGone: that
// body was redacted.
func (d *DB) Restore(ctx context.Context, kind, id string, version, base int, by vigie.Signature) (vigie.Revision, error) {
	old, err := d.Version(ctx, kind, id, version)
	if err != nil {
		return vigie.Revision{}, err
	}
	if old.Redacted != nil {
		return vigie.Revision{}, fmt.Errorf("restoring %s %s, version %d, which was redacted: %w", kind, id, version, vigie.ErrGone)
	}
	s, err := saveOf(kind, old)
	if err != nil {
		return vigie.Revision{}, fmt.Errorf("restoring %s %s: %w", kind, id, err)
	}
	s.Base, s.By = base, by
	return d.saveOne(ctx, s)
}

// Merge puts the ledger of one case into another, as one write: into gets the
// statements, which keep their identity, and from becomes a redirect. A public
// case can only go into a public one.
func (d *DB) Merge(ctx context.Context, from string, fromBase int, into string, intoBase int, by vigie.Signature) ([]vigie.Revision, error) {
	if from == into {
		return nil, fmt.Errorf("merging %s into itself: %w", from, ErrState)
	}
	source, err := d.Draft(ctx, from)
	if err != nil {
		return nil, err
	}
	target, err := d.Draft(ctx, into)
	if err != nil {
		return nil, err
	}
	open := target.State == vigie.Published || target.State == vigie.Draft && source.State == vigie.Draft
	if !open || source.State != vigie.Published && source.State != vigie.Draft {
		return nil, fmt.Errorf("merging %s (%s) into %s (%s): %w", from, source.State, into, target.State, ErrState)
	}
	merged := vigie.Merge(target.Incident, source.Incident)
	source.Incident.State, source.Incident.MergedInto, source.Incident.Reason = vigie.Merged, into, by.Note
	return d.Save(ctx,
		Save{Incident: &source.Incident, Base: fromBase, By: by},
		Save{Incident: &merged, Base: intoBase, By: by})
}

// Retract withdraws a case for a public reason: it leaves a tombstone, and its
// readers' feeds say so. A draft that never was public goes without a trace.
func (d *DB) Retract(ctx context.Context, id string, base int, reason string, by vigie.Signature) (vigie.Revision, error) {
	if reason == "" {
		return vigie.Revision{}, fmt.Errorf("retracting %s without a reason: %w", id, ErrState)
	}
	record, err := d.Draft(ctx, id)
	if err != nil {
		return vigie.Revision{}, err
	}
	record.Incident.State, record.Incident.Reason, record.Incident.MergedInto = vigie.Retracted, reason, ""
	if by.Note == "" {
		by.Note = reason
	}
	return d.saveOne(ctx, Save{Incident: &record.Incident, Base: base, By: by})
}

func (d *DB) saveOne(ctx context.Context, s Save) (vigie.Revision, error) {
	revisions, err := d.Save(ctx, s)
	if err != nil {
		return vigie.Revision{}, err
	}
	return revisions[0], nil
}
